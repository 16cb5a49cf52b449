"""Typed sheets made into an .xlsx file: the only place that writes Excel for reports."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hepartner.excel.text import clean, put_text

from .cells import Styles, put
from .charts import add_charts
from .layout import BOTTOM, MARGIN, TOP, laid_out
from .saving import Saved, save
from .sheets import Align, Book, Column, Row, Sheet, Table, column_letter

SIGNATURES = ("　" * 14).join(("单位负责人：", "审核人：", "填报人：", "联系电话："))
"""The line that is filled in by hand before a report goes up."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(book: Book, target: Path) -> Saved:
    """Write a workbook and return where it went and what has to be said about it.

    Raises the leaves of `saving` and leaves an older file as it was.
    """
    from hepartner.excel.packing import pack

    workbook, notices = build(book)
    saved = save(partial(pack, workbook), target)
    return Saved(saved.path, (*saved.notices, *notices))


def build(book: Book) -> tuple[Any, tuple[str, ...]]:
    """Return an openpyxl workbook and a notice for every text that Excel can't hold whole."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = "hepartner"
    workbook.properties.title = clean(book.title)
    styles = Styles(workbook)
    notices: list[str] = []
    names: set[str] = set()
    for sheet in book.sheets:
        name = sheet_name(sheet.name, names)
        names.add(name.lower())
        notices += _Page(workbook.create_sheet(name), sheet, book, styles).write()
    return workbook, tuple(notices)


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""Return a sheet name that Excel accepts: no []:*?/\, no quotes at its ends, 31 characters, not taken in any case."""
    stem = _FORBIDDEN_IN_NAMES.sub("-", clean(wanted)).strip("' \n")[:31] or "表"
    name, number = stem, 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        tail = f"({number})"
        name = stem[: 31 - len(tail)] + tail
    return name


class _Page:
    """One worksheet while it is being written."""

    def __init__(self, worksheet: Any, sheet: Sheet, book: Book, styles: Styles) -> None:
        self.worksheet = worksheet
        self.sheet = sheet
        self.book = book
        self.styles = styles
        self.layout = laid_out(sheet)
        self.widths = self.layout.widths
        self.notices: list[str] = []

    def write(self) -> list[str]:
        self._dimensions()
        self._banner()
        line = 0
        for number, table in enumerate(self.sheet.tables):
            line = self._table(table, self.sheet.first_line(number))
        self._notes(line)
        self._page_setup()
        add_charts(self.worksheet, self.sheet)
        return self.notices

    def _dimensions(self) -> None:
        for number, places in enumerate(self.widths, start=1):
            self.worksheet.column_dimensions[column_letter(number)].width = places
        for line, height in self.layout.heights.items():
            self.worksheet.row_dimensions[line].height = height

    def _banner(self) -> None:
        last = len(self.widths)
        self._across(1, 1, last, self.sheet.title, self.styles.title())
        middle = self._left_half()
        self._across(2, 1, middle, f"填报单位：{self.book.office}", self.styles.plain("left"))
        right = f"填报时间：{self.book.reported_on:%Y-%m-%d}" + (
            f"　　单位：{self.sheet.unit}" if self.sheet.unit else ""
        )
        self._across(2, middle + 1, last, right, self.styles.plain("right"))

    def _left_half(self) -> int:
        """Return the last column of the left half of the page, so that both halves of the office line have room."""
        half, covered = sum(self.widths) / 2, 0.0
        for number, places in enumerate(self.widths[:-1], start=1):
            covered += places
            if covered >= half:
                return number
        return len(self.widths) - 1

    def _table(self, table: Table, line: int) -> int:
        if table.caption:
            self._across(line, 1, len(self.widths), table.caption, self.styles.plain("left"))
            line += 1
        self._headings(table, line)
        line += table.heading_rows
        for row in table.rows:
            self._row(table, row, line)
            line += 1
        return line

    def _headings(self, table: Table, line: int) -> None:
        style, bottom = self.styles.heading(), line + table.heading_rows - 1
        for number, column in enumerate(table.columns, start=1):
            self._cell(line, number, column.group or column.heading, style)
            if bottom > line:
                self._cell(bottom, number, column.heading if column.group else "", style)
                if not column.group:
                    self.worksheet.merge_cells(
                        start_row=line, end_row=bottom, start_column=number, end_column=number
                    )
        for first, last in _groups(table.columns):
            self.worksheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=last)

    def _row(self, table: Table, row: Row, line: int) -> None:
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
            cell = self.worksheet.cell(line, number)
            cell.style = self.styles.value(column, row.weight, value)
            if not put(cell, value):
                self._too_long(cell, column)

    def _too_long(self, cell: Any, column: Column) -> None:
        where = f"“{self.sheet.name}”表 {cell.coordinate}（{column.heading}）"
        self.notices.append(f"{where}的文字超过 Excel 单元格的上限，已截断并注明。请到台账里查看全文。")

    def _notes(self, line: int) -> None:
        last = SIGNATURES if self.sheet.signed else ""
        for offset, text in enumerate(filter(None, (*self.sheet.printed_notes, last))):
            self._across(line + offset, 1, len(self.widths), text, self.styles.plain("left"))

    def _page_setup(self) -> None:
        page = self.worksheet
        page.page_setup.orientation, page.page_setup.paperSize = self.layout.paper.orientation, 9
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(self.layout.one_page)
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = MARGIN
        page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = TOP, BOTTOM, 0.3
        page.oddFooter.left.text = footer_text(self.book.office)
        page.oddFooter.center.text = "第 &P 页，共 &N 页"
        page.oddFooter.right.text = footer_text(self.sheet.name)
        # The last table is the long one: its headings repeat on the pages after it began.
        table, line = self.sheet.tables[-1], self.sheet.first_line(len(self.sheet.tables) - 1)
        heading = line + (1 if table.caption else 0)
        page.print_title_rows = f"{heading}:{heading + table.heading_rows - 1}"
        if len(self.sheet.tables) == 1 and not self.sheet.charts:
            named = sum(column.align is not Align.RIGHT for column in table.columns[:3])
            page.freeze_panes = f"{column_letter(named + 1)}{heading + table.heading_rows}"

    def _across(self, line: int, first: int, last: int, text: str, style: str) -> None:
        self._cell(line, first, text, style)
        if last > first:
            self.worksheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=last)

    def _cell(self, line: int, number: int, text: str, style: str) -> None:
        cell = self.worksheet.cell(line, number)
        cell.style = style
        if text:
            put_text(cell, text)


def footer_text(text: str) -> str:
    """Return text for a footer, where & would begin a code and 255 characters are the limit for the whole line."""
    return clean(text).replace("\n", " ")[:60].replace("&", "&&")


def _groups(columns: tuple[Column, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of every run of columns under one group heading."""
    first = 1
    for number in range(1, len(columns) + 1):
        if number == len(columns) or columns[number].group != columns[first - 1].group:
            if columns[first - 1].group and number > first:
                yield first, number
            first = number + 1
