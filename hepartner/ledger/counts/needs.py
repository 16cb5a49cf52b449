"""Counts of residents' needs."""

from .shape import Count, stock

_NAME = {
    "需求编号": "(SELECT code FROM need WHERE id = f.need_id)",
    "需求": "(SELECT title FROM need WHERE id = f.need_id)",
    "需求人数": "f.heads",
}

COUNTS: dict[str, Count] = {
    "needs.open": stock(
        "need_event",
        "f.sign * f.delta",
        _NAME,
        where="1",
        flows={
            "提出": "f.event = 'raised'",
            "重开": "f.event = 'reopened'",
            "满足": "f.event = 'met'",
            "撤下": "f.event = 'dropped'",
        },
    ),
}
