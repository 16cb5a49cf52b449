"""What a list says otherwise than the ledger, and no list changes, is told and not left out in silence."""

from typing import NamedTuple

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.meetings import Meetings, Particulars
from hepartner.ledger.resolutions import Resolutions
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HERE = "幸福里社区"
MEETING = ("2025-03-10", HERE, "一季度联席会议")


class Said(NamedTuple):
    """A row of a kind of list; in the column at `place` another list says `text`, of which `told` is told."""

    kind: str
    header: tuple[str, ...]
    row: tuple[str, ...]
    place: int
    text: str
    told: str

    @property
    def first(self) -> bytes:
        """The list as it came first."""
        return xlsx(self.header, self.row)

    @property
    def other(self) -> bytes:
        """The list that says it otherwise."""
        return xlsx(self.header, (*self.row[: self.place], self.text, *self.row[self.place + 1 :]))


OTHERWISE = {
    "the day on which a resolution was done": Said(
        "resolutions", ("会议日期", "社区", "会议名称", "决议", "办结日期"), (*MEETING, "修路灯", "2025-04-02"),
        4, "2025-05-02", "台账里是 2025-04-02 办结，与名单不同",
    ),
    "the day on which a need was met": Said(
        "needs", ("提出日期", "社区", "需求", "满足日期"), ("2025-03-05", HERE, "老人补牙", "2025-04-02"),
        3, "2025-05-02", "台账里是 2025-04-02 满足，与名单不同",
    ),
    "the day on which an open need was raised": Said(
        "needs", ("提出日期", "社区", "需求"), ("2025-03-05", HERE, "老人补牙"),
        0, "2025-03-09", "台账里是 2025-03-05 提出，与名单不同",
    ),
    "the day of a pairing": Said(
        "pairings", ("社区", "结对单位", "结对日期"), (HERE, "柏乐口腔", "2025-03-05"),
        2, "2025-03-09", "台账里是 2025-03-05 结对，与名单不同",
    ),
    "the day from which an offer holds": Said(
        "offers", ("社区", "商家", "服务名称", "推出日期"), (HERE, "柏乐口腔", "洗牙", "2025-03-05"),
        3, "2025-03-09", "台账里是 2025-03-05 推出，与名单不同",
    ),
    "the day on which a project landed": Said(
        "projects", ("社区", "项目名称", "落地日期"), (HERE, "爱牙项目", "2025-03-05"),
        2, "2025-03-09", "台账里是 2025-03-05 落地，与名单不同",
    ),
    "what a cooperation is about": Said(
        "cooperations", ("日期", "社区", "商企", "合作内容"), ("2025-03-20", HERE, "柏乐口腔", "每月上门"),
        3, "每周上门", "台账里这项合作的内容是“每月上门”，与名单不同",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def there(ledger: Ledger) -> None:
    """A business and a meeting."""
    enrol(ledger, "柏乐口腔", kind="business")
    ledger.book(Meetings).hold(Particulars(ledger.areas.find("XF").id, MEETING[0], MEETING[2]))


@pytest.mark.parametrize("said", OTHERWISE.values(), ids=OTHERWISE)
def test_a_list_that_contradicts_the_ledger_is_told_so(
    ledger: Ledger, imported: Imported, said: Said
) -> None:
    assert imported("名单.xlsx", said.first, kind=said.kind).added == 1
    before = ledger.anchor
    report = imported("更正.xlsx", said.other, kind=said.kind)
    (problem,) = report.problems
    assert (problem.row, problem.reason) == (2, said.told)
    assert said.header[said.place] in problem.column
    assert "请先撤销那一笔" in problem.remedy
    assert (report.rejected, report.voucher, ledger.anchor) == (1, None, before)
    assert imported("名单.xlsx", said.first, kind=said.kind).unchanged == 1


@pytest.mark.parametrize("said", OTHERWISE.values(), ids=OTHERWISE)
def test_after_an_undo_the_other_list_is_taken(ledger: Ledger, imported: Imported, said: Said) -> None:
    first = imported("名单.xlsx", said.first, kind=said.kind)
    assert first.voucher
    ledger.history.undo(first.voucher)
    assert imported("更正.xlsx", said.other, kind=said.kind).added == 1


def test_a_resolution_that_was_dropped_is_not_done_by_a_list(ledger: Ledger, imported: Imported) -> None:
    header, row = ("会议日期", "社区", "会议名称", "决议", "办结日期"), (*MEETING, "修路灯", "")
    assert imported("决议.xlsx", xlsx(header, row), kind="resolutions").added == 1
    resolutions = ledger.book(Resolutions)
    resolutions.step(resolutions.find("修路灯"), "dropped")
    report = imported("决议.xlsx", xlsx(header, (*MEETING, "修路灯", "2025-04-02")), kind="resolutions")
    assert "已撤下" in report.problems[0].reason
