"""Sheet 项目清单: the service projects under way at the end of the month, landed, ended or serving in it."""

from datetime import date

from hepartner.ledger.counts.projects import LINES, Line
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight

from .subject import NEGATIVE, TOTAL, Subject

NAME = "项目清单"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("code", "编号", 6, Align.LEFT),
    Column("title", "项目", 10, Align.LEFT),
    Column("place", "地点", 7, Align.LEFT),
    Column("origin", "来源", 9, Align.LEFT),
    Column("partners", "参与的合伙人", 14, Align.LEFT),
    Column("day", "落地日期", 5.5, Align.CENTER),
    Column("state", "月末状态", 4, Align.CENTER),
    Column("landed", "本月\n落地", 3),
    Column("active", "月末\n在办", 3),
    Column("sessions", "场次", 3, group="本月服务"),
    Column("served", "人次", 4, group="本月服务"),
    Column("year", "本年服务\n人次", 4.5),
)
_STATES = {
    "landed": "实施中",
    "adjusted": "实施中",
    "resumed": "实施中",
    "stopped": "已停办",
    "finished": "已结项",
    "": "",
}
"""What a project is after its last step."""


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; landed and active ask the figures, the sessions are added up."""
    lines = subject.lines(LINES)
    rows = [_row(subject, number, line) for number, line in enumerate(lines, start=1)]
    landed, active = (subject.value(f"projects.{code}", subject.total) for code in ("landed", "active"))
    sums = [sum(getattr(line, name) for line in lines) for name in ("sessions", "served", "year")]
    total = Row(TOTAL, ("", "合计", *[""] * 7, landed, active, *sums), Weight.TOTAL)
    return Sheet(
        NAME,
        subject.title("社区服务项目清单"),
        (Table(_COLUMNS, (*rows, total)),),
        unit="见表头",
        notes=(
            "列出月末在办的项目，以及本月落地、停办、结项或有服务的项目；“服务人次”指标另含公益惠民活动的受益人次。",
            NEGATIVE,
        ),
    )


def _row(subject: Subject, number: int, line: Line) -> Row:
    return Row(
        (line.community_id, line.project_id),
        (
            number,
            subject.names[line.community_id],
            line.code,
            line.title,
            line.place,
            line.origin,
            line.partners,
            date.fromisoformat(line.landed_on),
            "已撤销" if line.landed < 0 else _STATES[line.event],
            line.landed,
            line.active,
            line.sessions,
            line.served,
            line.year,
        ),
    )
