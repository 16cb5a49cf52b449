"""Where a list begins and ends in a sheet, and which of its rows are lines."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hepartner.intake.cells import read_cells
from hepartner.intake.errors import (
    DuplicateColumns,
    FileRefused,
    GarbledText,
    HiddenRows,
    MissingColumns,
    NoHeader,
    NoSuchSheet,
    SeveralSheets,
    SeveralTables,
)
from hepartner.intake.kinds.partners import PartnerLine, form
from hepartner.intake.lines import Lines
from hepartner.intake.problems import masked
from hepartner.intake.rows import Rows
from hepartner.intake.sniff import sniff

from .builders import HEADER, LI, WANG, put, saved, text, web, workbook, xlsx

FORM = form(date(2025, 11, 20))


def read(
    folder: Path, content: bytes, *, name: str = "花名册.xlsx", sheet: str | None = None
) -> Lines[PartnerLine]:
    return Lines(FORM, Rows(read_cells(sniff(put(folder, name, content))), FORM, sheet))


def names_of(lines: Lines[PartnerLine]) -> list[tuple[int, str]]:
    return [(row, line.name) for row, line in lines.good]


LAID_OUT: dict[str, tuple[list[Any], list[int]]] = {
    "header first": ([HEADER, WANG], [2]),
    "title rows above": ([("幸福里社区花名册",), ("填表人：李梅", None, "日期"), (), HEADER, WANG], [5]),
    "columns in another order": ([HEADER[::-1], WANG[::-1]], [2]),
    "a table that begins at D7": ([*[()] * 6, (None, None, None, *HEADER), (None, None, None, *WANG)], [8]),
    "titles in other words": ([("姓 名", "合伙人\n类型", "手机号码(必填)", "*所属社区"), WANG], [2]),
    "two rows of header": (
        [("姓名", "类型", "联系方式", "", "社区"), ("", "", "电话", "微信", ""), (*WANG[:3], "wx1", WANG[3])],
        [3],
    ),
    "a header repeated on every page": ([HEADER, WANG, HEADER, LI], [2, 4]),
    "totals and signatures": (
        [
            HEADER,
            WANG,
            ("小 计", "", "1人"),
            LI,
            ("合计", "2人"),
            ("", "", "", ""),
            ("制表人：李梅", "", "审核："),
        ],
        [2, 4],
    ),
    "a person called 合计明 and one called 小计": ([HEADER, ("合计明", *WANG[1:]), LI], [2, 3]),
    "blank rows and serial numbers drawn only": (
        [("序号", *HEADER), (1, *WANG), (), (2, "", " ", None, None), (3, *LI)],
        [2, 5],
    ),
    "the sample row of the template": (
        [("序号", *HEADER), ("示例", *WANG), (1, "张三（示例）", *WANG[1:]), (2, *LI)],
        [4],
    ),
}


@pytest.mark.parametrize(("rows", "found"), LAID_OUT.values(), ids=LAID_OUT)
def test_the_lines_are_found_wherever_they_stand(tmp_path: Path, rows: list[Any], found: list[int]) -> None:
    lines = read(tmp_path, xlsx(*rows))
    assert lines.problems == []
    assert [row for row, _ in lines.good] == found
    assert {line.phone for _, line in lines.good} <= {WANG[2], LI[2]}


def test_rows_that_are_no_lines_are_listed_with_the_reason(tmp_path: Path) -> None:
    rows = (HEADER, ("示例", *WANG[1:]), WANG, HEADER, ("合计", "1人"), ("审核人：", ""))
    assert read(tmp_path, xlsx(*rows)).remarks.skipped == (
        (2, "示例行"),
        (4, "重复的表头"),
        (5, "合计行"),
        (6, "表尾"),
    )


def test_a_two_row_header_may_be_merged(tmp_path: Path) -> None:
    book = workbook(
        [
            ("姓名", "类型", "联系方式", None, "社区"),
            (None, None, "微信", "电话", None),
            ("王芳", "个体", "wx1", WANG[2], WANG[3]),
        ]
    )
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        book.active.merge_cells(merged)
    lines = read(tmp_path, saved(book))
    assert lines.good[0][1].phone == WANG[2]
    assert lines.outline.header.unknown == ("联系方式微信",)


def test_columns_that_nobody_needs_are_named_and_left_out(tmp_path: Path) -> None:
    lines = read(
        tmp_path, xlsx(("序号", *HEADER, "民族", "身份证号"), (1, *WANG, "汉", "110101199003071234"))
    )
    assert lines.remarks.notes == ("没有导入的列：民族、身份证号",)


def test_merged_communities_fill_down_and_merged_names_do_not(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG, ("李四", "个体", LI[2], None), (None, "个体", "13700137000", None)])
    book.active.merge_cells("D2:D4")
    book.active.merge_cells("A3:A4")
    lines = read(tmp_path, saved(book))
    assert [(line.name, line.community) for _, line in lines.good] == [("王芳", WANG[3]), ("李四", WANG[3])]
    assert [problem.reason for problem in lines.problems] == ["“姓名”是空的"]


def test_a_problem_says_file_sheet_row_column_reason_and_remedy(tmp_path: Path) -> None:
    lines = read(
        tmp_path, saved(workbook([HEADER, WANG, ("李四", "个体", "1390013900", WANG[3])], sheet="3月"))
    )
    (problem,) = lines.problems
    where = "花名册.xlsx｜工作表“3月”｜第 3 行｜C 列“联系电话”："
    assert (
        problem.message() == f"{where}电话只有 10 位（139****900）。改法：手机号是 11 位，请补全后重新导入。"
    )


def test_an_unseen_character_is_named_and_keeps_no_phone_readable() -> None:
    assert masked("王\u200b芳") == "王<200B>芳"
    assert masked("139\u200b0000\u200b0001") == "139****0001"


def test_an_error_cell_is_a_problem_and_never_its_text(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG, LI])
    book.active["C3"], book.active["C3"].data_type = "#N/A", "e"
    lines = read(tmp_path, saved(book))
    assert names_of(lines) == [(2, "王芳")]
    assert [problem.reason for problem in lines.problems] == ["单元格是错误值 #N/A"]


def test_a_row_may_begin_with_a_blank_that_is_not_empty(tmp_path: Path) -> None:
    assert names_of(read(tmp_path, xlsx(("备注", *HEADER), (" ", *WANG), ("  ", "", " ")))) == [(2, "王芳")]


def test_every_faulty_cell_of_a_row_is_told(tmp_path: Path) -> None:
    lines = read(tmp_path, xlsx(HEADER, ("", "外星人", "138", "幸福里社区")))
    assert [problem.column for problem in lines.problems] == ["A 列“姓名”", "B 列“类型”", "C 列“联系电话”"]
    assert lines.good == []


def test_a_column_far_right_is_named_by_its_letters(tmp_path: Path) -> None:
    wide = [""] * 26
    lines = read(tmp_path, xlsx((*wide, *HEADER), (*wide, "王芳", "个体", "138", "")))
    assert lines.problems[0].column == "AC 列“联系电话”"


RAGGED = {
    "fewer": ("王芳,个体", "这一行只有 2 列，表头有 4 列"),
    "more": ("王芳,个体,13800138000,幸福里社区,多", "这一行有 5 列，表头只有 4 列"),
}


@pytest.mark.parametrize(("line", "reason"), RAGGED.values(), ids=RAGGED)
def test_a_line_of_text_with_shifted_columns_is_no_line(tmp_path: Path, line: str, reason: str) -> None:
    content = text(HEADER, LI) + line.encode()
    lines = read(tmp_path, content, name="花名册.csv")
    assert names_of(lines) == [(2, "李四")]
    assert [(problem.row, problem.reason) for problem in lines.problems] == [(3, reason)]


def test_commas_at_the_end_of_a_line_shift_nothing(tmp_path: Path) -> None:
    lines = read(tmp_path, text((*HEADER, ""), (*WANG, "", ""), (*LI,)), name="花名册.csv")
    assert (len(lines.good), lines.problems) == (2, [])


def test_a_quoted_line_break_and_an_export_trick_are_read_as_meant(tmp_path: Path) -> None:
    content = text(HEADER, ('"王\n芳"', "个体", '="013800138000"', "幸福里社区"), LI)
    lines = read(tmp_path, content, name="花名册.csv")
    assert names_of(lines) == [(3, "李四")]
    assert lines.problems[0].value == "013****8000"


REFUSED: dict[str, tuple[str, bytes, type[FileRefused], str]] = {
    "no header": ("花名册.csv", text(WANG, LI), NoHeader, "至少要有：姓名"),
    "other titles": ("花名册.csv", text(("甲", "乙"), WANG), NoHeader, "--map 姓名=那一列的表头"),
    "one known title": (
        "花名册.csv",
        text(("姓名", "性别", "民族"), ("王芳", "女", "汉")),
        NoHeader,
        "至少要有：姓名，再加一列认得的（列名见 hep template 写出的模板）",
    ),
    "a header without a name": (
        "花名册.xlsx",
        xlsx(HEADER[1:], WANG[1:]),
        MissingColumns,
        "表头缺少“姓名”，找到的列是：类型、联系电话、社区",
    ),
    "a title twice": (
        "花名册.xlsx",
        xlsx((*HEADER, "备注", "备注"), WANG),
        DuplicateColumns,
        "E 列“备注”、F 列“备注”",
    ),
    "two titles of one meaning": (
        "花名册.xlsx",
        xlsx((*HEADER, "手机"), WANG),
        DuplicateColumns,
        "C 列“联系电话”、E 列“手机”",
    ),
    "two tables side by side": (
        "花名册.xlsx",
        xlsx((*HEADER, "", *HEADER), WANG),
        DuplicateColumns,
        "同一个意思",
    ),
    "two tables one above another": (
        "花名册.xlsx",
        xlsx(HEADER, WANG, (), ("姓名", "联系电话", "类型"), ("李四", LI[2], "个体")),
        SeveralTables,
        "第 4 行",
    ),
    "text decoded wrongly as GBK": (
        "花名册.csv",
        text(HEADER, WANG).decode().encode().decode("gb18030", "replace").encode(),
        GarbledText,
        "乱码",
    ),
    "text decoded wrongly as Latin": (
        "花名册.csv",
        text(HEADER, WANG, encoding="gbk").decode("latin-1").encode(),
        GarbledText,
        "乱码",
    ),
    "text saved in an encoding that has no Chinese": (
        "花名册.csv",
        text(HEADER, WANG).decode().encode("ascii", "replace"),
        GarbledText,
        "乱码",
    ),
    "lost text": ("花名册.csv", "锟斤拷,锟斤拷\n".encode(), GarbledText, "锟斤拷"),
    "a web page without a table": ("花名册.xls", web(), FileRefused, "文件是空的"),
}


@pytest.mark.parametrize(("name", "content", "error", "phrase"), REFUSED.values(), ids=REFUSED)
def test_a_list_that_cannot_be_told_apart_is_refused_whole(
    tmp_path: Path, name: str, content: bytes, error: type[FileRefused], phrase: str
) -> None:
    with pytest.raises(error, match=phrase):
        list(read(tmp_path, content, name=name))


def test_the_only_sheet_with_the_header_is_taken(tmp_path: Path) -> None:
    book = workbook([("说明",), ("请每月更新",)], sheet="说明")
    for values in (HEADER, WANG):
        book.create_sheet("名单") if "名单" not in book.sheetnames else None
        book["名单"].append(values)
    assert names_of(read(tmp_path, saved(book))) == [(2, "王芳")]


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG], sheet="3月")
    for values in (HEADER, LI):
        (book["4月"] if "4月" in book.sheetnames else book.create_sheet("4月")).append(values)
    content = saved(book)
    with pytest.raises(SeveralSheets, match="3月、4月"):
        read(tmp_path, content)
    assert names_of(read(tmp_path, content, sheet="4月")) == [(2, "李四")]
    with pytest.raises(NoSuchSheet, match="没有工作表“5月”"):
        read(tmp_path, content, sheet="5月")


def test_a_file_of_one_sheet_without_a_name_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchSheet, match="请去掉 --sheet"):
        read(tmp_path, text(HEADER, WANG), sheet="5月")


def test_hidden_rows_stop_the_import_unless_they_are_empty(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG, LI])
    book.active.row_dimensions[9].hidden = True
    assert len(read(tmp_path, saved(book)).good) == 2
    book.active.row_dimensions[3].hidden = True
    with pytest.raises(HiddenRows, match="有 1 行被隐藏或筛掉（第 3 行）"):
        read(tmp_path, saved(book))


def test_rows_that_are_gone_through_once_are_let_go_and_never_given_short(tmp_path: Path) -> None:
    lines = read(tmp_path, xlsx(HEADER, WANG, LI))
    lines.keeps = False
    assert [row for row, _ in lines] == [2, 3]
    assert lines.count == 2
    with pytest.raises(RuntimeError, match="not kept"):
        list(lines)
    with pytest.raises(RuntimeError, match="not kept"):
        _ = lines.good
