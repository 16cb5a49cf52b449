"""The SQLite file: opening it safely, its pragmas, its one transaction at a time, and what its errors mean."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import errors

APPLICATION_ID = 0x68655031
"""`heP1` in the file's header; another program's database is never written to."""
SCHEMA_VERSION = 7
"""The one format this program reads and writes, in the file's header."""
OLDEST_MIGRATED = 6
"""The first format that `hep migrate` brings to it (hepartner/ledger/migrations)."""
OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""
BUSY_MILLISECONDS = 10_000

PRAGMAS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "busy_timeout": BUSY_MILLISECONDS,
    "synchronous": 3,
    "temp_store": 2,
    "cache_size": -32_768,
}
"""Set on every connection and read back. Rollback journal, not WAL: ledgers live on sticks and shares. Temporary tables in
memory: faster, and no names or phones in a temporary file. Pages for 32 MiB instead of 2: a roster of 100,000 lines keeps
its indexes at hand (a fifth of the time)."""

Parameters = Mapping[str, Any] | Sequence[Any]


class Database:
    """One connection to one ledger file; nothing else talks to SQLite."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.rehearsing = False
        """Whether all that is written is rolled back at the end."""

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Return all rows of a query."""
        with speaking(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first row of a query, or None."""
        with speaking(self.path):
            return self.connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def stream(self, sql: str, parameters: Parameters = ()) -> Iterator[Any]:
        """Yield rows one by one, for what is too long to hold."""
        with speaking(self.path):
            # Not `yield from`: that would close the cursor of a query left half-read after its connection.
            for row in self.connection.execute(sql, parameters):  # noqa: UP028 see above
                yield row

    def write(self, sql: str, parameters: Parameters = ()) -> int:
        """Execute one writing statement; return the number of rows it changed."""
        with speaking(self.path):
            return self.connection.execute(sql, parameters).rowcount

    def write_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Execute one writing statement for each row."""
        with speaking(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock from the start; commit at the end, roll back on any exception.

        BEGIN IMMEDIATE, because a deferred read-then-write fails at once whatever the busy timeout. In a rehearsal it is
        a part of the rehearsal's transaction.
        """
        if self.rehearsing:
            with self.attempt():
                yield
            return
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Hold one transaction for all that is written in it, and roll it back at the end."""
        self.write("BEGIN IMMEDIATE")
        self.rehearsing = True
        try:
            yield
        finally:
            self.rehearsing = False
            self.connection.rollback()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back what is written inside when it fails, and no more of the transaction than that."""
        self.write("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.write("ROLLBACK TO attempt")
                self.write("RELEASE attempt")
            raise
        self.write("RELEASE attempt")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state of the file for many reads."""
        self.write("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def opened(path: Path, *, oldest: int = SCHEMA_VERSION) -> Database:
    """Open an existing ledger, having looked at its header before anything else.

    Formats before this program's are taken from `oldest` on, to be copied or migrated.
    Raises errors.BadFile leaves for a missing, foreign, newer, older, damaged or unreadable file and an old SQLite.
    """
    if not path.exists():
        raise errors.LedgerMissing(path)
    if path.is_dir():
        raise errors.ForeignFile(path)
    database = _connected(path, "rw")
    try:
        _check_header(database, oldest)
        _set_pragmas(database)
    except BaseException:
        database.close()
        raise
    return database


def copied(database: Database) -> Database:
    """Copy an open ledger as it stands into memory; nobody who writes to the file waits longer than for the copying."""
    with speaking(database.path):
        memory = sqlite3.connect(
            ":memory:", isolation_level=None, cached_statements=512, check_same_thread=False
        )
    copy = Database(database.path, memory)
    try:
        with database.reading():
            # The first read waits for who is writing, as any other does; the copying itself would wait for ever.
            database.value("SELECT count(*) FROM sqlite_schema")
            with speaking(database.path):
                database.connection.backup(memory)
        _set_pragmas(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def copied_to(database: Database, file: Path) -> None:
    """Copy an open ledger, which the caller is reading, page by page over a file that holds nothing; it is not yet synced.

    Raises errors.BadFile leaves that name `file`.
    """
    target = _connected(file, "rw")
    try:
        # What goes wrong makes the whole copy worthless, so no journal of it; it is synced at its end.
        target.write("PRAGMA journal_mode = OFF")
        target.write("PRAGMA synchronous = OFF")
        with speaking(file):
            database.connection.backup(target.connection)
    finally:
        target.close()


def created(path: Path) -> Database:
    """Create an empty file for a ledger. Raises errors.LedgerExists, errors.LedgerUnreadable."""
    if path.exists():
        raise errors.LedgerExists(path)
    with speaking(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise errors.LedgerUnreadable(path, error.strerror or str(error)) from error
    database = _connected(path, "rwc")
    database.write(f"PRAGMA application_id = {APPLICATION_ID}")
    database.write(f"PRAGMA user_version = {SCHEMA_VERSION}")
    _set_pragmas(database)
    return database


def journals(path: Path) -> list[Path]:
    """Return the journals of SQLite's that lie beside a file: of a write under way, or of one that was broken off."""
    beside = (path.with_name(path.name + suffix) for suffix in ("-journal", "-wal", "-shm"))
    return [journal for journal in beside if journal.exists()]


def refuse_stray_journal(path: Path) -> None:
    """Refuse a place for a new ledger at which a journal lies. Raises errors.StrayJournal."""
    for journal in journals(path):
        raise errors.StrayJournal(journal)


def _connected(path: Path, mode: str) -> Database:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise errors.SQLiteTooOld(sqlite3.sqlite_version, ".".join(map(str, OLDEST_SQLITE)))
    with speaking(path):
        uri = path.absolute().as_uri() + f"?mode={mode}"
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, cached_statements=512, check_same_thread=False
        )
        return Database(path, connection)


def _check_header(database: Database, oldest: int) -> None:
    path = database.path
    if database.value("PRAGMA application_id") != APPLICATION_ID:
        raise errors.ForeignFile(path)
    version = database.value("PRAGMA user_version")
    if version > SCHEMA_VERSION:
        raise errors.NewerLedger(path, version, SCHEMA_VERSION)
    if version < oldest:
        raise errors.OlderLedger(path, version, SCHEMA_VERSION, migrates=version >= OLDEST_MIGRATED)


def _set_pragmas(database: Database) -> None:
    for name, value in PRAGMAS.items():
        database.write(f"PRAGMA {name} = {value}")
    found = {name: database.value(f"PRAGMA {name}") for name in PRAGMAS}
    if found != PRAGMAS:
        wrong = "、".join(name for name, value in PRAGMAS.items() if found[name] != value)
        raise errors.LedgerUnreadable(database.path, f"SQLite 不接受设置 {wrong}")


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what SQLite says into the ledger's errors, in this one place."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise errors.GuardRefused(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise meaning(error, path) from error
    except UnicodeDecodeError as error:
        # The complaint about a damaged schema quotes it, and Python can't even read the complaint.
        raise errors.DamagedLedger(path, "文字无法辨认") from error


_DAMAGE = ("decode to UTF-8", "hold BLOB", "no such table", "no such column")
"""A text that is no text any more is found by Python, which gives no code of SQLite's, or by the chain, which writes JSON.
Our own SQL asks for what every ledger has, so a name that is missing was damaged in the schema."""


def meaning(error: sqlite3.DatabaseError, path: Path) -> Exception:
    """Return what an error of SQLite's means for the ledger; itself if nothing we know."""
    # The low byte is the primary code, whatever the extended one says.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return errors.LockedLedger(path)
    if code == sqlite3.SQLITE_FULL:
        return errors.DiskFull(path)
    if code == sqlite3.SQLITE_NOTADB:
        return errors.ForeignFile(path)
    if code == sqlite3.SQLITE_CORRUPT or any(sign in str(error) for sign in _DAMAGE):
        return errors.DamagedLedger(path, str(error))
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return errors.LedgerUnreadable(path, str(error))
    return error
