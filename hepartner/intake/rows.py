"""From the cells of a file to its rows: what every row says, and what is wrong with which."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hepartner.intake.cells import Cell, Cells, Sheet, hidden_rows, some_rows
from hepartner.intake.columns import Column, Readings, blank
from hepartner.intake.errors import GarbledText, HiddenRows, NoHeader, NoSuchSheet, SeveralSheets
from hepartner.intake.framing import BLANK, framing_rows
from hepartner.intake.header import Header, find_header, lacking, require
from hepartner.intake.lines import Form, Outline, Piece, Remarks
from hepartner.intake.mapping import ColumnMap
from hepartner.intake.problems import Fault, Misfit, column_name, listed_rows
from hepartner.intake.serials import with_days
from hepartner.intake.titles import normalised

_GARBLED = re.compile("锟斤拷|烫烫烫|\ufffd\ufffd|^[?？]{2,}$")
_MISREAD_AS = (("gb18030", "utf-8"), ("latin-1", "gb18030"))
_TWO_HAN = re.compile("[\u4e00-\u9fff]{2}")
_SAMPLE_ROWS = 20
_PIECE = 10_000
# Serial numbers, and the two columns of a workbook of rejected rows.
_EXPECTED = {"序号", "问题原因", "修改办法"}
_MARK_LENGTH = 16


class Rows:
    """The rows of the one sheet of a file that has the header of a form."""

    def __init__(
        self,
        cells: Cells,
        form: Form[Any],
        wanted: str | None = None,
        *,
        include_hidden: bool = False,
        columns: ColumnMap = ColumnMap(),  # noqa: B008 frozen
    ) -> None:
        """Find the sheet and its header (or the sheet `wanted`); raises a `FileRefused`, as for rows that are hidden."""
        sheet, header = _chosen(cells, form, wanted, columns)
        require(cells.file, sheet, header, form.columns, columns)
        self._hidden = hidden_rows(sheet, header.first_row)
        if self._hidden and not include_hidden:
            raise HiddenRows(cells.file, sheet.name, count=len(self._hidden), shown=some_rows(self._hidden))
        self._cells, self._sheet, self._header, self._form = cells, sheet, header, form
        self._skipped: list[tuple[int, str]] = []
        self._days: dict[str, Counter[tuple[str, str]]] = {}
        self._remarked: dict[tuple[str, str], list[int]] = {}
        self.outline = Outline(
            cells.file,
            cells.sha256,
            sheet.name,
            header,
            " ".join(self._texts_above()),
            tuple(tuple(sheet.shown(row)) for row in range(header.top)),
            self._filled(),
            len(sheet.rows),
            sheet.marks.from_1904,
        )

    def pieces(self) -> Iterator[Piece]:
        """Read the rows below the header some thousand at a time; raises SeveralTables."""
        readings = {column.field: Readings(column) for column in self._form.columns}
        meanings = self._header.meanings(self._form.columns).all
        self._skipped.clear()
        self._days.clear()
        self._remarked.clear()
        for first in range(self._header.first_row, len(self._sheet.rows), _PIECE):
            last = min(first + _PIECE, len(self._sheet.rows))
            framing = framing_rows(self._cells.file, self._sheet, self._header, meanings, range(first, last))
            self._skipped += [(row + 1, why) for row, why in sorted(framing.items()) if why != BLANK]
            yield self._piece(readings, framing, first, last)

    def remarks(self) -> Remarks:
        """What is to be told of the rows, once they are read."""
        notes = list(self._cells.notes)
        if self._hidden:
            shown = some_rows(self._hidden)
            notes.append(f"有 {len(self._hidden)} 行被隐藏或筛掉（第 {shown} 行），也读取了，请核对")
        if unknown := [title for title in self._header.unknown if normalised(title) not in _EXPECTED]:
            notes.append(f"没有导入的列：{'、'.join(unknown)}")
        notes += self._filled_told()
        for field, days in self._days.items():
            (cell, day), place = next(iter(days)), self._header.place(field)
            notes.append(
                f"{place}有 {days.total()} 格是日期的序号，已按日期读取（如 {cell} 是 {day}），请核对"
            )
        for (field, remark), rows in self._remarked.items():
            notes.append(f"{self._header.place(field)}有 {len(rows)} 格{remark}（第 {listed_rows(rows)} 行）")
        return Remarks(tuple(self._skipped), tuple(notes))

    def shown(self, rows: Sequence[int]) -> list[list[str]]:
        """The texts of some rows (from 1), so that their owner knows them again."""
        return [self._sheet.shown(row - 1, self.outline.filled) for row in rows]

    def mark(self) -> str:
        """A mark that tells a list from others by what stands in its cells, however often it is saved anew."""
        told = hashlib.sha256()
        for row in self._sheet.rows[self._header.top :]:
            told.update(repr(row).encode("utf-8", "surrogatepass"))
        return told.hexdigest()[:_MARK_LENGTH]

    def _texts_above(self) -> Iterator[str]:
        yield self._cells.file
        yield self._sheet.name
        for row in range(self._header.top):
            yield from (cell for cell in self._sheet.row(row) if isinstance(cell, str))

    def _filled(self) -> tuple[int, ...]:
        fields = self._header.fields
        return tuple(fields[one.field] for one in self._form.columns if one.fill_down and one.field in fields)

    def _filled_told(self) -> Iterator[str]:
        """Tell of the columns in which rows were read by the merged cell that runs down over them."""
        header, sheet = self._header, self._sheet
        for column in self._filled():
            rows = sum(
                min(bottom, len(sheet.rows) - 1) - top
                for (top, left), (bottom, right) in sheet.merges
                if left <= column <= right and top >= header.first_row
            )
            if rows:
                yield f"{column_name(column, header.titles[column])}有合并单元格，{rows} 行用的是它的内容"

    def _piece(
        self, readings: Mapping[str, Readings], framing: Mapping[int, str], first: int, last: int
    ) -> Piece:
        header, form = self._header, self._form
        columns: list[list[object]] = []
        faulty: dict[int, list[Misfit]] = {}
        for column in form.columns:
            if column.field not in header.fields:
                columns.append([None] * (last - first))
                continue
            cells = self._column(column, framing, first, last)
            columns.append(readings[column.field].of(cells))
            if remarks := readings[column.field].remarks:
                for row, cell in enumerate(cells, first):
                    if cell in remarks and row not in framing:
                        self._remarked.setdefault((column.field, remarks[cell]), []).append(row + 1)
            for row, value in enumerate(columns[-1], first):
                if type(value) is Fault:
                    cell = cells[row - first]
                    misfit = Misfit(column.field, value, cell if isinstance(cell, str) else "")
                    faulty.setdefault(row, []).append(misfit)
        for row, misfit in _neither(form, header, columns, first):
            faulty.setdefault(row, []).append(misfit)
        faulty |= _ragged(self._sheet, header, first, last)
        return Piece(
            [
                (row + 1, values)
                for row, values in enumerate(zip(*columns, strict=True), first)
                if row not in faulty and row not in framing
            ],
            [
                (row + 1, misfit)
                for row, misfits in sorted(faulty.items())
                if row not in framing and not _is_blank(self._sheet, header, row)
                for misfit in misfits
            ],
        )

    def _column(self, column: Column, framing: Mapping[int, str], first: int, last: int) -> Sequence[Cell]:
        """The cells of one column; a number that counts days stands in a column of days as its day, which is taken down."""
        fill_from = self._header.first_row if column.fill_down else None
        cells = self._sheet.column(self._header.fields[column.field], first, last, fill_from=fill_from)
        if not column.is_day:
            return cells
        read, days = with_days(cells, from_1904=self._sheet.marks.from_1904)
        if days:
            told = self._days.setdefault(column.field, Counter())
            told.update(
                (str(cell), days[cell])
                for row, cell in enumerate(cells, first)
                if cell in days and row not in framing
            )
        return read


def _neither(
    form: Form[Any], header: Header, columns: list[list[object]], first: int
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


def _chosen(cells: Cells, form: Form[Any], wanted: str | None, columns: ColumnMap) -> tuple[Sheet, Header]:
    sheets = [sheet for sheet in cells.sheets if wanted in (None, sheet.name)]
    if not sheets:
        raise NoSuchSheet(cells.file, wanted or "", [sheet.name for sheet in cells.sheets])
    found = [
        (sheet, header)
        for sheet in sheets
        if sheet.rows and (header := find_header(cells.file, sheet, form.columns, columns))
    ]
    if not found:
        _refuse_garbled(cells)
        needed = [column.title for column in form.columns if column.required]
        raise NoHeader(cells.file, form.noun, needed, is_mapped=bool(columns.given))
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
        if isinstance(cell, str) and (not cell.isascii() or "??" in cell)
    )
    for cell in sample:
        if _GARBLED.search(cell) or any(_mended(cell, wrong, right) for wrong, right in _MISREAD_AS):
            raise GarbledText(cells.file, cell.strip()[:6])


def _mended(text: str, wrong: str, right: str) -> bool:
    try:
        return _TWO_HAN.search(text.encode(wrong).decode(right)) is not None
    except UnicodeError:
        return False
