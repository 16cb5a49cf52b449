"""Sheets of text: what a person sees in each cell, whatever program wrote the file, never through a type guess."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from hepartner.intake.errors import EmptyFile
from hepartner.intake.problems import Fault
from hepartner.intake.sheetxml import Marks, Merge
from hepartner.intake.sniff import Kind, Sniffed

Cell = str | Fault
"""The text of a cell, or why it has none that could be trusted."""

Raw = str | int | float | bool | dt.date | dt.time | dt.timedelta

_EXACT_BELOW = 10**15
_ROWS_SHOWN = 5
_DESTROYED = Fault(
    "数字超过 15 位，后面几位已被表格软件抹掉，无法恢复", "请把这一列设为文本格式，按原件重新填写"
)
TRUTH = Fault("单元格是 TRUE/FALSE，不是文字或数字", "请填上真实内容")


@dataclass
class Sheet:
    """One sheet as the file holds it; row 0 is the row that Excel shows as 1. Rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Raw]]
    marks: Marks = field(default_factory=Marks)
    merges: Sequence[Merge] = ()
    hidden: bool = False
    delimited: bool = False

    def column(self, index: int, first_row: int, end_row: int, *, fill_from: int | None = None) -> list[Cell]:
        """The cells of one column from `first_row` up to `end_row`.

        With `fill_from`, a merged cell that begins in that row or below stands in each of its rows.
        """
        raw = [row[index] if index < len(row) else "" for row in self.rows[first_row:end_row]]
        # Most columns are all text; the exact type is asked because it is the fastest question.
        cells: list[Cell] = [value if type(value) is str else text_of(value) for value in raw]
        for row, content in self.marks.cells.get(index, {}).items():
            if first_row <= row < first_row + len(cells):
                cells[row - first_row] = content
        if fill_from is not None:
            self._fill_down(cells, index, first_row, fill_from)
        return cells

    def row(self, index: int) -> list[Cell]:
        """The cells of one row."""
        cells: list[Cell] = [text_of(value) for value in self.rows[index]]
        for column, content in self.marks.cells.items():
            if index in content and column < len(cells):
                cells[column] = content[index]
        return cells

    def shown(self, index: int, fill_down: Collection[int] = ()) -> list[str]:
        """The texts of one row, those that can't be trusted too, so that its owner knows it again.

        In the columns of `fill_down` a merged cell stands in each of its rows.
        """
        row = zip(self.row(index), self.rows[index], strict=True)
        texts = [cell if isinstance(cell, str) else _raw_text(value) for cell, value in row]
        for (top, left), (bottom, right) in self.merges:
            if top < index <= bottom:
                for column in fill_down:
                    if left <= column <= right:
                        texts += [""] * (column + 1 - len(texts))
                        texts[column] = self.shown(top)[left]
        return texts

    def _fill_down(self, cells: list[Cell], index: int, first_row: int, fill_from: int) -> None:
        for (top, left), (bottom, right) in self.merges:
            if left <= index <= right and top >= fill_from:
                content = self.row(top)[left]
                for row in range(max(top, first_row), min(bottom + 1, first_row + len(cells))):
                    cells[row - first_row] = content


@dataclass(frozen=True)
class Cells:
    """All visible sheets of a file, and what the user should know about how they were read."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def read_cells(sniffed: Sniffed) -> Cells:
    """Read every sheet of a file; raises a `FileRefused` that says why it can't be read."""
    reader = _READERS[sniffed.kind]
    sheets = reader(sniffed)
    visible = tuple(sheet for sheet in sheets if not sheet.hidden)
    if not any(sheet.rows for sheet in visible):
        raise EmptyFile(sniffed.name)
    return Cells(sniffed.name, sniffed.sha256(), visible, (*_notes(sniffed, sheets),))


def text_of(value: Raw) -> Cell:
    """What a person sees in a cell: 13800138000.0 is 13800138000, a date is ISO, a lost number is a fault."""
    return value if isinstance(value, str) else _TEXT_OF[type(value)](value)


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")


def _duration(value: dt.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _number(value: float) -> Cell:
    if abs(value) >= _EXACT_BELOW:
        return _DESTROYED
    whole = int(value)
    return str(whole) if whole == value else f"{value:.15g}"


def _raw_text(value: Raw) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).upper() if isinstance(value, bool) else str(value)


_TEXT_OF: dict[type, Callable[[Any], Cell]] = {
    bool: lambda _: TRUTH,
    int: _number,
    float: _number,
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda time: time.isoformat("minutes"),
    dt.timedelta: _duration,
}


def hidden_rows(sheet: Sheet, first_row: int) -> list[int]:
    """The rows (from 0) below the header that are hidden or filtered away; those that hold nothing do not matter."""
    return [
        row
        for row in sheet.marks.hidden_rows
        if first_row <= row < len(sheet.rows) and any(value != "" for value in sheet.rows[row])
    ]


def some_rows(rows: Sequence[int]) -> str:
    """Name the first of some rows (from 0) as Excel shows them."""
    return "、".join(str(row + 1) for row in rows[:_ROWS_SHOWN]) + (" 等" if len(rows) > _ROWS_SHOWN else "")


def _notes(sniffed: Sniffed, sheets: Sequence[Sheet]) -> list[str]:
    notes = [sniffed.note] if sniffed.note else []
    if hidden := [sheet.name for sheet in sheets if sheet.hidden]:
        notes.append(f"隐藏的工作表没有导入：{'、'.join(hidden)}")
    if columns := [sheet.name for sheet in sheets if sheet.marks.hidden_columns]:
        notes.append(f"工作表“{'、'.join(columns)}”有隐藏的列，也读取了")
    notes += [_struck(sheet) for sheet in sheets if sheet.marks.struck_rows]
    if formulas := sum(sheet.marks.formulas for sheet in sheets):
        notes.append(f"{formulas} 个单元格是公式，用的是保存时的结果")
    in_package = sniffed.package is not None and sniffed.package.has_comments
    if in_package or any(sheet.marks.has_comments for sheet in sheets):
        notes.append("单元格上的批注没有读取")
    return notes


def _struck(sheet: Sheet) -> str:
    rows = sheet.marks.struck_rows
    return f"工作表“{sheet.name}”有 {len(rows)} 行画了删除线（第 {some_rows(rows)} 行），也读取了，请核对"


def _read_workbook(sniffed: Sniffed) -> list[Sheet]:
    from hepartner.intake.workbook import read_workbook

    return read_workbook(sniffed)


def _read_web_table(sniffed: Sniffed) -> list[Sheet]:
    from hepartner.intake.webtable import read_web_table

    return read_web_table(sniffed.path)


def _read_spreadsheet_xml(sniffed: Sniffed) -> list[Sheet]:
    from hepartner.intake.spreadsheetml import read_spreadsheet_xml

    return read_spreadsheet_xml(sniffed.path)


def _read_text_table(sniffed: Sniffed) -> list[Sheet]:
    from hepartner.intake.texttable import read_text_table

    return read_text_table(sniffed.path)


_READERS: dict[Kind, Callable[[Sniffed], list[Sheet]]] = {
    Kind.XLSX: _read_workbook,
    Kind.XLSB: _read_workbook,
    Kind.ODS: _read_workbook,
    Kind.XLS: _read_workbook,
    Kind.HTML: _read_web_table,
    Kind.XML: _read_spreadsheet_xml,
    Kind.TEXT: _read_text_table,
}
