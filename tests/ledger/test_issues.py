"""Residents' issues: their steps, what each adds to the counts, deadlines, helpers and lists."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hepartner.ledger import Ledger, errors, handling, helping, issuelists
from hepartner.ledger.counts.monthly import OneMonth
from hepartner.ledger.handling import Counts, Issue
from hepartner.ledger.issuelists import Listed
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.points import BadPoints, NeedsConfirmer
from hepartner.ledger.sources import Source
from hepartner.ledger.vouchers import Origin
from hepartner.words.issue import STATUSES
from tests.ledger.conftest import CHINA, Clock, enrol, hire


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    """The ledger with the categories that ship: 路灯维修 LAMP 5 days, 小区用水 WATER 3 days, …"""
    ledger.issues.load_default()
    return ledger


def reported(desk: Ledger, title: str = "3号楼路灯不亮", day: int = 3, **more: Any) -> Issue:
    """Report an issue of 路灯维修 in 幸福里社区 on a day of November 2025."""
    category, community = desk.issues.categories.find("LAMP"), desk.areas.find(more.pop("community", "XF"))
    return desk.issues.report(category, title, community, day=date(2025, 11, day), **more).issue


def resolved(desk: Ledger, day: int = 5, beneficiaries: int = 40, **more: Any) -> Issue:
    return desk.issues.resolve(
        reported(desk, **more), beneficiaries=beneficiaries, day=date(2025, 11, day)
    ).issue


def confirmed(desk: Ledger, *, satisfied: bool | None = True, **more: Any) -> Issue:
    return desk.issues.confirm(resolved(desk, **more), satisfied=satisfied, day=date(2025, 11, 8)).issue


def counted(desk: Ledger, issue: Issue) -> Counts:
    """Add up what the facts of an issue count."""
    sums = ", ".join(f"sum(sign * {name})" for name in Counts._fields)
    return Counts(*desk.database.row(f"SELECT {sums} FROM issue_event WHERE issue_id = ?", (issue.id,)))


def figure(desk: Ledger, code: str, month: str = "2025-11") -> int:
    return sum(desk.counts.additive(code, Span.month(month)).values())


# Steps


def test_an_issue_is_reported_with_a_code_and_its_categorys_deadline(desk: Ledger) -> None:
    issue = reported(desk, place="幸福小区3号楼", remark="夜间出行不便")
    assert (issue.code, issue.status, issue.category, issue.category_name) == (
        "XF-W0001",
        "reported",
        "LAMP",
        "路灯维修",
    )
    assert (issue.reported_on, issue.due_on, issue.place) == ("2025-11-03", "2025-11-08", "幸福小区3号楼")
    fact = "SELECT community_id, happened_on, counted_in, event, category, due_on FROM issue_event"
    assert desk.database.rows(fact) == [
        (issue.community_id, "2025-11-03", "2025-11", "reported", "LAMP", "2025-11-08")
    ]


def test_the_deadline_of_one_issue_may_be_another(desk: Ledger) -> None:
    assert reported(desk, due_on=date(2025, 12, 1)).due_on == "2025-12-01"
    with pytest.raises(handling.BadIssue, match="截止日期 2025-11-02 早于上报日期 2025-11-03"):
        reported(desk, due_on=date(2025, 11, 2))


def test_the_steps_of_an_issue_keep_day_hand_and_note(desk: Ledger) -> None:
    issue = reported(desk)
    desk.issues.assign(issue, "物业王经理", day=date(2025, 11, 4))
    desk.issues.resolve(issue, beneficiaries=40, day=date(2025, 11, 6), note="换了灯")
    done = desk.issues.confirm(issue, satisfied=True, day=date(2025, 11, 7)).issue
    assert (done.status, done.assignee) == ("confirmed", "物业王经理")
    steps = [
        (s.happened_on, s.event, s.beneficiaries, s.satisfied, s.operator, s.note)
        for s in desk.issues.steps(issue)
    ]
    assert steps == [
        ("2025-11-03", "reported", 0, None, "李梅", ""),
        ("2025-11-04", "assigned", 0, None, "李梅", ""),
        ("2025-11-06", "resolved", 40, None, "李梅", "换了灯"),
        ("2025-11-07", "confirmed", 0, True, "李梅", ""),
    ]
    assert counted(desk, issue) == Counts(reported=1, open=0, resolved=1, confirmed=1, beneficiaries=40)


STEPS: dict[str, Callable[[Ledger, Issue], Any]] = {
    "assigned": lambda desk, issue: desk.issues.assign(issue, "物业"),
    "resolved": lambda desk, issue: desk.issues.resolve(issue),
    "confirmed": lambda desk, issue: desk.issues.confirm(issue),
    "reopened": lambda desk, issue: desk.issues.reopen(issue),
    "duplicate": lambda desk, issue: desk.issues.duplicate(issue, reported(desk, "另一处")),
}
WAYS: dict[str, tuple[str, ...]] = {
    "reported": (),
    "assigned": ("assigned",),
    "resolved": ("resolved",),
    "confirmed": ("resolved", "confirmed"),
    "duplicate": ("duplicate",),
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("event", STEPS)
def test_only_the_steps_of_the_table_are_allowed(desk: Ledger, status: str, event: str) -> None:
    issue = reported(desk)
    for step in WAYS[status]:
        STEPS[step](desk, issue)
    before = counted(desk, issue)
    if (status, event) in handling.TRANSITIONS:
        STEPS[event](desk, issue)
        assert desk.issues.get(issue.id).status == handling.TRANSITIONS[status, event]
    else:
        with pytest.raises(handling.WrongStep, match=STATUSES[status]):
            STEPS[event](desk, issue)
        assert counted(desk, issue) == before


def test_a_refused_step_says_what_is_possible(desk: Ledger) -> None:
    with pytest.raises(handling.WrongStep, match="现在是“待办理”，不能记“确认”；可以交办、解决、并入重复"):
        desk.issues.confirm(reported(desk))


def test_a_step_is_not_before_the_last_one_nor_after_today(desk: Ledger) -> None:
    issue = resolved(desk, day=5)
    with pytest.raises(handling.BeforeLastStep, match="上一步在 2025-11-05，日期 2025-11-04 比它早"):
        desk.issues.confirm(issue, day=date(2025, 11, 4))
    with pytest.raises(errors.NotYet):
        desk.issues.confirm(issue, day=date(2025, 11, 21))
    assert desk.issues.confirm(issue, day=date(2025, 11, 5)).issue.status == "confirmed"


def test_a_day_that_an_undone_step_held_no_longer_counts(desk: Ledger) -> None:
    issue = reported(desk)
    undone = desk.issues.resolve(issue, day=date(2025, 11, 15))
    desk.history.undo(undone.voucher)
    assert desk.issues.resolve(issue, day=date(2025, 11, 10)).issue.status == "resolved"


@pytest.mark.parametrize("beneficiaries", [-1, 10_000_001])
def test_an_impossible_number_of_beneficiaries_is_refused(desk: Ledger, beneficiaries: int) -> None:
    with pytest.raises(handling.BadIssue, match=str(beneficiaries)):
        desk.issues.resolve(reported(desk), beneficiaries=beneficiaries)


def test_an_issue_needs_a_title_and_a_day_that_has_come(desk: Ledger) -> None:
    with pytest.raises(handling.BadIssue, match="标题是空的"):
        reported(desk, " ")
    with pytest.raises(errors.NotYet):
        reported(desk, day=21)


def test_reopening_a_resolved_issue_takes_back_resolved_and_beneficiaries(desk: Ledger) -> None:
    issue = resolved(desk)
    again = desk.issues.reopen(issue, reason="又不亮了").issue
    assert (again.status, counted(desk, issue)) == ("reported", Counts(reported=1, open=1))
    assert figure(desk, "issues.resolved") == figure(desk, "issues.beneficiaries") == 0
    assert desk.issues.steps(issue)[-1].note == "又不亮了"


def test_reopening_a_confirmed_issue_takes_back_the_confirmation_in_its_own_month(
    desk: Ledger, clock: Clock
) -> None:
    issue = confirmed(desk)
    clock.now = datetime(2025, 12, 3, 9, 0, tzinfo=CHINA)
    desk.issues.reopen(issue)
    for code, november in (("issues.resolved", 1), ("issues.confirmed", 1), ("issues.beneficiaries", 40)):
        assert (figure(desk, code), figure(desk, code, "2025-12")) == (november, -november)
    desk.issues.resolve(issue, beneficiaries=50)
    assert counted(desk, issue) == Counts(reported=1, open=0, resolved=1, confirmed=0, beneficiaries=50)


@pytest.mark.parametrize(("made", "left"), [(reported, 0), (resolved, 0), (confirmed, 0)])
def test_a_duplicate_counts_as_reported_and_no_more(
    desk: Ledger, made: Callable[..., Issue], left: int
) -> None:
    first, second = reported(desk, "路灯坏了"), made(desk)
    found = desk.issues.duplicate(second, first).issue
    assert (found.status, found.duplicate_of) == ("duplicate", "XF-W0001")
    assert counted(desk, second) == Counts(reported=1, open=left)


def test_a_duplicate_repeats_another_issue_that_stands_by_itself(desk: Ledger) -> None:
    first, second, third = (reported(desk, title) for title in ("路灯坏了", "路灯不亮", "灯坏了"))
    with pytest.raises(handling.NotItself, match="不能并入自己"):
        desk.issues.duplicate(first, first)
    desk.issues.duplicate(second, first)
    with pytest.raises(handling.NotItself, match="XF-W0002，因为它已并入 XF-W0001"):
        desk.issues.duplicate(third, second)
    with pytest.raises(handling.WrongStep, match="请办理 XF-W0001，或用 hep undo 撤销并入"):
        desk.issues.resolve(second)


def test_undoing_a_step_restores_status_and_counts(desk: Ledger) -> None:
    issue = confirmed(desk)
    reopened = desk.issues.reopen(issue)
    desk.history.undo(reopened.voucher)
    assert desk.issues.get(issue.id).status == "confirmed"
    assert counted(desk, issue) == Counts(reported=1, open=0, resolved=1, confirmed=1, beneficiaries=40)


def test_an_issue_whose_report_was_undone_takes_no_step(desk: Ledger) -> None:
    first = reported(desk, "路灯坏了")
    lamp, community = desk.issues.categories.find("LAMP"), desk.areas.find("XF")
    wrong = desk.issues.report(lamp, "记错了", community)
    desk.history.undo(wrong.voucher)
    for step in (
        lambda: desk.issues.resolve(wrong.issue),
        lambda: desk.issues.edit(wrong.issue, place="别处"),
        lambda: desk.issues.duplicate(first, wrong.issue),
        lambda: desk.issues.help(wrong.issue, enrol(desk, "武玉侪")),
        lambda: desk.issues.find("记错了"),
    ):
        with pytest.raises(errors.NotFound):
            step()


def test_the_same_key_reports_and_resolves_once(desk: Ledger) -> None:
    issue = reported(desk, key="call-1")
    with pytest.raises(errors.AlreadyRecorded):
        reported(desk, key="call-1")
    desk.issues.resolve(issue, beneficiaries=3, key="call-2")
    with pytest.raises(errors.AlreadyRecorded):
        desk.issues.resolve(issue, beneficiaries=3, key="call-2")
    with pytest.raises(errors.KeyTaken):
        desk.issues.resolve(issue, beneficiaries=4, key="call-2")


# Look-up and listings


@pytest.mark.parametrize("typed", ["XF-W0001", "xf-w0001", "3号楼路灯不亮", "路灯", " 3号楼 路灯不亮 "])
def test_an_issue_is_named_by_code_or_title_or_part_of_it(desk: Ledger, typed: str) -> None:
    issue = reported(desk)
    reported(desk, "5号楼停水")
    assert desk.issues.find(typed).id == issue.id


def test_the_community_worked_in_is_searched_first(desk: Ledger) -> None:
    reported(desk)
    there = reported(desk, community="HP")
    with pytest.raises(errors.Ambiguous, match="XF-W0001 3号楼路灯不亮（幸福里社区，2025-11-03，待办理）"):
        desk.issues.find("路灯")
    desk.here = desk.areas.find("HP")
    assert desk.issues.find("路灯").id == desk.issues.find("W0001").id == there.id


@pytest.mark.parametrize("typed", ["W0001", "停电", "", "·"])
def test_what_no_issue_answers_to_is_not_found(desk: Ledger, typed: str) -> None:
    reported(desk)
    with pytest.raises(errors.NotFound, match="hep issue list"):
        desk.issues.find(typed)


def test_a_listing_filters_by_area_status_and_category_newest_first(desk: Ledger) -> None:
    first, second = reported(desk, day=3), resolved(desk, title="5号楼路灯", day=6)
    third = reported(desk, "小广场路灯", day=4, community="HP")
    water = desk.issues.categories.find("用水")
    fourth = desk.issues.report(water, "停水", desk.areas.find("XF")).issue

    def ids(**filters: Any) -> list[int]:
        return [issue.id for issue in desk.issues.listing(**filters)]

    assert ids() == [fourth.id, third.id, second.id, first.id]
    assert ids(under=desk.areas.find("XF")) == [fourth.id, second.id, first.id]
    assert ids(status="resolved") == [second.id]
    assert ids(category=water) == [fourth.id]
    assert ids(open_only=True, under=desk.areas.find("HP")) == [third.id]


def test_an_open_issue_is_overdue_from_the_day_after_its_deadline(desk: Ledger, clock: Clock) -> None:
    issue = reported(desk, day=15)
    assert (issue.due_on, desk.issues.overdue()) == ("2025-11-20", [])
    clock.now = datetime(2025, 11, 21, 8, 0, tzinfo=CHINA)
    assert [(late.issue.id, late.days) for late in desk.issues.overdue()] == [(issue.id, 1)]
    assert desk.issues.overdue(under=desk.areas.find("HP")) == []
    desk.issues.resolve(issue)
    assert desk.issues.overdue() == []


def test_a_past_day_is_seen_at_its_end_as_the_figure_sees_it(desk: Ledger, clock: Clock) -> None:
    clock.now = datetime(2025, 12, 20, 8, 0, tzinfo=CHINA)
    by_month_end = reported(desk, "路灯一", day=25)
    assert by_month_end.due_on == "2025-11-30"
    late = reported(desk, "路灯二", day=3)
    desk.issues.resolve(late, day=date(2025, 12, 2))
    desk.issues.duplicate(reported(desk, "路灯三", day=3), late, day=date(2025, 11, 4))
    resolved(desk, title="路灯四", day=5)
    seen = desk.issues.overdue(day=date(2025, 11, 30))
    assert [(one.issue.title, one.days) for one in seen] == [("路灯二", 22), ("路灯一", 0)]
    assert figure(desk, "issues.overdue") == 2
    assert [one.issue.title for one in desk.issues.overdue()] == ["路灯一"]


def test_figures_of_the_running_month_know_no_deadline_before_its_day_is_over(
    desk: Ledger, clock: Clock
) -> None:
    """As `hep issue overdue` does; the day before is over, today is not, and what is due later this month says nothing yet."""
    for title, due in (("昨天到期", 19), ("今天到期", 20), ("月底到期", 30)):
        reported(desk, title, day=3, due_on=date(2025, 11, due))
    solved = reported(desk, "提前办好", day=3, due_on=date(2025, 11, 29))
    desk.issues.resolve(solved, day=date(2025, 11, 10))
    november, xf = Span.month("2025-11"), desk.areas.find("XF").id

    def told() -> tuple[int, tuple[int, int]]:
        rate = desk.counts.ratio("issues.on_time_rate", november)[xf]
        for code, added in (
            ("issues.overdue", figure(desk, "issues.overdue")),
            ("issues.on_time_rate", rate[1]),
        ):
            _, rows = desk.counts.rows(code, november, [xf])
            assert sum(row[-1] for row in rows) == added
        (moves,) = OneMonth(desk, "2025-11", [xf]).issue_moves()
        assert (moves.overdue, (moves.on_time, moves.due)) == (figure(desk, "issues.overdue"), rate)
        return figure(desk, "issues.overdue"), rate

    assert told() == (len(desk.issues.overdue()), (0, 1)) == (1, (0, 1))
    clock.now = datetime(2025, 11, 21, 8, 0, tzinfo=CHINA)
    assert told() == (len(desk.issues.overdue()), (0, 2)) == (2, (0, 2))
    clock.now = datetime(2025, 12, 1, 8, 0, tzinfo=CHINA)
    assert told() == (len(desk.issues.overdue(day=date(2025, 11, 30))), (1, 4)) == (3, (1, 4))


# Helpers


@pytest.fixture
def wu(desk: Ledger) -> Partner:
    return enrol(desk, "武玉侪")


def test_a_helper_stands_with_the_issue_and_may_earn_fixed_points(desk: Ledger, wu: Partner) -> None:
    issue = reported(desk, community="HP")
    helped = desk.issues.help(issue, wu, day=date(2025, 11, 5), points=15)
    assert (helped.points, desk.points.balance(wu)) == (15, 15)
    desk.issues.help(issue, wu, day=date(2025, 11, 6))
    assert [(one.happened_on, one.name, one.points) for one in desk.issues.helpers(issue)] == [
        ("2025-11-05", "武玉侪", 15),
        ("2025-11-06", "武玉侪", 0),
    ]
    places = desk.database.row(
        "SELECT h.community_id, e.community_id FROM issue_help h JOIN entry e ON e.issue_help_id = h.id"
    )
    assert places == (desk.areas.find("HP").id, desk.areas.find("XF").id)


def test_the_help_of_who_was_merged_is_the_help_of_who_it_became(desk: Ledger, wu: Partner) -> None:
    issue, twin = reported(desk), enrol(desk, "武玉侨")
    desk.issues.help(issue, twin, day=date(2025, 11, 5), points=15)
    desk.membership.merge(twin, wu)
    with pytest.raises(helping.HelpedAlready, match="已经记过"):
        desk.issues.help(issue, wu, day=date(2025, 11, 5), points=15)


def test_a_helper_that_two_cards_were_is_told_once_a_day_by_the_card_that_stays(
    desk: Ledger, wu: Partner
) -> None:
    issue, double = reported(desk), enrol(desk, "武玉柴")
    for one in (double, wu):
        desk.issues.help(issue, one, points=5)
    desk.membership.merge(double, wu)
    (helper,) = desk.issues.helpers(issue)
    assert (helper.name, helper.points) == ("武玉侪", 10)


def test_a_helper_earns_by_a_rule_within_its_caps(desk: Ledger, wu: Partner) -> None:
    rule = desk.rulebook.find(desk.rulebook.add("HELP", "协助", points=20, cap_month=30).version.code)
    issue, other, third = (reported(desk, title) for title in ("路灯一", "路灯二", "路灯三"))
    today = desk.today()
    assert [desk.issues.help(one, wu, rule=rule, day=today).points for one in (issue, other)] == [20, 10]
    last = desk.issues.help(third, wu, rule=rule, day=today)
    assert (last.points, last.cap, desk.points.balance(wu)) == (0, "已到每月上限", 30)
    assert len(desk.issues.helpers(third)) == 1


def test_a_rule_per_hour_or_with_a_confirmer_does_not_price_a_help(desk: Ledger, wu: Partner) -> None:
    hourly = desk.rulebook.find(desk.rulebook.add("PATROL", "巡查", points=10, per="hour").version.code)
    careful = desk.rulebook.find(
        desk.rulebook.add("ELDER", "助老", points=10, needs_confirmer=True).version.code
    )
    issue = reported(desk)
    with pytest.raises(helping.NotPerTime, match="--points"):
        desk.issues.help(issue, wu, rule=hourly)
    with pytest.raises(NeedsConfirmer):
        desk.issues.help(issue, wu, rule=careful)
    with pytest.raises(BadPoints):
        desk.issues.help(issue, wu, points=0)
    assert desk.issues.helpers(issue) == []


def test_who_was_not_there_did_not_help_and_one_help_is_written_once(desk: Ledger, wu: Partner) -> None:
    issue = reported(desk)
    gone = desk.membership.leave(enrol(desk, "李四"), day=date(2025, 11, 1)).partner
    with pytest.raises(helping.NotHelping, match="2025-11-01 已退出"):
        desk.issues.help(issue, gone)
    desk.issues.help(issue, wu)
    with pytest.raises(helping.HelpedAlready, match="武玉侪（XF-P0001）2025-11-20 协助"):
        desk.issues.help(issue, wu, points=5)
    with pytest.raises(errors.NotYet):
        desk.issues.help(issue, wu, day=date(2025, 11, 21))


def test_nobody_helped_with_an_issue_before_it_was_reported(desk: Ledger, wu: Partner) -> None:
    issue = reported(desk)
    day = date.fromisoformat(issue.reported_on)
    why = rf"（{issue.code}）{day} 才上报，不能记 {day - timedelta(1)} 的协助。请改正日期"
    with pytest.raises(helping.BeforeReport, match=why):
        desk.issues.help(issue, wu, day=day - timedelta(1))
    assert desk.issues.help(issue, wu, day=day, points=5).points == 5


def test_undoing_a_help_takes_its_points_and_its_head(desk: Ledger, wu: Partner) -> None:
    issue = reported(desk)
    helped = desk.issues.help(issue, wu, points=15)
    assert desk.counts.distinct("partners.active", Span.month("2025-11")) == [(issue.community_id, wu.id)]
    desk.history.undo(helped.voucher)
    assert (desk.issues.helpers(issue), desk.points.balance(wu)) == ([], 0)
    assert desk.counts.distinct("partners.active", Span.month("2025-11")) == []


# Edits


def test_an_edit_of_words_changes_the_card_only(desk: Ledger) -> None:
    issue = reported(desk)
    edited = desk.issues.edit(
        issue, title="3号楼门口 路灯不亮", place="门口", remark="急", assignee="王经理"
    ).issue
    assert (edited.title, edited.place, edited.remark, edited.assignee) == (
        "3号楼门口路灯不亮",
        "门口",
        "急",
        "王经理",
    )
    assert desk.issues.find("门口路灯").id == issue.id
    assert desk.database.value("SELECT count(*) FROM issue_event") == 1


def test_an_edit_of_the_category_moves_every_step_and_its_counts(desk: Ledger) -> None:
    issue = confirmed(desk)
    edited = desk.issues.edit(issue, category="DRAIN")
    assert (edited.issue.category_name, edited.issue.due_on) == ("管道疏通", "2025-11-08")
    sql = "SELECT category, sum(sign * resolved), sum(sign * beneficiaries) FROM issue_event GROUP BY category ORDER BY 1"
    assert desk.database.rows(sql) == [("DRAIN", 1, 40), ("LAMP", 0, 0)]
    assert [step.event for step in desk.issues.steps(issue)] == ["reported", "resolved", "confirmed"]
    assert [step.satisfied for step in desk.issues.steps(issue)] == [None, None, True]
    desk.history.undo(edited.voucher)
    assert desk.database.rows(sql) == [("DRAIN", 0, 0), ("LAMP", 1, 40)]
    assert desk.issues.get(issue.id).category == "LAMP"


def test_steps_stay_with_whoever_wrote_them_down_whatever_was_edited_and_undone_since(desk: Ledger) -> None:
    """Solved, opened again and solved again on one day: each step keeps its voucher, its operator and its note."""
    issue = reported(desk)
    hire(desk, "陈静")
    for note in ("换了灯", "换了线"):
        desk.issues.resolve(issue, day=date(2025, 11, 6), note=note)
        if note == "换了灯":
            desk.issues.reopen(issue, reason="又不亮了", day=date(2025, 11, 6))
    steps = desk.issues.steps(issue)
    assert [step.note for step in steps] == ["", "换了灯", "又不亮了", "换了线"]
    with Ledger.open(desk.database.path, operator="陈静", clock=Clock()) as other:
        edited = other.issues.edit(issue, category="DRAIN")
        assert other.issues.steps(issue) == steps
        other.issues.edit(issue, due_on="2025-11-12")
        assert other.issues.steps(issue) == steps
        undone = other.issues.edit(issue, category="WATER")
        other.history.undo(undone.voucher)
        assert other.issues.steps(issue) == steps
        assert edited.voucher not in {step.voucher for step in steps}


def test_an_edit_of_the_deadline_counts_by_the_new_one(desk: Ledger) -> None:
    issue = resolved(desk, day=12)
    assert desk.counts.ratio("issues.on_time_rate", Span.month("2025-11")) == {issue.community_id: (0, 1)}
    edited = desk.issues.edit(issue, due_on="2025-11-12")
    assert edited.issue.due_on == "2025-11-12"
    assert desk.counts.ratio("issues.on_time_rate", Span.month("2025-11")) == {issue.community_id: (1, 1)}
    with pytest.raises(handling.BadIssue, match="早于上报日期"):
        desk.issues.edit(issue, due_on="2025-11-02")


def test_an_edit_counts_in_the_months_in_which_the_steps_counted(desk: Ledger, clock: Clock) -> None:
    issue = confirmed(desk)
    clock.now = datetime(2025, 12, 3, 9, 0, tzinfo=CHINA)
    desk.periods.close([desk.areas.find("XF")], "2025-11")
    desk.issues.edit(issue, category="DRAIN")
    sql = "SELECT counted_in, category, sum(sign * resolved) FROM issue_event GROUP BY 1, 2 ORDER BY 1, 2"
    assert desk.database.rows(sql) == [
        ("2025-11", "LAMP", 1),
        ("2025-12", "DRAIN", 1),
        ("2025-12", "LAMP", -1),
    ]


def test_an_edit_that_says_nothing_new_or_empties_the_title_is_refused(desk: Ledger) -> None:
    issue = reported(desk)
    with pytest.raises(handling.Unchanged):
        desk.issues.edit(issue, title=issue.title, category="LAMP")
    with pytest.raises(handling.BadIssue, match="标题是空的"):
        desk.issues.edit(issue, title="")


# Categories


def test_the_shipped_categories_load_once(desk: Ledger) -> None:
    known = desk.issues.categories.listing()
    assert ("LAMP", "路灯维修", 5) in [(one.code, one.name, one.days) for one in known]
    assert desk.issues.load_default().categories == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("lamp", "LAMP"), ("路灯维修", "LAMP"), ("路灯", "LAMP"), ("park", "PARKING")]
)
def test_a_category_is_named_by_code_or_part_of_its_name(desk: Ledger, typed: str, code: str) -> None:
    assert desk.issues.categories.find(typed).code == code


def test_an_unknown_category_is_answered_with_those_there_are(desk: Ledger) -> None:
    with pytest.raises(errors.NotFound, match="路灯维修（LAMP）"):
        desk.issues.categories.find("宠物")


def test_without_categories_the_remedy_says_how_to_add_one(ledger: Ledger) -> None:
    with pytest.raises(errors.NotFound, match="hep issue category"):
        ledger.issues.categories.find("路灯")


def test_a_category_is_added_and_its_days_changed_for_issues_to_come(desk: Ledger) -> None:
    before = reported(desk)
    added = desk.issues.categories.set("pet", name="宠物扰民", days=7)
    assert added.categories[0].code == "PET"
    (changed,) = desk.issues.categories.set("LAMP", days=2).categories
    assert (changed.name, changed.days) == ("路灯维修", 2)
    assert (desk.issues.get(before.id).due_on, reported(desk, "又一处").due_on) == (
        "2025-11-08",
        "2025-11-05",
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PET", {"name": "宠物"}),
        ("PET", {"days": 3}),
        ("", {"name": "宠物", "days": 3}),
        ("LAMP", {"days": 0}),
    ],
)
def test_a_category_needs_code_name_and_days(desk: Ledger, code: str, said: dict[str, Any]) -> None:
    with pytest.raises(handling.BadIssue, match="办理天数"):
        desk.issues.categories.set(code, **said)


def test_a_category_set_to_what_it_is_is_refused(desk: Ledger) -> None:
    with pytest.raises(handling.Unchanged):
        desk.issues.categories.set("LAMP", days=5)


# Lists


def listed(desk: Ledger, *rows: Listed, source: str = "驿马街道") -> range:
    with desk.voucher("import.issues", origin=Origin(source)) as voucher:
        return desk.issues.enter_many(voucher, rows)


def read(desk: Ledger) -> list[tuple[int, Listed]]:
    return desk.issues.recorded(Source("驿马街道"), "2025-01-01", "2025-12-31")


@pytest.fixture
def row(desk: Ledger, wu: Partner) -> Listed:
    """A line with everything that can become of an issue."""
    said = Listed("LAMP", "3号楼路灯不亮", desk.areas.find("XF").id, "2025-11-03", "3号楼", "2025-11-10")
    done = said._replace(
        resolved_on="2025-11-06", confirmed_on="2025-11-08", beneficiaries=40, satisfied=False
    )
    return done._replace(helpers=(wu.id,))


def test_a_list_posts_issues_with_all_that_became_of_them(desk: Ledger, row: Listed) -> None:
    open_one = Listed("WATER", "停水", desk.areas.find("HP").id, "2025-11-18")
    first, second = (desk.issues.get(issue_id) for issue_id in listed(desk, row, open_one))
    assert (first.code, first.status, first.due_on) == ("XF-W0001", "confirmed", "2025-11-10")
    assert (second.code, second.status, second.due_on) == ("HP-W0001", "reported", "2025-11-21")
    assert counted(desk, first) == Counts(reported=1, open=0, resolved=1, confirmed=1, beneficiaries=40)
    assert [(one.happened_on, one.name) for one in desk.issues.helpers(first)] == [("2025-11-06", "武玉侪")]
    assert desk.issues.confirm(desk.issues.resolve(second).issue).issue.status == "confirmed"


def test_what_a_list_brought_is_read_back_as_it_was_listed(desk: Ledger, row: Listed) -> None:
    (issue_id,) = listed(desk, row)
    listed(desk, row._replace(title="别处的"), source="别处")
    assert read(desk) == [(issue_id, row)]
    assert desk.issues.recorded(Source("驿马街道"), "2025-11-04", "2025-12-31") == []


def test_later_work_on_a_listed_issue_does_not_make_the_list_new(desk: Ledger, row: Listed) -> None:
    (issue_id,) = listed(desk, row)
    issue = desk.issues.get(issue_id)
    desk.issues.edit(issue, category="DRAIN")
    desk.issues.reopen(issue)
    assert read(desk) == [(issue_id, row)]
    with desk.voucher("import.issues", origin=Origin("驿马街道")) as voucher:
        assert desk.issues.advance_many(voucher, [(issue_id, row)]) == 0
    assert desk.issues.get(issue_id).status == "reported"


def test_an_undone_list_may_come_again(desk: Ledger, row: Listed) -> None:
    (issue_id,) = listed(desk, row)
    desk.history.undo(desk.database.value("SELECT created_in FROM issue WHERE id = ?", (issue_id,)))
    assert read(desk) == []


def test_a_later_list_adds_the_steps_and_helpers_that_an_issue_lacks(desk: Ledger, row: Listed) -> None:
    early = row._replace(resolved_on="", confirmed_on="", beneficiaries=0, satisfied=None, helpers=())
    first, second, third = listed(desk, early, early, early)
    half = early._replace(resolved_on="2025-11-06", beneficiaries=40)
    with desk.voucher("import.issues", origin=Origin("驿马街道")) as voucher:
        assert desk.issues.advance_many(voucher, [(first, row), (second, half), (third, early)]) == 2
    assert [said for _, said in read(desk)] == [row, half, early]
    assert [desk.issues.get(one).status for one in (first, second, third)] == [
        "confirmed",
        "resolved",
        "reported",
    ]
    with desk.voucher("import.issues", origin=Origin("驿马街道")) as voucher:
        assert desk.issues.advance_many(voucher, [(second, row)]) == 1
    assert desk.issues.get(second).status == "confirmed"


def test_an_edited_issue_goes_on_under_its_new_category(desk: Ledger, row: Listed) -> None:
    (issue_id,) = listed(desk, row._replace(resolved_on="", confirmed_on="", beneficiaries=0, satisfied=None))
    desk.issues.edit(desk.issues.get(issue_id), category="DRAIN")
    with desk.voucher("import.issues", origin=Origin("驿马街道")) as voucher:
        desk.issues.advance_many(voucher, [(issue_id, row)])
    sql = "SELECT sum(sign * resolved) FROM issue_event WHERE category = 'DRAIN'"
    assert desk.database.value(sql) == 1


def test_a_list_takes_no_step_that_the_issue_does_not_allow(desk: Ledger, row: Listed) -> None:
    early = row._replace(resolved_on="", confirmed_on="", beneficiaries=0, satisfied=None, helpers=())
    first, second = listed(desk, early, early)
    desk.issues.assign(desk.issues.get(first), "物业", day=date(2025, 11, 7))
    desk.issues.duplicate(desk.issues.get(second), desk.issues.get(first))
    for issue_id, refusal in ((first, handling.BeforeLastStep), (second, handling.WrongStep)):
        later = (
            row if issue_id == first else row._replace(resolved_on="2025-11-20", confirmed_on="2025-11-20")
        )
        with pytest.raises(refusal), desk.voucher("import.issues") as voucher:
            desk.issues.advance_many(voucher, [(issue_id, later)])


@pytest.mark.parametrize(
    ("changed", "field", "fault"),
    [
        ({"title": " "}, "title", "标题是空的"),
        ({"resolved_on": "2025-11-02"}, "resolved_on", "解决日期 2025-11-02 早于上报日期 2025-11-03"),
        ({"confirmed_on": "2025-11-05"}, "confirmed_on", "确认日期 2025-11-05 早于解决日期 2025-11-06"),
        ({"confirmed_on": "2025-11-21"}, "confirmed_on", "确认日期 2025-11-21 还没有到"),
        ({"due_on": "2025-11-01"}, "due_on", "截止日期 2025-11-01 早于上报日期"),
        ({"resolved_on": "", "beneficiaries": 0}, "resolved_on", "有确认日期而没有解决日期"),
        (
            {"resolved_on": "", "confirmed_on": "", "satisfied": None},
            "resolved_on",
            "有受益人数而没有解决日期",
        ),
        ({"confirmed_on": ""}, "confirmed_on", "有满意与否而没有确认日期"),
        ({"beneficiaries": -1}, "beneficiaries", "受益人数 -1 不行"),
    ],
)
def test_what_is_wrong_with_a_line_of_a_list_is_said(
    row: Listed, changed: dict[str, Any], field: str, fault: str
) -> None:
    assert issuelists.faults(row, "2025-11-20") == []
    ((at, found),) = issuelists.faults(row._replace(**changed), "2025-11-20")
    assert (at, fault in found) == (field, True)


# The guards, tried by raw SQL


@pytest.mark.parametrize("spelling", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL"])
@pytest.mark.parametrize(
    ("event", "counts", "day", "refusal"),
    [
        ("resolved", (0, -1, 1, 0, 0), "2025-11-09", "前后不符"),
        ("reported", (1, 1, 0, 0, 0), "2025-11-09", "前后不符"),
        ("reopened", (0, 1, -1, 0, -41), "2025-11-09", "前后不符"),
        ("reopened", (0, 1, -1, 0, -40), "2025-11-04", "早于上一步"),
        ("reopened", (0, 1, -1, 0, -40), "2025-11-09", "nothing"),
    ],
)
def test_raw_sql_passes_neither_counts_nor_days(
    desk: Ledger, spelling: str, event: str, counts: tuple[int, ...], *, day: str, refusal: str
) -> None:
    issue = resolved(desk)
    due = "'2025-12-01'" if event == "reported" else "NULL"
    sql = (
        f"{spelling} INTO issue_event (id, voucher_id, line, community_id, happened_on, counted_in, sign, issue_id, event,"
        f" category, due_on, reported, open, resolved, confirmed, beneficiaries) VALUES (99, {{}}, 1,"
        f" {issue.community_id}, '{day}', '2025-11', 1, {issue.id}, '{event}', 'LAMP', {due}, {str(counts)[1:-1]})"
    )
    with pytest.raises(sqlite3.IntegrityError, match=refusal):
        written_and_abandoned(desk, sql)


def written_and_abandoned(desk: Ledger, sql: str) -> None:
    with desk.voucher("raw") as voucher:
        desk.database.connection.execute(sql.format(voucher.id))
        raise sqlite3.IntegrityError("nothing")
