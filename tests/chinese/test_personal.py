"""Identity-card numbers and phones in what people type and what lists say."""

import pytest

from hepartner.chinese.personal import identity_number, masked_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("身份证450502199001011234", "450502199001011234"),
        ("吴一 45050219900101123x（本人）", "45050219900101123x"),
        ("450502 19900101 1234", "450502 19900101 1234"),
        ("４５０５０２１９９００１０１１２３４", "450502199001011234"),
        ("旧证 450502900101123", "450502900101123"),
    ],
)
def test_an_identity_number_is_found_however_it_is_typed(text: str, number: str) -> None:
    assert identity_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13800138000",
        "450502199002301234",  # no such day
        "990502199001011234",  # no such province
        "450502199001011234567",  # longer: an order number
        "91450500MA5KABCD1X",  # a credit code
        "2025-03-05 08:30:00 第 12 号",
        "6222021234567890123",  # a bank card
        "450502991301123",  # no such month
    ],
)
def test_other_numbers_are_not_taken_for_identity_numbers(text: str) -> None:
    assert identity_number(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800138000", "138****8000"),
        ("1380013800", "138****800"),
        ("138001380000", "138****0000"),
        ("+86 13800138000", "+861****8000"),
        ("138 0013 8000", "138****8000"),
        ("0779-2031234转8", "077****1234转8"),
        ("400-123-4567", "400****567"),
        ("450502199001011234", "450****1234"),
        ("450502 19900101 1234", "450****1234"),
        ("450502-19900101-123X", "450****123X"),
        ("6222021234567890123", "622****0123"),
    ],
)
def test_what_has_the_shape_of_a_phone_or_a_card_is_hidden(text: str, shown: str) -> None:
    assert masked_numbers(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-41",
        "2026-03-41 25:30",
        "1999-13-01",
        "20260341",
        "1.38",
        "5000000",
        "100000000000000000000000",
        "2025/3/5",
        "250000000",
    ],
)
def test_days_and_amounts_stay_readable(text: str) -> None:
    assert masked_numbers(text) == text


def test_a_local_number_is_hidden_where_it_may_be_one() -> None:
    assert masked_numbers("家里 2031234", local=True) == "家里 203****"
    assert masked_numbers("2026-03-41 20260341 12345", local=True) == "2026-03-41 20260341 12345"
