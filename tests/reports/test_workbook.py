"""The file as Excel and WPS open it: A4, repeated headings, page numbers, values and no formulas."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from hepartner.reports.charts import axis_end
from hepartner.reports.sheets import Align, Book, Chart, Column, Row, Sheet, Table
from hepartner.reports.values import Ratio
from hepartner.reports.workbook import build, footer_text, sheet_name, write

COLUMNS = (Column("name", "名称", 5, Align.LEFT), Column("points", "积分", 3), Column("rate", "满意率", 3))


def sheet(*rows: Row, **more: object) -> Sheet:
    """A sheet of one table."""
    return Sheet("表", "题目", (Table(COLUMNS, rows),), **more)


def book(*sheets: Sheet, office: str = "海城区") -> Book:
    return Book("月报", office, date(2025, 12, 5), sheets)


def cells(workbook: Workbook) -> list[object]:
    return [cell for page in workbook for line in page.iter_rows() for cell in line if cell.value is not None]


# The monthly workbook


def test_there_is_no_formula_in_it(workbook: Workbook) -> None:
    assert {cell.data_type for cell in cells(workbook)} <= {"s", "n", "d"}


def test_every_sheet_prints_on_a4_as_wide_as_the_page(workbook: Workbook) -> None:
    for page in workbook:
        setup = page.page_setup
        assert (int(setup.paperSize), setup.fitToWidth) == (9, 1)
        assert setup.orientation == "landscape" or setup.fitToHeight == 1
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_a_sheet_that_is_made_smaller_for_one_page_prints_so(tmp_path: Path) -> None:
    made = sheet(*(Row(number, ("甲", number, None)) for number in range(45)))
    setup = load_workbook(write(book(made), tmp_path / "a.xlsx").path)["表"].page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("portrait", 1, 1)


def test_headings_repeat_on_every_page(workbook: Workbook) -> None:
    repeated = {page.title: page.print_title_rows for page in workbook}
    assert repeated["月报总表"] == "$3:$4"
    assert repeated["活动"] == "$3:$3"
    assert repeated["问题办结"] == "$12:$13"


def test_every_sheet_has_a_title_an_office_line_and_page_numbers(workbook: Workbook) -> None:
    for page in workbook:
        assert "2025年11月" in page["A1"].value
        assert page["A2"].value == "填报单位：海城区"
        assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
        assert page.oddFooter.left.text == "海城区"
        assert page.oddFooter.right.text == page.title


def test_long_tables_keep_their_headings_on_screen(workbook: Workbook) -> None:
    frozen = {page.title: page.freeze_panes for page in workbook}
    assert (frozen["分街道社区"], frozen["积分榜"], frozen["问题办结"]) == ("C5", "D4", None)


def test_totals_are_bold_on_grey_and_rows_black_on_white(workbook: Workbook) -> None:
    page = workbook["积分收支"]
    plain, subtotal, total = page["C5"], page["C7"], page["C11"]
    assert [cell.font.b for cell in (plain, subtotal, total)] == [False, True, True]
    assert [cell.fill.fgColor.rgb for cell in (subtotal, total)] == ["FFEFEFEF", "FFD9D9D9"]
    assert plain.fill.fill_type is None
    assert {cell.border.top.style for cell in (plain, subtotal, total)} == {"thin"}


def test_no_colour_but_grey_is_used(workbook: Workbook) -> None:
    fills = {cell.fill.fgColor.rgb for cell in cells(workbook) if cell.fill.fill_type}
    assert fills == {"FFEFEFEF", "FFD9D9D9"}
    fonts = {cell.font.color and cell.font.color.rgb for cell in cells(workbook)}
    assert fonts <= {None, "FF000000"}


def test_charts_are_native_and_named(workbook: Workbook, printed: Path) -> None:
    with ZipFile(printed) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        drawn = "".join(archive.read(name).decode() for name in charts)
    assert len(charts) == 3
    for text in (
        "近12个月积分发放与兑换（分）",
        "2025年11月民生问题（按类别）（件）",
        "2025年11月末合伙人（按类型）（个）",
    ):
        assert text in drawn
    assert drawn.count("wdUpDiag") == 2
    assert workbook["图表"]["A33"].value == "2024-12"


# The writer


def test_a_value_is_a_number_with_its_format(tmp_path: Path) -> None:
    made = sheet(Row("a", ("甲", 1234, Ratio(1, 2))), Row("b", ("", None, Ratio(0, 0))))
    page = load_workbook(write(book(made), tmp_path / "a.xlsx").path)["表"]
    assert (page["B4"].value, page["B4"].number_format) == (1234, "#,##0_ ")
    assert (page["C4"].value, page["A5"].value, page["B5"].value, page["C5"].value) == (
        "50.0%（1/2）",
        None,
        "—",
        "—",
    )
    assert [page[at].alignment.horizontal for at in ("A4", "B4", "C4", "B5")] == [
        "left",
        "right",
        "right",
        "right",
    ]


def test_text_that_excel_cannot_hold_is_cut_and_named(tmp_path: Path) -> None:
    saved = write(book(sheet(Row("a", ("长" * 40_000, 1, None)))), tmp_path / "a.xlsx")
    assert saved.notices == (
        "“表”表 A4（名称）的文字超过 Excel 单元格的上限，已截断并注明。请到台账里查看全文。",
    )
    assert load_workbook(saved.path)["表"].row_dimensions[4].height == 409


def test_a_wrapped_text_makes_its_row_as_high_as_it_needs() -> None:
    workbook, _ = build(book(sheet(Row("a", ("短", 1, None)), Row("b", ("很长" * 60, 1, None)))))
    heights = [workbook["表"].row_dimensions[line].height for line in (4, 5)]
    assert heights[0] == 19.5
    assert heights[1] > 3 * heights[0]


def test_a_caption_and_notes_stand_across_the_sheet() -> None:
    table = Table(COLUMNS, (Row("a", ("甲", 1, None)),), caption="一、按类别")
    workbook, _ = build(book(Sheet("表", "题目", (table, table), notes=("甲", "乙"))))
    page = workbook["表"]
    assert [page[f"A{line}"].value for line in (3, 4, 7, 8, 9, 10, 11)] == [
        "一、按类别", "名称", "一、按类别", "名称", "甲", "注：甲", "　　乙",
    ]  # fmt: skip
    assert page.print_title_rows == "$8:$8"


def test_group_headings_stand_over_their_columns() -> None:
    columns = (
        Column("a", "名称", 4),
        Column("b", "发放", 4, group="积分"),
        Column("c", "兑换", 4, group="积分"),
    )
    workbook, _ = build(book(Sheet("表", "题目", (Table(columns, ()),))))
    page = workbook["表"]
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A3:A4", "B3:C3"} <= merged
    assert [page[at].value for at in ("A3", "B3", "B4", "C4")] == ["名称", "积分", "发放", "兑换"]


def test_a_chart_of_what_went_down_shows_it() -> None:
    rows = tuple(Row(month, (month, amount, None)) for month, amount in (("一月", 5), ("二月", -3)))
    chart = Chart("增减", "分", "name", ("points",), 2, (1, 3), (1, 10))
    workbook, _ = build(book(replace(sheet(*rows), charts=(chart,), chart_rows=10)))
    (drawn,) = workbook["表"]._charts  # noqa: SLF001 openpyxl offers no other way to the charts
    assert drawn.y_axis.scaling.min is None
    assert drawn.legend is None


@pytest.mark.parametrize(("highest", "end"), [(28_017, 45_000), (100_000, 150_000), (7, 10.5)])
def test_over_the_highest_bar_there_is_room_for_its_value_upright(highest: int, end: float) -> None:
    assert axis_end(highest) == end


@pytest.mark.parametrize(
    ("highest", "unit", "turned"), [(5, 1, None), (6, None, None), (1_234_567, None, -5_400_000)]
)
def test_small_counts_go_by_ones_and_long_ones_stand_upright(
    highest: int, unit: int | None, turned: int | None
) -> None:
    rows = tuple(Row(month, (str(month), highest, None)) for month in range(12))
    chart = Chart("增减", "分", "name", ("points",), 12, (1, 3), (1, 10))
    workbook, _ = build(book(replace(sheet(*rows), charts=(chart,), chart_rows=10)))
    (drawn,) = workbook["表"]._charts  # noqa: SLF001 openpyxl offers no other way to the charts
    assert drawn.y_axis.majorUnit == unit
    assert (drawn.dataLabels.txPr.bodyPr and drawn.dataLabels.txPr.bodyPr.rot) == turned
    assert drawn.y_axis.scaling.max == (turned and axis_end(highest))


def test_a_heading_beside_groups_needs_no_more_height_than_both_rows() -> None:
    columns = (Column("a", "名\n（去重）\n（个）", 4), Column("b", "发放", 4, group="积分"))
    workbook, _ = build(book(Sheet("表", "题目", (Table(columns, ()),))))
    page = workbook["表"]
    assert [page.row_dimensions[line].height for line in (3, 4)] == [19.5, 34]


def test_what_goes_up_has_a_line_for_those_who_sign(workbook: Workbook) -> None:
    signed = [cell.value for cell in workbook["月报总表"]["A"] if "审核人：" in str(cell.value)]
    assert len(signed) == 1


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("月报/总表", "月报-总表"),
        ("a[1]:*?\\b", "a-1-----b"),
        ("'引号'", "引号"),
        ("", "表"),
        ("长" * 40, "长" * 31),
        ("HISTORY", "HISTORY(2)"),
        ("已有", "已有(2)"),
        ("长长" + "长" * 40, "长" * 31),
    ],
)
def test_a_sheets_name_is_one_that_excel_accepts(wanted: str, name: str) -> None:
    assert sheet_name(wanted, {"已有"}) == name


def test_a_long_name_that_is_taken_still_fits_with_its_number() -> None:
    assert sheet_name("长" * 40, {"长" * 31}) == "长" * 28 + "(2)"


@pytest.mark.parametrize(
    ("text", "shown"), [("甲&乙", "甲&&乙"), ("多行\n名称", "多行 名称"), ("长" * 80, "长" * 60)]
)
def test_a_footer_shows_a_name_as_it_is(text: str, shown: str) -> None:
    assert footer_text(text) == shown


def test_the_day_has_room_beside_the_office_even_when_the_last_column_is_the_widest() -> None:
    table = Table((Column("a", "名", 2), Column("b", "说明", 60)), ())
    workbook, _ = build(book(Sheet("表", "题目", (table,))))
    assert workbook["表"]["A2"].value == "填报单位：海城区"
    assert workbook["表"]["B2"].value == "填报时间：2025-12-05"
