"""Commands about pairings 结对."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hepartner.terminal.parameters import Choice, Choices
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.pairing import LINKS, STATUSES
from hepartner.words.partner import KINDS

from .opening import opened
from .parameters import AreaOption, DayOption, JsonOption, KeyOption, PartnerArgument

if TYPE_CHECKING:
    from hepartner.ledger.book import Written
    from hepartner.ledger.pairings import Pairing

app = typer.Typer()

# Any, because typer takes a tuple for an option of several words.
Links = Annotated[Any, typer.Option(click_type=Choices(LINKS), help="六联，用顿号隔开，可写 全部")]


@app.command()
def add(
    context: typer.Context,
    partner: PartnerArgument,
    links: Links = None,
    day: DayOption = None,
    remark: Annotated[str, typer.Option(help="备注")] = "",
    key: KeyOption = None,
) -> None:
    """登记一家社群或商企与当前社区结对。

    例：hep pairing add 柏乐口腔 --links 组织联建、服务联做 --day 2025-03-01
    """
    from hepartner.ledger.pairings import Pairings

    with opened(context) as ledger:
        found = ledger.partners.find(partner)
        paired = ledger.book(Pairings).start(
            found, ledger.areas.community(), links=links or (), day=day, remark=remark, key=key
        )
    _say("已登记", paired)


@app.command()
def edit(
    context: typer.Context,
    partner: PartnerArgument,
    links: Links = None,
    remark: Annotated[str | None, typer.Option(help="备注")] = None,
    key: KeyOption = None,
) -> None:
    """修改一家单位与当前社区结对的六联内容或备注；--links 以所写的为全部。

    例：hep pairing edit 柏乐口腔 --links 全部
    """
    from hepartner.ledger.pairings import Pairings

    with opened(context) as ledger:
        pairings = ledger.book(Pairings)
        found = pairings.find(ledger.partners.find(partner), ledger.areas.community())
        edited = pairings.edit(found, links=links, remark=remark, key=key)
    _say("已修改", edited)


@app.command()
def end(
    context: typer.Context,
    partner: PartnerArgument,
    day: DayOption = None,
    reason: Annotated[str, typer.Option(help="原因")] = "",
    key: KeyOption = None,
) -> None:
    """解除一家单位与当前社区的结对。

    例：hep pairing end 柏乐口腔 --reason 迁出本市
    """
    from hepartner.ledger.pairings import Pairings

    with opened(context) as ledger:
        pairings = ledger.book(Pairings)
        found = pairings.find(ledger.partners.find(partner), ledger.areas.community())
        ended = pairings.end(found, day=day, reason=reason, key=key)
    _say("已解除", ended)


@app.command("list")
def list_(
    context: typer.Context,
    area: AreaOption = None,
    partner: Annotated[str | None, typer.Option(help="只看这家单位")] = None,
    link: Annotated[str | None, typer.Option(click_type=Choice(LINKS), help="只看有这一联的")] = None,
    idle: Annotated[int | None, typer.Option(min=1, help="只看最近几个月没有一起活动的")] = None,
    ended: Annotated[bool, typer.Option("--ended", help="已解除的也列出")] = False,
    as_json: JsonOption = False,
) -> None:
    """列出谁与哪个社区结对，最近一次一起活动是哪天。

    例：hep pairing list --area 驿马街道 --idle 6
    """
    from hepartner.ledger.pairings import Pairings

    with opened(context) as ledger:
        pairings = ledger.book(Pairings).listing(
            under=ledger.areas.asked(area),
            partner=ledger.partners.find(partner) if partner else None,
            link=link,
            idle=idle,
            ended=ended,
        )
    columns = {
        "社区": "community",
        "编号": "partner_code",
        "单位": "partner",
        "类型": lambda one: KINDS[one.kind],
        "六联": lambda one: _links(one.links),
        "起": "since",
        "止": "until",
        "状态": lambda one: STATUSES[one.status],
        "最近一起活动": "last_together",
    }
    show_listing(pairings, columns, as_json=as_json)


def _say(done: str, paired: "Written[Pairing]") -> None:
    now = paired.now
    links = f"（{_links(now.links)}）" if now.links else ""
    say(f"{done} {now.partner_code} {now.partner} 与{now.community}的结对{links}。")
    written(paired.voucher)


def _links(links: tuple[str, ...]) -> str:
    return "、".join(LINKS[link] for link in links)
