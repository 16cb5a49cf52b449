"""Hold hepartner's figures beside the programme report's, and beside the independent tally."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hepartner.ledger import Ledger
from hepartner.ledger.months import BEGINNING, Span
from hepartner.reports.readings import Readings
from hepartner.reports.values import Minutes, Ratio, Value

from .places import DISTRICT
from .tally import MONTHS, Counted

_IN_ALL, _THIS_YEAR = Span(BEGINNING, MONTHS[-1]), Span("2025-01", MONTHS[-1])


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the programme's report: how it says it, which figure that is, and between which values it may lie."""

    name: str
    words: str
    figure: str
    span: Span
    least: int
    most: int


REPORT = (
    Said("社区", "41个", "areas.community", _IN_ALL, 41, 41),
    Said("个体合伙人", "1800余名", "partners.individual", _IN_ALL, 1800, 1899),
    Said("社群合伙人", "603个", "partners.group", _IN_ALL, 603, 603),
    Said("商企合伙人", "246家", "partners.business", _IN_ALL, 246, 246),
    Said("公益惠民活动", "230余场", "activities.welfare", _IN_ALL, 230, 239),
    Said("兑换人次", "15000人次", "points.redemptions", _IN_ALL, 15_000, 15_000),
    Said("兑换积分", "56万余分", "points.redeemed", _IN_ALL, 560_000, 569_999),
    Said("解决民生问题", "1700余个", "issues.resolved", _IN_ALL, 1700, 1799),
    Said("惠及群众", "10万余人", "issues.beneficiaries", _IN_ALL, 100_000, 109_999),
    Said("今年解决民生问题", "1000余个", "issues.resolved", _THIS_YEAR, 1000, 1099),
    Said("今年服务群众", "超过30000人次", "issues.beneficiaries", _THIS_YEAR, 30_000, 39_999),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A number of the report beside hepartner's."""

    said: Said
    value: int

    @property
    def agrees(self) -> bool:
        """Whether the number is the report's, or in the range that its 余 leaves."""
        return self.said.least <= self.value <= self.said.most


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that hepartner counts otherwise than the tally."""

    counted: Counted
    value: Value


def with_report(ledger: Ledger) -> list[Held]:
    """Read every number of the report from the ledger."""
    readings, district = Readings(ledger), ledger.areas.find(DISTRICT[1])
    return [Held(said, _number(readings.value(said.figure, district, said.span))) for said in REPORT]


def with_tally(ledger: Ledger, tally: Iterable[Counted]) -> Iterator[Difference]:
    """Yield every figure of an area and span in which ledger and tally differ."""
    readings = Readings(ledger, through=MONTHS[-1])
    areas = {area.name: area for area in ledger.areas.tree() if area.kind != "grid"}
    for counted in tally:
        value = readings.value(counted.figure, areas[counted.area], Span(counted.first, counted.last))
        if value != _as_value(counted):
            yield Difference(counted, value)


def _as_value(counted: Counted) -> Value:
    if counted.denominator is not None:
        return Ratio(counted.value, counted.denominator)
    return Minutes(counted.value) if counted.figure == "hours.served" else counted.value


def _number(value: Value) -> int:
    assert isinstance(value, int), "the report's numbers are whole"
    return value
