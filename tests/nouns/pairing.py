"""Pairings."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.pairings import Pairings
from tests.guards.once import once_refused
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    pairings, community = ledger.book(Pairings), ledger.areas.find("XF")
    for name in ("柏乐口腔", "家政协会", "义工队"):
        partner = enrol(ledger, name, kind="business")
        pairings.start(partner, community, links=["party"], day=date(2025, 7, 3))


TAKEN_BACK = {"pairing_event": "event = 'started' AND pairing_id > 1"}
_V = "(SELECT max(id) FROM voucher)"
_COPIED = """INSERT OR REPLACE INTO pairing (uid, created_in, voucher_id, community_id, partner_id, status)
    SELECT 'other', {v}, {v}, community_id, partner_id, '{status}' FROM pairing WHERE id = 1"""
_STEP = """INSERT INTO pairing_event (voucher_id, line, community_id, happened_on, counted_in, sign, pairing_id, partner_id,
    event, delta, links) SELECT {v}, 1, community_id, '{day}', '2025-11', 1, id, partner_id, {step}, links FROM pairing
    WHERE id = 2"""
REFUSED = {
    **once_refused(
        "pairing",
        statuses=("active", "ended"),
        events=("started", "ended"),
        attributes="partner_id, links",
        one="id = 2",
        another="id = 3",
    ),
    "pairing_guard: same pair": (_COPIED.format(v=_V, status="active"),),
    "pairing_edit: same pair": (
        _COPIED.format(v=_V, status="ended"),
        f"UPDATE OR REPLACE pairing SET status = 'active', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "pairing_event_same": (
        _STEP.format(v=_V, day="2025-07-05", step="'ended', -1").replace("links FROM", "'services' FROM"),
    ),
    "pairing_event_order": (
        _STEP.format(v=_V, day="2025-07-05", step="'ended', -1"),
        _STEP.format(v=_V, day="2025-07-05", step="'ended', -1").replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "pairing_event_begun": (
        _STEP.format(v=_V, day="2025-07-05", step="'ended', -1"),
        _STEP.format(v=_V, day="2025-07-05", step="'started', 1").replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "pairing_event_days": (_STEP.format(v=_V, day="2025-07-01", step="'ended', -1"),),
}
TURNED = {
    "pairing": ("UPDATE pairing SET status = 'ended' WHERE id = 1", "结对"),
    "pairing: undone": ("UPDATE pairing SET withdrawn = 1 WHERE id = 1", "结对"),
}


LATE = {
    "pairings": (("社区", "结对单位", "结对日期"), ("幸福里社区", "爱心协会", "2025-03-05")),
}


# A random story


def pair(story: "Story") -> object:
    partner = story.random.choice(
        [one for one in story.ledger.partners.cards() if one.kind != "individual"] or story.nothing()
    )
    links = story.random.sample(("party", "members", "services"), 2)
    return story.ledger.book(Pairings).start(partner, story.community(), links=links, day=story.day())


def edit(story: "Story") -> object:
    return story.ledger.book(Pairings).edit(
        story.random.choice(story.ledger.book(Pairings).listing() or story.nothing()), links=["venues"]
    )


def end(story: "Story") -> object:
    pairings = story.ledger.book(Pairings)
    return pairings.end(story.random.choice(pairings.listing() or story.nothing()), day=story.day(late=0.1))


DECK = {pair: 4, edit: 1, end: 2}


# The recount

SHEET_STOCKS = ("pairings.active",)
FACTS = ("pairing_event",)
CARDS = ("pairing",)
STOCKS = ("pairings.active",)
KEPT = {
    "pairings.active": "SELECT community_id, count(*) FROM pairing WHERE withdrawn = 0 AND status = 'active' GROUP BY 1",
}


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for step in recount.standing("pairing_event", month):
        yield "pairings.active", step.community_id, 1 if step.event == "started" else -1


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    for step in persons.recount.standing("pairing_event", month):
        yield "pairings.active", step.partner_id, 1 if step.event == "started" else -1, step.community_id
