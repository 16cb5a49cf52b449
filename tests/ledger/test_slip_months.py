"""A slip, its points and its goods count in one month, and so does what takes them back, whatever was closed meanwhile."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors
from hepartner.ledger.partners import Partner
from hepartner.ledger.redeeming import Slip
from hepartner.ledger.stocking import Goods
from hepartner.ledger.till import Asked
from tests.ledger.conftest import enrol


def slip_of_july(ledger: Ledger, partner: Partner, *, shop: str = "HP") -> Slip:
    """Redeem rice of a shop on 13 July for 10 points of June."""
    item = ledger.shop.add(Goods(ledger.areas.find(shop).id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(item, 5)], day=date(2024, 1, 1))
    ledger.points.award(partner, 10, day=date(2025, 6, 1))
    return ledger.shop.redeem(partner, [(item, 1)], day=date(2025, 7, 13))


def months(ledger: Ledger, voucher: int) -> list[str]:
    """Return the months in which slips, their points and their goods of a voucher count."""
    sql = """SELECT counted_in FROM redemption WHERE voucher_id = :v
        UNION ALL SELECT counted_in FROM entry WHERE voucher_id = :v AND redemption_id IS NOT NULL
        UNION ALL SELECT counted_in FROM stock_move WHERE voucher_id = :v AND redemption_id IS NOT NULL"""
    return [month for (month,) in ledger.database.rows(sql, {"v": voucher})]


@pytest.mark.parametrize("closed", ["XF", "HP"])
def test_where_the_partners_or_the_shops_month_is_closed_the_slip_counts_late_as_a_whole(
    ledger: Ledger, closed: str
) -> None:
    ledger.periods.close([ledger.areas.find(closed)], "2025-08")
    slip = slip_of_july(ledger, enrol(ledger, "陈一"))
    assert months(ledger, slip.voucher) == ["2025-09"] * 3
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize("closed", ["XF", "HP"])
@pytest.mark.parametrize("how", ["cancel", "undo"])
def test_a_slip_is_taken_back_and_stands_again_as_a_whole(ledger: Ledger, closed: str, how: str) -> None:
    slip = slip_of_july(ledger, enrol(ledger, "陈一"))
    ledger.periods.close([ledger.areas.find(closed)], "2025-08")
    back = (
        ledger.shop.cancel(slip.code).voucher
        if how == "cancel"
        else ledger.history.undo(slip.voucher).voucher
    )
    assert months(ledger, back) == ["2025-09"] * 3
    other = "HP" if closed == "XF" else "XF"
    ledger.periods.close([ledger.areas.find(other)], "2025-09")
    assert months(ledger, ledger.history.undo(back).voucher) == ["2025-10"] * 3
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize("how", ["redeem", "undo"])
def test_points_that_come_back_late_take_slip_and_goods_with_them(ledger: Ledger, how: str) -> None:
    """They went to 和平 with the partner, which has closed its months since; the shop has closed none."""
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    slip = slip_of_july(ledger, partner, shop="XF")
    cancelled = ledger.shop.cancel(slip.code).voucher
    moved = ledger.membership.move(partner, heping, day=date(2025, 8, 16)).partner
    ledger.periods.close([heping], "2025-09")
    if how == "redeem":
        item = ledger.shop.find("大米", shop=ledger.areas.find("XF"))
        again = ledger.shop.redeem(moved, [(item, 1)], day=date(2025, 7, 13)).voucher
    else:
        again = ledger.history.undo(cancelled).voucher
    assert months(ledger, again) == ["2025-10"] * 3


def test_of_a_list_each_slip_is_a_whole_and_the_slips_keep_their_order(ledger: Ledger) -> None:
    """The second one's partner has moved, the third one's goods are another shop's."""
    chen, moves, heping = enrol(ledger, "陈一"), enrol(ledger, "陈二"), ledger.areas.find("HP")
    items = [
        ledger.shop.add(Goods(ledger.areas.find(shop).id, "大米"), 10, day=date(2024, 1, 1)).item
        for shop in ("XF", "HP")
    ]
    ledger.shop.stock_in([(item, 9) for item in items], day=date(2024, 1, 1))
    for partner in (chen, moves):
        ledger.points.award(partner, 100, day=date(2025, 6, 1))
    ledger.membership.move(moves, heping, day=date(2025, 8, 16))
    ledger.periods.close([heping], "2025-09")
    home, away = (items[0].id, 1), (items[1].id, 1)
    asked = [
        Asked(partner.id, (goods,), "2025-07-13")
        for partner, goods in ((chen, home), (moves, home), (chen, away), (chen, home))
    ]
    with ledger.voucher("shop.redeem") as voucher:
        slips = ledger.shop.redeem_many(voucher, asked)
    found = ledger.database.rows("SELECT id, partner_id, counted_in FROM redemption ORDER BY id")
    whose = [chen.id, moves.id, chen.id, chen.id]
    assert found == [*zip(slips, whose, ["2025-07", "2025-10", "2025-10", "2025-07"], strict=True)]
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize("late", ["redemption", "entry", "stock_move"])
def test_raw_sql_counts_no_slip_in_two_months(ledger: Ledger, late: str) -> None:
    slip = slip_of_july(ledger, enrol(ledger, "陈一"))
    counted = {
        part: "2025-11" if part == late else "2025-07" for part in ("redemption", "entry", "stock_move")
    }
    with pytest.raises(errors.GuardRefused, match="一张兑换单和它的积分、商品要计入同一个月"):
        take_back(ledger, slip, counted)
    assert months(ledger, slip.voucher) == ["2025-07"] * 3


def take_back(ledger: Ledger, slip: Slip, counted: dict[str, str]) -> None:
    """Take a slip back past every rule but the database's own, its parts counted in these months."""
    with ledger.voucher("raw") as voucher:
        for part, month in counted.items():
            named = "id" if part == "redemption" else "redemption_id"
            fact = ledger.database.value(f"SELECT id FROM {part} WHERE {named} = ?", (slip.id,))
            voucher.counter(part, [fact], counted_in=month)
