# ruff: noqa: T201 its output is what the tests read
"""A process at work on a ledger until it is killed, refused or done: `victim.py WORK LEDGER [TIMES [SEED]]`.

It prints each success by itself. Started by the tests of faults; some of them run many at once, others kill it.
"""

import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

from hepartner.cli import program
from hepartner.ledger import Ledger
from hepartner.ledger.errors import AlreadyRecorded, LedgerError
from hepartner.ledger.months import shifted
from hepartner.terminal import edge

NAMES = ("武玉侪", "覃秀英", "李四", "赵钱孙")
"""Partners that the mixed work is about."""


def award(ledger: Ledger) -> None:
    """Award one point after another, printing each voucher when it is in the file."""
    partner = ledger.partners.find("武玉侪")
    for _ in count():
        print(ledger.points.award(partner, 1).voucher, flush=True)


def slips(ledger: Ledger) -> None:
    """Redeem one bag of rice after another, printing each voucher when it is in the file."""
    partner, goods = ledger.partners.find("武玉侪"), [(ledger.shop.find("大米"), 1)]
    for _ in count():
        print(ledger.shop.redeem(partner, goods).voucher, flush=True)


def close(ledger: Ledger) -> None:
    """Close one month after another, printing each voucher when it is in the file."""
    communities = ledger.areas.communities()
    month = ledger.periods.closed_through(communities[0].id) or "1000-01"
    for _ in count():
        month = shifted(month, 1)
        print(ledger.periods.close(communities, month), flush=True)


def redeem(ledger: Ledger, times: int) -> None:
    """Try to redeem for ten points so many times; print how many were given, how many refused, and the last refusal."""
    partner, goods = ledger.partners.find("武玉侪"), [(ledger.shop.find("大米"), 1)]
    given, why = 0, ""
    for _ in range(times):
        try:
            ledger.shop.redeem(partner, goods)
            given += 1
        except LedgerError as refused:
            why = str(refused)
    print(given, times - given, why)


def once(ledger: Ledger) -> None:
    """Award five points under a key; print the voucher, or the one that was written under it before."""
    try:
        print("已记账", ledger.points.award(ledger.partners.find("武玉侪"), 5, key="同一个键").voucher)
    except AlreadyRecorded as known:
        print("记过", known.voucher_id)


WORK: dict[str, Callable[[Ledger], None]] = {"award": award, "slips": slips, "close": close, "once": once}


def mixed(path: str, times: int, seed: int) -> None:
    """Type so many commands that write, each under its key, every tenth once more; their talk and their data are one screen."""
    os.environ |= {"HEPARTNER_LEDGER": path, "HEPARTNER_OPERATOR": "李梅", "HEPARTNER_COMMUNITY": "XF"}
    random, sys.stderr = Random(seed), sys.stdout
    for number in range(times):
        words = [*typed(random, number, seed), "--key", f"{seed}-{number}"]
        for _ in range(2 if number % 10 == 9 else 1):
            print("=>", edge.run(program(), words), *words, flush=True)


def typed(random: Random, number: int, seed: int) -> list[str]:
    """Draw a command as somebody at the counter or in the office would type it."""
    name = random.choice(NAMES)
    return random.choice(
        (
            ["points", "award", name, str(random.randint(1, 9)), "--reason", "巡查"],
            ["points", "deduct", name, "1", "--reason", "投诉"],
            ["shop", "redeem", name, "大米"],
            ["shop", "in", "大米x2"],
            ["partner", "add", f"居民{seed}之{number}", "--phone", f"139{seed:04d}{number:04d}"],
            ["issue", "add", "LAMP", f"{seed} 号楼第 {number} 盏灯不亮"],
            ["partner", "edit", name, "--remark", f"{seed}-{number}"],
            ["activity", "add", f"义诊{seed}之{number}"],
        )
    )


def main(work: str, path: str, times: str = "40", seed: str = "0") -> None:
    """Do one kind of work on a ledger."""
    if work == "mixed":
        mixed(path, int(times), int(seed))
        return
    with Ledger.open(Path(path), operator="李梅", community="XF") as ledger:
        if work == "redeem":
            redeem(ledger, int(times))
        else:
            WORK[work](ledger)


if __name__ == "__main__":
    main(*sys.argv[1:])
