"""Commands about figures and the monthly workbook 报表."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.tables import show_json, show_table
from hepartner.terminal.talk import say

from .opening import opened
from .parameters import AreaOption, FromMonthOption, JsonOption, MonthArgument, ToMonthOption

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.months import Span

app = typer.Typer()


@app.command()
def figures(
    context: typer.Context,
    area: AreaOption = None,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出一个区域、一段月份的全部指标，连同单位、性质和口径；不写月份是本月。

    例：hep report figures --area 驿马街道 --from 2025-01 --to 2025-11
    """
    from hepartner.reports.figures import CATALOGUE, area_named, listed, measure

    with opened(context) as ledger, ledger.snapshot():
        span = _span(ledger, first, last)
        values = measure(ledger, [figure.code for figure in CATALOGUE], area_named(ledger, area), [span])
    if as_json:
        show_json([listed(figure, values[figure.code, span]) for figure in CATALOGUE])
        return
    headers = ("代码", "指标", "单位", "性质", "数值", "口径")
    rows = [
        (f.code, f.title, f.unit, f.nature.value, str(values[f.code, span]), f.definition) for f in CATALOGUE
    ]
    show_table(headers, rows)


@app.command()
def rows(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="指标代码，见 hep report figures")],
    area: AreaOption = None,
    first: FromMonthOption = None,
    last: ToMonthOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出一个指标数到的每一笔，供核对；不写月份是本月。

    例：hep report rows issues.resolved --area 幸福里 --from 2025-01 --to 2025-11
    """
    from hepartner.reports.figures import area_named, figure

    with opened(context) as ledger, ledger.snapshot():
        asked = figure(code)
        communities = ledger.areas.communities(area_named(ledger, area))
        span = _span(ledger, first, last)
        headings, counted = ledger.counts.rows(asked.code, span, [community.id for community in communities])
    if as_json:
        show_json([dict(zip(headings, row, strict=True)) for row in counted])
    else:
        show_table(headings, counted)


@app.command()
def monthly(
    context: typer.Context,
    month: MonthArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个 xlsx 文件")],
    area: AreaOption = None,
) -> None:
    """写出一个月的 Excel 月报；写之前先核对各表是否平衡，不平衡就不写。

    例：hep report monthly 2025-11 -o 海城区-2025-11.xlsx
    """
    from hepartner.reports.monthly import write_monthly

    with opened(context) as ledger:
        saved = write_monthly(ledger, month, output, area=area)
        anchor = ledger.anchor
    for notice in saved.notices:
        say(notice)
    say(f"月报已写到 {saved.path}，核对码 {anchor}。")


def _span(ledger: "Ledger", first: str | None, last: str | None) -> "Span":
    """Return the months asked for; one that is missing is the other, this month if both are."""
    from hepartner.ledger.months import Span

    this_month = str(ledger.today())[:7]
    span = Span(first or last or this_month, last or max(first or "", this_month))
    if span.first > span.last:
        raise typer.BadParameter(f"起始月份 {span.first} 晚于截止月份 {span.last}。请对调，或只写一个。")
    return span
