"""Sheet 会议清单: the meetings that counted in the month, one line each."""

from datetime import date

from hepartner.ledger.counts.meetings import LINES, Line
from hepartner.ledger.months import month_of
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.words.meeting import KINDS

from .subject import TOTAL, Subject

NAME = "会议清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("day", "会议日期", 5.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("title", "会议", 14, Align.LEFT),
    Column("kind", "类型", 5, Align.CENTER),
    Column("place", "地点", 8, Align.LEFT),
    Column("joint", "联席会议\n（次）", 4),
    Column("matchmaking", "对接会\n（次）", 4),
    Column("attendance", "参会人数", 4),
    Column("partners", "参会合伙人\n（家次）", 5),
    Column("made", "新增决议\n（项）", 4),
    Column("open", "月末在办\n决议（项）", 4.5),
    Column("closed", "促成合作\n（家）", 4),
    Column("remark", "备注", 3, Align.CENTER),
)
_SUMS = ("attendance", "partners", "made", "open", "closed")


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the numbers of meetings ask the figures, what came of them is added up."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    held = [subject.value(f"meetings.{code}", subject.total) for code in ("joint", "matchmaking")]
    sums = [sum(getattr(line, name) for line in lines) for name in _SUMS]
    total = Row(TOTAL, ("", "合计", *[""] * 5, *held, *sums, ""), Weight.TOTAL)
    return Sheet(
        NAME,
        subject.title("社区会议清单"),
        (Table(_COLUMNS, (*rows, total)),),
        unit="见表头",
        notes=(
            "促成合作只列会上促成的；“促成合作”指标另含不在会上促成的。",
            "备注：补录——以前月份的会议本月才录入；撤销——扣除以前月份的会议；更正——以前月份的会议本月补记或改正。",
        ),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        (line.community_id, line.meeting_id),
        (
            number,
            date.fromisoformat(line.held_on),
            subject.names[line.community_id],
            line.code,
            line.title,
            KINDS[line.kind],
            line.place,
            line.joint,
            line.matchmaking,
            *(getattr(line, name) for name in _SUMS),
            _remark(line, subject.month),
        ),
    )


def _remark(line: Line, month: str) -> str:
    """Say why a meeting of an earlier month is listed in this one; the sheet's notes explain the words."""
    held = line.joint + line.matchmaking
    if held < 0:
        return "撤销"
    if month_of(line.held_on) == month:
        return ""
    return "补录" if held else "更正"
