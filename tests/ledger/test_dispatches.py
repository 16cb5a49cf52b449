"""Dispatches: one whistle, many partners who answer, arrive, leave or do not."""

from datetime import date

import pytest

from hepartner.chinese import names
from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.counts.dispatches import LINES
from hepartner.ledger.counts.monthly import OneMonth
from hepartner.ledger.dispatches import (
    Dispatch,
    Dispatches,
    NobodyCalled,
    NothingToChange,
    NoTitle,
    SameDispatch,
    Whistle,
    Whom,
)
from hepartner.ledger.dispatchrates import middle, rates
from hepartner.ledger.moments import Moment, MomentNotYet, TimeMissing, meant
from hepartner.ledger.months import Span
from hepartner.ledger.pairings import Pairings
from hepartner.ledger.partners import Partner
from hepartner.ledger.points import BadPoints, NeedsConfirmer
from hepartner.ledger.responding import (
    BadHeads,
    BeforeLastMoment,
    Came,
    CannotCome,
    DispatchOver,
    NamedTwice,
    NotCalled,
)
from hepartner.ledger.responses import Responses
from hepartner.ledger.rewarding import Reward, TwoRewards
from hepartner.reports.readings import measure
from tests.ledger.conftest import Clock, enrol

DAY = "2025-09-06"


def at(hour: int, minute: int = 0, day: str = DAY) -> Moment:
    return Moment(day, hour * 60 + minute)


@pytest.fixture
def book(ledger: Ledger) -> Dispatches:
    return ledger.book(Dispatches)


@pytest.fixture
def responses(ledger: Ledger) -> Responses:
    return ledger.book(Responses)


@pytest.fixture
def groups(ledger: Ledger) -> list[Partner]:
    return [enrol(ledger, name, kind="group", skills=skill) for name, skill in (
        ("义工队", "水电"), ("家政协会", ""), ("消防协会", "救援"),
    )]  # fmt: skip


@pytest.fixture
def typhoon(ledger: Ledger, book: Dispatches, groups: list[Partner]) -> Dispatch:
    """Three groups called to 幸福里社区 at half past eight in the evening."""
    said = Whistle("台风摩羯清障", "typhoon", ledger.areas.find("XF"), at(20, 30), "北部湾广场")
    return book.whistle(said, groups).now


def figures(ledger: Ledger, month: str = "2025-09") -> dict[str, str]:
    codes = ["held", "groups", "people", "response_rate", "hours_median"]
    found = measure(
        ledger, [f"dispatches.{code}" for code in codes], ledger.areas.root(), [Span.month(month)]
    )  # type: ignore[arg-type]
    return {code.removeprefix("dispatches."): str(value) for (code, _), value in found.items()}


def test_one_whistle_calls_many_and_each_answers_in_its_own_time(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    first, second, _ = groups
    responses.answer(typhoon, first, at(20, 40))
    came = responses.arrive(typhoon, first, at(21), heads=30, party_members=12).now
    assert (came.status, came.called, came.arrived, came.minutes, came.heads, came.party_members) == (
        "arrived", "2025-09-06 20:30", "2025-09-06 21:00", 30, 30, 12,
    )  # fmt: skip
    responses.decline(typhoon, second, at(21, 5), reason="人手不够")
    responses.leave(typhoon, first, at(1, 30, day="2025-09-07"))
    ended = book.finish(typhoon, at(2, day="2025-09-07"))
    assert (ended.now.minutes, ended.silent, ended.now.groups, ended.now.people) == (330, 1, 1, 30)
    assert {one.partner: (one.status, one.reason) for one in responses.of(typhoon)} == {
        "义工队": ("left", ""), "家政协会": ("declined", "人手不够"), "消防协会": ("silent", ""),
    }  # fmt: skip
    assert figures(ledger) == {
        "held": "1", "groups": "1", "people": "30", "response_rate": "33.3%（1/3）", "hours_median": "5.5（1次）",
    }  # fmt: skip


def test_a_kind_put_right_after_its_month_was_closed_ends_no_dispatch_a_second_time(
    ledger: Ledger, book: Dispatches, typhoon: Dispatch
) -> None:
    book.finish(typhoon, at(22, 30))
    ledger.periods.close(ledger.areas.communities(), "2025-09")
    for kind in ("flood", "fire"):
        book.edit(typhoon, kind=kind)
    september, both = (
        measure(ledger, ["dispatches.hours_median"], ledger.areas.root(), [span])  # type: ignore[arg-type]
        for span in (Span.month("2025-09"), Span("2025-09", "2025-10"))
    )
    assert [str(value) for value in (*september.values(), *both.values())] == ["2.0（1次）", "2.0（1次）"]
    assert figures(ledger, "2025-10")["hours_median"] == "—"
    assert OneMonth(ledger, "2025-10", [typhoon.community_id]).lines(LINES) == []


def test_a_returned_call_leaves_the_rate_and_is_kept_beside_the_call_that_follows(
    ledger: Ledger, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    responses.give_back(typhoon, groups[1], at(20, 45), reason="不在本辖区")
    other = enrol(ledger, "电力公司", kind="business", community="HP")
    called = responses.call_again(typhoon, [other], at(20, 50), instead=groups[1]).now
    assert [(one.partner, one.instead_of, one.round) for one in called] == [("电力公司", "XF-P0002", 1)]
    assert figures(ledger)["response_rate"] == "0.0%（0/3）"
    again = responses.call_again(typhoon, [groups[1]], at(21)).now
    assert [(one.status, one.round, one.called, one.reason) for one in again] == [
        ("called", 2, "2025-09-06 21:00", "")
    ]
    with pytest.raises(errors.Refused, match="应答 家政协会、台风摩羯清障、幸福里社区：之后的凭证"):
        ledger.history.undo(ledger.history.log(action="dispatch")[-1].voucher)
    responses.arrive(typhoon, groups[1], at(21, 20), heads=4)
    assert figures(ledger)["response_rate"] == "25.0%（1/4）"
    told = [(reply.event, reply.round, reply.minutes, reply.reason) for reply in responses.replies(typhoon)
            if reply.partner == "家政协会"]  # fmt: skip
    assert told == [
        ("called", 1, 0, ""), ("returned", 1, 15, "不在本辖区"), ("called", 2, 0, ""), ("arrived", 2, 20, ""),
    ]  # fmt: skip


def test_a_roll_call_is_one_voucher_whole_or_not_at_all(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    strangers = [enrol(ledger, name) for name in ("王芳", "李四")]
    before = ledger.anchor
    with pytest.raises(
        NotCalled, match=r"没有叫过王芳（XF-P0004）、李四（XF-P0005）。请先叫：hep dispatch again XF-C0001"
    ):
        responses.roll_call(typhoon, [Came(groups[0], 5), *(Came(one, 1) for one in strangers)], at(21))
    with pytest.raises(NamedTwice, match="义工队（XF-P0001）写了两次"):
        responses.roll_call(typhoon, [Came(groups[0], 5), Came(groups[0], 6)], at(21))
    with pytest.raises(BadHeads, match="家政协会（XF-P0002）：其中党员 9 人，应在 0 到到场人数 8 之间"):
        responses.roll_call(typhoon, [Came(groups[0], 5), Came(groups[1], 8, 9)], at(21))
    assert ledger.anchor == before
    taken = responses.roll_call(typhoon, [Came(groups[0], 5, 5), Came(groups[1], 8)], at(21))
    assert book.get(typhoon.id).people == 13
    ledger.history.undo(taken.voucher)
    assert (book.get(typhoon.id).people, figures(ledger)["people"]) == (0, "0")


def test_who_arrived_is_given_points_at_the_end_and_undo_takes_all_back(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    arrived = responses.roll_call(typhoon, [Came(groups[0], 5), Came(groups[1], 8)], at(21))
    before = ledger.anchor
    rehearsed = book.finish(typhoon, at(23), reward=Reward(points=10), dry_run=True)
    assert (rehearsed.voucher, rehearsed.silent, rehearsed.rewarded and rehearsed.rewarded.points) == (
        None,
        1,
        20,
    )
    assert ledger.anchor == before
    ended = book.finish(typhoon, at(23), reward=Reward(points=10), note="道路畅通")
    assert [ledger.points.balance(one) for one in groups] == [10, 10, 0]
    with pytest.raises(errors.Refused, match="要用到它"):
        ledger.history.undo(arrived.voucher)
    assert ended.voucher is not None
    ledger.history.undo(ended.voucher)
    assert [ledger.points.balance(one) for one in groups] == [0, 0, 0]
    assert (book.get(typhoon.id).status, responses.find(typhoon, groups[2]).status) == ("open", "called")
    ledger.history.undo(arrived.voucher)


def test_a_rule_gives_for_the_time_that_partners_were_there(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    add = ledger.rulebook.add
    hourly = add("DUTY", "抢险", points=10, per="hour", cap_day=25, valid_from=date(2025, 1, 1)).version
    waits = add("WAIT", "待确认", points=5, needs_confirmer=True, valid_from=date(2025, 1, 1)).version
    responses.roll_call(typhoon, [Came(groups[0], 5), Came(groups[1], 8), Came(groups[2], 1)], at(21))
    responses.leave(typhoon, groups[1], at(22, 30))
    ledger.membership.leave(groups[2], day=date(2025, 9, 6))
    rule = ledger.rulebook.find(hourly.code)
    with pytest.raises(TwoRewards):
        book.finish(typhoon, at(0, day="2025-09-07"), reward=Reward(5, rule))
    with pytest.raises(NeedsConfirmer):
        book.finish(typhoon, at(0, day="2025-09-07"), reward=Reward(rule=ledger.rulebook.find(waits.code)))
    with pytest.raises(BadPoints):
        book.finish(typhoon, at(0, day="2025-09-07"), reward=Reward(0))
    given = book.finish(typhoon, at(0, day="2025-09-07"), reward=Reward(rule=rule)).rewarded
    assert given
    assert (given.points, given.partners, given.without) == (
        40,
        2,
        ("消防协会（XF-P0003）2025-09-06 已退出",),
    )
    assert [ledger.points.balance(one) for one in groups[:2]] == [25, 15]


def test_what_follows_not_is_refused(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    first, second, third = groups
    with pytest.raises(BeforeLastMoment, match="上一步在 2025-09-06 20:30，2025-09-06 20:29 比它早"):
        responses.arrive(typhoon, first, at(20, 29), heads=1)
    with pytest.raises(
        steps.WrongStep, match="义工队（XF-P0001）现在是“待应答”，不能记“离开”；可以应答、报到"
    ):
        responses.leave(typhoon, first, at(21))
    responses.arrive(typhoon, first, at(21), heads=1)
    with pytest.raises(steps.WrongStep, match="现在是“已报到”，不能记“报到”；可以离开"):
        responses.arrive(typhoon, first, at(21), heads=1)
    with pytest.raises(BeforeLastMoment):
        book.finish(typhoon, at(20, 59))
    with pytest.raises(BeforeLastMoment, match="吹哨“台风摩羯清障”的上一步在 2025-09-06 20:30"):
        responses.call_again(typhoon, [enrol(ledger, "王芳")], at(20))
    late = enrol(ledger, "迟来社", kind="group", joined_on="2025-10-01")
    with pytest.raises(CannotCome, match="才加入"):
        responses.call_again(typhoon, [late], at(22))
    book.finish(typhoon, at(23))
    with pytest.raises(DispatchOver, match="已经结束，只能再记离开"):
        responses.arrive(typhoon, second, at(23), heads=1)
    with pytest.raises(steps.WrongStep):
        book.finish(typhoon, at(23))
    with pytest.raises(DispatchOver):
        responses.call_again(typhoon, [late], at(22, day="2025-10-02"))
    responses.leave(typhoon, first, at(23, 30))
    assert third not in {one.partner for one in responses.of(typhoon) if one.status == "called"}


def test_a_dispatch_is_found_by_code_and_title_and_listed(
    ledger: Ledger, book: Dispatches, groups: list[Partner], typhoon: Dispatch
) -> None:
    said = Whistle("内涝排险", "flood", ledger.areas.find("HP"), at(8, day="2025-10-01"))
    flood = book.whistle(said, groups[:1]).now
    assert [book.find(text) for text in ("XF-C0001", "台风摩羯清障", "摩羯")] == [typhoon] * 3
    assert book.listing() == [flood, typhoon]
    assert book.listing(under=ledger.areas.find("HP"), kind="flood", status="open") == [flood]
    assert book.listing(last=date(2025, 9, 30)) == [typhoon]
    with pytest.raises(errors.NotFound, match="没有找到吹哨“火情”"):
        book.find("火情")
    with pytest.raises(NoTitle):
        book.whistle(said._replace(title=" "), groups)


def test_an_edit_of_the_kind_counts_anew_and_leaves_the_number(
    ledger: Ledger, book: Dispatches, typhoon: Dispatch
) -> None:
    book.finish(typhoon, at(23))
    edited = book.edit(typhoon, kind="flood", title="内涝")
    assert (edited.now.kind, edited.now.title, edited.now.minutes) == ("flood", "内涝", 150)
    assert figures(ledger)["held"] == "1"
    with pytest.raises(NothingToChange):
        book.edit(typhoon, kind="flood")
    ledger.history.undo(edited.voucher)
    assert (book.get(typhoon.id).kind, figures(ledger)["hours_median"]) == ("typhoon", "2.5（1次）")


def test_whom_to_call_is_told_by_kind_skill_area_and_pairing(
    ledger: Ledger, book: Dispatches, groups: list[Partner]
) -> None:
    here = ledger.areas.find("XF")
    nurse = enrol(ledger, "王芳", skills="水电")
    dentist = enrol(ledger, "柏乐口腔", kind="business", community="HP")
    ledger.book(Pairings).start(dentist, here)
    ledger.membership.leave(groups[1])

    def whom(*named: Partner, **said: object) -> list[str]:
        called = book.whom(here, named, Whom(**said), ledger.today().isoformat())  # type: ignore[arg-type]
        return [one.name for one in called]

    assert whom(kind="group") == ["义工队", "消防协会"]
    assert whom(skill="水电") == ["义工队", "王芳"]
    assert whom(nurse, kind="group", skill="救援") == ["王芳", "消防协会"]
    assert whom(paired=True) == ["柏乐口腔"]
    assert whom(kind="business", under=ledger.areas.find("HC")) == ["柏乐口腔"]
    assert whom(nurse, nurse) == ["王芳"]
    with pytest.raises(NobodyCalled, match="没有符合条件的合伙人，没有吹哨"):
        whom(kind="business")
    with pytest.raises(NobodyCalled, match="没有写叫谁"):
        whom()


def test_a_whistle_of_a_past_day_calls_who_was_here_and_paired_that_day(
    ledger: Ledger, book: Dispatches, groups: list[Partner]
) -> None:
    """Who came later, was suspended then, or has another kind, community or pairing since."""
    here, there, group = ledger.areas.find("XF"), ledger.areas.find("HP"), Whom("group")
    pairings = ledger.book(Pairings)
    guest = enrol(ledger, "柏乐口腔", kind="business", community="HP")
    pairings.start(guest, here, day=date(2025, 3, 1))
    pairings.end(pairings.find(guest, here), day=date(2025, 6, 30))
    pairings.start(groups[2], here, day=date(2025, 10, 1))
    enrol(ledger, "新来社", kind="group", joined_on="2025-10-01")
    ledger.membership.suspend(groups[0], day=date(2025, 7, 1))
    ledger.membership.move(groups[1], there, day=date(2025, 8, 1))
    single = enrol(ledger, "阮师傅", kind="group", joined_on="2025-02-01")
    ledger.partners.edit(single, kind="individual")

    def whom(day: str, said: Whom = group) -> list[str]:
        return [one.name for one in book.whom(here, (), said, day)]

    assert whom("2025-05-01") == ["义工队", "家政协会", "消防协会", "阮师傅"]
    assert whom("2025-07-15") == ["家政协会", "消防协会", "阮师傅"]
    assert whom("2025-08-01") == ["消防协会", "阮师傅"]
    assert whom("2025-11-20") == ["消防协会", "新来社"]
    assert whom("2025-05-01", Whom(paired=True)) == whom("2025-06-30", Whom(paired=True)) == ["柏乐口腔"]
    assert whom("2025-10-01", Whom(paired=True)) == ["消防协会"]
    called = book.whom(here, (), group, "2025-05-01")
    assert book.whistle(Whistle("补记哨", "other", here, at(8, 0, "2025-05-01")), called).now.called == 4


def test_a_whistle_of_a_day_before_a_merger_calls_whom_it_made_if_here_then(
    ledger: Ledger, book: Dispatches, groups: list[Partner]
) -> None:
    here = ledger.areas.find("XF")
    late = enrol(ledger, "联合会", kind="group", joined_on="2025-06-01")
    ledger.membership.suspend(groups[0], day=date(2025, 5, 2))
    ledger.membership.merge(groups[0], late, day=date(2025, 7, 1))
    ledger.membership.merge(groups[1], groups[2], day=date(2025, 7, 1))
    assert [one.name for one in book.whom(here, (), Whom("group"), "2025-05-01")] == ["消防协会", "联合会"]
    assert [one.name for one in book.whom(here, (), Whom("group"), "2025-05-02")] == ["消防协会"]
    assert [one.name for one in book.whom(here, (), Whom("group"), "2025-06-15")] == ["消防协会", "联合会"]


def test_a_merged_partner_answers_as_the_one_it_was_merged_into(
    ledger: Ledger, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    into = enrol(ledger, "海城义工联合会", kind="group")
    ledger.membership.merge(groups[0], into)
    assert responses.arrive(typhoon, into, at(21), heads=7).now.partner == "海城义工联合会"
    assert "义工队" not in {step.partner for step in responses.replies(typhoon)}
    assert ("海城义工联合会", 1) in {(one.name, one.arrived) for one in rates(ledger, "partner")}
    assert figures(ledger)["groups"] == "1"


def test_who_was_called_by_two_cards_that_became_one_is_called_once(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    """The other card is silent once the merger is undone; the rate is of persons."""
    merger = ledger.membership.merge(groups[1], groups[0], day=date(2025, 9, 6))
    responses.arrive(typhoon, groups[0], at(21), heads=9)
    ended = book.finish(typhoon, at(22))
    assert (ended.silent, ended.now.called, ended.now.groups, ended.now.people) == (1, 2, 1, 9)
    assert [(one.partner, one.status) for one in responses.by_person(typhoon)] == [
        ("义工队", "arrived"), ("消防协会", "silent"),
    ]  # fmt: skip
    assert figures(ledger)["response_rate"] == "50.0%（1/2）"
    assert {(one.name, one.calls, one.arrived, one.silent) for one in rates(ledger, "partner")} == {
        ("义工队", 1, 1, 0), ("消防协会", 1, 0, 1),
    }  # fmt: skip
    ledger.history.undo(merger.voucher)
    assert [(one.partner, one.status) for one in responses.of(typhoon)] == [
        ("义工队", "arrived"), ("家政协会", "silent"), ("消防协会", "silent"),
    ]  # fmt: skip
    assert figures(ledger)["response_rate"] == "33.3%（1/3）"


def test_two_cards_that_both_came_and_became_one_are_one_group_with_the_people_of_both(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    responses.roll_call(typhoon, [Came(groups[0], 9, 1), Came(groups[1], 20, 2)], at(21))
    merged = ledger.membership.merge(groups[1], groups[0], day=date(2025, 9, 7))
    one = responses.by_person(typhoon)[0]
    assert (one.partner, one.heads, one.party_members, book.get(typhoon.id).groups) == ("义工队", 29, 3, 1)
    assert (figures(ledger)["groups"], figures(ledger)["people"]) == ("1", "29")
    ledger.history.undo(merged.voucher)
    assert (len(responses.by_person(typhoon)), book.get(typhoon.id).groups) == (3, 2)
    assert figures(ledger)["response_rate"] == "66.7%（2/3）"


def test_a_person_answers_by_the_card_that_goes_on_and_came_furthest(
    ledger: Ledger, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    responses.answer(typhoon, groups[0], at(20, 40))
    responses.decline(typhoon, groups[2], at(20, 50))
    for merged in (groups[1], groups[2]):
        ledger.membership.merge(merged, groups[0])
    assert responses.arrive(typhoon, groups[0], at(21), heads=3).now.answered == str(at(20, 40))
    assert [(one.calls, one.answered, one.arrived, one.declined) for one in rates(ledger, "partner")] == [
        (1, 1, 1, 1)
    ]
    assert responses.leave(typhoon, groups[0], at(22)).now.status == "left"


def test_a_returned_call_of_one_card_leaves_that_of_the_other(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    responses.give_back(typhoon, groups[1], at(20, 40), reason="不在本辖区")
    ledger.membership.merge(groups[1], groups[0], day=date(2025, 9, 6))
    assert book.finish(typhoon, at(22)).silent == 2
    assert figures(ledger)["response_rate"] == "0.0%（0/2）"
    assert [(one.name, one.calls, one.silent) for one in rates(ledger, "partner")] == [
        ("义工队", 1, 1), ("消防协会", 1, 1),
    ]  # fmt: skip


def test_rates_are_told_by_partner_kind_and_community(
    ledger: Ledger, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    responses.arrive(typhoon, groups[0], at(21), heads=7)
    responses.arrive(typhoon, groups[1], at(21, 11), heads=7)
    responses.give_back(typhoon, groups[2], at(22), reason="太远")
    (kind,) = rates(ledger, "kind")
    assert (kind.code, kind.calls, kind.arrived, kind.returned, kind.minutes, kind.percent) == (
        "typhoon", 2, 2, 1, 36, "100.0",
    )  # fmt: skip
    assert [(one.name, one.calls, one.percent) for one in rates(ledger, "partner")] == [
        ("义工队", 1, "100.0"), ("家政协会", 1, "100.0"), ("消防协会", 0, ""),
    ]  # fmt: skip
    assert [one.name for one in rates(ledger, "community", under=ledger.areas.find("YM"))] == ["幸福里社区"]
    assert rates(ledger, "community", under=ledger.areas.find("HP")) == []
    assert rates(ledger, "community", first=date(2025, 9, 7)) == []
    assert middle([]) is None


def test_undoing_a_whistle_takes_the_calls_back_unless_somebody_answered(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    whistled = ledger.history.log(action="dispatch")[0].voucher
    answered = responses.answer(typhoon, groups[0], at(21))
    with pytest.raises(errors.Refused, match="没有撤销任何内容"):
        ledger.history.undo(whistled)
    ledger.history.undo(answered.voucher)
    ledger.history.undo(whistled)
    assert book.listing() == []
    with pytest.raises(errors.NotFound):
        responses.answer(typhoon, groups[0], at(21))
    assert figures(ledger)["response_rate"].startswith("—")


def test_a_closed_rate_is_left_alone_by_later_arrivals(
    ledger: Ledger, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    ledger.periods.close(ledger.areas.communities(), "2025-09")
    closed = figures(ledger)
    responses.arrive(typhoon, groups[0], at(21), heads=3)
    assert figures(ledger) == closed
    assert figures(ledger, "2025-10")["people"] == "3"


def test_a_moment_is_now_today_and_must_be_said_of_a_past_day(ledger: Ledger, clock: Clock) -> None:
    assert str(meant(ledger, None, None)) == "2025-11-20 10:00"
    assert meant(ledger, None, 480) == Moment("2025-11-20", 480)
    with pytest.raises(TimeMissing, match="没有写 2025-11-19 的几点。请用 --at 写明时间"):
        meant(ledger, date(2025, 11, 19), None)
    with pytest.raises(MomentNotYet, match=r"2025-11-20 10:01 还没有到（现在是 2025-11-20 10:00）"):
        meant(ledger, None, 601)
    assert clock.now.hour == 10


def test_the_same_whistle_is_not_blown_twice(
    ledger: Ledger, book: Dispatches, responses: Responses, groups: list[Partner], typhoon: Dispatch
) -> None:
    said = Whistle("台风 摩羯清障", "flood", ledger.areas.find("XF"), at(20, 30))
    with pytest.raises(SameDispatch, match=rf"2025-09-06 20:30 .*已经记过（{typhoon.code}）"):
        book.whistle(said, groups[::-1])
    other = book.whistle(said, groups[:2]).now
    responses.call_again(other, groups[2:], at(20, 40))
    ledger.membership.merge(groups[2], groups[1])
    with pytest.raises(SameDispatch):
        book.whistle(said, groups[:2])
    book.whistle(said._replace(moment=at(20, 31)), groups[:2])
    assert len(book.listing()) == 3


def test_an_edit_makes_no_whistle_like_another_and_is_free_where_a_merger_did(
    ledger: Ledger, book: Dispatches, groups: list[Partner], typhoon: Dispatch
) -> None:
    said = Whistle("清障", "flood", ledger.areas.find("XF"), at(20, 30))
    other, fewer = (
        book.whistle(said._replace(title=t), groups[:n]).now for t, n in (("清障", 3), ("排水", 2))
    )
    with pytest.raises(SameDispatch, match=typhoon.code):
        book.edit(other, title=typhoon.title)
    with pytest.raises(errors.GuardRefused, match="已经记过"), ledger.voucher("dispatch.edit") as voucher:
        voucher.edit("dispatch", other.id, title_key=names.match_key(typhoon.title))
    book.edit(fewer, title=typhoon.title)
    ledger.membership.merge(groups[2], groups[1])
    assert book.edit(fewer, kind="fire", place="沿河路").now.kind == "fire"
    assert not ledger.custody.verify().findings


@pytest.mark.parametrize("stays", [0, 1])
def test_who_was_called_by_two_cards_arrives_by_the_one_that_stays(
    ledger: Ledger,
    responses: Responses,
    groups: list[Partner],
    typhoon: Dispatch,
    stays: int,
) -> None:
    merger = ledger.membership.merge(groups[1 - stays], groups[stays])
    responses.arrive(typhoon, groups[stays], at(21), heads=9)
    ledger.history.undo(merger.voucher)
    stood = {one.partner_id: one.status for one in responses.of(typhoon)}
    assert stood == {groups[stays].id: "arrived", groups[1 - stays].id: "called", groups[2].id: "called"}
