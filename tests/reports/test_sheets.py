"""Typed sheets know where each of their cells will stand."""

import pytest

from hepartner.reports.sheets import Column, Row, Sheet, Table, column_letter

PLAIN = Table(
    (Column("name", "名称", 5), Column("points", "积分", 4)), (Row("a", ("甲", 1)), Row("b", ("乙", 2)))
)
GROUPED = Table(
    (Column("name", "名称", 5), Column("in", "发放", 4, group="积分")),
    (Row("a", ("甲", 1)),),
    caption="二、分组",
)


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_lettered_as_in_excel(number: int, letter: str) -> None:
    assert column_letter(number) == letter


def test_the_first_table_stands_under_title_office_line_and_headings() -> None:
    assert Sheet("表", "题", (PLAIN,)).place(0, "b", "points") == "B5"


def test_a_second_table_stands_a_line_below_with_its_caption_and_two_heading_rows() -> None:
    assert Sheet("表", "题", (PLAIN, GROUPED)).place(1, "a", "in") == "B10"


def test_charts_push_the_tables_down() -> None:
    assert Sheet("表", "题", (PLAIN,), chart_rows=28).place(0, "a", "name") == "A32"


def test_a_value_is_found_by_its_row_and_column() -> None:
    assert PLAIN.value("b", "points") == 2
    assert PLAIN.changed("b", "points", 9).value("b", "points") == 9
    assert PLAIN.value("b", "points") == 2


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="3 values for 2 columns"):
        Table(PLAIN.columns, (Row("a", ("甲", 1, 2)),))
