"""The partners' points as the district's own side keeps them: given, taken, and carried when somebody moves or is merged."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .people import Partner
from .register import Deed, Register, month_of


@dataclass(slots=True, eq=False)
class Given:
    """Points that were given to a partner, so that they can be taken back."""

    partner: Partner
    points: int
    deed: Deed


class Wallets:
    """What every partner has, and where the points lie."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._balance: Counter[Partner] = Counter()
        self._changes: dict[Partner, list[tuple[date, str, int]]] = defaultdict(list)
        self._merged_into: dict[Partner, tuple[Partner, date]] = {}
        self._moves: dict[Partner, list[tuple[date, str]]] = {}
        self._given: list[Given] = []
        self._earned: dict[Partner, Counter[date]] = defaultdict(Counter)

    def balance(self, partner: Partner) -> int:
        """Return what a partner has."""
        return self._balance[partner]

    def give(
        self, partner: Partner, points: int, day: date, *, today: date, count: str = "points.awarded"
    ) -> Given:
        """Give points on a day; those of a day before a move are carried to where the partner is now."""
        there = self.community_on(partner, day)
        deed = self._register.note(there, day, {count: points, "points.balance": points})
        self._change(partner, deed, points)
        self._earned[partner][day] += points
        self._carry(points, (partner, there), (partner, partner.home), today)
        self._given.append(Given(partner, points, deed))
        return self._given[-1]

    def given_in(self, first: date, last: date) -> list[Given]:
        """Return what was given for days from the first to the last."""
        return [given for given in self._given if first <= given.deed.day <= last]

    def take_back(self, given: Given) -> int:
        """Take given points back as far as they were not spent since they were given; return how many were taken."""
        taken, holder, since = given.points, given.partner, given.deed.day
        while holder in self._merged_into:
            into, merged_on = self._merged_into[holder]
            taken = min(taken, self._left_since(holder, since, until=merged_on))
            holder, since = into, max(since, merged_on)
        taken = min(taken, self._left_since(holder, since))
        for day, left, to in self._hops(given.partner, given.deed.day):
            self._carry(taken, (holder, to), (holder, left), day)
        codes = dict.fromkeys(given.deed.adds, -taken)
        self._change(holder, self._register.take_back(given.deed, adds=codes), -taken)
        self._earned[holder][given.deed.day] -= taken
        return taken

    def take(self, partner: Partner, points: int, day: date, *, today: date, adds: dict[str, int]) -> Deed:
        """Take points on a day for what `adds` counts."""
        there = self.community_on(partner, day)
        self._carry(points, (partner, partner.home), (partner, there), today)
        heads = {"points.redeemers": partner} if "points.redemptions" in adds else {}
        deed = self._register.note(there, day, {**adds, "points.balance": -points}, heads=heads)
        self._change(partner, deed, -points)
        return deed

    def give_back(self, partner: Partner, deed: Deed, *, today: date) -> None:
        """Give back what was taken by a deed."""
        points, holder = -deed.adds["points.balance"], self.holder(partner)
        self._change(holder, self._register.take_back(deed), points)
        if holder is not partner:
            self._earned[partner][deed.day] -= points
            self._earned[holder][deed.day] += points
        self._carry(points, (partner, deed.community), (holder, holder.home), today)

    def move(self, partner: Partner, community: str, day: date) -> None:
        """Move a partner and its points to another community."""
        before = partner.home
        self._moves.setdefault(partner, []).insert(0, (day, before))
        partner.home = community
        self._carry(self._balance[partner], (partner, before), (partner, community), day)

    def merge(self, partner: Partner, into: Partner, day: date) -> None:
        """Give all that a partner has to the partner it was registered twice with."""
        self._carry(self._balance[partner], (partner, partner.home), (into, into.home), day)
        for earned_on, points in self._left(partner).items():
            self._earned[partner][earned_on] -= points
            self._earned[into][earned_on] += points
        points = self._balance.pop(partner, 0)
        self._balance[into] += points
        self._changes[into].append((day, month_of(day), points))
        self._merged_into[partner] = into, day

    def clear(self, partner: Partner, until: date, *, today: date) -> None:
        """Let what is left of points earned up to a day expire."""
        old = sum(points for earned_on, points in self._left(partner).items() if earned_on <= until)
        if old:
            self.take(partner, old, today, today=today, adds={"points.expired": old})

    def _left(self, partner: Partner) -> dict[date, int]:
        """Return what is left of a partner's points by the day they were earned; the oldest are spent first."""
        earned = sorted(self._earned[partner].items())
        spent, left = sum(points for _, points in earned) - self._balance[partner], {}
        for earned_on, points in earned:
            left[earned_on] = max(0, points - spent)
            spent = max(0, spent - points)
        return left

    def holder(self, partner: Partner) -> Partner:
        """Return who holds a partner's points now."""
        while partner in self._merged_into:
            partner, _ = self._merged_into[partner]
        return partner

    def community_on(self, partner: Partner, day: date) -> str:
        """Return the community of a partner on a day; on the day of a move it is the new one."""
        place = partner.home
        for moved_on, left in self._moves.get(partner, ()):
            if moved_on <= day:
                break
            place = left
        return place

    def _change(self, partner: Partner, deed: Deed, points: int) -> None:
        self._balance[partner] += points
        self._changes[partner].append((deed.day, deed.month, points))

    def _hops(self, partner: Partner, day: date) -> Iterator[tuple[date, str, str]]:
        """Yield on which days points of a day went from which community to which, with moves and mergers."""
        moves = [
            (moved_on, left) for moved_on, left in reversed(self._moves.get(partner, [])) if moved_on > day
        ]
        places = [*(left for _, left in moves), partner.home]
        for (moved_on, left), to in zip(moves, places[1:], strict=True):
            yield moved_on, left, to
        if partner in self._merged_into:
            into, merged_on = self._merged_into[partner]
            yield merged_on, partner.home, self.community_on(into, merged_on)
            yield from self._hops(into, merged_on)

    def _left_since(self, partner: Partner, day: date, *, until: date = date.max) -> int:
        """Return the least that a partner had at the end of a day and of every day and month since, before another day."""
        changes = self._changes[partner]
        days = {day, *(on for on, _, _ in changes if on > day)}
        months = {month_of(day), *(month for _, month, _ in changes if month > month_of(day))}
        by_day = [sum(points for on, _, points in changes if on <= last) for last in days if last < until]
        by_month = [
            sum(points for _, month, points in changes if month <= last)
            for last in months
            if last < month_of(until)
        ]
        return min([*by_day, *by_month], default=sum(points for _, _, points in changes))

    def _carry(
        self, points: int, giver: tuple[Partner, str], taker: tuple[Partner, str], today: date
    ) -> None:
        """Carry points from one community to another in the first month that is open in both."""
        if giver[1] == taker[1] or not points:
            return
        month = max(self._register.open_month(place, month_of(today)) for _, place in (giver, taker))
        for (_, place), amount in ((giver, -points), (taker, points)):
            self._register.note(place, today, {"points.balance": amount}, month=month)
