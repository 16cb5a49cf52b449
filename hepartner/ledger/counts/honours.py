"""Counts of honours given to partners."""

from ..facts import stands
from .shape import PARTNER, SEEN, Count, Measure, flow

COUNTS: dict[str, Count] = {
    "honours.given": flow(
        "honour_given", "f.sign", {**PARTNER, "荣誉": "(SELECT name FROM honour WHERE id = f.honour_id)"}
    ),
}

RECEIVED = {
    "honours.given": Measure(
        "荣誉", "项", 40, "honour_given f", "f.sign", about="(SELECT name FROM honour WHERE id = f.honour_id)"
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
