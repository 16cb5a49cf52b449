"""Words of service projects 服务项目, their sessions and evaluations 评估."""

COMMANDS = ("project", "项目", "服务项目：落地、服务场次、成效评估", 94)
VERBS = {
    "adjust": "调整",
    "evaluate": "评估",
    "finish": "结项",
    "join": "加入",
    "part": "退出",
    "session": "服务",
    "stop": "停办",
}
OPTIONS = {
    "--asked": "--问了几人",
    "--cost": "--费用",
    "--every": "--评估间隔",
    "--evaluated": "--出自评估",
    "--need": "--需求",
    "--need-met": "--需求满足",
    "--new": "--新项目",
    "--next": "--下次评估",
    "--result": "--结论",
    "--satisfied-heads": "--满意人数",
}

STATUSES = {"active": "实施中", "stopped": "已停办", "finished": "已结项"}
EVENTS = {"landed": "落地", "adjusted": "调整", "stopped": "停办", "resumed": "恢复", "finished": "结项"}
NEED_MET = {"yes": "满足", "partly": "部分满足", "no": "没有满足"}
RESULTS = {"continue": "继续", "adjust": "调整", "stop": "停办", "new": "新立项目"}

ACTIONS = {
    "project.landed": "登记项目",
    "project.adjusted": "调整项目",
    "project.stopped": "停办项目",
    "project.resumed": "恢复项目",
    "project.finished": "项目结项",
    "project.edit": "修改项目",
    "project.join": "加入项目",
    "project.part": "退出项目",
    "project.session": "记项目服务",
    "project.evaluate": "评估项目",
}
TABLES = {
    "project": "项目",
    "project_event": "项目进程",
    "project_partner": "项目单位",
    "project_session": "项目服务",
    "project_presence": "参与项目服务",
    "evaluation": "项目评估",
}
LETTERS = {"project": "X"}
FILES = {"projects": "项目", "sessions": "项目服务", "evaluations": "评估"}
