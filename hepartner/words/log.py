"""Words of the log 日志."""

COMMANDS = ("log", "日志", "查看凭证", 230)
VERBS = {"exports": "导出日志"}
