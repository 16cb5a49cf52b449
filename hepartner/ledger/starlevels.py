"""Star levels of partners: computed and explained from dated rules, frozen once a year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import errors, stars
from .areas import Area
from .book import Book, Written
from .counts.shape import stays
from .facts import stands
from .presence import on_record
from .rulebook import LOST
from .stars import Asked, Had, Lacking


@dataclass(frozen=True, slots=True)
class Rule:
    """What a star level asks from a day on; `now` tells whether it governs today."""

    id: int
    level: int
    minutes: int
    points: int
    years: int
    valid_from: str
    now: bool


class Card(NamedTuple):
    """What a star is printed with of its partner, and where that was."""

    partner_id: int
    code: str
    name: str
    kind: str
    community_id: int
    community: str


class Frozen(NamedTuple):
    """What was frozen of a person: its level, what it had, where it was then, and the voucher."""

    level: int
    had: Had
    community_id: int
    voucher: int


@dataclass(frozen=True, slots=True)
class Star:
    """What a partner had in a year, its level, and what lacks of the next; `frozen` is the voucher that froze it.

    The community is that of the end of the year, or of today while it goes on.
    """

    partner_id: int
    code: str
    name: str
    kind: str
    community_id: int
    community: str
    had: Had
    level: int
    lacking: Lacking | None
    frozen: int | None


class BadStarRule(errors.Refused):
    """What a star level is to ask can't be."""


class EasierStar(errors.Refused):
    """A higher level would ask less than a lower one."""

    def __init__(self, low: Asked, high: Asked, said: Asked) -> None:
        other = low if said.level == high.level else high
        day = max(low.valid_from, high.valid_from)
        super().__init__(
            f"从 {day} 起 {high.level} 星的条件会比 {low.level} 星的容易：时长、积分、年限没有一项可以比低一级的少"
            f"（{low.level} 星要求的，{high.level} 星也要写明）。请改正，或先改 {other.level} 星的条件。"
        )


class SameStarRule(errors.Refused):
    """The level asks this already."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(f"{asked.level} 星的条件从 {asked.valid_from} 起本来就是这样，没有改动。")


class NoStarRule(errors.Refused):
    """No star level was in force in that year."""

    def __init__(self, year: str) -> None:
        super().__init__(
            f"{year} 年没有生效的星级条件。请先设定，如：hep honour rule 1 --hours 20 --valid-from {year}-01-01"
        )


class YearNotOver(errors.Refused):
    """Star levels are frozen at the end of a year."""

    def __init__(self, year: str) -> None:
        super().__init__(f"{year} 年还没有过完，{year}-12-31 起才能定档。现在可以不写 --freeze 先看结果。")


class FrozenAlready(errors.Refused):
    """Everybody's level of that year is frozen, or nobody was a partner then."""

    def __init__(self, year: str, vouchers: Sequence[int]) -> None:
        shown = "、".join(f"V{number}" for number in vouchers)
        super().__init__(
            f"{year} 年的星级已经定档（凭证 {shown}），没有重复。要重评，请先撤销原来的凭证。"
            if vouchers
            else f"{year} 年底没有在册的合伙人，没有可定档的。"
        )


class NoRoot(errors.Refused):
    """Star rules belong to the top area, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "台账里还没有区域，星级条件无处可归。请先运行 hep init，或用 hep area add 增加区域。"
        )


class StarLevels(Book):
    """Who has how many stars, and why."""

    def rule(self, asked: Asked, *, key: str | None = None) -> Written[Rule]:
        """Say what a star level asks from a day on. Raises BadStarRule, SameStarRule, EasierStar, NoRoot."""
        with self.ledger.voucher("honour.rule", key=key, intention=asked) as voucher:
            for fault in stars.faults(asked):
                raise BadStarRule(fault)
            versions = self._versions()
            _, known = stars.in_force(versions, asked.valid_from).get(asked.level, (0, None))
            if known and known._replace(valid_from=asked.valid_from) == asked:
                raise SameStarRule(known)
            if pair := stars.easier(versions, asked):
                raise EasierStar(*pair, asked)
            root = self.ledger.areas.root()
            if root is None:
                raise NoRoot
            today = self.ledger.today().isoformat()
            (rule_id,) = voucher.post("star_rule", Asked._fields, [(root.id, today, *asked)])
        return Written(next(one for one in self.rules(history=True) if one.id == rule_id), voucher.id)

    def rules(self, *, history: bool = False) -> list[Rule]:
        """Return what governs each level today and what is to come; with `history` all that ever was said."""
        today = self.ledger.today().isoformat()
        versions = self._versions()
        governing = {rule for rule, _ in stars.in_force(versions, today).values()}
        shown = [
            Rule(rule, *asked, rule in governing)
            for rule, asked in versions
            if history or rule in governing or asked.valid_from > today
        ]
        return sorted(shown, key=lambda one: (one.level, one.valid_from, one.id))

    def stars(self, year: int, *, under: Area | None = None) -> list[Star]:
        """Return what each partner on record at the end of a year (today, while it goes on) had in it, the highest level first.

        Whose level was frozen is listed as it was then, also when it moved or left since. Raises NoStarRule.
        """
        return [star for star, _ in self._stars(str(year), under)]

    def freeze(self, year: int, *, under: Area | None = None, key: str | None = None) -> Written[list[Star]]:
        """Keep the star levels of a year that is over, no star too, of all whose level is not frozen yet.

        Raises YearNotOver, NoStarRule, FrozenAlready.
        """
        intention = [year, under and under.id]
        with self.ledger.voucher("honour.freeze", key=key, intention=intention) as voucher:
            last = f"{year}-12-31"
            if last > self.ledger.today().isoformat():
                raise YearNotOver(str(year))
            found = self._stars(str(year), under)
            new = [(star, rule) for star, rule in found if star.frozen is None]
            if not new:
                raise FrozenAlready(str(year), sorted({star.frozen for star, _ in found if star.frozen}))
            facts = [
                (star.community_id, last, rule, star.partner_id, str(year), star.level, *star.had)
                for star, rule in new
            ]
            voucher.post("star_level", _LEVEL, facts)
            frozen = [star.partner_id for star, _ in new]
        return Written(
            [one for one in self.stars(year, under=under) if one.partner_id in set(frozen)], voucher.id
        )

    def _stars(self, year: str, under: Area | None) -> list[tuple[Star, int | None]]:
        """Return the stars with the rule of the level that each reached; None for who has none or was frozen before."""
        last, into = f"{year}-12-31", self._into()
        frozen, governing = self._frozen(year, into), stars.in_force(self._versions(), last)
        if not governing and not frozen:
            raise NoStarRule(year)
        day = min(last, self.ledger.today().isoformat())
        there = on_record(self.database, day) if governing else {}
        places = {person: place.community_id for person, place in there.items()}
        places |= {person: kept.community_id for person, kept in frozen.items()}
        vouchers = {kept.voucher for kept in frozen.values()}
        then = {voucher: stars.in_force(self._versions(before=voucher), last) for voucher in vouchers}
        had = self._had(year, into)
        found = []
        for card in self._cards(places, under):
            kept = frozen.get(card.partner_id)
            levels = [asked for _, asked in (then[kept.voucher] if kept else governing).values()]
            known = kept.had if kept else had[card.partner_id]
            level = kept.level if kept else stars.reached(levels, known)
            star = Star(
                *card, known, level, stars.next_lacking(levels, known), kept.voucher if kept else None
            )
            found.append((star, governing[level][0] if level and not kept else None))
        return sorted(
            found, key=lambda one: (-one[0].level, -one[0].had.minutes, -one[0].had.points, one[0].code)
        )

    def _had(self, year: str, into: dict[int, int]) -> dict[int, Had]:
        """Return what every person had in a year; mergers make one person."""
        days = f"{year}-01-01", f"{year}-12-31"
        minutes = _summed(self.database.rows(_MINUTES, days), into)
        points = _summed(self.database.rows(_POINTS, days), into)
        joined: dict[int, str] = {}
        for partner, day in self.database.rows("SELECT id, joined_on FROM partner WHERE withdrawn = 0"):
            person = into.get(partner, partner)
            joined[person] = min(day, joined.get(person, day))
        return {
            person: Had(minutes.get(person, 0), points.get(person, 0), stars.full_years(day, year))
            for person, day in joined.items()
        }

    def _cards(self, places: dict[int, int], under: Area | None) -> Iterator[Card]:
        """Yield the cards of persons whose place lies in an area."""
        within = {one.id: one.name for one in self.ledger.areas.communities(under)}
        inside = {person: place for person, place in places.items() if place in within}
        for row in self.database.rows(_CARDS, (str(sorted(inside)),)):
            place = inside[row[0]]
            yield Card(*(*row, place, within[place]))

    def _frozen(self, year: str, into: dict[int, int]) -> dict[int, Frozen]:
        """Return what was frozen of every person; where several of its cards were, the highest level."""
        sql = f"""SELECT s.partner_id, s.level, s.minutes, s.points, s.years, s.community_id, s.voucher_id FROM star_level s
            WHERE s.year = ? AND {stands("star_level", "s")} ORDER BY s.level, s.id"""
        return {
            into.get(partner, partner): Frozen(level, Had(*had), community, voucher)
            for partner, level, *had, community, voucher in self.database.rows(sql, (year,))
        }

    def _into(self) -> dict[int, int]:
        """Return for every partner that was merged whom it stands as today."""
        sql = "SELECT id, merged_into_id FROM partner WHERE merged_into_id IS NOT NULL AND withdrawn = 0"
        merged: dict[int, int] = dict(self.database.rows(sql))
        return {partner: stays(partner, merged) for partner in merged}

    def _versions(self, *, before: int | None = None) -> list[tuple[int, Asked]]:
        """Return the rules in the order in which they were posted; those of vouchers before one if given."""
        sql = f"""SELECT s.id, s.level, s.minutes, s.points, s.years, s.valid_from FROM star_rule s
            WHERE {stands("star_rule", "s")} AND (:before IS NULL OR s.voucher_id < :before) ORDER BY s.id"""
        return [(row[0], Asked(*row[1:])) for row in self.database.rows(sql, {"before": before})]


def _summed(rows: Iterable[tuple[int, int]], into: dict[int, int]) -> dict[int, int]:
    total: dict[int, int] = {}
    for partner, amount in rows:
        person = into.get(partner, partner)
        total[person] = total.get(person, 0) + amount
    return total


_LEVEL = ("star_rule_id", "partner_id", "year", "level", "minutes", "points", "years")
_MINUTES = """SELECT partner_id, sum(sign * minutes) FROM participation WHERE happened_on BETWEEN ? AND ? GROUP BY 1"""
_POINTS = f"""SELECT partner_id, sum(e.points - {LOST}) FROM entry e
    WHERE kind = 'award' AND happened_on BETWEEN ? AND ? GROUP BY 1"""
_CARDS = """SELECT p.id, p.code, p.name, p.kind FROM json_each(?) j CROSS JOIN partner p ON p.id = j.value ORDER BY p.code"""
