"""Sheet 评估: what residents still need most, how projects were evaluated, and which evaluations are overdue."""

from datetime import date
from itertools import groupby

from hepartner.ledger.counts.evaluations import LINES, OVERDUE, Line, Overdue
from hepartner.ledger.months import month_of
from hepartner.ledger.needs import Unmet
from hepartner.reports.sheets import Align, Cell, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Ratio, Yuan
from hepartner.words.need import CATEGORIES
from hepartner.words.project import NEED_MET, RESULTS

from .subject import TOTAL, Subject

NAME = "评估"
RANKING, EVALUATED = 0, 1
"""The places of the two tables on the sheet."""

_PLACES = 5
"""How many categories the ranking names for each subdistrict."""

_RANKS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("area", "街道", 7, Align.LEFT),
    Column("needs", "待满足\n（项）", 4),
    Column("heads", "需求人数", 5),
    *(Column(f"place{place}", f"第 {place} 位", 6, Align.LEFT) for place in range(1, _PLACES + 1)),
)
_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("held", "评估次数", 4),
    Column("day", "评估日期", 5.5, Align.CENTER),
    Column("project", "项目", 11, Align.LEFT),
    Column("satisfied", "满意率", 7),
    Column("attendance", "到场人次", 4),
    Column("cost", "费用\n（元）", 5.5),
    Column("need_met", "需求满足", 4.5, Align.CENTER),
    Column("result", "结论", 4.5, Align.CENTER),
    Column("led_to", "新立项目", 9, Align.LEFT),
    Column("remark", "备注", 15, Align.LEFT),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the number of evaluations asks the figure, what they found is added up."""
    done, due = subject.lines(LINES), subject.lines(OVERDUE)
    rows = [_evaluated(subject, number, line) for number, line in enumerate(done, start=1)]
    rows += [_overdue(subject, number, line) for number, line in enumerate(due, start=len(done) + 1)]
    return Sheet(
        NAME,
        subject.title("社区服务项目评估与待满足需求情况表"),
        (
            Table(_RANKS, _ranking(subject), "一、月末待满足需求的排行（按需求人数）"),
            Table(_COLUMNS, (*rows, _total(subject, done)), "二、本月评估和超期未评估的项目"),
        ),
        unit="见表头",
        notes=(
            "满意率后的括号内为满意人数/询问人数；没有统计到场人次、费用的记“—”，不计入合计。",
            "备注：补录——以前月份的评估本月才录入；撤销——扣除以前月份的评估。超期按月末计，本月尚未过完的按填报当日计。",
        ),
    )


def _ranking(subject: Subject) -> tuple[Row, ...]:
    rows = []
    for number, (area, found) in enumerate(groupby(subject.unmet, key=lambda one: one.area), start=1):
        unmet = list(found)
        ranks = [_rank(one) for one in unmet[:_PLACES]]
        sums = sum(one.needs for one in unmet), sum(one.heads for one in unmet)
        rows.append(Row(area, (number, area, *sums, *ranks, *[""] * (_PLACES - len(ranks)))))
    heads = sum(one.heads for one in subject.unmet)
    total = ("", "合计", subject.value("needs.open", subject.total), heads, *[""] * _PLACES)
    return (*rows, Row(TOTAL, total, Weight.TOTAL))


def _rank(unmet: Unmet) -> str:
    return f"{CATEGORIES[unmet.category]}\n{unmet.heads:,}人（{unmet.needs:,}项）"


def _evaluated(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        line.evaluation_id if line.sign > 0 else ("taken back", line.evaluation_id),
        (
            number,
            subject.names[line.community_id],
            line.sign,
            date.fromisoformat(line.happened_on),
            line.project,
            Ratio(line.satisfied, line.asked),
            line.attendance,
            _yuan(line.cost_fen),
            NEED_MET[line.need_met],
            RESULTS[line.result],
            line.led_to,
            _remark(line, subject.month),
        ),
    )


def _overdue(subject: Subject, number: int, line: Overdue) -> Row:
    said = f"应于 {line.due_on} 评估，已超期 {line.days} 天"
    found: list[Cell] = [None, line.project, None, None, None, "", "未评估", "", said]
    return Row(("overdue", line.project_id), (number, subject.names[line.community_id], 0, *found))


def _total(subject: Subject, done: list[Line]) -> Row:
    satisfied, asked = (
        sum(line.sign * getattr(line, name) for line in done) for name in ("satisfied", "asked")
    )
    attendance = _sum([(line.sign, line.attendance) for line in done])
    cost = _yuan(_sum([(line.sign, line.cost_fen) for line in done]))
    held = subject.value("projects.evaluated", subject.total)
    found: list[Cell] = [Ratio(satisfied, asked), attendance, cost]
    return Row(TOTAL, ("", "合计", held, "", "", *found, "", "", "", ""), Weight.TOTAL)


def _sum(counted: list[tuple[int, int | None]]) -> int | None:
    """Add up what was counted; None when nothing was, for a 0 would say that nobody came."""
    known = [sign * count for sign, count in counted if count is not None]
    return sum(known) if known else None


def _yuan(fen: int | None) -> Yuan | None:
    return None if fen is None else Yuan(fen)


def _remark(line: Line, month: str) -> str:
    if line.sign < 0:
        return "撤销"
    return "补录" if month_of(line.happened_on) < month else ""
