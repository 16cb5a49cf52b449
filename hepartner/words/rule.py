"""Words of the rulebook 积分规则."""

COMMANDS = ("rule", "规则", "积分规则", 40)

ACTIONS = {"rule.add": "增加积分规则", "rule.retire": "停用积分规则", "rule.load": "载入默认规则"}
TABLES = {"rule": "规则", "rule_version": "规则版本"}
