"""What is checked of the history of cards, beside the seals: undo restores cards from what it says.

That none of it is missing or added the chain tells; values may be personal and are in no seal, so they are held against each
other and against the card.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import SECRET, given_once
from .shape import Finding, label

if TYPE_CHECKING:
    from ..ledger import Ledger


def _last_changed(ledger: "Ledger") -> Iterator[Finding]:
    """The last voucher that a card says it was changed by is the last one in its history."""
    for card in ledger.shapes.cards:
        sql = f"""SELECT {label(ledger, card)}, t.voucher_id FROM {card} t
            LEFT JOIN (SELECT card_id, max(voucher_id) AS last FROM change WHERE card = '{card}' GROUP BY card_id) c
              ON c.card_id = t.id
            WHERE t.voucher_id <> ifnull(c.last, t.created_in)"""
        for one, voucher in ledger.database.rows(sql):
            yield Finding(
                "变更记录", f"{_called(card)} {one} 的变更记录与卡片上最后一次修改的凭证不符。", voucher
            )


def _continuous(ledger: "Ledger") -> Iterator[Finding]:
    """What a field was changed to is what the next change found there, and in the end what stands on the card.

    The later of the two is named: if a change between them is missing, the chain names its voucher, and that is the first.
    """
    for card in ledger.shapes.cards:
        now = "".join(f" WHEN '{field}' THEN CAST(t.{field} AS TEXT)" for field in _fields(ledger, card))
        sql = f"""SELECT {label(ledger, card)}, c.card_id, ifnull(c.next, t.voucher_id) FROM (
              SELECT card_id, field, lead(voucher_id) OVER w AS next, after, lead(before) OVER w AS found
              FROM change WHERE card = '{card}' WINDOW w AS (PARTITION BY card_id, field ORDER BY id)) c
            LEFT JOIN {card} t ON t.id = c.card_id
            WHERE c.after IS NOT iif(c.next IS NULL, CASE c.field{now} END, c.found)"""
        for one, card_id, voucher in ledger.database.rows(sql):
            about = f"{_called(card)} {one or f'第 {card_id} 号'}"
            yield Finding("变更记录", f"{about} 的变更记录前后接不上，或与卡片不符。", voucher)


def _fields(ledger: "Ledger", card: str) -> list[str]:
    columns = ledger.shapes.columns[card]
    apart = {*given_once(columns), *SECRET.get(card, ()), "voucher_id"}
    return [column for column in columns if column not in apart]


def _called(card: str) -> str:
    from hepartner import words

    return words.gathered("TABLES")[card]


CHECKS = (_last_changed, _continuous)
