"""Counts of pairings."""

from .shape import FACT, PARTNER, Count, Measure, stock

COUNTS: dict[str, Count] = {
    "pairings.active": stock(
        "pairing_event",
        "f.sign * f.delta",
        {**PARTNER, "六联": "f.links"},
        where="1",
        flows={"结对": "f.event = 'started'", "解除": "f.event = 'ended'"},
    ),
}

GIVEN = {
    "pairings.active": Measure(
        "结对的社区", "个", 60, "pairing_event f", "f.sign * f.delta", about=FACT["社区"], stock=True
    ),
}
