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
