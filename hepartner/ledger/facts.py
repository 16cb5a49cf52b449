"""What the ledger knows of its own tables: which hold facts, their columns, and which table names which.

Read once per connection from SQLite itself, so that the SQLModel tables stay the only place where a column is written down
and the counter lane needs no import of them.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from .database import Database

IDENTITY = ("id", "voucher_id", "line", "counted_in", "sign", "reverses_id", "restores_id")
"""The columns in which a counter-fact differs from its fact."""

SIGNED = {"entry": "points", "stock_move": "quantity"}
"""The one column of a table that is negated in a counter-fact; everything else is copied and multiplied by `sign`."""


def stands(table: str, alias: str, *, seen: str = "") -> str:
    """Return SQL that holds for a fact `alias` of a table that was not taken back.

    `seen` narrows down which counter-facts `r` are looked at, as where something stood so at the end of a month.
    """
    also = seen and f" AND {seen}"
    return f"{alias}.sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = {alias}.id{also})"


class Taking(NamedTuple):
    """Facts of `table` in which the partner named by `column` takes part; of steps with a `delta`, those that begin."""

    table: str
    column: str
    steps: bool


def takings(guards: Iterable[tuple[str, str]], columns: Mapping[str, Collection[str]]) -> tuple[Taking, ...]:
    """Return in what partners take part, by the guards (name and table) that ask whether they were here: `…_present`."""
    asking = ((name.removesuffix("_present"), table) for name, table in guards if name.endswith("_present"))
    return tuple(
        Taking(table, f"{name.removeprefix(table).lstrip('_') or 'partner'}_id", "delta" in columns[table])
        for name, table in asking
    )


def taken_part(found: Iterable[Taking], cards: str) -> str:
    """Return SQL that lists facts in force (`noun`, `id`, `happened_on`) in which a partner of the list `cards` takes part."""
    return " UNION ALL ".join(
        f"SELECT '{one.table}' AS noun, t.id, t.happened_on FROM {one.table} t WHERE t.{one.column} IN {cards}"
        f"{' AND t.delta = 1' * one.steps} AND {stands(one.table, 't')}"
        for one in found
    )


def first_told(table: str, of: str) -> str:
    """Return SQL of a `WITH RECURSIVE` that gives each step in force of what `of` names (`?`) and the one `first` posted for it.

    An edit takes steps back and posts them anew in one voucher, in their order, and an undo posts again what was taken back;
    who did the step is who wrote it down first, and there its note stands.
    """
    same = f"s.voucher_id = x.voucher_id AND s.{of} = x.{of}"
    return f"""told(id, first) AS (
      SELECT e.id, e.id FROM {table} e WHERE e.{of} = ? AND {stands(table, "e")}
      UNION ALL SELECT told.id, o.id FROM told JOIN {table} x ON x.id = told.first
        JOIN {table} r ON r.{of} = x.{of} AND r.sign = -1 JOIN {table} o ON o.id = r.reverses_id
        WHERE r.id = x.restores_id OR x.restores_id IS NULL AND r.voucher_id = x.voucher_id
          AND (o.event, o.happened_on) = (x.event, x.happened_on)
          AND (SELECT count(*) FROM {table} s WHERE {same} AND s.sign = 1 AND s.id < x.id
              AND (s.event, s.happened_on) = (x.event, x.happened_on))
            = (SELECT count(*) FROM {table} s JOIN {table} p ON p.id = s.reverses_id WHERE {same} AND p.id < o.id
              AND (p.event, p.happened_on) = (x.event, x.happened_on))),
    began AS (SELECT id, min(first) AS first FROM told GROUP BY id)"""


def given_once(columns: Collection[str]) -> tuple[str, ...]:
    """Return those of a card table's columns that name the card: given when it is made and never changed, nothing personal."""
    code = ("code",) if "number" in columns else ()
    return tuple(
        column for column in ("id", "uid", "created_in", "issuer_id", "number", *code) if column in columns
    )


DESCRIBING = frozenset(
    (
        "name", "name_key", "short_key", "pinyin", "initials", "short_pinyin", "short_initials", "title", "title_key", "text",
        "text_key", "remark", "phone", "phone_tail", "contact", "address", "credit_code", "skills", "place", "purpose",
        "opening_hours", "assignee", "owner", "given_by", "partner.category",
    )
)  # fmt: skip
"""The fields of cards that say in words who or what it is: they may be personal, and blanked one day. What is named with its
table is so there alone."""
SECRET = {"operator": ("pin",)}
"""The fields of cards that stand on the card alone: a change row tells that they changed, and nothing what they say."""
OF_THE_OFFICE = frozenset(("area", "issue_category", "rule", "setting"))
"""The cards in which nothing is personal: all they say is sealed."""


def is_sealed(card: str, field: str) -> bool:
    """Tell whether the values of a field of a card are sealed: all but what describes, and the voucher that changed it last.

    A new column is, unless it is listed in `DESCRIBING`.
    """
    if card in OF_THE_OFFICE:
        return field != "voucher_id"
    return not {field, f"{card}.{field}"} & {*DESCRIBING, *SECRET.get(card, ()), "voucher_id"}


def describes(change: str) -> str:
    """Return SQL that holds for a row `change` of that table whose values are not sealed; the same as `is_sealed` says."""
    fields, offices = (", ".join(f"'{one}'" for one in sorted(some)) for some in (DESCRIBING, OF_THE_OFFICE))
    named = f"{change}.field IN ({fields}) OR {change}.card || '.' || {change}.field IN ({fields})"
    return f"({change}.card NOT IN ({offices}) AND ({named}))"


_OF_AREAS = ("area_founding", "period_closing")


class Reference(NamedTuple):
    """Column `column` of table `table` names a row of table `target`."""

    table: str
    column: str
    target: str


class Shapes:
    """The tables of one open ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._columns: dict[str, tuple[str, ...]] = {}

    def columns_of(self, table: str) -> tuple[str, ...]:
        """Return one table's columns, in their order; what a voucher of a few tables asks for, at a tenth of the time."""
        if table not in self._columns:
            rows = self._database.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
            self._columns[table] = tuple(name for (name,) in rows)
        return self._columns[table]

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Every table's columns, in their order."""
        sql = """SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
            WHERE m.type = 'table' ORDER BY m.name, p.cid"""
        found: dict[str, list[str]] = {}
        for table, column in self._database.rows(sql):
            found.setdefault(table, []).append(column)
        return {table: tuple(columns) for table, columns in found.items()}

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The tables that hold facts, by name."""
        return tuple(table for table, columns in self.columns.items() if "reverses_id" in columns)

    @cached_property
    def cards(self) -> tuple[str, ...]:
        """The tables that hold cards, by name."""
        return tuple(table for table, columns in self.columns.items() if "withdrawn" in columns)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Which column of a fact or card names which fact or card; the bookkeeping columns and a fact's community left out."""
        bookkeeping = {"voucher_id", "created_in", "reverses_id", "restores_id", "pair_id"}
        sql = """SELECT m.name, f."from", f."table" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' ORDER BY 1, 2"""
        found = (Reference(*row) for row in self._database.rows(sql))
        known = {*self.facts, *self.cards}
        return tuple(
            r
            for r in found
            if {r.table, r.target} <= known
            and r.column not in bookkeeping
            # Facts hang on cards of their community; only its founding and its closed months name the community itself.
            and not (r.table in self.facts and r.column == "community_id" and r.table not in _OF_AREAS)
        )

    @cached_property
    def takings(self) -> tuple[Taking, ...]:
        """In what partners take part."""
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        return takings(self._database.rows(sql), self.columns)

    @cached_property
    def last_first(self) -> tuple[str, ...]:
        """The fact tables in the order in which they are taken back: those that name others before what they name.

        Points move first of all, and so are the last to be given again: guards ask what they are given for.
        """
        named = {table: [r.target for r in self.references if r.table == table] for table in self.facts}

        def depth(table: str) -> int:
            return 1 + max((depth(target) for target in named.get(table, ()) if target in named), default=0)

        return tuple(sorted(self.facts, key=lambda table: (table != "entry", -depth(table), table)))

    @cached_property
    def steps(self) -> dict[str, str]:
        """The fact tables whose rows are steps of one thing, and the column that names that thing.

        They have `event`, or a guard `…_once`: what stands once is posted anew by each edit.
        """
        sql = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_once'"
        once = {table for (table,) in self._database.rows(sql)}
        found = [table for table in self.facts if "event" in self.columns[table] or table in once]
        naming = {(r.table, r.column) for r in self.references}
        return {
            table: next(column for column in self.columns[table] if (table, column) in naming)
            for table in found
        }
