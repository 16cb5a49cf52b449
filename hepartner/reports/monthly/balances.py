"""What must add up before a monthly workbook is written: each check compares what a sheet prints with another count.

A check takes the typed sheets and what they were made of, and yields a breach for every cell that is wrong; a new check is
one function and one line in CHECKS.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING

from hepartner.reports.errors import Unbalanced
from hepartner.reports.figures import CATALOGUE, Nature
from . import activities, breakdown, issues, overview, partners, points, shop
from .subject import TOTAL
from hepartner.reports.sheets import Book, Cell, Weight
from hepartner.reports.values import Minutes

if TYPE_CHECKING:
    from .subject import Subject

Check = Callable[[Book, "Subject"], Iterator[str]]

FLOWS = tuple(figure.code for figure in CATALOGUE if figure.nature is Nature.FLOW)
STOCKS = tuple(figure.code for figure in CATALOGUE if figure.nature is Nature.STOCK)
ADDED = (*FLOWS, *STOCKS)


def check(book: Book, subject: "Subject") -> None:
    """Run every check. Raises errors.Unbalanced, which names the cells."""
    breaches = [breach for run in CHECKS for breach in run(book, subject)]
    if breaches:
        raise Unbalanced(breaches)


def flows_continue(book: Book, subject: "Subject") -> Iterator[str]:
    """In all up to last month + this month = in all up to this month, in every community."""
    before = subject.in_all_before
    for code in FLOWS:
        printed = _number(_value(book, overview.NAME, 0, code, "in_all"))
        earlier = subject.readings.sums(code, before)
        now = subject.readings.sums(code, subject.span)
        expected = sum(earlier.get(c, 0) + now.get(c, 0) for c in subject.total.communities)
        yield from _compared(book, overview.NAME, 0, code, "in_all", printed, expected)


def communities_add(book: Book, subject: "Subject") -> Iterator[str]:
    """The communities' rows add up to each subtotal and to the total, and that is what the overview prints."""
    table = book.sheet(breakdown.NAME).tables[0]
    for code in ADDED:
        column = table.column_index(code)
        rows = {row.key: _number(row.values[column]) for row in table.rows}
        for part in subject.parts:
            if part.weight is not Weight.BODY:
                expected = sum(rows[community] for community in part.communities)
                yield from _compared(book, breakdown.NAME, 0, part.key, code, rows[part.key], expected)
        printed = _number(_value(book, overview.NAME, 0, code, "month"))
        yield from _compared(book, overview.NAME, 0, code, "month", printed, rows[TOTAL])


def no_fact_left_out(book: Book, subject: "Subject") -> Iterator[str]:
    """Of the whole ledger, no fact stands outside the communities that are listed."""
    if subject.area.parent_id is None:
        for code in ADDED:
            printed = _number(_value(book, overview.NAME, 0, code, "month"))
            everything = sum(subject.readings.sums(code, subject.span).values())
            yield from _compared(book, overview.NAME, 0, code, "month", printed, everything)


def partners_roll(book: Book, subject: "Subject") -> Iterator[str]:
    """Partners at the end of last month + came − went = partners at the end of this month."""
    for kind in ("individual", "group", "business"):
        columns = (f"{kind}.opening", f"{kind}.came", f"{kind}.went", f"{kind}.closing")
        yield from _rolls(book, partners.NAME, columns, (1, 1, -1))


def points_roll(book: Book, subject: "Subject") -> Iterator[str]:
    """Points left + in − out = points left, and that is what the partners' balances say."""
    columns = ("before", *points.IN, *points.OUT, "balance")
    yield from _rolls(book, points.NAME, columns, (1, *(1 for _ in points.IN), *(-1 for _ in points.OUT)))
    table = book.sheet(points.NAME).tables[0]
    for part in subject.parts:
        held = sum(subject.balances.get(community, 0) for community in part.communities)
        yield from _compared(
            book, points.NAME, 0, part.key, "balance", _number(table.value(part.key, "balance")), held
        )


def stock_rolls(book: Book, subject: "Subject") -> Iterator[str]:
    """Of every item, opening + in − out + stocktake = closing."""
    columns = ("opening", "stocked", "redeemed", "taken", "stocktake", "closing")
    yield from _rolls(book, shop.NAME, columns, (1, 1, -1, -1, 1))


def open_issues_roll(book: Book, subject: "Subject") -> Iterator[str]:
    """Open issues at the end of last month + what opened − what closed = open issues at the end of this month."""
    table = book.sheet(issues.NAME).tables[issues.BY_COMMUNITY]
    moved = subject.readings.ledger.counts.flows("issues.open", subject.span)
    before = subject.readings.sums("issues.open", subject.previous)
    for part in subject.parts:
        changes = sum(flow.get(c, 0) for flow in moved.values() for c in part.communities)
        expected = sum(before.get(c, 0) for c in part.communities) + changes
        printed = _number(table.value(part.key, "issues.open"))
        yield from _compared(
            book, issues.NAME, issues.BY_COMMUNITY, part.key, "issues.open", printed, expected
        )


def lists_add(book: Book, subject: "Subject") -> Iterator[str]:
    """The lines of a list add up to the figure under them."""
    for name, columns in (
        (activities.NAME, ("held", "attendance", "hours", "beneficiaries")),
        (shop.NAME, ("points",)),
        (issues.NAME, tuple(code for code in issues.CODES if code in ADDED)),
    ):
        table = book.sheet(name).tables[0]
        for column in columns:
            at = table.column_index(column)
            lines = sum(_number(row.values[at]) for row in table.rows if row.weight is Weight.BODY)
            yield from _compared(book, name, 0, TOTAL, column, _number(table.value(TOTAL, column)), lines)


def sheets_agree(book: Book, subject: "Subject") -> Iterator[str]:
    """What one sheet prints of a community is what the breakdown prints of it."""
    table = book.sheet(breakdown.NAME).tables[0]
    shown = {
        points.NAME: (
            0,
            {"awarded": "points.awarded", "redeemed": "points.redeemed", "expired": "points.expired"},
        ),
        partners.NAME: (
            0,
            {f"{kind}.closing": f"partners.{kind}" for kind in ("individual", "group", "business")},
        ),
        issues.NAME: (issues.BY_COMMUNITY, {code: code for code in issues.CODES if code in ADDED}),
    }
    for name, (number, columns) in shown.items():
        other = book.sheet(name).tables[number]
        for part in subject.parts:
            for column, code in columns.items():
                printed, expected = (
                    _number(other.value(part.key, column)),
                    _number(table.value(part.key, code)),
                )
                yield from _compared(book, name, number, part.key, column, printed, expected)


def categories_add(book: Book, subject: "Subject") -> Iterator[str]:
    """Issues resolved by category add up to the issues resolved in every community."""
    table = book.sheet(issues.NAME).tables[issues.BY_COMMUNITY]
    first = len(table.columns) - len(book.sheet(issues.NAME).tables[issues.BY_CATEGORY].rows) + 1
    for part in subject.parts:
        row = table.rows[table.row_index(part.key)]
        expected = sum(_number(value) for value in row.values[first:])
        printed = _number(table.value(part.key, "issues.resolved"))
        yield from _compared(
            book, issues.NAME, issues.BY_COMMUNITY, part.key, "issues.resolved", printed, expected
        )


CHECKS: tuple[Check, ...] = (
    flows_continue,
    communities_add,
    no_fact_left_out,
    partners_roll,
    points_roll,
    stock_rolls,
    open_issues_roll,
    lists_add,
    sheets_agree,
    categories_add,
)


def _rolls(book: Book, name: str, columns: tuple[str, ...], signs: tuple[int, ...]) -> Iterator[str]:
    """Check that in each row all columns but the last, with their signs, make the last."""
    table = book.sheet(name).tables[0]
    for row in table.rows:
        numbers = [row.values[table.column_index(column)] for column in columns]
        if None not in numbers:
            *moved, closing = (_number(number) for number in numbers)
            expected = sum(sign * number for sign, number in zip(signs, moved, strict=True))
            yield from _compared(book, name, 0, row.key, columns[-1], closing, expected)


def _compared(
    book: Book, name: str, table: int, row: Hashable, column: str, printed: int, expected: int
) -> Iterator[str]:
    if printed != expected:
        sheet = book.sheet(name)
        shown = sheet.tables[table]
        line = shown.rows[shown.row_index(row)]
        labels = f"{line.values[1]}·{shown.columns[shown.column_index(column)].heading}"
        where = sheet.place(table, row, column)
        yield f"“{name}”表 {where}（{labels}）是 {printed:,}，按另一途径核算是 {expected:,}"


def _value(book: Book, name: str, table: int, row: Hashable, column: str) -> Cell:
    return book.sheet(name).tables[table].value(row, column)


def _number(value: Cell) -> int:
    """Return what a cell adds to a sum: minutes for hours, nothing for a blank."""
    if isinstance(value, Minutes):
        return value.count
    return value if isinstance(value, int) else 0
