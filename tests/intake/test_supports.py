"""Lists of support given to partners into the ledger."""

from datetime import date
from typing import Any

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.partners import Partner
from hepartner.ledger.supports import Supports
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "合伙人", "扶持", "场地", "开始", "结束", "时长", "备注")
BOOKED = ("2025-03-05", "幸福里社区", "柏乐口腔", "阵地", "活动室", "14:00", "16:30", "", "口腔课堂")
SHOWN = ("2025-03-06", "幸福里社区", "柏乐口腔", "品牌宣传", "", "", "", "", "公众号推送")
LENT = ("2025-03-07", "幸福里社区", "柏乐口腔", "场地", "活动室", "", "", "1.5", "")


@pytest.fixture(autouse=True)
def dentist(ledger: Ledger) -> Partner:
    ledger.book(Supports).venue("活动室", ledger.areas.find("XF"))
    return enrol(ledger, "柏乐口腔", kind="business")


def counts(report: Report) -> tuple[int, int, int]:
    return report.added, report.unchanged, report.rejected


def changed(row: tuple[Any, ...], place: int, value: str) -> tuple[Any, ...]:
    return (*row[:place], value, *row[place + 1 :])


def test_a_list_records_support_and_books_what_has_times(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(HEADER, BOOKED, SHOWN, SHOWN, LENT, BOOKED)
    assert counts(imported("扶持.xlsx", content, kind="supports")) == (4, 1, 0)
    supports = ledger.book(Supports)
    assert [(one.kind, one.venue, one.minutes, one.booking, one.note) for one in supports.listing()] == [
        ("venue", "活动室", 90, "", ""),
        ("publicity", "", 0, "", "公众号推送"),
        ("publicity", "", 0, "", "公众号推送"),
        ("venue", "活动室", 150, "XF-Y0001", "口腔课堂"),
    ]
    again = imported("扶持.xlsx", content, kind="supports")
    assert (counts(again), again.voucher) == ((0, 5, 0), None)


@pytest.mark.parametrize("became", ["renamed", "merged", "left", "venue"])
def test_an_old_list_stays_known(ledger: Ledger, imported: Imported, dentist: Partner, became: str) -> None:
    content = xlsx(HEADER, BOOKED, SHOWN, LENT)
    imported("扶持.xlsx", content, kind="supports")
    if became == "renamed":
        ledger.partners.edit(dentist, name="柏乐门诊")
    elif became == "merged":
        ledger.membership.merge(dentist, enrol(ledger, "柏乐门诊", kind="business"))
    elif became == "left":
        ledger.membership.leave(dentist, day=date(2025, 3, 8))
    else:
        ledger.book(Supports).venue("活动室", ledger.areas.find("XF"), rename="党群活动室")
    assert counts(imported("扶持.xlsx", content, kind="supports")) == (0, 3, 0)


def test_what_was_undone_may_come_again_and_what_was_cancelled_does_not(
    ledger: Ledger, imported: Imported
) -> None:
    content, supports = xlsx(HEADER, BOOKED), ledger.book(Supports)
    voucher = imported("扶持.xlsx", content, kind="supports").voucher
    assert voucher
    ledger.history.undo(voucher)
    assert counts(imported("扶持.xlsx", content, kind="supports")) == (1, 0, 0)
    supports.cancel(supports.venues.booking("XF-Y0002"))
    assert counts(imported("扶持.xlsx", content, kind="supports")) == (0, 1, 0)


def test_a_venue_that_is_taken_is_a_problem_and_a_booking_that_was_used_is_known(
    ledger: Ledger, imported: Imported, dentist: Partner
) -> None:
    supports = ledger.book(Supports)
    (room,) = supports.venues.listing()
    supports.book(room, dentist, date(2025, 3, 5), (840, 990))
    assert counts(imported("扶持.xlsx", xlsx(HEADER, BOOKED), kind="supports")) == (0, 1, 0)
    supports.book(room, dentist, date(2025, 3, 8), (840, 990), planned=True)
    planned, later = changed(BOOKED, 0, "2025-03-08"), changed(changed(BOOKED, 5, "16:00"), 6, "17:00")
    free = changed(changed(BOOKED, 5, "17:00"), 6, "18:00")
    beside = changed(changed(BOOKED, 5, "17:30"), 6, "18:30")
    report = imported("扶持.xlsx", xlsx(HEADER, planned, later, free, beside), kind="supports")
    assert [(problem.row, problem.reason) for problem in report.problems] == [
        (2, "与柏乐口腔的预订 XF-Y0002的时间重叠（14:00–16:30）"),
        (3, "与柏乐口腔的预订 XF-Y0001的时间重叠（14:00–16:30）"),
        (5, "与第 4 行的时间重叠（17:00–18:00）"),
    ]
    assert "hep support use" in report.problems[0].remedy


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (changed(BOOKED, 1, "天边社区"), "社区", "台账里没有这个社区"),
        (changed(BOOKED, 2, "没有的店"), "合伙人", "没有"),
        (changed(BOOKED, 3, "请客"), "扶持", "扶持看不懂"),
        (changed(BOOKED, 3, "宣传"), "扶持", "只有场地扶持才写场地、时间和时长"),
        (changed(BOOKED, 4, "礼堂"), "场地", "幸福里社区没有这个场地"),
        (changed(BOOKED, 4, ""), "场地", "没有写哪个场地"),
        (changed(BOOKED, 5, ""), "开始", "开始和结束只写了一样"),
        (changed(BOOKED, 6, ""), "结束", "开始和结束只写了一样"),
        (changed(BOOKED, 6, "13:00"), "结束", "结束不晚于开始"),
        (changed(BOOKED, 5, "25:00"), "开始", "25:00"),
        (changed(LENT, 7, "25"), "时长", "超出范围"),
        (changed(SHOWN, 0, "2023-03-05"), "合伙人", "2024-01-01 才加入"),
        (changed(SHOWN, 0, "2026-03-05"), "日期", "还没有到"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, row: tuple[Any, ...], column: str, reason: str
) -> None:
    report = imported("扶持.xlsx", xlsx(HEADER, row), kind="supports")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason + problem.value
    assert (problem.row, report.voucher) == (2, None)
