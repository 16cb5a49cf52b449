"""What happened, noted by the district's own side: deeds with what each adds to which count, and the months it counts in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .people import Partner


def month_of(day: date) -> str:
    """Return the month of a day as YYYY-MM."""
    return day.isoformat()[:7]


def month_after(month: str) -> str:
    """Return the month that follows."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """Return all months from the first to the last."""
    months = [first]
    while months[-1] < last:
        months.append(month_after(months[-1]))
    return months


@dataclass(slots=True, eq=False)
class Deed:
    """One thing that happened in one community: what it adds to each count, and whose heads it counts."""

    community: str
    day: date
    month: str
    adds: Mapping[str, int]
    heads: Mapping[str, Partner] = field(default_factory=dict)
    undone_in: str = ""
    """The month in which its taking back counts; empty while it stands."""


class Register:
    """Every deed in the order in which it was noted, and which months are closed."""

    def __init__(self) -> None:
        self.deeds: list[Deed] = []
        self._closed: dict[str, str] = {}

    def close(self, community: str, month: str) -> None:
        """Close the books of a community up to a month."""
        self._closed[community] = month

    def closed_through(self, community: str) -> str:
        """Return the last closed month of a community, empty for none."""
        return self._closed.get(community, "")

    def open_month(self, community: str, month: str) -> str:
        """Return this month while its books are open, else the first open month after it."""
        closed = self._closed.get(community, "")
        return month if month > closed else month_after(closed)

    def note(
        self,
        community: str,
        day: date,
        adds: Mapping[str, int],
        *,
        heads: Mapping[str, Partner] | None = None,
        month: str = "",
    ) -> Deed:
        """Note what happened; it counts in the month of its day while open, unless another month is given."""
        counted = month or self.open_month(community, month_of(day))
        deed = Deed(community=community, day=day, month=counted, adds=adds, heads=heads or {})
        self.deeds.append(deed)
        return deed

    def take_back(self, deed: Deed, *, adds: Mapping[str, int] | None = None) -> Deed:
        """Note that a deed is taken back: the opposite of what it added, unless only some of it can be."""
        month = self.open_month(deed.community, deed.month)
        deed.undone_in = month
        opposite = {code: -amount for code, amount in deed.adds.items()} if adds is None else adds
        return self.note(deed.community, deed.day, opposite, month=month)
