"""Cancelling 取消: a slip gives its points and goods back exactly once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import errors
from .facts import stands
from .redeeming import Slip, month_of, read
from .reversals import Reversals

if TYPE_CHECKING:
    from .ledger import Ledger
    from .partners import Partner
    from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What cancelling a slip gave back, and to whom: the partner, or who it was merged into; the points that one has now."""

    voucher: int
    slip: Slip
    points: int
    holder: "Partner"
    balance: int


class AlreadyCancelled(errors.Refused):
    """The slip gave its points and goods back before."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(
            f"兑换单 {slip.code}（凭证 V{slip.voucher}）已由凭证 V{slip.cancelled_in} 取消，积分和商品已退回，不能再退。"
        )


def cancel(ledger: "Ledger", voucher: "Voucher", slip_id: int) -> int:
    """Take a slip back in an open voucher, points and goods; return the points given back. Raises AlreadyCancelled."""
    slip = read(ledger, slip_id)
    if slip.cancelled_in is not None:
        raise AlreadyCancelled(slip)
    month = month_of(ledger, slip_id)
    voucher.counter("redemption", [slip_id], counted_in=month)
    taken = ledger.book(Reversals).post(voucher, _of(ledger, "entry", slip_id))
    voucher.counter("stock_move", _of(ledger, "stock_move", slip_id), counted_in=month)
    return sum(one.points for one in taken)


def _of(ledger: "Ledger", table: str, slip_id: int) -> list[int]:
    sql = f"""SELECT id FROM {table} f WHERE redemption_id = ? AND {stands(table, "f")}"""
    return [row[0] for row in ledger.database.rows(sql, (slip_id,))]
