"""Words of founding a ledger 初始化."""

COMMANDS = ("init", "初始化", "建立一本新台账", 1)
