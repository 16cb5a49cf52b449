"""What goes into one Excel cell: a value with its number format, one of few styles, and how wide it prints."""

import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

from hepartner.excel.text import put_text
from hepartner.ledger.errors import quoted

from .sheets import Align, Cell, Column, Weight
from .values import NOTHING, Growth, Median, Minutes, PercentagePoints, Ratio, Signed, Yuan

SONG, HEI = "宋体", "黑体"

# `_ ` keeps the width of a space between a number and the line to its right.
_COUNT = "#,##0_ "
_HOURS = "#,##0.0_ "
_MONEY = "#,##0.00_ "
_SIGNED = "+#,##0_ ;-#,##0_ ;0_ "
_SIGNED_HOURS = "+#,##0.0_ ;-#,##0.0_ ;0.0_ "
_GROWTH = "+0.0%_ ;-0.0%_ ;0.0%_ "
_TEXT_AMONG_NUMBERS = "@_ "
_DAY = "yyyy-mm-dd"
_FORMATS: dict[type, str] = {
    int: _COUNT,
    Minutes: _HOURS,
    Yuan: _MONEY,
    Growth: _GROWTH,
    Ratio: _TEXT_AMONG_NUMBERS,
    Median: _TEXT_AMONG_NUMBERS,
    PercentagePoints: _TEXT_AMONG_NUMBERS,
    type(None): _TEXT_AMONG_NUMBERS,
}


def put(cell: Any, value: Cell) -> bool:
    """Write a value into a cell; returns False when a text had to be cut."""
    if isinstance(value, str):
        return not value or put_text(cell, quoted(value))
    if value is None or isinstance(value, Ratio | Median | PercentagePoints):
        return put_text(cell, printed(value))
    cell.value = _number(value)
    return True


def number_format(value: Cell) -> str:
    """Return the Excel number format that prints a value as `printed` does."""
    if isinstance(value, Signed):
        return _SIGNED_HOURS if isinstance(value.amount, Minutes) else _SIGNED
    return _DAY if isinstance(value, date) else _FORMATS.get(type(value), "General")


def printed(value: Cell) -> str:
    """Return the text that a reader sees, for widths and for tests."""
    match value:
        case None:
            return NOTHING
        case int():
            return f"{value:,}"
        case Signed(amount=Minutes() as amount):
            return f"{amount.hours:+,.1f}"
        case Signed(amount=amount):
            return f"{amount:+,}"
        case Growth(permille=permille):
            return f"{permille / 10:+.1f}%"
        case _:
            return str(value)


def _number(value: Cell) -> Any:
    match value:
        case Minutes() | Signed(amount=Minutes()):
            amount = value.amount if isinstance(value, Signed) else value
            return amount.hours if isinstance(amount, Minutes) else amount
        case Signed(amount=amount):
            return amount
        case Growth(permille=permille):
            return permille / 1000
        case Yuan(fen=fen):
            return fen / 100
        case _:
            return value


def width(text: str) -> int:
    """Return how many half-width places the widest line of a text takes; a Chinese character takes two."""
    return max(sum(_places(character) for character in line) for line in text.split("\n"))


def lines(text: str, places: float) -> int:
    """Return how many lines a wrapped text takes in a column of so many half-width places."""
    return sum(max(1, -(-width(line) // max(int(places), 2))) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def _places(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


class Styles:
    """The named styles of one workbook, each made when it is first used; black on white and two greys."""

    def __init__(self, workbook: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._workbook = workbook
        self._made: dict[object, str] = {}
        self._font, self._alignment, self._fill = Font, Alignment, PatternFill
        side = Side(style="thin", color="FF000000")
        self._box = Border(left=side, right=side, top=side, bottom=side)

    def value(self, column: Column, weight: Weight, value: Cell) -> str:
        """Return the style of a value in a table."""
        numeric = not isinstance(value, str | date)
        align = Align.RIGHT if numeric and column.align is not Align.CENTER else column.align
        key = (weight, align, number_format(value))
        if key not in self._made:
            self._make(
                key,
                font=self._font(
                    name=SONG if weight is Weight.BODY else HEI, size=10, bold=weight is not Weight.BODY
                ),
                alignment=self._alignment(horizontal=align.value, vertical="center", wrap_text=not numeric),
                fill=self._grey({Weight.SUBTOTAL: "FFEFEFEF", Weight.TOTAL: "FFD9D9D9"}.get(weight)),
                border=self._box,
                number_format=number_format(value),
            )
        return self._made[key]

    def heading(self) -> str:
        """Return the style of a heading cell."""
        return self._text("heading", font=HEI, size=10, horizontal="center", boxed=True)

    def title(self) -> str:
        """Return the style of a sheet's title."""
        return self._text("title", font=HEI, size=16, horizontal="center")

    def plain(self, horizontal: str) -> str:
        """Return the style of the office line, captions and notes."""
        return self._text(f"plain {horizontal}", font=SONG, size=10, horizontal=horizontal)

    def _text(self, key: str, *, font: str, size: int, horizontal: str, boxed: bool = False) -> str:
        if key not in self._made:
            self._make(
                key,
                font=self._font(name=font, size=size, bold=size > 10 or boxed),  # noqa: PLR2004 larger than body text
                alignment=self._alignment(horizontal=horizontal, vertical="center", wrap_text=True),
                border=self._box if boxed else None,
            )
        return self._made[key]

    def _grey(self, color: str | None) -> Any:
        return self._fill("solid", fgColor=color) if color else None

    def _make(self, key: object, **parts: Any) -> None:
        from openpyxl.styles import NamedStyle

        name = f"hep {len(self._made) + 1}"
        self._workbook.add_named_style(
            NamedStyle(name=name, **{k: v for k, v in parts.items() if v is not None})
        )
        self._made[key] = name
