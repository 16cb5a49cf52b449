"""What a holding was day by day 逐日结余: points or goods taken as of a day must be there on it and on every day after."""

from collections.abc import Mapping
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

    def take(self, day: str, month: str, amount: int) -> None:
        """Take something as of a day, counted in a month."""
        self.now -= amount
        self._moves[day, month] = self._moves.get((day, month), 0) - amount

    def _lowest(self, first: str, place: int, word: str) -> Least:
        after: dict[str, int] = {}
        for key, amount in self._moves.items():
            if key[place] > first:
                after[key[place]] = after.get(key[place], 0) + amount
        level = self.now - sum(after.values())
        lowest = Least(level, f"{first}{word}")
        for when in sorted(after):
            level += after[when]
            if level < lowest.amount:
                lowest = Least(level, f"{when}{word}")
        return Least(self.now, "") if lowest.amount >= self.now else lowest


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
