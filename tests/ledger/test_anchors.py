"""What the anchor 核对码 on paper finds and the file alone can't: a cut tail, yesterday's file, a recomputed chain."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from hepartner.ledger import Ledger, chain
from hepartner.ledger.backups import Backups
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import Clock, enrol


@pytest.fixture
def printed(ledger: Ledger) -> str:
    """The anchor on the last receipt of a ledger; by it 武玉侪 was awarded 30 points and twice spent 5."""
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 30)
    item = ledger.shop.add(Goods(partner.community_id, "大米"), 5).item
    ledger.shop.stock_in([(item, 9)])
    ledger.shop.redeem(partner, [(item, 1)])
    ledger.shop.redeem(partner, [(item, 1)])
    return str(ledger.shop.slip("D2").anchor)


@contextmanager
def unguarded(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """Somebody with an SQLite tool, who takes the guards in the way down and puts it up again afterwards."""
    with closing(sqlite3.connect(ledger.database.path)) as raw, raw:
        raw.execute("PRAGMA synchronous = OFF")
        guards = raw.execute(
            """SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND (name LIKE '%_no_%' OR name LIKE '%_guard')
            AND tbl_name IN ('voucher', 'seal', 'entry', 'stock_move', 'redemption', 'balance', 'stock', 'entry_tally')"""
        ).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        yield raw
        for _, sql in guards:
            raw.execute(sql)


def checks(ledger: Ledger, anchor: str | None) -> set[str]:
    with Ledger.open(ledger.database.path, operator="李梅", clock=Clock()) as opened:
        return {finding.check for finding in opened.custody.verify(anchor=anchor).findings}


def test_a_state_that_the_ledger_went_through_is_known(ledger: Ledger, printed: str) -> None:
    ledger.points.award(ledger.partners.find("武玉侪"), 1)
    assert checks(ledger, printed) == set()


def test_a_tail_cut_off_with_all_that_belongs_to_it_is_found_by_the_anchor_alone(
    ledger: Ledger, printed: str
) -> None:
    last = ledger.anchor.vouchers
    with unguarded(ledger) as raw:
        for table in ("entry", "stock_move", "redemption", "seal"):
            raw.execute(f"DELETE FROM {table} WHERE voucher_id = {last}")
        raw.execute(f"DELETE FROM voucher WHERE id = {last}")
        raw.execute("UPDATE balance SET (points, entry_id) = (SELECT sum(points), max(id) FROM entry)")
        raw.execute("UPDATE stock SET (quantity, move_id) = (SELECT sum(quantity), max(id) FROM stock_move)")
        raw.execute("""UPDATE entry_tally AS t SET (points, entry_id) = (SELECT sum(points), max(id) FROM entry e
            WHERE e.kind = t.kind AND e.counted_in = t.counted_in AND e.community_id = t.community_id)""")
    assert checks(ledger, None) == set()
    assert checks(ledger, printed) == {"核对码"}


def test_yesterdays_file_in_place_of_todays_is_found_by_the_anchor_alone(
    ledger: Ledger, printed: str
) -> None:
    yesterday = ledger.book(Backups).make().backup.path
    ledger.points.award(ledger.partners.find("武玉侪"), 50)
    today = str(ledger.anchor)
    ledger.close()
    ledger.database.path.write_bytes(yesterday.read_bytes())
    assert checks(ledger, printed) == set()
    assert checks(ledger, today) == {"核对码"}


def test_other_vouchers_written_into_yesterdays_file_do_not_make_it_todays(
    ledger: Ledger, printed: str
) -> None:
    yesterday = ledger.book(Backups).make().backup.path
    partner = ledger.partners.find("武玉侪")
    ledger.points.award(partner, 50)
    today = str(ledger.anchor)
    ledger.close()
    ledger.database.path.write_bytes(yesterday.read_bytes())
    with Ledger.open(ledger.database.path, operator="李梅", clock=Clock(), community="XF") as opened:
        opened.points.award(enrol(opened, "陈一"), 50)
    assert checks(ledger, None) == set()
    assert checks(ledger, today) == {"核对码"}
    assert checks(ledger, printed) == set()


def test_points_forged_with_every_sum_and_the_whole_chain_computed_anew_are_found_by_the_anchor_alone(
    ledger: Ledger, printed: str
) -> None:
    with unguarded(ledger) as raw:
        (first,) = raw.execute("SELECT voucher_id FROM entry WHERE id = 1").fetchone()
        raw.execute("UPDATE entry SET points = 900 WHERE id = 1")
        raw.execute("UPDATE entry_tally SET points = 900 WHERE kind = 'award'")
        raw.execute("UPDATE balance SET points = points + 870")
        raw.execute(f"UPDATE seal SET points = points + 870 WHERE voucher_id >= {first}")
    assert checks(ledger, None) == {"封条"}
    with unguarded(ledger) as raw:
        recomputed(ledger, raw)
    assert checks(ledger, None) == set()
    assert checks(ledger, printed) == {"核对码"}


def recomputed(ledger: Ledger, raw: sqlite3.Connection) -> None:
    """Write every seal anew, as whoever has this program can."""
    shapes, before = ledger.shapes, chain.GENESIS
    text_of = f"(SELECT {chain.voucher_text(shapes)} FROM voucher WHERE id = voucher_id)"
    heads = raw.execute(
        f"SELECT voucher_id, seq, facts, changes, points, report, {text_of} FROM seal ORDER BY seq"
    ).fetchall()
    for voucher, *numbers, text in heads:
        mine, made = f"voucher_id = {voucher}", f"created_in = {voucher}"
        queries = (
            chain.facts_query(shapes, shapes.facts, mine),
            chain.cards_query(shapes, shapes.cards, made),
            chain.changes_query(mine),
        )
        written = [row[-1] for query in queries for row in raw.execute(query)]
        before = chain.sealed(before, chain.Counts(*numbers), text, written)
        raw.execute("UPDATE seal SET sha256 = ? WHERE voucher_id = ?", (before, voucher))
