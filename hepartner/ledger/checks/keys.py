"""What is checked of look-up keys: they are made of what the card says, and once were of what it said then.

Names are in no seal, since they may be blanked, and so are their keys; but a key that was altered makes a card impossible to find
by its name, and the next list adds it once more.
"""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from hepartner import words

from .. import keys
from .shape import Finding, label

if TYPE_CHECKING:
    from ..ledger import Ledger


def _made_of_what_is_said(ledger: "Ledger") -> Iterator[Finding]:
    for card in ledger.shapes.cards:
        if made := keys.made(card, ledger.shapes.columns[card]):
            yield from _of_cards(ledger, card, made)


def _of_cards(ledger: "Ledger", card: str, made: keys.Made) -> Iterator[Finding]:
    called, fields, said = words.gathered("TABLES")[card], (*made.of, *made.keys), len(made.of)
    make = cache(made.make)  # events are often called alike
    columns = ", ".join(f"t.{field}" for field in fields)
    rows = ledger.database.stream(f"SELECT {columns}, {label(ledger, card)} FROM {card} t")
    for one in [row[-1] for row in rows if make(*row[:said]) != row[said:-1]]:
        wrong = f"检索键（{_LOOKED_UP}）与卡片上写的不符，按名称会找不到它"
        yield Finding(called, f"{called} {one} 的{wrong}。")
    for one, voucher, row in _before_changes(ledger, card, fields):
        if make(*row[:said]) != row[said:]:
            wrong = f"检索键（{_LOOKED_UP}）与当时卡片上写的不符，旧名单会认不出它"
            yield Finding(called, f"{called} {one} 在凭证 V{voucher} 以前的{wrong}。")


def _before_changes(
    ledger: "Ledger", card: str, fields: tuple[str, ...]
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield what a card is called, a voucher that changed any of these fields, and what they said before it."""
    listed = ", ".join(f"'{field}'" for field in fields)
    columns = ", ".join(f"t.{field}" for field in fields)
    sql = f"""SELECT c.card_id, {label(ledger, card)}, c.voucher_id, c.field, c.before, {columns}
        FROM change c JOIN {card} t ON t.id = c.card_id
        WHERE c.card = '{card}' AND c.field IN ({listed}) ORDER BY c.card_id, c.id DESC"""
    for (_, one), of_card in groupby(ledger.database.rows(sql), key=itemgetter(0, 1)):
        said: dict[str, str] = {}
        for voucher, changes in groupby(of_card, key=itemgetter(2)):
            for _, _, _, field, before, *now in changes:
                said = said or dict(zip(fields, now, strict=True))
                said[field] = before
            yield one, voucher, tuple(said.values())


_LOOKED_UP = "名称、拼音、尾号"

CHECKS = (_made_of_what_is_said,)
