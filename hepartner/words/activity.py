"""Words of activities 活动."""

COMMANDS = ("activity", "活动", "活动、签到与确认", 70)

KINDS = {
    "welfare": "公益惠民",
    "arts": "文体",
    "class": "课堂",
    "patrol": "网格巡查",
    "cleanup": "环境整治",
    "party": "党建共建",
    "meeting": "议事",
    "other": "其他",
}

THEMES = {
    "live": "共居",
    "learn": "共学",
    "build": "共建",
    "share": "共享",
    "serve": "共事",
    "enjoy": "共乐",
    "prosper": "共富",
    "uphold": "共维",
}
"""The eight 八共."""

ROLES = {
    "member": "参与",
    "volunteer": "志愿者",
    "organiser": "组织者",
    "leader": "带队",
    "speaker": "主讲",
    "other": "其他",
}

STATES = {"counted": "已计", "waiting": "待确认", "confirmed": "已确认", "complained": "投诉冲正"}

OPTIONS = {"--line": "--第几行"}
ACTIONS = {
    "activity.add": "登记活动",
    "activity.edit": "修改活动",
    "activity.sign": "签到",
    "activity.confirm": "确认签到",
    "activity.complain": "投诉收回签到",
}
TABLES = {
    "activity": "活动",
    "activity_held": "活动举办",
    "confirmation": "确认",
    "organising": "主办",
    "participation": "签到",
}
LETTERS = {"activity": "H"}
FILES = {"activities": "活动", "signins": "签到表"}
