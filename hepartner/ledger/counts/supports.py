"""Counts of support given to partners."""

from dataclasses import dataclass

from .shape import HERE, PARTNER, Count, Listing, Measure, called, flow, mention

_SHOWN = {
    **PARTNER,
    "场地": "(SELECT name FROM venue WHERE id = f.venue_id)",
    "预订": "(SELECT code FROM booking WHERE id = f.booking_id)",
}

COUNTS: dict[str, Count] = {
    "support.venue": flow("support_given", "f.sign", _SHOWN, "f.kind = 'venue'"),
    "support.publicity": flow("support_given", "f.sign", PARTNER, "f.kind = 'publicity'"),
}

_VENUE = "(SELECT name FROM venue WHERE id = f.venue_id)"
RECEIVED = {
    "support.venue": Measure(
        "使用场地", "次", 30, "support_given f", "f.sign", "f.kind = 'venue'", about=_VENUE
    ),
    "support.hours": Measure("场地时长", "小时", 31, "support_given f", "f.sign * f.minutes", minutes=True),
    "support.publicity": Measure("宣传", "次", 32, "support_given f", "f.sign", "f.kind = 'publicity'"),
    "support.office": Measure("办公空间", "次", 33, "support_given f", "f.sign", "f.kind = 'office'"),
    "support.matchmaking": Measure(
        "商企对接", "次", 34, "support_given f", "f.sign", "f.kind = 'matchmaking'"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a partner was given in a community in the month, net of what was taken back: how often, and venues how long."""

    partner_id: int
    code: str
    community_id: int
    partner: str
    venues: str
    venue: int
    minutes: int
    publicity: int
    office: int
    matchmaking: int


LINES = Listing(
    Line,
    f"""
WITH given AS (
  SELECT partner_id, community_id, sum(iif(kind = 'venue', sign, 0)) AS venue, sum(sign * minutes) AS minutes,
    sum(iif(kind = 'publicity', sign, 0)) AS publicity, sum(iif(kind = 'office', sign, 0)) AS office,
    sum(iif(kind = 'matchmaking', sign, 0)) AS matchmaking
  FROM support_given WHERE counted_in = :last AND {HERE} GROUP BY partner_id, community_id),
used AS (
  SELECT f.partner_id, f.community_id, {mention("venue", "name", alias="v")} AS name
  FROM support_given f JOIN venue v ON v.id = f.venue_id
  WHERE f.counted_in = :last AND f.{HERE} GROUP BY f.partner_id, f.community_id, v.id HAVING sum(f.sign) <> 0
  ORDER BY v.name, v.id)
SELECT p.id, p.code, given.community_id, {called()},
  ifnull((SELECT group_concat(name, '、') FROM used
    WHERE used.partner_id = p.id AND used.community_id = given.community_id), ''),
  given.venue, given.minutes, given.publicity, given.office, given.matchmaking
FROM given JOIN partner p ON p.id = given.partner_id
WHERE given.venue <> 0 OR given.minutes <> 0 OR given.publicity <> 0 OR given.office <> 0 OR given.matchmaking <> 0
ORDER BY p.code""",
)


STILL_OPEN = {
    "booking": """SELECT '预订 ' || c.code || ' ' || c.day || ' ' || v.name, 'hep support cancel ' || c.code
        FROM booking c JOIN venue v ON v.id = c.venue_id WHERE c.withdrawn = 0 AND c.status = 'booked'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
