"""What a list said before and a hand changed since stays as the hand left it; what a list says anew is a change."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.dispatches import Dispatches
from hepartner.ledger.meetings import Meetings
from hepartner.ledger.needs import Needs
from hepartner.ledger.offers import Offers
from hepartner.ledger.pairings import Pairings
from hepartner.ledger.partners import Partner
from hepartner.ledger.projects import Projects
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

DAY, HERE = "2025-03-05", "幸福里社区"
Edit = Callable[[Ledger, str], object]


def meeting(ledger: Ledger, said: str) -> object:
    book = ledger.book(Meetings)
    return book.edit(book.find("一季度会议"), attendance=int(said))


def need(ledger: Ledger, said: str) -> object:
    return ledger.book(Needs).edit(ledger.book(Needs).find("补牙"), heads=int(said))


def pairing(ledger: Ledger, said: str) -> object:
    book = ledger.book(Pairings)
    links = {"组织联建": ["party"], "党员联管": ["members"], "服务联做": ["services"]}[said]
    return book.edit(book.listing()[0], links=links)


def offer(ledger: Ledger, said: str) -> object:
    return ledger.book(Offers).edit(ledger.book(Offers).find("洗牙"), price_after=int(said) * 100)


def project(ledger: Ledger, said: str) -> object:
    return ledger.book(Projects).edit(ledger.book(Projects).find("助老"), place=said)


# Kind, header, a row with one cell open, three words for that cell, and the hand that says it.
LISTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, str, str], Edit]] = {
    "meetings": (
        ("日期", "社区", "会议名称", "参会人数"),
        (DAY, HERE, "一季度会议", "{}"),
        ("35", "40", "38"),
        meeting,
    ),
    "needs": (("社区", "需求", "提出日期", "需求人数"), (HERE, "补牙", DAY, "{}"), ("9", "77", "12"), need),
    "pairings": (
        ("社区", "结对单位", "结对日期", "六联"),
        (HERE, "柏乐口腔", DAY, "{}"),
        ("组织联建", "党员联管", "服务联做"),
        pairing,
    ),
    "offers": (
        ("社区", "商家", "服务名称", "推出日期", "优惠方式", "现价"),
        (HERE, "柏乐口腔", "洗牙", DAY, "优惠", "{}"),
        ("60", "50", "55"),
        offer,
    ),
    "projects": (
        ("社区", "项目名称", "落地日期", "地点"),
        (HERE, "助老", DAY, "{}"),
        ("活动室", "广场", "食堂"),
        project,
    ),
}


@pytest.fixture(autouse=True)
def dentist(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔", kind="business")


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


@pytest.mark.parametrize("kind", LISTS)
def test_the_same_list_again_leaves_what_a_hand_changed_and_says_so(
    ledger: Ledger, imported: Imported, kind: str
) -> None:
    header, row, (first, hand, later), edit = LISTS[kind]

    def listed(word: str, **more: Any) -> Report:
        return imported("名单.xlsx", xlsx(header, [cell.format(word) for cell in row]), kind=kind, **more)

    assert counts(listed(first)) == (1, 0, 0, 0)
    written = edit(ledger, hand)
    again = listed(first)
    assert (counts(again), again.voucher, again.problems) == ((0, 0, 1, 0), None, ())
    (note,) = again.notes
    assert note.startswith("1 项名单上的内容后来手工改过，以手工改的为准，没有改回：")
    # What it never said is a change, and what another source says too.
    assert counts(listed(later, dry_run=True)) == (0, 1, 0, 0)
    assert counts(listed(first, source="驿马街道", dry_run=True)) == (0, 1, 0, 0)
    # A list said this, nobody by hand: the newer list stands until the older comes again.
    ledger.history.undo(written.voucher)  # type: ignore[attr-defined]
    assert counts(listed(later)) == (0, 1, 0, 0)
    assert counts(listed(first)) == (0, 1, 0, 0)


def test_a_roster_leaves_what_a_hand_changed_of_a_partner(ledger: Ledger, imported: Imported) -> None:
    header = ("姓名", "类型", "社区", "联系电话", "技能", "加入日期")
    row = ("王芳", "个体", HERE, "13800138000", "书法", DAY)
    imported("花名册.xlsx", xlsx(header, row))
    wang = ledger.partners.find("王芳")
    ledger.partners.edit(wang, phone="13900139000", skills="书法、合唱", joined_on="2025-02-01")
    again = imported("花名册.xlsx", xlsx(header, row))
    assert (counts(again), again.voucher) == ((0, 0, 1, 0), None)
    assert again.notes == ("1 项名单上的内容后来手工改过，以手工改的为准，没有改回：王芳（XF-P0002）",)
    more = imported("花名册.xlsx", xlsx(header, (*row[:4], "剪纸", DAY)))
    assert (counts(more), more.changes) == (
        (0, 1, 0, 0),
        ("第 2 行 王芳（XF-P0002）：技能 书法、合唱 → 剪纸",),
    )


def test_a_second_hand_still_keeps_what_the_list_said_at_first(ledger: Ledger, imported: Imported) -> None:
    header, row, (first, hand, later), edit = LISTS["offers"]
    content = xlsx(header, [cell.format(first) for cell in row])
    imported("名单.xlsx", content, kind="offers")
    edit(ledger, hand)
    edit(ledger, later)
    assert counts(imported("名单.xlsx", content, kind="offers")) == (0, 0, 1, 0)
    assert ledger.book(Offers).find("洗牙").price_after == int(later) * 100


def test_a_dispatch_whose_kind_a_hand_changed_is_known_by_its_list(
    ledger: Ledger, imported: Imported
) -> None:
    header = ("社区", "吹哨事项", "类别", "吹哨日期", "吹哨时间", "单位")
    rows = [(HERE, "清障", "台风", DAY, "8:30", name) for name in ("柏乐口腔", "义工队")]
    enrol(ledger, "义工队", kind="group")
    assert counts(imported("吹哨.xlsx", xlsx(header, *rows), kind="dispatches")) == (2, 0, 0, 0)
    book = ledger.book(Dispatches)
    book.edit(book.find("清障"), kind="flood")
    again = imported("吹哨.xlsx", xlsx(header, *rows), kind="dispatches")
    assert (counts(again), again.problems) == ((0, 0, 2, 0), ())
    assert again.notes == ("1 项名单上的内容后来手工改过，以手工改的为准，没有改回：吹哨“清障”（XF-C0001）",)
    other = [(*row[:2], "火情", *row[3:]) for row in rows]
    report = imported("吹哨.xlsx", xlsx(header, *other), kind="dispatches")
    assert {problem.reason for problem in report.problems} == {"台账里类别是内涝"}


# What became of the cards since


def test_a_renamed_dispatch_is_known_by_its_old_list(ledger: Ledger, imported: Imported) -> None:
    header = ("社区", "吹哨事项", "吹哨日期", "吹哨时间", "单位", "报到时间", "到场人数")
    row = (HERE, "清障", DAY, "8:30", "柏乐口腔", "9:00", "5")
    imported("吹哨.xlsx", xlsx(header, row), kind="dispatches")
    book = ledger.book(Dispatches)
    book.edit(book.find("清障"), title="台风清障")
    assert counts(imported("吹哨.xlsx", xlsx(header, row), kind="dispatches")) == (0, 0, 1, 0)
    (only,) = book.listing()
    assert (only.title, only.people) == ("台风清障", 5)
    new = (HERE, "台风清障", *row[2:])
    assert counts(imported("吹哨.xlsx", xlsx(header, new), kind="dispatches")) == (0, 0, 1, 0)


def test_a_pairing_that_ended_is_not_begun_again_by_its_old_list(ledger: Ledger, imported: Imported) -> None:
    header, row = ("社区", "结对单位", "结对日期", "备注"), (HERE, "柏乐口腔", DAY, "牵头")
    imported("结对.xlsx", xlsx(header, row), kind="pairings")
    book = ledger.book(Pairings)
    book.end(book.listing()[0], day=date(2025, 6, 30))
    assert counts(imported("结对.xlsx", xlsx(header, row), kind="pairings")) == (0, 0, 1, 0)
    assert book.listing() == []
    anew = xlsx(header, row, (HERE, "柏乐口腔", "2025-09-01", ""))
    assert counts(imported("结对.xlsx", anew, kind="pairings")) == (1, 0, 1, 0)
    assert counts(imported("结对.xlsx", anew, kind="pairings")) == (0, 0, 2, 0)


MERGED: dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]] = {
    "pairings": (
        ("社区", "结对单位", "六联", "结对日期"),
        [(HERE, "柏乐口腔", "组织联建", DAY), (HERE, "夏风口腔", "服务联做", DAY)],
    ),
    "offers": (
        ("社区", "商家", "服务名称", "优惠方式", "现价", "推出日期"),
        [(HERE, "柏乐口腔", "洗牙", "优惠", "60", DAY), (HERE, "夏风口腔", "洗牙", "低偿", "30", DAY)],
    ),
    "dispatches": (
        ("社区", "吹哨事项", "吹哨日期", "吹哨时间", "单位", "报到时间", "到场人数", "结束时间"),
        [
            (HERE, "清障", DAY, "8:30", "柏乐口腔", "9:00", "5", "12:00"),
            (HERE, "清障", DAY, "8:30", "夏风口腔", "9:10", "20", "12:00"),
        ],
    ),
    "meetings": (
        ("日期", "社区", "会议名称", "参会单位"),
        [(DAY, HERE, "一季度会议", "柏乐口腔、夏风口腔"), ("2025-03-06", HERE, "二季度会议", "夏风口腔")],
    ),
    "projects": (
        ("社区", "项目名称", "落地日期", "参与单位"),
        [(HERE, "助老", DAY, "柏乐口腔、夏风口腔"), (HERE, "助学", DAY, "夏风口腔")],
    ),
    "honours": (
        ("日期", "社区", "合伙人", "荣誉", "级别"),
        [(DAY, HERE, "柏乐口腔", "优秀合伙人", "社区"), (DAY, HERE, "夏风口腔", "优秀合伙人", "社区")],
    ),
    "supports": (
        ("日期", "社区", "合伙人", "扶持"),
        [(DAY, HERE, "柏乐口腔", "宣传"), (DAY, HERE, "夏风口腔", "宣传")],
    ),
}


@pytest.mark.parametrize("kind", MERGED)
def test_a_list_of_two_partners_that_were_merged_adds_and_changes_nothing(
    ledger: Ledger, imported: Imported, kind: str, dentist: Partner
) -> None:
    header, rows = MERGED[kind]
    other = enrol(ledger, "夏风口腔", kind="business")
    assert counts(imported("名单.xlsx", xlsx(header, *rows), kind=kind)) == (2, 0, 0, 0)
    ledger.membership.merge(other, dentist, day=date(2025, 6, 1))
    for _ in range(2):
        report = imported("名单.xlsx", xlsx(header, *rows), kind=kind)
        assert (counts(report), report.problems, report.voucher) == ((0, 0, 2, 0), (), None)


def test_of_two_offers_that_a_merger_made_one_a_list_changes_not_the_one_that_ended(
    ledger: Ledger, imported: Imported, dentist: Partner
) -> None:
    header, rows = MERGED["offers"]
    other = enrol(ledger, "夏风口腔", kind="business")
    imported("惠民.xlsx", xlsx(header, *rows), kind="offers")
    ledger.membership.merge(other, dentist, day=date(2025, 6, 1))
    dearer = (*rows[1][:4], "40", DAY)
    assert counts(imported("惠民.xlsx", xlsx(header, rows[0], dearer), kind="offers")) == (0, 0, 1, 1)
    assert [offer.code for offer in ledger.book(Offers).listing()] == ["XF-F0001"]
