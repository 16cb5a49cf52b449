"""The balance of one partner, however long the ledger."""

from collections.abc import Iterator

from . import ledgers
from .measuring import Row, Taken, Work, pairs, timed

TIMES = 200


def one_partner() -> Iterator[Row]:
    """Finding a partner by code and reading its points, among 5.6 million entries and among 5,600."""
    yield pairs(
        "一人余额，560 万笔流水", _asked("history"), "同样，5600 笔流水", _asked("5600"), aim=1.5, rounds=15
    )


def _asked(name: str) -> Work:
    ledger = ledgers.opened(ledgers.ledger(name))
    codes = [f"C{1 + n % 41}-P{1 + n % 60:04d}" for n in range(TIMES)]

    def ask() -> None:
        for code in codes:
            ledger.points.balance(ledger.partners.find(code))

    def run() -> Taken:
        taken = timed(ask)()
        return Taken(taken.seconds / TIMES, taken.processor / TIMES)

    return run
