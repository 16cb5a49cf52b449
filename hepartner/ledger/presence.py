"""Presence 在册: whether a partner was here on a day. Every book and every list asks it here, by the day.

Whoever was merged goes by whom it was merged into; while that one had not joined yet, or had left, by the cards that were
merged into it.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from . import errors
from .facts import stands
from .persons import CARDS, survivor

if TYPE_CHECKING:
    from .database import Database


class Presence(NamedTuple):
    """What decides whether a partner was here on a day: when it joined and how it came and went since.

    `gone` says why it is here on none; `steps` are (day, event) in their order. `cards` are those that were merged into it.
    """

    who: str
    joined_on: str
    gone: str
    steps: tuple[tuple[str, str], ...]
    cards: tuple["Presence", ...] = ()


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
    away = _away(presence, day)
    if away is None:
        return None
    if away[1] != "suspended" and any(_away(card, day) is None for card in presence.cards):
        return None
    return f"{presence.who}{away[0]} {_AWAY[away[1]]}"


def _away(card: Presence, day: str) -> tuple[str, str] | None:
    """Return why a card was not here on a day: the day of a step and the step; on the day of leaving or merging it still was."""
    if day < card.joined_on:
        return card.joined_on, "joined"
    last = None
    for on, event in card.steps:
        if on < day or (on == day and event not in _STILL_THERE):
            last = on, event
    return last if last and last[1] in _AWAY else None


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
    known: dict[tuple[int, int], tuple[str, str, str]] = {}
    steps: dict[tuple[int, int], list[tuple[str, str]]] = {}
    asked = {"persons": str(sorted(partner_ids))}
    for person, card, who, joined_on, withdrawn, into, day, event in database.rows(_CAME_AND_WENT, asked):
        if (person, card) not in known:
            known[person, card] = who, joined_on, _gone(withdrawn, into)
            steps[person, card] = []
        if event:
            steps[person, card].append((day, event))
    cards: dict[int, list[Presence]] = {}
    for (person, card), said in known.items():
        if card != person:
            cards.setdefault(person, []).append(Presence(*said, tuple(steps[person, card])))
    return {
        person: Presence(*said, tuple(steps[person, card]), tuple(cards.get(person, ())))
        for (person, card), said in known.items()
        if card == person
    }


def _gone(withdrawn: int, into: str | None) -> str:
    if withdrawn:
        return "的登记已撤销"
    return f"已并入 {into}，请改用 {into}" if into else ""


_ON_RECORD = f"""SELECT p.id, iif(p.merged_into_id IS NULL, p.id, {survivor("p.id")}), s.community_id, s.kind
    FROM standing s JOIN partner p ON p.id = s.partner_id WHERE s.happened_on <= ?
    GROUP BY s.partner_id, s.community_id, s.kind HAVING sum(s.sign * s.delta) > 0 ORDER BY s.partner_id"""
_AWAY = {"joined": "才加入", "left": "已退出", "merged": "已并入", "suspended": "起暂停"}
_LAST_OF_DAYS = "9999-12-31"
_STILL_THERE = ("left", "merged")
_CAME_AND_WENT = f"""{CARDS} SELECT j.person, p.id, p.name || '（' || p.code || '）', p.joined_on, p.withdrawn, m.code,
      s.happened_on, s.event
    FROM card j CROSS JOIN partner p ON p.id = j.id LEFT JOIN partner m ON m.id = p.merged_into_id
    LEFT JOIN standing s ON s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'left', 'rejoined', 'merged')
      AND {stands("standing", "s")}
    WHERE p.withdrawn = 0 OR p.id = j.person ORDER BY s.happened_on, s.id"""
