"""Labels: what a row of any table is called in a list that people read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Database
    from .facts import Shapes


class Labels:
    """Calls rows by the cards they are about."""

    def __init__(self, database: "Database", shapes: "Shapes") -> None:
        self.database, self.shapes = database, shapes

    def of(self, table: str, row_id: int) -> str:
        """Return what a fact or a card is called."""
        return self._fact_label(table, row_id) if table in self.shapes.facts else self._label(table, row_id)

    def _label(self, table: str, card_id: int) -> str:
        """Return a card's code or words, or whom and what it is about: 柏乐口腔、幸福里社区."""
        if table == "note":
            return f"V{self.database.value('SELECT about_voucher_id FROM note WHERE id = ?', (card_id,))}"
        own = self._word(table, ("code", "name", "text"))
        if own:
            return str(self.database.value(f"SELECT {own} FROM {table} WHERE id = ?", (card_id,)))
        return self._about(table, card_id)

    def _fact_label(self, table: str, fact_id: int) -> str:
        """Return whom and what a fact is about, and its day (of a dated rule, from which it holds): 王芳、义诊 2025-03-05."""
        day = self.database.value(f"SELECT {self._day(table)} FROM {table} WHERE id = ?", (fact_id,))
        return f"{self._about(table, fact_id)} {day}".lstrip()

    def _day(self, table: str) -> str:
        return "valid_from" if "valid_from" in self.shapes.columns[table] else "happened_on"

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
