"""A ledger of any size from a seed, with reversals, late facts, moves of points and closed months, for the reports' tests."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area
from hepartner.ledger.months import last_day, shifted
from hepartner.ledger.vouchers import Voucher

CHINA = timezone(timedelta(hours=8))
KINDS = ("individual", "individual", "individual", "group", "business")
ACTIVITY_KINDS = ("welfare", "arts", "class", "patrol", "cleanup", "party", "meeting", "other")
THEMES = ("live", "learn", "build", "share", "serve", "enjoy", "prosper", "uphold", "")
CATEGORIES = (
    ("WATER", "小区用水", 3),
    ("LAMP", "路灯维修", 5),
    ("PARKING", "停车治理", 15),
    ("DRAIN", "管道疏通", 3),
)
GOODS = (("大米", "袋", 50), ("食用油", "桶", 80), ("洗衣液", "瓶", 30), ("理发券", "张", 20))
SURNAMES = "王李张刘陈杨黄赵周吴徐孙"
NAMES = "幸福和平驿马海城银滩珠海长青云南独树根靖海屯里茶亭路北部湾广场文明建设新兴"


@dataclass
class Size:
    """How much of everything there is."""

    subdistricts: int = 2
    communities: int = 4
    partners: int = 40
    months: int = 14
    activities: int = 12
    sheet: int = 6
    redemptions: int = 15
    issues: int = 8
    last: str = "2025-11"


@dataclass
class District:
    """What was built."""

    ledger: Ledger
    size: Size
    random: Random
    communities: list[Area] = field(default_factory=list)
    partners: dict[int, list[int]] = field(default_factory=dict)
    joined: dict[int, str] = field(default_factory=dict)
    balance: dict[int, int] = field(default_factory=dict)
    items: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    stock: dict[int, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The first month in which something happens."""
        return shifted(self.size.last, 1 - self.size.months)

    def number(self, noun: str) -> int:
        """Give the next running number of a noun."""
        self.numbers[noun] = self.numbers.get(noun, 0) + 1
        return self.numbers[noun]

    def here(self, community: Area, day: str) -> list[int]:
        """The partners of a community who had joined by a day and not left."""
        return [one for one in self.partners[community.id] if self.joined[one] <= day]

    def day(self, month: str) -> str:
        """Draw a day of a month."""
        return f"{month}-{self.random.randint(1, int(last_day(month)[8:])):02d}"


def built(path: Path, *, seed: int = 1, size: Size | None = None) -> Ledger:
    """Build a ledger; its clock stands on the fifth day after the last month."""
    size = size or Size()
    now = datetime.fromisoformat(f"{shifted(size.last, 1)}-05T10:00:00").replace(tzinfo=CHINA)
    ledger = Ledger.create(path, operator="李梅", clock=lambda: now)
    district = District(ledger, size, Random(seed))
    _areas(district)
    with ledger.voucher("setup") as voucher:
        _categories(voucher)
        for community in district.communities:
            _partners(district, voucher, community)
            _items(district, voucher, community)
    month = district.first
    while month <= size.last:
        for community in district.communities:
            with ledger.voucher("month") as voucher:
                _happenings(district, voucher, community, month)
        month = shifted(month, 1)
    return ledger


def _areas(district: District) -> None:
    areas, size = district.ledger.areas, district.size
    root = areas.add("district", "海城区", code="HC").area
    since = date.fromisoformat(f"{district.first}-01")
    for s in range(size.subdistricts):
        subdistrict = areas.add(
            "subdistrict", f"{NAMES[s * 2 : s * 2 + 2]}街道", parent=root, code=f"S{s + 1}"
        ).area
        for c in range(s, size.communities, size.subdistricts):
            name = f"{NAMES[c % 30 : c % 30 + 2]}{'东西南北中'[c % 5]}社区"
            community = areas.add("community", name, parent=subdistrict, code=f"C{c + 1}", since=since).area
            district.communities.append(community)


def _categories(voucher: Voucher) -> None:
    voucher.add("issue_category", ("code", "name", "days"), CATEGORIES)


def _partners(district: District, voucher: Voucher, community: Area) -> None:
    rows = []
    for n in range(1, district.size.partners // district.size.communities + 1):
        kind = KINDS[n % len(KINDS)]
        person = SURNAMES[n % 12] + NAMES[(n * 7) % 30 : (n * 7) % 30 + 2]
        name = (
            person
            if kind == "individual"
            else f"北海市{NAMES[n % 28 : n % 28 + 3]}{'协会' if kind == 'group' else '理发店'}"
        )
        joined = district.day(shifted(district.first, n % max(1, district.size.months)))
        rows.append(
            (
                community.id,
                n,
                f"{community.code}-P{n:04d}",
                community.id,
                kind,
                f"{name}{n}",
                f"{name}{n}",
                joined,
            )
        )
    columns = ("issuer_id", "number", "code", "community_id", "kind", "name", "name_key", "joined_on")
    ids = voucher.add("partner", columns, rows)
    joined = [
        (community.id, row[7], partner, row[4], "joined", 1) for partner, row in zip(ids, rows, strict=True)
    ]
    voucher.post("standing", ("partner_id", "kind", "event", "delta"), joined)
    district.partners[community.id] = list(ids)
    district.balance |= dict.fromkeys(ids, 0)
    district.joined |= {partner: row[7] for partner, row in zip(ids, rows, strict=True)}


def _items(district: District, voucher: Voucher, community: Area) -> None:
    for name, unit, price in GOODS:
        number = district.number("item")
        item = voucher.add_one(
            "item", issuer_id=community.id, number=number, code=f"{community.code}-S{number:04d}", community_id=community.id,
            name=name, name_key=name, category="coupon" if name.endswith("券") else "goods", unit=unit,
        )  # fmt: skip
        day = f"{district.first}-01"
        voucher.post_one("item_price", community_id=community.id, happened_on=day, item_id=item, price=price)
        voucher.post_one(
            "stock_move", community_id=community.id, happened_on=day, item_id=item, kind="in", quantity=500
        )
        district.items.setdefault(community.id, []).append((item, price))
        district.stock[item] = 500


def _happenings(district: District, voucher: Voucher, community: Area, month: str) -> None:
    share = district.size.communities
    for _ in range(_about(district, district.size.activities / share)):
        _activity(district, voucher, community, month)
    for _ in range(_about(district, district.size.redemptions / share)):
        _redemption(district, voucher, community, month)
    for _ in range(_about(district, district.size.issues / share)):
        _issue(district, voucher, community, month)
    item, _ = district.random.choice(district.items[community.id])
    voucher.post_one(
        "stock_move",
        community_id=community.id,
        happened_on=district.day(month),
        item_id=item,
        kind="stocktake",
        quantity=-1,
    )
    district.stock[item] -= 1
    leaver = district.random.choice(district.partners[community.id])
    if len(district.partners[community.id]) > 5 and district.random.random() < 0.3:
        district.partners[community.id].remove(leaver)
        kind, joined = district.ledger.database.row(
            "SELECT kind, joined_on FROM partner WHERE id = ?", (leaver,)
        )
        day = max(joined, last_day(month))  # what it took part in within the month is past
        if day[:7] == month:
            voucher.post_one(
                "standing",
                community_id=community.id,
                happened_on=day,
                partner_id=leaver,
                kind=kind,
                event="left",
                delta=-1,
            )


def _about(district: District, wanted: float) -> int:
    return int(wanted) + (district.random.random() < wanted % 1)


def _activity(district: District, voucher: Voucher, community: Area, month: str) -> None:
    random, day, number = district.random, district.day(month), district.number("activity")
    here = district.here(community, day)
    if not here:
        return
    kind = random.choice(ACTIVITY_KINDS)
    name = random.choice(
        ("义诊义剪进小区", "八段锦课堂", "网格巡查", "环境整治", "普法防诈宣传", "幸福艺术团排练")
    )
    activity = voucher.add_one(
        "activity", issuer_id=community.id, number=number, code=f"{community.code}-H{number:04d}", community_id=community.id,
        held_on=day, name=name, name_key=name, place="党群服务中心",
    )  # fmt: skip
    held = voucher.post_one(
        "activity_held", community_id=community.id, happened_on=day, activity_id=activity, kind=kind, theme=random.choice(THEMES),
        beneficiaries=random.randint(0, 80), ethnic_groups=random.choice((None, 2, 5)),
    )  # fmt: skip
    people = random.sample(here, min(len(here), random.randint(1, district.size.sheet * 2)))
    host = (community.id, day, activity, people[0])
    voucher.post("organising", ("activity_id", "partner_id"), [host])
    signed = [(community.id, day, activity, person, random.choice((60, 90, 120, 45))) for person in people]
    lines = voucher.post("participation", ("activity_id", "partner_id", "minutes"), signed)
    awards = [
        (c, d, person, "award", 10, d, line) for (c, d, _, person, _), line in zip(signed, lines, strict=True)
    ]
    entries = voucher.post("entry", ("partner_id", "kind", "points", "earned_on", "participation_id"), awards)
    for person in people:
        district.balance[person] += 10
    if random.random() < 0.1 and district.balance[people[-1]] >= 10:
        voucher.counter("participation", [lines[-1]])
        voucher.counter("entry", [entries[-1]])
        district.balance[people[-1]] -= 10
    if random.random() < 0.03:
        voucher.counter("activity_held", [held])


def _redemption(district: District, voucher: Voucher, community: Area, month: str) -> None:
    random = district.random
    item, price = random.choice(district.items[community.id])
    able = [p for p in district.partners[community.id] if district.balance[p] >= price]
    if not able or district.stock[item] < 1:
        return
    partner, day = random.choice(able), last_day(month)  # what the month gave is there on its last day
    slip = voucher.post_one(
        "redemption", community_id=community.id, happened_on=day, partner_id=partner, points=price
    )
    paid = voucher.post_one(
        "entry", community_id=community.id, happened_on=day, partner_id=partner, kind="redeem", points=-price,
        earned_on=day, redemption_id=slip,
    )  # fmt: skip
    gone = voucher.post_one(
        "stock_move",
        community_id=community.id,
        happened_on=day,
        item_id=item,
        kind="redeem",
        quantity=-1,
        price=price,
        redemption_id=slip,
    )
    district.balance[partner] -= price
    district.stock[item] -= 1
    if random.random() < 0.05:
        for table, fact in (("redemption", slip), ("entry", paid), ("stock_move", gone)):
            voucher.counter(table, [fact])
        district.balance[partner] += price
        district.stock[item] += 1


def _issue(district: District, voucher: Voucher, community: Area, month: str) -> None:
    random, number, day = (
        district.random,
        district.number("issue"),
        f"{month}-{district.random.randint(1, 20):02d}",
    )
    category, title, days = random.choice(CATEGORIES)
    due = (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    issue = voucher.add_one(
        "issue", issuer_id=community.id, number=number, code=f"{community.code}-W{number:04d}", community_id=community.id,
        category=category, title=title, title_key=title, reported_on=day, due_on=due,
    )  # fmt: skip

    def step(event: str, on: str, **counts: object) -> int:
        return voucher.post_one(
            "issue_event",
            community_id=community.id,
            happened_on=on,
            issue_id=issue,
            event=event,
            category=category,
            **counts,
        )

    step("reported", day, due_on=due, reported=1, open=1)
    if random.random() < 0.15:
        return
    solved = min(
        (date.fromisoformat(day) + timedelta(days=random.randint(1, 8))).isoformat(), last_day(month)
    )
    people = random.randint(5, 120)
    step("resolved", solved, open=-1, resolved=1, beneficiaries=people)
    if here := district.here(community, solved):
        helper = random.choice(here)
        voucher.post_one(
            "issue_help", community_id=community.id, happened_on=solved, issue_id=issue, partner_id=helper
        )
    if random.random() < 0.8:
        step("confirmed", solved, confirmed=1, satisfied=random.choice((1, 1, 1, 0, None)))
        if random.random() < 0.1:
            step("reopened", solved, open=1, resolved=-1, confirmed=-1, beneficiaries=-people)
