"""Lists of honours given: each title once for a partner and a day, so the same list again adds none."""

from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import dated, read_choice, read_day, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, not_renamed, note_days, span, understood, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.carrying import community_on
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.presence import absences
from hepartner.words.honour import LEVELS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class HonourLine(NamedTuple):
    """What one row says of an honour; None where it is blank."""

    day: str
    community: str | None
    partner: str
    honour: str
    level: str
    giver: str | None
    note: str | None


class Said(NamedTuple):
    """The honour that a row means."""

    title: Title
    partner_id: int
    day: str
    note: str

    @property
    def what(self) -> "What":
        """What tells it apart."""
        return self.partner_id, self.day, names.match_key(self.title.name), self.title.level


What = tuple[int, str, str, str]
"""Partner, day, key of the honour and level."""

_LEVEL_WORDS = {
    "community": ("社区", "社区级"),
    "subdistrict": ("街道", "街道级", "镇", "镇级"),
    "district": ("城区", "城区级", "区", "区级", "县", "县级"),
    "city": ("市", "市级"),
}


def form(today: date) -> Form[HonourLine]:
    """The columns of a list of honours; days are read as somebody typing today means them."""
    columns = (
        dated("day", "日期 授予日期 表彰日期 时间", read_day(today), required=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "partner",
            f"合伙人 获奖者 获奖单位 表彰对象 {NAME_TITLES}{ORGANISATION_TITLES}",
            read_name,
            required=True,
            may_be_blank=False,
            sample="张三（示例）",
        ),
        titled(
            "honour",
            "荣誉 荣誉名称 荣誉称号 称号 表彰 奖项",
            read_honour,
            required=True,
            may_be_blank=False,
            sample="优秀合伙人",
        ),
        titled(
            "level",
            "级别 表彰级别 荣誉级别",
            read_choice("级别", _LEVEL_WORDS),
            required=True,
            choices=tuple(LEVELS.values()),
        ),
        titled(
            "giver",
            "授予单位 表彰单位 颁发单位",
            partial(read_text, noun="授予单位", most=100),
            sample="驿马街道党工委",
        ),
        titled("note", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("荣誉名单", columns, HonourLine._make)


def read_honour(text: str) -> str | Fault:
    """The name of an honour, as the ledger keeps it."""
    name = read_text(text, noun="荣誉名称", most=100)
    if isinstance(name, Fault):
        return name
    return names.tidy(name) if names.match_key(name) else Fault("荣誉名称里没有看得见的字", "请填写荣誉名称")


def plan(ledger: "Ledger", lines: Lines[HonourLine], source: "Source") -> Plan:
    """Tell which honours are not recorded yet."""
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people, honours = People.of(ledger), ledger.book(Honours)
    said = understood(plan, lines, lambda line: _said(line, places, people))
    days, fresh = span([one.day for _, one in said]), list[tuple[int, What]]()

    def as_now(what: What) -> What:
        return (people.now(what[0]), *what[1:])

    known, brought = (
        set(map(as_now, honours.known(*days))),
        Counter(map(as_now, honours.recorded(source, *days))),
    )
    for row, one in said:
        if one.what in known:
            plan.unchanged += 1
            brought[one.what] -= 1
        else:
            fresh.append((row, one.what))
    line_of, named = dict(lines.good), {one.partner_id for _, one in said}

    def once(row: int, what: What) -> list[What]:
        return [(one, *what[1:]) for one in people.once_called(what[0], line_of[row].partner, named)]

    fresh = not_renamed(plan, fresh, +brought, once)
    rows, told = dict(fresh), dict(said)
    absent = absences(ledger.database, {(told[row].partner_id, told[row].day) for row in rows})
    new: list[Said] = []
    for row, what in rows.items():
        if what in known:
            plan.unchanged += 1
        elif why := absent.get(what[:2]):
            plan.problems.append(lines.problem(row, Misfit("partner", was_absent(why, "请改正日期或合伙人"))))
        else:
            known.add(what)
            new.append(told[row])
    plan.added = len(new)
    placed = ledger.carrying.placed({one.partner_id for one in new})
    note_days(plan, ledger, [(community_on(*placed[one.partner_id], one.day), one.day) for one in new])

    def write(voucher: "Voucher") -> None:
        honours.give_many(voucher, new)

    plan.write = write
    return plan


def _said(line: HonourLine, places: Places, people: People) -> Said | Misfit:
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partner = people.meant(line.partner, "", community)
    if isinstance(partner, Fault):
        return Misfit("partner", partner, line.partner)
    return Said(Title(line.honour, line.level, line.giver or ""), partner.id, line.day, line.note or "")


KIND = Kind("honours", form, plan)
