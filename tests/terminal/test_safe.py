import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hepartner.terminal.safe import padded, safe, width

ATTACKS = {
    "\x1b[31m张三\x1b[0m": "张三",
    "\x1b]0;换标题\x07李梅": "李梅",
    "\x1b]8;;http://坏\x1b\\点我\x1b]8;;\x1b\\": "点我",
    "\x9b2J李梅": "李梅",
    "李梅\x1b": "李梅",
    "李\r梅": "李 梅",
    "李梅\n已记账：凭证 V1": "李梅 已记账：凭证 V1",
    "李\u202e梅": "李梅",
    "李\u200b梅\ufeff": "李梅",
    "李\u3164梅": "李梅",
    "李\x08\x08王": "李王",
    "名\ud800字": "名?字",
}


@pytest.mark.parametrize(("typed", "seen"), ATTACKS.items(), ids=map(repr, ATTACKS))
def test_text_that_moves_recolours_or_hides_comes_out_plain(typed: str, seen: str) -> None:
    assert safe(typed) == seen


@pytest.mark.parametrize(
    "text", ["张三[/]", "[red]红[/red]", ":smile:", "李梅 O'Neil", "𠮷野家", "全　角", "龥㐀"]
)
def test_names_and_markup_stay_literally_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.text())
@example("\x1b\x1b[31m[31m")
@example("\x9b\x9b31m31m")
def test_nothing_that_acts_on_a_terminal_survives_and_twice_is_once(text: str) -> None:
    shown = safe(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_letters_digits_and_punctuation_are_never_lost(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("李梅", 4), ("a李", 3), ("e\u0301", 1), ("（", 2)]
)
def test_a_chinese_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_counts_columns_and_never_cuts() -> None:
    assert padded("李梅", 6) == "李梅  "
    assert padded("12", 4, right=True) == "  12"
    assert padded("李梅梅", 2) == "李梅梅"
