"""Lists of activities, sign-ins, issues, deliveries and opening balances into the ledger."""

from datetime import date
from typing import Any

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.sources import Source
from hepartner.ledger.stocking import Goods
from hepartner.words import gathered
from tests import nouns
from tests.ledger.conftest import enrol

from .builders import text, xlsx
from .conftest import Imported

HELD = ("日期", "社区", "活动名称", "类别", "主题", "地点", "主办", "受益人数", "民族数")
CLINIC = ("2025-03-05", "幸福里社区", "义诊义剪", "公益惠民", "共享", "广场", "王芳、爱心协会", "60人", "4")
SIGNED = ("日期", "社区", "活动名称", "姓名", "电话", "时长", "角色", "规则")
ISSUES = (
    "上报日期",
    "社区",
    "类别",
    "标题",
    "地点",
    "截止日期",
    "解决日期",
    "确认日期",
    "受益人数",
    "满意",
    "协助合伙人",
)
GOODS = ("社区", "商品名称", "类别", "单位", "积分价", "入库数量", "捐赠方", "日期")
RICE = ("幸福里社区", "大米", "商品", "袋", "50", "20", "爱心协会", "2025-03-05")
EXCHANGED = ("日期", "社区", "姓名", "电话", "兑换商品")
OPENING = ("社区", "姓名", "电话", "期初积分", "日期")


@pytest.fixture
def people(ledger: Ledger) -> None:
    """王芳 and 爱心协会 in 幸福里社区, two 李四 in 和平社区."""
    enrol(ledger, "王芳", phone="13800138000")
    enrol(ledger, "北海市爱心协会", kind="group")
    enrol(ledger, "李四", phone="13900139000", community="HP")
    enrol(ledger, "李四", phone="13700137000", community="HP")


pytestmark = pytest.mark.usefixtures("people")


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.added + report.changed + report.unchanged + report.rejected
    return report.added, report.changed, report.unchanged, report.rejected


def hold(ledger: Ledger, name: str = "义诊义剪", day: str = "2025-03-05") -> None:
    ledger.activities.add(Particulars(ledger.areas.find("XF").id, day, name))


def shelve(ledger: Ledger) -> None:
    """Put 毛巾 on the shelf of 幸福里社区 and give 王芳 the points for one."""
    spring = date(2025, 2, 1)
    towel = ledger.shop.add(Goods(ledger.areas.find("XF").id, "毛巾"), 9, day=spring).item
    ledger.shop.stock_in([(towel, 1)], day=spring)
    ledger.points.award(ledger.partners.find("王芳"), 9, day=spring)


def balance(ledger: Ledger, code: str = "XF-P0001") -> int:
    return ledger.points.balance(ledger.partners.find(code))


def test_an_activity_is_recorded_with_its_organisers(ledger: Ledger, imported: Imported) -> None:
    report = imported("活动.xlsx", xlsx(HELD, CLINIC), kind="activities")
    assert counts(report) == (1, 0, 0, 0)
    ((_, held),) = ledger.activities.recorded(Source(""), "2025-01-01", "2025-12-31")
    assert (held.kind, held.theme, held.beneficiaries, held.ethnic_groups) == ("welfare", "share", 60, 4)
    assert len(held.organisers) == 2


def test_equal_rows_are_two_facts_and_the_file_again_adds_none(imported: Imported) -> None:
    content = xlsx(HELD, CLINIC, CLINIC)
    assert counts(imported("活动.xlsx", content, kind="activities")) == (2, 0, 0, 0)
    assert counts(imported("活动.xlsx", content, kind="activities")) == (0, 0, 2, 0)
    assert counts(imported("活动.csv", text(HELD, CLINIC, CLINIC, CLINIC), kind="activities")) == (1, 0, 2, 0)


REPEATED = {
    "activities": (HELD, CLINIC),
    "signins": (SIGNED, ("2025-03-05", "幸福里社区", "义诊义剪", "王芳", "", "1", "", "")),
    "items": (GOODS, RICE),
    "opening": (OPENING, ("幸福里社区", "王芳", "", "120", "2025-01-01")),
    "issues": (ISSUES, ("2025-03-05", "幸福里社区", "LAMP", "3栋路灯不亮", *[""] * 7)),
}


@pytest.mark.parametrize("kind", REPEATED)
def test_what_another_source_said_already_is_not_decided_in_silence(
    ledger: Ledger, imported: Imported, kind: str
) -> None:
    ledger.issues.load_default()
    if kind == "signins":
        hold(ledger)
    content = xlsx(*REPEATED[kind])

    def report(source: str, **choices: str) -> Report:
        return imported("名单.xlsx", content, kind=kind, source=source, **choices)

    first = report("街道")
    assert counts(first) == (1, 0, 0, 0), first.problems
    assert counts(report("街道")) == (0, 0, 1, 0)
    (problem,) = report("社区").problems
    assert "疑似重复" in problem.reason
    assert "--skip-repeat" in problem.remedy
    skipped = report("社区", repeats="skip")
    assert (counts(skipped), skipped.voucher) == ((0, 0, 1, 0), None)
    assert "1 行与台账里已有的相同，按同一件事处理，没有再记" in skipped.notes
    accepted = report("社区", repeats="accept")
    assert counts(accepted) == (1, 0, 0, 0)
    assert "1 行与台账里已有的相同，按另一次记账" in accepted.notes
    assert counts(report("社区")) == (0, 0, 1, 0)
    assert accepted.voucher
    ledger.history.undo(accepted.voucher)
    assert counts(report("社区")) == (0, 0, 0, 1)


def test_what_was_typed_by_hand_is_met_once_and_no_more_once_it_was_taken_back(
    ledger: Ledger, imported: Imported
) -> None:
    hold(ledger)
    row = ("2025-03-05", "幸福里社区", "义诊义剪", *[""] * 6)
    twice = xlsx(HELD, row, row)
    report = imported("活动.xlsx", twice, kind="activities", skip_bad=True)
    assert (counts(report), [one.row for one in report.problems]) == ((1, 0, 0, 1), [2])
    ledger.history.undo(report.voucher or 0)
    voucher = ledger.database.value("SELECT voucher_id FROM activity_held ORDER BY id LIMIT 1")
    ledger.history.undo(voucher)
    assert counts(imported("活动.xlsx", twice, kind="activities")) == (2, 0, 0, 0)


def test_an_import_of_activities_that_was_undone_comes_again(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(HELD, CLINIC)
    voucher = imported("活动.xlsx", content, kind="activities").voucher
    assert voucher
    ledger.history.undo(voucher)
    assert counts(imported("活动.xlsx", content, kind="activities")) == (1, 0, 0, 0)


def test_a_sheet_signs_partners_and_awards_them_by_its_rule(ledger: Ledger, imported: Imported) -> None:
    ledger.rulebook.load_default()
    hold(ledger)
    rows = (
        ("2025-03-05", "幸福里社区", "义诊义剪", "王芳", "", "1.5", "志愿者", "公益惠民"),
        ("2025-03-05", "幸福里社区", "义诊义剪", "李四", "13700137000", "1:00", "", "welfare"),
        ("2025-03-05", "幸福里社区", "义诊义剪", "XF-P0002", "", "", "组织者", ""),
    )
    content = xlsx(SIGNED, *rows)
    assert counts(imported("签到.xlsx", content, kind="signins")) == (3, 0, 0, 0)
    assert (balance(ledger), balance(ledger, "HP-P0002"), balance(ledger, "XF-P0002")) == (18, 12, 0)
    assert counts(imported("签到.xlsx", content, kind="signins")) == (0, 0, 3, 0)


def test_a_phone_tells_a_guest_from_a_namesake_of_the_sheets_own_community(
    ledger: Ledger, imported: Imported
) -> None:
    ledger.rulebook.load_default()
    hold(ledger)
    guest = enrol(ledger, "王芳", phone="13600136000", community="HP")
    row = ("2025-03-05", "幸福里社区", "义诊义剪", "王芳", "13600136000", "1", "", "公益惠民")
    imported("签到.xlsx", xlsx(SIGNED, row), kind="signins")
    assert (ledger.points.balance(guest), balance(ledger)) == (12, 0)


def test_an_issue_is_entered_with_its_steps_and_moves_on_by_a_later_list(
    ledger: Ledger, imported: Imported
) -> None:
    ledger.issues.load_default()
    lamp: list[Any] = ["2025-03-05", "幸福里社区", "路灯维修", "3栋路灯不亮", "3栋", "", "", "", "", "", ""]
    assert counts(imported("问题.xlsx", xlsx(ISSUES, lamp), kind="issues")) == (1, 0, 0, 0)
    lamp[6], lamp[8], lamp[10] = "2025-03-07", "40", "王芳"
    report = imported("问题.xlsx", xlsx(ISSUES, lamp), kind="issues")
    assert (counts(report), report.changes) == (
        (0, 1, 0, 0),
        ("第 2 行“3栋路灯不亮”：2025-03-07 解决，受益 40 人；协助合伙人增加 1 位",),
    )
    lamp[7], lamp[9] = "2025-03-09", "是"
    report = imported("问题.xlsx", xlsx(ISSUES, lamp), kind="issues")
    assert report.changes == ("第 2 行“3栋路灯不亮”：2025-03-09 确认",)
    assert counts(imported("问题.xlsx", xlsx(ISSUES, lamp), kind="issues")) == (0, 0, 1, 0)
    (issue,) = ledger.issues.listing()
    assert (issue.status, issue.due_on) == ("confirmed", "2025-03-10")


def test_an_older_list_leaves_an_issue_as_far_as_it_is(ledger: Ledger, imported: Imported) -> None:
    ledger.issues.load_default()
    old = ("2025-03-05", "幸福里社区", "路灯维修", "3栋路灯不亮", "", "", "2025-03-06", "", "", "", "")
    imported("问题.xlsx", xlsx(ISSUES, old), kind="issues")
    (issue,) = ledger.issues.listing()
    ledger.issues.reopen(issue)
    assert counts(imported("问题.xlsx", xlsx(ISSUES, old), kind="issues")) == (0, 0, 1, 0)
    ledger.issues.resolve(issue, beneficiaries=3)
    assert counts(imported("问题.xlsx", xlsx(ISSUES, old), kind="issues")) == (0, 0, 1, 0)


CONTRADICTED = {
    "resolved on another day": (6, "2025-03-08", "台账里已在 2025-03-06 解决"),
    "confirmed on another day": (7, "2025-03-09", "台账里已在 2025-03-07 确认"),
    "other beneficiaries": (8, "50", "台账里受益人数是 40"),
}


@pytest.mark.parametrize(("place", "said", "phrase"), CONTRADICTED.values(), ids=CONTRADICTED)
def test_a_list_does_not_rewrite_what_happened(
    ledger: Ledger, imported: Imported, place: int, said: str, phrase: str
) -> None:
    ledger.issues.load_default()
    row = [
        "2025-03-05",
        "幸福里社区",
        "LAMP",
        "3栋路灯不亮",
        "",
        "",
        "2025-03-06",
        "2025-03-07",
        "40",
        "否",
        "",
    ]
    imported("问题.xlsx", xlsx(ISSUES, row), kind="issues")
    row[place] = said
    if place == 6:
        row[7] = row[9] = ""
    report = imported("问题.xlsx", xlsx(ISSUES, row), kind="issues")
    assert (counts(report), report.problems[0].reason) == ((0, 0, 0, 1), phrase)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_step_that_the_ledger_refuses_refuses_the_file_and_its_dry_run(
    ledger: Ledger, imported: Imported, *, dry_run: bool
) -> None:
    ledger.issues.load_default()
    row = ["2025-03-05", "幸福里社区", "LAMP", "3栋路灯不亮", "", "", "", "", "", "", ""]
    imported("问题.xlsx", xlsx(ISSUES, row), kind="issues")
    (issue,) = ledger.issues.listing()
    ledger.issues.assign(issue, "王工")
    row[6] = "2025-03-06"
    report = imported("问题.xlsx", xlsx(ISSUES, row), kind="issues", dry_run=dry_run)
    (problem,) = report.problems
    assert (report.voucher, problem.row, problem.remedy) == (None, None, "请改正后重新导入")
    assert ledger.issues.listing()[0].status == "assigned"


def test_a_delivery_brings_goods_their_price_and_their_donor(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(GOODS, RICE, RICE)
    assert counts(imported("进货.xlsx", content, kind="items")) == (2, 0, 0, 0)
    (rice,) = ledger.shop.listing()
    assert (rice.name, rice.category, rice.unit, rice.price, rice.stock) == ("大米", "goods", "袋", 50, 40)
    assert counts(imported("进货.xlsx", content, kind="items")) == (0, 0, 2, 0)


def test_goods_that_the_shop_has_need_neither_category_nor_unit(ledger: Ledger, imported: Imported) -> None:
    imported("进货.xlsx", xlsx(GOODS, RICE), kind="items")
    later = ("幸福里", "大 米", "", "", "55", "5", "", "2025-04-05")
    assert counts(imported("四月.xlsx", xlsx(GOODS, later), kind="items")) == (1, 0, 0, 0)
    (rice,) = ledger.shop.listing()
    assert (rice.price, rice.stock) == (55, 25)


def test_opening_points_are_brought_once(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(
        OPENING, ("幸福里", "王芳", "", "120分", "2025-01-01"), ("", "李四", "13700137000", "5", "2025-01-01")
    )
    assert counts(imported("和平社区期初.xlsx", content, kind="opening")) == (2, 0, 0, 0)
    assert (balance(ledger), balance(ledger, "HP-P0002")) == (120, 5)
    assert counts(imported("和平社区期初.xlsx", content, kind="opening")) == (0, 0, 2, 0)


def changed(row: tuple[str, ...], place: int, said: str) -> tuple[str, ...]:
    return (*row[:place], said, *row[place + 1 :])


SIGN = ("2025-03-05", "幸福里社区", "义诊义剪", "王芳", "", "1", "", "")
LAMP = ("2025-03-05", "幸福里社区", "路灯维修", "3栋路灯不亮", "", "", "2025-03-07", "", "", "", "")
BROUGHT = ("幸福里社区", "王芳", "", "120", "2025-01-01")

REJECTED: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], str, str]] = {
    "an activity in no community": ("activities", HELD, changed(CLINIC, 1, "桃花源"), "社区", "没有这个社区"),
    "an activity of nobody": ("activities", HELD, changed(CLINIC, 6, "赵六"), "主办", "幸福里社区没有这位合伙人"),
    "an activity of somebody who came later": ("activities", HELD, changed(CLINIC, 0, "2023-03-05"), "主办", "才加入"),
    "an activity without a name": ("activities", HELD, changed(CLINIC, 2, "\u200b"), "活动名称", "没有看得见的字"),
    "an activity with a name too long": ("activities", HELD, changed(CLINIC, 2, "长" * 101), "活动名称", "太长"),
    "an activity of 57 peoples": ("activities", HELD, changed(CLINIC, 8, "57"), "民族数", "超出范围"),
    "a sign-in to nothing": ("signins", SIGNED, changed(SIGN, 2, "义卖"), "活动名称", "没有登记这场活动"),
    "a sign-in to one of two": ("signins", SIGNED, changed(SIGN, 2, "合唱"), "活动名称", "有 2 场同名的活动"),
    "a sign-in nowhere": ("signins", SIGNED, changed(SIGN, 1, "桃花源"), "社区", "没有这个社区"),
    "a sign-in of a namesake": ("signins", SIGNED, changed(SIGN, 3, "李四"), "姓名", "没有这位合伙人"),
    "a sign-in by no rule": ("signins", SIGNED, changed(SIGN, 7, "乌有"), "规则", "没有这条规则"),
    "a sign-in before joining": ("signins", SIGNED, changed(changed(SIGN, 0, "2023-05-01"), 2, "早会"), "姓名", "才加入"),
    "a sign-in of 25 hours": ("signins", SIGNED, changed(SIGN, 5, "25"), "时长", "超出范围"),
    "an issue of no category": ("issues", ISSUES, changed(LAMP, 2, "飞碟"), "类别", "没有这个问题类别"),
    "an issue nowhere": ("issues", ISSUES, changed(LAMP, 1, "桃花源"), "社区", "没有这个社区"),
    "an issue helped by nobody": ("issues", ISSUES, changed(LAMP, 10, "赵六"), "协助合伙人", "没有这位合伙人"),
    "an issue helped before joining": (
        "issues", ISSUES, changed(changed(changed(LAMP, 0, "2023-03-05"), 6, "2023-03-07"), 10, "王芳"), "协助合伙人", "才加入",
    ),
    "an issue resolved before it was reported": ("issues", ISSUES, changed(LAMP, 6, "2025-03-01"), "解决日期", "早于上报日期"),
    "an issue satisfied and not confirmed": ("issues", ISSUES, changed(LAMP, 9, "满意"), "确认日期", "没有确认日期"),
    "an issue confirmed before it was resolved": ("issues", ISSUES, changed(LAMP, 7, "2025-03-06"), "确认日期", "早于解决日期"),
    "an issue due before it was reported": ("issues", ISSUES, changed(LAMP, 5, "2025-03-01"), "截止日期", "早于上报日期"),
    "goods nowhere": ("items", GOODS, changed(RICE, 0, "桃花源"), "社区", "没有这个社区"),
    "goods of an unknown donor": ("items", GOODS, changed(RICE, 6, "赵六"), "捐赠方", "没有这位合伙人"),
    "goods for no points": ("items", GOODS, changed(RICE, 4, "0"), "积分价", "超出范围"),
    "no goods": ("items", GOODS, changed(RICE, 5, ""), "入库数量", "是空的"),
    "goods without a name": ("items", GOODS, changed(RICE, 1, "长" * 61), "商品名称", "太长"),
    "goods kept otherwise": ("items", GOODS, changed(changed(RICE, 1, "油"), 3, "瓶"), "单位", "按“桶”计"),
    "goods of another category": ("items", GOODS, changed(changed(RICE, 1, "油"), 2, "服务券"), "类别", "是商品"),
    "opening points nowhere": ("opening", OPENING, changed(BROUGHT, 0, "桃花源"), "社区", "没有这个社区"),
    "opening points of nobody": ("opening", OPENING, changed(BROUGHT, 1, "赵六"), "姓名", "没有这位合伙人"),
    "opening points of two": (
        "opening", OPENING, ("和平社区", "李四", "", "5", "2025-01-01"), "姓名", "有 2 位同名的合伙人：HP-P0001",
    ),
    "opening points before joining": ("opening", OPENING, changed(BROUGHT, 4, "2023-01-01"), "日期", "才加入"),
    "part of a point": ("opening", OPENING, changed(BROUGHT, 3, "1.5"), "期初积分", "不是整数"),
}  # fmt: skip


@pytest.mark.parametrize("case", REJECTED)
def test_a_row_that_fits_nothing_is_rejected_in_its_column(
    ledger: Ledger, imported: Imported, case: str
) -> None:
    kind, header, row, column, phrase = REJECTED[case]
    ledger.rulebook.load_default()
    ledger.issues.load_default()
    for name, day in (("义诊义剪", "2025-03-05"), ("早会", "2023-05-01")):
        hold(ledger, name, day)
    imported("合唱.xlsx", xlsx(HELD, *[changed(CLINIC, 2, "合唱")] * 2), kind="activities")
    imported("油.xlsx", xlsx(GOODS, changed(changed(RICE, 1, "油"), 3, "桶")), kind="items")
    before = ledger.anchor
    report = imported("表.xlsx", xlsx(header, row), kind=kind)
    assert (counts(report), report.voucher) == ((0, 0, 0, 1), None)
    (problem,) = report.problems
    assert column in problem.column
    assert phrase in problem.reason
    assert problem.remedy
    assert ledger.anchor == before


LATE = {
    "partners": (("姓名", "类型", "社区", "加入日期"), ("赵六", "个体", "幸福里社区", "2025-03-05")),
    "activities": (HELD, CLINIC),
    "signins": (SIGNED, SIGN),
    "issues": (ISSUES, changed(LAMP, 6, "")),
    "items": (GOODS, RICE),
    "redemptions": (EXCHANGED, ("2025-03-12", "幸福里社区", "王芳", "", "毛巾")),
    "opening": (OPENING, changed(BROUGHT, 4, "2025-03-05")),
    **nouns.gathered("LATE"),
}
"""For each kind a header and a row of 5 March 2025."""


def _nothing(_ledger: Ledger) -> None:
    pass


@pytest.mark.parametrize("kind", gathered("FILES"))
def test_what_belongs_to_a_closed_month_is_taken_late_and_announced(
    ledger: Ledger, imported: Imported, kind: str
) -> None:
    ledger.issues.load_default()
    hold(ledger)
    shelve(ledger)
    for noun in nouns.nouns():
        getattr(noun, "before_late", _nothing)(ledger)
    ledger.periods.close(ledger.areas.communities(), "2025-03")
    header, row = LATE[kind]
    report = imported("表.xlsx", xlsx(header, row), kind=kind)
    assert report.notes == ("1 行的月份已经结账，按补录计入下一个未结的月份",)
    assert report.added == 1


def test_who_has_left_brings_no_points(ledger: Ledger, imported: Imported) -> None:
    ledger.membership.leave(ledger.partners.find("王芳"), day=date(2025, 1, 1))
    report = imported("期初.xlsx", xlsx(OPENING, BROUGHT, changed(BROUGHT, 4, "2025-01-02")), kind="opening")
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.reason) == (
        3,
        "E 列“日期”",
        "那天不在册：王芳（XF-P0001）2025-01-01 已退出",
    )


@pytest.mark.parametrize("kind", gathered("FILES"))
def test_a_header_without_rows_is_nothing_to_import(imported: Imported, kind: str) -> None:
    header, _ = LATE[kind]
    report = imported("空表.xlsx", xlsx(header), kind=kind)
    assert (report.read, report.problems, report.voucher) == (0, (), None)


SIGN_IN_OF = ("2025-03-05", "幸福里社区", "义诊义剪")


def signed(imported: Imported, name: str) -> Report:
    """The report of a sheet that this name signed."""
    return imported("签到.xlsx", xlsx(SIGNED, (*SIGN_IN_OF, name, "", "", "", "")), kind="signins")


def attendants(ledger: Ledger) -> list[str]:
    sql = "SELECT q.name FROM participation p JOIN partner q ON q.id = p.partner_id"
    return [name for (name,) in ledger.database.rows(sql)]


def test_an_organisation_of_the_full_name_elsewhere_goes_before_one_alike_here(
    ledger: Ledger, imported: Imported
) -> None:
    hold(ledger)
    enrol(ledger, "海城区图书馆", kind="group")
    enrol(ledger, "北海市图书馆", kind="group", community="HP")
    signed(imported, "北海市图书馆")
    assert attendants(ledger) == ["北海市图书馆"]


def test_an_organisation_whose_name_says_otherwise_is_asked_about(ledger: Ledger, imported: Imported) -> None:
    hold(ledger)
    enrol(ledger, "海城区图书馆", kind="group")
    report = signed(imported, "北海市图书馆")
    assert (report.added, report.problems[0].reason, report.problems[0].remedy) == (
        0,
        "没有叫这个名称的合伙人，只有相近的海城区图书馆（XF-P0003）",
        "是它请换成编号，不是请先用 hep partner add 登记",
    )


def test_a_short_name_that_two_full_ones_may_mean_is_asked_about(ledger: Ledger, imported: Imported) -> None:
    hold(ledger)
    enrol(ledger, "海城区图书馆", kind="group")
    enrol(ledger, "北海市图书馆", kind="group")
    assert "有 2 位同名的合伙人" in signed(imported, "图书馆").problems[0].reason
    assert signed(imported, "爱心").added == 1


def test_days_before_a_community_is_counted_are_taken_and_told(imported: Imported) -> None:
    early = [("2021-12-31", "幸福里社区", name, *[""] * 6) for name in ("义诊", "义剪")]
    on_the_day = ("2022-01-01", "和平社区", "义诊", *[""] * 6)
    report = imported("活动.xlsx", xlsx(HELD, *early, on_the_day), kind="activities")
    assert (report.added, report.notes) == (
        3,
        ("2 行的日期早于社区计入的日期（幸福里社区 2022-01-01），照样记账，请核对",),
    )
    again = imported("活动.xlsx", xlsx(HELD, *early), kind="activities")
    assert again.notes == ()


def test_who_joined_before_its_community_was_counted_is_told(imported: Imported) -> None:
    joined = ("赵一", "个体", "", "幸福里社区", "2021-06-01")
    report = imported("花名册.xlsx", xlsx(("姓名", "类型", "电话", "社区", "加入日期"), joined))
    assert "1 行的日期早于社区计入的日期（幸福里社区 2022-01-01）" in report.notes[0]
