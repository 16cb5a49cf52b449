"""Giving back 归还: the points of a move or a merger that is undone go back to the card and the community they came from."""

from typing import TYPE_CHECKING

from .carrying import Hop, Place, Remaining, community_on
from .facts import stands
from .lineage import Touched
from .reversals import Reversals

if TYPE_CHECKING:
    from .ledger import Ledger
    from .vouchers import Voucher

CARRYING = ("partner.move", "partner.merge")
"""The actions by which points go along with a partner."""


class GivingBack:
    """The points of one move or merger, on their way back when it is undone and on their way again when that is undone.

    A card that was merged gets what was given to it and not spent on it: what it brought, more what came to it since (an award,
    a cancelled slip), less what was taken from it since. All of that went by its merger, by pairs of transfers between the
    two cards; what others of the person spent of it is short.
    """

    def __init__(self, ledger: "Ledger", voucher: "Voucher", touched: Touched) -> None:
        self.ledger, self.database, self.voucher = ledger, ledger.database, voucher
        self.carried_in = touched.done_in
        steps = self.database.rows(
            """SELECT partner_id, event, community_id, into_id, happened_on FROM standing
            WHERE voucher_id = ? AND sign = 1 ORDER BY id""",
            (touched.meant,),
        )
        self.partner_id, self.day = steps[0][0], steps[-1][4]
        self.from_, self.to = _edge(steps, ledger)

    def back(self) -> int:
        """Bring the points back in the open voucher; return how many of them are short."""
        lots = self._brought()
        due = max(sum(lot.points for lot in lots), 0)
        left = self._left([lot for lot in lots if lot.points > 0], due)
        moved = sum(left.values())
        countered = self._counter(left, short=due > moved)
        rest = [Remaining(day, points) for day, points in countered.items() if points]
        self.ledger.carrying.bring_back(self.voucher, self._hops(), rest, self.day)
        return due - moved

    def again(self) -> None:
        """Let what the partner has go along once more, to whoever holds the points of the other card now."""
        self.ledger.carrying.carry_all(self.voucher, self.partner_id, self._hops(), self.day)

    def _hops(self) -> list[Hop]:
        return [Hop(self.day, self.from_, self.to), *self.ledger.carrying.hops(self.to, self.day)]

    def _brought(self) -> list[Remaining]:
        """Return by the day of earning what came by the move or the merger since it was done, less what went back by it."""
        if self.from_[0] == self.to[0]:
            return self.ledger.carrying.remaining(self.partner_id)
        sql = """SELECT e.earned_on, sum(-e.points) AS brought FROM entry e
            JOIN entry o ON o.id = ifnull(e.reverses_id, e.id)
            JOIN entry other ON other.id = o.pair_id OR other.pair_id = o.id
            WHERE e.partner_id = ? AND e.kind = 'transfer' AND e.voucher_id >= ? AND other.partner_id = ?
            GROUP BY e.earned_on HAVING brought <> 0 ORDER BY e.earned_on"""
        return [
            Remaining(*row) for row in self.database.rows(sql, (self.partner_id, self.carried_in, self.to[0]))
        ]

    def _left(self, lots: list[Remaining], due: int) -> dict[str, int]:
        """Return by the day of earning what is left of lots that came, `due` in all at most; what was spent was the oldest.

        A move leaves all with the partner. What another card of the person spent since the lot came is gone.
        """
        left: dict[str, int] = {}
        hops = self.ledger.carrying.hops(self.to, self.day)
        way = self.ledger.book(Reversals).way(self.to, self.day, hops)
        for lot in reversed(lots):
            points = min(lot.points, due - sum(left.values()))
            if self.from_[0] != self.to[0]:
                since = max(self.day, lot.earned_on)
                month = self.ledger.periods.counted_in(self.to[1], since)
                points = min(points, way.left(since, month))
                way.take(since, month, points)
            left[lot.earned_on] = points
        return left

    def _counter(self, left: dict[str, int], *, short: bool) -> dict[str, int]:
        """Counter the pairs that are there whole, so that in their month nothing went; return what is left to be carried.

        If points are short, pairs are countered in part, and their counter-facts bear what is short.
        """
        for into, out, points, earned_on, day in self._pairs():
            taken = min(points, left.get(earned_on, 0))
            if taken < points and not short:
                continue
            came = ""
            if taken:
                left[earned_on] -= taken
                came = self.ledger.carrying.fetch(self.voucher, self.to, [Remaining(earned_on, taken)], day)
            month = max(self.month_of_all("entry", [into, out]), came)
            self.voucher.counter("entry", [into], counted_in=month, points=-taken, shortfall=points - taken)
            self.voucher.counter("entry", [out], counted_in=month, points=taken, shortfall=points - taken)
        return left

    def _pairs(self) -> list[tuple[int, int, int, str, str]]:
        """Return the pairs by which points went: what came, what went, points, day of earning, day; the last first."""
        sql = f"""SELECT i.id, o.id, i.points, i.earned_on, i.happened_on FROM entry i JOIN entry o ON o.id = i.pair_id
            WHERE i.voucher_id = ? AND i.kind = 'transfer' AND i.partner_id = ? AND o.partner_id = ?
              AND i.community_id = ? AND {stands("entry", "i")} ORDER BY i.line DESC"""
        return self.database.rows(sql, (self.carried_in, self.to[0], self.from_[0], self.to[1]))

    def month_of_all(self, table: str, fact_ids: list[int]) -> str:
        """Return the month in which what takes back a move or a merger counts together, as the facts do."""
        periods, ids = self.ledger.periods, ", ".join(map(str, fact_ids))
        facts = self.database.rows(f"SELECT community_id, counted_in FROM {table} WHERE id IN ({ids})")
        month: str = max(counted_in for _, counted_in in facts)
        if table == "standing" and self.from_[0] != self.to[0]:
            return periods.open_everywhere(month)
        return periods.open_in((community for community, _ in facts), month)


def _edge(steps: list[tuple[int, str, int, int | None, str]], ledger: "Ledger") -> tuple[Place, Place]:
    """Return from which card and community to which the points went."""
    partner_id, _, community_id, into_id, day = steps[-1]
    if into_id is None:
        return (partner_id, steps[0][2]), (partner_id, community_id)
    return (partner_id, community_id), (
        into_id,
        community_on(*ledger.carrying.placed({into_id})[into_id], day),
    )
