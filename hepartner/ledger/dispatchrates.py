"""Rates of dispatches: how many calls were answered and arrived at, and how fast, by partner, kind or community."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hepartner.words.dispatch import KINDS

from .counts.shape import stays
from .facts import stands

if TYPE_CHECKING:
    from .areas import Area
    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Rate:
    """What became of the calls of one partner, kind of dispatch (its code) or community.

    `calls` leaves returned ones out; `answered` counts those that answered or arrived; `minutes` is the median from call
    to arrival, None where nobody arrived.
    """

    code: str
    name: str
    calls: int
    answered: int
    arrived: int
    declined: int
    silent: int
    returned: int
    minutes: int | None

    @property
    def percent(self) -> str:
        """The share of calls whose partner arrived, in per cent with one decimal."""
        return f"{(2000 * self.arrived + self.calls) // (2 * self.calls) / 10:.1f}" if self.calls else ""


class _Call(NamedTuple):
    """One call, and which steps followed it."""

    partner_id: int
    kind: str
    community_id: int
    answered: int
    arrived: int
    declined: int
    silent: int
    returned: int
    minutes: int | None


def rates(
    ledger: "Ledger",
    by: str,
    *,
    under: "Area | None" = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Rate]:
    """Return the rates of the calls of some days by a code of words.dispatch.BY, those that arrive most often first.

    What merged partners were called for together is one call.
    """
    asked = {
        "within": str([one.id for one in ledger.areas.communities(under)]),
        "first": str(first or "0001-01-01"),
        "last": str(last or "9999-12-31"),
    }
    groups: dict[object, list[_Call]] = {}
    for call in _calls(ledger, asked):
        keys = {"partner": call.partner_id, "kind": call.kind, "community": call.community_id}
        groups.setdefault(keys[by], []).append(call)
    found = [_rate(*_named(ledger, by, key), calls) for key, calls in groups.items()]
    return sorted(found, key=lambda one: (-one.arrived / max(one.calls, 1), -one.calls, one.code))


def _calls(ledger: "Ledger", asked: dict[str, str]) -> Iterable[_Call]:
    """Return the calls by whom their partner stands for today, those of several cards folded into one."""
    merged = _merged(ledger)
    found: dict[tuple[int, int, int], _Call] = {}
    for dispatch_id, number, partner_id, *rest in ledger.database.rows(_CALLS, asked):
        call = _Call(stays(partner_id, merged), *rest)
        key = dispatch_id, number, call.partner_id
        found[key] = _folded(found[key], call) if key in found else call
    return found.values()


def _folded(one: _Call, other: _Call) -> _Call:
    """Return what became of two calls of one person: returned or silent only if both were, arrived at the first arrival."""
    if one.returned or other.returned:
        return other if one.returned else one
    came = min((call.minutes for call in (one, other) if call.minutes is not None), default=None)
    return one._replace(
        answered=max(one.answered, other.answered),
        arrived=max(one.arrived, other.arrived),
        declined=max(one.declined, other.declined),
        silent=min(one.silent, other.silent),
        minutes=came,
    )


def middle(lengths: Iterable[int]) -> int | None:
    """Return the median of lengths in whole minutes, halves upwards; None without any."""
    ordered = sorted(lengths)
    if not ordered:
        return None
    both = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return (both + 1) // 2


def _rate(code: str, name: str, calls: list[_Call]) -> Rate:
    kept = [call for call in calls if not call.returned]
    return Rate(
        code,
        name,
        len(kept),
        sum(call.answered or call.arrived for call in kept),
        sum(call.arrived for call in kept),
        sum(call.declined for call in kept),
        sum(call.silent for call in kept),
        len(calls) - len(kept),
        middle(call.minutes for call in kept if call.minutes is not None),
    )


def _named(ledger: "Ledger", by: str, key: object) -> tuple[str, str]:
    if by == "kind":
        return str(key), KINDS[str(key)]
    table = {"partner": "partner", "community": "area"}[by]
    code, name = ledger.database.row(f"SELECT code, name FROM {table} WHERE id = ?", (key,))
    return code, name


def _merged(ledger: "Ledger") -> dict[int, int]:
    sql = "SELECT id, merged_into_id FROM partner WHERE merged_into_id IS NOT NULL"
    return dict(ledger.database.rows(sql))


def _came(event: str) -> str:
    return f"max(e.event = '{event}')"


_CALLS = f"""SELECT c.dispatch_id, c.round, c.partner_id, d.kind, c.community_id,
      {_came("answered")}, {_came("arrived")}, {_came("declined")}, {_came("silent")}, {_came("returned")},
      max(iif(e.event = 'arrived', e.minutes, NULL))
    FROM response_event c JOIN dispatch d ON d.id = c.dispatch_id
    JOIN response_event e ON e.response_id = c.response_id AND e.round = c.round AND {stands("response_event", "e")}
    WHERE c.event = 'called' AND {stands("response_event", "c")} AND c.happened_on BETWEEN :first AND :last
      AND c.community_id IN (SELECT value FROM json_each(:within)) GROUP BY c.id"""
