"""Residents' needs, the service projects that come of them, whom they serve, and how they are evaluated."""

from dataclasses import dataclass
from datetime import date, timedelta

from .names import DENTIST, HOME_SERVICE
from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .world import Half, Row, Sheet, World, by_subdistrict, subdistrict_of

HOME_PROJECT, HOME_PARTNERS = "独居老人上门服务", 9
"""The project of 幸福里社区 in the programme's report, and how many businesses are in it."""
DENTAL_PROJECT, DENTAL_NEED, HEALTH_PROJECT = "口腔健康义诊", "口腔检查和补牙", "家门口健康小屋"
"""What the evaluation of a project of 驿马社区 led to, the need behind it, and that project."""

_NEEDS = {
    "医疗": ("量血压血糖", "慢病用药指导"),
    "养老": ("老人洗澡理发", "老人陪诊"),
    "托育": ("放学后托管", "幼儿托管"),
    "助餐": ("老人午餐", "节假日助餐"),
    "文体": ("排练场地", "健身器材"),
    "维修": ("家电维修", "水管检修"),
    "法律": ("租房合同咨询", "防诈骗讲解"),
    "就业": ("家政培训", "零工信息"),
}
_SERVICES = (
    "助老理发",
    "义诊小站",
    "四点半课堂",
    "长者食堂",
    "家电维修日",
    "法律门诊",
    "零工驿站",
    "健身指导",
)
_WHERE = ("幸福小区", "海景苑", "长青里", "银滩花园", "南珠小区", "渔家新村", "茶亭巷", "海堤街")
_PLACES = ("党群服务中心", "居家养老服务站", "小区凉亭", "社区食堂", "上门")
_NEED_COUNTS = (10, 14, 16, 18, 20, 24, 24)
_PROJECT_COUNTS = (9, 13, 15, 16, 16, 18, 16)
"""Projects that land in each half-year, besides the three that the report names."""
_SESSION_COUNTS = (20, 60, 120, 180, 250, 370, 340)


@dataclass(slots=True, eq=False)
class Need:
    """One need of residents; `stepped_on` is the day of its last step."""

    title: str
    community: str
    category: str
    raised_on: date
    stepped_on: date
    state: str = "open"

    def told(self) -> Row:
        """Name the need as a command does."""
        return {"need": self.title, "community": self.community}


@dataclass(slots=True, eq=False)
class Project:
    """One service project; `since` is the day from which it serves."""

    title: str
    community: str
    landed_on: date
    since: date
    partners: list[Partner]
    state: str = "active"

    def told(self) -> Row:
        """Name the project as a command does."""
        return {"project": self.title, "community": self.community}


class Services:
    """The needs and projects of the district so far."""

    def __init__(self, world: World) -> None:
        self.needs: list[Need] = []
        self.projects: list[Project] = []
        self._world = world
        self._titles: set[tuple[str, str]] = set()

    def send(self, half: Half) -> None:
        """Let the district send a half-year's needs and projects, and each subdistrict whom the projects served."""
        needs = [self._need(half) for _ in range(_NEED_COUNTS[half.number])]
        projects = [self._project(half) for _ in range(_PROJECT_COUNTS[half.number])]
        if half.number == 1:
            needs.append(self._raised(DENTAL_NEED, "驿马社区", "医疗", half.first + timedelta(75)))
        if half.number == 2:
            projects += [self._home_service(half), self._health_corner(half)]
        self._send("needs", "居民需求", half, [self._need_row(need, half) for need in needs])
        self._send("projects", "服务项目", half, [self._project_row(project) for project in projects])
        self._serve(half)

    def stir(self, half: Half) -> None:
        """Type what becomes of needs and projects at the end of a half-year, and how projects were evaluated."""
        self._stir_needs()
        self._change("resume", "stopped", 1, by=1)
        self._change("conclude", "active", 1, by=-1)
        rng, today = self._world.rng, self._world.today
        settled = [
            one for one in self._under_way() if one.since < today - timedelta(60) and one.title not in _NAMED
        ]
        for project in rng.sample(settled, min(len(settled), 6)):
            self._evaluate(project, rng.choice(("continue", "continue", "adjust", "stop")))
        if half.number == 3:
            self._found_dental_care()
        if half.number == 4:
            self._step(next(one for one in self.needs if one.title == DENTAL_NEED), "meet", "met")

    def _send(self, what: str, called: str, half: Half, rows: list[Row]) -> None:
        title = f"{DISTRICT[1]}{half.name}{called}清单"
        self._world.send(Sheet(what, f"{half.name}/{DISTRICT[1]}{called}", title, rows))

    # Needs

    def _need(self, half: Half) -> Need:
        rng = self._world.rng
        category, community = rng.choice(list(_NEEDS)), rng.choice(COMMUNITIES).name
        title = self._title(_NEEDS[category], community)
        return self._raised(title, community, category, self._day(half.first, half.last))

    def _raised(self, title: str, community: str, category: str, day: date) -> Need:
        self._world.register.note(community, day, {"needs.open": 1})
        self.needs.append(Need(title, community, category, day, day))
        return self.needs[-1]

    def _need_row(self, need: Need, half: Half) -> Row:
        """Write a need's line; of some it is known already that they were met."""
        rng, met = self._world.rng, None
        if need.title != DENTAL_NEED and rng.random() < 0.4:
            met = self._day(need.raised_on, half.last)
            self._noted(need, "met", met)
        return {
            "社区": need.community,
            "需求": need.title,
            "类别": need.category,
            "需求人数": rng.randint(5, 400),
            "提出日期": need.raised_on,
            "满足日期": met,
        }

    def _stir_needs(self) -> None:
        steps = (
            ("meet", "open", "met", 3),
            ("drop", "open", "dropped", 1),
            ("reopen_need", "met", "open", 1),
        )
        for do, before, after, count in steps:
            fit = [one for one in self.needs if one.state == before and one.title != DENTAL_NEED]
            for need in self._world.rng.sample(fit, min(len(fit), count)):
                self._step(need, do, after)

    def _step(self, need: Need, do: str, state: str) -> None:
        self._world.command(do, **need.told(), day=self._world.today)
        self._noted(need, state, self._world.today)

    def _noted(self, need: Need, state: str, day: date) -> None:
        need.state, need.stepped_on = state, day
        self._world.register.note(need.community, day, {"needs.open": 1 if state == "open" else -1})

    # Projects

    def _project(self, half: Half) -> Project:
        rng, community = self._world.rng, self._world.rng.choice(COMMUNITIES).name
        day = self._day(half.first, half.last)
        near = [one for one in self._organisations(day) if one.home == community]
        partners = rng.sample(near, min(len(near), rng.randint(1, 3)))
        return self._landed(self._title(_SERVICES, community), community, day, partners)

    def _home_service(self, half: Half) -> Project:
        """Let the businesses of the report serve elders living alone; those of the subdistrict are asked first."""
        day = half.first + timedelta(40)
        fit = [one for one in self._organisations(day) if one.category in ("家政", "理发", "医疗")]
        fit.sort(key=lambda one: (one.name != HOME_SERVICE, subdistrict_of(one.home) != "驿马街道"))
        return self._landed(HOME_PROJECT, "幸福里社区", day, fit[:HOME_PARTNERS])

    def _health_corner(self, half: Half) -> Project:
        return self._landed(HEALTH_PROJECT, "驿马社区", half.first + timedelta(90), [])

    def _organisations(self, day: date) -> list[Partner]:
        world = self._world
        return [
            one
            for one in world.partners
            if one.kind != "individual" and one.name in world.known_names and world.takes_part(one, day)
        ]

    def _landed(self, title: str, community: str, day: date, partners: list[Partner]) -> Project:
        self._world.register.note(community, day, {"projects.landed": 1, "projects.active": 1})
        self.projects.append(Project(title, community, day, day, partners))
        return self.projects[-1]

    def _project_row(self, project: Project) -> Row:
        rng = self._world.rng
        asked = [
            one.title
            for one in self.needs
            if one.community == project.community and one.raised_on <= project.landed_on
        ]
        return {
            "社区": project.community,
            "项目名称": project.title,
            "参与单位": "、".join(partner.name for partner in project.partners) or None,
            "地点": rng.choice(_PLACES),
            "出自需求": rng.choice(asked) if asked and rng.random() < 0.6 else None,
            "评估间隔": rng.choice((3, 6, 6, 12)),
            "落地日期": project.landed_on,
        }

    def _under_way(self) -> list[Project]:
        return [one for one in self.projects if one.state == "active"]

    def _serve(self, half: Half) -> None:
        """Let each subdistrict list the sessions of its projects, so many in a half-year."""
        rng, running = self._world.rng, self._under_way()
        served = sorted(rng.choices(running, k=_SESSION_COUNTS[half.number]), key=self.projects.index)
        for office, mine in by_subdistrict(served):
            rows = [self._session(project, half) for project in mine]
            title = f"{office}{half.name}项目服务记录"
            self._world.send(Sheet("sessions", f"{half.name}/{office}项目服务", title, rows))

    def _session(self, project: Project, half: Half) -> Row:
        rng, world = self._world.rng, self._world
        day, served = self._day(max(half.first, project.since), half.last), rng.randint(20, 70)
        there = [one for one in project.partners if world.takes_part(one, day) and rng.random() < 0.8]
        world.register.note(project.community, day, {"service.person_times": served})
        for partner in there:
            world.register.note(project.community, day, {}, heads={"partners.active": partner})
        return {
            "日期": day,
            "社区": project.community,
            "项目名称": project.title,
            "服务人次": served,
            "时长": rng.choice((1, 2, 3)),
            "在场单位": "、".join(partner.name for partner in there) or None,
        }

    def _change(self, do: str, state: str, count: int, *, by: int) -> None:
        """Type that projects in a state are taken up again or are over."""
        today = self._world.today
        fit = [one for one in self.projects if one.state == state and one.title not in _NAMED]
        fit = [one for one in fit if one.since < today]
        for project in self._world.rng.sample(fit, min(len(fit), count)):
            self._world.command(do, **project.told(), day=today)
            self._world.register.note(project.community, today, {"projects.active": by})
            project.state, project.since = ("active" if by > 0 else "finished"), today

    def _evaluate(self, project: Project, result: str, **facts: object) -> None:
        rng, today = self._world.rng, self._world.today
        asked = rng.randint(10, 60)
        found = {"asked": asked, "satisfied": rng.randint(asked // 2, asked), "result": result}
        self._world.command("evaluate", **project.told(), day=today, **found, **facts)
        self._world.register.note(project.community, today, {"projects.evaluated": 1})
        if result == "stop":
            self._world.register.note(project.community, today, {"projects.active": -1})
            project.state = "stopped"

    def _found_dental_care(self) -> None:
        """Let the evaluation of the health corner say that dental care is lacking, and a project with the dentist come of it."""
        world = self._world
        corner = next(one for one in self.projects if one.title == HEALTH_PROJECT)
        self._evaluate(corner, "new", new=DENTAL_PROJECT, need=DENTAL_NEED)
        dentist = next(one for one in world.partners if one.name == DENTIST)
        project = self._landed(DENTAL_PROJECT, corner.community, world.today, [dentist])
        world.command("join", **project.told(), partner=dentist, day=world.today)

    def _title(self, words: tuple[str, ...], community: str) -> str:
        """Draw a title that the community has not had."""
        rng = self._world.rng
        while True:
            title = rng.choice(_WHERE) + rng.choice(words)
            if (community, title) not in self._titles:
                self._titles.add((community, title))
                return title

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(self._world.rng.randrange((last - first).days + 1))


_NAMED = (HOME_PROJECT, DENTAL_PROJECT, HEALTH_PROJECT)
