"""What one monthly workbook is about: an area, a month, and what is read of the ledger for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hepartner.ledger.areas import Area
from hepartner.ledger.counts.late import Late, LateLine
from hepartner.ledger.counts.monthly import (
    ActivityLine,
    Earner,
    IssueMoves,
    OneMonth,
    PartnerMoves,
    PointMoves,
    StockMoves,
)
from hepartner.ledger.counts.shape import L, Listing
from hepartner.ledger.months import Span
from hepartner.ledger.needs import Needs, Unmet
from hepartner.reports.figures import ADDED, FIGURES
from hepartner.reports.readings import Readings
from hepartner.reports.sheets import Cell, Row, Weight
from hepartner.reports.values import Value

if TYPE_CHECKING:
    from hepartner.ledger import Ledger

TOP = 50
"""The board lists this many partners."""

TOTAL = "total"
"""The key of the 合计 row in every table."""

NEGATIVE = "本月冲正、撤销、重新打开以前月份的，在本月按负数计，所以会有负数，人次也可能少于人数。"
"""The note under sheets whose flows may be negative."""

Cells = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """Some communities that a table has one row for: one of them, a subdistrict's, or all."""

    key: int | str
    name: str
    communities: tuple[int, ...]
    weight: Weight


class Subject:
    """One area in one month; every sheet and every check is made of one of these.

    `readings` are those of several areas in the month, which then read the figures once.
    """

    def __init__(self, ledger: "Ledger", area: Area, month: str, *, readings: Readings | None = None) -> None:
        self.ledger = ledger
        self.area = area
        self.month = month
        self.span = Span.month(month)
        self.previous = self.span.previous
        self.last_year = self.span.same_last_year
        self.year = Span.year_to_date(month)
        self.in_all = Span.in_all(month)
        self.in_all_before = Span.in_all(self.previous.last)
        self._within = frozenset(community.id for community in ledger.areas.communities(area))
        self._lines: dict[Listing[Any], list[Any]] = {}
        self._one = OneMonth(ledger, month, self._within)
        self.readings = readings or Readings(ledger, through=month, histories=self._one.histories())

    @property
    def when(self) -> str:
        """The month as a title says it: 2025年11月."""
        return f"{int(self.month[:4])}年{int(self.month[5:])}月"

    def title(self, what: str) -> str:
        """The title of a sheet; 社区 isn't said twice of a community."""
        said = what.removeprefix("社区") if self.area.name.endswith("社区") else what
        return f"{self.area.name}{said}（{self.when}）"

    def value(self, code: str, part: Part, span: Span | None = None) -> Value:
        """Return a figure for some communities, in the month unless told otherwise."""
        return self.readings.over(code, part.communities, span or self.span)

    def rows(self, cells: Callable[[Part], Cells]) -> tuple[Row, ...]:
        """Make a row for each community, each subdistrict and the whole area, numbered and named."""
        rows, number = [], 0
        for part in self.parts:
            number += part.weight is Weight.BODY
            shown = number if part.weight is Weight.BODY else ""
            rows.append(Row(part.key, (shown, part.name, *cells(part)), part.weight))
        return tuple(rows)

    @cached_property
    def total(self) -> Part:
        """The whole area."""
        return Part(TOTAL, "合计", tuple(area.id for area in self.communities), Weight.TOTAL)

    @cached_property
    def communities(self) -> tuple[Area, ...]:
        """The communities of the area that were there by the month or have something in it, subdistrict by subdistrict."""
        sums = [self.readings.sums(code, span) for code in ADDED for span in (self.in_all, self.span)]
        moves: tuple[PartnerMoves | ActivityLine | StockMoves | IssueMoves, ...]
        moves = (*self.partner_moves, *self.activity_lines, *self.stock_moves, *self.issue_moves)
        there = {
            *(community for of_code in sums for community, number in of_code.items() if number),
            *(move.community_id for move in moves),
            *self.point_moves,
        }
        return tuple(area for area in self.ledger.areas.tree() if area.id in self._within & there)

    @cached_property
    def names(self) -> dict[int, str]:
        """The names of all communities of the area, in the order in which sheets list them."""
        return {area.id: area.name for area in self.ledger.areas.tree() if area.id in self._within}

    def lines(self, listing: Listing[L]) -> list[L]:
        """Return what a noun lists of the month, community by community."""
        if listing not in self._lines:
            order = {community: place for place, community in enumerate(self.names)}
            found: list[Any] = self._one.lines(listing)
            self._lines[listing] = sorted(found, key=lambda line: order[line.community_id])
        return self._lines[listing]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every community, after a subdistrict's communities the subdistrict, and at last the whole area."""
        subdistricts = {area.id: area for area in self.ledger.areas.tree() if area.kind == "subdistrict"}
        parts: list[Part] = []
        for parent in dict.fromkeys(area.parent_id for area in self.communities):
            below = [area for area in self.communities if area.parent_id == parent]
            parts += [Part(area.id, area.name, (area.id,), Weight.BODY) for area in below]
            above = subdistricts.get(parent or 0)
            if above and self.area.kind == "district":
                ids = tuple(area.id for area in below)
                parts.append(Part(above.id, f"{above.name}小计", ids, Weight.SUBTOTAL))
        return (*parts, self.total)

    @cached_property
    def partner_moves(self) -> list[PartnerMoves]:
        """Partners who came and went."""
        return self._one.partner_moves()

    @cached_property
    def activity_lines(self) -> list[ActivityLine]:
        """Activities of the month."""
        return self._one.activity_lines()

    @cached_property
    def point_moves(self) -> dict[int, PointMoves]:
        """Points that moved, by community."""
        return {moves.community_id: moves for moves in self._one.point_moves()}

    @cached_property
    def balances(self) -> dict[int, int]:
        """What the partners' balances say they held at the end of the month, by community."""
        return self._one.balances()

    @cached_property
    def stock_moves(self) -> list[StockMoves]:
        """Items that had stock or moved."""
        return self._one.stock_moves()

    @cached_property
    def points_of_goods(self) -> int:
        """The points for which goods of the area's shops were redeemed."""
        return self._one.points_of_goods()

    @cached_property
    def issue_moves(self) -> list[IssueMoves]:
        """Issues by community and category."""
        return self._one.issue_moves()

    @cached_property
    def unmet(self) -> list[Unmet]:
        """What residents still needed at the end of the month, by subdistrict, what most need first."""
        return self.ledger.book(Needs).ranking(under=self.area, through=self.month)

    @cached_property
    def earners(self) -> list[Earner]:
        """The board."""
        return self._one.top_earners(TOP)

    @cached_property
    def late(self) -> list[LateLine]:
        """What came late for closed months, community by community."""
        order = {community: place for place, community in enumerate(self.names)}
        found = self.ledger.book(Late).lines(self.month, self._within, FIGURES)
        return sorted(found, key=lambda line: order[line.brought.community_id])

    @cached_property
    def categories(self) -> dict[str, str]:
        """The names of issue categories by code."""
        return self._one.categories()
