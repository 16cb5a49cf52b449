"""Activities and their sign-in sheets: what happened in the communities, who came, and the points it gave."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .register import Deed
from .rules import Rule
from .wallets import Given
from .world import Half, Row, Sheet, World, by_subdistrict


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of activity: how offices call it, its rule and theme, its names, who comes and for how long."""

    label: str
    rule: str
    theme: str
    names: tuple[str, ...]
    people: tuple[int, int]
    minutes: tuple[int, ...]
    weight: int


_SHORT, _LONG = (45, 60, 75, 90, 105, 120), (90, 120, 150, 180, 210)
SORTS = {
    "patrol": Sort(
        "网格巡查", "PATROL", "共维", ("夜间巡查", "网格巡查", "防汛巡查", "消防巡查"), (4, 9), _LONG, 36
    ),
    "cleanup": Sort(
        "环境整治", "CLEANUP", "共建", ("周末清洁家园", "背街小巷整治", "海滩净滩"), (8, 19), _LONG, 22
    ),
    "class": Sort(
        "课堂", "CLASS", "共学", ("老年课堂·声乐", "老年课堂·书法", "八段锦课程"), (6, 14), _SHORT, 14
    ),
    "arts": Sort("文体", "ARTS", "共乐", ("文艺汇演", "广场舞联谊", "邻里歌会"), (8, 22), _LONG, 12),
    "party": Sort("党建共建", "PARTY", "共建", ("党员联建日", "共建单位报到"), (5, 12), _SHORT, 6),
    "meeting": Sort("议事", "MEETING", "共事", ("居民议事会", "楼栋恳谈会"), (5, 12), _SHORT, 5),
    "elder": Sort("其他", "ELDER", "共居", ("上门助老", "陪诊送药"), (2, 5), _SHORT, 4),
    "other": Sort("其他", "OTHER", "共享", ("旧物置换", "亲子阅读"), (4, 10), _SHORT, 3),
    "welfare": Sort(
        "公益惠民", "WELFARE", "共富", ("义诊义剪", "普法防诈宣讲", "公益健身"), (6, 18), _LONG, 0
    ),
}
_PLACES = ("社区党群服务中心", "幸福广场", "小区凉亭", "文化活动室", "海堤步道", "老年活动中心")
_ROLES = ("参与", "参与", "参与", "志愿者", "组织者")


@dataclass(slots=True, eq=False)
class Line:
    """One line of a sign-in sheet."""

    partner: Partner
    minutes: int
    deed: Deed | None = None
    given: Given | None = None


@dataclass(slots=True, eq=False)
class Activity:
    """One activity and its sheet."""

    name: str
    sort: str
    community: str
    day: date
    organisers: list[Partner]
    deeds: list[Deed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def rule(self, world: World) -> Rule:
        """Return the rule under which its lines give points."""
        return world.rules[SORTS[self.sort].rule]

    def told(self) -> Row:
        """Name the activity as a command does."""
        return {"activity": self.name, "community": self.community, "day": self.day.isoformat()}


def plan(rng: random.Random, half: Half, *, welfare: int, others: int) -> list[tuple[str, str, date]]:
    """Draw (sort, community, day) of a half-year's activities, by day; welfare events are counted exactly."""
    sorts = [name for name, sort in SORTS.items() if sort.weight]
    weights = [SORTS[name].weight for name in sorts]
    wanted = rng.choices(sorts, weights, k=others) + ["welfare"] * welfare
    days = (half.last - half.first).days + 1
    planned = [
        (sort, rng.choice(COMMUNITIES).name, half.first + timedelta(rng.randrange(days))) for sort in wanted
    ]
    return sorted(planned, key=lambda one: (one[2], one[1], one[0]))


def hold(
    world: World, planned: Sequence[tuple[str, str, date]], *, batch: str, whole: bool = False
) -> list[Activity]:
    """Let activities happen and each subdistrict (or the whole district) send two files: what was held, and who signed."""
    homes = world.at_home()
    held = [_prepared(world, homes, *one) for one in planned]
    for activity in held:
        _tell_apart(world, activity)
    offices = [(DISTRICT[1], held)] if whole else by_subdistrict(held)
    for office, mine in offices:
        rows = [_note_held(world, activity) for activity in mine]
        world.send(Sheet("activities", f"{batch}/{office}活动", f"{office}{batch}活动台账", rows))
        rows = [_note_line(world, activity, line) for activity in mine for line in activity.lines]
        world.send(Sheet("signins", f"{batch}/{office}签到", f"{office}{batch}活动签到表", rows))
    return held


def confirm(world: World, activity: Activity) -> None:
    """Let somebody confirm a sheet whose rule asks for it, so that its points are given; a sheet may be empty by now."""
    if not activity.lines:
        return
    world.command("confirm", **activity.told())
    for line in activity.lines:
        _give(world, activity, line)


def complain(world: World, activity: Activity, line: Line) -> None:
    """Let a complaint take back one line of a sheet and its points."""
    world.command("complain", partner=line.partner, **activity.told())
    take_back(world, activity, line)
    activity.lines.remove(line)


def take_back(world: World, activity: Activity, line: Line) -> None:
    """Note that a line and the points it gave are taken back."""
    if line.deed is not None:
        world.register.take_back(line.deed)
    if line.given is not None:
        world.wallets.take_back(line.given)
        world.caps.count(-line.given.points, activity.rule(world), line.given.partner, activity, activity.day)


def _prepared(
    world: World, homes: dict[str, list[Partner]], sort: str, community: str, day: date
) -> Activity:
    rng, kind = world.rng, SORTS[sort]
    here = [partner for partner in homes[community] if world.takes_part(partner, day)]
    guests = homes[rng.choice(COMMUNITIES).name] if rng.random() < 0.25 else []
    guest = [partner for partner in rng.sample(guests, min(1, len(guests))) if world.takes_part(partner, day)]
    people = [partner for partner in here if partner.kind == "individual" or rng.random() < 0.3]
    came = rng.sample(people, min(len(people), rng.randint(*kind.people)))
    came += [partner for partner in guest if partner not in came]
    known = [partner for partner in here if partner.name in world.known_names]
    return Activity(
        name=rng.choice(kind.names),
        sort=sort,
        community=community,
        day=day,
        organisers=rng.sample(known, min(len(known), rng.choice((0, 1, 1, 2)))),
        lines=[Line(partner, rng.choice(kind.minutes)) for partner in came],
    )


def _tell_apart(world: World, activity: Activity) -> None:
    """Number an activity whose community has held one of its name on its day, as sheets must."""
    name, times = activity.name, 1
    while (activity.name, activity.community, activity.day) in world.held:
        times += 1
        activity.name = f"{name}（第{times}场）"
    world.held.add((activity.name, activity.community, activity.day))


def _note_held(world: World, activity: Activity) -> Row:
    rng, kind = world.rng, SORTS[activity.sort]
    beneficiaries = (
        rng.choice((0, 20, 35, 60, 120)) if activity.sort in ("welfare", "arts", "class", "elder") else 0
    )
    adds = {"activities.held": 1, "activities.beneficiaries": beneficiaries}
    if activity.sort == "welfare":
        adds |= {"activities.welfare": 1, "service.person_times": beneficiaries}
    activity.deeds = [world.register.note(activity.community, activity.day, adds)]
    for partner in activity.organisers:
        heads = {"partners.active": partner}
        activity.deeds.append(world.register.note(activity.community, activity.day, {}, heads=heads))
    return {
        "日期": activity.day,
        "社区": activity.community,
        "活动名称": activity.name,
        "类别": kind.label,
        "主题": kind.theme,
        "地点": rng.choice(_PLACES),
        "主办": "、".join(partner.name for partner in activity.organisers),
        "受益人数": beneficiaries or None,
        "民族数": rng.randint(2, 6) if beneficiaries else None,
    }


def _note_line(world: World, activity: Activity, line: Line) -> Row:
    partner = line.partner
    heads = {"partners.active": partner, "activities.people": partner}
    adds = {"activities.attendance": 1, "hours.served": line.minutes}
    line.deed = world.register.note(activity.community, activity.day, adds, heads=heads)
    rule = activity.rule(world)
    if not rule.needs_confirmer:
        _give(world, activity, line)
    return {
        "日期": activity.day,
        "社区": activity.community,
        "活动名称": activity.name,
        "姓名": partner.name,
        "电话": world.phone_beside(partner, activity.community),
        "时长": Decimal(line.minutes) / 60,
        "角色": world.rng.choice(_ROLES),
        "规则": world.rng.choice((rule.code, rule.name)),
    }


def _give(world: World, activity: Activity, line: Line) -> None:
    line.given = world.award(activity.rule(world), line.partner, line.minutes, activity, activity.day)
