"""Short codes of cards: the issuing community's prefix, a letter, a running number that is never used again."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .areas import Area
    from .ledger import Ledger


def code(letter: str, community: "Area", number: int) -> str:
    """Write a card's code: ``XF-P0123``; each noun's letter stands with its words (LETTERS)."""
    return f"{community.code}-{letter}{number:04d}"


def last_number(ledger: "Ledger", table: str, community: "Area") -> int:
    """Return the highest number given in a community, 0 if none; withdrawn cards keep theirs."""
    sql = f"SELECT max(number) FROM {table} WHERE issuer_id = ?"
    return ledger.database.value(sql, (community.id,)) or 0


def next_code(ledger: "Ledger", table: str, letter: str, community: "Area") -> dict[str, object]:
    """Return the fields `issuer_id`, `number` and `code` of the next card of a community."""
    number = last_number(ledger, table, community) + 1
    return {"issuer_id": community.id, "number": number, "code": code(letter, community, number)}
