"""Joint conferences and matchmaking meetings: who came, what was raised and resolved, which cooperations came of them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .troubles import Desk
from .world import Half, Row, Sheet, World

MATCHMAKING, COOPERATIONS = 2, 6
"""Matchmaking meetings and cooperations of businesses by the programme's report."""

_JOINT_COUNTS = (9, 12, 14, 16, 17, 19, 20)
"""Joint conferences on the list of each half-year; with those told late the report says 110-odd."""
_MATCHED = {3: "幸福里社区", 5: "海堤社区"}
"""The half-years in which a matchmaking meeting is held, and where."""
_NAMES = ("联席会议", "共治联席会", "网格联席会议")
_MATTERS = (
    "楼道充电",
    "停车泊位",
    "路灯亮化",
    "老人食堂选址",
    "垃圾投放点",
    "小区用水",
    "养犬管理",
    "暑期托管",
)
_WORK = ("划出停车位", "更换楼道灯", "清理堆物", "开设助餐点", "粉刷外墙", "加装扶手")
_PLACES = ("社区会议室", "党群服务中心", "议事亭")


@dataclass(slots=True, eq=False)
class Meeting:
    """One meeting and who came."""

    title: str
    kind: str
    community: str
    day: date
    partners: list[Partner]

    def told(self) -> Row:
        """Name the meeting as a command does."""
        return {"meeting": self.title, "community": self.community, "held": self.day}


@dataclass
class Table:
    """The meetings of the district so far, and what they resolved that is not done yet."""

    world: World
    desk: Desk
    held: list[Meeting] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    """Resolutions that are open: community and text."""
    _done: list[tuple[str, str]] = field(default_factory=list)
    _met_on: set[tuple[str, date]] = field(default_factory=set)
    _resolved: int = 0

    def send(self, half: Half) -> None:
        """Let the district send the list of a half-year's meetings."""
        self.held += self.report(half, batch=half.name, count=_JOINT_COUNTS[half.number])
        if half.number in _MATCHED:
            matched = self._matchmaking(half, _MATCHED[half.number])
            self._send("资源对接会", half.name, [matched])
            self.held.append(matched)

    def report(self, half: Half, *, batch: str, count: int) -> list[Meeting]:
        """Let the district send some joint conferences of a half-year; return them."""
        met = sorted((self._joint(half) for _ in range(count)), key=lambda one: one.day)
        self._send("联席会", batch, met)
        return met

    def stir(self, half: Half) -> None:
        """Type what meetings resolved, what of earlier ones is done or dropped, and which cooperations were closed."""
        rng = self.world.rng
        if self._done:
            self._reopen(*self._done.pop(0))
        for do, count in (("done", 3), ("drop_resolution", 1)):
            for community, text in rng.sample(self.open, min(len(self.open), count)):
                self._settle(do, community, text)
        lately = [one for one in self.held if one.day >= half.first]
        for meeting in rng.sample(lately, 5):
            self._resolve(meeting)
        self._raise(lately)
        for meeting in (one for one in lately if one.kind == "资源对接会"):
            self._cooperate(meeting)

    def _send(self, what: str, batch: str, met: list[Meeting]) -> None:
        title, rows = f"{DISTRICT[1]}{batch}{what}清单", [self._row(meeting) for meeting in met]
        self.world.send(Sheet("meetings", f"{batch}/{DISTRICT[1]}{what}", title, rows))

    def _joint(self, half: Half) -> Meeting:
        rng, world = self.world.rng, self.world
        while True:
            community, day = rng.choice(COMMUNITIES).name, self._day(half)
            if (community, day) not in self._met_on:
                break
        self._met_on.add((community, day))
        near = [one for one in world.at_home()[community] if self._can_come(one, day)]
        came = rng.sample(near, min(len(near), rng.randint(2, 6)))
        return self._met(rng.choice(_NAMES), "联席会议", community, day, came)

    def _matchmaking(self, half: Half, community: str) -> Meeting:
        rng, day = self.world.rng, self._day(half)
        organisations = [
            one for one in self.world.partners if one.kind != "individual" and self._can_come(one, day)
        ]
        businesses = [one for one in organisations if one.kind == "business"]
        groups = [one for one in organisations if one.kind == "group"]
        came = rng.sample(businesses, 8) + rng.sample(groups, 6)
        return self._met("资源对接会", "资源对接会", community, day, came)

    def _met(self, title: str, kind: str, community: str, day: date, came: list[Partner]) -> Meeting:
        figure = "meetings.joint" if kind == "联席会议" else "meetings.matchmaking"
        self.world.register.note(community, day, {figure: 1})
        for partner in came:
            self.world.register.note(community, day, {}, heads={"partners.active": partner})
        return Meeting(title, kind, community, day, came)

    def _row(self, meeting: Meeting) -> Row:
        rng = self.world.rng
        return {
            "会议日期": meeting.day,
            "社区": meeting.community,
            "会议名称": meeting.title,
            "会议类型": meeting.kind,
            "地点": rng.choice(_PLACES),
            "参会人数": len(meeting.partners) + rng.randint(5, 30),
            "参会单位": "、".join(partner.name for partner in meeting.partners) or None,
            "议题": "；".join(rng.sample(_MATTERS, rng.randint(1, 3))),
        }

    def _resolve(self, meeting: Meeting) -> None:
        """Type what a meeting resolved, to be done by the community or by one who came."""
        rng = self.world.rng
        self._resolved += 1
        text, due = (
            f"{rng.choice(_WORK)}（第{self._resolved}项）",
            meeting.day + timedelta(rng.randint(20, 90)),
        )
        owner = {"partner": rng.choice(meeting.partners)} if meeting.partners else {"owner": "社区两委"}
        self.world.command("resolve_at", **meeting.told(), text=text, due=due, **owner)
        self.open.append((meeting.community, text))

    def _settle(self, do: str, community: str, text: str) -> None:
        today = self.world.today
        self.world.command(do, resolution=text, day=today)
        self.world.register.note(community, today, {"meetings.resolutions_done": 1} if do == "done" else {})
        self.open.remove((community, text))
        self._done += [(community, text)] if do == "done" else []

    def _reopen(self, community: str, text: str) -> None:
        """Type that what was done half a year ago is to be done again; nobody does it."""
        self.world.command("reopen_resolution", resolution=text, day=self.world.today)
        self.world.register.note(community, self.world.today, {"meetings.resolutions_done": -1})

    def _raise(self, lately: list[Meeting]) -> None:
        """Type that an issue was raised at a meeting of its community, where one is open."""
        pairs = [
            (meeting, issue)
            for meeting in lately
            for issue in self.desk.open_ones()
            if issue.community == meeting.community
        ]
        if pairs:
            meeting, issue = self.world.rng.choice(pairs)
            self.world.command("raise", **meeting.told(), issue=issue.title)

    def _cooperate(self, meeting: Meeting) -> None:
        """Type the cooperations of a matchmaking meeting: a business with another partner each."""
        businesses = [one for one in meeting.partners if one.kind == "business"]
        others = [one for one in meeting.partners if one.kind == "group"]
        count = COOPERATIONS // MATCHMAKING
        for partner, other in zip(businesses[:count], others, strict=False):
            facts = {"partner": partner, "with": other}
            self.world.command("cooperate", **meeting.told(), **facts)
            self.world.register.note(meeting.community, meeting.day, {"cooperations.closed": 1})

    def _can_come(self, partner: Partner, day: date) -> bool:
        return partner.name in self.world.known_names and self.world.takes_part(partner, day)

    def _day(self, half: Half) -> date:
        return half.first + timedelta(self.world.rng.randrange((half.last - half.first).days))
