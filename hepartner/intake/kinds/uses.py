"""Lists of how often offers were used: equal ones are counted by occurrence, so the same file again adds none."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.intake.columns import dated, read_day, read_name, read_text, read_whole, titled
from hepartner.intake.kinds.offers import Known
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, understood
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.offers import MOST_TIMES, Offer, Offers

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher

Said = tuple[int, str, int]
"""The use that a row means: the offer's id, the day, how many times."""


class UseLine(NamedTuple):
    """What one row says of an offer's use; None where it is blank."""

    day: str
    community: str | None
    partner: str | None
    offer: str
    times: int


def form(today: date) -> Form[UseLine]:
    """The columns of a list of uses; days are read as somebody typing today means them."""
    columns = (
        dated("day", "日期 使用日期 服务日期 时间", read_day(today), required=True, fill_down=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled("partner", "商家 商企 服务商家 商户名称 商家名称", read_name, fill_down=True, sample="柏乐口腔（示例）"),
        titled(
            "offer", "服务名称 惠民服务 服务项目 服务内容 服务 服务编号", partial(read_text, noun="服务名称", most=100),
            required=True, may_be_blank=False, sample="洗牙",
        ),
        titled(
            "times", "使用人次 人次 使用次数 次数 服务人次", read_whole("使用人次", least=1, most=MOST_TIMES),
            required=True, sample="12",
        ),
    )  # fmt: skip
    return Form("惠民服务使用记录", columns, UseLine._make)


def plan(ledger: "Ledger", lines: Lines[UseLine], source: "Source") -> Plan:
    """Tell which uses are not recorded yet."""
    plan, offers = Plan(), ledger.book(Offers)
    reading = _Reading(ledger, offers, lines.heading)
    said = understood(plan, lines, reading.said)
    new: list[tuple[Offer, str, int]] = []
    days = span([day for _, (_, day, _) in said])
    line_of = dict(lines.good)
    found = only_new(
        plan, lines, said, source, lambda by: offers.used(by, *days),
        compared="惠民服务、日期、次数",
        once=lambda row, one: reading.once(line_of[row], one),
    )  # fmt: skip
    for row, (offer_id, day, times) in found:
        offer = reading.offers[offer_id]
        if _is_open(offer, day):
            new.append((offer, day, times))
        else:
            plan.problems.append(lines.problem(row, _closed(offer, day)))
    plan.added = len(new)
    note_days(plan, ledger, [(offer.community_id, day) for offer, day, _ in new])

    def write(voucher: "Voucher") -> None:
        offers.use_many(voucher, new)

    plan.write = write
    return plan


class _Reading:
    """What the cells of a list mean in the ledger; `offers` are all of them by id, those that closed too."""

    def __init__(self, ledger: "Ledger", offers: Offers, heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        listed = offers.listing(closed=True)
        self.offers = {one.id: one for one in listed}
        self._named: Named[Offer] = Named(ledger, "offer", listed)
        self._known = Known(ledger, self._people, listed)

    def said(self, line: UseLine) -> Said | Misfit:
        """The use that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        found = self._found(line, community)
        if isinstance(found, Misfit):
            return found
        found = [one for one in found if _is_open(one, line.day)] or found
        if not found:
            reason = f"{line.partner or community.name}没有推出这项惠民服务"
            return Misfit("offer", Fault(reason, "请核对名称或编号，或先导入惠民服务清单"), line.offer)
        if len({one.partner_id for one in found}) > 1:
            shown = "、".join(f"{one.partner}（{one.code}）" for one in found[:_SHOWN])
            return Misfit(
                "offer",
                Fault(f"有 {len(found)} 项同名的服务：…", "请写商家，或改写编号", (shown,)),
                line.offer,
            )
        return found[0].id, line.day, line.times

    def once(self, line: UseLine, said: Said) -> list[Said]:
        """What a row meant while other offers were called so: those of its business, if it names one."""
        offer_id, day, times = said
        named = self.offers[offer_id]
        by = self._people.now(named.partner_id)
        return [
            (one.id, day, times)
            for one in self._named.once_called(line.offer, named.community_id)
            if line.partner is None or self._people.now(one.partner_id) == by
        ]

    def _found(self, line: UseLine, community: Area) -> list[Offer] | Misfit:
        """The offers of this code or title, those of the row's business if it names one."""
        coded = self._named.called(line.offer, community)
        if line.partner is None:
            return coded
        partner = self._people.meant(line.partner, "", community)
        if isinstance(partner, Fault):
            return Misfit("partner", partner, line.partner)
        theirs = self._known.called(community, partner, line.partner, line.offer)
        return theirs or [one for one in coded if self._people.now(one.partner_id) == partner.id]


_SHOWN = 3


def _is_open(offer: Offer, day: str) -> bool:
    return offer.opened_on <= day <= (offer.closed_on or day)


def _closed(offer: Offer, day: str) -> Misfit:
    closed = f"、{offer.closed_on} 停止" if offer.closed_on else ""
    opened = f"“{offer.title}”（{offer.code}）{offer.opened_on} 推出{closed}"
    return Misfit("day", Fault(f"…，{day} 没有开放", "请改正日期", (opened,)), day)


KIND = Kind("uses", form, plan)
