"""Mentions: the places in a sheet's texts where a name or another text that may be personal is filled in when it is printed.

Lists and seals hold no such text, so a partner can be forgotten while what was reported stands. A mention names card, field,
row and community between two control characters, which no text of the ledger holds.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable

from ..book import Book
from .shape import stood

MENTION = re.compile("\x02([a-z_]+)\\.([a-z_]+)\\.([0-9]+)\\.([0-9]+)\x03")

_POSTED_WITH = {"offer": "offer_event", "project": "project_event", "resolution": "resolution_event"}
"""The facts that an edit of a card posts, where they say in which month it is seen (see `stood`)."""


class Mentions(Book):
    """What mentions stand for."""

    def words(self, texts: Iterable[str], month: str) -> dict[str, str]:
        """Return what each mention in these texts stands for in the workbook of a month.

        Partners and operators are called what they are called now; all else reads as it did when the month was closed.
        """
        asked: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
        for text in texts:
            for card, field, row, community in MENTION.findall(text):
                asked[card, field].add((int(row), int(community)))
        return {
            f"\x02{card}.{field}.{row}.{community}\x03": word
            for (card, field), rows in asked.items()
            for row, community, word in self._read(card, field, rows, month)
        }

    def _read(
        self, card: str, field: str, rows: set[tuple[int, int]], month: str
    ) -> list[tuple[int, int, str]]:
        reads = f"c.{field}"
        if card not in {"partner", "operator"}:
            reads = stood(card, field, _POSTED_WITH.get(card, ""), at="w.community_id")
        sql = f"""WITH w AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS community_id
              FROM json_each(:asked))
            SELECT w.id, w.community_id, {reads} FROM w JOIN {card} c ON c.id = w.id"""
        return self.database.rows(sql, {"asked": json.dumps(sorted(rows)), "last": month})
