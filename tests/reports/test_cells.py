"""Values into a cell: as Excel holds them, and as a reader sees them."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hepartner.reports.cells import lines, number_format, printed, put, width
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
