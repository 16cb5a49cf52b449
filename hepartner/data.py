"""Find the files shipped with hepartner: the default rulebook, sample rosters, templates."""

from pathlib import Path


def path(name: str) -> Path:
    """Return where the shipped file `name` (such as "rulebook.csv") lies.

    A wheel carries the checkout's data/ folder as hepartner/_data; an editable installation
    reads the checkout itself.
    """
    package = Path(__file__).parent
    carried = package / "_data"
    return (carried if carried.is_dir() else package.parent / "data") / name
