"""Residents' needs."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.needs import Need, Needs, Particulars

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    needs, community = ledger.book(Needs), ledger.areas.find("XF").id
    collected = [
        needs.collect(Particulars(community, "medical", title, 40, "2025-07-03")).now
        for title in ("补牙", "助餐", "装扶手")
    ]
    needs.step(collected[0], "met", day=date(2025, 7, 8))


TAKEN_BACK = {
    "need_event": "event = 'raised' AND need_id IN (SELECT id FROM need WHERE title IN ('助餐', '装扶手'))",
}
_V = "(SELECT max(id) FROM voucher)"
_COPIED = """INSERT OR REPLACE INTO need (uid, created_in, voucher_id, issuer_id, number, code, community_id, status, title,
    title_key) SELECT 'other', {v}, {v}, issuer_id, 999, 'XF-Q0999', community_id, '{status}', title, title_key
    FROM need WHERE title = '助餐'"""
_STEP = """INSERT INTO need_event (voucher_id, line, community_id, happened_on, counted_in, sign, need_id, event, delta, category,
    heads) SELECT {v}, 1, community_id, '{day}', '2025-11', 1, id, {step}, 'medical', 40 FROM need WHERE title = '助餐'"""
REFUSED = {
    "need_guard: same title": (_COPIED.format(v=_V, status="open"),),
    "need_edit: same title": (
        _COPIED.format(v=_V, status="met"),
        f"UPDATE OR REPLACE need SET status = 'open', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "need_event_same": (_STEP.format(v=_V, day="2025-07-05", step="'met', -1").replace(", 40", ", 41"),),
    "need_event_order": (_STEP.format(v=_V, day="2025-07-05", step="'reopened', 1"),),
    "need_event_begun": (
        _STEP.format(v=_V, day="2025-07-05", step="'met', -1"),
        _STEP.format(v=_V, day="2025-07-05", step="'raised', 1").replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "need_event_days": (_STEP.format(v=_V, day="2025-07-01", step="'met', -1"),),
}
TURNED = {
    "need": ("UPDATE need SET status = 'dropped' WHERE status = 'met'", "需求"),
    "need: met again": ("UPDATE need SET status = 'open' WHERE status = 'met'", "需求"),
}

READING = ("need ranking",)
LATE = {
    "needs": (
        ("社区", "需求", "类别", "需求人数", "提出日期"),
        ("幸福里社区", "老人补牙", "医疗", "40", "2025-03-05"),
    ),
}


# A random story


def _one(story: "Story", *statuses: str) -> Need:
    found = [one for one in story.ledger.book(Needs).listing() if one.status in statuses]
    return story.random.choice(found or story.nothing())


def collect(story: "Story") -> object:
    category = story.random.choice(("medical", "meals", "other"))
    title, heads = f"需求{story.random.randint(1, 30)}", story.random.randint(1, 60)
    said = Particulars(story.community().id, category, title, heads, str(story.day()))
    return story.ledger.book(Needs).collect(said)


def step(story: "Story") -> object:
    event = story.random.choice(("met", "met", "dropped", "reopened"))
    need = _one(story, *(("met", "dropped") if event == "reopened" else ("open",)))
    return story.ledger.book(Needs).step(need, event, day=story.day(late=0.1))


def edit_need(story: "Story") -> object:
    changed = story.random.choice(({"heads": story.random.randint(1, 60)}, {"category": "legal"}))
    return story.ledger.book(Needs).edit(_one(story, "open", "met"), **changed)


DECK = {collect: 6, step: 5, edit_need: 2}


# The recount

CARDS = ("need",)
FACTS = ("need_event",)
STOCKS = ("needs.open",)
KEPT = {
    "needs.open": "SELECT community_id, count(*) FROM need WHERE withdrawn = 0 AND status = 'open' GROUP BY 1",
}


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for one in recount.standing("need_event", month):
        yield "needs.open", one.community_id, 1 if one.event in ("raised", "reopened") else -1
