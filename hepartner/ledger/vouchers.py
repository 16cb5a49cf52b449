"""Vouchers: one write of one intention, in one transaction, sealed at its end; the only place that writes facts and cards."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain as chained
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import chain, errors
from .database import Parameters
from .personal import refuse_identity_numbers
from .unsaid import as_said

if TYPE_CHECKING:
    from concurrent.futures import Future

    from .ledger import Ledger

R = TypeVar("R")


class Origin(NamedTuple):
    """Where a voucher's content came from: the office or list it is kept under, and the file's SHA-256."""

    source: str = ""
    file_sha256: str | None = None


class Voucher:
    """An open voucher: post facts, add and edit cards; the ledger seals and commits it.

    `report` is what became of an imported file's rows, as JSON; it is known last and kept with the seal.
    """

    def __init__(self, ledger: "Ledger", voucher_id: int, uid: str) -> None:
        self.id = voucher_id
        self._uid = uid
        self.lines = 0
        self.report: str | None = None
        self._ledger = ledger
        self._database = ledger.database
        self._written: set[str] = set()
        self._added: dict[str, int] = {}
        # Of many rows in pieces: the last ids given, what is to be executed with this piece, and the piece before it.
        self._last_ids: dict[str, int] | None = None
        self._put_off: list[tuple[str, Parameters]] = []
        self._under_way: Future[None] | None = None

    @property
    def code(self) -> str:
        """The number people see."""
        return f"V{self.id}"

    def may_stand(self) -> bool:
        """Tell, once its transaction is over, whether it is in the file, or can't be looked for.

        By its global name: its number may be that of another window's voucher by then.
        """
        try:
            return bool(self._database.value("SELECT 1 FROM voucher WHERE uid = ?", (self._uid,)))
        except errors.BadFile:
            return True

    def post(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        counted_in: str | None = None,
    ) -> range:
        """Post facts: each row is community, day (ISO), then the columns; return their ids.

        A fact is counted in its day's month if that is open in its community, else in the earliest open month after it;
        `counted_in` names the month for facts that must count together.
        """
        names = ("id", "voucher_id", "line", "counted_in", "sign", "community_id", "happened_on", *columns)
        first = self._next_id(table)
        month, line, voucher_id = self._ledger.periods.counted_in, self.lines, self.id
        count = self._insert(
            table,
            names,
            (
                (first + n, voucher_id, line + n + 1, counted_in or month(row[0], row[1]), 1, *row)
                for n, row in enumerate(rows)
            ),
        )
        self.lines += count
        if count:
            self._written.add(table)
        return range(first, first + count)

    def post_each(
        self, table: str, cards: str, ids: range, *, community_id: str, happened_on: str, **attributes: str
    ) -> None:
        """Post a fact for each of some cards that were just added; what it says is SQL over its card `c`."""
        if not ids:
            return
        import json  # which the commands of the counter do without

        first, month = self._next_id(table), self._ledger.periods.earliest_open()
        names = ("id", "voucher_id", "line", "counted_in", "sign", "community_id", "happened_on", *attributes)
        listed = ", ".join((community_id, happened_on, *attributes.values()))
        self._write(
            f"""WITH month AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS community_id, value AS earliest FROM json_each(:open))
            INSERT INTO {table} ({", ".join(names)})
            SELECT c.id + :id, :voucher, c.id + :line, max(substr({happened_on}, 1, 7), m.earliest), 1, {listed}
            FROM {cards} c JOIN month m ON m.community_id = {community_id} WHERE c.id BETWEEN :first AND :last ORDER BY c.id""",
            {
                "open": json.dumps(month), "id": first - ids[0], "voucher": self.id,
                "line": self.lines + 1 - ids[0], "first": ids[0], "last": ids[-1],
            },
        )  # fmt: skip
        if self._last_ids is not None:
            self._last_ids[table] = first + len(ids) - 1
        self.lines += len(ids)
        self._written.add(table)

    def post_one(self, table: str, *, community_id: int, happened_on: date | str, **attributes: Any) -> int:
        """Post one fact; return its id."""
        row = (community_id, str(happened_on), *attributes.values())
        return self.post(table, tuple(attributes), [row])[0]

    def counter(
        self, table: str, fact_ids: Iterable[int], *, counted_in: str | None = None, **changed: Any
    ) -> range:
        """Post the counter-facts of facts: copies with the sign turned, counted in their month if open, else the next open.

        `counted_in` names the month for those that must count together; `changed` overrides columns, for a reversal that
        can take only part of what was given.
        """
        from .facts import IDENTITY, SIGNED

        columns = [c for c in self._ledger.shapes.columns_of(table) if c not in (*IDENTITY, "pair_id")]
        first = self._next_id(table)
        signed, batch = SIGNED.get(table), []
        select = f"SELECT counted_in, {', '.join(columns)} FROM {table} WHERE id = ?"
        for n, fact_id in enumerate(fact_ids):
            counted, *values = self._database.row(select, (fact_id,))
            fact = dict(zip(columns, values, strict=True))
            if signed:
                fact[signed] = -fact[signed]
            fact |= changed
            month = counted_in or self._ledger.periods.open_month(fact["community_id"], counted)
            batch.append((first + n, self.id, self.lines + n + 1, month, -1, fact_id, *fact.values()))
        self._insert(
            table, ("id", "voucher_id", "line", "counted_in", "sign", "reverses_id", *columns), iter(batch)
        )
        self.lines += len(batch)
        if batch:
            self._written.add(table)
        return range(first, first + len(batch))

    def add(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> range:
        """Add cards; return their ids. Raises personal.IdentityNumberGiven, as edit_many does."""
        from uuid_utils import uuid7

        first, mine = self._next_id(table), self.id
        rows = list(rows)
        refuse_identity_numbers(rows)
        cards = ((first + n, str(uuid7()), mine, mine, *row) for n, row in enumerate(rows))
        count = self._insert(table, ("id", "uid", "created_in", "voucher_id", *columns), cards)
        if count:
            self._added.setdefault(table, first)
        return range(first, first + count)

    def add_one(self, table: str, **fields: Any) -> int:
        """Add one card; return its id."""
        return self.add(table, tuple(fields), [tuple(fields.values())])[0]

    def edit(self, table: str, card_id: int, **fields: Any) -> None:
        """Set fields of one card; the database writes what changed into `change`."""
        self.edit_many(table, tuple(fields), [(*fields.values(), card_id)])

    def edit_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Set the same fields of many cards: each row is the fields' values, then the card's id.

        A card that says all of it already is left alone: the last voucher on a card is the last one in its history.
        """
        rows = list(rows)
        refuse_identity_numbers(rows)
        sets, marks = ", ".join(f"{column} = ?" for column in columns), ", ".join("?" * len(columns))
        self._database.write_many(
            f"""UPDATE {table} SET voucher_id = {self.id}, {sets}
            WHERE id = ? AND ({", ".join(columns)}) IS NOT ({marks})""",
            ((*row, *row[:-1]) for row in rows),
        )

    def note(self, text: str, *, line: int = 0) -> None:
        """Keep free text about this voucher (line 0) or one of its facts; empty text is not kept."""
        if text:
            self.add_one("note", about_voucher_id=self.id, about_line=line, text=text)

    def seal(self) -> None:
        """Close the voucher: write its link of the chain. Called by the ledger, last thing before the commit."""
        database, shapes = self._database, self._ledger.shapes
        before = chain.anchor(database)
        (text,) = database.row(f"SELECT {chain.voucher_text(shapes)} FROM voucher WHERE id = ?", (self.id,))
        # A parameter, not the number itself: SQLite keeps the parsed statement for the next voucher.
        mine = "voucher_id = :voucher"
        facts = (
            self._texts(chain.facts_query(shapes, sorted(self._written), mine, "text"))
            if self._written
            else []
        )
        changes = self._texts(chain.changes_query(mine))
        moved = 0
        if "entry" in self._written:
            moved = database.value("SELECT sum(points) FROM entry WHERE voucher_id = ?", (self.id,))
        counts = chain.Counts(
            before.vouchers + 1, len(facts), len(changes), before.points + moved, self.report
        )
        link = chain.sealed(
            before.head, counts, text, chained(facts, self._card_texts(edited=bool(changes)), changes)
        )
        database.write(
            """INSERT INTO seal (voucher_id, version, seq, facts, changes, points, report, sha256)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (self.id, chain.VERSION, *counts, link),
        )

    def doubts(self) -> list[str]:
        """Return what whoever wrote it should look at again; an import's report says it of its rows."""
        if self.report is not None or not self._written:
            return []
        return self._ledger.areas.early(sorted(self._written), self.id)

    def _texts(self, query: str, **parameters: int) -> list[str]:
        """Return the texts, the last column, of a query of the chain about this voucher."""
        return [row[-1] for row in self._database.rows(query, {"voucher": self.id, **parameters})]

    def _card_texts(self, *, edited: bool) -> Iterator[str]:
        # No index knows who made a card, but the first one's number is known and all that follow are this voucher's.
        for table, first in sorted(self._added.items()):
            query = chain.cards_query(
                self._ledger.shapes,
                [table],
                "created_in = :voucher AND id >= :first",
                "voucher_id = :voucher" if edited else None,
                "text",
            )
            yield from self._texts(query, first=first)

    def in_pieces(self, rows: Iterable[R]) -> Iterator[list[R]]:
        """Yield rows some thousand at a time: SQLite inserts what is added and posted for some while the next are worked out.

        Cards and facts of one piece go in together, table by table in the order in which they were named.
        """
        rest = iter(rows)
        some = list(islice(rest, _FIRST))
        if len(some) < _MANY:
            yield some
            return
        from concurrent.futures import ThreadPoolExecutor

        self._last_ids = {}
        try:
            with ThreadPoolExecutor(1) as beside:
                while some:
                    yield some
                    self._wait()
                    self._under_way = beside.submit(self._write_each, self._put_off)
                    self._put_off = []
                    some = list(islice(rest, _SOME))
                self._wait()
            for table in self._last_ids:
                self._database.write(f"DROP TABLE IF EXISTS temp.new_{table}")
        finally:
            self._last_ids, self._under_way, self._put_off = None, None, []

    def _wait(self) -> None:
        """Wait until the piece before this one is inserted."""
        if self._under_way:
            self._under_way.result()

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
        """Insert rows, their id first; return how many."""
        if self._last_ids is None:
            return sum(self._put(table, columns, some) for some in self.in_pieces(rows))
        return self._put(table, columns, list(rows))

    def _put(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> int:
        """Insert a few rows, or put off one piece of many; return how many.

        Guarded tables make SQLite copy every touched page once per statement, so many rows go in by one statement: 100,000
        partners in 1.4 s instead of 4.9 s.
        """
        into, listed = table, ", ".join(columns)
        if self._last_ids is not None and rows:
            into = f"temp.new_{table}"
            self._wait()
            if table not in self._last_ids:
                self._database.write(f"CREATE TABLE {into} ({listed})")
            self._write(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {into} ORDER BY rowid")
            self._write(f"DELETE FROM {into}")
            self._last_ids[table] = rows[-1][0]
        self._database.write_many(
            f"INSERT INTO {into} ({listed}) VALUES ({', '.join('?' * len(columns))})", rows
        )
        return len(rows)

    def _write(self, sql: str, parameters: Parameters = ()) -> None:
        """Execute a statement, now or with the piece that it belongs to."""
        if self._last_ids is None:
            self._database.write(sql, parameters)
        else:
            self._put_off.append((sql, parameters))

    def _write_each(self, statements: list[tuple[str, Parameters]]) -> None:
        for sql, parameters in statements:
            self._database.write(sql, parameters)

    def _next_id(self, table: str) -> int:
        if self._last_ids and table in self._last_ids:
            return self._last_ids[table] + 1
        last: int | None = self._database.value(f"SELECT max(id) FROM {table}")
        return 1 + (last or 0)


_MANY = 50
"""From this many rows on, one statement is cheaper than one for each."""
_FIRST, _SOME = 2_000, 10_000


def intention_hash(action: str, intention: object) -> str:
    """Return the SHA-256 of what was said, so that a key used again is recognised or refused."""
    import json
    from hashlib import sha256

    text = json.dumps([action, as_said(intention)], ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()


def begin(
    ledger: "Ledger",
    action: str,
    *,
    key: str | None,
    intention: object,
    origin: Origin,
    undoes_id: int | None,
) -> Voucher:
    """Write a voucher's head. Raises errors.AlreadyRecorded or errors.KeyTaken for a key that was used."""
    from uuid_utils import uuid7

    database, meant = ledger.database, None
    if key is not None:
        meant = intention_hash(action, intention)
        known = database.row("SELECT id, intention FROM voucher WHERE key = ?", (key,))
        if known:
            if known[1] != meant:
                raise errors.KeyTaken(key, known[0])
            from .lineage import Lineage

            undone_by, partly = Lineage(ledger).taken_back(known[0]) or (None, False)
            raise errors.AlreadyRecorded(key, known[0], undone_by, partly=partly)
    voucher_id = 1 + (database.value("SELECT max(id) FROM voucher") or 0)
    operator_id, is_new = _operator(ledger)
    columns = "id, uid, recorded_at, operator_id, action, key, intention, source, file_sha256, undoes_id"
    at = ledger.now().isoformat(timespec="seconds")
    head = (voucher_id, uid := str(uuid7()), at, operator_id, action, key, meant)
    values = (*head, origin.source, origin.file_sha256, undoes_id)
    database.write(f"INSERT INTO voucher ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    voucher = Voucher(ledger, voucher_id, uid)
    if is_new:
        voucher.add_one("operator", name=ledger.operator)
    return voucher


def _operator(ledger: "Ledger") -> tuple[int, bool]:
    known = ledger.database.value("SELECT id FROM operator WHERE name = ?", (ledger.operator,))
    if known is not None:
        return known, False
    return 1 + (ledger.database.value("SELECT max(id) FROM operator") or 0), True
