"""The tally counts what it must: small stories with their counts beside them."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from demonstration import mishaps, tally
from demonstration.exchange import Shops
from demonstration.people import Partner
from demonstration.register import Register
from demonstration.rules import Caps, Rule
from demonstration.story import Story
from demonstration.tally import Counted, Tally
from demonstration.troubles import Desk, Issue
from demonstration.wallets import Wallets
from demonstration.whistles import Call, Moment, Whistle
from demonstration.world import World

HOME, AWAY = "幸福里社区", "驿马社区"


def person(name: str = "王芳", community: str = HOME) -> Partner:
    return Partner(name, "individual", community, "第一网格", date(2022, 6, 1), phone="19907790001")


def world(*partners: Partner, today: date = date(2023, 3, 31)) -> World:
    return World(random.Random(0), list(partners), today=today)


def counted(
    told: World,
    figure: str,
    first: str,
    last: str = "",
    *,
    area: str = HOME,
    desk: Desk | None = None,
    whistles: Sequence[Whistle] = (),
) -> object:
    story = Story(told, Shops(told, 0), desk or Desk(told), [])
    story.bugle.whistles += whistles
    places = {place.name: place.communities for place in tally.places()}
    last = last or first
    found = [
        one
        for one in Tally(story).figures(area, places[area])
        if (one.figure, one.first, one.last) == (figure, first, last)
    ]
    (one,) = found
    return one.value if one.denominator is None else (one.value, one.denominator)


def test_a_fact_of_a_closed_month_counts_in_the_first_open_one() -> None:
    register = Register()
    register.close(HOME, "2022-12")
    assert register.note(HOME, date(2022, 11, 5), {}).month == "2023-01"
    assert register.note(AWAY, date(2022, 11, 5), {}).month == "2022-11"


def test_what_is_taken_back_after_its_month_was_closed_leaves_that_month_alone() -> None:
    told = world(person())
    deed = told.register.note(
        HOME, date(2023, 1, 5), {"activities.held": 1}, heads={"partners.active": told.partners[0]}
    )
    told.register.close(HOME, "2023-01")
    told.register.take_back(deed)
    assert counted(told, "activities.held", "2023-01") == 1
    assert counted(told, "activities.held", "2023-02") == -1
    assert counted(told, "partners.active", "2023-01") == 1
    assert counted(told, "partners.active", tally.MONTHS[0], tally.MONTHS[-1]) == 0


def test_a_head_in_two_communities_is_one_in_the_district() -> None:
    told = world(person())
    for community in (HOME, AWAY):
        told.register.note(community, date(2023, 1, 5), {}, heads={"partners.active": told.partners[0]})
    assert counted(told, "partners.active", "2023-01") == 1
    assert counted(told, "partners.active", "2023-01", area="海城区") == 1


def test_a_partner_registered_twice_is_two_heads_until_it_is_merged() -> None:
    twin, stays = person(), person()
    told = world(twin, stays, today=date(2023, 2, 28))
    for partner in (twin, stays):
        for day in (date(2023, 1, 5), date(2023, 3, 5)):
            told.register.note(HOME, day, {}, heads={"partners.active": partner})
    mishaps.merge(told, twin, stays)
    assert counted(told, "partners.active", "2023-01") == 2
    assert counted(told, "partners.active", "2023-03") == 1


def issue(told: World, desk: Desk, *, reported: date, due: date, beneficiaries: int = 30) -> Issue:
    made = Issue("3栋路灯维修", HOME, "路灯维修", reported, due, beneficiaries)
    made.steps.append(told.register.note(HOME, reported, {"issues.reported": 1, "issues.open": 1}))
    desk.issues.append(made)
    return made


def test_reopening_a_confirmed_issue_takes_back_all_that_it_added() -> None:
    told = world()
    desk = Desk(told)
    lamp = issue(told, desk, reported=date(2023, 1, 5), due=date(2023, 1, 10))
    desk.resolve(lamp, date(2023, 1, 9))
    desk.confirm(lamp, date(2023, 1, 20), satisfied=True)
    desk.reopen(lamp, date(2023, 2, 3))
    for figure in ("issues.resolved", "issues.confirmed"):
        assert (counted(told, figure, "2023-01"), counted(told, figure, "2023-02")) == (1, -1)
    assert counted(told, "issues.beneficiaries", "2023-02") == -30
    assert counted(told, "issues.open", "2023-02") == 1
    assert counted(told, "issues.satisfied_rate", "2023-01", desk=desk) == (1, 1)


def test_an_issue_is_on_time_by_its_state_at_the_end_of_its_last_day() -> None:
    told = world()
    desk = Desk(told)
    lamp = issue(told, desk, reported=date(2023, 1, 5), due=date(2023, 1, 10))
    desk.resolve(lamp, date(2023, 1, 10))
    assert counted(told, "issues.on_time_rate", "2023-01", desk=desk) == (1, 1)
    desk.reopen(lamp, date(2023, 1, 11))
    assert counted(told, "issues.on_time_rate", "2023-01", desk=desk) == (1, 1)
    late = issue(told, desk, reported=date(2023, 1, 5), due=date(2023, 1, 10))
    desk.resolve(late, date(2023, 1, 11))
    assert counted(told, "issues.on_time_rate", "2023-01", desk=desk) == (1, 2)


def test_an_issue_found_twice_is_neither_due_nor_overdue() -> None:
    told = world()
    desk = Desk(told)
    first, again = (issue(told, desk, reported=date(2023, 1, 5), due=date(2023, 1, 31)) for _ in range(2))
    assert counted(told, "issues.overdue", "2023-01", desk=desk) == 2
    desk.find_twice(again, first, date(2023, 2, 2))
    assert counted(told, "issues.overdue", "2023-01", desk=desk) == 2
    assert counted(told, "issues.overdue", "2023-02", desk=desk) == 1
    assert counted(told, "issues.on_time_rate", tally.MONTHS[0], tally.MONTHS[-1], desk=desk) == (0, 1)


def blown(told: World, *calls: tuple[date | None, date | None], day: date = date(2023, 1, 31)) -> Whistle:
    """A dispatch whose calls were answered by arriving or giving back on these days."""
    whistle = Whistle("涵洞积水抢排", "内涝", HOME, Moment(day, 1300))
    for arrived, returned in calls:
        call = Call(person(), told.register.note(HOME, day, {}))
        call.arrived = told.register.note(HOME, arrived, {}) if arrived else None
        call.returned = told.register.note(HOME, returned, {}) if returned else None
        whistle.calls.append(call)
    return whistle


def test_who_came_after_the_month_was_over_had_not_come_by_its_end() -> None:
    told = world()
    whistle = blown(told, (date(2023, 1, 31), None), (date(2023, 2, 1), None), (None, date(2023, 2, 1)))
    in_time = counted(told, "dispatches.response_rate", "2023-01", whistles=[whistle])
    assert in_time == (1, 3)
    in_all = counted(told, "dispatches.response_rate", tally.MONTHS[0], tally.MONTHS[-1], whistles=[whistle])
    assert in_all == (2, 2)


def test_a_dispatch_that_is_taken_back_leaves_rate_and_median_once_that_counts() -> None:
    told = world()
    whistle = blown(told, (date(2023, 1, 31), None), (None, None))
    whistle.finished, whistle.lasted = told.register.note(HOME, whistle.blown.day, {}), 90
    told.register.close(HOME, "2023-01")
    for deed in list(told.register.deeds):
        told.register.take_back(deed)
    for last, rate, median in (("2023-01", (1, 2), (90, 1)), (tally.MONTHS[-1], (0, 0), (0, 0))):
        first = last if last == "2023-01" else tally.MONTHS[0]
        assert counted(told, "dispatches.response_rate", first, last, whistles=[whistle]) == rate
        assert counted(told, "dispatches.hours_median", first, last, whistles=[whistle]) == median


def test_the_median_of_an_even_number_lies_between_the_middle_two_and_is_rounded_up() -> None:
    told = world()
    whistles = [blown(told, day=date(2023, 1, day)) for day in (5, 6)]
    for whistle, lasted in zip(whistles, (60, 63), strict=True):
        whistle.finished, whistle.lasted = told.register.note(HOME, whistle.blown.day, {}), lasted
    assert counted(told, "dispatches.hours_median", "2023-01", whistles=whistles) == (62, 2)
    assert counted(told, "dispatches.hours_median", "2023-02", whistles=whistles) == (0, 0)


def test_points_per_hour_are_rounded_down_and_cut_by_the_narrowest_cap() -> None:
    rule = Rule("PATROL", "网格巡查", 10, "hour", {"day": 30, "month": 50}, needs_confirmer=False)
    assert rule.worth(119) == 19
    caps, day = Caps(), date(2023, 1, 5)
    caps.count(20, rule, "王芳", "夜巡", day)
    assert caps.left_of(19, rule, "王芳", "早巡", day) == 10
    assert caps.left_of(40, rule, "王芳", "早巡", date(2023, 1, 6)) == 30
    assert caps.left_of(40, rule, "王芳", "早巡", date(2023, 2, 6)) == 30


def test_points_go_along_with_a_move_and_late_ones_follow() -> None:
    register, partner = Register(), person()
    wallets = Wallets(register)
    wallets.give(partner, 20, date(2023, 1, 5), today=date(2023, 1, 5))
    wallets.move(partner, AWAY, date(2023, 2, 1))
    wallets.give(partner, 7, date(2023, 1, 6), today=date(2023, 3, 1))
    lies = {(deed.community, deed.month): 0 for deed in register.deeds}
    for deed in register.deeds:
        lies[deed.community, deed.month] += deed.adds["points.balance"]
    assert lies == {
        (HOME, "2023-01"): 27,
        (HOME, "2023-02"): -20,
        (AWAY, "2023-02"): 20,
        (HOME, "2023-03"): -7,
        (AWAY, "2023-03"): 7,
    }


def test_taking_back_takes_only_what_is_there() -> None:
    wallets, partner = Wallets(Register()), person()
    given = wallets.give(partner, 20, date(2023, 1, 5), today=date(2023, 1, 5))
    wallets.take(partner, 15, date(2023, 1, 6), today=date(2023, 1, 6), adds={"points.redeemed": 15})
    assert wallets.take_back(given) == 5
    assert wallets.balance(partner) == 0


def test_what_expires_is_the_old_that_was_not_spent() -> None:
    wallets, partner = Wallets(Register()), person()
    wallets.give(partner, 20, date(2022, 7, 5), today=date(2022, 7, 5))
    wallets.give(partner, 30, date(2023, 1, 5), today=date(2023, 1, 5))
    wallets.take(partner, 15, date(2023, 1, 6), today=date(2023, 1, 6), adds={"points.redeemed": 15})
    wallets.clear(partner, date(2022, 12, 31), today=date(2023, 7, 1))
    assert wallets.balance(partner) == 30


def test_a_tally_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    lines = [
        Counted("activities.held", HOME, "2023-01", "2023-01", 3),
        Counted("issues.on_time_rate", HOME, "2023-01", "2023-01", 1, 2),
    ]
    tally.write(tmp_path / "tally.csv", lines)
    assert tally.read(tmp_path / "tally.csv") == lines
