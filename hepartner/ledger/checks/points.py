"""What is checked of points: balances are what the entries add up to, and no point came or went without one."""

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


CHECKS = (_balances, _conservation)
