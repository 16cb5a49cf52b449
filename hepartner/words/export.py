"""Words of journals for programs of others 导出."""

COMMANDS = ("export", "导出", "积分账导出为 hledger、beancount 账本", 212)
VERBS = {"hledger": "hledger账本", "beancount": "beancount账本"}
