"""Sheet 扶持清单: what partners were given in the month, a line for each."""

from hepartner.ledger.counts.supports import LINES, Line
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Minutes

from .subject import NEGATIVE, TOTAL, Subject

NAME = "扶持清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("partner", "合伙人", 14, Align.LEFT),
    Column("venues", "使用的场地", 14, Align.LEFT),
    Column("venue", "次数", 4, group="场地使用"),
    Column("hours", "时长（小时）", 5, group="场地使用"),
    Column("publicity", "宣传\n（次）", 4),
    Column("office", "办公\n（次）", 4),
    Column("matchmaking", "对接\n（次）", 4),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; uses of venues and publicity ask the figures, the rest is added up."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    venue, publicity = (subject.value(f"support.{code}", subject.total) for code in ("venue", "publicity"))
    hours = Minutes(sum(line.minutes for line in lines))
    office, matchmaking = (sum(getattr(line, name) for line in lines) for name in ("office", "matchmaking"))
    total = ("", "合计", "", "", "", venue, hours, publicity, office, matchmaking)
    return Sheet(
        NAME,
        subject.title("社区扶持合伙人清单"),
        (Table(_COLUMNS, (*rows, Row(TOTAL, total, Weight.TOTAL))),),
        unit="见表头",
        notes=(NEGATIVE,),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        (line.community_id, line.partner_id),
        (
            number,
            subject.names[line.community_id],
            line.code,
            line.partner,
            line.venues,
            line.venue,
            Minutes(line.minutes),
            line.publicity,
            line.office,
            line.matchmaking,
        ),
    )
