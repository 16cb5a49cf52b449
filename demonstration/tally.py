"""The independent tally: every figure of every area and month, counted from the district's own deeds without hepartner."""

import csv
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from .people import LAST_DAY, Partner
from .places import COMMUNITIES, DISTRICT, FOUNDED_ON, SUBDISTRICTS
from .register import Deed, month_of, months_between
from .story import Story
from .troubles import Issue
from .whistles import Whistle

FLOWS = (
    "activities.held", "activities.welfare", "activities.attendance", "activities.beneficiaries", "hours.served",
    "points.awarded", "points.redeemed", "points.redemptions", "points.expired",
    "issues.reported", "issues.resolved", "issues.confirmed", "issues.beneficiaries",
    "dispatches.held", "dispatches.people", "projects.landed", "projects.evaluated", "service.person_times",
    "offers.uses", "meetings.joint", "meetings.matchmaking", "meetings.resolutions_done", "cooperations.closed",
    "support.venue", "support.publicity", "honours.given",
)  # fmt: skip
STOCKS = (
    "areas.community", "partners.individual", "partners.group", "partners.business", "points.balance", "issues.open",
    "pairings.active", "offers.active", "needs.open", "projects.active",
)  # fmt: skip
DISTINCTS = ("partners.active", "activities.people", "points.redeemers", "dispatches.groups")
MONTHS = months_between(month_of(FOUNDED_ON), month_of(LAST_DAY))
SPANS = [*((month, month) for month in MONTHS), ("2025-01", MONTHS[-1]), (MONTHS[0], MONTHS[-1])]
"""Each month, the last year so far, and everything."""
_PLACE = {month: n for n, month in enumerate(MONTHS)}


class Counted(NamedTuple):
    """One figure of one area and span; a ratio has a denominator, a median its number of lengths. Hours are minutes."""

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
        self._running = _running_totals(story.world.register.deeds)
        self._heads: dict[tuple[str, str, str], list[tuple[Partner, Deed]]] = defaultdict(list)
        for deed in story.world.register.deeds:
            for code, partner in deed.heads.items():
                self._heads[code, deed.community, deed.month].append((partner, deed))
        self._issues: dict[str, list[Issue]] = defaultdict(list)
        for issue in story.desk.issues:
            self._issues[issue.community].append(issue)
        self._whistles: dict[str, list[Whistle]] = defaultdict(list)
        for whistle in story.bugle.whistles:
            self._whistles[whistle.community].append(whistle)

    def figures(self, area: str, communities: Sequence[str]) -> Iterator[Counted]:
        """Yield every figure of an area for every span."""
        for first, last in SPANS:
            for code in FLOWS:
                yield Counted(code, area, first, last, self._sum(code, communities, first, last))
            for code in STOCKS:
                yield Counted(code, area, first, last, self._sum(code, communities, MONTHS[0], last))
            for code in DISTINCTS:
                yield Counted(code, area, first, last, self._people(code, communities, first, last))
            satisfied, answered = (
                self._sum(code, communities, first, last) for code in ("satisfied", "answered")
            )
            yield Counted("issues.satisfied_rate", area, first, last, satisfied, answered)
            yield Counted("issues.on_time_rate", area, first, last, *self._on_time(communities, first, last))
            yield Counted("issues.overdue", area, first, last, self._overdue(communities, last))
            whistles = [one for community in communities for one in self._whistles[community]]
            yield Counted("dispatches.response_rate", area, first, last, *_came(whistles, first, last))
            yield Counted("dispatches.hours_median", area, first, last, *_median(whistles, first, last))

    def _sum(self, code: str, communities: Sequence[str], first: str, last: str) -> int:
        """Add up a count over communities and months, from totals that run from the first month on."""
        before, end = _PLACE[first] - 1, _PLACE[last]
        totals = [
            self._running[code, community] for community in communities if (code, community) in self._running
        ]
        return sum(total[end] - (total[before] if before >= 0 else 0) for total in totals)

    def _people(self, code: str, communities: Sequence[str], first: str, last: str) -> int:
        """Count heads with a deed in these months that still stands at their end; who was merged by then is one."""
        return len(
            {
                self._stays(partner, last)
                for community in communities
                for month in MONTHS[_PLACE[first] : _PLACE[last] + 1]
                for partner, deed in self._heads.get((code, community, month), ())
                if not deed.undone_in or deed.undone_in > last
            }
        )

    def _stays(self, partner: Partner, month: str) -> Partner:
        while partner in self._merged and self._merged[partner][1] <= month:
            partner = self._merged[partner][0]
        return partner

    def _on_time(self, communities: Sequence[str], first: str, last: str) -> tuple[int, int]:
        """Of the issues due in the span, count those resolved at the end of their day, as it is known at the span's end.

        One that was noted after the month of its deadline was closed is due in the month in which it was noted. The tally is
        read when all its months are over, so every deadline in them has passed.
        """
        known = self._known(communities, last)
        due = [issue for issue in known if first <= max(month_of(issue.due_on), issue.steps[0].month) <= last]
        on_time = sum(_net(issue, "issues.resolved", by=issue.due_on, known=last) > 0 for issue in due)
        return on_time, len(due)

    def _overdue(self, communities: Sequence[str], last: str) -> int:
        end = last_day(last)
        due = [issue for issue in self._known(communities, last) if issue.due_on <= end]
        return sum(_net(issue, "issues.open", by=date.max, known=last) > 0 for issue in due)

    def _known(self, communities: Sequence[str], last: str) -> Iterator[Issue]:
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
        return [_read(line) for line in csv.DictReader(file)]


def _read(line: dict[str, str]) -> Counted:
    denominator = int(line["denominator"]) if line["denominator"] else None
    return Counted(line["figure"], line["area"], line["first"], line["last"], int(line["value"]), denominator)


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def _net(issue: Issue, code: str, *, by: date, known: str) -> int:
    """Add up a count over the steps of an issue up to a day, as far as they were known at the end of a month."""
    return sum(step.adds.get(code, 0) for step in issue.steps if step.day <= by and step.month <= known)


def _came(whistles: Iterable[Whistle], first: str, last: str) -> tuple[int, int]:
    """Of the calls of the span, count those whose partner came by its end; calls given back by then are left out."""
    calls = [call for whistle in whistles for call in whistle.calls if first <= call.called.month <= last]
    asked = [call for call in calls if _stands(call.called, last) and not _stands(call.returned, last)]
    return sum(_stands(call.arrived, last) for call in asked), len(asked)


def _stands(deed: Deed | None, last: str) -> bool:
    """Tell whether it happened by the end of a month and is not taken back by then."""
    return deed is not None and deed.month <= last and not (deed.undone_in and deed.undone_in <= last)


def _median(whistles: Iterable[Whistle], first: str, last: str) -> tuple[int, int]:
    """Return the middle length of the dispatches that finished in the span, halves rounded up, and how many they are."""
    ended = [(one.finished, one.lasted) for one in whistles if one.finished and first <= one.finished.month]
    lengths = sorted(lasted for deed, lasted in ended if _stands(deed, last))
    if not lengths:
        return 0, 0
    return (lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2] + 1) // 2, len(lengths)


def _running_totals(deeds: Iterable[Deed]) -> dict[tuple[str, str], list[int]]:
    """Add up what deeds add by code and community: at each month's place, the sum of it and all months before."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(MONTHS))
    for deed in deeds:
        for code, amount in deed.adds.items():
            sums[code, deed.community][_PLACE[deed.month]] += amount
    return {counted: list(accumulate(months)) for counted, months in sums.items()}
