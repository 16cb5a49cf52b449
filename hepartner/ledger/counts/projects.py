"""Counts of service projects, their sessions and evaluations."""

from dataclasses import dataclass

from hepartner.words.project import RESULTS

from ..facts import stands
from ..lineage import noted
from ..persons import survivor
from .shape import HERE, SEEN, Count, Listing, Measure, called, flow, mention, stock, stood, worded

_NAME = {
    "项目编号": "(SELECT code FROM project WHERE id = f.project_id)",
    "项目": "(SELECT title FROM project WHERE id = f.project_id)",
}

# People served by sessions and by welfare activities; issues are no service, so they stand in no row here.
_SERVED = """(SELECT voucher_id, happened_on, counted_in, community_id, project_id, NULL AS activity_id, sign * served AS people
      FROM project_session
    UNION ALL SELECT voucher_id, happened_on, counted_in, community_id, NULL, activity_id, sign * beneficiaries
      FROM activity_held WHERE kind = 'welfare')"""
_SERVICE = {
    "来自": "iif(f.project_id, '服务项目', '公益惠民活动')",
    "编号": f"ifnull({_NAME['项目编号']}, (SELECT code FROM activity WHERE id = f.activity_id))",
    "名称": f"ifnull({_NAME['项目']}, (SELECT name FROM activity WHERE id = f.activity_id))",
}

COUNTS: dict[str, Count] = {
    "projects.landed": flow("project_event", "f.sign", _NAME, "f.event = 'landed'"),
    "projects.active": stock(
        "project_event",
        "f.sign * f.delta",
        _NAME,
        where="f.delta <> 0",
        flows={
            "落地": "f.event = 'landed'",
            "恢复": "f.event = 'resumed'",
            "停办": "f.event = 'stopped'",
            "结项": "f.event = 'finished'",
        },
    ),
    "projects.evaluated": flow("evaluation", "f.sign", {**_NAME, "结论": worded("f.result", RESULTS)}),
    "service.person_times": flow(_SERVED, "f.people", _SERVICE, amount="人次"),
}

PART_TAKING = {"project_presence": "参与项目服务"}

_CAME = f"""SELECT {survivor("e.partner_id")} FROM project_presence e WHERE e.session_id = {{0}}.id
      AND {stands("project_presence", "e")}"""

ALIKE = {
    "project_session": f"""f.project_id = k.project_id AND f.happened_on = k.happened_on AND f.served = k.served
      AND f.minutes = k.minutes AND {noted("project_session", "f")} = {noted("project_session", "k")}
      AND NOT EXISTS ({_CAME.format("f")} EXCEPT {_CAME.format("k")})
      AND NOT EXISTS ({_CAME.format("k")} EXCEPT {_CAME.format("f")})"""
}

GIVEN = {
    "projects.sessions": Measure(
        "参与项目服务",
        "场",
        40,
        "project_presence f",
        "f.sign",
        about="""(SELECT p.title FROM project_session s JOIN project p ON p.id = s.project_id WHERE s.id = f.session_id)""",
        once="f.session_id",
    ),
    "projects.joined": Measure(
        "在办的服务项目",
        "个",
        41,
        "project_partner f",
        "f.sign * f.delta",
        """0 < (SELECT sum(e.sign * e.delta) FROM project_event e
            WHERE e.project_id = f.project_id AND e.counted_in <= :last)""",
        about=_NAME["项目"],
        once="f.project_id",
        stock=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A project under way at the end of the month, or of which something counted in it; `event` is its last step by then.

    `landed` is −1 when its landing was taken back; `year` is whom it served from January on.
    """

    project_id: int
    code: str
    community_id: int
    title: str
    place: str
    origin: str
    partners: str
    landed_on: str
    event: str
    landed: int
    active: int
    sessions: int
    served: int
    year: int


def _stood(field: str) -> str:
    return stood("project", field, "project_event")


def _from(table: str, word: str) -> str:
    """SQL for the need or the meeting that a project came from; none while it is withdrawn."""
    withdrawn = stood(table, "withdrawn", alias="o", at="c.community_id")
    return f"""(SELECT '{word}“' || {mention(table, "title", alias="o")} || '”' FROM {table} o
      WHERE o.id = {_stood(f"{table}_id")} AND CAST({withdrawn} AS INTEGER) = 0)"""


LINES = Listing(
    Line,
    f"""
WITH steps AS (
  SELECT project_id, sum(sign * delta) AS active, sum(iif(event = 'landed' AND counted_in = :last, sign, 0)) AS landed,
    sum(iif(counted_in = :last, sign, 0)) AS stepped
  FROM project_event WHERE counted_in <= :last AND {HERE} GROUP BY project_id),
served AS (
  SELECT project_id, sum(iif(counted_in = :last, sign, 0)) AS sessions, sum(iif(counted_in = :last, sign * served, 0)) AS served,
    sum(sign * served) AS year
  FROM project_session WHERE counted_in BETWEEN substr(:last, 1, 4) || '-01' AND :last AND {HERE} GROUP BY project_id),
seen AS (SELECT project_id FROM steps UNION SELECT project_id FROM served),
began AS (
  SELECT project_id, max(happened_on) AS day FROM project_event
  WHERE event = 'landed' AND project_id IN (SELECT project_id FROM seen) GROUP BY project_id),
latest AS (
  SELECT f.project_id, max(f.id) AS id FROM project_event f
  WHERE f.counted_in <= :last AND {stands("project_event", "f", seen=SEEN)}
  GROUP BY f.project_id),
within AS (
  SELECT j.project_id, {called()} AS name FROM project_partner j JOIN partner p ON p.id = j.partner_id
  WHERE j.counted_in <= :last AND j.{HERE} GROUP BY j.project_id, p.id
  HAVING sum(j.sign * j.delta) > 0 ORDER BY j.project_id, min(j.id))
SELECT c.id, c.code, c.community_id, {mention("project", "title")}, {mention("project", "place")},
  coalesce({_from("need", "需求")}, {_from("meeting", "会议")},
    (SELECT '评估“' || {mention("project", "title", alias="o")} || '”'
      FROM evaluation e JOIN project o ON o.id = e.project_id
      WHERE e.id = {_stood("evaluation_id")}), ''),
  ifnull((SELECT group_concat(name, '、') FROM within WHERE within.project_id = c.id), ''),
  began.day, ifnull(s.event, ''), ifnull(steps.landed, 0), ifnull(steps.active, 0),
  ifnull(served.sessions, 0), ifnull(served.served, 0),
  ifnull(served.year, 0)
FROM seen JOIN project c ON c.id = seen.project_id JOIN began ON began.project_id = c.id
LEFT JOIN steps ON steps.project_id = c.id
LEFT JOIN latest ON latest.project_id = c.id LEFT JOIN project_event s ON s.id = latest.id
LEFT JOIN served ON served.project_id = c.id
WHERE steps.active <> 0 OR steps.landed <> 0 OR steps.stepped <> 0 OR ifnull(served.sessions, 0) <> 0
  OR ifnull(served.served, 0) <> 0
ORDER BY began.day, c.id""",
)


@dataclass(frozen=True, slots=True)
class Welfare:
    """How many people a community's welfare activities served in the month."""

    community_id: int
    beneficiaries: int


WELFARE = Listing(
    Welfare,
    f"""
SELECT community_id, sum(sign * beneficiaries) FROM activity_held
WHERE kind = 'welfare' AND counted_in = :last AND {HERE} GROUP BY community_id""",
)


STILL_OPEN = {
    "project_partner": """SELECT DISTINCT '参加项目 ' || c.code || ' ' || c.title, 'hep project part ' || c.code || ' ' || :code
        FROM project c JOIN (SELECT project_id FROM project_partner WHERE partner_id IN (SELECT value FROM json_each(:cards))
          GROUP BY project_id, partner_id HAVING sum(sign * delta) > 0) j ON j.project_id = c.id
        WHERE c.withdrawn = 0 AND c.status <> 'finished' ORDER BY c.id"""
}
