"""Counts of dispatches, of who arrived, and of how many of those called did."""

from ..facts import stands
from .shape import AMOUNT, FACT, PARTNER, SEEN, Count, Ratio, flow, heads, lengths

_NAME = {
    "吹哨编号": "(SELECT code FROM dispatch WHERE id = f.dispatch_id)",
    "吹哨": "(SELECT title FROM dispatch WHERE id = f.dispatch_id)",
}


def _stands(alias: str) -> str:
    """SQL that holds for a step of a response that stands at the end of the span."""
    return f"{alias}.counted_in <= :last AND {stands('response_event', alias, seen=SEEN)}"


def _later(event: str) -> str:
    """SQL that holds for a call `c` that was followed by such a step, as far as is seen at the end of the span."""
    return f"""EXISTS (SELECT 1 FROM response_event e WHERE e.response_id = c.response_id AND e.round = c.round
      AND e.event = '{event}' AND {_stands("e")})"""


_CALLS = f"""(SELECT c.*, {_later("arrived")} AS arrived FROM response_event c
    WHERE c.event = 'called' AND c.counted_in >= :first AND {_stands("c")} AND NOT {_later("returned")})"""

COUNTS: dict[str, Count] = {
    "dispatches.held": flow("dispatch_event", "f.sign", _NAME, "f.event = 'whistled'"),
    "dispatches.groups": heads({"arrival": "dispatch_id"}, _NAME),
    "dispatches.people": flow("arrival", "f.sign * f.heads", {**_NAME, **PARTNER}, amount="人次"),
    "dispatches.response_rate": Ratio(
        f"{_CALLS} f",
        "1",
        "f.arrived",
        "1",
        {**FACT, **_NAME, **PARTNER, "报到": "f.arrived", AMOUNT: "1"},
    ),
    "dispatches.hours_median": lengths("dispatch_event", "f.minutes", _NAME, "f.event = 'finished'"),
}

PART_TAKING = {"arrival": "报到"}
