"""The same file again adds nothing, whatever became of the cards since: renamed, moved, merged, edited, reversed."""

from datetime import date
from typing import Any

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.meetings import Particulars as Held
from hepartner.ledger.partners import Partner
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol

from .builders import HEADER, LI, WANG, xlsx
from .conftest import Imported

HELD = ("日期", "社区", "活动名称", "地点", "主办", "备注")
CLINIC = ("2025-03-05", "幸福里社区", "义诊", "广场", "王芳", "早上")
SIGNED = ("日期", "社区", "活动名称", "姓名", "电话", "时长", "规则")
SIGN_IN = ("2025-03-05", "幸福里社区", "义诊", "王芳", "", "1", "公益惠民")
ISSUES = ("上报日期", "社区", "类别", "标题", "地点", "协助合伙人")
LAMP = ("2025-03-05", "幸福里社区", "路灯维修", "路灯不亮", "3栋", "王芳")
GOODS = ("社区", "商品名称", "类别", "单位", "积分价", "入库数量", "捐赠方", "日期")
RICE = ("幸福里社区", "大米", "商品", "袋", "50", "20", "王芳", "2025-03-05")
OPENING = ("社区", "姓名", "期初积分", "日期")
BROUGHT = ("幸福里社区", "王芳", "100", "2025-03-05")

FILES: dict[str, tuple[Any, ...]] = {
    "activities": (HELD, CLINIC, CLINIC),
    "signins": (SIGNED, SIGN_IN, SIGN_IN),
    "issues": (ISSUES, LAMP, LAMP),
    "items": (GOODS, RICE, RICE),
    "opening": (OPENING, BROUGHT, BROUGHT),
}


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


@pytest.fixture
def wang(ledger: Ledger) -> Partner:
    """王芳 of 幸福里社区; rules and categories are there."""
    ledger.rulebook.load_default()
    ledger.issues.load_default()
    return enrol(ledger, "王芳", phone=WANG[2])


@pytest.fixture
def held(ledger: Ledger, imported: Imported, wang: Partner) -> int:  # noqa: ARG001 she stands on the list
    """An activity of 幸福里社区 that a file brought, by its id."""
    imported("活动.xlsx", xlsx(HELD, CLINIC), kind="activities")
    (found,) = ledger.activities.by_name("2025-03-05", "2025-03-05").values()
    return found[0]


def again(imported: Imported, kind: str) -> tuple[int, int, int, int]:
    """Import the file of a kind; what it says was two equal rows."""
    return counts(imported("名单.xlsx", xlsx(*FILES[kind]), kind=kind))


def test_a_renamed_activity_is_known_by_its_old_list_and_its_old_sheet(
    ledger: Ledger, imported: Imported, held: int
) -> None:
    sheet = xlsx(SIGNED, SIGN_IN)
    assert counts(imported("签到.xlsx", sheet, kind="signins")) == (1, 0, 0, 0)
    ledger.activities.edit(ledger.activities.get(held), name="义诊义剪", place="活动室", remark="")
    ledger.activities.edit(ledger.activities.get(held), name="大型义诊")
    assert counts(imported("活动.xlsx", xlsx(HELD, CLINIC), kind="activities")) == (0, 0, 1, 0)
    assert counts(imported("签到.xlsx", sheet, kind="signins")) == (0, 0, 1, 0)
    renamed = (*CLINIC[:2], "大型义诊", *CLINIC[3:])
    assert counts(imported("活动.xlsx", xlsx(HELD, renamed), kind="activities")) == (1, 0, 0, 0)


def test_an_old_name_that_another_activity_bears_now_means_that_one(
    ledger: Ledger, imported: Imported, held: int
) -> None:
    ledger.activities.edit(ledger.activities.get(held), name="义剪")
    community = ledger.areas.find("XF").id
    ledger.activities.add(Particulars(community, "2025-03-05", "义诊"))
    imported("签到.xlsx", xlsx(SIGNED, SIGN_IN), kind="signins")
    assert ledger.activities.get(held).attendance == 0


@pytest.mark.usefixtures("wang")
def test_an_edited_issue_is_known_by_its_old_list(ledger: Ledger, imported: Imported) -> None:
    assert again(imported, "issues") == (2, 0, 0, 0)
    issue = ledger.issues.find("XF-W0001")
    ledger.issues.edit(issue, title="3栋东侧路灯不亮", place="3栋东侧")
    assert again(imported, "issues") == (0, 0, 2, 0)


@pytest.mark.usefixtures("wang")
def test_renamed_goods_are_known_by_their_old_list(ledger: Ledger, imported: Imported) -> None:
    assert again(imported, "items") == (2, 0, 0, 0)
    (rice,) = ledger.shop.listing()
    ledger.shop.edit(rice, name="东北大米")
    assert again(imported, "items") == (0, 0, 2, 0)
    assert [item.name for item in ledger.shop.listing()] == ["东北大米"]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("became", ["renamed", "moved", "merged", "left"])
def test_lists_that_name_a_partner_add_nothing_when_it_is_called_otherwise_now(
    ledger: Ledger, imported: Imported, wang: Partner, kind: str, became: str
) -> None:
    if kind == "signins":
        ledger.activities.add(Particulars(wang.community_id, "2025-03-05", "义诊"))
    assert again(imported, kind) == (2, 0, 0, 0)
    if became == "renamed":
        ledger.partners.edit(wang, name="王方")
    elif became == "moved":
        ledger.membership.move(wang, ledger.areas.find("HP"), day=date(2025, 6, 1))
    elif became == "merged":
        ledger.membership.merge(wang, enrol(ledger, "王芳芳", phone=LI[2]), day=date(2025, 6, 1))
    else:
        ledger.membership.leave(wang, day=date(2025, 6, 1))
    entries = ledger.anchor
    report = imported("名单.xlsx", xlsx(*FILES[kind]), kind=kind)
    assert (counts(report), report.problems) == ((0, 0, 2, 0), ())
    assert ledger.anchor == entries


def test_a_roster_with_the_old_name_of_a_renamed_partner_adds_nobody(
    ledger: Ledger, imported: Imported
) -> None:
    content = xlsx(HEADER, WANG, (*LI[:2], "", LI[3]))
    assert counts(imported("花名册.xlsx", content)) == (2, 0, 0, 0)
    for partner, name in zip(ledger.partners.cards(), ("王方", "李思"), strict=True):
        ledger.partners.edit(partner, name=name)
    report = imported("花名册.xlsx", content)
    assert (counts(report), report.problems) == ((0, 0, 2, 0), ())
    assert [partner.name for partner in ledger.partners.cards()] == ["王方", "李思"]
    assert (
        "2 位在台账里已改名，按现在的名字处理：王芳（现名王方，XF-P0001）、李四（现名李思，XF-P0002）"
        in report.notes
    )


def test_who_bears_an_old_name_now_is_not_taken_for_the_one_who_gave_it_up(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    ledger.partners.edit(wang, name="王方")
    report = imported("花名册.xlsx", xlsx(HEADER, ("王芳", "个体", LI[2], "幸福里社区")))
    assert (report.added, report.rejected) == (0, 1)
    assert "XF-P0001" in report.problems[0].reason


def test_points_brought_of_a_day_before_a_move_lie_where_the_partner_was_and_go_along(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    ledger.membership.move(wang, ledger.areas.find("HP"), day=date(2025, 6, 1))
    imported("期初.xlsx", xlsx(OPENING, BROUGHT), kind="opening")
    sql = "SELECT a.code, e.kind, e.points FROM entry e JOIN area a ON a.id = e.community_id ORDER BY e.id"
    assert ledger.database.rows(sql) == [
        ("XF", "opening", 100),
        ("XF", "transfer", -100),
        ("HP", "transfer", 100),
    ]


def test_an_issue_that_moves_on_is_not_helped_again_by_whom_its_helper_was_merged_into(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    titles = (*ISSUES, "解决日期")
    imported("问题.xlsx", xlsx(titles, (*LAMP, "")), kind="issues")
    ledger.membership.merge(wang, enrol(ledger, "王芳芳", phone=LI[2]), day=date(2025, 6, 1))
    report = imported("问题.xlsx", xlsx(titles, (*LAMP, "2025-03-07")), kind="issues")
    assert report.changes == ("第 2 行“路灯不亮”：2025-03-07 解决，受益 0 人",)
    assert ledger.database.value("SELECT count(*) FROM issue_help") == 1


def test_a_line_that_was_taken_back_does_not_stop_the_list_when_its_partner_was_undone(
    ledger: Ledger, imported: Imported
) -> None:
    ledger.rulebook.load_default()
    roster = xlsx((*HEADER, "加入日期"), (*WANG, "2024-01-01"))
    enrolled = imported("花名册.xlsx", roster).voucher
    ledger.activities.add(Particulars(ledger.areas.find("XF").id, "2025-03-05", "义诊"))
    sheet = xlsx(SIGNED, SIGN_IN)
    imported("签到.xlsx", sheet, kind="signins")
    held = ledger.activities.find("义诊")
    ledger.sheets.complain(ledger.sheets.lines(held)[0], reason="没有到场")
    assert enrolled
    ledger.history.undo(enrolled)
    report = imported("签到.xlsx", sheet, kind="signins")
    assert [problem.reason for problem in report.problems] == ["幸福里社区没有这位合伙人"]


def test_goods_of_an_old_name_that_others_bear_now_are_not_brought_again(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    assert again(imported, "items") == (2, 0, 0, 0)
    rice = ledger.shop.listing()[0]
    ledger.shop.edit(rice, name="东北大米")
    ledger.shop.add(Goods(wang.community_id, "大米", unit="袋"), 50, day=date(2025, 3, 5))
    assert again(imported, "items") == (0, 0, 2, 0)


def test_a_helper_of_an_old_name_that_another_bears_now_is_not_added(
    ledger: Ledger, imported: Imported, wang: Partner
) -> None:
    assert again(imported, "issues") == (2, 0, 0, 0)
    ledger.partners.edit(wang, name="王方")
    enrol(ledger, "王芳", phone="13900139000")
    report = imported("名单.xlsx", xlsx(*FILES["issues"]), kind="issues")
    assert (report.added, report.changed) == (0, 0), report


def test_a_resolution_of_a_meeting_whose_name_another_bears_now_is_not_made_again(
    ledger: Ledger, imported: Imported
) -> None:
    meetings = ledger.book(Meetings)
    held = meetings.hold(Held(ledger.areas.find("XF").id, "2025-03-05", "联席会议")).now
    rows = (("会议日期", "社区", "会议名称", "决议"), ("2025-03-05", "幸福里社区", "联席会议", "修路灯"))
    assert counts(imported("决议.xlsx", xlsx(*rows), kind="resolutions")) == (1, 0, 0, 0)
    meetings.edit(held, title="一季度联席会议")
    meetings.hold(Held(ledger.areas.find("XF").id, "2025-03-05", "联席会议"))
    assert counts(imported("决议.xlsx", xlsx(*rows), kind="resolutions")) == (0, 0, 1, 0)
