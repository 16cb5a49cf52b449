"""Counts of offers and their uses."""

from hepartner.words.offer import TERMS, TRADES

from .shape import PARTNER, Count, Measure, flow, stock, worded

_NAME = {
    "服务编号": "(SELECT code FROM offer WHERE id = f.offer_id)",
    "惠民服务": "(SELECT title FROM offer WHERE id = f.offer_id)",
}

COUNTS: dict[str, Count] = {
    "offers.active": stock(
        "offer_event",
        "f.sign * f.delta",
        {**PARTNER, **_NAME, "行业": worded("f.trade", TRADES), "优惠方式": worded("f.terms", TERMS)},
        where="1",
        flows={"推出": "f.event = 'opened'", "停止": "f.event = 'closed'"},
    ),
    "offers.uses": flow("offer_use", "f.sign * f.times", {**PARTNER, **_NAME}, amount="人次"),
}

GIVEN = {
    "offers.uses": Measure(
        "惠民服务", "人次", 50, "offer_use f", "f.sign * f.times", about=_NAME["惠民服务"]
    ),
}

STILL_OPEN = {
    "offer": """SELECT '惠民服务 ' || c.code || ' ' || c.title, 'hep offer close ' || c.code
        FROM offer c WHERE c.withdrawn = 0 AND c.status = 'open'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
