"""Tallies are the sums of their facts, whatever was signed, complained of or undone, and nothing else moves them."""

import sqlite3
from contextlib import closing

import pytest

from hepartner.ledger import Ledger, activities
from hepartner.ledger.signing import SheetLine
from tests.ledger.conftest import enrol

TALLIED = "SELECT times, minutes FROM participation_tally WHERE counted_in = '2025-11' AND community_id = ?"
AWARDED = (
    "SELECT points FROM entry_tally WHERE kind = 'award' AND counted_in = '2025-11' AND community_id = ?"
)


@pytest.fixture
def signed(ledger: Ledger) -> int:
    """A sheet of two: 武玉侪 for two hours and 李梅 for one, ten points an hour; its voucher."""
    community = ledger.areas.find("XF")
    rule = ledger.rulebook.add("FW", "服务", points=10, per="hour", valid_from=None)
    held = activities.Particulars(community.id, "2025-11-20", "环境整治", "cleanup")
    activity = ledger.activities.add(held).activity
    lines = [SheetLine(enrol(ledger, "武玉侪"), 120), SheetLine(enrol(ledger, "李梅"), 60)]
    written = ledger.sheets.sign(activity, lines, ledger.rulebook.find(rule.version.code))
    assert written.voucher
    return written.voucher


def test_a_sheet_moves_the_tallies_of_its_month(ledger: Ledger, signed: int) -> None:
    community = ledger.areas.find("XF").id
    assert signed
    assert ledger.database.row(TALLIED, (community,)) == (2, 180)
    assert ledger.database.value(AWARDED, (community,)) == 30


def test_what_is_undone_leaves_the_tallies(ledger: Ledger, signed: int) -> None:
    ledger.history.undo(signed)
    community = ledger.areas.find("XF").id
    assert ledger.database.row(TALLIED, (community,)) == (0, 0)
    assert ledger.database.value(AWARDED, (community,)) == 0
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE OR REPLACE participation_tally SET minutes = 9000",
        "UPDATE OR IGNORE participation_tally SET times = times + 1, participation_id = 2",
        "UPDATE OR IGNORE participation_tally SET community_id = 4",
        "DELETE FROM participation_tally",
        "INSERT OR REPLACE INTO participation_tally (counted_in, community_id, times, minutes) VALUES ('2025-11', 3, 0, 0)",
        "INSERT OR IGNORE INTO participation_tally (counted_in, community_id, times, minutes) VALUES ('2025-10', 3, 1, 0)",
    ],
)
def test_a_tally_of_service_moves_with_its_facts_only(ledger: Ledger, signed: int, statement: str) -> None:
    assert signed
    with closing(sqlite3.connect(ledger.database.path)) as raw:
        raw.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    assert ledger.custody.verify().findings == ()


def test_a_tally_of_service_that_was_changed_past_its_guard_is_found(ledger: Ledger, signed: int) -> None:
    assert signed
    with closing(sqlite3.connect(ledger.database.path)) as raw, raw:
        (guard,) = raw.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'participation_tally_guard'"
        ).fetchone()
        raw.execute("DROP TRIGGER participation_tally_guard")
        raw.execute("UPDATE participation_tally SET minutes = minutes + 1")
        raw.execute(guard)
    assert [finding.check for finding in ledger.custody.verify().findings] == ["累计"]
