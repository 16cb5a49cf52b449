"""Sheet 吹哨清单: the dispatches that counted in the month, one line each."""

from datetime import date

from hepartner.ledger.counts.dispatches import LINES, Line
from hepartner.ledger.months import month_of
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Minutes, Ratio
from hepartner.words.dispatch import KINDS

from .subject import TOTAL, Subject

NAME = "吹哨清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("day", "吹哨日期", 5.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("title", "事由", 13, Align.LEFT),
    Column("kind", "类别", 3, Align.CENTER),
    Column("place", "地点", 8, Align.LEFT),
    Column("held", "次数", 3),
    Column("called", "呼叫\n（家次）", 4),
    Column("rate", "应答率", 7),
    Column("groups", "报到合伙人\n（去重）\n（家）", 5.5),
    Column("people", "报到人次", 4.5),
    Column("hours", "用时\n（小时）", 5),
    Column("remark", "备注", 3, Align.CENTER),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the total line asks the figures."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    return Sheet(
        NAME,
        subject.title("社区吹哨报到清单"),
        (Table(_COLUMNS, (*rows, _total(subject))),),
        unit="见表头",
        notes=(
            "应答率是本月呼叫、到月末已报到的家次÷本月呼叫的家次，退单的不计；用时从吹哨到结束，本月没有结束的记“—”，合计是中位数。",
            "报到合伙人合计按全区域去重统计。备注：补录——以前月份的吹哨本月才录入；撤销——扣除以前月份的吹哨；续报——以前月份的吹哨本月仍有进展。",
        ),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        (line.community_id, line.dispatch_id),
        (
            number,
            date.fromisoformat(line.whistled_on),
            subject.names[line.community_id],
            line.code,
            line.title,
            KINDS[line.kind],
            line.place,
            line.held,
            line.called,
            Ratio(line.answered, line.called),
            line.groups,
            line.people,
            None if line.minutes is None else Minutes(line.minutes),
            _remark(line, subject.month),
        ),
    )


def _total(subject: Subject) -> Row:
    codes = ("held", "response_rate", "groups", "people", "hours_median")
    held, rate, groups, people, hours = (subject.value(f"dispatches.{code}", subject.total) for code in codes)
    called = rate.denominator if isinstance(rate, Ratio) else 0
    return Row(
        TOTAL,
        ("", "合计", "", "", "", "", "", held, called, rate, groups, people, hours, ""),
        Weight.TOTAL,
    )


def _remark(line: Line, month: str) -> str:
    """Say why a dispatch of an earlier month is listed in this one; the sheet's notes explain the words."""
    if line.held < 0:
        return "撤销"
    if month_of(line.whistled_on) == month:
        return ""
    return "补录" if line.held else "续报"
