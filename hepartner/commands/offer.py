"""Commands about offers 惠民服务."""

from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice, Reading
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say, written
from hepartner.words.offer import STATUSES, TERMS, TRADES

from .opening import opened
from .parameters import DayOption, JsonOption, KeyOption, ListingArea, PartnerArgument, ReasonOption, given

if TYPE_CHECKING:
    from hepartner.ledger.book import Written
    from hepartner.ledger.offers import Offer

app = typer.Typer()


def yuan(text: str) -> int:
    """Return the fen of a price in yuan. Raises chinese.misread.NotANumber."""
    from hepartner.chinese.money import parse_yuan

    return parse_yuan(text, noun="价格")


YUAN = Reading(yuan, "元")

OfferArgument = Annotated[str, typer.Argument(metavar="惠民服务", help="惠民服务：编号、名称或名称的一部分")]
Trade = Annotated[str | None, typer.Option(click_type=Choice(TRADES), help="行业")]
Terms = Annotated[str | None, typer.Option(click_type=Choice(TERMS), help="优惠方式")]
Before = Annotated[int | None, typer.Option("--before", click_type=YUAN, help="原价，如 80 或 12.5 元")]
After = Annotated[int | None, typer.Option("--after", click_type=YUAN, help="给居民的现价")]
Address = Annotated[str | None, typer.Option(help="地址")]
OpeningHours = Annotated[str | None, typer.Option(help="什么时候可以用，如 工作日 9点到17点")]
Remark = Annotated[str | None, typer.Option(help="备注")]


@app.command()
def add(
    context: typer.Context,
    partner: PartnerArgument,
    title: Annotated[str, typer.Argument(metavar="服务", help="服务名称，如 免费洗牙")],
    trade: Annotated[str, typer.Option(click_type=Choice(TRADES), help="行业")] = "other",
    terms: Annotated[str, typer.Option(click_type=Choice(TERMS), help="优惠方式")] = "free",
    before: Before = None,
    after: After = None,
    address: Address = None,
    opening_hours: OpeningHours = None,
    day: DayOption = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """登记一家商企给当前社区居民的一项惠民服务。

    例：hep offer add 柏乐口腔 洗牙 --trade 医疗 --terms 优惠 --before 120 --after 60
    """
    from hepartner.ledger.offers import Offers, Particulars

    with opened(context) as ledger:
        found, community = ledger.partners.find(partner), ledger.areas.community()
        said = Particulars(
            community.id, found.id, title, ledger.day(day), trade, terms, before, after,
            address or "", opening_hours or "", remark or "",
        )  # fmt: skip
        _say("已登记", ledger.book(Offers).open(said, key=key))


@app.command()
def edit(
    context: typer.Context,
    offer: OfferArgument,
    title: Annotated[str | None, typer.Option(help="服务名称")] = None,
    trade: Trade = None,
    terms: Terms = None,
    before: Before = None,
    after: After = None,
    address: Address = None,
    opening_hours: OpeningHours = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改一项惠民服务：名称、行业、优惠方式、价格、地址、时间、备注。

    例：hep offer edit 洗牙 --after 50 --opening-hours 周末
    """
    from hepartner.ledger.offers import Offers

    fields = given(
        title=title, trade=trade, terms=terms, price_before=before, price_after=after, address=address,
        opening_hours=opening_hours, remark=remark,
    )  # fmt: skip
    with opened(context) as ledger:
        offers = ledger.book(Offers)
        _say("已修改", offers.edit(offers.find(offer), key=key, **fields))


@app.command()
def close(
    context: typer.Context,
    offer: OfferArgument,
    day: DayOption = None,
    reason: ReasonOption = "",
    key: KeyOption = None,
) -> None:
    """停止一项惠民服务；以前的使用人次照样计。

    例：hep offer close F0003 --reason 店铺搬迁
    """
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        offers = ledger.book(Offers)
        _say("已停止", offers.close(offers.find(offer), day=day, reason=reason, key=key))


@app.command()
def use(
    context: typer.Context,
    offer: OfferArgument,
    times: Annotated[int, typer.Argument(metavar="人次", min=1, help="用了几人次")] = 1,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记居民使用一项惠民服务的人次。

    例：hep offer use 洗牙 12 --day 昨天
    """
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        offers = ledger.book(Offers)
        used = offers.use(offers.find(offer, day=day or ledger.today()), times=times, day=day, key=key)
    say(f"已记 {used.now.code} {used.now.title} 使用 {times} 人次，共 {used.now.uses} 人次。")
    written(used.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    trade: Trade = None,
    terms: Terms = None,
    partner: Annotated[str | None, typer.Option(help="只看这家商企")] = None,
    closed: Annotated[bool, typer.Option("--closed", help="已停止的也列出")] = False,
    as_json: JsonOption = False,
) -> None:
    """惠民服务目录：按社区和行业列出，可以筛选。

    例：hep offer list --area 驿马街道 --trade 医疗
    """
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        offers = ledger.book(Offers).listing(
            under=ledger.areas.asked(area),
            trade=trade,
            terms=terms,
            partner=ledger.partners.find(partner) if partner else None,
            closed=closed,
        )
    columns = {
        "编号": "code",
        "社区": "community",
        "行业": lambda one: TRADES[one.trade],
        "服务": "title",
        "商企": "partner",
        "优惠方式": lambda one: TERMS[one.terms],
        "原价": lambda one: _price(one.price_before),
        "现价": lambda one: _price(one.price_after),
        "地址": "address",
        "服务时间": "opening_hours",
        "人次": "uses",
        "状态": lambda one: STATUSES[one.status],
    }
    show_listing(offers, columns, as_json=as_json)


@app.command()
def show(context: typer.Context, offer: OfferArgument, as_json: JsonOption = False) -> None:
    """查看一项惠民服务。

    例：hep offer show F0003
    """
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        one = ledger.book(Offers).find(offer)
    if as_json:
        show_json(one)
        return
    show_record(
        {
            "编号": one.code, "服务": one.title, "商企": f"{one.partner}（{one.partner_code}）", "社区": one.community,
            "行业": TRADES[one.trade], "优惠方式": TERMS[one.terms], "原价": _price(one.price_before),
            "现价": _price(one.price_after), "地址": one.address, "服务时间": one.opening_hours,
            "推出": one.opened_on, "停止": one.closed_on, "使用人次": one.uses, "备注": one.remark,
        }
    )  # fmt: skip


def _say(done: str, offered: "Written[Offer]") -> None:
    now = offered.now
    terms = f"{TRADES[now.trade]}，{TERMS[now.terms]}"
    say(f"{done} {now.code} {now.title}（{now.partner_code} {now.partner}，{now.community}，{terms}）。")
    written(offered.voucher)


def _price(fen: int | None) -> str:
    from hepartner.chinese.money import yuan as written_out

    return "" if fen is None else written_out(fen)
