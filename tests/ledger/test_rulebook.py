"""The rulebook: versions in time, what a rule gives, and what its caps leave."""

from datetime import date
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.errors import Ambiguous, GuardRefused, KeyTaken, NotFound
from hepartner.ledger.points import NotTaking
from hepartner.ledger.rulebook import (
    AlreadyRetired,
    BadTerms,
    BeginsAgain,
    NoRoot,
    NotInForce,
    RuleNameTaken,
    RuleWritten,
    SameTerms,
)
from hepartner.ledger.rules import (
    Claim,
    Given,
    Tally,
    Terms,
    Used,
    Version,
    capped,
    faults,
    in_force,
    points_for,
)
from hepartner.ledger.signing import SheetLine
from tests.ledger.conftest import enrol


def version(points: int = 10, per: str = "hour", **said: Any) -> Version:
    """A version without caps, in force since 2022, unless told otherwise."""
    rest = {
        "cap_activity": None, "cap_day": None, "cap_month": None, "cap_year": None, "needs_confirmer": False,
        "valid_from": "2022-01-01", "valid_to": None, "id": 1,
    }  # fmt: skip
    return Version(rule_id=1, code="PATROL", name="网格巡查", points=points, per=per, **rest | said)


def terms(points: int, per: str = "hour", **said: Any) -> Terms:
    """The same as what a version says."""
    return version(points, per, **said).terms


def patrol(ledger: Ledger, **said: Any) -> RuleWritten:
    """10 points an hour since 2022, unless told otherwise."""
    usual = {"points": 10, "per": "hour", "valid_from": date(2022, 1, 1)}
    return ledger.rulebook.add("PATROL", "网格巡查", **usual | said)


# What a rule gives


@pytest.mark.parametrize(("minutes", "points"), [(60, 10), (90, 15), (59, 9), (5, 0), (0, 0)])
def test_points_per_hour_round_down(minutes: int, points: int) -> None:
    assert points_for(version(10, "hour"), minutes) == points


def test_points_per_time_do_not_look_at_the_minutes() -> None:
    assert points_for(version(5, "time"), 240) == 5
    assert points_for(version(5, "time"), 0, times=3) == 15


def test_without_caps_everything_wanted_is_given() -> None:
    assert capped(700, version(), Used(500, 500, 500, 500)) == Given(700)


@pytest.mark.parametrize(
    ("used", "given_points"),
    [
        (Used(), Given(20, "activity")),
        (Used(activity=15), Given(5, "activity")),
        (Used(day=25), Given(5, "day")),
        (Used(activity=10, day=20), Given(10, "activity")),
        (Used(month=95), Given(5, "month")),
        (Used(year=990), Given(10, "year")),
        (Used(year=1000), Given(0, "year")),
        (Used(year=2000), Given(0, "year")),
    ],
)
def test_the_cap_that_leaves_least_bites_and_is_named(used: Used, given_points: Given) -> None:
    limits = version(cap_activity=20, cap_day=30, cap_month=100, cap_year=1000)
    assert capped(50, limits, used) == given_points


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (terms(0), "0 分不行"),
        (terms(100_001), "100001 分不行"),
        (terms(1, "week"), "计量“week”不对"),
        (terms(1, cap_month=-5), "每月上限 -5 分不行"),
        (terms(1, valid_to="2021-12-31"), "早于生效日期"),
    ],
)
def test_terms_that_can_not_be_are_told(said: Terms, sentence: str) -> None:
    (fault,) = faults(said)
    assert sentence in fault


def test_the_version_that_began_last_governs_unless_it_has_ended_and_of_one_day_the_latest_posted() -> None:
    second = version(20, id=2, valid_from="2025-01-01")
    ended = version(20, id=3, valid_from="2025-01-01", valid_to="2025-06-30")
    book = [ended, second, version(10, id=1)]
    assert in_force(book, "2024-12-31") == book[2]
    assert in_force(book, "2025-06-30") == ended
    assert in_force(book, "2025-07-01") is None
    assert in_force(book, "2021-12-31") is None


caps = st.none() | st.integers(1, 60)
capped_versions = st.builds(
    version, st.integers(1, 30), st.sampled_from(["hour", "time"]),
    cap_activity=caps, cap_day=caps, cap_month=caps, cap_year=caps,
)  # fmt: skip
DAYS = ("2025-01-30", "2025-01-31", "2025-02-01", "2026-02-01")


@st.composite
def sheets(draw: st.DrawFn) -> list[Claim]:
    """Claims of two partners under one version: activities 0 to 7 have a day each, None is an occasion by itself."""
    one = draw(capped_versions)
    lines = st.tuples(
        st.integers(1, 2), st.none() | st.integers(0, 7), st.sampled_from(DAYS), st.integers(0, 300)
    )
    return [
        Claim(partner, one, day if activity is None else DAYS[activity % 4], minutes, activity_id=activity)
        for partner, activity, day, minutes in draw(st.lists(lines, max_size=12))
    ]


@given(sheets())
def test_no_cap_is_ever_exceeded_and_no_line_gives_more_than_it_is_worth(claims: list[Claim]) -> None:
    priced = list(zip(claims, Tally().price(claims), strict=True))
    for claim, one in priced:
        wanted = points_for(claim.version, claim.minutes)
        assert 0 <= one.points <= wanted
        assert (one.cap is None) == (one.points == wanted)
    spans = {
        "cap_activity": lambda claim: claim.activity_id if claim.activity_id is not None else id(claim),
        "cap_day": lambda claim: claim.day,
        "cap_month": lambda claim: claim.day[:7],
        "cap_year": lambda claim: claim.day[:4],
    }
    for cap, span in spans.items():

        def key(pair: tuple[Claim, Given], span: Any = span) -> tuple[int, str]:
            return (pair[0].partner_id, str(span(pair[0])))

        for _, together in groupby(sorted(priced, key=key), key):
            pairs = list(together)
            limit = getattr(pairs[0][0].version, cap)
            assert limit is None or sum(one.points for _, one in pairs) <= limit


@given(sheets(), st.randoms(use_true_random=False))
def test_what_each_partner_gets_in_all_does_not_depend_on_the_order_of_the_lines(
    claims: list[Claim], random: Any
) -> None:
    def totals(lines: list[Claim]) -> dict[int, int]:
        found: dict[int, int] = {}
        for claim, one in zip(lines, Tally().price(lines), strict=True):
            found[claim.partner_id] = found.get(claim.partner_id, 0) + one.points
        return found

    shuffled = random.sample(claims, len(claims))
    assert totals(shuffled) == totals(claims)


@given(st.integers(1, 100), st.lists(st.integers(0, 600), max_size=6))
def test_many_short_lines_never_give_more_than_one_long_line(points: int, minutes: list[int]) -> None:
    one = version(points, "hour")
    together = points_for(one, sum(minutes))
    apart = sum(points_for(one, part) for part in minutes)
    assert together - len(minutes) < apart <= together or not minutes


# Versions in the ledger


def test_a_new_rule_gives_per_time_without_caps_from_today_on(ledger: Ledger) -> None:
    added = ledger.rulebook.add("help", "协助解决问题", points=20)
    assert added.version.terms == terms(20, "time", valid_from="2025-11-20")
    assert (added.version.code, added.version.name) == ("HELP", "协助解决问题")


def test_the_code_again_makes_a_version_that_changes_only_what_is_said(ledger: Ledger) -> None:
    patrol(ledger, cap_day=40, cap_year=900, needs_confirmer=True)
    changed = ledger.rulebook.add("patrol", points=12, cap_day=0, valid_from=date(2025, 1, 1)).version
    assert changed.terms == terms(12, cap_year=900, needs_confirmer=True, valid_from="2025-01-01")
    rule = ledger.rulebook.find("PATROL")
    assert ledger.rulebook.version_on(rule, "2024-12-31").points == 10
    assert ledger.rulebook.version_on(rule, date(2025, 1, 1)).points == 12
    assert [one.points for one in ledger.rulebook.listing()] == [12]
    assert [one.points for one in ledger.rulebook.listing(history=True)] == [12, 10]


def test_a_new_version_may_give_the_rule_another_name(ledger: Ledger) -> None:
    patrol(ledger)
    renamed = ledger.rulebook.add("PATROL", "夜间巡查").version
    assert (renamed.name, renamed.points) == ("夜间巡查", 10)
    assert ledger.rulebook.find("yjxc").name == "夜间巡查"


def test_a_retired_rule_ends_with_its_day_and_comes_back_with_a_new_version(ledger: Ledger) -> None:
    patrol(ledger)
    rule = ledger.rulebook.find("网格巡查")
    retired = ledger.rulebook.retire(rule, day=date(2025, 10, 31)).version
    assert (retired.points, retired.valid_to) == (10, "2025-10-31")
    assert ledger.rulebook.version_on(rule, "2025-10-31") == retired
    with pytest.raises(NotInForce, match="规则“网格巡查”（PATROL）在 2025-11-01 没有生效的版本"):
        ledger.rulebook.version_on(rule, "2025-11-01")
    with pytest.raises(AlreadyRetired):
        ledger.rulebook.retire(rule)
    again = ledger.rulebook.add("PATROL", valid_from=date(2025, 11, 10)).version
    assert again.valid_to is None
    assert ledger.rulebook.version_on(rule, "2025-11-20") == again


def test_a_version_posted_later_for_an_earlier_day_leaves_the_one_that_begins_after_it_as_prices_do(
    ledger: Ledger,
) -> None:
    patrol(ledger, points=10, valid_from=date(2025, 1, 1), cap_day=40)
    patrol(ledger, points=20, valid_from=date(2025, 6, 1), cap_day=0)
    between = patrol(ledger, points=15, valid_from=date(2025, 3, 1))
    assert (between.version.cap_day, between.followed_from) == (40, "2025-06-01"), (
        "as in the version of that day"
    )
    rule = ledger.rulebook.find("PATROL")
    days = ("2025-02-28", "2025-03-01", "2025-05-31", "2025-06-01", "2025-11-20")
    assert [ledger.rulebook.version_on(rule, day).points for day in days] == [10, 15, 15, 20, 20]
    assert [one.points for one in ledger.rulebook.listing()] == [20]
    assert [one.points for one in ledger.rulebook.listing(history=True)] == [20, 15, 10]
    first = patrol(ledger, points=5, valid_from=date(2024, 1, 1))
    assert (first.version.cap_day, first.followed_from) == (40, "2025-01-01"), "as in the earliest there is"
    with pytest.raises(SameTerms, match="已经是这样"):
        patrol(ledger, points=15, valid_from=date(2025, 4, 1))


def test_a_rule_is_retired_once_and_not_before_a_version_that_is_still_to_come(ledger: Ledger) -> None:
    rule = ledger.rulebook.find(patrol(ledger).version.code)
    patrol(ledger, points=20, valid_from=date(2025, 12, 1))
    before = ledger.database.value("SELECT count(*) FROM voucher")
    with pytest.raises(BeginsAgain, match="从 2025-12-01 起另有一版，停用到 2025-11-20 它仍会生效"):
        ledger.rulebook.retire(rule)
    assert ledger.rulebook.retire(rule, day=date(2025, 12, 31)).version.points == 20
    for again in (date(2025, 12, 31), date(2026, 3, 1)):
        with pytest.raises(AlreadyRetired, match="已经停用，用到 2025-12-31 为止，没有改动"):
            ledger.rulebook.retire(rule, day=again)
    assert ledger.database.value("SELECT count(*) FROM voucher") == before + 1
    assert ledger.rulebook.retire(rule, day=date(2025, 12, 15)).version.valid_to == "2025-12-15"
    with pytest.raises(NotInForce):
        ledger.rulebook.retire(rule, day=date(2021, 1, 1))


def test_an_undone_version_no_longer_governs(ledger: Ledger) -> None:
    first = patrol(ledger).version
    second = ledger.rulebook.add("PATROL", points=99, valid_from=date(2023, 1, 1))
    rule = ledger.rulebook.find("PATROL")
    ledger.history.undo(second.voucher)
    assert ledger.rulebook.version_on(rule, "2025-01-01") == first


@pytest.mark.parametrize(
    "text", ["PATROL", "patrol", "网格巡查", "wanggexuncha", "wgxc", "网格", "ｐａｔｒｏｌ"]
)
def test_a_rule_is_found_by_code_name_pinyin_and_initials(ledger: Ledger, text: str) -> None:
    written = patrol(ledger).version
    assert ledger.rulebook.find(text).id == written.rule_id


def test_what_names_no_rule_or_two_is_refused(ledger: Ledger) -> None:
    patrol(ledger)
    ledger.rulebook.add("PATROL2", "网格巡查二", points=1)
    ledger.rulebook.add("PATROL3", "网格巡查三", points=1)
    assert ledger.rulebook.find("网格巡查").code == "PATROL"
    with pytest.raises(Ambiguous, match="“网格巡”对应 3 个规则：PATROL 网格巡查；PATROL2"):
        ledger.rulebook.find("网格巡")
    for text in ("没有", " ", "100%"):
        with pytest.raises(NotFound):
            ledger.rulebook.find(text)


def test_rules_that_can_not_be_are_refused(ledger: Ledger) -> None:
    patrol(ledger)
    with pytest.raises(BadTerms, match="新规则“NEW”没有写给几分"):
        ledger.rulebook.add("NEW", "新规则")
    with pytest.raises(BadTerms, match="要有代码和名称"):
        ledger.rulebook.add("NEW", points=1)
    with pytest.raises(BadTerms, match="要有代码和名称"):
        ledger.rulebook.add(" ", "新规则", points=1)
    with pytest.raises(RuleNameTaken, match="已用于 PATROL"):
        ledger.rulebook.add("NEW", "网格 巡查", points=1)
    assert [one.code for one in ledger.rulebook.listing()] == ["PATROL"]


def test_without_a_top_area_there_is_no_rulebook(empty: Ledger) -> None:
    with pytest.raises(NoRoot, match="hep init"):
        empty.rulebook.add("NEW", "新规则", points=1)


def test_a_key_writes_a_rule_once(ledger: Ledger) -> None:
    patrol(ledger, key="规则一")
    with pytest.raises(KeyTaken):
        patrol(ledger, points=11, key="规则一")


def test_the_default_rulebook_is_loaded_in_one_voucher_and_only_once(ledger: Ledger) -> None:
    patrol(ledger, points=7)
    loaded = ledger.rulebook.load_default()
    listed = {one.code: one for one in ledger.rulebook.listing()}
    assert loaded.rules == len(listed) - 1 > 5
    assert listed["PATROL"].points == 7
    assert listed["ELDER"].needs_confirmer
    assert ledger.rulebook.load_default().rules == 0


@pytest.mark.parametrize(
    "change",
    [
        "points = 0",
        "per = 'week'",
        "cap_day = 0",
        "needs_confirmer = 2",
        "valid_from = '2025-02-30'",
        "valid_to = '2021-01-01'",
    ],
)
@pytest.mark.parametrize("spelling", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE"])
def test_the_database_refuses_a_version_that_can_not_be(ledger: Ledger, change: str, spelling: str) -> None:
    patrol(ledger)
    column, _, value = change.partition(" = ")
    shown = [
        name for name in ledger.shapes.columns["rule_version"] if name not in ("id", "line", "voucher_id")
    ]
    values = [value if name == column else name for name in shown]
    sql = f"""{spelling} INTO rule_version (id, voucher_id, line, {", ".join(shown)})
        SELECT 99, :voucher, 1, {", ".join(values)} FROM rule_version LIMIT 1"""
    before = ledger.database.value("SELECT count(*) FROM rule_version")
    if "IGNORE" in spelling:
        with ledger.voucher("raw") as voucher:
            ledger.database.write(sql, {"voucher": voucher.id})
    else:
        with pytest.raises(GuardRefused), ledger.voucher("raw") as voucher:
            ledger.database.write(sql, {"voucher": voucher.id})
    assert ledger.database.value("SELECT count(*) FROM rule_version") == before


def test_a_version_belongs_to_the_top_area(ledger: Ledger) -> None:
    rule = patrol(ledger).version.rule_id
    community = ledger.areas.find("XF").id
    said = (rule, *terms(5))
    with pytest.raises(GuardRefused, match="规则属于台账的最上级区域"), ledger.voucher("raw") as voucher:
        voucher.post("rule_version", ("rule_id", *Terms._fields), [(community, "2025-11-20", *said)])


# Pricing against what the ledger has


def test_an_award_by_a_rule_is_limited_by_what_the_partner_has_had_under_any_of_its_versions(
    ledger: Ledger,
) -> None:
    patrol(ledger, cap_month=30)
    partner, rule = enrol(ledger, "武玉侪"), ledger.rulebook.find("PATROL")
    ledger.points.award_by_rule(partner, rule, minutes=120, day=date(2025, 11, 3))
    ledger.rulebook.add("PATROL", cap_month=35, valid_from=date(2025, 11, 10))
    assert ledger.points.award_by_rule(partner, rule, minutes=120, day=date(2025, 11, 11)).points == 15


def test_caps_count_by_the_day_it_happened_not_by_the_month_it_counts_in(ledger: Ledger) -> None:
    patrol(ledger, cap_month=30)
    partner, rule = enrol(ledger, "武玉侪"), ledger.rulebook.find("PATROL")
    for month in ("2025-09", "2025-10"):
        ledger.periods.close([ledger.areas.find("XF")], month)
    late = ledger.points.award_by_rule(partner, rule, minutes=180, day=date(2025, 10, 31))
    assert late.points == 30
    now = ledger.rulebook.version_on(rule, "2025-11-20")
    assert ledger.rulebook.price(partner.id, now, date(2025, 11, 20), minutes=60) == Given(10)
    assert ledger.rulebook.price(partner.id, now, "2025-10-01", minutes=60) == Given(0, "month")


def test_a_reversed_award_frees_its_caps_even_if_it_was_spent(ledger: Ledger) -> None:
    patrol(ledger, cap_day=20)
    partner, rule = enrol(ledger, "武玉侪"), ledger.rulebook.find("PATROL")
    ledger.points.award_by_rule(partner, rule, minutes=120)
    ledger.points.deduct(partner, 15, reason="核查")
    award = ledger.database.value("SELECT min(id) FROM entry")
    assert ledger.points.reverse(award).shortfall == 15
    trial = ledger.rulebook.trial(rule, partner, minutes=120)
    assert (trial.used, trial.given) == (Used(), Given(20))


def test_points_outside_the_rule_do_not_use_its_caps(ledger: Ledger) -> None:
    patrol(ledger, cap_day=20)
    partner, rule = enrol(ledger, "武玉侪"), ledger.rulebook.find("PATROL")
    ledger.points.award(partner, 500)
    other = ledger.rulebook.add("OTHER", "其他", points=9).version
    ledger.points.award_by_rule(partner, ledger.rulebook.find("OTHER"))
    assert other.points == 9
    assert ledger.rulebook.trial(rule, partner, minutes=60).used == Used()


def test_a_trial_shows_what_would_be_given_and_which_cap_bites_and_writes_nothing(ledger: Ledger) -> None:
    patrol(ledger, cap_activity=30, cap_day=40)
    partner, rule = enrol(ledger, "武玉侪"), ledger.rulebook.find("PATROL")
    activity = ledger.activities.add(Particulars(partner.community_id, "2025-11-20", "夜间巡查")).activity
    ledger.sheets.sign(activity, [SheetLine(partner, 180)], rule)
    before = ledger.anchor
    trial = ledger.rulebook.trial(rule, partner, minutes=120)
    assert (trial.wanted, trial.used, trial.given) == (20, Used(0, 30, 30, 30), Given(10, "day"))
    assert ledger.anchor == before


def test_a_partner_who_takes_no_awards_can_not_be_tried(ledger: Ledger) -> None:
    patrol(ledger)
    partner = enrol(ledger, "武玉侪")
    ledger.membership.suspend(partner)
    with pytest.raises(NotTaking):
        ledger.rulebook.trial(ledger.rulebook.find("PATROL"), ledger.partners.get(partner.id), minutes=60)


# Merged partners are one person


@pytest.mark.parametrize("span", ["day", "month", "year"])
def test_what_a_merged_card_earned_counts_against_the_caps_of_who_stays(ledger: Ledger, span: str) -> None:
    twin, middle, stays = (
        enrol(ledger, "王方"),
        enrol(ledger, "王芳芳"),
        enrol(ledger, "王芳", community="HP"),
    )
    rule = ledger.rulebook.find(patrol(ledger, per="time", **{f"cap_{span}": 25}).version.code)
    day = date(2025, 11, 5)
    for one in (twin, stays):
        assert ledger.points.award_by_rule(one, rule, day=day).points == 10
    ledger.membership.merge(twin, middle)
    merged = ledger.membership.merge(middle, stays)
    assert ledger.points.award_by_rule(stays, rule, day=day).points == 5
    assert ledger.rulebook.trial(rule, stays, day=day).given == Given(0, span)
    ledger.history.undo(merged.voucher)
    assert ledger.rulebook.trial(rule, stays, day=day).given == Given(10), (
        "10 and 5 of its own, so 10 are left"
    )


def test_an_activitys_cap_counts_both_lines_of_one_who_was_on_its_sheet_twice(ledger: Ledger) -> None:
    rule = ledger.rulebook.find(patrol(ledger, cap_activity=20, needs_confirmer=True).version.code)
    twin, stays = enrol(ledger, "王方"), enrol(ledger, "王芳")
    event = Particulars(twin.community_id, "2025-11-05", "夜间巡查")
    activity = ledger.activities.add(event).activity
    ledger.sheets.sign(activity, [SheetLine(one, 90) for one in (twin, stays)], rule)
    ledger.sheets.confirm(ledger.sheets.waiting()[:1])
    ledger.membership.merge(twin, stays)
    (confirmed,) = ledger.sheets.confirm(activity).lines
    assert (confirmed.points, confirmed.cap) == (5, "activity")


def test_an_award_whose_complaint_was_undone_counts_in_full_though_it_was_spent(ledger: Ledger) -> None:
    rule = ledger.rulebook.find(patrol(ledger, cap_day=10).version.code)
    wu = enrol(ledger, "武玉侪")
    activity = ledger.activities.add(Particulars(wu.community_id, "2025-11-05", "夜间巡查")).activity
    ledger.sheets.sign(activity, [SheetLine(wu, 60)], rule)
    ledger.points.deduct(wu, 7, reason="未到")
    complaint = ledger.sheets.complain(ledger.sheets.line_of(activity, wu), "没有来")
    assert (complaint.taken, complaint.shortfall) == (3, 7)
    day = date(2025, 11, 5)
    assert ledger.rulebook.trial(rule, wu, minutes=60, day=day).given == Given(10)
    ledger.history.undo(complaint.voucher)
    assert ledger.rulebook.trial(rule, wu, minutes=60, day=day).given == Given(0, "day")
