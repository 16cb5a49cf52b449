"""Counts of offers and their uses."""

from dataclasses import dataclass

from hepartner.words.offer import TERMS, TRADES

from ..once import Once
from .shape import HERE, PARTNER, Count, Listing, Measure, called, flow, mention, stock, stood, worded

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
        flows={"推出": "f.event = 'opened'", "停止": "f.event = 'closed'", "合并": "f.event = 'merged'"},
    ),
    "offers.uses": flow("offer_use", "f.sign * f.times", {**PARTNER, **_NAME}, amount="人次"),
}

GIVEN = {
    "offers.uses": Measure(
        "惠民服务", "人次", 50, "offer_use f", "f.sign * f.times", about=_NAME["惠民服务"]
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An offer open at the end of the month, or opened, closed or used in it; prices are fen.

    `opened` is −1 where an opening of an earlier month was taken back, `year` is how often it was used from January on.
    """

    offer_id: int
    code: str
    community_id: int
    partner: str
    title: str
    trade: str
    terms: str
    price_before: int | None
    price_after: int | None
    opened_on: str
    opened: int
    active: int
    uses: int
    year: int


def _stood(field: str) -> str:
    return stood("offer", field, "offer_event")


LINES = Listing(
    Line,
    f"""
WITH steps AS (
  SELECT offer_id, sum(sign * delta) AS active, sum(iif(counted_in = :last, sign, 0)) AS stepped,
    sum(iif(counted_in = :last AND event = 'opened', sign, 0)) AS opened
  FROM offer_event WHERE counted_in <= :last AND {HERE} GROUP BY offer_id),
used AS (
  SELECT offer_id, sum(iif(counted_in = :last, sign * times, 0)) AS uses, sum(sign * times) AS year
  FROM offer_use WHERE counted_in BETWEEN substr(:last, 1, 4) || '-01' AND :last AND {HERE} GROUP BY offer_id),
seen AS (SELECT offer_id FROM steps UNION SELECT offer_id FROM used),
latest AS (
  SELECT offer_id, ifnull(max(iif(counted_in <= :last, id, NULL)), min(id)) AS id FROM offer_event
  WHERE event = 'opened' AND sign = 1 AND offer_id IN (SELECT offer_id FROM seen) GROUP BY offer_id)
SELECT c.id, c.code, c.community_id, {called()},
  {mention("offer", "title")}, o.trade, o.terms, CAST({_stood("price_before")} AS INTEGER),
  CAST({_stood("price_after")} AS INTEGER), o.happened_on, ifnull(steps.opened, 0), ifnull(steps.active, 0), ifnull(used.uses, 0),
  ifnull(used.year, 0)
FROM seen JOIN offer c ON c.id = seen.offer_id JOIN partner p ON p.id = c.partner_id
JOIN latest ON latest.offer_id = c.id JOIN offer_event o ON o.id = latest.id
LEFT JOIN steps ON steps.offer_id = c.id LEFT JOIN used ON used.offer_id = c.id
WHERE steps.active <> 0 OR steps.stepped <> 0 OR steps.opened <> 0 OR used.uses <> 0
ORDER BY o.trade, o.happened_on, c.id""",
)


ONCE = {
    "offer": Once(
        "offer",
        "open",
        ("community_id", "title_key"),
        ("business",),
        "'惠民服务 ' || c.code || ' ' || c.title",
        uses=("offer_use",),
    )
}

STILL_OPEN = {
    "offer": """SELECT '惠民服务 ' || c.code || ' ' || c.title, 'hep offer close ' || c.code
        FROM offer c WHERE c.withdrawn = 0 AND c.status = 'open'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
