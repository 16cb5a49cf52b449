"""A progress bar on stderr for files that take seconds; nothing at all where stderr is not a terminal."""

import sys
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

LONG = 5000
"""Files of fewer rows are done before a bar is seen."""


class Bar:
    """How many rows of a file are done, of how many, and how many a second; it goes when it is cleared or left."""

    def __init__(self) -> None:
        self._shown: tuple[Any, Any] | None = None
        self._begun = 0.0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self.clear()

    def move(self, text: str, done: int, total: int) -> None:
        """Show that `done` of `total` rows are done, under a text that stands until the bar is cleared."""
        if total < LONG or not sys.stderr.isatty():
            return
        now = monotonic()
        if self._shown is None:
            self._shown, self._begun = _begun(text, total), (now, done)
        since, before = self._begun
        speed = f"{(done - before) / (now - since):,.0f} 行/秒" if done > before and now > since else ""
        bar, task = self._shown
        bar.update(task, completed=done, rows=f"{done:,}/{total:,} 行", speed=speed, refresh=True)

    def clear(self) -> None:
        """Take the bar away, for something is to be said or asked."""
        if self._shown:
            self._shown[0].stop()
            self._shown = None


def _begun(text: str, total: int) -> tuple[Any, Any]:
    """A bar of rich that is drawn only when it moves, and its task."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from .safe import safe

    # No markup: text from outside (a file's name) stays as it is.
    said, rows, speed = (
        TextColumn(f"{{task.{part}}}", markup=False)
        for part in ("description", "fields[rows]", "fields[speed]")
    )
    console = Console(file=sys.stderr)
    bar = Progress(said, BarColumn(), rows, speed, console=console, transient=True, auto_refresh=False)
    bar.start()
    return bar, bar.add_task(safe(text), total=total, rows="", speed="")
