"""What the commands of projects share: how a project's origin is read from what was typed, and its page."""

from datetime import date
from typing import TYPE_CHECKING, Any

from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.joining import Joining
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.needs import Needs
from hepartner.ledger.projects import Projects
from hepartner.ledger.sessions import Sessions
from hepartner.terminal.tables import show_json, show_record, show_table
from hepartner.words.project import EVENTS, NEED_MET, RESULTS, STATUSES

from .parameters import given

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.evaluations import Evaluation
    from hepartner.ledger.projects import Project


def said_of(
    ledger: "Ledger", origin: tuple[str | None, str | None, str | None], next_on: date | None, **said: Any
) -> dict[str, Any]:
    """Return what was said of a project as its particulars, what was not said left out.

    `origin` names a need, a meeting, and a project whose evaluation asked for a new one; an empty name is none, so that an
    edit clears what was said before.
    """
    need, meeting, evaluated = origin
    found = given(next_evaluation_on=str(next_on) if next_on else None, **said)
    if need is not None:
        found["need_id"] = ledger.book(Needs).find(need).id if need else None
    if meeting is not None:
        found["meeting_id"] = ledger.book(Meetings).find(meeting).id if meeting else None
    if evaluated is not None:
        found["evaluation_id"] = _asking(ledger, evaluated) if evaluated else None
    return found


def _asking(ledger: "Ledger", evaluated: str) -> int:
    """Return the evaluation of a project that asked for a new one."""
    return ledger.book(Evaluations).asking_for_new(ledger.book(Projects).find(evaluated)).id


def show_project(ledger: "Ledger", found: "Project", *, as_json: bool) -> None:
    """Show a project: where it came from, its partners, its steps, whom it served, how it was evaluated."""
    partners = ledger.book(Joining).partners(found)
    steps, held = ledger.book(Projects).steps(found), ledger.book(Sessions).listing(found)
    done = ledger.book(Evaluations).listing(project=found)
    if as_json:
        parts = {"partners": partners, "steps": steps, "sessions": held, "evaluations": done}
        show_json({"project": found, **parts})
        return
    show_record(
        {
            "编号": found.code, "名称": found.title, "社区": found.community, "地点": found.place,
            "状态": STATUSES[found.status], "出自需求": _pair(found.need_code, found.need),
            "出自会议": _pair(found.meeting_code, found.meeting),
            "出自评估": _pair(found.evaluated_code, found.evaluated),
            "单位": "、".join(f"{one.name}（{one.code}）" for one in partners),
            "服务": f"{found.sessions} 场，{found.served} 人次",
            "评估间隔": f"{found.evaluate_every} 个月" if found.evaluate_every else "",
            "下次评估": found.due, "备注": found.remark,
        }
    )  # fmt: skip
    rows = [(s.happened_on, EVENTS[s.event], f"V{s.voucher}", s.operator, s.note) for s in steps]
    show_table(["日期", "事项", "凭证", "操作人", "说明"], rows, further=True)
    served = [(s.happened_on, s.served, s.minutes, s.partners, f"V{s.voucher}", s.note) for s in held]
    show_table(["服务日期", "服务人次", "分钟", "在场的合伙人", "凭证", "说明"], served, further=True)
    found_out = [
        (
            e.happened_on, RESULTS[e.result], NEED_MET[e.need_met], *answers(e), e.new_projects, f"V{e.voucher}",
            e.note,
        )
        for e in done
    ]  # fmt: skip
    show_table(
        ["评估日期", "结论", "需求满足", "问了", "满意", "新项目", "凭证", "说明"], found_out, further=True
    )


def answers(found: "Evaluation") -> tuple[int | None, int | None]:
    """Return how many an evaluation asked and how many were satisfied; where nobody was asked there is nothing to say."""
    return (found.asked, found.satisfied) if found.asked else (None, None)


def _pair(code: str | None, title: str | None) -> str:
    return f"{code} {title}" if code else ""


PROJECTS = {
    "项目编号": "code", "项目": "title", "落地": "landed_on", "状态": lambda one: STATUSES[one.status], "场次": "sessions",
    "服务人次": "served",
}  # fmt: skip
"""The columns of the projects that came of something."""
