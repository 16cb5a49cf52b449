"""Verification of a whole ledger, beside hledger's check of the same entries."""

from collections.abc import Iterator

from . import ledgers, peers
from .measuring import Row, Skipped, hep, pairs, process


def verified() -> Iterator[Row]:
    """`hep verify` of 560,000 entries beside `hledger check`."""
    work, hledger = "核验 56 万笔流水", peers.hledger()
    if hledger is None:
        yield Skipped(work, "没有安装 hledger")
        return
    mine = hep("verify", ledger=ledgers.ledger("560000"))
    other = process([hledger, "check", "-f", peers.journal("560000")])
    yield pairs(work, mine, "hledger check", other, aim=0.3, rounds=3, warm=False)
