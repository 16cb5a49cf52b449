"""The points shop: items, prices, stock, and slips within balance, quota and stock."""

import sqlite3
from datetime import date, datetime
from typing import Any, NoReturn

import pytest

from hepartner.ledger import Ledger, cancelling, errors, quota, redeeming, stocking
from hepartner.ledger.areas import NoCommunity
from hepartner.ledger.items import Item
from hepartner.ledger.partners import BeforeJoining, Partner
from hepartner.ledger.points import BadPoints, NotEnough
from hepartner.ledger.sources import Source
from hepartner.ledger.stocking import Delivery, Goods
from hepartner.ledger.till import Asked
from hepartner.ledger.vouchers import Origin
from tests.ledger.conftest import CHINA, Clock, enrol

MARCH, JUNE = date(2025, 3, 1), date(2025, 6, 1)


def stocked(
    ledger: Ledger,
    name: str,
    price: int,
    quantity: int,
    *,
    shop: str = "XF",
    since: date | None = None,
    **more: Any,
) -> Item:
    """Add an item to a shop and put some on the shelf."""
    goods = Goods(ledger.areas.find(shop).id, name, **more)
    item = ledger.shop.add(goods, price, day=since).item
    return ledger.shop.stock_in([(item, quantity)], day=since).items[0] if quantity else item


@pytest.fixture
def wu(ledger: Ledger) -> Partner:
    """武玉侪 of 幸福里社区, with 500 points."""
    partner = enrol(ledger, "武玉侪", phone="13800138000")
    ledger.points.award(partner, 500, day=date(2024, 1, 1))
    return partner


def state(ledger: Ledger, partner: Partner, *items: Item) -> tuple[int, ...]:
    """Return the balance and what is on the shelf."""
    return (ledger.points.balance(partner), *(ledger.shop.get(item.id).stock for item in items))


# Items and prices


def test_an_item_gets_the_shops_code_and_costs_what_was_said(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 0, unit="袋")
    assert (rice.code, rice.name, rice.community, rice.price, rice.stock) == (
        "XF-S0001",
        "大米",
        "幸福里社区",
        50,
        0,
    )
    assert stocked(ledger, "大米", 50, 0, shop="HP").code == "HP-S0001"


def test_a_shop_has_one_item_of_a_name(ledger: Ledger) -> None:
    stocked(ledger, "大米", 50, 0)
    with pytest.raises(stocking.SameItem, match="XF-S0001"):
        stocked(ledger, " 大 米", 40, 0)


@pytest.mark.parametrize(
    ("goods", "price", "fault"),
    [
        (Goods(3, " "), 50, "名称是空的"),
        (Goods(3, "大米", "food"), 50, "应是商品或服务券"),
        (Goods(3, "大米", "goods", ""), 50, "单位是空的"),
        (Goods(3, "大米"), 0, "积分价 0"),
        (Goods(3, "大米"), 1_000_001, "积分价 1000001"),
        (Goods(3, "大米", quota_times=1), 50, "同时写次数和周期"),
        (Goods(3, "大米", quota_times=0, quota_period="month"), 50, "限兑次数 0"),
        (Goods(3, "大米", quota_times=1, quota_period="week"), 50, "限兑周期“week”"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(ledger: Ledger, goods: Goods, price: int, fault: str) -> None:
    with pytest.raises(stocking.BadItem, match=fault):
        ledger.shop.add(goods, price)


def test_goods_cost_what_they_cost_on_the_day_of_the_slip(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 10, since=MARCH)
    ledger.shop.price(rice, 60, day=JUNE)
    assert ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 5, 31)).points == 50
    assert ledger.shop.redeem(wu, [(rice, 1)], day=JUNE).points == 60


def test_of_two_prices_of_one_day_the_later_one_holds_and_an_undone_one_does_not(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 0)
    second = ledger.shop.price(rice, 55)
    assert second.item.price == 55
    ledger.history.undo(second.voucher)
    assert ledger.shop.get(rice.id).price == 50
    assert [price.price for price in ledger.shop.prices(rice)] == [50]


def test_a_price_that_changes_nothing_is_refused(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 0)
    with pytest.raises(stocking.SamePrice, match="已经是 50 分"):
        ledger.shop.price(rice, 50)
    with pytest.raises(stocking.BadItem, match="积分价 0"):
        ledger.shop.price(rice, 0)


def test_a_day_to_come_is_refused_for_prices_and_for_stock(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 5)
    tomorrow = date(2025, 11, 21)
    for write in (
        lambda: ledger.shop.price(rice, 60, day=tomorrow),
        lambda: ledger.shop.stock_in([(rice, 1)], day=tomorrow),
        lambda: ledger.shop.stock_out([(rice, 1)], day=tomorrow),
        lambda: ledger.shop.stocktake([(rice, 1)], day=tomorrow),
        lambda: stocked(ledger, "食用油", 60, 0, since=tomorrow),
    ):
        with pytest.raises(errors.NotYet, match="2025-11-21 还没有到"):
            write()


def test_an_edit_renames_an_item_and_sets_or_lifts_its_quota(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 0)
    shop = ledger.areas.find("XF")
    edited = ledger.shop.edit(rice, name="东北大米", quota_times=1, quota_period="quarter").item
    assert (edited.name, edited.quota_times, edited.quota_period) == ("东北大米", 1, "quarter")
    assert ledger.shop.find("dbdm", shop=shop).id == rice.id
    assert ledger.shop.edit(edited, quota_times=None, quota_period=None).item.quota_times is None


def test_an_edit_that_says_nothing_new_or_takes_anothers_name_is_refused(ledger: Ledger) -> None:
    rice, oil = stocked(ledger, "大米", 50, 0), stocked(ledger, "食用油", 60, 0)
    with pytest.raises(stocking.Unchanged):
        ledger.shop.edit(rice, unit=rice.unit)
    with pytest.raises(stocking.SameItem):
        ledger.shop.edit(oil, name="大米")
    with pytest.raises(stocking.BadItem, match="单位是空的"):
        ledger.shop.edit(oil, unit=" ")


def test_a_listing_shows_the_items_of_an_area_with_price_and_stock(ledger: Ledger) -> None:
    stocked(ledger, "大米", 50, 7, since=MARCH)
    stocked(ledger, "食用油", 60, 0, shop="HP")
    everywhere = ledger.shop.listing()
    assert [(item.community, item.name, item.price, item.stock) for item in everywhere] == [
        ("幸福里社区", "大米", 50, 7),
        ("和平社区", "食用油", 60, 0),
    ]
    here = ledger.shop.listing(under=ledger.areas.find("XF"), day=date(2025, 2, 1))
    assert [(item.name, item.price) for item in here] == [("大米", None)]


# Look-up


@pytest.mark.parametrize(
    "typed", ["XF-S0001", "xf-s0001", "S0001", "大米", "dami", "dm", "米", "da", " 大米 "]
)
def test_an_item_is_named_by_code_name_pinyin_initials_or_part_of_its_name(
    ledger: Ledger, typed: str
) -> None:
    rice = stocked(ledger, "大米", 50, 0)
    stocked(ledger, "食用油", 60, 0)
    stocked(ledger, "大米", 50, 0, shop="HP")
    assert ledger.shop.find(typed, shop=ledger.areas.find("XF")).id == rice.id


def test_part_of_a_name_that_two_items_hold_is_ambiguous_unless_somebody_chooses(ledger: Ledger) -> None:
    stocked(ledger, "食用油", 60, 3, unit="瓶")
    soy = stocked(ledger, "酱油", 12, 0)
    shop = ledger.areas.find("XF")
    with pytest.raises(errors.Ambiguous, match="XF-S0001 食用油（幸福里社区，存 3 瓶）"):
        ledger.shop.find("油", shop=shop)
    ledger.choose = lambda _question, candidates: len(candidates) - 1
    assert ledger.shop.find("油", shop=shop).id == soy.id


@pytest.mark.parametrize("typed", ["盐", "", "·"])
def test_what_no_item_answers_to_is_not_found(ledger: Ledger, typed: str) -> None:
    stocked(ledger, "大米", 50, 0)
    with pytest.raises(errors.NotFound, match="hep shop list"):
        ledger.shop.find(typed, shop=ledger.areas.find("XF"))


def test_a_full_code_needs_no_community_and_a_name_does(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 0)
    assert ledger.shop.find("xf-s0001").id == rice.id
    with pytest.raises(NoCommunity):
        ledger.shop.find("大米")


def test_a_basket_mixes_codes_of_other_shops_with_names(ledger: Ledger) -> None:
    rice, oil = stocked(ledger, "大米", 50, 0), stocked(ledger, "食用油", 60, 0, shop="HP")
    basket = ledger.shop.basket([("米", 2), ("HP-S0001", 1)], shop=ledger.areas.find("XF"))
    assert [(item.id, quantity) for item, quantity in basket] == [(rice.id, 2), (oil.id, 1)]


def test_a_withdrawn_item_is_not_found_and_not_redeemed(ledger: Ledger, wu: Partner) -> None:
    added = ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 50)
    ledger.history.undo(added.voucher)
    with pytest.raises(errors.NotFound):
        ledger.shop.find("大米", shop=ledger.areas.find("XF"))
    with pytest.raises(errors.NotFound, match="已撤销"):
        ledger.shop.redeem(wu, [(added.item, 1)])
    assert stocked(ledger, "大米", 45, 0).code == "XF-S0002"


# Stock


def test_stock_comes_in_from_a_donor_and_goes_out_for_a_reason(ledger: Ledger) -> None:
    donor = enrol(ledger, "惠民超市", kind="business")
    rice = stocked(ledger, "大米", 50, 0)
    ledger.shop.stock_in([(rice, 10)], donor=donor, reason="捐赠")
    assert ledger.shop.stock_out([(rice, 3)], reason="过期").items[0].stock == 7
    assert [(m.kind, m.quantity, m.balance, m.donor, m.note) for m in ledger.shop.moves(rice)] == [
        ("out", -3, 7, "", "过期"),
        ("in", 10, 10, "惠民超市", "捐赠"),
    ]


def test_several_goods_come_in_or_go_out_together_or_not_at_all(ledger: Ledger) -> None:
    rice, oil = stocked(ledger, "大米", 50, 0), stocked(ledger, "食用油", 60, 0)
    assert [item.stock for item in ledger.shop.stock_in([(rice, 4), (oil, 2), (rice, 1)]).items] == [5, 2]
    with pytest.raises(redeeming.ShortOfStock):
        ledger.shop.stock_out([(rice, 1), (oil, 3)])
    assert [ledger.shop.get(item.id).stock for item in (rice, oil)] == [5, 2]


def test_no_more_goes_out_than_is_there(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 2, unit="袋")
    with pytest.raises(redeeming.ShortOfStock, match="现有 2 袋，需要 5 袋，还差 3 袋"):
        ledger.shop.stock_out([(rice, 5)])


@pytest.mark.parametrize("quantity", [0, -1, 10_000_001])
def test_a_quantity_that_cannot_move_is_refused(ledger: Ledger, wu: Partner, quantity: int) -> None:
    rice = stocked(ledger, "大米", 50, 2)
    for write in (
        lambda: ledger.shop.stock_in([(rice, quantity)]),
        lambda: ledger.shop.stock_out([(rice, quantity)]),
        lambda: ledger.shop.redeem(wu, [(rice, quantity)]),
    ):
        with pytest.raises(redeeming.BadQuantity, match=str(quantity)):
            write()


def test_a_stocktake_posts_what_differs_and_nothing_else(ledger: Ledger) -> None:
    rice, oil, egg = (stocked(ledger, name, 10, 10) for name in ("大米", "食用油", "鸡蛋"))
    taken = ledger.shop.stocktake([(rice, 8), (oil, 10), (egg, 11)])
    assert [(one.item.name, one.expected, one.counted, one.difference) for one in taken.counted] == [
        ("大米", 10, 8, -2),
        ("食用油", 10, 10, 0),
        ("鸡蛋", 10, 11, 1),
    ]
    sql = "SELECT item_id, kind, quantity FROM stock_move WHERE voucher_id = ?"
    assert ledger.database.rows(sql, (taken.voucher,)) == [
        (rice.id, "stocktake", -2),
        (egg.id, "stocktake", 1),
    ]
    assert [ledger.shop.get(item.id).stock for item in (rice, oil, egg)] == [8, 10, 11]


def test_a_stocktake_of_a_past_day_is_held_against_what_was_there_at_its_end(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 10, 10, since=MARCH)
    ledger.shop.stock_out([(rice, 8)], day=JUNE)
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 7, 1))
    with pytest.raises(stocking.NothingDiffers):
        ledger.shop.stocktake([(rice, 10)], day=date(2025, 4, 1))
    (counted,) = ledger.shop.stocktake([(rice, 9)], day=date(2025, 4, 1)).counted
    assert (counted.expected, counted.difference) == (10, -1)
    (counted,) = ledger.shop.stocktake([(rice, 3)], day=JUNE).counted
    assert (counted.expected, counted.difference) == (1, 2)
    assert ledger.shop.get(rice.id).stock == 8


def test_a_stocktake_that_finds_no_difference_posts_nothing_and_says_so(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 10, unit="袋")
    before = str(ledger.anchor)
    with pytest.raises(stocking.NothingDiffers, match="盘点与账面一致（大米 10 袋）") as nothing:
        ledger.shop.stocktake([(rice, 10)])
    assert (nothing.value.exit_code, nothing.value.counted[0].counted) == (0, 10)
    assert str(ledger.anchor) == before


def test_a_stocktake_that_states_an_item_twice_is_refused(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    with pytest.raises(stocking.CountedTwice, match="大米（XF-S0001）写了两次"):
        ledger.shop.stocktake([(rice, 4), (rice, 6)])
    assert ledger.shop.get(rice.id).stock == 10


def test_a_shelf_may_be_counted_empty_but_not_below(ledger: Ledger) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    assert ledger.shop.stocktake([(rice, 0)]).counted[0].difference == -10
    with pytest.raises(redeeming.BadQuantity):
        ledger.shop.stocktake([(rice, -1)])
    with pytest.raises(redeeming.NothingWanted):
        ledger.shop.stocktake([])


# Redeeming


def test_a_slip_takes_points_and_goods_and_bears_day_community_and_price(ledger: Ledger, wu: Partner) -> None:
    rice, oil = stocked(ledger, "大米", 50, 10, since=MARCH), stocked(ledger, "食用油", 60, 5, since=MARCH)
    slip = ledger.shop.redeem(wu, [(rice, 2), (oil, 1)], day=date(2025, 10, 12))
    assert state(ledger, wu, rice, oil) == (340, 8, 4)
    assert (slip.points, slip.before, slip.after, slip.code) == (160, 500, 340, "D1")
    here = ledger.areas.find("XF").id
    facts = "community_id, happened_on, counted_in"
    assert ledger.database.rows(f"SELECT {facts}, points FROM redemption") == [
        (here, "2025-10-12", "2025-10", 160)
    ]
    assert ledger.database.rows(f"SELECT {facts}, kind, points FROM entry WHERE redemption_id = 1") == [
        (here, "2025-10-12", "2025-10", "redeem", -160)
    ]
    assert ledger.database.rows(f"SELECT {facts}, quantity, price FROM stock_move WHERE kind = 'redeem'") == [
        (here, "2025-10-12", "2025-10", -2, 50),
        (here, "2025-10-12", "2025-10", -1, 60),
    ]


def test_a_slip_bears_the_partners_community_of_its_day_and_the_goods_bear_the_shops(
    ledger: Ledger, wu: Partner
) -> None:
    oil = stocked(ledger, "食用油", 60, 5, shop="HP", since=MARCH)
    moved = ledger.membership.move(wu, ledger.areas.find("HP"), day=date(2025, 11, 10)).partner
    ledger.shop.redeem(moved, [(oil, 1)], day=date(2025, 11, 9))
    happiness, peace = ledger.areas.find("XF").id, ledger.areas.find("HP").id
    assert ledger.database.value("SELECT community_id FROM redemption") == happiness
    assert ledger.database.value("SELECT community_id FROM entry WHERE kind = 'redeem'") == happiness
    assert ledger.database.value("SELECT community_id FROM stock_move WHERE kind = 'redeem'") == peace
    assert ledger.points.balance(moved) == 440


def test_lines_of_the_same_item_are_one_line(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    slip = ledger.shop.redeem(wu, [(rice, 2), (rice, 1)])
    assert [(line.name, line.quantity) for line in slip.lines] == [("大米", 3)]


def test_an_overdraft_is_refused_with_the_numbers_and_moves_nothing(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 20)
    with pytest.raises(NotEnough, match="现有 500 分，需要 550 分，还差 50 分"):
        ledger.shop.redeem(wu, [(rice, 11)])
    assert state(ledger, wu, rice) == (500, 20)


def test_an_empty_shelf_is_refused_with_the_numbers_and_moves_nothing(ledger: Ledger, wu: Partner) -> None:
    rice, oil = stocked(ledger, "大米", 50, 5), stocked(ledger, "食用油", 60, 1, unit="瓶")
    with pytest.raises(redeeming.ShortOfStock, match="现有 1 瓶，需要 2 瓶，还差 1 瓶"):
        ledger.shop.redeem(wu, [(rice, 1), (oil, 2)])
    assert state(ledger, wu, rice, oil) == (500, 5, 1)


def test_goods_without_a_price_on_the_day_are_refused(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 5, since=JUNE)
    with pytest.raises(redeeming.NoPrice, match="hep shop price XF-S0001 积分 --day 2025-05-31"):
        ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 5, 31))


def test_a_slip_worth_more_than_any_entry_may_be_is_refused(ledger: Ledger, wu: Partner) -> None:
    car = stocked(ledger, "汽车", 1_000_000, 2)
    with pytest.raises(BadPoints):
        ledger.shop.redeem(wu, [(car, 2)])


def test_a_slip_without_goods_or_outside_the_partners_time_is_refused(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 5, since=date(2023, 1, 1))
    with pytest.raises(redeeming.NothingWanted):
        ledger.shop.redeem(wu, [])
    with pytest.raises(BeforeJoining, match="早于加入日期"):
        ledger.shop.redeem(wu, [(rice, 1)], day=date(2023, 12, 31))
    with pytest.raises(BeforeJoining, match="还没有到"):
        ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 11, 21))


def test_who_left_redeems_for_days_up_to_that_day_but_not_after_it(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 5, since=MARCH)
    left = ledger.membership.leave(wu, day=date(2025, 11, 15)).partner
    assert ledger.shop.redeem(left, [(rice, 1)], day=date(2025, 11, 15)).after == 450
    with pytest.raises(
        redeeming.NotRedeeming, match=r"2025-11-15 已退出，2025-11-16 不能兑换.*hep partner rejoin"
    ):
        ledger.shop.redeem(left, [(rice, 1)], day=date(2025, 11, 16))
    with pytest.raises(redeeming.NotRedeeming):
        ledger.shop.redeem(wu, [(rice, 1)])


def test_a_merged_partner_redeems_under_the_other_one(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 5, since=MARCH)
    again = enrol(ledger, "武玉侪", phone="13900139000")
    stays = ledger.membership.merge(wu, again).partner
    with pytest.raises(redeeming.NotRedeeming, match="已并入 XF-P0002，请改用 XF-P0002"):
        ledger.shop.redeem(wu, [(rice, 1)])
    assert ledger.shop.redeem(stays, [(rice, 1)]).after == 450


def test_the_same_key_redeems_once(ledger: Ledger, wu: Partner) -> None:
    rice, oil = stocked(ledger, "大米", 50, 5), stocked(ledger, "食用油", 60, 5)
    first = ledger.shop.redeem(wu, [(rice, 1)], key="till-1")
    with pytest.raises(errors.AlreadyRecorded) as known:
        ledger.shop.redeem(wu, [(rice, 1)], key="till-1")
    assert known.value.voucher_id == first.voucher
    with pytest.raises(errors.KeyTaken):
        ledger.shop.redeem(wu, [(oil, 1)], key="till-1")
    assert state(ledger, wu, rice, oil) == (450, 4, 5)


def test_many_slips_in_one_voucher_see_one_another(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 3, quota_times=2, quota_period="day")
    slips = [Asked(wu.id, ((rice.id, 1),), "2025-11-20")] * 2
    with ledger.voucher("shop.redeem") as voucher:
        first, second = ledger.shop.redeem_many(voucher, slips)
    assert [
        (ledger.shop.slip(f"D{slip}").before, ledger.shop.slip(f"D{slip}").after) for slip in (first, second)
    ] == [
        (500, 450),
        (450, 400),
    ]
    with pytest.raises(redeeming.QuotaReached), ledger.voucher("shop.redeem") as voucher:
        ledger.shop.redeem_many(voucher, slips[:1])
    with pytest.raises(errors.Ambiguous, match="D1；D2"):
        ledger.shop.slip(f"V{ledger.database.value('SELECT max(voucher_id) FROM redemption')}")


# Quota


def test_a_quota_counts_slips_not_pieces_within_its_period(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 10, 20, since=MARCH, quota_times=1, quota_period="quarter")
    ledger.shop.redeem(wu, [(rice, 3)], day=date(2025, 9, 30))
    ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 10, 1))
    with pytest.raises(
        redeeming.QuotaReached,
        match="2025年第4季度已兑换大米 1 次，限 1 次，这次不能再兑换；2026-01-01 起可以再兑换",
    ):
        ledger.shop.redeem(wu, [(rice, 1)])
    assert state(ledger, wu, rice) == (460, 16)


def test_a_cancelled_slip_gives_its_quota_back_and_a_late_slip_counts_by_its_day(
    ledger: Ledger, wu: Partner
) -> None:
    rice = stocked(ledger, "大米", 10, 20, since=MARCH, quota_times=1, quota_period="month")
    slip = ledger.shop.redeem(wu, [(rice, 1)])
    ledger.shop.cancel(slip.code)
    ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 11, 2))
    ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 10, 31))
    with pytest.raises(redeeming.QuotaReached, match="2025年11月已兑换大米 1 次"):
        ledger.shop.redeem(wu, [(rice, 1)])


def test_a_slip_of_a_day_takes_what_was_there_on_it_and_on_every_day_since(ledger: Ledger) -> None:
    """100 points of March, 60 of them spent in June, 900 more today: as of April 40 may be taken, as of January none."""
    li, january, april = enrol(ledger, "李四"), date(2025, 1, 31), date(2025, 4, 1)
    rice = stocked(ledger, "大米", 10, 50, since=date(2025, 1, 1))
    ledger.points.award(li, 100, day=MARCH)
    ledger.shop.redeem(li, [(rice, 6)], day=JUNE)
    ledger.points.award(li, 900)
    with pytest.raises(
        NotEnough, match=r"2025-01-31 只有 0 分，需要 10 分，还差 10 分。请改正日期，或先补录"
    ):
        ledger.shop.redeem(li, [(rice, 1)], day=january)
    with pytest.raises(NotEnough, match="2025-06-01 只有 40 分，需要 50 分"):
        ledger.shop.redeem(li, [(rice, 5)], day=april)
    asked = [Asked(li.id, ((rice.id, 3),), "2025-04-01"), Asked(li.id, ((rice.id, 2),), "2025-05-01")]
    assert list(ledger.shop.faults(asked, [None, None])) == [1]
    assert ledger.shop.redeem(li, [(rice, 4)], day=april).points == 40
    taken = ledger.points.deduct(li, 30, reason="投诉", day=date(2025, 5, 1))
    assert (taken.points, taken.shortfall) == (0, 30)


def test_goods_of_a_day_were_on_the_shelf_on_it_and_on_every_day_since(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 10, 8, since=MARCH)
    ledger.shop.price(rice, 9, day=date(2025, 1, 1))
    ledger.shop.stock_out([(rice, 6)], day=JUNE)
    ledger.shop.stock_in([(rice, 90)], day=date(2025, 7, 1))
    with pytest.raises(
        redeeming.ShortOfStock, match=r"2025-01-31 只有 0 件，需要 1 件，还差 1 件。.*--day 日期"
    ):
        ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 1, 31))
    with pytest.raises(redeeming.ShortOfStock, match="2025-06-01 只有 2 件，需要 3 件"):
        ledger.shop.stock_out([(rice, 3)], day=date(2025, 4, 1))
    with pytest.raises(redeeming.ShortOfStock, match="2025-06-01 只有 2 件，需要 3 件"):
        ledger.shop.stocktake([(rice, 5)], day=date(2025, 4, 1))
    ledger.shop.redeem(wu, [(rice, 2)], day=date(2025, 4, 1))
    assert ledger.shop.get(rice.id).stock == 90


def test_what_counts_after_a_month_that_was_opened_again_is_not_there_in_it(
    ledger: Ledger, wu: Partner
) -> None:
    """Goods of March came in after March was closed; opened again, it would end with less than nothing."""
    rice = stocked(ledger, "大米", 10, 0, since=date(2025, 1, 1))
    communities = ledger.areas.communities()
    ledger.periods.close(communities, "2025-03")
    ledger.shop.stock_in([(rice, 5)], day=MARCH)
    ledger.periods.reopen(communities, "2025-03")
    with pytest.raises(redeeming.ShortOfStock, match="2025-03 月末 只有 0 件"):
        ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 3, 9))
    assert ledger.shop.redeem(wu, [(rice, 1)], day=date(2025, 4, 9)).points == 10


def test_a_quota_is_each_persons_and_merged_partners_are_one_person(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 10, 20, since=MARCH, quota_times=1, quota_period="year")
    other = enrol(ledger, "李四")
    ledger.points.award(other, 100, day=MARCH)
    ledger.shop.redeem(wu, [(rice, 1)])
    ledger.shop.redeem(other, [(rice, 1)], day=date(2025, 11, 1))
    third = enrol(ledger, "武玉侪", phone="13900139000")
    stays = ledger.membership.merge(wu, third).partner
    with pytest.raises(redeeming.QuotaReached, match=r"2025年已兑换大米 1 次，限 1 次.*2026-01-01"):
        ledger.shop.redeem(stays, [(rice, 1)])


@pytest.mark.parametrize(
    ("period", "day", "bounds", "following", "spoken"),
    [
        ("day", "2025-12-31", ("2025-12-31", "2025-12-31"), "2026-01-01", "2025-12-31"),
        ("month", "2024-02-10", ("2024-02-01", "2024-02-29"), "2024-03-01", "2024年2月"),
        ("quarter", "2025-01-01", ("2025-01-01", "2025-03-31"), "2025-04-01", "2025年第1季度"),
        ("quarter", "2025-06-30", ("2025-04-01", "2025-06-30"), "2025-07-01", "2025年第2季度"),
        ("quarter", "2025-12-31", ("2025-10-01", "2025-12-31"), "2026-01-01", "2025年第4季度"),
        ("year", "2025-07-15", ("2025-01-01", "2025-12-31"), "2026-01-01", "2025年"),
    ],
)
def test_a_quota_period_has_a_first_and_a_last_day_and_a_name(
    period: str, day: str, bounds: tuple[str, str], following: str, spoken: str
) -> None:
    assert (quota.span(period, day), quota.following(period, day)) == (bounds, following)
    assert quota.spoken(period, day) == spoken


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [
        ("day", "2025-11-19", "2025-11-20"),
        ("month", "2025-10-31", "2025-11-01"),
        ("quarter", "2025-09-30", "2025-10-01"),
        ("quarter", "2025-03-31", "2025-05-15"),
        ("quarter", "2024-11-20", "2025-11-20"),
        ("year", "2024-12-31", "2025-01-01"),
    ],
)
def test_rule_and_guard_see_the_same_periods(
    ledger: Ledger, wu: Partner, period: str, earlier: str, later: str
) -> None:
    rice = stocked(ledger, "大米", 10, 9, since=date(2024, 3, 1), quota_times=1, quota_period=period)
    for day in (earlier, later):
        ledger.shop.redeem(wu, [(rice, 1)], day=date.fromisoformat(day))
        with pytest.raises(redeeming.QuotaReached):
            ledger.shop.redeem(wu, [(rice, 1)], day=date.fromisoformat(day))
        assert "超过限兑次数" in raw_slip(ledger, wu, rice, 1, 10, day=day)


# Cancelling and receipts


def test_cancelling_gives_points_and_goods_back_exactly_once(ledger: Ledger, wu: Partner) -> None:
    rice, oil = stocked(ledger, "大米", 50, 10), stocked(ledger, "食用油", 60, 5)
    slip = ledger.shop.redeem(wu, [(rice, 2), (oil, 1)])
    cancelled = ledger.shop.cancel(f"V{slip.voucher}", reason="拿错了")
    assert (cancelled.points, cancelled.balance, cancelled.slip.cancelled_in) == (160, 500, cancelled.voucher)
    assert state(ledger, wu, rice, oil) == (500, 10, 5)
    with pytest.raises(cancelling.AlreadyCancelled, match=f"已由凭证 V{cancelled.voucher} 取消"):
        ledger.shop.cancel(slip.code)
    assert state(ledger, wu, rice, oil) == (500, 10, 5)


def test_a_slip_whose_voucher_was_undone_is_cancelled(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    slip = ledger.shop.redeem(wu, [(rice, 1)])
    ledger.history.undo(slip.voucher)
    assert state(ledger, wu, rice) == (500, 10)
    with pytest.raises(cancelling.AlreadyCancelled):
        ledger.shop.cancel(slip.code)


def test_undoing_a_cancellation_takes_points_and_goods_again(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 10, quota_times=1, quota_period="month")
    slip = ledger.shop.redeem(wu, [(rice, 2)])
    cancelled = ledger.shop.cancel(slip.code)
    undone = ledger.history.undo(cancelled.voucher)
    assert state(ledger, wu, rice) == (400, 8)
    again = ledger.shop.slip(f"V{undone.voucher}")
    assert ([(line.name, line.quantity) for line in again.lines], again.points) == ([("大米", 2)], 100)


def test_a_cancelled_slip_of_a_merged_partner_pays_the_one_who_stays(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    slip = ledger.shop.redeem(wu, [(rice, 2)])
    stays = ledger.membership.merge(wu, enrol(ledger, "武玉侪", phone="13900139000")).partner
    cancelled = ledger.shop.cancel(slip.code)
    assert (cancelled.points, ledger.points.balance(stays), ledger.points.balance(wu)) == (100, 500, 0)


def test_a_receipt_read_again_says_what_it_said_then(ledger: Ledger, wu: Partner, clock: Clock) -> None:
    rice = stocked(ledger, "大米", 50, 10)
    slip = ledger.shop.redeem(wu, [(rice, 2)])
    anchor = ledger.anchor
    clock.now = datetime(2025, 12, 1, 9, 0, tzinfo=CHINA)
    ledger.points.award(wu, 30)
    ledger.shop.price(rice, 80)
    assert ledger.shop.slip(slip.code) == slip
    assert (slip.anchor, slip.before, slip.after, slip.operator) == (anchor, 500, 400, "李梅")


@pytest.mark.parametrize("typed", ["D9", "V9999", "9", "大米", "", "D", "D²", "D99999999999999999999"])
def test_a_slip_that_is_not_there_is_not_found(ledger: Ledger, typed: str) -> None:
    with pytest.raises(errors.NotFound, match="D45"):
        ledger.shop.cancel(typed)


# Delivery lists


def received(ledger: Ledger, *rows: Delivery, source: str = "驿马街道") -> int:
    with ledger.voucher("import.items", origin=Origin(source)) as voucher:
        ledger.shop.receive_many(voucher, rows)
    return voucher.id


def brought(
    ledger: Ledger, source: str = "驿马街道", first: str = "2025-01-01", last: str = "2025-11-30"
) -> list[Delivery]:
    return [row for _, row in ledger.shop.received(Source(source), first, last)]


def test_a_delivery_list_adds_items_prices_that_differ_and_stock(ledger: Ledger) -> None:
    here, there = ledger.areas.find("XF").id, ledger.areas.find("HP").id
    donor = enrol(ledger, "惠民超市", kind="business").id
    rows = [
        Delivery(here, "大米", "goods", "袋", 50, 10, "2025-01-05", donor),
        Delivery(there, "大米", "goods", "袋", 52, 4, "2025-01-05"),
        Delivery(here, "大米", "goods", "袋", 55, 6, "2025-03-05"),
        Delivery(here, "大米", "goods", "袋", 55, 1, "2025-04-05"),
        Delivery(here, "理发券", "coupon", "张", 30, 0, "2025-01-05"),
    ]
    received(ledger, *rows)
    listed = [(item.code, item.name, item.category, item.price, item.stock) for item in ledger.shop.listing()]
    assert listed == [
        ("XF-S0001", "大米", "goods", 55, 17),
        ("XF-S0002", "理发券", "coupon", 30, 0),
        ("HP-S0001", "大米", "goods", 52, 4),
    ]
    rice = ledger.shop.find("XF-S0001")
    assert [(price.happened_on, price.price) for price in ledger.shop.prices(rice)] == [
        ("2025-03-05", 55),
        ("2025-01-05", 50),
    ]
    assert brought(ledger) == [row for row in rows if row.quantity]
    assert brought(ledger, "别处") == []
    assert brought(ledger, "驿马街道", "2025-04-01", "2025-04-30") == [rows[3]]


def test_a_list_of_earlier_days_prices_only_those_days(ledger: Ledger) -> None:
    here = ledger.areas.find("XF").id
    received(ledger, Delivery(here, "大米", "goods", "袋", 55, 6, "2025-03-05"))
    early = Delivery(here, "大米", "goods", "袋", 50, 6, "2025-01-05")
    voucher = received(ledger, early)
    assert ledger.shop.find("XF-S0001").price == 55
    assert early in brought(ledger)
    ledger.history.undo(voucher)
    assert early not in brought(ledger)


def test_a_price_corrected_later_leaves_an_old_list_as_it_was_received(ledger: Ledger) -> None:
    row = Delivery(ledger.areas.find("XF").id, "大米", "goods", "袋", 50, 6, "2025-01-05")
    received(ledger, row)
    ledger.shop.price(ledger.shop.find("XF-S0001"), 45, day=date(2025, 1, 5))
    assert brought(ledger) == [row]


def test_a_list_with_another_unit_for_the_same_goods_is_refused(ledger: Ledger) -> None:
    stocked(ledger, "大米", 50, 0, unit="袋")
    with pytest.raises(stocking.OtherGoods, match="按“袋”计"):
        received(ledger, Delivery(ledger.areas.find("XF").id, "大米", "goods", "箱", 50, 1, "2025-01-05"))


def test_what_is_wrong_with_a_line_of_a_list_is_said() -> None:
    line = Delivery(3, "大米", "goods", "袋", 0, -1, "2025-11-21")
    assert len(stocking.faults_of_delivery(line, "2025-11-20")) == 3
    assert stocking.faults_of_delivery(line._replace(price=1, quantity=0), "2025-11-21") == []


# The guards, tried by raw SQL


def _abandon() -> NoReturn:
    raise sqlite3.IntegrityError("nothing")


def raw_slip(
    ledger: Ledger,
    partner: Partner,
    item: Item,
    quantity: int,
    price: int,
    *,
    spelling: str = "INSERT",
    day: str = "2025-11-20",
    again: bool = False,
) -> str:
    """Write a slip past every rule but the database's own; return what the database said against it."""
    connection = ledger.database.connection
    ids = [
        ledger.database.value(f"SELECT ifnull(max(id), 0) + 1 FROM {table}")
        for table in ("redemption", "stock_move")
    ]
    slip, move = ids
    try:
        with ledger.voucher("raw") as voucher:
            shared = f"{voucher.id}, {{line}}, {item.community_id}, '{day}', '2025-11', 1"
            connection.execute(
                f"INSERT INTO redemption (voucher_id, line, community_id, happened_on, counted_in, sign, id, partner_id, points)"
                f" VALUES ({shared.format(line=1)}, {slip}, {partner.id}, {quantity * price})"
            )
            for line in (2, 3) if again else (2,):
                connection.execute(
                    f"{spelling} INTO stock_move (voucher_id, line, community_id, happened_on, counted_in, sign, id, item_id,"
                    f" kind, quantity, price, redemption_id) VALUES ({shared.format(line=line)}, {move + line}, {item.id},"
                    f" 'redeem', {-quantity}, {price}, {slip})"
                )
            _abandon()
    except sqlite3.IntegrityError as error:
        return str(error)


SPELLINGS = ("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_raw_sql_passes_neither_quota_nor_stock(ledger: Ledger, wu: Partner, spelling: str) -> None:
    rice = stocked(ledger, "大米", 10, 5, quota_times=1, quota_period="month")
    assert raw_slip(ledger, wu, rice, 1, 10, spelling=spelling) == "nothing"
    assert "库存不足" in raw_slip(ledger, wu, rice, 6, 10, spelling=spelling)
    assert "同一件商品只记一行" in raw_slip(ledger, wu, rice, 1, 10, spelling=spelling, again=True)
    ledger.shop.redeem(wu, [(rice, 1)])
    assert "超过限兑次数" in raw_slip(ledger, wu, rice, 1, 10, spelling=spelling)


def test_raw_sql_adds_no_goods_to_another_vouchers_slip(ledger: Ledger, wu: Partner) -> None:
    rice, oil = stocked(ledger, "大米", 10, 5), stocked(ledger, "食用油", 10, 5)
    ledger.shop.redeem(wu, [(rice, 1)])
    move = {"item_id": oil.id, "kind": "redeem", "quantity": -1, "price": 10, "redemption_id": 1}
    with (
        pytest.raises(errors.GuardRefused, match="兑换单不存在、已取消或日期不符"),
        ledger.voucher("raw") as voucher,
    ):
        voucher.post_one("stock_move", community_id=oil.community_id, happened_on="2025-11-20", **move)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE stock SET quantity = 99",
        "UPDATE stock SET quantity = 99, move_id = (SELECT max(id) FROM stock_move)",
        "DELETE FROM stock",
        "INSERT OR REPLACE INTO stock (item_id, quantity) VALUES (1, 99)",
        "INSERT INTO stock (item_id, quantity) VALUES (1, 9) ON CONFLICT DO UPDATE SET quantity = 9",
        "UPDATE stock_move SET quantity = 99",
        "DELETE FROM stock_move",
        "UPDATE item_price SET price = 1",
        "DELETE FROM redemption",
    ],
)
def test_raw_sql_changes_no_stock_price_or_slip(ledger: Ledger, wu: Partner, sql: str) -> None:
    rice = stocked(ledger, "大米", 10, 5)
    ledger.shop.redeem(wu, [(rice, 1)])
    with pytest.raises(sqlite3.IntegrityError):
        ledger.database.connection.execute(sql)
    assert ledger.shop.get(rice.id).stock == 4


def test_raw_sql_cancels_a_slip_only_once(ledger: Ledger, wu: Partner) -> None:
    rice = stocked(ledger, "大米", 10, 5)
    slip = ledger.shop.redeem(wu, [(rice, 1)])
    ledger.shop.cancel(slip.code)
    for table in ("redemption", "stock_move", "entry"):
        fact = ledger.database.value(f"SELECT reverses_id FROM {table} WHERE reverses_id IS NOT NULL")
        with pytest.raises(errors.GuardRefused, match="已经冲正过"), ledger.voucher("raw") as voucher:
            voucher.counter(table, [fact])
