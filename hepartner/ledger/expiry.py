"""Expiry 清零: which points are too old under the office's regime, and taking them."""

from dataclasses import dataclass
from datetime import date

from . import errors
from .book import Book
from .carrying import EARNED, in_entries

_LAST_OF_JANUARY = (1, 31)
_LAST_OF_YEAR = (12, 31)


@dataclass(frozen=True, slots=True)
class Expired:
    """Points of one partner that expire: those earned up to the regime's day and not spent."""

    partner_id: int
    code: str
    name: str
    community_id: int
    points: int
    left: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an expiry took; the voucher is None when nothing was to be taken or it was only asked."""

    earned_until: date
    expired: tuple[Expired, ...]
    voucher: int | None

    @property
    def points(self) -> int:
        """Points taken in all."""
        return sum(one.points for one in self.expired)


class NothingExpires(errors.Refused):
    """The office carries points over."""

    def __init__(self) -> None:
        super().__init__(
            "本办公室的清零办法是“结转”，没有清零。要改请运行 hep setting set 清零办法 每年清零，或 次年一月结清。"
        )


def earned_until(regime: str, today: date) -> date | None:
    """Return the last day whose points have expired by `today`; None where points never expire.

    Yearly: those of a year are gone at the end of its last day. January: they may be spent until 31 January.
    """
    if regime == "never":
        return None
    if regime == "yearly":
        over = (today.month, today.day) == _LAST_OF_YEAR
        return date(today.year if over else today.year - 1, 12, 31)
    over = (today.month, today.day) >= _LAST_OF_JANUARY
    return date(today.year - 1 if over else today.year - 2, 12, 31)


def remaining_of_old(*, earned_by_then: int, earned: int, balance: int) -> int:
    """Return what remains of the points earned by a day when the oldest were spent first."""
    spent = earned - balance
    return max(0, min(balance, earned_by_then - spent))


class Expiry(Book):
    """Points that are too old."""

    def due(self) -> Cleared:
        """Return what would expire today, writing nothing. Raises NothingExpires."""
        until = self._until()
        return Cleared(until, tuple(self._expired(until)), None)

    def expire(self) -> Cleared:
        """Take what has expired, in one voucher; running it twice takes nothing more. Raises NothingExpires."""
        until = self._until()
        if not self._expired(until):
            return Cleared(until, (), None)
        with self.ledger.voucher("points.expire") as voucher:
            expired = self._expired(until)
            today = self.ledger.today().isoformat()
            rows = [
                (one.community_id, today, one.partner_id, "expire", -points, today)
                for one in expired
                for points in in_entries(one.points)
            ]
            voucher.post("entry", ("partner_id", "kind", "points", "earned_on"), rows)
        return Cleared(until, tuple(expired), voucher.id)

    def _until(self) -> date:
        until = earned_until(self.ledger.settings.get("expiry"), self.ledger.today())
        if until is None:
            raise NothingExpires
        return until

    def _expired(self, until: date) -> list[Expired]:
        sql = f"""SELECT p.id, p.code, p.name, p.community_id, b.points, sum(e.points),
              sum(CASE WHEN e.earned_on <= :until THEN e.points ELSE 0 END)
            FROM partner p JOIN balance b ON b.partner_id = p.id JOIN ({EARNED}) e ON e.partner_id = p.id
            WHERE b.points > 0 GROUP BY p.id ORDER BY p.code"""
        found = []
        for partner, code, name, community, balance, earned, by_then in self.database.rows(
            sql, {"until": str(until)}
        ):
            points = remaining_of_old(earned_by_then=by_then, earned=earned, balance=balance)
            if points:
                found.append(Expired(partner, code, name, community, points, balance - points))
        return found
