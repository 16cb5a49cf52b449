"""Points, counts and durations as people type them."""

from functools import partial

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hepartner.chinese.durations import parse_minutes
from hepartner.chinese.misread import (
    DurationOutOfRange,
    NotADuration,
    NotANumber,
    NotWhole,
    NotWholeMinutes,
    NumberOutOfRange,
    UnreadableDuration,
    UnreadableNumber,
)
from hepartner.chinese.numbers import parse_points, parse_whole


@pytest.mark.parametrize(
    "text",
    [
        "10",
        "１０",
        "+10",
        "＋10",
        " 10 ",
        "10.0",
        "10.00",
        "010",
        "10分",
        "10 积分",
        "￥10.00",
        "¥10",
        "10元",
        "\u200b10",
    ],
)
def test_ten_points_are_read_however_they_are_dressed(text: str) -> None:
    assert parse_points(text) == 10


@pytest.mark.parametrize("text", ["1,000", "１，０００", "1,000.00", "1000分"])
def test_thousands_may_be_grouped(text: str) -> None:
    assert parse_points(text) == 1000


@given(st.integers(1, 1_000_000))
def test_points_written_out_read_as_themselves(points: int) -> None:
    assert (
        parse_points(str(points)) == parse_points(f"{points:,}分") == parse_points(f"￥{points}.00") == points
    )


@pytest.mark.parametrize(
    "text",
    [
        "²",
        "٣",
        "१",
        "①",
        "1_000",
        "1,00",
        "1e3",
        "10.",
        ".5",
        "0x10",
        "1O",
        "l0",
        "十",
        "壹佰",
        "10分钱",
        "分",
        "￥",
        "10 20",
        "TRUE",
        "=1+1",
    ],
)
def test_what_python_or_a_reader_might_guess_is_not_taken_for_points(text: str) -> None:
    with pytest.raises(UnreadableNumber, match=r"看不懂积分“.*请用阿拉伯数字写"):
        parse_points(text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_no_points_are_refused_as_missing(text: str) -> None:
    with pytest.raises(UnreadableNumber, match="没有写积分"):
        parse_points(text)


@pytest.mark.parametrize("text", ["0.5", "10.01", "0.1", "￥9.90"])
def test_a_part_of_a_point_is_refused(text: str) -> None:
    with pytest.raises(NotWhole, match="不是整数"):
        parse_points(text)


@pytest.mark.parametrize(
    "text", ["0", "-5", "−5", "1000001", "1000000000", "9223372036854775808", "9" * 5000]
)
def test_points_outside_their_limits_are_refused_with_the_limits(text: str) -> None:
    with pytest.raises(NumberOutOfRange, match=r"积分“.*超出范围。请写 1 到 1000000 之间的整数"):
        parse_points(text)


def test_the_limits_themselves_are_taken() -> None:
    assert parse_whole("0", least=0, most=9) == 0
    assert parse_whole("9", least=0, most=9) == 9
    assert parse_whole("-9", least=-9) == -9


def test_a_refusal_names_the_number_that_was_asked_for() -> None:
    with pytest.raises(NumberOutOfRange, match="民族数“57”超出范围"):
        parse_whole("57", noun="民族数", most=56)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三十", 30),
        ("十", 10),
        ("两百", 200),
        ("二百五", 250),
        ("一千零一", 1001),
        ("二〇", 20),
        ("三十分", 30),
        ("30", 30),
    ],
)
def test_han_numerals_are_read_where_they_are_allowed(text: str, number: int) -> None:
    assert parse_points(text, han_numerals=True) == number


@settings(deadline=None)  # the first example loads the dictionary
@given(st.integers(1, 99_999))
def test_han_numerals_written_out_read_as_themselves(number: int) -> None:
    assert parse_points(cn2an.an2cn(number), han_numerals=True) == number


@pytest.mark.parametrize(
    "text",
    [
        "百",
        "十三百",
        "三十十",
        "三点五",
        "三十0",
        "负三",
        "六四万百",
        "四万十",
        "两百零十两",
        "十十一",
        "万" * 13,
    ],
)
def test_han_numerals_that_say_no_number_are_refused(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        parse_points(text, han_numerals=True)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        ("２", 120),
        ("0.25", 15),
        ("1小时", 60),
        ("1 小时", 60),
        ("1.5小时", 90),
        ("1.5个小时", 90),
        ("2h", 120),
        ("2H", 120),
        ("两小时", 120),
        ("两个钟头", 120),
        ("十二小时", 720),
        ("90分钟", 90),
        ("90分", 90),
        ("90min", 90),
        ("四十五分钟", 45),
        ("三刻钟", 45),
        ("1小时30分", 90),
        ("1小时30分钟", 90),
        ("1小时30", 90),
        ("1h30m", 90),
        ("一小时零五分", 65),
        ("1:30", 90),
        ("1：05", 65),
        ("0:30", 30),
        ("半小时", 30),
        ("半个小时", 30),
        ("一个半小时", 90),
        ("1个半小时", 90),
        ("两个半小时", 150),
        ("1小时半", 90),
        ("24", 1440),
        ("24:00", 1440),
        ("1分钟", 1),
    ],
)
def test_a_duration_is_read_as_whole_minutes(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@given(st.integers(1, 24 * 60))
def test_a_duration_written_out_reads_as_itself(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    forms = [f"{minutes}分钟", f"{hours}:{rest:02}", f"{hours}小时{rest}分"]
    assert [parse_minutes(form) for form in forms] == [minutes] * 3


@pytest.mark.parametrize("text", ["1.33", "0.01小时", "1.5分钟"])
def test_a_duration_that_leaves_a_part_of_a_minute_is_refused(text: str) -> None:
    with pytest.raises(NotWholeMinutes, match="折不成整分钟"):
        parse_minutes(text)


def test_a_duration_of_many_days_is_at_most_those() -> None:
    assert parse_minutes("100小时", days=366) == 6000
    with pytest.raises(DurationOutOfRange, match="不超过 366 天"):
        parse_minutes("9000", days=366)


@pytest.mark.parametrize("text", ["0", "0小时0分", "24.5", "25小时", "1441分钟", "24:01", "100:00"])
def test_a_duration_of_nothing_or_of_more_than_a_day_is_refused(text: str) -> None:
    with pytest.raises(DurationOutOfRange, match="24 小时"):
        parse_minutes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "半",
        "小时",
        "-1",
        "1:5",
        "1:60",
        "1.5小时30分",
        "1.5个半小时",
        "百小时",
        "一天",
        "٢",
        "1h半30",
        "1e1",
        "9" * 99,
    ],
)
def test_what_is_no_duration_is_refused_with_the_forms_that_work(text: str) -> None:
    with pytest.raises(UnreadableDuration, match=r"可以写 2、1.5"):
        parse_minutes(text)


@settings(deadline=None)  # the first example loads the dictionary
@given(st.text(st.sampled_from("0123456789.:+-,半个一两十百小时钟头分刻hm²٣_"), max_size=8))
def test_whatever_is_typed_gives_a_number_or_a_refusal(text: str) -> None:
    parsers = (
        (parse_points, NotANumber),
        (partial(parse_points, han_numerals=True), NotANumber),
        (parse_minutes, NotADuration),
    )
    for parse, refusal in parsers:
        try:
            assert parse(text) > 0
        except refusal as refused:
            assert str(refused).endswith("。")  # noqa: PT017 either outcome is right
