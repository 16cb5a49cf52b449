"""Every guard of the database by name, table by table, and what each lets pass once it is gone."""

import re
import sqlite3
from collections.abc import Iterator
from itertools import chain, product
from typing import NamedTuple

from tests.guards.attempts import Attempt, Outcome, outcome

CHECK = re.compile(r"\n\tCONSTRAINT (\w+) CHECK \((.*)\)(, )?")
UNIQUE = re.compile(r"\n\tUNIQUE \(([^)]*)\)(, )?")
STRANGE = (
    None, 0, 1, -1, 2, 57, 1441, 3651, 1_000_001, -1_000_001, 10_000_001, -10_000_001, "", "x", "2025-02-30", "2025-1-1",
    "2026-01-31", "2025-13", "2024-01", "9999-12", "0001-01-01", "merged", "confirmed", "transfer", "day",
)  # fmt: skip

Row = tuple[object, ...]


class Table(NamedTuple):
    """A table as it was created, some of its rows, its columns, and its unique indexes as they were created."""

    name: str
    created: str
    columns: list[str]
    rows: list[Row]
    indexes: dict[str, str]


def tables(connection: sqlite3.Connection) -> Iterator[Table]:
    """Yield every table of a ledger."""
    found = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    for name, created in connection.execute(found).fetchall():
        columns = [
            column
            for (column,) in connection.execute(f"SELECT name FROM pragma_table_info('{name}') ORDER BY cid")
        ]
        unique = f"SELECT name, sql FROM sqlite_master WHERE tbl_name = '{name}' AND sql LIKE 'CREATE UNIQUE%' ORDER BY 1"
        rows = connection.execute(f"SELECT * FROM {name} LIMIT 60").fetchall()
        yield Table(name, created, columns, rows, dict(connection.execute(unique)))


def names(table: Table, connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the name of every guard of a table: triggers, CHECKs, unique keys, references, columns that are never NULL."""
    triggers = (
        f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table.name}' ORDER BY 1"
    )
    yield from (f"trigger {name}" for (name,) in connection.execute(triggers))
    yield from (f"CHECK {found[1]}" for found in CHECK.finditer(table.created))
    yield from (f"UNIQUE ({found[1]})" for found in UNIQUE.finditer(table.created))
    yield from (f"unique index {name}" for name in table.indexes)
    references = f'SELECT "from", "table" FROM pragma_foreign_key_list(\'{table.name}\') ORDER BY 1'
    named = ", ".join(f"{column} → {target}" for column, target in connection.execute(references))
    yield f"references {named or 'nothing'}"
    nullable = (
        f"SELECT name FROM pragma_table_info('{table.name}') WHERE NOT \"notnull\" AND NOT pk ORDER BY 1"
    )
    yield f"NULL in {', '.join(name for (name,) in connection.execute(nullable)) or 'no column'}"
    yield "STRICT" if table.created.rstrip().endswith("STRICT") else "not STRICT"


# What is taken without them


def lets_pass(before: Outcome, after: Outcome) -> bool:
    """Tell whether a guard carried a load: what it refused is taken without it, or what it did does not happen."""
    return after[0] == "accepted" and before != after


def without_trigger(
    connection: sqlite3.Connection, trigger: str, tried: dict[Attempt, Outcome]
) -> Attempt | None:
    """Return the first attempt that a trigger alone had refused, or that shows what it does."""
    (created,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
    about = [attempt for attempt in tried if attempt.guard == trigger]
    # Not in a transaction that is rolled back: SQLite would read the whole schema again, each time.
    connection.execute(f"DROP TRIGGER {trigger}")
    try:
        return next((one for one in about if lets_pass(tried[one], outcome(connection, one))), None)
    finally:
        connection.execute(created)


def without_check(table: Table, check: re.Match[str]) -> str | None:
    """Return what a row says that this CHECK alone refuses: the columns that it asks about, with their values."""
    whole, without = bare(table.created), bare(_without(table.created, check[0]))
    places = [place for place, name in enumerate(table.columns) if re.search(rf"\b{name}\b", check[2])]
    tried = chain.from_iterable(strange(known, places) for known in table.rows)
    for row in tried:
        if check[1] in taken(whole, table.name, row) and not taken(without, table.name, row):
            return ", ".join(f"{table.columns[place]} = {_shown(row[place])}" for place in places)
    return None


def without_key(table: Table, key: str) -> str | None:
    """Return the columns of a unique key, by its columns or its index, if it alone refuses a row that says the same in them.

    Keys that hold for some rows only are tried with rows that say something in all their columns.
    """
    kept = {name: sql for name, sql in table.indexes.items() if name != key}
    inline = next((found for found in UNIQUE.finditer(table.created) if found[1] == key), None)
    whole = bare(table.created, *table.indexes.values(), checked=False)
    without = bare(
        _without(table.created, inline[0]) if inline else table.created, *kept.values(), checked=False
    )
    asked = key if inline else re.split(r"\bON \w+ ", table.indexes[key])[1]
    equal = [place for place, name in enumerate(table.columns) if re.search(rf"\b{name}\b", asked)]
    for known in table.rows:
        row = tuple(
            value if place not in equal or value else _said(table, place) for place, value in enumerate(known)
        )
        twin = tuple(value if place in equal else _other(value) for place, value in enumerate(row))
        for connection in (whole, without):
            connection.execute(f"DELETE FROM {table.name}")
            taken(connection, table.name, row, leave=True)
        if "UNIQUE" in taken(whole, table.name, twin) and not taken(without, table.name, twin):
            return ", ".join(table.columns[place] for place in equal)
    return None


def bare(created: str, *indexes: str, checked: bool = True) -> sqlite3.Connection:
    """Make a table alone in memory, without triggers and what it refers to."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA ignore_check_constraints = {int(not checked)}")
    for statement in (created, *indexes):
        connection.execute(statement)
    return connection


def strange(row: Row, places: list[int]) -> Iterator[Row]:
    """Yield a row with a value at one of the places made strange, and perhaps one other value."""
    for one, other in product(places, range(len(row))):
        for value, second in product(STRANGE, STRANGE if one != other else (None,)):
            changed = list(row)
            changed[other], changed[one] = second, value
            yield tuple(changed)


def taken(connection: sqlite3.Connection, table: str, row: Row, *, leave: bool = False) -> str:
    """Insert a row and take it out again, unless it is to be left; return why it was refused, '' if it was not."""
    try:
        made = connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    except sqlite3.IntegrityError as error:
        return str(error)
    if not leave:
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (made.lastrowid,))
    return ""


def _shown(value: object) -> str:
    """Return a value as it is written down: hashes are others each time."""
    return "'…'" if len(str(value)) > 30 else repr(value)


def _without(created: str, part: str) -> str:
    return re.sub(r", (?=\n\)|$)", "", created.replace(part, "", 1))


def _said(table: Table, place: int) -> object:
    """Return a value for a column that says nothing, 0 if that may be what the key asks for."""
    name = table.columns[place]
    return 0 if name == "withdrawn" else 7 if re.search(rf"\n\t{name} INTEGER", table.created) else "7"


def _other(value: object) -> object:
    """Return another value of the same type."""
    return value + 1_000_000 if isinstance(value, int) else f"{value}7" if isinstance(value, str) else value
