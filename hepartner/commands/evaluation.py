"""Commands about evaluations 评估; a project is evaluated by `hep project evaluate`."""

from datetime import date
from typing import Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.tables import show_json, show_listing, show_table
from hepartner.words.project import NEED_MET, RESULTS

from .opening import opened
from .parameters import DAY, JsonOption, ListingArea

app = typer.Typer()


@app.command("list")
def list_(
    context: typer.Context,
    area: ListingArea = None,
    result: Annotated[str | None, typer.Option(click_type=Choice(RESULTS), help="结论")] = None,
    as_json: JsonOption = False,
) -> None:
    """列出做过的评估，新的在前；记评估用 hep project evaluate。

    例：hep evaluation list --area 驿马街道 --result 停办
    """
    from hepartner.chinese.money import yuan
    from hepartner.ledger.evaluations import Evaluations

    from .projectpage import answers

    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        done = ledger.book(Evaluations).listing(under=under, result=result)
    if as_json:
        show_json(done)
        return
    columns = [
        "日期", "社区", "项目编号", "项目", "结论", "需求满足", "问了", "满意", "到场人次", "费用（元）", "新项目", "说明",
    ]  # fmt: skip
    rows = [
        (
            one.happened_on, one.community, one.project_code, one.project, RESULTS[one.result], NEED_MET[one.need_met],
            *answers(one), one.attendance, None if one.cost_fen is None else yuan(one.cost_fen),
            one.new_projects, one.note,
        )
        for one in done
    ]  # fmt: skip
    show_table(columns, rows)


@app.command()
def overdue(
    context: typer.Context,
    day: Annotated[date | None, typer.Option(click_type=DAY, help="截至哪天；不写是今天")] = None,
    area: ListingArea = None,
    as_json: JsonOption = False,
) -> None:
    """列出过了评估日期还没有评估的在办项目，拖得最久的在前。

    例：hep evaluation overdue --area 驿马街道
    """
    from hepartner.ledger.projects import Projects

    with opened(context) as ledger:
        under = ledger.areas.asked(area)
        late = ledger.book(Projects).overdue(under=under, day=day)
    columns = {
        "应评估": "next_evaluation_on",
        "编号": "code",
        "社区": "community",
        "项目": "title",
        "落地": "landed_on",
        "场次": "sessions",
        "服务人次": "served",
    }
    show_listing(late, columns, as_json=as_json)
