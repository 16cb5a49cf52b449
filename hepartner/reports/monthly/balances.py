"""What must add up before a monthly workbook is written: each check compares what a sheet prints with another count.

A check takes the typed sheets and what they were made of, and yields a breach for every cell that is wrong; a new check is
one function and one line in CHECKS.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING

from hepartner.ledger.counts.projects import WELFARE
from hepartner.reports.errors import Unbalanced
from hepartner.reports.figures import ADDED, FLOWS, HEADS, RATIOS
from hepartner.reports.sheets import Book, Cell, Sheet, Weight
from hepartner.reports.values import Minutes, Ratio, as_text
from hepartner.words.partner import KINDS

from . import (
    activities,
    breakdown,
    evaluations,
    honours,
    issues,
    meetings,
    offers,
    overview,
    partners,
    points,
    projects,
    resolutions,
    shop,
    supports,
    whistles,
)
from .subject import TOTAL

if TYPE_CHECKING:
    from .subject import Part, Subject

Check = Callable[[Book, "Subject"], Iterator[str]]


def check(book: Book, subject: "Subject") -> None:
    """Run every check. Raises errors.Unbalanced, which names the cells."""
    breaches = [breach for run in CHECKS for breach in run(book, subject)]
    if breaches:
        raise Unbalanced(breaches)


def flows_continue(book: Book, subject: "Subject") -> Iterator[str]:
    """In all up to last month + this month = in all up to this month."""
    sheet = book.sheet(overview.NAME)
    for code in FLOWS:
        before = subject.readings.sums(code, subject.in_all_before)
        now = subject.readings.sums(code, subject.span)
        yield from _compared(sheet, code, "in_all", _over(before, subject.total) + _over(now, subject.total))


def communities_add(book: Book, subject: "Subject") -> Iterator[str]:
    """The communities' rows add up to each subtotal and to the total, and the overview prints that total."""
    summary = book.sheet(overview.NAME)
    for code in ADDED:
        sheet, at = breakdown.place_of(book, code)
        for part in subject.parts:
            if part.weight is not Weight.BODY:
                rows = sum(_printed(sheet, community, code, table=at) for community in part.communities)
                yield from _compared(sheet, part.key, code, rows, table=at)
        yield from _compared(summary, code, "month", _printed(sheet, TOTAL, code, table=at))


def no_fact_left_out(book: Book, subject: "Subject") -> Iterator[str]:
    """Of the whole ledger, no fact stands outside the communities that are listed."""
    if subject.area.parent_id is None:
        for code in ADDED:
            everything = sum(subject.readings.sums(code, subject.span).values())
            yield from _compared(book.sheet(overview.NAME), code, "month", everything)


def partners_roll(book: Book, _subject: "Subject") -> Iterator[str]:
    """Partners at the end of last month + came − went = partners at the end of this month."""
    for kind in KINDS:
        signs = {f"{kind}.opening": 1, f"{kind}.came": 1, f"{kind}.went": -1}
        yield from _rolls(book.sheet(partners.NAME), signs, f"{kind}.closing")


def points_roll(book: Book, subject: "Subject") -> Iterator[str]:
    """Points left + in − out = points left, and that is what the partners' balances say."""
    sheet = book.sheet(points.NAME)
    yield from _rolls(
        sheet, {"before": 1, **dict.fromkeys(points.IN, 1), **dict.fromkeys(points.OUT, -1)}, "balance"
    )
    for part in subject.parts:
        yield from _compared(sheet, part.key, "balance", _over(subject.balances, part))


def stock_rolls(book: Book, _subject: "Subject") -> Iterator[str]:
    """Of every item, opening + in − out + stocktake = closing."""
    signs = {"opening": 1, "stocked": 1, "redeemed": -1, "taken": -1, "stocktake": 1}
    yield from _rolls(book.sheet(shop.NAME), signs, "closing")


def open_issues_roll(book: Book, subject: "Subject") -> Iterator[str]:
    """Open issues at the end of last month + what opened − what closed = open issues at the end of this month."""
    sheet = book.sheet(issues.NAME)
    moved = subject.ledger.counts.flows("issues.open", subject.span)
    before = subject.readings.sums("issues.open", subject.previous)
    for part in subject.parts:
        expected = _over(before, part) + sum(_over(flow, part) for flow in moved.values())
        yield from _compared(sheet, part.key, "issues.open", expected, table=issues.BY_COMMUNITY)


def lists_add(book: Book, _subject: "Subject") -> Iterator[str]:
    """The lines of a list add up to the figure under them."""
    for name, table, columns in (
        (activities.NAME, 0, ("held", "attendance", "hours", "beneficiaries")),
        (shop.NAME, 0, ("points",)),
        (issues.NAME, issues.BY_CATEGORY, tuple(code for code in issues.CODES if code in ADDED)),
        (whistles.NAME, 0, ("held", "called", "people")),
        (meetings.NAME, 0, ("joint", "matchmaking")),
        (resolutions.NAME, 0, ("done",)),
        (offers.NAME, 0, ("active", "uses")),
        (supports.NAME, 0, ("venue", "publicity")),
        (honours.NAME, 0, ("given",)),
        (projects.NAME, 0, ("landed", "active")),
        (evaluations.NAME, evaluations.RANKING, ("needs",)),
        (evaluations.NAME, evaluations.EVALUATED, ("held",)),
    ):
        sheet = book.sheet(name)
        for column in columns:
            yield from _compared(sheet, TOTAL, column, _lines(sheet, column, table), table=table)


def service_adds(book: Book, subject: "Subject") -> Iterator[str]:
    """People served by the projects listed and by welfare activities are the figure that stands by community."""
    sheet, at = breakdown.place_of(book, "service.person_times")
    welfare = sum(line.beneficiaries for line in subject.lines(WELFARE))
    served = _lines(book.sheet(projects.NAME), "served", 0) + welfare
    yield from _compared(sheet, TOTAL, "service.person_times", served, table=at)


def sheets_agree(book: Book, subject: "Subject") -> Iterator[str]:
    """What a sheet prints of a community, counted in its own way, is what the breakdown prints of it."""
    shown = book.sheet(breakdown.NAME)
    for name, table, columns in (
        (
            points.NAME,
            0,
            {"awarded": "points.awarded", "redeemed": "points.redeemed", "expired": "points.expired"},
        ),
        (partners.NAME, 0, {f"{kind}.closing": f"partners.{kind}" for kind in KINDS}),
        (issues.NAME, issues.BY_COMMUNITY, {code: code for code in issues.CODES if code in ADDED}),
    ):
        for part in subject.parts:
            for column, code in columns.items():
                yield from _compared(
                    book.sheet(name), part.key, column, _printed(shown, part.key, code), table=table
                )


def categories_add(book: Book, subject: "Subject") -> Iterator[str]:
    """Issues resolved by category add up to the issues resolved in every community."""
    sheet = book.sheet(issues.NAME)
    by_category, by_community = sheet.tables
    categories = [str(row.key) for row in by_category.rows if row.weight is Weight.BODY]
    for part in subject.parts:
        expected = sum(_number(by_community.value(part.key, code)) for code in categories)
        yield from _compared(sheet, part.key, "issues.resolved", expected, table=issues.BY_COMMUNITY)


def ratios_add(book: Book, subject: "Subject") -> Iterator[str]:
    """Numerators and denominators of issues add up where their ratios don't: over categories and over communities."""
    sheet = book.sheet(issues.NAME)
    for code in (code for code in RATIOS if code in issues.CODES):
        for table, parts in ((issues.BY_CATEGORY, (subject.total,)), (issues.BY_COMMUNITY, subject.parts)):
            for part in parts:
                keys = part.communities if table else [row.key for row in sheet.tables[table].rows[:-1]]
                cells = [sheet.tables[table].value(key, code) for key in keys]
                pairs = [(cell.numerator, cell.denominator) for cell in cells if isinstance(cell, Ratio)]
                expected = Ratio(sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
                yield from _compared(sheet, part.key, code, expected, table=table)


def heads_fit(book: Book, subject: "Subject") -> Iterator[str]:
    """Heads of several communities are no more than all of theirs together and no fewer than the most of one."""
    for code in HEADS:
        sheet, at = breakdown.place_of(book, code)
        for part in subject.parts:
            each = [_printed(sheet, community, code, table=at) for community in part.communities]
            fitting = min(max(_printed(sheet, part.key, code, table=at), max(each, default=0)), sum(each))
            yield from _compared(sheet, part.key, code, fitting, table=at)


CHECKS: tuple[Check, ...] = (
    flows_continue,
    communities_add,
    no_fact_left_out,
    partners_roll,
    points_roll,
    stock_rolls,
    open_issues_roll,
    lists_add,
    service_adds,
    sheets_agree,
    categories_add,
    ratios_add,
    heads_fit,
)


def _rolls(sheet: Sheet, signs: dict[str, int], closing: str) -> Iterator[str]:
    """Check that in each row these columns, with their signs, make the last; a row without numbers has none to check."""
    for row in sheet.tables[0].rows:
        if sheet.tables[0].value(row.key, closing) is not None:
            moved = sum(sign * _printed(sheet, row.key, column) for column, sign in signs.items())
            yield from _compared(sheet, row.key, closing, moved)


def _compared(
    sheet: Sheet, row: Hashable, column: str, expected: int | Ratio, *, table: int = 0
) -> Iterator[str]:
    value = sheet.tables[table].value(row, column)
    printed = value if isinstance(value, Ratio) else _number(value)
    if printed != expected:
        shown = sheet.tables[table]
        label = shown.rows[shown.row_index(row)].values[1]
        heading = shown.columns[shown.column_index(column)].heading.replace("\n", "")
        where = f"“{sheet.name}”表 {sheet.place(table, row, column)}（{label}·{heading}）"
        yield f"{where}是 {as_text(printed)}，按另一途径核算是 {as_text(expected)}"


def _lines(sheet: Sheet, column: str, table: int) -> int:
    """Add up what the lines of a list print in a column."""
    at = sheet.tables[table].column_index(column)
    return sum(_number(row.values[at]) for row in sheet.tables[table].rows if row.weight is Weight.BODY)


def _printed(sheet: Sheet, row: Hashable, column: str, *, table: int = 0) -> int:
    return _number(sheet.tables[table].value(row, column))


def _number(value: Cell) -> int:
    """Return what a cell adds to a sum: minutes for hours, nothing for a blank."""
    if isinstance(value, Minutes):
        return value.count
    return value if isinstance(value, int) else 0


def _over(sums: dict[int, int], part: "Part") -> int:
    return sum(sums.get(community, 0) for community in part.communities)
