"""Read a file in a process of its own: it reads the next rows while this one writes those it has."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from hepartner.intake.lines import Form, Lines, Outline, Piece, Remarks
from hepartner.intake.mapping import ColumnMap
from hepartner.intake.problems import Fault, Misfit
from hepartner.intake.process import Process, lent

L = TypeVar("L")


@contextmanager
def read_lines(
    path: Path,
    kind: str,
    form: Form[L],
    today: date,
    sheet: str | None = None,
    *,
    include_hidden: bool = False,
    columns: ColumnMap = ColumnMap(),  # noqa: B008 frozen
) -> Iterator[Lines[L]]:
    """Find the one sheet of a file with the header of this kind (or the sheet `sheet`), and lend its lines.

    Its rows may be hidden only with `include_hidden`; `columns` is what is said of its columns besides their titles.

    Raises a `FileRefused`; so does reading the lines, where the process ends before its time.
    """
    with lent() as process:
        choices = {"wanted": sheet, "include_hidden": include_hidden}
        question = (kind, today.isoformat(), columns.plain(), choices)
        yield Lines(form, _Apart(process, path, question))
        if process.is_ready:
            process.tell(path.name, "forget")


def texts_of(path: Path) -> list[list[str]]:
    """What the rows of the first sheet of a file say; raises a `FileRefused`."""
    with lent() as process:
        texts: list[list[str]] = process.answer(path.name, "texts", _absolute(path))
        return texts


class _Apart:
    """The rows of one file in the process that reads it."""

    def __init__(self, process: Process, path: Path, question: Sequence[object]) -> None:
        self._process, self._file = process, path.name
        outline = process.answer(path.name, "read", _absolute(path), *question)
        self.outline = Outline.of(outline)
        self._remarks = Remarks((), ())

    def pieces(self) -> Iterator[Piece]:
        """Take the rows as they come."""
        self._process.ask(self._file, "pieces")
        while (piece := self._process.said(self._file)) is not None:
            good, bad = piece
            yield Piece(good, [(row, Misfit(field, Fault(*fault), text)) for row, field, fault, text in bad])
        self._remarks = Remarks(*self._process.said(self._file))
        self._process.in_step = True

    def remarks(self) -> Remarks:
        """What came after the rows."""
        return self._remarks

    def shown(self, rows: Sequence[int]) -> list[list[str]]:
        """The texts of some rows."""
        texts: list[list[str]] = self._process.answer(self._file, "shown", list(rows))
        return texts

    def mark(self) -> str:
        """The mark of the list."""
        return str(self._process.answer(self._file, "mark"))


def _absolute(path: Path) -> str:
    """The path as the process finds it: it may have been started in another folder."""
    return str(Path.cwd() / path)
