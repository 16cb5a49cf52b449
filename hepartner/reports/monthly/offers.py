"""Sheet 惠民服务清单: what businesses offered residents at the end of the month, and how often it was used in it."""

from datetime import date

from hepartner.ledger.counts.offers import LINES, Line
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Yuan
from hepartner.words.offer import STATUSES, TERMS, TRADES

from .subject import NEGATIVE, TOTAL, Subject

NAME = "惠民服务清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("trade", "行业", 4, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("partner", "商企", 11, Align.LEFT),
    Column("title", "惠民服务", 12, Align.LEFT),
    Column("terms", "方式", 4, Align.CENTER),
    Column("before", "原价", 5.5, group="价格（元）"),
    Column("after", "惠民价", 5.5, group="价格（元）"),
    Column("day", "推出日期", 5.5, Align.CENTER),
    Column("state", "月末状态", 4, Align.CENTER),
    Column("active", "月末\n开放", 3),
    Column("uses", "本月使用\n人次", 4.5),
    Column("year", "本年使用\n人次", 4.5),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the offers open and their uses ask the figures, the uses of the year are added up."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    active, uses = (subject.value(f"offers.{code}", subject.total) for code in ("active", "uses"))
    year = sum(line.year for line in lines)
    total = Row(TOTAL, ("", "", "合计", *[""] * 8, active, uses, year), Weight.TOTAL)
    return Sheet(
        NAME,
        subject.title("社区商企惠民服务清单"),
        (Table(_COLUMNS, (*rows, total)),),
        unit="见表头",
        notes=(
            "列出月末开放的惠民服务，以及本月推出、停止或有使用的，按社区和行业排列；没有写价格的记“—”。",
            NEGATIVE,
        ),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        (line.community_id, line.offer_id),
        (
            number,
            TRADES[line.trade],
            subject.names[line.community_id],
            line.code,
            line.partner,
            line.title,
            TERMS[line.terms],
            _yuan(line.price_before),
            _yuan(line.price_after),
            date.fromisoformat(line.opened_on),
            "已撤销" if line.opened < 0 else STATUSES["open" if line.active else "closed"],
            line.active,
            line.uses,
            line.year,
        ),
    )


def _yuan(fen: int | None) -> Yuan | None:
    return None if fen is None else Yuan(fen)
