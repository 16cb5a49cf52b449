"""Undo: post the counter-facts, restore the cards, keep and list what later work depends on (design §3)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import errors
from .carrying import Remaining, first_of
from .facts import IDENTITY, SIGNED, Reference
from .vouchers import Voucher

if TYPE_CHECKING:
    from .ledger import Ledger

_ORDER = (
    "entry", "stock_move", "confirmation", "participation", "redemption", "issue_help", "issue_event", "item_price",
    "organising", "activity_held", "rule_version", "standing", "period_closing", "area_founding",
)  # fmt: skip
"""Facts are countered in this order, those that name others first; re-posted in the opposite order."""

_SEQUENCES = {"issue_event": "issue_id", "standing": "partner_id"}
"""Facts that are steps of one thing: only the last step can be taken back."""

_FINAL = ("ledger.create", "undo")
_CARRYING = ("partner.move", "partner.merge")

NAMES = {
    "activity": "活动", "activity_held": "活动", "area": "区域", "area_founding": "社区设立", "confirmation": "确认",
    "entry": "积分流水", "issue": "问题", "issue_category": "问题类别", "issue_event": "问题办理", "issue_help": "协助",
    "item": "商品", "item_price": "商品价格", "note": "备注", "operator": "操作人", "organising": "主办", "partner": "合伙人",
    "participation": "签到", "period_closing": "结账", "redemption": "兑换单", "rule": "规则", "rule_version": "规则版本",
    "setting": "设置", "standing": "合伙人变动", "stock_move": "库存流水",
}  # fmt: skip
"""What each table's rows are called."""


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
    """Undo one voucher in a new one. Raises CannotUndo, NothingToUndo."""
    if action in _FINAL:
        raise CannotUndo(number, action)
    with ledger.voucher("undo", key=key, intention=number, undoes_id=number) as voucher:
        return _Undoing(ledger, voucher, number, action).run()


class _Undoing:
    """The work of one undo; `kept_facts` and `kept_cards` map what stays to the sentence that says why."""

    def __init__(self, ledger: "Ledger", voucher: Voucher, number: int, action: str) -> None:
        self.ledger, self.database, self.shapes = ledger, ledger.database, ledger.shapes
        self.voucher, self.number, self.action = voucher, number, action
        self.kept_facts: dict[tuple[str, int], str] = {}
        self.kept_cards: dict[tuple[str, int], str] = {}
        self.held: set[tuple[str, int]] = set()
        self.again: dict[tuple[str, int], int] = {}
        self.cards = 0
        self.shortfall = 0

    def run(self) -> Undone:
        self._find_kept()
        for table in _ORDER:
            self._counter(table, self._mine(table, 1))
        for table in reversed(_ORDER):
            for fact_id in self._mine(table, -1):
                self._post_again(table, fact_id)
        self._restore_cards()
        self._withdraw_cards()
        kept = tuple(self._listed())
        if not self.voucher.lines and not self.cards:
            raise NothingToUndo(self.number, kept)
        return Undone(self.voucher.id, self.number, self.voucher.lines, self.cards, self.shortfall, kept)

    def _mine(self, table: str, sign: int) -> list[int]:
        """Return the voucher's facts of a sign that are still to be taken back, the last line first."""
        unreversed = f"NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = f.id)"
        sql = (
            f"SELECT id FROM {table} f WHERE voucher_id = ? AND sign = ? AND {unreversed} ORDER BY line DESC"
        )
        return [
            row[0]
            for row in self.database.rows(sql, (self.number, sign))
            if (table, row[0]) not in self.kept_facts
        ]

    # What later work depends on

    def _find_kept(self) -> None:
        for reference in self.shapes.references:
            mine = "voucher_id" if reference.target in self.shapes.facts else "created_in"
            theirs, in_force = self._later(reference.table)
            sql = f"""SELECT f.id, min(c.{theirs}) FROM {reference.target} f
                JOIN {reference.table} c ON c.{reference.column} = f.id
                WHERE f.{mine} = :v AND c.{theirs} > :v AND {in_force} GROUP BY f.id"""
            kept = self.kept_facts if mine == "voucher_id" else self.kept_cards
            for row_id, later in self.database.rows(sql, {"v": self.number}):
                kept[reference.target, row_id] = f"之后的凭证 V{later}（{NAMES[reference.table]}）要用到它"
        self._keep_earlier_steps()
        self._keep_edited_cards()
        self._keep_used_categories()
        self._keep_moved_with_entries()
        self._keep_partners_with_points()
        self._keep_together()

    def _later(self, table: str) -> tuple[str, str]:
        if table in self.shapes.cards:
            return "created_in", "c.withdrawn = 0"
        return "voucher_id", f"c.sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = c.id)"

    def _keep_earlier_steps(self) -> None:
        for table, of in _SEQUENCES.items():
            _, in_force = self._later(table)
            sql = f"""SELECT f.id, min(c.voucher_id) FROM {table} f JOIN {table} c ON c.{of} = f.{of}
                WHERE f.voucher_id = :v AND c.voucher_id > :v AND {in_force} GROUP BY f.id"""
            for fact_id, later in self.database.rows(sql, {"v": self.number}):
                self.kept_facts[table, fact_id] = f"之后的凭证 V{later} 已有后续步骤"

    def _keep_edited_cards(self) -> None:
        """A card made here that later vouchers changed for good is later work."""
        for table in self.shapes.cards:
            same = "d.card = c.card AND d.card_id = c.card_id AND d.field = c.field AND d.voucher_id > :v"
            sql = f"""SELECT k.id, min(c.voucher_id) FROM {table} k
                JOIN change c ON c.card = '{table}' AND c.card_id = k.id AND c.voucher_id > :v
                WHERE k.created_in = :v AND k.withdrawn = 0
                  AND c.id = (SELECT min(d.id) FROM change d WHERE {same})
                  AND c.before IS NOT (SELECT d.after FROM change d WHERE {same} ORDER BY d.id DESC LIMIT 1)
                GROUP BY k.id"""
            for card_id, later in self.database.rows(sql, {"v": self.number}):
                self.kept_cards.setdefault((table, card_id), f"之后的凭证 V{later} 修改过它")

    def _keep_used_categories(self) -> None:
        """Issues name their category by its code, and a month once reported lists it."""
        sql = """SELECT k.id, min(e.voucher_id) FROM issue_category k JOIN issue_event e ON e.category = k.code
            WHERE k.created_in = :v AND e.voucher_id > :v GROUP BY k.id"""
        for category, later in self.database.rows(sql, {"v": self.number}):
            self.kept_cards["issue_category", category] = f"之后的凭证 V{later}（问题办理）要用到它"

    def _keep_moved_with_entries(self) -> None:
        """Points that came after a move stand in the new community, so the move stays."""
        if self.action != "partner.move":
            return
        sql = """SELECT f.id, min(e.voucher_id) FROM standing f JOIN standing i
              ON i.voucher_id = f.voucher_id AND i.partner_id = f.partner_id AND i.event = 'moved_in'
            JOIN entry e ON e.partner_id = i.partner_id AND e.community_id = i.community_id AND e.voucher_id > :v
            WHERE f.voucher_id = :v GROUP BY f.id"""
        for fact_id, later in self.database.rows(sql, {"v": self.number}):
            self.kept_facts["standing", fact_id] = f"之后的凭证 V{later} 已在新社区记积分，可再迁移回去"

    def _keep_partners_with_points(self) -> None:
        sql = "SELECT p.id, b.points FROM partner p JOIN balance b ON b.partner_id = p.id WHERE created_in = ? AND points > 0"
        for partner_id, points in self.database.rows(sql, (self.number,)):
            self.kept_cards.setdefault(("partner", partner_id), f"名下还有 {points} 分")

    def _keep_together(self) -> None:
        """What names something kept is kept; a card that a kept fact is about is held as it is."""
        before = -1
        while before != len(self.kept_facts):
            before = len(self.kept_facts)
            for reference in self.shapes.references:
                if reference.table in self.shapes.facts and (self.kept_facts or self.kept_cards):
                    self._tie(reference)

    def _tie(self, reference: Reference) -> None:
        table, target = reference.table, reference.target
        kept = self.kept_facts if target in self.shapes.facts else self.kept_cards
        sql = f"SELECT id, {reference.column} FROM {table} WHERE voucher_id = ? AND {reference.column} IS NOT NULL"
        for fact_id, named in self.database.rows(sql, (self.number,)):
            if (target, named) in kept:
                self.kept_facts.setdefault((table, fact_id), kept[target, named])
            if (table, fact_id) in self.kept_facts and target in self.shapes.cards:
                self.held.add((target, named))

    # Taking back

    def _counter(self, table: str, fact_ids: list[int]) -> None:
        if table == "entry":
            self._counter_entries(fact_ids)
        elif table == "stock_move":
            for fact_id in fact_ids:
                self._counter_stock(fact_id)
        elif table == "standing" and self.action in _CARRYING and fact_ids:
            self.voucher.counter(table, fact_ids, counted_in=self._month_of_all(table, fact_ids))
        else:
            self.voucher.counter(table, fact_ids)

    def _counter_entries(self, fact_ids: list[int]) -> None:
        carried = {row[0] for row in self.database.rows(
            "SELECT id FROM entry WHERE voucher_id = ? AND kind = 'transfer'", (self.number,)
        )}  # fmt: skip
        if self.action in _CARRYING and not any(table == "standing" for table, _ in self.kept_facts):
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
            self.kept_facts["stock_move", fact_id] = f"入库 {quantity}，现在只剩 {there}，货已发出"
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
            fact |= {SIGNED[table]: -moved, **({"shortfall": 0} if "shortfall" in fact else {})}
            if moved == 0 or fact.get("kind") == "transfer":
                self.kept_facts[table, counter_id] = "没有可恢复的数额"
                return
        self._remap(table, fact)
        community_id, happened_on = fact.pop("community_id"), fact.pop("happened_on")
        month = self.ledger.periods.open_month(community_id, counted_in)
        names, row = tuple(fact), (community_id, happened_on, *fact.values())
        with self._carried(fact, community_id) if table == "entry" else nullcontext():
            (new,) = self.voucher.post(table, names, [row], counted_in=month)
        self.again[table, original] = new

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
        sql = """SELECT c.card, c.card_id, c.field, c.before, c.after FROM change c WHERE c.voucher_id = ? ORDER BY c.id"""
        restored: dict[tuple[str, int], dict[str, Any]] = {}
        for table, card_id, field, before, after in self.database.rows(sql, (self.number,)):
            now = self.database.value(f"SELECT CAST({field} AS TEXT) FROM {table} WHERE id = ?", (card_id,))
            if (table, card_id) in self.held:
                continue
            if now == after:
                restored.setdefault((table, card_id), {})[field] = before
            elif now != before:
                self.kept_cards[table, card_id] = "之后又被修改过"
        for (table, card_id), fields in restored.items():
            self.voucher.edit(table, card_id, **fields)
            self.cards += 1

    def _withdraw_cards(self) -> None:
        for table in self.shapes.cards:
            if table == "operator":
                continue
            sql = f"SELECT id FROM {table} WHERE created_in = ? AND withdrawn = 0"
            kept = self.held | self.kept_cards.keys()
            mine = [row[0] for row in self.database.rows(sql, (self.number,)) if (table, row[0]) not in kept]
            self.voucher.edit_many(table, ("withdrawn",), [(1, card_id) for card_id in mine])
            self.cards += len(mine)

    def _listed(self) -> Iterator[Kept]:
        for (table, card_id), why in self.kept_cards.items():
            label = next((c for c in ("code", "name", "text") if c in self.shapes.columns[table]), "id")
            yield Kept(
                f"{NAMES[table]} {self.database.value(f'SELECT {label} FROM {table} WHERE id = ?', (card_id,))}",
                why,
            )
        for (table, fact_id), why in self.kept_facts.items():
            line = self.database.value(f"SELECT line FROM {table} WHERE id = ?", (fact_id,))
            yield Kept(f"{NAMES[table]}（第 {line} 笔）", why)
