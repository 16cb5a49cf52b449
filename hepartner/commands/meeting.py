"""Commands about meetings 会议: who attended, what was raised, resolved and closed there."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.meeting import KINDS, STATUSES

from .opening import opened
from .parameters import (
    DAY,
    DUE_DAY,
    DUE_DAY_OR_NONE,
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
    """登记当前社区开过的一次会议，并提示以前的决议哪些还没有办完、上次会议以来办结了哪些。

    例：hep meeting add 三季度联席会议 --day 9月26日 --attendance 35 --partner 柏乐口腔
    """
    from hepartner.ledger.meetings import Meetings, Particulars

    from .meetingpage import earlier, not_done_yet, say_earlier

    said = given(place=place, attendance=attendance, remark=remark)
    with opened(context) as ledger:
        said["partners"] = tuple(one.id for one in ledger.partners.find_each(partner or ()))
        community = ledger.areas.community()
        particulars = Particulars(community.id, ledger.day(day), title, kind, **said)
        held = ledger.book(Meetings).hold(particulars, key=key)
        pending, ended = earlier(ledger, held.now)
        pending = not_done_yet(ledger, pending)
    say(f"已登记 {_named(held.now)}。")
    written(held.voucher)
    say_earlier(community.name, pending, ended)


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
    due: Annotated[date | None, typer.Option(click_type=DUE_DAY, help="什么时候办完")] = None,
    key: KeyOption = None,
) -> None:
    """记会上议定的一件事：谁办、什么时候办完。

    例：hep meeting resolve M0003 更换3号楼路灯 --owner 物业王经理 --due 10月15日
    """
    from hepartner.ledger.meetings import Meetings
    from hepartner.ledger.resolutions import Resolutions

    from .meetingpage import resolved

    with opened(context) as ledger:
        found = ledger.book(Meetings).find(meeting)
        by = ledger.partners.find(partner) if partner else None
        made = ledger.book(Resolutions).make(found, text, owner=owner, partner=by, due_on=due, key=key)
    say(f"已记决议 {resolved(made.now)}。")
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
def reopen(
    context: typer.Context,
    resolution: ResolutionArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """重开一项办结或撤下的决议；办结过的，在这一天减回来。

    例：hep meeting reopen J0007 --reason 路灯又坏了
    """
    _step(context, resolution, "reopened", day=day, note=reason, key=key)


@app.command()
def amend(
    context: typer.Context,
    resolution: ResolutionArgument,
    text: Annotated[str | None, typer.Option(help="议定办什么，一句话")] = None,
    owner: Annotated[str | None, typer.Option(help='谁负责；写 "" 就是去掉')] = None,
    partner: Annotated[str | None, typer.Option(help='由哪位合伙人办；写 "" 就是去掉')] = None,
    due: Annotated[Any, typer.Option(click_type=DUE_DAY_OR_NONE, help='何时办完；写 "" 就是不定期限')] = None,
    key: KeyOption = None,
) -> None:
    """修改一项决议的内容、负责人、合伙人或期限；改前改后都留在历史里。

    例：hep meeting amend J0007 --owner 物业赵经理 --due 11月15日
    """
    from hepartner.ledger.resolutions import Resolutions

    from .meetingpage import resolved

    said = given(title=text, owner=owner)
    if due is not None:
        said["due_on"] = str(due) or None
    with opened(context) as ledger:
        if partner is not None:
            said["partner_id"] = ledger.partners.find(partner).id if partner else None
        book = ledger.book(Resolutions)
        amended = book.edit(book.find(resolution), key=key, **said)
    say(f"已修改决议 {resolved(amended.now)}。")
    written(amended.voucher)


@app.command()
def cooperate(
    context: typer.Context,
    partner: PartnerArgument,
    with_: Annotated[
        str | None, typer.Option("--with", help="合作方：另一位合伙人；不写就是与社区合作")
    ] = None,
    meeting: Annotated[str | None, typer.Option(help="在哪次会议上促成")] = None,
    offer: Annotated[str | None, typer.Option(help="关于哪项惠民服务")] = None,
    need: Annotated[str | None, typer.Option(help="满足哪项需求")] = None,
    day: Annotated[date | None, typer.Option(click_type=DAY, help="日期；不写是会议那天或今天")] = None,
    note: Annotated[str, typer.Option("--note", help="合作什么")] = "",
    key: KeyOption = None,
) -> None:
    """记促成的一家商企合作：与另一位合伙人，或者与社区。

    例：hep meeting cooperate 柏乐口腔 --with 养老服务中心 --meeting M0005 --need Q0003 --note 每月上门检查
    """
    from hepartner.ledger.cooperations import Cooperations
    from hepartner.ledger.meetings import Meetings
    from hepartner.ledger.needs import Needs
    from hepartner.ledger.offers import Offers

    with opened(context) as ledger:
        at = ledger.book(Meetings).find(meeting) if meeting else None
        closed = ledger.book(Cooperations).close(
            ledger.partners.find(partner),
            ledger.areas.get(at.community_id) if at else ledger.areas.community(),
            with_=ledger.partners.find(with_) if with_ else None,
            meeting=at,
            offer=ledger.book(Offers).find(offer) if offer else None,
            need=ledger.book(Needs).find(need) if need else None,
            day=day,
            note=note,
            key=key,
        )
    now = closed.now
    say(
        f"已记 {now.partner_code} {now.partner} 与{now.with_name or now.community}的合作（{now.happened_on}）。"
    )
    if now.need_code:
        say(f"需求 {now.need_code} {now.need} 如已满足，请用 hep need meet {now.need_code} 记下。")
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
    """查看一次会议：参会单位、议题、决议、促成的合作和落地的项目，以前会议到这次还没有办完的决议，和上次会议以来办结、撤下的。

    例：hep meeting show M0003
    """
    from .meetingpage import show_meeting

    with opened(context) as ledger:
        show_meeting(ledger, meeting, as_json=as_json)


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

    from .meetingpage import RESOLUTIONS

    with opened(context) as ledger:
        within, by = ledger.areas.asked(area), ledger.partners.find(partner) if partner else None
        found = ledger.book(Resolutions).listing(under=within, status=status, overdue=overdue, partner=by)
    show_listing(found, RESOLUTIONS, as_json=as_json)


@app.command()
def cooperations(context: typer.Context, area: ListingArea = None, as_json: JsonOption = False) -> None:
    """列出促成的商企合作，新的在前。

    例：hep meeting cooperations --area 驿马街道
    """
    from hepartner.ledger.cooperations import Cooperations

    from .meetingpage import COOPERATIONS

    with opened(context) as ledger:
        found = ledger.book(Cooperations).listing(under=ledger.areas.asked(area))
    show_listing(found, COOPERATIONS, as_json=as_json)


def _step(
    context: typer.Context, resolution: str, event: str, *, day: date | None, note: str, key: str | None
) -> None:
    from hepartner.ledger.resolutions import Resolutions

    from .meetingpage import resolved

    with opened(context) as ledger:
        book = ledger.book(Resolutions)
        stepped: Written[Resolution] = book.step(book.find(resolution), event, day=day, note=note, key=key)
    say(f"{'已重开' if event == 'reopened' else STATUSES[event]} {resolved(stepped.now)}。")
    written(stepped.voucher)


def _named(meeting: "Meeting") -> str:
    return f"{meeting.code} {meeting.held_on} {meeting.title}（{meeting.community}，{KINDS[meeting.kind]}）"
