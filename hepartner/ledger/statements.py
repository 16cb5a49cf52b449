"""Statements: a partner's entries with the balance after each, hours served, and the board of those with most points."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .areas import Area
from .book import Book
from .months import Span
from .partners import Partner
from .persons import CARDS


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement; `balance` is what stood after it."""

    entry_id: int
    voucher: int
    happened_on: str
    counted_in: str
    kind: str
    points: int
    shortfall: int
    balance: int
    reverses: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place of the points board: points awarded in the span, and the balance now."""

    rank: int
    code: str
    name: str
    kind: str
    community: str
    awarded: int
    balance: int


class Statements(Book):
    """What partners earned and spent, to be read."""

    def minutes(self, partner: Partner) -> int:
        """Return the minutes a partner served in all, on any of its cards; hours are kept apart from points and never spent."""
        sql = f"""{CARDS} SELECT ifnull(sum(t.sign * t.minutes), 0) FROM card
            CROSS JOIN participation t ON t.partner_id = card.id"""
        return int(self.database.value(sql, {"persons": f"[{partner.id}]"}))

    def board(self, span: Span, *, under: Area | None = None, limit: int = 50) -> list[Ranked]:
        """Return the partners with most points awarded in the span, net of reversals, in an area (everywhere if None).

        As in the monthly workbook, who was merged by the end of the span stands as who it became.
        """
        import json  # statements are read at the counter, the board is not

        from .counts.shape import stays

        within, awarded = _within(self.ledger.areas.communities(under) if under else None), Counter[int]()
        sql = f"""SELECT partner_id, sum(points) FROM entry
            WHERE kind = 'award' AND counted_in BETWEEN ? AND ? {within} GROUP BY partner_id"""
        merged = self.ledger.counts.merged(span.last)
        for partner, points in self.database.rows(sql, (span.first, span.last)):
            awarded[stays(partner, merged)] += points
        sql = """SELECT rank() OVER (ORDER BY j.value DESC), p.code, p.name, p.kind, a.name, j.value, b.points
            FROM json_each(?) j JOIN partner p ON p.id = j.key JOIN balance b ON b.partner_id = p.id
            JOIN area a ON a.id = p.community_id WHERE j.value > 0 ORDER BY j.value DESC, p.code LIMIT ?"""
        return [Ranked(*row) for row in self.database.rows(sql, (json.dumps(awarded), limit))]

    def entries(self, partner: Partner) -> list[Line]:
        """Return a partner's entries, oldest first, with the balance after each."""
        sql = """SELECT e.id, e.voucher_id, e.happened_on, e.counted_in, e.kind, e.points, e.shortfall,
              sum(e.points) OVER (ORDER BY e.id), e.reverses_id, ifnull(n.text, '')
            FROM entry e LEFT JOIN note n ON n.about_voucher_id = e.voucher_id AND n.about_line = e.line
            WHERE e.partner_id = ? ORDER BY e.id"""
        return [Line(*row) for row in self.database.rows(sql, (partner.id,))]


def _within(communities: Sequence[Area] | None) -> str:
    if communities is None:
        return ""
    return f"AND community_id IN ({', '.join(str(community.id) for community in communities) or 'NULL'})"
