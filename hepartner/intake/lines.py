"""From the cells of a file to its lines: what every row says, and what is wrong with which."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from hepartner.intake.cells import Cell, Cells, Sheet, refuse_hidden_rows
from hepartner.intake.columns import Column, blank, read_column
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
# Serial numbers, and the two columns of a workbook of rejected rows.
_EXPECTED = {"序号", "问题原因", "修改办法"}


@dataclass(frozen=True)
class Form(Generic[L]):
    """The form of one kind of file: its columns, and the line that their values make, in the columns' order."""

    noun: str
    columns: tuple[Column, ...]
    line: Callable[[Iterable[Any]], L]


@dataclass(frozen=True)
class Lines(Generic[L]):
    """What one file says: good lines by row (from 1, as Excel shows it), the others' problems, what is left out.

    `filled` are the columns in which a merged cell says the same of all its rows, `instead` the fields that may stand for others.
    """

    file: str
    sheet: Sheet
    header: Header
    good: list[tuple[int, L]]
    problems: list[Problem]
    skipped: tuple[tuple[int, str], ...]
    notes: list[str]
    filled: tuple[int, ...]
    instead: dict[str, str]

    @property
    def heading(self) -> str:
        """Everything that is said above the header, and the names of sheet and file."""
        rows = [self.sheet.row(row) for row in range(self.header.top)]
        return " ".join(
            [self.file, self.sheet.name, *(cell for row in rows for cell in row if isinstance(cell, str))]
        )

    def problem(self, row: int, misfit: Misfit) -> Problem:
        """A problem of one row, in the column of the misfit's field if the file has it."""
        field, fault, text = misfit
        if field not in self.header.fields:
            field = self.instead.get(field, field)
        place = self.header.place(field) if field in self.header.fields else ""
        return Problem(self.file, self.sheet.name, row, place, masked(text), fault.reason, fault.remedy)


def read_lines(cells: Cells, form: Form[L], wanted: str | None = None) -> Lines[L]:
    """Find the one sheet with the header of this form (or the sheet `wanted`) and read it; raises a `FileRefused`."""
    sheet, header = _chosen(cells, form, wanted)
    require(cells.file, sheet, header, form.columns)
    refuse_hidden_rows(cells.file, sheet, header.first_row)
    framing = framing_rows(cells.file, sheet, header, aliases(form.columns))
    notes = list(cells.notes)
    if unknown := [title for title in header.unknown if normalised(title) not in _EXPECTED]:
        notes.append(f"没有导入的列：{'、'.join(unknown)}")
    lines: Lines[L] = Lines(
        cells.file,
        sheet,
        header,
        [],
        [],
        tuple((row + 1, why) for row, why in sorted(framing.items()) if why != BLANK),
        notes,
        tuple(
            header.fields[one.field] for one in form.columns if one.fill_down and one.field in header.fields
        ),
        {column.field: column.instead for column in form.columns if column.instead},
    )
    _read_rows(lines, form, framing)
    return lines


def _read_rows(lines: Lines[L], form: Form[L], framing: dict[int, str]) -> None:
    sheet, header = lines.sheet, lines.header
    first_row, count = header.first_row, len(sheet.rows) - header.first_row
    columns: list[list[object]] = []
    faulty: dict[int, list[Misfit]] = {}
    for column in form.columns:
        if column.field not in header.fields:
            columns.append([None] * count)
            continue
        cells: Sequence[Cell] = sheet.column(
            header.fields[column.field], first_row, fill_down=column.fill_down
        )
        if column.is_day:
            cells = _with_days(lines, column, cells, framing)
        values = read_column(cells, column)
        columns.append(values)
        for n, value in enumerate(values):
            if type(value) is Fault:
                cell = cells[n]
                faulty.setdefault(n, []).append(
                    Misfit(column.field, value, cell if isinstance(cell, str) else "")
                )
    for n, misfit in _neither(form, header, columns):
        faulty.setdefault(n, []).append(misfit)
    for n, fault in _ragged(sheet, header):
        faulty[n] = [Misfit("", fault)]
    for n, faults in sorted(faulty.items()):
        row = first_row + n
        if row not in framing and not _is_blank(sheet, header, row):
            lines.problems.extend(lines.problem(row + 1, fault) for fault in faults)
    lines.good.extend(
        (first_row + n + 1, form.line(values))
        for n, values in enumerate(zip(*columns, strict=True))
        if n not in faulty and first_row + n not in framing
    )


def _neither(form: Form[L], header: Header, columns: list[list[object]]) -> Iterator[tuple[int, Misfit]]:
    """Rows in which neither of two columns says what one of them must say."""
    values = {column.field: read for column, read in zip(form.columns, columns, strict=True)}
    for column in form.columns:
        if column.instead:
            there = next(
                one
                for one in form.columns
                if one.field in (column.field, column.instead) and one.field in header.fields
            )
            for n, pair in enumerate(zip(values[column.field], values[column.instead], strict=True)):
                if pair == (None, None):
                    yield n, Misfit(there.field, blank(there))


def _with_days(
    lines: Lines[L], column: Column, cells: Sequence[Cell], framing: dict[int, str]
) -> Sequence[Cell]:
    """The cells of a column of days with serial numbers read as their days, which is told with an example."""
    read, days = with_days(cells, from_1904=lines.sheet.marks.from_1904)
    told = [
        cell for row, cell in enumerate(cells, lines.header.first_row) if cell in days and row not in framing
    ]
    if told:
        example = f"{told[0]} 是 {days[told[0]]}"
        lines.notes.append(
            f"{lines.header.place(column.field)}有 {len(told)} 格是日期的序号，已按日期读取（如 {example}），请核对"
        )
    return read


def _is_blank(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether none of the imported columns holds anything, as where only the serial numbers were drawn."""
    cells = sheet.row(row)
    return all(
        cell == "" or (isinstance(cell, str) and not cell.strip())
        for cell in (cells[column] for column in header.fields.values() if column < len(cells))
    )


def _ragged(sheet: Sheet, header: Header) -> Iterator[tuple[int, Fault]]:
    """Rows of a delimited file with another number of cells than the header: their columns have shifted."""
    if not sheet.delimited:
        return
    width = max(n for n, title in enumerate(header.titles, 1) if title)
    for n, row in enumerate(sheet.rows[header.first_row :]):
        if len(row) == width or not row:
            continue
        if len(row) < width:
            remedy = "请补上缺少的分隔符"
            yield n, Fault(f"这一行只有 {len(row)} 列，表头有 {width} 列", remedy)
        elif any(cell.strip() for cell in row[width:] if isinstance(cell, str)):
            remedy = "内容里有逗号的，请用双引号括起来"
            yield n, Fault(f"这一行有 {len(row)} 列，表头只有 {width} 列", remedy)


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
