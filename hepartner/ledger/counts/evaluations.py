"""What is listed of evaluations: those of a month, and those that were due by its end."""

from dataclasses import dataclass

from ..lineage import noted
from .shape import HERE, Listing, mention, stood

ALIKE = {
    "evaluation": f"""f.project_id = k.project_id AND f.happened_on = k.happened_on
      AND {noted("evaluation", "f")} = {noted("evaluation", "k")}
      AND (f.asked, f.satisfied, f.attendance, f.cost_fen, f.need_met, f.result)
        IS (k.asked, k.satisfied, k.attendance, k.cost_fen, k.need_met, k.result)"""
}


@dataclass(frozen=True, slots=True)
class Line:
    """An evaluation that counted in the month, or one of an earlier month taken back in it (`sign` −1).

    `led_to` names the projects that were made from it by then.
    """

    evaluation_id: int
    community_id: int
    happened_on: str
    project: str
    sign: int
    asked: int
    satisfied: int
    attendance: int | None
    cost_fen: int | None
    need_met: str
    result: str
    led_to: str


_FROM = (
    f"CAST({stood('project', 'evaluation_id', 'project_event', alias='n', at='f.community_id')} AS INTEGER)"
)

LINES = Listing(
    Line,
    f"""
SELECT f.id, f.community_id, f.happened_on, {mention("project", "title")}, f.sign,
  f.asked, f.satisfied, f.attendance, f.cost_fen, f.need_met,
  f.result, ifnull((SELECT group_concat({mention("project", "title", alias="n")}, '、') FROM project n
    WHERE {_FROM} = f.id AND 0 < (SELECT sum(s.sign) FROM project_event s
      WHERE s.project_id = n.id AND s.event = 'landed' AND s.counted_in <= :last)), '')
FROM evaluation f JOIN project c ON c.id = f.project_id
WHERE f.counted_in = :last AND f.{HERE}
  AND NOT EXISTS (SELECT 1 FROM evaluation r WHERE r.reverses_id = f.id AND r.counted_in = :last)
  AND NOT EXISTS (SELECT 1 FROM evaluation o WHERE o.id = f.reverses_id AND o.counted_in = :last)
ORDER BY f.happened_on, f.id""",
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A project under way at the end of the month whose evaluation was due so many days before."""

    project_id: int
    community_id: int
    project: str
    due_on: str
    days: int


OVERDUE = Listing(
    Overdue,
    f"""
WITH going AS (
  SELECT project_id, community_id FROM project_event WHERE counted_in <= :last AND {HERE}
  GROUP BY project_id, community_id HAVING sum(sign * delta) > 0),
due AS (
  SELECT c.id, going.community_id, {mention("project", "title")} AS title,
    {stood("project", "next_evaluation_on", "evaluation")} AS day
  FROM going JOIN project c ON c.id = going.project_id)
SELECT id, community_id, title, day, CAST(julianday(:day) - julianday(day) AS INTEGER) FROM due WHERE day < :day
ORDER BY day, id""",
)
