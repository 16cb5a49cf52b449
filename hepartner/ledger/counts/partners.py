"""Counts of areas and partners."""

from .shape import PARTNER, Count, heads, stock

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
    columns = {**PARTNER, "事项": "f.event"}
    return stock("standing", "f.sign * f.delta", columns, where=f"f.kind = '{kind}'", flows=_EVENTS)


_TOOK_PART = {
    "participation": "'签到' AS part",
    "organising": "'主办' AS part",
    "issue_help": "'协助办理问题' AS part",
}

COUNTS: dict[str, Count] = {
    "areas.community": stock("area_founding", "f.sign", {}, where="1", flows={"设立": "1"}),
    "partners.individual": _of("individual"),
    "partners.group": _of("group"),
    "partners.business": _of("business"),
    "partners.active": heads(_TOOK_PART, {"参与方式": "f.part"}),
}
