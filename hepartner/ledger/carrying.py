"""Carrying points between communities and cards: what remains of them by the day they were earned, and where a partner was."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import running
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

    def hops(self, home: Place, day: str) -> list[Hop]:
        """Return by which moves and mergers points of a day went from a place to where they are now, each on its day.

        They pass every card into which one was merged, so that each merger knows what came and went by it.
        """
        found: list[Hop] = []
        while True:
            card = home[0]
            present, moves = self.placed({card})[card]
            found += moves_from(home, day, present, moves)
            merger = self.database.row(_MERGER, (card,))
            if merger is None:
                return found
            into, day = merger[0], max(day, merger[1])
            home = into, community_on(*self.placed({into})[into], day)
            found.append(Hop(day, (card, present), home))

    def carry(
        self,
        voucher: Voucher,
        hops: Sequence[Hop],
        lots: Iterable[Remaining],
        *,
        day: str = "",
        month: str = "",
    ) -> None:
        """Move lots hop by hop, by transfer pairs that keep the day they were earned.

        Each pair is of the hop's day, but not before `day`, and counts in the earliest month, `month` or later, that is open
        in both communities.
        """
        for lot in lots:
            late = month
            for hop in hops:
                late = self._hop(voucher, hop, lot, max(hop.day, day), late)

    def carry_all(self, voucher: Voucher, card: int, hops: Sequence[Hop], day: str) -> None:
        """Carry all that a card holds hop by hop, as of a day; what came to its place later, not before it was there for good."""
        lots = self.remaining(card)
        for part in self._parts(hops[0].giver, day, sum(lot.points for lot in lots)):
            self.carry(voucher, hops, first_of(lots, part.amount), day=part.day, month=part.month)
            lots = oldest_first(lots, part.amount)

    def onward(
        self, voucher: Voucher, home: Place, lots: Iterable[Remaining], day: str, month: str = ""
    ) -> None:
        """Carry what was given at a place on a day to where it is now: along the moves and mergers since, each on its day.

        It counts there not before `month`, in which what was given counts.
        """
        self.carry(voucher, self.hops(home, day), lots, day=day, month=month)

    def fetch(
        self,
        voucher: Voucher,
        home: Place,
        lots: Sequence[Remaining],
        day: str,
        month: str = "",
        *,
        hops: Sequence[Hop] | None = None,
    ) -> str:
        """Fetch points back from where they are now to where they were on a day, by the same ways on the same days.

        `hops` are those ways, where the caller has asked for them. The points leave no month before `month`, in which what
        takes them counts. Return the month since which all are there for good if that is later, since months were closed; else
        `month`.
        """
        ways = self.hops(home, day) if hops is None else hops
        late = self.bring_back(voucher, ways, lots, day, month)
        if not self.database.row(_EVER_MOVED, (home[0],)):
            return late  # there is but one place, and what is left on the card is there
        parts = self._parts(home, day, sum(lot.points for lot in lots))
        return max([late, *(part.month for part in parts)])

    def bring_back(
        self, voucher: Voucher, hops: Sequence[Hop], lots: Iterable[Remaining], day: str, month: str = ""
    ) -> str:
        """Bring lots back the way that these hops went; what came to a place only later leaves it then.

        Return the month in which all are there if they come later than `month`; else `month`.
        """
        days = [(hop, max(hop.day, day)) for hop in reversed(hops)]
        late = max([month, *(open_ for hop, when in days if (open_ := self.month(hop, when)) > when[:7])])
        for lot in lots:
            month = late
            for hop, when in days:
                for part in self._parts(hop.taker, when, lot.points):
                    amount = lot._replace(points=part.amount)
                    month = self._hop(voucher, hop.back, amount, part.day, max(month, part.month))
            late = max(late, month)
        return late

    def month(self, hop: Hop, day: str) -> str:
        """Return the earliest month from a day on that is open where a hop comes from and where it goes."""
        return max(self.ledger.periods.counted_in(place[1], day) for place in (hop.giver, hop.taker))

    def _parts(self, place: Place, day: str, points: int) -> list[running.Lasting]:
        """Return when how many points leave a place: on a day, or since they are there for good."""
        month = self.ledger.periods.counted_in(place[1], day)
        there = running.read_at(self.ledger, place)
        found, rest = [], points
        for part in there.lasting(day, month):
            taken = min(part.amount, rest)
            if taken:
                found.append(part._replace(amount=taken, month=part.month if part.month > month else ""))
            rest -= taken
        return [*found, running.Lasting(day, "", rest)] if rest else found

    def _hop(self, voucher: Voucher, hop: Hop, lot: Remaining, day: str, late: str) -> str:
        """Post the pairs of one hop, not before the month `late`; return the month that the next hop waits for.

        It waits for one that counts late, or a place would have less than none in the months between.
        """
        month = max(late, self.month(hop, day))
        for points in in_entries(lot.points):
            out = (hop.giver[1], day, hop.giver[0], "transfer", -points, lot.earned_on, None)
            (left,) = voucher.post("entry", _TRANSFER, [out], counted_in=month)
            into = (hop.taker[1], day, hop.taker[0], "transfer", points, lot.earned_on, left)
            voucher.post("entry", _TRANSFER, [into], counted_in=month)
        return month if month > day[:7] else late

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


_EVER_MOVED = "SELECT 1 FROM standing WHERE partner_id = ? AND event = 'moved_out'"
_MERGER = f"""SELECT into_id, happened_on FROM standing s
    WHERE partner_id = ? AND event = 'merged' AND {stands("standing", "s")}"""
