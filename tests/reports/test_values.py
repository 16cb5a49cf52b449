"""Values own their arithmetic and their text."""

import pytest

from hepartner.reports.values import (
    Growth,
    Median,
    Minutes,
    PercentagePoints,
    Ratio,
    Signed,
    Value,
    as_json,
    as_text,
    difference,
    growth,
    round_half_up,
)


def test_a_ratio_is_printed_with_its_denominator() -> None:
    assert str(Ratio(129, 138)) == "93.5%（129/138）"


def test_a_ratio_without_denominator_prints_a_dash() -> None:
    assert str(Ratio(0, 0)) == "—"


def test_thousands_stand_apart_in_a_ratio() -> None:
    assert str(Ratio(1122, 2345)) == "47.8%（1,122/2,345）"


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 10, 1), (4, 10, 0), (15, 10, 2), (-5, 10, -1), (-4, 10, 0), (25, -10, -3), (0, 7, 0)],
)
def test_halves_round_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_up(numerator, denominator) == rounded


@pytest.mark.parametrize(
    ("minutes", "hours"), [(90, "1.5"), (0, "0.0"), (5, "0.1"), (75000, "1,250.0"), (-45, "-0.8")]
)
def test_minutes_are_printed_as_hours_with_one_decimal(minutes: int, hours: str) -> None:
    assert str(Minutes(minutes)) == hours


@pytest.mark.parametrize(
    ("lengths", "median", "text"),
    [
        ([], Median(None, 0), "—"),
        ([240, 30, 90], Median(90, 3), "1.5（3次）"),
        ([90, 30, 31, 240], Median(61, 4), "1.0（4次）"),
    ],
)
def test_a_median_is_the_middle_length_and_says_of_how_many(
    lengths: list[int], median: Median, text: str
) -> None:
    assert Median.of(lengths) == median
    assert str(median) == text


def test_minutes_add_before_they_are_rounded() -> None:
    assert str(Minutes(20) + Minutes(20) + Minutes(20)) == "1.0"


@pytest.mark.parametrize(
    ("now", "before", "changed"),
    [
        (12, 10, Signed(2)),
        (Minutes(30), Minutes(90), Signed(Minutes(-60))),
        (Ratio(1, 2), Ratio(1, 4), PercentagePoints(250)),
        (Ratio(1, 2), Ratio(0, 0), None),
        (Ratio(0, 0), Ratio(1, 2), None),
        (Median(90, 3), Median(120, 1), Signed(Minutes(-30))),
        (Median(90, 3), Median(None, 0), None),
        (Median(None, 0), Median(90, 3), None),
    ],
)
def test_a_difference_is_of_the_kind_of_the_values(now: Value, before: Value, changed: object) -> None:
    assert difference(now, before) == changed


def test_percentage_points_are_the_difference_of_what_was_printed() -> None:
    assert str(difference(Ratio(129, 138), Ratio(1, 3))) == "+60.2个百分点"


def test_values_of_two_kinds_have_no_difference() -> None:
    with pytest.raises(TypeError, match="differ in kind"):
        difference(3, Minutes(3))


@pytest.mark.parametrize(
    ("now", "before", "grown"),
    [
        (13, 12, Growth(83)),
        (6, 12, Growth(-500)),
        (Minutes(90), Minutes(60), Growth(500)),
        (5, 0, None),
        (5, -5, None),
        (Ratio(1, 2), Ratio(1, 4), None),
    ],
)
def test_growth_needs_a_base_above_zero(now: Value, before: Value, grown: object) -> None:
    assert growth(now, before) == grown


def test_a_program_gets_numbers() -> None:
    assert as_json(7) == 7
    assert as_json(Minutes(90)) == 1.5
    assert as_json(Ratio(129, 138)) == {"numerator": 129, "denominator": 138, "percent": 93.5}
    assert as_json(Ratio(0, 0)) == {"numerator": 0, "denominator": 0, "percent": None}
    assert as_json(Median(90, 3)) == {"median": 1.5, "count": 3}
    assert as_json(Median(None, 0)) == {"median": None, "count": 0}


def test_a_person_gets_text() -> None:
    assert [as_text(value) for value in (1234, Minutes(90), Ratio(1, 2))] == ["1,234", "1.5", "50.0%（1/2）"]
