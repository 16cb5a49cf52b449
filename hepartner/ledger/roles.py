"""Roles 角色 of operators: what only a manager does, and what a manager's hand is needed for when it is undone."""

MANAGER, AUDITOR = "manager", "auditor"

RESERVED = (
    "honour.rule", "operator.add", "operator.retire", "operator.role", "partner.forget", "partner.merge", "period.reopen",
    "rule.add", "rule.load", "rule.retire", "setting.set",
)  # fmt: skip
"""The actions of vouchers that only a manager writes, and whose vouchers only a manager undoes; the guard lists the same."""
