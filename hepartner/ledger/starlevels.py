"""Star levels of partners: computed and explained from dated rules, frozen once a year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import errors, stars
from .areas import Area
from .book import Book, Written
from .facts import stands
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
    """What a star is printed with of its partner."""

    partner_id: int
    code: str
    name: str
    kind: str
    community_id: int
    community: str


@dataclass(frozen=True, slots=True)
class Star:
    """What a partner had in a year, its level, and what lacks of the next; `frozen` is the voucher that froze the year."""

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
    """The year is frozen in all these communities, or nobody has a star."""

    def __init__(self, year: str, vouchers: Sequence[int]) -> None:
        shown = "、".join(f"V{number}" for number in vouchers)
        super().__init__(
            f"{year} 年的星级已经定档（凭证 {shown}），没有重复。要重评，请先撤销原来的凭证。"
            if vouchers
            else f"{year} 年没有达到星级的合伙人，没有可定档的。"
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
        """Say what a star level asks from a day on. Raises BadStarRule, SameStarRule, NoRoot."""
        with self.ledger.voucher("honour.rule", key=key, intention=asked) as voucher:
            for fault in stars.faults(asked):
                raise BadStarRule(fault)
            _, known = stars.in_force(self._versions(), asked.valid_from).get(asked.level, (0, None))
            if known and known._replace(valid_from=asked.valid_from) == asked:
                raise SameStarRule(known)
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
        """Return what every partner of an area had in a year and which level that is, the highest first.

        Where a year is frozen it stands as it was then. Raises NoStarRule.
        """
        return [star for star, _ in self._stars(str(year), under)]

    def freeze(self, year: int, *, under: Area | None = None, key: str | None = None) -> Written[list[Star]]:
        """Keep the star levels of a year that is over, in the communities in which it is not frozen yet.

        Raises YearNotOver, NoStarRule, FrozenAlready.
        """
        intention = [year, under and under.id]
        with self.ledger.voucher("honour.freeze", key=key, intention=intention) as voucher:
            last = f"{year}-12-31"
            if last > self.ledger.today().isoformat():
                raise YearNotOver(str(year))
            found = self._stars(str(year), under)
            new = [(star, rule) for star, rule in found if star.frozen is None and rule is not None]
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
        """Return the stars with the rule each newly reached; none for those without a star and those frozen."""
        governing = stars.in_force(self._versions(), f"{year}-12-31")
        if not governing:
            raise NoStarRule(year)
        levels = [asked for _, asked in governing.values()]
        frozen, closed = self._frozen(year)
        found = []
        for card, had in self._partners(year, under):
            partner_id, community_id = card.partner_id, card.community_id
            kept = frozen.get(partner_id)
            if kept:
                star = Star(*card, kept[1], kept[0], None, kept[2])
            elif community_id in closed:
                star = Star(*card, had, 0, None, closed[community_id])
            else:
                star = Star(*card, had, stars.reached(levels, had), stars.next_lacking(levels, had), None)
            rule = governing[star.level][0] if star.level and star.frozen is None else None
            found.append((star, rule))
        return sorted(
            found, key=lambda one: (-one[0].level, -one[0].had.minutes, -one[0].had.points, one[0].code)
        )

    def _partners(self, year: str, under: Area | None) -> Iterator[tuple[Card, Had]]:
        """Yield every partner that was one in a year and is still, and what it had; mergers make one person."""
        into = self._into()
        minutes = _summed(self.database.rows(_MINUTES, (f"{year}-01-01", f"{year}-12-31")), into)
        points = _summed(self.database.rows(_POINTS, (f"{year}-01-01", f"{year}-12-31")), into)
        joined: dict[int, str] = {}
        for partner, day in self.database.rows("SELECT id, joined_on FROM partner WHERE withdrawn = 0"):
            person = into.get(partner, partner)
            joined[person] = min(day, joined.get(person, day))
        within = str([one.id for one in self.ledger.areas.communities(under)])
        for row in self.database.rows(_PARTNERS, {"within": within}):
            since = joined[row[0]]
            if since[:4] <= year:
                years = stars.full_years(since, year)
                yield Card(*row), Had(minutes.get(row[0], 0), points.get(row[0], 0), years)

    def _frozen(self, year: str) -> tuple[dict[int, tuple[int, Had, int]], dict[int, int]]:
        """Return the frozen levels by person (level, what it had, voucher), and the voucher that froze each community."""
        sql = f"""SELECT s.partner_id, s.community_id, s.level, s.minutes, s.points, s.years, s.voucher_id FROM star_level s
            WHERE s.year = ? AND {stands("star_level", "s")}
            ORDER BY s.level, s.id"""
        into = self._into()
        people: dict[int, tuple[int, Had, int]] = {}
        communities: dict[int, int] = {}
        for partner, community, level, minutes, points, years, voucher in self.database.rows(sql, (year,)):
            people[into.get(partner, partner)] = (level, Had(minutes, points, years), voucher)
            communities[community] = voucher
        return people, communities

    def _into(self) -> dict[int, int]:
        """Return for every partner that was merged whom it stands as today."""
        sql = "SELECT id, merged_into_id FROM partner WHERE merged_into_id IS NOT NULL AND withdrawn = 0"
        merged: dict[int, int] = dict(self.database.rows(sql))
        stands = {}
        for partner in merged:
            holder = partner
            while holder in merged:
                holder = merged[holder]
            stands[partner] = holder
        return stands

    def _versions(self) -> list[tuple[int, Asked]]:
        sql = f"""SELECT s.id, s.level, s.minutes, s.points, s.years, s.valid_from FROM star_rule s
            WHERE {stands("star_rule", "s")} ORDER BY s.id"""
        return [(row[0], Asked(*row[1:])) for row in self.database.rows(sql)]


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
_PARTNERS = """SELECT p.id, p.code, p.name, p.kind, p.community_id, a.name FROM partner p JOIN area a ON a.id = p.community_id
    WHERE p.withdrawn = 0 AND p.status IN ('active', 'suspended')
      AND p.community_id IN (SELECT value FROM json_each(:within)) ORDER BY p.code"""
