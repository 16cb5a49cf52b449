"""The typed half of a workbook: sheets of keyed rows and columns, and where each of their cells will stand."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from .values import Growth, Median, Minutes, PercentagePoints, Ratio, Signed, Yuan

Cell = int | str | date | Minutes | Ratio | Median | Signed | Growth | PercentagePoints | Yuan | None
"""What a cell may hold; None prints —, an empty text leaves the cell blank."""

TITLE_ROWS = 2
"""The title, and the line with the office, the unit and the day."""


class Align(Enum):
    """Where a column's values stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Weight(Enum):
    """What a row is to its readers; totals print bold on grey, so that they stand out without colour."""

    BODY = "body"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the least width in Chinese characters, and the group heading it stands under."""

    key: str
    heading: str
    width: float
    align: Align = Align.RIGHT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of values in the order of the table's columns; `key` is what a check finds it by."""

    key: Hashable
    values: tuple[Cell, ...]
    weight: Weight = Weight.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table under its heading rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that doesn't fit the columns: it would shift values under a wrong heading."""
        for row in self.rows:
            if len(row.values) != len(self.columns):
                message = f"row {row.key!r} has {len(row.values)} values for {len(self.columns)} columns"
                raise ValueError(message)

    @property
    def heading_rows(self) -> int:
        """Two when columns stand in groups."""
        return 2 if any(column.group for column in self.columns) else 1

    def value(self, row: Hashable, column: str) -> Cell:
        """Return what the table prints in one cell."""
        return self.rows[self.row_index(row)].values[self.column_index(column)]

    def row_index(self, key: Hashable) -> int:
        """Return a row's place among the rows."""
        return next(index for index, row in enumerate(self.rows) if row.key == key)

    def column_index(self, key: str) -> int:
        """Return a column's place among the columns."""
        return next(index for index, column in enumerate(self.columns) if column.key == key)

    def changed(self, row: Hashable, column: str, value: Cell) -> "Table":
        """Return the table with one cell replaced."""
        at = self.row_index(row)
        values = list(self.rows[at].values)
        values[self.column_index(column)] = value
        return replace(
            self, rows=(*self.rows[:at], replace(self.rows[at], values=tuple(values)), *self.rows[at + 1 :])
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """A native bar chart over the first `points` rows of the sheet's last table.

    `columns` and `rows` are the first and last that it covers, rows counted from under the office line.
    """

    title: str
    unit: str
    categories: str
    series: tuple[str, ...]
    points: int
    columns: tuple[int, int]
    rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as its reader sees it, still without a single format."""

    name: str
    title: str
    tables: tuple[Table, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    chart_rows: int = 0
    one_page: bool = False
    portrait: bool = False
    signed: bool = False

    @property
    def printed_notes(self) -> tuple[str, ...]:
        """The notes as they stand under the last table, a line each."""
        return tuple(f"{'　　' if number else '注：'}{note}" for number, note in enumerate(self.notes))

    def place(self, table: int, row: Hashable, column: str) -> str:
        """Return the address of a cell, `C12`, as Excel and WPS show it."""
        at = self.tables[table]
        line = self.first_line(table) + (1 if at.caption else 0) + at.heading_rows + at.row_index(row)
        return f"{column_letter(at.column_index(column) + 1)}{line}"

    def first_line(self, table: int) -> int:
        """Return the line on which a table begins, its caption or its first heading."""
        line = TITLE_ROWS + self.chart_rows + 1
        for before in self.tables[:table]:
            line += (1 if before.caption else 0) + before.heading_rows + len(before.rows) + 1
        return line


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook: what it is, who reports, when, and the sheets in their order."""

    title: str
    office: str
    reported_on: date
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def with_sheet(self, changed: Sheet) -> "Book":
        """Return the book with the sheet of that name replaced."""
        sheets = tuple(changed if sheet.name == changed.name else sheet for sheet in self.sheets)
        return replace(self, sheets=sheets)


def column_letter(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
