"""What a partner gave and received: every noun's measures, asked of all its cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..book import Book
from ..months import Span
from ..partners import Partner
from ..persons import CARDS
from . import given, received
from .shape import FLOW, STOCK, Measure


@dataclass(frozen=True, slots=True)
class Part:
    """What a line was about, and how much of it that was."""

    name: str
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a partner gave or received; `amount` is None where there is none to tell, like a star level.

    A `stock` is what stood at the end of the months.
    """

    code: str
    label: str
    unit: str
    amount: int | None
    minutes: bool
    stock: bool
    parts: tuple[Part, ...]


class Exchange(Book):
    """What partners give the communities, and what they receive."""

    def given(self, partner: Partner, span: Span) -> list[Line]:
        """Return what a partner gave in the months, whichever of its cards it gave it on."""
        return self._told(given(), partner, span)

    def received(self, partner: Partner, span: Span) -> list[Line]:
        """Return what a partner received in the months, whichever of its cards received it."""
        return self._told(received(), partner, span)

    def _told(self, measures: Mapping[str, Measure], partner: Partner, span: Span) -> list[Line]:
        asked = {"persons": f"[{partner.id}]", "first": span.first, "last": span.last}
        return [
            _line(code, measure, self.database.rows(_sql(measure), asked))
            for code, measure in measures.items()
        ]


def _line(code: str, measure: Measure, rows: Sequence[Sequence[Any]]) -> Line:
    """Make a line of what each thing that the facts were about gave: name, amount, its part and that one's unit."""
    amounts = [row[1] for row in rows]
    amount = max(amounts, default=None) if measure.fold == "max" else sum(amounts)
    parts = [Part(name, each, unit or measure.unit) for name, _, each, unit in rows if name and each]
    parts.sort(key=lambda part: (-part.amount, part.name))
    return Line(code, measure.label, measure.unit, amount, measure.minutes, measure.stock, tuple(parts))


def _sql(measure: Measure) -> str:
    return _once(measure) if measure.once else _each(measure)


def _each(measure: Measure) -> str:
    each, unit = measure.each or measure.amount, measure.each_unit or "''"
    return f"""{CARDS} SELECT {measure.about}, {measure.fold}({measure.amount}), {measure.fold}({each}), {unit}
        FROM card CROSS JOIN {measure.source}
        WHERE {measure.partner} = card.id AND {measure.where} AND {STOCK if measure.stock else FLOW} GROUP BY 1, 4"""


def _once(measure: Measure) -> str:
    """Count what stands for the person at the end of the months, less what stood before they began.

    So months add up, whichever card a thing was written on first or taken back from last.
    """
    before = "0" if measure.stock else f"sum(iif(f.counted_in < :first, {measure.amount}, 0)) > 0"
    return f"""{CARDS} SELECT about, sum(now - before), sum(now - before), '' FROM (
        SELECT min({measure.about}) AS about, sum({measure.amount}) > 0 AS now, {before} AS before
        FROM card CROSS JOIN {measure.source}
        WHERE {measure.partner} = card.id AND {measure.where} AND {STOCK} GROUP BY {measure.once}) GROUP BY 1"""
