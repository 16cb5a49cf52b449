"""Sign-in sheets: who may stand on them, what they give, what waits to be confirmed, and complaints."""

from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Activity, Particulars
from hepartner.ledger.errors import AlreadyRecorded, Ambiguous, NotFound
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.rulebook import Rule
from hepartner.ledger.signing import (
    BadSheet,
    EmptySheet,
    Fault,
    Line,
    NoLongerStands,
    NothingWaits,
    SheetLine,
    Signed,
    SignIn,
)
from hepartner.ledger.sources import Source
from hepartner.ledger.vouchers import Origin
from tests.ledger.conftest import Clock, enrol

ALWAYS = ("2022-01-01", "2025-12-31")


def held(
    ledger: Ledger, name: str = "夜间巡查", *, day: str = "2025-11-18", community: str = "XF"
) -> Activity:
    """An activity in 幸福里社区 on 2025-11-18, unless told otherwise."""
    said = Particulars(ledger.areas.find(community).id, day, name, "patrol")
    return ledger.activities.add(said).activity


def rule(ledger: Ledger, code: str = "PATROL", **said: Any) -> Rule:
    """A rule of 10 points an hour since 2022, unless told otherwise."""
    usual = {"points": 10, "per": "hour", "valid_from": date(2022, 1, 1)}
    ledger.rulebook.add(code, f"规则{code}", **usual | said)
    return ledger.rulebook.find(code)


def balance(ledger: Ledger, partner: Partner) -> int:
    """The partner's points now."""
    return ledger.points.balance(ledger.partners.get(partner.id))


def given_by(signed: Signed) -> list[tuple[str, int, str | None]]:
    """Who got how much, and which cap cut it."""
    return [(line.partner, line.points, line.cap) for line in signed.lines]


def counted(ledger: Ledger, code: str, month: str = "2025-11") -> int:
    """A figure of all communities in a month."""
    return sum(ledger.counts.additive(code, Span.month(month)).values())


# Who may stand on a sheet


def test_every_line_that_can_not_be_is_told_and_nothing_is_written(ledger: Ledger) -> None:
    activity, patrol = held(ledger), rule(ledger)
    left, late, merged, stays = (enrol(ledger, name) for name in ("已走", "后来", "重复", "原本"))
    ledger.membership.leave(left, day=date(2025, 11, 1))
    late = ledger.partners.edit(late, joined_on="2025-11-19").partner
    ledger.membership.merge(merged, stays)
    lines = [SheetLine(partner, 60) for partner in (left, late, merged, stays)]
    before = ledger.anchor
    with pytest.raises(BadSheet) as refused:
        ledger.sheets.sign(activity, lines, patrol)
    assert refused.value.faults == (
        Fault(0, "已走（XF-P0001）2025-11-01 已退出"),
        Fault(1, "后来（XF-P0002）2025-11-19 才加入"),
        Fault(2, "重复（XF-P0003）已并入 XF-P0004，请改用 XF-P0004"),
    )
    assert str(refused.value).startswith("“夜间巡查”的签到有 3 处不对，没有记账：第 1 行 已走")
    assert ledger.anchor == before


def test_of_many_wrong_lines_the_first_are_told(ledger: Ledger) -> None:
    activity = held(ledger)
    partner = enrol(ledger, "武玉侪", joined_on="2025-11-19")
    with pytest.raises(BadSheet, match=r"有 7 处不对.*第 5 行 [^；]*等。请改正后重签。"):
        ledger.sheets.sign(activity, [SheetLine(partner, 60)] * 7, again=True)


def test_a_partner_whose_enrolment_was_undone_can_not_be_signed(ledger: Ledger) -> None:
    activity = held(ledger)
    partner = enrol(ledger, "武玉侪")
    ledger.history.undo(ledger.history.log(limit=1)[0].voucher)
    with pytest.raises(BadSheet, match="武玉侪（XF-P0001）的登记已撤销"):
        ledger.sheets.sign(activity, [SheetLine(partner, 60)])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"minutes": -1}, "时长 -1 分钟不行"),
        ({"minutes": 1441}, "时长 1441 分钟不行"),
        ({"role": "chief"}, "角色“chief”不对"),
    ],
)
def test_impossible_minutes_and_roles_are_refused(ledger: Ledger, line: dict[str, Any], why: str) -> None:
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(BadSheet, match=why):
        ledger.sheets.sign(held(ledger), [SheetLine(partner, **{"minutes": 60} | line)])


def test_a_rule_that_is_not_in_force_on_the_day_is_refused(ledger: Ledger) -> None:
    partner, new = enrol(ledger, "武玉侪"), rule(ledger, valid_from=date(2025, 11, 19))
    with pytest.raises(BadSheet, match="所用的规则在 2025-11-18 没有生效的版本"):
        ledger.sheets.sign(held(ledger), [SheetLine(partner, 60)], new)


def test_an_empty_sheet_is_refused(ledger: Ledger) -> None:
    with pytest.raises(EmptySheet, match="“夜间巡查”的签到表是空的"):
        ledger.sheets.sign(held(ledger), [])


def test_a_partner_stands_on_a_sheet_twice_only_if_told(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    with pytest.raises(BadSheet, match="第 2 行 武玉侪（XF-P0001）已经签到，确是两次请加 --again"):
        ledger.sheets.sign(activity, [SheetLine(partner, 60), SheetLine(partner, 30)])
    ledger.sheets.sign(activity, [SheetLine(partner, 60)])
    with pytest.raises(BadSheet, match="第 1 行 武玉侪（XF-P0001）已经签到"):
        ledger.sheets.sign(activity, [SheetLine(partner, 30)])
    ledger.sheets.sign(activity, [SheetLine(partner, 30)], again=True)
    assert [line.minutes for line in ledger.sheets.lines(activity)] == [60, 30]
    with pytest.raises(Ambiguous, match="请用 --line 写明是第几行") as refused:
        ledger.sheets.line_of(activity, partner)
    assert "第 1 行 XF-P0001 60 分钟，参与，0 分（已计）；第 2 行 XF-P0001 30 分钟" in str(refused.value)
    assert ledger.sheets.line_of(activity, partner, 2).minutes == 30
    with pytest.raises(NotFound, match="没有找到签到“武玉侪 第 3 行”"):
        ledger.sheets.line_of(activity, partner, 3)
    ledger.choose = lambda asked, shown: len(shown) - 1 if asked == "是 武玉侪 的哪一行签到？" else 0
    assert ledger.sheets.line_of(activity, partner).minutes == 30


def test_a_line_keeps_its_number_whatever_is_taken_back_or_added(ledger: Ledger) -> None:
    activity, partners = held(ledger), [enrol(ledger, name) for name in "甲乙丙"]
    first = ledger.sheets.sign(activity, [SheetLine(partners[0], 60)])
    ledger.sheets.sign(activity, [SheetLine(partner, 60) for partner in partners[1:]])
    ledger.history.undo(first.voucher)
    assert [(line.number, line.partner) for line in ledger.sheets.lines(activity)] == [(2, "乙"), (3, "丙")]
    ledger.sheets.complain(ledger.sheets.line_of(activity, partners[1]), "没有到场")
    ledger.sheets.sign(activity, [SheetLine(partners[0], 60)])
    assert [(line.number, line.partner) for line in ledger.sheets.lines(activity)] == [
        (2, "乙"), (3, "丙"), (4, "甲"),
    ]  # fmt: skip


def test_a_line_given_again_has_the_number_and_the_place_it_had(ledger: Ledger) -> None:
    activity, partners = held(ledger), [enrol(ledger, name) for name in "甲乙丙"]
    sheet = ledger.sheets.sign(activity, [SheetLine(partner, 60) for partner in partners])
    for _ in range(2):
        complaint = ledger.sheets.complain(ledger.sheets.line_of(activity, partners[1], 2), "没有到场")
        ledger.history.undo(complaint.voucher)
        assert numbered(ledger, activity) == [
            (1, "甲", "counted"),
            (2, "乙", "counted"),
            (3, "丙", "counted"),
        ]
    ledger.sheets.complain(ledger.sheets.line_of(activity, partners[0]), "没有到场")
    undone = ledger.history.undo(sheet.voucher)
    assert numbered(ledger, activity) == [(1, "甲", "complained")]
    ledger.sheets.sign(activity, [SheetLine(partners[1], 30)])
    ledger.history.undo(undone.voucher)
    assert numbered(ledger, activity) == [
        (1, "甲", "complained"), (2, "乙", "counted"), (3, "丙", "counted"), (4, "乙", "counted"),
    ]  # fmt: skip


def test_lines_that_wait_keep_their_numbers_too(ledger: Ledger) -> None:
    activity, partners = held(ledger), [enrol(ledger, name) for name in "甲乙"]
    waits = rule(ledger, needs_confirmer=True)
    sheet = ledger.sheets.sign(activity, [SheetLine(partner, 60) for partner in partners], waits)
    ledger.history.undo(ledger.history.undo(sheet.voucher).voucher)
    confirmed = ledger.sheets.confirm([ledger.sheets.line_of(activity, partners[0])])
    ledger.history.undo(confirmed.voucher)
    assert [(line.number, line.partner) for line in ledger.sheets.waiting()] == [(1, "甲"), (2, "乙")]


def numbered(ledger: Ledger, activity: Activity) -> list[tuple[int, str, str]]:
    return [(line.number, line.partner, line.state) for line in ledger.sheets.lines(activity)]


# What a sheet gives


def test_a_whole_sheet_is_one_voucher_that_counts_hours_and_awards_by_the_rulebook(ledger: Ledger) -> None:
    activity, patrol = held(ledger), rule(ledger, cap_activity=25)
    speaker = rule(ledger, "CLASS", points=7, per="time")
    first, second, third = (enrol(ledger, name) for name in ("武玉侪", "覃秀英", "韦国强"))
    signed = ledger.sheets.sign(
        activity,
        [SheetLine(first, 95), SheetLine(second, 180), SheetLine(third, 60, "speaker", speaker)],
        patrol,
    )
    assert given_by(signed) == [("武玉侪", 15, None), ("覃秀英", 25, "activity"), ("韦国强", 7, None)]
    assert (signed.points, signed.waiting) == (47, 0)
    assert [balance(ledger, partner) for partner in (first, second, third)] == [15, 25, 7]
    assert counted(ledger, "activities.attendance") == 3
    assert counted(ledger, "hours.served") == 335
    assert ledger.history.log(limit=1)[0].facts == 6


def test_a_line_without_a_rule_gives_hours_and_no_points(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    assert given_by(ledger.sheets.sign(activity, [SheetLine(partner, 120)])) == [("武玉侪", 0, None)]
    (line,) = ledger.sheets.lines(activity)
    assert (line.minutes, line.rule, line.points, line.state) == (120, "", 0, "counted")
    assert balance(ledger, partner) == 0


def test_a_line_too_short_for_a_point_stands_without_an_award(ledger: Ledger) -> None:
    activity, partner, patrol = held(ledger), enrol(ledger, "武玉侪"), rule(ledger)
    assert ledger.sheets.sign(activity, [SheetLine(partner, 5)], patrol).points == 0
    assert [line.rule_code for line in ledger.sheets.lines(activity)] == ["PATROL"]


def test_the_lines_of_one_sheet_use_up_a_cap_together_and_later_sheets_go_on_from_there(
    ledger: Ledger,
) -> None:
    patrol, partner = rule(ledger, cap_activity=30, cap_day=50), enrol(ledger, "武玉侪")
    morning, evening = held(ledger, "早巡"), held(ledger, "晚巡")
    lines = [SheetLine(partner, 120), SheetLine(partner, 120)]
    assert given_by(ledger.sheets.sign(morning, lines, patrol, again=True)) == [
        ("武玉侪", 20, None),
        ("武玉侪", 10, "activity"),
    ]
    assert given_by(ledger.sheets.sign(evening, lines[:1], patrol)) == [("武玉侪", 20, None)]
    assert given_by(ledger.sheets.sign(evening, lines[:1], patrol, again=True)) == [("武玉侪", 0, "day")]


def test_past_sheets_keep_the_version_of_their_day(ledger: Ledger) -> None:
    patrol, partner = rule(ledger), enrol(ledger, "武玉侪")
    ledger.rulebook.add("PATROL", points=20, valid_from=date(2025, 11, 15))
    old, new = held(ledger, day="2025-11-14"), held(ledger, day="2025-11-15")
    assert ledger.sheets.sign(old, [SheetLine(partner, 60)], patrol).points == 10
    assert ledger.sheets.sign(new, [SheetLine(partner, 60)], patrol).points == 20


def test_a_sheet_of_a_closed_month_counts_in_the_next_open_one(ledger: Ledger) -> None:
    activity, partner, patrol = held(ledger, day="2025-10-20"), enrol(ledger, "武玉侪"), rule(ledger)
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    ledger.sheets.sign(activity, [SheetLine(partner, 60)], patrol)
    assert (
        counted(ledger, "activities.attendance", "2025-10"),
        counted(ledger, "activities.attendance"),
    ) == (0, 1)
    assert (counted(ledger, "points.awarded", "2025-10"), counted(ledger, "points.awarded")) == (0, 10)


def test_a_sign_in_bears_the_activitys_community_and_the_award_the_partners(ledger: Ledger) -> None:
    guest, patrol = enrol(ledger, "覃秀英", community="HP"), rule(ledger)
    ledger.sheets.sign(held(ledger), [SheetLine(guest, 60)], patrol)
    attendance = ledger.counts.additive("activities.attendance", Span.month("2025-11"))
    awarded = ledger.counts.additive("points.awarded", Span.month("2025-11"))
    assert attendance.get(ledger.areas.find("XF").id) == 1
    assert awarded.get(ledger.areas.find("HP").id) == 10


def test_a_rehearsed_sheet_gives_what_signing_gives_and_writes_nothing(ledger: Ledger) -> None:
    activity, partner, patrol = held(ledger), enrol(ledger, "武玉侪"), rule(ledger, cap_day=15)
    before = ledger.anchor
    with ledger.rehearsal():
        rehearsed = ledger.sheets.sign(activity, [SheetLine(partner, 120)], patrol)
        with pytest.raises(BadSheet):
            ledger.sheets.sign(activity, [SheetLine(partner, 120)], patrol)
    assert ledger.anchor == before
    assert rehearsed == ledger.sheets.sign(activity, [SheetLine(partner, 120)], patrol)


def test_a_key_signs_a_sheet_once(ledger: Ledger) -> None:
    activity, partner, patrol = held(ledger), enrol(ledger, "武玉侪"), rule(ledger)
    first = ledger.sheets.sign(activity, [SheetLine(partner, 60)], patrol, key="表一")
    with pytest.raises(AlreadyRecorded) as again:
        ledger.sheets.sign(activity, [SheetLine(partner, 60)], patrol, key="表一")
    assert again.value.voucher_id == first.voucher
    assert balance(ledger, partner) == 10


def test_an_undone_sheet_takes_back_hours_and_points_and_frees_the_caps(ledger: Ledger) -> None:
    activity, partner, patrol = held(ledger), enrol(ledger, "武玉侪"), rule(ledger, cap_day=10)
    signed = ledger.sheets.sign(activity, [SheetLine(partner, 60)], patrol)
    ledger.history.undo(signed.voucher or 0)
    assert balance(ledger, partner) == counted(ledger, "hours.served") == 0
    assert ledger.sheets.lines(activity) == []
    assert ledger.sheets.sign(activity, [SheetLine(partner, 60)], patrol).points == 10


# Confirming


def elder(ledger: Ledger, **said: Any) -> Rule:
    """A rule of 20 points an hour that wants a confirmer."""
    return rule(ledger, "ELDER", **{"points": 20, "needs_confirmer": True} | said)


def test_where_the_rule_wants_a_confirmer_points_wait_and_are_listed(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    signed = ledger.sheets.sign(activity, [SheetLine(partner, 60)], elder(ledger))
    assert (signed.points, signed.waiting) == (0, 1)
    assert (balance(ledger, partner), counted(ledger, "hours.served")) == (0, 60)
    (line,) = ledger.sheets.waiting()
    assert (line.activity, line.partner, line.state) == ("夜间巡查", "武玉侪", "waiting")
    assert (
        ledger.sheets.waiting(ledger.areas.find("XF")) == ledger.sheets.waiting(ledger.areas.root()) == [line]
    )
    assert ledger.sheets.waiting(ledger.areas.find("HP")) == []


def test_confirming_awards_on_the_activitys_day_with_the_caps_that_bite_then(
    ledger: Ledger, clock: Clock
) -> None:
    visit, partner = elder(ledger, cap_day=30), enrol(ledger, "武玉侪")
    morning, evening = held(ledger, "早访"), held(ledger, "晚访")
    for activity in (morning, evening):
        ledger.sheets.sign(activity, [SheetLine(partner, 60)], visit)
    clock.now = clock.now.replace(month=12, day=5)
    assert given_by(ledger.sheets.confirm(evening)) == [("武玉侪", 20, None)]
    assert given_by(ledger.sheets.confirm(morning)) == [("武玉侪", 10, "day")]
    days = ledger.database.rows("SELECT happened_on, points FROM entry")
    assert days == [("2025-11-18", 20), ("2025-11-18", 10)]
    assert (
        ledger.database.rows("SELECT happened_on, counted_in FROM confirmation")
        == [("2025-12-05", "2025-12")] * 2
    )
    assert ledger.sheets.waiting() == []
    assert [line.state for line in ledger.sheets.lines(morning)] == ["confirmed"]


def test_only_the_lines_given_are_confirmed(ledger: Ledger) -> None:
    activity, visit = held(ledger), elder(ledger)
    first, second = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    ledger.sheets.sign(activity, [SheetLine(first, 60), SheetLine(second, 60)], visit)
    line = ledger.sheets.line_of(activity, second)
    assert given_by(ledger.sheets.confirm([line])) == [("覃秀英", 20, None)]
    assert [one.partner for one in ledger.sheets.waiting(activity=activity)] == ["武玉侪"]
    with pytest.raises(NothingWaits, match="“夜间巡查”没有等确认的签到"):
        ledger.sheets.confirm([line])


def test_a_confirmation_that_leaves_nothing_under_the_cap_still_stands(ledger: Ledger) -> None:
    activity, partner, visit = held(ledger), enrol(ledger, "武玉侪"), elder(ledger, cap_day=20)
    ledger.sheets.sign(activity, [SheetLine(partner, 60), SheetLine(partner, 60)], visit, again=True)
    assert given_by(ledger.sheets.confirm(activity)) == [("武玉侪", 20, None), ("武玉侪", 0, "day")]
    assert ledger.sheets.waiting() == []


def test_where_nothing_waits_nothing_is_confirmed(ledger: Ledger) -> None:
    activity = held(ledger)
    ledger.sheets.sign(activity, [SheetLine(enrol(ledger, "武玉侪"), 60)], rule(ledger))
    with pytest.raises(NothingWaits):
        ledger.sheets.confirm(activity)


def test_who_was_merged_meanwhile_gets_the_points_where_it_was_merged_into(ledger: Ledger) -> None:
    activity, visit = held(ledger), elder(ledger)
    twin, middle, stays = enrol(ledger, "武玉侪"), enrol(ledger, "武玉侨"), enrol(ledger, "武玉桥")
    ledger.sheets.sign(activity, [SheetLine(twin, 60)], visit)
    ledger.membership.merge(twin, middle)
    ledger.membership.merge(middle, stays)
    ledger.sheets.confirm(activity)
    assert [balance(ledger, partner) for partner in (twin, middle, stays)] == [0, 0, 20]


def test_a_line_of_who_was_merged_is_found_under_who_it_became(ledger: Ledger) -> None:
    activity, twin, stays = held(ledger), enrol(ledger, "武玉侨"), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(twin, 90)], rule(ledger))
    ledger.membership.merge(twin, stays)
    with pytest.raises(BadSheet, match="武玉侪（XF-P0002）已经签到"):
        ledger.sheets.sign(activity, [SheetLine(stays, 60)])
    assert ledger.statements.minutes(stays) == 90
    complaint = ledger.sheets.complain(ledger.sheets.line_of(activity, stays), "没有来")
    assert (complaint.taken, balance(ledger, stays), ledger.statements.minutes(stays)) == (15, 0, 0)


def test_an_undone_confirmation_lets_the_line_wait_again(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(partner, 60)], elder(ledger))
    confirmed = ledger.sheets.confirm(activity)
    ledger.history.undo(confirmed.voucher or 0)
    assert balance(ledger, partner) == 0
    assert [line.state for line in ledger.sheets.waiting()] == ["waiting"]
    assert ledger.sheets.confirm(activity).points == 20


# Complaints


def complained_of(ledger: Ledger, *, minutes: int = 120) -> tuple[Line, Partner]:
    """A line of 20 points."""
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(partner, minutes)], rule(ledger))
    return ledger.sheets.line_of(activity, partner), partner


def test_a_complaint_takes_one_line_back_with_its_hours_and_points(ledger: Ledger) -> None:
    line, partner = complained_of(ledger)
    done = ledger.sheets.complain(line, "签到后没有到场")
    assert (done.taken, done.shortfall) == (20, 0)
    assert (
        balance(ledger, partner)
        == counted(ledger, "hours.served")
        == counted(ledger, "activities.attendance")
        == 0
    )
    (shown,) = ledger.sheets.lines(ledger.activities.get(line.activity_id))
    assert (shown.state, shown.points) == ("complained", 0)
    assert ledger.history.log(limit=1)[0].note == "签到后没有到场"


def test_points_that_were_spent_are_left_as_shortfall(ledger: Ledger) -> None:
    line, partner = complained_of(ledger)
    ledger.points.deduct(partner, 15, reason="核查")
    done = ledger.sheets.complain(line, "没有到场")
    assert (done.taken, done.shortfall, balance(ledger, partner)) == (5, 15, 0)


def test_a_line_is_complained_of_once(ledger: Ledger) -> None:
    line, partner = complained_of(ledger)
    ledger.sheets.complain(line, "没有到场")
    with pytest.raises(NoLongerStands, match="武玉侪（XF-P0001）在“夜间巡查”的这一行签到已经冲正"):
        ledger.sheets.complain(line, "没有到场")
    with pytest.raises(NotFound, match="没有找到签到“武玉侪”"):
        ledger.sheets.line_of(ledger.activities.get(line.activity_id), partner)


def test_a_complaint_about_a_confirmed_line_takes_the_confirmation_too(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(partner, 60)], elder(ledger))
    ledger.sheets.confirm(activity)
    assert ledger.sheets.complain(ledger.sheets.line_of(activity, partner), "没有到场").taken == 20
    assert ledger.sheets.waiting() == []
    assert ledger.database.value("SELECT sum(sign) FROM confirmation") == 0


def test_a_waiting_line_that_is_complained_of_no_longer_waits(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(partner, 60)], elder(ledger))
    line = ledger.sheets.line_of(activity, partner)
    assert ledger.sheets.complain(line, "没有到场").taken == 0
    assert ledger.sheets.waiting() == []
    with pytest.raises(NothingWaits):
        ledger.sheets.confirm([line])


def test_an_undone_complaint_brings_the_line_back_as_it_stood(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.sheets.sign(activity, [SheetLine(partner, 60)], elder(ledger))
    ledger.sheets.confirm(activity)
    done = ledger.sheets.complain(ledger.sheets.line_of(activity, partner), "没有到场")
    ledger.history.undo(done.voucher)
    (line,) = ledger.sheets.lines(activity)
    assert (line.state, line.points, line.minutes) == ("confirmed", 20, 60)
    assert balance(ledger, partner) == 20


# What an import uses


def recorded(ledger: Ledger, source: str) -> list[SignIn]:
    return [line for _, line in ledger.sheets.recorded_lines(Source(source), *ALWAYS)]


def test_equal_rows_of_a_file_are_signed_each_and_priced_in_their_order(ledger: Ledger) -> None:
    activities = held(ledger, "早巡"), held(ledger, "晚巡", community="HP")
    patrol, partner = rule(ledger, cap_day=25), enrol(ledger, "武玉侪")
    row = SignIn(activities[0].id, partner.id, 60, "volunteer", patrol.id)
    rows = [row, row, row._replace(activity_id=activities[1].id), row._replace(rule_id=None)]
    assert ledger.sheets.faults(rows) == []
    with ledger.voucher("import.signins", origin=Origin("幸福里")) as voucher:
        outcomes = ledger.sheets.sign_many(voucher, rows)
    assert [(one.points, one.cap, one.waiting) for one in outcomes] == [
        (10, None, False),
        (10, None, False),
        (5, "day", False),
        (0, None, False),
    ]
    assert recorded(ledger, "幸福里") == rows
    assert recorded(ledger, "别处") == []


def test_bad_rows_of_a_file_are_named_by_their_place(ledger: Ledger) -> None:
    activity, patrol = held(ledger), rule(ledger, valid_from=date(2025, 11, 19))
    partner, late = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英", joined_on="2025-11-19")
    rows = [SignIn(activity.id, partner.id, 60), SignIn(activity.id, late.id, 2000, rule_id=patrol.id)]
    ((place, why),) = ledger.sheets.faults(rows)
    assert place == 1
    assert why.split("，")[0] == "覃秀英（XF-P0002）2025-11-19 才加入"
    assert "时长 2000 分钟不行" in why
    assert "没有生效的版本" in why


def test_a_line_taken_back_by_a_complaint_stays_brought_and_an_undone_one_does_not(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    row = SignIn(activity.id, partner.id, 60)
    for source in ("甲", "乙"):
        with ledger.voucher("import.signins", origin=Origin(source)) as voucher:
            ledger.sheets.sign_many(voucher, [row])
    ledger.history.undo(voucher.id)
    ledger.sheets.complain(ledger.sheets.line_of(activity, partner), "没有到场")
    assert recorded(ledger, "甲") == [row]
    assert recorded(ledger, "乙") == []
