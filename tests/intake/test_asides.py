"""What stands in brackets behind a person's name on a roster, and whom such a row means."""

import pytest

from hepartner.ledger import Ledger
from tests.ledger.conftest import enrol

from .builders import HEADER, WANG, xlsx
from .conftest import Imported
from .test_rosters import counts, reasons

HERE = "幸福里社区"
PHONE = WANG[2]


def row(name: str, phone: str = "", remark: str = "", kind: str = "个体") -> bytes:
    """A roster of one row."""
    return xlsx((*HEADER, "备注"), (name, kind, phone, HERE, remark))


def cards(ledger: Ledger) -> list[tuple[str, str]]:
    return [(one.name, one.remark) for one in ledger.partners.cards()]


@pytest.mark.parametrize(
    ("written", "remark", "stored"),
    [
        ("王芳（大）", "", ("王芳", "大")),
        ("王 芳 (女)", "书法", ("王芳", "女；书法")),
        ("王芳【已退】", "", ("王芳", "已退")),
        ("买买提·艾力（小）", "", ("买买提·艾力", "小")),
        ("王芳（）", "", ("王芳（）", "")),
        ("（大）", "", ("（大）", "")),
        ("王芳[大]", "", ("王芳[大]", "")),
        ("王芳（Fang）", "", ("王芳（Fang）", "")),
        ("王（大）芳", "", ("王（大）芳", "")),
        ("王芳（61 岁）", "", ("王芳（61 岁）", "")),
        ("王芳（住在海边那一栋楼的三楼）", "", ("王芳（住在海边那一栋楼的三楼）", "")),
    ],
)
def test_it_is_moved_to_the_remark_where_it_is_an_aside(
    imported: Imported, ledger: Ledger, written: str, remark: str, stored: tuple[str, str]
) -> None:
    report = imported("花名册.xlsx", row(written, PHONE, remark))
    assert (cards(ledger), counts(report)) == ([stored], (1, 0, 0, 0))
    assert ("移到了备注" in " ".join(report.notes)) == (stored[0] != written)
    assert counts(imported("花名册.xlsx", row(written, PHONE, remark))) == (0, 0, 1, 0)


def test_a_phone_in_brackets_is_no_part_of_a_name(imported: Imported, ledger: Ledger) -> None:
    report = imported("花名册.xlsx", row("王芳（13900139000）", PHONE))
    assert (cards(ledger), reasons(report)) == ([], ["名称里有电话号码"])


def test_an_organisation_keeps_its_brackets(imported: Imported, ledger: Ledger) -> None:
    imported("花名册.xlsx", row("红十字会（海城）", kind="社群"))
    assert cards(ledger) == [("红十字会（海城）", "")]


def test_a_card_that_is_called_so_is_meant(imported: Imported, ledger: Ledger) -> None:
    enrol(ledger, "王芳（大）")
    assert counts(imported("花名册.xlsx", row("王芳（大）"))) == (0, 0, 1, 0)


def test_without_a_phone_the_same_list_again_finds_who_is_noted_so(
    imported: Imported, ledger: Ledger
) -> None:
    imported("花名册.xlsx", row("王芳（大）"))
    again = imported("花名册.xlsx", row("王芳（大）"))
    assert (counts(again), cards(ledger)) == ((0, 0, 1, 0), [("王芳", "大")])


def test_a_namesake_who_is_not_noted_so_may_be_another(imported: Imported, ledger: Ledger) -> None:
    enrol(ledger, "王芳")
    report = imported("花名册.xlsx", row("王芳（大）"))
    assert counts(report) == (0, 0, 0, 1)
    assert "台账里有同名的XF-P0001" in reasons(report)[0]
    assert counts(imported("花名册.xlsx", row("王芳（大）"), repeats="skip")) == (0, 0, 1, 0)
    assert cards(ledger) == [("王芳", "")]


def test_of_two_namesakes_the_one_who_is_noted_so_is_meant(imported: Imported, ledger: Ledger) -> None:
    enrol(ledger, "王芳", phone="13900139000")
    imported("花名册.xlsx", row("王芳（大）", PHONE), repeats="accept")
    report = imported("花名册.xlsx", row("王芳（大）"))
    assert (counts(report), len(cards(ledger))) == ((0, 0, 1, 0), 2)


def test_a_remark_that_the_row_does_not_say_is_kept(imported: Imported, ledger: Ledger) -> None:
    known = enrol(ledger, "王芳", phone=PHONE)
    ledger.partners.edit(known, remark="书法")
    report = imported("花名册.xlsx", row("王芳（大）", PHONE))
    assert cards(ledger) == [("王芳", "书法；大")]
    assert ["备注 书法 → 书法；大" in told for told in report.changes] == [True]
    assert counts(imported("花名册.xlsx", row("王芳（大）", PHONE))) == (0, 0, 1, 0)


def test_the_question_about_a_namesake_shows_what_stood_in_brackets(
    ledger: Ledger, imported: Imported
) -> None:
    enrol(ledger, "王芳", phone="13800138000")
    report = imported("花名册.xlsx", row("王芳（大）"))
    assert report.doubts[0].question.startswith("第 2 行 王芳（大）（个体")
    assert report.problems[0].value == "王芳（大）"
