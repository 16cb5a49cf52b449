"""Operators 操作人, who write: their roles, and the guards of what each role may do."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from ..roles import AUDITOR, MANAGER, RESERVED
from .shape import Card, card_rules, one_of, words, words_or_null


class Operator(Card, table=True):
    """Who writes; a withdrawn one writes no more. `pin` is what `pins.hashed` made of the PIN, NULL for none."""

    __table_args__ = card_rules(
        "operator",
        UniqueConstraint("name"),
        CheckConstraint("trim(name) <> ''", name="operator_name"),
        CheckConstraint(one_of("role", "clerk", MANAGER, AUDITOR), name="operator_role"),
        CheckConstraint("pin GLOB 'scrypt$*$*$*$*$*'", name="operator_pin"),
    )
    name: str = words()
    role: str = words("clerk")
    pin: str | None = words_or_null()


_RESERVED = ", ".join(f"'{action}'" for action in RESERVED)
_MANAGES = f"role = '{MANAGER}' AND withdrawn = 0"

# Of an undo it counts what was meant at first, however often that was undone and given again.
_MEANT = f"""WITH RECURSIVE meant(action, undoes_id) AS (
      SELECT NEW.action, NEW.undoes_id UNION ALL
      SELECT v.action, v.undoes_id FROM meant m JOIN voucher v ON v.id = m.undoes_id)
    SELECT 1 FROM meant WHERE action IN ({_RESERVED})"""


def _by_manager(name: str, event: str, which: str) -> str:
    """Guard of operators' cards: without it a clerk's voucher could make its own hand a manager's."""
    return f"""CREATE TRIGGER {name} BEFORE {event} ON operator WHEN {which} BEGIN
  SELECT RAISE(ABORT, '操作人由主管登记、改变和停用。') WHERE NOT EXISTS (
    SELECT 1 FROM operator WHERE id = (SELECT operator_id FROM voucher WHERE id = NEW.voucher_id) AND {_MANAGES});
END"""


TRIGGERS = (
    f"""CREATE TRIGGER voucher_operator BEFORE INSERT ON voucher BEGIN
  SELECT RAISE(ABORT, '操作人没有登记、已停用，或只能查看。') WHERE EXISTS (SELECT 1 FROM operator)
    AND NOT EXISTS (SELECT 1 FROM operator WHERE id = NEW.operator_id AND withdrawn = 0 AND role <> '{AUDITOR}');
END""",
    f"""CREATE TRIGGER voucher_reserved BEFORE INSERT ON voucher
  WHEN NEW.undoes_id IS NOT NULL OR NEW.action IN ({_RESERVED}) BEGIN
  SELECT RAISE(ABORT, '这件事只能由主管来做。') WHERE EXISTS ({_MEANT})
    AND NOT EXISTS (SELECT 1 FROM operator WHERE id = NEW.operator_id AND {_MANAGES});
END""",
    f"""CREATE TRIGGER voucher_second BEFORE INSERT ON voucher WHEN NEW.second_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '复核的须是另一位有口令的操作人。') WHERE NEW.second_id = NEW.operator_id OR NOT EXISTS (
    SELECT 1 FROM operator WHERE id = NEW.second_id AND withdrawn = 0 AND role <> '{AUDITOR}' AND pin IS NOT NULL);
END""",
    # The first is the founder, whose card is made by the voucher that it writes.
    _by_manager("operator_new_by", "INSERT", "EXISTS (SELECT 1 FROM operator)"),
    _by_manager(
        "operator_role_by",
        "UPDATE",
        "(OLD.name, OLD.role, OLD.withdrawn) IS NOT (NEW.name, NEW.role, NEW.withdrawn)",
    ),
    f"""CREATE TRIGGER operator_pin_by BEFORE UPDATE ON operator WHEN OLD.pin IS NOT NEW.pin BEGIN
  SELECT RAISE(ABORT, '口令由本人或主管设置。') WHERE NOT EXISTS (
    SELECT 1 FROM voucher v JOIN operator o ON o.id = v.operator_id
    WHERE v.id = NEW.voucher_id AND (o.id = NEW.id OR o.role = '{MANAGER}' AND o.withdrawn = 0));
END""",
    f"""CREATE TRIGGER operator_last_manager AFTER UPDATE ON operator WHEN OLD.role = '{MANAGER}' AND OLD.withdrawn = 0 BEGIN
  SELECT RAISE(ABORT, '至少要有一位主管。') WHERE NOT EXISTS (SELECT 1 FROM operator WHERE {_MANAGES});
END""",
)
