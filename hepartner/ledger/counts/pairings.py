"""Counts of pairings."""

from .shape import PARTNER, Count, stock

COUNTS: dict[str, Count] = {
    "pairings.active": stock(
        "pairing_event",
        "f.sign * f.delta",
        {**PARTNER, "六联": "f.links"},
        where="1",
        flows={"结对": "f.event = 'started'", "解除": "f.event = 'ended'"},
    ),
}
