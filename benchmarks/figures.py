"""All figures of one month, beside the same SQL run bare."""

import sqlite3
from collections.abc import Iterator

from hepartner.ledger.months import Span
from hepartner.reports import figures, readings

from . import ledgers
from .measuring import Row, pairs, timed


def one_month() -> Iterator[Row]:
    """Every figure of a month in all of 41 communities, beside the statements that this takes."""
    path, span = ledgers.ledger("560000"), Span.month(ledgers.LAST_MONTH)
    ledger, bare = ledgers.opened(path), sqlite3.connect(path)
    parts = [(one.id,) for one in ledger.areas.communities()]

    def ask() -> None:
        with ledger.snapshot():
            asked = readings.Readings(ledger, through=span.last)
            for figure in figures.CATALOGUE:
                for part in parts:
                    asked.over(figure.code, part, span)

    statements: list[str] = []
    ledger.database.connection.set_trace_callback(statements.append)
    ask()
    ledger.database.connection.set_trace_callback(None)

    def run_bare() -> None:
        for sql in statements:
            bare.execute(sql).fetchall()

    yield pairs("一个月全部指标，41 个社区", timed(ask), "同样的 SQL", timed(run_bare), aim=1.5, rounds=15)
