"""Words of meetings 会议: joint conferences 联席会议 and matchmaking meetings 资源对接会, what was resolved and closed there."""

COMMANDS = ("meeting", "会议", "联席会议、资源对接会，议题、决议与促成合作", 80)
VERBS = {
    "attend": "参会",
    "raise": "议题",
    "resolve": "决议",
    "done": "办结",
    "drop": "撤下",
    "amend": "改决议",
    "cooperate": "合作",
    "resolutions": "决议表",
    "cooperations": "合作表",
}
OPTIONS = {
    "--issue": "--问题",
    "--meeting": "--会议",
    "--offer": "--惠民服务",
    "--overdue": "--超期",
    "--owner": "--负责人",
    "--text": "--内容",
    "--with": "--合作方",
}

KINDS = {"joint": "联席会议", "matchmaking": "资源对接会"}
STATUSES = {"open": "在办", "done": "已办结", "dropped": "已撤下"}
EVENTS = {"made": "议定", "done": "办结", "dropped": "撤下", "reopened": "重开"}

ACTIONS = {
    "meeting.add": "登记会议",
    "meeting.edit": "修改会议",
    "meeting.attend": "登记参会",
    "meeting.raise": "记议题",
    "resolution.made": "记决议",
    "resolution.done": "办结决议",
    "resolution.dropped": "撤下决议",
    "resolution.reopened": "重开决议",
    "resolution.edit": "修改决议",
    "cooperation.add": "记促成合作",
}
TABLES = {
    "meeting": "会议",
    "meeting_held": "会议召开",
    "attending": "参会",
    "matter": "议题",
    "resolution": "决议",
    "resolution_event": "决议办理",
    "cooperation": "促成合作",
}
LETTERS = {"meeting": "M", "resolution": "J"}
FILES = {"meetings": "会议", "resolutions": "决议", "cooperations": "促成合作"}
