"""Audits of partners: who shares a phone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..phone import masked
from .shape import ENTRIES, PARTNER, RECORDED, Notable, Scope

if TYPE_CHECKING:
    from ..ledger import Ledger

SHOWN = 5
"""So many of those who share a phone are named."""


def shared_phones(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Partners of today with one phone, one of them of the communities; the points are what they were awarded together."""
    sql = f"""WITH gained AS (
          SELECT e.partner_id, sum(e.points) AS points FROM {ENTRIES} WHERE e.kind = 'award' AND {RECORDED} GROUP BY 1)
        SELECT p.phone, count(*), ifnull(sum(g.points), 0), group_concat({PARTNER}, '、')
        FROM partner p LEFT JOIN gained g ON g.partner_id = p.id
        WHERE p.withdrawn = 0 AND p.status <> 'merged' AND p.phone <> ''
        GROUP BY p.phone HAVING count(*) > 1 AND max({scope.within("p")}) ORDER BY 3 DESC, 2 DESC, min(p.id)"""
    for phone, times, points, named in ledger.database.rows(sql, scope.days):
        listed = named.split("、")
        others = f"等 {times} 位" if times > SHOWN else ""
        yield Notable(
            f"{masked(phone)} 有 {times} 位在用", partner="、".join(listed[:SHOWN]) + others, points=points
        )


AUDITS = {"phones": shared_phones}
