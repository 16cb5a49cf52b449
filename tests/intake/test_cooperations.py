"""Lists of cooperations into the ledger."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.meetings import Meetings, Particulars
from hepartner.ledger.months import Span
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Offered
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

HEADER = ("日期", "社区", "商企", "合作方", "会议", "惠民服务", "需求", "合作内容")
TEETH = ("2025-03-10", "幸福里社区", "柏乐口腔", "养老服务中心", "对接会", "洗牙", "老人补牙", "每月上门")
ALONE = ("2025-03-20", "幸福里社区", "柏乐口腔", "", "", "", "", "")


@pytest.fixture(autouse=True)
def met(ledger: Ledger) -> None:
    """A matchmaking meeting of March, two businesses, an offer of one and a need."""
    community = ledger.areas.find("XF").id
    dentist = enrol(ledger, "柏乐口腔", kind="business")
    enrol(ledger, "养老服务中心", kind="business")
    baker = enrol(ledger, "面包房", kind="business")
    enrol(ledger, "义工队", kind="group")
    ledger.book(Meetings).hold(Particulars(community, "2025-03-10", "对接会", "matchmaking"))
    for one, title in ((baker, "面包"), (dentist, "洗牙")):
        ledger.book(Offers).open(Offered(community, one.id, title, "2025-03-01"))
    ledger.book(Needs).collect(Wanted(community, "medical", "老人补牙", 9, "2025-03-05"))


def closed(ledger: Ledger) -> int:
    return sum(ledger.counts.additive("cooperations.closed", Span.month("2025-03")).values())


def test_a_list_adds_cooperations_and_the_same_again_adds_none(ledger: Ledger, imported: Imported) -> None:
    content = xlsx(HEADER, TEETH, ALONE, TEETH)
    report = imported("合作.xlsx", content, kind="cooperations")
    assert (report.added, report.unchanged) == (2, 1)
    alone, teeth = ledger.book(Cooperations).listing()
    assert (teeth.with_name, teeth.meeting_code, teeth.offer, teeth.need, teeth.note) == (
        "养老服务中心", "XF-M0001", "洗牙", "老人补牙", "每月上门",
    )  # fmt: skip
    assert (alone.with_name, alone.meeting, alone.note) == (None, None, "")
    again = imported("合作.xlsx", content, kind="cooperations")
    assert (again.unchanged, again.voucher, closed(ledger)) == (3, None, 2)
    assert report.voucher
    ledger.history.undo(report.voucher)
    assert closed(ledger) == 0
    assert imported("合作.xlsx", content, kind="cooperations").added == 2


def test_a_list_knows_what_was_typed_from_either_side_and_who_was_merged(
    ledger: Ledger, imported: Imported
) -> None:
    dentist, other = ledger.partners.find("柏乐口腔"), ledger.partners.find("养老服务中心")
    meeting = ledger.book(Meetings).find("对接会")
    ledger.book(Cooperations).close(other, ledger.areas.find("XF"), with_=dentist, meeting=meeting)
    ledger.membership.merge(dentist, enrol(ledger, "柏乐牙科", kind="business"))
    later = ("2025-03-12", *TEETH[1:])
    assert imported("合作.xlsx", xlsx(HEADER, later), kind="cooperations").unchanged == 1


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("2025-03-10", "天边社区", *TEETH[2:]), "社区", "台账里没有这个社区"),
        ((*ALONE[:2], "没有的店", *ALONE[3:]), "商企", "没有"),
        ((*ALONE[:2], "义工队", *ALONE[3:]), "商企", "不是商企合伙人"),
        ((*ALONE[:3], "柏乐口腔", *ALONE[4:]), "合作方", "不能与自己合作"),
        ((*ALONE[:3], "没有的店", *ALONE[4:]), "合作方", "没有"),
        ((*TEETH[:4], "没开过的会", *TEETH[5:]), "会议", "没有登记这次会议"),
        ((*TEETH[:5], "没有的服务", *TEETH[6:]), "惠民服务", "没有登记这项惠民服务"),
        ((*TEETH[:5], "面包", *TEETH[6:]), "惠民服务", "是面包房的，不是合作双方推出的"),
        ((*TEETH[:6], "没有的需求", ""), "需求", "没有登记这项需求"),
        (("2025-03-09", *TEETH[1:]), "日期", "早于会议“对接会”"),
        (("2025-03-02", *ALONE[1:6], "老人补牙", ""), "日期", "早于提出需求“老人补牙”"),
        (("2023-03-20", *ALONE[1:]), "日期", "2024-01-01 才加入"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, row: tuple[str, ...], column: str, reason: str
) -> None:
    (problem,) = imported("合作.xlsx", xlsx(HEADER, row), kind="cooperations").problems
    assert column in problem.column
    assert reason in problem.reason
    assert problem.remedy
