"""Words of dispatches 吹哨报到: one whistle calls many partners, who answer, arrive and leave."""

COMMANDS = ("dispatch", "吹哨", "吹哨、报到与应答率", 100)
VERBS = {
    "whistle": "发起",
    "answer": "应答",
    "arrive": "报到",
    "leave": "离开",
    "decline": "谢绝",
    "return": "退单",
    "again": "再叫",
    "rollcall": "点名",
    "finish": "结束",
    "rates": "应答率",
}
OPTIONS = {
    "--instead": "--代替",
    "--paired": "--已结对",
    "--party": "--党员人数",
    "--skill": "--会",
    "--to-kind": "--叫哪类",
}

KINDS = {
    "typhoon": "台风",
    "flood": "内涝",
    "fire": "火情",
    "epidemic": "疫情",
    "security": "治安",
    "environment": "环境",
    "other": "其他",
}
STATUSES = {"open": "进行中", "finished": "已结束"}
EVENTS = {"whistled": "吹哨", "finished": "结束"}
RESPONSES = {
    "called": "待应答",
    "answered": "已应答",
    "arrived": "已报到",
    "left": "已离开",
    "declined": "谢绝",
    "silent": "未应答",
    "returned": "退单",
}
STEPS = {
    "called": "呼叫",
    "answered": "应答",
    "arrived": "报到",
    "left": "离开",
    "declined": "谢绝",
    "silent": "记为未应答",
    "returned": "退单",
}
BY = {"partner": "合伙人", "kind": "类别", "community": "社区"}

ACTIONS = {
    "dispatch.whistled": "吹哨",
    "dispatch.edit": "修改吹哨",
    "dispatch.answered": "应答吹哨",
    "dispatch.arrived": "报到",
    "dispatch.left": "离开",
    "dispatch.declined": "谢绝吹哨",
    "dispatch.returned": "退单",
    "dispatch.again": "再叫合伙人",
    "dispatch.rollcall": "报到点名",
    "dispatch.finished": "结束吹哨",
}
TABLES = {
    "dispatch": "吹哨",
    "dispatch_event": "吹哨进程",
    "response": "应答",
    "response_event": "应答进程",
    "arrival": "报到",
    "arrival_reward": "报到积分",
}
LETTERS = {"dispatch": "C"}
FILES = {"dispatches": "吹哨报到"}
