"""Repeats 重复: what an undo would give again beside something that says the same."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .facts import stands
from .lineage import Row, born_in

if TYPE_CHECKING:
    from .ledger import Ledger

Span = tuple[int, int | None]
"""The voucher since which something stood and the one that took it back; None while it stands."""


def met(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Tell whether two that stand by now stood beside each other when the younger was written."""
    both = [sorted(one), sorted(other)]
    written = max(spans[0][0] for spans in both)
    return all(
        any(since <= written and (until is None or until > written) for since, until in spans)
        for spans in both
    )


def given_twice(ledger: "Ledger", voucher_id: int) -> dict[Row, str]:
    """Return what an undo has given again though the like stands, and why it should not: counter-facts and cards.

    What may be there twice, as sessions may, was written while this was taken back; else it stands for the second time.
    """
    found: dict[Row, str] = {}
    for table, repeated in ledger.counts.repeated().items():
        for row_id, _, _, written in ledger.database.rows(_facts(table, repeated.alike), {"v": voucher_id}):
            found[table, row_id] = _written(written)
        for (row_id,) in ledger.database.rows(_senseless(table, repeated.senseless), {"v": voucher_id}):
            found[table, row_id] = repeated.why
    for table, alike in ledger.counts.alike().items():
        query, spans = (_facts, _of_fact) if table in ledger.shapes.facts else (_cards, _of_card)
        for row_id, one, other, written in ledger.database.rows(query(table, alike), {"v": voucher_id}):
            if not met(spans(ledger, table, one), spans(ledger, table, other)):
                found[table, row_id] = _written(written)
    return found


def _written(voucher: int) -> str:
    return f"凭证 V{voucher} 记了同样的一笔"


def _facts(table: str, alike: str) -> str:
    """SQL for facts given again and those like them: counter-fact, fact, the other, the voucher that wrote that."""
    return f"""SELECT f.restores_id, f.id, k.id, {born_in(table, "k")} FROM {table} f CROSS JOIN {table} k ON {alike}
      WHERE f.voucher_id = :v AND f.restores_id IS NOT NULL AND k.id < f.id AND {stands(table, "k")}"""


def _senseless(table: str, test: str) -> str:
    """SQL for the counter-facts of what was given again and makes no sense by now."""
    return f"SELECT f.restores_id FROM {table} f WHERE f.voucher_id = :v AND f.restores_id IS NOT NULL AND {test}"


def _cards(table: str, alike: str) -> str:
    """SQL for cards in force again and those like them: card, card, the other, the voucher that wrote that."""
    return f"""SELECT f.id, f.id, k.id, k.created_in FROM change c CROSS JOIN {table} f ON f.id = c.card_id
      CROSS JOIN {table} k ON {alike}
      WHERE c.voucher_id = :v AND (c.card, c.field, c.after) = ('{table}', 'withdrawn', '0')
        AND k.id <> f.id AND k.withdrawn = 0"""


def _of_fact(ledger: "Ledger", table: str, fact_id: int) -> list[Span]:
    sql = f"""WITH RECURSIVE up(since, until, restores_id) AS (
        SELECT voucher_id, NULL, restores_id FROM {table} WHERE id = ?
        UNION ALL SELECT o.voucher_id, k.voucher_id, o.restores_id FROM up JOIN {table} k ON k.id = up.restores_id
          JOIN {table} o ON o.id = k.reverses_id)
      SELECT since, until FROM up"""
    return ledger.database.rows(sql, (fact_id,))


def _of_card(ledger: "Ledger", table: str, card_id: int) -> list[Span]:
    sql = f"""SELECT since, (SELECT min(g.voucher_id) FROM change g WHERE (g.card, g.card_id, g.field, g.after)
          = ('{table}', c.id, 'withdrawn', '1') AND g.voucher_id > since)
      FROM {table} c JOIN (SELECT created_in AS since, id AS card_id FROM {table} UNION ALL
        SELECT voucher_id, card_id FROM change WHERE (card, field, after) = ('{table}', 'withdrawn', '0')) s ON s.card_id = c.id
      WHERE c.id = ?"""
    return ledger.database.rows(sql, (card_id,))
