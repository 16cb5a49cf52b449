# ruff: noqa: T201 a program run by hand
"""Kills imports, redemptions and closings of months at random moments: python -m tests.long.killed [TIMES [SEED]].

After each kill nothing is wrong in the ledger, every voucher that was said to be written is there, and at most one more.
"""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from hepartner.ledger import Ledger
from tests.long.kill_everywhere import ENVIRONMENT, ROOT, settle
from tests.test_faults import looked_at, start

ROSTER = 400


class Killed:
    """One ledger on which one process after another is killed."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder, self.random = folder, random
        self.ledger = folder / "台账.db"
        self.rosters = 0
        settle(self.ledger)

    def importing(self) -> str:
        """Kill the import of a new list: all of its rows are there or none, and all if it said so."""
        self.rosters += 1
        roster, facts = self.folder / f"{self.rosters}.csv", looked_at(self.ledger)[1]
        people = "\n".join(f"{self.rosters}号楼{n:04d},个体,幸福里社区" for n in range(ROSTER))
        roster.write_text(f"姓名,类型,社区\n{people}\n", encoding="utf-8")
        words = [
            sys.executable,
            "-m",
            "hepartner",
            "--ledger",
            str(self.ledger),
            "import",
            "partners",
            str(roster),
        ]
        process = subprocess.Popen(words, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, encoding="utf-8")
        journal = self.ledger.with_name(f"{self.ledger.name}-journal")
        # Most of the time of a command is before it writes, where there is nothing to be found.
        while not journal.exists() and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(self.random.random() ** 2)
        process.kill()
        talk = process.communicate()[1]
        written = looked_at(self.ledger)[1] - facts
        assert written in ((ROSTER,) if "已记账" in talk else (0, ROSTER)), (written, talk)
        return "all of it" if written else "nothing"

    def redeeming(self) -> str:
        """Kill somebody who redeems one bag of rice after another."""
        with Ledger.open(self.ledger, operator="李梅", community="XF") as ledger:
            ledger.points.award(ledger.partners.find("武玉侪"), 5000)
            ledger.shop.stock_in([(ledger.shop.find("大米"), 500)])
        return self._working("slips")

    def closing(self) -> str:
        """Kill somebody who closes one month after another."""
        return self._working("close")

    def _working(self, work: str) -> str:
        process = start(work, self.ledger)
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(self.random.randint(1, 12))]
        time.sleep(self.random.random() / 20)
        process.kill()
        # Not by communicate, which does not see what readline had read ahead.
        said += process.stdout.readlines()
        process.communicate()
        last_said, there = int(said[-1]), looked_at(self.ledger)[0]
        assert there in (last_said, last_said + 1), (there, last_said)
        return f"{there - last_said} more than said"


def main(times: int = 200, seed: int = 1) -> None:
    """Kill so many times, each work in turn; print what was left."""
    random, left, began = Random(seed), Counter[tuple[str, str]](), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        office = Killed(Path(folder), random)
        works = (office.importing, office.redeeming, office.closing)
        for number in range(times):
            work = works[number % len(works)]
            left[work.__name__, work()] += 1
        vouchers, facts = looked_at(office.ledger)
    for (work_name, what), many in sorted(left.items()):
        print(f"| {work_name} | {what} | {many} |")
    print(
        f"{times} kills, {vouchers} vouchers, {facts} facts, {time.monotonic() - began:.0f} s: 0 lost, 0 in part"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
