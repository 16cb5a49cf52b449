"""Asking figures of a ledger, for any area and months: nothing but this adds anything up (design §1.7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger.areas import Area, GridHasNoFigures
from hepartner.ledger.counts.monthly import History
from hepartner.ledger.months import BEGINNING, Span, month_of

from .errors import NoAreas, NotAsSealed, SpanBackwards
from .figures import CATALOGUE, FIGURES, Figure, Nature, figure
from .seals import sealed
from .values import Median, Minutes, Ratio, Value, as_json, as_text

if TYPE_CHECKING:
    from hepartner.ledger import Ledger

Measured = dict[tuple[str, Span], Value]
"""A value for each code and span asked for."""


def measure(ledger: "Ledger", codes: Iterable[str], area: Area, spans: Iterable[Span]) -> Measured:
    """Return the value of each figure for an area in each span.

    Flows and stocks add over the communities; distinct heads, ratios and medians are counted anew. Raises NoSuchFigure,
    GridHasNoFigures.
    """
    readings = Readings(ledger)
    spans = tuple(spans)
    return {(code, span): readings.value(code, area, span) for code in codes for span in spans}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its value, as a person reads it."""

    code: str
    name: str
    unit: str
    nature: str
    value: str
    definition: str
    json: dict[str, object]


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows that a figure counted, under their headings, and what they come to."""

    figure: Figure
    value: str
    headings: list[str]
    rows: list[Sequence[object]]


def listed(ledger: "Ledger", area: Area, span: Span) -> list[Line]:
    """Return every figure of an area over a span, in the order of the catalogue; what was sealed is read from the seal.

    Raises closing.SealBroken.
    """
    seal = sealed(ledger, area, span.last)
    known = {code: one.over(span) for code, one in seal.reported.figures.items()} if seal else {}
    asked = [code for code in FIGURES if known.get(code) is None]
    values = {code: value for (code, _), value in measure(ledger, asked, area, [span]).items()} | {
        code: value for code, value in known.items() if value is not None
    }
    return [_line(figure, values[figure.code]) for figure in CATALOGUE]


def counted(ledger: "Ledger", code: str, area: Area, span: Span) -> Counted:
    """Return the rows that a figure counted in an area over a span; of a sealed month they must be what was sealed.

    Raises NoSuchFigure, GridHasNoFigures, closing.SealBroken, errors.NotAsSealed.
    """
    asked, readings = figure(code), Readings(ledger)
    headings, rows = ledger.counts.rows(asked.code, span, readings.communities(area))
    value = readings.value(code, area, span)
    if seal := sealed(ledger, area, span.last) if span == Span.month(span.last) else None:
        was = seal.reported.figures.get(code)
        if was and (was.month, was.rows) != (value, len(rows)):
            before, now = f"{as_text(was.month)}（{was.rows} 行）", f"{as_text(value)}（{len(rows)} 行）"
            raise NotAsSealed(asked.title, area.name, span.last, before, now)
    shown = (
        as_text(value) if asked.nature in (Nature.RATIO, Nature.MEDIAN) else f"{as_text(value)} {asked.unit}"
    )
    return Counted(asked, shown, headings, rows)


def area_named(ledger: "Ledger", text: str | None) -> Area:
    """Return the area to report about: the one named, else the whole ledger's. Raises NoAreas, GridHasNoFigures."""
    area = ledger.areas.find(text) if text else ledger.areas.root()
    if area is None:
        raise NoAreas
    if area.kind == "grid":
        raise GridHasNoFigures(area.name)
    return area


def asked_span(first: str | None, last: str | None, today: date) -> Span:
    """Return the months asked for: from the first to the last named, to this month, or one month alone.

    Raises SpanBackwards.
    """
    this_month = month_of(today)
    span = Span(first or last or this_month, last or max(this_month, first or this_month))
    if span.first > span.last:
        raise SpanBackwards(span.first, span.last)
    return span


def _line(figure: Figure, value: Value) -> Line:
    nature = figure.nature.name.lower()
    plain = {
        "code": figure.code,
        "name": figure.name,
        "unit": figure.unit,
        "nature": nature,
        "value": as_json(value),
        "definition": figure.definition,
    }
    printed = f"{value:,}" if isinstance(value, int) else str(value)
    return Line(
        figure.code, figure.title, figure.unit, figure.nature.value, printed, figure.definition, plain
    )


class Readings:
    """What was read of a ledger so far: each figure and span once for all communities, then rolled up for any area.

    With `through` (a month), what reaches back to the beginning is read once, month by month, up to it: a workbook asks
    for the whole history at several ends. `histories` are those that were read already.
    """

    def __init__(
        self, ledger: "Ledger", *, through: str | None = None, histories: Mapping[str, History] | None = None
    ) -> None:
        self.ledger = ledger
        self._through = through
        self._histories = dict(histories or {})
        self._communities: dict[int, frozenset[int]] = {}
        self._sums: dict[tuple[str, Span], dict[int, int]] = {}
        self._ratios: dict[tuple[str, Span], dict[int, tuple[int, int]]] = {}
        self._lengths: dict[tuple[str, Span], dict[int, list[int]]] = {}
        self._heads: dict[tuple[str, Span], dict[int, set[int]]] = {}

    def value(self, code: str, area: Area, span: Span) -> Value:
        """Return a figure for an area and a span. Raises NoSuchFigure, GridHasNoFigures."""
        return self.over(code, self.communities(area), span)

    def over(self, code: str, communities: Collection[int], span: Span) -> Value:
        """Return a figure for some communities and a span."""
        asked = figure(code)
        if asked.nature is Nature.DISTINCT:
            heads = self.heads(code, span)
            return len(set().union(*(heads.get(community, ()) for community in communities)))
        if asked.nature is Nature.RATIO:
            ratios = self.ratios(code, span)
            pairs = [ratios.get(community, (0, 0)) for community in communities]
            return Ratio(sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
        if asked.nature is Nature.MEDIAN:
            lengths = self.lengths(code, span)
            return Median.of([one for community in communities for one in lengths.get(community, ())])
        sums = self.sums(code, span)
        total = sum(sums.get(community, 0) for community in communities)
        return Minutes(total) if asked.minutes else total

    def sums(self, code: str, span: Span) -> dict[int, int]:
        """Return a flow or stock by community; months before `first` don't matter to a stock."""
        if figure(code).nature is Nature.STOCK:
            span = Span.in_all(span.last)
        if (code, span) not in self._sums:
            known = self._through and span.first == BEGINNING and span.last <= self._through
            if known and self.ledger.counts.has_months(code):
                self._sums[code, span] = self._from_history(code, span.last)
            else:
                self._sums[code, span] = self.ledger.counts.additive(code, span)
        return self._sums[code, span]

    def _from_history(self, code: str, last: str) -> dict[int, int]:
        if code not in self._histories:
            self._histories[code] = self.ledger.counts.by_month(code, Span.in_all(self._through or last))
        sums: dict[int, int] = {}
        for (community, month), amount in self._histories[code].items():
            if month <= last:
                sums[community] = sums.get(community, 0) + amount
        return sums

    def ratios(self, code: str, span: Span) -> dict[int, tuple[int, int]]:
        """Return numerators and denominators by community."""
        if (code, span) not in self._ratios:
            self._ratios[code, span] = self.ledger.counts.ratio(code, span)
        return self._ratios[code, span]

    def lengths(self, code: str, span: Span) -> dict[int, list[int]]:
        """Return the lengths in minutes of which a median is made, by community."""
        if (code, span) not in self._lengths:
            self._lengths[code, span] = self.ledger.counts.lengths(code, span)
        return self._lengths[code, span]

    def heads(self, code: str, span: Span) -> dict[int, set[int]]:
        """Return the partners counted in each community."""
        if (code, span) not in self._heads:
            by_community: dict[int, set[int]] = {}
            for community, partner in self.ledger.counts.distinct(code, span):
                by_community.setdefault(community, set()).add(partner)
            self._heads[code, span] = by_community
        return self._heads[code, span]

    def communities(self, area: Area) -> frozenset[int]:
        """Return the ids of the communities in an area. Raises GridHasNoFigures."""
        if area.id not in self._communities:
            self._communities[area.id] = frozenset(c.id for c in self.ledger.areas.communities(area))
        return self._communities[area.id]
