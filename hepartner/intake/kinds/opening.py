"""Opening balances: the points that partners bring from a ledger kept by hand."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.intake.columns import dated, read_day, read_name, read_phone, read_points, read_text, titled
from hepartner.intake.kinds.partners import CODE_TITLES, COMMUNITY_TITLES, NAME_TITLES, PHONE_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.points import Opening
from hepartner.ledger.presence import absences

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class OpeningLine(NamedTuple):
    """What one row says of points brought along; None where it is blank."""

    community: str | None
    code: str | None
    name: str | None
    phone: str | None
    points: int
    happened_on: str


def form(today: date) -> Form[OpeningLine]:
    """The columns of a list of opening balances; days are read as somebody typing today means them."""
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled("code", CODE_TITLES, partial(read_text, noun="编号", most=40)),
        titled(
            "name",
            NAME_TITLES,
            read_name,
            required=True,
            instead="code",
            may_be_blank=False,
            sample="张三（示例）",
        ),
        titled("phone", PHONE_TITLES, read_phone, sample="13800138000"),
        titled(
            "points",
            "期初积分 积分 结转积分 积分余额 余额 现有积分",
            read_points,
            required=True,
            sample="120",
        ),
        dated(
            "happened_on",
            "日期 结转日期 截止日期 期初日期",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
    )
    return Form("期初积分表", columns, OpeningLine._make)


def plan(ledger: "Ledger", lines: Lines[OpeningLine], source: "Source") -> Plan:
    """Tell which opening balances are not recorded yet."""
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people = People.of(ledger)
    said: list[tuple[int, Opening]] = []
    for row, line in lines.good:
        opening = _opening(line, places, people)
        if isinstance(opening, Misfit):
            plan.problems.append(lines.problem(row, opening))
        else:
            said.append((row, opening))
    days = span([opening.happened_on for _, opening in said])

    def recorded(by: "Source") -> Iterator[tuple[int, Opening]]:
        for voucher, one in ledger.points.opened(by, *days):
            yield voucher, one._replace(partner_id=people.now(one.partner_id))

    line_of = dict(lines.good)

    def once(row: int, one: Opening) -> list[Opening]:
        by_name = not (line_of[row].code or line_of[row].phone)
        was = people.once_meant((one.partner_id,)) if by_name else ()
        return [one._replace(partner_id=partner) for (partner,) in was]

    absent = absences(ledger.database, {(one.partner_id, one.happened_on) for _, one in said})
    new = []
    for row, opening in only_new(
        plan, lines, said, source, recorded, once=once, compared="合伙人、日期、积分"
    ):
        if why := absent.get((opening.partner_id, opening.happened_on)):
            misfit = Misfit("happened_on", was_absent(why, "请改正日期，或从名单里删去"), opening.happened_on)
            plan.problems.append(lines.problem(row, misfit))
        else:
            new.append(opening)
    plan.added = len(new)
    note_days(plan, ledger, [(people.by_id[one.partner_id].community_id, one.happened_on) for one in new])

    def write(voucher: "Voucher") -> None:
        ledger.points.open_many(voucher, new)

    plan.write = write
    return plan


def _opening(line: OpeningLine, places: Places, people: People) -> Opening | Misfit:
    """The opening balance that a row means, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partner = people.on_row(community, code=line.code, name=line.name, phone=line.phone)
    if isinstance(partner, Misfit):
        return partner
    return Opening(partner.id, line.happened_on, line.points)


KIND = Kind("opening", form, plan)
