"""On fifty random ledgers every figure of every area and span equals a recount in plain Python from exported facts."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from hepartner import words
from hepartner.ledger import Ledger
from hepartner.ledger.areas import Area
from hepartner.ledger.counts.exchange import Exchange
from hepartner.ledger.months import Span
from hepartner.reports.figures import FIGURES, Nature
from hepartner.reports.monthly import monthly_book
from hepartner.reports.monthly.balances import check
from hepartner.reports.readings import Readings
from hepartner.reports.values import Median, Minutes, Ratio, Value
from tests.measuring import first_measured
from tests.nouns import gathered
from tests.recount.deeds import DECK
from tests.recount.recount import CODES, FLOWS, HEADS, STOCKS, Recount, exported, middle, months_through
from tests.recount.sheets import Persons
from tests.recount.story import LAST, Story, told
from tests.recount.witnesses import disagreements

SEEDS = range(50)
WITNESSED = 10
"""Of so many the journals are checked by hledger and beancount, whose starts take as long as all else; of the others by hand."""
MONTHS = months_through("2024-07", LAST)
"""From the founding of the communities to the month in which the story ends."""
SPANS = [
    span for month in MONTHS for span in (Span.month(month), Span.year_to_date(month), Span.in_all(month))
]
LISTED = [Span.month("2025-03"), Span.year_to_date("2025-08"), Span.in_all(LAST)]
"""Spans whose rows are listed; every span would take long and say no more."""
PRINTED = ("2025-01", "2025-11")
"""Months of which the workbook is made and balanced."""


@dataclass(frozen=True)
class Told:
    """A story that ended, and what its facts say."""

    story: Story
    recount: Recount

    @property
    def ledger(self) -> Ledger:
        return self.story.ledger

    @cached_property
    def communities(self) -> list[int]:
        return [community.id for community in self.ledger.areas.communities()]

    @cached_property
    def areas(self) -> dict[Area, list[int]]:
        tree = self.ledger.areas.tree()
        return {area: [one.id for one in self.ledger.areas.communities(area)] for area in tree}


def recounted(story: Story) -> Told:
    """Count a story that ended anew, as its office would on its last day."""
    return Told(story, Recount(exported(story.ledger.database.path), str(story.ledger.today())))


def figures_equal_the_recount(told: Told) -> Iterator[str]:
    """District, subdistricts and communities; heads and ratios are counted anew for each."""
    readings = Readings(told.ledger)
    for span in SPANS:
        for area, communities in told.areas.items():
            for code in FIGURES:
                value = readings.value(code, area, span)
                counted = in_plain_numbers(value)
                expected = told.recount.value(code, communities, span.first, span.last)
                if counted != expected:
                    yield f"{code} of {area.name} in {span}: {counted}, recounted {expected}"


def in_plain_numbers(value: Value) -> object:
    match value:
        case Minutes():
            return value.count
        case Ratio():
            return value.numerator, value.denominator
        case Median():
            return value.minutes, value.count
        case _:
            return value


def months_of_one_reading_equal_the_recount(told: Told) -> Iterator[str]:
    """The workbook reads the whole history once, month by month, and sums it for every end."""
    readings = Readings(told.ledger, through=LAST)
    for month in MONTHS:
        for code in (*FLOWS, *STOCKS):
            sums = readings.sums(code, Span.in_all(month))
            for community in told.communities:
                expected = told.recount.value(code, [community], "0000-01", month)
                if sums.get(community, 0) != expected:
                    yield f"{code} of community {community} through {month}: {sums}, recounted {expected}"


def rows_add_up_to_their_figure(told: Told) -> Iterator[str]:
    """The last column of what is listed; of heads, the different partners that the rows name."""
    counts = told.ledger.counts
    for span in LISTED:
        for code in FIGURES:
            for community in told.communities:
                headings, rows = counts.rows(code, span, [community])
                expected = told.recount.value(code, [community], span.first, span.last)
                if code in HEADS:
                    named = {row[headings.index("编号")] for row in rows}
                    counted: object = len({_stays(told.ledger, partner, span.last) for partner in named})
                elif FIGURES[code].nature is Nature.MEDIAN:
                    counted = middle([row[-1] for row in rows])
                elif FIGURES[code].nature is Nature.RATIO:
                    counted = (sum(row[-2] for row in rows), sum(row[-1] for row in rows))
                else:
                    counted = sum(row[-1] for row in rows)
                if counted != expected:
                    yield f"rows of {code} of community {community} in {span}: {counted}, recounted {expected}"


def rows_are_written_in_words(told: Told) -> Iterator[str]:
    """What has a Chinese word is never printed as its code, nor as codes parted by commas."""
    codes = {
        code
        for file in words.files().values()
        for table in vars(file).values()
        if isinstance(table, dict)
        for code in table
        if code.isascii() and code.islower()
    }
    for code in FIGURES:
        _, rows = told.ledger.counts.rows(code, Span.in_all(LAST), told.communities)
        for cell in {str(cell) for row in rows for cell in row}:
            if codes & set(cell.split(",")):
                yield f"rows of {code} print {cell}"


def _stays(ledger: Ledger, code: str, last: str) -> int:
    """Return whom the partner of a code stood as at the end of a month."""
    partner = int(ledger.database.value("SELECT id FROM partner WHERE code = ?", (code,)))
    merged = ledger.counts.merged(last)
    while partner in merged:
        partner = merged[partner]
    return partner


def sheets_equal_the_recount(told: Told) -> Iterator[str]:
    """What each person gave and received, on whichever of the cards that were merged into it."""
    persons, book = Persons(told.recount), told.ledger.book(Exchange)
    for partner in told.ledger.partners.cards():
        for span in LISTED:
            for line in (*book.given(partner, span), *book.received(partner, span)):
                expected = persons.value(partner.id, line.code, span.first, span.last)
                if line.amount != expected:
                    yield f"{line.code} of {partner.code} in {span}: {line.amount}, recounted {expected}"


def flows_add_over_months(told: Told) -> Iterator[str]:
    additive = told.ledger.counts.additive
    for code in FLOWS:
        months = [additive(code, Span.month(month)) for month in MONTHS]
        for first, last in ((0, 6), (3, 13), (0, len(MONTHS))):
            whole = additive(code, Span(MONTHS[first], MONTHS[last - 1]))
            for community in told.communities:
                parts = sum(month.get(community, 0) for month in months[first:last])
                if whole.get(community, 0) != parts:
                    yield f"{code} of community {community}: months {parts}, span {whole}"


def stocks_are_their_opening_and_their_flows(told: Told) -> Iterator[str]:
    counts = told.ledger.counts
    for code in STOCKS:
        opening: dict[int, int] = {}
        for month in MONTHS:
            closing, flows = (
                counts.additive(code, Span.month(month)),
                counts.flows(code, Span.month(month)).values(),
            )
            for community in told.communities:
                expected = opening.get(community, 0) + sum(flow.get(community, 0) for flow in flows)
                if closing.get(community, 0) != expected:
                    yield f"{code} of community {community} in {month}: {closing}, by its flows {expected}"
            opening = closing


def stocks_at_the_end_are_what_the_cards_say(told: Told) -> Iterator[str]:
    """What is kept beside the facts (status of partners and issues, balances) is another way to the same number."""
    rows, now = told.ledger.database.rows, Span.month(LAST)
    kept = {
        f"partners.{kind}": f"""SELECT community_id, count(*) FROM partner
            WHERE kind = '{kind}' AND withdrawn = 0 AND status IN ('active', 'suspended') GROUP BY 1"""
        for kind in ("individual", "group", "business")
    } | {
        "points.balance": """SELECT community_id, sum(points) FROM balance JOIN partner ON id = partner_id GROUP BY 1""",
        "issues.open": """SELECT community_id, count(*) FROM issue
            WHERE withdrawn = 0 AND status IN ('reported', 'assigned') GROUP BY 1""",
        "issues.overdue": f"""SELECT community_id, count(*) FROM issue
            WHERE withdrawn = 0 AND status IN ('reported', 'assigned') AND due_on < '{told.ledger.today()}' GROUP BY 1""",
    }
    for code, sql in (kept | gathered("KEPT")).items():
        counted, cards = told.ledger.counts.additive(code, now), dict(rows(sql))
        for community in told.communities:
            if counted.get(community, 0) != cards.get(community, 0):
                yield f"{code} of community {community}: {counted}, by the cards {cards}"


def closed_months_stand(told: Told) -> Iterator[str]:
    for (area, month), figures in told.story.sealed.moved(told.ledger).items():
        yield f"area {area} closed {month}, and since then {figures}"
    for (area, month), lines in told.story.sealed.rewritten(told.ledger).items():
        yield f"area {area} reported {month}, and would print now {lines}"


def nothing_ends_a_month_below_nothing(told: Told) -> Iterator[str]:
    """Goods and points taken or taken back as of a past day are what was there then and since, also in months opened again."""
    holdings = {
        "item": "SELECT item_id, counted_in, sum(quantity) FROM stock_move GROUP BY 1, 2 ORDER BY 1, 2",
        "partner in community": """SELECT partner_id || ' in ' || community_id, counted_in, sum(points) FROM entry
            GROUP BY 1, 2 ORDER BY 1, 2""",
    }
    for what, sql in holdings.items():
        left: Counter[object] = Counter()
        for card, month, moved in told.ledger.database.rows(sql):
            left[card] += moved
            if left[card] < 0:
                yield f"{what} {card} ends {month} with {left[card]}"


def a_slip_counts_as_a_whole(told: Told) -> Iterator[str]:
    """What was redeemed, the points paid and the goods handed out agree month by month, and so does what took them back."""
    sql = """SELECT ifnull(reverses_id, id), sign, counted_in FROM redemption
        UNION SELECT redemption_id, sign, counted_in FROM entry WHERE redemption_id IS NOT NULL
        UNION SELECT redemption_id, sign, counted_in FROM stock_move WHERE redemption_id IS NOT NULL"""
    months = Counter((slip, sign) for slip, sign, _ in told.ledger.database.rows(sql))
    yield from (
        f"slip {slip} ({sign:+}) counts in {of} months" for (slip, sign), of in months.items() if of > 1
    )


def the_workbook_balances(told: Told) -> Iterator[str]:
    """Its own checks (design §5) raise and name the cells; here they see reopened months, movers and mergers."""
    root = told.ledger.areas.root()
    assert root is not None
    for month in PRINTED:
        check(*monthly_book(told.ledger, month, root))
    yield from ()


def outside_witnesses_agree(told: Told) -> Iterator[str]:
    """hledger and beancount accept the exported journals and come to the same balances, awards, redemptions and expiries."""
    yield from disagreements(told.ledger, told.ledger.database.path.parent)


def the_file_is_whole(told: Told) -> Iterator[str]:
    yield from (finding.message for finding in told.ledger.custody.verify().findings)


CHECKS: tuple[Callable[[Told], Iterator[str]], ...] = (
    figures_equal_the_recount,
    months_of_one_reading_equal_the_recount,
    rows_add_up_to_their_figure,
    sheets_equal_the_recount,
    rows_are_written_in_words,
    flows_add_over_months,
    stocks_are_their_opening_and_their_flows,
    stocks_at_the_end_are_what_the_cards_say,
    closed_months_stand,
    nothing_ends_a_month_below_nothing,
    a_slip_counts_as_a_whole,
    the_workbook_balances,
    the_file_is_whole,
)


@pytest.mark.parametrize("seed", first_measured(SEEDS, 1))
def test_every_figure_of_a_random_ledger_equals_its_recount(folder: Path, seed: int) -> None:
    story = told(folder / "台账.db", seed)
    with story.ledger:
        ended = recounted(story)
        assert [difference for run in CHECKS for difference in run(ended)] == []
        if seed < WITNESSED:
            assert list(outside_witnesses_agree(ended)) == []
    assert len(story.done) >= 0.8 * len(DECK)
    assert len(story.sealed.figures) >= 3
    assert sum(story.done.values()) > 0.7 * sum(DECK.values())


def test_the_recount_knows_every_figure_of_the_catalogue() -> None:
    assert sorted(CODES) == sorted(FIGURES)
