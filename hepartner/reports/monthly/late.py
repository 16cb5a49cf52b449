"""Sheet 补录更正: what came late for closed months and what it adds to this month's figures; months that were opened again."""

from datetime import date

from hepartner.ledger.counts.late import OPENED, LateLine, Opened
from hepartner.reports.figures import FIGURES
from hepartner.reports.sheets import Align, Cell, Column, Row, Sheet, Table
from hepartner.reports.values import Minutes, Signed
from hepartner.words import actions

from .subject import Subject

NAME = "补录更正"
LATE, REOPENED = 0, 1
"""The places of the two tables on the sheet."""

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("kind", "性质", 3, Align.CENTER),
    Column("month", "所属月份", 4.5, Align.CENTER),
    Column("days", "业务日期", 7, Align.CENTER),
    Column("action", "事项", 9, Align.LEFT),
    Column("voucher", "凭证", 4, Align.LEFT),
    Column("figure", "影响的指标", 10, Align.LEFT),
    Column("unit", "单位", 3, Align.CENTER),
    Column("rows", "笔数", 3),
    Column("amount", "本月增减", 5),
)
_OPENED = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("month", "重新打开的月份", 5.5, Align.CENTER),
    Column("day", "打开日期", 5.5, Align.CENTER),
    Column("voucher", "凭证", 4, Align.LEFT),
    Column("operator", "操作人", 6, Align.LEFT),
    Column("second", "复核人", 6, Align.LEFT),
    Column("reason", "原因", 20, Align.LEFT),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; its amounts are parts of this month's figures, not additions to them."""
    late = enumerate(subject.late, start=1)
    opened = enumerate(subject.lines(OPENED), start=1)
    return Sheet(
        NAME,
        subject.title("社区已结账月份补录更正情况表"),
        (
            Table(
                _COLUMNS,
                tuple(_row(subject, *one) for one in late),
                "一、已结账月份的业务，结账后才到，计入本月",
            ),
            Table(_OPENED, tuple(_opened(subject, *one) for one in opened), "二、重新打开的账期"),
        ),
        unit="见“单位”栏",
        notes=(
            "补录——结账后才到的业务；更正——结账后冲正、撤销或改正的业务。所列增减已包含在本月各表的数字里。",
            "去重、比率、中位数的指标不能由各笔相加，增减记“—”，本月数按口径重新统计。",
        ),
    )


def _row(subject: Subject, number: int, line: LateLine) -> Row:
    brought, figure = line.brought, FIGURES[line.code]
    return Row(
        (brought.voucher, brought.community_id, brought.month, line.code),
        (
            number,
            subject.names[brought.community_id],
            "更正" if brought.correction else "补录",
            brought.month,
            _days(brought.first_day, brought.last_day),
            actions()[brought.action],
            f"V{brought.voucher}",
            figure.title,
            figure.unit,
            line.rows,
            _amount(line),
        ),
    )


def _days(first: str, last: str) -> Cell:
    """Return the day, or the first and the last of several; the month stands beside."""
    return date.fromisoformat(first) if first == last else f"{first[8:]}日至{last[8:]}日"


def _amount(line: LateLine) -> Cell:
    if line.amount is None:
        return None
    return Signed(Minutes(line.amount) if FIGURES[line.code].minutes else line.amount)


def _opened(subject: Subject, number: int, line: Opened) -> Row:
    return Row(
        (line.voucher, line.community_id),
        (
            number,
            subject.names[line.community_id],
            line.month,
            date.fromisoformat(line.opened_on),
            f"V{line.voucher}",
            line.operator,
            line.second,
            line.reason,
        ),
    )
