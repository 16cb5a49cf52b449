"""Support given to partners: venues, bookings that never overlap, what was given."""

from dataclasses import replace
from datetime import date

import pytest

from hepartner.ledger import Ledger, errors
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.supports import Absent, NoVenueHere, Support, Supports, TooLong, VenueElsewhere
from hepartner.ledger.venues import (
    BadTime,
    Booking,
    NotBooked,
    NoVenueName,
    OtherCommunity,
    SameBooking,
    SameVenue,
    SlotTaken,
    Venue,
    VenueTaken,
    overlap,
)
from tests.ledger.conftest import enrol

MARCH, DECEMBER = date(2025, 3, 1), date(2025, 12, 1)
AFTERNOON = (840, 990)
"""14:00 to 16:30."""


@pytest.fixture
def supports(ledger: Ledger) -> Supports:
    return ledger.book(Supports)


@pytest.fixture
def dentist(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔", kind="business")


@pytest.fixture
def room(ledger: Ledger, supports: Supports) -> Venue:
    return supports.venue("活动室", ledger.areas.find("XF"), place="一楼").now


@pytest.fixture
def used(supports: Supports, room: Venue, dentist: Partner) -> Booking:
    return supports.book(room, dentist, MARCH, AFTERNOON, purpose="口腔课堂").now


def given(ledger: Ledger, month: str, kind: str = "venue") -> int:
    return sum(ledger.counts.additive(f"support.{kind}", Span.month(month)).values())


def test_a_booking_of_a_day_that_has_come_is_used_at_once(
    ledger: Ledger, supports: Supports, used: Booking
) -> None:
    assert (used.code, used.status, used.time, used.minutes) == ("XF-Y0001", "used", "14:00–16:30", 150)
    assert given(ledger, "2025-03") == 1
    (line,) = supports.listing()
    assert (line.partner, line.venue, line.minutes, line.booking, line.note) == (
        "柏乐口腔", "活动室", 150, "XF-Y0001", "口腔课堂",
    )  # fmt: skip


def test_a_booking_that_lies_ahead_or_is_only_planned_counts_when_it_is_used(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    ahead = supports.book(room, dentist, DECEMBER, AFTERNOON).now
    with pytest.raises(errors.NotYet):
        supports.use(ahead)
    planned = supports.book(room, dentist, MARCH, AFTERNOON, planned=True).now
    assert (ahead.status, planned.status, given(ledger, "2025-03")) == ("booked", "booked", 0)
    assert supports.use(planned).now.status == "used"
    assert given(ledger, "2025-03") == 1
    with pytest.raises(NotBooked, match="现在是“已使用”，不能再记“使用”"):
        supports.use(planned)
    assert [(one.uses, one.ahead) for one in supports.venues.listing()] == [(1, 1)]


def test_an_overlap_is_refused_naming_the_other_booking(
    ledger: Ledger, supports: Supports, room: Venue, used: Booking
) -> None:
    other = enrol(ledger, "义工队", kind="group")
    for times in ((839, 841), (989, 1000), (850, 900), (0, 1440)):
        with pytest.raises(
            SlotTaken, match=r"2025-03-01 14:00–16:30 已由柏乐口腔（XF-P0001）预订，预订号 XF-Y0001"
        ):
            supports.book(room, other, MARCH, times)
    for times in ((780, 840), (990, 1440)):
        supports.book(room, other, MARCH, times)
    elsewhere = supports.venue("会议室", ledger.areas.find("XF")).now
    supports.book(elsewhere, other, MARCH, AFTERNOON)
    supports.cancel(used, reason="改期")
    supports.book(room, other, MARCH, AFTERNOON)


def test_two_times_overlap_by_a_minute_they_share() -> None:
    assert [overlap((60, 120), other) for other in ((0, 60), (0, 61), (119, 200), (120, 200))] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("times", [(840, 840), (990, 840), (-1, 60), (1400, 1441)])
def test_a_booking_ends_after_it_begins_on_its_day(
    supports: Supports, room: Venue, dentist: Partner, times: tuple[int, int]
) -> None:
    with pytest.raises(BadTime, match="结束要晚于开始"):
        supports.book(room, dentist, MARCH, times)


def test_a_cancelled_use_is_taken_back_and_undoing_that_gives_it_again(
    ledger: Ledger, supports: Supports, used: Booking
) -> None:
    cancelled = supports.cancel(used, reason="没有来")
    assert (cancelled.now.status, given(ledger, "2025-03")) == ("cancelled", 0)
    with pytest.raises(NotBooked, match="不能再记“取消”"):
        supports.cancel(used)
    ledger.history.undo(cancelled.voucher)
    assert supports.venues.bookings(booking_id=used.id) == [used]
    assert given(ledger, "2025-03") == 1


def test_a_cancelling_can_not_be_undone_once_another_has_the_venue(
    ledger: Ledger, supports: Supports, room: Venue, used: Booking
) -> None:
    cancelled = supports.cancel(used)
    supports.book(room, enrol(ledger, "义工队", kind="group"), MARCH, AFTERNOON)
    with pytest.raises(errors.Refused, match="已有别的预订"):
        ledger.history.undo(cancelled.voucher)
    assert given(ledger, "2025-03") == 1


def test_a_booking_is_moved_and_its_number_stays(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    booked = supports.book(room, dentist, DECEMBER, AFTERNOON).now
    hall = supports.venue("会议室", ledger.areas.find("XF")).now
    moved = supports.rebook(booked, venue=hall, day=MARCH, first=540, reason="下雨")
    now = moved.now
    assert (now.code, now.venue, now.day, now.time) == (booked.code, "会议室", "2025-03-01", "09:00–11:30")
    assert supports.rebook(now, last=600).now.time == "09:00–10:00"
    with pytest.raises(SameBooking, match="本来就是会议室 2025-03-01 09:00–10:00"):
        supports.rebook(now, first=540, last=600)
    with pytest.raises(BadTime):
        supports.rebook(now, first=1430)
    before = "SELECT field, before, after FROM change WHERE card = 'booking' AND voucher_id = ? ORDER BY id"
    assert ledger.database.rows(before, (moved.voucher,))[0] == ("venue_id", str(room.id), str(hall.id))
    ledger.history.undo(moved.voucher + 1)
    ledger.history.undo(moved.voucher)
    assert supports.venues.bookings(booking_id=booked.id) == [booked]
    assert given(ledger, "2025-03") == 0


def test_a_booking_is_not_moved_onto_another_nor_out_of_its_community(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner, used: Booking
) -> None:
    booked = supports.book(room, dentist, MARCH, (480, 540), planned=True).now
    with pytest.raises(SlotTaken, match="预订号 XF-Y0001"):
        supports.rebook(booked, first=900)
    assert supports.rebook(booked, first=510).now.time == "08:30–09:30"
    abroad = supports.venue("舞台", ledger.areas.find("HP")).now
    with pytest.raises(OtherCommunity, match="不能改到和平社区的场地“舞台”"):
        supports.rebook(booked, venue=abroad)
    with pytest.raises(Absent):
        supports.rebook(booked, day=date(2023, 3, 1))
    with pytest.raises(NotBooked, match="现在是“已使用”，不能再记“改订”"):
        supports.rebook(used, day=DECEMBER)


def test_the_booking_of_a_merged_partner_is_moved_and_going_back_needs_the_slot(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    booked = supports.book(room, dentist, MARCH, AFTERNOON, planned=True).now
    stays = enrol(ledger, "义工队", kind="business")
    ledger.membership.merge(dentist, stays)
    moved = supports.rebook(booked, day=DECEMBER)
    supports.book(room, stays, MARCH, AFTERNOON)
    with pytest.raises(errors.Refused, match="已有别的预订"):
        ledger.history.undo(moved.voucher)


def test_a_booking_is_used_by_who_was_here_on_its_day(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    """Whoever left meanwhile did not come; one that was merged is who it was merged into."""
    double = enrol(ledger, "牙科", kind="business")
    days, times = (MARCH, date(2025, 9, 1)), {dentist: (540, 600), double: (600, 660)}
    planned = [supports.book(room, one, day, times[one], planned=True).now for day in days for one in times]
    for one, left in ((double, date(2025, 7, 1)), (dentist, date(2025, 6, 1))):
        ledger.membership.leave(one, day=left)
    ledger.membership.merge(double, dentist)
    for booking in planned[:2]:
        assert supports.use(booking).now.status == "used"
    for booking in planned[2:]:
        with pytest.raises(Absent, match="柏乐口腔（XF-P0001）2025-06-01 已退出，没有记账"):
            supports.use(booking)


def test_undoing_a_booking_frees_the_venue_unless_it_went_on(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    booked = supports.book(room, dentist, MARCH, AFTERNOON, planned=True)
    used = supports.use(booked.now)
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{used.voucher}"):
        ledger.history.undo(booked.voucher)
    ledger.history.undo(used.voucher)
    assert supports.venues.bookings()[0].status == "booked"
    ledger.history.undo(booked.voucher)
    assert supports.venues.bookings() == []
    supports.book(room, dentist, MARCH, AFTERNOON)


def test_support_is_given_without_a_booking(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    said = Support(room.community_id, dentist.id, "publicity", "2025-03-05")
    supports.give(said, note="公众号推送")
    supports.give(said._replace(kind="venue", venue_id=room.id, minutes=90))
    assert (given(ledger, "2025-03"), given(ledger, "2025-03", "publicity")) == (1, 1)
    assert [(one.kind, one.venue, one.note) for one in supports.listing(partner=dentist)] == [
        ("venue", "活动室", ""), ("publicity", "", "公众号推送"),
    ]  # fmt: skip
    assert supports.listing(kind="office") == []
    assert supports.listing(first=date(2025, 3, 6)) == []
    assert supports.listing(under=ledger.areas.find("HP")) == []


def test_a_venue_of_another_community_is_not_given(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    said = Support(ledger.areas.find("HP").id, dentist.id, "venue", "2025-03-05", venue_id=room.id)
    with pytest.raises(VenueElsewhere, match="场地“活动室”在幸福里社区，不是这次扶持所记的社区"):
        supports.give(said)


def test_what_does_not_fit_is_refused(supports: Supports, room: Venue, dentist: Partner) -> None:
    said = Support(room.community_id, dentist.id, "publicity", "2025-03-05")
    for wrong in (said._replace(minutes=5), said._replace(venue_id=room.id)):
        with pytest.raises(NoVenueHere):
            supports.give(wrong)
    with pytest.raises(TooLong):
        supports.give(said._replace(kind="venue", minutes=1441))
    with pytest.raises(errors.NotYet):
        supports.give(said._replace(day="2025-12-01"))
    with pytest.raises(Absent, match="2024-01-01 才加入"):
        supports.give(said._replace(day="2023-12-01"))


def test_who_has_left_is_given_nothing_of_later_days(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner
) -> None:
    ledger.membership.leave(dentist, day=date(2025, 5, 1))
    supports.book(room, dentist, MARCH, AFTERNOON)
    with pytest.raises(Absent, match="退出"):
        supports.book(room, dentist, DECEMBER, AFTERNOON)


def test_what_a_merged_partner_was_given_stands_with_whom_it_became(
    ledger: Ledger, supports: Supports, used: Booking, dentist: Partner
) -> None:
    whole = enrol(ledger, "柏乐口腔门诊部", kind="business")
    ledger.membership.merge(dentist, whole)
    (given,), (booked,) = supports.listing(partner=whole), supports.venues.bookings(partner=whole)
    assert (given.booking, given.partner_code) == (used.code, whole.code)
    assert booked == replace(used, partner_code=whole.code, partner=whole.name)


def test_a_venue_is_registered_changed_and_found(ledger: Ledger, supports: Supports, room: Venue) -> None:
    community = ledger.areas.find("XF")
    assert supports.venues.find("活动", community) == room
    with pytest.raises(SameVenue):
        supports.venue("活动室", community, place="一楼")
    renamed = supports.venue("活动室", community, rename="党群活动室", remark="40 人").now
    assert (renamed.id, renamed.name, renamed.place, renamed.remark) == (
        room.id,
        "党群活动室",
        "一楼",
        "40 人",
    )
    supports.venue("会议室", community)
    with pytest.raises(VenueTaken):
        supports.venue("会议室", community, rename="党群活动室")
    for blank in ("", " "):
        with pytest.raises(NoVenueName):
            supports.venue(blank, community)
    with pytest.raises(errors.NotFound, match="hep support venue 名称"):
        supports.venues.find("活动室", ledger.areas.find("HP"))
    with pytest.raises(errors.NotFound):
        supports.venue("没有的", community, rename="别的")


def test_bookings_are_listed_by_venue_partner_days_and_status(
    ledger: Ledger, supports: Supports, room: Venue, dentist: Partner, used: Booking
) -> None:
    ahead = supports.book(room, dentist, DECEMBER, AFTERNOON).now
    listed = supports.venues.bookings
    assert listed(venue=room) == listed(partner=dentist) == [used, ahead]
    assert listed(status="used") == listed(last=MARCH) == [used]
    assert listed(first=date(2025, 11, 1), under=ledger.areas.find("XF")) == [ahead]
    assert listed(under=ledger.areas.find("HP")) == []
    assert supports.venues.booking("xf-y0002") == ahead
