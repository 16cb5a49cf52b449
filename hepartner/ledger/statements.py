"""Statements: a partner's entries with the balance after each, hours served, and the board of those with most points."""

from dataclasses import dataclass

from .areas import Area
from .book import Book
from .months import Span
from .partners import Partner


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
        """Return the minutes a partner served in all; hours are kept apart from points and never spent."""
        sql = "SELECT ifnull(sum(sign * minutes), 0) FROM participation WHERE partner_id = ?"
        return int(self.database.value(sql, (partner.id,)))

    def board(self, span: Span, *, under: Area | None = None, limit: int = 50) -> list[Ranked]:
        """Return the partners with most points awarded in the span, net of reversals, in an area (everywhere if None)."""
        within = ""
        if under:
            ids = ", ".join(str(community.id) for community in self.ledger.areas.communities(under)) or "NULL"
            within = f"AND e.community_id IN ({ids})"
        sql = f"""SELECT rank() OVER (ORDER BY sum(e.points) DESC), p.code, p.name, p.kind, a.name, sum(e.points), b.points
            FROM entry e JOIN partner p ON p.id = e.partner_id JOIN balance b ON b.partner_id = p.id
            JOIN area a ON a.id = p.community_id
            WHERE e.kind = 'award' AND e.counted_in BETWEEN :first AND :last {within}
            GROUP BY p.id HAVING sum(e.points) > 0 ORDER BY 6 DESC, p.code LIMIT :limit"""
        parameters = {"first": span.first, "last": span.last, "limit": limit}
        return [Ranked(*row) for row in self.database.rows(sql, parameters)]

    def entries(self, partner: Partner) -> list[Line]:
        """Return a partner's entries, oldest first, with the balance after each."""
        sql = """SELECT e.id, e.voucher_id, e.happened_on, e.counted_in, e.kind, e.points, e.shortfall,
              sum(e.points) OVER (ORDER BY e.id), e.reverses_id, ifnull(n.text, '')
            FROM entry e LEFT JOIN note n ON n.about_voucher_id = e.voucher_id AND n.about_line = e.line
            WHERE e.partner_id = ? ORDER BY e.id"""
        return [Line(*row) for row in self.database.rows(sql, (partner.id,))]
