"""Run the measurements named (all if none is) and print a table: `python -m benchmarks [name…]`."""

import sys
from collections.abc import Callable, Iterator

from . import balances, figures, monthly, one_shot, roster, verifying, writing
from .measuring import Row, shown

MEASUREMENTS: dict[str, Callable[[], Iterator[Row]]] = {
    "counter": one_shot.counter,
    "others": one_shot.others,
    "help": one_shot.help_page,
    "loop": writing.loop,
    "bulk": writing.bulk,
    "roster": roster.imported,
    "bad": roster.partly_bad,
    "figures": figures.one_month,
    "monthly": monthly.workbook,
    "verify": verifying.verified,
    "balance": balances.one_partner,
}
"""By name, in the order of the table of aims."""


def main(names: list[str]) -> int:
    """Run the measurements and return the exit code: 1 when an aim was missed."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"没有 {'、'.join(unknown)}，可用：{'、'.join(MEASUREMENTS)}")
        return 2
    print("| 工作 | 对照 | 耗时 | 比值（中位数） | 目标 | 结果 |\n| --- | --- | --- | --- | --- | --- |")
    missed = 0
    for name in names or MEASUREMENTS:
        for row in MEASUREMENTS[name]():
            print(shown(row), flush=True)
            missed += not getattr(row, "met", True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
