"""Handling 办理 of an issue: which step may follow which, what each step adds to the counts, and what refuses one."""

from dataclasses import dataclass
from typing import NamedTuple

from hepartner.chinese import names
from hepartner.words.issue import EVENTS, STATUSES

from . import errors

TRANSITIONS = {
    ("reported", "assigned"): "assigned",
    ("assigned", "assigned"): "assigned",
    ("reported", "resolved"): "resolved",
    ("assigned", "resolved"): "resolved",
    ("resolved", "confirmed"): "confirmed",
    ("resolved", "reopened"): "reported",
    ("confirmed", "reopened"): "reported",
    ("reported", "duplicate"): "duplicate",
    ("assigned", "duplicate"): "duplicate",
    ("resolved", "duplicate"): "duplicate",
    ("confirmed", "duplicate"): "duplicate",
}
"""From a status by an event to a status; anything else is refused."""


MOST_BENEFICIARIES = 10_000_000


class Counts(NamedTuple):
    """What a step adds to each count of its issue, or what all steps so far add up to."""

    reported: int = 0
    open: int = 0
    resolved: int = 0
    confirmed: int = 0
    beneficiaries: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it stands; `category` is the code, `duplicate_of` the code of the issue it repeats."""

    id: int
    code: str
    title: str
    status: str
    category: str
    category_name: str
    community_id: int
    community: str
    place: str
    reported_on: str
    due_on: str
    assignee: str
    duplicate_of: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class IssueWritten:
    """What a write did: the issue as it stands now and the voucher."""

    issue: Issue
    voucher: int


class BadIssue(errors.Refused):
    """What is said of an issue can't be."""


class WrongStep(errors.Refused):
    """The issue's status does not allow this step."""

    def __init__(self, issue: Issue, event: str) -> None:
        can = "、".join(dict.fromkeys(allowed(issue.status)))
        instead = f"可以{can}" if can else f"请办理 {issue.duplicate_of}，或用 hep undo 撤销并入"
        super().__init__(
            f"“{issue.title}”（{issue.code}）现在是“{STATUSES[issue.status]}”，不能记“{EVENTS[event]}”；{instead}。"
        )


class BeforeLastStep(errors.Refused):
    """A step on a day before the last one."""

    def __init__(self, issue: Issue, day: str, latest: str) -> None:
        super().__init__(
            f"“{issue.title}”（{issue.code}）的上一步在 {latest}，日期 {day} 比它早。请改用 {latest} 或以后的日期。"
        )


class NotItself(errors.Refused):
    """An issue repeats another one that stands by itself."""

    def __init__(self, issue: Issue, of: Issue) -> None:
        why = "不能并入自己" if issue.id == of.id else f"不能并入 {of.code}，因为它已并入 {of.duplicate_of}"
        super().__init__(f"“{issue.title}”（{issue.code}）{why}。请写它重复的那个问题的编号。")


class Unchanged(errors.Refused):
    """An edit says nothing new."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}没有要修改的内容，没有改动。")


def effect(event: str, so_far: Counts, *, beneficiaries: int = 0) -> Counts:
    """Return what a step adds: opening an issue again, or finding it a duplicate, takes back what earlier steps added."""
    if event == "reported":
        return Counts(reported=1, open=1)
    if event == "resolved":
        return Counts(open=-1, resolved=1, beneficiaries=beneficiaries)
    if event == "confirmed":
        return Counts(confirmed=1)
    if event in ("reopened", "duplicate"):
        left_open = 1 if event == "reopened" else 0
        taken_back = (left_open - so_far.open, -so_far.resolved, -so_far.confirmed, -so_far.beneficiaries)
        return Counts(0, *taken_back)
    return Counts()


def allowed(status: str) -> list[str]:
    """Return the steps that may follow in a status, as people call them."""
    return [EVENTS[event] for before, event in TRANSITIONS if before == status]


def check_card(title: str, reported_on: str, due_on: str) -> None:
    """Refuse an issue without a title or due before it was reported. Raises BadIssue."""
    if not names.match_key(title):
        raise BadIssue("问题的标题是空的，请写明是什么事。")
    if due_on < reported_on:
        raise BadIssue(f"截止日期 {due_on} 早于上报日期 {reported_on}，请改正。")
