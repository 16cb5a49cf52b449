"""What the monthly workbook lists of one month: one statement each, over a set of communities, as plain records.

These count by other paths than the figures do, so that the workbook's balances compare two independent counts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..book import Book
from ..facts import stands
from ..months import Span, bounds, last_day
from .issues import COUNTS
from .shape import (
    ASKED,
    HERE,
    MERGED,
    SEEN,
    Additive,
    L,
    Listing,
    Ratio,
    called,
    mention,
    person,
    stays,
    stood,
)

if TYPE_CHECKING:
    from ..ledger import Ledger

History = dict[tuple[int, str], int]
"""An amount for each community and month."""

KINDS = "kind IN ('award', 'redeem', 'deduct', 'expire', 'opening', 'transfer')"
"""Every kind of entry, so that the index that begins with the kind is used."""


@dataclass(frozen=True, slots=True)
class PartnerMoves:
    """Partners of a kind who came (+) and went (−) in a community in the month, net of reversals."""

    community_id: int
    kind: str
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity for which something counted in the month; `held` is 0 when only sign-ins came late, −1 when taken back."""

    activity_id: int
    code: str
    community_id: int
    held_on: str
    name: str
    kind: str
    theme: str
    place: str
    organisers: str
    held: int
    attendance: int
    people: int
    minutes: int
    beneficiaries: int
    ethnic_groups: int | None


@dataclass(frozen=True, slots=True)
class PointMoves:
    """Points that moved in a community in the month; what takes points away is a positive number here."""

    community_id: int
    awarded: int
    opening: int
    moved_in: int
    redeemed: int
    deducted: int
    expired: int
    moved_out: int


@dataclass(frozen=True, slots=True)
class StockMoves:
    """One item's stock over the month: opening + in − redeemed − out + stocktake = closing."""

    item_id: int
    code: str
    community_id: int
    name: str
    category: str
    unit: str
    price: int | None
    opening: int
    stocked: int
    redeemed: int
    taken: int
    stocktake: int
    closing: int
    points: int


@dataclass(frozen=True, slots=True)
class IssueMoves:
    """Issues of one category in one community: what counted in the month, and what was due or open at its end."""

    community_id: int
    category: str
    reported: int = 0
    resolved: int = 0
    confirmed: int = 0
    beneficiaries: int = 0
    satisfied: int = 0
    answered: int = 0
    on_time: int = 0
    due: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Earner:
    """A partner who was awarded points here in the month, with the service of the month and the points held here at its end."""

    partner_id: int
    code: str
    name: str
    kind: str
    community_id: int
    awarded: int
    minutes: int
    balance: int


class OneMonth(Book):
    """What happened in one month in some communities."""

    def __init__(self, ledger: "Ledger", month: str, communities: Iterable[int]) -> None:
        super().__init__(ledger)
        self._asked: dict[str, Any] = {
            "communities": _list(communities),
            **bounds(Span.month(month), ledger.today()),
            "day": min(last_day(month), str(ledger.today())),
        }

    def lines(self, listing: Listing[L]) -> list[L]:
        """Return what a noun lists of the month."""
        return [listing.line(*row) for row in self.database.rows(listing.sql, self._asked)]

    def partner_moves(self) -> list[PartnerMoves]:
        """Return who came and went, by community and kind."""
        return [PartnerMoves(*row) for row in self.database.rows(_PARTNER_MOVES, self._asked)]

    def activity_lines(self) -> list[ActivityLine]:
        """Return the activities by day; one shows again in a later month when something was added or taken back late.

        What was recorded and taken back within the month left nothing to list.
        """
        return [ActivityLine(*row) for row in self.database.rows(_ACTIVITY_LINES, self._asked)]

    def point_moves(self) -> list[PointMoves]:
        """Return the points that moved, by community; a reversal counts against the side it takes back."""
        return [PointMoves(*row) for row in self.database.rows(_POINT_MOVES, self._asked)]

    def balances(self) -> dict[int, int]:
        """Return the points held at the end by community: the balances now less what moved in later months."""
        return dict(self.database.rows(_BALANCES, self._asked))

    def stock_moves(self) -> list[StockMoves]:
        """Return every item that had stock or moved; the closing is the shelf now less what moved in later months."""
        return [StockMoves(*row) for row in self.database.rows(_STOCK_MOVES, self._asked)]

    def points_of_goods(self) -> int:
        """Return the points for which goods of these shops were redeemed.

        A shop's goods bear the shop's community and a slip the partner's, so this is not `points.redeemed` of the area.
        """
        sql = f"""SELECT ifnull(-sum(f.quantity * f.price), 0) FROM stock_move f
            WHERE f.kind = 'redeem' AND f.counted_in = :last AND f.{HERE}"""
        return int(self.database.value(sql, self._asked))

    def top_earners(self, limit: int) -> list[Earner]:
        """Return who was awarded the most points here, most first; who was merged by then stands as who it became.

        Kind, community, service and points left are those of the month, whatever became of the partner since.
        """
        merged = self.ledger.counts.merged(self._asked["last"])
        awarded = self._as_one(_AWARDED, merged, self._asked)
        best = sorted(awarded.items(), key=lambda pair: (-pair[1], pair[0]))
        top = [partner for partner, points in best[:limit] if points > 0]
        asked = {
            **self._asked,
            "partners": _list({*top, *(one for one in merged if stays(one, merged) in top)}),
        }
        served, left = self._as_one(_SERVED, merged, asked), self._as_one(_LEFT, merged, asked)
        stood = {row[0]: row[1:3] for row in self.database.rows(_STOOD, asked)}
        cards = {row[0]: row[1:] for row in self.database.rows(_CARDS, asked)}
        earners = []
        for one in top:
            code, name, *joined = cards[one]
            kind, community = stood.get(one, joined)
            earners.append(Earner(one, code, name, kind, community, awarded[one], served[one], left[one]))
        return earners

    def _as_one(self, sql: str, merged: dict[int, int], asked: dict[str, Any]) -> "Counter[int]":
        """Sum amounts of partners, those merged into one counted as that one."""
        amounts: Counter[int] = Counter()
        for partner, amount in self.database.rows(sql, asked):
            amounts[stays(partner, merged)] += amount
        return amounts

    def issue_moves(self) -> list[IssueMoves]:
        """Return issues by community and category, those with nothing to say left out."""
        found = {(row[0], row[1]): IssueMoves(*row) for row in self.database.rows(_ISSUE_MOVES, self._asked)}
        for fields, code in (
            (("on_time", "due"), "issues.on_time_rate"),
            (("open",), "issues.open"),
            (("overdue",), "issues.overdue"),
        ):
            for community, category, *numbers in self._by_category(COUNTS[code]):
                known = found.get((community, category), IssueMoves(community, category))
                found[community, category] = replace(known, **dict(zip(fields, numbers, strict=True)))
        return [moves for key, moves in sorted(found.items()) if moves != IssueMoves(*key)]

    def histories(self) -> dict[str, History]:
        """Return what the tallies of the two longest tables give by community and month: by code of the figure.

        The workbook's balances compare the month of these with the figures' own counts.
        """
        found: dict[str, History] = {code: {} for code in (*_ENTRY_KINDS, "points.balance", *_SERVICE)}
        for kind, month, community, points in self.database.rows(_ENTRY_HISTORY, self._asked):
            balance = found["points.balance"]
            balance[community, month] = balance.get((community, month), 0) + points
            for code, (counted, sign) in _ENTRY_KINDS.items():
                if kind == counted:
                    found[code][community, month] = sign * points
        for month, community, *numbers in self.database.rows(_SERVICE_HISTORY, self._asked):
            for code, number in zip(_SERVICE, numbers, strict=True):
                found[code][community, month] = number
        return found

    def categories(self) -> dict[str, str]:
        """Return the names of issue categories by code, in the order in which they were set up."""
        name = stood("issue_category", "name", at=ASKED)
        sql = f"SELECT code, {name} FROM issue_category c WHERE withdrawn = 0 ORDER BY id"
        return dict(self.database.rows(sql, self._asked))

    def _by_category(self, count: Additive | Ratio) -> list[Any]:
        measures = (count.numerator, count.denominator) if isinstance(count, Ratio) else (count.measure,)
        sums = ", ".join(f"sum({measure})" for measure in measures)
        sql = f"""SELECT f.community_id, f.category, {sums} FROM {count.source}
          WHERE {count.where} AND f.{HERE} GROUP BY f.community_id, f.category"""
        return self.database.rows(sql, self._asked)


def _list(ids: Iterable[int]) -> str:
    return f"[{','.join(map(str, ids))}]"


_ENTRY_KINDS = {
    "points.awarded": ("award", 1),
    "points.redeemed": ("redeem", -1),
    "points.expired": ("expire", -1),
}
_SERVICE = ("activities.attendance", "hours.served")

# From the tallies, which grow with the months and not with what happens in them.
_ENTRY_HISTORY = "SELECT kind, counted_in, community_id, points FROM entry_tally WHERE counted_in <= :last"
_SERVICE_HISTORY = (
    "SELECT counted_in, community_id, times, minutes FROM participation_tally WHERE counted_in <= :last"
)

_PARTNER_MOVES = f"""
SELECT community_id, kind, sum(iif(delta > 0, sign, 0)), sum(iif(delta < 0, sign, 0))
FROM standing
WHERE kind IN ('individual', 'group', 'business') AND counted_in = :last AND delta <> 0 AND {HERE}
GROUP BY community_id, kind"""

_ACTIVITY_LINES = f"""
{MERGED},
held AS (
  SELECT activity_id, community_id, sum(sign) AS held, sum(sign * beneficiaries) AS beneficiaries,
    sum(sign * (kind = 'welfare')) AS welfare
  FROM activity_held WHERE counted_in = :last AND {HERE} GROUP BY activity_id, community_id),
came AS (
  SELECT activity_id, community_id, sum(sign) AS times, sum(sign * minutes) AS minutes
  FROM participation WHERE counted_in = :last AND {HERE} GROUP BY activity_id, community_id, {person("partner_id")}),
sheet AS (
  SELECT activity_id, community_id, sum(times) AS times, sum(times > 0) AS people, sum(minutes) AS minutes
  FROM came GROUP BY activity_id, community_id),
seen AS (SELECT activity_id, community_id FROM held UNION SELECT activity_id, community_id FROM sheet),
latest AS (
  SELECT activity_id, max(id) AS id FROM activity_held
  WHERE sign = 1 AND counted_in <= :last AND activity_id IN (SELECT activity_id FROM seen) GROUP BY activity_id),
hosts AS (
  SELECT o.activity_id, {called()} AS name FROM organising o JOIN partner p ON p.id = o.partner_id
  WHERE o.counted_in <= :last AND o.activity_id IN (SELECT activity_id FROM seen)
  GROUP BY o.activity_id, p.id HAVING sum(o.sign) > 0 ORDER BY o.activity_id, min(o.id))
SELECT a.id, a.code, seen.community_id, ifnull(h.happened_on, a.held_on) AS held_on,
  {mention("activity", "name", alias="a")},
  ifnull(h.kind, ''), ifnull(h.theme, ''), {mention("activity", "place", alias="a")},
  ifnull((SELECT group_concat(name, '、') FROM hosts WHERE hosts.activity_id = a.id), ''),
  ifnull(held.held, 0), ifnull(sheet.times, 0), ifnull(sheet.people, 0), ifnull(sheet.minutes, 0),
  ifnull(held.beneficiaries, 0), h.ethnic_groups
FROM seen
JOIN activity a ON a.id = seen.activity_id
LEFT JOIN held ON held.activity_id = a.id AND held.community_id = seen.community_id
LEFT JOIN sheet ON sheet.activity_id = a.id AND sheet.community_id = seen.community_id
LEFT JOIN latest ON latest.activity_id = a.id
LEFT JOIN activity_held h ON h.id = latest.id
WHERE coalesce(nullif(held.held, 0), nullif(held.beneficiaries, 0), nullif(held.welfare, 0), nullif(sheet.times, 0),
  nullif(sheet.people, 0), nullif(sheet.minutes, 0)) IS NOT NULL
ORDER BY held_on, a.id"""

_POINT_MOVES = f"""
SELECT community_id, sum(iif(kind = 'award', points, 0)), sum(iif(kind = 'opening', points, 0)),
  sum(iif(kind = 'transfer' AND points * sign > 0, points, 0)), -sum(iif(kind = 'redeem', points, 0)),
  -sum(iif(kind = 'deduct', points, 0)), -sum(iif(kind = 'expire', points, 0)),
  -sum(iif(kind = 'transfer' AND points * sign < 0, points, 0))
FROM entry WHERE {KINDS} AND counted_in = :last AND {HERE}
GROUP BY community_id"""

_BALANCES = f"""
SELECT community_id, sum(points) FROM (
  SELECT p.community_id, sum(b.points) AS points FROM balance b JOIN partner p ON p.id = b.partner_id GROUP BY 1
  UNION ALL SELECT community_id, -sum(points) FROM entry WHERE {KINDS} AND counted_in > :last GROUP BY 1)
WHERE {HERE} GROUP BY community_id"""

_STOCK_MOVES = f"""
WITH moved AS (
  SELECT item_id, sum(iif(kind = 'in', quantity, 0)) AS stocked, -sum(iif(kind = 'redeem', quantity, 0)) AS redeemed,
    -sum(iif(kind = 'out', quantity, 0)) AS taken, sum(iif(kind = 'stocktake', quantity, 0)) AS stocktake,
    -sum(iif(kind = 'redeem', quantity * price, 0)) AS points
  FROM stock_move WHERE counted_in = :last GROUP BY item_id),
later AS (
  SELECT item_id, sum(quantity) AS quantity FROM (
    SELECT item_id, sum(quantity) AS quantity FROM stock_move WHERE counted_in > :last GROUP BY counted_in, item_id)
  GROUP BY item_id),
earlier AS (
  SELECT item_id, sum(quantity) AS quantity FROM (
    SELECT item_id, sum(quantity) AS quantity FROM stock_move WHERE counted_in < :last GROUP BY counted_in, item_id)
  GROUP BY item_id)
SELECT i.id, i.code, i.community_id, {mention("item", "name", alias="i")}, {stood("item", "category", alias="i")},
  {stood("item", "unit", alias="i")},
  (SELECT price FROM item_price c
   WHERE c.item_id = i.id AND c.happened_on <= :last_day AND c.counted_in <= :last AND {stands("item_price", "c", seen=SEEN)}
   ORDER BY c.happened_on DESC, c.id DESC LIMIT 1),
  ifnull(earlier.quantity, 0), ifnull(moved.stocked, 0), ifnull(moved.redeemed, 0), ifnull(moved.taken, 0),
  ifnull(moved.stocktake, 0), s.quantity - ifnull(later.quantity, 0), ifnull(moved.points, 0)
FROM item i
JOIN stock s ON s.item_id = i.id
LEFT JOIN moved ON moved.item_id = i.id
LEFT JOIN earlier ON earlier.item_id = i.id
LEFT JOIN later ON later.item_id = i.id
WHERE i.{HERE} AND (moved.item_id IS NOT NULL OR s.quantity <> ifnull(later.quantity, 0))
ORDER BY i.community_id, i.category DESC, i.id"""

_ISSUE_MOVES = f"""
SELECT community_id, category, sum(sign * reported), sum(sign * resolved), sum(sign * confirmed),
  sum(sign * beneficiaries), sum(sign * ifnull(satisfied, 0)), sum(sign * (satisfied IS NOT NULL))
FROM issue_event WHERE counted_in = :last AND {HERE}
GROUP BY community_id, category"""

_AWARDED = f"""
SELECT partner_id, sum(points) FROM entry
WHERE kind = 'award' AND counted_in = :last AND {HERE} GROUP BY partner_id"""

_SERVED = f"""
SELECT partner_id, sum(sign * minutes) FROM participation WHERE counted_in = :last AND {HERE} GROUP BY partner_id"""

# Points are where their holder is; what moved in later months, here, is taken off again.
_LEFT = f"""
WITH later AS (SELECT partner_id, sum(points) AS points FROM entry
  WHERE {KINDS} AND counted_in > :last AND {HERE} GROUP BY partner_id)
SELECT p.id, iif(p.{HERE}, b.points, 0) - ifnull(later.points, 0)
FROM partner p JOIN balance b ON b.partner_id = p.id LEFT JOIN later ON later.partner_id = p.id
WHERE p.id IN (SELECT value FROM json_each(:partners))"""

# Last comes what somebody still was here at the end of the month; before it what they were, here or elsewhere.
_STOOD = f"""
SELECT partner_id, kind, community_id FROM standing
WHERE partner_id IN (SELECT value FROM json_each(:partners)) AND counted_in <= :last
GROUP BY partner_id, kind, community_id ORDER BY {HERE}, sum(sign * delta), max(happened_on)"""

# Who joined after the month, and is on its board because somebody was merged into it as of then, stands as it joined.
_CARDS = f"""
SELECT p.id, p.code, {called()}, s.kind, s.community_id
FROM partner p JOIN standing s ON s.id = (SELECT min(id) FROM standing WHERE partner_id = p.id)
WHERE p.id IN (SELECT value FROM json_each(:partners))"""
