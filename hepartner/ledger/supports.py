"""Support 扶持: what partners receive from the community, a fact for each time: venues, publicity, office space, matchmaking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.support import LETTERS

from . import errors
from .areas import Area
from .book import Book, Written
from .codes import code, last_number
from .facts import stands
from .lineage import noted
from .partners import Partner
from .persons import cards_of, survivor, survivor_of
from .presence import absences
from .sources import Source, brought
from .steps import check_day
from .venues import (
    BadTime,
    Booking,
    NotBooked,
    NoVenueName,
    OtherCommunity,
    SameBooking,
    SameVenue,
    Venue,
    Venues,
    VenueTaken,
    is_time,
)
from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Given:
    """Something a partner received once; `minutes` is how long it had the venue, 0 if nobody said.

    The partner is the one that who got it stands for today.
    """

    id: int
    voucher: int
    happened_on: str
    community: str
    partner_code: str
    partner: str
    kind: str
    venue: str
    minutes: int
    booking: str
    note: str


class Support(NamedTuple):
    """What is to be recorded as given; with `times` (minutes after midnight) the venue is booked and used."""

    community_id: int
    partner_id: int
    kind: str
    day: str
    minutes: int = 0
    venue_id: int | None = None
    times: tuple[int, int] | None = None


class Absent(errors.Refused):
    """The partner was none on that day."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}，没有记账。请核对日期或合伙人。")


class NoVenueHere(errors.Refused):
    """A venue or a length is said of something that is no use of a venue."""

    def __init__(self) -> None:
        super().__init__("只有场地扶持才写场地和时长。请去掉场地和时长，或把种类改为场地。")


class VenueElsewhere(errors.Refused):
    """The venue is one of another community than the one that gives."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(
            f"场地“{venue.name}”在{venue.community}，不是这次扶持所记的社区，没有记账。请改用本社区的场地，或在{venue.community}记。"
        )


class TooLong(errors.Refused):
    """A use of a venue that is longer than a day."""

    def __init__(self) -> None:
        super().__init__("一次使用场地最多 24 小时。隔天使用请按天分开登记。")


class Supports(Book):
    """What partners received."""

    @property
    def venues(self) -> Venues:
        """The venues and the bookings of them."""
        return self.ledger.book(Venues)

    def venue(
        self,
        name: str,
        community: Area,
        *,
        rename: str = "",
        place: str | None = None,
        remark: str | None = None,
        key: str | None = None,
    ) -> Written[Venue]:
        """Register a venue, or change the one of this name; None leaves a field as it is.

        Raises NoVenueName, VenueTaken, SameVenue, errors.NotFound when what is to be renamed is not there.
        """
        said = {"place": place, "remark": remark}
        intention = [name, community.id, rename, said]
        with self.ledger.voucher("support.venue", key=key, intention=intention) as voucher:
            known = self.venues.named(community, name)
            if rename and known is None:
                known = self.venues.find(name, community)
            fields: dict[str, Any] = {field: value for field, value in said.items() if value is not None}
            if known is None:
                venue_id = self._add_venue(voucher, name, community, fields)
            else:
                venue_id = known.id
                self._edit_venue(voucher, known, community, rename, fields)
        return Written(self.venues.get(venue_id), voucher.id)

    def book(
        self,
        venue: Venue,
        partner: Partner,
        day: date | None,
        times: tuple[int, int],
        *,
        purpose: str = "",
        planned: bool = False,
        key: str | None = None,
    ) -> Written[Booking]:
        """Book a venue for a day (today if None); of one that has come the use is recorded at once unless it is only `planned`.

        Raises BadTime, venues.SlotTaken, Absent.
        """
        on = self.ledger.day(day)
        used = not planned and on <= self.ledger.today().isoformat()
        intention = [venue.id, partner.id, on, times, purpose, planned]
        with self.ledger.voucher("support.book", key=key, intention=intention) as voucher:
            if not is_time(*times):
                raise BadTime(*times)
            self._check_present(partner.id, on)
            self.venues.check_free(venue.id, on, *times)
            said = Support(venue.community_id, partner.id, "venue", on, times[1] - times[0], venue.id, times)
            (booking_id,) = self._book(voucher, [(said, purpose)], "used" if used else "booked")
            if used:
                self._post(voucher, [(said, booking_id)])
        return Written(self._booking(booking_id), voucher.id)

    def use(self, booking: Booking, *, key: str | None = None) -> Written[Booking]:
        """Record that a booked venue was used on its day. Raises venues.NotBooked, Absent, errors.NotYet."""
        with self.ledger.voucher("support.use", key=key, intention=booking.id) as voucher:
            now = self._booking(booking.id)
            if now.status != "booked":
                raise NotBooked(now, "使用")
            check_day(self.ledger, now.day)
            self._check_present(survivor_of(self.database, now.partner_id), now.day)
            said = Support(now.community_id, now.partner_id, "venue", now.day, now.minutes, now.venue_id)
            self._post(voucher, [(said, now.id)])
            voucher.edit("booking", now.id, status="used")
        return Written(self._booking(booking.id), voucher.id)

    def rebook(
        self,
        booking: Booking,
        *,
        venue: Venue | None = None,
        day: date | None = None,
        first: int | None = None,
        last: int | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> Written[Booking]:
        """Move a booking that was not used yet to another venue of its community, day or time; what is None stays.

        A new beginning without an end keeps the length. Raises venues.NotBooked, venues.OtherCommunity, BadTime,
        venues.SameBooking, Absent, venues.SlotTaken.
        """
        intention = [booking.id, venue and venue.id, day, first, last, reason]
        with self.ledger.voucher("support.rebook", key=key, intention=intention) as voucher:
            now = self._booking(booking.id)
            if now.status != "booked":
                raise NotBooked(now, "改订")
            if venue and venue.community_id != now.community_id:
                raise OtherCommunity(now, venue)
            start = now.from_minute if first is None else first
            end = last if last is not None else now.to_minute if first is None else start + now.minutes
            if not is_time(start, end):
                raise BadTime(start, end)
            where, on = venue.id if venue else now.venue_id, str(day) if day else now.day
            if (where, on, start, end) == (now.venue_id, now.day, now.from_minute, now.to_minute):
                raise SameBooking(now)
            self._check_present(survivor_of(self.database, now.partner_id), on)
            self.venues.check_free(where, on, start, end, besides=now.id)
            voucher.edit("booking", now.id, venue_id=where, day=on, from_minute=start, to_minute=end)
            voucher.note(reason)
        return Written(self._booking(booking.id), voucher.id)

    def cancel(self, booking: Booking, *, reason: str = "", key: str | None = None) -> Written[Booking]:
        """Cancel a booking; a use that was recorded is taken back. Raises venues.NotBooked."""
        with self.ledger.voucher("support.cancel", key=key, intention=[booking.id, reason]) as voucher:
            now = self._booking(booking.id)
            if now.status == "cancelled":
                raise NotBooked(now, "取消")
            voucher.counter("support_given", [row[0] for row in self.database.rows(_USE, (now.id,))])
            voucher.edit("booking", now.id, status="cancelled")
            voucher.note(reason)
        return Written(self._booking(booking.id), voucher.id)

    def give(self, said: Support, *, note: str = "", key: str | None = None) -> Written[Given]:
        """Record one support without a booking. Raises NoVenueHere, VenueElsewhere, TooLong, Absent, errors.NotYet."""
        with self.ledger.voucher("support.give", key=key, intention=[*said, note]) as voucher:
            if said.kind != "venue" and (said.venue_id is not None or said.minutes):
                raise NoVenueHere
            venue = None if said.venue_id is None else self.venues.get(said.venue_id)
            if venue and venue.community_id != said.community_id:
                raise VenueElsewhere(venue)
            if said.minutes > 24 * 60:
                raise TooLong
            check_day(self.ledger, said.day)
            self._check_present(said.partner_id, said.day)
            (given_id,) = self._post(voucher, [(said, None)])
            voucher.note(note, line=1)
        return Written(self._read("g.id = :id", id=given_id)[0], voucher.id)

    def give_many(self, voucher: Voucher, rows: Sequence[tuple[Support, str]]) -> None:
        """Record supports, each with a note, in an open voucher; those with times are booked as used. The rows were checked."""
        booked = [(said, note) for said, note in rows if said.times]
        ids = iter(self._book(voucher, booked, "used"))
        line = voucher.lines
        self._post(voucher, [(said, next(ids) if said.times else None) for said, _ in rows])
        for place, (said, note) in enumerate(rows, start=line + 1):
            if not said.times:
                voucher.note(note, line=place)

    def listing(
        self,
        *,
        under: Area | None = None,
        partner: Partner | None = None,
        kind: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Given]:
        """Return what was given, the latest first, by area, partner (with whom was merged into it), kind and days."""
        within = [one.id for one in self.ledger.areas.communities(under)] if under else []
        tests = {
            "g.community_id IN (SELECT value FROM json_each(:within))": under,
            "g.partner_id IN (SELECT value FROM json_each(:cards))": partner,
            "g.kind = :kind": kind,
            "g.happened_on >= :first": first,
            "g.happened_on <= :last": last,
        }
        asked = ["1", *(test for test, value in tests.items() if value is not None)]
        parameters = {
            "within": str(within),
            "cards": partner and cards_of(self.database, partner.id),
            "kind": kind,
        }
        return self._read(" AND ".join(asked), **parameters, first=str(first), last=str(last))

    def recorded(self, source: Source, first: str, last: str) -> list[tuple[int, Support]]:
        """Return what a source's files brought of a span of days, as `give_many` took it, each after its voucher."""
        sql = f"""SELECT f.voucher_id, f.community_id, f.partner_id, f.kind, f.happened_on, f.minutes, f.venue_id, b.from_minute,
            b.to_minute FROM support_given f LEFT JOIN booking b ON b.id = f.booking_id {brought("support_given")}"""
        rows = self.database.rows(sql, source.on(first, last))
        return [
            (voucher, Support._make((*row[:6], None if row[6] is None else tuple(row[6:]))))
            for voucher, *row in rows
        ]

    def _add_venue(self, voucher: Voucher, name: str, community: Area, fields: dict[str, Any]) -> int:
        if not names.match_key(name):
            raise NoVenueName
        return voucher.add_one("venue", community_id=community.id, **_named(name), **fields)

    def _edit_venue(
        self, voucher: Voucher, known: Venue, community: Area, rename: str, fields: dict[str, Any]
    ) -> None:
        if rename:
            other = self.venues.named(community, rename)
            if other and other.id != known.id:
                raise VenueTaken(other)
            if not names.match_key(rename):
                raise NoVenueName
            fields = {**fields, **_named(rename)}
        changed = any(
            getattr(known, field, None) != value for field, value in fields.items() if field != "name_key"
        )
        if not changed:
            raise SameVenue(known)
        voucher.edit("venue", known.id, **fields)

    def _check_present(self, partner_id: int, day: str) -> None:
        for why in absences(self.database, {(partner_id, day)}).values():
            raise Absent(why)

    def _booking(self, booking_id: int) -> Booking:
        return self.venues.bookings(booking_id=booking_id)[0]

    def _book(self, voucher: Voucher, rows: Sequence[tuple[Support, str]], status: str) -> range:
        numbers: dict[int, tuple[Area, int]] = {}
        cards = []
        for said, purpose in rows:
            if said.community_id not in numbers:
                area = self.ledger.areas.get(said.community_id)
                numbers[area.id] = (area, last_number(self.ledger, "booking", area))
            area, number = numbers[said.community_id]
            numbers[area.id] = (area, number + 1)
            issued = (area.id, number + 1, code(LETTERS["booking"], area, number + 1), area.id)
            cards.append(
                (*issued, said.venue_id, said.partner_id, status, said.day, *(said.times or ()), purpose)
            )
        return voucher.add("booking", _BOOKING, cards)

    def _post(self, voucher: Voucher, rows: Sequence[tuple[Support, int | None]]) -> range:
        facts = [
            (said.community_id, said.day, said.partner_id, said.kind, booking_id, said.venue_id, said.minutes)
            for said, booking_id in rows
        ]
        columns = ("partner_id", "kind", "booking_id", "venue_id", "minutes")
        return voucher.post("support_given", columns, facts)

    def _read(self, test: str, **parameters: Any) -> list[Given]:
        return [Given(*row) for row in self.database.rows(_GIVEN.format(test=test), parameters)]


def _named(name: str) -> dict[str, str]:
    return {"name": names.tidy(name), "name_key": names.match_key(name)}


_BOOKING = (
    "issuer_id", "number", "code", "community_id", "venue_id", "partner_id", "status", "day", "from_minute", "to_minute",
    "purpose",
)  # fmt: skip
_USE = f"SELECT id FROM support_given g WHERE booking_id = ? AND {stands('support_given', 'g')}"
_GIVEN = f"""SELECT g.id, g.voucher_id, g.happened_on, a.name, p.code, p.name, g.kind, ifnull(v.name, ''), g.minutes,
      ifnull(b.code, ''), ifnull(b.purpose, {noted("support_given", "g")})
    FROM support_given g JOIN area a ON a.id = g.community_id JOIN partner p ON p.id = {survivor("g.partner_id")}
      LEFT JOIN venue v ON v.id = g.venue_id LEFT JOIN booking b ON b.id = g.booking_id
    WHERE {stands("support_given", "g")} AND {{test}} ORDER BY g.happened_on DESC, g.id DESC"""
