"""Undo: post the counter-facts, restore the cards, keep and list what later work depends on (design §3)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hepartner import words

from . import errors, keys, running
from .carrying import Place, Remaining, first_of
from .facts import IDENTITY, SIGNED
from .givingback import CARRYING, GivingBack
from .labels import Labels
from .later import LaterWork
from .lineage import Row, Touched
from .once import MERGED, take_back
from .persons import survivor_of
from .redeeming import month_of
from .repeats import given_twice
from .reversals import Reversals
from .vouchers import Voucher

if TYPE_CHECKING:
    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was not taken back, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}：{self.why}"


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: facts posted, cards set as they were, points short, and the four lists that people see.

    `taken_back` counts rows by what they are called, `given_again` those that stand again since the voucher, a complaint or an
    undo, had taken them back; `kept` is what later work depends on, `refused` what a guard refused.
    """

    voucher: int
    undoes: int
    facts: int
    cards: int
    shortfall: int
    taken_back: tuple[tuple[str, int], ...]
    given_again: tuple[tuple[str, int], ...]
    kept: tuple[Kept, ...]
    refused: tuple[Kept, ...]


FINAL = {
    "ledger.create": "台账不能撤销到没有。",
    "partner.forget": "个人信息已经清除，找不回来。再来的请重新登记。",
    "ledger.restore": "个人信息已经清除，找不回来。",
    "partner.unmask": "已经看过的收不回来。",
    "operator.pin": "旧口令没有留存。要换请用 hep operator pin 再设。",
    "ledger.migrate": "它换了台账的格式。要回到以前，请用 hep restore 恢复换格式前的备份。",
    "period.close": "结账不能撤销。确要更正这个月，请用 hep month reopen 重新打开。",
    "period.reopen": "重新打开账期不能撤销。请用 hep month close 再结账。",
}
"""The actions whose vouchers stay, and what to do instead."""


class CannotUndo(errors.Refused):
    """The voucher of an action that is final stays."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"凭证 V{number} 不能撤销：{why}")


class NothingToUndo(errors.Refused):
    """Everything of the voucher was taken back already, or later work depends on all of it."""

    def __init__(self, number: int, kept: tuple[Kept, ...]) -> None:
        why = "；".join(map(str, kept[:5])) if kept else "它已经撤销过，或没有可撤销的内容"
        super().__init__(f"凭证 V{number} 没有撤销任何内容：{why}。")


def undo(ledger: "Ledger", number: int, *, key: str | None = None) -> Undone:
    """Undo one voucher in a new one; what an undo had taken back is given again. Raises CannotUndo, NothingToUndo.

    What a guard of the database refuses to take back is later work too: it is all tried again without that.
    """
    touched = Touched(ledger, number)
    action: str = ledger.database.value("SELECT action FROM voucher WHERE id = ?", (touched.meant,))
    if action in FINAL:
        raise CannotUndo(number, FINAL[action])
    refused: dict[Row, str] = {}
    while True:
        try:
            with ledger.voucher("undo", key=key, intention=number, undoes_id=number) as voucher:
                return _Undoing(ledger, voucher, Touched(ledger, number), action, refused).run()
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
        self, ledger: "Ledger", voucher: Voucher, touched: Touched, action: str, refused: dict[Row, str]
    ) -> None:
        self.ledger, self.database, self.shapes = ledger, ledger.database, ledger.shapes
        self.voucher, self.number = voucher, touched.number
        self.later = LaterWork(ledger, touched, action, refused)
        self.carried = GivingBack(ledger, voucher, touched) if action in CARRYING else None
        self.refused = refused.keys()
        self.cards = 0
        self._refused: dict[Row, str] = {}
        self._slips: dict[int, str] = {}
        self.taken: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.shortfall = 0

    def run(self) -> Undone:
        self._set_in_force()
        gone = {table: self._mine(self.later.gone, table) for table in self.shapes.facts}
        for table in self.shapes.last_first:
            self._counter(table, self._mine(self.later.standing, table), gone[table])
        for table, fact_id in self.later.as_written(gone):
            with self._unless_refused(table, fact_id):
                self._post_again(table, fact_id)
        self._restore_cards()
        self._withdraw_cards()
        if self.carried and gone["standing"] and not self._refused:
            self.carried.again()
            self._take_back_anew()
        if self.given:
            self._refused |= given_twice(self.ledger, self.voucher.id)
        if self._refused:
            raise _RefusedByGuards(self._refused)
        return self._undone()

    def _undone(self) -> Undone:
        kept = self.later.cards | self.later.facts | self.later.changed
        refused = self._listed({row: why for row, why in kept.items() if row in self.refused})
        depended = self._listed({row: why for row, why in kept.items() if row not in self.refused})
        if not self.voucher.lines and not self.cards:
            raise NothingToUndo(self.number, (*depended, *refused))
        return Undone(
            voucher=self.voucher.id,
            undoes=self.number,
            facts=self.voucher.lines,
            cards=self.cards,
            shortfall=self.shortfall,
            taken_back=self._counted(self.taken),
            given_again=self._counted(self.given),
            kept=depended,
            refused=refused,
        )

    def _mine(self, facts: dict[str, list[int]], table: str) -> list[int]:
        """Return the facts of a table that are not kept, the last line first."""
        return [fact_id for fact_id in facts[table] if (table, fact_id) not in self.later.facts]

    # Taking back

    def _counter(self, table: str, fact_ids: list[int], gone: list[int]) -> None:
        self.taken[table] += len(fact_ids)
        if table == "entry":
            self._counter_entries(fact_ids)
        elif table == "stock_move":
            for fact_id in fact_ids:
                self._counter_stock(fact_id)
        elif table == "redemption":
            for fact_id in fact_ids:
                self.voucher.counter(table, [fact_id], counted_in=month_of(self.ledger, fact_id))
        elif table == "standing" and self.carried and fact_ids:
            self.voucher.counter(table, fact_ids, counted_in=self.carried.month_of_all(table, fact_ids))
        elif table == "standing" and gone:
            self._step_back(fact_ids, gone)
        else:
            self._counter_all(table, fact_ids)

    def _step_back(self, fact_ids: list[int], gone: list[int]) -> None:
        """Take back one by one, the last first: at no time are fewer than none of a partner counted."""
        for fact_id in sorted([*fact_ids, *gone], reverse=True):
            with self._unless_refused("standing", fact_id):
                if fact_id in gone:
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
        """Note what a guard refuses to take back; a reason with numbers that was found before stays."""
        try:
            with self.database.attempt():
                yield
        except errors.GuardRefused as refusal:
            self._refused.setdefault((table, row_id), refusal.guard)

    def _counter_entries(self, fact_ids: list[int]) -> None:
        if self.carried and self._mine(self.later.standing, "standing"):
            self.shortfall += self.carried.back()
        # What the voucher gave, not what the fact stands for by now: an undo may have given again a part of it.
        sql = "SELECT max(points, 0) FROM entry WHERE id = ?"
        gave = {one: self.database.value(sql, (self.later.first["entry", one],)) for one in fact_ids}
        for taken in self.ledger.book(Reversals).post(self.voucher, fact_ids, at_most=gave):
            self.shortfall += taken.shortfall

    def _counter_stock(self, fact_id: int) -> None:
        sql = """SELECT item_id, community_id, happened_on, counted_in, quantity, redemption_id
            FROM stock_move WHERE id = ?"""
        item, community, day, counted_in, quantity, slip = self.database.row(sql, (fact_id,))
        if slip:
            self.voucher.counter("stock_move", [fact_id], counted_in=month_of(self.ledger, slip))
            return
        least = self._stock_left(item, day, self.ledger.periods.open_month(community, counted_in))
        if quantity > least.amount:
            why = f"入库 {quantity}，{_when(least)}只剩 {least.amount}，货已发出"
            self.later.facts["stock_move", fact_id] = why
            self.taken["stock_move"] -= 1
        else:
            self.voucher.counter("stock_move", [fact_id])

    def _stock_left(self, item: int, day: str, month: str) -> running.Least:
        """Return the least of an item that there was from a day and from a month on."""
        now = self.database.value("SELECT quantity FROM stock WHERE item_id = ?", (item,))
        return running.read(self.ledger, running.STOCK, {item: now}, day)[item].least(day, month)

    # Giving again

    def _post_again(self, table: str, counter_id: int) -> None:
        """Post anew what the voucher had reversed; an entry with what its reversal really moved."""
        columns = [c for c in self.shapes.columns[table] if c not in (*IDENTITY, "pair_id")]
        select = ", ".join(f"o.{c}" for c in columns)
        sql = f"""SELECT o.id, c.counted_in, {select} FROM {table} c JOIN {table} o ON o.id = c.reverses_id
            WHERE c.id = ?"""
        first, counted_in, *values = self.database.row(sql, (counter_id,))
        fact = dict(zip(columns, values, strict=True))
        if table == "redemption":
            self._slips[first] = self._paid_again(first, counter_id, fact)
        slip = first if table == "redemption" else fact.get("redemption_id")
        # In the month in which it was taken back: in its own it would stand beside the first, if that is open again.
        month = (
            self._slips[slip] if slip else self.ledger.periods.open_month(fact["community_id"], counted_in)
        )
        if table in SIGNED:
            moved = self.database.value(f"SELECT {SIGNED[table]} FROM {table} WHERE id = ?", (counter_id,))
            if table == "entry":
                fact |= self._points(fact, moved, month)
            else:
                fact |= self._quantity(fact, counter_id, moved, month)
        self._name_anew(table, fact)
        community_id, happened_on = fact.pop("community_id"), fact.pop("happened_on")
        if table == "standing" and self.carried:
            month = self.carried.month_of_all(table, self.later.gone[table])
        names, row = (*fact, "restores_id"), (community_id, happened_on, *fact.values(), counter_id)
        if table == "entry" and not slip and fact["points"] < 0:
            home = fact["partner_id"], community_id
            month = self._fetched(home, -fact["points"], happened_on, month)
        self.voucher.post(table, names, [row], counted_in=month)
        if table == "entry" and fact["points"] > 0:
            lots = [Remaining(fact["earned_on"], fact["points"])]
            home = fact["partner_id"], community_id
            self.ledger.carrying.onward(self.voucher, home, lots, happened_on, month)
        self.given[table] += 1

    def _paid_again(self, slip: int, counter_id: int, redemption: dict[str, Any]) -> str:
        """Fetch the points that a slip takes again; return the month in which it counts with its points and goods.

        It is paid in full or not at all; what it lacks is noted as refused.
        """
        home, day = (redemption["partner_id"], redemption["community_id"]), redemption["happened_on"]
        need, month = redemption["points"], month_of(self.ledger, slip, back=True)
        left = self.ledger.book(Reversals).left(home, day, month)
        if left < need:
            self._refused["redemption", counter_id] = f"{day} 以后最少时只有 {left} 分，要用 {need} 分"
            return month
        return self._fetched(home, need, day, month)

    def _points(self, entry: dict[str, Any], moved: int, month: str) -> dict[str, int]:
        """Return the points and the shortfall of an entry posted again: what is taken again is what is left."""
        if moved < 0 or entry["kind"] == "redeem":
            return {"points": -moved, "shortfall": 0}
        home = entry["partner_id"], entry["community_id"]
        taken = min(moved, self.ledger.book(Reversals).left(home, entry["happened_on"], month))
        self.shortfall += moved - taken
        return {"points": -taken, "shortfall": entry["shortfall"] + moved - taken}

    def _quantity(self, move: dict[str, Any], counter_id: int, moved: int, month: str) -> dict[str, int]:
        """Return the quantity of goods that come or go again; what goes and is not there any more is noted as refused."""
        least = self._stock_left(move["item_id"], move["happened_on"], month)
        if least.amount < moved:
            self._refused["stock_move", counter_id] = f"{_when(least)}只有 {least.amount}，要出库 {moved}"
        return {"quantity": -moved}

    def _fetched(self, home: Place, points: int, day: str, month: str) -> str:
        """Fetch points that are taken again from whoever holds them now; return the month in which that may count."""
        carrying, holder = self.ledger.carrying, self.ledger.points.holder(home[0])
        return carrying.fetch(self.voucher, home, first_of(carrying.remaining(holder.id), points), day, month)

    def _name_anew(self, table: str, fact: dict[str, Any]) -> None:
        """Let a fact name what was given again, not what was taken back."""
        for reference in self.shapes.references:
            if reference.table == table and reference.target in self.shapes.facts:
                named = fact[reference.column]
                if named is not None:
                    now, in_force = self.later.end(reference.target, named)
                    fact[reference.column] = now if in_force else named

    def _take_back_anew(self) -> None:
        """Take back what a merger done again makes repeated by now: what was written since is no part of what it took back."""
        sql = "SELECT partner_id, into_id FROM standing WHERE voucher_id = ? AND event = ? AND sign = 1"
        for merged, into in self.database.rows(sql, (self.voucher.id, MERGED)):
            stays = survivor_of(self.database, into)
            for table, called in take_back(self.ledger, self.voucher, merged, stays).items():
                self.taken[table] += len(called)

    # Cards

    def _set_in_force(self) -> None:
        """Set cards in force again, before the facts that are about them."""
        again = self.later.withdrawn - self.later.held - self.later.notes_of_kept()
        for table, card_id in sorted(again):
            with self._unless_refused(table, card_id):
                self.voucher.edit(table, card_id, withdrawn=0)
                self.given[table] += 1
                self.cards += 1

    def _restore_cards(self) -> None:
        restored: dict[Row, dict[str, Any]] = {}
        counts = self.given if self.later.own.back else self.taken
        for field in self.later.fields:
            if (field.table, field.card_id) not in self.later.held:
                restored.setdefault((field.table, field.card_id), {})[field.name] = field.before
        # The card edited last comes first: partners part again before each takes up what their merger had folded.
        for (table, card_id), fields in reversed(restored.items()):
            with self._unless_refused(table, card_id):
                self.voucher.edit(table, card_id, **fields, **self._keys_anew(table, card_id, fields))
            counts[table] += (table, card_id) not in self.later.withdrawn
            self.cards += 1

    def _keys_anew(self, table: str, card_id: int, restored: dict[str, Any]) -> dict[str, str]:
        """Return the look-up keys of a card some of whose fields are restored: later vouchers may have changed the others."""
        made = keys.made(table, self.shapes.columns[table])
        if made is None or restored.keys().isdisjoint(made.of):
            return {}
        now = self.database.row(f"SELECT {', '.join(made.of)} FROM {table} WHERE id = ?", (card_id,))
        return made.from_card({**dict(zip(made.of, now, strict=True)), **restored})

    def _withdraw_cards(self) -> None:
        kept = self.later.held | self.later.cards.keys() | self.later.notes_of_kept()
        for table, made in self.later.made.items():
            mine = [card_id for card_id in made if (table, card_id) not in kept]
            self.voucher.edit_many(table, ("withdrawn",), [(1, card_id) for card_id in mine])
            self.taken[table] += len(mine)
            self.cards += len(mine)

    def _counted(self, counts: Counter[str]) -> tuple[tuple[str, int], ...]:
        called = words.gathered("TABLES")
        rows = (*self.shapes.facts, *self.shapes.cards)
        return tuple((called[table], counts[table]) for table in rows if counts[table])

    def _listed(self, rows: dict[Row, str]) -> tuple[Kept, ...]:
        called = words.gathered("TABLES")
        labels = Labels(self.database, self.shapes)
        listed = (Kept(f"{called[row[0]]} {labels.of(*row)}", why) for row, why in rows.items())
        return tuple(dict.fromkeys(listed))


def _when(least: running.Least) -> str:
    return f"{least.when} " if least.when else "现在"
