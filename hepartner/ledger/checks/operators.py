"""What is checked of operators: somebody manages, and a PIN was set by a voucher.

What a PIN is stands in no seal: one that was exchanged for another past the program is not found.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..roles import MANAGER
from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _managed(ledger: "Ledger") -> Iterator[Finding]:
    managing = "SELECT 1 FROM operator WHERE role = ? AND withdrawn = 0"
    if not ledger.database.value(managing, (MANAGER,)):
        yield Finding("操作人", "台账里没有主管，规则、设置和操作人都没有人能改。")


def _pins_set(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT name, voucher_id FROM operator o WHERE pin IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM change c WHERE c.card = 'operator' AND c.card_id = o.id AND c.field = 'pin')"""
    for name, voucher in ledger.database.rows(sql):
        yield Finding("操作人", f"操作人{name}的口令不是由本程序设置的。", voucher)


CHECKS = (_managed, _pins_set)
