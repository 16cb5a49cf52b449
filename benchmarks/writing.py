"""Awards inside one process, beside the same rows written by bare SQL, with the ledger's triggers and without any."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from hepartner.ledger.database import PRAGMAS
from hepartner.ledger.points import Award

from . import ledgers
from .measuring import Row, Taken, Work, pairs, timed

LOOP, BULK = 300, 100_000
DAY = "2025-12-05"
INSERT = """INSERT INTO entry (id, voucher_id, line, counted_in, sign, community_id, happened_on, partner_id, kind, points,
    earned_on) VALUES (?, ?, ?, '2025-12', 1, ?, ?, ?, 'award', 5, ?)"""


def loop() -> Iterator[Row]:
    """An award after the other, each its own transaction and synced."""
    for beside, triggers, aim in (("同样触发器的裸 INSERT", True, 2), ("没有触发器的裸 INSERT", False, 4)):
        yield pairs(
            f"逐笔发放 {LOOP} 笔",
            _award_one_by_one,
            beside,
            _bare(LOOP, triggers=triggers, each=True),
            aim=aim,
            rounds=7,
        )


def bulk() -> Iterator[Row]:
    """A hundred thousand awards in one voucher."""
    for beside, triggers, aim in (
        ("同样触发器的 executemany", True, 2.5),
        ("没有触发器的 executemany", False, 5),
    ):
        yield pairs(
            "一张凭证发放 10 万笔",
            _award_many,
            beside,
            _bare(BULK, triggers=triggers, each=False),
            aim=aim,
            rounds=3,
        )


def _award_one_by_one() -> Taken:
    with ledgers.opened(_copy("mine")) as ledger:
        partners = [ledger.partners.get(1 + n % 2000) for n in range(LOOP)]

        def work() -> None:
            for partner in partners:
                ledger.points.award(partner, 5)

        return timed(work)()


def _award_many() -> Taken:
    with ledgers.opened(_copy("mine")) as ledger:
        awards = [Award(1 + n % 2000, 5, DAY) for n in range(BULK)]
        return timed(lambda: ledger.points.award_many(awards))()


def _bare(rows: int, *, triggers: bool, each: bool) -> Work:
    """Return a work that writes entries into one open voucher by SQL alone, as fast as the connection's settings allow."""

    def run() -> Taken:
        with closing(_connected(_copy("bare"), triggers=triggers)) as connection:
            values = _rows(connection, rows)
            return timed(lambda: _one_by_one(connection, values) if each else _at_once(connection, values))()

    return run


def _one_by_one(connection: sqlite3.Connection, values: list[tuple[object, ...]]) -> None:
    for row in values:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, row)
        connection.execute("COMMIT")


def _at_once(connection: sqlite3.Connection, values: list[tuple[object, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, values)
    connection.execute("COMMIT")


def _connected(path: Path, *, triggers: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    if not triggers:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    connection.execute("""INSERT INTO voucher (id, uid, recorded_at, operator_id, action)
        SELECT max(id) + 1, 'bare', '2025-12-05T10:00:00+08:00', 1, 'bare' FROM voucher""")
    return connection


def _rows(connection: sqlite3.Connection, rows: int) -> list[tuple[object, ...]]:
    (voucher,) = connection.execute("SELECT max(id) FROM voucher").fetchone()
    (last,) = connection.execute("SELECT max(id) FROM entry").fetchone()
    places = dict(connection.execute("SELECT id, community_id FROM partner").fetchall())
    partners = [1 + n % 2000 for n in range(rows)]
    return [(last + n, voucher, n, places[one], DAY, one, DAY) for n, one in enumerate(partners, 1)]


def _copy(name: str) -> Path:
    path = ledgers.FOLDER / f"writing-{name}.db"
    shutil.copy(ledgers.ledger("5600"), path)
    return path
