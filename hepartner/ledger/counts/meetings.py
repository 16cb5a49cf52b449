"""Counts of meetings, their resolutions and the cooperations that came of them."""

from dataclasses import dataclass

from ..facts import stands
from ..once import Repeated
from ..persons import survivor
from .shape import HERE, MERGED, PARTNER, SEEN, Count, Listing, Measure, called, flow, mention, person, stood

_MEETING = {
    "会议编号": "(SELECT code FROM meeting WHERE id = f.meeting_id)",
    "会议": "(SELECT title FROM meeting WHERE id = f.meeting_id)",
}
_RESOLUTION = {
    "决议编号": "(SELECT code FROM resolution WHERE id = f.resolution_id)",
    "决议": "(SELECT title FROM resolution WHERE id = f.resolution_id)",
}
_WITH = {
    "合作方编号": "(SELECT code FROM partner WHERE id = f.with_id)",
    "合作方": "(SELECT name FROM partner WHERE id = f.with_id)",
}
_NEED = {
    "需求编号": "(SELECT code FROM need WHERE id = f.need_id)",
    "需求": "(SELECT title FROM need WHERE id = f.need_id)",
}
_HELD = {**_MEETING, "参会人数": "f.attendance"}

COUNTS: dict[str, Count] = {
    "meetings.joint": flow("meeting_held", "f.sign", _HELD, "f.kind = 'joint'"),
    "meetings.matchmaking": flow("meeting_held", "f.sign", _HELD, "f.kind = 'matchmaking'"),
    "meetings.resolutions_done": flow("resolution_event", "f.sign * f.done", _RESOLUTION, "f.done <> 0"),
    "cooperations.closed": flow("cooperation", "f.sign", {**PARTNER, **_WITH, **_MEETING, **_NEED}),
}

PART_TAKING = {"attending": "参会"}

GIVEN = {
    "meetings.attended": Measure(
        "参加会议", "次", 70, "attending f", "f.sign", about=_MEETING["会议"], once="f.meeting_id"
    )
}

_OTHER = survivor("f.with_id")

RECEIVED = {
    "cooperations.closed": Measure(
        "促成的合作",
        "家",
        60,
        """(SELECT sign, counted_in, community_id, happened_on, meeting_id, partner_id, with_id FROM cooperation
            UNION ALL SELECT sign, counted_in, community_id, happened_on, meeting_id, with_id, partner_id FROM cooperation
              WHERE with_id IS NOT NULL) f""",
        "f.sign",
        about=f"ifnull((SELECT name FROM partner WHERE id = {_OTHER}), '社区')",
        once=f"ifnull(f.meeting_id, f.happened_on), ifnull({_OTHER}, -f.community_id)",
    ),
}


def _parties(one: str) -> str:
    """SQL for the two who cooperate, by whom they stand for today; no partner is NULL, the community."""
    return f"{survivor(f'{one}.partner_id')}, {survivor(f'{one}.with_id')}"


def _turned(one: str) -> str:
    return f"{survivor(f'{one}.with_id')}, {survivor(f'{one}.partner_id')}"


REPEATED = {
    "cooperation": Repeated(
        # The parties by whom they stand for after the merger, and as they are called before it.
        f"""WITH of(id, party) AS NOT MATERIALIZED (
        SELECT p.id, iif({survivor("p.id")} = :merged, :into, {survivor("p.id")}) FROM partner p),
      pair AS (
        SELECT f.id, f.happened_on, ifnull(f.meeting_id, f.happened_on) AS met, f.community_id, mine.party AS one,
          theirs.party AS other
        FROM cooperation f JOIN of mine ON mine.id = f.partner_id LEFT JOIN of theirs ON theirs.id = f.with_id
        WHERE :into IN (mine.party, ifnull(theirs.party, 0)) AND {stands("cooperation", "f")})
      SELECT c.id, c.happened_on || ' ' || p.name || '与' || ifnull(w.name, a.name) || '的合作'
      FROM pair c JOIN cooperation f ON f.id = c.id JOIN partner p ON p.id = {survivor("f.partner_id")}
        JOIN area a ON a.id = f.community_id LEFT JOIN partner w ON w.id = {survivor("f.with_id")}
      WHERE c.one IS c.other OR EXISTS (
        SELECT 1 FROM pair e WHERE e.id < c.id AND e.met = c.met AND (c.other IS NOT NULL OR e.community_id = c.community_id)
          AND ((e.one, e.other) IS (c.one, c.other) OR (e.one, e.other) IS (c.other, c.one)))
      ORDER BY c.id""",
        f"""ifnull(f.meeting_id, f.happened_on) = ifnull(k.meeting_id, k.happened_on)
      AND (f.with_id IS NOT NULL OR f.community_id = k.community_id)
      AND (({_parties("f")}) IS ({_parties("k")}) OR ({_parties("f")}) IS ({_turned("k")}))""",
        senseless=f"{survivor('f.partner_id')} IS {survivor('f.with_id')}",
        why="双方现在是同一家",
    ),
}


ALIKE = {
    "resolution": f"""f.meeting_id = k.meeting_id AND f.title_key = k.title_key AND f.owner = k.owner AND f.due_on IS k.due_on
      AND {survivor("f.partner_id")} IS {survivor("k.partner_id")}"""
}


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting of which something counted in the month; `joint` or `matchmaking` is −1 when it was taken back.

    `partners` came to it, `made` and `closed` are resolutions and cooperations of the month, `open` is what of it was still
    to be done at the end.
    """

    meeting_id: int
    code: str
    community_id: int
    held_on: str
    title: str
    kind: str
    place: str
    joint: int
    matchmaking: int
    attendance: int
    partners: int
    made: int
    open: int
    closed: int


LINES = Listing(
    Line,
    f"""
{MERGED},
held AS (
  SELECT meeting_id, sum(iif(kind = 'joint', sign, 0)) AS joint, sum(iif(kind = 'matchmaking', sign, 0)) AS matchmaking,
    sum(sign * attendance) AS attendance
  FROM meeting_held WHERE counted_in = :last AND {HERE} GROUP BY meeting_id),
came AS (
  SELECT meeting_id, sum(times > 0) - sum(times < 0) AS partners FROM (
    SELECT meeting_id, sum(sign) AS times FROM attending
    WHERE counted_in = :last AND {HERE} GROUP BY meeting_id, {person("partner_id")})
  GROUP BY meeting_id),
resolved AS (
  SELECT r.meeting_id, sum(iif(f.event = 'made' AND f.counted_in = :last, f.sign, 0)) AS made, sum(f.sign * f.delta) AS open
  FROM resolution_event f JOIN resolution r ON r.id = f.resolution_id
  WHERE f.counted_in <= :last AND f.{HERE} GROUP BY r.meeting_id),
closed AS (
  SELECT meeting_id, sum(sign) AS closed FROM cooperation
  WHERE meeting_id IS NOT NULL AND counted_in = :last AND {HERE} GROUP BY meeting_id),
seen AS (
  SELECT meeting_id FROM held UNION SELECT meeting_id FROM came UNION SELECT meeting_id FROM resolved WHERE made <> 0
  UNION SELECT meeting_id FROM closed),
latest AS (
  SELECT meeting_id, ifnull(max(iif(counted_in <= :last, id, NULL)), min(id)) AS id FROM meeting_held
  WHERE sign = 1 AND meeting_id IN (SELECT meeting_id FROM seen) GROUP BY meeting_id)
SELECT c.id, c.code, c.community_id, c.held_on, {mention("meeting", "title")},
  (SELECT kind FROM meeting_held WHERE id = latest.id),
  {mention("meeting", "place")}, ifnull(held.joint, 0),
  ifnull(held.matchmaking, 0), ifnull(held.attendance, 0), ifnull(came.partners, 0), ifnull(resolved.made, 0),
  ifnull(resolved.open, 0), ifnull(closed.closed, 0)
FROM seen JOIN meeting c ON c.id = seen.meeting_id
JOIN latest ON latest.meeting_id = c.id
LEFT JOIN held ON held.meeting_id = c.id LEFT JOIN came ON came.meeting_id = c.id
LEFT JOIN resolved ON resolved.meeting_id = c.id LEFT JOIN closed ON closed.meeting_id = c.id
WHERE coalesce(nullif(held.joint, 0), nullif(held.matchmaking, 0), nullif(held.attendance, 0), nullif(came.partners, 0),
  nullif(resolved.made, 0), nullif(closed.closed, 0)) IS NOT NULL
ORDER BY c.held_on, c.id""",
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution open at the end of the month, or done or dropped in it.

    `done` is −1 when its doing was taken back, or it was opened again; `late` is how many days it was overdue, 0 if it was not.
    What its card says is what it said at the end of the month.
    """

    resolution_id: int
    code: str
    community_id: int
    title: str
    meeting: str
    owner: str
    due_on: str | None
    open: int
    ended_on: str | None
    done: int
    dropped: int
    late: int


def _stood(field: str) -> str:
    return f"{stood('resolution', field, 'resolution_event')} AS {field}"


RESOLUTIONS = Listing(
    Resolved,
    f"""
WITH steps AS (
  SELECT resolution_id, community_id, sum(sign * delta) AS open,
    sum(iif(counted_in = :last, sign * done, 0)) AS done,
    sum(iif(counted_in = :last, sign * CASE event WHEN 'dropped' THEN 1 WHEN 'reopened' THEN -1 - done ELSE 0 END, 0)) AS dropped
  FROM resolution_event WHERE counted_in <= :last AND {HERE} GROUP BY resolution_id, community_id),
ended AS (
  SELECT f.resolution_id, max(f.id), f.happened_on FROM resolution_event f
  WHERE f.delta = -1 AND f.counted_in <= :last AND {stands("resolution_event", "f", seen=SEEN)} GROUP BY f.resolution_id),
said AS (
  SELECT c.id, c.code, c.meeting_id, steps.community_id, steps.open, steps.done, steps.dropped,
    {_stood("owner")}, {_stood("partner_id")}, {_stood("due_on")}
  FROM steps JOIN resolution c ON c.id = steps.resolution_id
  WHERE steps.open <> 0 OR steps.done <> 0 OR steps.dropped <> 0)
SELECT s.id, s.code, s.community_id, {mention("resolution", "title", alias="s")}, {mention("meeting", "title", alias="m")},
  iif(s.owner <> '', {mention("resolution", "owner", alias="s")}, ifnull({called()}, '')), s.due_on,
  s.open, iif(s.open > 0, NULL, ended.happened_on), s.done, s.dropped,
  iif(s.open > 0 AND s.due_on < :day, CAST(julianday(:day) - julianday(s.due_on) AS INTEGER), 0)
FROM said s JOIN meeting m ON m.id = s.meeting_id
LEFT JOIN partner p ON p.id = s.partner_id LEFT JOIN ended ON ended.resolution_id = s.id
ORDER BY s.open, s.due_on IS NULL, s.due_on, s.id""",
)


STILL_OPEN = {
    "resolution": """SELECT '负责的决议 ' || c.code || ' ' || c.title,
          'hep meeting done ' || c.code || ' 或 hep meeting drop ' || c.code
        FROM resolution c WHERE c.withdrawn = 0 AND c.status = 'open'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
