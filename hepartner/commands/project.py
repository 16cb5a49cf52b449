"""Commands about service projects 服务项目: landing, sessions, evaluations 评估."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hepartner.terminal.parameters import Choice, Reading
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, written
from hepartner.words.project import NEED_MET, RESULTS, STATUSES

from .opening import opened
from .parameters import (
    DUE_DAY,
    MINUTES,
    DayOption,
    JsonOption,
    KeyOption,
    ListingArea,
    PartnerArgument,
    ReasonOption,
)

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.book import Written
    from hepartner.ledger.projects import Project

app = typer.Typer()


def yuan(text: str) -> int:
    """Return the fen of an amount in yuan. Raises chinese.misread.NotANumber."""
    from hepartner.chinese.money import parse_yuan

    return parse_yuan(text, noun="费用")


ProjectArgument = Annotated[str, typer.Argument(metavar="项目", help="项目：编号、名称或名称的一部分")]
PartnerOption = Annotated[list[str] | None, typer.Option(help="合伙人，可写多次")]
Place = Annotated[str | None, typer.Option(help="地点")]
Need = Annotated[str | None, typer.Option(help="从哪项需求来：编号或标题")]
Meeting = Annotated[str | None, typer.Option(help="从哪次会议来：编号或名称")]
Origin = Annotated[str | None, typer.Option("--evaluated", help="从哪个项目的评估来（结论是新立项目）")]
Every = Annotated[int | None, typer.Option(min=0, max=120, help="每几个月评估一次，0 是不定期")]
Next = Annotated[
    date | None, typer.Option("--next", click_type=DUE_DAY, help="下次评估的日期；不写按评估间隔")
]
Remark = Annotated[str | None, typer.Option(help="备注")]
Note = Annotated[str, typer.Option("--note", help="说明")]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="项目名称")],
    partner: PartnerOption = None,
    place: Place = None,
    need: Need = None,
    meeting: Meeting = None,
    evaluated: Origin = None,
    every: Every = None,
    next_: Next = None,
    day: DayOption = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """登记当前社区落地的一个服务项目：哪些单位做，从哪项需求、哪次会议或评估来，多久评估一次。

    例：hep project add 居家助老 --partner 家政协会 --partner 柏乐口腔 --need Q0003 --every 6
    """
    from hepartner.ledger.projects import Particulars, Projects

    from .projectpage import said_of

    with opened(context) as ledger:
        card = {"place": place, "evaluate_every": every, "remark": remark}
        said = said_of(ledger, (need, meeting, evaluated), next_, **card)
        said["partners"] = tuple(ledger.partners.find(one).id for one in partner or ())
        particulars = Particulars(ledger.areas.community().id, name, ledger.day(day), **said)
        landed = ledger.book(Projects).land(particulars, key=key)
    _written("已登记", landed)


@app.command()
def edit(
    context: typer.Context,
    project: ProjectArgument,
    title: Annotated[str | None, typer.Option(help="项目名称")] = None,
    place: Place = None,
    need: Need = None,
    meeting: Meeting = None,
    evaluated: Origin = None,
    every: Every = None,
    next_: Next = None,
    remark: Remark = None,
    key: KeyOption = None,
) -> None:
    """修改项目的名称、地点、来源、评估安排或备注；来源写 "" 就是去掉；单位用 join 和 part 增减。

    例：hep project edit 居家助老 --every 3 --next 12月1日
    例：hep project edit 居家助老 --meeting "" --need Q0003
    """
    from hepartner.ledger.projects import Projects

    from .projectpage import said_of

    with opened(context) as ledger:
        projects = ledger.book(Projects)
        card = {"title": title, "place": place, "evaluate_every": every, "remark": remark}
        said = said_of(ledger, (need, meeting, evaluated), next_, **card)
        edited = projects.edit(projects.find(project), key=key, **said)
    _written("已修改", edited)


@app.command()
def join(
    context: typer.Context,
    project: ProjectArgument,
    partner: PartnerArgument,
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记一位合伙人加入项目。

    例：hep project join 居家助老 柏乐口腔
    """
    from hepartner.ledger.joining import Joining

    with opened(context) as ledger:
        found, one = _find(ledger, project), ledger.partners.find(partner)
        joined = ledger.book(Joining).join(found, one, day=day, key=key)
    say(f"已记 {one.code} {one.name} 加入 {found.code} {found.title}，现有 {len(joined.now)} 家。")
    written(joined.voucher)


@app.command()
def part(
    context: typer.Context,
    project: ProjectArgument,
    partner: PartnerArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记一位合伙人退出项目。

    例：hep project part 居家助老 柏乐口腔 --reason 迁出本市
    """
    from hepartner.ledger.joining import Joining

    with opened(context) as ledger:
        found, one = _find(ledger, project), ledger.partners.find(partner)
        parted = ledger.book(Joining).part(found, one, day=day, reason=reason, key=key)
    say(f"已记 {one.code} {one.name} 退出 {found.code} {found.title}，还有 {len(parted.now)} 家。")
    written(parted.voucher)


@app.command()
def session(
    context: typer.Context,
    project: ProjectArgument,
    served: Annotated[
        int, typer.Argument(metavar="服务人次", min=0, max=10_000_000, help="这一场服务了多少人次")
    ],
    partner: PartnerOption = None,
    hours: Annotated[int, typer.Option(click_type=MINUTES, help="做了多久，如 1.5、1:30")] = 0,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记项目的一场服务：服务了多少人次，哪些合伙人在场。

    例：hep project session 居家助老 35 --hours 2 --partner 家政协会 --day 昨天
    """
    from hepartner.ledger.sessions import Particulars, Sessions

    with opened(context) as ledger:
        found = _find(ledger, project)
        present = tuple(ledger.partners.find(one).id for one in partner or ())
        said = Particulars(found.id, ledger.day(day), served, hours, present)
        held = ledger.book(Sessions).hold(found, said, note=note, key=key)
    say(
        f"已记 {found.code} {found.title} {said.day} 服务 {served} 人次；共 {held.now.sessions} 场 {held.now.served} 人次。"
    )
    written(held.voucher)


@app.command()
def evaluate(
    context: typer.Context,
    project: ProjectArgument,
    result: Annotated[str, typer.Option(click_type=Choice(RESULTS), help="结论")],
    need_met: Annotated[str, typer.Option(click_type=Choice(NEED_MET), help="需求满足了没有")],
    asked: Annotated[int, typer.Option(min=0, max=10_000_000, help="问了多少人")] = 0,
    satisfied: Annotated[
        int, typer.Option("--satisfied-heads", min=0, max=10_000_000, help="其中满意的人数")
    ] = 0,
    attendance: Annotated[int | None, typer.Option(min=0, max=10_000_000, help="期间到场人次")] = None,
    cost: Annotated[int | None, typer.Option(click_type=Reading(yuan, "元"), help="期间费用")] = None,
    new: Annotated[str | None, typer.Option("--new", help="新立项目的名称，当天落地")] = None,
    next_: Next = None,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记一次成效评估；结论是调整、停办的项目同时调整、停办，新立项目可一并登记。

    例：hep project evaluate 居家助老 --result 继续 --need-met 部分满足 --asked 30 --satisfied-heads 27 --cost 1200.50
    例：hep project evaluate 补牙义诊 --result 新立项目 --need-met 没有满足 --new 社区口腔门诊
    """
    from hepartner.ledger.evaluations import Evaluations, Particulars

    said = Particulars(need_met, result, asked, satisfied, attendance, cost)
    with opened(context) as ledger:
        done = ledger.book(Evaluations).evaluate(
            _find(ledger, project), said, day=day, next_on=next_, new_title=new, note=note, key=key
        )
    now, made = done.now.project, done.now.new
    say(f"已评估 {now.code} {now.title}：{RESULTS[result]}。{_due(now)}")
    if made:
        say(f"已登记新项目 {made.code} {made.title}。单位：hep project join {made.code} 合伙人")
    if need_met == "yes" and now.need_code:
        say(f"需求 {now.need_code} {now.need} 如已满足，请用 hep need meet {now.need_code} 记下。")
    written(done.voucher)


@app.command()
def adjust(
    context: typer.Context,
    project: ProjectArgument,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """记项目做了调整，写明调整了什么。

    例：hep project adjust 居家助老 --note 改为每周两次
    """
    _step(context, project, "adjusted", "已调整", note=note, day=day, key=key)


@app.command()
def stop(
    context: typer.Context,
    project: ProjectArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """停办项目，以后可以恢复。

    例：hep project stop 居家助老 --reason 单位退出
    """
    _step(context, project, "stopped", "已停办", note=reason, day=day, key=key)


@app.command()
def resume(
    context: typer.Context,
    project: ProjectArgument,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """恢复停办或结项的项目。

    例：hep project resume 居家助老
    """
    _step(context, project, "resumed", "已恢复", note=note, day=day, key=key)


@app.command()
def finish(
    context: typer.Context,
    project: ProjectArgument,
    note: Note = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """项目做完，结项。

    例：hep project finish 居家助老 --day 12月31日
    """
    _step(context, project, "finished", "已结项", note=note, day=day, key=key)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="状态")] = None,
    partner: Annotated[str | None, typer.Option(help="只看这家单位参与的")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出服务项目，新的在前；可按区域、状态、单位筛选。

    例：hep project list --area 驿马街道 --status 实施中
    """
    from hepartner.ledger.joining import Joining
    from hepartner.ledger.projects import Projects

    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        projects = ledger.book(Projects).listing(under=under, status=status)
        if partner:
            mine = ledger.book(Joining).projects_of(ledger.partners.find(partner))
            projects = [one for one in projects if one.id in mine]
    columns = {
        "编号": "code", "社区": "community", "名称": "title", "地点": "place", "落地": "landed_on",
        "状态": lambda one: STATUSES[one.status], "出自需求": "need_code", "场次": "sessions", "服务人次": "served",
        "下次评估": "due",
    }  # fmt: skip
    show_listing(projects, columns, as_json=as_json)


@app.command("show")
def show_(context: typer.Context, project: ProjectArgument, as_json: JsonOption = False) -> None:
    """查看一个项目：来源、单位、进程、各场服务和各次评估。

    例：hep project show 居家助老
    """
    from .projectpage import show_project

    with opened(context) as ledger:
        show_project(ledger, _find(ledger, project), as_json=as_json)


def _find(ledger: "Ledger", project: str) -> "Project":
    from hepartner.ledger.projects import Projects

    return ledger.book(Projects).find(project)


def _step(context: typer.Context, project: str, event: str, done: str, **said: Any) -> None:
    from hepartner.ledger.projects import Projects

    with opened(context) as ledger:
        projects = ledger.book(Projects)
        stepped = projects.step(projects.find(project), event, **said)
    _written(done, stepped)


def _written(done: str, what: "Written[Project]") -> None:
    say(f"{done} {what.now.code} {what.now.title}（{what.now.community}）。{_due(what.now)}")
    written(what.voucher)


def _due(project: "Project") -> str:
    return f"下次评估：{project.due}。" if project.due else ""
