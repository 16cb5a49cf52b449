"""Reversals 冲正 of points: what was given is taken back as far as it is left, what was taken is given back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import errors, running
from .book import Book
from .carrying import Hop, Place, Remaining, first_of
from .limits import MOST_POINTS
from .redeeming import month_of
from .vouchers import Voucher


class Taken(NamedTuple):
    """What reversing an entry moved, and what could not be taken because it was spent."""

    entry_id: int
    points: int
    shortfall: int


class Stage(NamedTuple):
    """What a card held from a day and a month on, until the merger by which that went to another card."""

    held: running.Running
    since: tuple[str, str]
    until: tuple[str, str]


class AlreadyReversed(errors.Refused):
    """The entry was reversed, or is a reversal itself."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"流水 {entry_id} 已经冲正过，或本身就是冲正，不能再冲。")


class Reversals(Book):
    """Counter-entries, and what of points once given is left to be taken."""

    def post(
        self, voucher: Voucher, entry_ids: Iterable[int], *, at_most: Mapping[int, int] | None = None
    ) -> list[Taken]:
        """Post the reversals of entries in an open voucher, each as far as the points are left.

        Of an entry in `at_most` no more points are taken than that. Points that have since moved or were merged are fetched
        from the present holder, or carried to it. Raises AlreadyReversed.
        """
        most = at_most or {}
        return [self._reverse(voucher, one, most.get(one, MOST_POINTS)) for one in entry_ids]

    def left(self, home: Place, day: str, month: str) -> int:
        """Return what is left of points given at a place on a day, to be taken as of a month.

        It is the least that whoever held them had since, by days and by months: what was spent meanwhile is gone, and later
        awards are not docked for it (design §3).
        """
        return self.way(home, day, self.ledger.carrying.hops(home, day)).left(day, month)

    def way(self, home: Place, day: str, hops: Iterable[Hop]) -> "Way":
        """Return on which cards points given at a place on a day have lain since, having gone by these hops."""
        card, since, stages = home[0], (day, ""), []
        for hop in hops:
            if hop.taker[0] != card:
                on = max(day, hop.day)
                until = on, self.ledger.carrying.month(hop, on)
                stages.append(Stage(self._held(card, since[0]), since, until))
                card, since = hop.taker[0], until
        return Way([*stages, Stage(self._held(card, since[0]), since, _FOR_EVER)])

    def _held(self, card: int, since: str) -> running.Running:
        now = self.database.value("SELECT points FROM balance WHERE partner_id = ?", (card,))
        return running.read(self.ledger, running.POINTS, {card: now}, since)[card]

    def _reverse(self, voucher: Voucher, entry_id: int, at_most: int) -> Taken:
        # What was given again stands for all that it takes back: also for what had been spent when it was taken.
        sql = """SELECT partner_id, community_id, happened_on, counted_in,
            points + ifnull((SELECT k.shortfall FROM entry k WHERE k.id = e.restores_id AND e.points >= 0), 0), earned_on, sign,
            EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = e.id), redemption_id FROM entry e WHERE id = ?"""
        partner_id, community, day, counted_in, points, earned_on, sign, reversed_before, slip = (
            self.database.row(sql, (entry_id,))
        )
        if reversed_before or sign < 0:
            raise AlreadyReversed(entry_id)
        carrying, home = self.ledger.carrying, (partner_id, community)
        month = month_of(self.ledger, slip) if slip else self.ledger.periods.open_month(community, counted_in)
        if points <= 0:
            voucher.counter("entry", [entry_id], counted_in=month, shortfall=0)
            # What was spent was the oldest, so what comes back is; it keeps the days it was earned.
            carrying.onward(voucher, home, first_of(carrying.remaining(partner_id), -points), day, month)
            return Taken(entry_id, -points, 0)
        due = min(points, at_most)
        hops = carrying.hops(home, day)
        taken = min(due, self.way(home, day, hops).left(day, month))
        lots = [Remaining(earned_on, taken)] if taken else []
        month = carrying.fetch(voucher, home, lots, day, month, hops=hops)
        # Not in a month before the points are back, or their place would have less than none in between.
        voucher.counter("entry", [entry_id], counted_in=month, points=-taken, shortfall=points - taken)
        return Taken(entry_id, -taken, due - taken)


class Way:
    """The cards on which points have lain, one after the other."""

    def __init__(self, stages: list[Stage]) -> None:
        self._stages = stages

    def left(self, day: str, month: str) -> int:
        """Return the least that the card on which they lay had, from a day and a month on."""
        levels = (one.held.least_until(_later(one.since, day, month), one.until) for one in self._stages)
        return max(0, min(level for level in levels if level is not None))

    def take(self, day: str, month: str, points: int) -> None:
        """Let points be taken as of a day and a month; the next find what is left."""
        for one in self._stages:
            one.held.take(*_later(one.since, day, month), points)


def _later(since: tuple[str, str], day: str, month: str) -> tuple[str, str]:
    return max(since[0], day), max(since[1], month)


_FOR_EVER = ("9999-99-99", "9999-99")
