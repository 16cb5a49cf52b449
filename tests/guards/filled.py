"""A ledger with rows in every table, two facts of each kind that can be taken back, and something a guard can refuse."""

from datetime import date, datetime
from pathlib import Path

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.closing import Closing
from hepartner.ledger.partners import Partner
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import CHINA, Clock, enrol, hire
from tests.nouns import nouns

LONG_AGO, JULY = date(2025, 1, 1), datetime(2025, 7, 20, 10, tzinfo=CHINA)


def fill(path: Path) -> None:
    """Work in July in a ledger of 海城区 › 驿马街道 › 幸福里社区 XF (3), 和平社区 HP (4); in November close months."""
    clock = Clock(JULY)
    with Ledger.open(path, operator="李梅", clock=clock, community="XF") as ledger:
        xingfu = ledger.areas.find("XF")
        ledger.areas.add("subdistrict", "海角街道", parent=ledger.areas.find("HC"), code="HJ")
        ledger.areas.add("grid", "第一网格", parent=xingfu, code="W1")
        ledger.settings.set("office", "海城区")
        ledger.settings.set("redeem.second_above", "500")
        hire(ledger, "王强", pin="2468")
        hire(ledger, "陈静", role="auditor", pin="2468")
        names = ("武玉侪", "陈一", "陈二", "陈三")
        people = [enrol(ledger, name, phone=f"1380000000{n}") for n, name in enumerate(names)]
        _points(ledger, people)
        _sheets(ledger, people)
        _shop(ledger, people[0])
        _issues(ledger, people)
        for noun in nouns():
            noun.fill(ledger)
        enrol(ledger, "陈四")
        clock.now = Clock().now
        top = ledger.areas.find("HC")
        ledger.book(Closing).close(top, "2025-08", lambda area, month: f"{area.code} {month}")
        ledger.periods.close(ledger.areas.communities(), "2025-09")


def _points(ledger: Ledger, people: list[Partner]) -> None:
    for partner in people:
        for day in (1, 2):
            ledger.points.award(partner, 300, day=date(2025, 1, day), reason="网格巡查")
    ledger.points.deduct(people[0], 5, reason="投诉")
    ledger.membership.move(people[3], ledger.areas.find("HP"))


def _sheets(ledger: Ledger, people: list[Partner]) -> None:
    add = ledger.rulebook.add
    add("HOUR", "按小时", points=10, per="hour", valid_from=LONG_AGO)
    add("SIGNED", "要确认", points=5, needs_confirmer=True, valid_from=LONG_AGO)
    community, hosts = people[0].community_id, (people[0].id, people[1].id)
    plain = ledger.activities.add(Event(community, "2025-07-05", "清扫", organisers=hosts)).activity
    lines = [SheetLine(partner, 60) for partner in people[:3]]
    ledger.sheets.sign(plain, lines, ledger.rulebook.find("HOUR"))
    waits = ledger.activities.add(Event(community, "2025-07-06", "义诊", kind="welfare")).activity
    ledger.sheets.sign(waits, lines, ledger.rulebook.find("SIGNED"))
    ledger.sheets.confirm(ledger.sheets.waiting()[:2])
    ledger.activities.add(Event(community, "2025-07-07", "课堂"))


def _shop(ledger: Ledger, buyer: Partner) -> None:
    limited = Goods(buyer.community_id, "大米", quota_times=1, quota_period="year")
    goods = (limited, Goods(buyer.community_id, "油"))
    for item in [ledger.shop.add(one, 10, day=LONG_AGO).item for one in goods]:
        for _ in range(2):
            ledger.shop.stock_in([(item, 9)], day=LONG_AGO)
        ledger.shop.redeem(buyer, [(item, 1)])


def _issues(ledger: Ledger, people: list[Partner]) -> None:
    lamp = ledger.issues.categories.set("LAMP", name="路灯", days=5).categories[0]
    community = ledger.areas.find("XF")
    reported = [
        ledger.issues.report(lamp, title, community, day=date(2025, 7, 3)).issue
        for title in ("路灯不亮", "路灯倒了", "路灯太暗")
    ]
    ledger.issues.resolve(reported[0], beneficiaries=9)
    for partner in people[:2]:
        ledger.issues.help(reported[0], partner)
