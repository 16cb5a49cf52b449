"""Sheet 分街道社区: every figure of the month, a row per community, subtotals per subdistrict, the total."""

from collections.abc import Sequence

from hepartner.reports.figures import CATALOGUE, Figure
from hepartner.reports.sheets import Align, Column, Sheet, Table

from .subject import NEGATIVE, Subject

NAME = "分街道社区"

_GROUPS = {
    "areas": "",
    "partners": "合伙人",
    "activities": "活动",
    "hours": "活动",
    "points": "积分",
    "issues": "民生问题",
}
"""The nouns of the daily work and the heading over their figures; the figures of all others stand in the second table."""


def table_of(code: str) -> int:
    """Return the place of the table in which a figure stands."""
    return 0 if code.split(".", maxsplit=1)[0] in _GROUPS else 1


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; subtotals and totals of heads and ratios are asked anew, like every other value."""
    tables = [[figure for figure in CATALOGUE if table_of(figure.code) == place] for place in (0, 1)]
    return Sheet(
        NAME,
        subject.title("社区合伙人工作分街道社区情况表"),
        (_table(subject, tables[0], "一、日常工作"), _table(subject, tables[1], "二、共建与服务")),
        unit="见表头",
        notes=(
            "标“去重”的小计、合计按街道、城区重新统计，不等于各社区之和；比率后的括号内为分子/分母。",
            NEGATIVE,
        ),
    )


def _table(subject: Subject, figures: Sequence[Figure], caption: str) -> Table:
    columns = (
        Column("number", "序号", 2.5, Align.CENTER),
        Column("area", "街道、社区", 7, Align.LEFT),
        *(_column(figure) for figure in figures),
    )
    rows = subject.rows(lambda part: [subject.value(figure.code, part) for figure in figures])
    return Table(columns, rows, caption)


def _column(figure: Figure) -> Column:
    return Column(figure.code, figure.heading, 2.5, group=_GROUPS.get(figure.code.split(".")[0], ""))
