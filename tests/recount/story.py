"""A year of a small office from a seed: communities, partners and deeds on the days of a clock that moves on."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NoReturn

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Activity
from hepartner.ledger.areas import Area
from hepartner.ledger.closing import Closing
from hepartner.ledger.errors import GuardRefused, LedgerError, NotFound
from hepartner.ledger.handling import Issue
from hepartner.ledger.items import Item
from hepartner.ledger.months import month_of, shifted
from hepartner.ledger.partners import Partner
from hepartner.ledger.rulebook import Rule
from hepartner.ledger.stocking import Goods
from hepartner.reports.monthly.sealing import drawing_up
from tests.ledger.conftest import CHINA, Clock, hire

from . import deeds
from .sealed import Sealed

LAST = "2025-11"
"""The month in which every story ends."""


@dataclass
class Story:
    """An office at work; `done` and `refused` count deeds, `sealed` holds what was read when a month was closed."""

    ledger: Ledger
    clock: Clock
    random: Random
    done: Counter[deeds.Deed] = field(default_factory=Counter)
    refused: Counter[deeds.Deed] = field(default_factory=Counter)
    sealed: Sealed = field(default_factory=Sealed)
    numbers: Counter[str] = field(default_factory=Counter)
    second: int = 0

    def live(self) -> None:
        """Let the deeds of a deck happen on their days."""
        drawn = [deed for deed, times in deeds.DECK.items() for _ in range(times)]
        self.random.shuffle(drawn)
        for place, deed in enumerate(drawn):
            self.clock.now = _FIRST_DAY + (_LAST_DAY - _FIRST_DAY) * (place + 1) / len(drawn)
            self.attempt(deed)

    def attempt(self, deed: deeds.Deed) -> None:
        """Do a deed, drawing again when a rule refuses it; nothing of what is refused is in the ledger.

        A guard never refuses what no rule had refused: that is not caught.
        """
        for _ in range(4):
            try:
                deed(self)
            except GuardRefused:
                raise
            except LedgerError:
                self.refused[deed] += 1
            else:
                self.done[deed] += 1
                self.sealed.forget(self.ledger)
                return

    # What deeds draw

    def number(self, noun: str) -> int:
        self.numbers[noun] += 1
        return self.numbers[noun]

    def day(self, late: float = 0.25) -> date:
        """Draw a day of the last week, or, with this chance, of the last three months."""
        back = self.random.randint(0, 90) if self.random.random() < late else self.random.randint(0, 7)
        return self.ledger.today() - timedelta(days=back)

    def community(self) -> Area:
        return self.random.choice(self.ledger.areas.communities())

    def partners(self, size: int, *statuses: str) -> list[Partner]:
        found = [one for one in self.ledger.partners.cards() if one.status in (statuses or ("active",))]
        return self.random.sample(found, min(size, len(found))) if len(found) >= size else self.nothing()

    def partner(self, *statuses: str) -> Partner:
        return self.partners(1, *statuses)[0]

    def rule(self) -> Rule:
        versions = self.random.choice(list(self.ledger.rulebook.versions().values()) or self.nothing())
        return self.ledger.rulebook.find(versions[0].code)

    def activity(self) -> Activity:
        found = self.ledger.activities.listing()[:6]
        return self.random.choice(found or self.nothing())

    def items(self, size: int) -> list[Item]:
        found = self.ledger.shop.listing(under=self.community())
        return self.random.sample(found or self.nothing(), min(size, len(found)))

    def issue(self, *statuses: str) -> Issue:
        found = [one for one in self.ledger.issues.listing() if not statuses or one.status in statuses]
        return self.random.choice(found or self.nothing())

    def one_of(self, sql: str) -> int:
        rows = self.ledger.database.rows(sql)
        return int(self.random.choice(rows or self.nothing())[0])

    def nothing(self) -> NoReturn:
        """Give a draw up that has nothing to choose from."""
        raise NotFound("可选的", "")

    def close(self) -> int:
        periods, today = self.ledger.periods, month_of(self.ledger.today())
        first = self.community()
        through = periods.closed_through(first.id)
        alike = [one for one in self.ledger.areas.communities() if periods.closed_through(one.id) == through]
        chosen = [one for one in alike if one.id == first.id or self.random.random() < 0.6]
        month = shifted(through, 1) if through else shifted(today, -self.random.randint(1, 3))
        closing, draw_up = self.ledger.book(Closing), drawing_up(self.ledger)
        for community in chosen:
            closing.close(community, month, draw_up)
        self.sealed.take(self.ledger, chosen, month)
        return len(chosen)


_FIRST_DAY = datetime(2024, 10, 1, 9, 0, tzinfo=CHINA)
_LAST_DAY = datetime(2025, 11, 20, 10, 0, tzinfo=CHINA)


def told(path: Path, seed: int) -> Story:
    """Build a ledger from a seed and let its office work through the months."""
    story = begun(path, seed)
    story.live()
    return story


def begun(path: Path, seed: int) -> Story:
    """Build a ledger from a seed, with some partners and nothing done."""
    random, clock = Random(seed), Clock(_FIRST_DAY)
    story = Story(Ledger.create(path, operator="李梅", clock=clock), clock, random)
    _settle(story)
    for _ in range(random.randint(5, 11)):
        deeds.enrol(story)
    return story


def _settle(story: Story) -> None:
    ledger, random = story.ledger, story.random
    hire(ledger, "王强", pin="2468")
    story.second = ledger.operators.attest("王强", "2468")
    district = ledger.areas.add("district", "海城区", code="HC").area
    subdistricts = [
        ledger.areas.add("subdistrict", f"{name}街道", parent=district).area
        for name in ("甲", "乙")[: random.randint(1, 2)]
    ]
    for number in range(random.randint(2, 4)):
        parent = subdistricts[number % len(subdistricts)]
        community = ledger.areas.add(
            "community", f"第{number}社区", parent=parent, code=f"C{number}", since=date(2024, 7, 1)
        ).area
        for name, price in (("米", 12), ("油", 25), ("盐", 3)):
            goods = (
                Goods(community.id, name, quota_times=3, quota_period="quarter")
                if price > 20
                else Goods(community.id, name)
            )
            item = ledger.shop.add(goods, price, day=date(2024, 7, 1)).item
            ledger.shop.stock_in([(item, random.randint(5, 40))], day=date(2024, 7, 2))
    _write_rules(story)
    ledger.settings.set("expiry", random.choice(("yearly", "january")))


def _write_rules(story: Story) -> None:
    since = date(2024, 7, 1)
    add = story.ledger.rulebook.add
    add("HOUR", "按小时", points=10, per="hour", cap_activity=20, cap_day=30, valid_from=since)
    add("TIME", "按次", points=6, cap_month=24, valid_from=since)
    add("SIGNED", "要确认", points=8, per="hour", needs_confirmer=True, cap_year=90, valid_from=since)
    for code, name, days in (("WATER", "用水", 3), ("LAMP", "路灯", 10), ("PARKING", "停车", 40)):
        story.ledger.issues.categories.set(code, name=name, days=days)
