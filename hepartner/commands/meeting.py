"""Commands about meetings 会议: who attended, what was raised, resolved and closed there."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record
from hepartner.terminal.talk import say, show, written
from hepartner.words.meeting import KINDS, STATUSES

from .opening import opened
from .parameters import (
    DAY,
    DayOption,
    DryRunOption,
    FromDayOption,
    JsonOption,
    KeyOption,
    ListingArea,
    PartnerArgument,
    ReasonOption,
    ToDayOption,
    check_days,
    given,
    typed_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hepartner.ledger.book import Written
    from hepartner.ledger.meetings import Meeting
    from hepartner.ledger.resolutions import Resolution

app = typer.Typer()

MeetingArgument = Annotated[str, typer.Argument(metavar="会议", help="会议：编号、名称或名称的一部分")]
ResolutionArgument = Annotated[str, typer.Argument(metavar="决议", help="决议：编号、内容或内容的一部分")]
Kind = Annotated[str | None, typer.Option(click_type=Choice(KINDS), help="会议类型")]
Attendance = Annotated[int | None, typer.Option(min=0, help="参会人数，按报来的数写")]
Place = Annotated[str | None, typer.Option(help="地点")]
Remark = Annotated[str | None, typer.Option(help="备注")]
Note = Annotated[str, typer.Option("--note", help="这一步的说明")]


@app.command()
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="名称", help="会议名称")],
    kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="会议类型")] = "joint",
    day: DayOption = None,
    place: Place = None,
    attendance: Attendance = None,
    partner: Annotated[list[str] | None, typer.Option(help="参会的合伙人，可写多次")] = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """登记当前社区开过的一次会议，并提示以前的决议哪些还没有办完。

    例：hep meeting add 三季度联席会议 --day 9月26日 --attendance 35 --partner 柏乐口腔
    """
    from hepartner.ledger.meetings import Meetings, Particulars
    from hepartner.ledger.resolutions import Resolutions

    said = given(place=place, attendance=attendance, remark=remark)
    with opened(context) as ledger:
        said["partners"] = tuple(one.id for one in ledger.partners.find_each(partner or ()))
        community = ledger.areas.community()
        particulars = Particulars(community.id, ledger.day(day), title, kind, **said)
        held = ledger.book(Meetings).hold(particulars, key=key)
        earlier = ledger.book(Resolutions).pending_at(held.now)
    say(f"已登记 {_named(held.now)}。")
    written(held.voucher)
    _say_pending(community.name, [one for one in earlier if one.status == "open"])


@app.command()
def edit(
    context: typer.Context,
    meeting: MeetingArgument,
    title: Annotated[str | None, typer.Option(help="会议名称")] = None,
    kind: Kind = None,
    place: Place = None,
    attendance: Attendance = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改会议的名称、类型、地点、参会人数或备注；日期错了请撤销后重新登记。

    例：hep meeting edit M0003 --attendance 38
    """
    from hepartner.ledger.meetings import Meetings

    fields = given(title=title, kind=kind, place=place, attendance=attendance, remark=remark)
    with opened(context) as ledger:
        meetings = ledger.book(Meetings)
        edited = meetings.edit(meetings.find(meeting), key=key, **fields)
    say(f"已修改 {_named(edited.now)}。")
    written(edited.voucher)


@app.command()
def attend(
    context: typer.Context,
    meeting: MeetingArgument,
    partners: Annotated[list[str] | None, typer.Argument(metavar="合伙人", help="参会的合伙人")] = None,
    file: Annotated[Path | None, typer.Option(help="名单文件，每行一个；不写就从标准输入读")] = None,
    dry_run: DryRunOption = False,
    key: KeyOption = None,
) -> None:
    """记哪些合伙人参加了会议；已在名单里的不重复记。

    例：hep meeting attend M0003 柏乐口腔 家政协会
    例：hep meeting attend 三季度联席会议 --file 签到.txt --dry-run
    """
    typed = typed_lines(partners, file, "没有写参会的合伙人。请写在会议后面，或用 --file 指明文件。")
    from hepartner.ledger.meetings import Meetings

    with opened(context, rehearse=dry_run) as ledger:
        meetings = ledger.book(Meetings)
        found = meetings.find(meeting)
        asked = ledger.partners.find_each(one.strip() for one in typed)
        attended = meetings.attend(found, asked, key=key)
    new = {one.id for one in attended.now}
    say(f"已记 {len(new)} 家参加 {_named(found)}：{'、'.join(one.name for one in attended.now)}。")
    there = [one.name for one in asked if one.id not in new]
    if there:
        say(f"已在名单里，没有重复记：{'、'.join(there)}。")
    written(attended.voucher, dry_run=dry_run)


@app.command("raise")
def raise_(
    context: typer.Context,
    meeting: MeetingArgument,
    text: Annotated[str, typer.Argument(metavar="议题", help="议了什么，一句话")],
    issue: Annotated[str | None, typer.Option(help="关于哪个民生问题：编号或标题")] = None,
    key: KeyOption = None,
) -> None:
    """记会上提出的一个议题，可以连到一个民生问题。

    例：hep meeting raise M0003 3号楼路灯 --issue W0045
    """
    from hepartner.ledger.meetings import Meetings

    with opened(context) as ledger:
        meetings = ledger.book(Meetings)
        found, about = meetings.find(meeting), ledger.issues.find(issue) if issue else None
        raised = meetings.raise_matter(found, text, issue=about, key=key)
    linked = f"（{about.code} {about.title}）" if about else ""
    say(f"已记 {found.code} 第 {len(raised.now)} 个议题：{raised.now[-1].text}{linked}。")
    written(raised.voucher)


@app.command()
def resolve(
    context: typer.Context,
    meeting: MeetingArgument,
    text: Annotated[str, typer.Argument(metavar="决议", help="议定办什么，一句话")],
    owner: Annotated[str, typer.Option(help="谁负责，如 物业王经理")] = "",
    partner: Annotated[str | None, typer.Option(help="由哪位合伙人办")] = None,
    due: Annotated[date | None, typer.Option(click_type=DAY, help="什么时候办完")] = None,
    key: KeyOption = None,
) -> None:
    """记会上议定的一件事：谁办、什么时候办完。

    例：hep meeting resolve M0003 更换3号楼路灯 --owner 物业王经理 --due 10月15日
    """
    from hepartner.ledger.meetings import Meetings
    from hepartner.ledger.resolutions import Resolutions

    with opened(context) as ledger:
        found = ledger.book(Meetings).find(meeting)
        by = ledger.partners.find(partner) if partner else None
        made = ledger.book(Resolutions).make(found, text, owner=owner, partner=by, due_on=due, key=key)
    say(f"已记决议 {_resolved(made.now)}。")
    written(made.voucher)


@app.command()
def done(
    context: typer.Context,
    resolution: ResolutionArgument,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记一项决议已经办结。

    例：hep meeting done J0007 --day 昨天
    """
    _step(context, resolution, "done", day=day, note=note, key=key)


@app.command()
def drop(
    context: typer.Context,
    resolution: ResolutionArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """撤下一项不再办的决议。

    例：hep meeting drop J0007 --reason 已由街道统一改造
    """
    _step(context, resolution, "dropped", day=day, note=reason, key=key)


@app.command()
def cooperate(
    context: typer.Context,
    partner: PartnerArgument,
    with_: Annotated[
        str | None, typer.Option("--with", help="合作方：另一位合伙人；不写就是与社区合作")
    ] = None,
    meeting: Annotated[str | None, typer.Option(help="在哪次会议上促成")] = None,
    offer: Annotated[str | None, typer.Option(help="关于哪项惠民服务")] = None,
    day: Annotated[date | None, typer.Option(click_type=DAY, help="日期；不写是会议那天或今天")] = None,
    note: Annotated[str, typer.Option("--note", help="合作什么")] = "",
    key: KeyOption = None,
) -> None:
    """记促成的一家商企合作：与另一位合伙人，或者与社区。

    例：hep meeting cooperate 柏乐口腔 --with 养老服务中心 --meeting M0005 --note 每月上门检查
    """
    from hepartner.ledger.cooperations import Cooperations
    from hepartner.ledger.meetings import Meetings
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        at = ledger.book(Meetings).find(meeting) if meeting else None
        closed = ledger.book(Cooperations).close(
            ledger.partners.find(partner),
            ledger.areas.get(at.community_id) if at else ledger.areas.community(),
            with_=ledger.partners.find(with_) if with_ else None,
            meeting=at,
            offer=ledger.book(Offers).find(offer) if offer else None,
            day=day,
            note=note,
            key=key,
        )
    now = closed.now
    say(
        f"已记 {now.partner_code} {now.partner} 与{now.with_name or now.community}的合作（{now.happened_on}）。"
    )
    written(closed.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    kind: Kind = None,
    first: FromDayOption = None,
    last: ToDayOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出会议，新的在前；可按区域、类型、日期筛选。

    例：hep meeting list --area 驿马街道 --kind 联席会议 --from 2025-07-01
    """
    check_days(first, last)
    from hepartner.ledger.meetings import Meetings

    with opened(context) as ledger:
        meetings = ledger.book(Meetings).listing(
            under=ledger.areas.asked(area), kind=kind, first=first, last=last
        )
    columns = {
        "编号": "code", "日期": "held_on", "社区": "community", "类型": lambda one: KINDS[one.kind], "名称": "title",
        "地点": "place", "参会人数": "attendance", "参会单位": "partners", "议题": "matters", "决议": "resolutions",
        "未办完": "open",
    }  # fmt: skip
    show_listing(meetings, columns, as_json=as_json)


@app.command("show")
def show_(context: typer.Context, meeting: MeetingArgument, as_json: JsonOption = False) -> None:
    """查看一次会议：参会单位、议题、决议、促成的合作，以及以前会议到这次还没有办完的决议。

    例：hep meeting show M0003
    """
    from hepartner.ledger.cooperations import Cooperations
    from hepartner.ledger.meetings import Meetings
    from hepartner.ledger.resolutions import Resolutions

    with opened(context) as ledger:
        meetings, book = ledger.book(Meetings), ledger.book(Resolutions)
        found = meetings.find(meeting)
        partners, matters = meetings.attending(found), meetings.matters(found)
        resolutions, pending = book.made_at(found), book.pending_at(found)
        cooperations = ledger.book(Cooperations).listing(meeting=found)
    if as_json:
        attended = [{"code": one.code, "name": one.name} for one in partners]
        parts = {"matters": matters, "resolutions": resolutions, "pending": pending}
        show_json({"meeting": found, "partners": attended, **parts, "cooperations": cooperations})
        return
    show_record(
        {
            "编号": found.code, "名称": found.title, "类型": KINDS[found.kind], "社区": found.community,
            "日期": found.held_on, "地点": found.place, "参会人数": found.attendance or "",
            "参会单位": "、".join(one.name for one in partners), "备注": found.remark,
        }
    )  # fmt: skip
    show("")
    show_listing(matters, {"议题": "text", "问题编号": "issue_code", "问题": "issue"})
    show("")
    show_listing(resolutions, _RESOLUTIONS)
    show("")
    show_listing(pending, {name.replace("决议", "以前的决议"): read for name, read in _RESOLUTIONS.items()})
    show("")
    show_listing(cooperations, _COOPERATIONS)


@app.command()
def resolutions(
    context: typer.Context,
    area: ListingArea = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="状态")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看超期没有办完的")] = False,
    partner: Annotated[str | None, typer.Option(help="只看由这位合伙人办的")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出会议的决议，先到期的在前。

    例：hep meeting resolutions --area 驿马街道 --overdue
    """
    from hepartner.ledger.resolutions import Resolutions

    with opened(context) as ledger:
        found = ledger.book(Resolutions).listing(
            under=ledger.areas.asked(area),
            status=status,
            overdue=overdue,
            partner=ledger.partners.find(partner) if partner else None,
        )
    show_listing(found, _RESOLUTIONS, as_json=as_json)


@app.command()
def cooperations(context: typer.Context, area: ListingArea = None, as_json: JsonOption = False) -> None:
    """列出促成的商企合作，新的在前。

    例：hep meeting cooperations --area 驿马街道
    """
    from hepartner.ledger.cooperations import Cooperations

    with opened(context) as ledger:
        found = ledger.book(Cooperations).listing(under=ledger.areas.asked(area))
    show_listing(found, _COOPERATIONS, as_json=as_json)


def _step(
    context: typer.Context, resolution: str, event: str, *, day: date | None, note: str, key: str | None
) -> None:
    from hepartner.ledger.resolutions import Resolutions

    with opened(context) as ledger:
        book = ledger.book(Resolutions)
        stepped: Written[Resolution] = book.step(book.find(resolution), event, day=day, note=note, key=key)
    say(f"{STATUSES[event]} {_resolved(stepped.now)}。")
    written(stepped.voucher)


def _say_pending(community: str, pending: "Sequence[Resolution]") -> None:
    """Say which resolutions of earlier meetings are not done, so that this one looks at them."""
    if pending:
        late = sum(one.late > 0 for one in pending)
        overdue = f"，其中 {late} 项超期" if late else ""
        say(f"{community}以前的会议还有 {len(pending)} 项决议没有办完{overdue}：")
        say(*(f"  {_resolved(one)}" for one in pending))


def _named(meeting: "Meeting") -> str:
    return f"{meeting.code} {meeting.held_on} {meeting.title}（{meeting.community}，{KINDS[meeting.kind]}）"


def _resolved(one: "Resolution") -> str:
    late = f"，已超期 {one.late} 天" if one.late else ""
    said = [_who(one), f"{one.due_on} 到期{late}" if one.due_on else ""]
    details = "，".join(part for part in said if part)
    return f"{one.code} {one.title}" + (f"（{details}）" if details else "")


def _who(one: "Resolution") -> str:
    return "、".join(who for who in (one.owner, one.partner) if who)


_RESOLUTIONS = {
    "编号": "code", "决议": "title", "社区": "community", "会议": "meeting", "议定": "made_on", "负责": _who, "期限": "due_on",
    "状态": lambda one: STATUSES[one.status], "办结或撤下": "ended_on", "超期天数": lambda one: one.late or None,
}  # fmt: skip
_COOPERATIONS = {
    "日期": "happened_on", "社区": "community", "商企": "partner", "合作方": lambda one: one.with_name or one.community,
    "会议": "meeting", "惠民服务": "offer", "合作内容": "note", "凭证": lambda one: f"V{one.voucher}",
}  # fmt: skip
