"""The receipt 小票 of a slip, as narrow as the paper roll of a small printer."""

from typing import TYPE_CHECKING

from .safe import padded, width

if TYPE_CHECKING:
    from hepartner.ledger.redeeming import Slip, SlipLine

COLUMNS = 32
"""A roll of 58 mm takes 32 columns, a Chinese character two of them."""


def receipt(slip: "Slip") -> list[str]:
    """Return the lines of a receipt; the phone is masked, the anchor is the ledger's when the slip was written."""
    rule = "-" * COLUMNS
    shops = "、".join(dict.fromkeys(line.shop for line in slip.lines))
    cancelled = [f"已取消（凭证 V{slip.cancelled_in}），积分和商品已退回"] if slip.cancelled_in else []
    return [
        f"{shops}积分超市 兑换小票",
        *cancelled,
        f"兑换单  {slip.code}（凭证 V{slip.voucher}）",
        f"日期    {slip.happened_on}",
        f"合伙人  {slip.partner.name}（{slip.partner.code}）",
        *([f"电话    {slip.partner.phone}"] if slip.partner.phone else []),
        rule,
        *(text for line in slip.lines for text in _goods(line)),
        rule,
        _sum("合计", slip.points),
        _sum("兑换前", slip.before),
        _sum("兑换后", slip.after),
        f"经办    {slip.operator} {slip.recorded_at[:16].replace('T', ' ')}",
        *([f"复核    {slip.second}"] if slip.second else []),
        f"核对码  {slip.anchor}",
    ]


def _goods(line: "SlipLine") -> list[str]:
    sums = f"{line.price} x {line.quantity} {line.unit}"
    points = f"{line.price * line.quantity} 分"
    if width(line.name) + 2 + width(sums) + 2 + width(points) <= COLUMNS:
        return [_ends(f"{line.name}  {sums}", points)]
    return [line.name, _ends(f"  {sums}", points)]


def _sum(label: str, points: int) -> str:
    return _ends(label, f"{points} 分")


def _ends(left: str, right: str) -> str:
    return left + padded(right, max(COLUMNS - width(left), width(right) + 1), right=True)
