"""Origins 出处 of projects: the need, meeting or evaluation from which one came, which were there when it landed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .facts import stands

if TYPE_CHECKING:
    from .database import Database

_CALLED = {"need": "需求", "meeting": "会议", "evaluation": "评估"}


class Origin(NamedTuple):
    """What a project came from: `what` of need, meeting, evaluation, and the day of it; `result` of an evaluation."""

    what: str
    day: str
    result: str | None


def origins(
    database: "Database", *, need_id: int | None, meeting_id: int | None, evaluation_id: int | None
) -> list[Origin]:
    """Read what a project came from, of which the ids are told."""
    asked = {"need": need_id, "meeting": meeting_id, "evaluation": evaluation_id}
    return [Origin(*row) for row in database.rows(_ORIGINS, asked)] if any(asked.values()) else []


def misfit(landed_on: str, found: Iterable[Origin]) -> tuple[str, str] | None:
    """Return what a project that landed on a day can't have come from, and why, half a sentence; None if it all fits."""
    for one in found:
        if landed_on < one.day:
            return one.what, f"项目 {landed_on} 落地，早于它出自的{_CALLED[one.what]}（{one.day}）"
        if one.result not in (None, "new"):
            return one.what, f"{one.day} 的评估结论不是新立项目"
    return None


_ORIGINS = f"""SELECT 'need', happened_on, NULL FROM need_event e
      WHERE need_id = :need AND event = 'raised' AND {stands("need_event", "e")}
    UNION ALL SELECT 'meeting', held_on, NULL FROM meeting WHERE id = :meeting
    UNION ALL SELECT 'evaluation', happened_on, result FROM evaluation WHERE id = :evaluation"""
