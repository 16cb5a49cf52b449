"""Vouchers: one transaction each, a key is one intention, months are open or closed."""

from datetime import date, datetime

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.errors import AlreadyRecorded, GuardRefused, KeyTaken
from hepartner.ledger.months import Span, last_day, shifted
from hepartner.ledger.partners import Partner
from hepartner.ledger.periods import MonthClosed, MonthNotNext, MonthNotOver, NotAMonth, NothingToReopen
from hepartner.ledger.points import BadPoints
from hepartner.ledger.undo import CannotUndo
from tests.ledger.conftest import CHINA, Clock, enrol, hire


def test_the_same_key_and_intention_writes_once_and_names_the_voucher(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    first = ledger.points.award(partner, 10, key="纸条7")
    with pytest.raises(AlreadyRecorded, match=f"凭证是 V{first.voucher}，没有重复记账") as caught:
        ledger.points.award(partner, 10, key="纸条7")
    assert (caught.value.exit_code, caught.value.voucher_id) == (0, first.voucher)
    assert ledger.points.balance(partner) == 10


def test_the_same_key_for_another_intention_is_refused(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    first = ledger.points.award(partner, 10, key="纸条7")
    with pytest.raises(KeyTaken, match=f"已用于另一笔业务（凭证 V{first.voucher}）"):
        ledger.points.award(partner, 11, key="纸条7")
    with pytest.raises(KeyTaken):
        ledger.points.deduct(partner, 10, reason="", key="纸条7")
    assert ledger.points.balance(partner) == 10


def test_nothing_of_a_voucher_stands_when_it_fails(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    before = ledger.anchor
    with pytest.raises(BadPoints, match="积分 0 不行"):
        ledger.points.award(partner, 0)
    with pytest.raises(ZeroDivisionError), ledger.voucher("test") as voucher:
        voucher.note(f"半途 {1 // 0}")
    assert ledger.anchor == before
    assert ledger.database.value("SELECT count(*) FROM note") == 0


def test_one_operator_has_one_card_whatever_they_write(ledger: Ledger) -> None:
    enrol(ledger, "武玉侪")
    hire(ledger, "覃师傅")
    with Ledger.open(ledger.database.path, operator="覃师傅") as other:
        enrol(other, "覃秀英")
        enrol(other, "王强")
    assert ledger.database.rows("SELECT name FROM operator ORDER BY id") == [("李梅",), ("覃师傅",)]


def test_a_fact_counts_in_its_month_while_that_is_open(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 10, 31))
    assert ledger.counts.additive("points.awarded", Span.month("2025-10")) == {3: 10}


def test_a_late_fact_counts_in_the_earliest_open_month(ledger: Ledger) -> None:
    partner, other = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英", community="HP")
    ledger.periods.close([ledger.areas.find("XF")], "2025-09")
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    for one in (partner, other):
        ledger.points.award(one, 10, day=date(2025, 9, 30))
    assert ledger.counts.additive("points.awarded", Span.month("2025-09")) == {4: 10}
    assert ledger.counts.additive("points.awarded", Span.month("2025-11")) == {3: 10}


def test_a_reversal_leaves_a_closed_month_as_it_was_reported(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 10, 3))
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    ledger.points.reverse(1)
    assert ledger.counts.additive("points.awarded", Span.month("2025-10")) == {3: 10}
    assert ledger.counts.additive("points.awarded", Span.month("2025-11")) == {3: -10}


def test_a_move_counts_in_a_month_open_in_both_communities(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 10, day=date(2025, 10, 3))
    ledger.periods.close([ledger.areas.find("HP")], "2025-10")
    ledger.membership.move(partner, ledger.areas.find("HP"))
    legs = ledger.database.rows(
        "SELECT community_id, points, counted_in, earned_on FROM entry WHERE kind = 'transfer'"
    )
    assert legs == [(3, -10, "2025-11", "2025-10-03"), (4, 10, "2025-11", "2025-10-03")]


def test_months_close_in_order_and_only_when_they_are_over(ledger: Ledger) -> None:
    both = ledger.areas.communities()
    ledger.periods.close(both, "2025-08")
    with pytest.raises(MonthNotNext, match="下一个要结的是 2025-09，不是 2025-10"):
        ledger.periods.close(both, "2025-10")
    with pytest.raises(MonthClosed, match="幸福里社区 2025-08 已经结账"):
        ledger.periods.close(both, "2025-08")
    with pytest.raises(MonthNotOver, match="2025-11 还没有过完"):
        ledger.periods.close(both, "2025-11")


def test_only_the_latest_closed_month_reopens(ledger: Ledger) -> None:
    both = ledger.areas.communities()
    with pytest.raises(NothingToReopen, match="还没有结过账"):
        ledger.periods.reopen(both, "2025-10")
    ledger.periods.close(both, "2025-09")
    ledger.periods.close(both, "2025-10")
    with pytest.raises(NothingToReopen, match="最近结账的是 2025-10"):
        ledger.periods.reopen(both, "2025-09")
    ledger.periods.reopen(both, "2025-10")
    assert {ledger.periods.closed_through(one.id) for one in both} == {"2025-09"}
    ledger.periods.reopen(both, "2025-09")
    ledger.periods.close(both, "2025-10")
    assert {ledger.periods.closed_through(one.id) for one in both} == {"2025-10"}
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize("text", ["", "2025-1", "2025-13", "10月", "２０２５-10"])
def test_what_is_not_a_month_is_neither_closed_nor_reopened(ledger: Ledger, text: str) -> None:
    for write in (ledger.periods.close, ledger.periods.reopen):
        with pytest.raises(NotAMonth, match=f"“{text}”不是月份。请写成 年-月，如 2025-10"):
            write(ledger.areas.communities(), text)


def test_a_closing_and_a_reopening_cannot_be_undone_and_it_says_what_to_do_instead(ledger: Ledger) -> None:
    closing = ledger.periods.close(ledger.areas.communities(), "2025-10")
    with pytest.raises(CannotUndo, match=f"V{closing} 不能撤销：结账不能撤销。.*hep month reopen"):
        ledger.history.undo(closing)
    reopening = ledger.periods.reopen(ledger.areas.communities(), "2025-10")
    with pytest.raises(CannotUndo, match=f"V{reopening} 不能撤销：重新打开账期不能撤销。.*hep month close"):
        ledger.history.undo(reopening)


def test_vouchers_are_ordered_by_number_whatever_the_clock_says(ledger: Ledger, clock: Clock) -> None:
    partner = enrol(ledger, "武玉侪")
    clock.now = datetime(2025, 11, 19, 9, 0, tzinfo=CHINA)
    second = ledger.points.award(partner, 3)
    assert ledger.history.log()[0].voucher == second.voucher
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize(
    ("month", "by", "result"),
    [("2025-11", 1, "2025-12"), ("2025-12", 1, "2026-01"), ("2025-01", -13, "2023-12")],
)
def test_months_are_counted_across_years(month: str, by: int, result: str) -> None:
    assert shifted(month, by) == result


def test_spans_of_months() -> None:
    november = Span.month("2025-11")
    assert (november.previous, november.same_last_year) == (Span.month("2025-10"), Span.month("2024-11"))
    assert Span.year_to_date("2025-11") == Span("2025-01", "2025-11")
    assert last_day("2024-02") == "2024-02-29"


def test_thousands_of_facts_stand_in_one_voucher_in_the_order_they_came(ledger: Ledger) -> None:
    partner, points = enrol(ledger, "武玉侪"), [1 + n % 7 for n in range(20_050)]
    with ledger.voucher("test") as voucher:
        ids = voucher.post("entry", AWARD, [award(partner, one) for one in points])
    written = ledger.database.rows("SELECT line, id, points FROM entry WHERE voucher_id = ?", (voucher.id,))
    assert written == list(zip(range(1, 20_051), ids, points, strict=True))
    assert ledger.points.balance(partner) == sum(points)
    assert ledger.custody.verify().findings == ()


def test_thousands_of_facts_are_refused_whole_for_the_last_of_them(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    facts = [*(award(partner, 1) for _ in range(10_050)), award(partner, -20_000)]
    with pytest.raises(GuardRefused, match="余额不足"), ledger.voucher("test") as voucher:
        voucher.post("entry", AWARD, facts)
    assert ledger.points.balance(partner) == 0
    ledger.points.award(partner, 10)
    assert ledger.custody.verify().findings == ()


AWARD = ("partner_id", "kind", "points", "earned_on")


def award(partner: Partner, points: int) -> tuple[object, ...]:
    kind = "award" if points > 0 else "deduct"
    return (partner.community_id, "2025-11-01", partner.id, kind, points, "2025-11-01")


def test_a_copy_stands_as_the_ledger_does_and_what_is_tried_there_is_not_in_it(ledger: Ledger) -> None:
    enrol(ledger, "王芳")
    with ledger.copy() as copy:
        assert [one.name for one in copy.partners.cards()] == ["王芳"]
        enrol(copy, "李四")
        assert copy.anchor.vouchers == ledger.anchor.vouchers + 1
        enrol(ledger, "武玉侪")
        assert [one.name for one in copy.partners.cards()] == ["王芳", "李四"]
    assert [one.name for one in ledger.partners.cards()] == ["王芳", "武玉侪"]
