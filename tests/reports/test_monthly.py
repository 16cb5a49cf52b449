"""The sheets, made of what offices do."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.counts.monthly import OneMonth
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from hepartner.reports.errors import MonthNotCome, NoAreas, TargetIsLedger
from hepartner.reports.figures import CATALOGUE, FIGURES
from hepartner.reports.monthly import monthly_book, write_monthly
from hepartner.reports.monthly.balances import check
from hepartner.reports.monthly.breakdown import place_of
from hepartner.reports.monthly.subject import TOP, TOTAL
from hepartner.reports.readings import area_named
from hepartner.reports.sheets import Book, Cell, Table, Weight
from hepartner.reports.values import Growth, Minutes, Ratio, Signed
from tests.ledger.conftest import clock, empty, enrol, ledger, templates

__all__ = ["clock", "empty", "ledger", "templates"]

SHEETS = [
    "月报总表",
    "分街道社区",
    "合伙人",
    "活动",
    "积分收支",
    "积分超市",
    "问题办结",
    "吹哨会议",
    "吹哨清单",
    "会议清单",
    "决议清单",
    "资源项目",
    "惠民服务清单",
    "扶持清单",
    "荣誉清单",
    "项目清单",
    "评估",
    "补录更正",
    "积分榜",
    "图表",
    "口径说明",
]
NOVEMBER = date(2025, 11, 10)


def book(ledger: Ledger, area: str | None = None, month: str = "2025-11") -> Book:
    """The balanced sheets of a month."""
    made, subject = monthly_book(ledger, month, area_named(ledger, area))
    check(made, subject)
    return made


def table(made: Book, name: str, number: int = 0) -> Table:
    return made.sheet(name).tables[number]


def row(made: Book, name: str, key: object, number: int = 0) -> tuple[Cell, ...]:
    shown = table(made, name, number)
    return shown.rows[shown.row_index(key)].values


def area_id(ledger: Ledger, code: str) -> int:
    return ledger.areas.find(code).id


# The workbook as a whole


def test_the_workbook_has_its_sheets_in_order(workbook: object) -> None:
    assert workbook.sheetnames == SHEETS


def test_a_district_without_a_single_event_has_a_workbook(ledger: Ledger, tmp_path: Path) -> None:
    saved = write_monthly(ledger, "2025-11", tmp_path / "月报.xlsx")
    summary = load_workbook(saved.path)["月报总表"]
    values = {
        summary.cell(line, 2).value: summary.cell(line, 5).value for line in range(5, 5 + len(CATALOGUE))
    }
    assert (values["社区"], values["个体合伙人"], values["按时办结率"]) == (2, 0, "—")


def test_a_ledger_without_areas_has_nothing_to_report(empty: Ledger, tmp_path: Path) -> None:
    with pytest.raises(NoAreas, match="hep area add"):
        write_monthly(empty, "2025-11", tmp_path / "月报.xlsx")


def test_a_month_that_has_not_come_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(MonthNotCome, match="2025-12 还没有到"):
        write_monthly(ledger, "2025-12", tmp_path / "月报.xlsx")


def test_the_ledger_is_not_overwritten(ledger: Ledger) -> None:
    with pytest.raises(TargetIsLedger):
        write_monthly(ledger, "2025-11", ledger.database.path)


def test_the_office_of_the_settings_reports_for_the_whole_ledger_only(ledger: Ledger) -> None:
    ledger.settings.set("office", "海城区民政局")
    assert book(ledger).office == "海城区民政局"
    assert book(ledger, "XF").office == "幸福里社区"


def test_a_community_is_not_called_one_twice(ledger: Ledger) -> None:
    made = book(ledger, "XF")
    assert made.title == "幸福里社区合伙人工作月报（2025年11月）"
    assert made.sheet("积分超市").title == "幸福里社区积分超市进销存表（2025年11月）"
    assert book(ledger).sheet("合伙人").title == "海城区社区合伙人增减情况表（2025年11月）"


def test_every_workbook_of_every_area_and_month_balances(district: Ledger) -> None:
    for area in (None, "S1", "C2"):
        for month in ("2024-10", "2025-01", "2025-10"):
            made = book(district, area, month)
            assert len(made.sheets) == len(SHEETS)


def test_rows_are_communities_subdistricts_and_the_total(district: Ledger) -> None:
    def names(area: str | None) -> list[tuple[Cell, Weight]]:
        return [(line.values[1], line.weight) for line in table(book(district, area), "分街道社区").rows]

    weights = [weight.value for _, weight in names(None)]
    assert weights == ["body", "body", "subtotal", "body", "body", "subtotal", "total"]
    assert [weight.value for _, weight in names("S1")] == ["body", "body", "total"]
    assert [weight.value for _, weight in names("C2")] == ["body", "total"]


def test_a_month_lists_the_communities_that_were_there(ledger: Ledger) -> None:
    for month in ("2025-09", "2025-10"):
        ledger.periods.close(ledger.areas.communities(), month)
    before = [line.values for line in table(book(ledger, month="2025-10"), "分街道社区").rows]
    street = ledger.areas.find("驿马街道")
    ledger.areas.add("community", "新社区", parent=street, code="NEW", since=date(2025, 10, 1))
    assert [line.values for line in table(book(ledger, month="2025-10"), "分街道社区").rows] == before
    shown = [line.values[1] for line in table(book(ledger), "分街道社区").rows]
    assert "新社区" in shown


def test_a_community_that_has_something_is_listed_even_before_it_was_founded(ledger: Ledger) -> None:
    new = ledger.areas.add(
        "community", "新社区", parent=ledger.areas.find("驿马街道"), code="NEW", since=date(2025, 11, 1)
    ).area
    item = ledger.shop.add(Goods(new.id, "大米", unit="袋"), 20, day=date(2025, 9, 1)).item
    ledger.shop.stock_in([(item, 30)], day=date(2025, 9, 1))
    assert row(book(ledger, month="2025-09"), "分街道社区", new.id)[2:4] == (0, 0)
    assert row(book(ledger, month="2025-09"), "积分超市", item.id)[1] == "新社区"


# 月报总表


def test_a_zero_base_prints_a_dash_and_a_change_its_sign(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 30, day=date(2025, 10, 5))
    ledger.points.award(partner, 40, day=NOVEMBER)
    awarded = row(book(ledger), "月报总表", "points.awarded")
    assert awarded[4:] == (40, 30, Signed(10), Growth(333), 0, Signed(40), None, 70, 70)


def test_heads_are_asked_for_each_span(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    for day in ("2025-10-05", "2025-11-05", "2025-11-06"):
        activity = ledger.activities.add(Particulars(area_id(ledger, "XF"), day, "巡查", "patrol")).activity
        ledger.sheets.sign(activity, [SheetLine(partner, 90)])
    made = book(ledger)
    assert row(made, "月报总表", "activities.people")[4:6] == (1, 1)
    assert row(made, "月报总表", "activities.people")[11:] == (1, 1)
    assert row(made, "月报总表", "activities.attendance")[11:] == (3, 3)
    assert row(made, "月报总表", "hours.served")[4] == Minutes(180)


# 合伙人 and 积分收支


def test_a_partner_who_moves_goes_there_and_comes_here_with_the_points(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 50, day=date(2025, 10, 5))
    ledger.membership.move(partner, ledger.areas.find("HP"), day=NOVEMBER)
    made = book(ledger)
    xf, hp = area_id(ledger, "XF"), area_id(ledger, "HP")
    assert row(made, "合伙人", xf)[2:6] == (1, 0, 1, 0)
    assert row(made, "合伙人", hp)[2:6] == (0, 1, 0, 1)
    assert row(made, "积分收支", xf)[2:] == (50, 0, 0, 0, 0, 0, 0, 50, 0)
    assert row(made, "积分收支", hp)[2:] == (0, 0, 0, 50, 0, 0, 0, 0, 50)
    assert row(made, "积分收支", TOTAL)[2:] == (50, 0, 0, 50, 0, 0, 0, 50, 50)


def test_what_is_taken_back_counts_against_the_column_it_came_from(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 50, day=NOVEMBER)
    ledger.points.deduct(partner, 20, day=NOVEMBER, reason="投诉")
    entry = ledger.database.value("SELECT id FROM entry WHERE kind = 'deduct'")
    ledger.points.reverse(entry)
    assert row(book(ledger), "积分收支", TOTAL)[2:] == (0, 50, 0, 0, 0, 0, 0, 0, 50)


def test_an_earlier_month_is_shown_as_it_was_then(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 50, day=date(2025, 9, 5))
    ledger.points.deduct(partner, 20, day=date(2025, 10, 5), reason="核实")
    assert row(book(ledger, month="2025-09"), "积分收支", TOTAL)[-1] == 50
    assert row(book(ledger, month="2025-10"), "积分收支", TOTAL)[-1] == 30


# 活动


def test_an_activity_shows_who_held_it_and_what_came_of_it(ledger: Ledger) -> None:
    host, guest = enrol(ledger, "幸福艺术团", kind="group"), enrol(ledger, "武玉侪")
    said = Particulars(
        area_id(ledger, "XF"), "2025-11-08", "重阳义诊", "welfare", theme="share", place="活动室",
        beneficiaries=60, ethnic_groups=5, organisers=(host.id, guest.id),
    )  # fmt: skip
    activity = ledger.activities.add(said).activity
    ledger.sheets.sign(activity, [SheetLine(host, 90), SheetLine(guest, 60)])
    line = row(book(ledger), "活动", (activity.community_id, activity.id))
    assert line == (
        1, date(2025, 11, 8), "幸福里社区", "重阳义诊", "公益惠民", "共享", "活动室", "幸福艺术团、武玉侪",
        1, 2, 2, Minutes(150), 60, 5, "",
    )  # fmt: skip


def test_a_late_sign_in_shows_its_activity_again_without_counting_it_again(
    ledger: Ledger,
) -> None:
    partner = enrol(ledger, "李梅")
    activity = ledger.activities.add(
        Particulars(area_id(ledger, "XF"), "2025-10-08", "巡查", "patrol")
    ).activity
    for month in ("2025-09", "2025-10"):
        ledger.periods.close(ledger.areas.communities(), month)
    ledger.sheets.sign(activity, [SheetLine(partner, 90)])
    made = book(ledger)
    line = row(made, "活动", (activity.community_id, activity.id))
    assert (line[8:12], line[-1]) == ((0, 1, 1, Minutes(90)), "补录")
    assert row(made, "活动", TOTAL)[8:12] == (0, 1, 1, Minutes(90))
    assert row(book(ledger, month="2025-10"), "活动", TOTAL)[8:12] == (1, 0, 0, Minutes(0))


def test_an_activity_that_was_recorded_and_undone_is_not_listed(ledger: Ledger) -> None:
    written = ledger.activities.add(Particulars(area_id(ledger, "XF"), "2025-11-08", "巡查", "patrol"))
    ledger.history.undo(written.voucher)
    assert [line.key for line in table(book(ledger), "活动").rows] == [TOTAL]


def test_a_closed_month_lists_an_activity_on_the_day_it_then_had(ledger: Ledger) -> None:
    activity = ledger.activities.add(
        Particulars(area_id(ledger, "XF"), "2025-10-08", "巡查", "patrol")
    ).activity
    ledger.periods.close(ledger.areas.communities(), "2025-10")
    ledger.activities.edit(activity, held_on="2025-11-03")
    line = row(book(ledger, month="2025-10"), "活动", (activity.community_id, activity.id))
    assert line[1] == date(2025, 10, 8)
    assert [line.key for line in table(book(ledger), "活动").rows] == [TOTAL]


@pytest.mark.parametrize(
    ("late", "held", "remark"),
    [
        ("undone", -1, "撤销"),
        ("complaint", 0, "冲正"),
        ("other heads", 0, "更正"),
        ("other kind", 0, "更正"),
        ("another", 1, "补录"),
    ],
)
def test_what_came_late_for_a_closed_month_is_remarked(
    ledger: Ledger, late: str, held: int, remark: str
) -> None:
    partner, books = enrol(ledger, "李梅"), ledger.activities
    said = Particulars(area_id(ledger, "XF"), "2025-10-08", "义诊", "welfare", beneficiaries=5)
    written = books.add(said)
    if late == "complaint":
        ledger.sheets.sign(written.activity, [SheetLine(partner, 60)])
    ledger.periods.close(ledger.areas.communities(), "2025-10")
    if late == "undone":
        ledger.history.undo(written.voucher)
    elif late == "complaint":
        ledger.sheets.complain(ledger.sheets.lines(written.activity)[0], "居民投诉")
    elif late == "other heads":
        books.edit(written.activity, beneficiaries=9)
    elif late == "other kind":
        books.edit(written.activity, kind="arts")
    else:
        books.add(said._replace(name="义剪"))
    (line, _) = table(book(ledger), "活动").rows
    assert (line.values[1], line.values[8], line.values[-1]) == (date(2025, 10, 8), held, remark)


# 积分超市


def goods(ledger: Ledger, name: str = "大米") -> Goods:
    return Goods(area_id(ledger, "XF"), name, unit="袋")


def test_an_items_month_runs_from_opening_to_closing(ledger: Ledger) -> None:
    partner, item = enrol(ledger, "李梅"), ledger.shop.add(goods(ledger), 20, day=date(2025, 9, 1)).item
    ledger.points.award(partner, 100, day=date(2025, 10, 1))
    ledger.shop.stock_in([(item, 30)], day=date(2025, 10, 1))
    ledger.shop.stock_in([(item, 5)], day=NOVEMBER)
    ledger.shop.price(item, 25, day=date(2025, 11, 15))
    ledger.shop.redeem(partner, [(item, 2)], day=NOVEMBER)
    ledger.shop.stock_out([(item, 1)], reason="破损", day=NOVEMBER)
    ledger.shop.stocktake([(item, 31)], day=date(2025, 11, 12))
    shown = row(book(ledger), "积分超市", item.id)
    assert shown[1:7] == ("幸福里社区", item.code, "大米", "商品", "袋", 25)
    assert shown[7:] == (30, 5, 2, 1, -1, 31, 40)
    assert row(book(ledger, month="2025-10"), "积分超市", item.id)[6:] == (20, 0, 30, 0, 0, 0, 30, 0)


def test_an_item_without_stock_or_moves_is_left_out(ledger: Ledger) -> None:
    ledger.shop.add(goods(ledger), 20, day=date(2025, 9, 1))
    assert [line.key for line in table(book(ledger), "积分超市").rows] == [TOTAL]


def test_quantities_of_different_goods_are_not_added(ledger: Ledger) -> None:
    assert row(book(ledger), "积分超市", TOTAL)[6:] == (*[None] * 7, 0)


# 问题办结


def test_issues_stand_by_category_and_by_community(ledger: Ledger) -> None:
    ledger.issues.load_default()
    water, lamp = (ledger.issues.categories.find(name) for name in ("小区用水", "路灯维修"))
    xf, hp = ledger.areas.find("XF"), ledger.areas.find("HP")
    first = ledger.issues.report(water, "停水", xf, day=date(2025, 11, 1)).issue
    ledger.issues.report(lamp, "路灯不亮", xf, day=date(2025, 11, 2))
    second = ledger.issues.report(water, "水压低", hp, day=date(2025, 11, 3)).issue
    solved = ledger.issues.resolve(first, beneficiaries=40, day=date(2025, 11, 3)).issue
    ledger.issues.confirm(solved, satisfied=True, day=date(2025, 11, 4))
    ledger.issues.resolve(second, beneficiaries=7, day=date(2025, 11, 15))
    made = book(ledger)
    on_time, satisfied, none = Ratio(1, 2), Ratio(1, 1), Ratio(0, 1)
    assert row(made, "问题办结", "WATER", 0)[1:] == ("小区用水", 2, 2, 1, 47, on_time, satisfied, 0, 0)
    assert row(made, "问题办结", "LAMP", 0)[1:] == ("路灯维修", 1, 0, 0, 0, none, Ratio(0, 0), 1, 1)
    assert row(made, "问题办结", TOTAL, 0)[2:6] == (3, 2, 1, 47)
    assert row(made, "问题办结", hp.id, 1)[1:] == (
        "和平社区", 1, 1, 0, 7, none, Ratio(0, 0), 0, 0, 1, 0,
    )  # fmt: skip
    assert row(made, "问题办结", TOTAL, 1)[-2:] == (2, 0)


# 积分榜


def test_equal_points_share_a_rank(ledger: Ledger) -> None:
    for name, points in (("甲一", 30), ("乙二", 50), ("丙三", 30), ("丁四", 10)):
        ledger.points.award(enrol(ledger, name), points, day=NOVEMBER)
    shown = [line.values[:2] for line in table(book(ledger), "积分榜").rows]
    assert shown == [(1, "乙二"), (2, "甲一"), (2, "丙三"), (4, "丁四")]


def test_the_board_ends_with_the_last_of_its_places(district: Ledger) -> None:
    everyone = {community.id for community in district.areas.communities()}
    month = OneMonth(district, "2025-11", everyone)
    points = [earner.awarded for earner in month.top_earners(1000)]
    assert points == sorted(points, reverse=True)
    assert [earner.awarded for earner in month.top_earners(3)] == points[:3]
    assert TOP == 50


def test_who_was_merged_stands_as_who_it_became(ledger: Ledger) -> None:
    double, person = enrol(ledger, "李美"), enrol(ledger, "李梅")
    ledger.points.award(double, 30, day=NOVEMBER)
    ledger.points.award(person, 20, day=NOVEMBER)
    ledger.membership.merge(double, person, day=NOVEMBER)
    (only,) = table(book(ledger), "积分榜").rows
    assert only.values[1:] == ("李梅", person.code, "个体", "幸福里社区", 50, Minutes(0), 50)


def test_who_was_merged_as_of_a_month_into_a_later_partner_stands_as_that_one_joined(ledger: Ledger) -> None:
    double = enrol(ledger, "李美")
    ledger.points.award(double, 30, day=date(2025, 10, 10))
    person = enrol(ledger, "李梅", joined_on="2025-11-03")
    ledger.membership.merge(double, person, day=date(2025, 10, 20))
    (before,) = table(book(ledger, month="2025-10"), "积分榜").rows
    assert before.values[1:5] == ("李梅", person.code, "个体", "幸福里社区")
    ledger.membership.move(person, ledger.areas.find("HP"), day=date(2025, 11, 4))
    ledger.partners.edit(person, kind="group")
    assert table(book(ledger, month="2025-10"), "积分榜").rows == (before,)


def test_the_hours_of_who_was_merged_go_with_the_points(ledger: Ledger) -> None:
    double, person = enrol(ledger, "李美"), enrol(ledger, "李梅")
    activity = ledger.activities.add(
        Particulars(area_id(ledger, "XF"), "2025-11-03", "巡查", "patrol")
    ).activity
    ledger.sheets.sign(activity, [SheetLine(double, 90)])
    ledger.points.award(double, 30, day=NOVEMBER)
    ledger.membership.merge(double, person, day=NOVEMBER)
    (only,) = table(book(ledger), "积分榜").rows
    assert only.values[1:] == ("李梅", person.code, "个体", "幸福里社区", 30, Minutes(90), 30)


def test_the_board_of_a_closed_month_knows_nothing_of_later_months(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 30, day=date(2025, 10, 10))
    ledger.periods.close(ledger.areas.communities(), "2025-10")
    (before,) = table(book(ledger, month="2025-10"), "积分榜").rows
    ledger.partners.edit(partner, kind="group")
    moved = ledger.membership.move(partner, ledger.areas.find("HP")).partner
    ledger.points.award(moved, 5)
    assert table(book(ledger, month="2025-10"), "积分榜").rows == (before,)
    (now,) = table(book(ledger), "积分榜").rows
    assert now.values[3:] == ("社群", "和平社区", 5, Minutes(0), 35)


def test_the_board_of_an_area_counts_the_hours_served_in_it(ledger: Ledger) -> None:
    partner = enrol(ledger, "李梅")
    ledger.points.award(partner, 30, day=NOVEMBER)
    for place, minutes in (("XF", 60), ("HP", 90)):
        activity = ledger.activities.add(
            Particulars(area_id(ledger, place), "2025-11-03", "巡查", "patrol")
        ).activity
        ledger.sheets.sign(activity, [SheetLine(partner, minutes)])
    assert [row(book(ledger, area), "积分榜", partner.id)[6] for area in ("XF", None)] == [
        Minutes(60), Minutes(150),
    ]  # fmt: skip


def test_who_was_given_nothing_is_not_on_the_board(ledger: Ledger) -> None:
    moved = ledger.points.award(enrol(ledger, "李梅"), 30, day=NOVEMBER)
    entry = ledger.database.value("SELECT id FROM entry WHERE voucher_id = ?", (moved.voucher,))
    ledger.points.reverse(entry)
    assert table(book(ledger), "积分榜").rows == ()


# 图表 and 口径说明


def test_the_charts_stand_over_twelve_months_the_categories_and_the_kinds(district: Ledger) -> None:
    sheet = book(district).sheet("图表")
    sql = "SELECT count(DISTINCT category) FROM issue_event WHERE event IN ('reported', 'resolved') AND counted_in = '2025-11'"
    categories = district.database.value(sql)
    assert [chart.points for chart in sheet.charts] == [12, categories, 3]
    assert [line.values[0] for line in sheet.tables[0].rows] == [
        "2024-12", *(f"2025-{month:02d}" for month in range(1, 12)),
    ]  # fmt: skip


def test_without_issues_there_is_no_chart_of_them(ledger: Ledger) -> None:
    assert [chart.categories for chart in book(ledger).sheet("图表").charts] == ["month", "kind"]


def test_the_last_sheet_says_as_of_when_which_ledger_and_what_is_closed(ledger: Ledger) -> None:
    notes = book(ledger).sheet("口径说明").notes
    assert f"数据截至 2025-11-20 10:00；台账核对码：{ledger.anchor}。" in notes[0]
    assert notes[1].startswith("本月尚未过完，数字还会变动；办结期限在本月内而尚未到期的问题")
    assert (
        book(ledger, month="2025-10")
        .sheet("口径说明")
        .notes[1]
        .startswith("本月已结账的社区 0 个，未结账的 2 个")
    )
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    assert "已结账的社区 1 个，未结账的 1 个" in book(ledger, month="2025-10").sheet("口径说明").notes[1]
    ledger.periods.close([ledger.areas.find("HP")], "2025-10")
    assert book(ledger, month="2025-10").sheet("口径说明").notes[1].startswith("本月各社区均已结账。")


def test_without_communities_nothing_is_said_to_be_closed(empty: Ledger) -> None:
    empty.areas.add("district", "海城区")
    assert book(empty, month="2025-10").sheet("口径说明").notes[1].startswith("本月还没有社区。")


def test_every_figure_is_defined(district: Ledger) -> None:
    assert all(line.values[4] for line in table(book(district), "口径说明").rows)
    assert len(table(book(district), "口径说明").rows) == len(CATALOGUE)


def test_every_figure_stands_by_community_on_some_sheet(district: Ledger) -> None:
    made = book(district)
    assert [figure.code for figure in CATALOGUE if place_of(made, figure.code)] == list(FIGURES)
