"""Counts of meetings, their resolutions and the cooperations that came of them."""

from .shape import PARTNER, Count, flow

_MEETING = {
    "会议编号": "(SELECT code FROM meeting WHERE id = f.meeting_id)",
    "会议": "(SELECT title FROM meeting WHERE id = f.meeting_id)",
}
_RESOLUTION = {
    "决议编号": "(SELECT code FROM resolution WHERE id = f.resolution_id)",
    "决议": "(SELECT title FROM resolution WHERE id = f.resolution_id)",
}
_WITH = {
    "合作方编号": "(SELECT code FROM partner WHERE id = f.with_id)",
    "合作方": "(SELECT name FROM partner WHERE id = f.with_id)",
}
_NEED = {
    "需求编号": "(SELECT code FROM need WHERE id = f.need_id)",
    "需求": "(SELECT title FROM need WHERE id = f.need_id)",
}
_HELD = {**_MEETING, "参会人数": "f.attendance"}

COUNTS: dict[str, Count] = {
    "meetings.joint": flow("meeting_held", "f.sign", _HELD, "f.kind = 'joint'"),
    "meetings.matchmaking": flow("meeting_held", "f.sign", _HELD, "f.kind = 'matchmaking'"),
    "meetings.resolutions_done": flow("resolution_event", "f.sign", _RESOLUTION, "f.event = 'done'"),
    "cooperations.closed": flow("cooperation", "f.sign", {**PARTNER, **_WITH, **_MEETING, **_NEED}),
}

PART_TAKING = {"attending": "参会"}

STILL_OPEN = {
    "resolution": """SELECT '负责的决议 ' || c.code || ' ' || c.title,
          'hep meeting done ' || c.code || ' 或 hep meeting drop ' || c.code
        FROM resolution c WHERE c.withdrawn = 0 AND c.status = 'open'
          AND c.partner_id IN (SELECT value FROM json_each(:cards)) ORDER BY c.id"""
}
