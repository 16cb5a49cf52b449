"""A sheet on paper: which columns grow and shrink, which way round the page lies, and when one page holds everything."""

import pytest

from hepartner.reports.layout import ACROSS, UPRIGHT, Layout, column_widths, laid_out
from hepartner.reports.sheets import Align, Column, Row, Sheet, Table, Weight

COLUMNS = (Column("name", "名称", 10, Align.LEFT), Column("points", "积分", 3))


def sheet(*rows: Row, columns: tuple[Column, ...] = COLUMNS, **more: object) -> Sheet:
    return Sheet("表", "题目", (Table(columns, rows),), **more)


def named(*names: str) -> Sheet:
    return sheet(*(Row(name, (name, 1)) for name in names))


def long(rows: int, columns: int = 2, places: float = 3) -> Layout:
    """A sheet of so many rows of ones, laid out."""
    headings = tuple(Column(str(number), "列", places) for number in range(columns))
    return laid_out(sheet(*(Row(line, (1,) * columns) for line in range(rows)), columns=headings))


def test_a_number_is_never_wider_than_its_column() -> None:
    made = sheet(Row("a", ("甲", 1_234_567_890)), Row("t", ("合计", 5), Weight.TOTAL))
    assert column_widths(made)[1] >= len("1,234,567,890") + 1


@pytest.mark.parametrize(
    ("longest", "places"),
    [("短", 14), ("十二个汉字的名称十二个汉", 24), ("二十个汉字的名称二十个汉字的名称二十个汉", 20)],
)
def test_a_column_of_names_follows_them_so_far_as_it_saves_a_line(longest: str, places: int) -> None:
    assert column_widths(named("甲", longest))[0] == places + 1.5


def test_a_column_of_names_is_as_wide_as_its_heading() -> None:
    columns = (Column("name", "街道、社区及其他", 8, Align.LEFT),)
    assert column_widths(sheet(Row("a", ("甲",)), columns=columns)) == (16 + 1.5,)


def test_a_narrow_sheet_is_stretched_to_the_page_and_a_wide_one_left_alone() -> None:
    assert sum(laid_out(named("甲")).widths) == pytest.approx(ACROSS.places, abs=0.1)
    assert long(1, columns=20, places=10).widths == (21.5,) * 20


def test_what_fits_across_lies_across() -> None:
    layout = long(20)
    assert (layout.paper, layout.one_page) == (ACROSS, False)


def test_what_is_a_little_too_long_is_made_smaller_and_stands_on_one_page() -> None:
    layout = long(50)
    assert (layout.paper, layout.one_page) == (UPRIGHT, True)
    assert sum(layout.widths) > UPRIGHT.places


def test_what_one_page_could_not_hold_readably_takes_several_across() -> None:
    for layout in (long(100), long(50, columns=25)):
        assert (layout.paper, layout.one_page) == (ACROSS, False)


def test_a_sheet_that_asks_for_one_page_gets_it_its_own_way_round() -> None:
    rows = [Row(line, ("甲", 1)) for line in range(100)]
    upright, across = (laid_out(sheet(*rows, one_page=True, portrait=way)) for way in (True, False))
    assert (upright.paper, upright.one_page) == (UPRIGHT, True)
    assert (across.paper, across.one_page) == (ACROSS, True)


def test_every_line_that_is_written_has_its_height() -> None:
    rows = (Row("a", ("甲", 1)), Row("b", ("很长" * 60, 1)))
    heights = laid_out(sheet(*rows, notes=("说明", "再说明"), signed=True)).heights
    assert sorted(heights) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert heights[4] == heights[6] == 19.5
    assert heights[5] > 2 * heights[4]
    assert heights[8] == 30
