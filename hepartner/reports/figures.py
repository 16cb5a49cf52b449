"""The catalogue of figures, and asking them of a ledger: nothing but this adds anything up (design §1.7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from hepartner.ledger.areas import Area
from hepartner.ledger.counts import NoSuchFigure
from hepartner.ledger.counts.monthly import History
from hepartner.ledger.months import BEGINNING, Span, month_of

from .errors import GridHasNoFigures, NoAreas, SpanBackwards
from .values import Minutes, Ratio, Value, as_json, as_text

if TYPE_CHECKING:
    from hepartner.ledger import Ledger


class Nature(Enum):
    """How a figure behaves when months or areas are put together; the text is what people read."""

    FLOW = "累计"
    STOCK = "月末"
    DISTINCT = "去重"
    RATIO = "比率"


@dataclass(frozen=True, slots=True)
class Figure:
    """One named figure; `minutes` says that the ledger counts it in minutes and it is printed in hours."""

    code: str
    name: str
    unit: str
    nature: Nature
    definition: str
    minutes: bool = False

    @property
    def title(self) -> str:
        """The name with the mark that warns against adding it up."""
        return f"{self.name}{self._mark}"

    @property
    def heading(self) -> str:
        """Name, mark and unit on lines of their own, as they stand over a column; a ratio prints its % itself."""
        unit = "" if self.nature is Nature.RATIO else f"（{self.unit}）"
        return "\n".join(part for part in (self.name, self._mark, unit) if part)

    @property
    def _mark(self) -> str:
        return "（去重）" if self.nature is Nature.DISTINCT else ""


FLOW, STOCK, DISTINCT, RATIO = Nature.FLOW, Nature.STOCK, Nature.DISTINCT, Nature.RATIO

CATALOGUE = (
    Figure("areas.community", "社区", "个", STOCK, "月末在册的社区数，自设立之日起计。"),
    Figure(
        "partners.individual",
        "个体合伙人",
        "人",
        STOCK,
        "月末在册的个体合伙人：加入、重新加入、迁入、改为本类型计增加，退出、并入他人、迁出、改为其他类型计减少；暂停的仍在册。",
    ),
    Figure(
        "partners.group",
        "社群合伙人",
        "个",
        STOCK,
        "月末在册的社群合伙人（共建单位、社会团体、行业协会、社工组织等），增减口径同个体合伙人。",
    ),
    Figure("partners.business", "商企合伙人", "家", STOCK, "月末在册的商企合伙人，增减口径同个体合伙人。"),
    Figure(
        "pairings.active",
        "结对",
        "对",
        STOCK,
        "月末社群、商企与社区结对的对数：一家单位与一个社区结对计一对，结对计增加，解除计减少。",
    ),
    Figure(
        "partners.active",
        "参与的合伙人",
        "个",
        DISTINCT,
        "期内参加活动签到、组织活动或协助解决民生问题的合伙人，冲正的不计，同一合伙人只计一次；跨社区、跨月份不能相加。",
    ),
    Figure("activities.held", "开展活动", "场", FLOW, "期内举办的各类活动场次，撤销的冲减。"),
    Figure(
        "activities.welfare",
        "公益惠民活动",
        "场",
        FLOW,
        "其中类别为公益惠民（义诊义剪、普法防诈、公益健身等）的场次。",
    ),
    Figure(
        "activities.attendance",
        "活动参与人次",
        "人次",
        FLOW,
        "活动签到的次数：签到一行计一人次，同一合伙人在一场活动中分次签到的分别计；冲正的扣除。",
    ),
    Figure(
        "activities.people",
        "活动参与人数",
        "人",
        DISTINCT,
        "期内在活动签到表上的合伙人，冲正的不计，同一合伙人只计一次；跨社区、跨月份不能相加。",
    ),
    Figure(
        "activities.beneficiaries",
        "活动受益人次",
        "人次",
        FLOW,
        "各场活动填报的受益人数之和，同一居民参加多场会重复计；撤销的冲减。",
    ),
    Figure(
        "hours.served",
        "服务时长",
        "小时",
        FLOW,
        "签到时长之和，冲正的扣除；台账按分钟累计，打印时折算为小时并保留一位小数。",
        minutes=True,
    ),
    Figure(
        "points.awarded",
        "发放积分",
        "分",
        FLOW,
        "按积分规则发放和由经办人直接发放的积分，冲正的扣除；不含期初录入和转移。",
    ),
    Figure("points.redeemed", "兑换积分", "分", FLOW, "在积分超市兑换用去的积分，退换的扣除。"),
    Figure(
        "points.redemptions",
        "兑换人次",
        "人次",
        FLOW,
        "兑换单的张数，一张单无论几样商品计一人次，撤销的扣除。",
    ),
    Figure(
        "points.redeemers",
        "兑换人数",
        "人",
        DISTINCT,
        "期内有兑换的合伙人，撤销的不计，同一合伙人只计一次；跨社区、跨月份不能相加。",
    ),
    Figure("points.expired", "清零积分", "分", FLOW, "按清零办法到期清除的积分，冲正的扣除。"),
    Figure(
        "points.balance",
        "积分结余",
        "分",
        STOCK,
        "月末合伙人手中未用的积分：期初＋发放＋转入－转出－兑换－扣减－清零；暂停、退出的合伙人手中的也计。",
    ),
    Figure(
        "issues.reported",
        "上报民生问题",
        "件",
        FLOW,
        "期内上报的民生问题，撤销的冲减；后来查明重复的仍计上报。",
    ),
    Figure(
        "issues.resolved",
        "解决民生问题",
        "件",
        FLOW,
        "期内办结的问题：办结加一件，重新打开减一件；重复件不计，办结后才查明重复的减一件。",
    ),
    Figure(
        "issues.confirmed",
        "居民确认解决",
        "件",
        FLOW,
        "期内经居民确认解决的问题：确认加一件，确认后又重新打开或查明重复的减一件。",
    ),
    Figure(
        "issues.beneficiaries",
        "问题惠及人数",
        "人",
        FLOW,
        "办结时填报的受益人数之和，同一居民受益于多件问题会重复计；重新打开、查明重复的扣除。",
    ),
    Figure(
        "issues.on_time_rate",
        "按时办结率",
        "%",
        RATIO,
        "到办结期限当日已办结的件数÷办结期限落在期内的件数；期限所在月份结账后才补录的，计入补录的月份；期限过后才重新打开的仍算按时，重复件不计。",
    ),
    Figure(
        "issues.satisfied_rate",
        "满意率",
        "%",
        RATIO,
        "期内居民确认时回答满意的次数÷回答了是否满意的次数；未回答的不计入分母，确认后又重新打开的仍计。",
    ),
    Figure("issues.open", "在办问题", "件", STOCK, "月末已上报、尚未办结的问题；重复件不计。"),
    Figure("issues.overdue", "超期未办结问题", "件", STOCK, "月末在办问题中，办结期限在月末或更早的件数。"),
)
"""Every figure, in the order in which sheets and lists show them."""

FIGURES = {figure.code: figure for figure in CATALOGUE}

FLOWS = tuple(figure.code for figure in CATALOGUE if figure.nature is FLOW)
STOCKS = tuple(figure.code for figure in CATALOGUE if figure.nature is STOCK)
HEADS = tuple(figure.code for figure in CATALOGUE if figure.nature is DISTINCT)
RATIOS = tuple(figure.code for figure in CATALOGUE if figure.nature is RATIO)
ADDED = (*FLOWS, *STOCKS)
"""The codes of figures by nature; those of ADDED add over communities."""

Measured = dict[tuple[str, Span], Value]
"""A value for each code and span asked for."""


def measure(ledger: "Ledger", codes: Iterable[str], area: Area, spans: Iterable[Span]) -> Measured:
    """Return the value of each figure for an area in each span.

    Flows and stocks add over the communities; distinct heads and ratios are counted anew. Raises NoSuchFigure,
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
    """Return every figure of an area over a span, in the order of the catalogue."""
    values = measure(ledger, FIGURES, area, [span])
    return [_line(figure, values[figure.code, span]) for figure in CATALOGUE]


def counted(ledger: "Ledger", code: str, area: Area, span: Span) -> Counted:
    """Return the rows that a figure counted in an area over a span. Raises NoSuchFigure, GridHasNoFigures."""
    readings = Readings(ledger)
    headings, rows = ledger.counts.rows(figure(code).code, span, readings.communities(area))
    asked = figure(code)
    value = as_text(readings.value(code, area, span))
    shown = value if asked.nature is Nature.RATIO else f"{value} {asked.unit}"
    return Counted(asked, shown, headings, rows)


def figure(code: str) -> Figure:
    """Return the figure of a code. Raises NoSuchFigure."""
    if code not in FIGURES:
        raise NoSuchFigure(code)
    return FIGURES[code]


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
        if area.kind == "grid":
            raise GridHasNoFigures(area.name)
        if area.id not in self._communities:
            self._communities[area.id] = frozenset(c.id for c in self.ledger.areas.communities(area))
        return self._communities[area.id]
