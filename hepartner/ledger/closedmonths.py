"""What is known of closed months: how many communities closed each, what is sealed, and which were opened again."""

from typing import NamedTuple

from .areas import Area
from .book import Book
from .facts import stands


class MonthState(NamedTuple):
    """A month that some community closed: how many of all communities have it closed, of how many areas a seal holds.

    `reopened` is how often it was opened again.
    """

    month: str
    closed: int
    communities: int
    sealed: int
    reopened: int


class AreaMonth(NamedTuple):
    """An area in a month: whether it is closed in the whole of it, and when, by whom and by which voucher.

    `sha256` is that of the seal, empty where none holds; `anchor` covers it.
    """

    kind: str
    code: str
    area: str
    closed: bool
    closed_at: str
    operator: str
    voucher: int | None
    sha256: str
    anchor: str


class Reopened(NamedTuple):
    """A reopening of a month: in which communities, when, by whom, who confirmed it and why."""

    voucher: int
    communities: str
    opened_at: str
    operator: str
    second: str
    reason: str


class ClosedMonths(Book):
    """The months that were closed."""

    def listing(self) -> list[MonthState]:
        """Return every month that a community ever closed by itself, the latest first."""
        communities = "FROM area a JOIN closed_month m ON m.community_id = a.id WHERE a.withdrawn = 0"
        sql = f"""SELECT month, (SELECT count(*) {communities} AND m.month >= p.month), (SELECT count(*) {communities}),
              (SELECT count(*) FROM month_seal s WHERE s.month = p.month AND {stands("month_seal", "s")}),
              count(DISTINCT iif(p.sign = -1 AND v.action = 'period.reopen', p.voucher_id, NULL))
            FROM period_closing p JOIN voucher v ON v.id = p.voucher_id GROUP BY month ORDER BY month DESC"""
        return [MonthState(*row) for row in self.database.rows(sql)]

    def areas(self, under: Area, month: str) -> list[AreaMonth]:
        """Return how an area and all below it down to communities stand in a month, the upper before the lower."""
        sql = f"""WITH RECURSIVE below(id) AS (
              SELECT :area UNION ALL SELECT a.id FROM area a JOIN below b ON a.parent_id = b.id)
            SELECT a.kind, a.code, a.name,
              :month <= (SELECT min(m.month) FROM closed_month m JOIN area c ON c.id = m.community_id
                LEFT JOIN area s ON s.id = c.parent_id WHERE c.withdrawn = 0 AND a.id IN (c.id, s.id, s.parent_id)),
              ifnull(v.recorded_at, ''), ifnull(o.name, ''), v.id, ifnull(s.sha256, ''),
              ifnull(l.seq || '-' || l.points || '-' || substr(l.sha256, 1, 12), '')
            FROM below JOIN area a ON a.id = below.id
            LEFT JOIN month_seal s ON s.area_id = a.id AND s.month = :month AND {stands("month_seal", "s")}
            LEFT JOIN period_closing p ON p.community_id = a.id AND p.month = :month AND {stands("period_closing", "p")}
            LEFT JOIN voucher v ON v.id = ifnull(s.voucher_id, p.voucher_id) LEFT JOIN operator o ON o.id = v.operator_id
            LEFT JOIN seal l ON l.voucher_id = v.id
            WHERE a.kind <> 'grid' AND a.withdrawn = 0 ORDER BY a.id"""
        rows = self.database.rows(sql, {"area": under.id, "month": month})
        order = {area.code: place for place, area in enumerate(self.ledger.areas.tree())}
        found = [AreaMonth._make((*row[:3], bool(row[3]), *row[4:])) for row in rows]
        return sorted(found, key=lambda one: order[one.code])

    def reopened(self, under: Area, month: str) -> list[Reopened]:
        """Return when a month was opened again in communities of an area, in order."""
        within = ",".join(str(one.id) for one in self.ledger.areas.communities(under))
        sql = f"""SELECT p.voucher_id, group_concat(a.name, '、'), v.recorded_at, o.name, ifnull(w.name, ''), ifnull(n.text, '')
            FROM period_closing p JOIN voucher v ON v.id = p.voucher_id JOIN operator o ON o.id = v.operator_id
            JOIN area a ON a.id = p.community_id LEFT JOIN operator w ON w.id = v.second_id
            LEFT JOIN note n ON n.about_voucher_id = v.id AND n.about_line = 0
            WHERE p.sign = -1 AND p.month = ? AND v.action = 'period.reopen' AND p.community_id IN ({within})
            GROUP BY p.voucher_id ORDER BY p.voucher_id"""
        return [Reopened(*row) for row in self.database.rows(sql, (month,))]
