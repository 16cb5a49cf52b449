"""The made-up district while its story is told: who is there, what the offices send, and what is noted of it."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from .people import FIRST_DAY, Partner
from .places import COMMUNITIES, SUBDISTRICTS
from .register import Register
from .rules import Caps, Rule, read_deadlines, read_rules
from .wallets import Given, Wallets

Row = dict[str, object]


@dataclass(slots=True)
class Sheet:
    """One file as an office fills it: what it lists, where it lies, its title, and its rows by column."""

    what: str
    path: str
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year, after which the subdistricts send in their files and slips."""

    name: str
    first: date
    last: date
    number: int


HALVES = (
    Half("2022下半年", FIRST_DAY, date(2022, 12, 31), 0),
    Half("2023上半年", date(2023, 1, 1), date(2023, 6, 30), 1),
    Half("2023下半年", date(2023, 7, 1), date(2023, 12, 31), 2),
    Half("2024上半年", date(2024, 1, 1), date(2024, 6, 30), 3),
    Half("2024下半年", date(2024, 7, 1), date(2024, 12, 31), 4),
    Half("2025上半年", date(2025, 1, 1), date(2025, 6, 30), 5),
    Half("2025下半年", date(2025, 7, 1), date(2025, 11, 30), 6),
)


@dataclass
class World:
    """Everything the story changes; `today` is the day on which the office works."""

    rng: random.Random
    partners: list[Partner]
    today: date = FIRST_DAY
    register: Register = field(default_factory=Register)
    caps: Caps = field(default_factory=Caps)
    sheets: list[Sheet] = field(default_factory=list)
    diary: list[Row] = field(default_factory=list)
    """What is done, in its order: files to import and commands to type."""

    held: set[tuple[str, str, date]] = field(default_factory=set)
    """Name, community and day of the activities so far."""

    def __post_init__(self) -> None:
        self.wallets = Wallets(self.register)
        self.rules = read_rules()
        self.deadlines = read_deadlines()
        self.merged: dict[Partner, tuple[Partner, str]] = {}
        """Into whom a partner was merged, and the month in which that counts."""
        self.paired: dict[Partner, str] = {}
        """With which community a group is paired."""
        self.known_names = _names_once(self.partners)

    def command(self, do: str, **facts: object) -> None:
        """Write one command into the diary, with the day on which it is typed."""
        written = {key: _plain(value) for key, value in facts.items()}
        self.diary.append({"do": do, "on": self.today.isoformat(), **written})

    def send(self, sheet: Sheet) -> None:
        """Let an office send a file, to be imported next; a file without rows is not sent."""
        if sheet.rows:
            self.sheets.append(sheet)
            self.command("import", what=sheet.what, file=sheet.path)

    def award(self, rule: Rule, partner: Partner, minutes: int, occasion: object, day: date) -> Given | None:
        """Give what a rule gives for an occasion, as far as its caps leave any; a merged partner's go to whom it is now."""
        holder = self.wallets.holder(partner)
        points = self.caps.left_of(rule.worth(minutes), rule, holder, occasion, day)
        if not points:
            return None
        self.caps.count(points, rule, holder, occasion, day)
        return self.wallets.give(holder, points, day, today=self.today)

    def takes_part(self, partner: Partner, day: date) -> bool:
        """Tell whether the office may write down today that the partner took part on a day."""
        return partner.here_on(day) and partner.here_on(self.today)

    def phone_beside(self, partner: Partner, community: str) -> str | None:
        """Return the phone that a list of a community puts beside a name; mostly none where the name alone is enough."""
        enough = partner.name in self.known_names and partner.home == community
        return None if enough and self.rng.random() < 0.7 else partner.phone

    def at_home(self) -> dict[str, list[Partner]]:
        """Return the partners by the community they belong to now."""
        homes: dict[str, list[Partner]] = {community.name: [] for community in COMMUNITIES}
        for partner in self.partners:
            homes[partner.home].append(partner)
        return homes


class OfCommunity(Protocol):
    """Anything that belongs to a community."""

    @property
    def community(self) -> str:
        """The community's name."""


T = TypeVar("T", bound=OfCommunity)


def by_subdistrict(things: Iterable[T]) -> list[tuple[str, list[T]]]:
    """Sort things into the subdistricts of their communities."""
    sorted_things: dict[str, list[T]] = {subdistrict.name: [] for subdistrict in SUBDISTRICTS}
    for thing in things:
        sorted_things[subdistrict_of(thing.community)].append(thing)
    return list(sorted_things.items())


def subdistrict_of(community: str) -> str:
    """Return the subdistrict of a community."""
    return _ABOVE[community]


def named(partner: Partner) -> Row:
    """Name a partner as a command does: name, community and phone."""
    return {"name": partner.name, "phone": partner.phone, "community": partner.home}


def _names_once(partners: list[Partner]) -> set[str]:
    """Return the names that only one partner of the district has."""
    bearers = Counter(partner.name for partner in partners)
    return {name for name, count in bearers.items() if count == 1}


def _plain(value: object) -> object:
    if isinstance(value, Partner):
        return named(value)
    return value.isoformat() if isinstance(value, date) else value


_ABOVE = {
    community.name: subdistrict.name for subdistrict in SUBDISTRICTS for community in subdistrict.communities
}
