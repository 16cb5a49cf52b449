"""A clock that is set back, by hand or by an empty battery: nothing already written moves, and what is written then is sound."""

from datetime import date, datetime, timedelta

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.errors import GuardRefused
from hepartner.ledger.months import Span
from hepartner.ledger.partners import BeforeJoining
from hepartner.ledger.periods import MonthNotOver
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import CHINA, Clock, enrol

FEBRUARY = datetime(2025, 2, 3, 9, tzinfo=CHINA)


def test_vouchers_keep_their_order_and_verify_finds_nothing(ledger: Ledger, clock: Clock) -> None:
    partner = enrol(ledger, "武玉侪")
    first = ledger.points.award(partner, 30).voucher
    anchor = str(ledger.anchor)
    clock.now -= timedelta(days=290)
    second = ledger.points.award(partner, 5).voucher
    clock.now += timedelta(days=291)
    third = ledger.points.award(partner, 1).voucher
    logged = [(one.voucher, one.recorded_at[:10]) for one in ledger.history.log(limit=3)]
    assert logged == [(third, "2025-11-21"), (second, "2025-02-03"), (first, "2025-11-20")]
    assert [line.balance for line in ledger.statements.entries(partner)] == [30, 35, 36]
    assert ledger.custody.verify(anchor=anchor).findings == ()
    ledger.history.undo(first)
    ledger.history.undo(second)
    assert ledger.points.balance(partner) == 1
    assert ledger.custody.verify(anchor=anchor).findings == ()


def test_points_that_come_only_later_are_not_spent_before(ledger: Ledger, clock: Clock) -> None:
    partner = enrol(ledger, "武玉侪")
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2025, 1, 1)).item
    ledger.shop.stock_in([(rice, 9)], day=date(2025, 1, 1))
    ledger.points.award(partner, 30)
    clock.now = FEBRUARY
    # The rule takes today for the last day there is; the guard looks at all days.
    with pytest.raises(GuardRefused, match="积分余额不足：当天或以后不够"):
        ledger.shop.redeem(partner, [(rice, 1)])
    assert ledger.points.balance(partner) == 30


def test_a_closed_month_stays_closed_and_what_the_clock_puts_into_it_counts_later(
    ledger: Ledger, clock: Clock
) -> None:
    partner, communities = enrol(ledger, "武玉侪"), ledger.areas.communities()
    ledger.periods.close(communities, "2025-09")
    clock.now = FEBRUARY
    ledger.points.award(partner, 5)
    with pytest.raises(MonthNotOver):
        ledger.periods.close(communities, "2025-10")
    awarded = {
        month: ledger.counts.additive("points.awarded", Span.month(month)).get(partner.community_id, 0)
        for month in ("2025-02", "2025-10")
    }
    assert awarded == {"2025-02": 0, "2025-10": 5}


def test_who_joins_only_later_by_that_clock_is_refused_with_the_day(ledger: Ledger, clock: Clock) -> None:
    partner = enrol(ledger, "武玉侪", joined_on="2025-06-01")
    clock.now = FEBRUARY
    with pytest.raises(BeforeJoining, match="2025-02-03"):
        ledger.points.award(partner, 5)
