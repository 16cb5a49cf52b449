"""What hledger and beancount make of an exported journal, beside what the ledger says."""

import csv
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from beancount import loader
from beancount.core.data import Transaction

from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area
from hepartner.ledger.months import Span
from hepartner.reports.journals import Beancount, Hledger, write_journal
from hepartner.words.points import KINDS

HLEDGER = shutil.which("hledger")
UTF8 = os.environ | {"LC_ALL": "C.UTF-8"}
"""The environment for hledger, which reads and prints in the encoding of the locale."""
LACKING = "hledger is not installed here (Debian: apt-get install hledger)"
FIGURES = {"award": "points.awarded", "redeem": "points.redeemed", "expire": "points.expired"}
"""The figures that are all that came or went by a kind, as a positive number."""


class Heard(NamedTuple):
    """Points by who has them, and by kind, community and month, as positive numbers; nothing where there are none."""

    balances: dict[str, int]
    flows: dict[tuple[str, str, str], int]


def disagreements(ledger: Ledger, folder: Path) -> Iterator[str]:
    """Let both programs check the journals of a ledger, of all of it and of a community; yield what they say otherwise."""
    whole, part = ledger.areas.root(), ledger.areas.communities()[0]
    for language, read in ((Hledger(), hledger), (Beancount(), beancount)):
        if language.__class__ is Hledger and not HLEDGER:
            continue
        for area in (whole, part):
            assert area is not None
            journal = folder / f"{area.code}.journal"
            write_journal(ledger, language, journal, area=area.code)
            if read(journal) != said(ledger, area):
                yield f"{read.__name__} of {area.name}: {read(journal)}, the ledger {said(ledger, area)}"


def said(ledger: Ledger, area: Area) -> Heard:
    """Return what the ledger says of an area: its kept balances where that is all of it, and its figures."""
    communities = {one.id: one.code for one in ledger.areas.communities(area)}
    sql = f"""SELECT code, sum(points) FROM entry JOIN partner ON partner.id = partner_id
        WHERE entry.community_id IN ({", ".join(map(str, communities))}) GROUP BY 1 HAVING sum(points) <> 0"""
    if area.parent_id is None:
        sql = "SELECT code, points FROM balance JOIN partner ON partner.id = partner_id WHERE points <> 0"
    flows = {
        (kind, communities[community], month): points
        for month in months(ledger)
        for kind, figure in FIGURES.items()
        for community, points in ledger.counts.additive(figure, Span.month(month)).items()
        if community in communities and points
    }
    return Heard(dict(ledger.database.rows(sql)), flows)


def months(ledger: Ledger) -> list[str]:
    return [month for (month,) in ledger.database.rows("SELECT DISTINCT counted_in FROM entry ORDER BY 1")]


def hledger(journal: Path) -> Heard:
    """Let hledger check a journal and tell every account's change in every month. Raises CalledProcessError if it is refused."""
    asked = ("--strict", "balance", "--monthly", "--flat", "--layout", "tidy", "--output-format", "csv")
    assert HLEDGER
    told = subprocess.run(
        [HLEDGER, "--file", f"journal:{journal}", *asked],
        capture_output=True, check=True, encoding="utf-8", env=UTF8,
    )  # fmt: skip
    kinds = {word: kind for kind, word in KINDS.items()}
    heard = Heard(Counter(), Counter())
    for row in csv.DictReader(told.stdout.splitlines()):
        first, *rest = row["account"].split(":")
        if first == "合伙人":
            heard.balances[rest[1]] += int(row["value"])
        elif first in kinds:
            heard.flows[kinds[first], rest[0], row["period"]] += int(row["value"])
    return _plain(heard)


def beancount(journal: Path) -> Heard:
    """Let beancount check a journal and tell every posting."""
    entries, errors, _ = loader.load_file(str(journal))
    assert errors == []
    heard = Heard(Counter(), Counter())
    for entry in entries:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            first, second, third = posting.account.split(":")
            if first == "Assets":
                heard.balances[third] += int(posting.units.number)
            else:
                heard.flows[second.lower(), third, f"{entry.date:%Y-%m}"] += int(posting.units.number)
    return _plain(heard)


def _plain(heard: Heard) -> Heard:
    """Leave out what is nothing, and kinds that are no figure; what is given comes from an account of minus as many."""
    signs = {"award": -1, "redeem": 1, "expire": 1}
    flows = {at: signs[at[0]] * points for at, points in heard.flows.items() if at[0] in signs and points}
    return Heard({code: points for code, points in heard.balances.items() if points}, flows)
