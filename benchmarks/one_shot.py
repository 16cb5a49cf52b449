"""One-shot commands: a whole process each, as they are typed."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from hepartner.ledger import Ledger, particulars

from . import ledgers, peers
from .measuring import Row, Taken, hep, pairs, process, python

ROUNDS = 21
COUNTER = {
    "发放 award": ("points", "award", "武玉侪", "5"),
    "余额 balance": ("points", "balance", "武玉侪"),
    "查找 find": ("partner", "find", "wyc"),
    "兑换 redeem": ("shop", "redeem", "武玉侪", "牙膏"),
}
OTHERS = {
    "名册 partner list": ("partner", "list", "--area", "第1社区"),
    "活动 activity list": ("activity", "list", "--area", "第1社区"),
    "规则 rule list": ("rule", "list"),
    "日志 log": ("log",),
    "指标 report figures": ("report", "figures", "--area", "第1社区", "--from", "2025-11", "--to", "2025-11"),
}


def counter() -> Iterator[Row]:
    """What is typed hundreds of times a day, beside `sqlite-utils insert` of one row."""
    path, beside = _office(), ledgers.FOLDER / "one-row.db"
    beside.unlink(missing_ok=True)
    insert = [peers.sqlite_utils(), "insert", beside, "entry", "-"]
    other = process(insert, given='{"partner": "武玉侪", "points": 5, "day": "2025-11-20"}'.encode())
    for name, words in COUNTER.items():
        yield pairs(name, hep(*words, ledger=path), "sqlite-utils insert", other, aim=0.75, rounds=ROUNDS)


def others() -> Iterator[Row]:
    """Other commands without Excel, beside the import of what they are made with."""
    path, other = _office(), python("import typer, sqlmodel")
    for name, words in OTHERS.items():
        yield pairs(
            name, hep(*words, ledger=path), "import typer, sqlmodel", other, aim=1.5, rounds=ROUNDS // 2
        )
    numbers = count()

    def enrol() -> Taken:
        return hep("partner", "add", f"新人{next(numbers)}", ledger=path)()

    yield pairs("登记 partner add", enrol, "import typer, sqlmodel", other, aim=1.5, rounds=ROUNDS // 2)


def help_page() -> Iterator[Row]:
    """Help and completion, beside the import of typer."""
    path, other = _office(), python("import typer")
    yield pairs("hep --help", hep("--help", ledger=path), "import typer", other, aim=1.5, rounds=ROUNDS)
    asked = {"_HEP_COMPLETE": "complete_bash", "COMP_WORDS": "hep p", "COMP_CWORD": "1"}
    yield pairs("补全 hep p<Tab>", hep(ledger=path, **asked), "import typer", other, aim=1.5, rounds=ROUNDS)


def _office() -> Path:
    """Return a copy of the small ledger in which 武玉侪 has points and the shop has much of everything."""
    path = ledgers.FOLDER / "office.db"
    shutil.copy(ledgers.ledger("5600"), path)
    with Ledger.open(path, operator="李梅", clock=lambda: ledgers.NOW, community="第1社区") as ledger:
        community = ledger.areas.community()
        said = particulars.Particulars("individual", "武玉侪", community.id, "2024-01-01")
        partner = ledger.partners.enrol(said).partner
        ledger.points.award(partner, 100_000)
        item = ledger.shop.find("牙膏", shop=community)
        with ledger.voucher("shop.in") as voucher:
            ledger.shop.stock_in_many(voucher, [(item, 10_000, "2025-12-01", None)])
    return path
