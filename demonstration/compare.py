"""Hold hepartner's figures beside the programme report's, and beside the independent tally."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from hepartner.ledger import Ledger
from hepartner.ledger.joining import Joining
from hepartner.ledger.months import BEGINNING, Span
from hepartner.ledger.projects import Projects
from hepartner.reports.figures import FIGURES
from hepartner.reports.readings import Readings
from hepartner.reports.values import Median, Minutes, Ratio, Value

from .favours import PUBLICITY, VENUES
from .meetings import COOPERATIONS, MATCHMAKING
from .places import DISTRICT
from .services import HOME_PARTNERS, HOME_PROJECT
from .tally import MONTHS, Counted

_IN_ALL, _THIS_YEAR = Span(BEGINNING, MONTHS[-1]), Span("2025-01", MONTHS[-1])
_TYPHOON = Span("2024-09", "2024-09")
"""The month in which the whistle was blown for the typhoon and for nothing else."""
_SPANS = {_IN_ALL: "累计", _THIS_YEAR: "今年", _TYPHOON: "2024年9月"}
_SAID_NOTHING = "未列数"


class Asked(Protocol):
    """What is asked of the ledger for a number of the report; as text it says what that is."""

    def read(self, readings: Readings) -> Value:
        """Return what the ledger has."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the whole district over a span."""

    code: str
    span: Span = _IN_ALL

    def read(self, readings: Readings) -> Value:
        """Return the figure."""
        return readings.value(self.code, readings.ledger.areas.find(DISTRICT[1]), self.span)

    def __str__(self) -> str:
        """Name figure and months."""
        return f"{self.code}，{_SPANS[self.span]}"


@dataclass(frozen=True, slots=True)
class Businesses:
    """How many businesses are in a service project."""

    project: str

    def read(self, readings: Readings) -> Value:
        """Return their number."""
        listed, joining = readings.ledger.book(Projects).listing(), readings.ledger.book(Joining)
        projects = (one for one in listed if one.title == self.project)
        return sum(one.kind == "business" for project in projects for one in joining.partners(project))

    def __str__(self) -> str:
        """Say how anybody looks them up."""
        return f"hep project show {self.project}"


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the programme's report: its system, how the report says it, and between which values it may lie.

    `most` is None where any number not less than `least` will do.
    """

    system: str
    name: str
    words: str
    least: int
    most: int | None
    asked: Asked


REPORT = (
    Said("S1", "个体合伙人", "1800余名", 1800, 1899, Figure("partners.individual")),
    Said("S2", "社群合伙人", "603个", 603, 603, Figure("partners.group")),
    Said("S2", "与社区党组织结对", "603个", 603, 603, Figure("pairings.active")),
    Said("S3", "商企合伙人", "246家", 246, 246, Figure("partners.business")),
    Said("S3", "惠民服务", _SAID_NOTHING, 1, None, Figure("offers.active")),
    Said("S4", "发放积分", _SAID_NOTHING, 1, None, Figure("points.awarded")),
    Said("S5", "兑换人次", "15000人次", 15_000, 15_000, Figure("points.redemptions")),
    Said("S5", "兑换积分", "56万余分", 560_000, 569_999, Figure("points.redeemed")),
    Said("S6", "台风“摩羯”报到的社群", "126个", 126, 126, Figure("dispatches.groups", _TYPHOON)),
    Said("S6", "台风“摩羯”报到的人", "3580名", 3580, 3580, Figure("dispatches.people", _TYPHOON)),
    Said("S6", "台风“摩羯”清障小时", "半天", 1, 12 * 60, Figure("dispatches.hours_median", _TYPHOON)),
    Said("S7", "公益惠民活动", "230余场", 230, 239, Figure("activities.welfare")),
    Said("S8", "联席会议", "110余次", 110, 119, Figure("meetings.joint")),
    Said("S8", "办结决议", _SAID_NOTHING, 1, None, Figure("meetings.resolutions_done")),
    Said("S9", "解决民生问题", "1700余个", 1700, 1799, Figure("issues.resolved")),
    Said("S9", "惠及群众", "10万余人", 100_000, 109_999, Figure("issues.beneficiaries")),
    Said("S9", "今年解决民生问题", "1000余个", 1000, 1099, Figure("issues.resolved", _THIS_YEAR)),
    Said("S10", "提供活动阵地", "265次", VENUES, VENUES, Figure("support.venue")),
    Said("S10", "品牌宣传", "36次", PUBLICITY, PUBLICITY, Figure("support.publicity")),
    Said("S11", "资源对接会", "2场", MATCHMAKING, MATCHMAKING, Figure("meetings.matchmaking")),
    Said("S11", "促成商企合作", "6家", COOPERATIONS, COOPERATIONS, Figure("cooperations.closed")),
    Said("S11", "落地服务项目", "100多个", 100, 109, Figure("projects.landed")),
    Said("S12", "今年服务群众", "超过30000人次", 30_000, 39_999, Figure("service.person_times", _THIS_YEAR)),
    Said("S12", "上门为独居老人服务的企业", "9家", HOME_PARTNERS, HOME_PARTNERS, Businesses(HOME_PROJECT)),
    Said("S13", "待满足需求", _SAID_NOTHING, 1, None, Figure("needs.open")),
    Said("S13", "项目评估", _SAID_NOTHING, 1, None, Figure("projects.evaluated")),
    Said("S14", "授予荣誉", _SAID_NOTHING, 1, None, Figure("honours.given")),
    Said("S15", "社区", "41个", 41, 41, Figure("areas.community")),
)
"""Every number of the report by system; where it gives none, what the ledger has stands alone."""


@dataclass(frozen=True, slots=True)
class Held:
    """A number of the report beside hepartner's."""

    said: Said
    value: Value

    @property
    def agrees(self) -> bool:
        """Whether the number is the report's, or in the range that its 余 leaves."""
        number = self.value.minutes if isinstance(self.value, Median) else self.value
        assert isinstance(number, int), "the report's numbers are whole"
        return self.said.least <= number and (self.said.most is None or number <= self.said.most)

    def __str__(self) -> str:
        """Write both beside each other, and what was asked of the ledger."""
        said, agrees = self.said, "相符" if self.agrees else "不符"
        value = f"{self.value:,}" if isinstance(self.value, int) else f"{self.value}"
        return f"{agrees}  {said.system:<3} {said.name}：报告 {said.words}，台账 {value}（{said.asked}）"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that hepartner counts otherwise than the tally."""

    counted: Counted
    value: Value


def with_report(ledger: Ledger) -> list[Held]:
    """Read every number of the report from the ledger."""
    readings = Readings(ledger)
    return [Held(said, said.asked.read(readings)) for said in REPORT]


def with_tally(ledger: Ledger, tally: Iterable[Counted]) -> Iterator[Difference]:
    """Yield every figure of an area and span in which ledger and tally differ."""
    readings = Readings(ledger, through=MONTHS[-1])
    areas = {area.name: area for area in ledger.areas.tree() if area.kind != "grid"}
    for counted in tally:
        value = readings.value(counted.figure, areas[counted.area], Span(counted.first, counted.last))
        if value != _as_value(counted):
            yield Difference(counted, value)


def uncounted(tally: Iterable[Counted]) -> list[str]:
    """Return the figures of the catalogue that the tally does not count."""
    codes = {counted.figure for counted in tally}
    return [code for code in FIGURES if code not in codes]


def _as_value(counted: Counted) -> Value:
    if counted.figure == "dispatches.hours_median":
        return Median(counted.value if counted.denominator else None, counted.denominator or 0)
    if counted.denominator is not None:
        return Ratio(counted.value, counted.denominator)
    return Minutes(counted.value) if counted.figure == "hours.served" else counted.value
