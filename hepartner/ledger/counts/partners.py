"""Counts of areas and partners; who is active is put together from what all nouns call taking part."""

from hepartner.words.partner import EVENTS

from .shape import PARTNER, Count, stock, worded

_EVENTS = {
    "加入": "f.event = 'joined'",
    "重新加入": "f.event = 'rejoined'",
    "迁入": "f.event = 'moved_in'",
    "改为本类": "f.event = 'kind_in'",
    "退出": "f.event = 'left'",
    "并入他人": "f.event = 'merged'",
    "迁出": "f.event = 'moved_out'",
    "改为他类": "f.event = 'kind_out'",
}


def _of(kind: str) -> Count:
    columns = {**PARTNER, "事项": worded("f.event", EVENTS)}
    return stock("standing", "f.sign * f.delta", columns, where=f"f.kind = '{kind}'", flows=_EVENTS)


COUNTS: dict[str, Count] = {
    "areas.community": stock("area_founding", "f.sign", {}, where="1", flows={"设立": "1"}),
    "partners.individual": _of("individual"),
    "partners.group": _of("group"),
    "partners.business": _of("business"),
}

# Who is refused at the keyboard as known already: of a name, unless the phones say that they are two.
ALIKE = {
    "partner": """k.name_key = f.name_key AND k.community_id = f.community_id AND k.kind = f.kind
      AND 'merged' NOT IN (f.status, k.status) AND (f.phone = k.phone OR '' IN (f.phone, k.phone))"""
}
