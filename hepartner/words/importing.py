"""Words of imports 导入."""

COMMANDS = ("import", "导入", "从表格文件批量导入", 200)
