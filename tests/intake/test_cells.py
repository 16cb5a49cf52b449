"""What a cell says: what a person sees in it, or why nobody can say."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hepartner.intake.cells import Cells, hidden_rows, read_cells, text_of
from hepartner.intake.formats import number_format
from hepartner.intake.problems import Fault
from hepartner.intake.sniff import sniff

from .builders import HEADER, WANG, cell, header_row, put, raw_xlsx, row, saved, web, workbook, xls, xlsx

SEEN = {
    "a phone kept as a number": (13800138000.0, "13800138000"),
    "a whole number of an old xls": (7, "7"),
    "a fraction": (0.1 + 0.2, "0.3"),
    "a day": (dt.date(2024, 3, 5), "2024-03-05"),
    "a day at midnight": (dt.datetime(2024, 3, 5), "2024-03-05"),  # noqa: DTZ001 cells have no zone
    "a day with a time": (dt.datetime(2024, 3, 5, 13, 30), "2024-03-05 13:30"),  # noqa: DTZ001 cells have no zone
    "a time": (dt.time(13, 30), "13:30"),
    "a duration": (dt.timedelta(hours=30, minutes=5), "30:05"),
    "text": (" NA ", " NA "),
}


@pytest.mark.parametrize(("value", "seen"), SEEN.values(), ids=SEEN)
def test_a_cell_reads_as_a_person_sees_it(value: Any, seen: str) -> None:
    assert text_of(value) == seen


def test_an_identity_number_that_excel_cut_is_no_number_any_more() -> None:
    fault = text_of(110101199003071234.0)
    assert isinstance(fault, Fault)
    assert "无法恢复" in fault.reason


def test_true_and_false_are_no_points() -> None:
    fault = text_of(True)  # noqa: FBT003 the value of a cell
    assert isinstance(fault, Fault)
    assert "TRUE/FALSE" in fault.reason


FORMATS = {
    "000000": ("7", "000007"),
    "0000": ("123456", "123456"),
    '"XF-P"0000': ("12", "XF-P0012"),
    "000-0000-0000": ("13800138000", "138-0013-8000"),
    "000\\-00": ("12345", "123-45"),
    "[Red]000;-000": ("5", "005"),
    "00_ ": ("5.0", "05"),
}


@pytest.mark.parametrize("code", FORMATS)
def test_a_number_format_gives_a_code_its_zeros_back(code: str) -> None:
    number, shown = FORMATS[code]
    show = number_format(code)
    assert show is not None
    assert show(number) == shown


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "yyyy-mm-dd", "@", "0%", ""])
def test_other_number_formats_change_nothing(code: str) -> None:
    assert number_format(code) is None


def test_a_format_shows_no_part_of_a_number() -> None:
    show = number_format("000")
    assert show is not None
    assert [show("1.5"), show("-1"), show("1E+20")] == [None, None, None]


def read(folder: Path, content: bytes) -> Cells:
    return read_cells(sniff(put(folder, "表.xlsx", content)))


def test_codes_formulas_and_errors_are_seen_in_the_sheet_itself(tmp_path: Path) -> None:
    book = workbook([("编号", "结果", "错误", "日期", "电话")])
    sheet = book.active
    sheet["A2"], sheet["A2"].number_format = 7, "000000"
    sheet["B2"] = "=1+1"
    sheet["C2"], sheet["C2"].data_type = "#N/A", "e"
    sheet["D2"], sheet["D2"].number_format = dt.date(2024, 3, 5), numbers.FORMAT_DATE_DDMMYY
    sheet["E2"] = 13800138000
    cells = read(tmp_path, saved(book))
    (found,) = cells.sheets
    assert not any("公式" in note for note in cells.notes), "no result of it is taken"
    code, result, error, day, phone = found.row(1)
    assert (code, day, phone) == ("000007", "2024-03-05", "13800138000")
    assert isinstance(result, Fault)
    assert "没有存下结果" in result.reason
    assert isinstance(error, Fault)
    assert "#N/A" in error.reason


def test_a_formula_counts_by_its_stored_result_and_is_announced(tmp_path: Path) -> None:
    cells = read(
        tmp_path,
        raw_xlsx(row(1, '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1" t="str"><f>""</f><v></v></c>')),
    )
    assert cells.sheets[0].row(0) == ["2", ""]
    assert cells.notes == ("2 个单元格是公式，用的是保存时的结果",)


def test_a_formula_on_another_file_is_not_trusted(tmp_path: Path) -> None:
    linked = '<c r="A1"><f>[1]Sheet1!A1</f><v>2</v></c>'
    own_table = '<c r="B1"><f>SUM(表1[积分])</f><v>3</v></c>'
    trusted = read(tmp_path, raw_xlsx(row(1, linked, own_table))).sheets[0].row(0)
    assert isinstance(trusted[0], Fault)
    assert trusted[1] == "3"


def test_an_escaped_character_is_decoded_once(tmp_path: Path) -> None:
    content = raw_xlsx(row(1, cell("A1", "王_x0041_"), cell("B1", "王_x005F_x0041_")))
    assert read(tmp_path, content).sheets[0].row(0) == ["王A", "王_x0041_"]


def test_rich_text_reads_without_its_phonetic_guide(tmp_path: Path) -> None:
    rich = '<c r="A1" t="inlineStr"><is><r><t>王</t></r><r><t>芳</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>'
    assert read(tmp_path, raw_xlsx(row(1, rich))).sheets[0].row(0) == ["王芳"]


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_day_is_the_same_day_in_both_date_systems(tmp_path: Path, epoch_1904: bool) -> None:  # noqa: FBT001 pytest's parameter
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2024, 3, 5)
    assert read(tmp_path, saved(book)).sheets[0].row(0) == ["2024-03-05"]


def test_a_million_formatted_rows_hold_nothing(tmp_path: Path) -> None:
    empty = '<row r="1048576"><c r="A1048576" s="0"/></row>'
    (sheet,) = read(tmp_path, raw_xlsx(header_row() + empty)).sheets
    assert len(sheet.rows) == 1


def test_hidden_sheets_are_announced_and_left_out(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG])
    for name, state in (("旧", "hidden"), ("密", "veryHidden")):
        book.create_sheet(name).sheet_state = state
    cells = read(tmp_path, saved(book))
    assert [sheet.name for sheet in cells.sheets] == ["花名册"]
    assert cells.notes == ("隐藏的工作表没有导入：旧、密",)


def test_hidden_columns_are_read_and_announced_and_so_are_comments(tmp_path: Path) -> None:
    book = workbook([HEADER, WANG])
    book.active.column_dimensions["C"].hidden = True
    book.active["A2"].comment = openpyxl.comments.Comment("电话是 139…", "李梅")
    cells = read(tmp_path, saved(book))
    assert cells.sheets[0].row(1) == list(WANG)
    assert cells.notes == ("工作表“花名册”有隐藏的列，也读取了", "单元格上的批注没有读取")


def test_a_merged_cell_fills_its_column_only_where_that_is_asked(tmp_path: Path) -> None:
    book = workbook([("姓名", "社区"), ("王芳", "幸福里社区"), ("李四", None), ("张三", None)])
    book.active.merge_cells("B2:B3")
    (sheet,) = read(tmp_path, saved(book)).sheets
    assert sheet.column(1, 1, 4, fill_from=1) == ["幸福里社区", "幸福里社区", ""]
    assert sheet.column(1, 1, 4) == ["幸福里社区", "", ""]
    assert sheet.column(1, 2, 4, fill_from=1) == ["幸福里社区", ""]


def test_spans_of_a_web_table_are_merged_cells(tmp_path: Path) -> None:
    page = (
        b"<table><style>td{}</style><tr><th rowspan=2>A<th colspan=2>B</tr><tr><td>b<br>1<td> b\n 2</tr>"
        b"<tr><td>x&amp;y<td rowspan=x>z</table>"
    )
    (sheet,) = read_cells(sniff(put(tmp_path, "表.html", page))).sheets
    assert sheet.rows == [["A", "B", ""], ["", "b\n1", "b 2"], ["x&y", "z"]]
    assert sheet.merges == [((0, 0), (1, 0)), ((0, 1), (0, 2))]


def test_rows_that_a_browser_does_not_show_are_hidden(tmp_path: Path) -> None:
    page = (
        b"<table><tr><td>1<tr style='height:0; display: none'><td>2<tr hidden><td>3<tr style=color:red><td>4"
        b"<tr height=0 style='DISPLAY:none'><td></td></tr></table>"
    )
    (sheet,) = read_cells(sniff(put(tmp_path, "表.html", page))).sheets
    assert sheet.rows == [["1"], ["2"], ["3"], ["4"], [""]]
    assert hidden_rows(sheet, 0) == [1, 2]


def test_an_old_xls_reads_like_the_same_xlsx(tmp_path: Path) -> None:
    rows = (HEADER, ("王芳", "个体", 13800138000, "幸福里社区"))
    old = read_cells(sniff(put(tmp_path, "旧.xls", xls(*rows)))).sheets[0]
    new = read_cells(sniff(put(tmp_path, "新.xlsx", xlsx(*rows)))).sheets[0]
    page = read_cells(sniff(put(tmp_path, "网页.xls", web(*rows)))).sheets[0]
    assert old.row(1) == new.row(1) == page.row(1) == list(WANG)


def test_a_row_is_shown_to_its_owner_with_what_was_not_trusted(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, xlsx((110101199003071234, True, 1.5, "王芳"))).sheets
    assert sheet.shown(0) == ["110101199003071200", "TRUE", "1.5", "王芳"]
