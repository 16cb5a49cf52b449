"""The monthly workbook, a whole process, beside hledger's balances, and as history and load grow."""

from collections.abc import Iterator

from . import ledgers, peers
from .measuring import Row, Skipped, Work, hep, pairs, process


def workbook() -> Iterator[Row]:
    """The workbook of 560,000 entries beside `hledger bal`; of ten times the history; of ten times the load."""
    work, hledger = "月报，56 万笔流水", peers.hledger()
    if hledger is None:
        yield Skipped(work, "没有安装 hledger")
    else:
        other = process([hledger, "bal", "-f", peers.journal("560000")])
        yield pairs(work, _monthly("560000"), "hledger bal", other, aim=0.1, rounds=3)
    yield pairs("月报，十倍历史、每月同样多", _monthly("history"), work, _monthly("560000"), aim=2, rounds=5)
    yield pairs("月报，每月十倍", _monthly("load"), work, _monthly("560000"), aim=10, rounds=3)


def _monthly(name: str) -> Work:
    file = ledgers.FOLDER / f"{name}.xlsx"
    return hep(
        "report",
        "monthly",
        ledgers.LAST_MONTH,
        "-o",
        file,
        ledger=ledgers.ledger(name),
        HEPARTNER_COMMUNITY="",
    )
