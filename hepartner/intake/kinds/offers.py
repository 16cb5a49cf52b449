"""Lists of offers: each business, community and title once, so a list changes what is there and never doubles it."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import money, names
from hepartner.intake.columns import dated, read_choice, read_day, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, understood
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.offers import Offer, Offers, Particulars, faults, particulars, unfit
from hepartner.ledger.presence import absences
from hepartner.ledger.sources import former_names
from hepartner.words.offer import TERMS, TRADES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
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


def plan(ledger: "Ledger", lines: Lines[OfferLine], source: "Source") -> Plan:  # noqa: ARG001 what is offered needs no source
    """Tell which offers are new, and of which a list says something else; a blank cell changes nothing."""
    plan, offers = Plan(), ledger.book(Offers)
    places, people = Places(ledger.areas.tree(), ledger.here, lines.heading), People.of(ledger)
    every = offers.listing(closed=True)
    known = _by_title(ledger, people, [one for one in every if one.status == "open"])
    ended = {(*one, offer.opened_on) for one, offer in _by_title(ledger, people, every).items()}
    new: dict[tuple[int, int, str], tuple[int, Particulars]] = {}
    edits: list[tuple[Offer, dict[str, Any]]] = []
    for row, line in understood(plan, lines, lambda line: _placed(line, places, people)):
        said = line.said()
        one = _of(said, people)
        if one in new or (one not in known and (*one, said.opened_on) in ended):
            plan.unchanged += 1
        elif why := _wrong(line, known.get(one)):
            plan.problems.append(lines.problem(row, why))
        elif one not in known:
            new[one] = row, said
        elif change := line.change(known[one]):
            edits.append((known[one], change))
        else:
            plan.unchanged += 1
    present = _without_absent(ledger, plan, lines, list(new.values()))
    plan.added, plan.changed = len(present), len(edits)
    plan.changes = [f"{one.partner}的“{one.title}”（{one.code}）：内容有改动" for one, _ in edits]
    note_days(plan, ledger, [(said.community_id, said.opened_on) for said in present])

    def write(voucher: "Voucher") -> None:
        offers.open_many(voucher, present)
        for offer, change in edits:
            offers.edit_in(voucher, offer, change)

    plan.write = write
    return plan


class _Placed(NamedTuple):
    """A row whose community and business are known."""

    community_id: int
    partner_id: int
    line: OfferLine

    def said(self) -> Particulars:
        """The offer that the row means."""
        line = self.line
        return Particulars(
            self.community_id, self.partner_id, line.title, line.opened_on, line.trade or "other", line.terms or "free",
            line.price_before, line.price_after, line.address or "", line.opening_hours or "", line.remark or "",
        )  # fmt: skip

    def change(self, known: Offer) -> dict[str, Any]:
        """What the row changes of an offer."""
        typed = {name: getattr(self.line, name) for name in _MAY_CHANGE}
        return {name: value for name, value in typed.items() if value not in (None, getattr(known, name))}


_MAY_CHANGE = ("trade", "terms", "price_before", "price_after", "address", "opening_hours", "remark")


def _of(said: Particulars, people: People) -> tuple[int, int, str]:
    return said.community_id, people.now(said.partner_id), names.match_key(said.title)


def _by_title(ledger: "Ledger", people: People, offers: list[Offer]) -> dict[tuple[int, int, str], Offer]:
    """Offers by community, business and title key; a title that none bears any more stands for the one that bore it."""
    by_id = {one.id: one for one in offers}
    found = {_of(particulars(one), people): one for one in offers}
    for offer_id, title_key in former_names(ledger.database, "offer", "title_key"):
        if offer_id in by_id:
            found.setdefault((*_of(particulars(by_id[offer_id]), people)[:2], title_key), by_id[offer_id])
    return found


def _placed(line: OfferLine, places: Places, people: People) -> _Placed | Misfit:
    """The community and the business of a row, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partner = people.meant(line.partner, "", community)
    if isinstance(partner, Fault):
        return Misfit("partner", partner, line.partner)
    if why := unfit(partner):
        fault = Fault(f"{partner.name}（{partner.code}）{why}，不能登记惠民服务", "请核对商家")
        return Misfit("partner", fault, line.partner)
    return _Placed(community.id, partner.id, line)


def _wrong(line: _Placed, known: Offer | None) -> Misfit | None:
    """What is wrong with the offer as it would stand."""
    said = particulars(known)._replace(**line.change(known)) if known else line.said()
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
            plan.problems.append(lines.problem(row, Misfit("opened_on", Fault(why, "请改正日期或商家"))))
        else:
            present.append(one)
    return present


KIND = Kind("offers", form, plan)
