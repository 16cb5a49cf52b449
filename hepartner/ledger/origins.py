"""Origins 出处 of projects: the need, meeting or evaluation from which one came, which were there when it landed.

A need is of the residents whom the project serves, so of its community. A matchmaking meeting is of the community that held
it, and lands projects in many; what was found good in one community is landed in another.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .facts import stands

if TYPE_CHECKING:
    from .database import Database

_CALLED = {"need": "需求", "meeting": "会议", "evaluation": "评估"}


class Origin(NamedTuple):
    """What a project came from: `what` of need, meeting, evaluation, and the day of it.

    `result` is an evaluation's; `community_id` and `community` are those of a need, to which the project belongs too.
    """

    what: str
    day: str
    result: str | None
    community_id: int | None
    community: str | None


def origins(
    database: "Database", *, need_id: int | None, meeting_id: int | None, evaluation_id: int | None
) -> list[Origin]:
    """Read what a project came from, of which the ids are told."""
    asked = {"need": need_id, "meeting": meeting_id, "evaluation": evaluation_id}
    return [Origin(*row) for row in database.rows(_ORIGINS, asked)] if any(asked.values()) else []


def misfit(landed_on: str, community_id: int, found: Iterable[Origin]) -> tuple[str, str] | None:
    """Return what a project that landed in a community on a day can't have come from, and why; None if it all fits.

    It is half a sentence.
    """
    for one in found:
        if one.community_id not in (None, community_id):
            return one.what, f"它出自的{_CALLED[one.what]}是{one.community}的，不是项目所在社区的"
        if landed_on < one.day:
            return one.what, f"项目 {landed_on} 落地，早于它出自的{_CALLED[one.what]}（{one.day}）"
        if one.result not in (None, "new"):
            return one.what, f"{one.day} 的评估结论不是新立项目"
    return None


_ORIGINS = f"""SELECT 'need', n.happened_on, NULL, n.community_id, a.name FROM need_event n JOIN area a ON a.id = n.community_id
      WHERE n.need_id = :need AND n.event = 'raised' AND {stands("need_event", "n")}
    UNION ALL SELECT 'meeting', held_on, NULL, NULL, NULL FROM meeting WHERE id = :meeting
    UNION ALL SELECT 'evaluation', happened_on, result, NULL, NULL FROM evaluation WHERE id = :evaluation"""
