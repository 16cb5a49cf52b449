"""Words of residents' issues 民生问题."""

COMMANDS = ("issue", "问题", "民生问题的上报与办结", 90)

STATUSES = {
    "reported": "待办理",
    "assigned": "办理中",
    "resolved": "已解决",
    "confirmed": "已确认",
    "duplicate": "重复",
}

EVENTS = {
    "reported": "上报",
    "assigned": "交办",
    "resolved": "解决",
    "confirmed": "确认",
    "reopened": "重开",
    "duplicate": "并入重复",
}

ACTIONS = {
    "issue.reported": "上报问题",
    "issue.assigned": "交办问题",
    "issue.resolved": "解决问题",
    "issue.confirmed": "确认问题",
    "issue.reopened": "重开问题",
    "issue.duplicate": "并入重复问题",
    "issue.help": "协助问题",
    "issue.edit": "修改问题",
    "issue.category": "设定问题类别",
    "issue.load": "载入默认问题类别",
}
TABLES = {"issue": "问题", "issue_category": "问题类别", "issue_event": "问题办理", "issue_help": "协助"}
LETTERS = {"issue": "W"}
FILES = {"issues": "问题"}
