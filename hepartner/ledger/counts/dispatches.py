"""Counts of dispatches, of who arrived, and of how many of those called did."""

from dataclasses import dataclass

from hepartner.words.dispatch import RESPONSES

from ..facts import stands
from ..persons import survivor
from .shape import (
    AMOUNT,
    FACT,
    HERE,
    MERGED,
    PARTNER,
    SEEN,
    Count,
    Listing,
    Measure,
    Ratio,
    flow,
    heads,
    lengths,
    mention,
    person,
    worded,
)

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


# What cards of one person were called for together is one call, and one of them that arrived is enough: SQLite takes the other
# columns from the row with the maximum.
_CALLS = f"""({MERGED}
    SELECT c.id, c.voucher_id, c.happened_on, c.counted_in, c.community_id, c.dispatch_id, c.partner_id,
      max({_later("arrived")}) AS arrived
    FROM response_event c WHERE c.event = 'called' AND c.counted_in >= :first AND {_stands("c")} AND NOT {_later("returned")}
    GROUP BY c.dispatch_id, c.round, {person("c.partner_id")})"""

_ENDED = lengths("dispatch_event", "dispatch_id", "finished", _NAME)

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
    "dispatches.hours_median": _ENDED,
}


def alike_dispatches(one: str, other: str) -> str:
    """Return SQL that holds when two dispatches were whistled for the same, in the same minute, and called the same then."""
    mine, theirs = (_called_first(dispatch) for dispatch in (one, other))
    columns = ("community_id", "whistled_on", "whistled_at", "title_key")
    return f"""{" AND ".join(f"{other}.{column} = {one}.{column}" for column in columns)}
      AND NOT EXISTS ({mine} EXCEPT {theirs}) AND NOT EXISTS ({theirs} EXCEPT {mine})"""


def _called_first(dispatch: str) -> str:
    """SQL for whom a dispatch called when it began, by whom each stands for today."""
    return f"""SELECT {survivor("e.partner_id")} FROM response_event e WHERE e.dispatch_id = {dispatch}.id AND e.event = 'called'
      AND e.happened_on = {dispatch}.whistled_on AND e.minute = {dispatch}.whistled_at AND {stands("response_event", "e")}"""


ALIKE = {"dispatch": alike_dispatches("f", "k")}

PART_TAKING = {"arrival": "报到"}

GIVEN = {
    "dispatches.arrived": Measure("吹哨报到", "次", 20, "arrival f", "f.sign", once="f.dispatch_id"),
    "dispatches.people": Measure(
        "报到出动", "人次", 21, "arrival f", "f.sign * f.heads", about=_NAME["吹哨"]
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A dispatch of which something counted in the month; `held` is −1 when its whistle was taken back.

    `called` and `answered` are calls as the response rate counts them, `groups` the partners that arrived.
    """

    dispatch_id: int
    code: str
    community_id: int
    whistled_on: str
    title: str
    kind: str
    place: str
    held: int
    called: int
    answered: int
    groups: int
    people: int
    minutes: int | None


LINES = Listing(
    Line,
    f"""
{MERGED},
blown AS (
  SELECT dispatch_id, sum(sign) AS held FROM dispatch_event
  WHERE event = 'whistled' AND counted_in = :last AND {HERE} GROUP BY dispatch_id),
calls AS (
  SELECT f.dispatch_id, count(*) AS called, sum(f.arrived) AS answered FROM {_CALLS} f
  WHERE f.counted_in = :last AND f.{HERE} GROUP BY f.dispatch_id),
came AS (
  SELECT dispatch_id, sum(times > 0) AS groups, sum(people) AS people FROM (
    SELECT dispatch_id, sum(sign) AS times, sum(sign * heads) AS people FROM arrival
    WHERE counted_in = :last AND {HERE} GROUP BY dispatch_id, {person("partner_id")})
  GROUP BY dispatch_id),
ended AS (
  SELECT f.dispatch_id, f.minutes FROM {_ENDED.source} WHERE {_ENDED.where} AND f.{HERE}),
seen AS (
  SELECT dispatch_id FROM blown UNION SELECT dispatch_id FROM calls UNION SELECT dispatch_id FROM came
  UNION SELECT dispatch_id FROM ended),
latest AS (
  SELECT dispatch_id, ifnull(max(iif(counted_in <= :last, id, NULL)), min(id)) AS id FROM dispatch_event
  WHERE event = 'whistled' AND sign = 1 AND dispatch_id IN (SELECT dispatch_id FROM seen)
  GROUP BY dispatch_id)
SELECT d.id, d.code, d.community_id, w.happened_on, {mention("dispatch", "title", alias="d")}, w.kind,
  {mention("dispatch", "place", alias="d")},
  ifnull(blown.held, 0),
  ifnull(calls.called, 0), ifnull(calls.answered, 0), ifnull(came.groups, 0), ifnull(came.people, 0), ended.minutes
FROM seen JOIN dispatch d ON d.id = seen.dispatch_id
JOIN latest ON latest.dispatch_id = d.id JOIN dispatch_event w ON w.id = latest.id
LEFT JOIN blown ON blown.dispatch_id = d.id LEFT JOIN calls ON calls.dispatch_id = d.id
LEFT JOIN came ON came.dispatch_id = d.id LEFT JOIN ended ON ended.dispatch_id = d.id
WHERE coalesce(nullif(blown.held, 0), nullif(calls.called, 0), nullif(came.people, 0), ended.minutes) IS NOT NULL
ORDER BY w.happened_on, d.id""",
)


STILL_OPEN = {
    "response": f"""SELECT '吹哨 ' || d.code || ' ' || d.title || '（' || {worded("c.status", RESPONSES)} || '）',
          'hep dispatch ' || iif(c.status = 'arrived', 'leave', 'decline') || ' ' || d.code || ' ' || :code
        FROM response c JOIN dispatch d ON d.id = c.dispatch_id WHERE c.withdrawn = 0 AND d.status = 'open'
          AND c.status IN ('called', 'answered', 'arrived')
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
