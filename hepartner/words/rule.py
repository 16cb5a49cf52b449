"""Words of the rulebook 积分规则."""

COMMANDS = ("rule", "规则", "积分规则", 40)

CAPS = {"activity": "每次活动", "day": "每天", "month": "每月", "year": "每年"}
"""The spans that a cap can limit, narrowest first."""

PER = {"time": "次", "hour": "小时"}
"""What the points of a rule are given for: each time, or each hour."""

ACTIONS = {"rule.add": "增加积分规则", "rule.retire": "停用积分规则", "rule.load": "载入默认规则"}
TABLES = {"rule": "规则", "rule_version": "规则版本"}
