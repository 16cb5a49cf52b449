"""Counts of honours given to partners."""

from .shape import PARTNER, Count, flow

COUNTS: dict[str, Count] = {
    "honours.given": flow(
        "honour_given", "f.sign", {**PARTNER, "荣誉": "(SELECT name FROM honour WHERE id = f.honour_id)"}
    ),
}
