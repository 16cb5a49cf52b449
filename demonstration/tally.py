"""The independent tally: every figure of every area and month, counted from the district's own deeds without hepartner."""

import csv
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .people import LAST_DAY, Partner
from .places import COMMUNITIES, DISTRICT, FOUNDED_ON, SUBDISTRICTS
from .register import Deed, month_of, months_between
from .story import Story
from .troubles import Issue

FLOWS = (
    "activities.held", "activities.welfare", "activities.attendance", "activities.beneficiaries", "hours.served",
    "points.awarded", "points.redeemed", "points.redemptions", "points.expired",
    "issues.reported", "issues.resolved", "issues.confirmed", "issues.beneficiaries",
)  # fmt: skip
STOCKS = (
    "areas.community", "partners.individual", "partners.group", "partners.business", "points.balance", "issues.open",
)  # fmt: skip
DISTINCTS = ("partners.active", "activities.people", "points.redeemers")
MONTHS = months_between(month_of(FOUNDED_ON), month_of(LAST_DAY))
SPANS = [*((month, month) for month in MONTHS), ("2025-01", MONTHS[-1]), (MONTHS[0], MONTHS[-1])]
"""Each month, the last year so far, and everything."""


class Counted(NamedTuple):
    """One figure of one area and span; a ratio has a denominator. Hours are minutes."""

    figure: str
    area: str
    first: str
    last: str
    value: int
    denominator: int | None = None


class Tally:
    """Counts the deeds of a story."""

    def __init__(self, story: Story) -> None:
        self._merged = story.world.merged
        self._sums: Counter[tuple[str, str, str]] = Counter()
        self._heads: dict[tuple[str, str, str], list[tuple[Partner, Deed]]] = defaultdict(list)
        for deed in story.world.register.deeds:
            for code, amount in deed.adds.items():
                self._sums[code, deed.community, deed.month] += amount
            for code, partner in deed.heads.items():
                self._heads[code, deed.community, deed.month].append((partner, deed))
        self._issues: dict[str, list[Issue]] = defaultdict(list)
        for issue in story.desk.issues:
            self._issues[issue.community].append(issue)

    def figures(self, area: str, communities: Iterable[str]) -> Iterator[Counted]:
        """Yield every figure of an area for every span."""
        communities = list(communities)
        for first, last in SPANS:
            months = months_between(first, last)
            for code in FLOWS:
                yield Counted(code, area, first, last, self._sum(code, communities, months))
            for code in STOCKS:
                yield Counted(
                    code, area, first, last, self._sum(code, communities, months_between(MONTHS[0], last))
                )
            for code in DISTINCTS:
                yield Counted(code, area, first, last, self._people(code, communities, months))
            yield Counted("issues.satisfied_rate", area, first, last, *self._satisfied(communities, months))
            yield Counted("issues.on_time_rate", area, first, last, *self._on_time(communities, first, last))
            yield Counted("issues.overdue", area, first, last, self._overdue(communities, last))

    def _sum(self, code: str, communities: list[str], months: list[str]) -> int:
        return sum(self._sums[code, community, month] for community in communities for month in months)

    def _people(self, code: str, communities: list[str], months: list[str]) -> int:
        """Count heads with a deed in these months that still stands at their end; who was merged by then is one."""
        last = months[-1]
        return len(
            {
                self._stays(partner, last)
                for community in communities
                for month in months
                for partner, deed in self._heads.get((code, community, month), ())
                if not deed.undone_in or deed.undone_in > last
            }
        )

    def _stays(self, partner: Partner, month: str) -> Partner:
        while partner in self._merged and self._merged[partner][1] <= month:
            partner = self._merged[partner][0]
        return partner

    def _satisfied(self, communities: list[str], months: list[str]) -> tuple[int, int]:
        return self._sum("satisfied", communities, months), self._sum("answered", communities, months)

    def _on_time(self, communities: list[str], first: str, last: str) -> tuple[int, int]:
        """Of the issues due in the span, count those resolved at the end of their day, as it is known at the span's end."""
        due = [issue for issue in self._known(communities, last) if first <= month_of(issue.due_on) <= last]
        on_time = sum(_net(issue, "issues.resolved", by=issue.due_on, known=last) > 0 for issue in due)
        return on_time, len(due)

    def _overdue(self, communities: list[str], last: str) -> int:
        end = last_day(last)
        due = [issue for issue in self._known(communities, last) if issue.due_on <= end]
        return sum(_net(issue, "issues.open", by=date.max, known=last) > 0 for issue in due)

    def _known(self, communities: list[str], last: str) -> Iterator[Issue]:
        """Yield the issues known at the end of a month, those found to be reported twice left out."""
        for community in communities:
            for issue in self._issues[community]:
                twice = issue.found_twice is not None and issue.found_twice.month <= last
                if issue.steps[0].month <= last and not twice:
                    yield issue


@dataclass(frozen=True, slots=True)
class Place:
    """An area by its name and the communities in it."""

    name: str
    communities: tuple[str, ...]


def places() -> list[Place]:
    """Return the district, its subdistricts and its communities."""
    subdistricts = [
        Place(one.name, tuple(community.name for community in one.communities)) for one in SUBDISTRICTS
    ]
    communities = [Place(community.name, (community.name,)) for community in COMMUNITIES]
    return [
        Place(DISTRICT[1], tuple(community.name for community in COMMUNITIES)),
        *subdistricts,
        *communities,
    ]


def count(story: Story) -> list[Counted]:
    """Count every figure of every area and span."""
    tally = Tally(story)
    return [counted for place in places() for counted in tally.figures(place.name, place.communities)]


def write(path: Path, counted: Iterable[Counted]) -> None:
    """Write the tally as plain csv."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(Counted._fields)
        lines.writerows(counted)


def read(path: Path) -> list[Counted]:
    """Read a tally back."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Counted(*line[:4], int(line[4]), int(line[5]) if line[5] else None)
            for line in list(csv.reader(file))[1:]
        ]


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def _net(issue: Issue, code: str, *, by: date, known: str) -> int:
    """Add up a count over the steps of an issue up to a day, as far as they were known at the end of a month."""
    return sum(step.adds.get(code, 0) for step in issue.steps if step.day <= by and step.month <= known)
