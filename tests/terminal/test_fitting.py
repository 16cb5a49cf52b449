"""A table on a screen that is too narrow for it, and text in lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.terminal.fitting import arranged, broken
from hepartner.terminal.safe import width

CODES = ("编号", "DZ-P0001", "DZ-P0002")
DAYS = ("加入日期", "2025-11-02", "2025-11-03")
NAMES = ("名称", "北海市渔歌电动车行", "李梅")
NOTES = ("备注", "", "")
DEFINITIONS = ("口径", "月末在册的个体合伙人，暂停的仍在册" * 3, "月末在册的商企合伙人" * 5)


def test_what_fits_stands_side_by_side_with_empty_columns_too() -> None:
    assert arranged([CODES, NAMES, NOTES], 34) == [{0: 8, 1: 18, 2: 4}]


def test_where_it_does_not_fit_columns_without_text_are_left_out_first() -> None:
    assert arranged([CODES, NAMES, NOTES], 33) == [{0: 8, 1: 18}]


def test_a_table_without_rows_keeps_its_headings() -> None:
    assert arranged([("编号",), ("备注",)], 9) == [{0: 4}, {1: 4}]


def test_then_the_widest_column_gives_way_and_codes_and_days_stay_whole() -> None:
    assert arranged([CODES, NAMES, DAYS], 34) == [{0: 8, 1: 12, 2: 10}]


def test_a_row_takes_several_lines_where_that_makes_fewer() -> None:
    assert arranged([CODES, DEFINITIONS, DAYS], 36) == [{0: 8}, {1: 32}, {2: 10}]


def test_a_row_takes_several_lines_where_no_column_can_give_way() -> None:
    assert arranged([CODES, DAYS, CODES], 28) == [{0: 8, 1: 10}, {2: 8}]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("文化活动室", ["文化活动室"]),
        ("社区党群服务中心", ["社区党群服", "务中心"]),
        ("听涛舞蹈队、书画社", ["听涛舞蹈", "队、书画社"]),
        ("2022-12-31 08:00", ["2022-12-31", "08:00"]),
        ("距 3 星还差 17 小时", ["距 3 星还", "差 17 小时"]),
        ("美容美发（一楼）", ["美容美发", "（一楼）"]),
        ("编号abcdefghijkl", ["编号", "abcdefghijkl"]),
        ("", [""]),
    ],
)
def test_a_text_is_broken_between_chinese_characters_and_words(text: str, lines: list[str]) -> None:
    assert broken(text, 10) == lines


@given(st.text("合伙人、，（ab12 ", max_size=60), st.integers(4, 40))
def test_nothing_of_a_broken_text_is_lost_but_space_and_no_line_can_be_broken_further(
    text: str, places: int
) -> None:
    lines = broken(text, places)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(broken(line, places) == [line] for line in lines)


@given(st.text("合伙人", max_size=60), st.integers(2, 40))
def test_a_line_of_chinese_is_never_wider_than_its_place(text: str, places: int) -> None:
    assert all(width(line) <= places for line in broken(text, places))
