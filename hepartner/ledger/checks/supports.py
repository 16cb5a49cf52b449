"""What is checked of support: a booking is used when a use of it is in force."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _bookings(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT b.code FROM booking b LEFT JOIN support_given f ON f.booking_id = b.id
        GROUP BY b.id HAVING ifnull(sum(f.sign), 0) <> (b.withdrawn = 0 AND b.status = 'used')"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("预订", f"预订 {code} 卡片上的状态与使用记录不符。")


CHECKS = (_bookings,)
