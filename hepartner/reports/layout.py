"""How a sheet lies on A4 paper: the widths of its columns, the heights of its lines, upright or across, on one page or many."""

from collections.abc import Iterable
from dataclasses import dataclass

from hepartner.excel.text import clean

from .cells import lines, printed, width
from .sheets import Align, Cell, Column, Sheet, Table

LINE_HEIGHT = 14.5
"""Points for one line of 10-point text; Chinese fonts need more than Latin ones."""

HIGHEST = 409
"""Points that Excel allows a row."""

SIGNING_HEIGHT = 30
"""Points for the line that is filled in by hand."""

MARGIN, TOP, BOTTOM = 0.45, 0.55, 0.65
"""Inches."""

_UNSAID = 15.0
"""Points of a line whose height isn't given: captions, gaps, and what charts lie over."""

_SMALLEST = 0.6
"""A sheet is made this small and no smaller to stand on one page: 6-point type, the size of footnotes."""

_CLOSE, _WIDE = 0.7, 1.2
"""How far a column of names follows what stands in it, as parts of the width it asks for."""

_SURE = 0.85
"""A sheet made smaller is stretched to this part of its page: programs disagree by a fifth on how wide a place is."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A4 in one orientation: half-width places across at full size, and points down between the margins."""

    orientation: str
    places: int
    points: float

    def scale(self, sheet_places: float) -> float:
        """Return how far a sheet is made smaller to be as wide as the paper."""
        return min(1.0, self.places / sheet_places)

    def whole(self, sheet_places: float, sheet_points: float) -> float:
        """Return how far a sheet is made smaller to stand on one page."""
        return min(self.scale(sheet_places), self.points / sheet_points)


_MARGINS_POINTS = (TOP + BOTTOM) * 72
ACROSS = Paper("landscape", 138, 210 / 25.4 * 72 - _MARGINS_POINTS)
UPRIGHT = Paper("portrait", 94, 297 / 25.4 * 72 - _MARGINS_POINTS)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's columns and lines end, on which paper, and whether one page holds it all."""

    widths: tuple[float, ...]
    heights: dict[int, float]
    paper: Paper
    one_page: bool


def laid_out(sheet: Sheet) -> Layout:
    """Lay a sheet out: numbers always fit, a narrow sheet is stretched to the page, a little too long one made smaller."""
    widths = column_widths(sheet)
    places, points = sum(widths), _points(line_heights(sheet, widths))
    paper, one_page = _paper(sheet, places, points)
    room: float = paper.places
    if one_page and not sheet.one_page:
        room = max(room, room / paper.whole(places, points) * _SURE)
    stretch = max(1.0, room / places)
    stretched = tuple(round(one * stretch, 2) for one in widths)
    return Layout(stretched, line_heights(sheet, stretched), paper, one_page)


def _paper(sheet: Sheet, places: float, points: float) -> tuple[Paper, bool]:
    """Choose the paper: across unless it takes a second page there and one page, either way round, can still be read."""
    if sheet.one_page:
        return UPRIGHT if sheet.portrait else ACROSS, True
    if points * ACROSS.scale(places) <= ACROSS.points:
        return ACROSS, False
    best = max(ACROSS, UPRIGHT, key=lambda paper: paper.whole(places, points))
    return (best, True) if best.whole(places, points) >= _SMALLEST else (ACROSS, False)


def column_widths(sheet: Sheet) -> tuple[float, ...]:
    """Return the width that each column needs in half-width places."""
    widths: list[float] = []
    for table in sheet.tables:
        for number, column in enumerate(table.columns):
            needed = _needed(column, [row.values[number] for row in table.rows]) + 1.5
            if number == len(widths):
                widths.append(0)
            widths[number] = max(widths[number], needed)
    return tuple(widths)


def _needed(column: Column, values: list[Cell]) -> float:
    asked = column.width * 2
    if column.align is not Align.LEFT or not values:
        return max([asked, *(width(printed(value)) for value in values if not isinstance(value, str))])
    longest = max(width(value if isinstance(value, str) else printed(value)) for value in values)
    # What is wrapped even in a wider column needs no wider one.
    needed = asked if longest > asked * _WIDE else max(longest, asked * _CLOSE)
    return max(needed, width(column.heading))


def line_heights(sheet: Sheet, widths: Iterable[float]) -> dict[int, float]:
    """Return the height of every line that has one of its own, in points."""
    widths = tuple(widths)
    heights: dict[int, float] = {1: 30, 2: 18}
    line = sheet.first_line(0)
    for number, table in enumerate(sheet.tables):
        line = sheet.first_line(number) + (1 if table.caption else 0)
        for height in (*_heading_heights(table, widths), *_row_heights(table, widths)):
            heights[line] = height
            line += 1
    for text in sheet.printed_notes:
        heights[line] = _height(lines(text, sum(widths) - 2))
        line += 1
    if sheet.signed:
        heights[line] = SIGNING_HEIGHT
    return heights


def _heading_heights(table: Table, widths: tuple[float, ...]) -> tuple[float, ...]:
    needed = {True: 1, False: 1}
    for column, places in zip(table.columns, widths, strict=False):
        grouped = bool(column.group)
        needed[grouped] = max(needed[grouped], lines(column.heading, places - 1))
    if table.heading_rows == 1:
        return (_height(needed[False]),)
    # A heading that stands in no group has the height of both rows.
    return _height(1), _height(max(needed[True], needed[False] - 1))


def _row_heights(table: Table, widths: tuple[float, ...]) -> Iterable[float]:
    for row in table.rows:
        texts = (
            (text, places) for text, places in zip(row.values, widths, strict=False) if isinstance(text, str)
        )
        needed = max((lines(clean(text), places - 1) for text, places in texts), default=1)
        yield min(_height(needed), HIGHEST)


def _points(heights: dict[int, float]) -> float:
    gaps = max(heights) - len(heights)
    return sum(heights.values()) + gaps * _UNSAID


def _height(needed: int) -> float:
    return needed * LINE_HEIGHT + 5
