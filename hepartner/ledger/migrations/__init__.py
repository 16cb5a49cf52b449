"""Migrations: a ledger of an older format brought to this program's, in one transaction, after a backup and a trial.

What is new in a format is told by the two schemas: new tables are empty, new columns NULL or their default, whatever was
there stays. A file `to_N.py` for each format holds the STATEMENTS that put something else there. Seals stay valid, since they
leave out the NULLs at the end of a row. Nothing is written again that facts or sealed cards said.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from hepartner.ledger import chain, errors
from hepartner.ledger.backups import Backup, back_up
from hepartner.ledger.custody import Verified
from hepartner.ledger.database import OLDEST_MIGRATED, SCHEMA_VERSION, Database, opened
from hepartner.ledger.ledger import Clock, Ledger
from hepartner.ledger.schema import Named, named, statements
from hepartner.ledger.vouchers import Origin, begin

_OLD = "before_migration_"


class NothingToMigrate(errors.LedgerError):
    """The ledger has this program's format already."""

    exit_code = 0

    def __init__(self, path: Path) -> None:
        super().__init__(f"台账 {path} 已经是本程序的格式 {SCHEMA_VERSION}，不用换，没有改动它。")


class MigrationUnsound(errors.LedgerError):
    """A copy that was migrated for a trial does not pass verification."""

    exit_code = 6

    def __init__(self, path: Path, verified: Verified) -> None:
        first = verified.findings[0]
        super().__init__(
            f"台账 {path} 没有换格式：用它的副本试换以后，核验有 {len(verified.findings)} 处不符，第一处是{first.message}"
            "请保留这个文件，用 hep restore 从备份恢复，或联系管理员。"
        )


class ChangedMeanwhile(errors.LedgerError):
    """Another window wrote between the backup and the migration."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"台账 {path} 没有换格式：备份以后又有别的窗口记了账。请关掉别的窗口再试。")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: the format before it, the voucher that says so, and the backup of how the ledger stood."""

    before: int
    voucher: int
    backup: Backup


def migrate(path: Path, *, operator: str, clock: Clock) -> Migrated:
    """Bring a ledger to this program's format; it stays as it was unless all of it succeeds.

    Raises NothingToMigrate, MigrationUnsound, ChangedMeanwhile, errors.BadFile leaves, and as `back_up`.
    """
    with closing(opened(path, oldest=OLDEST_MIGRATED)) as database:
        before = database.value("PRAGMA user_version")
        if before == SCHEMA_VERSION:
            raise NothingToMigrate(path)
        backup = back_up(database, None, clock()).backup
        _try_out(backup, path, operator, clock)
        voucher = bring(Ledger(database, operator=operator, clock=clock), backup.manifest.state)
    return Migrated(before, voucher, backup)


def bring(ledger: Ledger, expected: chain.Anchor) -> int:
    """Bring an open ledger that stands at this anchor to the present format; return the number of the voucher that says so.

    Raises ChangedMeanwhile.
    """
    database = ledger.database
    # Neither can be set inside a transaction. Else renaming a table would rewrite what names it.
    database.write("PRAGMA foreign_keys = OFF")
    database.write("PRAGMA legacy_alter_table = ON")
    with database.transaction():
        if chain.anchor(database) != expected:
            raise ChangedMeanwhile(database.path)
        version = database.value("PRAGMA user_version")
        new = _rebuild(database, {named(sql): sql for sql in statements()})
        for number in range(version + 1, SCHEMA_VERSION + 1):
            for statement in import_module(f"{__name__}.to_{number}").STATEMENTS:
                database.write(statement)
        for sql in statements():
            if named(sql).kind == "TRIGGER":
                database.write(sql)
        database.write(f"PRAGMA user_version = {SCHEMA_VERSION}")
        return _written_down(ledger, new)


def _written_down(ledger: Ledger, new: list[tuple[str, str]]) -> int:
    """Write the voucher of the migration, which says of cards what was put into their new fields; return its number.

    So their older seals stay valid: what a card said when it was made is what its first change found.
    """
    voucher = begin(ledger, "ledger.migrate", key=None, intention=None, origin=Origin(), undoes_id=None)
    for table, column in new:
        if table in ledger.shapes.cards:
            ledger.database.write(
                f"""INSERT INTO change (voucher_id, card, card_id, field, before, after)
                SELECT ?, '{table}', id, '{column}', NULL, {column} FROM {table}
                WHERE {column} IS NOT NULL AND created_in < ?1 ORDER BY id""",
                (voucher.id,),
            )
            ledger.database.write(
                f"UPDATE {table} SET voucher_id = ?1 WHERE {column} IS NOT NULL AND created_in < ?1",
                (voucher.id,),
            )
    voucher.seal()
    return voucher.id


def _try_out(backup: Backup, path: Path, operator: str, clock: Clock) -> None:
    """Migrate and verify a copy of the backup. Raises MigrationUnsound."""
    copy = path.with_name(f"{path.name}.试换格式")
    try:
        shutil.copyfile(backup.path, copy)
        with closing(opened(copy, oldest=OLDEST_MIGRATED)) as database:
            bring(Ledger(database, operator=operator, clock=clock), backup.manifest.state)
        with Ledger.open(copy, operator=operator) as ledger:
            verified = ledger.custody.verify(anchor=backup.manifest.anchor)
    finally:
        for suffix in ("", "-journal"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    if verified.findings:
        raise MigrationUnsound(path, verified)


def _rebuild(database: Database, wanted: dict[Named, str]) -> list[tuple[str, str]]:
    """Make the tables and indexes those that are wanted; return the columns that tables which were there have new.

    Triggers are gone after it.
    """
    sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    found = {named(text): text for (text,) in database.rows(sql)}
    for one, text in found.items():
        if one.kind == "TRIGGER" or (one.kind == "INDEX" and wanted.get(one) != text):
            database.write(f"DROP {one.kind} {one.name}")
    new = [
        (one.name, column)
        for one, text in wanted.items()
        if one.kind == "TABLE" and found.get(one) != text
        for column in _table(database, one.name, text, known=one in found)
    ]
    there = {name for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    for one, text in wanted.items():
        if one.kind == "INDEX" and one.name not in there:
            database.write(text)
    return new


def _table(database: Database, name: str, text: str, *, known: bool) -> list[str]:
    """Make a table as `text` says, with what stood in one of that name; return the columns that this one had not."""
    if not known:
        database.write(text)
        return []
    database.write(f"ALTER TABLE {name} RENAME TO {_OLD}{name}")
    database.write(text)
    before, now = _columns(database, f"{_OLD}{name}"), _columns(database, name)
    listed = ", ".join(before)
    database.write(f"INSERT INTO {name} ({listed}) SELECT {listed} FROM {_OLD}{name}")
    database.write(f"DROP TABLE {_OLD}{name}")
    return [column for column in now if column not in before]


def _columns(database: Database, table: str) -> list[str]:
    return [name for (name,) in database.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]
