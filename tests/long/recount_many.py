# ruff: noqa: T201 a program run by hand
"""Recounts the figures of as many random ledgers as you have time for: python -m tests.long.recount_many FIRST LAST."""

import sys
import tempfile
from pathlib import Path

from tests.recount.story import told
from tests.test_recount import CHECKS, outside_witnesses_agree, recounted


def main(first: int, last: int) -> int:
    """Recount the ledgers of these seeds; print every difference and return how many there are."""
    differences = 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            story = told(Path(folder) / "台账.db", seed)
            with story.ledger:
                ended = recounted(story)
                for check in (*CHECKS, outside_witnesses_agree):
                    for difference in check(ended):
                        differences += 1
                        print(f"seed {seed}, {check.__name__}: {difference}", flush=True)
    print(f"seeds {first} to {last}: {differences} differences")
    return differences


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
