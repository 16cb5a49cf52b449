# ruff: noqa: T201 a program run by hand
"""Lets eight windows type commands that write, 200 each, on one ledger: python -m tests.long.windows [TIMES]."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.long.kill_everywhere import settle
from tests.test_windows import WINDOWS, mixed


def main(times: int) -> None:
    """Print what the windows were told; every voucher said to stand is there once and no other, or an assertion fails."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, began = Path(folder) / "台账.db", time.monotonic()
        settle(ledger)
        shown = mixed(ledger, times)
    codes = Counter(one.code for one in shown)
    written = sum("已记账" in one.talk for one in shown)
    again = sum("这一笔已经记过" in one.talk for one in shown)
    locks = [one for one in shown if "locked" in one.talk or "正被另一个窗口使用" in one.talk]
    print(f"{len(shown)} commands in {time.monotonic() - began:.0f} s, exit codes {dict(codes)}")
    print(
        f"{WINDOWS * times} writes: {written} acknowledged, each there once; {again} sent again, none written twice"
    )
    print(f"{len(locks)} told of a lock", *(one.talk for one in locks[:5]))
    for one in [one for one in shown if one.code][:5]:
        print(one.code, one.words, one.talk)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200)
