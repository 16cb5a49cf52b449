"""Counts of points and redemptions."""

from hepartner.words.points import KINDS

from ..lineage import born_in
from ..persons import cards_beside
from ..sources import of_one_list
from .shape import PARTNER, Count, Measure, flow, heads, stock, worded

_KINDS = {
    "期初": "f.kind = 'opening'",
    "发放": "f.kind = 'award'",
    "转入": "f.kind = 'transfer' AND f.points * f.sign > 0",
    "转出": "f.kind = 'transfer' AND f.points * f.sign < 0",
    "兑换": "f.kind = 'redeem'",
    "扣减": "f.kind = 'deduct'",
    "清零": "f.kind = 'expire'",
}

COUNTS: dict[str, Count] = {
    "points.awarded": flow("entry", "f.points", PARTNER, "f.kind = 'award'"),
    "points.redeemed": flow("entry", "-f.points", PARTNER, "f.kind = 'redeem'"),
    "points.redemptions": flow("redemption", "f.sign", PARTNER),
    "points.redeemers": heads({"redemption": "points"}, {"积分": "f.points"}),
    "points.expired": flow("entry", "-f.points", PARTNER, "f.kind = 'expire'"),
    "points.balance": stock(
        "entry",
        "f.points",
        {**PARTNER, "种类": worded("f.kind", KINDS)},
        where="1",
        flows=_KINDS,
        by="f.kind, f.counted_in",
    ),
}

RECEIVED = {
    "points.opening": Measure("期初录入积分", "分", 10, "entry f", "f.points", "f.kind = 'opening'"),
    "points.awarded": Measure("发放积分", "分", 11, "entry f", "f.points", "f.kind = 'award'"),
    "points.redeemed": Measure("兑换积分", "分", 12, "entry f", "-f.points", "f.kind = 'redeem'"),
    "points.taken": Measure(
        "扣减、清零积分", "分", 13, "entry f", "-f.points", "f.kind IN ('deduct', 'expire')"
    ),
    "points.balance": Measure("积分余额", "分", 14, "entry f", "f.points", stock=True),
}

_GOODS = "SELECT m.item_id, m.quantity FROM stock_move m WHERE m.redemption_id = {0}.id AND m.sign = 1"

# A person has an opening balance of a day once, whichever list brought it, and a line of a list is one slip. `+` keeps
# SQLite from reading all openings for each.
ALIKE = {
    "entry": f"""f.kind = 'opening' AND +k.kind = 'opening' AND k.partner_id IN {cards_beside("f.partner_id")}
      AND k.happened_on = f.happened_on AND k.points + k.shortfall = f.points + f.shortfall""",
    "redemption": f"""k.partner_id IN {cards_beside("f.partner_id")} AND k.happened_on = f.happened_on AND k.points = f.points
      AND NOT EXISTS ({_GOODS.format("f")} EXCEPT {_GOODS.format("k")})
      AND NOT EXISTS ({_GOODS.format("k")} EXCEPT {_GOODS.format("f")})
      AND {of_one_list(born_in("redemption", "f"), born_in("redemption", "k"))}""",
}
