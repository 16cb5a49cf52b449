"""Words of operators 操作人."""

COMMANDS = ("operator", "操作人", "操作人：经办、主管、审计，和各人的口令", 225)
VERBS = {"pin": "口令", "role": "角色"}

ROLES = {"clerk": "经办", "manager": "主管", "auditor": "审计"}
"""What an operator may do: 经办 writes, 主管 also decides what `roles.RESERVED` lists, 审计 reads only."""

ACTIONS = {
    "operator.add": "登记操作人",
    "operator.pin": "设置口令",
    "operator.retire": "停用操作人",
    "operator.role": "改变操作人的角色",
}
TABLES = {"operator": "操作人"}
