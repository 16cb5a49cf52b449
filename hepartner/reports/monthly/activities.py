"""Sheet 活动: the activities that counted in the month, one line each."""

from datetime import date

from hepartner.ledger.counts.monthly import ActivityLine
from hepartner.ledger.months import month_of
from hepartner.reports.sheets import Align, Cell, Column, Row, Sheet, Table, Weight
from hepartner.reports.values import Minutes
from hepartner.words.activity import KINDS, THEMES

from .subject import TOTAL, Subject

NAME = "活动"

_COLUMNS = (
    Column("number", "序号", 2.5, Align.CENTER),
    Column("day", "日期", 5.5, Align.CENTER),
    Column("community", "社区", 7, Align.LEFT),
    Column("name", "活动名称", 13, Align.LEFT),
    Column("kind", "类别", 4.5, Align.CENTER),
    Column("theme", "主题", 3, Align.CENTER),
    Column("place", "地点", 8, Align.LEFT),
    Column("hosts", "主办", 12, Align.LEFT),
    Column("held", "场次", 3),
    Column("attendance", "参与人次", 4),
    Column("people", "参与人数\n（去重）", 4),
    Column("hours", "服务时长\n（小时）", 5),
    Column("beneficiaries", "受益人次", 4),
    Column("groups", "民族数", 3),
    Column("remark", "备注", 2.5, Align.CENTER),
)


def sheet(subject: Subject) -> Sheet:
    """Make the sheet; the total line asks the figures."""
    order = {area.id: place for place, area in enumerate(subject.communities)}
    lines = sorted(
        subject.activity_lines, key=lambda line: (order[line.community_id], line.held_on, line.activity_id)
    )
    rows = [
        Row(
            (line.community_id, line.activity_id),
            (
                number,
                date.fromisoformat(line.held_on),
                subject.names[line.community_id],
                line.name,
                KINDS.get(line.kind, ""),
                THEMES.get(line.theme, ""),
                line.place,
                line.organisers,
                line.held,
                line.attendance,
                line.people,
                Minutes(line.minutes),
                line.beneficiaries,
                line.ethnic_groups,
                _remark(line, subject.month),
            ),
        )
        for number, line in enumerate(lines, start=1)
    ]
    return Sheet(
        NAME,
        subject.title("社区合伙人活动情况表"),
        (Table(_COLUMNS, (*rows, _total(subject))),),
        unit="见表头",
        notes=(
            "备注：补录——以前月份的活动或签到本月才录入；冲正——扣除以前月份的签到；撤销——扣除以前月份的活动；更正——改正以前月份的数据。",
            "参与人数合计按全区域去重统计，不等于各场之和；民族数是各场活动现场的民族个数，不相加。",
        ),
    )


def _total(subject: Subject) -> Row:
    codes = ("held", "attendance", "people")
    held, attendance, people = (subject.value(f"activities.{code}", subject.total) for code in codes)
    hours = subject.value("hours.served", subject.total)
    beneficiaries = subject.value("activities.beneficiaries", subject.total)
    blank: list[Cell] = [""] * 6
    return Row(
        TOTAL, ("", "合计", *blank, held, attendance, people, hours, beneficiaries, None, ""), Weight.TOTAL
    )


def _remark(line: ActivityLine, month: str) -> str:
    """Say why an activity of an earlier month is listed in this one; the sheet's notes explain the words."""
    if line.held < 0:
        return "撤销"
    if line.attendance < 0:
        return "冲正"
    if line.held > 0 or line.people > 0:
        return "补录" if month_of(line.held_on) < month else ""
    return "更正"
