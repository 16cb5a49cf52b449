"""A month that a community has closed says the same for ever, and no partner counts twice in a month between."""

from datetime import date, datetime

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.areas import Area
from hepartner.ledger.counts.shape import stays
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.undo import NothingToUndo
from hepartner.reports.readings import Readings
from tests.ledger.conftest import CHINA, Clock, enrol

SEPTEMBER, OCTOBER, NOVEMBER = (Span.month(month) for month in ("2025-09", "2025-10", "2025-11"))


def sign(ledger: Ledger, community: Area, day: str, *partners: Partner) -> int:
    """Let partners sign at an activity; return the sheet's voucher."""
    activity = ledger.activities.add(Event(community.id, day, "清扫")).activity
    return ledger.sheets.sign(activity, [SheetLine(partner, 60) for partner in partners]).voucher or 0


@pytest.fixture
def xingfu(ledger: Ledger) -> Area:
    return ledger.areas.find("XF")


@pytest.fixture
def heping(ledger: Ledger) -> Area:
    return ledger.areas.find("HP")


def people(ledger: Ledger, span: Span) -> int:
    return len(ledger.counts.distinct("activities.people", span))


def individuals(ledger: Ledger, month: Span) -> int:
    return sum(ledger.counts.additive("partners.individual", month).values())


def test_a_merger_counts_when_every_community_is_open_and_leaves_the_heads_of_closed_months(
    ledger: Ledger, heping: Area
) -> None:
    one, other = enrol(ledger, "陈一"), enrol(ledger, "陈二")
    sign(ledger, heping, "2025-10-05", one, other)
    ledger.periods.close([heping], "2025-10")
    ledger.membership.merge(one, other, day=date(2025, 10, 25))
    assert people(ledger, OCTOBER) == 2
    assert people(ledger, Span.in_all("2025-11")) == 1


def test_undoing_a_merger_leaves_the_heads_of_months_closed_since(
    ledger: Ledger, clock: Clock, xingfu: Area, heping: Area
) -> None:
    one, other = enrol(ledger, "陈一"), enrol(ledger, "陈二")
    sign(ledger, heping, "2025-10-05", one, other)
    merged = ledger.membership.merge(one, other, day=date(2025, 10, 25)).voucher
    ledger.periods.close([heping], "2025-10")
    assert ledger.periods.closed_through(xingfu.id) == ""
    ledger.history.undo(merged)
    assert people(ledger, OCTOBER) == 1
    clock.now = datetime(2025, 12, 2, 10, tzinfo=CHINA)
    assert people(ledger, Span.in_all("2025-11")) == 2


def test_a_move_counts_in_both_communities_in_one_month(ledger: Ledger, xingfu: Area, heping: Area) -> None:
    partner = enrol(ledger, "陈一")
    ledger.periods.close([xingfu], "2025-10")
    ledger.membership.move(partner, heping, day=date(2025, 10, 25))
    assert ledger.counts.additive("partners.individual", OCTOBER) == {xingfu.id: 1}
    assert ledger.counts.additive("partners.individual", NOVEMBER) == {xingfu.id: 0, heping.id: 1}


def test_undoing_a_move_counts_in_both_communities_in_one_month_points_and_all(
    ledger: Ledger, xingfu: Area, heping: Area
) -> None:
    partner = enrol(ledger, "陈一")
    ledger.points.award(partner, 10, day=date(2025, 9, 1))
    moved = ledger.membership.move(partner, heping, day=date(2025, 10, 25)).voucher
    ledger.periods.close([xingfu], "2025-10")
    ledger.history.undo(moved)
    assert [individuals(ledger, month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)] == [1, 1, 1]
    assert ledger.counts.additive("partners.individual", NOVEMBER) == {xingfu.id: 1, heping.id: 0}
    assert ledger.counts.additive("points.balance", NOVEMBER) == {xingfu.id: 10, heping.id: 0}


def test_a_merger_of_one_who_left_counts_coming_back_and_merging_in_one_month(
    ledger: Ledger, heping: Area
) -> None:
    one, other = enrol(ledger, "陈一"), enrol(ledger, "陈二")
    ledger.membership.leave(one, day=date(2025, 10, 1))
    ledger.periods.close([heping], "2025-10")
    ledger.membership.merge(one, other, day=date(2025, 10, 25))
    assert [individuals(ledger, month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)] == [2, 1, 1]


def test_heads_of_a_month_stand_when_a_line_of_an_earlier_closed_month_is_taken_back_in_it(
    ledger: Ledger, xingfu: Area
) -> None:
    partner = enrol(ledger, "陈一")
    october = sign(ledger, xingfu, "2025-10-05", partner)
    ledger.periods.close([xingfu], "2025-10")
    sign(ledger, xingfu, "2025-11-05", partner)
    ledger.history.undo(october)
    assert ledger.counts.additive("activities.attendance", NOVEMBER) == {xingfu.id: 0}
    assert people(ledger, NOVEMBER) == 1
    headings, rows = ledger.counts.rows("activities.people", NOVEMBER, [xingfu.id])
    assert [row[headings.index("日期")] for row in rows] == ["2025-11-05"]


def test_partners_merged_into_each_other_as_seen_from_a_month_are_one_person() -> None:
    assert {stays(partner, {1: 2, 2: 1, 3: 2}) for partner in (1, 2, 3)} == {1}
    assert stays(4, {4: 7, 7: 9}) == 9


def test_a_community_that_closed_a_month_is_kept_by_undo_so_that_the_month_counts_it(ledger: Ledger) -> None:
    district, street = ledger.areas.find("HC"), ledger.areas.find("YM")
    added = ledger.areas.add("community", "新村社区", parent=street, since=date(2025, 1, 1))
    closing = ledger.periods.close([added.area], "2025-09")
    with pytest.raises(NothingToUndo, match=f"之后的凭证 V{closing}（结账）要用到它"):
        ledger.history.undo(added.voucher)
    assert Readings(ledger).value("areas.community", district, SEPTEMBER) == 3
    ledger.periods.reopen([added.area], "2025-09")
    ledger.history.undo(added.voucher)
    assert Readings(ledger).value("areas.community", district, SEPTEMBER) == 2


AMOUNTS = {
    "activities.held": "计数", "hours.served": "分钟", "points.awarded": "计数", "partners.individual": "计数",
}  # fmt: skip


@pytest.mark.parametrize(("code", "heading"), AMOUNTS.items(), ids=AMOUNTS)
def test_the_last_column_of_a_figure_s_rows_says_what_each_adds(
    ledger: Ledger, xingfu: Area, code: str, heading: str
) -> None:
    partner = enrol(ledger, "陈一")
    ledger.history.undo(sign(ledger, xingfu, "2025-11-05", partner))
    sign(ledger, xingfu, "2025-11-06", partner)
    ledger.points.award(partner, 10)
    headings, rows = ledger.counts.rows(code, NOVEMBER, [xingfu.id])
    assert headings[-1] == heading
    assert sum(row[-1] for row in rows) == ledger.counts.additive(code, NOVEMBER)[xingfu.id]


def test_a_category_that_issues_were_reported_in_is_kept_by_undo_so_that_reports_list_it(
    ledger: Ledger, xingfu: Area
) -> None:
    added = ledger.issues.categories.set("LAMP", name="路灯", days=5)
    reported = ledger.issues.report(added.categories[0], "路灯不亮", xingfu).voucher
    with pytest.raises(NothingToUndo, match=f"问题类别 LAMP：之后的凭证 V{reported}"):
        ledger.history.undo(added.voucher)
    assert ledger.issues.categories.find("LAMP").name == "路灯"


def test_what_undo_gives_again_counts_where_it_was_taken_back_though_its_own_month_is_open_again(
    ledger: Ledger, xingfu: Area
) -> None:
    ledger.points.award(enrol(ledger, "陈一"), 10, day=date(2025, 10, 5))
    ledger.periods.close([xingfu], "2025-10")
    reversed_in = ledger.points.reverse(1).voucher
    ledger.periods.reopen([xingfu], "2025-10")
    ledger.history.undo(reversed_in)
    counted = [
        ledger.counts.additive("points.awarded", month).get(xingfu.id) for month in (OCTOBER, NOVEMBER)
    ]
    assert counted == [10, 0]


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """A ledger in which every community closed September and October, 和平社区 August too."""
    everywhere = ledger.areas.communities()
    ledger.periods.close([ledger.areas.find("HP")], "2025-08")
    for month in ("2025-09", "2025-10"):
        ledger.periods.close(everywhere, month)
    return ledger


def founded(ledger: Ledger) -> tuple[Area, int]:
    """Add a community that is said to be there since October; return it and its voucher."""
    subdistrict = ledger.areas.find("驿马街道")
    since = date(2025, 10, 1)
    added = ledger.areas.add("community", "新社区", parent=subdistrict, code="NEW", since=since)
    return added.area, added.voucher


def test_a_community_added_later_leaves_the_months_that_were_reported_without_it(told: Ledger) -> None:
    before = told.counts.additive("areas.community", OCTOBER)
    new, _ = founded(told)
    partner = enrol(told, "李梅", community="NEW", joined_on="2025-10-05")
    told.points.award(partner, 9, day=date(2025, 10, 6))
    assert told.counts.additive("areas.community", OCTOBER) == before
    assert told.counts.additive("points.awarded", OCTOBER) == {}
    assert told.counts.additive("points.awarded", NOVEMBER) == {new.id: 9}
    assert told.counts.additive("areas.community", NOVEMBER)[new.id] == 1


def test_a_month_opened_again_everywhere_is_open_in_the_new_community_too_and_no_other(told: Ledger) -> None:
    new, _ = founded(told)
    told.periods.reopen(told.areas.communities(), "2025-10")
    assert told.periods.closed_through(new.id) == "2025-09"
    told.periods.close(told.areas.communities(), "2025-10")
    assert told.periods.closed_through(new.id) == "2025-10"


def test_where_a_neighbour_has_not_closed_the_new_community_has_not_either(ledger: Ledger) -> None:
    ledger.periods.close([ledger.areas.find("HP")], "2025-10")
    new, _ = founded(ledger)
    assert ledger.periods.closed_through(new.id) == ""


def test_a_new_community_is_undone_with_its_closed_months(told: Ledger) -> None:
    new, voucher = founded(told)
    told.history.undo(voucher)
    assert new.id not in {area.id for area in told.areas.communities()}
    assert told.counts.additive("areas.community", NOVEMBER).get(new.id, 0) == 0


def test_a_new_community_that_was_used_stays_closed_when_its_adding_is_undone(told: Ledger) -> None:
    new, voucher = founded(told)
    enrol(told, "李梅", community="NEW", joined_on="2025-10-05")
    with pytest.raises(NothingToUndo):
        told.history.undo(voucher)
    assert told.periods.closed_through(new.id) == "2025-10"


def test_an_issue_brought_in_after_its_deadlines_month_was_closed_is_on_time_or_not_once(
    ledger: Ledger, xingfu: Area, heping: Area
) -> None:
    ledger.issues.load_default()
    ledger.periods.close([xingfu, heping], "2025-10")
    issues, lamp = ledger.issues, ledger.issues.categories.find("LAMP")
    late = issues.report(lamp, "路灯不亮", xingfu, day=date(2025, 10, 1)).issue
    issues.resolve(late, day=date(2025, 11, 3))

    def on_time(span: Span) -> dict[int, tuple[int, int]]:
        return ledger.counts.ratio("issues.on_time_rate", span)

    year, nothing = Span("2025-01", "2025-12"), dict[int, tuple[int, int]]()
    assert late.due_on == "2025-10-06"
    assert [on_time(span) for span in (OCTOBER, NOVEMBER, year)] == [
        nothing,
        {xingfu.id: (0, 1)},
        {xingfu.id: (0, 1)},
    ]


def test_an_edit_after_the_close_makes_no_deadline_fall_due_again(ledger: Ledger, xingfu: Area) -> None:
    ledger.issues.load_default()
    issues, lamp = ledger.issues, ledger.issues.categories.find("LAMP")
    early = issues.report(lamp, "路灯不亮", xingfu, day=date(2025, 10, 1)).issue
    ledger.periods.close([xingfu], "2025-10")
    issues.edit(early, category=issues.categories.find("WATER").code)
    counts = [ledger.counts.ratio("issues.on_time_rate", span) for span in (OCTOBER, NOVEMBER)]
    assert counts == [{xingfu.id: (0, 1)}, {}]
