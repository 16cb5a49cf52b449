"""Exchange lists 兑换登记表 into the ledger: every row is a slip that the till has looked at."""

from datetime import date

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.items import Item
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol, hire

from .builders import text, xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "姓名", "电话", "兑换商品")
SPRING = date(2025, 3, 1)
DAY = "2025-03-12"


@pytest.fixture(autouse=True)
def goods(ledger: Ledger) -> dict[str, Item]:
    """王芳 with 200 points, 李四 with 100; 大米 50 (3 bags), 雨伞 25 (10, once a quarter) in 幸福里社区."""
    for name, phone, points in (("王芳", "13800138000", 200), ("李四", "13900139000", 100)):
        ledger.points.award(enrol(ledger, name, phone=phone), points, day=SPRING)
    return {
        "大米": stocked(ledger, "大米", 50, 3),
        "雨伞": stocked(ledger, "雨伞", 25, 10, quota_times=1, quota_period="quarter"),
    }


def stocked(ledger: Ledger, name: str, price: int, quantity: int, **quota: object) -> Item:
    said = Goods(ledger.areas.find("XF").id, name, **quota)
    item = ledger.shop.add(said, price, day=SPRING).item
    return ledger.shop.stock_in([(item, quantity)], day=SPRING).items[0]


def row(name: str, goods: str, day: str = DAY, phone: str = "") -> tuple[str, ...]:
    return (day, "幸福里社区", name, phone, goods)


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.read == report.added + report.changed + report.unchanged + report.rejected
    return report.added, report.changed, report.unchanged, report.rejected


def balances(ledger: Ledger) -> tuple[int, int]:
    first, second = (ledger.points.balance(ledger.partners.find(name)) for name in ("王芳", "李四"))
    return first, second


def test_a_list_hands_out_its_goods_in_one_voucher_and_again_nothing(
    ledger: Ledger, imported: Imported, goods: dict[str, Item]
) -> None:
    content = xlsx(HEADER, row("王芳", "大米x2、雨伞"), row("李四", "米"), row("王芳", "伞*1", "2025-04-12"))
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (3, 0, 0, 0)
    assert balances(ledger) == (50, 50)
    assert [ledger.shop.get(item.id).stock for item in goods.values()] == [0, 8]
    assert [
        (slip.code, slip.happened_on, slip.before, slip.after)
        for slip in ledger.shop.slips(ledger.partners.find("王芳"))
    ] == [("D3", "2025-04-12", 75, 50), ("D1", DAY, 200, 75)]
    assert counts(imported("兑换.csv", text(HEADER, *[row("王芳", "大米x2、雨伞")]), kind="redemptions")) == (
        0, 0, 1, 0,
    )  # fmt: skip
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (0, 0, 3, 0)
    assert ledger.custody.verify().findings == ()


def test_each_row_sees_what_the_rows_before_it_left(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(
        HEADER,
        row("王芳", "大米x2"),
        row("李四", "大米x2"),
        row("李四", "雨伞x5"),
        row("李四", "雨伞"),
        row("李四", "雨伞"),
        row("王芳", "大米 雨伞x2"),
    )
    report = imported("兑换.xlsx", content, kind="redemptions")
    assert [(one.row, one.column, one.reason.split("：")[1]) for one in report.problems] == [
        (3, "E 列“兑换商品”", "幸福里社区的大米（XF-S0001）库存不足"),
        (4, "E 列“兑换商品”", "李四（XF-P0002）积分不够"),
        (
            6,
            "E 列“兑换商品”",
            "李四（XF-P0002）2025年第1季度已兑换雨伞 1 次，限 1 次，这次不能再兑换；2025-04-01 起可以再兑换",
        ),
    ]
    assert report.voucher is None
    assert balances(ledger) == (200, 100)
    report = imported("兑换.xlsx", content, kind="redemptions", skip_bad=True)
    assert counts(report) == (3, 0, 0, 3)
    assert balances(ledger) == (0, 75)


def test_a_row_that_equals_a_slip_on_record_needs_no_points(imported: Imported) -> None:
    all_of_it = row("李四", "大米x2")
    imported("兑换.xlsx", xlsx(HEADER, all_of_it), kind="redemptions")
    report = imported("兑换.xlsx", xlsx(HEADER, all_of_it, row("李四", "雨伞")), kind="redemptions")
    assert (counts(report), [one.row for one in report.problems]) == ((0, 0, 1, 1), [3])


def test_a_slip_that_was_cancelled_is_not_handed_out_again(
    ledger: Ledger, imported: Imported, goods: dict[str, Item]
) -> None:
    content = xlsx(HEADER, row("王芳", "大米"), row("李四", "大米"))
    imported("兑换.xlsx", content, kind="redemptions")
    ledger.shop.cancel("D1")
    report = imported("兑换.xlsx", content, kind="redemptions")
    assert counts(report) == (0, 0, 2, 0)
    assert balances(ledger) == (200, 50)
    assert ledger.shop.get(goods["大米"].id).stock == 2


def test_somebody_merged_since_is_not_handed_the_same_goods_again(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(HEADER, row("李四", "大米", phone="13900139000"))
    imported("兑换.xlsx", content, kind="redemptions")
    ledger.membership.merge(ledger.partners.find("李四"), ledger.partners.find("王芳"))
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (0, 0, 1, 0)
    (slip,) = ledger.shop.slips(ledger.partners.find("王芳"))
    assert slip.partner.name == "李四"


def test_points_of_one_who_moved_are_fetched_for_each_slip_of_before(
    ledger: Ledger, imported: Imported
) -> None:
    ledger.membership.move(ledger.partners.find("王芳"), ledger.areas.find("HP"), day=date(2025, 5, 1))
    content = xlsx(
        HEADER,
        row("王芳", "大米", phone="13800138000"),
        row("王芳", "大米", phone="13800138000"),
        row("王芳", "大米", "2025-05-12", phone="13800138000"),
    )
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (3, 0, 0, 0)
    assert balances(ledger)[0] == 50
    places = [
        ledger.database.rows("SELECT community_id, sum(points) FROM entry GROUP BY community_id ORDER BY 1")
    ]
    here, there = ledger.areas.find("XF").id, ledger.areas.find("HP").id
    assert places == [[(here, 100), (there, 50)]]
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize(
    ("wrong", "column", "reason"),
    [
        (row("王芳", "自行车"), "兑换商品", "幸福里社区的超市没有这种商品"),
        (row("王芳", "大米x0"), "兑换商品", "数量"),
        (row("王芳", "、"), "兑换商品", "没有写商品"),
        (row("赵六", "大米"), "姓名", "没有这位合伙人"),
        (row("王芳", "大米", "2025-02-12"), "兑换商品", "还没有积分价"),
        (row("王芳", "大米", "2023-02-12"), "兑换商品", "王芳"),
        ((DAY, "桃花源", "王芳", "", "大米"), "社区", "没有这个社区"),
    ],
)
def test_what_a_row_gets_wrong_is_said_with_its_place(
    imported: Imported, wrong: tuple[str, ...], column: str, reason: str
) -> None:
    report = imported("兑换.xlsx", xlsx(HEADER, wrong), kind="redemptions")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert problem.remedy


def test_goods_that_several_words_fit_are_asked_for_by_name(ledger: Ledger, imported: Imported) -> None:
    stocked(ledger, "糯米", 30, 3)
    report = imported("兑换.xlsx", xlsx(HEADER, row("王芳", "米")), kind="redemptions")
    assert "有 2 种商品都像：XF-S0001 大米" in report.problems[0].reason


def test_undoing_a_list_takes_back_all_of_it(
    ledger: Ledger, imported: Imported, goods: dict[str, Item]
) -> None:
    content = xlsx(HEADER, row("王芳", "大米"), row("李四", "大米"))
    voucher = imported("兑换.xlsx", content, kind="redemptions").voucher
    assert voucher
    ledger.history.undo(voucher)
    assert (balances(ledger), ledger.shop.get(goods["大米"].id).stock) == ((200, 100), 3)
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (2, 0, 0, 0)
    assert ledger.custody.verify().findings == ()


def test_a_quantity_in_a_column_of_its_own_is_that_of_the_goods(
    ledger: Ledger, imported: Imported, goods: dict[str, Item]
) -> None:
    header = (*HEADER, "数量")
    content = xlsx(
        header,
        (*row("王芳", "大米"), "3"),
        (*row("李四", "雨伞x2"), "2"),
        (*row("李四", "雨伞x1", "2025-04-12"), ""),
    )
    assert counts(imported("兑换.xlsx", content, kind="redemptions")) == (3, 0, 0, 0)
    assert [ledger.shop.get(item.id).stock for item in goods.values()] == [0, 7]
    assert balances(ledger) == (50, 25)


def test_a_quantity_that_fits_not_the_goods_beside_it_is_a_bad_row(
    ledger: Ledger, imported: Imported
) -> None:
    content = xlsx((*HEADER, "数量"), (*row("王芳", "大米、雨伞"), "2"), (*row("李四", "雨伞x2"), "3"))
    report = imported("兑换.xlsx", content, kind="redemptions")
    assert counts(report) == (0, 0, 0, 2)
    assert {problem.reason for problem in report.problems} == {"数量一列与“兑换商品”里写的对不上"}
    assert balances(ledger) == (200, 100)


def test_points_in_a_column_of_their_own_must_be_what_the_goods_cost(
    ledger: Ledger, imported: Imported
) -> None:
    header = (*HEADER, "数量", "积分")
    good = [(*row("王芳", "大米"), "2", "100分"), (*row("李四", "雨伞"), "", "")]
    wrong = [(*row("王芳", "大米、雨伞"), "", "50"), (*row("李四", "大米"), "", "0")]
    report = imported("兑换.xlsx", xlsx(header, *good, *wrong), kind="redemptions", skip_bad=True)
    assert counts(report) == (2, 0, 0, 2)
    assert [(one.row, one.column) for one in report.problems] == [(4, "G 列“积分”"), (5, "G 列“积分”")]
    assert (
        report.problems[0].reason
        == "与那天的积分价对不上：写的是 50 分，按那天的积分价应是 75 分（大米 50×1、雨伞 25×1）"
    )
    assert report.problems[0].remedy == "请核对商品、数量和积分"
    assert balances(ledger) == (100, 75)
    assert counts(imported("兑换.xlsx", xlsx(header, *good), kind="redemptions")) == (0, 0, 2, 0)


def test_a_slip_above_the_limit_is_a_bad_row_until_another_operator_confirms_the_list(
    ledger: Ledger, imported: Imported
) -> None:
    ledger.settings.set("redeem.second_above", "100")
    hire(ledger, "王强", pin="2468")
    content = xlsx(HEADER, row("王芳", "大米x2、雨伞"), row("李四", "米"))
    report = imported("兑换.xlsx", content, kind="redemptions")
    assert [problem.row for problem in report.problems] == [2]
    assert (
        report.problems[0].reason
        == "要另一位操作人复核：这张兑换单是 125 分，超过 100 分的要另一位操作人复核，没有兑换"
    )
    assert "--second" in report.problems[0].remedy
    second = ledger.operators.attest("王强", "2468")
    assert counts(imported("兑换.xlsx", content, kind="redemptions", second_id=second)) == (2, 0, 0, 0)
    assert ledger.shop.slip("D1").second == "王强"
