# ruff: noqa: T201 a program run by hand
"""Flips one bit after another in a year's ledger and counts what notices: python -m tests.long.flips [TIMES [SEED]]."""

import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from hepartner.ledger import Ledger
from hepartner.ledger.errors import BadFile
from tests.recount.story import told

CARDS = (
    "activity",
    "area",
    "issue",
    "issue_category",
    "item",
    "note",
    "operator",
    "partner",
    "rule",
    "setting",
    "change",
)
"""Descriptions, which may be blanked one day and stand outside the chain."""


def contents(file: Path, tables: list[str]) -> object:
    """Return every row of some tables; None when SQLite or Python can't read them."""
    connection = sqlite3.connect(file)
    try:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def noticed(file: Path) -> str:
    """Return what opening and verifying a ledger notices: '' for nothing."""
    try:
        with Ledger.open(file, operator="李梅") as ledger:
            findings = ledger.custody.verify().findings
    except BadFile as error:
        return type(error).__name__
    structural = any(finding.check == "结构" for finding in findings)
    return "integrity_check" if structural else "verify" if findings else ""


def main(times: int = 2000, seed: int = 1) -> int:
    """Flip bits; return how many changed a fact, a seal, a balance or a tally unseen."""
    random, unseen, count = Random(seed), 0, Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "台账.db"
        with told(file, seed).ledger as ledger:
            tables = [
                table for table in ledger.shapes.columns if table not in CARDS and "sqlite_" not in table
            ]
        whole, true, cards = file.read_bytes(), contents(file, tables), contents(file, list(CARDS))
        for _ in range(times):
            place, bit = random.randrange(len(whole)), 1 << random.randrange(8)
            file.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
            Path(f"{file}-journal").unlink(missing_ok=True)
            by = noticed(file)
            changed = (
                "facts"
                if contents(file, tables) != true
                else "cards"
                if contents(file, list(CARDS)) != cards
                else "nothing"
            )
            count[changed, by or "nobody"] += 1
            unseen += changed == "facts" and not by
    for (changed, by), many in sorted(count.items()):
        print(f"| {changed} | {by} | {many} |")
    print(
        f"{unseen} of {times} flips changed a fact, a seal, a balance or a tally unseen ({len(whole):,} bytes, seed {seed})"
    )
    return unseen


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
