"""Later work: what of a voucher an undo keeps, because something that came after depends on it."""

from itertools import groupby
from typing import TYPE_CHECKING

from hepartner import words

from .facts import Reference, stands

if TYPE_CHECKING:
    from .ledger import Ledger

Row = tuple[str, int]
"""A table and the id of one of its rows."""


class LaterWork:
    """What of one voucher is kept: facts and cards, each with the sentence that says why, and cards held as they are.

    `refused` is what guards of the database refused to take back in an earlier attempt.
    """

    def __init__(self, ledger: "Ledger", number: int, action: str, refused: dict[Row, str]) -> None:
        self.database, self.shapes = ledger.database, ledger.shapes
        self.number, self.action = number, action
        self.facts = {row: why for row, why in refused.items() if row[0] in self.shapes.facts}
        self.cards = {row: why for row, why in refused.items() if row[0] in self.shapes.cards}
        self.held = set(self.cards)
        self._find()

    def _find(self) -> None:
        called = words.gathered("TABLES")
        for reference in self.shapes.references:
            mine = "voucher_id" if reference.target in self.shapes.facts else "created_in"
            theirs, in_force = self._later(reference.table)
            named_in = _named_in(reference) if theirs == "created_in" else f"c.{theirs}"
            sql = f"""SELECT f.id, min({named_in}) FROM {reference.target} f
                JOIN {reference.table} c ON c.{reference.column} = f.id
                WHERE f.{mine} = :v AND {named_in} > :v AND {in_force} GROUP BY f.id"""
            kept = self.facts if mine == "voucher_id" else self.cards
            for row_id, later in self.database.rows(sql, {"v": self.number}):
                kept[reference.target, row_id] = f"之后的凭证 V{later}（{called[reference.table]}）要用到它"
        self._keep_earlier_steps()
        self._keep_edited_cards()
        self._keep_used_categories()
        self._keep_moved_with_entries()
        self._keep_partners_with_points()
        self._keep_together()

    def _later(self, table: str) -> tuple[str, str]:
        if table in self.shapes.cards:
            return "created_in", "c.withdrawn = 0"
        return "voucher_id", stands(table, "c")

    def _keep_earlier_steps(self) -> None:
        for table, of in self.shapes.steps.items():
            _, in_force = self._later(table)
            sql = f"""SELECT f.id, min(c.voucher_id) FROM {table} f JOIN {table} c ON c.{of} = f.{of}
                WHERE f.voucher_id = :v AND c.voucher_id > :v AND {in_force} GROUP BY f.id"""
            for fact_id, later in self.database.rows(sql, {"v": self.number}):
                self.facts[table, fact_id] = f"之后的凭证 V{later} 已有后续步骤"

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
                self.cards.setdefault((table, card_id), f"之后的凭证 V{later} 修改过它")

    def _keep_used_categories(self) -> None:
        """Issues name their category by its code, and a month once reported lists it."""
        sql = """SELECT k.id, min(e.voucher_id) FROM issue_category k JOIN issue_event e ON e.category = k.code
            WHERE k.created_in = :v AND e.voucher_id > :v GROUP BY k.id"""
        for category, later in self.database.rows(sql, {"v": self.number}):
            self.cards["issue_category", category] = f"之后的凭证 V{later}（问题办理）要用到它"

    def _keep_moved_with_entries(self) -> None:
        """Points that came after a move stand in the new community, so the move stays."""
        if self.action != "partner.move":
            return
        sql = """SELECT f.id, min(e.voucher_id) FROM standing f JOIN standing i
              ON i.voucher_id = f.voucher_id AND i.partner_id = f.partner_id AND i.event = 'moved_in'
            JOIN entry e ON e.partner_id = i.partner_id AND e.community_id = i.community_id AND e.voucher_id > :v
            WHERE f.voucher_id = :v GROUP BY f.id"""
        for fact_id, later in self.database.rows(sql, {"v": self.number}):
            self.facts["standing", fact_id] = f"之后的凭证 V{later} 已在新社区记积分，可再迁移回去"

    def _keep_partners_with_points(self) -> None:
        sql = "SELECT p.id, b.points FROM partner p JOIN balance b ON b.partner_id = p.id WHERE created_in = ? AND points > 0"
        for partner_id, points in self.database.rows(sql, (self.number,)):
            self.cards.setdefault(("partner", partner_id), f"名下还有 {points} 分")

    def _keep_together(self) -> None:
        """What names something kept is kept; a card that a kept fact is about is held as it is."""
        before = -1
        while before != len(self.facts):
            before = len(self.facts)
            if self.facts or self.cards:
                for reference in self.shapes.references:
                    if reference.table in self.shapes.facts:
                        self._tie(reference)
                self._keep_wholes()

    def _tie(self, reference: Reference) -> None:
        table, target = reference.table, reference.target
        kept = self.facts if target in self.shapes.facts else self.cards
        sql = f"SELECT id, {reference.column} FROM {table} WHERE voucher_id = ? AND {reference.column} IS NOT NULL"
        for fact_id, named in self.database.rows(sql, (self.number,)):
            if (target, named) in kept:
                self.facts.setdefault((table, fact_id), kept[target, named])
            if (table, fact_id) in self.facts and target in self.shapes.cards:
                self.held.add((target, named))

    def _keep_wholes(self) -> None:
        """Keep together what stands or falls together: the steps of one thing; a slip, its points and its goods."""
        mine = "FROM {table} WHERE voucher_id = :v"
        selects = [
            f"SELECT '{of}' || {of}, '{table}', id {mine.format(table=table)}"
            for table, of in self.shapes.steps.items()
        ]
        selects.append(
            f"SELECT 'slip' || ifnull(reverses_id, id), 'redemption', id {mine.format(table='redemption')}"
        )
        selects += [
            f"SELECT 'slip' || redemption_id, '{table}', id {mine.format(table=table)} AND kind = 'redeem'"
            for table in ("entry", "stock_move")
        ]
        rows = self.database.rows(f"{' UNION ALL '.join(selects)} ORDER BY 1", {"v": self.number})
        for _, parts in groupby(rows, key=lambda row: row[0]):
            facts = [(table, fact_id) for _, table, fact_id in parts]
            for why in [self.facts[fact] for fact in facts if fact in self.facts][:1]:
                self.facts |= dict.fromkeys(facts, why)


def _named_in(reference: Reference) -> str:
    """SQL for the voucher after `:v` in which a card `c` came to name `f`: the one that made it, or an edit of an older card."""
    return f"""CASE WHEN c.created_in > :v THEN c.created_in ELSE (
      SELECT iif(d.before IS CAST(f.id AS TEXT), NULL, d.voucher_id) FROM change d WHERE d.card = '{reference.table}'
        AND d.card_id = c.id AND d.field = '{reference.column}' AND d.voucher_id > :v ORDER BY d.id LIMIT 1) END"""
