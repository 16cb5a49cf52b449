"""Who the partners of the district are: individuals, groups and businesses of 41 communities, made up from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import names
from .places import COMMUNITIES, Community

FIRST_DAY = date(2022, 6, 1)
LAST_DAY = date(2025, 11, 30)
KINDS = {"individual": "个体", "group": "社群", "business": "商企"}
"""The kinds of partners as rosters write them."""

_LIFE = ("退休教师", "文艺骨干", "在职党员", "热心居民", "退役军人", "社区志愿者")
_SKILLS = (
    "声乐",
    "书法",
    "理发",
    "电工",
    "法律咨询",
    "太极",
    "急救",
    "摄影",
    "烘焙",
    "心理疏导",
    "维修家电",
    "舞蹈",
)
_STREETS = (
    "北部湾中路",
    "长青路",
    "贵州路",
    "四川路",
    "海角大道",
    "云南路",
    "独树根路",
    "驿马路",
    "茶亭路",
    "解放路",
)
_JOINING_WEIGHTS = (30, 25, 18, 12, 8, 5, 2)
"""How many of a hundred partners join in each half-year from 2022-06 on."""


@dataclass(slots=True, eq=False)
class Partner:
    """One line of a roster, and what becomes of the partner later."""

    name: str
    kind: str
    community: str
    grid: str
    joined_on: date
    phone: str = ""
    category: str = ""
    skills: str = ""
    contact: str = ""
    address: str = ""
    credit_code: str = ""
    members: int | None = None
    remark: str = ""
    away_from: date | None = None
    """The day from which the partner takes no part any more: left, merged or suspended."""
    gaps: list[tuple[date, date]] = field(default_factory=list)
    """Earlier times in which it took no part: from a day, and back on a day."""
    home: str = field(default="")
    """The community where the partner is now; the roster's until it moves."""

    def __post_init__(self) -> None:
        self.home = self.community

    def here_on(self, day: date) -> bool:
        """Tell whether the partner takes part on this day."""
        if day < self.joined_on or (self.away_from is not None and day >= self.away_from):
            return False
        return not self.gaps or not any(left <= day < back for left, back in self.gaps)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many partners of each kind the rosters list."""

    individuals: int
    groups: int
    businesses: int
    twins: int
    """Individuals listed a second time by another community, with another phone."""


class Maker:
    """Makes partners whose names, phones and codes do not collide unless real ones would."""

    def __init__(self, rng: random.Random, *, known: list[Partner]) -> None:
        self._rng = rng
        # Offices leave 北海市 out, so no two organisations may differ by that alone.
        taken = {partner.name.removeprefix("北海市") for partner in known}
        self._people = names.people(rng)
        self._groups = (pair for pair in names.groups(rng) if pair[0].removeprefix("北海市") not in taken)
        self._businesses = (
            pair for pair in names.businesses(rng) if pair[0].removeprefix("北海市") not in taken
        )
        self._mobiles = names.mobiles(rng, taken=frozenset(partner.phone for partner in known))
        used = {partner.credit_code for partner in known}
        self._codes = (code for code in names.credit_codes() if code not in used)

    def individual(self, community: Community, *, name: str = "") -> Partner:
        """Make an individual."""
        rng = self._rng
        return Partner(
            name=name or next(self._people),
            kind="individual",
            community=community.name,
            grid=rng.choice(community.grids),
            joined_on=joining_day(rng),
            phone=next(self._mobiles),
            category=rng.choice(_LIFE),
            skills="、".join(rng.sample(_SKILLS, rng.choice((0, 1, 1, 2)))),
        )

    def group(self, community: Community, *, name: str = "") -> Partner:
        """Make a group; two of three leave a phone number."""
        rng = self._rng
        made, category = next(self._groups)
        return Partner(
            name=name or made,
            kind="group",
            community=community.name,
            grid="",
            joined_on=joining_day(rng),
            phone=next(self._mobiles) if rng.random() < 0.66 else "",
            category=category,
            contact=next(self._people),
            members=rng.randint(6, 80),
        )

    def business(self, community: Community, *, name: str = "") -> Partner:
        """Make a business; it always leaves a phone number, now and then the shop's fixed line."""
        rng = self._rng
        made, trade = next(self._businesses)
        return Partner(
            name=name or made,
            kind="business",
            community=community.name,
            grid=rng.choice(community.grids),
            joined_on=joining_day(rng),
            phone=f"0779-{rng.randint(2000000, 8999999)}" if rng.random() < 0.1 else next(self._mobiles),
            category=trade,
            contact=next(self._people),
            address=f"{rng.choice(_STREETS)}{rng.randint(1, 199)}号",
            credit_code=next(self._codes) if rng.random() < 0.8 else "",
        )


def joining_day(rng: random.Random) -> date:
    """Draw the day on which a partner joins: most in the first years, none in the last month."""
    (half,) = rng.choices(range(len(_JOINING_WEIGHTS)), _JOINING_WEIGHTS)
    first = date(2022 + (half + 1) // 2, 1 if half % 2 else 7, 1) if half else FIRST_DAY
    return min(first + timedelta(days=rng.randrange(30 if not half else 181)), date(2025, 10, 28))


def enrol(
    rng: random.Random, *, sizes: Sizes, fixed: list[Partner]
) -> tuple[list[Partner], list[tuple[Partner, Partner]]]:
    """Make the partners of all rosters, in the rosters' order, and return also who is listed twice.

    `fixed` is the roster that the district keeps as an old .xls: its community gets nobody else.
    """
    maker = Maker(rng, known=fixed)
    kept = {partner.community for partner in fixed}
    open_to = [community for community in COMMUNITIES if community.name not in kept]
    partners = [*fixed, *_sample_of_the_report(maker)]
    makes = (maker.individual, maker.group, maker.business)
    counts = (sizes.individuals - sizes.twins, sizes.groups, sizes.businesses)
    for kind, make, wanted in zip(KINDS, makes, counts, strict=True):
        missing = wanted - sum(partner.kind == kind for partner in partners)
        partners += [make(community) for community in _spread(rng, open_to, count=missing)]
    early = [one for one in partners if one.kind == "individual" and one.joined_on < date(2022, 12, 1)]
    listed_twice = rng.sample([one for one in early if one.name != names.TEACHER], sizes.twins)
    twins = [(_twin(rng, maker, one, open_to), one) for one in listed_twice]
    return sorted([*partners, *(twin for twin, _ in twins)], key=_roster_order), twins


def _twin(rng: random.Random, maker: Maker, partner: Partner, open_to: list[Community]) -> Partner:
    """List a partner again in another community, with another phone."""
    other = rng.choice([community for community in open_to if community.name != partner.community])
    twin = maker.individual(other, name=partner.name)
    twin.joined_on = date(2022, 12, 1) - timedelta(rng.randrange(60))
    return twin


def _sample_of_the_report(maker: Maker) -> Iterator[Partner]:
    home = next(community for community in COMMUNITIES if community.name == "幸福里社区")
    teacher, troupe = maker.individual(home, name=names.TEACHER), maker.group(home, name=names.TROUPE)
    teacher.category, teacher.skills, teacher.joined_on = "退休教师", "声乐", FIRST_DAY
    troupe.category, troupe.contact, troupe.joined_on = "社会团体", names.TEACHER, FIRST_DAY
    yield teacher
    yield troupe
    yield from _businesses_of_the_report(maker, home)


def _businesses_of_the_report(maker: Maker, home: Community) -> Iterator[Partner]:
    away = next(community for community in COMMUNITIES if community.name == "驿马社区")
    for community, name, trade in ((home, names.HOME_SERVICE, "家政"), (away, names.DENTIST, "医疗")):
        made = maker.business(community, name=name)
        made.category, made.joined_on = trade, FIRST_DAY
        yield made


def _spread(rng: random.Random, communities: list[Community], *, count: int) -> list[Community]:
    """Draw a community for each of `count` partners; bigger communities have more grids."""
    every = communities * (count // len(communities) // 2)
    weights = [len(community.grids) for community in communities]
    return every + rng.choices(communities, weights, k=count - len(every))


def _roster_order(partner: Partner) -> tuple[int, int]:
    return _PLACE[partner.community], list(KINDS).index(partner.kind)


_PLACE = {community.name: n for n, community in enumerate(COMMUNITIES)}
