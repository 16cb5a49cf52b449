"""The story of the district from June 2022 to November 2025, half-year by half-year, in the order in which it is written down."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import happenings, mishaps, pairs
from .exchange import SLIPS, Shops
from .favours import Favours
from .happenings import Activity
from .meetings import Table
from .names import DENTIST, HOME_SERVICE, TEACHER, TROUPE
from .people import Partner, Sizes, enrol
from .places import COMMUNITIES, FOUNDED_ON, ISLAND
from .register import month_after, months_between
from .rosters import read_fixed
from .services import Services
from .troubles import Desk, Issue
from .whistles import Bugle
from .world import HALVES, Half, Row, Sheet, World, by_subdistrict

GROUPS, BUSINESSES = 603, 246
"""Partners of the programme's report at the end; individuals are 1,800-odd."""

LEAVING = {"individual": 6, "group": 2, "business": 1}
"""Partners who leave at the end of each half-year but the last."""
COMING_BACK = {"individual": (2, 3, 4, 5, 6), "group": (3, 5), "business": (4,)}
"""The half-years in which one of those who left comes back."""
MERGED = 2
"""Individuals registered twice who are merged at the end of each half-year but the last."""
CLEARED = (2, 4, 6)
"""The half-years, each from July on, at whose beginning points of earlier years expire."""
_JUDGED = (3, 5)
"""The half-years, each from January on, at whose beginning the stars of the last year are frozen."""
_OTHERS = (180, 290, 400, 470, 530, 570, 480)
"""Activities of each half-year besides welfare events."""
_WELFARE = (14, 24, 33, 37, 42, 46, 38)
_SLIPS = (0.04, 0.13, 0.26, 0.42, 0.61, 0.81, 1.0)
"""The part of all slips that stands at the end of each half-year."""
_ISSUES = (92, 128, 146, 160, 170, 535, 515)
_BENEFICIARIES = (101, 103, 103, 103, 103, 32, 32)
"""People who benefit from an issue of each half-year, on average."""


@dataclass
class Story:
    """Tells what happened, one half-year after the other; the report's totals come out at its end."""

    world: World
    shops: Shops
    desk: Desk
    twins: list[tuple[Partner, Partner]]
    """Individuals registered twice: the card to be merged, and the one that stays."""
    held: list[Activity] = field(default_factory=list)
    waiting: list[Activity] = field(default_factory=list)
    """Activities whose sheets nobody has confirmed yet."""
    gone: dict[str, list[Partner]] = field(default_factory=lambda: {kind: [] for kind in LEAVING})
    suspended: list[Partner] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bugle = Bugle(self.world)
        self.services = Services(self.world)
        self.table = Table(self.world, self.desk)
        self.favours = Favours(self.world)

    @property
    def refused(self) -> int:
        """How many slips and bookings the ledger had to refuse."""
        return self.shops.refused + self.favours.refused

    def tell(self, halves: Sequence[Half] = HALVES) -> None:
        """Tell it all, or only the first half-years of it."""
        self._found()
        for half in halves:
            self.world.today = half.first
            if half.number:
                self._begin(half, HALVES[half.number - 1])
            self.world.today = half.last
            self._send_files(half)
            self._exchange(half)
            self._amend(half)
            if half.number < len(HALVES) - 1:
                self._part(half)
            else:
                self._end(half)

    def _found(self) -> None:
        for community in COMMUNITIES:
            self.world.register.note(community.name, FOUNDED_ON, {"areas.community": 1})
        mishaps.join(self.world)
        self._send_opening_points()
        self.favours.found_venues()

    def _send_opening_points(self) -> None:
        rng, day = self.world.rng, date(2022, 6, 30)
        self.world.today = day
        early = [one for one in self.world.partners if one.kind == "individual" and one.here_on(day)]
        chosen = [one for one in early if rng.random() < 0.6]
        for subdistrict, here in by_subdistrict(chosen):
            rows = [self._opened(partner, day) for partner in here]
            self.world.send(
                Sheet(
                    "opening", f"{HALVES[0].name}/{subdistrict}期初", f"{subdistrict}手工台账结转积分", rows
                )
            )

    def _opened(self, partner: Partner, day: date) -> Row:
        points = self.world.rng.randint(2, 30) * 5
        self.world.wallets.give(partner, points, day, today=day, count="points.opening")
        return {
            "社区": partner.home,
            "姓名": partner.name,
            "电话": partner.phone,
            "期初积分": points,
            "日期": day,
        }

    def _begin(self, half: Half, past: Half) -> None:
        """Write down what waited for the turn of the half-year: months are closed, then late news of the past one comes in."""
        world, rng = self.world, self.world.rng
        self._close(half)
        if half.number in _JUDGED:
            self.favours.judge(half.first.year - 1)
        for partner in rng.sample(self._steady(), 5):
            mishaps.move(world, partner)
        self._come_back(half)
        if half.number in CLEARED:
            mishaps.clear(world)
        mishaps.complain_about(world, self.held, count=4)
        late = happenings.plan(rng, past, welfare=0, others=14)
        self.held = happenings.hold(world, late, batch=f"{half.name}/补报", whole=True)
        self.desk.receive(
            past, count=6, beneficiaries=_BENEFICIARIES[past.number], batch=f"{half.name}/补报", whole=True
        )
        self.bugle.report(past, batch=f"{half.name}/补报", count=2)
        self.table.report(past, batch=f"{half.name}/补报", count=1)
        self.favours.report(past, batch=f"{half.name}/补报", venues=2, honours=2)
        for activity in rng.sample(self.waiting, len(self.waiting) // 2):
            happenings.confirm(world, activity)
        self._settle_issues()
        for slip in rng.sample(self.shops.slips, 4):
            self.shops.cancel(slip)

    def _close(self, half: Half) -> None:
        """Close months: the town's every winter and the last summer, the island's only once."""
        closing = {3: ("2023-12", "2023-06"), 5: ("2024-12", ""), 6: ("2025-06", "")}
        if half.number in closing:
            town, island = closing[half.number]
            here = [community.name for community in COMMUNITIES]
            self._close_through(town, [name for name in here if name not in ISLAND])
            if island:
                self._close_through(island, sorted(ISLAND))

    def _close_through(self, month: str, communities: list[str]) -> None:
        register = self.world.register
        closed = register.closed_through(communities[0])
        for each in months_between(month_after(closed), month) if closed else [month]:
            self.world.command("close", month=each, communities=communities)
        for community in communities:
            register.close(community, month)

    def _send_files(self, half: Half) -> None:
        world, rng = self.world, self.world.rng
        self.shops.restock(half)
        if not half.number:
            self.shops.set_quotas()
        planned = happenings.plan(rng, half, welfare=_WELFARE[half.number], others=_OTHERS[half.number])
        held = happenings.hold(world, planned, batch=half.name)
        wrong = happenings.plan(rng, half, welfare=2, others=5)
        batch = f"{half.name}/误报"
        mishaps.undo_files(world, happenings.hold(world, wrong, batch=batch, whole=True), batch=batch)
        self.held += held
        self.waiting = [activity for activity in held if activity.rule(world).needs_confirmer]
        for activity in rng.sample(self.waiting, len(self.waiting) * 4 // 5):
            happenings.confirm(world, activity)
            self.waiting.remove(activity)
        count = _ISSUES[half.number] + rng.randint(-4, 4)
        self.desk.receive(half, count=count, beneficiaries=_BENEFICIARIES[half.number], batch=half.name)
        pairs.pair(world, half)
        self.bugle.send(half)
        self.services.send(half)
        self.table.send(half)
        self.favours.send(half)
        self._misreport(half)

    def _misreport(self, half: Half) -> None:
        """Let the district send files of dispatches, meetings and favours that are found wrong at once and undone."""
        register, batch = self.world.register, f"{half.name}/误传"
        before = len(register.deeds)
        self.bugle.report(half, batch=batch, count=2)
        self.table.report(half, batch=batch, count=2)
        self.favours.report(half, batch=batch, venues=3, honours=3)
        mishaps.undo_batch(self.world, batch)
        for deed in register.deeds[before:]:
            register.take_back(deed)

    def _exchange(self, half: Half) -> None:
        """Write the half-year's slips; some are cancelled again, and some askings are refused."""
        rng, cancelled = self.world.rng, 15
        before = len(self.shops.slips)
        self.shops.exchange(half, until=round(SLIPS * _SLIPS[half.number]) + cancelled)
        for slip in rng.sample(self.shops.slips[before:], cancelled):
            self.shops.cancel(slip)
        for partner in rng.sample(self._steady(), 5):
            self.shops.overdraw(partner)
        for slip in self.shops.slips[-40:]:
            self.shops.ask_too_often(slip)

    def _amend(self, half: Half) -> None:
        world, rng = self.world, self.world.rng
        mishaps.complain_about(world, self.held, count=8)
        for partner in rng.sample(self._steady(), 4):
            mishaps.deduct(world, partner, rng.choice((5, 10)))
        for partner in rng.sample(self._steady(), 4):
            day = max(partner.joined_on, half.last - timedelta(rng.randrange(100)))
            mishaps.reward(world, partner, rng.choice((20, 50)), day)
        self._stir_issues()
        self._blow()
        self.services.stir(half)
        self.table.stir(half)
        self.favours.stir()

    def _stir_issues(self) -> None:
        """Let residents confirm, complain again, and let the desk find what was reported twice."""
        desk, rng, today = self.desk, self.world.rng, self.world.today
        resolved = [issue for issue in desk.issues if issue.state == "resolved"]
        for issue in rng.sample(resolved, min(len(resolved), 20)):
            desk.confirm(issue, self._day_after(issue), satisfied=rng.choice((True, True, False, None)))
        settled = [issue for issue in desk.issues if issue.state in ("resolved", "confirmed")]
        for issue in rng.sample(settled, 9):
            desk.reopen(issue, self._day_after(issue))
        steady = self._steady()
        for issue in rng.sample(settled, 30):
            self._help(issue, steady)
        standing = [issue for issue in desk.issues if issue.state != "duplicate"]
        for issue in rng.sample(standing, 6):
            firsts = [
                one for one in standing if one.community == issue.community and one.state != "duplicate"
            ]
            firsts = [one for one in firsts if one is not issue and one.category == issue.category]
            if firsts and issue.steps[-1].day <= today:
                desk.find_twice(issue, rng.choice(firsts), today)

    def _help(self, issue: Issue, steady: list[Partner]) -> None:
        """Let somebody of the community be named who helped with an issue."""
        near = [one for one in steady if one.home == issue.community and one not in issue.helpers]
        if near:
            self.desk.help(issue, self.world.rng.choice(near), self.world.today)

    def _settle_issues(self) -> None:
        """Let most issues that were still open be resolved around the turn of the half-year."""
        for issue in list(self.desk.open_ones()):
            if self.world.rng.random() < 0.75:
                self.desk.resolve(issue, self._day_after(issue))

    def _day_after(self, issue: Issue) -> date:
        """Draw a day of the last three weeks on which an issue can take its next step."""
        today = self.world.today
        first = max(issue.steps[-1].day, today - timedelta(20))
        return first + timedelta(self.world.rng.randrange((today - first).days + 1))

    def _blow(self) -> None:
        """Let a community that has enough partners blow the whistle today."""
        homes: dict[str, list[Partner]] = {}
        for partner in self._steady():
            homes.setdefault(partner.home, []).append(partner)
        near = self.world.rng.choice([here for here in homes.values() if len(here) >= _CALLED])
        self.bugle.blow(self.world.rng.sample(near, _CALLED))

    def _part(self, half: Half) -> None:
        """Let some partners leave or be suspended, and merge some who were registered twice."""
        rng = self.world.rng
        steady = rng.sample(self._steady(), len(self._steady()))
        for kind, count in LEAVING.items():
            leaving = [one for one in steady if one.kind == kind][:count]
            for partner in leaving:
                mishaps.leave(self.world, partner)
            self.gone[kind] += leaving
        for partner in rng.sample(self._steady(), 2):
            mishaps.suspend(self.world, partner)
            self.suspended.append(partner)
        for twin, partner in self.twins[half.number * MERGED : (half.number + 1) * MERGED]:
            mishaps.merge(self.world, twin, partner)

    def _come_back(self, half: Half) -> None:
        for partner in self.suspended:
            mishaps.come_back(self.world, partner, left=False)
        self.suspended.clear()
        for kind, halves in COMING_BACK.items():
            if half.number in halves:
                mishaps.come_back(self.world, self.gone[kind].pop(0), left=True)

    def _end(self, half: Half) -> None:
        """Close the town's months up to October 2025, and let late news of that October count in November."""
        self._close_through("2025-10", [one.name for one in COMMUNITIES if one.name not in ISLAND])
        october = Half("2025年10月", date(2025, 10, 1), date(2025, 10, 31), half.number)
        planned = happenings.plan(self.world.rng, october, welfare=0, others=8)
        happenings.hold(self.world, planned, batch=f"{october.name}/补报", whole=True)
        mishaps.complain_about(self.world, self.held, count=5)

    def _steady(self) -> list[Partner]:
        """Return the partners who take part now and whose cards nothing else is planned for."""
        planned = {one for pair in self.twins for one in pair}
        today = self.world.today
        return [
            one
            for one in self.world.partners
            if one.here_on(today) and one not in planned and one.name not in _STAYING
        ]


_CALLED = 5
"""Partners that a dispatch typed on its day deals with."""
_STAYING = (TEACHER, TROUPE, HOME_SERVICE, DENTIST)


def tell(seed: int, halves: Sequence[Half] = HALVES) -> Story:
    """Tell the story of one seed, or only the first half-years of it."""
    rng = random.Random(seed)
    sizes = Sizes(
        individuals=rng.randint(1815, 1885) + _net_loss("individual") + MERGED * (len(HALVES) - 1),
        groups=GROUPS + _net_loss("group"),
        businesses=BUSINESSES + _net_loss("business"),
        twins=MERGED * (len(HALVES) - 1),
    )
    partners, twins = enrol(rng, sizes=sizes, fixed=read_fixed())
    world = World(rng, partners)
    story = Story(world, Shops(world, rng.randint(561_500, 565_000)), Desk(world), twins)
    story.tell(halves)
    return story


def _net_loss(kind: str) -> int:
    return LEAVING[kind] * (len(HALVES) - 1) - len(COMING_BACK[kind])
