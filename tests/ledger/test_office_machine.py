"""Any sequence of an office's work, against a small model in plain Python that shares no code with the ledger."""

import shutil
import tempfile
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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

from hepartner.intake.pipeline import import_file
from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.backups import Backups
from hepartner.ledger.months import Span
from hepartner.ledger.points import NotEnough
from hepartner.ledger.redeeming import ShortOfStock
from hepartner.ledger.restoring import restore
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import CHINA, Clock, enrol

COMMUNITIES = ("XF", "HP")
PRICE = 10
At = tuple[str, str]
"""A community and a month."""


@dataclass
class Done:
    """What a voucher did: to balances, to the shelf, to who is here, and to sums of months; `voucher` undoes it."""

    voucher: int
    points: Counter[str] = field(default_factory=Counter)
    rice: int = 0
    awarded: Counter[At] = field(default_factory=Counter)
    redeemed: Counter[At] = field(default_factory=Counter)
    minutes: Counter[At] = field(default_factory=Counter)
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()

    @property
    def back(self) -> "Done":
        """The same the other way round."""
        less = {name: Counter({at: -n for at, n in getattr(self, name).items()}) for name in SUMS}
        return Done(0, rice=-self.rice, came=self.went, went=self.came, **less)


SUMS = ("points", "awarded", "redeemed", "minutes")


@dataclass
class Award:
    """An award that may be reversed: whose, of how many points, in which month it counts, and by which entry."""

    who: str
    points: int
    month: str
    entry: int
    stands: bool = True


@dataclass
class Model:
    """What the office has: points, rice, partners, and what each community's months say."""

    points: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    rice: int = 0
    awarded: Counter[At] = field(default_factory=Counter)
    redeemed: Counter[At] = field(default_factory=Counter)
    minutes: Counter[At] = field(default_factory=Counter)
    closed: dict[str, str] = field(default_factory=dict)
    standing: list[Done] = field(default_factory=list)
    undone: list[tuple[Done, Done]] = field(default_factory=list)
    """What was undone since something else was done, the last behind: what the undo did, and what it undid."""

    def count(self, done: Done) -> None:
        for name in SUMS:
            sums: Counter[object] = getattr(self, name)
            for at, amount in getattr(done, name).items():
                sums[at] += amount
        self.rice += done.rice
        self.here = (self.here - set(done.went)) | set(done.came)

    def do(self, done: Done) -> None:
        self.count(done)
        self.standing.append(done)
        self.undone.clear()

    def late(self, done: Done) -> Done:
        """Return the same, in months that are open."""
        for name in SUMS[1:]:
            moved: Counter[At] = Counter()
            for (place, month), amount in getattr(done, name).items():
                moved[place, self.open_month(place, month)] += amount
            setattr(done, name, moved)
        return done

    def open_month(self, place: str, month: str) -> str:
        return max(month, following(self.closed[place])) if place in self.closed else month


def following(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def preceding(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"


class OfficeMachine(RuleBasedStateMachine):
    """Two communities and a shop; partners come by hand and from lists, and some turn out to be one."""

    prepared: Path
    """A ledger with the communities, a rule, and the rice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=self.prepared.parent)
        self.path = Path(shutil.copy(self.prepared, self.folder.name))
        self.clock = Clock(datetime(2025, 3, 10, 9, tzinfo=CHINA))
        self.ledger = self._opened()
        self.rice = self.ledger.shop.find("大米")
        self.model = Model(rice=30)
        self.slips: list[tuple[str, Done]] = []
        self.awards: list[Award] = []
        self.backups: list[
            tuple[Path, dict[int, str], tuple[Model, list[tuple[str, Done]], list[Award]]]
        ] = []
        self.listed = self.held = self.restored = 0

    def teardown(self) -> None:
        assert self.ledger.custody.verify(anchor=str(self.ledger.anchor)).findings == ()
        self.ledger.close()
        self.folder.cleanup()

    @property
    def month(self) -> str:
        return f"{self.clock.now:%Y-%m}"

    def at(self, who: str, month: str = "") -> At:
        place = self.model.places[who]
        return place, self.model.open_month(place, month or self.month)

    def somebody(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.model.here)), "who")

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        self.clock.now += timedelta(days=days)

    @rule(place=st.sampled_from(COMMUNITIES))
    def register(self, place: str) -> None:
        name = f"居民{len(self.model.places)}号"
        enrol(self.ledger, name, community=place)
        self.model.places[name] = place
        self.model.do(Done(self.ledger.written[-1], came=(name,)))

    @rule(place=st.sampled_from(COMMUNITIES), size=st.integers(1, 3), times=st.integers(1, 2))
    def import_a_list(self, place: str, size: int, times: int) -> None:
        self.listed += 1
        names = [f"名单{self.listed}之{n}" for n in range(size)]
        roster = Path(self.folder.name) / f"{self.listed}.csv"
        rows = "".join(f"{name},个体,{place},2024-01-01\n" for name in names)
        roster.write_text(f"姓名,类型,社区,加入日期\n{rows}", encoding="utf-8")
        report = import_file(self.ledger, "partners", roster)
        assert (report.added, report.problems) == (size, ())
        assert report.voucher is not None
        self.model.places |= dict.fromkeys(names, place)
        self.model.do(Done(report.voucher, came=tuple(names)))
        if times == 2:
            repeated = import_file(self.ledger, "partners", roster)
            assert (repeated.added, repeated.unchanged, repeated.voucher) == (0, size, None)

    @precondition(lambda self: self.model.here)
    @rule(data=st.data(), points=st.integers(1, 40), months=st.integers(0, 1))
    def award(self, data: st.DataObject, points: int, months: int) -> None:
        """Today, or late, for a day of the month before, which may be closed."""
        who = self.somebody(data)
        month = preceding(self.month) if months else self.month
        day = date.fromisoformat(f"{month}-01") if months else None
        given = self.ledger.points.award(self.ledger.partners.find(who), points, day=day)
        at = self.at(who, month)
        self.model.do(Done(given.voucher, Counter({who: points}), awarded=Counter({at: points})))
        (entry,) = self.ledger.database.row("SELECT max(id) FROM entry")
        if not months:
            self.awards.append(Award(who, points, at[1], entry))

    @precondition(lambda self: self.model.here)
    @rule(data=st.data(), minutes=st.sampled_from((0, 30, 60, 95)), size=st.integers(1, 3))
    def sign(self, data: st.DataObject, minutes: int, size: int) -> None:
        """Ten points per hour, rounded down."""
        names = data.draw(
            st.lists(st.sampled_from(sorted(self.model.here)), min_size=1, max_size=size, unique=True),
            "names",
        )
        self.held += 1
        place = self.model.places[names[0]]
        area = self.ledger.areas.find(place)
        event = Event(
            area.id,
            self.clock.now.date().isoformat(),
            f"义诊{self.held}",
            "welfare",
        )
        activity = self.ledger.activities.add(event).activity
        lines = [SheetLine(self.ledger.partners.find(name), minutes) for name in names]
        signed = self.ledger.sheets.sign(activity, lines, self.ledger.rulebook.find("HOUR"))
        points = minutes * 10 // 60
        done = Done(signed.voucher, Counter(dict.fromkeys(names, points)))
        for name in names:
            done.awarded[self.at(name)] += points
            done.minutes[place, self.model.open_month(place, self.month)] += minutes
        self.model.do(done)

    @precondition(lambda self: self.model.here)
    @rule(data=st.data(), bags=st.integers(1, 5))
    def redeem(self, data: st.DataObject, bags: int) -> None:
        who, cost = self.somebody(data), bags * PRICE
        partner, goods = self.ledger.partners.find(who), [(self.rice, bags)]
        short = [ShortOfStock] * (bags > self.model.rice) + [NotEnough] * (cost > self.model.points[who])
        if short:
            with pytest.raises(tuple(short)):
                self.ledger.shop.redeem(partner, goods)
            return
        slip = self.ledger.shop.redeem(partner, goods)
        done = Done(slip.voucher, Counter({who: -cost}), -bags, redeemed=Counter({self.at(who): cost}))
        self.model.do(done)
        self.slips.append((slip.code, done))

    @precondition(lambda self: self._may_cancel())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        code, slip = data.draw(st.sampled_from(self._may_cancel()), "slip")
        cancelled = self.ledger.shop.cancel(code)
        back = self.model.late(slip.back)
        back.voucher = cancelled.voucher
        self.model.do(back)
        self.slips.remove((code, slip))

    @precondition(lambda self: self._may_reverse())
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        """Take back what is left of an award; nothing was spent of it as long as its partner has as much."""
        award = data.draw(st.sampled_from(self._may_reverse()), "award")
        back = self.ledger.points.reverse(award.entry)
        assert (back.points, back.shortfall) == (-award.points, 0)
        at = self.at(award.who, award.month)
        minus = Counter({award.who: -award.points})
        self.model.do(Done(back.voucher, minus, awarded=Counter({at: -award.points})))
        self.awards.remove(award)

    @precondition(lambda self: len(self.model.here) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(sorted(self.model.here)), "who")[:2]
        find = self.ledger.partners.find
        merged = self.ledger.membership.merge(find(one), find(other))
        points = self.model.points[one]
        self.model.do(Done(merged.voucher, Counter({one: -points, other: points}), went=(one,)))
        self.slips = [slip for slip in self.slips if slip[1].points[one] == slip[1].points[other] == 0]
        self.awards = [award for award in self.awards if award.who not in (one, other)]

    @rule(place=st.sampled_from(COMMUNITIES))
    def close(self, place: str) -> None:
        """Close the month after the last closed one, if it is over."""
        month = following(self.model.closed[place]) if place in self.model.closed else preceding(self.month)
        if month < self.month:
            self.ledger.periods.close([self.ledger.areas.find(place)], month)
            self.model.closed[place] = month

    @precondition(lambda self: self.model.standing)
    @rule()
    def undo(self) -> None:
        """Undo the last that stands: whatever came after it was undone before, or closed a month."""
        done = self.model.standing.pop()
        undone = self.ledger.history.undo(done.voucher)
        back = self.model.late(done.back)
        back.voucher = undone.voucher
        self.model.count(back)
        self.model.undone.append((back, done))
        self._forget(done)

    @precondition(lambda self: self.model.undone)
    @rule()
    def undo_the_undo(self) -> None:
        back, done = self.model.undone.pop()
        again = self.model.late(back.back)
        again.voucher = self.ledger.history.undo(back.voucher).voucher
        self.model.count(again)
        self.model.standing.append(again)
        self._forget(done)

    @rule()
    def back_up(self) -> None:
        """Keep a copy of the ledger, and of what the model says by now."""
        backup = self.ledger.book(Backups).make().backup.path
        self.backups.append((backup, self._vouchers(), deepcopy((self.model, self.slips, self.awards))))

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        """Go on from a backup, in a new file: what was done since is lost, in the ledger as in the model."""
        self.restored += 1
        backup, vouchers, known = data.draw(st.sampled_from(self.backups), "backup")
        into = Path(self.folder.name) / f"恢复{self.restored}.db"
        told = restore(backup, into, present=self.path, operator="李梅", clock=self.clock)
        assert told.verified.findings == ()
        assert told.lost is not None
        gone = {number for number, uid in self._vouchers().items() if vouchers.get(number) != uid}
        assert {one.voucher for one in told.lost} == gone
        self.ledger.close()
        self.path = into
        self.ledger = self._opened()
        self.model, self.slips, self.awards = deepcopy(known)

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        cards = {card.name: card for card in self.ledger.partners.cards()}
        assert set(cards) == self.model.here
        balances = {name: self.ledger.points.balance(card) for name, card in cards.items()}
        assert balances == {name: self.model.points[name] for name in self.model.here}
        assert self.ledger.shop.get(self.rice.id).stock == self.model.rice

    @invariant()
    def every_month_says_what_the_model_says(self) -> None:
        places = {area.id: area.code for area in self.ledger.areas.communities()}
        kept = {"points.awarded": "awarded", "points.redeemed": "redeemed", "hours.served": "minutes"}
        for figure, name in kept.items():
            sums: Counter[At] = getattr(self.model, name)
            for month in {month for _, month in sums}:
                counted = self.ledger.counts.additive(figure, Span.month(month))
                assert {places[one]: n for one, n in counted.items() if n} == {
                    place: n for (place, of), n in sums.items() if of == month and n
                }

    def _vouchers(self) -> dict[int, str]:
        """The vouchers of the ledger as it stands, by number: two ledgers that went apart have others of the same numbers."""
        return dict(self.ledger.database.rows("SELECT id, uid FROM voucher"))

    def _opened(self) -> Ledger:
        return Ledger.open(self.path, operator="李梅", clock=self.clock, community="XF")

    def _may_cancel(self) -> list[tuple[str, Done]]:
        """Slips that stand; whoever has had a merger since is left out."""
        return self.slips

    def _may_reverse(self) -> list[Award]:
        return [award for award in self.awards if self.model.points[award.who] >= award.points]

    def _forget(self, done: Done) -> None:
        """Leave out of what may be cancelled or reversed what an undo touched."""
        touched = {name for name, points in done.points.items() if points}
        self.slips = [slip for slip in self.slips if not touched & set(slip[1].points)]
        self.awards = [award for award in self.awards if award.who not in touched]


def office(path: Path) -> Path:
    """Write down in a ledger with areas what every run begins with."""
    with Ledger.open(path, operator="李梅", clock=Clock()) as ledger:
        ledger.rulebook.add("HOUR", "按小时", points=10, per="hour", valid_from=date(2022, 1, 1))
        goods = Goods(ledger.areas.find("XF").id, "大米")
        rice = ledger.shop.add(goods, PRICE, day=date(2025, 1, 1)).item
        ledger.shop.stock_in([(rice, 30)], day=date(2025, 1, 1))
    return path


def run(prepared: Path, *, examples: int, steps: int) -> None:
    """Let so many offices take so many steps."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    many = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=checks,
    )
    machine = type("Office", (OfficeMachine,), {"prepared": prepared})
    run_state_machine_as_test(machine, settings=many)


@pytest.mark.unmeasured
def test_an_office_comes_to_what_a_model_comes_to_whatever_it_does(
    templates: dict[str, Path], folder: Path
) -> None:
    run(office(Path(shutil.copy(templates["settled"], folder))), examples=12, steps=25)
