"""Counts of activities and participation."""

from ..persons import cards_beside
from .shape import PARTNER, Count, Measure, flow, heads

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

ALIKE = {
    "activity": "k.community_id = f.community_id AND k.held_on = f.held_on AND k.name_key = f.name_key",
    "participation": f"""k.activity_id = f.activity_id AND k.partner_id IN {cards_beside("f.partner_id")}
      AND (k.minutes, k.role) = (f.minutes, f.role) AND k.rule_version_id IS f.rule_version_id""",
}

PART_TAKING = {"participation": "签到", "organising": "主办"}

GIVEN = {
    "hours.served": Measure("服务时长", "小时", 10, "participation f", "f.sign * f.minutes", minutes=True),
    "activities.attended": Measure("参加活动", "场", 11, "participation f", "f.sign", once="f.activity_id"),
    "activities.organised": Measure(
        "主办活动", "场", 12, "organising f", "f.sign", about=_NAME["活动"], once="f.activity_id"
    ),
}
