"""Words of migrations 换格式."""

COMMANDS = ("migrate", "换格式", "把旧格式的台账换成本程序的格式", 235)
