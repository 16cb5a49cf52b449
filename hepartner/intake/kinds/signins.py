"""Sign-in sheets: each row is one partner at one activity, awarded by the rule it names."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import (
    dated,
    read_choice,
    read_day,
    read_minutes,
    read_name,
    read_phone,
    read_text,
    titled,
)
from hepartner.intake.kinds.activities import HELD_TITLES, read_activity
from hepartner.intake.kinds.partners import CODE_TITLES, COMMUNITY_TITLES, NAME_TITLES, PHONE_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.signing import SignIn
from hepartner.words.activity import ROLES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class SignInLine(NamedTuple):
    """What one row of a sign-in sheet says; None where it is blank."""

    held_on: str
    community: str | None
    activity: str
    code: str | None
    name: str | None
    phone: str | None
    minutes: int | None
    role: str | None
    rule: str | None


_ROLE_WORDS = {
    "member": ("参与", "参与者", "参加", "成员"),
    "volunteer": ("志愿者", "志愿"),
    "organiser": ("组织者", "组织", "主办"),
    "leader": ("带队", "领队", "队长"),
    "speaker": ("主讲", "讲师", "授课", "老师"),
    "other": ("其他", "其它"),
}


def form(today: date) -> Form[SignInLine]:
    """The columns of a sign-in sheet; days are read as somebody typing today means them."""
    columns = (
        dated("held_on", HELD_TITLES, read_day(today), required=True, fill_down=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "activity",
            "活动名称 活动 参加活动",
            read_activity,
            required=True,
            fill_down=True,
            sample="义诊（示例）",
        ),
        titled("code", CODE_TITLES, partial(read_text, noun="编号", most=40)),
        titled(
            "name",
            f"{NAME_TITLES} 签到人 姓名或编号",
            read_name,
            required=True,
            instead="code",
            may_be_blank=False,
        ),
        titled("phone", PHONE_TITLES, read_phone),
        titled("minutes", "时长 服务时长 时长小时 小时 小时数 服务小时", read_minutes, sample="1.5"),
        titled("role", "角色 身份 分工", read_choice("角色", _ROLE_WORDS), choices=tuple(ROLES.values())),
        titled("rule", "规则 积分规则 规则代码", partial(read_text, noun="规则")),
    )
    return Form("签到表", columns, SignInLine._make)


def plan(ledger: "Ledger", lines: Lines[SignInLine], source: "Source") -> Plan:
    """Tell which lines are not recorded yet."""
    plan = Plan()
    first, last = span([line.held_on for _, line in lines.good])
    sheet = _Sheet(ledger, lines.heading, first, last)
    said: list[tuple[int, SignIn]] = []
    for row, line in lines.good:
        sign_in = sheet.sign_in(line)
        if isinstance(sign_in, Misfit):
            plan.problems.append(lines.problem(row, sign_in))
        else:
            said.append((row, sign_in))
    line_of = dict(lines.good)
    found = only_new(
        plan, lines, said, source, lambda by: sheet.recorded(by, first, last),
        compared="活动、合伙人、时长、角色、规则",
        once=lambda row, one: sheet.once(line_of[row], one),
    )  # fmt: skip
    new = sheet.possible(plan, lines, found)
    plan.added = len(new)
    note_days(plan, ledger, [sheet.places[sign_in.activity_id] for sign_in in new])

    def write(voucher: "Voucher") -> None:
        ledger.sheets.sign_many(voucher, new)

    plan.write = write
    return plan


class _Sheet:
    """What the names on a sheet mean in the ledger; `places` tells community and day of the activities met."""

    def __init__(self, ledger: "Ledger", heading: str, first: str, last: str) -> None:
        self._ledger = ledger
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._activities = ledger.activities.by_name(first, last)
        self._renamed = ledger.activities.by_former_name(first, last)
        self.places: dict[int, tuple[int, str]] = {}
        self._rules: dict[str, int] = {}
        for rule_id, versions in ledger.rulebook.versions().items():
            for version in versions:
                self._rules[version.code.upper()] = self._rules[names.match_key(version.name)] = rule_id

    def recorded(self, source: "Source", first: str, last: str) -> list[tuple[int, SignIn]]:
        """The lines of these days that files of a source brought, for whom they count today, each after its voucher."""
        found = self._ledger.sheets.recorded_lines(source, first, last)
        return [
            (voucher, one._replace(partner_id=self._people.now(one.partner_id))) for voucher, one in found
        ]

    def once(self, line: SignInLine, said: SignIn) -> list[SignIn]:
        """What a row meant while other activities or partners were called so; who is told by code or phone is no other."""
        community_id, day = self.places[said.activity_id]
        held = self._renamed.get((community_id, day, names.match_key(line.activity)), ())
        people = () if line.code or line.phone else self._people.once_meant((said.partner_id,))
        return [
            said._replace(activity_id=activity, partner_id=partner)
            for activity in (said.activity_id, *held)
            for (partner,) in ((said.partner_id,), *people)
        ]

    def possible(self, plan: Plan, lines: Lines[SignInLine], new: list[tuple[int, SignIn]]) -> list[SignIn]:
        """The new lines that can be; the others become problems."""
        faults = {
            fault.place: fault.why for fault in self._ledger.sheets.faults([sign_in for _, sign_in in new])
        }
        for place, why in faults.items():
            misfit = Misfit("name", Fault("台账的规则不允许：…", "请核对日期、姓名和规则", (why,)))
            plan.problems.append(lines.problem(new[place][0], misfit))
        return [sign_in for place, (_, sign_in) in enumerate(new) if place not in faults]

    def sign_in(self, line: SignInLine) -> SignIn | Misfit:
        """The line that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        held = self._activities.get((community.id, line.held_on, names.match_key(line.activity)), [])
        if len(held) != 1:
            return Misfit("activity", _no_activity(line, community.name, len(held)), line.activity)
        partner = self._people.on_row(community, code=line.code, name=line.name, phone=line.phone)
        if isinstance(partner, Misfit):
            return partner
        rule_id = None
        if line.rule:
            rule_id = self._rules.get(line.rule.upper()) or self._rules.get(names.match_key(line.rule))
            if rule_id is None:
                fault = Fault("规则库里没有这条规则", "可用 hep rule list 查看代码和名称")
                return Misfit("rule", fault, line.rule)
        self.places[held[0]] = community.id, line.held_on
        return SignIn(held[0], partner.id, line.minutes or 0, line.role or "member", rule_id)


def _no_activity(line: SignInLine, community: str, found: int) -> Fault:
    if found:
        reason = f"{community}在 {line.held_on} 有 {found} 场同名的活动，分不清是哪一场"
        return Fault(reason, "请给活动名称加上区别，如“下午场”")
    reason = f"{community}在 {line.held_on} 没有登记这场活动"
    return Fault(reason, "请核对名称和日期，或先导入活动台账")


KIND = Kind("signins", form, plan)
