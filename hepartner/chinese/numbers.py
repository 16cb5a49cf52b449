"""Points and counts as people here type them, read from an explicit table of digits."""

import re
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import (
    NotWhole,
    NumberOutOfRange,
    UnreadableNumber,
)


def parse_whole(
    text: str, *, noun: str = "数量", least: int = 0, most: int = 999_999_999, han_numerals: bool = False
) -> int:
    """The whole number from `least` to `most` that the text says; `noun` names it in the refusal.

    ASCII and full-width digits, +10, 10.0, 1,000; int() would also take ٣ and 1_000. Han numerals (三十)
    are for what is typed at the prompt, where the result is seen; a file's are refused. Raises `NotANumber`.
    """
    typed = plain(text)
    number: int | None
    if found := _WHOLE.fullmatch(typed):
        sign, digits, fraction = found.groups(default="")
        if fraction.strip("0"):
            raise NotWhole(noun, text)
        # Nobody means twenty digits; int() itself refuses 4,300 with an English sentence.
        number = int(sign + digits.replace(",", "")) if len(digits) <= _LONGEST_DIGITS else most + 1
    elif han_numerals:
        number = han_number(typed)
    else:
        number = None
    if number is None:
        raise UnreadableNumber(noun, text)
    if not least <= number <= most:
        raise NumberOutOfRange(noun, text, least, most)
    return number


def parse_points(text: str, *, least: int = 1, most: int = 1_000_000, han_numerals: bool = False) -> int:
    """The points that the text says: as `parse_whole`, also 10分, 10积分 and ￥10.00.

    Raises `NotANumber`.
    """
    bare = _POINTS_DRESS.sub("", plain(text))
    if not bare:
        raise UnreadableNumber("积分", text)
    return parse_whole(bare, noun="积分", least=least, most=most, han_numerals=han_numerals)


_LONGEST_DIGITS: Final = 18
_WHOLE = re.compile(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
# As people say numbers below a hundred thousand, or digit by digit; cn2an alone reads 六四万百 too.
_HAN_NUMERAL = re.compile(
    "(?:{0}万零?)?(?:{0}千零?)?(?:{0}百零?)?(?:{0}?十)?{0}?|[零〇一二三四五六七八九]{{1,9}}".format(
        "[一二两三四五六七八九]"
    )
)
_POINTS_DRESS = re.compile(r"^[¥]\s*|\s*(?:积?分|元)$")


def han_number(written: str) -> int | None:
    """The whole number that a Han numeral says, None if it is none."""
    if not (written and _HAN_NUMERAL.fullmatch(written)):
        return None
    import cn2an  # 130 ms

    try:
        return int(cn2an.cn2an(written, "normal"))
    except (ValueError, KeyError):  # what it means for a refusal, and what 两百零十两 makes of it
        return None
