"""The points as double-entry bookkeeping tells them, for programs of others to check: movements and what a month ends with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .book import Book
from .months import month_of, shifted

if TYPE_CHECKING:
    from .areas import Area


class Account(NamedTuple):
    """Where points lie or come from: a partner's in a community by their codes, else a kind's in a community."""

    kind: str
    """'' for a partner's points, else the kind of entry that they came or went by."""
    community: str
    partner: str = ""


class Posting(NamedTuple):
    """Points that came to an account or (below 0) went; a partner's by which entry, and which one that takes back."""

    account: Account
    points: int
    entry: int | None = None
    reverses: int | None = None


class Movement(NamedTuple):
    """Points that moved; the postings add up to 0. If `happened_on` is said, it counts in a later month: `day` is its first."""

    day: str
    kind: str
    voucher: int
    postings: tuple[Posting, ...]
    happened_on: str = ""


class Month(NamedTuple):
    """A month of the book: what moved, and what each partner who had points in a community by then ends it with there."""

    month: str
    movements: list[Movement]
    balances: dict[Account, int]


class Witness(Book):
    """The book of points for outside witnesses: codes only, nothing of what describes people."""

    def months(self, last: str, area: "Area | None" = None) -> Iterator[Month]:
        """Yield the months from the first in which points moved in an area (everywhere if None) to `last`, in their order.

        A movement stands in the month in which it counts, so that of closed months nothing changes. To be read in one snapshot.
        Raises areas.GridHasNoFigures.
        """
        communities = [one.id for one in self.ledger.areas.communities(area)] if area else []
        where = "1" if area is None else f"e.community_id IN ({', '.join(map(str, communities)) or 'NULL'})"
        ends: defaultdict[str, dict[Account, int]] = defaultdict(dict)
        for month, community, partner, points in self.database.rows(_ENDS.format(where), {"last": last}):
            ends[month][Account("", community, partner)] = points
        movements = groupby(self._movements(where, last), key=lambda one: month_of(one.day))
        there: dict[Account, int] = {}
        for month, moved in movements_of_every_month(movements, last):
            for account, points in ends[month].items():
                there[account] = there.get(account, 0) + points
            yield Month(month, moved, dict(there))

    def _movements(self, where: str, last: str) -> Iterator[Movement]:
        rows = map(_Row._make, self.database.stream(_ENTRIES.format(where), {"last": last}))
        for (_, day, voucher, _), legs in groupby(rows, key=lambda row: row[:4]):
            entries = list(legs)
            if any(entry.inside for entry in entries):
                first = entries[0]
                happened_on = "" if first.happened_on == day else first.happened_on
                postings = tuple(posting for entry in entries for posting in _postings(entry))
                yield Movement(day, first.kind, voucher, postings, happened_on)


def movements_of_every_month(
    movements: Iterable[tuple[str, Iterable[Movement]]], last: str
) -> Iterator[tuple[str, list[Movement]]]:
    """Yield each month with its movements, those without any too, from the first that has some to `last`."""
    following = ""
    for month, moved in movements:
        while following and following < month:
            yield following, []
            following = shifted(following, 1)
        yield month, list(moved)
        following = shifted(month, 1)
    while following and following <= last:
        yield following, []
        following = shifted(following, 1)


class _Row(NamedTuple):
    """An entry as it is read; `movement` is what the legs of a transfer have in common, `inside` whether it lies in the area."""

    counted_in: str
    day: str
    voucher: int
    movement: int
    entry: int
    reverses: int | None
    kind: str
    community: str
    partner: str
    points: int
    happened_on: str
    inside: int


def _postings(row: _Row) -> Iterator[Posting]:
    """Yield the sides of an entry: of a transfer its own alone, the other leg is the other side."""
    side = Account(row.kind, row.community)
    if row.inside:
        partner = Account("", row.community, row.partner)
        yield Posting(partner, row.points, row.entry, row.reverses)
        if row.kind != "transfer":
            yield Posting(side, -row.points)
    else:
        # What came from outside of the area or went there: the community is named, whose points they are is not asked here.
        yield Posting(side, row.points)


_ENDS = """SELECT e.counted_in, a.code, p.code, sum(e.points) FROM entry e
    JOIN partner p ON p.id = e.partner_id JOIN area a ON a.id = e.community_id
    WHERE e.points <> 0 AND e.counted_in <= :last AND {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
# The legs of a transfer are found by the pair from which they come: what takes a pair back, or gives it again, names no pair.
_ENTRIES = """WITH RECURSIVE line(id, pair) AS (
      SELECT id, ifnull(pair_id, id) FROM entry
      WHERE kind = 'transfer' AND reverses_id IS NULL AND restores_id IS NULL
      UNION ALL SELECT e.id, line.pair FROM line JOIN entry e ON e.reverses_id = line.id OR e.restores_id = line.id)
    SELECT e.counted_in,
      CASE substr(e.happened_on, 1, 7) WHEN e.counted_in THEN e.happened_on ELSE e.counted_in || '-01' END AS day,
      e.voucher_id, ifnull(line.pair, e.id) AS movement, e.id, e.reverses_id, e.kind, a.code, p.code, e.points,
      e.happened_on, {0} AS inside
    FROM entry e LEFT JOIN line ON line.id = e.id
    JOIN partner p ON p.id = e.partner_id JOIN area a ON a.id = e.community_id
    WHERE e.points <> 0 AND e.counted_in <= :last AND (e.kind = 'transfer' OR {0})
    ORDER BY e.counted_in, day, e.voucher_id, movement, e.id"""
