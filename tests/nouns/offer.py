"""Offers of businesses to residents."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.offers import Offer, Offers, Particulars
from tests.guards.once import once_refused
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    offers, community = ledger.book(Offers), ledger.areas.find("XF")
    shop = enrol(ledger, "衣之家", kind="business")
    opened = [
        offers.open(
            Particulars(community.id, shop.id, title, "2025-07-03", "clothing", terms, 2000, price)
        ).now
        for title, terms, price in (("改衣", "free", 0), ("洗衣", "discount", 900), ("补鞋", "lowcost", 500))
    ]
    for one in (shop, enrol(ledger, "干洗店", kind="business")):
        offers.open(Particulars(community.id, one.id, "熨衣", "2025-07-03"))
    for offer in opened[1:]:
        offers.use(offer, times=3, day=date(2025, 7, 5))


TAKEN_BACK = {
    "offer_event": "event = 'opened' AND offer_id > 1",
    "offer_use": "1",
}
_V = "(SELECT max(id) FROM voucher)"
_COPIED = """INSERT OR REPLACE INTO offer (uid, created_in, voucher_id, issuer_id, number, code, community_id, partner_id, status,
    title, title_key, trade, terms) SELECT 'other', {v}, {v}, issuer_id, 999, 'XF-F0999', community_id, partner_id, '{status}',
    title, title_key, trade, terms FROM offer WHERE title = '洗衣'"""
_STEP = """INSERT INTO offer_event (voucher_id, line, community_id, happened_on, counted_in, sign, offer_id, partner_id,
    event, delta, trade, terms) SELECT {v}, 1, community_id, '{day}', '2025-11', 1, id, partner_id, {step}, trade, terms
    FROM offer WHERE title = '洗衣'"""
_USE = """INSERT INTO offer_use (voucher_id, line, community_id, happened_on, counted_in, sign, offer_id, partner_id, times)
    SELECT {v}, 1, {community}, '{day}', '2025-11', 1, id, partner_id, 1 FROM offer WHERE title = '洗衣'"""
_OF = "title = '熨衣' AND uid <> 'other' AND partner_id = (SELECT id FROM partner WHERE name = '{}')"
REFUSED = {
    **once_refused(
        "offer",
        statuses=("open", "closed"),
        events=("opened", "closed"),
        attributes="partner_id, trade, terms",
        one=_OF.format("衣之家"),
        another=_OF.format("干洗店"),
    ),
    "offer_guard: same title": (_COPIED.format(v=_V, status="open"),),
    "offer_edit: same title": (
        _COPIED.format(v=_V, status="closed"),
        f"UPDATE OR REPLACE offer SET status = 'open', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "offer_event_same": (
        _STEP.format(v=_V, day="2025-07-06", step="'closed', -1").replace(
            "trade, terms\n", "'food', terms\n"
        ),
    ),
    "offer_event_order": (
        _STEP.format(v=_V, day="2025-07-06", step="'closed', -1"),
        _STEP.format(v=_V, day="2025-07-06", step="'closed', -1").replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "offer_event_begun": (
        _STEP.format(v=_V, day="2025-07-06", step="'closed', -1"),
        _STEP.format(v=_V, day="2025-07-06", step="'opened', 1").replace(f"{_V}, 1,", f"{_V}, 2,"),
    ),
    "offer_event_days": (_STEP.format(v=_V, day="2025-07-02", step="'closed', -1").replace("洗衣", "改衣"),),
    "offer_event_used": (_STEP.format(v=_V, day="2025-07-04", step="'closed', -1"),),
    "offer_use_fits: community": (_USE.format(v=_V, community=4, day="2025-07-06"),),
    "offer_use_fits: before": (_USE.format(v=_V, community="community_id", day="2025-07-02"),),
}
TURNED = {"offer": ("UPDATE offer SET status = 'closed' WHERE id = 1", "惠民服务")}


def before_late(ledger: Ledger) -> None:
    shop = enrol(ledger, "衣之家", kind="business")
    ledger.book(Offers).open(Particulars(shop.community_id, shop.id, "洗衣", "2025-03-01"))


LATE = {
    "offers": (
        ("社区", "商家", "服务名称", "行业", "推出日期"),
        ("幸福里社区", "衣之家", "改衣", "衣", "2025-03-05"),
    ),
    "uses": (
        ("社区", "商家", "服务名称", "日期", "使用人次"),
        ("幸福里社区", "衣之家", "洗衣", "2025-03-05", "12"),
    ),
}


# A random story


def _one(story: "Story") -> Offer:
    return story.random.choice(story.ledger.book(Offers).listing() or story.nothing())


def open_offer(story: "Story") -> object:
    businesses = [one for one in story.ledger.partners.cards() if one.kind == "business"]
    title, terms = f"服务{story.random.randint(1, 30)}", story.random.choice(("free", "discount"))
    partner = story.random.choice(businesses or story.nothing())
    said = Particulars(story.community().id, partner.id, title, str(story.day()), "food", terms)
    return story.ledger.book(Offers).open(said)


def use_offer(story: "Story") -> object:
    times = story.random.randint(1, 9)
    return story.ledger.book(Offers).use(_one(story), times=times, day=story.day(late=0.1))


def edit_offer(story: "Story") -> object:
    changed = story.random.choice(({"terms": "lowcost"}, {"trade": "medical"}, {"remark": "周末"}))
    return story.ledger.book(Offers).edit(_one(story), **changed)


def close_offer(story: "Story") -> object:
    return story.ledger.book(Offers).close(_one(story), day=story.day(late=0.1))


DECK = {open_offer: 5, use_offer: 5, edit_offer: 2, close_offer: 2}


# The recount

CARDS = ("offer",)
FACTS = ("offer_event", "offer_use")
FLOWS = ("offers.uses",)
STOCKS = ("offers.active",)
KEPT = {
    "offers.active": "SELECT community_id, count(*) FROM offer WHERE withdrawn = 0 AND status = 'open' GROUP BY 1",
}


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for step in recount.standing("offer_event", month):
        yield "offers.active", step.community_id, 1 if step.event == "opened" else -1
    for use in recount.standing("offer_use", month):
        yield "offers.uses", use.community_id, use.times


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    for use in persons.recount.standing("offer_use", month):
        yield "offers.uses", use.partner_id, use.times
