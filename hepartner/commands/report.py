"""Commands about reports 报表: figures, the rows they counted, the monthly workbook."""

from pathlib import Path
from typing import Annotated

import typer

from hepartner.terminal.plain import as_written
from hepartner.terminal.tables import show_json, show_listing, show_table
from hepartner.terminal.talk import say, show

from .opening import opened
from .parameters import AreaOption, FromMonthOption, JsonOption, MonthArgument, ToMonthOption

app = typer.Typer()


@app.command()
def figures(
    context: typer.Context,
    area: AreaOption = None,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出全部指标在一个区域、一段月份里的数值和口径；不写区域是整本台账，不写月份是本月；结了账的月份按封存的数。

    例：hep report figures --area 驿马街道 --from 2025-01 --to 2025-11
    """
    from hepartner.reports.readings import area_named, asked_span, listed

    with opened(context) as ledger, ledger.snapshot():
        span = asked_span(first, last, ledger.today())
        where = area_named(ledger, area)
        lines = listed(ledger, where, span)
    if as_json:
        show_json([line.json for line in lines])
        return
    columns = {
        "代码": "code",
        "指标": "name",
        "单位": "unit",
        "性质": "nature",
        "数值": "value",
        "口径": "definition",
    }
    show_listing(lines, columns, title=f"{where.name} {span.first} 至 {span.last}")


@app.command()
def rows(
    context: typer.Context,
    figure: Annotated[str, typer.Argument(help="指标代码，如 points.awarded")],
    area: AreaOption = None,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出一个指标统计到的每一行；“月末”类指标列出从头到截止月的全部；结了账的月份须与封存的数相符。

    例：hep report rows issues.resolved --area 幸福里社区 --from 2025-11 --to 2025-11
    """
    from hepartner.reports.readings import area_named, asked_span, counted

    with opened(context) as ledger, ledger.snapshot():
        span = asked_span(first, last, ledger.today())
        found = counted(ledger, figure, area_named(ledger, area), span)
    if as_json:
        show_json([dict(zip(found.headings, map(as_written, row), strict=True)) for row in found.rows])
    else:
        show_table(found.headings, found.rows)
    say(f"{found.figure.title}：{found.value}，由 {len(found.rows)} 行得出。")


@app.command()
def monthly(
    context: typer.Context,
    month: MonthArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个 xlsx 文件")],
    area: AreaOption = None,
) -> None:
    """写出一个月的月报工作簿；写之前核对平衡，不平就不写。结了账的月份按封存的写，永远是同一份，姓名按现在的。

    例：hep report monthly 2025-11 -o 海城区2025年11月.xlsx
    """
    from hepartner.reports.monthly import write_monthly

    with opened(context) as ledger:
        saved = write_monthly(ledger, month, output, area=area)
    say(*saved.notices, "月报已核对平衡并写好：")
    show(str(saved.path))
