"""Lists of resolutions into the ledger."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.meetings import Meetings, Particulars
from hepartner.ledger.months import Span
from hepartner.ledger.resolutions import Resolutions
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("会议日期", "社区", "会议名称", "决议", "负责人", "合伙人", "期限", "办结日期")
MEETING = ("2025-03-10", "幸福里社区", "一季度联席会议")
LAMPS = (*MEETING, "修路灯", "王经理", "", "2025-12-31", "")
GATES = (*MEETING, "改门禁", "", "柏乐口腔", "", "2025-04-02")


@pytest.fixture(autouse=True)
def held(ledger: Ledger) -> None:
    """Two meetings of one title, in March and in May."""
    enrol(ledger, "柏乐口腔", kind="business")
    community = ledger.areas.find("XF").id
    for day in ("2025-03-10", "2025-05-10"):
        ledger.book(Meetings).hold(Particulars(community, day, MEETING[2]))


def counted(ledger: Ledger, month: str) -> int:
    return sum(ledger.counts.additive("meetings.resolutions_done", Span.month(month)).values())


def test_a_list_adds_resolutions_and_the_same_again_changes_nothing(
    ledger: Ledger, imported: Imported
) -> None:
    content = xlsx(HEADER, LAMPS, GATES, LAMPS)
    assert imported("决议.xlsx", content, kind="resolutions", repeats="accept").added == 3
    open_, again, gates = ledger.book(Resolutions).listing()
    assert (open_.title, open_.meeting_code, open_.owner, open_.due_on, open_.status) == (
        "修路灯", "XF-M0001", "王经理", "2025-12-31", "open",
    )  # fmt: skip
    assert (again.title, gates.partner, gates.status, gates.ended_on) == (
        "修路灯", "柏乐口腔", "done", "2025-04-02",
    )  # fmt: skip
    assert counted(ledger, "2025-04") == 1
    report = imported("决议.xlsx", content, kind="resolutions")
    assert (report.unchanged, report.voucher) == (3, None)


def test_a_later_list_says_what_was_done_and_who_does_it_now(ledger: Ledger, imported: Imported) -> None:
    imported("决议.xlsx", xlsx(HEADER, LAMPS, LAMPS), kind="resolutions", repeats="accept")
    done = (*MEETING, "修路灯", "赵经理", "柏乐口腔", "", "2025-06-01")
    report = imported("决议.xlsx", xlsx(HEADER, done, LAMPS), kind="resolutions")
    assert (report.changed, report.unchanged) == (1, 1)
    assert report.changes == ("决议“修路灯”（XF-J0001）：负责人、合伙人或期限有改动，2025-06-01 办结",)
    first, second = sorted(ledger.book(Resolutions).listing(), key=lambda one: one.id)
    assert (first.status, first.owner, first.partner, first.due_on) == (
        "done", "赵经理", "柏乐口腔", "2025-12-31",
    )  # fmt: skip
    assert second.status == "open"
    assert report.voucher
    ledger.history.undo(report.voucher)
    assert (first.id, counted(ledger, "2025-06")) == (1, 0)
    assert ledger.book(Resolutions).find("XF-J0001").owner == "王经理"


def test_an_old_list_knows_what_was_amended_reopened_or_merged_since(
    ledger: Ledger, imported: Imported
) -> None:
    content = xlsx(HEADER, LAMPS, GATES)
    imported("决议.xlsx", content, kind="resolutions")
    book = ledger.book(Resolutions)
    book.edit(book.find("修路灯"), title="换路灯", owner="赵经理", due_on="2026-01-31")
    book.step(book.find("改门禁"), "reopened", day=date(2025, 7, 1))
    ledger.membership.merge(ledger.partners.find("柏乐口腔"), enrol(ledger, "柏乐牙科", kind="business"))
    before = ledger.anchor
    assert imported("决议.xlsx", content, kind="resolutions").unchanged == 2
    assert ledger.anchor == before
    finished = (*GATES[:-1], "2025-07-05")
    assert imported("决议.xlsx", xlsx(HEADER, finished), kind="resolutions").changed == 1
    assert book.find("改门禁").ended_on == "2025-07-05"


def test_what_was_undone_may_come_again(ledger: Ledger, imported: Imported) -> None:
    first = imported("决议.xlsx", xlsx(HEADER, LAMPS), kind="resolutions")
    assert first.voucher
    ledger.history.undo(first.voucher)
    assert imported("决议.xlsx", xlsx(HEADER, LAMPS), kind="resolutions").added == 1


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("2025-03-10", "天边社区", *LAMPS[2:]), "社区", "台账里没有这个社区"),
        (("2025-03-10", "幸福里社区", "没开过的会", *LAMPS[3:]), "会议名称", "没有登记这次会议"),
        (("2025-03-11", *LAMPS[1:]), "会议日期", "是 2025-03-10 开的"),
        ((*LAMPS[:5], "没有的店", "", ""), "合伙人", "没有"),
        ((*LAMPS[:6], "2025-03-09", ""), "期限", "早于会议日期 2025-03-10"),
        ((*LAMPS[:7], "2025-03-09"), "办结日期", "早于会议日期 2025-03-10"),
        ((*LAMPS[:7], "2026-03-09"), "办结日期", "还没有到"),
        ((*MEETING, "", "", "", "", ""), "决议", "空"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, row: tuple[str, ...], column: str, reason: str
) -> None:
    (problem,) = imported("决议.xlsx", xlsx(HEADER, row), kind="resolutions").problems
    assert column in problem.column
    assert reason in problem.reason
    assert problem.remedy
