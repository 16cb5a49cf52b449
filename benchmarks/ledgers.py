"""Ledgers of any size to measure on: 41 communities over years, written through the books and kept for the next run."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar
from uuid import uuid4

from hepartner.ledger import Ledger, activities, chain, particulars, schema
from hepartner.ledger.areas import Area
from hepartner.ledger.issuelists import Listed
from hepartner.ledger.months import last_day, shifted
from hepartner.ledger.signing import SignIn
from hepartner.ledger.stocking import Delivery
from hepartner.ledger.vouchers import Voucher

T = TypeVar("T")

FOLDER = Path(tempfile.gettempdir()) / "hepartner-benchmarks"
"""Where ledgers and the environments of peers are kept; delete it to begin anew."""

LAST_MONTH = "2025-11"
NOW = datetime(2025, 12, 5, 10, tzinfo=UTC)
SUBDISTRICTS, COMMUNITIES, PARTNERS = 7, 41, 66
GOODS = (
    ("大米", "袋", 50),
    ("食用油", "桶", 60),
    ("洗衣液", "瓶", 30),
    ("牙膏", "支", 10),
    ("理发券", "张", 20),
)
EVENTS = ("义诊义剪进小区", "八段锦课堂", "网格巡查", "环境整治", "普法防诈宣传", "幸福艺术团排练")
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗", "海燕丽华建国玉兰志强秀英文明小红春梅德福永祥"


class Size(NamedTuple):
    """How much there is: months of history, load (1 = about 11,700 entries a month), and in how many vouchers.

    `apart`: each sheet, delivery, slip and step of an issue in a voucher of its own, as offices write them; else a voucher
    holds a month of a community, and millions are written in minutes.
    """

    months: int
    load: float
    apart: bool

    @property
    def partners(self) -> int:
        """Partners of one community: a busier district has more people, a quiet one does not lose them."""
        return PARTNERS * max(1, round(self.load))


SIZES = {
    "5600": Size(48, 0.0107, apart=True),
    "560000": Size(48, 1, apart=True),
    "history": Size(480, 1, apart=False),
    "load": Size(48, 10, apart=False),
}
"""560,000 entries in four years; ten times the history at the same monthly load; ten times the load in the same months."""


@dataclass
class District:
    """What is remembered while a ledger is written."""

    ledger: Ledger
    size: Size
    random: Random
    communities: list[Area] = field(default_factory=list)
    people: dict[int, list[int]] = field(default_factory=dict)
    points: dict[int, int] = field(default_factory=dict)
    goods: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    rule_id: int = 0
    shared: Voucher | None = None

    def vouchers(self, action: str, happenings: list[T]) -> Iterator[tuple[Voucher, list[T]]]:
        """Yield the vouchers of what happened: one for each happening, or the month's for all of them."""
        if self.shared is not None and happenings:
            yield self.shared, happenings
        elif self.shared is None:
            for one in happenings:
                with self.ledger.voucher(action) as voucher:
                    yield voucher, [one]

    @property
    def first(self) -> str:
        """The first month."""
        return shifted(LAST_MONTH, 1 - self.size.months)

    def about(self, wanted: float) -> int:
        """Draw a whole number whose mean is what is wanted."""
        return int(wanted) + (self.random.random() < wanted % 1)


def ledger(name: str) -> Path:
    """Return the file of a ledger of this size, written if it is not there yet."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}-{_shape()}.db"
    if not path.exists():
        print(f"（写一本 {name} 的台账，只在第一次，要几分钟）", flush=True)
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        build(draft, SIZES[name])
        draft.rename(path)
    return path


@cache
def _shape() -> str:
    """Return a mark of how ledgers are made today: one of yesterday is written anew."""
    with Ledger.create(FOLDER / f"{uuid4()}.db", operator="李梅") as new:
        facts, cards = new.shapes.facts, new.shapes.cards
        texts = chain.facts_query(new.shapes, facts, "1"), chain.cards_query(new.shapes, cards, "1")
        told = [*schema.statements(), *texts, chain.changes_query("1")]
    new.database.path.unlink()
    return sha256("".join(told).encode()).hexdigest()[:8]


def opened(path: Path) -> Ledger:
    """Open a ledger for measuring, on the day on which all of them end."""
    return Ledger.open(path, operator="李梅", clock=lambda: NOW)


def build(path: Path, size: Size) -> None:
    """Write a ledger. Nothing is synced on the way: nobody would miss a draft after a power cut."""
    with Ledger.create(path, operator="李梅", clock=lambda: NOW) as new:
        for pragma in ("synchronous = OFF", "cache_size = -1000000"):
            new.database.write(f"PRAGMA {pragma}")
        district = District(new, size, Random(size.months))
        _found(district)
        month = district.first
        while month <= LAST_MONTH:
            for community in district.communities:
                if size.apart:
                    _happen(district, community, month)
                else:
                    with new.voucher("import.month") as district.shared:
                        _happen(district, community, month)
            month = shifted(month, 1)


def entries(path: Path) -> int:
    """Return the number of entries of a ledger."""
    with opened(path) as known:
        return int(known.database.value("SELECT count(*) FROM entry"))


def _found(district: District) -> None:
    areas, since = district.ledger.areas, date.fromisoformat(f"{district.first}-01")
    root = areas.add("district", "海城区", code="HC").area
    above = [
        areas.add("subdistrict", f"第{n}街道", parent=root, code=f"J{n}").area
        for n in range(1, SUBDISTRICTS + 1)
    ]
    for n in range(1, COMMUNITIES + 1):
        parent = above[n % SUBDISTRICTS]
        district.communities.append(
            areas.add("community", f"第{n}社区", parent=parent, code=f"C{n}", since=since).area
        )
    rule = district.ledger.rulebook.add("FW", "志愿服务", points=10, per="hour", valid_from=since)
    district.rule_id = rule.version.rule_id
    district.ledger.issues.load_default()
    with district.ledger.voucher("import.partners") as voucher:
        for community in district.communities:
            ids = district.ledger.partners.enrol_many(voucher, list(_roster(district, community)))
            district.people[community.id] = list(ids)
            district.points |= dict.fromkeys(ids, 0)


def _roster(district: District, community: Area) -> Iterator[particulars.Particulars]:
    for n in range(district.size.partners):
        kind = ("individual", "individual", "group", "individual", "individual", "business")[n % 6]
        person = SURNAMES[n % 20] + "".join(district.random.choices(GIVEN, k=2))
        name = {"individual": person, "group": f"{person}艺术团", "business": f"{person}理发店"}[kind]
        phone = f"13{community.id:03d}{n:06d}"
        yield particulars.Particulars(kind, f"{name}{n}", community.id, f"{district.first}-01", phone)


def _happen(district: District, community: Area, month: str) -> None:
    """Write a month of one community: a delivery, slips that points of earlier months pay for, sheets, issues."""
    load = district.size.load
    _delivery(district, community, f"{month}-01")
    _slips(district, community, _days(district, month, 28 * load))
    _sheets(district, community, _days(district, month, 12 * load))
    _issues(district, community, _days(district, month, 0.88 * load))


def _days(district: District, month: str, wanted: float) -> list[str]:
    last = int(last_day(month)[8:])
    return sorted(f"{month}-{district.random.randint(1, last):02d}" for _ in range(district.about(wanted)))


def _sheets(district: District, community: Area, days: list[str]) -> None:
    random, people = district.random, district.people[community.id]
    for voucher, those in district.vouchers("activity.sign", days):
        held = [
            activities.Particulars(
                community.id, day, random.choice(EVENTS), random.choice(list(activities.KINDS)),
                random.choice(list(activities.THEMES)), "党群服务中心", random.randint(5, 60),
                organisers=(random.choice(people),),
            )
            for day in those
        ]  # fmt: skip
        lines = [
            SignIn(activity_id, person, random.choice((60, 60, 90, 120)), "volunteer", district.rule_id)
            for activity_id in district.ledger.activities.add_many(voucher, held)
            for person in random.sample(people, random.randint(15, 28))
        ]
        outcomes = district.ledger.sheets.sign_many(voucher, lines)
        for line, outcome in zip(lines, outcomes, strict=True):
            district.points[line.partner_id] += outcome.points


def _delivery(district: District, community: Area, day: str) -> None:
    quantity = 1 + round(40 * district.size.load)
    lines = [
        Delivery(community.id, name, "coupon" if unit == "张" else "goods", unit, price, quantity, day)
        for name, unit, price in GOODS
    ]
    for voucher, _ in district.vouchers("shop.in", [day]):
        district.ledger.shop.receive_many(voucher, lines)
    if community.id not in district.goods:
        sql = "SELECT id, name FROM item WHERE community_id = ? ORDER BY id"
        prices = {name: price for name, _, price in GOODS}
        rows = district.ledger.database.rows(sql, (community.id,))
        district.goods[community.id] = [(item_id, prices[name]) for item_id, name in rows]


def _slips(district: District, community: Area, days: list[str]) -> None:
    """Write slips as the shop writes them (redeeming.redeem), for partners who can pay."""
    drawn, here = [], community.id
    for day in days:
        partner = district.random.choice(district.people[here])
        item, price = district.random.choice(district.goods[here])
        if district.points[partner] >= price:
            district.points[partner] -= price
            drawn.append((day, partner, item, price))
    for voucher, those in district.vouchers("shop.redeem", drawn):
        heads = [(here, day, who, price) for day, who, _, price in those]
        slips = voucher.post("redemption", ("partner_id", "points"), heads)
        facts = list(zip(those, slips, strict=True))
        paid = [(here, day, who, "redeem", -price, day, slip) for (day, who, _, price), slip in facts]
        voucher.post("entry", ("partner_id", "kind", "points", "earned_on", "redemption_id"), paid)
        gone = [(here, day, item, "redeem", -1, price, slip) for (day, _, item, price), slip in facts]
        voucher.post("stock_move", ("item_id", "kind", "quantity", "price", "redemption_id"), gone)


def _issues(district: District, community: Area, days: list[str]) -> None:
    """Write issues step by step: reported, then most of them resolved with somebody's help, then confirmed."""
    random, issues, reported = district.random, district.ledger.issues, []
    categories = [one.code for one in issues.categories.listing()]
    for voucher, those in district.vouchers("issue.reported", days):
        told = [Listed(random.choice(categories), "路灯不亮", community.id, day) for day in those]
        reported += zip(issues.enter_many(voucher, told), told, strict=True)
    resolved = [(issue, _resolved(district, row)) for issue, row in reported if random.random() < _SOLVED]
    for voucher, steps in district.vouchers("issue.resolved", resolved):
        issues.advance_many(voucher, steps)
    confirmed = [
        (issue, row._replace(confirmed_on=row.resolved_on, satisfied=random.random() < _SATISFIED))
        for issue, row in resolved
    ]
    for voucher, steps in district.vouchers("issue.confirmed", confirmed):
        issues.advance_many(voucher, steps)


_SOLVED, _SATISFIED = 0.95, 0.9


def _resolved(district: District, row: Listed) -> Listed:
    random = district.random
    day = date.fromisoformat(row.reported_on) + timedelta(days=random.randint(1, 9))
    return row._replace(
        resolved_on=min(day.isoformat(), LAST_MONTH + "-30"),
        beneficiaries=random.randint(5, 120),
        helpers=(random.choice(district.people[row.community_id]),),
    )
