"""Months and spans of months, the ledger's unit of reporting, as ISO text YYYY-MM."""

import re
from datetime import date, timedelta
from typing import NamedTuple

BEGINNING = "0000-01"
"""The first month of every span that reaches back to the beginning."""


def is_month(text: str) -> bool:
    """Tell whether a text is a month written YYYY-MM."""
    return re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) is not None


def month_of(day: date | str) -> str:
    """Return the month of a day."""
    return str(day)[:7]


def shifted(month: str, by: int) -> str:
    """Return the month this many months later (earlier if negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def last_day(month: str) -> str:
    """Return the last day of a month as ISO text."""
    following = shifted(month, 1)
    end = date(int(following[:4]), int(following[5:7]), 1).toordinal() - 1
    return date.fromordinal(end).isoformat()


def bounds(span: "Span", today: date) -> dict[str, str]:
    """Return what the SQL of counts sees of a span: its months, its days and `over`, its last day that is over today.

    A deadline has passed when its day is over: in the month that still runs only those up to yesterday.
    """
    last = last_day(span.last)
    return {
        "first": span.first,
        "last": span.last,
        "first_day": f"{span.first}-01",
        "last_day": last,
        "over": min(last, (today - timedelta(days=1)).isoformat()),
    }


class Span(NamedTuple):
    """The months from `first` to `last`, both included."""

    first: str
    last: str

    @classmethod
    def month(cls, month: str) -> "Span":
        """Return the span of one month."""
        return cls(month, month)

    @classmethod
    def year_to_date(cls, month: str) -> "Span":
        """Return January to this month."""
        return cls(f"{month[:4]}-01", month)

    @classmethod
    def in_all(cls, month: str) -> "Span":
        """Return everything up to this month."""
        return cls(BEGINNING, month)

    @property
    def previous(self) -> "Span":
        """The month before a one-month span."""
        return Span.month(shifted(self.first, -1))

    @property
    def same_last_year(self) -> "Span":
        """The same months one year earlier."""
        return Span(shifted(self.first, -12), shifted(self.last, -12))
