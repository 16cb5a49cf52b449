"""Counts of honours given to partners."""

from dataclasses import dataclass

from ..facts import stands
from ..once import Repeated
from ..persons import cards_beside
from .shape import HERE, PARTNER, SEEN, Count, Listing, Measure, called, flow, mention

COUNTS: dict[str, Count] = {
    "honours.given": flow(
        "honour_given", "f.sign", {**PARTNER, "荣誉": "(SELECT name FROM honour WHERE id = f.honour_id)"}
    ),
}

RECEIVED = {
    "honours.given": Measure(
        "荣誉",
        "项",
        40,
        "honour_given f",
        "f.sign",
        about="(SELECT name FROM honour WHERE id = f.honour_id)",
        once="(SELECT name_key || ' ' || level FROM honour WHERE id = f.honour_id), f.happened_on",
    ),
    "stars.level": Measure(
        "星级",
        "星",
        41,
        "star_level f",
        "f.level",
        f"""{stands("star_level", "f", seen=SEEN)}
            AND NOT EXISTS (SELECT 1 FROM card o JOIN star_level n ON n.partner_id = o.id
              WHERE n.year > f.year AND n.counted_in <= :last AND {stands("star_level", "n", seen=SEEN)})""",
        fold="max",
        about="f.year || ' 年'",
        stock=True,
    ),
}

_SAME = """(SELECT name_key || ' ' || level FROM honour WHERE id = {0}.honour_id) =
        (SELECT name_key || ' ' || level FROM honour WHERE id = {1}.honour_id) AND {0}.happened_on = {1}.happened_on"""

REPEATED = {
    "honour_given": Repeated(
        f"""WITH mine(id, happened_on, honour_id, partner_id) AS MATERIALIZED (
        SELECT f.id, f.happened_on, f.honour_id, f.partner_id FROM honour_given f
        WHERE f.partner_id IN (SELECT id FROM {cards_beside(":merged")} UNION SELECT id FROM {cards_beside(":into")})
          AND {stands("honour_given", "f")})
      SELECT g.id, g.happened_on || ' ' || p.name || '的荣誉“' || h.name || '”'
      FROM mine g JOIN honour h ON h.id = g.honour_id JOIN partner p ON p.id = g.partner_id
      WHERE EXISTS (SELECT 1 FROM mine e WHERE e.id < g.id AND {_SAME.format("e", "g")}) ORDER BY g.id""",
        f"""{_SAME.format("f", "k")} AND k.partner_id IN {cards_beside("f.partner_id")}""",
        card="honour",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An honour that counted in the month, or one of an earlier month taken back in it (`sign` −1)."""

    given_id: int
    community_id: int
    code: str
    partner: str
    honour: str
    level: str
    giver: str
    happened_on: str
    sign: int


LINES = Listing(
    Line,
    f"""
SELECT f.id, f.community_id, p.code, {called()}, {mention("honour", "name", at="f.community_id")},
  c.level, {mention("honour", "given_by", at="f.community_id")}, f.happened_on, f.sign
FROM honour_given f JOIN honour c ON c.id = f.honour_id JOIN partner p ON p.id = f.partner_id
WHERE f.counted_in = :last AND f.{HERE}
  AND NOT EXISTS (SELECT 1 FROM honour_given r WHERE r.reverses_id = f.id AND r.counted_in = :last)
  AND NOT EXISTS (SELECT 1 FROM honour_given o WHERE o.id = f.reverses_id AND o.counted_in = :last)
ORDER BY f.happened_on, f.id""",
)
