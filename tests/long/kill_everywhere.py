# ruff: noqa: T201 a program run by hand
"""Kills a command, or lets the disk fail, at every single call that touches a file: python -m tests.long.kill_everywhere [STEP].

It needs strace. With STEP 10 an import is killed at every tenth of its calls. After each the ledger must be whole, hold all or
nothing of the voucher, hold it if the command had said so, and not hold it if the command had said that nothing was written.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from hepartner.ledger import Ledger
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "openat")
KILL, EIO, ENOSPC = "signal=SIGKILL", "error=EIO", "error=ENOSPC"
ROSTER = 300
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "HEPARTNER_COMMUNITY": "XF"}


def settle(path: Path) -> None:
    """Make a small ledger with one partner who has points."""
    with Ledger.create(path, operator="李梅") as ledger:
        district = ledger.areas.add("district", "海城区").area
        street = ledger.areas.add("subdistrict", "驿马街道", parent=district).area
        ledger.areas.add("community", "幸福里社区", parent=street, code="XF", since=date(2022, 1, 1))
        partner = enrol(ledger, "武玉侪")
        ledger.points.award(partner, 1000, day=date(2025, 1, 1))
        ledger.shop.stock_in([(ledger.shop.add(Goods(partner.community_id, "大米"), 10).item, 500)])


def run(
    ledger: Path, words: list[str], *traced: str, threads: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command under strace, which looks at its main thread, or at all its threads and processes."""
    looked_at = (ledger, f"{ledger}-journal", ledger.parent)
    strace = [
        "strace",
        *["-f"] * threads,
        "-o",
        f"{ledger}.trace",
        *(f"-P{path}" for path in looked_at),
        *traced,
    ]
    program = [sys.executable, "-m", "hepartner", "--ledger", str(ledger), *words]
    return subprocess.run(
        [*strace, *program],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def trace_of(ledger: Path) -> str:
    """Return what strace wrote down of a command on a ledger."""
    return Path(f"{ledger}.trace").read_text(encoding="utf-8")


def calls_of(template: Path, words: list[str], *, threads: bool = False) -> dict[str, int]:
    """Count the calls on the ledger and its journal that a command makes, of the busiest of its threads."""
    ledger = Path(shutil.copy(template, template.with_name("counted.db")))
    run(ledger, words, "-e", f"trace={','.join(CALLS)}", threads=threads)
    found = Counter(re.findall(r"^(?:(\d+) +)?(\w+)\(", trace_of(ledger), re.MULTILINE))
    most = {call: max([n for (_, name), n in found.items() if name == call], default=0) for call in CALLS}
    return {call: times for call, times in most.items() if times}


def vouchers(ledger: Path) -> int:
    """Return how many vouchers a ledger holds in which nothing is wrong."""
    with Ledger.open(ledger, operator="李梅") as opened:
        verified = opened.custody.verify()
    assert verified.findings == (), verified.findings
    return verified.vouchers


def sweep(
    template: Path, words: list[str], fault: str = KILL, *, step: int = 1, threads: bool = False
) -> None:
    """Let a fault strike a command at each of its calls, and look at what is left.

    strace counts the calls of each thread for itself: with `threads` a fault strikes whichever comes first to so many.
    """
    before = vouchers(template)
    for call, times in calls_of(template, words, threads=threads).items():
        left, struck = Counter[str](), 0
        for when in range(1, times + 1, step):
            ledger = Path(shutil.copy(template, template.with_name("struck.db")))
            Path(f"{ledger}-journal").unlink(missing_ok=True)
            inject = ("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={when}")
            ended = run(ledger, words, *inject, threads=threads)
            more = vouchers(ledger) - before
            assert more in (0, 1), (call, when, more)
            assert more == 1 or "已记账" not in ended.stderr, (call, when, ended.stderr)
            assert more == 0 or "没有写入任何内容" not in ended.stderr, (call, when, ended.stderr)
            assert "Traceback" not in ended.stderr, (call, when, ended.stderr)
            struck += "INJECTED" in trace_of(ledger) or "killed by SIGKILL" in trace_of(ledger)
            code = "" if fault == KILL else f", exit code {ended.returncode}"
            left[f"{'the voucher' if more else 'nothing'}{code}"] += 1
        name = f"hep {' '.join(words[:2])}{' (threads)' * threads}"
        print(f"| {name} | {fault.split('=')[1]} | {call} | {struck} | {dict(left)} |", flush=True)
        assert struck == left.total(), (call, struck, left)


def main(step: int) -> None:
    """Sweep a redemption with each fault, and an award, an undo and the import of a roster with kills."""
    with tempfile.TemporaryDirectory() as folder:
        template, roster = Path(folder) / "台账.db", Path(folder) / "花名册.csv"
        settle(template)
        people = "\n".join(f"张{n:04d},个体,{13900000000 + n},幸福里社区" for n in range(ROSTER))
        roster.write_text(f"姓名,类型,联系电话,社区\n{people}\n", encoding="utf-8")
        for fault in (KILL, EIO, ENOSPC):
            sweep(template, ["shop", "redeem", "武玉侪", "大米"], fault)
        sweep(template, ["points", "award", "武玉侪", "5"])
        sweep(template, ["undo", f"V{vouchers(template)}"])
        for threads in (False, True):
            sweep(template, ["import", "partners", str(roster)], step=step, threads=threads)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1)
