"""Lists of evaluations of projects: the same file again adds none; two equal ones of a day are asked about."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese.money import parse_yuan
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_day,
    read_due_day,
    read_text,
    read_whole,
    titled,
)
from hepartner.intake.kinds.needs import read_title
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.kinds.projects import PROJECT_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, understood
from hepartner.intake.problems import Fault, Misfit, refused
from hepartner.ledger.errors import Refused
from hepartner.ledger.evaluations import MOST_HEADS, Evaluations, Particulars, faults
from hepartner.ledger.projects import Project, Projects
from hepartner.words.project import NEED_MET, RESULTS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher

Said = tuple[int, str, Particulars]
"""The evaluation that a row means: the project's id, the day, what was found."""


class EvaluationLine(NamedTuple):
    """What one row says of an evaluation; None where it is blank. The cost is fen."""

    day: str
    community: str | None
    project: str
    result: str
    need_met: str
    asked: int | None
    satisfied: int | None
    attendance: int | None
    cost_fen: int | None
    next_on: str | None
    note: str | None


_RESULT_WORDS = {
    "continue": ("继续", "保留", "继续实施"),
    "adjust": ("调整", "改进", "优化"),
    "stop": ("停办", "停止", "终止"),
    "new": ("新立项目", "新立", "新项目"),
}
_NEED_MET_WORDS = {
    "yes": ("满足", "是", "已满足"),
    "partly": ("部分满足", "部分", "基本满足"),
    "no": ("没有满足", "否", "未满足", "不满足"),
}


def form(today: date) -> Form[EvaluationLine]:
    """The columns of a list of evaluations; days are read as somebody typing today means them."""
    heads = partial(read_whole, most=MOST_HEADS)
    columns = (
        dated("day", "日期 评估日期 评估时间 时间", read_day(today), required=True, sample="2024-09-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "project", f"{PROJECT_TITLES} 项目编号", read_title("项目名称"),
            required=True, may_be_blank=False, sample="居家助老（示例）",
        ),
        titled(
            "result", "结论 评估结论 评估结果", read_choice("结论", _RESULT_WORDS),
            required=True, choices=tuple(RESULTS.values()),
        ),
        titled(
            "need_met", "需求满足 需求满足情况 是否满足需求", read_choice("需求满足", _NEED_MET_WORDS),
            required=True, choices=tuple(NEED_MET.values()),
        ),
        titled("asked", "问了 询问人数 调查人数 问了几人", heads("问了的人数"), sample="30"),
        titled("satisfied", "满意 满意人数", heads("满意人数"), sample="27"),
        titled("attendance", "到场人次 参与人次 服务人次", heads("到场人次")),
        titled("cost_fen", "费用 费用（元） 期间费用 花费", partial(parse_yuan, noun="费用"), sample="1200.50"),
        dated("next_on", "下次评估 下次评估日期", read_due_day(today)),
        titled("note", "说明 备注 评估意见", partial(read_text, noun="说明")),
    )  # fmt: skip
    return Form("评估清单", columns, EvaluationLine._make)


def plan(ledger: "Ledger", lines: Lines[EvaluationLine], source: "Source") -> Plan:
    """Tell which evaluations are not recorded yet; what a project can't take is found when the plan writes, day after day."""
    plan, evaluations, projects = Plan(), ledger.book(Evaluations), ledger.book(Projects)
    reading = _Reading(ledger, lines.heading)
    said = understood(plan, lines, reading.said)
    days = span([day for _, (_, day, _) in said])
    line_of = dict(lines.good)
    new = only_new(
        plan, lines, said, source, lambda by: evaluations.recorded(by, *days),
        compared="项目、日期、结论、需求满足、人数和费用",
        note=lambda row: line_of[row].note or "",
        once=lambda row, one: reading.once(line_of[row], one),
    )  # fmt: skip

    def write(voucher: "Voucher") -> None:
        added = []
        for row, (project_id, day, found) in sorted(new, key=lambda one: (one[1][1], one[0])):
            project, line = projects.get(project_id), line_of[row]
            try:
                evaluations.evaluate_in(
                    voucher, project, found, day, next_on=line.next_on, note=line.note or ""
                )
            except Refused as refusal:
                plan.problems.append(
                    lines.problem(row, refused("project", refusal, project.title, remedy="请改正日期或结论"))
                )
            else:
                added.append((project.community_id, day))
        plan.added = len(added)
        note_days(plan, ledger, added)

    plan.write = write
    return plan


class _Reading:
    """What the cells of a list mean in the ledger."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        listed = ledger.book(Projects).listing()
        self._homes = {one.id: one.community_id for one in listed}
        self._named: Named[Project] = Named(ledger, "project", listed)

    def said(self, line: EvaluationLine) -> Said | Misfit:
        """The evaluation that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        found = self._named.called(line.project, community)
        if not found:
            fault = Fault(f"{community.name}没有这个项目", "请核对名称或编号，或先导入项目清单")
            return Misfit("project", fault, line.project)
        # Of several of one title the last that had landed by then.
        landed = [one for one in found if one.landed_on <= line.day] or found
        project = max(landed, key=lambda one: (one.landed_on, one.id))
        said = Particulars(
            line.need_met, line.result, line.asked or 0, line.satisfied or 0, line.attendance, line.cost_fen
        )
        for fault_told in faults(said, new=False):
            reason, _, remedy = fault_told.removesuffix("。").partition("：")
            return Misfit("satisfied", Fault(reason, remedy or "请改正"))
        return project.id, line.day, said

    def once(self, line: EvaluationLine, said: Said) -> list[Said]:
        """What a row meant while other projects were called so."""
        project_id, day, found = said
        return [
            (one.id, day, found) for one in self._named.once_called(line.project, self._homes[project_id])
        ]


KIND = Kind("evaluations", form, plan)
