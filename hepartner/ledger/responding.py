"""Responding 应答: what a called partner's response goes through, how it stands, and which step may follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.words.dispatch import RESPONSES, STEPS

from . import errors, steps
from .facts import stands
from .lineage import noted
from .moments import Moment
from .persons import survivor

if TYPE_CHECKING:
    from .database import Database
    from .partners import Partner

MOST_HEADS = 100_000
"""Nobody brings more people to one dispatch (`arrival_people` in the tables)."""

_ENDED = ("left", "declined", "silent", "returned")
COURSE = steps.Course(
    "response",
    "response_event",
    {
        ("called", "answered"): "answered",
        ("called", "arrived"): "arrived",
        ("called", "declined"): "declined",
        ("called", "returned"): "returned",
        ("called", "silent"): "silent",
        ("answered", "arrived"): "arrived",
        ("answered", "declined"): "declined",
        ("answered", "returned"): "returned",
        ("arrived", "left"): "left",
        **{(ended, "called"): "called" for ended in _ENDED},
    },
    RESPONSES,
    STEPS,
)
DELTAS = {"called": 1, "answered": 0, "arrived": 0, **dict.fromkeys(_ENDED, -1)}


class Came(NamedTuple):
    """A partner on a roll-call: with how many people, party members among them."""

    partner: "Partner"
    heads: int
    party_members: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """One step of a response that is in force; `minutes` since the call of its round."""

    response_id: int
    partner_code: str
    partner: str
    event: str
    round: int
    day: str
    minute: int
    minutes: int
    heads: int | None
    party_members: int | None
    reason: str
    operator: str
    voucher: int

    @property
    def at(self) -> Moment:
        """When it was."""
        return Moment(self.day, self.minute)


@dataclass(frozen=True, slots=True)
class Response:
    """How a partner stands in a dispatch; times, heads and `minutes` (from call to arrival) are of its latest call.

    Times are texts like 2025-11-20 08:30, None for what did not happen. `partner_id` is the card that was called; code, name and
    kind are of whom that stands for today.
    """

    id: int
    dispatch_id: int
    community_id: int
    partner_id: int
    partner_code: str
    partner: str
    kind: str
    status: str
    instead_of: str
    round: int
    called: str
    answered: str | None
    arrived: str | None
    left: str | None
    minutes: int | None
    heads: int | None
    party_members: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class RollCall:
    """Those who came as a roll-call took them down; without a voucher it was a dry run."""

    now: list[Response]
    voucher: int | None


class Rehearsed(Exception):
    """A dry run has come to its end, so that nothing of it is kept."""


class NotCalled(errors.Refused):
    """Partners who were not called to this dispatch."""

    def __init__(self, dispatch: str, code: str, partners: "Sequence[Partner]") -> None:
        shown = "、".join(f"{one.name}（{one.code}）" for one in partners[:9])
        more = f"等 {len(partners)} 家" if len(partners) > 9 else ""  # noqa: PLR2004 a line of the screen
        typed = " ".join(one.code for one in partners[:9])
        super().__init__(f"“{dispatch}”没有叫过{shown}{more}。请先叫：hep dispatch again {code} {typed}")


class CannotCome(errors.Refused):
    """The partner can't be called, or can't have come."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}，不能叫来报到。请改正合伙人或日期。")


class BeforeLastMoment(errors.Refused):
    """A step earlier than the last one."""

    def __init__(self, shown: str, moment: Moment, latest: Moment) -> None:
        super().__init__(f"{shown}的上一步在 {latest}，{moment} 比它早。请改正时间。")


class DispatchOver(errors.Refused):
    """The dispatch is finished, so nobody is called and nobody arrives."""

    def __init__(self, title: str, code: str) -> None:
        super().__init__(
            f"吹哨“{title}”（{code}）已经结束，只能再记离开。漏记的报到请先撤销结束，见 hep log --action 结束吹哨。"
        )


class BadHeads(errors.Refused):
    """Not a number of people that can have come."""

    def __init__(self, shown: str, why: str) -> None:
        super().__init__(f"{shown}：{why}。")


class NobodyCame(errors.Refused):
    """A roll-call without anybody on it."""

    def __init__(self, title: str, code: str) -> None:
        super().__init__(
            f"“{title}”（{code}）的点名里没有人，没有记账。每行写合伙人和到场人数，如 P0012=30。"
        )


class NamedTwice(errors.Refused):
    """A partner stands twice where it can stand once."""

    def __init__(self, partner: "Partner") -> None:
        super().__init__(f"{partner.name}（{partner.code}）写了两次，请合成一行。")


def heads_fault(heads: int, party_members: int) -> str | None:
    """Return what is wrong with the people who came, or None."""
    if not 1 <= heads <= MOST_HEADS:
        return f"到场人数 {heads} 不行，应是 1 到 {MOST_HEADS} 的整数"
    if not 0 <= party_members <= heads:
        return f"其中党员 {party_members} 人，应在 0 到到场人数 {heads} 之间"
    return None


def replies(database: "Database", dispatch_id: int) -> list[Reply]:
    """Return the steps in force of all responses to a dispatch, in the order in which they happened, by today's names."""
    return [Reply(*row) for row in database.rows(_REPLIES, (dispatch_id,))]


def responses(database: "Database", dispatch_id: int, *, partners: str | None = None) -> list[Response]:
    """Return how each card that was called to a dispatch stands, by code; of these cards (a JSON list of ids) if given."""
    cards = database.rows(_CARDS, {"dispatch": dispatch_id, "partners": partners})
    told: dict[int, list[Reply]] = {}
    for reply in replies(database, dispatch_id):
        told.setdefault(reply.response_id, []).append(reply)
    return [_standing(card, told[card[0]]) for card in cards if card[0] in told]


def by_person(those: Iterable[Response]) -> list[Response]:
    """Return one response for each person, by code: the one that came furthest, with the people of all its cards."""
    found: dict[str, Response] = {}
    for one in sorted(those, key=furthest):
        before = found.get(one.partner_code)
        found[one.partner_code] = _together(one, before) if before else one
    return [found[code] for code in sorted(found)]


def furthest(response: Response) -> int:
    """Tell how far a response came, for what stands for a person that was called by several cards."""
    return _FAR.index(response.status)


def _together(one: Response, other: Response) -> Response:
    """Return a response with the people of another one, where both arrived."""
    if one.heads is None or other.heads is None:
        return one
    party = (one.party_members or 0) + (other.party_members or 0)
    return replace(one, heads=one.heads + other.heads, party_members=party)


_FAR = ("returned", "silent", "called", "declined", "answered", "left", "arrived")


def _standing(card: Sequence[Any], told: Sequence[Reply]) -> Response:
    latest = max(reply.round for reply in told)
    lately = {reply.event: reply for reply in told if reply.round == latest}
    answered, arrived, left = (lately.get(event) for event in ("answered", "arrived", "left"))
    now = (
        latest,
        str(lately["called"].at),
        *(str(step.at) if step else None for step in (answered, arrived, left)),
        *((arrived.minutes, arrived.heads, arrived.party_members) if arrived else (None, None, None)),
        next((reply.reason for reply in reversed(lately.values()) if reply.reason), ""),
    )
    return Response(*(*card, *now))


_REPLIES = f"""SELECT e.response_id, p.code, p.name, e.event, e.round, e.happened_on, e.minute, e.minutes, a.heads,
      a.party_members, {noted("response_event", "e")}, o.name, e.voucher_id
    FROM response_event e JOIN partner p ON p.id = {survivor("e.partner_id")}
    JOIN voucher v ON v.id = e.voucher_id JOIN operator o ON o.id = v.operator_id
    LEFT JOIN arrival a ON a.response_event_id = e.id AND {stands("arrival", "a")}
    WHERE e.dispatch_id = ? AND {stands("response_event", "e")} ORDER BY e.happened_on, e.minute, e.id"""
_CARDS = f"""SELECT s.id, s.dispatch_id, s.community_id, s.partner_id, p.code, p.name, p.kind, s.status,
      ifnull((SELECT q.code FROM response i JOIN partner q ON q.id = {survivor("i.partner_id")} WHERE i.id = s.instead_of_id), '')
    FROM response s JOIN partner p ON p.id = {survivor("s.partner_id")}
    WHERE s.dispatch_id = :dispatch AND s.withdrawn = 0
      AND (:partners IS NULL OR s.partner_id IN (SELECT value FROM json_each(:partners))) ORDER BY p.code"""
