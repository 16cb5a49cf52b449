"""Words of empty lists 模板."""

COMMANDS = ("template", "模板", "写出空白的导入表格", 205)
