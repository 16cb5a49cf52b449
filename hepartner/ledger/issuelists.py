"""Issue lists: issues with all that became of them, as offices send them, posted in one voucher."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.issue import LETTERS

from .codes import code, last_number
from .facts import stands
from .handling import MOST_BENEFICIARIES, TRANSITIONS, BeforeLastStep, Counts, WrongStep, effect
from .sources import Source, as_brought, brought

if TYPE_CHECKING:
    from .database import Database, Parameters
    from .ledger import Ledger
    from .vouchers import Voucher


class Listed(NamedTuple):
    """A line of an issue list: days are ISO, '' for what did not happen; `category` is a code, helpers are partners' ids.

    Without `due_on` the deadline is its category's; `satisfied` is None when the resident did not say.
    """

    category: str
    title: str
    community_id: int
    reported_on: str
    place: str = ""
    due_on: str = ""
    resolved_on: str = ""
    confirmed_on: str = ""
    beneficiaries: int = 0
    satisfied: bool | None = None
    helpers: tuple[int, ...] = ()


class Event(NamedTuple):
    """A step to be posted."""

    issue_id: int
    community_id: int
    day: str
    event: str
    category: str
    counts: Counts
    due_on: str | None = None
    satisfied: bool | None = None


def faults(row: Listed, today: str) -> list[tuple[str, str]]:
    """Return what is wrong with a line of an issue list, a field and a sentence each; empty when nothing is."""
    found = []
    if not names.match_key(row.title):
        found.append(("title", "标题是空的，请写明是什么事。"))
    days = [("reported_on", "上报"), ("resolved_on", "解决"), ("confirmed_on", "确认")]
    said = [(field, step, day) for field, step in days if (day := getattr(row, field))]
    for (_, earlier, before), (field, later, after) in pairwise(said):
        if after < before:
            found.append((field, f"{later}日期 {after} 早于{earlier}日期 {before}，请改正。"))
    found += [(field, f"{step}日期 {day} 还没有到，请改正。") for field, step, day in said if day > today]
    if row.due_on and row.due_on < row.reported_on:
        found.append(("due_on", f"截止日期 {row.due_on} 早于上报日期 {row.reported_on}，请改正。"))
    if row.confirmed_on and not row.resolved_on:
        found.append(("resolved_on", "有确认日期而没有解决日期，请补上解决日期。"))
    if row.beneficiaries and not row.resolved_on:
        found.append(("resolved_on", "有受益人数而没有解决日期，请补上解决日期，或去掉受益人数。"))
    if row.satisfied is not None and not row.confirmed_on:
        found.append(("confirmed_on", "有满意与否而没有确认日期，请补上确认日期。"))
    if not 0 <= row.beneficiaries <= MOST_BENEFICIARIES:
        why = f"受益人数 {row.beneficiaries} 不行，应是 0 到 {MOST_BENEFICIARIES} 的整数。"
        found.append(("beneficiaries", why))
    return found


def enter(ledger: "Ledger", voucher: "Voucher", rows: Sequence[Listed]) -> range:
    """Post issues in an open voucher, each with its steps and helpers; return them."""
    allowed = {category.code: category.days for category in ledger.issues.categories.listing()}
    due = [row.due_on or _later(row.reported_on, allowed[row.category]) for row in rows]
    ids = voucher.add("issue", _CARD, _cards(ledger, rows, due))
    placed = list(zip(ids, rows, due, strict=True))
    reported = effect("reported", Counts())
    events = [
        Event(issue_id, row.community_id, row.reported_on, "reported", row.category, reported, due_on=due_on)
        for issue_id, row, due_on in placed
    ]
    # Stage by stage, so that each issue's steps stand in their order.
    events += [_resolved(issue_id, row, row.category) for issue_id, row, _ in placed if row.resolved_on]
    events += [_confirmed(issue_id, row, row.category) for issue_id, row, _ in placed if row.confirmed_on]
    _post(voucher, events)
    _post_helpers(voucher, [(issue_id, row, row.helpers) for issue_id, row, _ in placed])
    return ids


def advance(ledger: "Ledger", voucher: "Voucher", rows: Sequence[tuple[int, Listed]]) -> int:
    """Post the steps and helpers that issues lack of what a list says; return how many issues that changed.

    What stands already is left as it is, also where the list says otherwise. Raises BeforeLastStep, WrongStep.
    """
    wanted = json.dumps([issue_id for issue_id, _ in rows])
    latest = dict(ledger.database.rows(_LATEST, (wanted,)))
    known = dict(_read(ledger.database, _THESE, (wanted,)))
    issues = {issue.id: issue for issue in ledger.issues.these([issue_id for issue_id, _ in rows])}
    events, helpers, statuses = [], [], {}
    for issue_id, row in rows:
        issue = issues[issue_id]
        steps = []
        if row.resolved_on and row.resolved_on != known[issue_id].resolved_on:
            steps.append(_resolved(issue_id, row, issue.category))
        if row.confirmed_on and row.confirmed_on != known[issue_id].confirmed_on:
            steps.append(_confirmed(issue_id, row, issue.category))
        status, day = issue.status, latest[issue_id]
        for step in steps:
            if step.day < day:
                raise BeforeLastStep(issue, step.day, day)
            if (status, step.event) not in TRANSITIONS:
                raise WrongStep(issue, step.event)
            status, day = TRANSITIONS[status, step.event], step.day
            statuses[issue_id] = status
        events += steps
        new = tuple(one for one in row.helpers if one not in known[issue_id].helpers)
        helpers.append((issue_id, row, new))
    _post(voucher, [event for event in events if event.event == "resolved"])
    _post(voucher, [event for event in events if event.event == "confirmed"])
    _post_helpers(voucher, helpers)
    voucher.edit_many("issue", ("status",), [(status, issue_id) for issue_id, status in statuses.items()])
    return len(statuses.keys() | {issue_id for issue_id, _, new in helpers if new})


def recorded(database: "Database", source: Source, first: str, last: str) -> list[tuple[int, Listed]]:
    """Return the issues reported on these days that lists of a source brought, as listed then, with what became of them since.

    What was undone is left out; of a reopened issue the last days of resolving and confirming are told all the same, so
    that the list it came from says nothing new.
    """
    return _read(database, f"FROM issue_event f {brought('issue_event')}", source.on(first, last))


def _read(database: "Database", condition: str, parameters: "Parameters") -> list[tuple[int, Listed]]:
    rows = database.rows(f"{_LISTED} {condition} AND f.event = 'reported' ORDER BY f.id", parameters)
    ids = json.dumps([row[0] for row in rows])
    helpers: dict[int, list[int]] = {}
    for issue_id, partner_id in database.rows(_HELPERS, (ids,)):
        helpers.setdefault(issue_id, []).append(partner_id)
    return [(issue_id, _listed(values, helpers.get(issue_id, ()))) for issue_id, *values in rows]


def _listed(values: Sequence[Any], helpers: Iterable[int]) -> Listed:
    said = Listed(*values)._replace(helpers=tuple(helpers))
    return said if said.satisfied is None else said._replace(satisfied=bool(said.satisfied))


def _resolved(issue_id: int, row: Listed, category: str) -> Event:
    counts = effect("resolved", Counts(), beneficiaries=row.beneficiaries)
    return Event(issue_id, row.community_id, row.resolved_on, "resolved", category, counts)


def _confirmed(issue_id: int, row: Listed, category: str) -> Event:
    counts = effect("confirmed", Counts())
    return Event(
        issue_id, row.community_id, row.confirmed_on, "confirmed", category, counts, satisfied=row.satisfied
    )


def _post(voucher: "Voucher", events: Sequence[Event]) -> None:
    rows = [
        (
            one.community_id, one.day, one.issue_id, one.event, one.category, *one.counts, one.due_on,
            None if one.satisfied is None else int(one.satisfied),
        )
        for one in events
    ]  # fmt: skip
    columns = ("issue_id", "event", "category", *Counts._fields, "due_on", "satisfied")
    voucher.post("issue_event", columns, rows)


def _post_helpers(voucher: "Voucher", rows: Iterable[tuple[int, Listed, Sequence[int]]]) -> None:
    facts = [
        (row.community_id, row.resolved_on or row.reported_on, issue_id, partner_id)
        for issue_id, row, partners in rows
        for partner_id in dict.fromkeys(partners)
    ]
    voucher.post("issue_help", ("issue_id", "partner_id"), facts)


def _cards(ledger: "Ledger", rows: Sequence[Listed], due: Sequence[str]) -> list[tuple[object, ...]]:
    areas = {
        community_id: ledger.areas.get(community_id) for community_id in {row.community_id for row in rows}
    }
    numbers = {area.id: last_number(ledger, "issue", area) for area in areas.values()}
    cards: list[tuple[object, ...]] = []
    for row, due_on in zip(rows, due, strict=True):
        area, title = areas[row.community_id], names.tidy(row.title)
        numbers[area.id] += 1
        status = "confirmed" if row.confirmed_on else "resolved" if row.resolved_on else "reported"
        issued = (area.id, numbers[area.id], code(LETTERS["issue"], area, numbers[area.id]), area.id)
        said = (row.category, title, names.match_key(title), row.place, row.reported_on, due_on)
        cards.append((*issued, status, *said))
    return cards


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


_CARD = (
    "issuer_id", "number", "code", "community_id", "status", "category", "title", "title_key", "place", "reported_on",
    "due_on",
)  # fmt: skip


def _last(event: str, column: str) -> str:
    return f"""(SELECT e.{column} FROM issue_event e WHERE e.issue_id = f.issue_id AND e.event = '{event}'
        AND {stands("issue_event", "e")} ORDER BY e.id DESC LIMIT 1)"""


def _told_in(field: str) -> str:
    return f"(SELECT {as_brought('issue', field)} FROM issue WHERE id = f.issue_id)"


_LISTED = f"""SELECT f.issue_id, f.category, {_told_in("title")}, f.community_id, f.happened_on, {_told_in("place")}, f.due_on,
    ifnull({_last("resolved", "happened_on")}, ''), ifnull({_last("confirmed", "happened_on")}, ''),
    ifnull({_last("resolved", "beneficiaries")}, 0), {_last("confirmed", "satisfied")}"""
_THESE = f"""FROM issue_event f WHERE f.issue_id IN (SELECT value FROM json_each(?)) AND {stands("issue_event", "f")}"""
_LATEST = f"""SELECT e.issue_id, max(e.happened_on) FROM json_each(?) j JOIN issue_event e ON e.issue_id = j.value
    WHERE {stands("issue_event", "e")} GROUP BY e.issue_id"""
_HELPERS = f"""SELECT h.issue_id, h.partner_id FROM json_each(?) j JOIN issue_help h ON h.issue_id = j.value
    WHERE {stands("issue_help", "h")} ORDER BY h.id"""
