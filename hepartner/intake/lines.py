"""From the cells of a file to its lines: what every row says, and what is wrong with which."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from hepartner.intake.cells import Cell, Cells, Sheet, refuse_hidden_rows
from hepartner.intake.columns import Column, Readings, blank
from hepartner.intake.errors import GarbledText, NoHeader, NoSuchSheet, SeveralSheets
from hepartner.intake.framing import BLANK, framing_rows
from hepartner.intake.header import Header, aliases, find_header, lacking, normalised, require
from hepartner.intake.problems import Fault, Misfit, Problem, masked
from hepartner.intake.serials import with_days

L = TypeVar("L")

_GARBLED = re.compile("锟斤拷|烫烫烫|\ufffd\ufffd")
_MISREAD_AS = (("gb18030", "utf-8"), ("latin-1", "gb18030"))
_TWO_HAN = re.compile("[\u4e00-\u9fff]{2}")
_SAMPLE_ROWS = 20
_PIECE = 10_000
# Serial numbers, and the two columns of a workbook of rejected rows.
_EXPECTED = {"序号", "问题原因", "修改办法"}


@dataclass(frozen=True)
class Form(Generic[L]):
    """The form of one kind of file: its columns, and the line that their values make, in the columns' order."""

    noun: str
    columns: tuple[Column, ...]
    line: Callable[[Iterable[Any]], L]


@dataclass
class Lines(Generic[L]):
    """What one file says: good lines by row (from 1, as Excel shows it), the others' problems, what is left out.

    Rows are read when they are asked for, some thousand at a time, so that a long file can be written while it is read.
    `framing` are the rows that are no lines, from 0, each with the reason.
    """

    file: str
    sheet: Sheet
    header: Header
    form: Form[L]
    framing: Mapping[int, str]
    notes: list[str]

    def __post_init__(self) -> None:
        self._good: list[tuple[int, L]] = []
        self._problems: list[Problem] = []
        self._unread = _pieces(self, _whole(self))

    def __iter__(self) -> Iterator[tuple[int, L]]:
        """Yield the good lines with their rows, reading on where nobody read yet."""
        yield from self._good
        for piece in self._unread:
            yield from self._taken(piece)

    @property
    def good(self) -> list[tuple[int, L]]:
        """All good lines with their rows."""
        self._read_on()
        return self._good

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the other rows of the whole file."""
        self._read_on()
        return self._problems

    @property
    def skipped(self) -> tuple[tuple[int, str], ...]:
        """The rows that are no lines, each with the reason; those that hold nothing are not listed."""
        return tuple((row + 1, why) for row, why in sorted(self.framing.items()) if why != BLANK)

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns in which a merged cell says the same of all its rows."""
        fields = self.header.fields
        return tuple(fields[one.field] for one in self.form.columns if one.fill_down and one.field in fields)

    @property
    def heading(self) -> str:
        """Everything that is said above the header, and the names of sheet and file."""
        rows = [self.sheet.row(row) for row in range(self.header.top)]
        return " ".join(
            [self.file, self.sheet.name, *(cell for row in rows for cell in row if isinstance(cell, str))]
        )

    def problem(self, row: int, misfit: Misfit) -> Problem:
        """A problem of one row, in the column of the misfit's field, or of what stands instead, if the file has it."""
        field, fault, text = misfit
        fields = self.header.fields
        if field not in fields:
            instead = {column.field: column.instead for column in self.form.columns if column.instead}
            field = instead.get(field, field)
        place = self.header.place(field) if field in fields else ""
        return Problem(self.file, self.sheet.name, row, place, masked(text), fault.reason, fault.remedy)

    def _read_on(self) -> None:
        for piece in self._unread:
            self._taken(piece)

    def _taken(self, piece: "_Piece[L]") -> list[tuple[int, L]]:
        self._good += piece.good
        self._problems += piece.problems
        return piece.good


class _Piece(NamedTuple, Generic[L]):
    good: list[tuple[int, L]]
    problems: list[Problem]


def read_lines(cells: Cells, form: Form[L], wanted: str | None = None) -> Lines[L]:
    """Find the one sheet with the header of this form (or the sheet `wanted`) and its lines; raises a `FileRefused`."""
    sheet, header = _chosen(cells, form, wanted)
    require(cells.file, sheet, header, form.columns)
    refuse_hidden_rows(cells.file, sheet, header.first_row)
    framing = framing_rows(cells.file, sheet, header, aliases(form.columns))
    notes = list(cells.notes)
    if unknown := [title for title in header.unknown if normalised(title) not in _EXPECTED]:
        notes.append(f"没有导入的列：{'、'.join(unknown)}")
    return Lines(cells.file, sheet, header, form, framing, notes)


def _pieces(lines: Lines[L], whole: dict[str, Sequence[Cell]]) -> Iterator[_Piece[L]]:
    """Read the rows below the header piece by piece; `whole` are the columns that had to be looked at as a whole."""
    header, form = lines.header, lines.form
    readings = {column.field: Readings(column) for column in form.columns}
    for first in range(header.first_row, len(lines.sheet.rows), _PIECE):
        last = min(first + _PIECE, len(lines.sheet.rows))
        columns: list[list[object]] = []
        faulty: dict[int, list[Misfit]] = {}
        for column in form.columns:
            if column.field not in header.fields:
                columns.append([None] * (last - first))
                continue
            cells: Sequence[Cell]
            if column.field in whole:
                cells = whole[column.field][first - header.first_row : last - header.first_row]
            else:
                cells = lines.sheet.column(header.fields[column.field], first, last)
            columns.append(readings[column.field].of(cells))
            for row, value in enumerate(columns[-1], first):
                if type(value) is Fault:
                    cell = cells[row - first]
                    misfit = Misfit(column.field, value, cell if isinstance(cell, str) else "")
                    faulty.setdefault(row, []).append(misfit)
        for row, misfit in _neither(form, header, columns, first):
            faulty.setdefault(row, []).append(misfit)
        faulty |= _ragged(lines.sheet, header, first, last)
        yield _Piece(
            [
                (row + 1, form.line(values))
                for row, values in enumerate(zip(*columns, strict=True), first)
                if row not in faulty and row not in lines.framing
            ],
            [
                lines.problem(row + 1, fault)
                for row, faults in sorted(faulty.items())
                if row not in lines.framing and not _is_blank(lines.sheet, header, row)
                for fault in faults
            ],
        )


def _neither(
    form: Form[L], header: Header, columns: list[list[object]], first: int
) -> Iterator[tuple[int, Misfit]]:
    """Rows in which neither of two columns says what one of them must say."""
    values = {column.field: read for column, read in zip(form.columns, columns, strict=True)}
    for column in form.columns:
        if column.instead:
            there = next(
                one
                for one in form.columns
                if one.field in (column.field, column.instead) and one.field in header.fields
            )
            pairs = zip(values[column.field], values[column.instead], strict=True)
            for row, pair in enumerate(pairs, first):
                if pair == (None, None):
                    yield row, Misfit(there.field, blank(there))


def _whole(lines: Lines[L]) -> dict[str, Sequence[Cell]]:
    """The cells of the columns in which a row depends on others: those of days, and those that merged cells run down."""
    header, sheet, found = lines.header, lines.sheet, dict[str, Sequence[Cell]]()
    for column in lines.form.columns:
        if column.field in header.fields and (column.is_day or (column.fill_down and sheet.merges)):
            index = header.fields[column.field]
            found[column.field] = sheet.column(index, header.first_row, fill_down=column.fill_down)
        if column.field in found and column.is_day:
            found[column.field] = _with_days(lines, column, found[column.field])
    return found


def _with_days(lines: Lines[L], column: Column, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a column of days with serial numbers read as their days, which is told with an example."""
    read, days = with_days(cells, from_1904=lines.sheet.marks.from_1904)
    header = lines.header
    told = [
        cell for row, cell in enumerate(cells, header.first_row) if cell in days and row not in lines.framing
    ]
    if told:
        example = f"{told[0]} 是 {days[told[0]]}"
        lines.notes.append(
            f"{header.place(column.field)}有 {len(told)} 格是日期的序号，已按日期读取（如 {example}），请核对"
        )
    return read


def _is_blank(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether none of the imported columns holds anything, as where only the serial numbers were drawn."""
    cells = sheet.row(row)
    return all(
        cell == "" or (isinstance(cell, str) and not cell.strip())
        for cell in (cells[column] for column in header.fields.values() if column < len(cells))
    )


def _ragged(sheet: Sheet, header: Header, first: int, last: int) -> dict[int, list[Misfit]]:
    """Rows of a delimited file with another number of cells than the header: their columns have shifted."""
    if not sheet.delimited:
        return {}
    width = max(n for n, title in enumerate(header.titles, 1) if title)
    found = {}
    for number, row in enumerate(sheet.rows[first:last], first):
        if len(row) == width or not row:
            continue
        if len(row) < width:
            fault = Fault(f"这一行只有 {len(row)} 列，表头有 {width} 列", "请补上缺少的分隔符")
        elif any(cell.strip() for cell in row[width:] if isinstance(cell, str)):
            fault = Fault(f"这一行有 {len(row)} 列，表头只有 {width} 列", "内容里有逗号的，请用双引号括起来")
        else:
            continue
        found[number] = [Misfit("", fault)]
    return found


def _chosen(cells: Cells, form: Form[L], wanted: str | None) -> tuple[Sheet, Header]:
    sheets = [sheet for sheet in cells.sheets if wanted in (None, sheet.name)]
    if not sheets:
        raise NoSuchSheet(cells.file, wanted or "", [sheet.name for sheet in cells.sheets])
    found = [
        (sheet, header)
        for sheet in sheets
        if sheet.rows and (header := find_header(cells.file, sheet, form.columns))
    ]
    if not found:
        _refuse_garbled(cells)
        raise NoHeader(cells.file, form.noun, [column.title for column in form.columns if column.required])
    if len(found) > 1:
        found = [one for one in found if not lacking(one[1], form.columns)] or found[:1]
    if len(found) > 1:
        raise SeveralSheets(cells.file, [sheet.name for sheet, _ in found])
    return found[0]


def _refuse_garbled(cells: Cells) -> None:
    """Raise GarbledText where titles make sense once the wrong decoding is undone."""
    sample = (
        cell
        for sheet in cells.sheets
        for row in sheet.rows[:_SAMPLE_ROWS]
        for cell in row
        if isinstance(cell, str) and not cell.isascii()
    )
    for cell in sample:
        if _GARBLED.search(cell) or any(_mended(cell, wrong, right) for wrong, right in _MISREAD_AS):
            raise GarbledText(cells.file, cell.strip()[:6])


def _mended(text: str, wrong: str, right: str) -> bool:
    try:
        return _TWO_HAN.search(text.encode(wrong).decode(right)) is not None
    except UnicodeError:
        return False
