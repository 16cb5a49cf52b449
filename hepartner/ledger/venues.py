"""Venues 场地 and bookings of them: who has which room when, no two at once, and whether it was used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hepartner.chinese import names
from hepartner.words.support import STATUSES

from . import errors
from .areas import Area
from .book import Book
from .lookup import literal, only
from .partners import Partner
from .persons import cards_of, survivor
from .sources import former_names

MIDNIGHT = 1440
"""Minutes of a day; the end of a booking may be its midnight."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A place of a community; `uses` are the times it was used, `ahead` the bookings that are still to be used."""

    id: int
    community_id: int
    community: str
    name: str
    place: str
    remark: str
    uses: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as it stands; times are minutes after midnight.

    `partner_id` is the card that booked; code and name are of whom it stands for today.
    """

    id: int
    code: str
    community_id: int
    community: str
    venue_id: int
    venue: str
    partner_id: int
    partner_code: str
    partner: str
    day: str
    from_minute: int
    to_minute: int
    purpose: str
    status: str

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.to_minute - self.from_minute

    @property
    def time(self) -> str:
        """From when to when, as 08:30–10:00."""
        return f"{clock(self.from_minute)}–{clock(self.to_minute)}"


class NoVenueName(errors.Refused):
    """A venue without a name."""

    def __init__(self) -> None:
        super().__init__("场地名称是空的，请写明名称。")


class VenueTaken(errors.Refused):
    """Another venue of the community has this name."""

    def __init__(self, known: Venue) -> None:
        super().__init__(f"{known.community}已有场地“{known.name}”，没有登记。请换一个名称。")


class SameVenue(errors.Refused):
    """The venue's card says all of it already."""

    def __init__(self, known: Venue) -> None:
        super().__init__(f"{known.community}的场地“{known.name}”本来就是这样，没有改动。")


class BadTime(errors.Refused):
    """A booking that ends before it begins, or outside its day."""

    def __init__(self, from_minute: int, to_minute: int) -> None:
        super().__init__(
            f"时间 {clock(from_minute)} 到 {clock(to_minute)} 不对：结束要晚于开始，并且在同一天。请改正时间。"
        )


class SlotTaken(errors.Refused):
    """Another booking has the venue at that time."""

    def __init__(self, other: Booking) -> None:
        super().__init__(
            f"{other.community}{other.venue} {other.day} {other.time} 已由{other.partner}（{other.partner_code}）预订，"
            f"预订号 {other.code}。请换时间或场地，或先取消：hep support cancel {other.code}。"
        )


class OtherCommunity(errors.Refused):
    """A booking can't be moved to a venue of another community: its number and its figures are of this one."""

    def __init__(self, booking: Booking, venue: Venue) -> None:
        super().__init__(
            f"预订 {booking.code} 是{booking.community}的，不能改到{venue.community}的场地“{venue.name}”。"
            f"请先取消（hep support cancel {booking.code}），再到那边预订。"
        )


class SameBooking(errors.Refused):
    """A booking is moved to where it is."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(
            f"预订 {booking.code} 本来就是{booking.venue} {booking.day} {booking.time}，没有改动。"
        )


class NotBooked(errors.Refused):
    """The booking was used or cancelled already."""

    def __init__(self, booking: Booking, verb: str) -> None:
        super().__init__(
            f"预订 {booking.code}（{booking.venue}，{booking.day} {booking.time}）现在是“{STATUSES[booking.status]}”，"
            f"不能再记“{verb}”。弄错了可以用 hep undo 撤销。"
        )


class Venues(Book):
    """The venues of communities and who has them when."""

    def find(self, text: str, community: Area) -> Venue:
        """Return the venue of a community by its name or a part of it. Raises errors.NotFound, errors.Ambiguous."""
        key = names.match_key(text)
        tests = ("v.name_key = :key", "v.name_key LIKE :within ESCAPE '\\'") if key else ()
        asked = {"key": key, "within": f"%{literal(key)}%", "community": community.id}
        found = (self._read(f"v.community_id = :community AND {test}", **asked) for test in tests)
        remedy = f"{community.name}的场地见 hep support venues，新场地请先登记：hep support venue 名称。"
        return only(self.ledger, "场地", text, found, shown=lambda one: one.name, remedy=remedy)

    def get(self, venue_id: int) -> Venue:
        """Return a venue by id."""
        return self._read("v.id = :id", id=venue_id)[0]

    def named(self, community: Area, name: str) -> Venue | None:
        """Return the venue of exactly this name, if there is one."""
        test = "v.community_id = :community AND v.name_key = :key"
        return next(iter(self._read(test, community=community.id, key=names.match_key(name))), None)

    def by_name(self) -> dict[tuple[int, str], int]:
        """Return every venue by community and name key; a name that none bears any more stands for the one renamed."""
        sql = "SELECT id, community_id, name_key FROM venue WHERE withdrawn = 0"
        now = {(community, key): card for card, community, key in self.database.rows(sql)}
        return {place: those[0] for place, those in self.once_named().items()} | now

    def once_named(self) -> dict[tuple[int, str], list[int]]:
        """Return the renamed venues by community and key of each name that they bore before."""
        homes = dict(self.database.rows("SELECT id, community_id FROM venue WHERE withdrawn = 0"))
        found: dict[tuple[int, str], list[int]] = {}
        for card, key in former_names(self.database, "venue"):
            found.setdefault((homes[card], key), []).append(card)
        return found

    def listing(self, *, under: Area | None = None) -> list[Venue]:
        """Return the venues of an area, everywhere if None."""
        within = str([one.id for one in self.ledger.areas.communities(under)])
        return self._read("v.community_id IN (SELECT value FROM json_each(:within))", within=within)

    def booking(self, text: str) -> Booking:
        """Return the booking of a code, with or without its community. Raises errors.NotFound."""
        here = self.ledger.here
        code = text.strip().upper()
        asked = [code] if "-" in code or here is None else [f"{here.code}-{code}", code]
        found = (self.bookings(code=one) for one in asked)
        remedy = "可用 hep support bookings 查看预订号。"
        return only(self.ledger, "预订", text, found, shown=lambda one: one.code, remedy=remedy)

    def bookings(
        self,
        *,
        under: Area | None = None,
        venue: Venue | None = None,
        partner: Partner | None = None,
        first: date | None = None,
        last: date | None = None,
        status: str | None = None,
        code: str | None = None,
        booking_id: int | None = None,
    ) -> list[Booking]:
        """Return bookings in the order of days and times by area, venue, partner (on any of its cards), days, status, code."""
        tests = {
            "b.venue_id = :venue": venue and venue.id,
            "b.partner_id IN (SELECT value FROM json_each(:cards))": partner
            and cards_of(self.database, partner.id),
            "b.day >= :first": first and str(first),
            "b.day <= :last": last and str(last),
            "b.status = :status": status,
            "b.code = :code": code,
            "b.id = :id": booking_id,
            "b.community_id IN (SELECT value FROM json_each(:within))": under
            and str([one.id for one in self.ledger.areas.communities(under)]),
        }
        asked = {test: value for test, value in tests.items() if value is not None}
        parameters = {test.rpartition(":")[2].rstrip(")"): value for test, value in asked.items()}
        return self._bookings(" AND ".join(["b.withdrawn = 0", *asked]), parameters)

    def check_free(
        self, venue_id: int, day: str, from_minute: int, to_minute: int, *, besides: int = 0
    ) -> None:
        """Refuse a time in which another booking than `besides` has the venue; call it in the voucher that books.

        Raises SlotTaken.
        """
        for other in self.clashes(venue_id, day, from_minute, to_minute):
            if other.id != besides:
                raise SlotTaken(other)

    def clashes(self, venue_id: int, day: str, from_minute: int, to_minute: int) -> Iterator[Booking]:
        """Yield the bookings that have the venue at some time of this."""
        for other in self._bookings(_SLOT, {"venue": venue_id, "day": day}):
            if overlap((other.from_minute, other.to_minute), (from_minute, to_minute)):
                yield other

    def _read(self, test: str, **parameters: Any) -> list[Venue]:
        return [Venue(*row) for row in self.database.rows(_VENUES.format(test=test), parameters)]

    def _bookings(self, test: str, parameters: dict[str, Any]) -> list[Booking]:
        return [Booking(*row) for row in self.database.rows(_BOOKINGS.format(test=test), parameters)]


def clock(minutes: int) -> str:
    """Write minutes after midnight as 08:30; the end of the day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def is_time(from_minute: int, to_minute: int) -> bool:
    """Tell whether a booking may last from one time to another of a day."""
    return 0 <= from_minute < to_minute <= MIDNIGHT


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two times of a day have a minute in common; one may begin where the other ends."""
    return one[0] < other[1] and other[0] < one[1]


_SLOT = "b.venue_id = :venue AND b.day = :day AND b.withdrawn = 0 AND b.status <> 'cancelled'"
_VENUES = """SELECT v.id, v.community_id, a.name, v.name, v.place, v.remark,
      (SELECT ifnull(sum(g.sign), 0) FROM support_given g WHERE g.venue_id = v.id),
      (SELECT count(*) FROM booking b WHERE b.venue_id = v.id AND b.withdrawn = 0 AND b.status = 'booked')
    FROM venue v JOIN area a ON a.id = v.community_id WHERE v.withdrawn = 0 AND {test} ORDER BY a.id, v.name"""
_BOOKINGS = f"""SELECT b.id, b.code, b.community_id, a.name, b.venue_id, v.name, b.partner_id, p.code, p.name, b.day,
      b.from_minute, b.to_minute, b.purpose, b.status
    FROM booking b JOIN area a ON a.id = b.community_id JOIN venue v ON v.id = b.venue_id
      JOIN partner p ON p.id = {survivor("b.partner_id")}
    WHERE {{test}} ORDER BY b.day, v.name, b.from_minute, b.id"""
