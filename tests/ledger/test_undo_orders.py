"""Undo in random orders: in reverse order nothing is left; after mergers each card has what was given to it."""

from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.lineage import Lineage
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.stocking import Goods
from hepartner.ledger.undo import FINAL, NothingToUndo
from hepartner.reports.figures import FIGURES
from hepartner.reports.readings import Readings
from tests.ledger.conftest import CHINA, enrol
from tests.measuring import first_measured
from tests.recount import deeds
from tests.recount.standing import Stands, differences, standing
from tests.recount.story import LAST, Story, begun

SEEDS = range(12)
CLOSING = [deeds.close] * 8 + [deeds.reopen_month] * 3
DEEDS = [
    deed
    for deed, times in deeds.DECK.items()
    for _ in range(times)
    if deed not in (deeds.close, deeds.reopen_month)
] + [deeds.undo] * 40


@pytest.mark.parametrize("seed", first_measured(SEEDS[:6], 1))
@pytest.mark.parametrize("closing", [False, True])
def test_all_that_was_written_is_undone_in_reverse_order(folder: Path, seed: int, *, closing: bool) -> None:
    story = begun(folder / "台账.db", seed)
    with story.ledger as ledger:
        root = ledger.areas.root()
        assert root is not None
        span = Span.in_all(LAST)
        figures = {code: Readings(ledger).value(code, root, span) for code in FIGURES}
        stood = worked(story, DEEDS + (CLOSING if closing else []), months=not closing)
        assert len(stood) > 40
        for number in range(last_voucher(ledger), min(stood) - 1, -1):
            if is_final(ledger, number):
                continue
            undone = ledger.history.undo(number)
            assert (number, undone.kept, undone.refused) == (number, (), ())
            if number in stood:
                left = differences(stood[number], standing(ledger, months=not closing))
                assert (number, left) == (number, [])
        assert {code: Readings(ledger).value(code, root, span) for code in FIGURES} == figures
        assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_an_undo_is_known_as_one_in_part_if_it_kept_something(folder: Path, seed: int) -> None:
    story = begun(folder / "台账.db", seed)
    with story.ledger as ledger:
        worked(story, DEEDS + CLOSING, months=False)
        for number in range(2, last_voucher(ledger) + 1, 3):
            if is_final(ledger, number):
                continue
            try:
                undone = ledger.history.undo(number)
            except NothingToUndo:
                continue
            partly = bool(undone.kept or undone.refused)
            assert (number, Lineage(ledger).taken_back(number)) == (number, (undone.voucher, partly))


def is_final(ledger: Ledger, number: int) -> bool:
    """Tell whether a voucher closed a month or opened it again, which is not undone; months stay as they are."""
    return ledger.database.value("SELECT action FROM voucher WHERE id = ?", (number,)) in FINAL


def worked(story: Story, deck: list[deeds.Deed], *, months: bool) -> dict[int, Stands]:
    """Let the office work for some days; return what stood before each voucher."""
    stood: dict[int, Stands] = {}
    drawn = story.random.choices(deck, k=110)
    for place, deed in enumerate(drawn):
        story.clock.now = datetime(2025, 11, 1 + place * 20 // len(drawn), 10, 0, tzinfo=CHINA)
        first = last_voucher(story.ledger) + 1
        before = standing(story.ledger, months=months)
        story.attempt(deed)
        if last_voucher(story.ledger) >= first:
            stood[first] = before
    return stood


def last_voucher(ledger: Ledger) -> int:
    return int(ledger.database.value("SELECT max(id) FROM voucher"))


@pytest.mark.parametrize("seed", first_measured(SEEDS, 1))
def test_after_mergers_are_undone_in_any_order_each_card_has_what_was_given_to_it(
    ledger: Ledger, seed: int
) -> None:
    office = Mergers(ledger, Random(seed))
    for _ in range(50):
        office.random.choice(
            (
                office.award,
                office.reverse,
                office.redeem,
                office.cancel,
                office.merge,
                office.merge,
                office.split,
            )
        )()
        assert office.in_all() == sum(office.given.values())
    while office.merged:
        office.split()
    balances = {one.id: ledger.points.balance(one) for one in office.people}
    assert balances == office.given
    assert ledger.custody.verify().findings == ()


class Mergers:
    """Six people of two communities, and beside the ledger what each card was given and spent of it."""

    def __init__(self, ledger: Ledger, random: Random) -> None:
        self.ledger, self.random = ledger, random
        self.people = [enrol(ledger, f"居民{n}", community=random.choice(("XF", "HP"))) for n in range(6)]
        self.given = {one.id: 0 for one in self.people}
        self.merged: list[int] = []
        self.slips: list[tuple[str, int]] = []
        self.awards: list[tuple[int, int, int]] = []
        self.rice = ledger.shop.add(Goods(self.people[0].community_id, "大米"), 10, day=date(2024, 1, 1)).item
        ledger.shop.stock_in([(self.rice, 999)], day=date(2024, 1, 1))

    def in_all(self) -> int:
        return int(self.ledger.database.value("SELECT sum(points) FROM balance"))

    def somebody(self) -> Partner:
        """Return one who was not merged."""
        now = [self.ledger.partners.get(one.id) for one in self.people]
        return self.random.choice([one for one in now if one.status != "merged"])

    def award(self) -> None:
        one, points = self.somebody(), self.random.randint(10, 50)
        self.ledger.points.award(one, points, day=date(2025, 11, self.random.randint(1, 20)))
        entry = int(self.ledger.database.value("SELECT max(id) FROM entry WHERE kind = 'award'"))
        self.awards.append((entry, one.id, points))
        self.given[one.id] += points

    def reverse(self) -> None:
        """Reverse an award of which nothing was spent."""
        self.random.shuffle(self.awards)
        entry, owner, points = self.awards.pop() if self.awards else (0, 0, 0)
        if entry and self.given[owner] >= points:
            self.ledger.points.reverse(entry)
            self.given[owner] -= points

    def redeem(self) -> None:
        """Redeem by what the card itself was given."""
        one = self.somebody()
        if self.given[one.id] >= 10:
            self.slips.append((self.ledger.shop.redeem(one, [(self.rice, 1)]).code, one.id))
            self.given[one.id] -= 10

    def cancel(self) -> None:
        self.random.shuffle(self.slips)
        if self.slips:
            code, owner = self.slips.pop()
            self.ledger.shop.cancel(code)
            self.given[owner] += 10

    def merge(self) -> None:
        one, other = self.somebody(), self.somebody()
        if one.id != other.id:
            self.merged.append(self.ledger.membership.merge(one, other).voucher)

    def split(self) -> None:
        """Undo any merger, or undo that and undo the merger again."""
        if not self.merged:
            return
        self.random.shuffle(self.merged)
        undo = self.ledger.history.undo
        taken_back = undo(self.merged.pop())
        assert (taken_back.shortfall, taken_back.kept, taken_back.refused) == (0, (), ())
        if self.random.random() < 0.4:
            self.merged.append(undo(taken_back.voucher).voucher)
