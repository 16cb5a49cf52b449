"""Carrying points between communities and cards: what remains of them by the day they were earned, and where a partner was."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .book import Book
from .facts import stands
from .limits import MOST_POINTS
from .vouchers import Voucher

Place = tuple[int, int]
"""A partner's card and the community in which points on it stand."""
_TRANSFER = ("partner_id", "kind", "points", "earned_on", "pair_id")


EARNED = """SELECT partner_id, earned_on, sum(points) AS points FROM entry
    WHERE kind IN ('award', 'opening', 'transfer') GROUP BY partner_id, earned_on HAVING sum(points) > 0"""
"""What each partner earned by the day, for every sum by age. A day overdrawn by a late reversal counts as points spent."""


class Remaining(NamedTuple):
    """Points still there of those earned on one day."""

    earned_on: str
    points: int


def oldest_first(earned: Sequence[Remaining], spent: int) -> list[Remaining]:
    """Return what remains of points earned (in the order of days) after `spent` was taken from the oldest."""
    left = []
    for lot in earned:
        used = min(lot.points, spent)
        spent -= used
        if lot.points > used:
            left.append(Remaining(lot.earned_on, lot.points - used))
    return left


def first_of(remaining: Iterable[Remaining], points: int) -> list[Remaining]:
    """Return the oldest of what remains, up to this many points in all."""
    taken = []
    for lot in remaining:
        part = min(lot.points, points)
        if part:
            taken.append(Remaining(lot.earned_on, part))
        points -= part
    return taken


def in_entries(points: int) -> Iterator[int]:
    """Yield points in parts that single entries can move: what many entries gave in one day may be more than one takes."""
    for moved in range(0, points, MOST_POINTS):
        yield min(MOST_POINTS, points - moved)


def community_on(present: int, moves: Sequence[tuple[str, int]], day: str) -> int:
    """Return the community of a partner on a day: the one left by the earliest move after it, else the present one.

    On the day of a move the partner belongs to the new community.
    """
    place = present
    for moved_on, left in moves:
        if moved_on <= day:
            break
        place = left
    return place


def moved_since(moves: Sequence[tuple[str, int]], day: str) -> bool:
    """Tell whether a partner with these moves, the latest first, moved after a day: it may be back where it was."""
    return bool(moves) and moves[0][0] > day


class Hop(NamedTuple):
    """Points went from one place to another on a day."""

    day: str
    giver: Place
    taker: Place

    @property
    def back(self) -> "Hop":
        """The same the other way round."""
        return Hop(self.day, self.taker, self.giver)


def moves_from(home: Place, day: str, present: int, moves: Sequence[tuple[str, int]]) -> list[Hop]:
    """Return the moves (as `Carrying.placed` gives them) by which points of a day went from a community to the present one.

    What stands in a community that the partner had left by that day was written down before that move was.
    """
    partner, place = home
    ahead = [*reversed(moves)]
    stops = [*(left for _, left in ahead), present]
    hops = [Hop(on, (partner, left), (partner, to)) for (on, left), to in zip(ahead, stops[1:], strict=True)]
    first = sum(on <= day for on, _ in ahead)
    if stops[first] == place:
        return hops[first:]
    left = [n for n in range(first) if stops[n] == place]
    return hops[left[-1] :] if left else [Hop(day, home, (partner, present))]


class Carrying(Book):
    """Points on their way with a partner that moved or was merged."""

    def remaining(self, partner_id: int) -> list[Remaining]:
        """Return what remains of a partner's points by the day they were earned, oldest spent first (design §3)."""
        sql = f"SELECT earned_on, points FROM ({EARNED}) WHERE partner_id = ? ORDER BY earned_on"
        earned = [Remaining(*row) for row in self.database.rows(sql, (partner_id,))]
        have = self.database.value("SELECT points FROM balance WHERE partner_id = ?", (partner_id,))
        return oldest_first(earned, sum(lot.points for lot in earned) - have)

    def way(self, partner_id: int, community_id: int) -> list[Place]:
        """Return from where to where points of a partner's card go that were given in a community: its present holder's.

        They pass every card into which one was merged, so that each merger knows what came and went by it.
        """
        places = [(partner_id, community_id)]
        partner = self.ledger.partners.get(partner_id)
        while partner.merged_into_id is not None:
            partner = self.ledger.partners.get(partner.merged_into_id)
            places.append((partner.id, partner.community_id))
        return places if len(places) > 1 else [*places, (partner.id, partner.community_id)]

    def carry(
        self, voucher: Voucher, way: Sequence[Place], lots: Sequence[Remaining], *, day: str = ""
    ) -> None:
        """Move lots along a way by transfer pairs that keep the day they were earned; nowhere if it leads nowhere.

        The pairs are of `day` (today), but what was earned after it goes on the day it was earned. They count in the earliest
        month that is open in all communities on the way.
        """
        for lot in lots:
            self._carry_lot(voucher, way, lot, (max(day, lot.earned_on) if day else "", ""))

    def onward(self, voucher: Voucher, home: Place, lots: Sequence[Remaining], day: str) -> None:
        """Carry what was given at a place on a day to where it is now: along the moves since, each on its day.

        What was given on a card that was merged goes today.
        """
        way = self.way(*home)
        if way[-1][0] == home[0]:
            self._along(voucher, self._moves(home, day), lots, day)
        else:
            self.carry(voucher, way, lots)

    def fetch(self, voucher: Voucher, home: Place, lots: Sequence[Remaining], day: str) -> None:
        """Fetch points back from where they are now to where they were on a day, as `onward` carries them."""
        way = self.way(*home)
        if way[-1][0] == home[0]:
            self._along(voucher, [hop.back for hop in self._moves(home, day)], lots, day)
        else:
            self.carry(voucher, way[::-1], lots)

    def _moves(self, home: Place, day: str) -> list[Hop]:
        return moves_from(home, day, *self.placed({home[0]})[home[0]])

    def _along(self, voucher: Voucher, hops: Sequence[Hop], lots: Sequence[Remaining], day: str) -> None:
        for lot in lots:
            month = ""
            for hop in hops:
                # Not before the hop before it counts, or points would leave a place in a month before they came to it.
                when = max(hop.day, lot.earned_on, day), month
                month = self._carry_lot(voucher, (hop.giver, hop.taker), lot, when)

    def _carry_lot(
        self, voucher: Voucher, way: Sequence[Place], lot: Remaining, when: tuple[str, str]
    ) -> str:
        """Carry a lot on a day (today if ''), counted in a month or later; return the month in which it counts."""
        day, month = when[0] or self.ledger.today().isoformat(), when[1]
        month = max(month, *(self.ledger.periods.counted_in(community, day) for _, community in way))
        for giver, taker in pairwise(way):
            if giver == taker:
                continue
            for points in in_entries(lot.points):
                out = (giver[1], day, giver[0], "transfer", -points, lot.earned_on, None)
                (left,) = voucher.post("entry", _TRANSFER, [out], counted_in=month)
                into = (taker[1], day, taker[0], "transfer", points, lot.earned_on, left)
                voucher.post("entry", _TRANSFER, [into], counted_in=month)
        return month

    def merged(self, partner_ids: Iterable[int]) -> set[int]:
        """Return those of the partners' cards that were merged into others."""
        sql = "SELECT p.id FROM json_each(?) j CROSS JOIN partner p ON p.id = j.value WHERE p.merged_into_id IS NOT NULL"
        return {row[0] for row in self.database.rows(sql, (str(sorted(partner_ids)),))}

    def placed(self, partner_ids: set[int]) -> dict[int, tuple[int, list[tuple[str, int]]]]:
        """Return each partner's present community, and (day, community left) for every move, the latest first."""
        # Only those asked for: an office has thousands of partners, a sheet has twenty lines.
        wanted = (str(sorted(partner_ids)),)
        present = self.database.rows(
            "SELECT p.id, p.community_id FROM json_each(?) j CROSS JOIN partner p ON p.id = j.value", wanted
        )
        moved = self.database.rows(
            f"""SELECT s.partner_id, s.happened_on, s.community_id
                FROM json_each(?) j CROSS JOIN standing s ON s.partner_id = j.value
                WHERE s.event = 'moved_out' AND {stands("standing", "s")}
                ORDER BY s.happened_on DESC, s.id DESC""",
            wanted,
        )
        places: dict[int, tuple[int, list[tuple[str, int]]]] = {
            partner: (place, []) for partner, place in present
        }
        for partner, day, left in moved:
            places[partner][1].append((day, left))
        return places
