"""The SQL behind figures: each count gives numbers per community for a span of months, and the rows it counted."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeVar

from .. import errors
from ..book import Book
from ..facts import stands
from ..months import BEGINNING, Span, bounds
from .shape import SEEN, Additive, Count, Distinct, Measure, Median, Ratio, heads, stays

if TYPE_CHECKING:
    from ..once import Once, Repeated

T = TypeVar("T", Additive, Distinct, Ratio, Median)


@cache
def _gathered(name: str) -> dict[str, Any]:
    """Put together the tables of this name of all files here, so a new noun is a new file."""
    files = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return {key: value for file in files for key, value in getattr(file, name, {}).items()}


def part_taking() -> dict[str, str]:
    """Return the fact tables in which a partner takes part in something, and what that is called."""
    return _gathered("PART_TAKING")


def given() -> dict[str, Measure]:
    """Return what the nouns call giving, in the order in which it is told."""
    return _placed(_gathered("GIVEN"))


def received() -> dict[str, Measure]:
    """Return what the nouns call receiving, in the order in which it is told."""
    return _placed(_gathered("RECEIVED"))


def still_open() -> dict[str, str]:
    """Return SQL by table that lists what of a partner's does not end when it leaves: what it is, and how it is ended.

    It takes `:cards`, a JSON list of the ids of the partner and of all merged into it, and the `:code` of the partner.
    """
    return _gathered("STILL_OPEN")


def once() -> "dict[str, Once]":
    """Return by table what a person has only once at a time."""
    return _gathered("ONCE")


def repeated() -> "dict[str, Repeated]":
    """Return by fact table what a merger makes repeated or senseless."""
    return _gathered("REPEATED")


def alike() -> dict[str, str]:
    """Return by table SQL that holds when `f` and `k` say the same, of what the keyboard refuses a second one.

    Unlike what is `repeated`, there may be two of it.
    """
    return _gathered("ALIKE")


@cache
def counts() -> dict[str, Count]:
    """Return every count by the code of its figure."""
    parts = {table: f"'{word}' AS part" for table, word in part_taking().items()}
    return {**_gathered("COUNTS"), "partners.active": heads(parts, {"参与方式": "f.part"})}


class Counts(Book):
    """Numbers per community; reports ask here and add up nothing themselves."""

    def part_taking(self) -> dict[str, str]:
        """Return the fact tables in which a partner takes part in something (all bear `partner_id`), and what that is called."""
        return part_taking()

    def still_open(self) -> dict[str, str]:
        """Return SQL by table that lists what does not end when a partner leaves."""
        return still_open()

    def once(self) -> "dict[str, Once]":
        """Return by table what a person has only once at a time, so that a merger folds it."""
        return once()

    def repeated(self) -> "dict[str, Repeated]":
        """Return by fact table what a merger makes repeated, so that it takes it back."""
        return repeated()

    def alike(self) -> dict[str, str]:
        """Return by table SQL that holds when two, of which the keyboard refuses the second, say the same."""
        return alike()

    def additive(self, code: str, span: Span) -> dict[int, int]:
        """Return the sum of a flow over the span, or a stock at its end, per community; communities without are left out."""
        count = _of(code, Additive)
        return dict(self.database.rows(_summed(count), self._seen(span)))

    def flows(self, code: str, span: Span) -> dict[str, dict[int, int]]:
        """Return what moved a stock within the span: name of the flow to the sum per community."""
        count = _of(code, Additive)
        within = f"{count.where} AND f.counted_in >= :first"
        return {
            name: dict(
                self.database.rows(
                    f"SELECT f.community_id, sum({count.measure}) FROM {count.source} WHERE {within} AND {test} GROUP BY 1",
                    self._seen(span),
                )
            )
            for name, test in count.flows.items()
        }

    def has_months(self, code: str) -> bool:
        """Tell whether `by_month` answers for this code; what is overdue on a day can't be told by months."""
        return bool(_of(code, Additive).by)

    def by_month(self, code: str, span: Span) -> dict[tuple[int, str], int]:
        """Return a flow, or what moved a stock, per community and month of the span."""
        count = _of(code, Additive)
        rows = self.database.rows(_by_month(count), self._seen(span))
        return {(community, month): number for community, month, number in rows}

    def ratio(self, code: str, span: Span) -> dict[int, tuple[int, int]]:
        """Return numerator and denominator over the span per community."""
        count = _of(code, Ratio)
        sql = _grouped(count, f"{count.numerator}), sum({count.denominator}", "f.community_id")
        return {
            community: (numerator, denominator)
            for community, numerator, denominator in self.database.rows(sql, self._seen(span))
        }

    def lengths(self, code: str, span: Span) -> dict[int, list[int]]:
        """Return the lengths in minutes that a median is made of, per community."""
        count = _of(code, Median)
        sql = f"SELECT f.community_id, {count.measure} FROM {count.source} WHERE {count.where}"
        found: dict[int, list[int]] = {}
        for community, minutes in self.database.rows(sql, self._seen(span)):
            found.setdefault(community, []).append(minutes)
        return found

    def distinct(self, code: str, span: Span) -> list[tuple[int, int]]:
        """Return (community, partner) for every partner with facts in force in the span, once each.

        Partners merged by the end of the span stand for one; the heads of an area are the different partners among its pairs.
        """
        count = _of(code, Distinct)
        sql = _ever(count) if span.first == BEGINNING else _in_span(count)
        merged = self.merged(span.last)
        pairs = (
            (community, stays(partner, merged))
            for community, partner in self.database.rows(sql, self._seen(span))
        )
        return sorted(set(pairs))

    def rows(self, code: str, span: Span, community_ids: Iterable[int]) -> tuple[list[str], list[Any]]:
        """Return the headings and the rows that a count counted in these communities.

        The last column says what a row adds: a counter-fact takes away. Heads have none; they are the different partners.
        """
        count = counts()[code]
        columns = ", ".join(f"{expression} AS '{heading}'" for heading, expression in count.columns.items())
        within = ", ".join(str(int(community)) for community in community_ids)
        sql = f"SELECT {columns} FROM {count.source} WHERE {count.where} AND f.community_id IN ({within})"
        return list(count.columns), self.database.rows(sql, self._seen(span))

    def numbers_of_rows(self, code: str, span: Span) -> dict[int, int]:
        """Return how many rows a count counted in each community."""
        count = counts()[code]
        sql = (
            f"SELECT f.community_id, count(*) FROM {count.source} WHERE {count.where} GROUP BY f.community_id"
        )
        return dict(self.database.rows(sql, self._seen(span)))

    def merged(self, last: str) -> dict[int, int]:
        """Return which partner was merged into which by the end of a month."""
        sql = """SELECT partner_id, into_id FROM standing WHERE event = 'merged' AND counted_in <= ?
            GROUP BY partner_id, into_id HAVING sum(sign) > 0 ORDER BY max(id)"""
        return dict(self.database.rows(sql, (last,)))

    def _seen(self, span: Span) -> dict[str, str]:
        return bounds(span, self.ledger.today())


def _placed(measures: dict[str, Measure]) -> dict[str, Measure]:
    return dict(sorted(measures.items(), key=lambda named: named[1].place))


class NoSuchFigure(errors.LedgerError):
    """There is no figure of this code."""

    exit_code = 4

    def __init__(self, code: str) -> None:
        super().__init__(f"没有“{code}”这个指标。可用 hep report figures 查看全部指标。")


def _of(code: str, nature: type[T]) -> T:
    count = counts().get(code)
    if not isinstance(count, nature):
        raise NoSuchFigure(code)
    return count


def _grouped(count: Additive | Ratio, measure: str, by: str) -> str:
    return f"SELECT {by}, sum({measure}) FROM {count.source} WHERE {count.where} GROUP BY {by}"


def _summed(count: Additive) -> str:
    if not count.by:
        return _grouped(count, count.measure, "f.community_id")
    return f"SELECT community_id, sum(amount) FROM ({_inner(count)}) GROUP BY community_id"


def _by_month(count: Additive) -> str:
    return f"SELECT community_id, month, sum(amount) FROM ({_inner(count)}) GROUP BY community_id, month"


def _inner(count: Additive) -> str:
    return f"""SELECT f.community_id, f.counted_in AS month, sum({count.measure}) AS amount
        FROM {count.source} WHERE {count.where} GROUP BY {count.by}, f.community_id"""


def _in_span(count: Distinct) -> str:
    return f"SELECT DISTINCT f.community_id, f.partner_id FROM {count.source} WHERE {count.where}"


def _ever(count: Distinct) -> str:
    """Write the query for everything up to a month: it hops from pair to pair of the index and looks for one fact in force.

    Over the whole history a fact and its counter-fact are both seen, so one fact without a counter-fact is enough, and
    the time grows with the partners, not with their facts.
    """
    return " UNION ".join(
        f"""SELECT community_id, partner_id FROM (
          WITH RECURSIVE pair(partner_id, community_id) AS (
            SELECT p.id, (SELECT min(community_id) FROM {table} WHERE partner_id = p.id) FROM partner p
            UNION ALL
            SELECT partner_id, (SELECT min(n.community_id) FROM {table} n
              WHERE n.partner_id = pair.partner_id AND n.community_id > pair.community_id)
            FROM pair WHERE community_id IS NOT NULL)
          SELECT * FROM pair WHERE EXISTS (
            SELECT 1 FROM {table} f WHERE f.community_id = pair.community_id AND f.partner_id = pair.partner_id
              AND f.counted_in <= :last AND {stands(table, "f", seen=SEEN)}))"""
        for table in count.tables
    )
