# ruff: noqa: T201 its output is what the tests read
"""A process at work on a ledger until it is killed or refused: `victim.py WORK LEDGER`; it prints each success by itself.

Started by the tests of faults; one of them runs many at once, another kills it.
"""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from hepartner.ledger import Ledger
from hepartner.ledger.errors import LedgerError


def award(ledger: Ledger) -> None:
    """Award one point after another, printing each voucher when it is in the file."""
    partner = ledger.partners.find("武玉侪")
    for _ in count():
        print(ledger.points.award(partner, 1).voucher, flush=True)


def redeem(ledger: Ledger) -> None:
    """Redeem one thing after another for ten points each until the balance is used up; print how many."""
    partner, goods = ledger.partners.find("武玉侪"), [(ledger.shop.find("大米"), 1)]
    done = 0
    try:
        for _ in count():
            ledger.shop.redeem(partner, goods)
            done += 1
    except LedgerError as refused:
        print(done, refused)


WORK: dict[str, Callable[[Ledger], None]] = {"award": award, "redeem": redeem}


def main(work: str, path: str) -> None:
    """Do one kind of work on a ledger."""
    with Ledger.open(Path(path), operator="李梅", community="XF") as ledger:
        WORK[work](ledger)


if __name__ == "__main__":
    main(*sys.argv[1:])
