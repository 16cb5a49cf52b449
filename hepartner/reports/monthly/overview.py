"""Sheet 月报总表: every figure of the area, this month beside last month, last year, the year and all."""

from hepartner.reports.figures import CATALOGUE, Figure
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table
from hepartner.reports.values import difference, growth

from .subject import Subject

NAME = "月报总表"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("name", "指标", 10, Align.LEFT),
    Column("unit", "单位", 3, Align.CENTER),
    Column("nature", "性质", 3, Align.CENTER),
    Column("month", "本月", 5),
    Column("previous", "上月", 5, group="与上月比"),
    Column("change", "增减", 5, group="与上月比"),
    Column("growth", "增减幅度", 5, group="与上月比"),
    Column("last_year", "去年同月", 5, group="与去年同月比"),
    Column("year_change", "增减", 5, group="与去年同月比"),
    Column("year_growth", "增减幅度", 5, group="与去年同月比"),
    Column("year", "本年累计", 6),
    Column("in_all", "历年累计", 6),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; every value is asked, the changes are differences of the values shown."""
    rows = tuple(_row(subject, number, figure) for number, figure in enumerate(CATALOGUE, start=1))
    return Sheet(
        NAME,
        subject.title("社区合伙人工作月报总表"),
        (Table(_COLUMNS, rows),),
        unit="见“单位”栏",
        notes=(
            "性质为“月末”的指标是期末状态，其本年累计、历年累计即月末数；“去重”和“比率”各按所列期间重新统计，不能由各月或各社区相加。",
            "基数为零或没有分母的，记“—”；比率的增减为百分点。",
        ),
        signed=True,
    )


def _row(subject: Subject, number: int, figure: Figure) -> Row:
    now, before, year_before, year, in_all = (
        subject.value(figure.code, subject.total, span)
        for span in (subject.span, subject.previous, subject.last_year, subject.year, subject.in_all)
    )
    return Row(
        figure.code,
        (
            number,
            figure.title,
            figure.unit,
            figure.nature.value,
            now,
            before,
            difference(now, before),
            growth(now, before),
            year_before,
            difference(now, year_before),
            growth(now, year_before),
            year,
            in_all,
        ),
    )
