"""The commands of the points shop, as typed at its counter."""

import json
from datetime import timedelta

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.items import Item
from hepartner.ledger.partners import Partner
from hepartner.ledger.redeeming import Slip, SlipLine
from hepartner.ledger.stocking import Goods
from hepartner.terminal.receipt import COLUMNS, receipt
from hepartner.terminal.safe import width
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture
def wu(ledger: Ledger) -> Partner:
    """武玉侪 with 500 points."""
    partner = enrol(ledger, "武玉侪", phone="13800138000")
    ledger.points.award(partner, 500)
    return partner


@pytest.fixture
def rice(ledger: Ledger) -> Item:
    """大米 at 50 points, 20 bags."""
    return shelved(ledger, "大米", 50, 20, unit="袋")


def shelved(
    ledger: Ledger, name: str, price: int, quantity: int, *, unit: str = "件", shop: str = "XF"
) -> Item:
    item = ledger.shop.add(Goods(ledger.areas.find(shop).id, name, unit=unit), price).item
    return ledger.shop.stock_in([(item, quantity)]).items[0]


@pytest.mark.usefixtures("wu")
def test_goods_are_redeemed_as_typed_and_the_receipt_is_printed(hep: Hep, ledger: Ledger, rice: Item) -> None:
    oil = shelved(ledger, "食用油", 60, 5, unit="瓶")
    said = hep("shop", "redeem", "wyc", "米x2", "油")
    anchor = ledger.anchor
    assert (said.code, said.err) == (
        0,
        f"已记账：凭证 V{anchor.vouchers}。撤销：hep undo V{anchor.vouchers}\n",
    )
    lines = said.out.splitlines()
    assert lines[:2] == ["幸福里社区积分超市 兑换小票", f"兑换单  D1（凭证 V{anchor.vouchers}）"]
    assert lines[3:5] == ["合伙人  武玉侪（XF-P0001）", "电话    138****8000"]
    assert lines[6:8] == ["大米  50 x 2 袋           100 分", "食用油  60 x 1 瓶          60 分"]
    assert [line.split()[-2] for line in lines[9:12]] == ["160", "500", "340"]
    assert lines[12].startswith("经办    李梅 ")
    assert lines[13] == f"核对码  {anchor}"
    assert [ledger.shop.get(item.id).stock for item in (rice, oil)] == [18, 4]


def test_a_persons_slips_are_listed_with_what_cancelled_them(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item
) -> None:
    for quantity in (1, 2):
        ledger.shop.redeem(wu, [(rice, quantity)])
    cancelled = ledger.shop.cancel("D1")
    said = hep("shop", "slips", "wyc")
    day = ledger.today().isoformat()
    assert said.out.splitlines() == [
        "兑换单\t日期\t商品\t积分\t凭证\t已取消",
        f"D2\t{day}\t大米x2\t100\tV{cancelled.voucher - 1}\t",
        f"D1\t{day}\t大米x1\t50\tV{cancelled.voucher - 2}\tV{cancelled.voucher}",
    ]
    assert hep("超市", "兑换单", "wyc").out == said.out


@pytest.mark.parametrize("sign", ["x", "X", "×", "*"])
def test_every_sign_of_multiplication_is_read(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item, sign: str
) -> None:
    assert hep("超市", "兑换", wu.code, f"米{sign}3", "--日期", "今天").code == 0
    assert ledger.shop.get(rice.id).stock == 17


def test_what_is_refused_is_one_sentence_and_moves_nothing(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item
) -> None:
    quota = ("shop", "edit", "米", "--quota", "1", "--period", "年")
    assert hep(*quota).code == 0
    refusals = {
        ("米x11",): (1, "现有 500 分，需要 550 分，还差 50 分"),
        ("米x21",): (1, "现有 20 袋，需要 21 袋，还差 1 袋"),
        ("盐",): (4, "没有找到商品“盐”"),
        ("米x1.5",): (2, "数量“1.5”不是整数"),
        ("x2",): (2, "不知道数量“x2”是哪样商品的"),
    }
    for goods, (code, sentence) in refusals.items():
        said = hep("shop", "redeem", "武玉侪", *goods)
        assert (said.code, said.out, sentence in said.err) == (code, "", True), said.err
    assert (ledger.points.balance(wu), ledger.shop.get(rice.id).stock) == (500, 20)
    assert hep("shop", "redeem", "武玉侪", "米").code == 0
    assert f"{ledger.today().year + 1}-01-01 起可以再兑换" in hep("shop", "redeem", "武玉侪", "米").err


def test_the_shop_is_the_partners_and_a_full_code_names_any(hep: Hep, ledger: Ledger, rice: Item) -> None:
    there = enrol(ledger, "李四", community="HP")
    ledger.points.award(there, 500)
    oil = shelved(ledger, "食用油", 60, 5, shop="HP")
    assert hep("shop", "redeem", "李四", "油", rice.code).code == 0
    assert [ledger.shop.get(item.id).stock for item in (rice, oil)] == [19, 4]
    assert hep("shop", "redeem", "李四", "米").code == 4


def test_the_same_key_hands_out_once(hep: Hep, ledger: Ledger, wu: Partner, rice: Item) -> None:
    words = ("shop", "redeem", wu.code, "米", "--key", "till-1")
    assert hep(*words).code == 0
    said = hep(*words)
    assert (said.code, said.out, "没有重复记账" in said.err) == (0, "", True)
    assert ledger.shop.get(rice.id).stock == 19


def test_a_slip_is_cancelled_once_and_its_receipt_says_so(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item
) -> None:
    slip = ledger.shop.redeem(wu, [(rice, 2)])
    before = hep("shop", "receipt", slip.code).out
    said = hep("shop", "cancel", f"v{slip.voucher}", "--reason", "拿错了")
    assert (said.code, said.err.splitlines()[0]) == (0, "已取消兑换单 D1，退回 100 分；武玉侪现有 500 分。")
    again = hep("shop", "cancel", "D1")
    assert (again.code, "不能再退" in again.err) == (1, True)
    after = hep("shop", "receipt", "d1").out.splitlines()
    assert after[1] == f"已取消（凭证 V{slip.voucher + 1}），积分和商品已退回"
    assert [after[0], *after[2:]] == before.splitlines()
    assert json.loads(hep("shop", "receipt", "D1", "--json").out)["partner"]["phone"] == "138****8000"
    assert hep("shop", "cancel", "D9").code == 4


def test_what_a_slip_and_an_entry_give_back_is_told_of_whom_the_partner_was_merged_into(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item
) -> None:
    entry = ledger.database.value("SELECT max(id) FROM entry")
    slip = ledger.shop.redeem(wu, [(rice, 2)])
    stays = enrol(ledger, "武玉柴")
    for one, into in ((wu, enrol(ledger, "武玉才")), (ledger.partners.find("武玉才"), stays)):
        ledger.membership.merge(one, into)
    said = hep("shop", "cancel", slip.code).err.splitlines()[0]
    assert said == f"已取消兑换单 D1，退回 100 分，武玉侪已并入武玉柴（{stays.code}）；武玉柴现有 500 分。"
    said = hep("points", "reverse", str(entry)).err.splitlines()[0]
    assert said == f"已冲正流水 {entry}：{stays.code} 武玉柴 -500 分，现有 0 分。"


def test_items_are_added_priced_edited_and_listed(hep: Hep, ledger: Ledger) -> None:
    said = hep("shop", "add", "大米", "50", "--unit", "袋", "--quota", "2")
    assert (
        said.err.splitlines()[0]
        == "已添加 XF-S0001 大米（幸福里社区），50 分。入库：hep shop in XF-S0001 数量"
    )
    assert hep("超市", "添加", "理发券", "30", "--类别", "服务券", "--单位", "张").code == 0
    shelved(ledger, "食用油", 60, 1, shop="HP")
    assert hep("shop", "list").out.splitlines() == [
        "编号\t社区\t名称\t类别\t积分价\t库存\t单位\t限兑",
        "XF-S0001\t幸福里社区\t大米\t商品\t50\t0\t袋\t每季 2 次",
        "XF-S0002\t幸福里社区\t理发券\t服务券\t30\t0\t张\t",
    ]
    assert "已定价 XF-S0001 大米（幸福里社区），55 分" in hep("shop", "price", "米", "55").err
    assert hep("shop", "price", "米", "55").code == 1
    assert "已修改 XF-S0001 东北大米" in hep("shop", "edit", "米", "--name", "东北大米", "--quota", "0").err
    assert hep("shop", "edit", "米", "--period", "月").code == 1
    listed = json.loads(hep("shop", "list", "--area", "海城区", "--json").out)
    assert [(one["name"], one["price"], one["quota_times"]) for one in listed] == [
        ("东北大米", 55, None),
        ("理发券", 30, None),
        ("食用油", 60, None),
    ]


@pytest.mark.usefixtures("rice")
def test_goods_come_in_from_a_donor_go_out_and_are_counted(hep: Hep, ledger: Ledger) -> None:
    enrol(ledger, "惠民超市", kind="business")
    shelved(ledger, "食用油", 60, 1, unit="瓶")
    said = hep("shop", "in", "米x5", "油", "3", "--donor", "惠民超市")
    assert said.err.splitlines()[:2] == [
        "已入库 XF-S0001 大米（幸福里社区），现有 25 袋。",
        "已入库 XF-S0002 食用油（幸福里社区），现有 4 瓶。",
    ]
    assert (
        "已出库 XF-S0001 大米（幸福里社区），现有 24 袋" in hep("shop", "out", "米x1", "--reason", "受潮").err
    )
    taken = hep("shop", "stocktake", "米x24", "油x0")
    assert taken.out.splitlines() == [
        "编号\t名称\t账面\t实数\t差异",
        "XF-S0001\t大米\t24\t24\t0",
        "XF-S0002\t食用油\t4\t0\t-4",
    ]
    nothing = hep("shop", "stocktake", "米x24")
    assert (nothing.code, nothing.out) == (0, "")
    assert "盘点与账面一致（大米 24 袋），没有差异" in nothing.err
    moves = json.loads(hep("shop", "show", "米", "--json").out)["moves"]
    assert [(one["kind"], one["quantity"], one["donor"], one["note"]) for one in moves] == [
        ("out", -1, "", "受潮"),
        ("in", 5, "惠民超市", ""),
        ("in", 20, "", ""),
    ]


@pytest.mark.usefixtures("rice")
def test_a_quantity_must_be_stated_where_stock_is_meant(hep: Hep) -> None:
    for words in (("in", "米"), ("out", "米", "--reason", "受潮"), ("stocktake", "米")):
        said = hep("shop", *words)
        assert (said.code, "“米”没有写数量" in said.err) == (2, True)
    assert hep("shop", "in", "米x0").code == 2
    assert hep("shop", "out", "米x1").code == 2


def test_an_item_is_shown_with_its_prices_and_moves(
    hep: Hep, ledger: Ledger, wu: Partner, rice: Item
) -> None:
    ledger.shop.cancel(ledger.shop.redeem(wu, [(rice, 2)]).code)
    shown = hep("shop", "show", "大米").out.splitlines()
    assert shown[:6] == [
        "编号    XF-S0001", "名称    大米", "类别    商品", "社区    幸福里社区", "积分价  50", "库存    20 袋",
    ]  # fmt: skip
    today = str(ledger.today())
    assert shown[7:9] == ["起始日期\t积分价\t凭证", f"{today}\t50\tV{ledger.shop.prices(rice)[0].voucher}"]
    assert [line.split("\t")[1:4] for line in shown[11:]] == [
        ["兑换（冲正）", "2", "20"],
        ["兑换", "-2", "18"],
        ["入库", "20", "20"],
    ]


def test_a_day_that_has_not_come_is_refused(hep: Hep, ledger: Ledger, wu: Partner, rice: Item) -> None:
    tomorrow = str(ledger.today() + timedelta(days=1))
    assert hep("shop", "price", "米", "60", "--day", tomorrow).code == 1
    assert hep("shop", "redeem", wu.code, rice.code, "--day", tomorrow).code == 1


def test_a_receipt_keeps_to_the_width_of_its_paper(ledger: Ledger, wu: Partner) -> None:
    lines = (
        SlipLine("XF-S0001", "大米", "袋", 2, 50, "幸福里社区"),
        SlipLine("HP-S0002", "家用电器上门清洗服务券", "张", 1, 10_000, "和平社区"),
    )
    anchor = ledger.anchor
    slip = Slip(
        7,
        9,
        "2025-11-20T10:00:00+08:00",
        "李梅",
        "王强",
        "2025-11-20",
        wu,
        lines,
        10_100,
        500_000,
        489_900,
        anchor,
        None,
    )
    printed = receipt(slip)
    assert printed[0] == "幸福里社区、和平社区积分超市 兑换小票"
    assert printed[7:9] == ["家用电器上门清洗服务券", "  10000 x 1 张          10000 分"]
    assert {width(line) for line in printed[5:13]} - {width("家用电器上门清洗服务券")} == {COLUMNS}
    assert printed[-3:] == ["经办    李梅 2025-11-20 10:00", "复核    王强", f"核对码  {anchor}"]
