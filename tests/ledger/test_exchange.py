"""What a partner gave and received, told by every noun and followed through mergers."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.counts import given, received
from hepartner.ledger.counts.exchange import Exchange, Line, Part
from hepartner.ledger.dispatches import Dispatches, Whistle
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.joining import Joining
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.moments import Moment
from hepartner.ledger.months import Span
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offering
from hepartner.ledger.pairings import Pairings
from hepartner.ledger.partners import Partner
from hepartner.ledger.projects import Particulars as Landing
from hepartner.ledger.projects import Projects
from hepartner.ledger.responding import Came
from hepartner.ledger.responses import Responses
from hepartner.ledger.sessions import Particulars as Served
from hepartner.ledger.sessions import Sessions
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.starlevels import StarLevels
from hepartner.ledger.stars import Asked
from hepartner.ledger.stocking import Goods
from hepartner.ledger.supports import Support, Supports
from tests.ledger.conftest import enrol

ALL = Span.in_all("2025-11")


@pytest.fixture
def shop(ledger: Ledger) -> Partner:
    """A business that does a little of everything in September and October 2025."""
    shop, xf = enrol(ledger, "理发店", kind="business"), ledger.areas.find("XF")
    event = Event(xf.id, "2025-09-03", "义剪", "welfare", organisers=(shop.id,))
    ledger.sheets.sign(ledger.activities.add(event).activity, [SheetLine(shop, 90)])
    whistle = Whistle("台风清障", "typhoon", xf, Moment("2025-09-06", 480))
    dispatch = ledger.book(Dispatches).whistle(whistle, [shop]).now
    ledger.book(Responses).roll_call(dispatch, [Came(shop, 12, 2)], Moment("2025-09-06", 500))
    ledger.issues.load_default()
    lamp = ledger.issues.categories.find("路灯维修")
    ledger.issues.help(ledger.issues.report(lamp, "路灯不亮", xf, day=date(2025, 9, 7)).issue, shop)
    project = ledger.book(Projects).land(Landing(xf.id, "居家助老", "2025-09-01", partners=(shop.id,))).now
    ledger.book(Sessions).hold(project, Served(project.id, "2025-09-09", 30, partners=(shop.id,)))
    offer = ledger.book(Offers).open(Offering(xf.id, shop.id, "老人免费理发", "2025-09-01")).now
    ledger.book(Offers).use(offer, times=4, day=date(2025, 10, 1))
    ledger.book(Pairings).start(shop, xf, day=date(2025, 9, 1))
    meeting = (
        ledger.book(Meetings)
        .hold(Held(xf.id, "2025-09-12", "对接会", "matchmaking", partners=(shop.id,)))
        .now
    )
    ledger.book(Cooperations).close(shop, xf, meeting=meeting)
    rice = ledger.shop.add(Goods(xf.id, "大米", unit="袋"), 20, day=date(2025, 9, 1)).item
    ledger.shop.stock_in([(rice, 30)], donor=shop, day=date(2025, 9, 2))
    ledger.points.award(shop, 100, day=date(2025, 9, 13))
    ledger.points.deduct(shop, 5, day=date(2025, 10, 2), reason="核实")
    ledger.shop.redeem(shop, [(rice, 2)], day=date(2025, 10, 3))
    hall = ledger.book(Supports).venue("多功能厅", xf).now
    ledger.book(Supports).book(hall, shop, date(2025, 10, 4), (540, 660))
    ledger.book(Supports).give(Support(xf.id, shop.id, "publicity", "2025-10-05"))
    ledger.book(Honours).give(Title("最美商家", "district"), [shop], day=date(2025, 10, 6))
    return shop


def told(ledger: Ledger, partner: Partner, span: Span = ALL) -> dict[str, Line]:
    """Both sides by code, without what is zero."""
    book = ledger.book(Exchange)
    lines = (*book.given(partner, span), *book.received(partner, span))
    return {line.code: line for line in lines if line.amount}


EVERYTHING = {
    "hours.served": 90, "activities.attended": 1, "activities.organised": 1, "dispatches.arrived": 1,
    "dispatches.people": 12, "issues.helped": 1, "projects.sessions": 1, "projects.joined": 1, "offers.uses": 4,
    "pairings.active": 1, "meetings.attended": 1, "goods.donated": 1, "points.awarded": 100, "points.redeemed": 40,
    "points.taken": 5, "points.balance": 55, "goods.redeemed": 1, "support.venue": 1, "support.hours": 120,
    "support.publicity": 1, "honours.given": 1, "cooperations.closed": 1,
}  # fmt: skip


def test_every_noun_tells_what_was_given_and_received(ledger: Ledger, shop: Partner) -> None:
    assert {code: line.amount for code, line in told(ledger, shop).items()} == EVERYTHING


def test_what_it_was_about_is_told_with_its_own_unit(ledger: Ledger, shop: Partner) -> None:
    lines = told(ledger, shop)
    assert lines["goods.donated"].parts == (Part("大米", 30, "袋"),)
    assert lines["goods.redeemed"].parts == (Part("大米", 2, "袋"),)
    assert lines["dispatches.people"].parts == (Part("台风清障", 12, "人次"),)
    assert lines["cooperations.closed"].parts == (Part("社区", 1, "家"),)
    assert lines["honours.given"].parts == (Part("最美商家", 1, "项"),)


def test_only_the_months_asked_for_count_and_stocks_stand_at_their_end(ledger: Ledger, shop: Partner) -> None:
    october = told(ledger, shop, Span.month("2025-10"))
    assert {code: line.amount for code, line in october.items()} == {
        "offers.uses": 4, "projects.joined": 1, "pairings.active": 1, "points.redeemed": 40, "points.taken": 5,
        "points.balance": 55, "goods.redeemed": 1, "support.venue": 1, "support.hours": 120, "support.publicity": 1,
        "honours.given": 1,
    }  # fmt: skip
    assert told(ledger, shop, Span.month("2025-08")) == {}


def test_who_was_merged_into_a_partner_gave_and_received_with_it(ledger: Ledger, shop: Partner) -> None:
    other = enrol(ledger, "理发总店", kind="business")
    ledger.points.award(other, 10, day=date(2025, 9, 1))
    merged = ledger.membership.merge(shop, other)
    amounts = {code: line.amount for code, line in told(ledger, other).items()}
    assert amounts == {**EVERYTHING, "points.awarded": 110, "points.balance": 65}
    ledger.history.undo(merged.voucher)
    assert told(ledger, other).keys() == {"points.awarded", "points.balance"}


def test_what_two_cards_both_did_is_done_once_by_the_person_they_become(
    ledger: Ledger, shop: Partner
) -> None:
    """The same meeting, activity, dispatch, issue, session, project, pairing, honour and cooperation; people add up."""
    twin, xf = enrol(ledger, "理发店二", kind="business"), ledger.areas.find("XF")
    meeting, project = ledger.book(Meetings).listing()[0], ledger.book(Projects).listing()[0]
    ledger.book(Meetings).attend(meeting, [twin])
    ledger.book(Cooperations).close(twin, xf, meeting=meeting)
    ledger.book(Joining).join(project, twin, day=date(2025, 9, 2))
    both = (shop.id, twin.id)
    ledger.book(Sessions).hold(project, Served(project.id, "2025-09-10", 8, partners=both))
    event = Event(xf.id, "2025-09-04", "义诊", "welfare", organisers=both)
    activity = ledger.activities.add(event).activity
    ledger.sheets.sign(activity, [SheetLine(shop, 30), SheetLine(twin, 45)])
    ledger.issues.help(ledger.issues.find("路灯不亮"), twin)
    dispatch = ledger.book(Dispatches).find("台风清障")
    ledger.book(Responses).call_again(dispatch, [twin], Moment("2025-09-06", 510))
    ledger.book(Responses).arrive(dispatch, twin, Moment("2025-09-06", 520), heads=3)
    ledger.book(Pairings).start(twin, xf, day=date(2025, 9, 5))
    ledger.book(Honours).give(Title("最美商家", ""), [twin], day=date(2025, 10, 6))
    ledger.membership.merge(twin, shop)
    assert {code: line.amount for code, line in told(ledger, shop).items()} == {
        **EVERYTHING, "hours.served": 165, "activities.attended": 2, "activities.organised": 2, "projects.sessions": 2,
        "dispatches.people": 15,
    }  # fmt: skip
    assert told(ledger, shop)["meetings.attended"].parts == (Part("对接会", 1, "次"),)


def test_a_cooperation_of_two_that_become_one_is_none_that_was_received(
    ledger: Ledger, shop: Partner
) -> None:
    group = enrol(ledger, "理发协会", kind="business")
    ledger.book(Cooperations).close(shop, ledger.areas.find("XF"), with_=group, day=date(2025, 10, 9))
    ledger.membership.merge(group, shop)
    assert told(ledger, shop)["cooperations.closed"].amount == 1


def test_months_add_up_where_a_card_takes_back_what_the_other_did(ledger: Ledger, shop: Partner) -> None:
    twin, meeting = enrol(ledger, "理发店二", kind="business"), ledger.book(Meetings).listing()[0]
    ledger.periods.close([ledger.areas.find("XF")], "2025-09")
    attended = ledger.book(Meetings).attend(meeting, [twin])
    ledger.membership.merge(twin, shop)
    september, october = Span.month("2025-09"), Span.month("2025-10")
    assert told(ledger, shop, september)["meetings.attended"].amount == 1
    assert "meetings.attended" not in told(ledger, shop, october)
    ledger.history.undo(attended.voucher)
    assert told(ledger, shop, ALL)["meetings.attended"].amount == 1


def test_what_is_undone_or_cancelled_is_not_told(ledger: Ledger, shop: Partner) -> None:
    before = told(ledger, shop)
    honoured = ledger.book(Honours).give(Title("五星商家", "city"), [shop], day=date(2025, 10, 7))
    assert told(ledger, shop)["honours.given"].amount == 2
    ledger.history.undo(honoured.voucher)
    assert told(ledger, shop) == before
    ledger.shop.cancel(ledger.shop.slips(shop)[0].code)
    after = told(ledger, shop)
    assert {"goods.redeemed", "points.redeemed"}.isdisjoint(after)
    assert after["points.balance"].amount == 95


def test_both_sides_of_a_cooperation_received_it(ledger: Ledger, shop: Partner) -> None:
    group = enrol(ledger, "艺术团", kind="group")
    ledger.book(Cooperations).close(shop, ledger.areas.find("XF"), with_=group, day=date(2025, 10, 9))
    assert told(ledger, group)["cooperations.closed"].parts == (Part("理发店", 1, "家"),)
    assert told(ledger, shop)["cooperations.closed"].amount == 2


def test_the_star_level_is_that_of_the_latest_year_frozen(ledger: Ledger) -> None:
    partner, stars = enrol(ledger, "李梅"), ledger.book(StarLevels)
    for level, points in ((1, 10), (2, 50)):
        stars.rule(Asked(level, 0, points, 0, "2023-01-01"))
    ledger.points.award(partner, 20, day=date(2024, 5, 1))
    stars.freeze(2024)
    assert told(ledger, partner)["stars.level"].parts == (Part("2024 年", 1, "星"),)
    before = ledger.book(Exchange).received(partner, Span.in_all("2023-12"))
    assert {line.code: line.amount for line in before}["stars.level"] is None


AGREEING = {
    "hours.served": "hours.served", "dispatches.people": "dispatches.people",
    "offers.uses": "offers.uses", "pairings.active": "pairings.active", "points.awarded": "points.awarded",
    "points.redeemed": "points.redeemed", "points.balance": "points.balance", "support.venue": "support.venue",
    "support.publicity": "support.publicity", "honours.given": "honours.given",
}  # fmt: skip
"""Measure → the figure that all partners together make."""


@pytest.mark.parametrize(("measure", "figure"), AGREEING.items(), ids=AGREEING)
def test_all_partners_together_make_the_figure(
    ledger: Ledger, shop: Partner, measure: str, figure: str
) -> None:
    ledger.points.award(enrol(ledger, "李梅"), 30, day=date(2025, 10, 10))
    for span in (ALL, Span.month("2025-09"), Span.month("2025-10")):
        lines = [told(ledger, partner, span).get(measure) for partner in ledger.partners.listing()]
        counted = sum(line.amount or 0 for line in lines if line)
        assert counted == sum(ledger.counts.additive(figure, span).values())
    assert shop.name == "理发店"


def test_measures_are_told_in_their_places() -> None:
    for measures in (given(), received()):
        places = [measure.place for measure in measures.values()]
        assert places == sorted(set(places))
