"""Counts of support given to partners."""

from .shape import PARTNER, Count, flow

_SHOWN = {
    **PARTNER,
    "场地": "(SELECT name FROM venue WHERE id = f.venue_id)",
    "预订": "(SELECT code FROM booking WHERE id = f.booking_id)",
}

COUNTS: dict[str, Count] = {
    "support.venue": flow("support_given", "f.sign", _SHOWN, "f.kind = 'venue'"),
    "support.publicity": flow("support_given", "f.sign", PARTNER, "f.kind = 'publicity'"),
}

STILL_OPEN = {
    "booking": """SELECT '预订 ' || c.code || ' ' || c.day || ' ' || v.name, 'hep support cancel ' || c.code
        FROM booking c JOIN venue v ON v.id = c.venue_id WHERE c.withdrawn = 0 AND c.status = 'booked'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
