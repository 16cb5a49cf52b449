"""Words of the audit 审计: what deserves a look."""

COMMANDS = ("audit", "审计", "列出值得看一眼的记账", 226)

KINDS = {
    "gains": "得分最多",
    "self": "给自己发放",
    "round": "整数发放",
    "phones": "共用电话",
    "night": "夜间记账",
    "reversals": "冲正撤销",
    "shortfalls": "收不回的积分",
    "clock": "时钟倒退",
}
"""What is looked for, in the order in which it is listed."""
