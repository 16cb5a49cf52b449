"""Residents' issues: reported, resolved, confirmed, opened again, found twice; who helped and how many benefited."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .register import Deed
from .world import Half, Row, Sheet, World, by_subdistrict

_WEIGHTS = {
    "小区用水": 16, "路灯维修": 18, "停车治理": 15, "道路破损": 9, "管道疏通": 10, "绿化养护": 7, "噪声扰民": 7,
    "环境卫生": 8, "消防安全": 4, "助老帮扶": 3, "邻里纠纷": 2, "其他": 1,
}  # fmt: skip
_WHERE = (
    "幸福小区",
    "海景苑",
    "长青里",
    "银滩花园",
    "南珠小区",
    "北部湾花园",
    "渔家新村",
    "茶亭巷",
    "独树根巷",
    "海堤街",
)


@dataclass(slots=True, eq=False)
class Issue:
    """One issue as the district's own side follows it."""

    title: str
    community: str
    category: str
    reported_on: date
    due_on: date
    beneficiaries: int
    helpers: list[Partner] = field(default_factory=list)
    state: str = "reported"
    steps: list[Deed] = field(default_factory=list)
    found_twice: Deed | None = None
    """When it was found to be another issue reported twice."""

    def told(self) -> Row:
        """Name the issue as a command does."""
        return {"issue": self.title, "community": self.community, "reported": self.reported_on.isoformat()}


@dataclass
class Desk:
    """The issues of the district, and what the offices write of them."""

    world: World
    issues: list[Issue] = field(default_factory=list)
    _titles: set[str] = field(default_factory=set)

    def receive(self, half: Half, *, count: int, beneficiaries: int, batch: str, whole: bool = False) -> None:
        """Let residents report issues in a half-year; each subdistrict (or the district) sends what became of them."""
        rng, homes = self.world.rng, self.world.at_home()
        few, many = beneficiaries // 2, beneficiaries * 3 // 2
        mine = [self._reported(half, beneficiaries=rng.randint(few, many)) for _ in range(count)]
        mine.sort(key=lambda issue: issue.reported_on)
        for office, here in [(DISTRICT[1], mine)] if whole else by_subdistrict(mine):
            rows = [self._row(issue, homes[issue.community], until=half.last) for issue in here]
            self.world.send(Sheet("issues", f"{batch}/{office}问题", f"{office}{batch}民生问题台账", rows))
        self.issues += mine

    def resolve(self, issue: Issue, day: date) -> None:
        """Resolve an issue by a command."""
        self.world.command("resolve", **issue.told(), day=day, beneficiaries=issue.beneficiaries)
        self._note_resolved(issue, day)

    def confirm(self, issue: Issue, day: date, *, satisfied: bool | None) -> None:
        """Let the resident confirm by a command."""
        self.world.command("confirm_issue", **issue.told(), day=day, satisfied=satisfied)
        self._note_confirmed(issue, day, satisfied=satisfied)

    def reopen(self, issue: Issue, day: date) -> None:
        """Open an issue again: what its resolving added is taken back in the month of the reopening."""
        self.world.command("reopen", **issue.told(), day=day)
        self._note(issue, day, {**_taken_back(issue), "issues.open": 1})
        issue.state = "reported"

    def find_twice(self, issue: Issue, first: Issue, day: date) -> None:
        """Find that an issue is another one reported twice: it counts as reported and no more."""
        self.world.command("duplicate", **issue.told(), day=day, of=first.title)
        self._note(issue, day, {"issues.open": -1} if issue.state == "reported" else _taken_back(issue))
        issue.state, issue.found_twice = "duplicate", issue.steps[-1]

    def help(self, issue: Issue, partner: Partner, day: date) -> None:
        """Note that a partner helped, after the file was sent, and what the rulebook gives for it."""
        rule = self.world.rules["HELP"]
        self.world.command("help", **issue.told(), day=day, partner=partner, rule=rule.code)
        self._note_help(issue, partner, day)
        issue.helpers.append(partner)
        self.world.award(rule, partner, 0, object(), day)

    def open_ones(self) -> Iterator[Issue]:
        """Yield issues that are reported and not resolved."""
        return (issue for issue in self.issues if issue.state == "reported")

    def _reported(self, half: Half, *, beneficiaries: int) -> Issue:
        rng = self.world.rng
        (category,) = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        day = half.first + timedelta(rng.randrange((half.last - half.first).days - 3))
        days = self.world.deadlines[category] * (2 if rng.random() < 0.05 else 1)
        return Issue(
            title=self._title(category),
            community=rng.choice(COMMUNITIES).name,
            category=category,
            reported_on=day,
            due_on=day + timedelta(days),
            beneficiaries=beneficiaries,
        )

    def _title(self, category: str) -> str:
        rng = self.world.rng
        while True:
            title = f"{rng.choice(_WHERE)}{rng.randint(1, 99)}栋{category}"
            if title not in self._titles:
                self._titles.add(title)
                return title

    def _row(self, issue: Issue, partners: list[Partner], *, until: date) -> Row:
        """Note what a file's line says of an issue, and write the line."""
        usual = issue.reported_on + timedelta(self.world.deadlines[issue.category])
        self._note(issue, issue.reported_on, {"issues.reported": 1, "issues.open": 1})
        resolved, confirmed, satisfied = self._fate(issue, until=until)
        if resolved:
            self._note_resolved(issue, resolved)
        for helper in self._helpers(issue, partners, resolved):
            self._note_help(issue, helper, resolved or issue.reported_on)
        if confirmed:
            self._note_confirmed(issue, confirmed, satisfied=satisfied)
        return {
            "上报日期": issue.reported_on,
            "社区": issue.community,
            "类别": issue.category,
            "标题": issue.title,
            "地点": issue.title.removesuffix(issue.category),
            "截止日期": issue.due_on if issue.due_on != usual or self.world.rng.random() < 0.4 else None,
            "解决日期": resolved,
            "确认日期": confirmed,
            "受益人数": issue.beneficiaries if resolved else None,
            "满意": satisfied,
            "协助合伙人": "、".join(partner.name for partner in issue.helpers) or None,
        }

    def _fate(self, issue: Issue, *, until: date) -> tuple[date | None, date | None, bool | None]:
        """Draw when an issue is resolved and confirmed and whether the resident is satisfied, as far as it is known by a day."""
        rng, allowed = self.world.rng, (issue.due_on - issue.reported_on).days
        days = allowed + rng.randint(1, 20) if rng.random() < 0.14 else rng.randint(0, allowed)
        resolved = issue.reported_on + timedelta(days)
        confirmed = resolved + timedelta(rng.randint(0, 12))
        satisfied = rng.choices((True, False, None), (80, 6, 14))[0]
        if resolved > until:
            return None, None, None
        if confirmed > until or rng.random() < 0.2:
            return resolved, None, None
        return resolved, confirmed, satisfied

    def _helpers(self, issue: Issue, partners: list[Partner], resolved: date | None) -> list[Partner]:
        rng = self.world.rng
        if resolved and rng.random() < 0.6:
            known = [
                one
                for one in partners
                if one.name in self.world.known_names and self.world.takes_part(one, resolved)
            ]
            issue.helpers = rng.sample(known, min(len(known), rng.randint(1, 2)))
        return list(issue.helpers)

    def _note(self, issue: Issue, day: date, adds: dict[str, int]) -> None:
        issue.steps.append(self.world.register.note(issue.community, day, adds))

    def _note_resolved(self, issue: Issue, day: date) -> None:
        adds = {"issues.resolved": 1, "issues.beneficiaries": issue.beneficiaries, "issues.open": -1}
        self._note(issue, day, adds)
        issue.state = "resolved"

    def _note_confirmed(self, issue: Issue, day: date, *, satisfied: bool | None) -> None:
        adds = {"issues.confirmed": 1}
        if satisfied is not None:
            adds |= {"satisfied": int(satisfied), "answered": 1}
        self._note(issue, day, adds)
        issue.state = "confirmed"

    def _note_help(self, issue: Issue, partner: Partner, day: date) -> None:
        heads = {"partners.active": partner}
        self.world.register.note(issue.community, day, {}, heads=heads)


def _taken_back(issue: Issue) -> dict[str, int]:
    """Return the opposite of what resolving and confirming an issue added."""
    adds = {"issues.resolved": -1, "issues.beneficiaries": -issue.beneficiaries}
    return {**adds, "issues.confirmed": -1} if issue.state == "confirmed" else adds
