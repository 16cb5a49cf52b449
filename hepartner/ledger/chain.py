"""The hash chain: what a voucher's seal is computed from, for writing and for verifying alike.

A seal is SHA-256 over a version byte, the previous seal (64 digits), the counts that stand on the seal, the voucher, its facts in
line order, the cards it made and the changes of cards it wrote. Each of them is written as one JSON array of its table's name
and its fields, the NULLs at its end left out, so a column added later changes no old seal. The rows are read back from the
database, so a seal speaks of what was stored.

Of a card stands here what names it and never changes (`facts.given_once`) and what it said when it was made, of a change which
field of which card it is about and what that was before and after: none can be taken out, slipped in or altered unseen, and a
card that says anything else now has no change that says so. What a card said at first is what its first change found, else
what it says. Only fields that describe in words (`facts.DESCRIBING`) may be personal and blanked one day: their values stay
outside.

Design §4 asks for length-prefixed fields, so that no two ledgers have one text. An array has that too: texts stand in quotes
with quotes and controls escaped, numbers are digits, a `[` outside quotes begins the next row, and a row's fields stand in the
order of its table's columns. SQLite writes it in one call, which took a seventh of the time of joining the fields one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .database import Database
from .facts import Shapes, describes, given_once, is_sealed

VERSION = 2
GENESIS = "0" * 64
"""What the first seal takes for its predecessor."""


class Anchor(NamedTuple):
    """核对码: the state of the ledger in one line, to be kept outside the file."""

    vouchers: int
    points: int
    head: str

    def __str__(self) -> str:
        return f"{self.vouchers}-{self.points}-{self.head[:12]}"


class Counts(NamedTuple):
    """What a seal counts: its place, its voucher's facts and change rows, all points of the ledger up to it, an import's rows."""

    seq: int
    facts: int
    changes: int
    points: int
    report: str | None = None

    @property
    def text(self) -> str:
        """The counts as the chain writes them, as `row_text` would."""
        numbers = f'["seal",{self.seq},{self.facts},{self.changes},{self.points}'
        if self.report is None:
            return numbers
        import json

        return f"{numbers},{json.dumps(self.report, ensure_ascii=False)}"


def sealed(previous: str, counts: Counts, voucher: str, written: Iterable[str]) -> str:
    """Return the seal of a voucher's text and of what it wrote: facts, cards and changes, each in the order of its query."""
    import hashlib  # 3 ms, which looking something up can do without

    digest = hashlib.sha256(bytes([VERSION]))
    digest.update(f"{previous}{counts.text}{voucher}".encode())
    digest.update("".join(written).encode())
    return digest.hexdigest()


def voucher_text(shapes: Shapes) -> str:
    """Return the SQL expression that writes a voucher out."""
    return row_text("voucher", shapes.columns_of("voucher"))


def facts_query(
    shapes: Shapes, tables: Iterable[str], where: str, wanted: str = "voucher, line, text"
) -> str:
    """Return a query of what is `wanted` of (voucher, line, text) over fact tables, in the chain's order."""
    selects = [
        f"SELECT voucher_id AS voucher, line, {row_text(table, _fields(shapes, table))} AS text FROM {table} WHERE {where}"
        for table in tables
    ]
    return f"SELECT {wanted} FROM ({' UNION ALL '.join(selects)}) ORDER BY voucher, line"


def cards_query(
    shapes: Shapes,
    tables: Sequence[str],
    where: str,
    changes: str | None = "1",
    wanted: str = "voucher, card, id, text",
) -> str:
    """Return a query of what is `wanted` of (voucher, card, id, text) over the cards of tables, in the chain's order.

    They stand as they were made. `changes` narrows down which changes are looked at for what cards said before; None where
    there are none.
    """
    selects = [
        f"SELECT created_in AS voucher, '{table}' AS card, id,"
        f" {row_text(table, _said_at_first(shapes, table, changed=changes is not None))} AS text"
        f" FROM {table} t{_first_changes(table, changes) if changes else ''} WHERE {where}"
        for table in tables
    ]
    # One table is read in the order of its ids; ordering by its name too would sort what is sorted already.
    place = "voucher, id" if len(tables) == 1 else "voucher, card, id"
    return f"SELECT {wanted} FROM ({' UNION ALL '.join(selects)}) ORDER BY {place}"


def changes_query(where: str) -> str:
    """Return a query of (voucher, text) over the changes of cards, in the chain's order."""
    values = (f"iif({describes('change')}, NULL, {value})" for value in ("before", "after"))
    text = row_text("change", ("card", "card_id", "field", *values))
    return f"SELECT voucher_id, {text} FROM change WHERE {where} ORDER BY voucher_id, id"


def anchor(database: Database) -> Anchor:
    """Return the anchor of the ledger as it stands; ``0-0-000000000000`` when nothing was sealed."""
    head = database.row("SELECT seq, points, sha256 FROM seal ORDER BY seq DESC LIMIT 1")
    return Anchor(*head) if head else Anchor(0, 0, GENESIS)


def row_text(table: str, columns: Iterable[str]) -> str:
    """Return the SQL expression that writes these columns (INTEGER or TEXT) of a row of a table out."""
    # Outside quotes the letters of `null` stand only where a NULL is, and the last field that is none ends in a quote or a
    # digit: trimming these characters from the end takes away the NULLs there and nothing else.
    return f"rtrim(json_array('{table}', {', '.join(columns)}), ',nul]')"


def _fields(shapes: Shapes, table: str) -> Iterable[str]:
    return (column for column in shapes.columns_of(table) if column not in {"id", "voucher_id"})


def _said_at_first(shapes: Shapes, table: str, *, changed: bool) -> Iterator[str]:
    """Yield SQL for what names a card `t`, then for what it said when it was made, each as text as in `change`."""
    columns = shapes.columns_of(table)
    once = given_once(columns)
    yield from (column for column in once if column != "created_in")
    for column in columns:
        if column not in once and is_sealed(table, column):
            now, path = f"CAST({column} AS TEXT)", f"f.was, '$.{column}'"
            yield f"iif(json_type({path}) IS NULL, {now}, json_extract({path}))" if changed else now


def _first_changes(table: str, changes: str) -> str:
    """Return SQL that joins to each card `t` what its fields were before their first change, by field as JSON."""
    # Beside min() a bare column is of the row that has the least.
    first = f"SELECT card_id, field, before, min(id) FROM change WHERE card = '{table}' AND {changes} GROUP BY 1, 2"
    return f""" LEFT JOIN (SELECT card_id, json_group_object(field, before) AS was FROM ({first}) GROUP BY 1) f
        ON f.card_id = t.id"""
