"""Each seal closes over the one before it: who rewrites a voucher would have to rewrite every one since."""

import json
import re
import sqlite3

from hypothesis import example, given
from hypothesis import strategies as st

from hepartner.ledger import Ledger, chain
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
    fitting = chain.sealed(before, text, facts)
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
    joined = "".join(text for (text,) in texts)
    arrays = re.findall(r'\[(?:"(?:[^"\\]|\\.)*"|[^"\[])*', joined)
    read = [json.loads(array + "]") for array in arrays]
    assert [("rows", *row) for row in rows] == [
        (*fields, *[None] * (1 + len(COLUMNS) - len(fields))) for fields in read
    ]


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
