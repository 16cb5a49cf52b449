"""What partners gave to the points shop and took out of it."""

from .shape import Measure

_ITEM, _UNIT = (f"(SELECT {column} FROM item WHERE id = f.item_id)" for column in ("name", "unit"))

GIVEN = {
    "goods.donated": Measure(
        "捐赠物品", "批", 80, "stock_move f", "f.sign", "f.kind = 'in'", "f.donor_id",
        about=_ITEM, each="f.quantity", each_unit=_UNIT,
    ),
}  # fmt: skip
RECEIVED = {
    "goods.redeemed": Measure(
        "兑换物品", "种次", 20, "redemption s CROSS JOIN stock_move f ON f.redemption_id = s.id", "f.sign", "s.sign = 1",
        "s.partner_id", about=_ITEM, each="-f.quantity", each_unit=_UNIT,
    ),
}  # fmt: skip
