"""Start the command line: `python -m hepartner`, and the programs `hep` and `hepartner`."""

import gc
from typing import NoReturn

_NEW_OBJECTS = 100_000


def main() -> NoReturn:
    """Run `hep` on this process's words and end the process with its exit code."""
    # Python looks for garbage whenever 700 objects are new, which while a command is being imported are there to stay:
    # 6 % of a one-shot. Set before the imports, hence in a file of its own.
    gc.set_threshold(_NEW_OBJECTS)
    from hepartner import cli

    cli.main()


if __name__ == "__main__":
    main()
