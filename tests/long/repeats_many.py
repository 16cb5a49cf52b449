# ruff: noqa: T201 a program run by hand
"""Merges and undoes at random what may stand once: python -m tests.long.repeats_many FIRST LAST."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from hepartner.ledger import Ledger
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.dispatches import Dispatches, Whistle
from hepartner.ledger.errors import GuardRefused, LedgerError
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.moments import Moment
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.projects import Particulars as Landed
from hepartner.ledger.projects import Projects
from hepartner.ledger.sessions import Particulars as Served
from hepartner.ledger.sessions import Sessions

DAY, DEEDS = date(2025, 3, 1), 60


def main(first: int, last: int) -> int:
    """Let an office of each seed do its deeds; print what stands twice or fails in raw words, and return how much that is."""
    found = 0
    for seed in range(first, last + 1):
        with (
            tempfile.TemporaryDirectory() as folder,
            Ledger.create(Path(folder) / "台账.db", operator="李梅") as ledger,
        ):
            for wrong in wrongs(ledger, Random(seed)):
                found += 1
                print(f"seed {seed}: {wrong}", flush=True)
    print(f"seeds {first} to {last}: {found} wrong")
    return found


def wrongs(ledger: Ledger, chance: Random) -> Iterator[str]:
    """Yield what goes wrong in a random office."""
    for deed in islice(deeds(ledger, chance), DEEDS):
        try:
            deed()
        except GuardRefused as refused:
            yield str(refused)
        except LedgerError:
            continue
    yield from map(str, ledger.custody.verify().findings)
    given = [one.partner_code for one in ledger.book(Honours).listing()]
    yield from (f"{code} has the honour twice" for code in set(given) if given.count(code) > 1)


def deeds(ledger: Ledger, chance: Random) -> Iterator[Callable[[], object]]:
    """Yield what the office does: whistles, sessions, honours, cooperations, mergers of four shops, and most of all undos."""
    district = ledger.areas.add("district", "海城区", code="HC").area
    subdistrict = ledger.areas.add("subdistrict", "驿马街道", parent=district, code="YM").area
    here = ledger.areas.add(
        "community", "幸福里社区", parent=subdistrict, code="XF", since=date(2022, 1, 1)
    ).area
    shops = [
        ledger.partners.enrol(
            Particulars("business", f"{name}号商家", here.id, joined_on="2024-01-01")
        ).partner
        for name in "甲乙丙丁"
    ]
    project = ledger.book(Projects).land(Landed(here.id, "居家助老", "2025-01-01")).now
    first = ledger.written[-1]
    whistle = Whistle("台风清障", "typhoon", here, Moment(str(DAY), 510))
    while True:
        one, other = chance.sample(shops, 2)
        session = Served(project.id, str(DAY), 12, partners=chance.choice([(), (one.id,)]))
        undo = partial(ledger.history.undo, chance.randint(first, ledger.written[-1]))
        yield chance.choice(
            [
                partial(
                    ledger.book(Cooperations).close, one, here, with_=chance.choice([other, None]), day=DAY
                ),
                partial(ledger.book(Honours).give, Title("优秀合伙人", "community"), [one], day=DAY),
                partial(ledger.book(Dispatches).whistle, whistle, chance.choice([[one], [one, other]])),
                partial(ledger.book(Sessions).hold, project, session),
                partial(ledger.membership.merge, one, other),
                *[undo] * 4,
            ]
        )


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
