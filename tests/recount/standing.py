"""What stands in a ledger, whatever vouchers it came by: facts in force by what they say, points by holder, cards by field."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hepartner.ledger import Ledger

Stands = dict[str, Counter[tuple[Any, ...]]]


def standing(ledger: Ledger, *, months: bool = True) -> Stands:
    """Read what stands; of points only what they add up to, since carrying them leaves pairs behind that add up to nothing.

    Without `months`, in which month something counts is left out: what is given again counts in one that is open by then; and
    so is which months are closed, which no undo changes.
    """
    facts = [table for table in ledger.shapes.facts if table != "entry" and (months or table not in _MONTHS)]
    found = {table: Counter(_facts(ledger, table, months=months)) for table in facts}
    summed = {"points": "partner_id, community_id"} | ({"flows": "kind, counted_in"} if months else {})
    for name, keys in summed.items():
        sql = f"SELECT {keys}, sum(points) FROM entry GROUP BY {keys} HAVING sum(points) <> 0"
        found[name] = Counter(ledger.database.rows(sql))
    for table in ledger.shapes.cards:
        columns = [one for one in ledger.shapes.columns[table] if one not in ("voucher_id", "withdrawn")]
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE withdrawn = 0"
        if table == "note" and not months:
            sql += " AND about_voucher_id NOT IN (SELECT id FROM voucher WHERE action = 'period.reopen')"
        found[table] = Counter(ledger.database.rows(sql))
    return found


def differences(before: Stands, after: Stands) -> list[str]:
    """Say what stands no more and what stands anew."""
    changed = ((table, stood - after[table], after[table] - stood) for table, stood in before.items())
    return [f"{table}: {dict(gone)} -> {dict(come)}" for table, gone, come in changed if gone or come]


_MONTHS = {"month_seal", "period_closing"}
_BOOKKEEPING = {"id", "voucher_id", "line", "reverses_id", "restores_id", "sign"}


def _facts(ledger: Ledger, table: str, *, months: bool) -> Iterator[tuple[Any, ...]]:
    facts = {
        one.column
        for one in ledger.shapes.references
        if one.table == table and one.target in ledger.shapes.facts
    }
    left_out = _BOOKKEEPING | facts | (set() if months else {"counted_in"})
    columns = [one for one in ledger.shapes.columns[table] if one not in left_out]
    sql = f"""SELECT {", ".join(columns)} FROM {table} f WHERE f.sign = 1
        AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = f.id)"""
    yield from ledger.database.rows(sql)
