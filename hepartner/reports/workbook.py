"""Typed sheets made into an .xlsx file: the only place that writes Excel for reports."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hepartner.excel.text import clean, put_text

from .cells import Styles, lines, printed, put, width
from .charts import add_charts
from .saving import Saved, save
from .sheets import Align, Book, Column, Row, Sheet, Table, column_letter

LINE_HEIGHT = 14.5
"""Points for one line of 10-point text; Chinese fonts need more than Latin ones."""

_PAGE_PLACES = {"landscape": 138, "portrait": 94}
"""Half-width places across A4 at full size; narrower tables are stretched to it."""

_MARGIN = 0.45

SIGNATURES = ("　" * 14).join(("单位负责人：", "审核人：", "填报人：", "联系电话："))
"""The line that is filled in by hand before a report goes up."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(book: Book, target: Path) -> Saved:
    """Write a workbook and return where it went and what has to be said about it.

    Raises the leaves of `saving` and leaves an older file as it was.
    """
    workbook, notices = build(book)
    saved = save(workbook.save, target)
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
        self.widths = column_widths(sheet)
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

    def _banner(self) -> None:
        last = len(self.widths)
        self._across(1, 1, last, self.sheet.title, self.styles.title())
        self.worksheet.row_dimensions[1].height = 30
        middle = self._left_half()
        self._across(2, 1, middle, f"填报单位：{self.book.office}", self.styles.plain("left"))
        right = f"填报时间：{self.book.reported_on:%Y-%m-%d}" + (
            f"　　单位：{self.sheet.unit}" if self.sheet.unit else ""
        )
        self._across(2, middle + 1, last, right, self.styles.plain("right"))
        self.worksheet.row_dimensions[2].height = 18

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
        self._heading_heights(table, line)

    def _heading_heights(self, table: Table, line: int) -> None:
        heights = {True: 1, False: 1}
        for column, places in zip(table.columns, self.widths, strict=False):
            grouped = bool(column.group)
            heights[grouped] = max(heights[grouped], lines(column.heading, places - 1))
        if table.heading_rows == 1:
            self.worksheet.row_dimensions[line].height = _height(heights[False])
            return
        # A heading that stands in no group has the height of both rows.
        self.worksheet.row_dimensions[line].height = _height(1)
        self.worksheet.row_dimensions[line + 1].height = _height(max(heights[True], heights[False] - 1))

    def _row(self, table: Table, row: Row, line: int) -> None:
        needed = 1
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
            cell = self.worksheet.cell(line, number)
            cell.style = self.styles.value(column, row.weight, value)
            if not put(cell, value):
                self._too_long(cell, column)
            if isinstance(value, str):
                needed = max(needed, lines(clean(value), self.widths[number - 1] - 1))
        self.worksheet.row_dimensions[line].height = min(_height(needed), 409)

    def _too_long(self, cell: Any, column: Column) -> None:
        where = f"“{self.sheet.name}”表 {cell.coordinate}（{column.heading}）"
        self.notices.append(f"{where}的文字超过 Excel 单元格的上限，已截断并注明。请到台账里查看全文。")

    def _notes(self, line: int) -> None:
        for offset, note in enumerate(self.sheet.notes):
            text = f"注：{note}" if offset == 0 else f"　　{note}"
            self._across(line + offset, 1, len(self.widths), text, self.styles.plain("left"))
            height = _height(lines(text, sum(self.widths) - 2))
            self.worksheet.row_dimensions[line + offset].height = height
        if self.sheet.signed:
            below = line + len(self.sheet.notes)
            self._across(below, 1, len(self.widths), SIGNATURES, self.styles.plain("left"))
            self.worksheet.row_dimensions[below].height = 30

    def _page_setup(self) -> None:
        page = self.worksheet
        page.page_setup.orientation, page.page_setup.paperSize = _orientation(self.sheet), 9
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(self.sheet.one_page)
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = _MARGIN
        page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.55, 0.65, 0.3
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


def column_widths(sheet: Sheet) -> list[float]:
    """Return each column's width in half-width places: numbers always fit, and a narrow sheet is stretched to the page."""
    widths: list[float] = []
    for table in sheet.tables:
        for number, column in enumerate(table.columns):
            needed = max([column.width * 2, *(_unbroken(row.values[number]) for row in table.rows)]) + 1.5
            if number == len(widths):
                widths.append(0)
            widths[number] = max(widths[number], needed)
    stretch = max(1.0, _PAGE_PLACES[_orientation(sheet)] / sum(widths))
    return [round(places * stretch, 2) for places in widths]


def _orientation(sheet: Sheet) -> str:
    return "portrait" if sheet.portrait else "landscape"


def footer_text(text: str) -> str:
    """Return text for a footer, where & would begin a code and 255 characters are the limit for the whole line."""
    return clean(text).replace("\n", " ")[:60].replace("&", "&&")


def _unbroken(value: Any) -> int:
    """Return the places of a value that can't be wrapped."""
    return 0 if isinstance(value, str) else width(printed(value))


def _groups(columns: tuple[Column, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of every run of columns under one group heading."""
    first = 1
    for number in range(1, len(columns) + 1):
        if number == len(columns) or columns[number].group != columns[first - 1].group:
            if columns[first - 1].group and number > first:
                yield first, number
            first = number + 1


def _height(needed: int) -> float:
    return needed * LINE_HEIGHT + 5
