"""Words of imports 导入."""

COMMANDS = ("import", "导入", "从表格文件批量导入", 200)
VERBS = {"check": "检查", "maps": "对应表", "forget": "忘记"}
ACTIONS = {"import.forget": "不再记住列的对应"}
OPTIONS = {"--map": "--对应", "--on-match": "--已有", "--include-hidden": "--含隐藏"}
ON_MATCH = {"update": "修改", "skip": "跳过", "ask": "询问"}
"""What becomes of a roster's rows that say something else than their cards."""
