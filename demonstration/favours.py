"""What businesses offer residents, and what partners receive: venues, publicity and honours."""

from dataclasses import dataclass
from datetime import date, timedelta

from .names import DENTIST
from .people import Partner
from .places import COMMUNITIES, DISTRICT
from .register import Deed
from .world import Half, Row, Sheet, World, subdistrict_of

VENUES, PUBLICITY = 265, 36
"""Uses of venues and publicity by the programme's report."""

_VENUE_COUNTS = (20, 26, 32, 36, 38, 43, 44)
"""Uses of venues on the list of each half-year; two more are typed in each, and two of all but the last are told late."""
_PUBLICITY_COUNTS = (3, 4, 5, 5, 6, 7, 6)
_HONOUR_COUNTS = (8, 10, 12, 14, 16, 18, 16)
_ROOM = "党群活动室"
_HOUR = 60
_SLOTS = ((9 * _HOUR, 11 * _HOUR), (14 * _HOUR, 16 * _HOUR + 30), (19 * _HOUR, 21 * _HOUR))
_OFFERS = {
    "餐饮": ("食", "老人套餐", 25, 15),
    "理发": ("其他", "老人理发", 30, 10),
    "医疗": ("医疗", "健康检查", 80, 0),
    "文化": ("文化", "公益课", 60, 0),
    "家政": ("住", "家电清洗", 120, 80),
    "零售": ("衣", "会员价购物", 100, 90),
    "住宿": ("住", "探亲房", 200, 140),
    "出行": ("行", "电动车检修", 40, 20),
}
"""What a business of a trade offers: the trade as lists call it, the offer, and its price before and after."""
_PURPOSES = {
    "场地": ("排练", "培训", "公益课堂", "座谈"),
    "宣传": ("公众号推文", "宣传栏", "电视台采访"),
    "办公": ("共享工位",),
    "对接": ("介绍商户",),
}
_STARS = ((10, 0, 0), (20, 200, 0), (40, 400, 1), (60, 600, 1), (80, 800, 1))
"""What each star asks of a year: hours, points, years as a partner."""
_HONOURS = (("优秀合伙人", "社区"), ("最美志愿者", "街道"), ("共建先锋", "城区"), ("文明示范单位", "市"))


@dataclass(slots=True, eq=False)
class Offer:
    """One offer of a business."""

    title: str
    partner: Partner
    community: str

    def told(self) -> Row:
        """Name the offer as a command does."""
        return {"offer": self.title, "community": self.community, "business": self.partner.name}


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking of a community's venue."""

    community: str
    partner: Partner
    day: date
    times: tuple[int, int]

    def told(self) -> Row:
        """Name the booking as a command does: by venue, day and time."""
        first, last = self.times
        return {"community": self.community, "venue": _ROOM, "day": self.day, "first": first, "last": last}


class Favours:
    """What is offered now, and which venues are taken when."""

    def __init__(self, world: World) -> None:
        self.refused = 0
        """Bookings that the ledger had to refuse."""
        self._world = world
        self._offers: list[Offer] = []
        self._offering: set[Partner] = set()
        self._taken: set[tuple[str, date, tuple[int, int]]] = set()
        self._honoured: set[tuple[Partner, date, str]] = set()
        self._judged = False

    def found_venues(self) -> None:
        """Type the venue that each community has for its partners."""
        for community in COMMUNITIES:
            self._world.command("venue", community=community.name, venue=_ROOM)

    def send(self, half: Half) -> None:
        """Let the district send what businesses offer, what partners received and how they were honoured."""
        world, rng = self._world, self._world.rng
        offers = [self._offer(one, half) for one in world.partners if self._begins_to_offer(one, half)]
        self._send("offers", "惠民服务", half.name, offers)
        others = [self._given("宣传", half) for _ in range(_PUBLICITY_COUNTS[half.number])]
        others += [self._given(rng.choice(("办公", "对接")), half) for _ in range(4)]
        self._send("supports", "其他扶持", half.name, others)
        counts = {"venues": _VENUE_COUNTS[half.number], "honours": _HONOUR_COUNTS[half.number]}
        self.report(half, batch=half.name, **counts)

    def report(self, half: Half, *, batch: str, venues: int, honours: int) -> None:
        """Let the district send some uses of venues and honours of a half-year."""
        used = [self._venue(half) for _ in range(venues)]
        self._send("supports", "阵地使用", batch, sorted(used, key=lambda row: str(row["日期"])))
        self._send("honours", "表彰", batch, [self._honour(half) for _ in range(honours)])

    def stir(self) -> None:
        """Type uses and closings of offers, and bookings: used, planned and used, cancelled, and one that is refused."""
        rng, world = self._world.rng, self._world
        for offer in rng.sample(self._offers, min(len(self._offers), 12)):
            self._use(offer)
        for offer in rng.sample(self._offers, min(len(self._offers), 2)):
            self._close(offer)
        used, planned, cancelled = (self._book(planned=planned) for planned in (False, True, False))
        self._note_use(used.community)
        world.command("use_venue", **planned.told())
        self._note_use(planned.community)
        deed = self._note_use(cancelled.community)
        world.command("cancel_booking", **cancelled.told())
        world.register.take_back(deed)
        world.command("book_venue", **used.told(), partner=used.partner, planned=False, clash=True)
        self.refused += 1

    def judge(self, year: int) -> None:
        """Type what stars ask, where that is not said yet, and freeze those of a year."""
        if not self._judged:
            for level, (hours, points, years) in enumerate(_STARS, 1):
                facts = {"level": level, "hours": hours, "points": points, "years": years}
                self._world.command("star_rule", **facts, day=date(year, 1, 1))
        self._world.command("freeze", year=year)
        self._judged = True

    def _send(self, what: str, called: str, batch: str, rows: list[Row]) -> None:
        title = f"{DISTRICT[1]}{batch}{called}登记表"
        self._world.send(Sheet(what, f"{batch}/{DISTRICT[1]}{called}", title, rows))

    # Offers

    def _begins_to_offer(self, partner: Partner, half: Half) -> bool:
        if partner.kind != "business" or partner in self._offering or not partner.here_on(half.last):
            return False
        return partner.name == DENTIST or self._world.rng.random() < 0.4

    def _offer(self, partner: Partner, half: Half) -> Row:
        day = self._day(max(half.first, partner.joined_on), half.last)
        opened_on = day if partner.here_on(day) else half.last
        trade, title, before, after = _OFFERS[partner.category]
        self._offering.add(partner)
        self._offers.append(Offer(title, partner, partner.home))
        self._world.register.note(partner.home, opened_on, {"offers.active": 1})
        return {
            "社区": partner.home,
            "商家": partner.name,
            "服务名称": title,
            "行业": trade,
            "优惠方式": self._world.rng.choice(("优惠", "低偿")) if after else "免费",
            "原价": before,
            "现价": after or None,
            "地址": partner.address or None,
            "服务时间": self._world.rng.choice(("9:00-18:00", "周一至周五", None)),
            "推出日期": opened_on,
        }

    def _use(self, offer: Offer) -> None:
        times = self._world.rng.randint(1, 40)
        self._world.command("use_offer", **offer.told(), times=times, day=self._world.today)
        self._world.register.note(offer.community, self._world.today, {"offers.uses": times})

    def _close(self, offer: Offer) -> None:
        self._world.command("close_offer", **offer.told(), day=self._world.today)
        self._world.register.note(offer.community, self._world.today, {"offers.active": -1})
        self._offers.remove(offer)

    # Support

    def _venue(self, half: Half) -> Row:
        booking = self._slot(half.first, half.last)
        self._world.register.note(booking.community, booking.day, {"support.venue": 1})
        return self._row("场地", booking, times=booking.times)

    def _given(self, kind: str, half: Half) -> Row:
        booking = self._slot(half.first, half.last)
        if kind == "宣传":
            self._world.register.note(booking.community, booking.day, {"support.publicity": 1})
        return self._row(kind, booking, times=None)

    def _row(self, kind: str, booking: Booking, *, times: tuple[int, int] | None) -> Row:
        first, last = (
            (f"{minute // _HOUR:02d}:{minute % _HOUR:02d}" for minute in times) if times else (None, None)
        )
        return {
            "日期": booking.day,
            "社区": booking.community,
            "合伙人": booking.partner.name,
            "扶持": kind,
            "场地": _ROOM if times else None,
            "开始": first,
            "结束": last,
            "备注": self._world.rng.choice(_PURPOSES[kind]),
        }

    def _book(self, *, planned: bool) -> Booking:
        booking = self._slot(self._world.today, self._world.today)
        self._world.command("book_venue", **booking.told(), partner=booking.partner, planned=planned)
        return booking

    def _note_use(self, community: str) -> Deed:
        return self._world.register.note(community, self._world.today, {"support.venue": 1})

    def _slot(self, first: date, last: date) -> Booking:
        """Draw a time in which a community's venue is free, and a partner of the community."""
        rng, homes = self._world.rng, self._world.at_home()
        while True:
            community, day, times = rng.choice(COMMUNITIES).name, self._day(first, last), rng.choice(_SLOTS)
            near = [one for one in homes[community] if self._known(one, day)]
            if near and (community, day, times) not in self._taken:
                self._taken.add((community, day, times))
                return Booking(community, rng.choice(near), day, times)

    # Honours

    def _honour(self, half: Half) -> Row:
        """Let somebody be honoured who has not been on that day; it counts where the partner was on it."""
        rng, world = self._world.rng, self._world
        while True:
            day, (honour, level) = self._day(half.first, half.last), rng.choice(_HONOURS)
            partner = rng.choice(world.partners)
            if self._known(partner, day) and (partner, day, honour) not in self._honoured:
                break
        self._honoured.add((partner, day, honour))
        world.register.note(world.wallets.community_on(partner, day), day, {"honours.given": 1})
        givers = {
            "社区": partner.home,
            "街道": subdistrict_of(partner.home),
            "城区": DISTRICT[1],
            "市": "北海市",
        }
        return {
            "日期": day,
            "社区": partner.home,
            "合伙人": partner.name,
            "荣誉": honour,
            "级别": level,
            "授予单位": givers[level],
        }

    def _known(self, partner: Partner, day: date) -> bool:
        return partner.name in self._world.known_names and self._world.takes_part(partner, day)

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(self._world.rng.randrange((last - first).days + 1))
