"""Times of day, as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hepartner.chinese.clock import parse_time, time_text
from hepartner.chinese.misread import AmbiguousTime, ImpossibleTime, UnreadableTime


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("08:30", "08:30"), ("8:30", "08:30"), ("８：３０", "08:30"), ("0830", "08:30"), ("1530", "15:30"),
        ("8点半", "08:30"), ("8点", "08:00"), ("8点钟", "08:00"), ("8点整", "08:00"), ("8点05", "08:05"),
        ("8点5分", "08:05"), ("20时05分", "20:05"), ("八点一刻", "08:15"), ("八点三刻", "08:45"), ("十五点二十分", "15:20"),
        ("八点零五分", "08:05"), ("下午3点", "15:00"), ("下午 3:20", "15:20"), ("下午15点", "15:00"), ("晚上8点半", "20:30"),
        ("凌晨2点", "02:00"), ("凌晨12点", "00:00"), ("中午12点", "12:00"), ("中午1点", "13:00"), ("上午12点", "12:00"),
        ("夜里2点", "02:00"), ("夜里11点", "23:00"), ("3:30pm", "15:30"), ("12 AM", "00:00"), ("12pm", "12:00"),
        ("00:00", "00:00"), ("23:59", "23:59"), ("16:20:00", "16:20"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, shown: str) -> None:
    assert time_text(parse_time(typed)) == shown


@pytest.mark.parametrize(
    "typed", ["", "8", "830", "早上好", "8点点", "八", "2025-03-05", "8.5", "٨:٣٠", "十十点"]
)
def test_what_is_no_time_is_refused_with_the_forms_that_work(typed: str) -> None:
    with pytest.raises(UnreadableTime, match=r"可以写 08:30、8点半、下午3点"):
        parse_time(typed)


@pytest.mark.parametrize(
    "typed", ["24:00", "8:60", "2575", "下午8点", "早上15点", "晚上3点", "凌晨15点", "25点"]
)
def test_what_no_clock_shows_is_refused(typed: str) -> None:
    with pytest.raises(ImpossibleTime, match="没有“"):
        parse_time(typed)


def test_midnight_must_say_of_which_day() -> None:
    with pytest.raises(AmbiguousTime, match="请写 00:00，并写明是几号"):
        parse_time("晚上12点")


@given(st.integers(0, 1439))
def test_what_is_written_is_read_again(minutes: int) -> None:
    assert parse_time(time_text(minutes)) == minutes
