"""Lists of how often offers were used into the ledger."""

from datetime import date

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.offers import Offers, Particulars
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "商家", "服务名称", "使用人次")
CLEANING = ("2025-03-05", "幸福里社区", "柏乐口腔", "洗牙", "12人次")


@pytest.fixture(autouse=True)
def offers(ledger: Ledger) -> Offers:
    for name in ("柏乐口腔", "夏风口腔"):
        shop = enrol(ledger, name, kind="business")
        ledger.book(Offers).open(Particulars(shop.community_id, shop.id, "洗牙", "2025-01-05"))
    return ledger.book(Offers)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


def uses(offers: Offers) -> dict[str, int]:
    return {one.code: one.uses for one in offers.listing(closed=True)}


def test_a_list_adds_uses_and_the_same_again_adds_none(imported: Imported, offers: Offers) -> None:
    content = xlsx(HEADER, CLEANING, CLEANING, (*CLEANING[:2], "", "XF-F0002", "3"))
    assert counts(imported("使用.xlsx", content, kind="uses")) == (3, 0, 0, 0)
    assert uses(offers) == {"XF-F0001": 24, "XF-F0002": 3}
    again = imported("使用.xlsx", content, kind="uses")
    assert (counts(again), again.voucher) == ((0, 0, 3, 0), None)


def test_an_old_list_knows_offers_that_were_renamed_or_closed_and_businesses_that_were_merged(
    ledger: Ledger, imported: Imported, offers: Offers
) -> None:
    content = xlsx(HEADER, CLEANING, (*CLEANING[:2], "夏风口腔", "洗牙", "3"))
    imported("使用.xlsx", content, kind="uses")
    ledger.membership.merge(ledger.partners.find("夏风口腔"), ledger.partners.find("柏乐口腔"))
    offers.edit(offers.find("XF-F0001"), title="全口洗牙")
    offers.close(offers.find("XF-F0001"), day=date(2025, 6, 30))
    assert counts(imported("使用.xlsx", content, kind="uses")) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("place", "value", "column", "reason"),
    [
        (0, "2025-01-04", "日期", "2025-01-05 推出，2025-01-04 没有开放"),
        (1, "天边社区", "社区", "台账里没有这个社区"),
        (2, "没有的店", "商家", "没有这位合伙人"),
        (2, "", "服务名称", "有 2 项同名的服务：柏乐口腔（XF-F0001）、夏风口腔（XF-F0002）"),
        (3, "补牙", "服务名称", "柏乐口腔没有推出这项惠民服务"),
        (4, "0", "使用人次", "超出范围"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, place: int, value: str, column: str, reason: str
) -> None:
    row = (*CLEANING[:place], value, *CLEANING[place + 1 :])
    report = imported("使用.xlsx", xlsx(HEADER, row), kind="uses")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)
