"""Support: venues, bookings, what was given."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hepartner.ledger import Ledger
from hepartner.ledger.supports import Support, Supports
from hepartner.ledger.venues import Venue
from tests.ledger.conftest import enrol

if TYPE_CHECKING:
    from tests.recount.recount import Recount
    from tests.recount.sheets import Persons
    from tests.recount.story import Story


def fill(ledger: Ledger) -> None:
    """Two bookings of 3 July from 14:00 that were used, one cancelled and one planned of 4 July, publicity twice."""
    supports, community, july = ledger.book(Supports), ledger.areas.find("XF"), date(2025, 7, 3)
    room = supports.venue("活动室", community).now
    supports.venue("会议室", community)
    partner = enrol(ledger, "老友粉店", kind="business")
    for start in (840, 960):
        supports.book(room, partner, july, (start, start + 60))
    cancelled = supports.book(room, partner, july + timedelta(1), (900, 990), planned=True).now
    supports.cancel(cancelled)
    supports.book(room, partner, july + timedelta(1), (840, 930), planned=True)
    for _ in range(2):
        supports.give(Support(community.id, partner.id, "publicity", str(july)))


_V = "(SELECT max(id) FROM voucher)"
_ROOM = """INSERT OR REPLACE INTO venue (uid, created_in, voucher_id, community_id, name, name_key)
    VALUES ('other', {v}, {v}, 3, '{name}', '{name}')"""
_BOOKED = """INSERT INTO booking (uid, created_in, voucher_id, issuer_id, number, code, community_id, venue_id, partner_id, day,
    from_minute, to_minute) SELECT 'other', {v}, {v}, 3, 999, 'XF-Y0999', {community}, venue_id, partner_id, day, {times}
    FROM booking WHERE id = 1"""
_USE = """INSERT INTO support_given (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind,
    booking_id, venue_id, minutes) SELECT {v}, 1, community_id, day, '2025-11', 1, partner_id, 'venue', id, venue_id, {minutes}
    FROM booking WHERE id = {booking}"""
_LENGTH = "to_minute - from_minute"
_GIVEN = """INSERT INTO support_given (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind, venue_id)
    SELECT {v}, 1, 4, day, '2025-11', 1, partner_id, 'venue', venue_id FROM booking WHERE id = 1"""
REFUSED = {
    "support_given_place": (_GIVEN.format(v=_V),),
    "venue_guard: same name": (_ROOM.format(v=_V, name="活动室"),),
    "venue_edit: same name": (
        _ROOM.format(v=_V, name="别处"),
        f"UPDATE OR REPLACE venue SET name_key = '活动室', voucher_id = {_V} WHERE uid = 'other'",
    ),
    "booking_slot_new": (_BOOKED.format(v=_V, community=3, times="899, 900"),),
    "booking_slot_edited: moved": (f"UPDATE booking SET day = '2025-07-03', voucher_id = {_V} WHERE id = 4",),
    "booking_slot_edited": (f"UPDATE booking SET status = 'booked', voucher_id = {_V} WHERE id = 3",),
    "booking_venue_moved": (
        _ROOM.format(v=_V, name="别处").replace(", 3,", ", 4,"),
        f"UPDATE booking SET venue_id = (SELECT max(id) FROM venue), voucher_id = {_V} WHERE id = 4",
    ),
    "booking_edit: community": (
        _ROOM.format(v=_V, name="别处").replace(", 3,", ", 4,"),
        f"UPDATE booking SET community_id = 4, venue_id = (SELECT max(id) FROM venue), voucher_id = {_V} WHERE id = 4",
    ),
    "booking_venue_new": (_BOOKED.format(v=_V, community=4, times="1, 2"),),
    "booking_used: without a use": (f"UPDATE booking SET status = 'used', voucher_id = {_V} WHERE id = 4",),
    "booking_used: not any more": (
        f"UPDATE booking SET status = 'cancelled', voucher_id = {_V} WHERE id = 1",
    ),
    "support_given_repeated": (_USE.format(v=_V, booking=1, minutes=_LENGTH),),
    "support_given_fits: minutes": (_USE.format(v=_V, booking=4, minutes="5"),),
    "support_given_fits: cancelled": (_USE.format(v=_V, booking=3, minutes=_LENGTH),),
}
TURNED = {
    "booking": ("UPDATE booking SET status = 'cancelled' WHERE id = 1", "预订"),
    "booking: not used": ("UPDATE booking SET status = 'used' WHERE id = 4", "预订"),
}

LATE = {
    "supports": (("日期", "社区", "合伙人", "扶持"), ("2025-03-05", "幸福里社区", "爱心协会", "宣传")),
}
READING = ("support bookings", "support venues")


# A random story


def _venue(story: "Story") -> Venue:
    """Return a venue of a community, one that is registered first if it has none."""
    supports, community = story.ledger.book(Supports), story.community()
    found = supports.venues.named(community, "活动室")
    return found or supports.venue("活动室", community).now


def book(story: "Story") -> object:
    start = story.random.randint(8, 19) * 60
    return story.ledger.book(Supports).book(
        _venue(story), story.partner(), story.day(), (start, start + 90), planned=story.random.random() < 0.3
    )


def book_ahead(story: "Story") -> object:
    day = story.ledger.today() + timedelta(days=story.random.randint(0, 9))
    return story.ledger.book(Supports).book(_venue(story), story.partner(), day, (480, 540), planned=True)


def use(story: "Story") -> object:
    supports = story.ledger.book(Supports)
    return supports.use(story.random.choice(supports.venues.bookings(status="booked") or story.nothing()))


def rebook(story: "Story") -> object:
    supports = story.ledger.book(Supports)
    one = story.random.choice(supports.venues.bookings(status="booked") or story.nothing())
    return supports.rebook(one, day=story.day(), first=story.random.randint(8, 19) * 60)


def cancel(story: "Story") -> object:
    supports = story.ledger.book(Supports)
    return supports.cancel(story.random.choice(supports.venues.bookings() or story.nothing()))


def give(story: "Story") -> object:
    kind = story.random.choice(("venue", "publicity", "publicity", "office"))
    said = Support(story.community().id, story.partner().id, kind, str(story.day()))
    return story.ledger.book(Supports).give(said)


DECK = {book: 6, book_ahead: 2, use: 2, rebook: 1, cancel: 2, give: 4}


# The recount

FACTS = ("support_given",)
CARDS = ("booking", "venue")
FLOWS = ("support.venue", "support.publicity")


def state(recount: "Recount", month: str) -> Iterator[tuple[str, int, int]]:
    for given in recount.standing("support_given", month):
        yield f"support.{given.kind}", given.community_id, 1


def exchanged(persons: "Persons", month: str) -> Iterator[tuple[object, ...]]:
    for given in persons.recount.standing("support_given", month):
        yield f"support.{given.kind}", given.partner_id, 1
        yield "support.hours", given.partner_id, given.minutes
