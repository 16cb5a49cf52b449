# ruff: noqa: T201 a program run by hand
"""Moves, merges, spends and undoes points in as many random ledgers as you like: python -m tests.long.points_many FIRST LAST.

The office does little else, for past days mostly, while months close and open; after each deed no partner has less than nothing
anywhere at the end of any month.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from hepartner.ledger import Ledger
from tests.ledger.conftest import CHINA
from tests.recount import deeds
from tests.recount.story import Story, begun


def award(story: Story) -> object:
    points, day = story.random.randint(5, 60), story.day(late=0.8)
    return story.ledger.points.award(story.partner(), points, day=day, reason="帮忙")


def reverse(story: Story) -> object:
    sql = f"SELECT id FROM entry e WHERE sign = 1 AND kind NOT IN ('redeem', 'transfer') AND {_STANDS.format('entry')}"
    return story.ledger.points.reverse(story.one_of(sql))


def cancel(story: Story) -> object:
    slip = story.one_of(f"SELECT id FROM redemption e WHERE sign = 1 AND {_STANDS.format('redemption')}")
    return story.ledger.shop.cancel(f"D{slip}")


def undo(story: Story) -> object:
    sql = "SELECT id FROM voucher WHERE action NOT LIKE 'area.%' ORDER BY id DESC LIMIT 40"
    return story.ledger.history.undo(story.one_of(sql))


def undo_carrying(story: Story) -> object:
    """Undo a move or a merger of long ago."""
    sql = "SELECT id FROM voucher WHERE action IN ('partner.move', 'partner.merge') ORDER BY id DESC LIMIT 12"
    return story.ledger.history.undo(story.one_of(sql))


_STANDS = "NOT EXISTS (SELECT 1 FROM {} r WHERE r.reverses_id = e.id)"
DECK: dict[deeds.Deed, int] = {
    award: 14, deeds.deduct: 3, deeds.redeem: 14, cancel: 5, reverse: 5, deeds.receive: 2, deeds.move: 10, deeds.merge: 5,
    deeds.enrol: 1, undo: 10, deeds.undo: 6, undo_carrying: 8, deeds.open_balance: 1, deeds.leave: 1, deeds.rejoin: 2,
    deeds.close: 3, deeds.reopen_month: 3,
}  # fmt: skip


def below_nothing(ledger: Ledger) -> Iterator[str]:
    sql = "SELECT partner_id, community_id, counted_in, sum(points) FROM entry GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    left: Counter[tuple[int, int]] = Counter()
    for partner, community, month, points in ledger.database.rows(sql):
        left[partner, community] += points
        if left[partner, community] < 0:
            yield f"partner {partner} ends {month} in {community} with {left[partner, community]}"


def work(story: Story) -> Iterator[str]:
    """Let the office work from August to November; say by which voucher what came to lie below nothing."""
    drawn = [deed for deed, times in DECK.items() for _ in range(times * 2)]
    story.random.shuffle(drawn)
    for place, deed in enumerate(drawn):
        story.clock.now = datetime(2025, 8, 1, 10, tzinfo=CHINA) + timedelta(days=110 * place // len(drawn))
        story.attempt(deed)
        if found := next(below_nothing(story.ledger), None):
            voucher = story.ledger.database.value("SELECT max(id) FROM voucher")
            yield f"{deed.__name__}, V{voucher}: {found}"
            return
    yield from (str(finding) for finding in story.ledger.custody.verify().findings)


def main(first: int, last: int) -> int:
    """Work through the ledgers of these seeds; print what is wrong in each and return in how many something is."""
    wrong = 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            story = begun(Path(folder) / "台账.db", seed)
            with story.ledger:
                for finding in work(story):
                    wrong += 1
                    print(f"seed {seed}, {finding}", flush=True)
    print(f"seeds {first} to {last}: {wrong} below nothing")
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
