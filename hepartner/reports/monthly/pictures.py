"""Sheet 图表: points by month, issues by category and partners by kind as native charts over their data."""

from collections import Counter

from hepartner.ledger.months import Span, shifted
from hepartner.reports.sheets import Align, Cell, Chart, Column, Row, Sheet, Table
from hepartner.words.partner import KINDS

from .subject import Subject

NAME = "图表"

_MONTHS = 12
_POINTS, _ISSUES, _PARTNERS = "积分（分）", "本月民生问题（件）", "月末合伙人（个）"
_COLUMNS = (
    Column("month", "月份", 6, Align.CENTER, _POINTS),
    Column("awarded", "发放积分", 7, group=_POINTS),
    Column("redeemed", "兑换积分", 7, group=_POINTS),
    Column("category", "类别", 8, Align.CENTER, _ISSUES),
    Column("reported", "上报", 6, group=_ISSUES),
    Column("resolved", "解决", 6, group=_ISSUES),
    Column("kind", "类型", 7, Align.CENTER, _PARTNERS),
    Column("partners", "月末数", 6, group=_PARTNERS),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet: one table with the three series side by side, and the charts above it."""
    series = (_points(subject), _issues(subject), _partners(subject))
    lines = max(len(rows) for rows in series)
    table = Table(_COLUMNS, tuple(Row(line, _line(series, line)) for line in range(lines)))
    charts = [
        Chart(
            f"近{_MONTHS}个月积分发放与兑换", "分", "month", ("awarded", "redeemed"), _MONTHS, (1, 8), (1, 13)
        ),
        Chart(
            f"{subject.when}民生问题（按类别）",
            "件",
            "category",
            ("reported", "resolved"),
            len(series[1]),
            (1, 5),
            (14, 27),
        ),
        Chart(f"{subject.when}末合伙人（按类型）", "个", "kind", ("partners",), len(KINDS), (6, 8), (14, 27)),
    ]
    return Sheet(
        NAME,
        subject.title("社区合伙人工作图表"),
        (table,),
        charts=tuple(chart for chart in charts if chart.points),
        chart_rows=28,
        one_page=True,
    )


def _points(subject: Subject) -> list[tuple[Cell, ...]]:
    months = [shifted(subject.month, back) for back in range(1 - _MONTHS, 1)]
    codes = ("points.awarded", "points.redeemed")
    return [
        (month, *(subject.value(code, subject.total, Span.month(month)) for code in codes))
        for month in months
    ]


def _issues(subject: Subject) -> list[tuple[Cell, ...]]:
    reported: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    for moves in subject.issue_moves:
        reported[moves.category] += moves.reported
        resolved[moves.category] += moves.resolved
    return [
        (name, reported[code], resolved[code])
        for code, name in subject.categories.items()
        if reported[code] or resolved[code]
    ]


def _partners(subject: Subject) -> list[tuple[Cell, ...]]:
    return [(name, subject.value(f"partners.{kind}", subject.total)) for kind, name in KINDS.items()]


def _line(series: tuple[list[tuple[Cell, ...]], ...], line: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for rows, width in zip(series, (3, 3, 2), strict=True):
        cells += rows[line] if line < len(rows) else ("",) * width
    return tuple(cells)
