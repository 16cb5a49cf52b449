"""Text from outside into a cell: as text, whole, never a formula, never a crash."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hepartner.reports.cells import clean, lines, number_format, printed, put, put_text, width
from hepartner.reports.sheets import Cell
from hepartner.reports.values import Growth, Minutes, PercentagePoints, Ratio, Signed


def written(value: Cell) -> tuple[object, str]:
    """Write a value, save, read back: the value and the cell's type."""
    workbook, buffer = Workbook(), BytesIO()
    put(workbook.active["A1"], value)
    workbook.save(buffer)
    cell = load_workbook(buffer).active["A1"]
    return cell.value, cell.data_type


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","点我")', "+1", "-1", "@SUM(A1)", "#N/A", "007", "1E5"]
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert written(text) == (text, "s")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_text_that_excel_would_start_to_calculate_when_edited_is_marked_as_text(text: str) -> None:
    cell = Workbook().active["A1"]
    put_text(cell, text)
    assert cell.quotePrefix


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("张\x0b三\x00", "张三"),
        ("张\x1b[31m三", "张[31m三"),
        ("a\tb", "a b"),
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\ud83d张", "张"),
        ("张\ufffe\uffff", "张"),
        ("abc\u202ecba\u2066", "abccba"),
        ("\x85\x9f新", "新"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_what_no_cell_may_hold_is_removed(raw: str, kept: str) -> None:
    assert clean(raw) == kept
    assert written(raw)[0] == kept


def test_what_excel_would_decode_is_escaped() -> None:
    cell = Workbook().active["A1"]
    put_text(cell, "型号_x0041_")
    assert cell.value == "型号_x005F_x0041_"


def test_text_of_the_greatest_length_is_kept_whole() -> None:
    cell = Workbook().active["A1"]
    assert put_text(cell, "字" * 32_767)
    assert len(cell.value) == 32_767


@pytest.mark.parametrize(("character", "units"), [("字", 1), ("𠮷", 2)])
def test_longer_text_is_cut_and_says_so(character: str, units: int) -> None:
    cell = Workbook().active["A1"]
    assert not put_text(cell, character * 33_000)
    assert cell.value.endswith("（全文 33000 字，超出单元格上限，已截断）")
    assert 32_760 <= len(cell.value) + cell.value.count("𠮷") <= 32_767
    assert cell.value.startswith(character * (16_000 // units))


@pytest.mark.parametrize(
    ("value", "stored", "shown"),
    [
        (1234, 1234, "1,234"),
        (Minutes(75), 1.3, "1.3"),
        (Signed(-1234), -1234, "-1,234"),
        (Signed(Minutes(90)), 1.5, "+1.5"),
        (Growth(83), 0.083, "+8.3%"),
        (Ratio(1, 2), "50.0%（1/2）", "50.0%（1/2）"),
        (PercentagePoints(-12), "-1.2个百分点", "-1.2个百分点"),
        (None, "—", "—"),
        ("", None, ""),
    ],
)
def test_a_cell_holds_a_value_and_prints_it_for_readers(value: Cell, stored: object, shown: str) -> None:
    assert written(value)[0] == stored
    assert printed(value) == shown


def test_a_day_is_a_day() -> None:
    workbook = Workbook()
    put(workbook.active["A1"], date(2025, 11, 3))
    assert workbook.active["A1"].is_date
    assert number_format(date(2025, 11, 3)) == "yyyy-mm-dd"


def test_no_number_format_is_general() -> None:
    values: list[Cell] = [1, Minutes(1), Signed(1), Signed(Minutes(1)), Growth(1)]
    assert [number_format(value) for value in values] == [
        "#,##0_ ",
        "#,##0.0_ ",
        "+#,##0_ ;-#,##0_ ;0_ ",
        "+#,##0.0_ ;-#,##0.0_ ;0.0_ ",
        "+0.0%_ ;-0.0%_ ;0.0%_ ",
    ]


def test_chinese_characters_are_twice_as_wide() -> None:
    assert (width("积分ab"), width("一\n二三"), width("")) == (6, 4, 0)


@pytest.mark.parametrize(
    ("text", "places", "needed"),
    [("积分", 4, 1), ("积分榜", 4, 2), ("", 4, 1), ("一\n二", 9, 2), ("字", 0, 1)],
)
def test_a_wrapped_text_takes_as_many_lines_as_it_needs(text: str, places: float, needed: int) -> None:
    assert lines(text, places) == needed
