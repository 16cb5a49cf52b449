"""Migrations: every format there ever was becomes this program's, with the same schema, facts, seals and printed anchors."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger, chain, database, migrations
from hepartner.ledger.backups import Backups
from hepartner.ledger.errors import OlderLedger
from hepartner.ledger.migrations import ChangedMeanwhile, MigrationUnsound, NothingToMigrate, migrate
from hepartner.ledger.undo import CannotUndo
from tests.commands.conftest import Hep, hep, path
from tests.ledger.conftest import Clock, templates

__all__ = ["hep", "path", "templates"]

ROOT = Path(__file__).parents[2]
FORMATS = Path(__file__).parent / "formats"
ANCHORS = {6: "129-2481-6ad01655590c"}
"""The formats there were, each with the anchor of the ledger in `formats`: one with something of everything."""


@pytest.fixture(params=ANCHORS, ids=lambda number: f"format {number}")
def number(request: pytest.FixtureRequest) -> int:
    """One of the formats that are migrated."""
    found: int = request.param
    return found


@pytest.fixture
def old(tmp_path: Path, number: int) -> Path:
    """A ledger of that format with rows in every table."""
    file = tmp_path / "旧台账.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FORMATS / f"{number}.sql").read_text(encoding="utf-8"))
    return file


def schema(file: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return {*connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")}


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def migrated(file: Path) -> migrations.Migrated:
    return migrate(file, operator="李梅", clock=Clock())


def test_every_format_from_the_oldest_on_is_tried_here() -> None:
    assert [*ANCHORS] == [*range(database.OLDEST_MIGRATED, database.SCHEMA_VERSION)]


def test_a_migrated_ledger_has_the_schema_of_a_new_one(old: Path, templates: dict[str, Path]) -> None:
    migrated(old)
    assert schema(old) == schema(templates["empty"])
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (database.SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migrated_ledger_verifies_and_holds_the_state_that_was_printed_before(
    old: Path, number: int
) -> None:
    migrated(old)
    with Ledger.open(old, operator="李梅", clock=Clock()) as ledger:
        assert ledger.custody.verify(anchor=ANCHORS[number]).findings == ()
        assert [(one.voucher, one.action) for one in ledger.history.log(limit=1)] == [(130, "ledger.migrate")]
        ledger.points.award(ledger.partners.find("武玉侪"), 5)
        assert ledger.custody.verify(anchor=ANCHORS[number]).findings == ()


def test_whatever_stood_in_a_ledger_stands_in_it_after_the_migration(old: Path) -> None:
    before = rows(old)
    migrated(old)
    after = rows(old)
    for table, listed in before.items():
        width = len(listed[0]) if listed else 0
        told = [row[:width] for row in after[table]]
        if table not in {"voucher", "seal", "change", "operator"}:
            assert told == listed, table
        assert len(told) >= len(listed)
    assert before["seal"] == after["seal"][:-1]


def test_before_the_migration_a_backup_is_made_that_can_be_migrated_itself(old: Path, number: int) -> None:
    before = rows(old)
    backup = migrated(old).backup
    assert backup.manifest.schema == number
    assert rows(backup.path) == before
    with Ledger.open(old, operator="李梅") as ledger:
        assert [one.path for one in ledger.book(Backups).standing()] == [backup.path]
    again = old.with_name("再来.db")
    shutil.copy(backup.path, again)
    migrated(again)


def test_opening_an_older_ledger_says_how_it_is_migrated_and_leaves_it_alone(old: Path) -> None:
    content = old.read_bytes()
    with pytest.raises(OlderLedger, match="请运行 hep migrate：它先备份"):
        Ledger.open(old, operator="李梅")
    assert old.read_bytes() == content


def test_a_ledger_of_this_format_is_left_alone(path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(NothingToMigrate):
        migrated(path)
    assert path.read_bytes() == content
    assert [*path.parent.iterdir()] == [path]


def test_a_ledger_that_was_tampered_with_is_not_migrated(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER entry_no_update")
        connection.execute("UPDATE entry SET points = points + 1 WHERE id = 1")
    content = old.read_bytes()
    with pytest.raises(MigrationUnsound, match="第一处是"):
        migrated(old)
    assert old.read_bytes() == content
    assert sorted(file.name for file in old.parent.iterdir()) == ["旧台账-备份", "旧台账.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_migration_that_is_killed_leaves_the_old_ledger_or_the_new_one(old: Path, number: int) -> None:
    before, journal = rows(old), old.with_name(f"{old.name}-journal")
    command = [sys.executable, "-m", "hepartner", "--ledger", str(old), "--operator", "李梅", "migrate"]
    for delay in (0.0, 0.005, 0.01, 0.02):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not journal.exists() and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with closing(sqlite3.connect(old)) as connection:
            now = connection.execute("PRAGMA user_version").fetchone()[0]
        if now == number:
            assert rows(old) == before
    if now == number:
        migrated(old)
    with Ledger.open(old, operator="李梅") as ledger:
        assert ledger.custody.verify(anchor=ANCHORS[number]).findings == ()


def test_what_another_window_wrote_after_the_backup_is_not_migrated_unseen(old: Path) -> None:
    with closing(database.opened(old, oldest=6)) as opened, pytest.raises(ChangedMeanwhile):
        migrations.bring(Ledger(opened, operator="李梅", clock=Clock()), chain.Anchor(1, 0, "x"))


def test_the_command_migrates_once_and_says_where_the_backup_lies(hep: Hep, old: Path) -> None:
    said = hep("--ledger", str(old), "migrate")
    assert (said.code, said.err.splitlines()[1]) == (0, "换之前的备份：")
    assert Path(said.out.strip()).is_file()
    again = hep("--ledger", str(old), "换格式")
    assert (again.code, again.out) == (0, "")
    assert again.err.endswith("，不用换，没有改动它。\n")


def test_a_migration_is_not_undone(old: Path) -> None:
    voucher = migrated(old).voucher
    with (
        Ledger.open(old, operator="李梅", clock=Clock()) as ledger,
        pytest.raises(CannotUndo, match="hep restore"),
    ):
        ledger.history.undo(voucher)
