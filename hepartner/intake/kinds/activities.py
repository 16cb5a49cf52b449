"""Lists of activities held: equal ones are counted by occurrence, so the same file again adds none."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names
from hepartner.intake.columns import dated, read_choice, read_day, read_names, read_text, read_whole, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.activities import MOST_BENEFICIARIES, MOST_ETHNIC_GROUPS, Particulars
from hepartner.ledger.presence import absences
from hepartner.words.activity import KINDS as ACTIVITY_KINDS
from hepartner.words.activity import THEMES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class ActivityLine(NamedTuple):
    """What one row says of an activity; None where it is blank."""

    held_on: str
    community: str | None
    name: str
    kind: str | None
    theme: str | None
    place: str | None
    organisers: tuple[str, ...] | None
    beneficiaries: int | None
    ethnic_groups: int | None
    remark: str | None


_KIND_WORDS = {
    "welfare": ("公益惠民", "公益", "惠民", "公益活动", "惠民活动", "便民服务", "义诊义剪"),
    "arts": ("文体", "文体活动", "文艺", "文化活动"),
    "class": ("课堂", "课程", "培训", "讲座"),
    "patrol": ("网格巡查", "巡查", "巡逻"),
    "cleanup": ("环境整治", "清洁", "环境卫生", "大扫除"),
    "party": ("党建共建", "党建", "党建活动"),
    "meeting": ("议事", "议事会", "协商议事"),
    "other": ("其他", "其它"),
}


def form(today: date) -> Form[ActivityLine]:
    """The columns of a list of activities; days are read as somebody typing today means them."""
    themes = {code: (name,) for code, name in THEMES.items()}
    kinds = tuple(ACTIVITY_KINDS.values())
    columns = (
        dated("held_on", HELD_TITLES, read_day(today), required=True, sample="2024-03-05"),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "name", ACTIVITY_TITLES, read_activity, required=True, may_be_blank=False, sample="义诊（示例）"
        ),
        titled("kind", "类别 活动类别 类型 活动类型", read_choice("类别", _KIND_WORDS), choices=kinds),
        titled("theme", "主题 八共 八共主题", read_choice("主题", themes), choices=tuple(THEMES.values())),
        titled(
            "place",
            "地点 活动地点 活动场地 场地",
            partial(read_text, noun="地点", most=100),
            sample="社区广场",
        ),
        titled("organisers", "主办 主办方 主办单位 组织方 组织单位 承办单位 主办合伙人", read_names),
        titled(
            "beneficiaries",
            "受益人数 服务人数 惠及人数 受益群众",
            read_whole("受益人数", most=MOST_BENEFICIARIES),
        ),
        titled(
            "ethnic_groups",
            "民族数 参与民族数 民族个数",
            read_whole("民族数", least=1, most=MOST_ETHNIC_GROUPS),
        ),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("活动台账", columns, ActivityLine._make)


HELD_TITLES = "日期 活动日期 活动时间 举办日期 举办时间 开展时间 时间"
ACTIVITY_TITLES = "活动名称 名称 活动 活动内容"


def read_activity(text: str) -> str | Fault:
    """The name of an activity, as the ledger keeps it."""
    name = read_text(text, noun="活动名称", most=100)
    if isinstance(name, Fault):
        return name
    return names.tidy(name) if names.match_key(name) else Fault("活动名称里没有看得见的字", "请填写活动名称")


def plan(ledger: "Ledger", lines: Lines[ActivityLine], source: "Source") -> Plan:
    """Tell which activities are not recorded yet."""
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people = People.of(ledger)
    said: list[tuple[int, Particulars]] = []
    for row, line in lines.good:
        activity = _particulars(line, places, people)
        if isinstance(activity, Misfit):
            plan.problems.append(lines.problem(row, activity))
        else:
            said.append((row, activity))
    days = span([activity.held_on for _, activity in said])

    def recorded(by: "Source") -> Iterator[tuple[int, Particulars]]:
        for voucher, one in ledger.activities.recorded(by, *days):
            yield voucher, one._replace(organisers=tuple(dict.fromkeys(map(people.now, one.organisers))))

    def once(_row: int, one: Particulars) -> list[Particulars]:
        return [one._replace(organisers=held) for held in people.once_meant(one.organisers)]

    new = _without_absent(
        ledger, plan, lines, only_new(plan, lines, said, source, recorded, once=once, compared=_COMPARED)
    )
    plan.added = len(new)
    note_days(plan, ledger, [(activity.community_id, activity.held_on) for activity in new])

    def write(voucher: "Voucher") -> None:
        ledger.activities.add_many(voucher, new)

    plan.write = write
    return plan


def _particulars(line: ActivityLine, places: Places, people: People) -> Particulars | Misfit:
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    organisers = []
    for name in line.organisers or ():
        partner = people.meant(name, "", community)
        if isinstance(partner, Fault):
            return Misfit("organisers", partner, name)
        organisers.append(partner.id)
    return Particulars(
        community.id,
        line.held_on,
        line.name,
        line.kind or "other",
        line.theme or "",
        line.place or "",
        line.beneficiaries or 0,
        line.ethnic_groups,
        line.remark or "",
        tuple(dict.fromkeys(organisers)),
    )


def _without_absent(
    ledger: "Ledger", plan: Plan, lines: Lines[ActivityLine], said: list[tuple[int, Particulars]]
) -> list[Particulars]:
    """Refuse rows whose organiser had not joined or had left on that day."""
    pairs = {(partner, activity.held_on) for _, activity in said for partner in activity.organisers}
    absent = absences(ledger.database, pairs)
    present = []
    for row, activity in said:
        why = [
            absent[partner, activity.held_on]
            for partner in activity.organisers
            if (partner, activity.held_on) in absent
        ]
        if why:
            fault = was_absent(why[0], "请改正日期或主办方")
            plan.problems.append(lines.problem(row, Misfit("organisers", fault)))
        else:
            present.append(activity)
    return present


_COMPARED = "社区、日期、名称和其他各栏"
KIND = Kind("activities", form, plan)
