"""Meetings: held, attended, matters raised, things resolved, cooperations closed."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.cooperations import BadCooperation, Cooperations, SameCooperation
from hepartner.ledger.meetings import (
    AllThere,
    BadMeeting,
    Meeting,
    Meetings,
    NothingToChange,
    Particulars,
    SameMatter,
    SameMeeting,
    Topic,
    faults,
)
from hepartner.ledger.months import Span
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from hepartner.ledger.partners import Partner
from hepartner.ledger.resolutions import BadResolution, Resolution, Resolutions, SameResolution
from hepartner.ledger.resolutions import NothingToChange as ResolvedSo
from hepartner.ledger.undo import NothingToUndo
from tests.ledger.conftest import Clock, enrol

MAY, OCTOBER = date(2025, 5, 6), date(2025, 10, 15)


@pytest.fixture
def meetings(ledger: Ledger) -> Meetings:
    return ledger.book(Meetings)


@pytest.fixture
def resolutions(ledger: Ledger) -> Resolutions:
    return ledger.book(Resolutions)


@pytest.fixture
def dentist(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔", kind="business")


@pytest.fixture
def said(ledger: Ledger, dentist: Partner) -> Particulars:
    """A joint conference in 幸福里社区 in March, 35 people, the dentist among them."""
    community = ledger.areas.find("XF").id
    return Particulars(community, "2025-03-10", "一季度联席会议", attendance=35, partners=(dentist.id,))


@pytest.fixture
def held(meetings: Meetings, said: Particulars) -> Meeting:
    return meetings.hold(said).now


@pytest.fixture
def lamps(resolutions: Resolutions, held: Meeting) -> Resolution:
    """The conference resolved to mend lamps until the end of March."""
    return resolutions.make(held, "修路灯", owner="王经理", due_on=date(2025, 3, 31)).now


def total(ledger: Ledger, code: str, month: str) -> int:
    return sum(ledger.counts.additive(code, Span.month(month)).values())


# Meetings


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": "　"}, "会议名称是空的"),
        ({"kind": "茶话会"}, "会议类型“茶话会”不对，可用：联席会议、资源对接会"),
        ({"held_on": "2025-12-01"}, "还没有到"),
        ({"attendance": -1}, "参会人数 -1 不合理"),
        ({"matters": (Topic(" "),)}, "有一个议题是空的"),
        ({"held_on": "2023-03-10"}, "2024-01-01 才加入。请改正单位或日期"),
    ],
)
def test_what_can_not_be_said_of_a_meeting(
    meetings: Meetings, said: Particulars, changed: dict[str, object], why: str
) -> None:
    assert faults(said, "2025-11-20") == []
    with pytest.raises(BadMeeting, match=why):
        meetings.hold(said._replace(**changed))  # type: ignore[arg-type]  # wrong on purpose


def test_meetings_count_by_kind_in_their_month_until_they_are_undone(
    ledger: Ledger, meetings: Meetings, said: Particulars, held: Meeting
) -> None:
    assert (held.code, held.attendance, held.partners) == ("XF-M0001", 35, 1)
    other = meetings.hold(said._replace(title="对接会", kind="matchmaking"))
    with pytest.raises(SameMeeting, match=r"已有会议“一季度联席会议”（XF-M0001）"):
        meetings.hold(said)
    assert total(ledger, "meetings.joint", "2025-03") == 1
    assert total(ledger, "meetings.matchmaking", "2025-03") == 1
    ledger.history.undo(other.voucher)
    assert total(ledger, "meetings.matchmaking", "2025-03") == 0
    assert meetings.listing() == [held]


def test_several_of_a_name_are_asked_about(
    meetings: Meetings, resolutions: Resolutions, said: Particulars, lamps: Resolution
) -> None:
    other = meetings.hold(said._replace(title="二季度联席会议")).now
    with pytest.raises(errors.Ambiguous, match=r"XF-M0002 2025-03-10 二季度联席会议（幸福里社区）"):
        meetings.find("联席")
    assert meetings.find("二季度") == other
    resolutions.make(other, "修路面")
    with pytest.raises(errors.Ambiguous, match=r"XF-J0001 修路灯（幸福里社区，在办，2025-03-31 到期）"):
        resolutions.find("修路")
    assert resolutions.find("路灯") == lamps


def test_an_edit_of_the_kind_counts_anew(ledger: Ledger, meetings: Meetings, held: Meeting) -> None:
    edited = meetings.edit(held, kind="matchmaking", attendance=38, title="对接会")
    assert (edited.now.kind, edited.now.attendance, edited.now.title) == ("matchmaking", 38, "对接会")
    counted = [total(ledger, f"meetings.{kind}", "2025-03") for kind in ("joint", "matchmaking")]
    assert counted == [0, 1]
    with pytest.raises(NothingToChange):
        meetings.edit(held, kind="matchmaking")
    ledger.history.undo(edited.voucher)
    assert meetings.get(held.id) == held


def test_who_attends_is_active_and_stands_on_the_list_once(
    ledger: Ledger, meetings: Meetings, dentist: Partner, held: Meeting
) -> None:
    baker = enrol(ledger, "面包房", kind="business")
    assert meetings.attend(held, [dentist, baker]).now == [baker]
    assert meetings.attending(held) == [dentist, baker]
    assert len(ledger.counts.distinct("partners.active", Span.month("2025-03"))) == 2
    with pytest.raises(AllThere):
        meetings.attend(held, [baker])
    with pytest.raises(BadMeeting, match="的名单里没有合伙人，没有记账"):
        meetings.attend(held, [])
    late = enrol(ledger, "书店", kind="business", joined_on="2025-06-01")
    with pytest.raises(BadMeeting, match="2025-06-01 才加入"):
        meetings.attend(held, [late])


def test_who_was_merged_attends_as_who_it_was_merged_into(
    ledger: Ledger, meetings: Meetings, dentist: Partner, held: Meeting
) -> None:
    hospital = enrol(ledger, "柏乐口腔医院", kind="business")
    ledger.membership.merge(dentist, hospital)
    assert [one.id for one in meetings.attending(held)] == [hospital.id]
    with pytest.raises(AllThere):
        meetings.attend(held, [ledger.partners.get(hospital.id)])


def test_matters_are_linked_to_issues_and_raised_once(
    ledger: Ledger, meetings: Meetings, held: Meeting
) -> None:
    lamp = ledger.issues.categories.set("LAMP", name="路灯", days=5).categories[0]
    issue = ledger.issues.report(lamp, "3号楼路灯不亮", ledger.areas.find("XF"), day=date(2025, 3, 3))
    raised = meetings.raise_matter(held, "路灯", issue=issue.issue)
    (matter,) = raised.now
    assert (matter.text, matter.issue_code, matter.issue_status) == ("路灯", "XF-W0001", "reported")
    with pytest.raises(SameMatter):
        meetings.raise_matter(held, "路 灯")
    with pytest.raises(BadMeeting):
        meetings.raise_matter(held, " ")
    with pytest.raises(errors.Refused, match="议题"):
        ledger.history.undo(issue.voucher)
    ledger.history.undo(raised.voucher)
    assert meetings.matters(held) == []
    meetings.raise_matter(held, "路灯")


# Resolutions


def test_a_resolution_is_done_counted_and_taken_back(
    ledger: Ledger, resolutions: Resolutions, lamps: Resolution
) -> None:
    assert (lamps.code, lamps.made_on, lamps.due_on, lamps.late) == (
        "XF-J0001", "2025-03-10", "2025-03-31", 234,
    )  # fmt: skip
    done = resolutions.step(lamps, "done", day=MAY)
    assert (done.now.status, done.now.ended_on, done.now.late) == ("done", "2025-05-06", 0)
    assert total(ledger, "meetings.resolutions_done", "2025-05") == 1
    with pytest.raises(steps.WrongStep, match="现在是“已办结”"):
        resolutions.step(lamps, "dropped")
    ledger.history.undo(done.voucher)
    assert resolutions.get(lamps.id) == lamps
    assert total(ledger, "meetings.resolutions_done", "2025-05") == 0
    resolutions.step(lamps, "dropped", note="街道统一改造")
    assert total(ledger, "meetings.resolutions_done", "2025-11") == 0


def test_a_resolution_is_not_due_before_its_meeting_nor_empty(
    resolutions: Resolutions, held: Meeting, lamps: Resolution
) -> None:
    with pytest.raises(BadResolution, match="期限 2025-03-01 早于会议日期 2025-03-10"):
        resolutions.make(held, "改门禁", due_on=date(2025, 3, 1))
    with pytest.raises(BadResolution, match="决议是空的"):
        resolutions.make(held, " ")
    with pytest.raises(steps.BeforeLastStep):
        resolutions.step(lamps, "done", day=date(2025, 3, 9))


def test_resolutions_are_listed_by_area_state_and_due_day(
    ledger: Ledger, resolutions: Resolutions, dentist: Partner, held: Meeting, lamps: Resolution
) -> None:
    """Today is 20 November: due today is not overdue."""
    today = resolutions.make(held, "改门禁", due_on=date(2025, 11, 20)).now
    someday = resolutions.make(held, "义诊", partner=dentist).now
    assert resolutions.listing() == [lamps, today, someday]
    assert resolutions.listing(overdue=True) == [lamps]
    assert resolutions.listing(partner=dentist) == [someday]
    assert resolutions.listing(under=ledger.areas.find("HP")) == []
    resolutions.step(lamps, "done")
    assert resolutions.listing(status="open") == [today, someday]


def test_the_next_meeting_sees_what_was_not_done_before_its_day(
    ledger: Ledger, meetings: Meetings, resolutions: Resolutions, said: Particulars, lamps: Resolution
) -> None:
    def later(day: str, code: str = "XF") -> Meeting:
        there = said._replace(held_on=day, title=day, partners=(), community_id=ledger.areas.find(code).id)
        return meetings.hold(there).now

    may, june, elsewhere = later("2025-05-06"), later("2025-06-06"), later("2025-05-06", "HP")
    resolutions.step(lamps, "done", day=MAY)
    (then,) = resolutions.pending_at(may)
    assert (then.code, then.status, then.stepped_on, then.ended_on, then.late) == (
        lamps.code, "open", "2025-03-10", None, 36,
    )  # fmt: skip
    assert resolutions.pending_at(june) == []
    assert resolutions.pending_at(elsewhere) == []


def test_a_resolution_opened_again_takes_back_that_it_was_done(
    ledger: Ledger, resolutions: Resolutions, lamps: Resolution
) -> None:
    def counted(month: str) -> int:
        return total(ledger, "meetings.resolutions_done", month)

    resolutions.step(lamps, "done", day=MAY)
    again = resolutions.step(lamps, "reopened", day=OCTOBER, note="又坏了")
    now = again.now
    assert (now.status, now.stepped_on, now.ended_on, now.late) == ("open", "2025-10-15", None, 234)
    assert (counted("2025-05"), counted("2025-10")) == (1, -1)
    with pytest.raises(steps.WrongStep, match="可以办结、撤下"):
        resolutions.step(lamps, "reopened", day=OCTOBER)
    assert resolutions.step(lamps, "done", day=OCTOBER).now.ended_on == "2025-10-15"
    assert counted("2025-10") == 0
    ledger.history.undo(again.voucher + 1)
    ledger.history.undo(again.voucher)
    assert (resolutions.get(lamps.id).ended_on, counted("2025-10")) == ("2025-05-06", 0)
    assert not ledger.custody.verify().findings


def test_a_dropped_resolution_opened_again_was_never_done(
    ledger: Ledger, resolutions: Resolutions, lamps: Resolution
) -> None:
    resolutions.step(lamps, "dropped", day=MAY)
    resolutions.step(lamps, "reopened", day=OCTOBER)
    assert total(ledger, "meetings.resolutions_done", "2025-10") == 0
    resolutions.step(lamps, "done", day=OCTOBER)
    assert total(ledger, "meetings.resolutions_done", "2025-10") == 1


def test_a_meeting_held_while_a_resolution_was_open_sees_it_though_it_was_done_before_and_after(
    meetings: Meetings, resolutions: Resolutions, said: Particulars, lamps: Resolution
) -> None:
    def pending(day: str) -> list[tuple[str, str]]:
        there = meetings.hold(said._replace(held_on=day, title=day, partners=())).now
        return [(one.code, one.stepped_on) for one in resolutions.pending_at(there)]

    resolutions.step(lamps, "done", day=MAY)
    resolutions.step(lamps, "reopened", day=date(2025, 7, 1))
    resolutions.step(lamps, "done", day=OCTOBER)
    then = [(lamps.code, "2025-07-01")]
    assert (pending("2025-05-07"), pending("2025-07-02"), pending("2025-10-16")) == ([], then, [])


def test_the_next_meeting_is_told_what_ended_since_the_one_before(
    meetings: Meetings, resolutions: Resolutions, held: Meeting, said: Particulars, lamps: Resolution
) -> None:
    """As it stood then, though it was opened again later; and once, at the first meeting after."""

    def later(day: str) -> Meeting:
        return meetings.hold(said._replace(held_on=day, title=day, partners=())).now

    paint = resolutions.make(held, "划线").now
    resolutions.step(lamps, "done", day=date(2025, 3, 10))
    resolutions.step(paint, "dropped", day=date(2025, 5, 6))
    april, may, june = later("2025-04-15"), later("2025-05-06"), later("2025-06-01")
    resolutions.step(lamps, "reopened", day=OCTOBER)

    def ended(meeting: Meeting) -> list[tuple[str, str, str | None]]:
        return [(one.code, one.status, one.ended_on) for one in resolutions.ended_before(meeting)]

    assert ended(held) == ended(may) == []
    assert ended(april) == [(lamps.code, "done", "2025-03-10")]
    assert ended(june) == [(paint.code, "dropped", "2025-05-06")]
    assert [one.code for one in resolutions.pending_at(april)] == [paint.code]


def test_what_is_pending_at_a_meeting_is_overdue_as_of_its_day(
    meetings: Meetings, resolutions: Resolutions, held: Meeting, said: Particulars
) -> None:
    resolutions.make(held, "划线", due_on=date(2025, 4, 10))
    there = meetings.hold(said._replace(held_on="2025-04-15", title="四月", partners=())).now
    assert {one.title: one.late for one in resolutions.pending_at(there)}["划线"] == 5


def test_what_was_pending_at_a_meeting_keeps_the_due_day_of_then(
    ledger: Ledger,
    clock: Clock,
    meetings: Meetings,
    held: Meeting,
    said: Particulars,
) -> None:
    """Put off after the meeting, and dropped; of what was written down after the meeting only today's words are known."""
    resolutions = ledger.book(Resolutions)
    told = resolutions.make(held, "划线", due_on=date(2025, 11, 10)).now
    late = meetings.hold(said._replace(held_on="2025-11-20", title="十一月", partners=())).now
    before = meetings.hold(said._replace(held_on="2025-11-15", title="十一月中", partners=())).now
    clock.now = clock.now.replace(day=25)
    resolutions.edit(told, due_on="2025-12-31")
    resolutions.step(told, "dropped")
    for meeting, due, days in ((late, "2025-11-10", 10), (before, "2025-12-31", 0)):
        (then,) = resolutions.pending_at(meeting)
        assert (then.status, then.due_on, then.late, then.ended_on) == ("open", due, days, None)
    assert resolutions.get(told.id).status == "dropped"
    assert not ledger.custody.verify().findings


def test_a_resolution_is_corrected_and_that_is_undone(
    ledger: Ledger, resolutions: Resolutions, dentist: Partner, lamps: Resolution
) -> None:
    said = {"title": "换路灯", "owner": "赵经理", "partner_id": dentist.id, "due_on": "2025-04-30"}
    edited = resolutions.edit(lamps, **said)
    now = edited.now
    assert (now.title, now.owner, now.partner, now.due_on) == ("换路灯", "赵经理", "柏乐口腔", "2025-04-30")
    assert resolutions.find("换路灯") == now
    with pytest.raises(ResolvedSo):
        resolutions.edit(now, **said | {"title": " 换路灯"})
    with pytest.raises(BadResolution, match="期限 2025-03-01 早于会议日期"):
        resolutions.edit(now, due_on="2025-03-01")
    with pytest.raises(BadResolution, match="决议是空的"):
        resolutions.edit(now, title=" ")
    assert resolutions.edit(now, partner_id=None, due_on=None).now.due_on is None
    ledger.history.undo(edited.voucher + 1)
    ledger.history.undo(edited.voucher)
    assert resolutions.get(lamps.id) == lamps


def test_a_resolution_that_was_undone_is_not_corrected(
    ledger: Ledger, resolutions: Resolutions, held: Meeting
) -> None:
    made = resolutions.make(held, "改门禁")
    ledger.history.undo(made.voucher)
    with pytest.raises(errors.NotFound, match="它的登记已撤销"):
        resolutions.edit(made.now, owner="赵经理")


@pytest.mark.usefixtures("lamps")
def test_a_meeting_that_resolved_something_is_not_undone(
    ledger: Ledger, meetings: Meetings, resolutions: Resolutions, held: Meeting
) -> None:
    made, added = (ledger.history.log(action=what)[0].voucher for what in ("resolution", "meeting.add"))
    with pytest.raises(errors.Refused, match="决议"):
        ledger.history.undo(added)
    ledger.history.undo(made)
    assert resolutions.listing() == []
    ledger.history.undo(added)
    assert meetings.listing() == []
    with pytest.raises(errors.NotFound, match="登记已撤销"):
        resolutions.make(held, "修路灯")
    with pytest.raises(errors.NotFound, match="登记已撤销"):
        meetings.attend(held, [])


# Cooperations


def test_a_pair_that_closes_at_a_meeting_counts_once(ledger: Ledger, dentist: Partner, held: Meeting) -> None:
    cooperations, community = ledger.book(Cooperations), ledger.areas.find("HP")
    home = enrol(ledger, "养老服务中心", kind="business")
    closed = cooperations.close(dentist, community, with_=home, meeting=held, note="每月上门检查")
    assert (closed.now.happened_on, closed.now.community, closed.now.with_name, closed.now.note) == (
        "2025-03-10", "幸福里社区", "养老服务中心", "每月上门检查",
    )  # fmt: skip
    for one, other in ((dentist, home), (home, dentist)):
        with pytest.raises(SameCooperation, match="柏乐口腔与养老服务中心的合作 2025-03-10 已经记过"):
            cooperations.close(one, community, with_=other, meeting=held, day=MAY)
    assert cooperations.listing(meeting=held) == [closed.now]
    assert total(ledger, "cooperations.closed", "2025-03") == 1
    ledger.history.undo(closed.voucher)
    assert cooperations.listing() == []
    assert total(ledger, "cooperations.closed", "2025-03") == 0


def test_a_business_cooperates_with_the_community_without_a_meeting(ledger: Ledger, dentist: Partner) -> None:
    cooperations, community = ledger.book(Cooperations), ledger.areas.find("HP")
    cooperations.close(dentist, community, day=MAY)
    with pytest.raises(SameCooperation, match="柏乐口腔与和平社区的合作"):
        cooperations.close(dentist, community, day=MAY)
    cooperations.close(dentist, community)
    assert [total(ledger, "cooperations.closed", month) for month in ("2025-05", "2025-11")] == [1, 1]


def test_what_can_not_be_a_cooperation(ledger: Ledger, dentist: Partner, held: Meeting) -> None:
    cooperations, community = ledger.book(Cooperations), ledger.areas.find("XF")
    baker, person = enrol(ledger, "面包房", kind="business"), enrol(ledger, "武玉侪")
    bread = ledger.book(Offers).open(Offered(community.id, baker.id, "面包", "2025-01-05")).now
    with pytest.raises(BadCooperation, match="不是商企合伙人"):
        cooperations.close(person, community, with_=dentist)
    with pytest.raises(BadCooperation, match="不能与自己合作"):
        cooperations.close(dentist, community, with_=dentist)
    with pytest.raises(BadCooperation, match="早于会议"):
        cooperations.close(dentist, community, meeting=held, day=date(2025, 3, 9))
    with pytest.raises(BadCooperation, match="是面包房的，不是合作双方推出的"):
        cooperations.close(dentist, community, offer=bread)
    with pytest.raises(BadCooperation, match="2024-01-01 才加入"):
        cooperations.close(dentist, community, day=date(2023, 1, 1))
    closed = cooperations.close(dentist, community, with_=baker, offer=bread).now
    assert closed.offer_code == bread.code


def test_a_cooperation_names_the_need_it_meets_and_is_no_other_for_it(
    ledger: Ledger, dentist: Partner, held: Meeting
) -> None:
    cooperations, community = ledger.book(Cooperations), ledger.areas.find("XF")
    teeth, later = (
        ledger.book(Needs).collect(Wanted(community.id, "medical", title, 40, day)).now
        for title, day in (("老人补牙", "2025-03-10"), ("配假牙", "2025-03-11"))
    )
    with pytest.raises(
        BadCooperation, match="2025-03-10 早于提出需求“配假牙”（XF-Q0002）的日期（2025-03-11）"
    ):
        cooperations.close(dentist, community, meeting=held, need=later)
    other = ledger.areas.find("HP")
    with pytest.raises(BadCooperation, match="“老人补牙”（XF-Q0001）是幸福里社区的，合作不记在那里"):
        cooperations.close(dentist, other, need=teeth)
    closed = cooperations.close(dentist, community, meeting=held, need=teeth)
    assert (closed.now.need_code, cooperations.listing(need=teeth)) == ("XF-Q0001", [closed.now])
    assert cooperations.listing(need=later) == []
    with pytest.raises(SameCooperation, match=f"请先用 hep undo {closed.voucher} 撤销再记"):
        cooperations.close(dentist, community, meeting=held, need=later, day=MAY)
    with pytest.raises(NothingToUndo, match="促成合作"):
        ledger.history.undo(teeth_voucher(ledger))
    ledger.history.undo(closed.voucher)
    assert cooperations.listing(need=teeth) == []


def teeth_voucher(ledger: Ledger) -> int:
    """The voucher in which 老人补牙 was raised."""
    return int(ledger.database.value("SELECT created_in FROM need WHERE title = '老人补牙'"))


def test_a_meeting_resolves_the_same_once(ledger: Ledger) -> None:
    meeting = ledger.book(Meetings).hold(Particulars(ledger.areas.find("XF").id, "2025-03-05", "三月会")).now
    resolutions, by, due = (
        ledger.book(Resolutions),
        enrol(ledger, "路灯厂", kind="business"),
        date(2025, 4, 1),
    )
    double = enrol(ledger, "路灯厂二部", kind="business")
    first = resolutions.make(meeting, "修路灯", partner=double, due_on=due).now
    ledger.membership.merge(double, by)
    with pytest.raises(SameResolution, match=rf"“修路灯”（{first.code}）已经记过.*hep meeting amend"):
        resolutions.make(meeting, " 修路灯", partner=by, due_on=due)
    resolutions.make(meeting, "修路灯", partner=by)
    resolutions.make(meeting, "修路灯", owner="老王", due_on=due)
    assert len(resolutions.made_at(meeting)) == 3


def test_an_edit_makes_no_resolution_like_another_of_its_meeting(
    resolutions: Resolutions, held: Meeting
) -> None:
    first = resolutions.make(held, "修路灯", owner="老王").now
    other = resolutions.make(held, "修路", owner="老王").now
    with pytest.raises(SameResolution, match=rf"“修路灯”（{first.code}）已经记过"):
        resolutions.edit(other, title=" 修路灯")
    resolutions.edit(other, title="修路灯", due_on="2026-01-01")
    with pytest.raises(SameResolution):
        resolutions.edit(other, due_on=None)


def test_a_merger_takes_back_what_would_be_a_cooperation_with_oneself_or_the_same_twice(
    ledger: Ledger,
) -> None:
    one, other, third = (enrol(ledger, name, kind="business") for name in ("柏乐口腔", "百乐口腔", "米店"))
    book, here, day = ledger.book(Cooperations), ledger.areas.find("XF"), date(2025, 10, 8)
    for pair in ((one, other), (one, third), (third, other), (other, None)):
        book.close(pair[0], here, with_=pair[1], day=day)
    before = book.listing()
    merger = ledger.membership.merge(other, one)
    assert sorted(merger.taken_back) == [
        "2025-10-08 柏乐口腔与百乐口腔的合作",
        "2025-10-08 米店与百乐口腔的合作",
    ]
    left = [(listed.partner, listed.with_name) for listed in book.listing()]
    assert set(left) == {("柏乐口腔", None), ("柏乐口腔", "米店")}
    assert sum(ledger.counts.additive("cooperations.closed", Span.month("2025-10")).values()) == 2
    assert not ledger.custody.verify().findings
    assert len(left) == 2
    ledger.history.undo(merger.voucher)
    again = book.listing()
    assert {(x.partner, x.with_name) for x in again} == {(x.partner, x.with_name) for x in before}
    assert not ledger.custody.verify().findings


def test_the_first_of_two_cooperations_alike_is_not_undone_under_the_merger_that_took_the_other_back(
    ledger: Ledger,
) -> None:
    shop, one, other = (enrol(ledger, name, kind="business") for name in ("米店", "柏乐口腔", "百乐口腔"))
    book, here, day = ledger.book(Cooperations), ledger.areas.find("XF"), date(2025, 10, 8)
    first = book.close(shop, here, with_=one, day=day)
    book.close(other, here, with_=shop, day=day)
    book.close(shop, here, day=day)
    merger = ledger.membership.merge(one, other)
    undone = ledger.history.undo(merger.voucher)
    again = ledger.history.undo(undone.voucher).voucher
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{again} 合并时收回了与它重复的一笔"):
        ledger.history.undo(first.voucher)
    assert [one.with_name for one in book.listing()] == [None, "百乐口腔"]
    ledger.history.undo(again)
    ledger.history.undo(first.voucher)
    assert [(one.partner, one.with_name) for one in book.listing()] == [("百乐口腔", "米店"), ("米店", None)]
    assert not ledger.custody.verify().findings


def test_an_undo_gives_no_cooperation_of_one_with_itself_again(ledger: Ledger) -> None:
    one, other = (enrol(ledger, name, kind="business") for name in ("柏乐口腔", "百乐口腔"))
    book = ledger.book(Cooperations)
    closed = book.close(one, ledger.areas.find("XF"), with_=other, day=date(2025, 10, 8))
    undone = ledger.history.undo(closed.voucher)
    merger = ledger.membership.merge(other, one)
    with pytest.raises(errors.Refused, match=r"没有撤销任何内容：促成合作 .*：双方现在是同一家"):
        ledger.history.undo(undone.voucher)
    ledger.history.undo(merger.voucher)
    ledger.history.undo(undone.voucher)
    assert [listed.with_name for listed in book.listing()] == ["百乐口腔"]
    assert not ledger.custody.verify().findings
