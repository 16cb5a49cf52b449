"""The catalogue of figures: every number that leaves the tool has one name, one unit, one definition (design §1.7)."""

from dataclasses import dataclass
from enum import Enum

from hepartner.ledger.counts import NoSuchFigure


class Nature(Enum):
    """How a figure behaves when months or areas are put together; the text is what people read."""

    FLOW = "累计"
    STOCK = "月末"
    DISTINCT = "去重"
    RATIO = "比率"
    MEDIAN = "中位数"


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
MEDIAN = Nature.MEDIAN

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
        "月末社群、商企与社区结对的对数：一家单位与一个社区结对计一对，结对计增加，解除、重复登记的单位合并计减少。",
    ),
    Figure(
        "offers.active",
        "惠民服务",
        "项",
        STOCK,
        "月末商企正在向居民提供的惠民服务项数：推出计增加，停止、重复登记的商企合并计减少；一家商企在一个社区的一项服务计一项。",
    ),
    Figure(
        "offers.uses",
        "惠民服务使用人次",
        "人次",
        FLOW,
        "期内登记的惠民服务使用次数之和，同一居民用几次计几次；撤销的冲减。",
    ),
    Figure(
        "partners.active",
        "参与的合伙人",
        "个",
        DISTINCT,
        "期内参加活动签到、组织活动、吹哨后报到、参加会议、参与项目服务或协助解决民生问题的合伙人，冲正的不计，同一合伙人只计一次；跨社区、跨月份不能相加。",
    ),
    Figure("dispatches.held", "吹哨报到", "次", FLOW, "期内吹哨的次数，按吹哨那天计，撤销的冲减。"),
    Figure(
        "dispatches.groups",
        "报到的合伙人",
        "个",
        DISTINCT,
        "期内吹哨后到场报到的合伙人，同一合伙人只计一次；跨社区、跨月份不能相加。",
    ),
    Figure(
        "dispatches.people",
        "报到人次",
        "人次",
        FLOW,
        "各次报到登记的到场人数之和，同一人在几次吹哨中到场会重复计；同一家在一次吹哨里退回后再来，两次的人数都计。",
    ),
    Figure(
        "dispatches.response_rate",
        "吹哨应答率",
        "%",
        RATIO,
        "期内呼叫中到期末已到场报到的次数÷期内呼叫合伙人的次数；退单的呼叫不计入，再叫的另计一次，合并了的合伙人一同被叫的计一次。",
    ),
    Figure(
        "dispatches.hours_median",
        "吹哨处置时长",
        "小时",
        MEDIAN,
        "期内结束的各次吹哨从吹哨到结束所用时间的中位数；不能相加。",
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
    Figure("meetings.joint", "联席会议", "次", FLOW, "期内召开的联席会议次数，按开会那天计，撤销的冲减。"),
    Figure(
        "meetings.matchmaking",
        "资源对接会",
        "次",
        FLOW,
        "期内召开的资源对接会次数，按开会那天计，撤销的冲减。",
    ),
    Figure(
        "meetings.resolutions_done",
        "办结决议",
        "项",
        FLOW,
        "期内办结的会议决议，按办结那天计，不论哪次会议议定；撤下的不计，撤销的冲减，重开的在重开那天冲减。",
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
        "到办结期限当日已办结的件数÷办结期限落在期内的件数；当月还没有过完时，只看到昨天为止的期限；期限所在月份结账后才补录的，计入补录的月份；期限过后才重新打开的仍算按时，重复件不计。",
    ),
    Figure(
        "issues.satisfied_rate",
        "满意率",
        "%",
        RATIO,
        "期内居民确认时回答满意的次数÷回答了是否满意的次数；未回答的不计入分母，确认后又重新打开的仍计。",
    ),
    Figure("issues.open", "在办问题", "件", STOCK, "月末已上报、尚未办结的问题；重复件不计。"),
    Figure(
        "issues.overdue",
        "超期未办结问题",
        "件",
        STOCK,
        "月末在办问题中，办结期限在月末或更早的件数；当月还没有过完时，是现在在办、期限在昨天或更早的件数。",
    ),
    Figure(
        "needs.open",
        "待满足需求",
        "项",
        STOCK,
        "月末已提出、尚未满足也未撤下的居民需求项数：提出、重开计增加，满足、撤下计减少；按项计，不按需求人数计。",
    ),
    Figure(
        "projects.landed",
        "落地服务项目",
        "个",
        FLOW,
        "期内落地的服务项目，撤销的冲减；停办后恢复的不重复计。",
    ),
    Figure(
        "projects.active",
        "在办服务项目",
        "个",
        STOCK,
        "月末正在实施的服务项目：落地、恢复计增加，停办、结项计减少。",
    ),
    Figure(
        "projects.evaluated",
        "项目评估",
        "次",
        FLOW,
        "期内完成的项目评估次数，一个项目评估几次计几次，撤销的冲减。",
    ),
    Figure(
        "service.person_times",
        "服务人次",
        "人次",
        FLOW,
        "服务项目各场服务人次与公益惠民活动受益人数之和，同一居民受几次服务计几次；不含民生问题惠及人数和其他类别的活动。",
    ),
    Figure(
        "support.venue",
        "场地扶持",
        "次",
        FLOW,
        "期内合伙人使用社区场地的次数：使用一次计一次，只预订未使用的不计；取消、撤销的冲减。",
    ),
    Figure(
        "support.publicity",
        "宣传扶持",
        "次",
        FLOW,
        "期内社区为合伙人做品牌宣传的次数，撤销的冲减。",
    ),
    Figure(
        "honours.given",
        "授予荣誉",
        "项",
        FLOW,
        "期内授予合伙人的荣誉：一位合伙人得一项计一项，计入合伙人当日所在社区；撤销的冲减。",
    ),
    Figure(
        "cooperations.closed",
        "促成商企合作",
        "家",
        FLOW,
        "期内促成的商企合作：一家商企与一个合作方（另一家单位或社区）在一次会议上、或不经会议在某一天达成的合作计一家，撤销的冲减。",
    ),
)
"""Every figure, in the order in which sheets and lists show them."""

FIGURES = {figure.code: figure for figure in CATALOGUE}

FLOWS = tuple(figure.code for figure in CATALOGUE if figure.nature is FLOW)
STOCKS = tuple(figure.code for figure in CATALOGUE if figure.nature is STOCK)
HEADS = tuple(figure.code for figure in CATALOGUE if figure.nature is DISTINCT)
RATIOS = tuple(figure.code for figure in CATALOGUE if figure.nature is RATIO)
ADDED = (*FLOWS, *STOCKS)
"""The codes of figures by nature; those of ADDED add over communities."""


def figure(code: str) -> Figure:
    """Return the figure of a code. Raises NoSuchFigure."""
    if code not in FIGURES:
        raise NoSuchFigure(code)
    return FIGURES[code]
