"""Points, counts and durations as people here type them, read from an explicit table of digits."""

import re
from fractions import Fraction
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import (
    DurationOutOfRange,
    NotWhole,
    NotWholeMinutes,
    NumberOutOfRange,
    UnreadableDuration,
    UnreadableNumber,
)

_LONGEST_MINUTES: Final = 24 * 60


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
        number = _han_number(typed)
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


def parse_minutes(text: str) -> int:
    """Whole minutes, more than none and at most a day, from 2 or 1.5 (hours), 1:30, 1小时30分, 90分钟.

    Raises `NotADuration`.
    """
    minutes = _duration("".join(plain(text).lower().split()))
    if minutes is None:
        raise UnreadableDuration(text)
    if minutes.denominator != 1:
        raise NotWholeMinutes(text)
    if not 0 < minutes <= _LONGEST_MINUTES:
        raise DurationOutOfRange(text)
    return int(minutes)


_LONGEST_DIGITS: Final = 18
_WHOLE = re.compile(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
# As people say numbers below a hundred thousand, or digit by digit; cn2an alone reads 六四万百 too.
_HAN_NUMERAL = re.compile(
    "(?:{0}万零?)?(?:{0}千零?)?(?:{0}百零?)?(?:{0}?十)?{0}?|[零〇一二三四五六七八九]{{1,9}}".format(
        "[一二两三四五六七八九]"
    )
)
_POINTS_DRESS = re.compile(r"^[¥]\s*|\s*(?:积?分|元)$")

_HAN_AMOUNT = "[零〇一二两三四五六七八九十百]{1,6}"
_INTEGER = f"[0-9]{{1,6}}|{_HAN_AMOUNT}"
_DECIMAL = rf"[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?|{_HAN_AMOUNT}"
_HOURS_WORD = "(?:个?(?:小时|钟头|h))"
_MINUTES_WORD = "(?:分钟?|min|m)"
_DURATIONS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<hours>{_DECIMAL}){_HOURS_WORD}?",
        rf"(?P<hours>{_INTEGER}):(?P<minutes>[0-5][0-9])",
        rf"(?P<hours>{_INTEGER}){_HOURS_WORD}零?(?P<minutes>{_INTEGER}){_MINUTES_WORD}?",
        rf"(?:(?P<hours>{_INTEGER})个?)?(?P<half>半){_HOURS_WORD}",
        rf"(?P<hours>{_INTEGER}){_HOURS_WORD}(?P<half>半)",
        rf"(?P<minutes>{_DECIMAL}){_MINUTES_WORD}",
        rf"(?P<quarters>{_INTEGER})刻钟",
    )
)
_MINUTES_PER = {"hours": 60, "half": 60, "minutes": 1, "quarters": 15}


def _duration(typed: str) -> Fraction | None:
    found = next((match for form in _DURATIONS if (match := form.fullmatch(typed))), None)
    if found is None:
        return None
    total = Fraction(0)
    for unit, written in found.groupdict().items():
        amount = _amount(written) if written else 0
        if amount is None:
            return None
        total += amount * _MINUTES_PER[unit]
    return total


def _amount(written: str) -> Fraction | int | None:
    if written == "半":
        return Fraction(1, 2)
    return Fraction(written) if written[0].isascii() else _han_number(written)


def _han_number(written: str) -> int | None:
    if not (written and _HAN_NUMERAL.fullmatch(written)):
        return None
    import cn2an  # 130 ms

    try:
        return int(cn2an.cn2an(written, "normal"))
    except (ValueError, KeyError):  # what it means for a refusal, and what 两百零十两 makes of it
        return None
