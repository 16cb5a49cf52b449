"""Undo and the log: what was written is taken back, what later work depends on is kept and listed."""

import ast
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path
from pkgutil import iter_modules

import pytest

import hepartner
from hepartner import words
from hepartner.intake import kinds
from hepartner.ledger import Ledger, handling, membership, needs, projects, resolutions, responding
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.errors import AlreadyRecorded
from hepartner.ledger.history import NoSuchVoucher
from hepartner.ledger.items import Item
from hepartner.ledger.months import Span
from hepartner.ledger.particulars import Particulars as Card
from hepartner.ledger.points import Opening
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.sources import Source
from hepartner.ledger.stocking import Goods
from hepartner.ledger.undo import CannotUndo, NothingToUndo
from hepartner.ledger.vouchers import Origin
from tests.ledger.conftest import enrol


def test_an_undone_award_is_gone_from_balance_and_figure(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 10)
    undone = ledger.history.undo(award.voucher)
    assert (undone.facts, undone.shortfall, undone.kept) == (1, 0, ())
    assert ledger.points.balance(partner) == 0
    assert ledger.counts.additive("points.awarded", Span.month("2025-11")) == {3: 0}


def test_points_that_were_spent_do_not_stop_an_undo_and_the_shortfall_is_told(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 10)
    ledger.points.deduct(partner, 8, reason="未到")
    undone = ledger.history.undo(award.voucher)
    assert undone.shortfall == 8
    assert ledger.points.balance(partner) == 0
    assert [(line.points, line.shortfall) for line in ledger.statements.entries(partner)] == [
        (10, 0),
        (-8, 0),
        (-2, 8),
    ]


def test_a_voucher_is_undone_once(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 10)
    ledger.history.undo(award.voucher)
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(award.voucher)
    with pytest.raises(CannotUndo, match="不能撤销到没有"):
        ledger.history.undo(1)
    with pytest.raises(NoSuchVoucher, match="没有找到凭证“V99”"):
        ledger.history.undo(99)


def test_an_undo_is_undone_and_its_voucher_undone_once_more(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    edited = ledger.partners.edit(partner, kind="group", remark="合唱队").voucher
    first = ledger.history.undo(edited)
    again = ledger.history.undo(first.voucher)
    assert (again.taken_back, again.kept) == ((), ())
    assert again.given_again == (("合伙人变动", 2), ("合伙人", 1))
    card = ledger.partners.get(partner.id)
    assert (card.kind, card.remark) == ("group", "合唱队")
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(first.voucher)
    assert [one.undone_by for one in ledger.history.log(limit=3)] == [None, again.voucher, None]
    ledger.history.undo(edited)
    assert ledger.partners.get(partner.id) == partner
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(again.voucher)


def test_a_reversal_done_again_takes_what_it_had_taken(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 6)
    ledger.points.deduct(partner, 3, reason="未到")
    undone = ledger.history.undo(ledger.points.reverse(1).voucher)
    assert ledger.points.balance(partner) == 3
    ledger.points.award(partner, 5)
    assert ledger.history.undo(undone.voucher).shortfall == 0
    assert ledger.points.balance(partner) == 5


def test_what_was_enrolled_stands_again_with_its_code_unless_it_was_enrolled_anew(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪", phone="13800138000")
    award = ledger.points.award(partner, 10).voucher
    undone = [ledger.history.undo(number).voucher for number in (award, award - 1)]
    with pytest.raises(NothingToUndo, match="它要用到的合伙人已撤销"):
        ledger.history.undo(undone[0])
    ledger.history.undo(undone[1])
    ledger.history.undo(undone[0])
    assert ledger.points.balance(ledger.partners.get(partner.id)) == 10
    assert ledger.partners.get(partner.id) == partner
    again = [ledger.history.undo(number).voucher for number in (award, award - 1)]
    enrol(ledger, "武玉侪", phone="13800138000")
    with pytest.raises(NothingToUndo, match="同样的合伙人已另有一份"):
        ledger.history.undo(again[1])


def test_an_import_given_again_is_not_imported_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with ledger.voucher("import.opening", origin=Origin("旧台账")) as voucher:
        ledger.points.open_many(voucher, [Opening(partner.id, "2025-01-01", 7)])
    opened, day = ledger.points.opened, "2025-01-01"
    undone = ledger.history.undo(voucher.id)
    assert opened(Source("旧台账"), day, day) == []
    ledger.history.undo(undone.voucher)
    assert opened(Source("旧台账"), day, day) == [(voucher.id, Opening(partner.id, day, 7))]
    ledger.history.undo(voucher.id)
    assert opened(Source("旧台账"), day, day) == []


def test_a_line_complained_of_stands_so_whatever_was_undone_in_between(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    activity = ledger.activities.add(Event(partner.community_id, "2025-07-05", "清扫")).activity
    signed = ledger.sheets.sign(activity, [SheetLine(partner, 60)]).voucher
    complaint = ledger.sheets.complain(ledger.sheets.lines(activity)[0], "未到").voucher

    def shown() -> list[str]:
        return [line.state for line in ledger.sheets.lines(activity)]

    assert shown() == ["complained"]
    undone = ledger.history.undo(complaint).voucher
    assert shown() == ["counted"]
    ledger.history.undo(undone)
    assert shown() == ["complained"]
    ledger.history.undo(complaint)
    signed_off = ledger.history.undo(signed).voucher
    assert shown() == []
    ledger.history.undo(signed_off)
    assert shown() == ["counted"]
    assert ledger.custody.verify().findings == ()


def test_a_reversal_undone_leaves_the_award_to_be_undone(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 7).voucher
    ledger.history.undo(ledger.points.reverse(1).voucher)
    ledger.history.undo(award)
    assert ledger.points.balance(partner) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_mergers_in_a_chain_are_undone_in_any_order(ledger: Ledger, order: tuple[int, ...]) -> None:
    people = [
        enrol(ledger, name, community=place) for name, place in zip("甲乙丙丁", ("XF", "HP") * 2, strict=True)
    ]
    for one, points in zip(people, (50, 30, 20, 10), strict=True):
        ledger.points.award(one, points)
    mergers = [ledger.membership.merge(one, into).voucher for one, into in pairwise(people)]
    for place in order:
        assert ledger.history.undo(mergers[place]).shortfall == 0
    assert [ledger.points.balance(one) for one in people] == [50, 30, 20, 10]
    assert ledger.custody.verify().findings == ()


def test_what_came_to_a_merged_card_goes_back_with_it(ledger: Ledger) -> None:
    one, other, rice = enrol(ledger, "甲"), enrol(ledger, "乙"), _rice(ledger)
    ledger.points.award(one, 20)
    ledger.points.award(other, 30)
    slip = ledger.shop.redeem(one, [(rice, 2)])
    merged = ledger.membership.merge(one, other).voucher
    ledger.shop.cancel(slip.code)
    assert ledger.points.balance(other) == 50
    assert ledger.history.undo(merged).shortfall == 0
    assert [ledger.points.balance(who) for who in (one, other)] == [20, 30]


def test_what_a_merged_card_signed_for_goes_back_with_it(ledger: Ledger) -> None:
    one, other = enrol(ledger, "甲"), enrol(ledger, "乙", community="HP")
    activity = ledger.activities.add(Event(one.community_id, "2025-07-05", "清扫")).activity
    ledger.rulebook.add("ELDER", "助老", points=20, needs_confirmer=True, valid_from=date(2025, 1, 1))
    ledger.sheets.sign(activity, [SheetLine(one, 60)], ledger.rulebook.find("ELDER"))
    merged = ledger.membership.merge(one, other).voucher
    ledger.sheets.confirm(activity)
    assert ledger.points.balance(other) == 20
    ledger.history.undo(merged)
    assert [ledger.points.balance(who) for who in (one, other)] == [20, 0]
    ledger.sheets.complain(ledger.sheets.lines(activity)[0], "未到")
    assert [ledger.points.balance(who) for who in (one, other)] == [0, 0]


def test_what_was_taken_from_a_merged_card_is_not_given_back_at_the_cost_of_the_other(ledger: Ledger) -> None:
    one, other = enrol(ledger, "甲"), enrol(ledger, "乙")
    ledger.points.award(one, 20)
    ledger.points.award(other, 30)
    merged = ledger.membership.merge(one, other).voucher
    ledger.points.reverse(1)
    assert ledger.history.undo(merged).shortfall == 0
    assert [ledger.points.balance(who) for who in (one, other)] == [0, 30]


def test_a_merger_is_not_done_again_once_the_other_was_merged_into_this_one(ledger: Ledger) -> None:
    one, other = enrol(ledger, "甲"), enrol(ledger, "乙")
    ledger.points.award(one, 20)
    undone = ledger.history.undo(ledger.membership.merge(one, other).voucher)
    ledger.membership.merge(other, one)
    with pytest.raises(NothingToUndo, match="并入的那一位已并入这一位"):
        ledger.history.undo(undone.voucher)
    assert ledger.points.balance(one) == 20


def test_an_undone_reversal_is_not_undone_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10)
    reversal = ledger.points.reverse(1)
    ledger.history.undo(reversal.voucher)
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(reversal.voucher)
    assert ledger.points.balance(partner) == 10


def test_a_voucher_that_changed_a_field_twice_is_undone_to_what_stood_before_both(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪", remark="甲")
    with ledger.voucher("partner.edit") as voucher:
        for remark in ("乙", "丙"):
            voucher.edit("partner", partner.id, remark=remark)
    assert ledger.history.undo(voucher.id).kept == ()
    assert ledger.partners.get(partner.id).remark == "甲"


def test_a_card_that_was_restored_is_not_restored_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    left = ledger.membership.leave(partner, day=date(2025, 3, 1)).voucher
    rejoined = ledger.membership.rejoin(partner, day=date(2025, 4, 1)).voucher
    ledger.history.undo(rejoined)
    ledger.history.undo(left)
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(rejoined)
    assert ledger.partners.get(partner.id).status == "active"


def test_an_undone_cancelling_is_not_undone_again(ledger: Ledger) -> None:
    partner, rice = enrol(ledger, "武玉侪"), _rice(ledger)
    ledger.points.award(partner, 30)
    cancelled = ledger.shop.cancel(ledger.shop.redeem(partner, [(rice, 1)]).code)
    ledger.history.undo(cancelled.voucher)
    with pytest.raises(NothingToUndo, match="它已经撤销过"):
        ledger.history.undo(cancelled.voucher)
    assert (ledger.points.balance(partner), ledger.shop.get(rice.id).stock) == (20, 8)


def test_a_cancelling_stays_whole_when_its_points_are_spent(ledger: Ledger) -> None:
    partner, rice = enrol(ledger, "武玉侪"), _rice(ledger)
    ledger.points.award(partner, 10)
    cancelled = ledger.shop.cancel(ledger.shop.redeem(partner, [(rice, 1)]).code)
    ledger.points.deduct(partner, 4, reason="未到")
    with pytest.raises(
        NothingToUndo, match="兑换单 武玉侪 2025-11-20：2025-11-20 以后最少时只有 6 分，要用 10 分"
    ):
        ledger.history.undo(cancelled.voucher)
    assert (ledger.points.balance(partner), ledger.shop.get(rice.id).stock) == (6, 9)


def test_what_is_kept_of_a_sheet_is_named_by_person_activity_and_day(ledger: Ledger) -> None:
    activity = ledger.activities.add(Event(ledger.areas.find("XF").id, "2025-07-05", "清扫")).activity
    ledger.rulebook.add("ELDER", "助老", points=20, needs_confirmer=True, valid_from=date(2025, 1, 1))
    both = [enrol(ledger, name) for name in ("武玉侪", "王芳")]
    signed = ledger.sheets.sign(activity, [SheetLine(one, 60) for one in both], ledger.rulebook.find("ELDER"))
    confirmed = ledger.sheets.confirm(ledger.sheets.lines(activity)[1:])
    undone = ledger.history.undo(signed.voucher)
    assert [str(kept) for kept in undone.kept] == [
        f"签到 王芳、清扫 2025-07-05：之后的凭证 V{confirmed.voucher}（积分流水）要用到它"
    ]


def undone_by(ledger: Ledger, number: int) -> tuple[int | None, bool]:
    logged = next(one for one in ledger.history.log(limit=None) if one.voucher == number)
    return logged.undone_by, logged.undone_partly


def test_the_log_says_that_an_undo_kept_a_part_until_the_rest_is_undone_too(ledger: Ledger) -> None:
    activity = ledger.activities.add(Event(ledger.areas.find("XF").id, "2025-07-05", "清扫")).activity
    ledger.rulebook.add("ELDER", "助老", points=20, needs_confirmer=True, valid_from=date(2025, 1, 1))
    both = [enrol(ledger, name) for name in ("武玉侪", "王芳")]
    lines = [SheetLine(one, 60) for one in both]
    signed = ledger.sheets.sign(activity, lines, ledger.rulebook.find("ELDER"), key="K1")
    confirmed = ledger.sheets.confirm(ledger.sheets.lines(activity)[1:])
    part = ledger.history.undo(signed.voucher)
    assert undone_by(ledger, signed.voucher) == (part.voucher, True)
    with pytest.raises(AlreadyRecorded, match=f"后来由 V{part.voucher} 部分撤销，没有重复记账"):
        ledger.sheets.sign(activity, lines, ledger.rulebook.find("ELDER"), key="K1")
    ledger.history.undo(confirmed.voucher)
    rest = ledger.history.undo(signed.voucher)
    assert undone_by(ledger, signed.voucher) == (rest.voucher, False)
    again = ledger.history.undo(rest.voucher)
    assert undone_by(ledger, rest.voucher) == (again.voucher, False)
    assert undone_by(ledger, signed.voucher) == (part.voucher, True)


def test_an_undo_that_was_undone_whole_stays_so_when_its_voucher_is_undone_anew(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 10).voucher
    edited = ledger.partners.edit(partner, remark="合唱队").voucher
    for number in (award, edited):
        first = ledger.history.undo(number).voucher
        again = ledger.history.undo(first).voucher
        anew = ledger.history.undo(number).voucher
        assert undone_by(ledger, first) == (again, False)
        assert undone_by(ledger, number) == (anew, False)


def test_a_card_a_field_and_a_closing_that_stay_make_an_undo_one_in_part(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    edited = ledger.partners.edit(partner, kind="group", remark="合唱队").voucher
    ledger.partners.edit(ledger.partners.get(partner.id), remark="舞蹈队")
    with ledger.voucher("import.partners") as voucher:
        names = ("王芳", "覃秀英")
        made = ledger.partners.enrol_many(
            voucher, [Card("individual", name, 3, "2024-03-05") for name in names]
        )
    ledger.partners.edit(ledger.partners.get(made[0]), remark="合唱队")
    card = ledger.history.undo(voucher.id)
    field = ledger.history.undo(edited)
    both = ledger.areas.communities()
    closing = ledger.periods.close(both, "2025-01")
    ledger.periods.close(both[:1], "2025-02")
    month = ledger.history.undo(closing)
    assert undone_by(ledger, voucher.id) == (card.voucher, True)
    assert undone_by(ledger, edited) == (field.voucher, True)
    assert undone_by(ledger, closing) == (month.voucher, True)
    assert undone_by(ledger, month.voucher) == (None, False)


def test_a_deduction_taken_again_takes_what_is_there(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10)
    ledger.points.deduct(partner, 7, reason="未到")
    reversal = ledger.points.reverse(2, reason="弄错了")
    ledger.points.deduct(partner, 8, reason="未到")
    undone = ledger.history.undo(reversal.voucher)
    assert (undone.shortfall, ledger.points.balance(partner)) == (5, 0)
    last = ledger.statements.entries(partner)[-1]
    assert (last.points, last.shortfall) == (-2, 5)


def test_a_closing_that_others_followed_stays_where_they_did(ledger: Ledger) -> None:
    both = ledger.areas.communities()
    closing = ledger.periods.close(both, "2025-01")
    ledger.periods.close(both[:1], "2025-02")
    undone = ledger.history.undo(closing)
    assert (undone.kept, undone.taken_back) == ((), (("结账", 1),))
    assert [str(kept) for kept in undone.refused] == [
        "结账 幸福里社区 2025-11-20：只有最近结账的月份可以重新打开"
    ]
    assert [ledger.periods.closed_through(one.id) for one in both] == ["2025-02", ""]


def test_an_undo_that_is_tried_again_can_be_rehearsed(ledger: Ledger) -> None:
    both = ledger.areas.communities()
    closing = ledger.periods.close(both, "2025-01")
    ledger.periods.close(both[:1], "2025-02")
    with ledger.rehearsal():
        assert len(ledger.history.undo(closing).refused) == 1
        assert ledger.periods.closed_through(both[1].id) == ""
    assert [ledger.periods.closed_through(one.id) for one in both] == ["2025-02", "2025-01"]


def test_an_edit_that_was_edited_since_stays(ledger: Ledger) -> None:
    event = Event(ledger.areas.find("XF").id, "2025-07-05", "清扫")
    activity = ledger.activities.add(event).activity
    first = ledger.activities.edit(activity, kind="cleanup")
    ledger.activities.edit(activity, kind="patrol")
    with pytest.raises(NothingToUndo, match=r"内容：活动举办 清扫 2025-07-05：之后的凭证 V8 已有后续步骤。$"):
        ledger.history.undo(first.voucher)
    assert ledger.activities.find("清扫").kind == "patrol"


def test_a_day_of_joining_of_one_who_left_is_set_back(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.membership.leave(partner, day=date(2025, 3, 1))
    edited = ledger.partners.edit(ledger.partners.get(partner.id), joined_on="2025-01-21")
    assert ledger.history.undo(edited.voucher).kept == ()
    assert ledger.partners.get(partner.id).joined_on == "2024-01-01"
    assert ledger.counts.additive("partners.individual", Span.in_all("2025-11")) == {3: 0}
    ledger.membership.rejoin(ledger.partners.get(partner.id), day=date(2025, 4, 1))


def test_hosts_that_were_edited_since_stay(ledger: Ledger) -> None:
    first, second, third = (enrol(ledger, name).id for name in ("甲", "乙", "丙"))
    event = Event(ledger.areas.find("XF").id, "2025-07-05", "清扫", organisers=(first,))
    activity = ledger.activities.add(event).activity
    edited = ledger.activities.edit(activity, organisers=(second,))
    ledger.activities.edit(activity, organisers=(third,))
    with pytest.raises(NothingToUndo, match="已有后续步骤"):
        ledger.history.undo(edited.voucher)
    assert [host.name for host in ledger.activities.organisers(activity)] == ["丙"]


def test_a_day_that_was_signed_for_since_stays_with_its_fact(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    activity = ledger.activities.add(Event(partner.community_id, "2025-07-05", "清扫")).activity
    edited = ledger.activities.edit(activity, held_on="2025-08-06")
    ledger.sheets.sign(edited.activity, [SheetLine(partner, 60)])
    with pytest.raises(NothingToUndo, match="活动已有签到，日期不能再改"):
        ledger.history.undo(edited.voucher)
    held = ledger.counts.additive("activities.held", Span("2025-07", "2025-08"))
    assert (held, ledger.activities.find("清扫").held_on) == ({3: 1}, "2025-08-06")


def test_an_undone_reversal_gives_back_what_it_took(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10)
    ledger.points.deduct(partner, 7, reason="未到")
    reversal = ledger.points.reverse(1)
    assert (reversal.points, reversal.shortfall) == (-3, 7)
    ledger.history.undo(reversal.voucher)
    assert ledger.points.balance(partner) == 3


def test_a_reversal_that_took_nothing_gives_nothing_back_but_the_award_stands_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    award = ledger.points.award(partner, 10)
    deducted = ledger.points.deduct(partner, 10, reason="未到")
    reversal = ledger.points.reverse(1)
    ledger.history.undo(reversal.voucher)
    assert ledger.points.balance(partner) == 0
    ledger.history.undo(deducted.voucher)
    assert ledger.points.balance(partner) == 10
    assert ledger.history.undo(award.voucher).shortfall == 0
    assert ledger.points.balance(partner) == 0


def test_an_undone_enrolment_withdraws_the_card_and_the_count(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪", phone="13800138000")
    voucher = ledger.history.log(limit=1)[0].voucher
    ledger.history.undo(voucher)
    assert ledger.partners.cards() == []
    assert ledger.counts.additive("partners.individual", Span.month("2025-11")) == {3: 0}
    again = enrol(ledger, "武玉侪", phone="13800138000")
    assert again.code != partner.code


def test_an_enrolment_that_points_depend_on_is_kept_and_says_why(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    enrolment = ledger.history.log(limit=1)[0].voucher
    award = ledger.points.award(partner, 10)
    with pytest.raises(
        NothingToUndo, match=f"合伙人 XF-P0001：之后的凭证 V{award.voucher}（积分流水）要用到它"
    ):
        ledger.history.undo(enrolment)
    ledger.history.undo(award.voucher)
    assert ledger.history.undo(enrolment).cards == 1


def test_an_enrolment_whose_card_was_edited_since_is_kept_until_the_edit_is_undone(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    enrolment = ledger.history.log(limit=1)[0].voucher
    edit = ledger.partners.edit(partner, remark="合唱队")
    with pytest.raises(NothingToUndo, match="修改过它"):
        ledger.history.undo(enrolment)
    ledger.history.undo(edit.voucher)
    assert ledger.history.undo(enrolment).cards == 1


def test_an_undone_edit_restores_the_card_and_the_figures(ledger: Ledger) -> None:
    partner = enrol(ledger, "海边志愿队", joined_on="2025-03-01")
    edit = ledger.partners.edit(partner, kind="group", name="海边志愿服务队", joined_on="2025-02-01")
    ledger.history.undo(edit.voucher)
    assert ledger.partners.get(partner.id) == partner
    assert ledger.counts.additive("partners.individual", Span.month("2025-02")) == {3: 0}
    assert ledger.counts.additive("partners.individual", Span.month("2025-11")) == {3: 1}


def test_a_field_changed_again_since_is_kept(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    first = ledger.partners.edit(partner, remark="合唱队", skills="声乐")
    ledger.partners.edit(partner, remark="舞蹈队")
    undone = ledger.history.undo(first.voucher)
    assert [str(kept) for kept in undone.kept] == ["合伙人 XF-P0001：之后又被修改过"]
    card = ledger.partners.get(partner.id)
    assert (card.remark, card.skills) == ("舞蹈队", "")


@pytest.mark.parametrize(
    ("kind", "first", "second", "keys"),
    [
        ("business", {"name": "Abc店"}, {"name": "ABC店"}, ("ABC店", "abc店", "abc店", "abcdian", "")),
        ("business", {"kind": "individual"}, {"name": "单雄"}, ("单雄", "单雄", "单雄", "danxiong", "")),
        ("individual", {"name": "单雄"}, {"phone": "13900000009"}, ("乙", "乙", "", "yi", "0009")),
    ],
)
def test_who_was_edited_twice_is_found_by_what_the_card_says_after_an_undo_of_the_first(
    ledger: Ledger, kind: str, first: dict[str, str], second: dict[str, str], keys: tuple[str, ...]
) -> None:
    """A second edit need not change every key that the first one had changed."""
    partner = enrol(ledger, "乙", kind=kind)
    edit = ledger.partners.edit(partner, **first)
    ledger.partners.edit(ledger.partners.get(partner.id), **second)
    try:
        undone = ledger.history.undo(edit.voucher).voucher
    except NothingToUndo:
        undone = None
    sql = "SELECT name, name_key, short_key, pinyin, phone_tail FROM partner WHERE id = ?"
    assert ledger.database.row(sql, (partner.id,)) == keys
    assert ledger.custody.verify().findings == ()
    if undone is not None:
        ledger.history.undo(undone)
        assert ledger.custody.verify().findings == ()


def test_a_title_edited_twice_is_found_by_what_it_says_after_an_undo_of_the_first(ledger: Ledger) -> None:
    activity = ledger.activities.add(Event(ledger.areas.find("XF").id, "2025-07-05", "清扫")).activity
    edit = ledger.activities.edit(activity, name="KTV清扫")
    ledger.activities.edit(ledger.activities.get(activity.id), name="ktv清扫")
    with pytest.raises(NothingToUndo, match="之后又被修改过"):
        ledger.history.undo(edit.voucher)
    assert ledger.database.row("SELECT name, name_key FROM activity") == ("ktv清扫", "ktv清扫")
    assert ledger.custody.verify().findings == ()


def test_steps_are_taken_back_from_the_last(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    first, second = ledger.membership.suspend(partner), ledger.membership.leave(partner)
    with pytest.raises(NothingToUndo, match=f"之后的凭证 V{second.voucher} 已有后续步骤"):
        ledger.history.undo(first.voucher)
    ledger.history.undo(second.voucher)
    ledger.history.undo(first.voucher)
    assert ledger.partners.get(partner.id).status == "active"


def test_an_undone_move_brings_partner_and_points_back(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 3, 1))
    move = ledger.membership.move(partner, ledger.areas.find("HP"))
    ledger.history.undo(move.voucher)
    assert ledger.partners.get(partner.id).community == "幸福里社区"
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 10, 4: 0}
    assert ledger.custody.verify().findings == ()


def test_a_move_after_which_points_were_earned_is_kept(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    move = ledger.membership.move(partner, ledger.areas.find("HP"))
    ledger.points.award(partner, 5)
    with pytest.raises(NothingToUndo, match="已在新社区记积分，可再迁移回去"):
        ledger.history.undo(move.voucher)
    assert ledger.partners.get(partner.id).community == "和平社区"


def test_an_undone_merge_gives_back_what_is_still_there(ledger: Ledger) -> None:
    stays, twice = enrol(ledger, "王芳"), enrol(ledger, "王方", community="HP")
    ledger.points.award(twice, 10)
    merge = ledger.membership.merge(twice, stays)
    ledger.points.deduct(stays, 4, reason="未到")
    undone = ledger.history.undo(merge.voucher)
    assert undone.shortfall == 4
    assert (ledger.points.balance(stays), ledger.points.balance(twice)) == (0, 6)
    assert ledger.partners.get(twice.id).status == "active"
    assert ledger.custody.verify().findings == ()


def test_an_award_whose_holder_was_merged_is_undone_from_who_stays(ledger: Ledger) -> None:
    stays, twice = enrol(ledger, "王芳"), enrol(ledger, "王方", community="HP")
    award = ledger.points.award(twice, 10)
    ledger.membership.merge(twice, stays)
    ledger.history.undo(award.voucher)
    assert (ledger.points.balance(stays), ledger.points.balance(twice)) == (0, 0)


def test_a_late_award_that_was_carried_is_undone_with_its_carrying(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.membership.move(partner, ledger.areas.find("HP"), day=date(2025, 11, 10))
    award = ledger.points.award(partner, 7, day=date(2025, 11, 9))
    ledger.history.undo(award.voucher)
    assert ledger.points.balance(partner) == 0
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 0, 4: 0}


def test_an_area_in_use_stays_and_an_unused_one_goes(ledger: Ledger) -> None:
    added = ledger.areas.add("community", "海边社区", parent=ledger.areas.find("YM"))
    partner = enrol(ledger, "武玉侪", community="海边")
    with pytest.raises(NothingToUndo, match=f"区域 {added.area.code}：之后的凭证"):
        ledger.history.undo(added.voucher)
    ledger.history.undo(ledger.history.log(partner=partner)[0].voucher)
    ledger.history.undo(added.voucher)
    assert [area.code for area in ledger.areas.communities()] == ["XF", "HP"]
    assert ledger.counts.additive("areas.community", Span.month("2025-11"))[added.area.id] == 0


def test_a_setting_is_undone_to_what_it_was(ledger: Ledger) -> None:
    first = ledger.settings.set("expiry", "yearly")
    second = ledger.settings.set("expiry", "january")
    ledger.history.undo(second)
    assert ledger.settings.get("expiry") == "yearly"
    ledger.history.undo(first)
    assert ledger.settings.get("expiry") == "never"
    ledger.settings.set("expiry", "january")
    assert ledger.settings.get("expiry") == "january"


def test_the_log_is_filtered_by_operator_action_day_and_partner(ledger: Ledger) -> None:
    partner, other = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    award = ledger.points.award(partner, 10, reason="网格巡查")
    with Ledger.open(ledger.database.path, operator="覃师傅", clock=ledger.now) as window:
        deduction = window.points.deduct(other, 3, reason="未到")
    log = ledger.history.log
    assert [one.voucher for one in log(limit=2)] == [deduction.voucher, award.voucher]
    assert [one.voucher for one in log(operator="覃师傅")] == [deduction.voucher]
    assert [one.voucher for one in log(action="points")] == [deduction.voucher, award.voucher]
    assert [one.voucher for one in log(action="points.award")] == [award.voucher]
    assert [one.action for one in log(partner=partner)] == ["points.award", "partner.enrol"]
    assert log(first="2025-11-21") == log(last="2025-11-19") == []
    assert len(log(limit=None, first="2025-11-20", last="2025-11-20")) == deduction.voucher
    assert log(action="points.award")[0].note == "网格巡查"
    undone = ledger.history.undo(award.voucher)
    assert (log()[0].undoes, log(action="points.award")[0].undone_by) == (award.voucher, undone.voucher)


def test_every_table_has_a_chinese_name(ledger: Ledger) -> None:
    assert set(words.gathered("TABLES")) == {*ledger.shapes.facts, *ledger.shapes.cards}


def test_no_two_tables_share_a_name_in_what_an_undo_lists(ledger: Ledger) -> None:
    named: dict[str, str] = {}
    for table, called in words.gathered("TABLES").items():
        assert called not in named, (table, named[called])
        named[called] = table
    added = ledger.activities.add(Event(3, "2025-07-05", "清扫"))
    assert ledger.history.undo(added.voucher).taken_back == (("活动举办", 1), ("活动", 1))


STEPS = {
    "dispatch": {event for _, event in responding.COURSE.moves} - {"called", "silent"},
    "import": {kind.name for kind in iter_modules(kinds.__path__)},
    "issue": {event for _, event in handling.TRANSITIONS},
    "need": {event for _, event in needs.COURSE.moves},
    "partner": {event for _, event in membership.TRANSITIONS} - {"resumed"},
    "project": {event for _, event in projects.COURSE.moves},
    "resolution": {event for _, event in resolutions.COURSE.moves},
}
"""What may stand behind the dot where an action is put together.

Nobody is called or found silent by a voucher of its own, and who is back is back, whether from a suspension or for good.
"""


def written() -> Iterator[str]:
    """Every action that the source opens a voucher for."""
    for path in Path(hepartner.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "voucher"
            ):
                match call.args[0]:
                    case ast.Constant(value=action):
                        yield action
                    case ast.JoinedStr(values=[ast.Constant(value=noun), ast.FormattedValue()]):
                        yield from (f"{noun}{event}" for event in STEPS[noun.removesuffix(".")])
                    case other:
                        raise AssertionError(f"{path.name}: {ast.unparse(other)}")


def test_every_action_written_has_a_chinese_name_and_every_name_is_of_one_written() -> None:
    assert set(words.actions()) == set(written())
    assert all(name and not name.isascii() for name in words.actions().values())


def _rice(ledger: Ledger) -> Item:
    """Return rice at 10 points, nine bags on the shelf."""
    rice = ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 9)], day=date(2024, 1, 1))
    return rice


@pytest.mark.parametrize("how", ["undo", "reverse"])
@pytest.mark.parametrize(("closed", "ends"), [("", [70, 0, 100]), ("2025-01", [100, 0, 100])])
def test_what_was_spent_in_between_is_short_though_more_was_earned_since(
    ledger: Ledger, how: str, closed: str, ends: list[int]
) -> None:
    """Award, spend, award again: the first is spent (oldest first) and the last is not docked for it (design §3)."""
    partner = enrol(ledger, "武玉侪")
    first = ledger.points.award(partner, 100, day=date(2025, 1, 10)).voucher
    entry = ledger.statements.entries(partner)[0].entry_id
    ledger.points.deduct(partner, 70, reason="投诉", day=date(2025, 2, 1))
    ledger.points.award(partner, 100, day=date(2025, 3, 1))
    if closed:
        ledger.periods.close([ledger.areas.get(partner.community_id)], closed)
    done = ledger.history.undo(first) if how == "undo" else ledger.points.reverse(entry, reason="记错")
    assert (done.shortfall, ledger.points.balance(partner)) == (70, 100)
    months = ("2025-01", "2025-02", "2025-03")
    counted = [ledger.counts.additive("points.balance", Span.month(month)) for month in months]
    assert [one[partner.community_id] for one in counted] == ends


def test_a_merger_undone_gives_back_what_was_not_spent_since_it(ledger: Ledger) -> None:
    gone, stays = enrol(ledger, "王方", community="HP"), enrol(ledger, "王芳")
    ledger.points.award(gone, 100, day=date(2025, 1, 10))
    merged = ledger.membership.merge(gone, stays, day=date(2025, 2, 1)).voucher
    ledger.points.deduct(stays, 80, reason="投诉", day=date(2025, 3, 1))
    ledger.points.award(stays, 90, day=date(2025, 4, 1))
    assert ledger.history.undo(merged).shortfall == 80
    assert [ledger.points.balance(one) for one in (gone, stays)] == [20, 90]
    for month in ("2025-02", "2025-03", "2025-04"):
        assert min(ledger.counts.additive("points.balance", Span.month(month)).values()) >= 0


def test_a_slip_of_which_the_cancelling_is_undone_is_said_to_stand_again(ledger: Ledger) -> None:
    rice, partner = _rice(ledger), enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 1, 10))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 2, 1))
    cancelled = ledger.shop.cancel(slip.code).voucher
    stands = (("积分流水", 1), ("兑换单", 1), ("库存流水", 1))
    undone = ledger.history.undo(cancelled)
    assert (undone.taken_back, undone.given_again) == ((), stands)
    undone = ledger.history.undo(undone.voucher)
    assert (undone.taken_back, undone.given_again) == (stands, ())


def test_a_slip_does_not_stand_again_where_its_points_are_spent_by_then(ledger: Ledger) -> None:
    rice = _rice(ledger)
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 1, 10))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 2, 1))
    cancelled = ledger.shop.cancel(slip.code).voucher
    ledger.points.deduct(partner, 8, reason="投诉", day=date(2025, 3, 1))
    ledger.points.award(partner, 50, day=date(2025, 4, 1))
    with pytest.raises(NothingToUndo, match="2025-02-01 以后最少时只有 2 分，要用 10 分"):
        ledger.history.undo(cancelled)
    assert ledger.points.balance(partner) == 52


def notes(ledger: Ledger) -> list[str]:
    """Return the notes in force."""
    return [row[0] for row in ledger.database.rows("SELECT text FROM note WHERE withdrawn = 0 ORDER BY id")]


def test_what_was_noted_about_goods_that_stay_out_is_not_said_again(ledger: Ledger) -> None:
    rice = ledger.shop.get(_rice(ledger).id)
    out = ledger.shop.stock_out([(rice, rice.stock)], reason="过期").voucher
    undone = ledger.history.undo(out).voucher
    ledger.shop.stock_out([(rice, 1)], reason="坏了")
    with pytest.raises(NothingToUndo, match=r"库存流水 大米 2025-11-20：现在只有 [0-9]+，要出库"):
        ledger.history.undo(undone)
    assert notes(ledger) == ["坏了"]


def test_what_was_noted_about_goods_that_stay_is_still_said(ledger: Ledger) -> None:
    rice = ledger.shop.get(_rice(ledger).id)
    oil = ledger.shop.add(Goods(rice.community_id, "食用油"), 10).item
    came = ledger.shop.stock_in([(rice, 5), (oil, 5)], reason="社区共建单位捐的").voucher
    ledger.shop.stock_out([(rice, rice.stock + 5)], reason="送完")
    undone = ledger.history.undo(came)
    assert (undone.taken_back, [kept.what for kept in undone.kept]) == (
        (("库存流水", 1),),
        ["库存流水 大米 2025-11-20"],
    )
    assert notes(ledger) == ["社区共建单位捐的", "送完"]
