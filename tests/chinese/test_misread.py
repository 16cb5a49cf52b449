"""How a refusal quotes what was typed."""

import pytest

from hepartner.chinese.misread import Misread, shown


def test_a_refusal_is_a_finished_sentence_whose_halves_can_be_placed_apart() -> None:
    refused = Misread("看不懂日期“改天”", "可以写 2025-3-5")
    assert str(refused) == "看不懂日期“改天”。可以写 2025-3-5。"
    assert (refused.reason, refused.remedy) == ("看不懂日期“改天”", "可以写 2025-3-5")


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("138-0013-8000", "138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("0779-2031234", "077****1234"),
        ("45050219900307123X", "450****123X"),
    ],
)
def test_a_phone_or_identity_number_in_the_wrong_column_is_masked(typed: str, quoted: str) -> None:
    assert shown(f"电话{typed}") == f"电话{quoted}"


@pytest.mark.parametrize("typed", ["20240230", "2024-02-30 08:30", "1000001"])
def test_dates_and_points_are_quoted_whole(typed: str) -> None:
    assert shown(typed) == typed


def test_a_quotation_is_one_short_line_without_controls() -> None:
    assert shown(" 三\n月\x1b[2J\u202e五\t日 ") == "三 月[2J五 日"
    assert shown("很" * 25) == "很" * 24 + "…"
