"""Sheet 分街道社区: the figures of the daily work, a row per community, subtotals per subdistrict, the total.

Other nouns' figures stand in the same form on sheets of their own; together the sheets show every figure of the catalogue once.
"""

from collections.abc import Mapping

from hepartner.reports.figures import CATALOGUE, Figure
from hepartner.reports.sheets import Align, Book, Column, Sheet, Table

from .subject import NEGATIVE, TOTAL, Subject

NAME = "分街道社区"

GROUPS = {
    "areas": "",
    "partners": "合伙人",
    "activities": "活动",
    "hours": "活动",
    "points": "积分",
    "issues": "民生问题",
}
"""The nouns of the daily work, as the codes of figures begin, and the heading over their figures."""

ASKED_ANEW = "标“去重”的小计、合计按街道、城区重新统计，不等于各社区之和；比率后的括号内为分子/分母。"


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; subtotals and totals of heads and ratios are asked anew, like every other value."""
    return Sheet(
        NAME,
        subject.title("社区合伙人工作分街道社区情况表"),
        (by_community(subject, GROUPS),),
        unit="见表头",
        notes=(ASKED_ANEW, NEGATIVE),
    )


def by_community(subject: Subject, groups: Mapping[str, str], caption: str = "") -> Table:
    """Make a table of the figures of some nouns; `groups` says what stands over the figures of each."""
    figures = [figure for figure in CATALOGUE if noun_of(figure) in groups]
    columns = (
        Column("number", "序号", 2.5, Align.CENTER),
        Column("area", "街道、社区", 7, Align.LEFT),
        *(Column(figure.code, figure.heading, 2.5, group=groups[noun_of(figure)]) for figure in figures),
    )
    rows = subject.rows(lambda part: [subject.value(figure.code, part) for figure in figures])
    return Table(columns, rows, caption)


def place_of(book: Book, code: str) -> tuple[Sheet, int]:
    """Return the sheet and the table on it in which a figure stands by community."""
    return next(
        (sheet, place)
        for sheet in book.sheets
        for place, table in enumerate(sheet.tables)
        if {"number", "area", code} <= {column.key for column in table.columns}
        and table.rows[-1].key == TOTAL
    )


def noun_of(figure: Figure) -> str:
    """Return the noun that a figure is about, as its code begins."""
    return figure.code.split(".")[0]
