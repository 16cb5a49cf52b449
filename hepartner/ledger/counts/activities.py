"""Counts of activities and participation."""

from .shape import PARTNER, Count, flow, heads

_NAME = {
    "活动编号": "(SELECT code FROM activity WHERE id = f.activity_id)",
    "活动": "(SELECT name FROM activity WHERE id = f.activity_id)",
}

COUNTS: dict[str, Count] = {
    "activities.held": flow("activity_held", "f.sign", _NAME),
    "activities.welfare": flow("activity_held", "f.sign", _NAME, "f.kind = 'welfare'"),
    "activities.attendance": flow("participation", "f.sign", {**_NAME, **PARTNER}),
    "activities.people": heads({"participation": "activity_id"}, _NAME),
    "activities.beneficiaries": flow("activity_held", "f.sign * f.beneficiaries", _NAME),
    "hours.served": flow("participation", "f.sign * f.minutes", {**_NAME, **PARTNER}, amount="分钟"),
}

PART_TAKING = {"participation": "签到", "organising": "主办"}
