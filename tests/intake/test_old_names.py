"""An old list again, after what it names was called otherwise and something else is called so now: nothing is new."""

from collections.abc import Callable
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.dispatches import Dispatches, Whistle
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.moments import Moment
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from hepartner.ledger.partners import Partner
from hepartner.ledger.projects import Particulars as Landed
from hepartner.ledger.projects import Projects
from hepartner.ledger.resolutions import Resolutions
from hepartner.ledger.supports import Supports
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "dispatches": (
        ("社区", "吹哨事项", "类别", "吹哨日期", "吹哨时间", "单位", "报到时间", "到场人数"),
        ("幸福里社区", "台风清障", "台风", "2025-09-06", "20:30", "福兴超市", "21:00", "12"),
    ),
    "meetings": (
        ("日期", "社区", "会议名称", "类型", "地点", "参会人数", "参会单位", "议题"),
        ("2025-03-05", "幸福里社区", "一季度联席会", "联席会议", "会议室", "35", "福兴超市", "路灯改造"),
    ),
    "needs": (
        ("社区", "需求", "类别", "需求人数", "提出日期", "备注"),
        ("幸福里社区", "老人补牙", "为老", "40", "2025-03-05", "入户"),
    ),
    "projects": (
        ("社区", "项目名称", "参与单位", "地点", "评估间隔", "落地日期"),
        ("幸福里社区", "居家助老", "福兴超市", "活动室", "6", "2025-03-05"),
    ),
    "offers": (
        ("社区", "商家", "服务名称", "行业", "优惠方式", "原价", "现价", "推出日期"),
        ("幸福里社区", "福兴超市", "送米上门", "食", "折扣", "100", "80", "2025-03-05"),
    ),
    "pairings": (
        ("社区", "结对单位", "六联", "结对日期", "备注"),
        ("幸福里社区", "福兴超市", "组织联建", "2025-03-05", "签约"),
    ),
    "honours": (
        ("日期", "社区", "合伙人", "荣誉名称", "级别"),
        ("2025-03-05", "幸福里社区", "福兴超市", "优秀合伙人", "社区级"),
    ),
    "cooperations": (
        ("日期", "社区", "商企", "合作方", "合作内容"),
        ("2025-03-05", "幸福里社区", "福兴超市", "米店", "供货"),
    ),
    "supports": (
        ("社区", "合伙人", "扶持", "日期", "场地", "开始时间", "结束时间"),
        ("幸福里社区", "福兴超市", "场地", "2025-03-05", "活动室", "9:00", "10:00"),
    ),
}

Anew = Callable[[Ledger, Partner], Any]


def whistled(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Dispatches)
    book.edit(book.find("台风清障"), title="台风摩羯清障")
    book.whistle(Whistle("台风清障", "typhoon", ledger.areas.find("XF"), Moment("2025-09-06", 1230)), [shop])


def met(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Meetings)
    book.edit(book.find("一季度联席会"), title="第一季度联席会议")
    book.hold(Held(shop.community_id, "2025-03-05", "一季度联席会", "joint"))


def wanted(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Needs)
    book.edit(book.find("老人补牙"), title="独居老人补牙")
    book.collect(Wanted(shop.community_id, "elderly", "老人补牙", 5, "2025-03-05"))


def wanted_later(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Needs)
    book.edit(book.find("老人补牙"), title="独居老人补牙")
    book.collect(Wanted(shop.community_id, "elderly", "老人补牙", 5, "2025-05-05"))


def landed(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Projects)
    book.edit(book.find("居家助老"), title="居家养老")
    book.land(Landed(shop.community_id, "居家助老", "2025-03-05"))


def landed_later(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Projects)
    book.edit(book.find("居家助老"), title="居家养老")
    book.land(Landed(shop.community_id, "居家助老", "2025-05-05"))


def offered(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Offers)
    book.edit(book.listing()[0], title="送米上楼")
    book.open(Offered(shop.community_id, shop.id, "送米上门", "2025-03-05"))


def offered_later(ledger: Ledger, shop: Partner) -> None:
    book = ledger.book(Offers)
    book.edit(book.listing()[0], title="送米上楼")
    book.open(Offered(shop.community_id, shop.id, "送米上门", "2025-05-05"))


def roomed(ledger: Ledger, _shop: Partner) -> None:
    book, here = ledger.book(Supports), ledger.areas.find("XF")
    book.venue("活动室", here, rename="老活动室")
    book.venue("活动室", here)


def origin_met(ledger: Ledger, shop: Partner) -> None:
    """The meeting and the need that the list names are called otherwise now."""
    meetings, needs = ledger.book(Meetings), ledger.book(Needs)
    meetings.edit(meetings.find("一季度联席会"), title="第一季度联席会议")
    meetings.hold(Held(shop.community_id, "2025-03-01", "一季度联席会", "joint"))
    needs.edit(needs.find("老人补牙"), title="独居老人补牙")
    needs.collect(Wanted(shop.community_id, "elderly", "老人补牙", 5, "2025-03-01"))


def called(ledger: Ledger, shop: Partner) -> None:
    """Another shop is called 福兴超市 now."""
    ledger.partners.edit(shop, name="福旺超市")
    enrol(ledger, "福兴超市", kind="business")


@pytest.fixture
def shop(ledger: Ledger) -> Partner:
    enrol(ledger, "米店", kind="business")
    ledger.book(Supports).venue("活动室", ledger.areas.find("XF"))
    return enrol(ledger, "福兴超市", kind="business")


@pytest.mark.parametrize(
    ("kind", "anew"),
    [
        ("dispatches", whistled),
        ("meetings", met),
        ("needs", wanted),
        ("needs", wanted_later),
        ("projects", landed),
        ("projects", landed_later),
        ("offers", offered),
        ("offers", offered_later),
        ("supports", roomed),
        *((kind, called) for kind in LISTS if kind != "needs"),
    ],
)
def test_an_old_list_means_what_was_called_so_then(
    ledger: Ledger, imported: Imported, shop: Partner, kind: str, anew: Anew
) -> None:
    content = xlsx(*LISTS[kind])
    report = imported("名单.xlsx", content, kind=kind)
    assert (report.added, report.problems) == (1, ())
    anew(ledger, shop)
    before = ledger.anchor
    again = imported("名单.xlsx", content, kind=kind)
    assert (again.added, again.changed, again.unchanged, again.problems) == (0, 0, 1, ())
    assert ledger.anchor == before


def test_a_list_of_projects_means_the_meeting_and_the_need_that_were_called_so_then(
    ledger: Ledger, imported: Imported, shop: Partner
) -> None:
    for kind in ("meetings", "needs"):
        imported("名单.xlsx", xlsx(*LISTS[kind]), kind=kind)
    header, row = LISTS["projects"]
    content = xlsx((*header, "出自需求", "出自会议"), (*row, "老人补牙", "一季度联席会"))
    assert imported("项目.xlsx", content, kind="projects").added == 1
    origin_met(ledger, shop)
    again = imported("项目.xlsx", content, kind="projects")
    assert (again.added, again.changed, again.unchanged, again.problems) == (0, 0, 1, ())
    (project,) = ledger.book(Projects).listing()
    assert (project.need, project.meeting) == ("独居老人补牙", "第一季度联席会议")


def test_a_list_of_cooperations_means_the_meeting_that_was_called_so_then(
    ledger: Ledger, imported: Imported, shop: Partner
) -> None:
    for kind in ("meetings", "needs"):
        imported("名单.xlsx", xlsx(*LISTS[kind]), kind=kind)
    header, row = LISTS["cooperations"]
    content = xlsx((*header, "促成会议"), (*row, "一季度联席会"))
    assert imported("合作.xlsx", content, kind="cooperations").added == 1
    origin_met(ledger, shop)
    again = imported("合作.xlsx", content, kind="cooperations")
    assert (again.added, again.unchanged, again.problems) == (0, 1, ())


def test_a_list_of_resolutions_means_the_partner_that_was_called_so_then(
    ledger: Ledger, imported: Imported, shop: Partner
) -> None:
    imported("会议.xlsx", xlsx(*LISTS["meetings"]), kind="meetings")
    content = xlsx(
        ("会议日期", "社区", "会议名称", "决议", "合伙人", "期限"),
        ("2025-03-05", "幸福里社区", "一季度联席会", "修好路灯", "福兴超市", "2025-04-01"),
    )
    assert imported("决议.xlsx", content, kind="resolutions").added == 1
    called(ledger, shop)
    again = imported("决议.xlsx", content, kind="resolutions")
    assert (again.changed, again.unchanged, again.problems) == (0, 1, ())
    (resolution,) = ledger.book(Resolutions).listing()
    assert resolution.partner == "福旺超市"


@pytest.mark.parametrize("kind", ["honours", "pairings", "cooperations", "dispatches"])
def test_who_is_called_so_now_is_meant_where_the_list_names_the_other_as_well(
    ledger: Ledger, imported: Imported, shop: Partner, kind: str
) -> None:
    header, row = LISTS[kind]
    assert imported("名单.xlsx", xlsx(header, row), kind=kind).added == 1
    called(ledger, shop)
    renamed = tuple("福旺超市" if cell == "福兴超市" else cell for cell in row)
    again = imported("名单.xlsx", xlsx(header, row, renamed), kind=kind)
    assert (again.added, again.unchanged, again.problems) == (1, 1, ())


def test_what_a_new_list_says_more_of_a_title_is_of_what_is_called_so_now(
    ledger: Ledger, imported: Imported, shop: Partner
) -> None:
    header, row = LISTS["meetings"]
    imported("会议.xlsx", xlsx(header, row), kind="meetings")
    met(ledger, shop)
    report = imported("会议.xlsx", xlsx(header, (*row[:5], "20", *row[6:])), kind="meetings")
    assert report.changed == 1
    book = ledger.book(Meetings)
    assert {one.title: one.attendance for one in book.listing()} == {
        "第一季度联席会议": 35,
        "一季度联席会": 20,
    }
