"""What each person gave and received, in plain Python from exported facts; shares nothing with the ledger's measures."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.nouns import listed, nouns

from .recount import Recount, before

EVER = "9999-12"
STOCKS = ("points.balance", *listed("SHEET_STOCKS"))
"""Lines that tell what stood at the end of the months."""


class Brought(NamedTuple):
    """What a card brings to a line of the sheet; what names a subject counts once for the person, else amounts add up."""

    code: str
    partner_id: int
    amount: int
    subject: object = None


class Persons:
    """Who is whom at the end of the story, and the sheets of all persons."""

    def __init__(self, recount: Recount) -> None:
        self.recount = recount
        self.into = {
            step.partner_id: step.into_id for step in recount.standing("standing", EVER) if step.into_id
        }
        self._ends: dict[str, dict[tuple[int, str], int]] = {}

    def of(self, partner_id: int) -> int:
        """Return the card under which a partner is known now."""
        while partner_id in self.into:
            partner_id = self.into[partner_id]
        return partner_id

    def value(self, person: int, code: str, first: str, last: str) -> int | None:
        """Return what a line of the sheet tells of a person, None for no star level."""
        if code == "stars.level":
            return self._stars(person, last)
        earlier = 0 if code in STOCKS else self._end(before(first)).get((person, code), 0)
        return self._end(last).get((person, code), 0) - earlier

    def _end(self, month: str) -> dict[tuple[int, str], int]:
        """Return what stands of each person's lines at the end of a month."""
        if month not in self._ends:
            sums: dict[tuple[int, str, object], int] = defaultdict(int)
            for one in brought(self, month):
                sums[self.of(one.partner_id), one.code, one.subject] += one.amount
            totals: dict[tuple[int, str], int] = defaultdict(int)
            for (person, code, subject), amount in sums.items():
                totals[person, code] += amount if subject is None else amount > 0
            self._ends[month] = totals
        return self._ends[month]

    def _stars(self, person: int, month: str) -> int | None:
        frozen = [
            (one.year, one.level)
            for one in self.recount.standing("star_level", month)
            if self.of(one.partner_id) == person
        ]
        return max(frozen)[1] if frozen else None


def brought(persons: Persons, month: str) -> Iterator[Brought]:
    """Yield what every card brings to the sheets, as far as is seen at the end of a month."""
    recount = persons.recount
    for line in recount.standing("participation", month):
        yield Brought("hours.served", line.partner_id, line.minutes)
        yield Brought("activities.attended", line.partner_id, 1, line.activity_id)
    for hosting in recount.standing("organising", month):
        yield Brought("activities.organised", hosting.partner_id, 1, hosting.activity_id)
    for helped in recount.standing("issue_help", month):
        yield Brought("issues.helped", helped.partner_id, 1, helped.issue_id)
    yield from _goods(recount, month)
    for entry, left in recount.entries(month):
        yield Brought("points.balance", entry.partner_id, left)
        if entry.kind in _LINES:
            code, sign = _LINES[entry.kind]
            yield Brought(code, entry.partner_id, sign * left)
    for noun in nouns():
        yield from (Brought(*one) for one in getattr(noun, "exchanged", _nothing)(persons, month))


def _goods(recount: Recount, month: str) -> Iterator[Brought]:
    slips = {slip.id: slip.partner_id for slip in recount.tables["redemption"]}
    for move in recount.standing("stock_move", month):
        if move.kind == "in" and move.donor_id is not None:
            yield Brought("goods.donated", move.donor_id, 1)
        if move.redemption_id is not None:
            yield Brought("goods.redeemed", slips[move.redemption_id], 1)


def _nothing(_persons: Persons, _month: str) -> Iterator[Any]:
    return iter(())


_LINES = {
    "opening": ("points.opening", 1),
    "award": ("points.awarded", 1),
    "redeem": ("points.redeemed", -1),
    "deduct": ("points.taken", -1),
    "expire": ("points.taken", -1),
}
