"""Lists of support given to partners: equal ones are counted by occurrence, bookings of venues stand once."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.chinese.clock import parse_time
from hepartner.intake.columns import dated, read_choice, read_day, read_minutes, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, understood, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.presence import absences
from hepartner.ledger.supports import Support, Supports
from hepartner.ledger.venues import MIDNIGHT, clock, is_time, overlap
from hepartner.words.support import KINDS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class SupportLine(NamedTuple):
    """What one row says of a support; None where it is blank."""

    day: str
    community: str | None
    partner: str
    kind: str
    venue: str | None
    first: int | None
    last: int | None
    minutes: int | None
    note: str | None


_KIND_WORDS = {
    "venue": ("场地", "阵地", "场地支持", "场地使用", "活动场地", "阵地支持"),
    "publicity": ("宣传", "品牌宣传", "宣传推广", "媒体宣传"),
    "office": ("办公", "办公场地", "办公空间", "办公室"),
    "matchmaking": ("对接", "资源对接", "商企对接", "业务对接"),
}


def form(today: date) -> Form[SupportLine]:
    """The columns of a list of support; days are read as somebody typing today means them."""
    columns = (
        dated("day", "日期 扶持日期 使用日期 时间", read_day(today), required=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "partner",
            f"合伙人 扶持对象 使用单位 单位 {NAME_TITLES}{ORGANISATION_TITLES}",
            read_name,
            required=True,
            may_be_blank=False,
            sample="柏乐口腔（示例）",
        ),
        titled(
            "kind",
            "扶持 扶持种类 扶持内容 扶持类型 类型 类别",
            read_choice("扶持", _KIND_WORDS),
            required=True,
            choices=tuple(KINDS.values()),
        ),
        titled("venue", "场地 场地名称 阵地", partial(read_text, noun="场地", most=100), sample="党群活动室"),
        titled("first", "开始 开始时间 起", read_time, sample="14:00"),
        titled("last", "结束 结束时间 止", read_time, sample="16:30"),
        titled("minutes", "时长 小时 使用时长", read_minutes),
        titled("note", "备注 用途 说明 内容", partial(read_text, noun="备注")),
    )
    return Form("扶持登记表", columns, SupportLine._make)


def read_time(text: str) -> int:
    """Minutes after midnight; 24:00 is the end of the day. May raise Misread."""
    return MIDNIGHT if text in ("24:00", "24点") else parse_time(text)


def plan(ledger: "Ledger", lines: Lines[SupportLine], source: "Source") -> Plan:
    """Tell what is not recorded yet, and which uses of venues stand in each other's way."""
    plan = Plan()
    giving = _Giving(ledger, lines.heading)
    line_of = dict(lines.good)
    said = understood(plan, lines, giving.support)
    days = span([one.day for _, one in said])

    def recorded(by: "Source") -> Iterator[tuple[int, Support]]:
        for voucher, one in giving.supports.recorded(by, *days):
            # What others recorded of a venue is known by its time: one uses it at a time.
            if by.own or not one.times:
                yield voucher, giving.as_now(one)

    def once(row: int, one: Support) -> list[Support]:
        return giving.once(line_of[row], one)

    fresh = only_new(plan, lines, said, source, recorded, once=once, compared=_COMPARED)
    new = giving.possible(plan, lines, fresh)
    plan.added = len(new)
    note_days(plan, ledger, [(one.community_id, one.day) for _, one in new])

    def write(voucher: "Voucher") -> None:
        giving.supports.give_many(voucher, [(one, line_of[row].note or "") for row, one in new])

    plan.write = write
    return plan


class Slot(NamedTuple):
    """A time for which a venue is taken, by what; `status` is that of a booking, '' for a row of this list."""

    times: tuple[int, int]
    what: str
    partner_id: int
    status: str

    def is_use_of(self, said: Support) -> bool:
        """Tell whether it is the very use that a row says."""
        return self.status != "booked" and (self.partner_id, self.times) == (said.partner_id, said.times)


class _Giving:
    """What the words of a list of support mean, and what has a venue already."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._ledger = ledger
        self.supports = ledger.book(Supports)
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._venues, self._once = self.supports.venues.by_name(), self.supports.venues.once_named()

    def support(self, line: SupportLine) -> Support | Misfit:
        """What a row says was given, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        partner = self._people.meant(line.partner, "", community)
        if isinstance(partner, Fault):
            return Misfit("partner", partner, line.partner)
        venue = self._venue(line.venue, community)
        if isinstance(venue, Fault):
            return Misfit("venue", venue, line.venue or "")
        times = _times(line)
        if isinstance(times, Misfit):
            return times
        return Support(community.id, partner.id, line.kind, line.day, _minutes(line, times), venue, times)

    def once(self, line: SupportLine, said: Support) -> list[Support]:
        """What a row meant while other partners or venues were called so."""
        partners = [said.partner_id, *self._people.once_called(said.partner_id, line.partner)]
        there = self._once.get((said.community_id, names.match_key(line.venue or "")), ())
        return [
            said._replace(partner_id=partner, venue_id=venue)
            for partner in partners
            for venue in (said.venue_id, *there)
        ]

    def as_now(self, support: Support) -> Support:
        """A recorded support under the card that its partner has now."""
        return support._replace(partner_id=self._people.now(support.partner_id))

    def possible(
        self, plan: Plan, lines: Lines[SupportLine], said: Sequence[tuple[int, Support]]
    ) -> list[tuple[int, Support]]:
        """Leave out what stands as a used booking already, and what can't be: the partner was none, or the venue is taken."""
        absent = absences(self._ledger.database, {(one.partner_id, one.day) for _, one in said})
        slots = self._slots([one.day for _, one in said if one.times])
        found = []
        for row, one in said:
            if why := absent.get((one.partner_id, one.day)):
                plan.problems.append(
                    lines.problem(row, Misfit("partner", was_absent(why, "请改正日期或合伙人")))
                )
                continue
            here = slots.setdefault((one.venue_id, one.day), [])
            other = next((slot for slot in here if one.times and overlap(slot.times, one.times)), None)
            if other is None:
                found.append((row, one))
                here += [Slot(one.times, f"第 {row} 行", one.partner_id, "")] if one.times else []
            elif other.is_use_of(one):
                plan.unchanged += 1
            else:
                plan.problems.append(lines.problem(row, Misfit("first", _clash(other, one))))
        return found

    def _slots(self, days: Sequence[str]) -> dict[tuple[int | None, str], list["Slot"]]:
        found: dict[tuple[int | None, str], list[Slot]] = {}
        if days:
            first, last = map(date.fromisoformat, span(days))
            for one in self.supports.venues.bookings(first=first, last=last):
                if one.status != "cancelled":
                    slot = Slot(
                        (one.from_minute, one.to_minute),
                        f"{one.partner}的预订 {one.code}",
                        self._people.now(one.partner_id),
                        one.status,
                    )
                    found.setdefault((one.venue_id, one.day), []).append(slot)
        return found

    def _venue(self, text: str | None, community: "Area") -> int | Fault | None:
        if text is None:
            return None
        return self._venues.get((community.id, names.match_key(text))) or Fault(
            f"{community.name}没有这个场地", "请核对名称，或先用 hep support venue 登记"
        )


def _clash(other: Slot, said: Support) -> Fault:
    is_same = other.status == "booked" and other.partner_id == said.partner_id
    remedy = "是同一次请用 hep support use 记使用，不是请改正时间或场地" if is_same else "请改正时间或场地"
    return Fault(
        "与…的时间重叠（…）", remedy, (other.what, f"{clock(other.times[0])}–{clock(other.times[1])}")
    )


def _minutes(line: SupportLine, times: tuple[int, int] | None) -> int:
    return times[1] - times[0] if times else line.minutes or 0


def _times(line: SupportLine) -> tuple[int, int] | Misfit | None:
    if line.kind != "venue" and any(
        (line.venue, line.first is not None, line.last is not None, line.minutes)
    ):
        fault = Fault("只有场地扶持才写场地、时间和时长", "请清空这几格，或把扶持改为场地")
        return Misfit("kind", fault, KINDS[line.kind])
    if line.first is None and line.last is None:
        return None
    if line.first is None or line.last is None:
        lacking = "first" if line.first is None else "last"
        return Misfit(lacking, Fault("开始和结束只写了一样", "请两样都写，或都不写"))
    if line.venue is None:
        return Misfit("venue", Fault("写了时间，没有写哪个场地", "请填写场地名称"))
    if not is_time(line.first, line.last):
        return Misfit("last", Fault("结束不晚于开始", "请改正时间"), clock(line.last))
    return line.first, line.last


_COMPARED = "合伙人、类别、日期、场地、时间"
KIND = Kind("supports", form, plan)
