# ruff: noqa: T201 a program run by hand
"""Flips bits and damages pages of a year's ledger and counts what notices: python -m tests.long.flips [FLIPS [PAGES [SEED]]]."""

import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from hepartner.ledger import Ledger
from hepartner.ledger.errors import BadFile
from tests.recount.story import told

Damage = Callable[[bytes, Random], bytes]
PAGE = 4096


def flipped(whole: bytes, random: Random) -> bytes:
    """One bit is another."""
    place, bit = random.randrange(len(whole)), 1 << random.randrange(8)
    return whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]


def damaged(whole: bytes, random: Random) -> bytes:
    """One page is empty, noise, another page, or the half of it, as disks that fail and copies that break off leave it."""
    page, other = (random.randrange(len(whole) // PAGE) * PAGE for _ in range(2))
    there, else_where = whole[page : page + PAGE], whole[other : other + PAGE]
    half = PAGE // 2
    new = random.choice(
        (
            bytes(PAGE),
            random.randbytes(PAGE),
            else_where,
            there[:half] + bytes(half),
            else_where[:half] + there[half:],
        )
    )
    return whole[:page] + new + whole[page + PAGE :]


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


def main(flips: int = 1000, pages: int = 200, seed: int = 1) -> int:
    """Flip bits and damage pages; return how many changed a fact, a voucher, a seal, a balance or a tally unseen."""
    random, unseen, count = Random(seed), 0, Counter[tuple[str, str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "台账.db"
        with told(file, seed).ledger as ledger:
            assert ledger.database.value("PRAGMA page_size") == PAGE
            cards = [*ledger.shapes.cards, "change"]
            facts = [one for one in ledger.shapes.columns if one not in cards and "sqlite_" not in one]
        whole, true, described = file.read_bytes(), contents(file, facts), contents(file, cards)
        damages: list[Damage] = [flipped] * flips + [damaged] * pages
        for damage in damages:
            hurt = damage(whole, random)
            file.write_bytes(hurt)
            Path(f"{file}-journal").unlink(missing_ok=True)
            by, changed = noticed(file), "no row"
            if contents(file, facts) != true:
                changed = "facts"
            elif contents(file, cards) != described:
                changed = "cards"
            count[damage.__name__, changed if hurt != whole else "no byte", by or "nobody"] += 1
            unseen += changed == "facts" and not by
    for (damage_name, changed, by), many in sorted(count.items()):
        print(f"| {damage_name} | {changed} | {by} | {many} |")
    print(
        f"{unseen} of {flips} flips and {pages} pages changed a fact, a seal, a balance or a tally unseen ({len(whole):,} bytes)"
    )
    return unseen


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
