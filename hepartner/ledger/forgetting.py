"""Forgetting 注销: what the ledger says in words of a person who left is blanked for good; facts and figures stay whole."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from hepartner import words
from hepartner.words.partner import FORGOTTEN, STATUSES

from . import errors
from .backups import Backups, Kept
from .book import Book
from .facts import DESCRIBING, OF_THE_OFFICE
from .labels import Labels
from .particulars import keys_of
from .partners import Partner, stand
from .persons import cards_of
from .vouchers import Voucher

_BLANK = ("phone", "category", "skills", "contact", "address", "credit_code", "remark")
"""The card's fields that are emptied; its name becomes 已注销, and its look-up keys those of that word."""


class Forgotten(NamedTuple):
    """What a forgetting did: the partner's code, the voucher, how many notes and values of before were blanked.

    `mentions` are the other places whose words still hold one of the names or phones; nobody but a reader can tell who is meant.
    """

    code: str
    voucher: int
    notes: int
    values: int
    mentions: tuple[str, ...]


class StillHere(errors.Refused):
    """Only who left is forgotten: the others are counted and looked for."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）现在是“{STATUSES[partner.status]}”，没有注销。"
            f"请先办退出：hep partner leave {partner.code}"
        )


class Forgetting(Book):
    """Blanks what is personal of partners who left."""

    def forget(self, partner: Partner, *, key: str | None = None) -> Forgotten:
        """Blank names, phones and other words of a person's cards, the notes about it, and what all of them said before.

        Cards that were merged into it go along. Facts, seals and figures stay; it can't be undone.
        Raises StillHere, partners.IsForgotten.
        """
        with self.ledger.voucher("partner.forget", key=key, intention=partner.id) as voucher:
            now = self.ledger.partners.get(partner.id)
            self.ledger.partners.check_known(now)
            if now.status != "left":
                raise StillHere(now)
            return self._forget(voucher, now)

    def again(self, uids: Collection[str]) -> list[str]:
        """Forget cards again in a ledger made of a backup from before, where they may still be here; return their codes.

        Who is still here in it leaves today. Without any nothing is written.
        """
        sql = """SELECT id FROM partner WHERE uid IN (SELECT value FROM json_each(?))
            AND forgotten_on IS NULL AND withdrawn = 0 AND status <> 'merged' ORDER BY id"""
        rows = self.database.rows(sql, (json.dumps(sorted(uids)),))
        if not rows:
            return []
        known = [self.ledger.partners.get(card) for (card,) in rows]
        with self.ledger.voucher("ledger.restore") as voucher:
            for one in known:
                if one.status != "left":
                    stand(voucher, one, "left", self.ledger.today().isoformat())
                    voucher.edit("partner", one.id, status="left")
                self._forget(voucher, one)
        return [one.code for one in known]

    def _forget(self, voucher: Voucher, partner: Partner) -> Forgotten:
        cards = cards_of(self.database, partner.id)
        said, notes, ids = self._said(cards), self._notes(cards), json.loads(cards)
        keys = {**keys_of(partner.kind, FORGOTTEN)._asdict(), "phone_tail": ""}
        says = {"name": FORGOTTEN, **keys, **dict.fromkeys(_BLANK, "")}
        fields = {**says, "forgotten_on": self.ledger.today().isoformat()}
        voucher.edit_many("partner", tuple(fields), [(*fields.values(), card) for card in ids])
        voucher.edit_many("note", ("text",), [("", note) for note in notes])
        values = self._blank_before("partner", ids, says) + self._blank_before("note", notes, {"text": ""})
        return Forgotten(partner.code, voucher.id, len(notes), values, tuple(self._mentions(said)))

    def backups_with(self, partner: Partner) -> list[Kept]:
        """Return the backups in the ledger's folder that still hold what was blanked, each with the day on which it goes."""
        # Of all cards of the person: one that was merged into it may be older, and alone in a backup of before.
        sql = "SELECT uid, created_in FROM partner WHERE id IN (SELECT value FROM json_each(?))"
        made = self.database.rows(sql, (cards_of(self.database, partner.id),))
        return [
            one
            for one in self.ledger.book(Backups).listing()
            if any(
                one.backup.manifest.vouchers >= made_in and uid not in one.backup.manifest.forgotten
                for uid, made_in in made
            )
        ]

    def _said(self, cards: str) -> set[str]:
        """Return every name and phone that the cards bear or bore."""
        sql = """SELECT name FROM partner WHERE id IN (SELECT value FROM json_each(:cards))
            UNION SELECT phone FROM partner WHERE id IN (SELECT value FROM json_each(:cards))
            UNION SELECT before FROM change WHERE card = 'partner' AND field IN ('name', 'phone')
              AND card_id IN (SELECT value FROM json_each(:cards))"""
        return {text for (text,) in self.database.rows(sql, {"cards": cards}) if text}

    def _notes(self, cards: str) -> list[int]:
        """Return the notes about facts that name the person, and about vouchers that name or write nobody else."""
        naming = [one for one in self.ledger.shapes.references if one.target == "partner"]
        facts = [(one.table, one.column) for one in naming if one.table in self.ledger.shapes.facts]
        mine = "SELECT value FROM json_each(:cards)"
        lines = " UNION ".join(
            f"SELECT voucher_id, line FROM {table} WHERE {column} IN ({mine})" for table, column in facts
        )
        others = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} o WHERE o.voucher_id = n.about_voucher_id AND o.{column} NOT IN ({mine}))"
            for table, column in facts
        )
        sql = f"""WITH line(voucher_id, line) AS ({lines}),
              voucher_of(id) AS (SELECT voucher_id FROM line UNION SELECT created_in FROM partner WHERE id IN ({mine})
                UNION SELECT voucher_id FROM change WHERE card = 'partner' AND card_id IN ({mine}))
            SELECT n.id FROM note n WHERE n.text <> '' AND (
              (n.about_voucher_id, n.about_line) IN (SELECT voucher_id, line FROM line)
              OR n.about_line = 0 AND n.about_voucher_id IN (SELECT id FROM voucher_of)
                AND NOT ({others})
                AND NOT EXISTS (SELECT 1 FROM partner p WHERE p.created_in = n.about_voucher_id AND p.id NOT IN ({mine}))
                AND NOT EXISTS (SELECT 1 FROM change c WHERE c.voucher_id = n.about_voucher_id AND c.card = 'partner'
                  AND c.card_id NOT IN ({mine})))"""
        return [note for (note,) in self.database.rows(sql, {"cards": cards})]

    def _blank_before(self, card: str, ids: list[int], fields: dict[str, str]) -> int:
        """Blank what these cards said before, and say instead what they say now; return how many values there were.

        Then each change still finds what the one before it left, and look-up keys fit the names beside them.
        """
        says = "".join(f" WHEN '{field}' THEN '{value}'" for field, value in fields.items())
        sql = f"""UPDATE change SET before = s.now, after = s.now FROM (
              SELECT id, CASE field{says} END AS now FROM change
              WHERE card = ? AND card_id IN (SELECT value FROM json_each(?))) s
            WHERE change.id = s.id AND s.now IS NOT NULL"""
        return self.database.write(sql, (card, json.dumps(ids)))

    def _mentions(self, said: Iterable[str]) -> Iterator[str]:
        """Say where else the words of a card hold a name or phone of the person's."""
        called, labels = words.gathered("TABLES"), Labels(self.database, self.ledger.shapes)
        texts = json.dumps(sorted(said), ensure_ascii=False)
        for table in self.ledger.shapes.cards:
            columns = [
                column
                for column in self.ledger.shapes.columns[table]
                if {column, f"{table}.{column}"} & DESCRIBING and not column.endswith("_key")
            ]
            if table in {"partner", "operator", *OF_THE_OFFICE} or not columns:
                continue
            holds = " OR ".join(f"instr(t.{column}, s.value)" for column in columns)
            sql = f"SELECT DISTINCT t.id FROM {table} t JOIN json_each(?) s WHERE t.withdrawn = 0 AND ({holds}) ORDER BY t.id"
            for (card_id,) in self.database.rows(sql, (texts,)):
                yield f"{called[table]} {labels.of(table, card_id)}"
