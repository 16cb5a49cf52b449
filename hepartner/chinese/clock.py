"""Times of day as people here type them, as whole minutes since midnight."""

import re
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import AmbiguousTime, ImpossibleTime, UnreadableTime
from hepartner.chinese.numbers import han_number

_HOUR: Final = 60
_HOURS: Final = 24
_NOON: Final = 12


def parse_time(text: str) -> int:
    """Minutes since midnight, 0 to 1439, from 08:30, 8点半, 下午3点, 20时05分, 0830.

    Without 下午 or 晚上 an hour is one of twenty-four. Raises `NotATime`.
    """
    typed = "".join(plain(text).lower().split())
    found = next((match for form in _FORMS if (match := form.fullmatch(typed))), None)
    parts = found.groupdict() if found else {}
    hour, minute = _number(parts.get("hour") or ""), _minute(parts)
    if hour is None or minute is None:
        raise UnreadableTime(text)
    part = parts.get("part") or parts.get("half_day") or ""
    if part in _BEFORE_MIDNIGHT and hour == _NOON:
        raise AmbiguousTime(text)
    meant = _of_twenty_four(hour, part)
    if meant is None or meant >= _HOURS or minute >= _HOUR:
        raise ImpossibleTime(text)
    return meant * _HOUR + minute


def time_text(minutes: int) -> str:
    """Write minutes since midnight as 08:30."""
    return f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"


_HOURS_OF: Final = {
    ("凌晨",): range(7),
    ("清晨", "早晨", "早上", "早"): range(4, 12),
    ("上午",): range(5, 13),
    ("中午",): range(11, 15),
    ("下午", "午后", "傍晚"): range(12, 20),
    ("晚上", "晚"): range(17, 24),
    ("夜里", "夜间", "深夜", "半夜"): (*range(6), *range(19, 24)),
    ("am", "a.m."): range(12),
    ("pm", "p.m."): range(12, 24),
}
_BEFORE_MIDNIGHT = {"晚上", "晚", "夜里", "夜间", "深夜", "半夜"}
_PART = "(?P<part>凌晨|清晨|早晨|早上|上午|中午|下午|午后|傍晚|晚上|夜里|夜间|深夜|半夜|早|晚)?"
_HALF_DAY = r"(?P<half_day>am|pm|a\.m\.|p\.m\.)"
_HAN = "[零〇一二两三四五六七八九十]{1,3}"
_BEHIND_THE_HOUR = rf"(?:钟|整|(?P<half>半)|(?P<quarters>[一三])刻|(?P<minute>[0-9]{{1,2}}|{_HAN})分?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_PART}(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?{_HALF_DAY}?",
        "(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})",
        rf"{_PART}(?P<hour>[0-9]{{1,2}}|{_HAN})[点时]{_BEHIND_THE_HOUR}",
        rf"(?P<hour>[0-9]{{1,2}}){_HALF_DAY}",
    )
)


def _of_twenty_four(hour: int, part: str) -> int | None:
    """Return the hour that is meant in a part of the day, itself or twelve later; None where it has none such."""
    if not part:
        return hour
    hours = next(hours for parts, hours in _HOURS_OF.items() if part in parts)
    said = (hour, (hour + _NOON) % _HOURS) if hour <= _NOON else (hour,)
    return next((one for one in said if one in hours), None)


def _minute(parts: dict[str, str | None]) -> int | None:
    if parts.get("half"):
        return 30
    if quarters := parts.get("quarters"):
        return {"一": 15, "三": 45}[quarters]
    written = parts.get("minute")
    return _number(written) if written else 0


def _number(written: str) -> int | None:
    if written.isascii() and written.isdigit():
        return int(written)
    return han_number(written.removeprefix("零") or written)
