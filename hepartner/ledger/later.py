"""Later work: what of a voucher an undo keeps, because something that came after depends on it."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from hepartner import words

from .facts import Reference, stands
from .lineage import Field, Row, Touched, born_in, first_fact
from .once import MERGED
from .persons import cards_beside

if TYPE_CHECKING:
    from .ledger import Ledger


class LaterWork:
    """What of one voucher is taken back and what is kept.

    `standing` are its facts to be taken back and `gone` the counter-facts of what is to be given again, by table; `first` is
    what the voucher itself posted of each. `made` are the cards to be withdrawn, `withdrawn` those to be set in force again,
    `fields` what is to be set as it was. What is kept is in `facts` and `cards`, each with the sentence that says why; `held`
    are cards that stay as they are. `refused` is what guards of the database refused to take back in an earlier attempt.
    """

    def __init__(self, ledger: "Ledger", touched: Touched, action: str, refused: dict[Row, str]) -> None:
        self.database, self.shapes, self.counts = ledger.database, ledger.shapes, ledger.counts
        self.own, self.number, self.action = touched, touched.number, action
        self.facts = {row: why for row, why in refused.items() if row[0] in self.shapes.facts}
        self.cards = {row: why for row, why in refused.items() if row[0] in self.shapes.cards}
        self.standing: dict[str, list[int]] = defaultdict(list)
        self.gone: dict[str, list[int]] = defaultdict(list)
        self.made: dict[str, list[int]] = {}
        self.withdrawn: set[Row] = set()
        self.fields: list[Field] = []
        self.changed: dict[Row, str] = {}
        self.first: dict[Row, int] = {}
        self._last: dict[Row, int] = {}
        self._touched: set[str] = set()
        self._gather_lines()
        self._gather_cards()
        self.held = set(self.cards)
        self._find()
        self.database.write("DROP TABLE temp.touched")

    # What there is to take back

    def _gather_lines(self) -> None:
        """List the facts; under each number that a fact ever had, since what names it may name any of them."""
        self.database.write(
            "CREATE TEMP TABLE touched (noun TEXT, id INTEGER, last INTEGER, again INTEGER, PRIMARY KEY (noun, id))"
        )
        for table in self.shapes.facts:
            for ids, _, again, changed_in in self.own.lines(table):
                if changed_in is None:
                    (self.gone if again else self.standing)[table].append(ids[-1])
                elif table in self.shapes.steps:
                    self.facts[table, ids[-1]] = f"之后的凭证 V{changed_in} 已有后续步骤"
                else:
                    self.changed[table, ids[-1]] = f"之后的凭证 V{changed_in} 已改动它"
                    continue
                self._touched.add(table)
                self.first[table, ids[-1]] = ids[0]
                self._last |= {(table, one): ids[-1] for one in ids}
                self._touch(table, ((one, ids[-1], again) for one in ids))

    def _gather_cards(self) -> None:
        for field in self.own.fields():
            if field.name == "withdrawn" and field.mine:
                if field.before == "0":
                    self.withdrawn.add((field.table, field.card_id))
                else:
                    self.made.setdefault(field.table, []).append(field.card_id)
            else:
                self._gather_field(field)
        for table in self.shapes.cards:
            self.made[table] = sorted({*self.made.get(table, ()), *self.own.made(table)})
            self._touch(table, ((card, card, 0) for card in self.made[table]))

    def _gather_field(self, field: Field) -> None:
        now = self.own.now(field)
        if field.mine and now == field.after:
            self.fields.append(field)
        elif now != field.before and not field.gone:
            whose = self.cards if self.own.back else self.changed
            whose[field.table, field.card_id] = "之后又被修改过"

    def _touch(self, noun: str, rows: Iterable[tuple[int, int, int]]) -> None:
        self.database.write_many(
            "INSERT OR IGNORE INTO temp.touched (noun, id, last, again) VALUES (?, ?, ?, ?)",
            ((noun, *row) for row in rows),
        )

    # What of it is kept

    def _find(self) -> None:
        self._keep_named()
        self._keep_earlier_steps()
        self._keep_folded_into()
        self._keep_repeated()
        self._keep_edited_cards()
        self._keep_used_categories()
        self._keep_moved_with_entries()
        self._keep_partners_with_points()
        self._keep_withdrawn()
        self._keep_together()
        self._hold_notes()

    def _keep_named(self) -> None:
        called = words.gathered("TABLES")
        for reference in self.shapes.references:
            table, target = reference.table, reference.target
            later, seen, in_force = self._later(reference)
            sql = f"""SELECT t.last, min({seen}) FROM temp.touched t JOIN {table} c ON c.{reference.column} = t.id
                WHERE t.noun = '{target}' AND {later} > :v AND {in_force} AND {_not_touched(table)} GROUP BY 1"""
            kept = self.facts if target in self.shapes.facts else self.cards
            for row_id, by in self.database.rows(sql, {"v": self.number}):
                kept[target, row_id] = f"之后的凭证 V{by}（{called[table]}）要用到它"

    def _later(self, reference: Reference) -> tuple[str, str, str]:
        """Return SQL for the voucher that names, for the one to be shown, and for the naming being in force."""
        if reference.table in self.shapes.cards:
            named_in = _named_in(reference)
            return named_in, named_in, "c.withdrawn = 0"
        in_force = stands(reference.table, "c")
        if reference.table == "entry":
            # What was carried along names whom it passed; the merger itself names whom it was for.
            in_force += " AND c.kind <> 'transfer'"
        return "c.voucher_id", born_in(reference.table, "c"), in_force

    def _keep_earlier_steps(self) -> None:
        for table, of in self.shapes.steps.items():
            born = born_in(table, "c")
            sql = f"""SELECT t.last, min({born}) FROM temp.touched t JOIN {table} f ON f.id = t.last
                JOIN {table} c ON c.{of} = f.{of} AND c.voucher_id > :v
                WHERE t.noun = '{table}' AND {stands(table, "c")} AND {_not_touched(table)} AND {born} > :v GROUP BY 1"""
            for fact_id, later in self.database.rows(sql, {"v": self.number}):
                self.facts[table, fact_id] = f"之后的凭证 V{later} 已有后续步骤"

    def _keep_folded_into(self) -> None:
        """What a later merger kept of two, folding the other into it, stays: the person would be left with neither."""
        for table, once in self.counts.once().items():
            fact, born = once.fact, born_in(once.fact, "f")
            sql = f"""SELECT t.id, min({born}) FROM temp.touched t JOIN {table} o ON o.id = t.id
                JOIN {table} c ON {once.alike("o", "c")} AND c.partner_id IN {cards_beside("o.partner_id")}
                  AND {once.began("c")} >= {once.began("o")}
                JOIN {fact} f ON f.{table}_id = c.id AND f.event = '{MERGED}' AND {stands(fact, "f")}
                WHERE t.noun = '{table}' AND {born} > :v AND {once.goes_on("o")} GROUP BY t.id"""
            for card_id, later in self.database.rows(sql, {"v": self.number}):
                self.cards.setdefault((table, card_id), f"之后的凭证 V{later} 合并时把另一份并入了它")

    def _keep_repeated(self) -> None:
        """Of facts alike, of which a later merger took the others back, the one stays: the person would be left with none."""
        for table, repeated in self.counts.repeated().items():
            sql = f"""SELECT t.last, min(k.voucher_id) FROM standing m
                CROSS JOIN {table} k ON k.voucher_id = m.voucher_id AND k.sign = -1
                CROSS JOIN temp.touched t ON t.noun = '{table}' AND t.id = t.last AND NOT t.again
                JOIN {table} f ON f.id = t.last AND f.id <> k.reverses_id
                WHERE m.event = 'merged' AND m.sign = 1 AND m.voucher_id > :v AND {repeated.alike}
                  AND NOT EXISTS (SELECT 1 FROM {table} a WHERE a.restores_id = k.id) GROUP BY t.last"""
            for fact_id, later in self.database.rows(sql, {"v": self.number}):
                self.facts.setdefault((table, fact_id), f"之后的凭证 V{later} 合并时收回了与它重复的一笔")

    def _keep_edited_cards(self) -> None:
        """A card made here that later vouchers changed for good is later work."""
        for table, made in self.made.items():
            if not made:
                continue
            same = "d.card = c.card AND d.card_id = c.card_id AND d.field = c.field AND d.voucher_id > :v"
            sql = f"""SELECT t.id, min(c.voucher_id) FROM temp.touched t
                JOIN change c ON c.card = '{table}' AND c.card_id = t.id AND c.voucher_id > :v
                WHERE t.noun = '{table}' AND c.id = (SELECT min(d.id) FROM change d WHERE {same})
                  AND c.before IS NOT (SELECT d.after FROM change d WHERE {same} ORDER BY d.id DESC LIMIT 1)
                GROUP BY t.id"""
            for card_id, later in self.database.rows(sql, {"v": self.number}):
                self.cards.setdefault((table, card_id), f"之后的凭证 V{later} 修改过它")

    def _keep_used_categories(self) -> None:
        """Issues name their category by its code, and a month once reported lists it."""
        reported = "e.counted_in <= (SELECT month FROM closed_month m WHERE m.community_id = e.community_id)"
        sql = f"""SELECT t.id, min(e.voucher_id) FROM temp.touched t JOIN issue_category k ON k.id = t.id
            JOIN issue_event e ON e.category = k.code AND e.voucher_id > :v
            WHERE t.noun = 'issue_category' AND ({stands("issue_event", "e")} OR {reported}) GROUP BY 1"""
        for category, later in self.database.rows(sql, {"v": self.number}):
            self.cards["issue_category", category] = f"之后的凭证 V{later}（问题办理）要用到它"

    def _keep_moved_with_entries(self) -> None:
        """Points that came after a move stand in the new community, so the move stays."""
        if self.action != "partner.move":
            return
        sql = f"""SELECT t.last, min(e.voucher_id) FROM temp.touched t JOIN standing i ON i.id = t.last AND i.event = 'moved_in'
            JOIN entry e ON e.partner_id = i.partner_id AND e.community_id = i.community_id AND e.voucher_id > :v
            WHERE t.noun = 'standing' AND NOT t.again AND e.kind <> 'transfer' AND {stands("entry", "e")} GROUP BY 1"""
        for fact_id, later in self.database.rows(sql, {"v": self.number}):
            self.facts["standing", fact_id] = f"之后的凭证 V{later} 已在新社区记积分，可再迁移回去"

    def _keep_partners_with_points(self) -> None:
        sql = """SELECT t.id, b.points FROM temp.touched t JOIN balance b ON b.partner_id = t.id
            WHERE t.noun = 'partner' AND points > 0"""
        for partner_id, points in self.database.rows(sql):
            self.cards.setdefault(("partner", partner_id), f"名下还有 {points} 分")

    def _keep_withdrawn(self) -> None:
        """What would be given again stays gone if it names a card that is gone."""
        called = words.gathered("TABLES")
        again: dict[str, set[int]] = defaultdict(set)
        for table, card_id in self.withdrawn:
            again[table].add(card_id)
        for field in self.fields:
            again[field.table].add(field.card_id)
        for table, column, target in self.shapes.references:
            if target not in self.shapes.cards:
                continue
            why = f"它要用到的{called[target]}已撤销，请先恢复那一张"
            for row_id, named in self._naming_withdrawn(table, column, target, again):
                if (target, named) in self.withdrawn:
                    continue
                if table in self.shapes.facts:
                    self.facts[table, row_id] = why
                else:
                    self.cards[table, row_id] = why
                    self.held.add((table, row_id))

    def _naming_withdrawn(
        self, table: str, column: str, target: str, again: dict[str, set[int]]
    ) -> list[tuple[int, int]]:
        """Return rows that would come again and the withdrawn card that each names in a column."""
        gone = f"JOIN {target} g ON g.id = c.{column} AND g.withdrawn = 1"
        if table in self.shapes.facts:
            sql = f"""SELECT c.id, g.id FROM temp.touched t JOIN {table} c ON c.id = t.last {gone}
                WHERE t.noun = '{table}' AND t.again AND t.id = t.last"""
            return self.database.rows(sql)
        found = []
        if again[table] & {row_id for noun, row_id in self.withdrawn if noun == table}:
            sql = f"SELECT c.id, g.id FROM json_each(?) j JOIN {table} c ON c.id = j.value {gone}"
            found = self.database.rows(sql, (str(sorted(again[table])),))
        for field in self.fields:
            if (field.table, field.name) == (table, column) and field.before is not None:
                sql = f"SELECT ?, id FROM {target} WHERE id = ? AND withdrawn = 1"
                found += self.database.rows(sql, (field.card_id, field.before))
        return found

    def _keep_together(self) -> None:
        """What names something kept is kept; a card that a kept fact is about is held as it is."""
        before = -1
        while before != len(self.facts):
            before = len(self.facts)
            for reference in self.shapes.references:
                if reference.table in self.shapes.facts:
                    self._tie(reference)
            self._keep_wholes()
            self._keep_rewards()

    def _hold_notes(self) -> None:
        """What is noted of a fact that is kept stays as it is, with it."""
        for table in {kept for kept, _ in self.facts}:
            sql = f"""SELECT n.id FROM json_each(?) j JOIN {table} k ON k.id = j.value
                JOIN {table} f ON f.id = ifnull(k.reverses_id, k.id) JOIN {table} o ON o.id = {first_fact(table, "f")}
                JOIN note n ON n.about_voucher_id = o.voucher_id AND n.about_line = o.line"""
            kept = str([fact_id for of, fact_id in self.facts if of == table])
            self.held |= {("note", note_id) for (note_id,) in self.database.rows(sql, (kept,))}

    def _tie(self, reference: Reference) -> None:
        table, target = reference.table, reference.target
        if table not in self._touched or not (self.gone[table] or self.facts or self.cards):
            return
        kept = self.facts if target in self.shapes.facts else self.cards
        sql = f"""SELECT f.id, f.{reference.column}, t.again FROM temp.touched t JOIN {table} f ON f.id = t.last
            WHERE t.noun = '{table}' AND t.id = t.last AND f.{reference.column} IS NOT NULL"""
        for fact_id, named, again in self.database.rows(sql):
            known, in_force = self._last.get((target, named), named), True
            if again and target in self.shapes.facts:
                known, in_force = self.end(target, named)
            if (target, known) in kept:
                self.facts.setdefault((table, fact_id), kept[target, known])
            elif not in_force and known not in self.gone[target]:
                why = f"它要用到的{words.gathered('TABLES')[target]}已撤销，请先恢复那一笔"
                self.facts.setdefault((table, fact_id), why)
            if (table, fact_id) in self.facts and target in self.shapes.cards:
                self.held.add((target, named))

    def end(self, table: str, fact_id: int) -> tuple[int, bool]:
        """Return the last of a fact's line and whether it is in force: what gave it again, or took it back for good."""
        sql = f"""SELECT k.id, a.id FROM {table} k LEFT JOIN {table} a ON a.restores_id = k.id WHERE k.reverses_id = ?"""
        while countered := self.database.row(sql, (fact_id,)):
            counter_id, again = countered
            if again is None:
                return counter_id, False
            fact_id = again
        return fact_id, True

    def notes_of_kept(self) -> set[Row]:
        """Return the notes about facts that stay as they are: what was said of them stays so too."""
        kept = (
            (table, row_id) for table, row_id in (*self.facts, *self.changed) if table in self.shapes.facts
        )
        notes = (self.database.rows(_notes_of(table), (fact_id,)) for table, fact_id in kept)
        return {("note", note) for rows in notes for (note,) in rows}

    def as_written(self, gone: dict[str, list[int]]) -> list[Row]:
        """Return what is to be given again as it was written first: guards ask for what a fact rests on.

        A slip comes with its points and goods, before the next one is paid. The standing of partners is given again while it
        is taken back.
        """
        written = []
        for table in gone.keys() - {"standing"}:
            slip = "o.redemption_id" if "redemption_id" in self.shapes.columns[table] else "NULL"
            sql = f"""WITH RECURSIVE up(voucher_id, line, restores_id, slip) AS (
                  SELECT o.voucher_id, o.line, o.restores_id, {slip}
                    FROM {table} k JOIN {table} o ON o.id = k.reverses_id WHERE k.id = ?
                  UNION ALL SELECT o.voucher_id, o.line, o.restores_id, {slip}
                    FROM up JOIN {table} k ON k.id = up.restores_id JOIN {table} o ON o.id = k.reverses_id)
                SELECT voucher_id, ifnull((SELECT r.line FROM redemption r WHERE r.id = slip), line), line
                FROM up WHERE restores_id IS NULL"""
            written += [(*self.database.row(sql, (fact_id,)), table, fact_id) for fact_id in gone[table]]
        return [(table, fact_id) for *_, table, fact_id in sorted(written)]

    def _keep_wholes(self) -> None:
        """Keep together what stands or falls together: the steps of one thing; a slip, its points and its goods."""
        touched = (
            "FROM temp.touched t JOIN {table} f ON f.id = t.last WHERE t.noun = '{table}' AND t.id = t.last"
        )
        selects = [
            f"SELECT '{of}' || {of}, '{table}', f.id {touched.format(table=table)}"
            for table, of in self.shapes.steps.items()
        ]
        selects.append(
            f"SELECT 'slip' || ifnull(reverses_id, f.id), 'redemption', f.id {touched.format(table='redemption')}"
        )
        selects += [
            f"SELECT 'slip' || redemption_id, '{table}', f.id {touched.format(table=table)} AND kind = 'redeem'"
            for table in ("entry", "stock_move")
        ]
        rows = self.database.rows(f"{' UNION ALL '.join(selects)} ORDER BY 1")
        for _, parts in groupby(rows, key=lambda row: row[0]):
            facts = [(table, fact_id) for _, table, fact_id in parts]
            for why in [self.facts[fact] for fact in facts if fact in self.facts][:1]:
                self.facts |= dict.fromkeys(facts, why)

    def _keep_rewards(self) -> None:
        """Points that would come again stay gone where nothing says any more what they were given for, though it names them."""
        before = "ifnull(e.reverses_id, e.restores_id)"
        for table, column, target in self.shapes.references:
            if target != "entry" or not self.gone[target]:
                continue
            sql = f"""WITH RECURSIVE up(last, id, before) AS (
                  SELECT t.last, e.id, {before} FROM temp.touched t JOIN entry e ON e.id = t.last
                    WHERE t.noun = 'entry' AND t.again AND t.id = t.last
                  UNION ALL SELECT up.last, e.id, {before} FROM up JOIN entry e ON e.id = up.before)
                SELECT up.last, k.id FROM up JOIN {table} k ON k.{column} = up.id AND k.sign = 1"""
            saying: dict[int, list[tuple[int, bool]]] = defaultdict(list)
            for entry_id, fact_id in self.database.rows(sql):
                saying[entry_id].append(self.end(table, fact_id))
            coming = {last for last in self.gone[table] if (table, last) not in self.facts}
            for entry_id, ends in saying.items():
                if not any(in_force or last in coming for last, in_force in ends):
                    why = f"它要用到的{words.gathered('TABLES')[table]}已撤销，请先恢复那一笔"
                    self.facts.setdefault((target, entry_id), self.facts.get((table, ends[-1][0]), why))


def _notes_of(table: str) -> str:
    """SQL for the notes about a fact, or about what it takes back or gives again."""
    before = "ifnull(f.reverses_id, f.restores_id)"
    return f"""WITH RECURSIVE up(voucher_id, line, before) AS (
          SELECT f.voucher_id, f.line, {before} FROM {table} f WHERE f.id = ?
          UNION ALL SELECT f.voucher_id, f.line, {before} FROM up JOIN {table} f ON f.id = up.before)
        SELECT n.id FROM up JOIN note n ON n.about_voucher_id = up.voucher_id AND n.about_line = up.line"""


def _not_touched(table: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM temp.touched m WHERE m.noun = '{table}' AND m.id = c.id)"


def _named_in(reference: Reference) -> str:
    """SQL for the voucher after `:v` in which a card `c` came to name `t`: the one that made it, or an edit of an older card."""
    return f"""CASE WHEN c.created_in > :v THEN c.created_in ELSE (
      SELECT iif(d.before IS CAST(t.id AS TEXT), NULL, d.voucher_id) FROM change d WHERE d.card = '{reference.table}'
        AND d.card_id = c.id AND d.field = '{reference.column}' AND d.voucher_id > :v ORDER BY d.id LIMIT 1) END"""
