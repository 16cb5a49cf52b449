"""Moments: a day and a minute of it, for what is timed to the minute."""

from typing import TYPE_CHECKING, NamedTuple

from . import errors
from .unsaid import UnsaidMinute

if TYPE_CHECKING:
    from datetime import date

    from .ledger import Ledger

_HOUR, _DAY = 60, 1440


class Moment(NamedTuple):
    """A minute (since midnight) of a day (ISO); the later one is the greater."""

    day: str
    minute: int

    def __str__(self) -> str:
        """Write it as 2025-11-20 08:30."""
        return f"{self.day} {self.minute // _HOUR:02}:{self.minute % _HOUR:02}"

    def since(self, earlier: "Moment") -> int:
        """Return the minutes from an earlier moment to this one."""
        from datetime import date

        days = date.fromisoformat(self.day) - date.fromisoformat(earlier.day)
        return days.days * _DAY + self.minute - earlier.minute


class TimeMissing(errors.Refused):
    """A past day without a time of day."""

    def __init__(self, day: str) -> None:
        super().__init__(f"没有写 {day} 的几点。请用 --at 写明时间，如 --at 8点半。")


class MomentNotYet(errors.Refused):
    """A moment after now."""

    def __init__(self, moment: Moment, now: Moment) -> None:
        super().__init__(f"{moment} 还没有到（现在是 {now}）。请改正日期或时间。")


def now(ledger: "Ledger") -> Moment:
    """Return the present minute by the ledger's clock."""
    at = ledger.now()
    return Moment(at.date().isoformat(), at.hour * _HOUR + at.minute)


def meant(ledger: "Ledger", day: "date | None", minute: int | None) -> Moment:
    """Return the moment of a day (today) and minute (now, if today). Raises TimeMissing, MomentNotYet."""
    present = now(ledger)
    on = ledger.day(day)
    if minute is None and on < present.day:
        raise TimeMissing(on)
    moment = Moment(on, UnsaidMinute(present.minute) if minute is None else minute)
    if moment > present:
        raise MomentNotYet(moment, present)
    return moment
