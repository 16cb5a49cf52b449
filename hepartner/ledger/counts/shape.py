"""What a count is: one FROM/WHERE, from which come the number and the rows it counted.

Queries see what `months.bounds` gives: `:first` and `:last` (months), `:first_day`, `:last_day` and `:over`. The source's
alias is `f`; it has `community_id`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..facts import stands

L = TypeVar("L")

ASKED = "SELECT value FROM json_each(:communities)"
"""The communities that a sheet is about."""

HERE = f"community_id IN ({ASKED})"
"""Facts of these communities."""


FLOW = "f.counted_in BETWEEN :first AND :last"
"""Facts that count in the span."""

STOCK = "f.counted_in <= :last"
"""Facts that count up to the end of the span."""

SEEN = "r.counted_in <= :last"
"""Counter-facts that are seen at the end of the span."""

FACT = {
    "凭证": "'V' || f.voucher_id",
    "日期": "f.happened_on",
    "计入月份": "f.counted_in",
    "社区": "(SELECT name FROM area WHERE id = f.community_id)",
}
"""The columns that show any fact."""

PARTNER = {
    "编号": "(SELECT code FROM partner WHERE id = f.partner_id)",
    "合伙人": "(SELECT name FROM partner WHERE id = f.partner_id)",
}
"""The columns that show a fact's partner."""

AMOUNT = "计数"
"""The column that says what a row adds to its figure; the rows of a figure add up to it."""


@dataclass(frozen=True, slots=True)
class Additive:
    """A flow or stock: the sum of `measure` over rows; it adds over communities.

    A stock names its in and out flows in `flows`: Chinese name to a condition on the same rows. `by` is what the table's
    index has before the community: grouped so, a long history is summed without being sorted first (a fifth of the
    time); empty where rows bear no month.
    """

    source: str
    where: str
    measure: str
    columns: dict[str, str]
    flows: dict[str, str] = field(default_factory=dict)
    by: str = "f.counted_in"


@dataclass(frozen=True, slots=True)
class Distinct:
    """Heads: partners with facts in force in the span; never added, recomputed over any area."""

    tables: tuple[str, ...]
    source: str
    where: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator and a denominator, both summed over the same rows."""

    source: str
    where: str
    numerator: str
    denominator: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Median:
    """Lengths in minutes, of which the middle one is wanted; never added, asked anew over any area and span."""

    source: str
    where: str
    measure: str
    columns: dict[str, str]


Count = Additive | Distinct | Ratio | Median


@dataclass(frozen=True, slots=True)
class Listing(Generic[L]):
    """What a sheet lists of one month: the record of a line, which has `community_id`, and the SQL of its fields in order.

    Queries see `:communities` and `:day` besides, the last day of the month that has come.
    """

    line: Callable[..., L]
    sql: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a partner gave or received, as a noun tells it: `amount` of each fact `f`, folded together.

    `place` is where it stands among the others. What the facts were about is `about`, and `each` what one adds to that (its
    amount unless told) of `each_unit`. Of a `stock` all facts up to the end of the months are seen. Queries see `card`,
    the partner's cards: its own and those merged into it.

    What two cards of one person may both bear counts once for the person: `once` is what it is one of, like the meeting that
    both attended. An amount without `once` is brought by each card, like hours and points.
    """

    label: str
    unit: str
    place: int
    source: str
    amount: str
    where: str = "1"
    partner: str = "f.partner_id"
    fold: str = "sum"
    about: str = "''"
    each: str = ""
    each_unit: str = ""
    once: str = ""
    stock: bool = False
    minutes: bool = False


def flow(
    source: str, measure: str, columns: dict[str, str], where: str = "1", *, amount: str = AMOUNT
) -> Additive:
    """Count facts of a table in the months in which they count; `amount` is the heading of what each adds."""
    return Additive(f"{source} f", f"{where} AND {FLOW}", measure, {**FACT, **columns, amount: measure})


def stock(
    source: str,
    measure: str,
    columns: dict[str, str],
    *,
    where: str,
    flows: dict[str, str],
    by: str = "f.counted_in",
) -> Additive:
    """Count the state at the end of a month from all facts up to it."""
    shown = {**FACT, **columns, AMOUNT: measure}
    return Additive(f"{source} f", f"{where} AND {STOCK}", measure, shown, flows, by)


def lengths(table: str, of: str, event: str, columns: dict[str, str]) -> Median:
    """Measure, in minutes, the steps of an event in the months in which they count; those taken back by then are left out.

    A length of a month before that an edit took back and stated anew for the same thing (column `of`) is no new one.
    """
    new = f"""0 < (SELECT sum(x.sign) FROM {table} x WHERE x.{of} = f.{of} AND x.event = f.event
          AND x.minutes = f.minutes AND x.counted_in BETWEEN :first AND :last)"""
    where = f"f.event = '{event}' AND {FLOW} AND {stands(table, 'f', seen=SEEN)} AND {new}"
    return Median(f"{table} f", where, "f.minutes", {**FACT, **columns, "分钟": "f.minutes"})


def heads(tables: dict[str, str], columns: dict[str, str]) -> Distinct:
    """Count the partners of the facts of tables (to the part each stands for) in the months in which they count.

    A fact is left out once its counter-fact is seen; a counter-fact of an earlier month takes no other fact along.
    """
    fields = "voucher_id, happened_on, counted_in, community_id, partner_id"
    parts = " UNION ALL ".join(
        f"""SELECT {fields}, {shown} FROM {table} f WHERE {FLOW} AND {stands(table, "f", seen=SEEN)}"""
        for table, shown in tables.items()
    )
    return Distinct(tuple(tables), f"({parts}) f", "1", {**FACT, **PARTNER, **columns})


def worded(column: str, words: Mapping[str, str]) -> str:
    """Return SQL for the Chinese word of a code."""
    cases = "".join(f" WHEN '{code}' THEN '{word}'" for code, word in words.items())
    return f"CASE {column}{cases} END"


def all_worded(column: str, words: Mapping[str, str]) -> str:
    """Return SQL for the Chinese words of codes parted by commas, in the order of the words."""
    parts = " || ".join(
        f"iif(instr(',' || {column} || ',', ',{code},'), '{word}、', '')" for code, word in words.items()
    )
    return f"rtrim({parts}, '、')"


def stood(card: str, field_name: str, facts: str = "", *, alias: str = "c", at: str = "") -> str:
    """Return SQL for a field of a card (`c`, or by another alias) as the month prints it, whatever was edited since.

    An edit belongs to the month in which the `facts` count that its voucher posted with it. Any other is seen until the
    month is closed `at` a community (the card's own, or SQL for several, any of which then decides): so a title that was put
    right is right in months still open, and a closed month prints what was reported.
    """
    closed = f"""EXISTS (SELECT 1 FROM period_closing p WHERE p.community_id IN ({at or f"{alias}.community_id"})
          AND p.month >= :last AND p.voucher_id < h.voucher_id AND {stands("period_closing", "p")})"""
    if facts:
        counted = f"""SELECT max(e.counted_in) FROM {facts} e
          WHERE e.voucher_id = h.voucher_id AND e.{card}_id = {alias}.id"""
        closed = f"ifnull(:last < ({counted}), {closed})"
    later = f"""FROM change h WHERE h.card = '{card}' AND h.card_id = {alias}.id AND h.field = '{field_name}' AND {closed}"""
    return f"iif(EXISTS (SELECT 1 {later}), (SELECT h.before {later} ORDER BY h.id LIMIT 1), {alias}.{field_name})"


def mention(card: str, field_name: str, *, alias: str = "c", at: str = "") -> str:
    """Return SQL for a mention of a field of a card (`c`, or by another alias) in a list of a community (its own unless told).

    What it stands for is looked up when the list is printed (`mentions.Mentions`).
    """
    place = at or f"{alias}.community_id"
    return f"(char(2) || '{card}.{field_name}.' || {alias}.id || '.' || {place} || char(3))"


def called() -> str:
    """Return SQL for a mention of the partner `p`, who is called the same in every community."""
    return mention("partner", "name", alias="p", at="0")


def person(reference: str) -> str:
    """Return SQL for whom a partner stands as at the end of the span; the query begins with `MERGED` (see `stays`)."""
    return f"ifnull((SELECT who FROM person WHERE id = {reference}), {reference})"


MERGED = """WITH RECURSIVE into_one AS MATERIALIZED (
    SELECT partner_id AS id, into_id FROM standing WHERE event = 'merged' AND counted_in <= :last
    GROUP BY partner_id, into_id HAVING sum(sign) > 0),
  walked(id, at) AS (SELECT id, into_id FROM into_one UNION SELECT w.id, m.into_id FROM walked w JOIN into_one m ON m.id = w.at),
  person AS MATERIALIZED (
    SELECT id, min(at) AS who FROM walked w
    WHERE NOT EXISTS (SELECT 1 FROM into_one m WHERE m.id = w.at)
      OR EXISTS (SELECT 1 FROM walked r WHERE r.id = w.at AND r.at = w.at)
    GROUP BY id)"""
"""SQL that begins a query in which `person` names partners as they stood at the end of the span: walked to where nobody was
merged any more, or to the first of those who were merged into each other."""


def stays(partner: int, merged: dict[int, int]) -> int:
    """Return whom a partner stands as after all mergers.

    As seen from a month, two may be merged into each other: a merger undone in a later month and made the other way
    round in this one. They are one person all the same.
    """
    walked: list[int] = []
    while partner in merged and partner not in walked:
        walked.append(partner)
        partner = merged[partner]
    return min(walked[walked.index(partner) :]) if partner in walked else partner
