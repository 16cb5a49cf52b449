"""A progress bar on stderr for work that takes seconds; nothing at all where stderr is not a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(text: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far work of `total` steps is; the block calls what it is given with the steps just done."""
    if not sys.stderr.isatty():
        yield lambda _steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from .safe import safe

    # No markup: text from outside (a file's name) stays as it is.
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(safe(text), total=total)
        yield lambda steps: bar.advance(task, steps)
