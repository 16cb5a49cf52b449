"""Sheet 决议清单: the resolutions still open at the end of the month, overdue ones named, and those done in it."""

from datetime import date

from hepartner.ledger.counts.meetings import RESOLUTIONS, Resolved
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.words.meeting import STATUSES

from .subject import NEGATIVE, TOTAL, Subject

NAME = "决议清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("title", "决议", 15, Align.LEFT),
    Column("meeting", "会议", 12, Align.LEFT),
    Column("owner", "责任人", 9, Align.LEFT),
    Column("due", "期限", 5.5, Align.CENTER),
    Column("state", "月末状态", 4, Align.CENTER),
    Column("ended", "办结日期", 5.5, Align.CENTER),
    Column("done", "本月办结\n（项）", 4),
    Column("open", "月末在办\n（项）", 4),
    Column("late", "超期\n（天）", 4),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; those done ask the figure, those open are counted."""
    lines = subject.lines(RESOLUTIONS)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    done = subject.value("meetings.resolutions_done", subject.total)
    opened, late = sum(line.open for line in lines), sum(line.late > 0 for line in lines)
    total = ("", "合计", *[""] * 7, done, opened, None)
    return Sheet(
        NAME,
        subject.title("社区会议决议清单"),
        (Table(_COLUMNS, (*rows, Row(TOTAL, total, Weight.TOTAL))),),
        unit="见表头",
        notes=(
            f"列出月末在办的和本月办结、撤下的决议；超期按月末计，本月尚未过完的按填报当日计。超期的共 {late} 项。",
            NEGATIVE,
        ),
    )


def _row(subject: Subject, number: int, line: Resolved) -> Row:
    return Row(
        (line.community_id, line.resolution_id),
        (
            number,
            subject.names[line.community_id],
            line.code,
            line.title,
            line.meeting,
            line.owner,
            _day(line.due_on),
            _state(line),
            _day(line.ended_on),
            line.done,
            line.open,
            line.late or None,
        ),
    )


def _state(line: Resolved) -> str:
    if line.open:
        return STATUSES["open"]
    return STATUSES["dropped" if line.dropped > 0 else "done"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
