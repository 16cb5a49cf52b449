"""Lists of offers into the ledger."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.offers import Offers
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("社区", "商家", "服务名称", "行业", "优惠方式", "原价", "现价", "推出日期", "服务时间")
CLEANING = ("幸福里社区", "柏乐口腔", "洗牙", "医疗", "优惠", "120元", "60", "2025-03-05", "")


@pytest.fixture(autouse=True)
def partners(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔", kind="business")
    enrol(ledger, "王芳")


def test_a_list_adds_offers_and_the_same_again_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    report = imported("惠民.xlsx", xlsx(HEADER, CLEANING, CLEANING), kind="offers")
    assert (report.added, report.unchanged) == (1, 1)
    (offer,) = ledger.book(Offers).listing()
    assert (offer.trade, offer.terms, offer.price_before, offer.price_after) == (
        "medical", "discount", 12000, 6000,
    )  # fmt: skip
    again = imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers")
    assert (again.unchanged, again.voucher) == (1, None)
    ledger.book(Offers).close(offer)
    assert imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers").unchanged == 1


def test_an_old_list_knows_an_offer_that_was_renamed_and_its_business_that_was_merged(
    ledger: Ledger, imported: Imported
) -> None:
    imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers")
    offers = ledger.book(Offers)
    offers.edit(offers.find("洗牙"), title="全口洗牙")
    assert imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers").unchanged == 1
    ledger.membership.merge(ledger.partners.find("柏乐口腔"), enrol(ledger, "大医院", kind="business"))
    assert imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers").unchanged == 1
    offers.close(offers.find("全口洗牙"))
    assert imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers").unchanged == 1


def test_a_list_changes_what_it_says_and_a_blank_cell_erases_nothing(
    ledger: Ledger, imported: Imported
) -> None:
    imported("惠民.xlsx", xlsx(HEADER, CLEANING), kind="offers")
    later = ("幸福里社区", "柏乐口腔", "洗牙", "", "", "", "50", "2025-03-05", "周末")
    report = imported("惠民.xlsx", xlsx(HEADER, later), kind="offers")
    assert (report.changed, report.changes) == (1, ("柏乐口腔的“洗牙”（XF-F0001）：内容有改动",))
    (offer,) = ledger.book(Offers).listing()
    assert (offer.terms, offer.price_after, offer.opening_hours) == ("discount", 5000, "周末")


def test_a_list_that_says_something_else_of_an_offer_that_is_over_is_told_so(
    ledger: Ledger, imported: Imported
) -> None:
    double = (CLEANING[0], "百乐口腔", *CLEANING[2:7], "2025-04-01", "")
    enrol(ledger, "百乐口腔", kind="business")
    imported("惠民.xlsx", xlsx(HEADER, CLEANING, double), kind="offers")
    ledger.membership.merge(ledger.partners.find("百乐口腔"), ledger.partners.find("柏乐口腔"))
    cheaper = (*double[:6], "50", *double[7:])
    report = imported("惠民.xlsx", xlsx(HEADER, cheaper), kind="offers")
    assert (report.changed, report.unchanged) == (0, 0)
    assert [(one.column, one.reason) for one in report.problems] == [
        ("G 列“现价”", "柏乐口腔的“洗牙”（XF-F0002） 2025-11-20 已合并，不再按名单修改")
    ]
    assert imported("惠民.xlsx", xlsx(HEADER, double), kind="offers").unchanged == 1
    ledger.book(Offers).close(ledger.book(Offers).find("XF-F0001"))
    report = imported("惠民.xlsx", xlsx(HEADER, (*CLEANING[:6], "50", *CLEANING[7:])), kind="offers")
    assert [one.reason for one in report.problems] == [
        "柏乐口腔的“洗牙”（XF-F0001） 2025-11-20 已停止，不再按名单修改"
    ]


@pytest.mark.parametrize(
    ("place", "value", "column", "reason"),
    [
        (0, "天边社区", "社区", "台账里没有这个社区"),
        (1, "王芳", "商家", "王芳（XF-P0002）不是商企合伙人，不能登记惠民服务"),
        (1, "没有的店", "商家", "幸福里社区没有这位合伙人"),
        (2, "\u200b", "服务名称", "没有看得见的字"),
        (3, "网吧", "行业", "行业看不懂"),
        (5, "很贵", "原价", "很贵"),
        (6, "160", "现价", "现价比原价高"),
        (4, "免费", "现价", "免费的服务没有现价"),
        (7, "2023-03-05", "推出日期", "2024-01-01 才加入"),
        (7, "2026-03-05", "推出日期", "还没有到"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, place: int, value: str, column: str, reason: str
) -> None:
    row = (*CLEANING[:place], value, *CLEANING[place + 1 :])
    report = imported("惠民.xlsx", xlsx(HEADER, row), kind="offers")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)
