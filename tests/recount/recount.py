"""Every figure counted anew in plain Python from exported facts; shares no code and no SQL with the ledger's counts.

The ledger adds up signed rows. This looks at facts one by one instead: which of them stand as seen at the end of a month,
and what a state made of them is; a flow over a span is the difference of two such states.
"""

import sqlite3
from collections import Counter, defaultdict, namedtuple
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.nouns import gathered, listed, nouns

FACTS = (
    "activity_held", "area_founding", "entry", "issue_event", "issue_help", "organising", "participation", "redemption",
    "standing", "stock_move", *listed("FACTS"),
)  # fmt: skip
FLOWS = (
    "activities.held", "activities.welfare", "activities.attendance", "activities.beneficiaries", "hours.served",
    "points.awarded", "points.redeemed", "points.redemptions", "points.expired",
    "issues.reported", "issues.resolved", "issues.confirmed", "issues.beneficiaries",
    *listed("FLOWS"),
)  # fmt: skip
STOCKS = (
    "areas.community", "partners.individual", "partners.group", "partners.business", "points.balance", "issues.open",
    *listed("STOCKS"),
)  # fmt: skip
HEADS = {
    "partners.active": ("participation", "organising", "issue_help", *listed("PART_TAKING")),
    "activities.people": ("participation",),
    "points.redeemers": ("redemption",),
    **gathered("HEADS"),
}
RATIOS = ("issues.on_time_rate", "issues.satisfied_rate")
OTHERS = gathered("OTHERS")
MEDIANS = gathered("MEDIANS")
CODES = (*FLOWS, *STOCKS, *HEADS, *RATIOS, *OTHERS, *MEDIANS, "issues.overdue")

Tables = dict[str, list[Any]]
Value = int | tuple[int | None, int]


def exported(path: Path) -> Tables:
    """Read every fact and the nouns' cards out of a ledger's file as plain tuples with named fields."""
    connection = sqlite3.connect(path)
    tables: Tables = {}
    for table in (*FACTS, *listed("CARDS")):
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
        fact = namedtuple(table, [column[0] for column in cursor.description])  # type: ignore[misc]  # noqa: PYI024
        tables[table] = [fact(*row) for row in cursor]
    connection.close()
    return tables


class Effect(NamedTuple):
    """What a step of an issue changes, told from the steps before it."""

    reported: int = 0
    open: int = 0
    resolved: int = 0
    confirmed: int = 0
    beneficiaries: int = 0


class Recount:
    """Figures of any communities and months, from facts alone, as they are asked for on a day."""

    def __init__(self, tables: Tables, today: str) -> None:
        self.tables = tables
        self.today = today
        self.back = {
            table: {fact.reverses_id: fact for fact in tables[table] if fact.reverses_id is not None}
            for table in FACTS
        }
        self.effects = effects(tables["issue_event"])
        self._states: dict[str, dict[str, Counter[int]]] = {}
        self._standing: dict[tuple[str, str], list[Any]] = {}

    def value(  # noqa: PLR0911 a return for each nature
        self, code: str, communities: Iterable[int], first: str, last: str
    ) -> Value:
        """Return a figure over communities and months; a ratio is (numerator, denominator), hours are minutes."""
        communities = list(communities)
        if code in FLOWS:
            return self._grown(code, communities, first, last)
        if code in STOCKS:
            return self._state(code, communities, last)
        if code in HEADS:
            return len(self._heads(code, communities, first, last))
        if code in OTHERS:
            return OTHERS[code](self, communities, first, last)
        if code in MEDIANS:
            return middle(MEDIANS[code](self, communities, first, last))
        if code == "issues.satisfied_rate":
            satisfied, answered = (
                self._grown(what, communities, first, last) for what in ("satisfied", "answered")
            )
            return satisfied, answered
        if code == "issues.on_time_rate":
            seen: dict[int, str] = {}
            for step in self.tables["issue_event"]:
                if step.event == "reported" and step.reverses_id is None:
                    seen[step.issue_id] = min(step.counted_in, seen.get(step.issue_id, step.counted_in))
            known = self._known(communities, last)
            due = [one for one in known if max(one.due_on[:7], seen[one.issue_id]) >= first]
            return sum(self._sum("resolved", report, last, report.due_on) > 0 for report in due), len(due)
        due = list(self._known(communities, last))
        return sum(self._sum("open", report, last, "9999-12-31") > 0 for report in due)

    def standing(self, table: str, last: str) -> list[Any]:
        """Return the facts that stand as seen at the end of a month: counted by then, and not taken back by then."""
        if (table, last) not in self._standing:
            self._standing[table, last] = [
                fact
                for fact in self.tables[table]
                if fact.reverses_id is None
                and fact.counted_in <= last
                and not self._taken_back(table, fact.id, last)
            ]
        return self._standing[table, last]

    def _taken_back(self, table: str, fact_id: int, last: str) -> bool:
        back = self.back[table].get(fact_id)
        return back is not None and back.counted_in <= last

    def _grown(self, code: str, communities: list[int], first: str, last: str) -> int:
        return self._state(code, communities, last) - self._state(code, communities, before(first))

    def _state(self, code: str, communities: list[int], month: str) -> int:
        if month not in self._states:
            self._states[month] = self._counted(month)
        return sum(self._states[month][code][community] for community in communities)

    def _counted(self, month: str) -> dict[str, Counter[int]]:
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for founding in self.standing("area_founding", month):
            found["areas.community"][founding.community_id] += 1
        for step in self.standing("standing", month):
            found[f"partners.{step.kind}"][step.community_id] += DELTAS[step.event]
        self._activities(found, month)
        self._points(found, month)
        for step in self.standing("issue_event", month):
            for name, change in self.effects[step.id]._asdict().items():
                found[f"issues.{name}"][step.community_id] += change
            if step.satisfied is not None:
                found["answered"][step.community_id] += 1
                found["satisfied"][step.community_id] += step.satisfied
        for noun in nouns():
            for code, community, amount in getattr(noun, "state", _nothing)(self, month):
                found[code][community] += amount
        return found

    def _activities(self, found: dict[str, Counter[int]], month: str) -> None:
        for held in self.standing("activity_held", month):
            found["activities.held"][held.community_id] += 1
            found["activities.beneficiaries"][held.community_id] += held.beneficiaries
            if held.kind == "welfare":
                found["activities.welfare"][held.community_id] += 1
        for line in self.standing("participation", month):
            found["activities.attendance"][line.community_id] += 1
            found["hours.served"][line.community_id] += line.minutes

    def _points(self, found: dict[str, Counter[int]], month: str) -> None:
        for slip in self.standing("redemption", month):
            found["points.redemptions"][slip.community_id] += 1
        for entry, left in self.entries(month):
            found["points.balance"][entry.community_id] += left
            if entry.kind == "award":
                found["points.awarded"][entry.community_id] += left
            elif entry.kind == "redeem":
                found["points.redeemed"][entry.community_id] -= left
            elif entry.kind == "expire":
                found["points.expired"][entry.community_id] -= left

    def entries(self, month: str) -> Iterator[tuple[Any, int]]:
        """Yield the entries seen at the end of a month, and what is left of each; a reversal takes only what was still there."""
        for entry in self.tables["entry"]:
            if entry.reverses_id is None and entry.counted_in <= month:
                back = self.back["entry"].get(entry.id)
                yield (
                    entry,
                    entry.points + (back.points if back is not None and back.counted_in <= month else 0),
                )

    def _heads(self, code: str, communities: list[int], first: str, last: str) -> set[int]:
        into = {step.partner_id: step.into_id for step in self.standing("standing", last) if step.into_id}
        heads = set()
        for table in HEADS[code]:
            for fact in self.standing(table, last):
                if fact.counted_in >= first and fact.community_id in communities:
                    who = fact.partner_id
                    while who in into:
                        who = into[who]
                    heads.add(who)
        return heads

    def _known(self, communities: list[int], last: str) -> Iterator[Any]:
        """Yield the reports of issues known at the end of a month whose deadline was over by then, repeated ones left out."""
        twice = {step.issue_id for step in self.standing("issue_event", last) if step.event == "duplicate"}
        for step in self.standing("issue_event", last):
            here = step.event == "reported" and step.community_id in communities
            if here and step.issue_id not in twice and step.due_on[:7] <= last and step.due_on < self.today:
                yield step

    def _sum(self, name: str, report: Any, last: str, until: str) -> int:
        return sum(
            getattr(self.effects[step.id], name)
            for step in self.standing("issue_event", last)
            if step.issue_id == report.issue_id and step.happened_on <= until
        )


def _nothing(_recount: Recount, _month: str) -> Iterator[tuple[str, int, int]]:
    return iter(())


DELTAS = {
    "joined": 1, "rejoined": 1, "moved_in": 1, "kind_in": 1,
    "left": -1, "merged": -1, "moved_out": -1, "kind_out": -1,
    "suspended": 0, "resumed": 0,
}  # fmt: skip


def effects(steps: Iterable[Any]) -> dict[int, Effect]:
    """Tell from the order of an issue's steps what each changed; of what is stored only the stated heads are believed."""
    told: dict[int, Effect] = {}
    standing: dict[int, list[int]] = defaultdict(list)
    for step in steps:
        before_it = standing[step.issue_id]
        if step.reverses_id is not None:
            before_it.remove(step.reverses_id)
            continue
        so_far = [sum(amounts) for amounts in zip(*(told[earlier] for earlier in before_it), strict=True)]
        told[step.id] = _effect(step, Effect(*so_far))
        before_it.append(step.id)
    return told


def _effect(step: Any, so_far: Effect) -> Effect:
    match step.event:
        case "reported":
            return Effect(reported=1, open=1)
        case "resolved":
            return Effect(open=-1, resolved=1, beneficiaries=step.beneficiaries)
        case "confirmed":
            return Effect(confirmed=1)
        case "reopened":
            return Effect(0, 1, -so_far.resolved, -so_far.confirmed, -so_far.beneficiaries)
        case "duplicate":
            return Effect(0, -so_far.open, -so_far.resolved, -so_far.confirmed, -so_far.beneficiaries)
        case _:
            return Effect()


def middle(lengths: list[int]) -> tuple[int | None, int]:
    """Return the median of lengths in whole minutes, halves away from zero, and of how many it is."""
    ordered, count = sorted(lengths), len(lengths)
    both = ordered[(count - 1) // 2 : count // 2 + 1]
    return (-(-sum(both) // len(both)) if both else None), count


def before(month: str) -> str:
    """Return the month before."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04d}-{number - 1 or 12:02d}"


def months_through(first: str, last: str) -> list[str]:
    """Return every month from the first to the last."""
    months = [last]
    while months[-1] > first:
        months.append(before(months[-1]))
    return months[::-1]
