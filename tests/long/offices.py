# ruff: noqa: T201 a program run by hand
"""Lets many offices of tests/ledger/test_office_machine.py take many steps: python -m tests.long.offices [EXAMPLES [STEPS]]."""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from hepartner.ledger import Ledger
from tests.ledger.conftest import Clock
from tests.ledger.test_office_machine import office, run


def settled(path: Path) -> Path:
    """Make a ledger with two communities."""
    with Ledger.create(path, operator="李梅", clock=Clock()) as ledger:
        district = ledger.areas.add("district", "海城区", code="HC").area
        street = ledger.areas.add("subdistrict", "驿马街道", parent=district, code="YM").area
        for name, code in (("幸福里社区", "XF"), ("和平社区", "HP")):
            ledger.areas.add("community", name, parent=street, code=code, since=date(2022, 1, 1))
    return path


def main(examples: int = 500, steps: int = 50) -> None:
    """Run; a sequence after which ledger and model differ is shrunk, printed and raised."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        run(office(settled(Path(folder) / "台账.db")), examples=examples, steps=steps)
    print(
        f"{examples} offices of up to {steps} steps in {time.monotonic() - began:.0f} s: none differs from the model"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
