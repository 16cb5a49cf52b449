"""Run the command line as `python -m hepartner`."""

from hepartner.cli import main

if __name__ == "__main__":
    main()
