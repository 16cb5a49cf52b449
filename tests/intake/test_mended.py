"""Rows that came back and were mended are rows beside those that came in with their file, and come in once."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hepartner.intake.choices import Choices
from hepartner.intake.pipeline import import_file
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.offers import Offers
from hepartner.ledger.offers import Particulars as Opened
from hepartner.ledger.projects import Particulars as Landed
from hepartner.ledger.projects import Projects
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

DAY = "2025-03-05"
# Of each kind whose rows are counted by occurrence: the header, and a row, its faulty cell and what is wrong in it.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int, str]] = {
    "activities": (("日期", "社区", "活动名称"), (DAY, "幸福里社区", "义诊"), 0, "2025-13-05"),
    "signins": (
        ("日期", "社区", "活动名称", "姓名", "时长", "规则"),
        (DAY, "幸福里社区", "义诊", "王芳", "1", "公益惠民"),
        4,
        "30小时",
    ),
    "issues": (
        ("上报日期", "社区", "类别", "标题"),
        (DAY, "幸福里社区", "路灯维修", "路灯不亮"),
        2,
        "没有的类别",
    ),
    "items": (
        ("社区", "商品名称", "积分价", "入库数量", "日期"),
        ("幸福里社区", "大米", "50", "20", DAY),
        3,
        "二十",
    ),
    "opening": (("社区", "姓名", "期初积分", "日期"), ("幸福里社区", "王芳", "100", DAY), 2, "一百"),
    "redemptions": (
        ("日期", "社区", "姓名", "兑换商品"),
        (DAY, "幸福里社区", "王芳", "肥皂"),
        3,
        "没有的东西",
    ),
    "sessions": (("日期", "社区", "项目名称", "服务人次"), (DAY, "幸福里社区", "助老", "9"), 3, "很多"),
    "evaluations": (
        ("日期", "社区", "项目名称", "结论", "需求满足"),
        (DAY, "幸福里社区", "助老", "继续", "部分满足"),
        3,
        "再看看",
    ),
    "uses": (("日期", "社区", "服务名称", "使用人次"), (DAY, "幸福里社区", "洗牙", "12"), 3, "十二"),
    "supports": (("日期", "社区", "合伙人", "扶持"), (DAY, "幸福里社区", "义工队", "宣传"), 3, "帮忙"),
}

ACCEPTED = {"sessions": "accept", "evaluations": "accept"}
"""Of which an equal second one is hardly ever another: what has to be said of it."""


@pytest.fixture(autouse=True)
def desk(ledger: Ledger) -> None:
    """What the rows of all kinds stand on."""
    ledger.rulebook.load_default()
    ledger.issues.load_default()
    wang, team = enrol(ledger, "王芳"), enrol(ledger, "义工队", kind="group")
    shop = enrol(ledger, "柏乐口腔", kind="business")
    ledger.book(Offers).open(Opened(shop.community_id, shop.id, "洗牙", "2025-01-05"))
    ledger.activities.add(Particulars(wang.community_id, DAY, "义诊剪发"))
    ledger.book(Projects).land(Landed(wang.community_id, "助老", "2025-01-05", partners=(team.id,)))


def prepared(ledger: Ledger, imported: Imported, kind: str) -> None:
    if kind == "signins":
        ledger.activities.add(Particulars(ledger.areas.find("XF").id, DAY, "义诊"))
    if kind == "redemptions":
        goods = (
            ("社区", "商品名称", "积分价", "入库数量", "日期"),
            ("幸福里社区", "肥皂", "1", "20", "2025-01-05"),
        )
        imported("进货.xlsx", xlsx(*goods), kind="items")
        brought = (("社区", "姓名", "期初积分", "日期"), ("幸福里社区", "王芳", "100", "2025-01-05"))
        imported("期初.xlsx", xlsx(*brought), kind="opening")


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


def faulty(kind: str) -> bytes:
    """Two equal rows, of which the second was typed wrongly."""
    header, row, place, wrong = KINDS[kind]
    return xlsx(header, row, (*row[:place], wrong, *row[place + 1 :]))


def mend(path: Path, kind: str) -> Path:
    """Type what was meant into the workbook of rejected rows."""
    _, row, place, _ = KINDS[kind]
    book = openpyxl.load_workbook(path)
    book.active.cell(3, place + 1).value = row[place]
    book.save(path)
    return path


def rejects(report: Report) -> Path:
    assert report.rejects
    return report.rejects


@pytest.mark.parametrize("kind", KINDS)
def test_a_mended_row_equal_to_one_that_came_in_with_its_file_is_one_more(
    ledger: Ledger, imported: Imported, kind: str
) -> None:
    prepared(ledger, imported, kind)
    report = imported("名单.xlsx", faulty(kind), kind=kind, skip_bad=True)
    assert counts(report) == (1, 0, 0, 1)
    mended = mend(rejects(report), kind)
    if kind in ACCEPTED:
        assert counts(import_file(ledger, kind, mended)) == (0, 0, 0, 1)
    assert counts(import_file(ledger, kind, mended, Choices(repeats=ACCEPTED.get(kind, "")))) == (1, 0, 0, 0)
    assert counts(import_file(ledger, kind, mended)) == (0, 0, 1, 0)
    header, row, *_ = KINDS[kind]
    assert counts(imported("改好的.xlsx", xlsx(header, row, row), kind=kind)) == (0, 0, 2, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_rest_of_a_file_comes_in_after_its_mended_row(
    ledger: Ledger, imported: Imported, kind: str
) -> None:
    prepared(ledger, imported, kind)
    report = imported("名单.xlsx", faulty(kind), kind=kind)
    assert (counts(report), report.voucher) == ((1, 0, 0, 1), None)
    assert counts(import_file(ledger, kind, mend(rejects(report), kind))) == (1, 0, 0, 0)
    rest = imported("名单.xlsx", faulty(kind), kind=kind, skip_bad=True, repeats=ACCEPTED.get(kind, ""))
    assert counts(rest) == (1, 0, 0, 1)
    assert counts(imported("名单.xlsx", faulty(kind), kind=kind, skip_bad=True)) == (0, 0, 1, 1)


def test_a_row_that_came_in_with_the_whole_file_mended_by_hand_is_not_brought_again(
    ledger: Ledger, imported: Imported
) -> None:
    header, row, *_ = KINDS["opening"]
    report = imported("名单.xlsx", faulty("opening"), kind="opening", skip_bad=True)
    assert counts(imported("改好的.xlsx", xlsx(header, row, row), kind="opening")) == (1, 0, 1, 0)
    assert counts(import_file(ledger, "opening", mend(rejects(report), "opening"))) == (0, 0, 1, 0)


SIGN_INS = (
    ("日期", "社区", "活动名称", "姓名", "时长"),
    (DAY, "幸福里社区", "义诊剪发", "王芳", "1"),
    (DAY, "幸福里社区", "义诊剪发", "李四", "1"),
    (DAY, "幸福里社区", "义诊剪发", "王芳", "30小时"),
)
"""A row that is good, one whose partner is registered later, and one that was typed wrongly."""


def corrected(path: Path) -> Path:
    """Type what was meant into the last row of the workbook of rejected rows."""
    book = openpyxl.load_workbook(path)
    book.active.cell(4, 5).value = "2"
    book.save(path)
    return path


@pytest.mark.parametrize("skip_bad", [True, False])
def test_rows_that_came_in_mended_and_are_good_by_now_do_not_come_again_with_their_list(
    ledger: Ledger, imported: Imported, *, skip_bad: bool
) -> None:
    report = imported("签到.xlsx", xlsx(*SIGN_INS), kind="signins", skip_bad=skip_bad)
    assert counts(report) == (1, 0, 0, 2)
    enrol(ledger, "李四")
    assert counts(import_file(ledger, "signins", corrected(rejects(report)))) == (2, 0, 0, 0)
    again = imported("签到.xlsx", xlsx(*SIGN_INS), kind="signins", skip_bad=True)
    assert counts(again) == ((0, 0, 2, 1) if skip_bad else (1, 0, 1, 1))
    assert counts(imported("签到.xlsx", xlsx(*SIGN_INS), kind="signins", skip_bad=True)) == (0, 0, 2, 1)


def test_rows_that_came_in_with_their_list_later_do_not_come_again_mended(
    ledger: Ledger, imported: Imported
) -> None:
    report = imported("签到.xlsx", xlsx(*SIGN_INS), kind="signins", skip_bad=True)
    enrol(ledger, "李四")
    again = imported("签到.xlsx", xlsx(*SIGN_INS), kind="signins", skip_bad=True)
    assert counts(again) == (1, 0, 1, 1)
    assert rejects(report) != rejects(again)
    assert counts(import_file(ledger, "signins", corrected(rejects(report)))) == (1, 0, 1, 0)


def test_rows_that_come_back_a_second_time_know_both_files(ledger: Ledger, imported: Imported) -> None:
    header, row, place, wrong = KINDS["opening"]
    bad = (*row[:place], wrong, row[-1])
    report = imported("名单.xlsx", xlsx(header, row, bad, bad), kind="opening", skip_bad=True)
    half = import_file(ledger, "opening", mend(rejects(report), "opening"), Choices(skip_bad=True))
    assert counts(half) == (1, 0, 0, 1), half.problems
    book = openpyxl.load_workbook(rejects(half))
    assert [one.value for one in book.active[4]][: len(header)] == list(bad)
    book.active.cell(4, place + 1).value = row[place]
    book.save(rejects(half))
    last = import_file(ledger, "opening", rejects(half))
    assert (counts(last), last.problems) == ((1, 0, 0, 0), ())
    assert counts(import_file(ledger, "opening", rejects(half))) == (0, 0, 1, 0)
    assert counts(import_file(ledger, "opening", rejects(report), Choices(skip_bad=True))) == (0, 0, 1, 1)


def test_a_workbook_of_rejects_is_not_written_again_for_the_same_list_saved_anew(
    imported: Imported, tmp_path: Path
) -> None:
    names: list[Any] = []
    for n in range(2):
        book = openpyxl.load_workbook(imported("名单.xlsx", faulty("opening"), kind="opening").rejects or "")
        names.append(book.active.cell(1, 1).value)
        content = openpyxl.load_workbook(tmp_path / "名单.xlsx")
        content.properties.title = str(n)
        content.save(tmp_path / "名单.xlsx")
        imported("名单.xlsx", (tmp_path / "名单.xlsx").read_bytes(), kind="opening")
    assert [path.name for path in tmp_path.glob("*问题*")] == ["名单_问题.xlsx"]
    assert names[0] == names[1]


def test_the_log_tells_from_which_file_mended_rows_came(ledger: Ledger, imported: Imported) -> None:
    report = imported("名单.xlsx", faulty("opening"), kind="opening", skip_bad=True)
    mended = import_file(ledger, "opening", mend(rejects(report), "opening"))
    partly, taken_from = (
        ledger.database.value("SELECT text FROM note WHERE about_voucher_id = ?", (voucher,))
        for voucher in (report.voucher, mended.voucher)
    )
    assert partly.startswith("有问题的行没有导入，名单记号 ")
    assert taken_from == f"改好的问题行，取自名单 {partly.split()[1]}，共 1 行"
