"""What is checked of points: balances are what the entries add up to, none came or went without one, no month ends below 0."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _balances(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT p.code, b.points, ifnull(e.points, 0), e.voucher_id FROM partner p
        LEFT JOIN balance b ON b.partner_id = p.id
        LEFT JOIN (SELECT partner_id, sum(points) AS points, max(id) AS id, max(voucher_id) AS voucher_id
          FROM entry GROUP BY partner_id) e ON e.partner_id = p.id
        WHERE (b.points, b.entry_id) IS NOT (ifnull(e.points, 0), e.id)"""
    for code, stored, summed, voucher in ledger.database.rows(sql):
        wrong = f"是 {stored}，按流水应为 {summed}" if stored != summed else "所记的最后一笔流水不对"
        yield Finding("余额", f"合伙人 {code} 的余额{wrong}。", voucher)


def _conservation(ledger: "Ledger") -> Iterator[Finding]:
    """Opening + awarded + transferred − redeemed − deducted − expired, net of reversals, is what the partners have."""
    by_kind = dict(ledger.database.rows("SELECT kind, sum(points) FROM entry GROUP BY kind"))
    have = ledger.database.value("SELECT ifnull(sum(points), 0) FROM balance")
    if by_kind.get("transfer", 0) != 0:
        yield Finding("守恒", f"转移的积分转出与转入相差 {by_kind['transfer']}。")
    if sum(by_kind.values()) != have:
        yield Finding("守恒", f"各类流水合计 {sum(by_kind.values())}，全部余额合计 {have}。")
    sealed = ledger.anchor.points
    if sealed != have:
        yield Finding("守恒", f"封条上的积分合计 {sealed}，全部余额合计 {have}。")


def _month_ends(ledger: "Ledger") -> Iterator[Finding]:
    """No community ends a month with less than no points: the books let nobody take what was spent by then."""
    sql = """SELECT a.name, m.counted_in, m.points, e.voucher_id FROM (
          SELECT community_id, counted_in, sum(sum(points)) OVER till AS points, max(max(entry_id)) OVER till AS entry_id
          FROM entry_tally GROUP BY community_id, counted_in
          WINDOW till AS (PARTITION BY community_id ORDER BY counted_in)) m
        JOIN area a ON a.id = m.community_id LEFT JOIN entry e ON e.id = m.entry_id
        WHERE m.points < 0 ORDER BY m.counted_in, a.id"""
    for community, month, points, voucher in ledger.database.rows(sql):
        yield Finding("月末结余", f"{community} {month} 月末的积分结余是 {points}，不应小于 0。", voucher)


CHECKS = (_balances, _conservation, _month_ends)
