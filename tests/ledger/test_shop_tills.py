"""Several tills at once: real processes redeem from one balance and one shelf."""

import subprocess
import sys
from pathlib import Path

from hepartner.ledger import Ledger
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol, hire

REPOSITORY = Path(__file__).parents[2]
TILL = """
import sys
from datetime import datetime
from hepartner.ledger import Ledger
from hepartner.ledger.points import NotEnough
from hepartner.ledger.redeeming import ShortOfStock

handed_out = 0
now = datetime.fromisoformat("2025-11-20T10:00:00+08:00")
with Ledger.open(sys.argv[1], operator=sys.argv[2], clock=lambda: now) as ledger:
    partner, item = ledger.partners.find("武玉侪"), ledger.shop.find("XF-S0001")
    for _ in range(5):
        try:
            ledger.shop.redeem(partner, [(item, 1)])
            handed_out += 1
        except (NotEnough, ShortOfStock):
            pass
print(handed_out)
"""


def handed_out_by_eight_tills(ledger: Ledger, *, points: int, stock: int) -> int:
    """Let eight processes try five slips of one item at 10 points each; return how many were accepted."""
    ledger.points.award(enrol(ledger, "武玉侪"), points)
    hire(ledger, *(f"窗口{n}" for n in range(8)))
    rice = ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 10).item
    ledger.shop.stock_in([(rice, stock)])
    tills = [
        subprocess.Popen(
            [sys.executable, "-c", TILL, str(ledger.database.path), f"窗口{n}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY,
        )
        for n in range(8)
    ]  # fmt: skip
    said = [till.communicate(timeout=60) for till in tills]
    assert [complaint for _, complaint in said] == [""] * 8
    return sum(int(number) for number, _ in said)


def test_eight_tills_spend_what_a_partner_has_and_no_more(ledger: Ledger) -> None:
    assert handed_out_by_eight_tills(ledger, points=105, stock=100) == 10
    assert ledger.points.balance(ledger.partners.find("武玉侪")) == 5


def test_eight_tills_hand_out_what_is_on_the_shelf_and_no_more(ledger: Ledger) -> None:
    assert handed_out_by_eight_tills(ledger, points=1000, stock=7) == 7
    assert ledger.shop.find("XF-S0001").stock == 0
