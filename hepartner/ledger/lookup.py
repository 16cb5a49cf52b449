"""Finding the one thing that was meant: the strongest way of naming it that matches anything decides."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from hepartner.chinese import names

from . import errors

if TYPE_CHECKING:
    from .ledger import Ledger

T = TypeVar("T")

MOST_ASKED = 50
"""Nobody finds the right one in a longer list; it is better to type more of the name."""


def literal(text: str) -> str:
    """Return a text as LIKE with a backslash to escape takes it: what stands for any character stands for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def called_before(ledger: "Ledger", card: str, text: str) -> list[int]:
    """Return the cards of a table that a text called so before they were changed under the key that is given now.

    A command that is sent again under its key so finds what it renamed, and is known.
    """
    return changed_before(ledger, card, _CALLED, names.match_key(text))


def changed_before(ledger: "Ledger", card: str, fields: Sequence[str], part: str) -> list[int]:
    """Return the cards of a table in whose `fields` a part stood before they were changed under the key that is given now."""
    if not part or ledger.sent_before is None:
        return []
    asked = {"voucher": ledger.sent_before, "card": card, "fields": json.dumps(fields), "part": part}
    return [row[0] for row in ledger.database.rows(_CHANGED.format(card=card), asked)]


def only(
    ledger: "Ledger",
    noun: str,
    text: str,
    attempts: Iterable[Sequence[T]],
    *,
    guesses: Iterable[Sequence[T]] = (),
    shown: Callable[[T], str],
    remedy: str = "请核对后重试。",
    several: type[errors.Ambiguous] = errors.Ambiguous,
) -> T:
    """Return the one found by the first attempt that finds anything; ask if it found more than one.

    What only the `guesses` find is asked about even if it is one. Raises errors.NotFound, and `several` or
    errors.Unsure when nobody can be asked or there are too many to ask about.
    """
    for found in attempts:
        if len(found) == 1:
            return found[0]
        if found:
            return _chosen(ledger, found, shown, several, (noun, text))
    for found in guesses:
        if found:
            return _chosen(ledger, found, shown, errors.Unsure, (noun, text))
    raise errors.NotFound(noun, text, remedy)


def _chosen(
    ledger: "Ledger",
    found: Sequence[T],
    shown: Callable[[T], str],
    refusal: type[errors.Ambiguous],
    asked: tuple[str, str],
) -> T:
    candidates = [shown(one) for one in found]
    if ledger.choose is None or len(found) > MOST_ASKED:
        raise refusal(*asked, candidates)
    return found[ledger.choose(refusal.question(*asked), candidates)]


_CALLED = (
    "name_key",
    "title_key",
    "pinyin",
    "initials",
    "short_key",
    "short_pinyin",
    "short_initials",
    "phone",
    "phone_tail",
)
_CHANGED = """SELECT DISTINCT c.card_id FROM change c JOIN {card} t ON t.id = c.card_id AND t.withdrawn = 0
    WHERE c.voucher_id = :voucher AND c.card = :card AND c.field IN (SELECT value FROM json_each(:fields))
      AND instr(c.before, :part)"""
