"""Undo: post the counter-facts, restore the cards, keep and list what later work depends on (design §3)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hepartner import words

from . import errors
from .carrying import Remaining, first_of
from .facts import IDENTITY, SIGNED
from .later import LaterWork, Row
from .vouchers import Voucher

if TYPE_CHECKING:
    from .ledger import Ledger

_FINAL = ("ledger.create", "undo")
_CARRYING = ("partner.move", "partner.merge")


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was not taken back, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}：{self.why}"


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: facts countered or posted again, cards restored or withdrawn, what was kept, points short."""

    voucher: int
    undoes: int
    facts: int
    cards: int
    shortfall: int
    kept: tuple[Kept, ...]


class CannotUndo(errors.Refused):
    """The voucher is of a kind that stays."""

    def __init__(self, number: int, action: str) -> None:
        why = "它本身就是撤销，请重新录入" if action == "undo" else "台账不能撤销到没有"
        super().__init__(f"凭证 V{number} 不能撤销：{why}。")


class NothingToUndo(errors.Refused):
    """Everything of the voucher was taken back already, or later work depends on all of it."""

    def __init__(self, number: int, kept: tuple[Kept, ...]) -> None:
        why = "；".join(map(str, kept[:5])) if kept else "它已经撤销过，或没有可撤销的内容"
        super().__init__(f"凭证 V{number} 没有撤销任何内容：{why}。")


def undo(ledger: "Ledger", number: int, action: str, *, key: str | None = None) -> Undone:
    """Undo one voucher in a new one. Raises CannotUndo, NothingToUndo.

    What a guard of the database refuses to take back is later work too: it is all tried again without that.
    """
    if action in _FINAL:
        raise CannotUndo(number, action)
    refused: dict[Row, str] = {}
    while True:
        try:
            with ledger.voucher("undo", key=key, intention=number, undoes_id=number) as voucher:
                return _Undoing(ledger, voucher, number, action, refused).run()
        except _RefusedByGuards as found:
            refused |= found.rows


class _RefusedByGuards(Exception):
    """What the guards did not let be taken back, and their sentences."""

    def __init__(self, rows: dict[Row, str]) -> None:
        super().__init__(rows)
        self.rows = rows


class _Undoing:
    """The work of one undo: what later work does not depend on is taken back.

    `refused` is what guards refused in an earlier attempt; what they refuse in this one is gathered in `_refused`.
    """

    def __init__(
        self, ledger: "Ledger", voucher: Voucher, number: int, action: str, refused: dict[Row, str]
    ) -> None:
        self.ledger, self.database, self.shapes = ledger, ledger.database, ledger.shapes
        self.voucher, self.number, self.action = voucher, number, action
        self.later = LaterWork(ledger, number, action, refused)
        self.again: dict[Row, int] = {}
        self._refused: dict[Row, str] = {}
        self.cards = 0
        self.shortfall = 0

    def run(self) -> Undone:
        for table in self.shapes.last_first:
            self._counter(table, self._mine(table, 1))
        for table in reversed(self.shapes.last_first):
            for fact_id in self._mine(table, -1):
                with self._unless_refused(table, fact_id):
                    self._post_again(table, fact_id)
        self._restore_cards()
        self._withdraw_cards()
        if self._refused:
            raise _RefusedByGuards(self._refused)
        kept = tuple(dict.fromkeys(self._listed()))
        if not self.voucher.lines and not self.cards:
            raise NothingToUndo(self.number, kept)
        return Undone(self.voucher.id, self.number, self.voucher.lines, self.cards, self.shortfall, kept)

    def _mine(self, table: str, sign: int) -> list[int]:
        """Return the voucher's facts of a sign that are still to be taken back, the last line first."""
        taken_back = f"SELECT 1 FROM {table} r WHERE r.reverses_id = f.id OR r.restores_id = f.id"
        sql = f"""SELECT id FROM {table} f WHERE voucher_id = ? AND sign = ? AND NOT EXISTS ({taken_back})
            ORDER BY line DESC"""
        return [
            row[0]
            for row in self.database.rows(sql, (self.number, sign))
            if (table, row[0]) not in self.later.facts
        ]

    # Taking back

    def _counter(self, table: str, fact_ids: list[int]) -> None:
        if table == "entry":
            self._counter_entries(fact_ids)
        elif table == "stock_move":
            for fact_id in fact_ids:
                self._counter_stock(fact_id)
        elif table == "standing" and self.action in _CARRYING and fact_ids:
            self.voucher.counter(table, fact_ids, counted_in=self._month_of_all(table, fact_ids))
        elif table == "standing" and (again := self._mine(table, -1)):
            self._step_back(fact_ids, again)
        else:
            self._counter_all(table, fact_ids)

    def _step_back(self, fact_ids: list[int], again: list[int]) -> None:
        """Take back one by one, the last first: at no time are fewer than none of a partner counted."""
        for fact_id in sorted([*fact_ids, *again], reverse=True):
            with self._unless_refused("standing", fact_id):
                if fact_id in again:
                    self._post_again("standing", fact_id)
                else:
                    self.voucher.counter("standing", [fact_id])

    def _counter_all(self, table: str, fact_ids: list[int]) -> None:
        """Counter facts at once; where a guard refuses, one by one, to learn which."""
        try:
            with self.database.attempt():
                self.voucher.counter(table, fact_ids)
        except errors.GuardRefused:
            for fact_id in fact_ids:
                with self._unless_refused(table, fact_id):
                    self.voucher.counter(table, [fact_id])

    @contextmanager
    def _unless_refused(self, table: str, row_id: int) -> Iterator[None]:
        """Note what a guard refuses to take back."""
        try:
            with self.database.attempt():
                yield
        except errors.GuardRefused as refusal:
            self._refused[table, row_id] = refusal.guard

    def _counter_entries(self, fact_ids: list[int]) -> None:
        carried = {row[0] for row in self.database.rows(
            "SELECT id FROM entry WHERE voucher_id = ? AND kind = 'transfer'", (self.number,)
        )}  # fmt: skip
        if self.action in _CARRYING and not any(table == "standing" for table, _ in self.later.facts):
            for fact_id in fact_ids:
                self._counter_transfer(fact_id)
        for taken in self.ledger.points.reverse_entries(
            self.voucher, (i for i in fact_ids if i not in carried)
        ):
            self.shortfall += taken.shortfall

    def _counter_transfer(self, fact_id: int) -> None:
        """Counter both legs when their incoming one comes up; take what is still there."""
        sql = "SELECT pair_id, partner_id, community_id, points, earned_on FROM entry WHERE id = ?"
        pair_id, partner_id, community_id, points, earned_on = self.database.row(sql, (fact_id,))
        if pair_id is None:
            return
        holder = self.ledger.points.holder(partner_id)
        taken = min(points, self.ledger.points.balance(holder))
        home, owner = (partner_id, community_id), (holder.id, holder.community_id)
        if home != owner and taken:
            self.ledger.carrying.carry(self.voucher, owner, home, [Remaining(earned_on, taken)])
        month, short = self._month_of_all("entry", [fact_id, pair_id]), points - taken
        self.voucher.counter("entry", [fact_id], counted_in=month, points=-taken, shortfall=short)
        self.voucher.counter("entry", [pair_id], counted_in=month, points=taken, shortfall=short)
        self.shortfall += points - taken

    def _month_of_all(self, table: str, fact_ids: list[int]) -> str:
        """Return the month in which the counter-facts of a move or a merger count together, as the facts do."""
        periods, ids = self.ledger.periods, ", ".join(map(str, fact_ids))
        facts = self.database.rows(f"SELECT community_id, counted_in FROM {table} WHERE id IN ({ids})")
        month = max(counted_in for _, counted_in in facts)
        if table == "standing" and self.action == "partner.merge":
            return periods.open_everywhere(month)
        return periods.open_in((community for community, _ in facts), month)

    def _counter_stock(self, fact_id: int) -> None:
        sql = "SELECT m.quantity, s.quantity FROM stock_move m JOIN stock s USING (item_id) WHERE m.id = ?"
        quantity, there = self.database.row(sql, (fact_id,))
        if quantity > there:
            self.later.facts["stock_move", fact_id] = f"入库 {quantity}，现在只剩 {there}，货已发出"
        else:
            self.voucher.counter("stock_move", [fact_id])

    def _post_again(self, table: str, counter_id: int) -> None:
        """Post anew what the voucher had reversed; an entry with what its reversal really moved."""
        columns = [c for c in self.shapes.columns[table] if c not in (*IDENTITY, "pair_id")]
        select = ", ".join(f"o.{c}" for c in columns)
        # In the month in which it was taken back: in its own it would stand beside the first, if that is open again.
        sql = f"""SELECT o.id, c.counted_in, {select} FROM {table} c JOIN {table} o ON o.id = c.reverses_id
            WHERE c.id = ?"""
        original, counted_in, *values = self.database.row(sql, (counter_id,))
        fact = dict(zip(columns, values, strict=True))
        if table in SIGNED:
            moved = self.database.value(f"SELECT {SIGNED[table]} FROM {table} WHERE id = ?", (counter_id,))
            if moved == 0 or fact.get("kind") == "transfer":
                self.later.facts[table, counter_id] = "没有可恢复的数额"
                return
            fact |= self._amounts(fact, moved) if table == "entry" else {SIGNED[table]: -moved}
        self._remap(table, fact)
        community_id, happened_on = fact.pop("community_id"), fact.pop("happened_on")
        month = self.ledger.periods.open_month(community_id, counted_in)
        names, row = (*fact, "restores_id"), (community_id, happened_on, *fact.values(), counter_id)
        with self._carried(fact, community_id) if table == "entry" else nullcontext():
            (new,) = self.voucher.post(table, names, [row], counted_in=month)
        self.again[table, original] = new

    def _amounts(self, entry: dict[str, Any], moved: int) -> dict[str, int]:
        """Return the points and the shortfall of an entry posted again: what is taken again is what is there."""
        if moved < 0 or entry["kind"] == "redeem":
            return {"points": -moved, "shortfall": 0}
        taken = min(moved, self.ledger.points.balance(self.ledger.points.holder(entry["partner_id"])))
        self.shortfall += moved - taken
        return {"points": -taken, "shortfall": entry["shortfall"] + moved - taken}

    @contextmanager
    def _carried(self, fact: dict[str, Any], community_id: int) -> Iterator[None]:
        """Fetch the points that an entry takes again from whoever holds them now, or carry those it gives again there."""
        holder, points = self.ledger.points.holder(fact["partner_id"]), fact["points"]
        home, owner = (fact["partner_id"], community_id), (holder.id, holder.community_id)
        carrying = self.ledger.carrying
        if home != owner and points < 0:
            lots = first_of(carrying.remaining(holder.id), -points)
            carrying.carry(self.voucher, owner, home, lots)
        yield
        if home != owner and points > 0:
            carrying.carry(self.voucher, home, owner, [Remaining(fact["earned_on"], points)])

    def _remap(self, table: str, fact: dict[str, Any]) -> None:
        for reference in self.shapes.references:
            if reference.table == table:
                named = fact[reference.column]
                fact[reference.column] = self.again.get((reference.target, named), named)

    def _restore_cards(self) -> None:
        # What was restored once stays: by later steps the card may look as this voucher had left it.
        # Of several changes of a field by one voucher the first tells what was before, the last what it left.
        sql = """SELECT c.card, c.card_id, c.field, c.before, (SELECT l.after FROM change l WHERE l.voucher_id = c.voucher_id
              AND l.card = c.card AND l.card_id = c.card_id AND l.field = c.field ORDER BY l.id DESC LIMIT 1)
            FROM change c WHERE c.voucher_id = ? AND NOT EXISTS (SELECT 1 FROM change e WHERE e.voucher_id = c.voucher_id
              AND e.card = c.card AND e.card_id = c.card_id AND e.field = c.field AND e.id < c.id)
            AND NOT EXISTS (SELECT 1 FROM voucher u JOIN change r ON r.voucher_id = u.id WHERE u.undoes_id = c.voucher_id
              AND r.card = c.card AND r.card_id = c.card_id AND r.field = c.field) ORDER BY c.id"""
        restored: dict[tuple[str, int], dict[str, Any]] = {}
        for table, card_id, field, before, after in self.database.rows(sql, (self.number,)):
            now = self.database.value(f"SELECT CAST({field} AS TEXT) FROM {table} WHERE id = ?", (card_id,))
            if (table, card_id) in self.later.held:
                continue
            if now == after:
                restored.setdefault((table, card_id), {})[field] = before
            elif now != before:
                self.later.cards[table, card_id] = "之后又被修改过"
        for (table, card_id), fields in restored.items():
            with self._unless_refused(table, card_id):
                self.voucher.edit(table, card_id, **fields)
            self.cards += 1

    def _withdraw_cards(self) -> None:
        for table in self.shapes.cards:
            if table == "operator":
                continue
            sql = f"SELECT id FROM {table} WHERE created_in = ? AND withdrawn = 0"
            kept = self.later.held | self.later.cards.keys()
            mine = [row[0] for row in self.database.rows(sql, (self.number,)) if (table, row[0]) not in kept]
            self.voucher.edit_many(table, ("withdrawn",), [(1, card_id) for card_id in mine])
            self.cards += len(mine)

    def _listed(self) -> Iterator[Kept]:
        called = words.gathered("TABLES")
        for (table, card_id), why in self.later.cards.items():
            yield Kept(f"{called[table]} {self._label(table, card_id)}", why)
        for (table, fact_id), why in self.later.facts.items():
            yield Kept(f"{called[table]} {self._fact_label(table, fact_id)}", why)

    def _label(self, table: str, card_id: int) -> str:
        """Return a card's code or words, or whom and what it is about: 柏乐口腔、幸福里社区."""
        own = self._word(table, ("code", "name", "text"))
        if own:
            return str(self.database.value(f"SELECT {own} FROM {table} WHERE id = ?", (card_id,)))
        return self._about(table, card_id)

    def _fact_label(self, table: str, fact_id: int) -> str:
        """Return whom and what a fact is about, and its day: 王芳、义诊 2025-03-05."""
        day = self.database.value(f"SELECT happened_on FROM {table} WHERE id = ?", (fact_id,))
        return f"{self._about(table, fact_id)} {day}".lstrip()

    def _about(self, table: str, row_id: int) -> str:
        """Return what the cards are called that a row names: people first, areas last, each once."""
        about = [one for one in self.shapes.references if one.table == table]
        about.sort(key=lambda one: (one.target != "partner", one.target == "area"))
        called = (
            self.database.value(
                f"SELECT t.{word} FROM {table} c JOIN {one.target} t ON t.id = c.{one.column} WHERE c.id = ?",
                (row_id,),
            )
            for one in about
            if (word := self._word(one.target, ("title", "name", "code")))
        )
        return "、".join(dict.fromkeys(filter(None, called)))

    def _word(self, table: str, columns: tuple[str, ...]) -> str | None:
        return next((one for one in columns if one in self.shapes.columns[table]), None)
