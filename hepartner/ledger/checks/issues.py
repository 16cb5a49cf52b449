"""What is checked of issues: a card stands where its steps add up to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _issues(ledger: "Ledger") -> Iterator[Finding]:
    """An issue stands where its steps add up to; one whose report was undone adds up to nothing."""
    sql = """SELECT i.code FROM issue i LEFT JOIN (
          SELECT issue_id, sum(sign * reported) AS reported, sum(sign * open) AS open, sum(sign * resolved) AS resolved,
            sum(sign * confirmed) AS confirmed FROM issue_event GROUP BY issue_id) e ON e.issue_id = i.id
        WHERE ifnull(reported, 0) <> (withdrawn = 0)
          OR ifnull(open, 0) <> (withdrawn = 0 AND status IN ('reported', 'assigned'))
          OR ifnull(resolved, 0) <> (withdrawn = 0 AND status IN ('resolved', 'confirmed'))
          OR ifnull(confirmed, 0) <> (withdrawn = 0 AND status = 'confirmed')"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("问题", f"问题 {code} 卡片上的状态与上报、解决等记录不符。")


CHECKS = (_issues,)
