"""What is checked of honours: a card stands as long as somebody has what was given by it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _honours(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT h.name FROM honour h LEFT JOIN honour_given f ON f.honour_id = h.id
        GROUP BY h.id HAVING (ifnull(sum(f.sign), 0) > 0) <> (h.withdrawn = 0)"""
    for (name,) in ledger.database.rows(sql):
        yield Finding("荣誉", f"荣誉“{name}”的卡片与授予记录不符。")


CHECKS = (_honours,)
