"""Words of residents' needs 需求."""

COMMANDS = ("need", "需求", "居民需求的收集、满足与排行", 92)
VERBS = {"meet": "满足", "drop": "撤下", "ranking": "排行"}
OPTIONS = {"--heads": "--需求人数"}

CATEGORIES = {
    "medical": "医疗",
    "elderly": "养老",
    "childcare": "托育",
    "meals": "助餐",
    "culture": "文体",
    "repair": "维修",
    "legal": "法律",
    "jobs": "就业",
    "other": "其他",
}
STATUSES = {"open": "待满足", "met": "已满足", "dropped": "已撤下"}
EVENTS = {"raised": "提出", "met": "满足", "dropped": "撤下", "reopened": "重开"}

ACTIONS = {
    "need.raised": "登记需求",
    "need.met": "满足需求",
    "need.dropped": "撤下需求",
    "need.reopened": "重开需求",
    "need.edit": "修改需求",
}
TABLES = {"need": "需求", "need_event": "需求办理"}
LETTERS = {"need": "Q"}
FILES = {"needs": "需求"}
