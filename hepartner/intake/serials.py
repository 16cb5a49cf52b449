"""Days as the numbers that spreadsheet programs count them by, left where a cell lost its date format."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from hepartner.intake.cells import Cell

# Excel takes 1900 for a leap year: its day 1 lies a day too late, and every day from March 1900 on is right with this one.
_DAY_NONE, _DAY_NONE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
# 1950-01-01 to 2099-12-31; other numbers of five digits are slips and stay what they are.
_FIRST, _LAST = 18_264, 73_050


def with_days(cells: Sequence[Cell], *, from_1904: bool = False) -> tuple[Sequence[Cell], dict[Cell, str]]:
    """The cells of a column of days with serial numbers put as ISO days, and which became which.

    A time of day behind the number is dropped. `from_1904` is how workbooks of old Macintosh programs count.
    """
    days: dict[Cell, str] = {}
    for cell in set(cells):
        if isinstance(cell, str) and (day := _day(cell, from_1904)):
            days[cell] = day
    return ([days.get(cell, cell) for cell in cells] if days else cells), days


def _day(text: str, from_1904: bool) -> str | None:  # noqa: FBT001 the one caller passes it on
    found = _SERIAL.fullmatch(text.strip())
    if not found or not _FIRST <= int(found[1]) <= _LAST:
        return None
    start = _DAY_NONE_1904 if from_1904 else _DAY_NONE
    return (start + timedelta(days=int(found[1]))).isoformat()
