"""Balance, stock and quota under any sequence of work, against a small model that shares no code with the shop."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hepartner.ledger import Ledger, errors
from hepartner.ledger.cancelling import AlreadyCancelled
from hepartner.ledger.points import NotEnough
from hepartner.ledger.redeeming import QuotaReached, ShortOfStock
from hepartner.ledger.stocking import Goods, NothingDiffers
from hepartner.ledger.till import Asked
from tests.ledger.conftest import Clock, enrol

QUOTAS = {0: None, 1: (1, "month"), 2: (2, "quarter")}
DAYS = [date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 31), date(2025, 11, 1), date(2025, 11, 20)]


@dataclass
class Slip:
    """A slip of the model."""

    code: str
    who: int
    day: date
    lines: dict[int, int]
    points: int
    stands: bool = True


def same_period(quota: str, one: date, other: date) -> bool:
    """Tell whether two days lie in the same month or quarter."""
    if quota == "month":
        return (one.year, one.month) == (other.year, other.month)
    return (one.year, (one.month - 1) // 3) == (other.year, (other.month - 1) // 3)


def least(moves: list[tuple[date, int]], day: date) -> int:
    """Return the least that there was at the end of this day or of a later one."""
    return min(sum(amount for on, amount in moves if on <= end) for end in DAYS if end >= day)


class ShopMachine(RuleBasedStateMachine):
    """Two partners and three items: free, once a month, twice a quarter."""

    prepared: Path
    """A ledger with the partners and the items, copied for each run."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(self.prepared, self.folder.name))
        self.ledger = Ledger.open(path, operator="李梅", clock=Clock())
        self.partners = [self.ledger.partners.find(name) for name in ("武玉侪", "李四")]
        self.items = [self.ledger.shop.find(f"XF-S000{n}") for n in (1, 2, 3)]
        self.earned = [[(DAYS[0], 600)], [(DAYS[0], 600)]]
        self.moved = [[(DAYS[0], 12)], [(DAYS[0], 12)], [(DAYS[0], 12)]]
        self.prices = [10, 20, 30]
        self.slips: list[Slip] = []

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()

    @property
    def balances(self) -> list[int]:
        return [sum(points for _, points in earned) for earned in self.earned]

    @property
    def stock(self) -> list[int]:
        return [sum(quantity for _, quantity in moved) for moved in self.moved]

    @rule(who=st.integers(0, 1), points=st.integers(1, 200), day=st.sampled_from(DAYS))
    def award(self, who: int, points: int, day: date) -> None:
        self.ledger.points.award(self.partners[who], points, day=day)
        self.earned[who].append((day, points))

    @rule(who=st.integers(0, 1), points=st.integers(1, 900), day=st.sampled_from(DAYS))
    def deduct(self, who: int, points: int, day: date) -> None:
        taken = min(points, least(self.earned[who], day))
        moved = self.ledger.points.deduct(self.partners[who], points, reason="投诉", day=day)
        assert (moved.points, moved.shortfall) == (-taken, points - taken)
        self.earned[who].append((day, -taken))

    @rule(what=st.integers(0, 2), quantity=st.integers(1, 10), day=st.sampled_from(DAYS))
    def receive(self, what: int, quantity: int, day: date) -> None:
        self.ledger.shop.stock_in([(self.items[what], quantity)], day=day)
        self.moved[what].append((day, quantity))

    @rule(what=st.integers(0, 2), quantity=st.integers(1, 10), day=st.sampled_from(DAYS))
    def discard(self, what: int, quantity: int, day: date) -> None:
        if quantity <= least(self.moved[what], day):
            self.ledger.shop.stock_out([(self.items[what], quantity)], day=day)
            self.moved[what].append((day, -quantity))
        else:
            with pytest.raises(ShortOfStock):
                self.ledger.shop.stock_out([(self.items[what], quantity)], day=day)

    @rule(counts=st.lists(st.integers(0, 15), min_size=3, max_size=3))
    def take_stock(self, counts: list[int]) -> None:
        counted = list(zip(self.items, counts, strict=True))
        if counts == self.stock:
            with pytest.raises(NothingDiffers):
                self.ledger.shop.stocktake(counted)
        else:
            self.ledger.shop.stocktake(counted)
            for moved, there, count in zip(self.moved, self.stock, counts, strict=True):
                moved.append((DAYS[-1], count - there))

    @rule(what=st.integers(0, 2), price=st.integers(1, 60))
    def reprice(self, what: int, price: int) -> None:
        if price != self.prices[what]:
            self.ledger.shop.price(self.items[what], price, day=DAYS[0])
            self.prices[what] = price

    @rule(
        who=st.integers(0, 1),
        wanted=st.dictionaries(st.integers(0, 2), st.integers(1, 3), min_size=1),
        day=st.sampled_from(DAYS),
    )
    def redeem(self, who: int, wanted: dict[int, int], day: date) -> None:
        lines = [(self.items[what], quantity) for what, quantity in wanted.items()]
        cost = sum(self.prices[what] * quantity for what, quantity in wanted.items())
        refusals = self._refusals(who, wanted, day, cost)
        if refusals:
            with pytest.raises(refusals):
                self.ledger.shop.redeem(self.partners[who], lines, day=day)
            return
        slip = self.ledger.shop.redeem(self.partners[who], lines, day=day)
        before = self.balances[who]
        assert (slip.before, slip.points, slip.after) == (before, cost, before - cost)
        self._count(Slip(slip.code, who, day, wanted, cost))

    @rule(
        asked=st.lists(
            st.tuples(
                st.integers(0, 1),
                st.dictionaries(st.integers(0, 2), st.integers(1, 3), min_size=1),
                st.sampled_from(DAYS),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def redeem_a_list(self, asked: list[tuple[int, dict[int, int], date]]) -> None:
        """What the till refuses of a list is left out; the rest goes into one voucher."""
        said = [
            Asked(
                self.partners[who].id,
                tuple((self.items[what].id, n) for what, n in wanted.items()),
                day.isoformat(),
            )
            for who, wanted, day in asked
        ]
        faults = self.ledger.shop.faults(said, [None] * len(said))
        good: list[tuple[Asked, Slip]] = []
        for place, (who, wanted, day) in enumerate(asked):
            cost = sum(self.prices[what] * quantity for what, quantity in wanted.items())
            refusals = self._refusals(who, wanted, day, cost)
            assert isinstance(faults.get(place), refusals) if refusals else place not in faults
            if not refusals:
                good.append((said[place], Slip("", who, day, wanted, cost)))
                self._count(good[-1][1])
        if good:
            with self.ledger.voucher("shop.redeem") as voucher:
                ids = self.ledger.shop.redeem_many(voucher, [one for one, _ in good])
            for slip_id, (_, slip) in zip(ids, good, strict=True):
                slip.code = f"D{slip_id}"

    @precondition(lambda self: self.slips)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        slip = data.draw(st.sampled_from(self.slips))
        if not slip.stands:
            with pytest.raises(AlreadyCancelled):
                self.ledger.shop.cancel(slip.code)
            return
        self.ledger.shop.cancel(slip.code)
        slip.stands = False
        self.earned[slip.who].append((slip.day, slip.points))
        for what, quantity in slip.lines.items():
            self.moved[what].append((slip.day, quantity))

    @invariant()
    def balances_and_stock_are_the_models(self) -> None:
        assert [self.ledger.points.balance(partner) for partner in self.partners] == self.balances
        assert [self.ledger.shop.get(item.id).stock for item in self.items] == self.stock

    @invariant()
    def on_no_day_was_there_less_than_nothing(self) -> None:
        for moves in (*self.earned, *self.moved):
            assert least(moves, DAYS[0]) >= 0

    @invariant()
    def the_facts_add_up(self) -> None:
        rows = self.ledger.database.rows
        moved = dict(rows("SELECT item_id, sum(quantity) FROM stock_move GROUP BY item_id"))
        assert [moved.get(item.id, 0) for item in self.items] == self.stock
        slips = dict(rows("SELECT partner_id, sum(sign * points) FROM redemption GROUP BY partner_id"))
        spent = dict(
            rows("SELECT partner_id, -sum(points) FROM entry WHERE kind = 'redeem' GROUP BY partner_id")
        )
        assert slips == spent

    def _count(self, slip: Slip) -> None:
        self.slips.append(slip)
        self.earned[slip.who].append((slip.day, -slip.points))
        for what, quantity in slip.lines.items():
            self.moved[what].append((slip.day, -quantity))

    def _refusals(
        self, who: int, wanted: dict[int, int], day: date, cost: int
    ) -> tuple[type[errors.Refused], ...]:
        found: list[type[errors.Refused]] = []
        if any(quantity > least(self.moved[what], day) for what, quantity in wanted.items()):
            found.append(ShortOfStock)
        if any(self._used_up(who, what, day) for what in wanted):
            found.append(QuotaReached)
        if cost > least(self.earned[who], day):
            found.append(NotEnough)
        return tuple(found)

    def _used_up(self, who: int, what: int, day: date) -> bool:
        quota = QUOTAS[what]
        if quota is None:
            return False
        mine = [slip for slip in self.slips if slip.stands and slip.who == who and what in slip.lines]
        return len([slip for slip in mine if same_period(quota[1], slip.day, day)]) >= quota[0]


@pytest.mark.unmeasured
def test_balance_stock_and_quota_hold_under_any_sequence_of_work(ledger: Ledger) -> None:
    for name in ("武玉侪", "李四"):
        ledger.points.award(enrol(ledger, name), 600, day=DAYS[0])
    here = ledger.areas.find("XF").id
    for (name, price), quota in zip(
        (("大米", 10), ("食用油", 20), ("鸡蛋", 30)), QUOTAS.values(), strict=True
    ):
        times, period = quota or (None, None)
        goods = Goods(here, name, quota_times=times, quota_period=period)
        ledger.shop.stock_in([(ledger.shop.add(goods, price, day=DAYS[0]).item, 12)], day=DAYS[0])
    ledger.close()

    class Prepared(ShopMachine):
        prepared = ledger.database.path

    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    many = settings(
        max_examples=30, stateful_step_count=30, deadline=None, database=None, suppress_health_check=checks
    )
    run_state_machine_as_test(Prepared, settings=many)
