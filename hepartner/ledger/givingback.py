"""Giving back 归还: the points of a move or a merger that is undone go back to the card and the community they came from."""

from typing import TYPE_CHECKING

from .carrying import Place, Remaining, oldest_first
from .facts import stands
from .lineage import Touched

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
            "SELECT partner_id, event, community_id, into_id FROM standing WHERE voucher_id = ? AND sign = 1 ORDER BY id",
            (touched.meant,),
        )
        self.partner_id = steps[0][0]
        self.from_, self.to = _edge(steps, ledger)

    def back(self) -> int:
        """Bring the points back in the open voucher; return how many of them are short."""
        balance = self.ledger.points.balance(self.ledger.points.holder(self.to[0]))
        lots = self._brought()
        due = max(sum(lot.points for lot in lots), 0)
        earned = [lot for lot in lots if lot.points > 0]
        moved = min(due, balance)
        left = oldest_first(earned, sum(lot.points for lot in earned) - moved)
        countered = self._counter({lot.earned_on: lot.points for lot in left}, short=due > moved)
        rest = [Remaining(day, points) for day, points in countered.items() if points]
        way = [*self.ledger.carrying.way(*self.to)[::-1], self.from_]
        self.ledger.carrying.carry(self.voucher, way, rest)
        return due - moved

    def again(self) -> None:
        """Let what the partner has go along once more, to whoever holds the points of the other card now."""
        carrying = self.ledger.carrying
        way = [self.from_, *carrying.way(*self.to)]
        carrying.carry(self.voucher, way, carrying.remaining(self.partner_id))

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

    def _counter(self, left: dict[str, int], *, short: bool) -> dict[str, int]:
        """Counter the pairs that are there whole, so that in their month nothing went; return what is left to be carried.

        If points are short, pairs are countered in part, and their counter-facts bear what is short.
        """
        sql = f"""SELECT i.id, o.id, i.points, i.earned_on, i.community_id FROM entry i JOIN entry o ON o.id = i.pair_id
            WHERE i.voucher_id = ? AND i.kind = 'transfer' AND i.partner_id = ? AND o.partner_id = ?
              AND i.community_id = ? AND {stands("entry", "i")} ORDER BY i.line DESC"""
        pairs = self.database.rows(sql, (self.carried_in, self.to[0], self.from_[0], self.to[1]))
        for into, out, points, earned_on, community in pairs:
            taken = min(points, left.get(earned_on, 0))
            if taken < points and not short:
                continue
            if taken:
                left[earned_on] -= taken
                home = self.ledger.carrying.way(self.to[0], community)[::-1]
                self.ledger.carrying.carry(self.voucher, home, [Remaining(earned_on, taken)])
            month = self.month_of_all("entry", [into, out])
            self.voucher.counter("entry", [into], counted_in=month, points=-taken, shortfall=points - taken)
            self.voucher.counter("entry", [out], counted_in=month, points=taken, shortfall=points - taken)
        return left

    def month_of_all(self, table: str, fact_ids: list[int]) -> str:
        """Return the month in which what takes back a move or a merger counts together, as the facts do."""
        periods, ids = self.ledger.periods, ", ".join(map(str, fact_ids))
        facts = self.database.rows(f"SELECT community_id, counted_in FROM {table} WHERE id IN ({ids})")
        month: str = max(counted_in for _, counted_in in facts)
        if table == "standing" and self.from_[0] != self.to[0]:
            return periods.open_everywhere(month)
        return periods.open_in((community for community, _ in facts), month)


def _edge(steps: list[tuple[int, str, int, int | None]], ledger: "Ledger") -> tuple[Place, Place]:
    """Return from which card and community to which the points went."""
    partner_id, _, community_id, into_id = steps[-1]
    if into_id is None:
        return (partner_id, steps[0][2]), (partner_id, community_id)
    return (partner_id, community_id), (into_id, ledger.partners.get(into_id).community_id)
