"""Commands about support 扶持."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice, Reading
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.support import KINDS, STATUSES

from .opening import opened
from .parameters import (
    DUE_DAY,
    MINUTES,
    DayOption,
    FromDayOption,
    JsonOption,
    KeyOption,
    ListingArea,
    NoteOption,
    PartnerArgument,
    ReasonOption,
    ToDayOption,
    check_days,
)

if TYPE_CHECKING:
    from hepartner.ledger.book import Written
    from hepartner.ledger.venues import Booking

app = typer.Typer()


def time(text: str) -> int:
    """Return the minutes after midnight of a time like 08:30 or 下午3点; 24:00 is the end of the day. Raises NotATime."""
    from hepartner.chinese.clock import parse_time

    return 24 * 60 if text.strip() in ("24:00", "24点", "2400") else parse_time(text)


TIME = Reading(time, "时刻")
VenueArgument = Annotated[str, typer.Argument(metavar="场地", help="当前社区的场地：名称或名称的一部分")]
BookingArgument = Annotated[
    str, typer.Argument(metavar="预订号", help="预订号，如 Y0012，见 hep support bookings")
]


@app.command()
def venue(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="场地名称，如 党群活动室")],
    rename: Annotated[str, typer.Option(help="改成这个名称")] = "",
    place: Annotated[str | None, typer.Option(help="地点")] = None,
    remark: Annotated[str | None, typer.Option(help="备注，如可坐几人")] = None,
    key: KeyOption = None,
) -> None:
    """登记当前社区的一个场地；已有的改写所写的几项。

    例：hep support venue 党群活动室 --place 一楼 --remark 可坐40人
    """
    from hepartner.ledger.supports import Supports

    with opened(context) as ledger:
        done = ledger.book(Supports).venue(
            name, ledger.areas.community(), rename=rename, place=place, remark=remark, key=key
        )
    say(f"{done.now.community}的场地：{done.now.name}{f'（{done.now.place}）' if done.now.place else ''}。")
    written(done.voucher)


@app.command()
def venues(context: typer.Context, area: ListingArea = None, as_json: JsonOption = False) -> None:
    """列出场地，用过几次，还有几个待用的预订。

    例：hep support venues --area 驿马街道
    """
    from hepartner.ledger.venues import Venues

    with opened(context) as ledger:
        found = ledger.book(Venues).listing(under=ledger.areas.asked(area))
    columns = {
        "社区": "community", "场地": "name", "地点": "place", "已用次数": "uses", "待用预订": "ahead", "备注": "remark",
    }  # fmt: skip
    show_listing(found, columns, as_json=as_json)


@app.command()
def book(
    context: typer.Context,
    venue: VenueArgument,
    partner: PartnerArgument,
    first: Annotated[int, typer.Option("--from", click_type=TIME, help="几点起，如 14:00、下午2点")],
    last: Annotated[int, typer.Option("--to", click_type=TIME, help="几点止，如 16:30")],
    day: Annotated[
        date | None, typer.Option(click_type=DUE_DAY, help="哪一天，可以是以后；不写是今天")
    ] = None,
    purpose: Annotated[str, typer.Option(help="用途")] = "",
    planned: Annotated[bool, typer.Option("--planned", help="只预订，用过再记；以后的日期都是这样")] = False,
    key: KeyOption = None,
) -> None:
    """给一位合伙人预订场地；今天和以前的随即记为使用。同一时间只能有一个预订。

    例：hep support book 活动室 柏乐口腔 --day 明天 --from 下午2点 --to 16:30 --purpose 口腔课堂
    """
    from hepartner.ledger.supports import Supports

    with opened(context) as ledger:
        supports = ledger.book(Supports)
        found = supports.venues.find(venue, ledger.areas.community())
        booked = supports.book(
            found,
            ledger.partners.find(partner),
            day,
            (first, last),
            purpose=purpose,
            planned=planned,
            key=key,
        )
    _say("已预订并记为使用" if booked.now.status == "used" else "已预订", booked)


@app.command()
def use(context: typer.Context, booking: BookingArgument, key: KeyOption = None) -> None:
    """记预订的场地已经使用；计一次场地扶持。

    例：hep support use Y0012
    """
    from hepartner.ledger.supports import Supports

    with opened(context) as ledger:
        supports = ledger.book(Supports)
        used = supports.use(supports.venues.booking(booking), key=key)
    _say("已使用", used)


@app.command()
def cancel(
    context: typer.Context, booking: BookingArgument, reason: ReasonOption = "", key: KeyOption = None
) -> None:
    """取消一个预订；已经记过使用的一并冲回。

    例：hep support cancel Y0012 --reason 下雨改期
    """
    from hepartner.ledger.supports import Supports

    with opened(context) as ledger:
        supports = ledger.book(Supports)
        cancelled = supports.cancel(supports.venues.booking(booking), reason=reason, key=key)
    _say("已取消", cancelled)


@app.command()
def rebook(
    context: typer.Context,
    booking: BookingArgument,
    venue: Annotated[str | None, typer.Option(help="改到哪个场地；不写是原来的")] = None,
    day: Annotated[date | None, typer.Option(click_type=DUE_DAY, help="改到哪一天；不写是原来的")] = None,
    first: Annotated[
        int | None, typer.Option("--from", click_type=TIME, help="几点起；只写这个，时长不变")
    ] = None,
    last: Annotated[int | None, typer.Option("--to", click_type=TIME, help="几点止")] = None,
    reason: ReasonOption = "",
    key: KeyOption = None,
) -> None:
    """把还没有使用的预订改到别的日期、时间或场地；预订号不变，原来的留在历史里。

    例：hep support rebook Y0012 --day 后天 --from 9点 --reason 下雨
    """
    from hepartner.ledger.supports import Supports

    with opened(context) as ledger:
        supports = ledger.book(Supports)
        found = supports.venues.booking(booking)
        where = supports.venues.find(venue, ledger.areas.get(found.community_id)) if venue else None
        moved = supports.rebook(found, venue=where, day=day, first=first, last=last, reason=reason, key=key)
    _say("已改订", moved)


@app.command()
def give(
    context: typer.Context,
    partner: PartnerArgument,
    kind: Annotated[str, typer.Argument(click_type=Choice(KINDS), help="给了什么")],
    venue: Annotated[str | None, typer.Option(help="用了哪个场地；只用于场地")] = None,
    hours: Annotated[int, typer.Option(click_type=MINUTES, help="用了多久；只用于场地")] = 0,
    day: DayOption = None,
    note: NoteOption = "",
    key: KeyOption = None,
) -> None:
    """记当前社区给一位合伙人的一次扶持：场地、宣传、办公、对接。

    例：hep support give 柏乐口腔 宣传 --note 公众号推送 --day 昨天
    """
    from hepartner.ledger.supports import Support, Supports

    with opened(context) as ledger:
        supports, community = ledger.book(Supports), ledger.areas.community()
        venue_id = supports.venues.find(venue, community).id if venue else None
        on = ledger.day(day)
        said = Support(community.id, ledger.partners.find(partner).id, kind, on, hours, venue_id)
        given = supports.give(said, note=note, key=key)
    now = given.now
    say(
        f"已记 {now.community} {now.happened_on} 给{now.partner}（{now.partner_code}）的扶持：{KINDS[now.kind]}。"
    )
    written(given.voucher)


@app.command()
def bookings(
    context: typer.Context,
    area: ListingArea = None,
    venue: Annotated[str | None, typer.Option(help="只看当前社区的这个场地")] = None,
    partner: Annotated[str | None, typer.Option(help="只看这位合伙人的")] = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="只看这种状态的")] = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出场地的预订，按日期和时间。

    例：hep support bookings --venue 活动室 --from 今天
    """
    from hepartner.ledger.venues import Venues

    check_days(first, last)
    with opened(context) as ledger:
        book = ledger.book(Venues)
        found = book.bookings(
            under=ledger.areas.asked(area),
            venue=book.find(venue, ledger.areas.community()) if venue else None,
            partner=ledger.partners.find(partner) if partner else None,
            first=first,
            last=last,
            status=status,
        )
    columns = {
        "预订号": "code", "日期": "day", "时间": "time", "社区": "community", "场地": "venue", "编号": "partner_code",
        "合伙人": "partner", "用途": "purpose", "状态": lambda one: STATUSES[one.status],
    }  # fmt: skip
    show_listing(found, columns, as_json=as_json)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    partner: Annotated[str | None, typer.Option(help="只看这位合伙人得到的")] = None,
    kind: Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="只看这种扶持")] = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出合伙人得到的扶持，新的在前。

    例：hep support list --kind 宣传 --from 2025-01-01
    """
    from hepartner.ledger.supports import Supports

    check_days(first, last)
    with opened(context) as ledger:
        given = ledger.book(Supports).listing(
            under=ledger.areas.asked(area),
            partner=ledger.partners.find(partner) if partner else None,
            kind=kind,
            first=first,
            last=last,
        )
    columns = {
        "日期": "happened_on", "凭证": lambda one: f"V{one.voucher}", "社区": "community", "编号": "partner_code",
        "合伙人": "partner", "扶持": lambda one: KINDS[one.kind], "场地": "venue", "分钟": lambda one: one.minutes or "",
        "预订号": "booking", "备注": "note",
    }  # fmt: skip
    show_listing(given, columns, as_json=as_json)


def _say(done: str, written_: "Written[Booking]") -> None:
    now = written_.now
    purpose = f"，{now.purpose}" if now.purpose else ""
    say(
        f"{done} {now.code}：{now.community}{now.venue} {now.day} {now.time}，{now.partner}（{now.partner_code}）{purpose}。"
    )
    written(written_.voucher)
