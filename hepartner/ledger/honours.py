"""Honours 荣誉: which titles partners were given, by whom and at which level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.honour import LEVELS

from . import errors
from .areas import Area
from .book import Book, Written
from .carrying import community_on
from .facts import stands
from .lineage import noted
from .partners import Partner
from .persons import cards_of, survivor, survivor_of
from .presence import absences
from .sources import Source, brought
from .steps import check_day
from .vouchers import Voucher


class Title(NamedTuple):
    """An honour by its name, its level (a code of LEVELS) and who gives it."""

    name: str
    level: str
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An honour as a partner was given it.

    The partner is the one that who got it stands for today.
    """

    id: int
    voucher: int
    happened_on: str
    community: str
    partner_code: str
    partner: str
    honour: str
    level: str
    given_by: str
    note: str


class NoTitle(errors.Refused):
    """An honour without a name, or a new one of which nobody said the level."""


class HonouredAlready(errors.Refused):
    """The partner was given this honour on this day."""

    def __init__(self, partner: Partner, title: str, day: str) -> None:
        super().__init__(f"{partner.name}（{partner.code}）{day} 已经得过“{title}”，没有重复登记。")


class Absent(errors.Refused):
    """The partner was none on that day."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}，没有记账。请核对日期或合伙人。")


class Honours(Book):
    """Who was honoured."""

    def give(
        self,
        title: Title,
        partners: Sequence[Partner],
        *,
        day: date | None = None,
        note: str = "",
        key: str | None = None,
    ) -> Written[list[Given]]:
        """Give an honour to partners on a day (today), all in one voucher; what the title does not say is as the last time there.

        Raises NoTitle, HonouredAlready, Absent, errors.NotYet.
        """
        given_on = self.ledger.day(day)
        intention = [title, [one.id for one in partners], given_on, note]
        with self.ledger.voucher("honour.give", key=key, intention=intention) as voucher:
            check_day(self.ledger, given_on)
            unique = {one.id: one for one in partners}
            title = self._complete(title, list(unique), given_on)
            for why in absences(self.database, {(one, given_on) for one in unique}).values():
                raise Absent(why)
            for known in self.known(given_on, given_on):
                # By whichever of its cards the person was given it.
                person = unique.get(survivor_of(self.database, known[0]))
                if person and known[2:] == (names.match_key(title.name), title.level):
                    raise HonouredAlready(person, title.name, given_on)
            ids = self.give_many(voucher, [(title, one, given_on, note) for one in unique])
        found = self._read("g.id BETWEEN :first AND :last", first=ids[0], last=ids[-1])
        return Written(found, voucher.id)

    def give_many(self, voucher: Voucher, rows: Sequence[tuple[Title, int, str, str]]) -> range:
        """Give honours in an open voucher: title, partner, day, note. The rows were checked."""
        cards = self._cards(voucher, [title for title, _, _, _ in rows])
        placed = self.ledger.carrying.placed({partner for _, partner, _, _ in rows})
        line = voucher.lines
        facts = [
            (community_on(*placed[partner], day), day, cards[title], partner)
            for title, partner, day, _ in rows
        ]
        ids = voucher.post("honour_given", ("honour_id", "partner_id"), facts)
        for place, (_, _, _, note) in enumerate(rows, start=line + 1):
            voucher.note(note, line=place)
        return ids

    def listing(
        self,
        *,
        under: Area | None = None,
        partner: Partner | None = None,
        level: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Given]:
        """Return what was given, the latest first, by area, partner (with whom was merged into it), level and days."""
        within = [one.id for one in self.ledger.areas.communities(under)] if under else []
        tests = {
            "g.community_id IN (SELECT value FROM json_each(:within))": under,
            "g.partner_id IN (SELECT value FROM json_each(:cards))": partner,
            "h.level = :level": level,
            "g.happened_on >= :first": first,
            "g.happened_on <= :last": last,
        }
        asked = ["1", *(test for test, value in tests.items() if value is not None)]
        parameters = {
            "within": str(within),
            "cards": partner and cards_of(self.database, partner.id),
            "level": level,
        }
        return self._read(" AND ".join(asked), **parameters, first=str(first), last=str(last))

    def known(self, first: str, last: str) -> list[tuple[int, str, str, str]]:
        """Return partner, day, `names.match_key` of the honour and level for all that was given on a span of days."""
        sql = f"""SELECT g.partner_id, g.happened_on, h.name_key, h.level FROM honour_given g JOIN honour h ON h.id = g.honour_id
            WHERE g.happened_on BETWEEN ? AND ? AND {stands("honour_given", "g")}"""
        return [tuple(row) for row in self.database.rows(sql, (first, last))]

    def recorded(self, source: Source, first: str, last: str) -> list[tuple[int, str, str, str]]:
        """Return what files of a source brought of a span of days, as `known` does; undone ones left out."""
        sql = f"""SELECT f.partner_id, f.happened_on, h.name_key, h.level FROM honour_given f JOIN honour h ON h.id = f.honour_id
            {brought("honour_given")}"""
        return [tuple(row) for row in self.database.rows(sql, source.on(first, last))]

    def _complete(self, title: Title, partners: Sequence[int], day: str) -> Title:
        """Return the title with the level and giver that it had the last time, where none is said. Raises NoTitle."""
        key = names.match_key(title.name)
        if not key:
            raise NoTitle("没有写荣誉名称，请写明名称。")
        sql = "SELECT DISTINCT level FROM honour WHERE name_key = ? AND withdrawn = 0"
        known = [level for (level,) in self.database.rows(sql, (key,))]
        level = title.level or (known[0] if len(known) == 1 else "")
        if not level:
            which = f"“{title.name}”有几个级别" if known else f"“{title.name}”是新的荣誉"
            raise NoTitle(f"{which}，请用 --level 写明是哪一级：{'、'.join(LEVELS.values())}。")
        giver = title.given_by or self._last_giver(key, level, partners, day)
        return Title(names.tidy(title.name), level, giver)

    def _last_giver(self, key: str, level: str, partners: Sequence[int], day: str) -> str:
        """Return who gave it the last time. A community gives its own partners theirs, and a subdistrict its own."""
        placed = self.ledger.carrying.placed(set(partners))
        communities = {community_on(*placed[one], day) for one in partners}
        givers = {
            self.database.value(_LAST_GIVER, {"key": key, "level": level, "community": one})
            for one in communities
        }
        return (givers.pop() or "") if len(givers) == 1 else ""

    def _cards(self, voucher: Voucher, titles: Iterable[Title]) -> dict[Title, int]:
        """Add a card for each title given in this voucher."""
        unique = list(dict.fromkeys(titles))
        rows = [(names.tidy(one.name), names.match_key(one.name), one.level, one.given_by) for one in unique]
        return dict(zip(unique, voucher.add("honour", _CARD, rows), strict=True))

    def _read(self, test: str, **parameters: Any) -> list[Given]:
        return [Given(*row) for row in self.database.rows(_GIVEN.format(test=test), parameters)]


_LAST_GIVER = f"""SELECT h.given_by FROM honour h JOIN honour_given g ON g.honour_id = h.id
    JOIN area place ON place.id = g.community_id JOIN area here ON here.id = :community
    WHERE h.name_key = :key AND h.level = :level AND h.given_by <> '' AND {stands("honour_given", "g")} AND CASE h.level
      WHEN 'community' THEN place.id = here.id WHEN 'subdistrict' THEN place.parent_id = here.parent_id ELSE 1 END
    ORDER BY g.id DESC LIMIT 1"""
_CARD = ("name", "name_key", "level", "given_by")
_GIVEN = f"""SELECT g.id, g.voucher_id, g.happened_on, a.name, p.code, p.name, h.name, h.level, h.given_by,
      {noted("honour_given", "g")}
    FROM honour_given g JOIN area a ON a.id = g.community_id JOIN partner p ON p.id = {survivor("g.partner_id")}
      JOIN honour h ON h.id = g.honour_id
    WHERE {stands("honour_given", "g")} AND {{test}} ORDER BY g.happened_on DESC, g.id DESC"""
