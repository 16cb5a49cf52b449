"""Presence 在册: whether a partner was here on a day. Every book and every list asks it here, by the day."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from . import errors
from .facts import stands
from .persons import survivor

if TYPE_CHECKING:
    from .database import Database


class Presence(NamedTuple):
    """What decides whether a partner was here on a day: when it joined and how it came and went since.

    `gone` says why it is here on none; `steps` are (day, event) in their order.
    """

    who: str
    joined_on: str
    gone: str
    steps: tuple[tuple[str, str], ...]


class Place(NamedTuple):
    """Where a partner was on record on a day, and as which kind."""

    community_id: int
    kind: str


class NotHere(errors.Refused):
    """The partner was not here on that day; a leaf says what can't be done therefore."""

    deed: ClassVar[str]

    def __init__(self, presence: Presence, day: str) -> None:
        why = absence(presence, day)
        if presence.gone:
            super().__init__(f"{why}，没有记账。")
            return
        back = "，或先恢复在册：hep partner rejoin" if absence(presence, _LAST_OF_DAYS) else ""
        super().__init__(f"{why}，{day} {self.deed}。请改正日期{back}。")


def absence(presence: Presence, day: str) -> str | None:
    """Return why a partner can't have taken part on a day, or None; on the day it leaves it still can."""
    if presence.gone:
        return f"{presence.who}{presence.gone}"
    if day < presence.joined_on:
        return f"{presence.who}{presence.joined_on} 才加入"
    why = None
    for on, event in presence.steps:
        if on < day or (on == day and event != "left"):
            why = {"left": f"{on} 已退出", "suspended": f"{on} 起暂停"}.get(event)
    return f"{presence.who}{why}" if why else None


def absences(database: "Database", pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """Return for (partner, day) why that partner can't have taken part on that day; who can is left out."""
    asked = dict.fromkeys(pairs)
    known = presences(database, {partner_id for partner_id, _ in asked})
    found = ((pair, absence(known[pair[0]], pair[1])) for pair in asked)
    return {pair: why for pair, why in found if why}


def on_record(database: "Database", day: str) -> dict[int, Place]:
    """Return who was on record (在册) on a day, suspended ones too, by whom each stands for today; who left on it was not.

    A card that was merged later was on record itself until then; the place is the survivor's where it was there too.
    """
    found: dict[int, Place] = {}
    for card, person, *place in database.rows(_ON_RECORD, (day,)):
        if card == person or person not in found:
            found[person] = Place(*place)
    return found


def of(database: "Database", partner_id: int) -> Presence:
    """Read how one partner came and went."""
    return presences(database, (partner_id,))[partner_id]


def presences(database: "Database", partner_ids: Collection[int]) -> dict[int, Presence]:
    """Read how these partners came and went, in one query however many they are."""
    cards: dict[int, tuple[str, str, str]] = {}
    steps: dict[int, list[tuple[str, str]]] = {}
    for partner_id, *card, day, event in database.rows(_CAME_AND_WENT, (str(sorted(partner_ids)),)):
        who, joined_on, withdrawn, into = card
        cards[partner_id] = who, joined_on, _gone(withdrawn, into)
        if event:
            steps.setdefault(partner_id, []).append((day, event))
    return {
        partner_id: Presence(*card, tuple(steps.get(partner_id, ()))) for partner_id, card in cards.items()
    }


def _gone(withdrawn: int, into: str | None) -> str:
    if withdrawn:
        return "的登记已撤销"
    return f"已并入 {into}，请改用 {into}" if into else ""


_ON_RECORD = f"""SELECT p.id, iif(p.merged_into_id IS NULL, p.id, {survivor("p.id")}), s.community_id, s.kind
    FROM standing s JOIN partner p ON p.id = s.partner_id WHERE s.happened_on <= ?
    GROUP BY s.partner_id, s.community_id, s.kind HAVING sum(s.sign * s.delta) > 0 ORDER BY s.partner_id"""
_LAST_OF_DAYS = "9999-12-31"
_CAME_AND_WENT = f"""SELECT p.id, p.name || '（' || p.code || '）', p.joined_on, p.withdrawn, m.code, s.happened_on, s.event
    FROM json_each(?) j CROSS JOIN partner p ON p.id = j.value LEFT JOIN partner m ON m.id = p.merged_into_id
    LEFT JOIN standing s ON s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'left', 'rejoined')
      AND {stands("standing", "s")}
    ORDER BY s.happened_on, s.id"""
