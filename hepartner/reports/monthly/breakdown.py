"""Sheet 分街道社区: every figure of the month, a row per community, subtotals per subdistrict, the total."""

from hepartner.reports.figures import CATALOGUE, Figure
from hepartner.reports.sheets import Align, Column, Sheet, Table

from .subject import NEGATIVE, Subject

NAME = "分街道社区"

_GROUPS = {
    "partners": "合伙人",
    "activities": "活动",
    "hours": "活动",
    "points": "积分",
    "issues": "民生问题",
}


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; subtotals and totals of heads and ratios are asked anew, like every other value."""
    columns = (
        Column("number", "序号", 2.5, Align.CENTER),
        Column("area", "街道、社区", 7, Align.LEFT),
        *(_column(figure) for figure in CATALOGUE),
    )
    rows = subject.rows(lambda part: [subject.value(figure.code, part) for figure in CATALOGUE])
    return Sheet(
        NAME,
        subject.title("社区合伙人工作分街道社区情况表"),
        (Table(columns, rows),),
        unit="见表头",
        notes=(
            "标“去重”的小计、合计按街道、城区重新统计，不等于各社区之和；比率后的括号内为分子/分母。",
            NEGATIVE,
        ),
    )


def _column(figure: Figure) -> Column:
    group = _GROUPS.get(figure.code.split(".")[0], "")
    return Column(figure.code, figure.heading, 2.5, group=group)
