"""What one file says, row by row: good lines, and what is wrong with the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from hepartner.intake.columns import Column
from hepartner.intake.header import Header
from hepartner.intake.problems import Misfit, Problem, masked

if TYPE_CHECKING:
    from hepartner.intake.doubts import Answer, Doubt

L = TypeVar("L")
Watch = Callable[[int, int], None]
"""Told now and then which row of how many has been reached."""
_AT_ONCE = 10_000


def unwatched(_row: int, _rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Form(Generic[L]):
    """The form of one kind of file: its columns, and the line that their values make, in the columns' order."""

    noun: str
    columns: tuple[Column, ...]
    line: Callable[[Iterable[Any]], L]


class Outline(NamedTuple):
    """What a sheet shows before its rows are read.

    `heading` is everything that is said above the header with the names of file and sheet, `above` the rows there, `end`
    the number of the last row.
    `filled` are the columns (from 0) in which a merged cell says the same of all its rows.
    """

    file: str
    sha256: str
    sheet: str
    header: Header
    heading: str
    above: tuple[tuple[str, ...], ...]
    filled: tuple[int, ...]
    end: int
    from_1904: bool

    def plain(self) -> tuple[Any, ...]:
        """The same in plain values; `of` makes an outline of them again."""
        return tuple(self.header.plain() if part is self.header else part for part in self)

    @classmethod
    def of(cls, plain: Iterable[Any]) -> "Outline":
        """An outline of plain values."""
        file, sha256, sheet, header, *rest = plain
        return cls(file, sha256, sheet, Header(*header), *rest)


class Piece(NamedTuple):
    """Some rows of a file, each by its number from 1: the values of the good ones, and what is wrong with the others."""

    good: list[tuple[int, tuple[Any, ...]]]
    bad: list[tuple[int, Misfit]]


class Remarks(NamedTuple):
    """What is to be told of a file whose rows are read.

    `skipped` are the rows (from 1) that are no lines, each with the reason; those that hold nothing are not listed.
    """

    skipped: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


class Source(Protocol):
    """Where the rows of a file are read."""

    @property
    def outline(self) -> Outline:
        """What the sheet shows before its rows are read."""

    def pieces(self) -> Iterator[Piece]:
        """Read the rows below the header some thousand at a time."""

    def remarks(self) -> Remarks:
        """What is to be told of the rows, once they are read."""

    def shown(self, rows: Sequence[int]) -> list[list[str]]:
        """The texts of some rows (from 1), so that their owner knows them again."""

    def mark(self) -> str:
        """A mark that tells a list from others by what stands in its cells, however often it is saved anew."""


class Lines(Generic[L]):
    """What one file says: good lines by row (from 1, as Excel shows it), the others' problems, what is left out.

    Rows are read when they are asked for, some thousand at a time, so that a long file can be written while it is read.
    `answers` are what the importer said of single rows; `watch` is told how far they are. Where they are gone through only
    once, `keeps` is False: then a row is let go when the next is asked for.
    """

    def __init__(self, form: Form[L], source: Source) -> None:
        self.form, self.outline = form, source.outline
        self.answers: dict[Doubt, Answer] = {}
        self.watch: Watch = unwatched
        self.keeps = True
        self._source = source
        self._good_count = 0
        self._good: list[tuple[int, L]] = []
        self._problems: list[Problem] = []
        self._unread = source.pieces()

    def __iter__(self) -> Iterator[tuple[int, L]]:
        """Yield the good lines with their rows, reading on where nobody read yet."""
        self._check_kept()
        for piece in (self._good[first : first + _AT_ONCE] for first in range(0, len(self._good), _AT_ONCE)):
            yield from piece
            self._tell(piece)
        for unread in self._unread:
            piece = self._taken(unread, keep=self.keeps)
            yield from piece
            self._tell(piece)

    @property
    def good(self) -> list[tuple[int, L]]:
        """All good lines with their rows."""
        self._read_on()
        self._check_kept()
        return self._good

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the other rows of the whole file."""
        self._read_on()
        return self._problems

    @property
    def count(self) -> int:
        """How many rows of the whole file say something."""
        self._read_on()
        return self._good_count + len({problem.row for problem in self._problems})

    @property
    def remarks(self) -> Remarks:
        """What is to be told of the whole file: the rows that are no lines, and notes."""
        self._read_on()
        return self._source.remarks()

    @property
    def heading(self) -> str:
        """Everything that is said above the header, and the names of sheet and file."""
        return self.outline.heading

    def shown(self, rows: Sequence[int]) -> list[list[str]]:
        """The texts of some rows, so that their owner knows them again."""
        self._read_on()
        return self._source.shown(rows)

    def mark(self) -> str:
        """A mark that tells the list from others by what stands in its cells."""
        self._read_on()
        return self._source.mark()

    def problem(self, row: int, misfit: Misfit) -> Problem:
        """A problem of one row, in the column of the misfit's field, or of what stands instead, if the file has it."""
        field, fault, text = misfit
        header = self.outline.header
        if field not in header.fields:
            instead = {column.field: column.instead for column in self.form.columns if column.instead}
            field = instead.get(field, field)
        place = header.place(field) if field in header.fields else ""
        return Problem(
            self.outline.file, self.outline.sheet, row, place, masked(text), fault.told, fault.remedy,
            fault.reason,
        )  # fmt: skip

    def _read_on(self) -> None:
        for unread in self._unread:
            self._tell(self._taken(unread, keep=True))

    def _check_kept(self) -> None:
        if len(self._good) < self._good_count:
            raise RuntimeError(f"rows of {self.outline.file} are asked for again, but were not kept")

    def _tell(self, piece: Sequence[tuple[int, L]]) -> None:
        if piece:
            self.watch(piece[-1][0], self.outline.end)

    def _taken(self, piece: Piece, *, keep: bool) -> list[tuple[int, L]]:
        line = self.form.line
        good = [(row, line(values)) for row, values in piece.good]
        self._good_count += len(good)
        if keep:
            self._good += good
        self._problems += [self.problem(row, misfit) for row, misfit in piece.bad]
        return good
