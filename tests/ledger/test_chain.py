"""Each seal closes over the one before it: who rewrites a voucher would have to rewrite every one since."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from hepartner.ledger import Ledger, chain
from hepartner.ledger.database import Database
from hepartner.ledger.facts import Shapes, is_sealed
from hepartner.ledger.vouchers import Origin
from tests.ledger.conftest import enrol


def bad_vouchers(ledger: Ledger) -> list[int | None]:
    """Return the vouchers whose seals do not fit."""
    return [finding.voucher for finding in ledger.custody.verify().findings if finding.check == "封条"]


def test_a_voucher_that_was_rewritten_and_sealed_anew_does_not_fit_the_seal_after_it(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    before = ledger.anchor.head
    rewritten, following = (ledger.points.award(partner, points).voucher for points in (10, 20))
    raw = sqlite3.connect(ledger.database.path, isolation_level=None)
    for trigger in ("entry_no_update", "seal_no_update"):
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute("UPDATE entry SET points = 1000 WHERE voucher_id = ?", (rewritten,))
    assert bad_vouchers(ledger) == [rewritten]
    rows, shapes = ledger.database.rows, ledger.shapes
    ((text,),) = rows(f"SELECT {chain.voucher_text(shapes)} FROM voucher WHERE id = ?", (rewritten,))
    facts = [row[2] for row in rows(chain.facts_query(shapes, ["entry"], f"voucher_id = {rewritten}"))]
    (numbers,) = rows(
        "SELECT seq, facts, changes, points, report FROM seal WHERE voucher_id = ?", (rewritten,)
    )
    fitting = chain.sealed(before, chain.Counts(*numbers), text, facts)
    raw.execute("UPDATE seal SET sha256 = ? WHERE voucher_id = ?", (fitting, rewritten))
    raw.close()
    assert bad_vouchers(ledger) == [following]


COLUMNS = {"first": "TEXT", "second": "INTEGER", "third": "TEXT", "last": "TEXT"}
TEXTS = st.none() | st.text() | st.text(st.sampled_from('nul],[":;0\\\0\n'))
NUMBERS = st.none() | st.integers(-(2**63), 2**63 - 1)
ROWS = st.lists(st.tuples(TEXTS, NUMBERS, TEXTS, TEXTS), max_size=5)


@given(ROWS)
@example([("null", None, "]", "l"), (None, None, None, None), ("n", 0, None, '",nul]')])
def test_what_rows_were_written_out_can_be_read_back_from_their_texts(rows: list[tuple[object, ...]]) -> None:
    """So no two vouchers have one text, whatever stands in them."""
    memory = sqlite3.connect(":memory:")
    memory.execute(f"CREATE TABLE rows ({', '.join(f'{n} {kind}' for n, kind in COLUMNS.items())}) STRICT")
    memory.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", rows)
    texts = memory.execute(f"SELECT {chain.row_text('rows', COLUMNS)} FROM rows ORDER BY rowid").fetchall()
    memory.close()
    assert read_back("".join(text for (text,) in texts)) == [shortened("rows", *row) for row in rows]


def read_back(texts: str) -> list[list[object]]:
    """Read the rows that joined texts of the chain were written from."""
    arrays = re.findall(r'\[(?:"(?:[^"\\]|\\.)*"|[^"\[])*', texts)
    return [json.loads(array + "]") for array in arrays]


def shortened(*fields: object) -> list[object]:
    """Fields without the NULLs at their end."""
    last = max(n for n, field in enumerate(fields) if field is not None)
    return list(fields[: last + 1])


NUMBER = st.integers(0, 10**6)
VOUCHERS = st.tuples(
    st.tuples(NUMBER, NUMBER, NUMBER, st.integers(-(10**12), 10**12), TEXTS),
    st.tuples(TEXTS, TEXTS),
    st.lists(st.tuples(TEXTS, NUMBERS), max_size=3),
    st.lists(st.tuples(st.text(), TEXTS), max_size=3),
    st.lists(
        st.tuples(
            st.text() | st.sampled_from(["partner", "setting", "area"]),
            NUMBER,
            st.text() | st.sampled_from(["status", "name", "category"]),
            TEXTS,
            TEXTS,
        ),
        max_size=3,
    ),
)
"""What stands on a seal, and its voucher's own fields, facts, cards (uid, code) and changes (card, id, field, before, after)."""
TABLES = """
    CREATE TABLE voucher (id INTEGER, source TEXT, report TEXT) STRICT;
    CREATE TABLE fact (voucher_id INTEGER, line INTEGER, reverses_id INTEGER, first TEXT, second INTEGER) STRICT;
    CREATE TABLE card (id INTEGER, uid TEXT, created_in INTEGER, withdrawn INTEGER, number INTEGER, code TEXT) STRICT;
    CREATE TABLE change (id INTEGER PRIMARY KEY, voucher_id INTEGER, card TEXT, card_id INTEGER, field TEXT,
      before TEXT, after TEXT) STRICT;
"""


@given(VOUCHERS)
@example(
    (
        (1, 1, 1, 0, '"]'),
        ('"', None),
        [("]", None)],
        [("", '["change"')],
        [("card", 1, 'x",["change', None, '"')],
    )
)
def test_what_a_voucher_wrote_can_be_read_back_from_what_is_sealed(
    written: tuple[
        tuple[int, int, int, int, str | None], tuple[object, ...], list[Any], list[Any], list[Any]
    ],
) -> None:
    """So facts, cards, changes and counts of no two vouchers have one text either, wherever one kind ends."""
    numbers, head, facts, cards, changes = written
    memory = sqlite3.connect(":memory:")
    memory.executescript(TABLES)
    memory.execute("INSERT INTO voucher VALUES (7, ?, ?)", head)
    memory.executemany("INSERT INTO fact VALUES (7, ?, NULL, ?, ?)", [(n, *f) for n, f in enumerate(facts)])
    memory.executemany("INSERT INTO card VALUES (?, ?, 7, 0, 1, ?)", [(n, *c) for n, c in enumerate(cards)])
    memory.executemany("INSERT INTO change VALUES (NULL, 7, ?, ?, ?, ?, ?)", changes)
    shapes = Shapes(Database(Path(), memory))
    queries = (
        f"SELECT {chain.voucher_text(shapes)} FROM voucher",
        chain.facts_query(shapes, ["fact"], "1"),
        chain.cards_query(shapes, ["card"], "1"),
        chain.changes_query("1"),
    )
    texts = [row[-1] for query in queries for row in memory.execute(query)]
    memory.close()
    assert read_back(chain.Counts(*numbers).text + "".join(texts)) == [
        shortened("seal", *numbers),
        shortened("voucher", 7, *head),
        *(shortened("fact", n, None, *fact) for n, fact in enumerate(facts)),
        *(shortened("card", n, uid, 1, code, "0") for n, (uid, code) in enumerate(cards)),
        *(
            shortened("change", card, card_id, field, *(values if is_sealed(card, field) else ()))
            for card, card_id, field, *values in changes
        ),
    ]


def test_the_counts_are_written_as_a_row_of_the_seal_would_be(ledger: Ledger) -> None:
    with ledger.voucher("import.partners") as voucher:
        voucher.report = '{"read": 2, "added": 2}'
    sql = (
        f"SELECT {', '.join(chain.Counts._fields)}, {chain.row_text('seal', chain.Counts._fields)} FROM seal"
    )
    for *numbers, text in ledger.database.rows(sql):
        assert chain.Counts(*numbers).text == text


def test_a_voucher_whose_source_holds_the_next_field_has_another_text(ledger: Ledger) -> None:
    digest = "0" * 64
    origins = Origin("花名册\0;8:64:" + digest), Origin("花名册\0", file_sha256=digest)
    texts = set()
    for origin in origins:
        with ledger.voucher("import.partners", origin=origin) as voucher:
            pass
        sql = f"SELECT {chain.voucher_text(ledger.shapes)} FROM voucher WHERE id = ?"
        text = ledger.database.value(sql, (voucher.id,))
        head = ledger.database.row("SELECT uid, recorded_at FROM voucher WHERE id = ?", (voucher.id,))
        texts.add(re.sub("|".join(map(re.escape, head)), "", text).replace(f"{voucher.id}", "", 1))
    assert len(texts) == len(origins)
