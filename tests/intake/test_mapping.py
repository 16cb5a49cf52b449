"""What is said of columns besides their titles: how it is read, what it means in a file, what is kept of it."""

from datetime import date

import pytest

from hepartner.intake.kinds.partners import form
from hepartner.intake.mapping import BadMap, ColumnMap, UnknownField, told
from hepartner.ledger import Ledger
from hepartner.ledger.columns import columns_remembered

from .builders import LI, WANG, saved, text, workbook, xlsx
from .conftest import Imported

COLUMNS = form(date(2025, 11, 20)).columns
ODD = ("称谓", "类型", "移动号", "社区")
"""A header of which two columns say nothing to anybody."""
SAID = ("姓名=称谓", "电话=移动号")
MAPPED = told(SAID, COLUMNS)


@pytest.mark.parametrize(
    ("said", "ways"),
    {
        "电话=移动号": [("phone", "移动号")],
        "移动号=电话": [("phone", "移动号")],
        " 手机 ＝ 移动 号 ": [("phone", "移动 号")],
        "phone=移动号": [("phone", "移动号")],
        "Credit_Code=代码": [("credit_code", "代码")],
        "手机=联系电话": [("phone", "手机"), ("phone", "联系电话")],
        "联系电话=手机": [("phone", "手机"), ("phone", "联系电话")],
        "地址=备注": [("address", "备注"), ("remark", "地址")],
        "备注=备注": [("remark", "备注"), ("remark", "备注")],
        "备注=a=b": [("remark", "a=b")],
    }.items(),
)
def test_either_side_may_be_the_field(said: str, ways: list[tuple[str, str]]) -> None:
    assert told([said], COLUMNS) == ColumnMap((tuple(ways),))


@pytest.mark.parametrize("said", ["电话=", "=联系电话", "phone＝ "])
def test_a_field_without_a_title_is_to_be_forgotten(said: str) -> None:
    assert told([said], COLUMNS) == ColumnMap(cleared=("phone",))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (["电话"], "--map “电话”里没有等号。请写成 字段=表头"),
        (["="], "--map “=”里没有写字段和表头。"),
        (["电话=（手机）"], "看不出是哪一列。请把这一列的表头改成文字后再导入。"),
        (["电话=手机", "phone=座机"], "--map “phone=座机”与前面的 --map 说的是同一个字段或同一列。"),
        (["电话=甲", "姓名=甲"], "与前面的 --map 说的是同一个字段或同一列。"),
        (["电话=甲", "电话="], "与前面的 --map 说的是同一个字段或同一列。"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_a_sentence(said: list[str], sentence: str) -> None:
    with pytest.raises(BadMap) as refused:
        told(said, COLUMNS)
    assert sentence in str(refused.value)
    assert refused.value.exit_code == 2


def test_an_unknown_field_is_refused_with_the_nearest_and_all_there_are() -> None:
    with pytest.raises(UnknownField) as refused:
        told(["联系电活=移动号"], COLUMNS)
    said = str(refused.value)
    assert "两边都不是认得的字段，是不是要 联系电话。" in said
    assert "可用的字段有：姓名、类型、联系电话、社区、" in said
    with pytest.raises(UnknownField) as refused:
        told(["甲=乙"], COLUMNS)
    assert "是不是" not in str(refused.value)


def test_a_mapped_column_is_read_as_its_field(imported: Imported, ledger: Ledger) -> None:
    report = imported("花名册.xlsx", xlsx(ODD, WANG, LI), columns=MAPPED)
    assert (report.added, report.rejected) == (2, 0)
    assert [(one.name, one.phone.full) for one in ledger.partners.cards()] == [
        (WANG[0], WANG[2]),
        (LI[0], LI[2]),
    ]
    assert [(one.column, str(one), one.field, one.by) for one in report.columns] == [
        ("A", "称谓→姓名", "name", "map"),
        ("B", "类型", "kind", "title"),
        ("C", "移动号→联系电话", "phone", "map"),
        ("D", "社区", "community", "title"),
    ]


def test_without_a_word_the_same_file_is_refused_and_says_how_to_map(imported: Imported) -> None:
    (problem,) = imported("花名册.xlsx", xlsx(ODD, WANG)).problems
    assert "请写明：--map 姓名=那一列的表头" in problem.remedy


def test_one_of_two_columns_of_one_meaning_is_chosen_and_the_other_is_not_read(
    imported: Imported, ledger: Ledger
) -> None:
    rows = xlsx(("姓名", "类型", "联系电话", "社区", "手机"), (*WANG, LI[2]))
    (problem,) = imported("花名册.xlsx", rows).problems
    assert "C 列“联系电话”、E 列“手机”" in problem.reason
    assert "如 --map 联系电话=联系电话" in problem.remedy
    report = imported("花名册.xlsx", rows, columns=told(["联系电话=手机"], COLUMNS))
    assert ledger.partners.cards()[0].phone.full == LI[2]
    assert "没有导入的列：联系电话" in report.notes
    other = imported("花名册.xlsx", rows, columns=told(["电话=联系电话"], COLUMNS))
    assert "没有导入的列：手机" in other.notes


def test_columns_of_one_title_can_not_be_told_apart_by_it(imported: Imported) -> None:
    rows = xlsx(("姓名", "类型", "手机", "社区", "手机"), (*WANG, LI[2]))
    for said in ((), ("电话=手机",)):
        (problem,) = imported("花名册.xlsx", rows, columns=told(said, COLUMNS)).problems
        assert problem.remedy == "请只留一列，其余删去或改名"


def test_a_title_that_means_something_else_is_read_as_it_is_mapped(
    imported: Imported, ledger: Ledger
) -> None:
    rows = xlsx((*ODD[:1], "类型", "备注", "社区"), WANG)
    imported("花名册.xlsx", rows, columns=told(["姓名=称谓", "电话=备注"], COLUMNS))
    (card,) = ledger.partners.cards()
    assert (card.phone.full, card.remark) == (WANG[2], "")


def test_the_side_that_stands_in_the_file_is_the_column(imported: Imported, ledger: Ledger) -> None:
    rows = xlsx(("姓名", "类型", "联系电话", "社区"), WANG)
    assert imported("花名册.xlsx", rows, columns=told(["手机=联系电话"], COLUMNS)).added == 1
    assert ledger.partners.cards()[0].phone.full == WANG[2]


def test_a_column_that_the_file_has_not_is_refused_with_those_it_has(imported: Imported) -> None:
    (problem,) = imported("花名册.xlsx", xlsx(ODD, WANG), columns=told(["姓名=称呼"], COLUMNS)).problems
    assert (problem.row, problem.sheet) == (1, "花名册")
    assert problem.reason == "没有 --map 写的“称呼”这一列，找到的列是：称谓、类型、移动号、社区"


def test_titles_over_two_rows_are_mapped_by_their_parts_or_together(
    imported: Imported, ledger: Ledger
) -> None:
    book = workbook((("称谓", "类型", "社区", "联系方式", ""), ("", "", "", "移动", "微信")))
    book.active.append((*WANG[:2], WANG[3], WANG[2], "w"))
    book.active.merge_cells("D1:E1")
    for said in ("移动", "联系方式移动"):
        columns = told(["姓名=称谓", f"电话={said}"], COLUMNS)
        report = imported("花名册.xlsx", saved(book), columns=columns)
        assert report.problems == ()
    assert [one.phone.full for one in ledger.partners.cards()] == [WANG[2]]


def test_a_title_above_two_columns_is_no_column_and_what_stands_below_no_line(
    imported: Imported, ledger: Ledger
) -> None:
    book = workbook((("称谓", "类型", "社区", "联系", ""), ("", "", "", "号一", "号二")))
    book.active.append((*WANG[:2], WANG[3], WANG[2], ""))
    book.active.merge_cells("D1:E1")
    report = imported("花名册.xlsx", saved(book), columns=told(["姓名=称谓", "电话=联系"], COLUMNS))
    (problem,) = report.problems
    assert problem.reason == "有几列都是同一个意思：D 列“联系号一”、E 列“联系号二”"
    assert problem.remedy.endswith("如 --map 联系电话=联系号一")
    meant = told(["姓名=称谓", "联系电话=联系号一"], COLUMNS)
    assert imported("花名册.xlsx", saved(book), columns=meant).added == 1
    assert ledger.partners.cards()[0].phone.full == WANG[2]


def test_a_repeated_header_is_known_by_mapped_titles(imported: Imported) -> None:
    report = imported("花名册.csv", text(ODD, WANG, ODD, LI), columns=MAPPED)
    assert (report.added, report.skipped) == (2, ((3, "重复的表头"),))


def test_rows_given_back_are_imported_without_saying_it_again(imported: Imported) -> None:
    header = (*ODD, "联系电话", "性别")
    report = imported(
        "花名册.csv", text(header, (*WANG, "1", "女"), (*LI[:2], "139", LI[3], "2", "男")), columns=MAPPED, skip_bad=True
    )  # fmt: skip
    assert report.rejects
    again = imported("改好.xlsx", report.rejects.read_bytes())
    assert [problem.column for problem in again.problems] == ["C 列“联系电话”"]
    assert [str(one) for one in again.columns if not one.by][:2] == ["未导入 联系电话→", "性别→"]


def remembered(ledger: Ledger, source: str = "街道") -> dict[str, str]:
    return columns_remembered(ledger.database, "partners", source)


def test_what_was_said_is_remembered_for_the_source_and_the_kind(imported: Imported, ledger: Ledger) -> None:
    imported("一月.csv", text(ODD, WANG), columns=MAPPED, source="街道")
    assert remembered(ledger) == {"name": "称谓", "phone": "移动号"}
    report = imported("二月.csv", text(ODD, LI), source="街道")
    assert (report.added, {one.by for one in report.columns}) == (1, {"remembered", "title"})
    assert imported("三月.csv", text(ODD, LI), source="社区").rejected == 0
    assert remembered(ledger, "社区") == {}
    assert columns_remembered(ledger.database, "opening", "街道") == {}


def test_without_a_source_nothing_is_remembered(imported: Imported, ledger: Ledger) -> None:
    assert imported("一月.csv", text(ODD, WANG), columns=MAPPED).added == 1
    assert remembered(ledger, "") == {}


def test_a_remembered_column_that_is_not_there_leaves_the_titles_as_they_are(
    imported: Imported, ledger: Ledger
) -> None:
    imported("一月.csv", text(ODD, WANG), columns=MAPPED, source="街道")
    plain = ("姓名", "类型", "联系电话", "社区")
    report = imported("二月.csv", text(plain, LI), source="街道")
    assert (report.added, {one.by for one in report.columns}) == (1, {"title"})
    assert remembered(ledger) == {"name": "称谓", "phone": "移动号"}


def test_what_is_said_now_stands_over_what_is_remembered(imported: Imported, ledger: Ledger) -> None:
    imported("一月.csv", text(ODD, WANG), columns=MAPPED, source="街道")
    header = ("称谓", "类型", "移动号", "社区", "座机")
    rows = text(header, (*LI, "07792021234"))
    imported("二月.csv", rows, columns=told(["电话=座机"], COLUMNS), source="街道")
    assert remembered(ledger) == {"name": "称谓", "phone": "座机"}
    imported("三月.csv", rows, columns=told(["联系人=座机"], COLUMNS), source="街道")
    assert remembered(ledger) == {"name": "称谓", "contact": "座机"}


def test_clearing_is_written_though_no_row_is_news(imported: Imported, ledger: Ledger) -> None:
    rows = text(("姓名", *ODD[1:]), WANG)
    imported("一月.csv", rows, columns=told(["电话=移动号"], COLUMNS), source="街道")
    cleared = imported("一月.csv", rows, columns=told(["电话="], COLUMNS), source="街道")
    assert (cleared.unchanged, cleared.voucher) == (1, ledger.anchor.vouchers)
    assert remembered(ledger) == {}
    assert {one.title for one in cleared.columns if not one.by} == {"移动号"}
    again = imported("一月.csv", rows, columns=told(["电话="], COLUMNS), source="街道")
    assert again.voucher is None


def test_nothing_is_remembered_of_a_file_that_was_not_written(imported: Imported, ledger: Ledger) -> None:
    bad = (*LI[:2], "139", LI[3])
    imported("一月.csv", text(ODD, bad), columns=MAPPED, source="街道")
    imported("一月.csv", text(ODD, WANG), columns=MAPPED, source="街道", dry_run=True)
    assert remembered(ledger) == {}


def test_what_is_remembered_is_undone_with_its_import_and_given_again(
    imported: Imported, ledger: Ledger
) -> None:
    first = imported("一月.csv", text(ODD, WANG), columns=MAPPED, source="街道").voucher
    header = ("称谓", "类型", "座机", "社区")
    second = imported(
        "二月.csv", text(header, LI), columns=told(["电话=座机"], COLUMNS), source="街道"
    ).voucher
    assert first
    assert second
    ledger.history.undo(second)
    assert remembered(ledger) == {"name": "称谓", "phone": "移动号"}
    undone = ledger.history.undo(first)
    assert remembered(ledger) == {}
    assert ("设置", 1) in undone.taken_back
    ledger.history.undo(undone.voucher)
    assert remembered(ledger) == {"name": "称谓", "phone": "移动号"}
    assert not ledger.custody.verify().findings
