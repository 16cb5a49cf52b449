"""What is checked of the shop: stock is what was moved, and a slip costs what was paid and what its goods cost."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _stock(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT i.code, s.quantity, ifnull(m.quantity, 0), m.voucher_id FROM item i
        LEFT JOIN stock s ON s.item_id = i.id
        LEFT JOIN (SELECT item_id, sum(quantity) AS quantity, max(id) AS id, max(voucher_id) AS voucher_id
          FROM stock_move GROUP BY item_id) m ON m.item_id = i.id
        WHERE (s.quantity, s.move_id) IS NOT (ifnull(m.quantity, 0), m.id)"""
    for code, stored, summed, voucher in ledger.database.rows(sql):
        wrong = f"是 {stored}，按流水应为 {summed}" if stored != summed else "所记的最后一笔流水不对"
        yield Finding("库存", f"商品 {code} 的库存{wrong}。", voucher)


def _slips(ledger: "Ledger") -> Iterator[Finding]:
    """What a slip costs is what was paid for it and what its goods cost; nothing if it was cancelled."""
    sql = """SELECT r.id, r.voucher_id FROM redemption r
        LEFT JOIN redemption c ON c.reverses_id = r.id
        LEFT JOIN (SELECT redemption_id, sum(points) AS paid FROM entry WHERE redemption_id IS NOT NULL GROUP BY 1) e
          ON e.redemption_id = r.id
        LEFT JOIN (SELECT redemption_id, sum(quantity * price) AS cost FROM stock_move
          WHERE redemption_id IS NOT NULL GROUP BY 1) m ON m.redemption_id = r.id
        WHERE r.sign = 1 AND (ifnull(e.paid, 0), ifnull(m.cost, 0))
          <> (iif(c.id IS NULL, -r.points, 0), iif(c.id IS NULL, -r.points, 0))"""
    for slip, voucher in ledger.database.rows(sql):
        yield Finding("兑换单", f"兑换单 D{slip} 的积分与流水或商品不符。", voucher)


CHECKS = (_stock, _slips)
