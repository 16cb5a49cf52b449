"""What was reported of an area when its month was closed, to be read again after later work."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area
from hepartner.ledger.counts.mentions import MENTION, Mentions
from hepartner.ledger.months import Span
from hepartner.reports.figures import FIGURES
from hepartner.reports.monthly import drawn_up
from hepartner.reports.monthly.subject import Subject
from hepartner.reports.readings import Readings
from hepartner.reports.seals import sealed
from hepartner.reports.values import Value

Asked = tuple[str, Span]
Figures = dict[Asked, Value]
Lines = dict[str, list[tuple[object, ...]]]


def read(readings: Readings, area: Area, month: str) -> Figures:
    """Read every figure of an area for a month and for everything up to it."""
    asked = [(code, span) for code in FIGURES for span in (Span.month(month), Span.in_all(month))]
    return {(code, span): readings.value(code, area, span) for code, span in asked}


def printed(ledger: Ledger, area: Area, month: str) -> Lines:
    """Read what an area's workbook of a month prints, partners by their ids: they are called what they are called now."""
    lines = {
        sheet.name: [row.values for table in sheet.tables for row in table.rows]
        for sheet in drawn_up(Subject(ledger, area, month)).sheets
    }
    return named(ledger, lines, month)


def kept(ledger: Ledger, area: Area, month: str) -> Lines:
    """Read what was sealed of an area's month in the same way."""
    found = sealed(ledger, area, month)
    assert found
    sheets = found.reported.book.sheets
    return named(
        ledger,
        {one.name: [row.values for table in one.tables for row in table.rows] for one in sheets},
        month,
    )


def named(ledger: Ledger, lines: Lines, month: str) -> Lines:
    """Fill in what mentions stand for, but of partners."""
    texts = [cell for rows in lines.values() for row in rows for cell in row if isinstance(cell, str)]
    words = ledger.book(Mentions).words(texts, month)

    def said(cell: object) -> object:
        return MENTION.sub(_by_id(words), cell) if isinstance(cell, str) else cell

    return {name: [tuple(map(said, row)) for row in rows] for name, rows in lines.items()}


def _by_id(words: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: found[0] if found[1] == "partner" else words[found[0]]


def closed_through(ledger: Ledger, area: Area) -> str:
    """Return the latest month that every community of an area has closed."""
    return min(ledger.periods.closed_through(one.id) for one in ledger.areas.communities(area))


@dataclass
class Sealed:
    """Figures and workbooks of closed months by area and month; a month that is closed again is read again."""

    figures: dict[tuple[int, str], Figures] = field(default_factory=dict)
    workbooks: dict[tuple[int, str], Lines] = field(default_factory=dict)

    def take(self, ledger: Ledger, communities: list[Area], month: str) -> None:
        """Keep what was reported of a month that was just closed, of the whole district too where it was the last."""
        readings, root = Readings(ledger), ledger.areas.root()
        assert root is not None
        for area in (*communities, *([root] if closed_through(ledger, root) == month else [])):
            self.figures[area.id, month] = read(readings, area, month)
            self.workbooks[area.id, month] = kept(ledger, area, month)

    def forget(self, ledger: Ledger) -> None:
        """Drop what was reported of months that were opened again."""
        areas = {area for area, _ in self.figures}
        through = {area: closed_through(ledger, ledger.areas.get(area)) for area in areas}
        for kept in (self.figures, self.workbooks):
            for area, month in list(kept):
                if month > through[area]:
                    del kept[area, month]

    def moved(self, ledger: Ledger) -> dict[tuple[int, str], dict[Asked, tuple[Value, Value]]]:
        """Return which figures are not what they were, before and now."""
        found = {}
        readings = Readings(ledger)
        for (area, month), before in self.figures.items():
            now = read(readings, ledger.areas.get(area), month)
            changed = {asked: (before[asked], now[asked]) for asked in before if before[asked] != now[asked]}
            if changed:
                found[area, month] = changed
        return found

    def rewritten(self, ledger: Ledger) -> dict[tuple[int, str], list[tuple[object, object]]]:
        """Return which lines of workbooks, as the ledger counts them now, are not what was sealed, before and now."""
        found = {}
        for (area, month), before in self.workbooks.items():
            now = printed(ledger, ledger.areas.get(area), month)
            changed = [
                line for name in before for line in zip_longest(before[name], now[name]) if line[0] != line[1]
            ]
            if changed:
                found[area, month] = changed
        return found
