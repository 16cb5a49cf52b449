"""Lists of offers: each business, community and title once, so a list changes what is there and never doubles it."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import money, names
from hepartner.intake.columns import dated, read_choice, read_day, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import (
    TWICE,
    ByHand,
    Days,
    Kind,
    Plan,
    called_then,
    no_more,
    note_days,
    understood,
    was_absent,
)
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.offers import Offer, Offers, Particulars, faults, named, particulars, unfit
from hepartner.ledger.partners import Partner
from hepartner.ledger.presence import absences
from hepartner.ledger.sources import cards_brought, former_names
from hepartner.words.offer import EVENTS, STATUSES, TERMS, TRADES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class OfferLine(NamedTuple):
    """What one row says of an offer; None where it is blank. Prices are fen."""

    community: str | None
    partner: str
    title: str
    trade: str | None
    terms: str | None
    price_before: int | None
    price_after: int | None
    address: str | None
    opening_hours: str | None
    opened_on: str
    remark: str | None


_TRADE_WORDS = {
    "clothing": ("衣", "服装", "洗衣", "裁缝"),
    "food": ("食", "餐饮", "食品", "饮食", "美食"),
    "housing": ("住", "家政", "维修", "家电", "物业", "住宿"),
    "travel": ("行", "出行", "交通", "车辆"),
    "medical": ("医疗", "健康", "医药", "药店"),
    "culture": ("文化", "文体", "文娱", "体育"),
    "education": ("教育", "培训", "托育"),
    "elderly": ("养老", "助老", "为老"),
    "other": ("其他", "其它"),
}
_TERMS_WORDS = {
    "free": ("免费", "公益", "无偿"),
    "discount": ("优惠", "折扣", "打折"),
    "lowcost": ("低偿", "低价", "成本价"),
}


def form(today: date) -> Form[OfferLine]:
    """The columns of a list of offers; days are read as somebody typing today means them."""
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "partner",
            f"商家 商企 服务商家 {NAME_TITLES}{ORGANISATION_TITLES}",
            read_name,
            required=True,
            may_be_blank=False,
            sample="柏乐口腔（示例）",
        ),
        titled(
            "title", "服务名称 惠民服务 服务项目 服务内容 服务", _read_title, required=True, sample="洗牙"
        ),
        titled(
            "trade",
            "行业 类别 行业类别 服务类别",
            read_choice("行业", _TRADE_WORDS),
            choices=tuple(TRADES.values()),
        ),
        titled(
            "terms",
            "优惠方式 方式 优惠类型",
            read_choice("优惠方式", _TERMS_WORDS),
            choices=tuple(TERMS.values()),
        ),
        titled("price_before", "原价 市场价 门市价", _read_price("原价"), sample="120"),
        titled("price_after", "现价 优惠价 惠民价", _read_price("现价"), sample="60"),
        titled("address", "地址 地点 店铺地址", partial(read_text, noun="地址", most=100)),
        titled("opening_hours", "服务时间 营业时间 开放时间", partial(read_text, noun="服务时间", most=100)),
        dated(
            "opened_on",
            "推出日期 起始日期 开始日期 登记日期",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("惠民服务清单", columns, OfferLine._make)


def _read_title(text: str) -> str | Fault:
    title = read_text(text, noun="服务名称", most=100)
    if isinstance(title, Fault):
        return title
    return (
        names.tidy(title) if names.match_key(title) else Fault("服务名称里没有看得见的字", "请填写服务名称")
    )


def _read_price(noun: str) -> Any:
    return partial(money.parse_yuan, noun=noun)


def plan(ledger: "Ledger", lines: Lines[OfferLine], source: "Source") -> Plan:
    """Tell which offers are new, and of which a list says something else; a blank cell changes nothing."""
    plan, offers = Plan(), ledger.book(Offers)
    places, people = Places(ledger.areas.tree(), ledger.here, lines.heading), People.of(ledger)
    known = Known(ledger, people, offers.listing(closed=True), source)
    by_hand = ByHand(ledger, source, "offer")
    opened = Days(ledger, "offer", "opened", EVENTS["opened"])
    before: dict[object, OfferLine] = {}
    new: list[tuple[int, Particulars]] = []
    edits: list[tuple[Offer, dict[str, Any]]] = []
    rows = understood(plan, lines, lambda line: _placed(line, places, people))
    named_here = {line.partner.id for _, line in rows}
    for row, line in rows:
        one = called_then(
            known.meant(line), known.once(line, named_here), partial(_says_all, line, by_hand, opened)
        )
        if (first := before.setdefault(one.id if one else line.key, line.line)) is not line.line:
            same = first == line.line
            plan.unchanged += same
            plan.problems += [] if same else [lines.problem(row, Misfit("title", TWICE, line.line.title))]
            continue
        change = by_hand.but(one.id, named(one), line.change(one)) if one else {}
        if one and one.status != "open" and change:
            over = f"{named(one)} {one.closed_on} {STATUSES[one.status]}"
            plan.problems.append(lines.problem(row, no_more(over, change)))
        elif why := _wrong(line, one, change):
            plan.problems.append(lines.problem(row, why))
        elif one is None:
            new.append((row, line.said()))
        elif misfit := opened.misfit("opened_on", one.id, one.opened_on, line.line.opened_on):
            plan.problems.append(lines.problem(row, misfit))
        elif change:
            edits.append((one, change))
        else:
            plan.unchanged += 1
    present = _without_absent(ledger, plan, lines, new)
    plan.added, plan.changed = len(present), len(edits)
    plan.changes = [f"{named(one)}：内容有改动" for one, _ in edits]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community_id, said.opened_on) for said in present])

    def write(voucher: "Voucher") -> None:
        offers.open_many(voucher, present)
        for offer, change in edits:
            offers.edit_in(voucher, offer, change)

    plan.write = write
    return plan


class _Placed(NamedTuple):
    """A row whose community and business are known."""

    community: "Area"
    partner: Partner
    line: OfferLine

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells one offer from another: community, business, title key."""
        return self.community.id, self.partner.id, names.match_key(self.line.title)

    def said(self) -> Particulars:
        """The offer that the row means."""
        line = self.line
        return Particulars(
            self.community.id, self.partner.id, line.title, line.opened_on, line.trade or "other", line.terms or "free",
            line.price_before, line.price_after, line.address or "", line.opening_hours or "", line.remark or "",
        )  # fmt: skip

    def change(self, known: Offer) -> dict[str, Any]:
        """What the row changes of an offer."""
        typed = {name: getattr(self.line, name) for name in _MAY_CHANGE}
        return {name: value for name, value in typed.items() if value not in (None, getattr(known, name))}


_MAY_CHANGE = ("trade", "terms", "price_before", "price_after", "address", "opening_hours", "remark")


class Known:
    """The offers of the ledger, those that closed too, by community, business and title key.

    A business stands for those merged into it; offers that once bore a title come after those that bear it.
    """

    def __init__(
        self, ledger: "Ledger", people: People, offers: Sequence[Offer], source: "Source | None" = None
    ) -> None:
        """`source` is whose old lists may mean what was called otherwise since."""
        self._people = people
        self._brought = cards_brought(ledger.database, source, "offer") if source else set[int]()
        self._of: dict[tuple[int, int, str], list[Offer]] = {}
        by_id = {one.id: one for one in offers}
        for one in offers:
            self._of.setdefault(self._key(one, names.match_key(one.title)), []).append(one)
        for offer_id, title_key in former_names(ledger.database, "offer", "title_key"):
            if offer_id in by_id:
                self._of.setdefault(self._key(by_id[offer_id], title_key), []).append(by_id[offer_id])

    def called(self, community: "Area", partner: Partner, text: str, title: str) -> list[Offer]:
        """The offers of this title that a business made there: of the very card that `text` names, if it made any."""
        there = self._of.get((community.id, partner.id, names.match_key(title)), [])
        return [one for one in there if self._people.is_named(one.partner_id, text, community)] or there

    def meant(self, line: _Placed) -> Offer | None:
        """The offer that a row means: of that very business, opened on its day, else the open one; None if it is new."""
        day = line.line.opened_on
        own = self.called(line.community, line.partner, line.line.partner, line.line.title)
        for found in (own, self._of.get(line.key, [])):
            for one in sorted(found, key=lambda one: (one.opened_on != day, one.status != "open")):
                if one.status == "open" or one.opened_on == day:
                    return one
        return None

    def once(self, line: _Placed, named: Collection[int]) -> list[Offer]:
        """The offers that the row meant while they, or their businesses, were called so; who is `named` itself is not meant."""
        key = names.match_key(line.line.title)
        before = self._people.once_called(line.partner.id, line.line.partner, named)
        found = (self._of.get((line.community.id, one, key), ()) for one in (line.partner.id, *before))
        return [one for those in found for one in those if one.id in self._brought]

    def _key(self, offer: Offer, title_key: str) -> tuple[int, int, str]:
        return offer.community_id, self._people.now(offer.partner_id), title_key


def _placed(line: OfferLine, places: Places, people: People) -> _Placed | Misfit:
    """The community and the business of a row, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partner = people.meant(line.partner, "", community)
    if isinstance(partner, Fault):
        return Misfit("partner", partner, line.partner)
    if why := unfit(partner):
        fault = Fault("…，不能登记惠民服务", "请核对商家", (f"{partner.name}（{partner.code}）{why}",))
        return Misfit("partner", fault, line.partner)
    return _Placed(community, partner, line)


def _says_all(line: _Placed, by_hand: ByHand, opened: Days, one: Offer) -> bool:
    """Whether an offer has all that a row says, or had it until a hand changed it."""
    change = by_hand.news(one.id, line.change(one))
    return not (change or opened.misfit("opened_on", one.id, one.opened_on, line.line.opened_on))


def _wrong(line: _Placed, known: Offer | None, change: dict[str, Any]) -> Misfit | None:
    """What is wrong with the offer as it would stand."""
    said = particulars(known)._replace(**change) if known else line.said()
    for fault in faults(said):
        what, _, remedy = fault.removesuffix("。").rpartition("，")
        return Misfit("price_after", Fault(what, remedy), "")
    return None


def _without_absent(
    ledger: "Ledger", plan: Plan, lines: Lines[OfferLine], said: list[tuple[int, Particulars]]
) -> list[Particulars]:
    """Refuse rows whose business had not joined or had left on that day."""
    absent = absences(ledger.database, ((one.partner_id, one.opened_on) for _, one in said))
    present = []
    for row, one in said:
        if why := absent.get((one.partner_id, one.opened_on)):
            plan.problems.append(lines.problem(row, Misfit("opened_on", was_absent(why, "请改正日期或商家"))))
        else:
            present.append(one)
    return present


KIND = Kind("offers", form, plan)
