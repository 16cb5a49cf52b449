"""Days and months as people here type them, read against a given today."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from hepartner.chinese.characters import plain
from hepartner.chinese.misread import (
    AmbiguousDay,
    DayNotYet,
    ImpossibleDay,
    IncompleteDay,
    LunarDay,
    NotADay,
    NotAMonth,
    UnreadableDay,
    YearOutOfRange,
)

# A year outside is a slip of the finger, or one of the days before 1900-03-01 that Excel counts wrongly.
_FIRST_YEAR, _LAST_YEAR = 1950, 2099
# In 12/3/24 the month may stand first; a year above twelve can't be a month.
_FIRST_SHORT_YEAR: Final = 13
_MONTHS: Final = 12
_WEEK: Final = 7


def parse_day(text: str, today: date) -> date:
    """The day that the text means to somebody typing it today.

    A day without year is the latest one not after today, and so is 周三; weeks begin on Monday. A full
    date may lie in the future: whether that is allowed is the ledger's rule. A time of day behind the date
    is dropped. Raises `NotADay`.
    """
    return _read(text, today, _READERS)


def parse_due_day(text: str, today: date) -> date:
    """The day that the text means where it may lie ahead: a deadline, a booking.

    A day without year is the one nearest to today, before or after it; 周三 is the coming one, today's too. Raises `NotADay`.
    """
    return _read(text, today, _DUE_READERS)


def parse_month(text: str, today: date) -> str:
    """The month that the text means to somebody typing it today, as YYYY-MM.

    A month without year is the latest one not after today's. Raises `NotAMonth`.
    """
    typed = _without_blanks(plain(text))
    year, month = today.year, today.month
    if typed in _MONTHS_BACK:
        year, month = _months_back(today, _MONTHS_BACK[typed])
    elif parts := _parts(_YEAR_AND_MONTH, typed):
        year, month = parts
    elif parts := _parts(_BARE_MONTH, typed):
        month = parts[0]
        year -= month > today.month
    else:
        raise NotAMonth(text)
    if not (1 <= month <= _MONTHS and _FIRST_YEAR <= year <= _LAST_YEAR):
        raise NotAMonth(text)
    return f"{year:04}-{month:02}"


# The Chinese keyboard types 。 for the full stop, 号 is spoken 日, and dashes come from Word.
_FOLDED = str.maketrans("。号‐‑‒–—", ".日-----")
_TIME_OF_DAY = re.compile(r"(?:\s+|T|(?<=[日号]))(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9]){1,2}(?:\.0+)?$")
_WITH_YEAR = re.compile(
    r"([0-9]{4}|[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})|"
    + "|".join(
        rf"([0-9]{{4}}|[0-9]{{2}}){mark}([0-9]{{1,2}}){mark}([0-9]{{1,2}})" for mark in ("-", "/", r"\.")
    )
)
_WITHOUT_YEAR = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_ALONE = re.compile(r"([0-9]{1,2})日")
_YEAR_AND_MONTH = re.compile(
    r"([0-9]{4})年([0-9]{1,2})月份?|([0-9]{4})[-/.]([0-9]{1,2})|([0-9]{4})([0-9]{2})"
)
_BARE_MONTH = re.compile(r"([0-9]{1,2})月份?")
_YEAR_LAST = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1([0-9]{4}|[0-9]{2})")
# Months in Han numerals are the lunar calendar's as often as not: 八月十五 is the Mid-Autumn Festival.
_LUNAR = re.compile("农历|阴历|旧历|初[一二三四五六七八九十]|廿|闰|腊月|冬月|[正一二三四五六七八九十]月")

_DAYS_FROM_TODAY = {
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3, "明天": 1, "后天": 2,
}  # fmt: skip
_MONTHS_BACK = {"本月": 0, "这个月": 0, "当月": 0, "上月": 1, "上个月": 1, "上上月": 2, "上上个月": 2}
_MONTH_ENDS_BACK = {"月底": 0, "月末": 0} | {
    month + end: back for month, back in _MONTHS_BACK.items() for end in ("底", "末")
}
_WEEKDAY = re.compile(r"(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_WEEKS_FROM_THIS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_WEEKDAYS = dict(zip("一二三四五六日1234567", [*range(7), *range(7)], strict=True)) | {"天": 6}


def _spoken(typed: str, today: date) -> date | None:
    if typed in _DAYS_FROM_TODAY:
        return today + timedelta(days=_DAYS_FROM_TODAY[typed])
    if typed in _MONTH_ENDS_BACK:
        year, month = _months_back(today, _MONTH_ENDS_BACK[typed])
        return date(year, month, calendar.monthrange(year, month)[1])
    return None


def _weekday(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    if not found:
        return None
    weekday = _WEEKDAYS[found[2]]
    if found[1]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=weekday, weeks=_WEEKS_FROM_THIS[found[1]])
    return today - timedelta(days=(today.weekday() - weekday) % _WEEK)


def _coming_weekday(typed: str, today: date) -> date | None:
    found = _weekday(typed, today)
    if found and found < today and typed[0] not in "上本这下":
        return found + timedelta(days=_WEEK)
    return found


def _with_year(typed: str, today: date) -> date | None:
    parts = _parts(_WITH_YEAR, typed)
    if not parts:
        return None
    year, month, day = parts
    if year < 100:  # noqa: PLR2004 two digits
        year += 2000
        if not 2000 + _FIRST_SHORT_YEAR <= year <= today.year + 1:
            raise AmbiguousDay(typed)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise YearOutOfRange(typed, _FIRST_YEAR, _LAST_YEAR)
    found = _calendar_day(year, month, day)
    if found is None:
        raise ImpossibleDay(typed)
    return found


def _without_year(typed: str, today: date) -> date | None:
    parts = _parts(_WITHOUT_YEAR, typed)
    if not parts:
        return None
    # Eight years back there was a 29 February, whatever the century.
    for year in range(today.year, today.year - 9, -1):
        found = _calendar_day(year, *parts)
        if found and found <= today:
            return found
    raise ImpossibleDay(typed)


def _nearest(typed: str, today: date) -> date | None:
    parts = _parts(_WITHOUT_YEAR, typed)
    if not parts:
        return None
    years = range(today.year - 8, today.year + 9)
    days = [day for year in years if (day := _calendar_day(year, *parts))]
    if not days:
        raise ImpossibleDay(typed)
    return min(days, key=lambda day: (abs(day - today), day < today))


def _day_alone(typed: str, today: date) -> date | None:
    parts = _parts(_DAY_ALONE, typed)
    if not parts:
        return None
    found = _calendar_day(today.year, today.month, parts[0])
    if found is None:
        raise ImpossibleDay(typed)
    return found


def _day_alone_past(typed: str, today: date) -> date | None:
    found = _day_alone(typed, today)
    if found and found > today:
        raise DayNotYet(typed, today.isoformat())
    return found


_Readers = tuple[Callable[[str, date], date | None], ...]
_READERS: Final[_Readers] = (_with_year, _without_year, _day_alone_past, _spoken, _weekday)
_DUE_READERS: Final[_Readers] = (_with_year, _nearest, _day_alone, _spoken, _coming_weekday)


def _read(text: str, today: date, readers: _Readers) -> date:
    typed = _without_blanks(_TIME_OF_DAY.sub("", plain(text)))
    for read in readers:
        if (day := read(typed, today)) is not None:
            return day
    raise _refusal(typed, text)


def _refusal(typed: str, text: str) -> NotADay:
    if _YEAR_LAST.fullmatch(typed):
        return AmbiguousDay(text)
    if _YEAR_AND_MONTH.fullmatch(typed) or _BARE_MONTH.fullmatch(typed) or typed in _MONTHS_BACK:
        return IncompleteDay(text)
    if _LUNAR.search(typed):
        return LunarDay(text)
    return UnreadableDay(text)


def _without_blanks(typed: str) -> str:
    return "".join(typed.translate(_FOLDED).split())


def _parts(form: re.Pattern[str], typed: str) -> list[int]:
    found = form.fullmatch(typed)
    return [int(part) for part in found.groups() if part] if found else []


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_back(today: date, count: int) -> tuple[int, int]:
    months = today.year * _MONTHS + today.month - 1 - count
    return months // _MONTHS, months % _MONTHS + 1
