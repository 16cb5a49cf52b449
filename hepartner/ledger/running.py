"""What a holding was day by day 逐日结余: points or goods taken as of a day must be there on it and on every day after."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .ledger import Ledger


class Held(NamedTuple):
    """Facts that move a holding: their table, the column of its card, and what they add."""

    fact: str
    owner: str
    measure: str


POINTS = Held("entry", "partner_id", "points")
STOCK = Held("stock_move", "item_id", "quantity")


class Least(NamedTuple):
    """The least that there is from a day on, and the day or the month's end when; '' when it is what there is now."""

    amount: int
    when: str


class Lasting(NamedTuple):
    """How much is there for good since a day and a month."""

    day: str
    month: str
    amount: int


class Running:
    """What there is now, and what moved it since; what is taken meanwhile counts for what follows."""

    def __init__(self, now: int, moves: Mapping[tuple[str, str], int] | None = None) -> None:
        self.now = now
        self._moves = dict(moves or {})

    def at(self, day: str) -> int:
        """Return what there was at the end of a day."""
        return self.now - sum(amount for (when, _), amount in self._moves.items() if when > day)

    def least(self, day: str, month: str) -> Least:
        """Return the least from a day on, by days, and from a month on, by the months in which facts count.

        A month that was opened again may lack what counts only after it, so both orders are looked at.
        """
        if not self._moves:
            return Least(self.now, "")
        days = self._lowest(day, 0, "")
        months = self._lowest(month, 1, " 月末")
        return min(days, months, key=lambda one: one.amount)

    def least_until(self, first: tuple[str, str], end: tuple[str, str]) -> int | None:
        """Return the least from a day and a month on, before another day and month; None if nothing lies between."""
        levels = [
            level
            for place in (0, 1)
            for when, level in self._levels(first[place], place)
            if when < end[place]
        ]
        return min(levels, default=None)

    def lasting(self, day: str, month: str) -> list[Lasting]:
        """Return since when what there is now is there for good: from a day on, and from a month on, or since later ones."""
        days, months = self._lasting(day, 0), self._lasting(month, 1)
        found = []
        while days:
            (when, one), (counted_in, other) = days.pop(), months.pop()
            found.append(Lasting(when, counted_in, min(one, other)))
            if one > other:
                days.append((when, one - other))
            elif other > one:
                months.append((counted_in, other - one))
        return found

    def take(self, day: str, month: str, amount: int) -> None:
        """Take something as of a day, counted in a month."""
        self.now -= amount
        self._moves[day, month] = self._moves.get((day, month), 0) - amount

    def _lasting(self, first: str, place: int) -> list[tuple[str, int]]:
        """Return since which day or month how much is there for good, the latest first."""
        after = self._after(first, place)
        level, earlier, found = self.now, self.now, []
        for when in [*sorted(after, reverse=True), first]:
            lasts = max(0, min(level, earlier))
            found.append((when, lasts))
            level, earlier = level - after.get(when, 0), lasts
        rises = pairwise([*found, ("", 0)])
        return [(when, lasts - before) for (when, lasts), (_, before) in rises if lasts > before]

    def _after(self, first: str, place: int) -> dict[str, int]:
        """Return what moved on the days, or in the months, after the first."""
        after: dict[str, int] = {}
        for key, amount in self._moves.items():
            if key[place] > first:
                after[key[place]] = after.get(key[place], 0) + amount
        return after

    def _lowest(self, first: str, place: int, word: str) -> Least:
        when, level = min(self._levels(first, place), key=itemgetter(1))
        return Least(self.now, "") if level >= self.now else Least(level, f"{when}{word}")

    def _levels(self, first: str, place: int) -> Iterator[tuple[str, int]]:
        """Yield what there was at the end of the first day or month, and of each after it that moved something."""
        after = self._after(first, place)
        level = self.now - sum(after.values())
        yield first, level
        for when in sorted(after):
            level += after[when]
            yield when, level


def read(ledger: "Ledger", held: Held, now: Mapping[int, int], since: str) -> dict[int, Running]:
    """Return what cards hold, by id: `now`, and how it was on every day from `since` on; of today nothing is to be read."""
    if since >= ledger.today().isoformat():
        return {card: Running(amount) for card, amount in now.items()}
    moves: dict[int, dict[tuple[str, str], int]] = {card: {} for card in now}
    sql = f"""SELECT f.{held.owner}, f.happened_on, f.counted_in, sum(f.{held.measure})
        FROM json_each(:cards) j CROSS JOIN {held.fact} f ON f.{held.owner} = j.value
        WHERE f.happened_on > :since OR f.counted_in > substr(:since, 1, 7) GROUP BY 1, 2, 3"""
    for card, day, month, amount in ledger.database.rows(sql, {"cards": str(sorted(now)), "since": since}):
        moves[card][day, month] = amount
    return {card: Running(amount, moves[card]) for card, amount in now.items()}


def read_at(ledger: "Ledger", place: tuple[int, int]) -> Running:
    """Return the points of a card in one of the communities where it was, and how that was on every day."""
    sql = """SELECT happened_on, counted_in, sum(points) FROM entry
        WHERE partner_id = ? AND community_id = ? GROUP BY 1, 2"""
    moved = {(day, month): points for day, month, points in ledger.database.rows(sql, place)}
    return Running(sum(moved.values()), moved)
