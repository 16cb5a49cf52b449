"""Every guard of the database carries a load: without it, something that raw SQL was refused is taken."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.guards.attempts import Outcome, attempts, outcome
from tests.guards.filled import fill
from tests.ledger.conftest import templates

__all__ = ["templates"]


@pytest.fixture(scope="module")
def filled(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with something of everything."""
    path = tmp_path_factory.mktemp("guards") / "台账.db"
    shutil.copy(templates["settled"], path)
    fill(path)
    return path


@pytest.fixture
def raw(filled: Path) -> Iterator[sqlite3.Connection]:
    """A copy of it in memory as any SQLite tool would open it: no pragma set, hence recursive triggers off."""
    connection, file = sqlite3.connect(":memory:", isolation_level=None), sqlite3.connect(filled)
    file.backup(connection)
    file.close()
    yield connection
    connection.close()


# Triggers

STAND_TWICE = {
    (
        "item_guard",
        "FROM item WHERE id = NEW.id)",
    ): "a new item's shelf is refused by stock_new where there is one",
    (
        "partner_guard",
        "FROM partner WHERE id = NEW.id)",
    ): "a new partner's balance is refused by balance_new where there is one",
    (
        "stock_move_enough",
        "这件商品没有库存记录。",
    ): "an item without a shelf is none, which stock_move_of refuses",
}
"""Refusals, by a part of theirs, that another guard repeats; the one that comes first says better what is wrong."""


def lighter(trigger: str) -> Iterator[tuple[str, str | None]]:
    """Yield a trigger removed whole (None is left), and with each of its several refusals removed, or a part of one."""
    yield "all of it", None
    refusals = re.findall(r"\n  SELECT RAISE\(ABORT.*?;(?=\n)", trigger, flags=re.DOTALL)
    if len(refusals) > 1:
        yield from ((refusal.strip(), trigger.replace(refusal, "", 1)) for refusal in refusals)
    for refusal in refusals:
        parts = re.findall(r"EXISTS \(SELECT 1 FROM \w+ WHERE [^()]*\)", refusal)
        if len(parts) > 1 and (whole := " OR ".join(parts)) in refusal:
            for part in parts:
                yield part, trigger.replace(whole, " OR ".join(one for one in parts if one != part), 1)


def carried(before: Outcome, after: Outcome) -> bool:
    """Tell whether a guard carried a load: what it refused is taken without it, or what it did does not happen."""
    return after[0] == "accepted" and before != after


def stands_twice(name: str, removed: str) -> bool:
    """Tell whether a refusal is one of those listed."""
    return any(name == guard and part in removed for guard, part in STAND_TWICE)


def test_what_is_tried_is_refused_or_seen_as_long_as_every_guard_stands(raw: sqlite3.Connection) -> None:
    tried = {attempt: outcome(raw, attempt)[0] for attempt in attempts(raw)}
    assert [
        attempt for attempt in tried if (tried[attempt] == "accepted") != (attempt.look != "SELECT 1")
    ] == []


def test_every_guard_and_every_refusal_in_it_carries_a_load(raw: sqlite3.Connection) -> None:
    tried = {attempt: outcome(raw, attempt) for attempt in attempts(raw)}
    triggers = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
    idle = []
    for name, trigger in triggers.items():
        about = [attempt for attempt in tried if attempt.guard == name]
        for removed, left in lighter(trigger):
            # Not in a transaction that is rolled back: SQLite would read the whole schema again, each time.
            raw.execute(f"DROP TRIGGER {name}")
            if left is not None:
                raw.execute(left)
            if not any(carried(tried[attempt], outcome(raw, attempt)) for attempt in about):
                idle.append((name, removed))
            if left is not None:
                raw.execute(f"DROP TRIGGER {name}")
            raw.execute(trigger)
    assert [one for one in idle if not stands_twice(*one)] == []
    assert len(idle) == len(STAND_TWICE)


# Constraints

CHECK = re.compile(r"\n\tCONSTRAINT (\w+) CHECK \((.*)\)(, )?")
STRANGE = (
    None, 0, 1, -1, 2, 57, 1441, 3651, 1_000_001, -1_000_001, 10_000_001, -10_000_001, "", "x", "2025-02-30", "2025-1-1",
    "2026-01-31", "2025-13", "2024-01", "9999-12", "0001-01-01", "merged", "confirmed", "transfer", "day",
)  # fmt: skip


def strange(row: tuple[object, ...], places: list[int]) -> Iterator[tuple[object, ...]]:
    """Yield a row with a value at one of the places made strange, and perhaps one other value."""
    for one, other in product(places, range(len(row))):
        for value, second in product(STRANGE, STRANGE if one != other else (None,)):
            changed = list(row)
            changed[other], changed[one] = second, value
            yield tuple(changed)


def taken(connection: sqlite3.Connection, table: str, row: tuple[object, ...]) -> str:
    """Insert a row into an empty table and take it out again; return why it was refused, '' if it was not."""
    try:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    except sqlite3.IntegrityError as error:
        return str(error)
    connection.execute(f"DELETE FROM {table}")
    return ""


def carries(table: str, created: str, check: re.Match[str], rows: list[tuple[object, ...]]) -> bool:
    """Tell whether some strange row is refused by this check alone."""
    whole, without = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    whole.execute(created)
    without.execute(re.sub(r", (?=\n\)|$)", "", created.replace(check[0], "", 1)))
    columns = [
        name for (name,) in whole.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
    ]
    places = [place for place, name in enumerate(columns) if re.search(rf"\b{name}\b", check[2])]
    tried = (row for known in rows for row in strange(known, places))
    found = any(check[1] in taken(whole, table, row) and not taken(without, table, row) for row in tried)
    whole.close()
    without.close()
    return found


def test_every_check_carries_a_load(raw: sqlite3.Connection) -> None:
    tables = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CHECK%'"
    ).fetchall()
    idle = []
    for table, created in tables:
        rows = raw.execute(f"SELECT * FROM {table} LIMIT 60").fetchall()
        assert len(CHECK.findall(created)) == created.count("CHECK (")
        idle += [check[1] for check in CHECK.finditer(created) if not carries(table, created, check, rows)]
    assert idle == []
