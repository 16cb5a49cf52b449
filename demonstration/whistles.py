"""Dispatches: a community blows the whistle, partners come or do not; among them the typhoon of September 2024."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .register import Deed, month_of
from .world import Half, Row, Sheet, World, named

TYPHOON_GROUPS, TYPHOON_PEOPLE = 126, 3580
"""Groups and people that came after typhoon Yagi by the programme's report."""
TYPHOON_ON = date(2024, 9, 7)

_WHAT = {
    "内涝": ("暴雨内涝排险", "涵洞积水抢排", "低洼地段转移"),
    "火情": ("灶台火情处置", "电动车棚火情"),
    "疫情": ("疫情排查", "登革热消杀"),
    "治安": ("走失老人搜寻", "校门护学增援"),
    "环境": ("浒苔清理", "垃圾积存清运"),
    "台风": ("台风防御加固", "渔船回港劝导"),
    "其他": ("停水应急送水", "停电关怀独居老人"),
}
_COUNTS = (6, 8, 9, 10, 11, 12, 12)
"""Dispatches of each half-year that offices list, the typhoon's not counted."""
_HOUR, _REWARD = 60, 10
_LEAST_HEADS = 8
"""Fewer people no group brought after the typhoon."""


class Moment(NamedTuple):
    """A minute, since midnight, of a day."""

    day: date
    minute: int

    def after(self, minutes: int) -> "Moment":
        """Return the moment so many minutes later."""
        days, minute = divmod(self.minute + minutes, 24 * _HOUR)
        return Moment(self.day + timedelta(days), minute)


@dataclass(slots=True, eq=False)
class Call:
    """One call of a partner to a dispatch, and what became of it."""

    partner: Partner
    called: Deed
    arrived: Deed | None = None
    returned: Deed | None = None


@dataclass(slots=True, eq=False)
class Whistle:
    """One dispatch; `lasted` is in minutes."""

    title: str
    kind: str
    community: str
    blown: Moment
    calls: list[Call] = field(default_factory=list)
    finished: Deed | None = None
    lasted: int = 0

    def told(self) -> Row:
        """Name the dispatch as a command does."""
        return {"dispatch": self.title, "day": self.blown.day.isoformat()}


@dataclass
class Bugle:
    """The dispatches of the district so far."""

    world: World
    whistles: list[Whistle] = field(default_factory=list)

    def send(self, half: Half) -> None:
        """Let the district send the list of a half-year's dispatches, that of the typhoon on a sheet of its own."""
        self.report(half, batch=half.name, count=_COUNTS[half.number])
        if half.first <= TYPHOON_ON <= half.last:
            self._send("台风摩羯", half.name, self._typhoon())

    def report(self, half: Half, *, batch: str, count: int) -> None:
        """Let the district send some dispatches of a half-year."""
        rows = [row for _ in range(count) for row in self._listed(half)]
        self._send("吹哨", batch, sorted(rows, key=lambda row: str(row["吹哨日期"])))

    def blow(self, near: Sequence[Partner]) -> None:
        """Blow the whistle today and type what happens: one comes, one declines, one gives the call back, others come instead."""
        rng, world = self.world.rng, self.world
        kind = rng.choice(list(_WHAT))
        whistle = self._begin(
            f"{rng.choice(_WHAT[kind])}（现场）", kind, near[0].home, Moment(world.today, 8 * _HOUR)
        )
        first, declining, returning, later, instead = near
        facts = {"kind": kind, "community": whistle.community, "minute": whistle.blown.minute}
        world.command("whistle", **whistle.told(), **facts, partners=[named(one) for one in near[:4]])
        calls = {one: self._call(whistle, one) for one in near[:4]}
        self._type("answer", whistle, 8 * _HOUR + 5, partner=first)
        self._type("decline", whistle, 8 * _HOUR + 10, partner=declining, reason="人手不够")
        self._type("return", whistle, 8 * _HOUR + 12, partner=returning, reason="不归本单位")
        calls[returning].returned = self._noted(whistle)
        self._type("again", whistle, 8 * _HOUR + 20, partner=instead, instead=named(returning))
        calls[instead] = self._call(whistle, instead)
        came = [(one, self._heads(one)) for one in (first, later, instead)]
        roll = [{**named(one), "heads": heads} for one, heads in came]
        self._type("rollcall", whistle, 9 * _HOUR, came=roll)
        for one, heads in came:
            self._arrive(whistle, calls[one], world.today, heads)
        self._type("finish", whistle, 11 * _HOUR, points=_REWARD)
        self._finish(whistle, Moment(world.today, 11 * _HOUR), 3 * _HOUR)
        for one, _ in came:
            world.wallets.give(one, _REWARD, world.today, today=world.today)

    def _type(self, do: str, whistle: Whistle, minute: int, **facts: object) -> None:
        self.world.command(do, **whistle.told(), minute=minute, **facts)

    def _send(self, what: str, batch: str, rows: list[Row]) -> None:
        title = f"{DISTRICT[1]}{batch}{what}报到表"
        self.world.send(Sheet("dispatches", f"{batch}/{DISTRICT[1]}{what}", title, rows))

    def _listed(self, half: Half) -> list[Row]:
        """Let one dispatch happen in a community, and write a line for each that was called."""
        rng, kind = self.world.rng, self.world.rng.choice(list(_WHAT))
        community, day, near = self._somewhere(half)
        whistle = self._begin(
            rng.choice(_WHAT[kind]), kind, community, Moment(day, rng.randrange(24 * _HOUR))
        )
        called = rng.sample(near, min(len(near), rng.randint(4, 10)))
        coming = {one: self._heads(one) for one in called if rng.random() < 0.75}
        return self._lines(whistle, called, coming, lasted=rng.randint(100, 600))

    def _somewhere(self, half: Half) -> tuple[str, date, list[Partner]]:
        """Draw a community and a day of a half-year on which partners of it can come; they are told too."""
        rng = self.world.rng
        community = rng.choice(COMMUNITIES).name
        day = half.first + timedelta(rng.randrange((half.last - half.first).days - 1))
        if month_of(TYPHOON_ON) in (month_of(day), month_of(day + timedelta(1))):
            day -= timedelta(40)  # September 2024 holds the typhoon and nothing else
        near = [one for one in self.world.at_home()[community] if self._can_come(one, day)]
        return (community, day, near) if near else self._somewhere(half)

    def _typhoon(self) -> list[Row]:
        """Let the groups of all the district be called after the typhoon; those of the report come, and all is clear at noon."""
        rng, count = self.world.rng, TYPHOON_GROUPS
        groups = [
            one for one in self.world.partners if one.kind == "group" and self._can_come(one, TYPHOON_ON)
        ]
        called = rng.sample(groups, count + 24)
        more = TYPHOON_PEOPLE - _LEAST_HEADS * count
        cuts = [0, *sorted(rng.sample(range(more), count - 1)), more]
        heads = [_LEAST_HEADS + end - start for start, end in pairwise(cuts)]
        coming = dict(zip(called, heads, strict=False))
        whistle = self._begin("台风“摩羯”清障", "台风", "海堤社区", Moment(TYPHOON_ON, 6 * _HOUR + 30))
        return self._lines(whistle, called, coming, lasted=5 * _HOUR + 45)

    def _can_come(self, partner: Partner, day: date) -> bool:
        return partner.name in self.world.known_names and self.world.takes_part(partner, day)

    def _heads(self, partner: Partner) -> int:
        return 1 if partner.kind == "individual" else self.world.rng.randint(2, 25)

    def _begin(self, title: str, kind: str, community: str, blown: Moment) -> Whistle:
        whistle = Whistle(self._apart(title, community, blown.day), kind, community, blown)
        self.world.register.note(community, blown.day, {"dispatches.held": 1})
        self.whistles.append(whistle)
        return whistle

    def _apart(self, title: str, community: str, day: date) -> str:
        """Number a title that the community's dispatches of that day bear already."""
        there = {one.title for one in self.whistles if (one.community, one.blown.day) == (community, day)}
        return next(one for one in (title, *(f"{title}（{n}）" for n in range(2, 99))) if one not in there)

    def _lines(
        self, whistle: Whistle, called: Sequence[Partner], coming: dict[Partner, int], *, lasted: int
    ) -> list[Row]:
        ended = whistle.blown.after(lasted)
        rows = []
        for partner in called:
            call, came = self._call(whistle, partner), None
            if partner in coming:
                came = whistle.blown.after(self.world.rng.randint(5, 95))
                self._arrive(whistle, call, came.day, coming[partner])
            rows.append(self._line(whistle, partner, came, coming.get(partner), ended))
        self._finish(whistle, ended, lasted)
        return rows

    def _line(
        self, whistle: Whistle, partner: Partner, came: Moment | None, heads: int | None, ended: Moment
    ) -> Row:
        return {
            "社区": whistle.community,
            "吹哨事项": whistle.title,
            "类别": whistle.kind,
            "吹哨日期": whistle.blown.day,
            "吹哨时间": self._written(whistle.blown),
            "报到单位": partner.name,
            "报到日期": came.day if came else None,
            "报到时间": self._written(came) if came else None,
            "到场人数": heads,
            "其中党员": self.world.rng.randint(0, heads) if heads else None,
            "结束日期": ended.day,
            "结束时间": self._written(ended),
        }

    def _written(self, moment: Moment) -> str:
        hour, minute = divmod(moment.minute, _HOUR)
        return self.world.rng.choice(
            (f"{hour:02d}:{minute:02d}", f"{hour}点{minute:02d}分", f"{hour}:{minute:02d}")
        )

    def _call(self, whistle: Whistle, partner: Partner) -> Call:
        whistle.calls.append(Call(partner, self._noted(whistle)))
        return whistle.calls[-1]

    def _arrive(self, whistle: Whistle, call: Call, day: date, heads: int) -> None:
        came = {"dispatches.groups": call.partner, "partners.active": call.partner}
        call.arrived = self.world.register.note(
            whistle.community, day, {"dispatches.people": heads}, heads=came
        )

    def _finish(self, whistle: Whistle, ended: Moment, lasted: int) -> None:
        whistle.finished, whistle.lasted = self.world.register.note(whistle.community, ended.day, {}), lasted

    def _noted(self, whistle: Whistle) -> Deed:
        """Note what counts nothing by itself, for the month in which it is known."""
        return self.world.register.note(whistle.community, whistle.blown.day, {})
