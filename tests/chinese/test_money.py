"""Money as people type it, kept in whole fen."""

import pytest

from hepartner.chinese.misread import NotANumber
from hepartner.chinese.money import parse_yuan, yuan


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.50元", 1250),
        ("￥1,200", 120_000),
        ("１２．０５", 1205),
        ("0", 0),
        ("0.01", 1),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_yuan_are_read_as_fen(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["", "元", "-5", "1.005", "1e3", "1,20", "一百", "1000000000", "12.3.4"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber, match="金额"):
        parse_yuan(typed)


def test_fen_are_written_with_two_decimals() -> None:
    assert [yuan(fen) for fen in (0, 5, 1250, 99_999_999_999)] == ["0.00", "0.05", "12.50", "999999999.99"]
