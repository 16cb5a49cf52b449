# ruff: noqa: T201 a program run by hand
"""Lets hledger and beancount check the journals of a ledger, like demo/haicheng.db: python -m tests.long.witnesses LEDGER."""

import sys
import tempfile
from pathlib import Path

from hepartner.ledger import Ledger
from tests.recount.witnesses import HLEDGER, LACKING, disagreements, said


def main(ledger: str) -> int:
    """Print in what the witnesses differ from the ledger; return in how many journals, of four, they do."""
    if not HLEDGER:
        sys.exit(LACKING)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(ledger), operator="李梅") as opened:
        found = list(disagreements(opened, Path(folder)))
        root = opened.areas.root()
        assert root is not None
        compared = said(opened, root)
    print(*found, sep="\n", end="\n" * bool(found))
    print(
        f"{len(compared.balances)} balances, {len(compared.flows)} sums of months: {len(found)} of 4 journals differ"
    )
    return len(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
