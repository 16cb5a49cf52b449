"""Persons: partners merged into one another are one person, whichever of its cards a fact names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import errors

if TYPE_CHECKING:
    from .database import Database
    from .partners import Partner

CARDS = """WITH RECURSIVE card(id, person) AS (
      SELECT value, value FROM json_each(:persons)
      UNION SELECT p.id, card.person FROM card JOIN partner p ON p.merged_into_id = card.id)"""
"""SQL that lists the cards of each partner in `:persons` (a JSON list of ids): its own and all that were merged into it."""


class MergedAway(errors.LedgerError):
    """Whoever is called so was merged into others."""

    exit_code = 4

    def __init__(self, gone: Sequence[tuple["Partner", "Partner"]]) -> None:
        told = "；".join(
            f"{card.name}（{card.code}）已并入 {stays.name}（{stays.code}），请改用 {stays.code}"
            for card, stays in gone
        )
        super().__init__(f"{told}。")


def cards_of(database: "Database", partner_id: int) -> str:
    """Return the ids of a person's cards as a JSON list, for `json_each`."""
    rows = database.rows(f"{CARDS} SELECT id FROM card", {"persons": f"[{partner_id}]"})
    return str([row[0] for row in rows])


def survivor_of(database: "Database", partner_id: int) -> int:
    """Return the id of the partner that one stands for today: itself, or whom it was merged into."""
    return int(database.value(f"SELECT {survivor('?')}", (partner_id,)))


def cards_beside(column: str) -> str:
    """Return SQL that lists the cards of the person whose card a reference names, that one too."""
    return f"""(WITH RECURSIVE beside(id) AS (
      SELECT {survivor(column)} UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)"""


def survivor(column: str) -> str:
    """Return SQL for the partner that a reference stands for: itself, or whom it was merged into, and so on."""
    return f"""(WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = {column}
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)"""
