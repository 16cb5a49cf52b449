"""Durations as people here type them: hours, minutes and quarters in their many spellings."""

import re
from fractions import Fraction
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import DurationOutOfRange, NotWholeMinutes, UnreadableDuration
from hepartner.chinese.numbers import han_number

_DAY: Final = 24 * 60


def parse_minutes(text: str, *, days: int = 1) -> int:
    """Whole minutes, more than none and at most a day (or `days`), from 2 or 1.5 (hours), 1:30, 1小时30分, 90分钟.

    Raises `NotADuration`.
    """
    minutes = _duration("".join(plain(text).lower().split()))
    if minutes is None:
        raise UnreadableDuration(text)
    if minutes.denominator != 1:
        raise NotWholeMinutes(text)
    if not 0 < minutes <= days * _DAY:
        raise DurationOutOfRange(text, days=days)
    return int(minutes)


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
    return Fraction(written) if written[0].isascii() else han_number(written)
