"""What is checked of the fields of cards that repeat what their facts say: people see the card, figures count the facts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hepartner import words

from ..facts import IDENTITY, stands
from .shape import Check, Finding, label

if TYPE_CHECKING:
    from ..ledger import Ledger

_PLACE = {"community_id": "community_id"}
_USED = {"venue_id": "venue_id", "partner_id": "partner_id", "day": "happened_on"}
_COPIES: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("activity", "activity_held", {"held_on": "happened_on"}, "1"),
    ("booking", "support_given", _PLACE | _USED, "1"),
    (
        "dispatch",
        "dispatch_event",
        {"whistled_on": "happened_on", "whistled_at": "minute"},
        "f.event = 'whistled'",
    ),
    ("issue", "issue_event", {"reported_on": "happened_on"}, "f.event = 'reported'"),
    ("item", "item_price", _PLACE, "1"),
    ("meeting", "meeting_held", _PLACE | {"held_on": "happened_on"}, "1"),
    ("partner", "standing", {"joined_on": "happened_on"}, "f.event = 'joined'"),
)
"""Which field of a card stands in which column of which of its facts, besides those that steps name alike."""
_IN_TIME = "standing"
"""Its facts say where and as what a partner counted then, the card where and as what now."""


def _same_named(ledger: "Ledger") -> Iterator[Finding]:
    """A field of a card has the value that each of its steps in force has in the column of that name, if any."""
    targets = {(one.table, one.column): one.target for one in ledger.shapes.references}
    for fact, column in ledger.shapes.steps.items():
        card = targets[fact, column]
        both = [
            name
            for name in ledger.shapes.columns[fact]
            if name in ledger.shapes.columns[card] and name not in IDENTITY
        ]
        if both and fact != _IN_TIME:
            differ = " OR ".join(f"(f.{name} IS NOT NULL AND f.{name} IS NOT t.{name})" for name in both)
            yield from _differing(
                ledger, card, f"JOIN {fact} f ON f.{column} = t.id AND {stands(fact, 'f')}", differ
            )


def _copied(ledger: "Ledger") -> Iterator[Finding]:
    for card, fact, fields, which in _COPIES:
        differ = " OR ".join(f"t.{field} <> f.{column}" for field, column in fields.items())
        yield from _differing(
            ledger, card, f"JOIN {fact} f ON f.{card}_id = t.id AND {which} AND {stands(fact, 'f')}", differ
        )


def _enrolled(ledger: "Ledger") -> Iterator[Finding]:
    """A partner whose enrolment stands has joined, and one whose enrolment was undone has not, whatever came after."""
    joined = (
        f"LEFT JOIN standing f ON f.partner_id = t.id AND f.event = 'joined' AND {stands('standing', 'f')}"
    )
    yield from _differing(ledger, "partner", joined, "(f.id IS NULL) <> t.withdrawn")


def _differing(ledger: "Ledger", card: str, joined: str, differ: str) -> Iterator[Finding]:
    called = words.gathered("TABLES")[card]
    sql = f"SELECT DISTINCT {label(ledger, card)} FROM {card} t {joined} WHERE {differ}"
    for (shown,) in ledger.database.rows(sql):
        yield Finding(called, f"{called} {shown} 卡片上的日期、社区或类别与记录不符。")


CHECKS: tuple[Check, ...] = (_same_named, _copied, _enrolled)
