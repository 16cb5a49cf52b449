"""Every guard of the database carries a load: without it, something that raw SQL was refused is taken."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.attempts import attempts, outcome
from tests.guards.catalogue import CHECK, UNIQUE, lets_pass, names, tables, without_check, without_key
from tests.guards.filled import fill
from tests.ledger.conftest import templates
from tests.long.guards import WRITTEN
from tests.long.mutations import MUTATIONS, ROOT, Mutation

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
            if not any(lets_pass(tried[attempt], outcome(raw, attempt)) for attempt in about):
                idle.append((name, removed))
            if left is not None:
                raw.execute(f"DROP TRIGGER {name}")
            raw.execute(trigger)
    assert [one for one in idle if not stands_twice(*one)] == []
    assert len(idle) == len(STAND_TWICE)


# Constraints


def test_every_check_carries_a_load(raw: sqlite3.Connection) -> None:
    idle = []
    for table in tables(raw):
        checks = list(CHECK.finditer(table.created))
        assert len(checks) == table.created.count("CHECK (")
        idle += [check[1] for check in checks if without_check(table, check) is None]
    assert idle == []


IDLE_KEYS: set[tuple[str, str]] = set()


def test_every_unique_key_carries_a_load(raw: sqlite3.Connection) -> None:
    idle = set()
    for table in tables(raw):
        keys = [found[1] for found in UNIQUE.finditer(table.created)]
        assert len(keys) == table.created.count("UNIQUE (")
        idle |= {(table.name, key) for key in (*keys, *table.indexes) if without_key(table, key) is None}
    assert idle == IDLE_KEYS


def test_the_table_of_guards_names_every_guard_and_no_other(raw: sqlite3.Connection) -> None:
    """Who takes a guard away, or adds one, makes the table anew: python -m tests.long.guards."""
    listed = re.findall(r"^\| (\w+) \| (.*?) \|", WRITTEN.read_text(encoding="utf-8"), re.MULTILINE)[1:]
    assert listed == [(table.name, name) for table in tables(raw) for name in names(table, raw)]


# The program


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.guard for mutation in MUTATIONS])
def test_a_guard_of_the_program_that_is_taken_away_by_hand_stands_where_it_is_looked_for(
    mutation: Mutation,
) -> None:
    """tests/long/mutations.py takes it away and runs these tests."""
    assert mutation.old in (ROOT / mutation.file).read_text(encoding="utf-8")
    assert all((ROOT / word).exists() for word in mutation.tests.split() if word.startswith("tests"))
