"""What is checked of closed months: each community's last one is the one that its closings say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import stands
from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _closed_months(ledger: "Ledger") -> Iterator[Finding]:
    sql = f"""SELECT a.name, c.month, ifnull((SELECT max(p.month) FROM period_closing p WHERE p.community_id = a.id
        AND {stands("period_closing", "p")}), '') AS wanted
        FROM area a LEFT JOIN closed_month c ON c.community_id = a.id
        WHERE iif(a.kind = 'community', (c.month, c.closing_id)
          IS NOT (wanted, (SELECT max(p.id) FROM period_closing p WHERE p.community_id = a.id)), c.community_id IS NOT NULL)"""
    for name, stored, wanted in ledger.database.rows(sql):
        months = f"结到 {stored or '（无）'}，按结账记录应为 {wanted or '（无）'}"
        yield Finding("账期", f"{name} 记的是{months if stored != wanted else '最后一次结账不对'}。")


CHECKS = (_closed_months,)
