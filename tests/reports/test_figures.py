"""Figures are asked for an area and a span; only what may be added is added."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area, GridHasNoFigures
from hepartner.ledger.counts import NoSuchFigure
from hepartner.ledger.months import Span
from hepartner.reports.errors import NoAreas, SpanBackwards
from hepartner.reports.figures import CATALOGUE, FIGURES, Nature, figure
from hepartner.reports.readings import Readings, area_named, asked_span, counted, listed, measure
from hepartner.reports.values import Minutes, Ratio, Value, as_text
from tests.ledger.conftest import clock, empty, ledger, templates

__all__ = ["clock", "empty", "ledger", "templates"]

NOVEMBER = Span.month("2025-11")
YEAR = Span.year_to_date("2025-11")
IN_ALL = Span.in_all("2025-11")
DISTRICT_CODES = """areas.community partners.individual partners.group partners.business partners.active activities.held
activities.welfare activities.attendance activities.people activities.beneficiaries hours.served points.awarded
points.redeemed points.redemptions points.redeemers points.expired points.balance issues.reported issues.resolved
issues.confirmed issues.beneficiaries issues.on_time_rate issues.satisfied_rate issues.open issues.overdue"""


def root(ledger: Ledger) -> Area:
    return area_named(ledger, None)


def value(ledger: Ledger, code: str, area: Area, span: Span) -> Value:
    return measure(ledger, [code], area, [span])[code, span]


def codes(nature: Nature) -> list[str]:
    return [figure.code for figure in CATALOGUE if figure.nature is nature]


def test_the_catalogue_holds_every_figure_once_with_a_definition() -> None:
    codes = [figure.code for figure in CATALOGUE]
    assert [code for code in codes if code in DISTRICT_CODES.split()] == DISTRICT_CODES.split()
    assert len(set(codes)) == len(codes)
    assert all(figure.definition.endswith("。") and figure.unit for figure in CATALOGUE)
    assert len({figure.name for figure in CATALOGUE}) == len(CATALOGUE)


def test_a_heading_has_the_name_the_mark_and_the_unit_on_lines_of_their_own() -> None:
    codes = ("points.awarded", "points.redeemers", "issues.on_time_rate")
    assert [FIGURES[code].heading for code in codes] == [
        "发放积分\n（分）", "兑换人数\n（去重）\n（人）", "按时办结率",
    ]  # fmt: skip


def test_heads_are_marked_so_that_nobody_adds_them() -> None:
    heads = [figure for figure in CATALOGUE if figure.nature is Nature.DISTINCT]
    assert [figure.title for figure in heads] == [f"{figure.name}（去重）" for figure in heads]
    assert "兑换人数（去重）" in {figure.title for figure in heads}


@pytest.mark.parametrize("code", codes(Nature.FLOW))
def test_a_flow_adds_over_months_and_areas(district: Ledger, code: str) -> None:
    readings = Readings(district)
    months = [Span.month(f"2025-{month:02d}") for month in range(1, 12)]
    total = sum(
        sum(readings.sums(code, month).get(community.id, 0) for month in months)
        for community in district.areas.communities()
    )
    whole = readings.value(code, root(district), YEAR)
    assert (whole.count if isinstance(whole, Minutes) else whole) == total
    assert total != 0 or code == "points.expired" or code not in DISTRICT_CODES.split()


@pytest.mark.parametrize("code", codes(Nature.STOCK))
def test_a_stock_is_the_state_at_the_end_of_the_span(district: Ledger, code: str) -> None:
    values = {value(district, code, root(district), span) for span in (NOVEMBER, YEAR, IN_ALL)}
    assert len(values) == 1


@pytest.mark.parametrize("code", [code for code in codes(Nature.DISTINCT) if code in DISTRICT_CODES.split()])
def test_heads_of_an_area_are_counted_once(district: Ledger, code: str) -> None:
    months = [
        value(district, code, root(district), Span.month(f"2025-{month:02d}")) for month in range(1, 12)
    ]
    year = value(district, code, root(district), YEAR)
    assert isinstance(year, int)
    assert max(int(str(month)) for month in months) <= year < sum(int(str(month)) for month in months)


def test_a_partner_in_two_communities_is_one_head_of_their_district(district: Ledger) -> None:
    readings = Readings(district)
    one, two = district.areas.communities()[:2]
    readings._heads["activities.people", NOVEMBER] = {one.id: {1, 2}, two.id: {2, 3}}  # noqa: SLF001 the raw reading
    assert readings.over("activities.people", [one.id, two.id], NOVEMBER) == 3


def test_a_ratio_of_an_area_is_made_of_its_communities_parts(district: Ledger) -> None:
    readings = Readings(district)
    for code in set(codes(Nature.RATIO)) & set(DISTRICT_CODES.split()):
        parts = readings.ratios(code, YEAR)
        assert len(parts) == 4
        whole = Ratio(sum(n for n, _ in parts.values()), sum(d for _, d in parts.values()))
        assert readings.value(code, root(district), YEAR) == whole


@pytest.mark.parametrize("code", [*codes(Nature.FLOW), *codes(Nature.STOCK)])
def test_what_is_read_month_by_month_is_what_is_counted_at_once(district: Ledger, code: str) -> None:
    slowly, at_once = Readings(district, through="2025-11"), Readings(district)
    for last in ("2025-11", "2025-06", "2024-10"):
        span = Span.in_all(last)
        there = {community: amount for community, amount in slowly.sums(code, span).items() if amount}
        assert there == {
            community: amount for community, amount in at_once.sums(code, span).items() if amount
        }


def test_a_subdistrict_is_part_of_the_district(district: Ledger) -> None:
    parts = [area for area in district.areas.tree() if area.kind == "subdistrict"]
    values = [value(district, "points.awarded", area, YEAR) for area in (*parts, root(district))]
    assert int(str(values[0])) + int(str(values[1])) == values[2]


def test_every_figure_is_listed_in_the_order_of_the_catalogue(district: Ledger) -> None:
    lines = listed(district, root(district), NOVEMBER)
    assert [line.code for line in lines] == list(FIGURES)
    rate = next(line for line in lines if line.code == "issues.on_time_rate")
    assert list(rate.json) == ["code", "name", "unit", "nature", "value", "definition"]
    assert (rate.nature, rate.json["nature"]) == ("比率", "ratio")
    assert "（" in rate.value


@pytest.mark.parametrize("code", FIGURES)
def test_the_rows_of_a_figure_are_those_it_counted(district: Ledger, code: str) -> None:
    found = counted(district, code, root(district), NOVEMBER)
    shown = as_text(value(district, code, root(district), NOVEMBER))
    assert found.value.split(" ")[0] == shown
    assert all(len(row) == len(found.headings) for row in found.rows)
    assert found.rows or shown.startswith(("0", "—"))


def test_rows_are_of_the_area_asked_for(district: Ledger) -> None:
    community = district.areas.communities()[0]
    found = counted(district, "points.awarded", community, YEAR)
    at = found.headings.index("社区")
    assert {row[at] for row in found.rows} == {community.name}


def test_an_unknown_code_is_refused(district: Ledger) -> None:
    with pytest.raises(NoSuchFigure, match=r"没有“points\.lost”这个指标"):
        figure("points.lost")
    with pytest.raises(NoSuchFigure):
        counted(district, "points.lost", root(district), NOVEMBER)
    with pytest.raises(NoSuchFigure):
        measure(district, ["points.lost"], root(district), [NOVEMBER])


def test_a_grid_has_no_figures_of_its_own(district: Ledger) -> None:
    grid = Area(999, "grid", district.areas.communities()[0].id, "G1", "第一网格")
    with pytest.raises(GridHasNoFigures, match="数字只统计到社区"):
        measure(district, ["points.awarded"], grid, [NOVEMBER])


def test_nor_can_a_grid_be_the_area_of_a_report(ledger: Ledger) -> None:
    ledger.areas.add("grid", "第一网格", parent=ledger.areas.find("XF"), code="G1")
    with pytest.raises(GridHasNoFigures, match="“第一网格”是网格"):
        area_named(ledger, "G1")


def test_a_ledger_without_areas_has_no_figures(empty: Ledger) -> None:
    with pytest.raises(NoAreas):
        area_named(empty, None)


def test_what_is_no_sum_is_not_asked_as_one(district: Ledger) -> None:
    with pytest.raises(NoSuchFigure):
        district.counts.additive("points.redeemers", NOVEMBER)


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (None, None, NOVEMBER),
        ("2025-01", None, YEAR),
        (None, "2025-06", Span.month("2025-06")),
        ("2025-01", "2025-06", Span("2025-01", "2025-06")),
        ("2026-02", None, Span.month("2026-02")),
    ],
)
def test_months_left_out_are_filled_in(first: str | None, last: str | None, span: Span) -> None:
    assert asked_span(first, last, date(2025, 11, 20)) == span


def test_months_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(SpanBackwards, match="对调"):
        asked_span("2025-06", "2025-01", date(2025, 11, 20))
