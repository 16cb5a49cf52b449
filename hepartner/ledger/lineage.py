"""Lineage 由来: which voucher has the last word on a fact or a field of a card, through every undo and undo of an undo.

A fact, what takes it back and what gives it again make one line: fact ← reverses_id ← restores_id ← …. Each voucher that
changes a line lays its word on those of before; its undo takes the word off again, and so the one below speaks. An undo
that was undone says what the voucher had said.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from . import keys

if TYPE_CHECKING:
    from .ledger import Ledger

Row = tuple[str, int]
"""A table and the id of one of its rows."""


class Line(NamedTuple):
    """A line of facts that a voucher changed.

    `ids` are its facts and counter-facts from the voucher's own on, each of one of the `vouchers`; `again` tells that its last
    one is a counter-fact to be given again. `changed_in` is the later voucher that changed it: until that is undone, this one
    has nothing to say here.
    """

    ids: tuple[int, ...]
    vouchers: tuple[int, ...]
    again: bool
    changed_in: int | None


class Field(NamedTuple):
    """A field of a card that a voucher changed, as text before and after.

    `mine` if its word is the last one, `gone` if it was taken back.
    """

    table: str
    card_id: int
    name: str
    before: str | None
    after: str | None
    mine: bool
    gone: bool


def is_undo(voucher: str) -> str:
    """Return SQL that holds for a voucher, named by a column, that takes another back. An undo of an undo does not."""
    return f"""(WITH RECURSIVE up(id, depth) AS (SELECT {voucher}, 0
      UNION ALL SELECT v.undoes_id, depth + 1 FROM up JOIN voucher v ON v.id = up.id WHERE v.undoes_id IS NOT NULL)
      SELECT max(depth) % 2 FROM up)"""


def undone(table: str, alias: str) -> str:
    """Return SQL that holds for a fact `alias` whose voucher was undone, be it that other vouchers took it back in between."""
    return f"""EXISTS (SELECT 1 FROM {table} k WHERE k.reverses_id = {alias}.id) AND EXISTS (
      WITH RECURSIVE line(id, counter_id, voucher_id) AS (
        SELECT {alias}.id, k.id, k.voucher_id FROM {table} k WHERE k.reverses_id = {alias}.id
        UNION ALL SELECT a.id, k.id, k.voucher_id FROM line JOIN {table} a ON a.restores_id = line.counter_id
          LEFT JOIN {table} k ON k.reverses_id = a.id)
      SELECT 1 FROM (SELECT * FROM line ORDER BY id DESC LIMIT 1) l
      WHERE l.counter_id IS NOT NULL AND {is_undo("l.voucher_id")})"""


def born_in(table: str, alias: str) -> str:
    """Return SQL for the voucher that posted the fact first which `alias` gives again, or posted `alias` itself."""
    return _at_first(table, alias, "voucher_id")


def first_fact(table: str, alias: str) -> str:
    """Return SQL for the id of the fact that `alias` gives again, however often it was taken back in between, or its own."""
    return _at_first(table, alias, "id")


def noted(table: str, alias: str) -> str:
    """Return SQL for what was noted of a fact when it was written first, '' for nothing."""
    return f"""ifnull((SELECT n.text FROM {table} o JOIN note n ON n.about_voucher_id = o.voucher_id AND n.about_line = o.line
      AND n.withdrawn = 0 WHERE o.id = {first_fact(table, alias)}), '')"""


def _at_first(table: str, alias: str, column: str) -> str:
    return f"""iif({alias}.restores_id IS NULL, {alias}.{column}, (
      WITH RECURSIVE up({column}, restores_id) AS (SELECT {alias}.{column}, {alias}.restores_id
        UNION ALL SELECT o.{column}, o.restores_id FROM up JOIN {table} k ON k.id = up.restores_id
          JOIN {table} o ON o.id = k.reverses_id)
      SELECT min({column}) FROM up))"""


class TakenBack(NamedTuple):
    """The voucher that took another back, and whether it kept a part of it that still stands."""

    voucher: int
    partly: bool


class Lineage:
    """Which vouchers undo which, and so what each of them meant."""

    def __init__(self, ledger: "Ledger") -> None:
        self._ledger = ledger
        self._undoes: dict[int, int] = dict(
            ledger.database.rows("SELECT id, undoes_id FROM voucher WHERE undoes_id IS NOT NULL")
        )

    def meaning(self, number: int) -> tuple[int, bool]:
        """Return the voucher that one does, or takes back (true)."""
        back = False
        while number in self._undoes:
            number, back = self._undoes[number], not back
        return number, back

    def done_in(self, number: int) -> int:
        """Return the voucher in which something was done last: the first, or the latest undo of an undo of it."""
        return max((undo for undo in self._undoes if self.meaning(undo) == (number, False)), default=number)

    def undone_by(self, number: int) -> int | None:
        """Return the voucher that took one back, the last of several, unless that was undone in turn."""
        undoes = (undo for undo, of in self._undoes.items() if of == number)
        return max((undo for undo in undoes if self.undone_by(undo) is None), default=None)

    def taken_back(self, number: int) -> TakenBack | None:
        """Return what took a voucher back, unless that was undone in turn."""
        undo = self.undone_by(number)
        return None if undo is None else TakenBack(undo, Touched(self._ledger, number).remains(undo))


class Touched:
    """The lines and fields that a voucher changed, and what `meant` it; an undo means to take that back (`back`)."""

    def __init__(self, ledger: "Ledger", number: int) -> None:
        self.database, self.shapes, self.number = ledger.database, ledger.shapes, number
        self._lineage = Lineage(ledger)
        self.meant, self.back = self._lineage.meaning(number)

    @property
    def done_in(self) -> int:
        """The voucher in which what is meant was done last."""
        return self._lineage.done_in(self.meant)

    def remains(self, undo: int) -> bool:
        """Tell whether the voucher's undo kept something of it: facts, cards it made, fields that were changed since."""
        # What the undo plainly countered, or gave again, is not followed: imports are long.
        countered = "(k.reverses_id = f.id OR k.restores_id = f.id)"
        also = f"AND NOT EXISTS (SELECT 1 FROM {{0}} k WHERE {countered} AND k.voucher_id = {undo})"
        tables = self.shapes.facts
        if any(undo not in line.vouchers for one in tables for line in self.lines(one, also.format(one))):
            return True
        if any(self.made(table) for table in self.shapes.cards):
            return True
        kept = (one for one in self.fields() if not one.gone and self.now(one) != one.before)
        sql = "SELECT 1 FROM change WHERE voucher_id = ? AND card = ? AND card_id = ? AND field = ?"
        return any(self.database.row(sql, (undo, *one[:3])) is None for one in kept)

    def now(self, field: Field) -> str | None:
        """Return what a field says now, as text."""
        sql = f"SELECT CAST({field.name} AS TEXT) FROM {field.table} WHERE id = ?"
        now: str | None = self.database.value(sql, (field.card_id,))
        return now

    def lines(self, table: str, also: str = "") -> Iterator[Line]:
        """Yield the lines of a table that the voucher changed and nobody undid, its last ones first. Transfers are no lines.

        `also` is SQL that narrows down which of its facts `f` are asked for.
        """
        also += " AND f.kind <> 'transfer'" if table == "entry" else ""
        # What the voucher posted and took back itself is as if it had never been.
        sql = f"""WITH RECURSIVE line(start, place, id, sign, voucher_id) AS (
              SELECT f.id, f.line, f.id, f.sign, f.voucher_id FROM {table} f
                LEFT JOIN {table} b ON b.id = ifnull(f.reverses_id, f.restores_id)
                WHERE f.voucher_id = ? AND b.voucher_id IS NOT f.voucher_id {also}
              UNION ALL SELECT l.start, l.place, n.id, n.sign, n.voucher_id FROM line l JOIN {table} n ON n.reverses_id = l.id
              UNION ALL SELECT l.start, l.place, n.id, n.sign, n.voucher_id FROM line l JOIN {table} n ON n.restores_id = l.id)
            SELECT start, id, sign, voucher_id FROM line ORDER BY place DESC, id"""
        for _, rows in groupby(self.database.rows(sql, (self.number,)), key=lambda row: row[0]):
            line = list(rows)
            gone, changed_in = self._word(row[3] for row in line[1:])
            if not gone:
                vouchers = tuple(row[3] for row in line)
                yield Line(tuple(row[1] for row in line), vouchers, line[-1][2] < 0, changed_in)

    def fields(self) -> Iterator[Field]:
        """Yield every field of a card that the voucher changed, but for look-up keys: they are made anew of the others."""
        sql = """SELECT c.card, c.card_id, c.field, c.before, c.after, d.voucher_id FROM change c LEFT JOIN change d
              ON d.card = c.card AND d.card_id = c.card_id AND d.field = c.field AND d.voucher_id > c.voucher_id
            WHERE c.voucher_id = ? ORDER BY c.card, c.card_id, c.field, c.id, d.id"""
        changes = self.database.rows(sql, (self.number,))
        for (table, card_id, name), group in groupby(changes, key=lambda row: row[:3]):
            made = keys.made(table, self.shapes.columns[table])
            if made and name in made.keys:
                continue
            rows = list(group)
            gone, changed_in = self._word(dict.fromkeys(row[5] for row in rows if row[5] is not None))
            mine = not gone and changed_in is None
            yield Field(table, card_id, name, rows[0][3], rows[-1][4], mine, gone)

    def made(self, table: str) -> list[int]:
        """Return the cards in force that the voucher made."""
        sql = f"SELECT id FROM {table} WHERE created_in = ? AND withdrawn = 0"
        return [row[0] for row in self.database.rows(sql, (self.number,))]

    def _word(self, later: Iterable[int]) -> tuple[bool, int | None]:
        """Tell of the vouchers that changed a line or a field after this one: whether it was undone, and who spoke since."""
        mine = [] if self.back else [self.meant]
        words, below = list(mine), list[int]()
        number = None
        for number in later:
            meant, back = self._lineage.meaning(number)
            if back and words and words[-1] == meant:
                words.pop()
            elif back:
                # The undo of what spoke before this one: it stands on nothing until that is undone in turn.
                below.append(meant)
            elif below and below[-1] == meant and not words:
                below.pop()
            else:
                words.append(meant)
        if words == mine and not below:
            return False, None
        gone = words[:1] == [self.meant] if self.back else self.meant not in words
        return gone, words[-1] if words else number
