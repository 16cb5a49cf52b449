"""Text from outside into a cell: as text, whole, never a formula, never a crash."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hepartner.excel.text import clean, put_text


def written(text: str) -> tuple[object, str]:
    """Write a text, save, read back: the value and the cell's type."""
    workbook, buffer = Workbook(), BytesIO()
    put_text(workbook.active["A1"], text)
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
    assert written(raw) == (kept, "s")


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
