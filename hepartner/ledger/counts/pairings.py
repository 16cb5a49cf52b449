"""Counts of pairings."""

from hepartner.words.pairing import LINKS

from ..once import Once
from .shape import FACT, PARTNER, Count, Measure, all_worded, stock

COUNTS: dict[str, Count] = {
    "pairings.active": stock(
        "pairing_event",
        "f.sign * f.delta",
        {**PARTNER, "六联": all_worded("f.links", LINKS)},
        where="1",
        flows={"结对": "f.event = 'started'", "解除": "f.event = 'ended'", "合并": "f.event = 'merged'"},
    ),
}

GIVEN = {
    "pairings.active": Measure(
        "结对的社区",
        "个",
        60,
        "pairing_event f",
        "f.sign * f.delta",
        about=FACT["社区"],
        once="f.community_id",
        stock=True,
    ),
}

ONCE = {
    "pairing": Once(
        "pairing", "active", ("community_id",), ("group", "business"), "'与' || a.name || '的结对'"
    )
}

STILL_OPEN = {
    "pairing": """SELECT '与' || a.name || '的结对', 'hep pairing end ' || :code || ' --community ' || a.code
        FROM pairing c JOIN area a ON a.id = c.community_id WHERE c.withdrawn = 0 AND c.status = 'active'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
