"""Commands about residents' needs 需求."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_record, show_table
from hepartner.terminal.talk import say, written
from hepartner.words.need import CATEGORIES, EVENTS, STATUSES

from .opening import opened
from .parameters import MONTH, AreaOption, DayOption, JsonOption, KeyOption, ListingArea, ReasonOption, given

if TYPE_CHECKING:
    from hepartner.ledger.book import Written
    from hepartner.ledger.needs import Need

app = typer.Typer()

NeedArgument = Annotated[str, typer.Argument(metavar="需求", help="需求：编号、标题或标题的一部分")]
CategoryOption = Annotated[str | None, typer.Option(click_type=Choice(CATEGORIES), help="类别")]
Note = Annotated[str, typer.Option("--note", help="这一步的说明")]


@app.command()
def add(
    context: typer.Context,
    category: Annotated[str, typer.Argument(metavar="类别", click_type=Choice(CATEGORIES), help="类别")],
    title: Annotated[str, typer.Argument(help="需要什么，一句话")],
    heads: Annotated[int, typer.Option(min=1, max=10_000_000, help="有多少人需要")] = 1,
    day: DayOption = None,
    remark: Annotated[str, typer.Option(help="备注")] = "",
    key: KeyOption = None,
) -> None:
    """登记当前社区居民的一项需求。

    例：hep need add 医疗 老人补牙 --heads 40 --day 3月5日
    """
    from hepartner.ledger.needs import Needs, Particulars

    with opened(context) as ledger:
        on = ledger.day(day)
        said = Particulars(ledger.areas.community().id, category, title, heads, on, remark)
        collected = ledger.book(Needs).collect(said, key=key)
    _say("已登记", collected)


@app.command()
def edit(
    context: typer.Context,
    need: NeedArgument,
    title: Annotated[str | None, typer.Option(help="标题")] = None,
    category: CategoryOption = None,
    heads: Annotated[int | None, typer.Option(min=1, max=10_000_000, help="有多少人需要")] = None,
    remark: Annotated[str | None, typer.Option(help="备注")] = None,
    key: KeyOption = None,
) -> None:
    """修改一项需求的标题、类别、人数或备注。

    例：hep need edit Q0003 --heads 55
    """
    from hepartner.ledger.needs import Needs

    said = given(title=title, category=category, heads=heads, remark=remark)
    with opened(context) as ledger:
        needs = ledger.book(Needs)
        edited = needs.edit(needs.find(need), key=key, **said)
    _say("已修改", edited)


@app.command()
def meet(
    context: typer.Context, need: NeedArgument, note: Note = "", day: DayOption = None, key: KeyOption = None
) -> None:
    """记一项需求已经满足。

    例：hep need meet 补牙 --note 每月义诊一次
    """
    _step(context, need, "met", "已满足", note=note, day=day, key=key)


@app.command()
def drop(
    context: typer.Context,
    need: NeedArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """撤下一项不再需要、或者办不了的需求。

    例：hep need drop Q0003 --reason 小区已通公交
    """
    _step(context, need, "dropped", "已撤下", note=reason, day=day, key=key)


@app.command()
def reopen(
    context: typer.Context,
    need: NeedArgument,
    reason: ReasonOption = "",
    day: DayOption = None,
    key: KeyOption = None,
) -> None:
    """重开已满足或已撤下的需求。

    例：hep need reopen Q0003 --reason 义诊停了
    """
    _step(context, need, "reopened", "已重开", note=reason, day=day, key=key)


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    category: CategoryOption = None,
    status: Annotated[str | None, typer.Option(click_type=Choice(STATUSES), help="状态")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出需求，新的在前；可按区域、类别、状态筛选。

    例：hep need list --area 驿马街道 --status 待满足
    """
    from hepartner.ledger.needs import Needs

    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        needs = ledger.book(Needs).listing(under=under, category=category, status=status)
    columns = {
        "编号": "code",
        "社区": "community",
        "类别": lambda one: CATEGORIES[one.category],
        "标题": "title",
        "人数": "heads",
        "提出": "raised_on",
        "状态": lambda one: STATUSES[one.status],
        "满足或撤下": "until",
    }
    show_listing(needs, columns, as_json=as_json)


@app.command("show")
def show_(context: typer.Context, need: NeedArgument, as_json: JsonOption = False) -> None:
    """查看一项需求：卡片、办理经过、由它而来的项目和满足它的合作。

    例：hep need show Q0003
    """
    from hepartner.ledger.cooperations import Cooperations
    from hepartner.ledger.needs import Needs
    from hepartner.ledger.projects import Projects

    from .meetingpage import COOPERATIONS
    from .projectpage import PROJECTS

    with opened(context) as ledger:
        needs = ledger.book(Needs)
        found = needs.find(need)
        steps, projects = needs.steps(found), ledger.book(Projects).listing(need_id=found.id)
        cooperations = ledger.book(Cooperations).listing(need=found)
    if as_json:
        show_json({"need": found, "steps": steps, "projects": projects, "cooperations": cooperations})
        return
    show_record(
        {
            "编号": found.code,
            "标题": found.title,
            "社区": found.community,
            "类别": CATEGORIES[found.category],
            "人数": found.heads,
            "状态": STATUSES[found.status],
            "备注": found.remark,
        }
    )
    show_table(
        ["日期", "事项", "人数", "凭证", "操作人", "说明"],
        [(s.happened_on, EVENTS[s.event], s.heads, f"V{s.voucher}", s.operator, s.note) for s in steps],
        further=True,
    )
    show_listing(projects, PROJECTS, further=True)
    show_listing(cooperations, COOPERATIONS, further=True)


@app.command()
def ranking(
    context: typer.Context,
    area: AreaOption = None,
    month: Annotated[str | None, typer.Option(click_type=MONTH, help="截至哪个月末；不写是现在")] = None,
    as_json: JsonOption = False,
) -> None:
    """各街道没有满足的需求按人数排行：哪类需求的人最多。

    例：hep need ranking --area 驿马街道
    """
    from hepartner.ledger.needs import Needs

    with opened(context) as ledger:
        under = ledger.areas.find(area) if area else None
        through = {"through": month} if month else {}
        ranked = ledger.book(Needs).ranking(under=under, **through)
    columns = {
        "街道": "area",
        "名次": "place",
        "类别": lambda one: CATEGORIES[one.category],
        "项数": "needs",
        "人数": "heads",
    }
    show_listing(ranked, columns, as_json=as_json)


def _step(context: typer.Context, need: str, event: str, done: str, **said: Any) -> None:
    from hepartner.ledger.needs import Needs

    with opened(context) as ledger:
        needs = ledger.book(Needs)
        stepped = needs.step(needs.find(need), event, **said)
    _say(done, stepped)


def _say(done: str, collected: "Written[Need]") -> None:
    now = collected.now
    say(f"{done} {now.code} {now.title}（{now.community}，{CATEGORIES[now.category]}，{now.heads} 人）。")
    written(collected.voucher)
