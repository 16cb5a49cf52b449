"""Sheet 问题办结: residents' issues by category and by community, rates with their denominators."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hepartner.reports.figures import FIGURES, Nature
from hepartner.reports.sheets import Align, Cell, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Ratio

from .subject import NEGATIVE, TOTAL, Part, Subject

if TYPE_CHECKING:
    from pandas import DataFrame

NAME = "问题办结"
BY_CATEGORY, BY_COMMUNITY = 0, 1
"""The places of the two tables on the sheet."""

CODES = (
    "issues.reported",
    "issues.resolved",
    "issues.confirmed",
    "issues.beneficiaries",
    "issues.on_time_rate",
    "issues.satisfied_rate",
    "issues.open",
    "issues.overdue",
)
PAIRS = {"on_time_rate": ("on_time", "due"), "satisfied_rate": ("satisfied", "answered")}
"""Which counts make a ratio."""


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; pandas turns the counts by community and category into its two tables."""
    from pandas import DataFrame

    counts = DataFrame([asdict(moves) for moves in subject.issue_moves])
    names = [code for code in subject.categories if not counts.empty and code in set(counts["category"])]
    return Sheet(
        NAME,
        subject.title("民生问题办结情况表"),
        (_by_category(subject, counts, names), _by_community(subject, counts, names)),
        unit="见表头",
        notes=(
            "比率后的括号内为分子/分母；小计、合计的比率按合并后的分子、分母重新计算。解决不等于居民确认。",
            NEGATIVE,
        ),
    )


def _by_category(subject: Subject, counts: "DataFrame", names: list[str]) -> Table:
    rows = []
    for number, code in enumerate(names, start=1):
        sums = counts[counts["category"] == code].sum(numeric_only=True)
        rows.append(Row(code, (number, subject.categories[code], *(_cell(sums, figure) for figure in CODES))))
    total = [subject.value(code, subject.total) for code in CODES]
    columns = (*_named("category", "类别"), *_measures())
    return Table(columns, (*rows, Row(TOTAL, ("", "合计", *total), Weight.TOTAL)), "一、按问题类别")


def _by_community(subject: Subject, counts: "DataFrame", names: list[str]) -> Table:
    resolved = _pivoted(counts)

    def cells(part: Part) -> list[Cell]:
        measures = [subject.value(code, part) for code in CODES]
        here = resolved.reindex(index=part.communities, columns=names, fill_value=0).sum()
        return [*measures, *(int(here[code]) for code in names)]

    categories = (
        Column(code, subject.categories[code], 3.5, group="其中：解决的问题按类别（件）") for code in names
    )
    columns = (*_named("area", "街道、社区"), *_measures(), *categories)
    return Table(columns, subject.rows(cells), "二、按街道社区")


def _pivoted(counts: "DataFrame") -> "DataFrame":
    """Return resolved issues, a row per community and a column per category."""
    if counts.empty:
        return counts
    return counts.pivot_table(
        index="community_id", columns="category", values="resolved", aggfunc="sum", fill_value=0
    )


def _cell(sums: Any, code: str) -> Cell:
    name = code.split(".")[1]
    if FIGURES[code].nature is Nature.RATIO:
        numerator, denominator = PAIRS[name]
        return Ratio(int(sums[numerator]), int(sums[denominator]))
    return int(sums[name])


def _named(key: str, heading: str) -> tuple[Column, Column]:
    return Column("number", "序号", 2.5, Align.CENTER), Column(key, heading, 8, Align.LEFT)


def _measures() -> tuple[Column, ...]:
    return tuple(Column(code, FIGURES[code].heading, 2.5) for code in CODES)
