"""Sheet 荣誉清单: the honours given to partners in the month."""

from datetime import date

from hepartner.ledger.counts.honours import LINES, Line
from hepartner.ledger.months import month_of
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.words.honour import LEVELS

from .subject import TOTAL, Subject

NAME = "荣誉清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("partner", "合伙人", 13, Align.LEFT),
    Column("honour", "荣誉", 15, Align.LEFT),
    Column("level", "级别", 4, Align.CENTER),
    Column("giver", "授予单位", 13, Align.LEFT),
    Column("day", "授予日期", 5.5, Align.CENTER),
    Column("given", "授予荣誉\n（项）", 4.5),
    Column("remark", "备注", 5, Align.CENTER),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the number of honours asks the figure."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    given = subject.value("honours.given", subject.total)
    total = Row(TOTAL, ("", "合计", *[""] * 6, given, ""), Weight.TOTAL)
    return Sheet(
        NAME,
        subject.title("社区合伙人荣誉清单"),
        (Table(_COLUMNS, (*rows, total)),),
        unit="见表头",
        notes=("备注：补录——以前月份授予的本月才录入；撤销——扣除以前月份授予的。",),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        line.given_id if line.sign > 0 else ("taken back", line.given_id),
        (
            number,
            subject.names[line.community_id],
            line.code,
            line.partner,
            line.honour,
            LEVELS[line.level],
            line.giver,
            date.fromisoformat(line.happened_on),
            line.sign,
            _remark(line, subject.month),
        ),
    )


def _remark(line: Line, month: str) -> str:
    if line.sign < 0:
        return "撤销"
    return "补录" if month_of(line.happened_on) < month else ""
