"""Lists of pairings into the ledger."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.pairings import Pairings
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("社区", "结对单位", "六联", "结对日期", "备注")
DENTIST = ("幸福里社区", "柏乐口腔", "组织联建、服务联做", "2025-03-05", "")


@pytest.fixture(autouse=True)
def partners(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔", kind="business")
    enrol(ledger, "王芳")


def test_a_list_adds_pairings_and_the_same_again_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    report = imported("结对.xlsx", xlsx(HEADER, DENTIST, DENTIST), kind="pairings")
    assert (report.added, report.unchanged) == (1, 1)
    (paired,) = ledger.book(Pairings).listing()
    assert (paired.links, paired.since) == (("party", "services"), "2025-03-05")
    again = imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings")
    assert (again.added, again.changed, again.unchanged, again.voucher) == (0, 0, 1, None)


def test_a_list_changes_links_and_a_blank_cell_erases_none(ledger: Ledger, imported: Imported) -> None:
    imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings")
    more = ("幸福里社区", "柏乐口腔", "全部", "2025-03-05", "牵头")
    report = imported("结对.xlsx", xlsx(HEADER, more), kind="pairings")
    assert (report.changed, report.changes) == (1, ("柏乐口腔与幸福里社区的结对：六联或备注有改动",))
    report = imported(
        "结对.xlsx", xlsx(HEADER, ("幸福里社区", "柏乐口腔", "", "2025-03-05", "")), kind="pairings"
    )
    assert report.unchanged == 1
    (paired,) = ledger.book(Pairings).listing()
    assert (len(paired.links), paired.remark) == (6, "牵头")


def test_a_list_that_says_other_links_of_a_pairing_that_is_over_is_told_so(
    ledger: Ledger, imported: Imported
) -> None:
    imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings")
    ledger.book(Pairings).end(ledger.book(Pairings).listing()[0], day=date(2025, 5, 6))
    report = imported("结对.xlsx", xlsx(HEADER, (*DENTIST[:2], "全部", *DENTIST[3:])), kind="pairings")
    assert [(one.column, one.reason) for one in report.problems] == [
        ("C 列“六联”", "柏乐口腔与幸福里社区的结对 2025-05-06 已解除，不再按名单修改")
    ]


def test_an_old_list_does_not_pair_anew_what_ended_since(ledger: Ledger, imported: Imported) -> None:
    imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings")
    (paired,) = ledger.book(Pairings).listing()
    ledger.book(Pairings).end(paired, day=date(2025, 5, 6))
    ledger.membership.leave(ledger.partners.find("柏乐口腔"), day=date(2025, 6, 1))
    again = imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings")
    assert (again.added, again.unchanged, again.problems) == (0, 1, ())
    anew = ("幸福里社区", "柏乐口腔", "", "2025-05-20", "")
    gone = ("幸福里社区", "柏乐口腔", "", "2025-07-20", "")
    (problem,) = imported("新结对.xlsx", xlsx(HEADER, gone), kind="pairings").problems
    assert problem.reason == "那天不在册：柏乐口腔（XF-P0001）2025-06-01 已退出"
    assert imported("新结对.xlsx", xlsx(HEADER, anew), kind="pairings").added == 1
    # Once paired anew, the row of the first pairing is still an old one.
    assert imported("结对.xlsx", xlsx(HEADER, DENTIST), kind="pairings").changed == 0


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("幸福里社区", "王芳", "", "2025-03-05", ""), "结对单位", "王芳（XF-P0002）是个体合伙人，不能结对"),
        (("幸福里社区", "没有的店", "", "2025-03-05", ""), "结对单位", "没有"),
        (("天边社区", "柏乐口腔", "", "2025-03-05", ""), "社区", "台账里没有这个社区"),
        (("幸福里社区", "柏乐口腔", "联谊", "2025-03-05", ""), "六联", "六联里的“联谊”看不懂"),
        (("幸福里社区", "柏乐口腔", "", "2023-03-05", ""), "结对日期", "2024-01-01 才加入"),
        (("幸福里社区", "柏乐口腔", "", "2026-03-05", ""), "结对日期", "还没有到"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, row: tuple[str, ...], column: str, reason: str
) -> None:
    report = imported("结对.xlsx", xlsx(HEADER, row), kind="pairings")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)
