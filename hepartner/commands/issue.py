"""Commands about residents' issues 民生问题."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record, show_table
from hepartner.terminal.talk import say, written
from hepartner.words.issue import EVENTS, STATUSES

from .opening import opened
from .parameters import DAY, DUE_DAY, POINTS, DayOption, JsonOption, KeyOption, ListingArea, PartnerArgument

if TYPE_CHECKING:
    from hepartner.ledger.handling import Issue, IssueWritten

app = typer.Typer()
ANSWERS = {True: "满意", False: "不满意", None: ""}

IssueArgument = Annotated[str, typer.Argument(help="问题：编号、标题或标题的一部分")]
CategoryOption = Annotated[str | None, typer.Option("--category", help="类别：代码、名称或名称的一部分")]
Place = Annotated[str | None, typer.Option(help="地点")]
Due = Annotated[date | None, typer.Option("--due", click_type=DUE_DAY, help="截止日期")]
Remark = Annotated[str | None, typer.Option(help="备注")]
Note = Annotated[str, typer.Option("--note", help="这一步的说明")]


@app.command()
def add(
    context: typer.Context,
    category: Annotated[str, typer.Argument(metavar="类别", help="类别：代码、名称或名称的一部分，如 路灯")],
    title: Annotated[str, typer.Argument(help="什么事，一句话")],
    place: Place = None,
    day: DayOption = None,
    due: Annotated[
        date | None, typer.Option(click_type=DUE_DAY, help="截止日期；不写按类别的办理天数")
    ] = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """登记当前社区的居民上报的一个问题。

    例：hep issue add 路灯 3号楼门口路灯不亮 --place 幸福小区 --day 昨天
    """
    with opened(context) as ledger:
        reported = ledger.issues.report(
            ledger.issues.categories.find(category),
            title,
            ledger.areas.community(),
            place=place or "",
            day=day,
            due_on=due,
            remark=remark or "",
            key=key,
        )
    issue = reported.issue
    say(
        f"已登记 {issue.code} {issue.title}（{issue.community}，{issue.category_name}），截止 {issue.due_on}。"
    )
    written(reported.voucher)


@app.command()
def assign(
    context: typer.Context,
    issue: IssueArgument,
    assignee: Annotated[str, typer.Argument(metavar="承办人", help="交给谁办，如 物业王经理")],
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """把问题交给谁办；可以改交别人。

    例：hep issue assign W0045 物业王经理
    """
    with opened(context) as ledger:
        step = ledger.issues.assign(ledger.issues.find(issue), assignee, day=day, key=key)
    _stepped(step, f"已交 {step.issue.assignee} 办理")


@app.command()
def resolve(
    context: typer.Context,
    issue: IssueArgument,
    beneficiaries: Annotated[int, typer.Option(min=0, help="受益人数，按报来的数写")] = 0,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记问题已解决，写受益人数。

    例：hep issue resolve W0045 --beneficiaries 120 --day 昨天
    """
    with opened(context) as ledger:
        found = ledger.issues.find(issue)
        step = ledger.issues.resolve(found, beneficiaries=beneficiaries, note=note, day=day, key=key)
    _stepped(step, f"已解决，受益 {beneficiaries} 人")


@app.command()
def confirm(
    context: typer.Context,
    issue: IssueArgument,
    satisfied: Annotated[bool, typer.Option("--satisfied", help="居民满意；没问到就都不写")] = False,
    unsatisfied: Annotated[bool, typer.Option("--unsatisfied", help="居民不满意")] = False,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记居民已确认解决，满意或不满意。

    例：hep issue confirm W0045 --satisfied
    """
    if satisfied and unsatisfied:
        raise typer.BadParameter("--satisfied 和 --unsatisfied 只写一个。")
    answer = satisfied if satisfied or unsatisfied else None
    with opened(context) as ledger:
        step = ledger.issues.confirm(ledger.issues.find(issue), satisfied=answer, day=day, key=key)
    _stepped(step, f"已确认，居民{ANSWERS[answer] or '没有说满意与否'}")


@app.command()
def reopen(
    context: typer.Context,
    issue: IssueArgument,
    reason: Annotated[str, typer.Option(help="原因")] = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """重开已解决的问题：解决、确认和受益人数都冲回。

    例：hep issue reopen W0045 --reason 又不亮了
    """
    with opened(context) as ledger:
        step = ledger.issues.reopen(ledger.issues.find(issue), reason=reason, day=day, key=key)
    _stepped(step, "已重开，等待办理")


@app.command()
def duplicate(
    context: typer.Context,
    issue: IssueArgument,
    other: Annotated[str, typer.Argument(metavar="原问题", help="它重复的那个问题")],
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """把重复上报的问题并入原来的那个，不再计办结。

    例：hep issue duplicate W0045 W0012
    """
    with opened(context) as ledger:
        found, of = ledger.issues.find(issue), ledger.issues.find(other)
        step = ledger.issues.duplicate(found, of, day=day, key=key)
    _stepped(step, f"已并入 {of.code} {of.title}")


@app.command("help")
def help_(
    context: typer.Context,
    issue: IssueArgument,
    partner: PartnerArgument,
    points: Annotated[int | None, typer.Option(click_type=POINTS, help="给多少积分；不写不给")] = None,
    rule: Annotated[str | None, typer.Option(help="按哪条规则给分：代码、名称、拼音或首字母")] = None,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记一位合伙人协助办理，可按规则或写明的分数给积分。

    例：hep issue help W0045 武玉侪 --rule 协助解决问题
    例：hep issue help W0045 武玉侪 --points 15
    """
    if points is not None and rule is not None:
        raise typer.BadParameter("--points 和 --rule 只写一个。")
    with opened(context) as ledger:
        found, helper = ledger.issues.find(issue), ledger.partners.find(partner)
        by = ledger.rulebook.find(rule) if rule else None
        helped = ledger.issues.help(found, helper, points=points, rule=by, day=day, key=key)
    gained = f"，得 {helped.points} 分" if points or rule else ""
    say(f"已记 {helper.code} {helper.name} 协助 {found.code} {found.title}{gained}。")
    if helped.cap:
        say(f"{helped.cap}。")
    written(helped.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="状态")] = None,
    category: CategoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出问题，新的在前；可按区域、状态、类别筛选。

    例：hep issue list --area 驿马街道 --status 待办理
    """
    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        kind = ledger.issues.categories.find(category) if category else None
        issues = ledger.issues.listing(under=under, status=status, category=kind)
    columns = {**_COLUMNS, "状态": lambda one: STATUSES[one.status], "承办人": "assignee"}
    show_listing(issues, columns, as_json=as_json)


@app.command()
def overdue(
    context: typer.Context,
    day: Annotated[date | None, typer.Option(click_type=DAY, help="截至哪天；不写是今天")] = None,
    area: ListingArea = None,
    as_json: JsonOption = False,
) -> None:
    """列出过了截止日期还没有解决的问题，超期最久的在前。

    例：hep issue overdue --day 2025-11-30 --area 驿马街道
    """
    with opened(context) as ledger:
        late = ledger.issues.overdue(day=day, under=ledger.areas.asked(area))
    if as_json:
        show_json(late)
        return
    columns = ["编号", "社区", "类别", "标题", "上报日期", "截止日期", "超期天数", "承办人"]
    show_table(columns, [_overdue_row(one.issue, one.days) for one in late])


@app.command("show")
def show_(context: typer.Context, issue: IssueArgument, as_json: JsonOption = False) -> None:
    """查看一个问题：卡片、办理经过、协助的合伙人和议过它的会议。

    例：hep issue show W0045
    """
    from hepartner.ledger.meetings import Meetings

    with opened(context) as ledger:
        found = ledger.issues.find(issue)
        steps, helpers = ledger.issues.steps(found), ledger.issues.helpers(found)
        meetings = ledger.book(Meetings).raising(found)
    if as_json:
        show_json({"issue": found, "steps": steps, "helpers": helpers, "meetings": meetings})
        return
    show_record(
        {
            "编号": found.code, "标题": found.title, "状态": STATUSES[found.status], "类别": found.category_name,
            "社区": found.community, "地点": found.place, "上报日期": found.reported_on, "截止日期": found.due_on,
            "承办人": found.assignee, "并入": found.duplicate_of, "备注": found.remark,
        }
    )  # fmt: skip
    rows = [
        (
            one.happened_on, EVENTS[one.event], one.beneficiaries or None, ANSWERS[one.satisfied], f"V{one.voucher}",
            one.operator, one.note,
        )
        for one in steps
    ]  # fmt: skip
    show_table(["日期", "事项", "受益人数", "满意", "凭证", "操作人", "说明"], rows, further=True)
    helped = [(one.happened_on, one.code, one.name, one.points, f"V{one.voucher}") for one in helpers]
    show_table(["协助日期", "编号", "合伙人", "积分", "凭证"], helped, further=True)
    columns = {
        "会议日期": "held_on",
        "会议编号": "meeting_code",
        "会议": "meeting",
        "社区": "community",
        "议题": "matter",
    }
    show_listing(meetings, columns, further=True)


@app.command()
def edit(
    context: typer.Context,
    issue: IssueArgument,
    title: Annotated[str | None, typer.Option(help="标题")] = None,
    category: CategoryOption = None,
    place: Place = None,
    due: Due = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改问题的标题、类别、地点、截止日期或备注；改类别时截止日期不变，除非一起写。

    例：hep issue edit W0045 --category 管道 --due 12月5日
    """
    said = {"title": title, "place": place, "remark": remark, "due_on": due and str(due)}
    with opened(context) as ledger:
        if category:
            said["category"] = ledger.issues.categories.find(category).code
        wanted = {name: value for name, value in said.items() if value is not None}
        edited = ledger.issues.edit(ledger.issues.find(issue), key=key, **wanted)
    _stepped(edited, "已修改")


@app.command()
def category(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(help="类别的代码，如 LAMP；不写就列出全部类别")] = None,
    name: Annotated[str | None, typer.Option(help="类别名称")] = None,
    deadline: Annotated[int | None, typer.Option(min=1, max=3650, help="办理天数")] = None,
    key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出问题类别和办理天数；写代码则添加或修改一个类别。

    例：hep issue category
    例：hep issue category PET --name 宠物扰民 --deadline 7
    """
    with opened(context) as ledger:
        if code is None:
            columns = {"代码": "code", "名称": "name", "办理天数": "days"}
            show_listing(ledger.issues.categories.listing(), columns, as_json=as_json)
            return
        changed = ledger.issues.categories.set(code, name=name, days=deadline, key=key)
    for one in changed.categories:
        say(f"问题类别 {one.code} {one.name}，办理 {one.days} 天；以前上报的截止日期不变。")
    written(changed.voucher)


_COLUMNS = {
    "编号": "code", "社区": "community", "类别": "category_name", "标题": "title", "上报日期": "reported_on",
    "截止日期": "due_on",
}  # fmt: skip


def _overdue_row(issue: "Issue", days: int) -> Sequence[object]:
    return (*(getattr(issue, name) for name in _COLUMNS.values()), days, issue.assignee)


def _stepped(step: "IssueWritten", what: str) -> None:
    say(f"{step.issue.code} {step.issue.title} {what}。")
    written(step.voucher)
