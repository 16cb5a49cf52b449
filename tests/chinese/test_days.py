"""Days and months as people type them; today is Monday, 23 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.chinese.days import parse_day, parse_due_day, parse_month
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

TODAY = date(2026, 11, 23)

WRITTEN_DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024/3/5",
        "2024.3.5",
        "2024-3-5",
        "2024-03-05",
        "2024年3月5日",
        "2024年3月5号",
        "2024年3月5",
        "2024年 3 月 5 日",
        "20240305",
        "２０２４／３／５",
        "２０２４．３．５",
        "2024。3。5",
        "2024－3－5",
        "2024—3—5",
        "24.3.5",
        "24-03-05",
        "24年3月5日",
        " 2024-3-5\n",
        "\u200e2024\u200e-3-5",
        "2024/3/5 0:00",
        "2024-03-05 00:00:00",
        "2024-03-05T14:30:00.000",
        "2024年3月5日14:30",
    ],
)
def test_a_day_with_its_year_is_read_in_every_form_offices_write(text: str) -> None:
    assert parse_day(text, TODAY) == date(2024, 3, 5)


@given(WRITTEN_DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_a_day_written_out_reads_as_itself_whatever_today_is(day: date, form: str) -> None:
    assert parse_day(day.strftime(form), TODAY) == day


@pytest.mark.parametrize("text", ["3月5日", "3-5", "3.5", "3/5", "03-05", "３月５号", "3月5", "3。5"])
def test_a_day_without_year_that_has_passed_is_this_years(text: str) -> None:
    assert parse_day(text, TODAY) == date(2026, 3, 5)


@given(WRITTEN_DAYS, WRITTEN_DAYS)
def test_a_day_without_year_is_the_latest_such_day_not_after_today(day: date, today: date) -> None:
    found = parse_day(f"{day.month}月{day.day}日", today)
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= today
    leap_day = (day.month, day.day) == (2, 29)
    assert today - found < timedelta(days=366 * 8 if leap_day else 366)


def test_a_day_without_year_that_is_still_to_come_is_last_years() -> None:
    assert parse_day("11月23日", TODAY) == TODAY
    assert parse_day("11月24日", TODAY) == date(2025, 11, 24)


def test_the_29th_of_february_is_the_latest_there_was() -> None:
    assert parse_day("2月29日", TODAY) == date(2024, 2, 29)


@pytest.mark.parametrize(("text", "day"), [("5日", 5), ("5号", 5), ("１号", 1), ("23日", 23)])
def test_a_bare_day_is_of_this_month(text: str, day: int) -> None:
    assert parse_day(text, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 23)),
        ("昨天", date(2026, 11, 22)),
        ("昨日", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("大前天", date(2026, 11, 20)),
        ("明天", date(2026, 11, 24)),
        ("月底", date(2026, 11, 30)),
        ("本月底", date(2026, 11, 30)),
        ("上月底", date(2026, 10, 31)),
        ("上个月末", date(2026, 10, 31)),
    ],
)
def test_spoken_days_count_from_today(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


def test_the_end_of_last_month_in_january_lies_in_the_year_before() -> None:
    assert parse_day("上月底", date(2026, 1, 15)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周一", date(2026, 11, 23)),
        ("周三", date(2026, 11, 18)),
        ("周3", date(2026, 11, 18)),
        ("星期天", date(2026, 11, 22)),
        ("礼拜日", date(2026, 11, 22)),
        ("本周一", date(2026, 11, 23)),
        ("这周五", date(2026, 11, 27)),
        ("上周五", date(2026, 11, 20)),
        ("上个星期五", date(2026, 11, 20)),
        ("上周日", date(2026, 11, 22)),
        ("上上周一", date(2026, 11, 9)),
        ("下周三", date(2026, 12, 2)),
    ],
)
def test_weekdays_are_read_with_weeks_from_monday(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@given(WRITTEN_DAYS, st.sampled_from("一二三四五六日"))
def test_a_bare_weekday_lies_within_the_last_seven_days(today: date, weekday: str) -> None:
    found = parse_day(f"周{weekday}", today)
    assert "一二三四五六日"[found.weekday()] == weekday
    assert timedelta(0) <= today - found < timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "refusal", "said"),
    [
        ("05/03/2024", AmbiguousDay, "哪个是年、月、日"),
        ("5.3.24", AmbiguousDay, "四位年份"),
        ("12/3/24", AmbiguousDay, "四位年份"),
        ("98-3-5", AmbiguousDay, "四位年份"),
        ("2024.2.30", ImpossibleDay, "没有“2024.2.30”这一天"),
        ("2024年13月1日", ImpossibleDay, "没有“2024年13月1日”这一天"),
        ("2023-2-29", ImpossibleDay, "这一天"),
        ("20240231", ImpossibleDay, "这一天"),
        ("2月30日", ImpossibleDay, "没有“2月30日”这一天"),
        ("0-0", ImpossibleDay, "这一天"),
        ("31日", ImpossibleDay, "没有“31日”这一天"),
        ("25日", DayNotYet, "今天是 2026-11-23"),
        ("1900-1-1", YearOutOfRange, "1950—2099"),
        ("88123456", YearOutOfRange, "1950—2099"),
        ("2024-3", IncompleteDay, "没有写几号"),
        ("2024年3月", IncompleteDay, "没有写几号"),
        ("3月", IncompleteDay, "没有写几号"),
        ("上月", IncompleteDay, "没有写几号"),
        ("农历三月初三", LunarDay, "农历"),
        ("正月初三", LunarDay, "农历"),
        ("八月十五", LunarDay, "农历"),
        ("腊月廿三", LunarDay, "农历"),
        ("", UnreadableDay, "没有写日期"),
        (" \u200b", UnreadableDay, "没有写日期"),
        ("٢٠٢٤-٣-٥", UnreadableDay, "看不懂日期"),
        ("²", UnreadableDay, "看不懂日期"),
        ("2024-3.5", UnreadableDay, "看不懂日期"),
        ("2024-3-5 25:00", UnreadableDay, "看不懂日期"),
        ("45356", UnreadableDay, "看不懂日期"),
        ("改天", UnreadableDay, "可以写"),
        ("下下周三", UnreadableDay, "可以写"),
    ],
)
def test_a_day_that_can_not_be_taken_is_refused_with_a_sentence(
    text: str, refusal: type[NotADay], said: str
) -> None:
    with pytest.raises(refusal, match=said) as caught:
        parse_day(text, TODAY)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).endswith("。")


@given(st.text(st.sampled_from("0123456789-/.年月日号上周三底农初 T:٣²"), max_size=12))
def test_whatever_is_typed_gives_a_day_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse_day(text, TODAY), date)
    except NotADay as refused:
        assert str(refused) == f"{refused.reason}。{refused.remedy}。"  # noqa: PT017 either outcome is right


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-11", "2025-11"),
        ("2025年11月", "2025-11"),
        ("2025年11月份", "2025-11"),
        ("2025.11", "2025-11"),
        ("2025/1", "2025-01"),
        ("202511", "2025-11"),
        ("２０２５－１１", "2025-11"),
        ("11月", "2026-11"),
        ("12月份", "2025-12"),
        ("1月", "2026-01"),
        ("本月", "2026-11"),
        ("上月", "2026-10"),
        ("上个月", "2026-10"),
        ("上上月", "2026-09"),
    ],
)
def test_a_month_is_read_in_every_form(text: str, month: str) -> None:
    assert parse_month(text, TODAY) == month


def test_last_month_in_january_lies_in_the_year_before() -> None:
    assert parse_month("上月", date(2026, 1, 31)) == "2025-12"


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-0", "0月", "1900-01", "25-11", "十一月", "2025", "2025-11-03", "٣月"]
)
def test_a_month_that_can_not_be_taken_is_refused_with_the_forms_that_work(text: str) -> None:
    with pytest.raises(NotAMonth, match=r"看不懂月份.*可以写 2025-11"):
        parse_month(text, TODAY)


def test_no_month_is_refused_as_such() -> None:
    with pytest.raises(NotAMonth, match="没有写月份"):
        parse_month(" ", TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月20日", date(2026, 12, 20)),
        ("1月5日", date(2027, 1, 5)),
        ("5月24日", date(2027, 5, 24)),
        ("5月25日", date(2026, 5, 25)),
        ("11-20", date(2026, 11, 20)),
        ("2月29日", date(2028, 2, 29)),
        ("28日", date(2026, 11, 28)),
        ("周一", date(2026, 11, 23)),
        ("周日", date(2026, 11, 29)),
        ("上周日", date(2026, 11, 22)),
        ("本周五", date(2026, 11, 27)),
        ("明天", date(2026, 11, 24)),
        ("2025-12-20", date(2025, 12, 20)),
    ],
)
def test_a_day_that_may_lie_ahead_is_the_nearest_and_a_weekday_the_coming_one(text: str, day: date) -> None:
    assert parse_due_day(text, TODAY) == day


@given(WRITTEN_DAYS)
def test_a_day_without_year_that_may_lie_ahead_is_within_half_a_year(today: date) -> None:
    assert abs(parse_due_day("12月20日", today) - today) <= timedelta(days=183)


@pytest.mark.parametrize("text", ["2月30日", "31日", "12月", "初五"])
def test_what_is_no_day_is_none_ahead_either(text: str) -> None:
    with pytest.raises(NotADay):
        parse_due_day(text, date(2026, 11, 23))
