"""Words of activities 活动."""

COMMANDS = ("activity", "活动", "活动、签到与确认", 70)

ACTIONS = {
    "activity.add": "登记活动",
    "activity.edit": "修改活动",
    "activity.sign": "签到",
    "activity.confirm": "确认签到",
    "activity.complain": "投诉收回签到",
}
TABLES = {
    "activity": "活动",
    "activity_held": "活动",
    "confirmation": "确认",
    "organising": "主办",
    "participation": "签到",
}
LETTERS = {"activity": "H"}
FILES = {"activities": "活动", "signins": "签到表"}
