"""Every field of every card that does not only describe in words is sealed: who alters it past the guards is found."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger, custody
from hepartner.ledger.checks import changes
from hepartner.ledger.facts import DESCRIBING, is_sealed
from hepartner.ledger.particulars import Particulars
from tests.guards.filled import fill
from tests.ledger.conftest import enrol
from tests.ledger.test_truths import CARDS

SEALED_WORDS = {
    "activity": {"code", "held_on"},
    "area": {"code", "initials", "kind", "name", "name_key", "pinyin"},
    "booking": {"code", "day", "status"},
    "dispatch": {"code", "kind", "status", "whistled_on"},
    "honour": {"level"},
    "issue": {"category", "code", "due_on", "reported_on", "status"},
    "issue_category": {"code", "name"},
    "item": {"category", "code", "quota_period", "unit"},
    "meeting": {"code", "held_on"},
    "need": {"code", "status"},
    "offer": {"code", "status", "terms", "trade"},
    "pairing": {"links", "status"},
    "operator": {"role"},
    "partner": {"code", "forgotten_on", "joined_on", "kind", "status"},
    "project": {"code", "next_evaluation_on", "status"},
    "resolution": {"code", "due_on", "status"},
    "response": {"status"},
    "rule": {"code", "initials", "name", "name_key", "pinyin"},
    "setting": {"name", "value"},
}
"""The sealed fields that are text: codes and days, and what the office names and sets. Nothing that a person may have blanked."""


@pytest.fixture(scope="module")
def unguarded(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with something of everything, whose guards are taken down."""
    path = tmp_path_factory.mktemp("sealed") / "台账.db"
    shutil.copy(templates["settled"], path)
    fill(path)
    with Ledger.open(path, operator="李梅", community="XF") as ledger:
        enrol(ledger, "登记后撤销")
        ledger.history.undo(ledger.anchor.vouchers)
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
    with Ledger.open(path, operator="李梅") as ledger:
        ledger.database.write("PRAGMA ignore_check_constraints = 1")
        ledger.database.write("PRAGMA foreign_keys = 0")
        yield ledger


def found(ledger: Ledger) -> set[str]:
    """What the chain and the history of cards find."""
    checks = [check for check in custody.CHECKS if check.__name__ == "_chain"]
    return {finding.check for check in (*checks, *changes.CHECKS) for finding in check(ledger)}


def columns(ledger: Ledger, card: str) -> dict[str, str]:
    """The columns of a card and their types."""
    rows = ledger.database.rows("SELECT name, type FROM pragma_table_info(?)", (card,))
    return dict(rows)


def test_the_ledger_is_sound_before_anything_is_altered(unguarded: Ledger) -> None:
    assert found(unguarded) == set()


@pytest.mark.parametrize("card", CARDS)
def test_each_field_of_a_card_that_is_altered_is_found_unless_it_only_describes(
    unguarded: Ledger, card: str
) -> None:
    """One that was never changed since the card was made too: no fact and no change tells what it was."""
    database = unguarded.database
    for last in ("min", "max"):
        for column, kind in columns(unguarded, card).items():
            other = f"ifnull({column}, 0) + 1000000" if kind == "INTEGER" else f"ifnull({column}, '') || 'x'"
            with database.rehearsal():
                sql = f"UPDATE {card} SET {column} = {other} WHERE id = (SELECT {last}(id) FROM {card})"
                assert database.write(sql) == 1
                altered = found(unguarded)
            sealed = is_sealed(card, column) or column == "voucher_id"
            assert bool(altered) >= sealed, f"{card}.{column} of the {last} card"


def test_it_is_decided_of_every_text_on_a_card_whether_it_describes(unguarded: Ledger) -> None:
    sealed = {
        card: {
            column
            for column, kind in columns(unguarded, card).items()
            if kind == "TEXT" and column != "uid" and is_sealed(card, column)
        }
        for card in CARDS
    }
    assert {card: fields for card, fields in sealed.items() if fields} == SEALED_WORDS
    every = {
        name for card in CARDS for column in columns(unguarded, card) for name in (column, f"{card}.{column}")
    }
    assert every >= DESCRIBING


def test_what_describes_can_be_blanked_on_the_card_and_in_its_history(unguarded: Ledger) -> None:
    database = unguarded.database
    with database.rehearsal():
        database.write(
            "UPDATE partner SET name = '', phone = '', phone_tail = '', remark = '', category = ''"
        )
        database.write(
            "UPDATE change SET before = '', after = '' WHERE card = 'partner' AND field IN ('name', 'phone')"
        )
        assert "封条" not in found(unguarded)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET before = 'left' WHERE card = 'partner' AND field = 'community_id'",
        "UPDATE change SET after = 5 WHERE card = 'partner' AND field = 'community_id'",
    ],
)
def test_what_a_field_was_changed_from_and_to_is_sealed(unguarded: Ledger, statement: str) -> None:
    with unguarded.database.rehearsal():
        assert unguarded.database.write(statement) > 0
        assert "封条" in found(unguarded)


def test_a_card_that_is_made_and_edited_in_one_voucher_fits_its_seal(ledger: Ledger) -> None:
    with ledger.voucher("import.partners") as voucher:
        (partner,) = ledger.partners.enrol_many(voucher, [enrolled(ledger)])
        voucher.edit("partner", partner, members=7, joined_on="2024-02-01", grid_id=None)
        voucher.edit("partner", partner, members=None)
    assert found(ledger) == set()
    ledger.partners.edit(ledger.partners.get(partner), members=9)
    assert found(ledger) == set()


def enrolled(ledger: Ledger) -> Particulars:
    return Particulars("group", "书法协会", ledger.areas.find("XF").id, "2024-01-01")
