# ruff: noqa: T201 a program run by hand
"""Reads mutated files of every format, each import refused in a sentence or whole: python -m tests.long.fuzz [TIMES [SEED]]."""

import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from hepartner.intake.errors import FileRefused
from hepartner.intake.kinds.partners import form
from hepartner.intake.reading import read_lines
from tests.intake.builders import put
from tests.intake.test_fuzz import FILES, lost


def main(times: int, seed: int) -> int:
    """Read so many mutants of each file; print what became of them and return how many broke a promise."""
    broken, today = 0, date(2025, 11, 20)
    with tempfile.TemporaryDirectory() as folder:
        for what, (name, content, mutate, _) in FILES.items():
            random, ends, slowest = Random(seed), Counter[str](), 0.0
            for n in range(times):
                path = put(Path(folder), name, mutate(content, random))
                begun = time.perf_counter()
                end = _read(path, today)
                slowest = max(slowest, time.perf_counter() - begun)
                ends[end] += 1
                if end not in ("read", "refused"):
                    broken += 1
                    print(f"{what}, mutant {n} of seed {seed}: {end}", flush=True)
            print(f"{what}: {dict(ends)}, slowest {slowest:.2f} s", flush=True)
    print(f"{broken} broke a promise")
    return broken


def _read(path: Path, today: date) -> str:
    """Return "read", "refused", or what went wrong; a traceback ends the program."""
    try:
        with read_lines(path, "partners", form(today), today) as lines:
            rows = lost(lines)
    except FileRefused as refusal:
        return "refused" if "。改法：" in str(refusal) else f"no remedy: {refusal}"
    return f"rows lost: {rows}" if rows else "read"


if __name__ == "__main__":
    sys.exit(min(main(*(map(int, sys.argv[1:])), *(2000, 7)[len(sys.argv) - 1 :]), 1))
