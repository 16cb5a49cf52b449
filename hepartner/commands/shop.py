"""Commands about the points shop 积分超市."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record, show_table
from hepartner.terminal.talk import say, show, written
from hepartner.words.shop import CATEGORIES, PERIODS

from .opening import confirming, opened
from .parameters import (
    POINTS,
    DayOption,
    DryRunOption,
    JsonOption,
    KeyOption,
    ListingArea,
    PartnerArgument,
    ReasonOption,
    RequiredReason,
    SecondOption,
    given,
)

if TYPE_CHECKING:
    from hepartner.ledger.items import Item
    from hepartner.ledger.redeeming import Slip
    from hepartner.ledger.stocking import Stocked

app = typer.Typer()
MOVES = {"in": "入库", "out": "出库", "redeem": "兑换", "stocktake": "盘点"}

ItemArgument = Annotated[str, typer.Argument(help="商品：编号、名称、拼音、首字母或名称的一部分")]
Goods = Annotated[list[str], typer.Argument(help="商品x数量，如 米x20 油x5；x、X、×、* 都行")]
Category = Annotated[str | None, typer.Option(click_type=Choice(CATEGORIES), help="类别；不写是商品")]
Unit = Annotated[str | None, typer.Option(help="单位，如 袋、瓶、张；不写是件")]
Quota = Annotated[int | None, typer.Option(min=0, help="每人每个周期限兑几次；0 是不限")]
Period = Annotated[
    str | None, typer.Option(click_type=Choice(PERIODS), help="限兑的周期；写了次数而不写周期是季")
]


@app.command()
def redeem(
    context: typer.Context,
    partner: PartnerArgument,
    goods: Annotated[list[str], typer.Argument(help="商品和数量，如 米x2 油；x、X、×、* 都行")],
    second: SecondOption = None,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """兑换：扣积分、出商品，一次完成，并打出小票。

    商品在合伙人所在社区的超市里找；别的社区的商品写完整编号，如 HP-S0003。
    积分超过“大额兑换”（hep setting list）的，要另一位操作人当场复核。

    例：hep shop redeem wyc 米x2 油
    例：hep shop redeem wyc 米x20 --second 王强
    """
    from hepartner.chinese.quantities import parse_items
    from hepartner.terminal.receipt import receipt

    wanted = parse_items(goods)
    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        basket = ledger.shop.basket(wanted, shop=ledger.areas.get(found.community_id))
        slip = ledger.shop.redeem(found, basket, second_id=confirming(ledger, second), day=day, key=key)
    show(*receipt(slip))
    written(slip.voucher)


@app.command()
def cancel(
    context: typer.Context,
    slip: Annotated[str, typer.Argument(help="兑换单号（D45）或凭证号（V123），印在小票上")],
    reason: ReasonOption = "",
    key: KeyOption = None,
) -> None:
    """取消一张兑换单：积分和商品退回，只退一次。

    例：hep shop cancel D45 --reason 拿错了
    """
    with opened(context) as ledger:
        cancelled = ledger.shop.cancel(slip, reason=reason, key=key)
    slip_, holder = cancelled.slip, cancelled.holder
    merged = (
        "" if holder.id == slip_.partner.id else f"，{slip_.partner.name}已并入{holder.name}（{holder.code}）"
    )
    say(
        f"已取消兑换单 {slip_.code}，退回 {cancelled.points} 分{merged}；{holder.name}现有 {cancelled.balance} 分。"
    )
    written(cancelled.voucher)


@app.command("receipt")
def receipt_(
    context: typer.Context,
    slip: Annotated[str, typer.Argument(help="兑换单号（D45）或凭证号（V123）")],
    as_json: JsonOption = False,
) -> None:
    """再打一张小票，与当时的一样。

    例：hep shop receipt V123
    """
    from hepartner.terminal.receipt import receipt

    with opened(context) as ledger:
        found = ledger.shop.slip(slip)
    if as_json:
        show_json(found)
    else:
        show(*receipt(found))


@app.command()
def slips(context: typer.Context, partner: PartnerArgument, as_json: JsonOption = False) -> None:
    """列出一位合伙人的兑换单，最新的在前；取消时写单号。

    例：hep shop slips wyc
    """
    with opened(context) as ledger:
        found = ledger.shop.slips(ledger.partners.find(partner))
    columns = {
        "兑换单": "code", "日期": "happened_on", "商品": _goods, "积分": "points", "凭证": lambda slip: f"V{slip.voucher}",
        "已取消": lambda slip: f"V{slip.cancelled_in}" if slip.cancelled_in else "",
    }  # fmt: skip
    show_listing(found, columns, as_json=as_json)


@app.command("list")
def list_(context: typer.Context, area: ListingArea = None, as_json: JsonOption = False) -> None:
    """列出商品和服务券：积分价、库存、限兑。

    例：hep shop list --area 幸福里
    """
    with opened(context) as ledger:
        listed = ledger.shop.listing(under=ledger.areas.asked(area))
    columns = {
        "编号": "code", "社区": "community", "名称": "name", "类别": lambda item: CATEGORIES[item.category],
        "积分价": "price", "库存": "stock", "单位": "unit", "限兑": _quota,
    }  # fmt: skip
    show_listing(listed, columns, as_json=as_json)


@app.command("show")
def show_(context: typer.Context, item: ItemArgument, as_json: JsonOption = False) -> None:
    """查看一种商品：卡片、历次积分价、出入库流水。

    例：hep shop show 大米
    """
    with opened(context) as ledger:
        found = ledger.shop.find(item)
        prices, moves = ledger.shop.prices(found), ledger.shop.moves(found)
    if as_json:
        show_json({"item": found, "prices": prices, "moves": moves})
        return
    show_record(
        {
            "编号": found.code, "名称": found.name, "类别": CATEGORIES[found.category], "社区": found.community,
            "积分价": found.price, "库存": f"{found.stock} {found.unit}", "限兑": _quota(found),
        }
    )  # fmt: skip
    show("")
    show_table(
        ["起始日期", "积分价", "凭证"], [(one.happened_on, one.price, f"V{one.voucher}") for one in prices]
    )
    show("")
    rows = [
        (
            one.happened_on, MOVES[one.kind] + ("（冲正）" if one.reverses else ""), one.quantity, one.balance,
            f"V{one.voucher}", one.donor, one.note,
        )
        for one in moves
    ]  # fmt: skip
    show_table(["日期", "种类", "数量", "结存", "凭证", "捐赠方", "备注"], rows)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="商品或服务券的名称")],
    price: Annotated[int, typer.Argument(click_type=POINTS, help="积分价")],
    category: Category = None,
    unit: Unit = None,
    quota: Quota = None,
    period: Period = None,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """在当前社区的超市添加一种商品或服务券。

    例：hep shop add 大米 50 --unit 袋 --quota 1 --period 季
    """
    from hepartner.ledger.stocking import Goods as Particulars

    said = given(category=category, unit=unit, **_quota_fields(quota, period))
    with opened(context) as ledger:
        goods = Particulars(ledger.areas.community().id, name, **said)
        added = ledger.shop.add(goods, price, day=day, key=key)
    say(f"已添加 {_named(added.item)}，{added.item.price} 分。入库：hep shop in {added.item.code} 数量")
    written(added.voucher)


@app.command()
def edit(
    context: typer.Context,
    item: ItemArgument,
    name: Annotated[str | None, typer.Option(help="名称")] = None,
    category: Category = None,
    unit: Unit = None,
    quota: Quota = None,
    period: Period = None,
    key: KeyOption = None,
) -> None:
    """修改商品的名称、类别、单位或限兑；改价用 hep shop price。

    例：hep shop edit 大米 --quota 2 --period 月
    例：hep shop edit 大米 --quota 0
    """
    said = given(name=name, category=category, unit=unit)
    with opened(context) as ledger:
        edited = ledger.shop.edit(ledger.shop.find(item), key=key, **said, **_quota_fields(quota, period))
    say(f"已修改 {_named(edited.item)}。")
    written(edited.voucher)


@app.command()
def price(
    context: typer.Context,
    item: ItemArgument,
    price: Annotated[int, typer.Argument(click_type=POINTS, help="新的积分价")],
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """给商品定一个新的积分价，从某天起；以前的兑换不变。

    例：hep shop price 大米 55 --day 12月1日
    """
    with opened(context) as ledger:
        priced = ledger.shop.price(ledger.shop.find(item), price, day=day, key=key)
    say(f"已定价 {_named(priced.item)}，{price} 分。")
    written(priced.voucher)


@app.command("in")
def in_(
    context: typer.Context,
    goods: Goods,
    donor: Annotated[str | None, typer.Option(help="捐赠的合伙人")] = None,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """入库：买来的或合伙人捐赠的商品上架。

    例：hep shop in 米x20 油x5 --donor 惠民超市
    """
    from hepartner.chinese.quantities import parse_counts

    wanted = parse_counts(goods, least=1)
    with opened(context) as ledger:
        giver = ledger.partners.find(donor) if donor else None
        stocked = ledger.shop.stock_in(
            ledger.shop.basket(wanted), donor=giver, reason=reason, day=day, key=key
        )
    _stocked("入库", stocked)


@app.command()
def out(
    context: typer.Context,
    goods: Goods,
    reason: RequiredReason,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """出库：不经兑换拿走的商品，如过期、损坏。

    例：hep shop out 鸡蛋x3 --reason 破损
    """
    from hepartner.chinese.quantities import parse_counts

    wanted = parse_counts(goods, least=1)
    with opened(context) as ledger:
        stocked = ledger.shop.stock_out(ledger.shop.basket(wanted), reason=reason, day=day, key=key)
    _stocked("出库", stocked)


@app.command()
def stocktake(
    context: typer.Context,
    goods: Goods,
    day: DayOption = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """盘点：写实际数到的数量，与账面不同的记一笔盘点差异；没写的商品不动。

    例：hep shop stocktake 米x18 油x0
    """
    from hepartner.chinese.quantities import parse_counts

    wanted = parse_counts(goods, least=0)
    with opened(context, rehearse=dry_run) as ledger:
        taken = ledger.shop.stocktake(ledger.shop.basket(wanted), day=day, key=key)
    columns = {
        "编号": lambda one: one.item.code, "名称": lambda one: one.item.name, "账面": "expected", "实数": "counted",
        "差异": "difference",
    }  # fmt: skip
    show_listing(taken.counted, columns)
    written(taken.voucher, dry_run=dry_run)


def _quota_fields(times: int | None, period: str | None) -> dict[str, Any]:
    """Return what --quota and --period say: nothing, no quota (0), or times per period, a quarter by default."""
    if times is None:
        return given(quota_period=period)
    return {"quota_times": times or None, "quota_period": (period or "quarter") if times else None}


def _quota(item: "Item") -> str:
    return f"每{PERIODS[item.quota_period]} {item.quota_times} 次" if item.quota_period else ""


def _goods(slip: "Slip") -> str:
    return "、".join(f"{line.name}x{line.quantity}" for line in slip.lines)


def _named(item: "Item") -> str:
    return f"{item.code} {item.name}（{item.community}）"


def _stocked(what: str, stocked: "Stocked") -> None:
    for item in stocked.items:
        say(f"已{what} {_named(item)}，现有 {item.stock} {item.unit}。")
    written(stocked.voucher)
