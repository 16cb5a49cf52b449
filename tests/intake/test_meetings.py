"""Lists of meetings into the ledger."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.meetings import Meetings
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "会议名称", "类型", "地点", "参会人数", "参会单位", "议题", "备注")
MARCH = (
    "2025-03-10",
    "幸福里社区",
    "一季度联席会议",
    "联席会",
    "会议室",
    "35人",
    "柏乐口腔、书店",
    "路灯；停车位",
    "",
)


@pytest.fixture(autouse=True)
def partners(ledger: Ledger) -> None:
    for name in ("柏乐口腔", "书店", "米店"):
        enrol(ledger, name, kind="business")


def test_a_list_adds_meetings_and_the_same_again_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    report = imported("会议.xlsx", xlsx(HEADER, MARCH, MARCH), kind="meetings")
    assert (report.added, report.unchanged) == (1, 1)
    meetings = ledger.book(Meetings)
    (held,) = meetings.listing()
    assert (held.kind, held.attendance, held.partners, held.matters) == ("joint", 35, 2, 2)
    assert [matter.text for matter in meetings.matters(held)] == ["路灯", "停车位"]
    again = imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings")
    assert (again.unchanged, again.voucher) == (1, None)


def test_an_old_list_knows_a_meeting_that_was_renamed(ledger: Ledger, imported: Imported) -> None:
    imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings")
    meetings = ledger.book(Meetings)
    meetings.edit(meetings.find("XF-M0001"), title="第一次联席会议")
    assert imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings").unchanged == 1
    assert meetings.find("XF-M0001").title == "第一次联席会议"


def test_an_old_list_knows_partners_that_were_merged(ledger: Ledger, imported: Imported) -> None:
    imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings")
    ledger.membership.merge(ledger.partners.find("书店"), ledger.partners.find("米店"))
    assert imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings").unchanged == 1


def test_a_list_adds_what_is_new_and_a_blank_cell_erases_nothing(ledger: Ledger, imported: Imported) -> None:
    imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings")
    more = ("2025-03-10", "幸福里社区", "一季度联席会议", "", "", "40", "米店", "停车位；门禁", "")
    report = imported("会议.xlsx", xlsx(HEADER, more, more), kind="meetings")
    assert (report.changed, report.unchanged) == (1, 1)
    assert report.changes == ("XF-M0001 一季度联席会议：内容、参会单位或议题有增改",)
    (held,) = ledger.book(Meetings).listing()
    assert (held.place, held.attendance, held.partners, held.matters) == ("会议室", 40, 3, 3)


@pytest.mark.parametrize(
    ("place", "value", "column", "reason"),
    [
        (0, "2026-03-05", "日期", "还没有到"),
        (0, "2023-03-05", "参会单位", "2024-01-01 才加入"),
        (1, "天边社区", "社区", "台账里没有这个社区"),
        (2, "\u200b", "会议名称", "没有看得见的字"),
        (3, "茶话会", "类型", "会议类型看不懂"),
        (5, "很多", "参会人数", "很多"),
        (6, "没有的店", "参会单位", "幸福里社区没有这位合伙人"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, place: int, value: str, column: str, reason: str
) -> None:
    row = (*MARCH[:place], value, *MARCH[place + 1 :])
    report = imported("会议.xlsx", xlsx(HEADER, row), kind="meetings")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)


def test_what_was_undone_may_come_again(ledger: Ledger, imported: Imported) -> None:
    first = imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings")
    assert first.voucher
    ledger.history.undo(first.voucher)
    meetings = ledger.book(Meetings)
    assert meetings.listing() == []
    assert imported("会议.xlsx", xlsx(HEADER, MARCH), kind="meetings").added == 1
    (held,) = meetings.listing()
    assert (held.code, held.partners, held.matters) == ("XF-M0002", 2, 2)
