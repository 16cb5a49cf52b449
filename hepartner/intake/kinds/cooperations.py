"""Lists of cooperations: a pair once at a meeting, elsewhere once a day, so the same list again adds none."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from hepartner.intake.columns import dated, read_day, read_name, read_text, titled
from hepartner.intake.kinds.meetings import meeting_named
from hepartner.intake.kinds.needs import need_named
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.kinds.resolutions import MEETING_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import ONE_IS_WRONG, Kind, Plan, not_renamed, note_days, understood
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.cooperations import Cooperations, Particulars, Same, same
from hepartner.ledger.meetings import Meeting, Meetings
from hepartner.ledger.needs import Need, Needs
from hepartner.ledger.offers import Offer, Offers
from hepartner.ledger.partners import Partner

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class CooperationLine(NamedTuple):
    """What one row says of a cooperation; None where it is blank: without another partner it is with the community."""

    day: str
    community: str | None
    partner: str
    with_: str | None
    meeting: str | None
    offer: str | None
    need: str | None
    note: str | None


def form(today: date) -> Form[CooperationLine]:
    """The columns of a list of cooperations; days are read as somebody typing today means them."""
    columns = (
        dated("day", "日期 合作日期 签约日期 促成日期", read_day(today), required=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "partner",
            f"商企 商企合伙人 合作商企 甲方 合伙人 {NAME_TITLES}{ORGANISATION_TITLES}",
            read_name,
            required=True,
            may_be_blank=False,
            sample="柏乐口腔（示例）",
        ),
        titled("with_", "合作方 合作单位 合作对象 乙方", read_name, sample="养老服务中心"),
        titled("meeting", f"促成会议 {MEETING_TITLES}", partial(read_text, noun="会议", most=100)),
        titled("offer", "惠民服务 服务 惠民服务编号", partial(read_text, noun="惠民服务", most=100)),
        titled("need", "对应需求 需求 需求编号", partial(read_text, noun="需求", most=100)),
        titled("note", "合作内容 内容 备注 说明", partial(read_text, noun="合作内容")),
    )
    return Form("合作清单", columns, CooperationLine._make)


def plan(ledger: "Ledger", lines: Lines[CooperationLine], source: "Source") -> Plan:
    """Tell which cooperations are not recorded yet."""
    plan, cooperations = Plan(), ledger.book(Cooperations)
    reading, known = _Reading(ledger, lines.heading), cooperations.known()
    rows, line_of = understood(plan, lines, reading.said), dict(lines.good)
    brought = Counter(cooperations.recorded(source))
    fresh: list[tuple[int, Same]] = []
    for row, said in rows:
        there = known.get(said.same)
        if there and said.note not in ("", there):
            fault = Fault("台账里这项合作的内容是“…”，与名单不同", ONE_IS_WRONG, (there,))
            plan.problems.append(lines.problem(row, Misfit("note", fault, said.note)))
        elif there is not None:
            plan.unchanged += 1
            brought[said.same] -= 1
        else:
            fresh.append((row, said.same))
    told, named = dict(rows), {one.id for _, said in rows for one in (said.partner, said.with_) if one}

    def once(row: int, _: Same) -> list[Same]:
        return reading.once(told[row], line_of[row], named)

    new: list[Particulars] = []
    for row, key in not_renamed(plan, fresh, +brought, once):
        said = told[row]
        if key in known:
            plan.unchanged += 1
        elif faults := cooperations.faults(said):
            field, sentence = faults[0]
            reason, _, remedy = sentence.removesuffix("。").rpartition("，")
            plan.problems.append(lines.problem(row, Misfit(field, Fault("合作对不上：…", remedy, (reason,)))))
        else:
            known[key] = said.note
            new.append(said)
    plan.added = len(new)
    note_days(plan, ledger, [(said.place, said.day) for said in new])

    def write(voucher: "Voucher") -> None:
        cooperations.close_many(voucher, new)

    plan.write = write
    return plan


class _Reading:
    """What the cells of a list mean in the ledger."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._meetings = Named(ledger, "meeting", ledger.book(Meetings).listing())
        self._offers = Named(ledger, "offer", ledger.book(Offers).listing(closed=True))
        self._needs = Named(ledger, "need", ledger.book(Needs).listing())

    def said(self, line: CooperationLine) -> Particulars | Misfit:
        """The cooperation that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        partner = self._people.meant(line.partner, "", community)
        if isinstance(partner, Fault):
            return Misfit("partner", partner, line.partner)
        other = self._people.meant(line.with_, "", community) if line.with_ else None
        if isinstance(other, Fault):
            return Misfit("with_", other, line.with_ or "")
        meeting = meeting_named(self._meetings, line.meeting, community, line.day) if line.meeting else None
        if isinstance(meeting, Fault):
            return Misfit("meeting", meeting, line.meeting or "")
        return self._about(line, community, (partner, other), meeting)

    def once(self, said: Particulars, line: CooperationLine, named: Collection[int]) -> list[Same]:
        """What a row meant while other partners, or another meeting, were called so."""
        fact = said.fact
        meetings = [fact["meeting_id"]]
        if line.meeting:
            meetings += [one.id for one in self._meetings.once_called(line.meeting, said.community_id)]
        sides = []
        for one, text in ((said.partner, line.partner), (said.with_, line.with_)):
            sides.append([one.id, *self._people.once_called(one.id, text or "", named)] if one else [None])
        return [same(meeting, said.day, *both) for meeting in meetings for both in product(*sides)]

    def _about(
        self,
        line: CooperationLine,
        community: Area,
        both: tuple[Partner, Partner | None],
        meeting: Meeting | None,
    ) -> Particulars | Misfit:
        """Add the offer and the need that the cooperation is about."""
        offer = self._offer(line.offer, community, both) if line.offer else None
        if isinstance(offer, Fault):
            return Misfit("offer", offer, line.offer or "")
        need: Need | Fault | None = need_named(self._needs, line.need, community) if line.need else None
        if isinstance(need, Fault):
            return Misfit("need", need, line.need or "")
        return Particulars(*both, meeting, offer, need, community.id, line.day, line.note or "")

    def _offer(self, text: str, community: Area, both: tuple[Partner, Partner | None]) -> Offer | Fault:
        """The offer of this code or title, of several the one that one of both made."""
        found = self._offers.called(text, community)
        theirs = {one.id for one in both if one}
        for one in [one for one in found if self._people.now(one.partner_id) in theirs] or found:
            return one
        return Fault(f"{community.name}没有登记这项惠民服务", "请核对编号或名称，或先导入惠民服务清单")


KIND = Kind("cooperations", form, plan)
