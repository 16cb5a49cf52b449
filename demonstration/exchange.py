"""The points shop: what the communities stock, and 15,000 slips on exchange days, some of them cancelled."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from .people import Partner
from .places import DISTRICT
from .register import Deed
from .world import Half, Row, Sheet, World, subdistrict_of

SLIPS = 15_000
"""Person-times of redemption in the programme's report, cancelled slips not counted."""

_GOODS = (
    ("大米", "商品", "袋", 50), ("食用油", "商品", "瓶", 60), ("鸡蛋", "商品", "盒", 20), ("洗洁精", "商品", "瓶", 10),
    ("抽纸", "商品", "提", 15), ("牙膏", "商品", "支", 8), ("肥皂", "商品", "块", 5), ("酱油", "商品", "瓶", 12),
    ("洗衣液", "商品", "桶", 30), ("毛巾", "商品", "条", 9), ("雨伞", "商品", "把", 25), ("海鸭蛋", "商品", "盒", 35),
    ("理发券", "服务券", "张", 30), ("体检券", "服务券", "张", 80), ("家电清洗券", "服务券", "张", 100),
)  # fmt: skip
QUOTAS = {"雨伞": (1, "quarter"), "体检券": (1, "year")}
"""How often one person may redeem an item, and within what."""
COUNTERS = frozenset({"幸福里社区", "南湾社区"})
"""The communities whose clerks type each slip at the counter; the others send lists of their exchange days."""
CHEAPEST = 5
ENOUGH = 1000
"""With less than this in all hands nobody comes on an exchange day."""


@dataclass(slots=True, eq=False)
class Item:
    """Goods or coupons of one community's shop."""

    name: str
    community: str
    category: str
    unit: str
    price: int
    stock: int = 0


@dataclass(slots=True, eq=False)
class Slip:
    """One redemption: who took what for how many points."""

    partner: Partner
    goods: list[tuple[Item, int]]
    points: int
    day: date
    deed: Deed


@dataclass
class Shops:
    """The shelves of all communities and the slips written so far."""

    world: World
    points_wanted: int
    shelves: dict[str, list[Item]] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    """Slips that stand."""
    typed: int = 0
    """Slips that were typed at a counter, not listed."""
    points: int = 0
    """Points of the slips that stand."""
    refused: int = 0
    """Slips that the shop had to refuse."""
    _taken: Counter[tuple[Partner, Item, str]] = field(default_factory=Counter)
    """How often each partner has redeemed an item with a quota, by quarter or year."""
    _listed: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """Slips of the half-year by the subdistrict that will send them."""

    def restock(self, half: Half) -> None:
        """Let the district send what came into all shops, with new prices now and then."""
        rows: list[Row] = []
        for community, partners in self.world.at_home().items():
            businesses = [one for one in partners if one.kind == "business" and one.here_on(half.first)]
            donors = [one.name for one in businesses if one.name in self.world.known_names]
            rows += [self._delivered(item, half, donors) for item in self._shelf(community)]
        title = f"{DISTRICT[1]}积分超市{half.name}进货单"
        self.world.send(Sheet("items", f"{half.name}/{DISTRICT[1]}进货", title, rows))

    def exchange(self, half: Half, *, until: int) -> None:
        """Write slips on the half-year's exchange days until this many stand."""
        days = exchange_days(half)
        ahead = self.world.wallets.given_in(half.first, half.last)
        already = len(self.slips)
        for n, day in enumerate(days):
            due = already + (until - already) * (n + 1) // len(days)
            later: Counter[Partner] = Counter()
            for given in ahead:
                if given.deed.day > day:
                    later[given.partner] += given.points
            self._exchange_day(day, later, until=due)
        for office, rows in self._listed.items():
            title = f"{office}{half.name}积分兑换登记表"
            self.world.send(Sheet("redemptions", f"{half.name}/{office}兑换", title, rows))
        self._listed.clear()

    def cancel(self, slip: Slip) -> None:
        """Cancel a slip: the goods go back on the shelf and the points to the partner."""
        goods = {item.name: quantity for item, quantity in slip.goods}
        self.world.command("cancel", partner=slip.partner, day=slip.day, goods=goods)
        self.world.wallets.give_back(slip.partner, slip.deed, today=self.world.today)
        for item, quantity in slip.goods:
            item.stock += quantity
            self._taken[slip.partner, item, period(item, slip.day)] -= 1
        self.slips.remove(slip)
        self.points -= slip.points

    def overdraw(self, partner: Partner) -> None:
        """Let somebody ask for more than the balance allows; the shop must refuse."""
        dear = max(self._shelf(partner.home), key=lambda item: item.price)
        if self.world.wallets.balance(partner) < dear.price and dear.stock:
            self.refused += 1
            self._say(f"R{self.refused:05d}", partner, [(dear, 1)], self.world.today)

    def set_quotas(self) -> None:
        """Let the district set how often one person may redeem what is scarce."""
        for shelf in self.shelves.values():
            for item in shelf:
                if item.name in QUOTAS:
                    times, within = QUOTAS[item.name]
                    facts = {"item": item.name, "community": item.community, "times": times, "period": within}
                    self.world.command("quota", **facts)

    def ask_too_often(self, slip: Slip) -> None:
        """Let somebody ask again for what the slip took and a quota forbids; the shop must refuse."""
        today, partner = self.world.today, slip.partner
        for item, _ in slip.goods:
            affords = self.world.wallets.balance(partner) >= item.price and item.stock
            here = partner.here_on(today) and item in self._shelf(partner.home)
            if affords and here and self._used_up(partner, item, today):
                self.refused += 1
                self._say(f"R{self.refused:05d}", partner, [(item, 1)], today)

    def _used_up(self, partner: Partner, item: Item, day: date) -> bool:
        """Tell whether a quota forbids an item to a person, whose slips under another card count too."""
        if item.name not in QUOTAS:
            return False
        cards = [one for one, (into, _) in self.world.merged.items() if into is partner]
        return (
            sum(self._taken[one, item, period(item, day)] for one in (partner, *cards))
            >= QUOTAS[item.name][0]
        )

    def _shelf(self, community: str) -> list[Item]:
        if community not in self.shelves:
            rng = self.world.rng
            goods = sorted(rng.sample(_GOODS, 11), key=_GOODS.index)
            cheap = [one for one in _GOODS if one[3] == CHEAPEST and one not in goods]
            self.shelves[community] = [
                Item(name, community, category, unit, price)
                for name, category, unit, price in (*goods, *cheap)
            ]
        return self.shelves[community]

    def _delivered(self, item: Item, half: Half, donors: list[str]) -> Row:
        rng = self.world.rng
        if half.number and rng.random() < 0.05:
            item.price += rng.choice((-1, 1, 2))
        quantity = max(0, rng.randint(30, 60) * (5 if item.price < 20 else 2) - item.stock) or rng.randint(
            1, 9
        )
        item.stock += quantity
        return {
            "社区": item.community,
            "商品名称": item.name,
            "类别": item.category,
            "单位": item.unit,
            "积分价": item.price,
            "入库数量": quantity,
            "捐赠方": rng.choice(donors) if donors and rng.random() < 0.2 else None,
            "日期": half.first,
        }

    def _exchange_day(self, day: date, later: Counter[Partner], *, until: int) -> None:
        """Write slips until enough stand; `later` is what partners will have earned only after this day."""
        rng, wallets = self.world.rng, self.world.wallets
        while len(self.slips) < until:
            have = {one: wallets.balance(one) - later[one] for one in self.world.partners if one.here_on(day)}
            rich = {one: points for one, points in have.items() if points >= 2 * CHEAPEST}
            if sum(rich.values()) < ENOUGH:
                return
            for partner in rng.choices(list(rich), list(rich.values()), k=until - len(self.slips)):
                points = wallets.balance(partner) - later[partner]
                goods = self._basket(partner, min(points, self._wish()), day)
                if goods:
                    self._redeem(partner, goods, day)

    def _wish(self) -> int:
        """Draw what a slip should cost, so that all of them cost what is wanted."""
        left = SLIPS - len(self.slips)
        mean = (self.points_wanted - self.points) / left if left > 200 else self.points_wanted / SLIPS
        return round(mean * self.world.rng.uniform(0.7, 1.7))

    def _basket(self, partner: Partner, points: int, day: date) -> list[tuple[Item, int]]:
        rng = self.world.rng
        goods: list[tuple[Item, int]] = []
        shelf = list(self._shelf(partner.home))
        rng.shuffle(shelf)
        for item in shelf:
            most = min(3, points // item.price, item.stock)
            if most > 0 and len(goods) < 3 and not self._used_up(partner, item, day):
                goods.append((item, rng.randint(1, most)))
                points -= item.price * goods[-1][1]
        return goods

    def _redeem(self, partner: Partner, goods: list[tuple[Item, int]], day: date) -> None:
        points = sum(item.price * quantity for item, quantity in goods)
        if partner.home in COUNTERS:
            self.typed += 1
            self._say(f"S{self.typed:05d}", partner, goods, day)
        else:
            self._listed[subdistrict_of(partner.home)].append(self._row(partner, goods, day))
        adds = {"points.redeemed": points, "points.redemptions": 1}
        deed = self.world.wallets.take(partner, points, day, today=self.world.today, adds=adds)
        for item, quantity in goods:
            item.stock -= quantity
            self._taken[partner, item, period(item, day)] += 1
        self.slips.append(Slip(partner, goods, points, day, deed))
        self.points += points

    def _say(self, number: str, partner: Partner, goods: list[tuple[Item, int]], day: date) -> None:
        """Write what a clerk types at the counter."""
        wanted = _written(goods, sign="x", between=" ")
        self.world.command("redeem", slip=number, partner=partner, goods=wanted, day=day)

    def _row(self, partner: Partner, goods: list[tuple[Item, int]], day: date) -> Row:
        """Return a slip as an office lists it."""
        rng = self.world.rng
        return {
            "日期": day,
            "社区": partner.home,
            "姓名": partner.name,
            "电话": self.world.phone_beside(partner, partner.home),
            "兑换商品": _written(goods, sign=rng.choice("xX×*"), between=rng.choice("、， ")),
        }


def _written(goods: list[tuple[Item, int]], *, sign: str, between: str) -> str:
    texts = (item.name if quantity == 1 else f"{item.name}{sign}{quantity}" for item, quantity in goods)
    return between.join(texts)


def period(item: Item, day: date) -> str:
    """Return the quarter or year in which a day counts against an item's quota; empty without one."""
    within = QUOTAS[item.name][1] if item.name in QUOTAS else ""
    return {"quarter": f"{day.year} {(day.month + 2) // 3}", "year": f"{day.year}", "": ""}[within]


def exchange_days(half: Half) -> list[date]:
    """Return the exchange days of a half-year: the 12th and the 26th of each month."""
    days = (half.first + timedelta(n) for n in range((half.last - half.first).days + 1))
    return [day for day in days if day.day in (12, 26)]
