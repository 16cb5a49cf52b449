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
        WHERE a.kind = 'community' AND c.month IS NOT wanted"""
    for name, stored, wanted in ledger.database.rows(sql):
        yield Finding(
            "账期", f"{name} 记的是结到 {stored or '（无）'}，按结账记录应为 {wanted or '（无）'}。"
        )


CHECKS = (_closed_months,)
