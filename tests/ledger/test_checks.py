"""A card turned against its facts past the guards is found by verification, whichever noun it is of."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from tests.guards.filled import fill
from tests.nouns import gathered, listed

TURNED = {
    "partner: merged into another": (
        "UPDATE partner SET merged_into_id = 3 WHERE status = 'merged'",
        "合伙人",
    ),
    "partner: left": ("UPDATE partner SET status = 'left' WHERE id = 1", "合伙人"),
    "issue: open again": ("UPDATE issue SET status = 'reported' WHERE status = 'resolved'", "问题"),
    "issue: confirmed": ("UPDATE issue SET status = 'confirmed' WHERE status = 'resolved'", "问题"),
    "issue: undone": ("UPDATE issue SET withdrawn = 1 WHERE id = 1", "问题"),
    "activity: undone": ("UPDATE activity SET withdrawn = 1 WHERE id = 1", "活动"),
    **gathered("TURNED"),
}


@pytest.fixture(scope="module")
def filled(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with something of everything."""
    path = tmp_path_factory.mktemp("checks") / "台账.db"
    shutil.copy(templates["settled"], path)
    fill(path)
    with Ledger.open(path, operator="李梅") as ledger:
        people = ledger.partners.cards()
        ledger.membership.merge(people[1], people[0])
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "台账.db"))


def turn(path: Path, statement: str) -> None:
    """Change one table as somebody would who takes down all its guards and puts them back."""
    with closing(sqlite3.connect(path)) as raw, raw:
        table = statement.split()[2 if statement.startswith("DELETE") else 1]
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        guards = raw.execute(sql, (table,)).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        assert raw.execute(statement).rowcount > 0
        for _, guard in guards:
            raw.execute(guard)


def found(path: Path) -> Iterator[str]:
    """The names of the checks that find something."""
    with Ledger.open(path, operator="李梅") as ledger:
        yield from {finding.check for finding in ledger.custody.verify().findings}


def test_a_ledger_with_something_of_everything_has_no_findings(path: Path) -> None:
    assert list(found(path)) == []


@pytest.mark.parametrize("turned", TURNED)
def test_a_card_turned_against_its_facts_is_found(path: Path, turned: str) -> None:
    statement, check = TURNED[turned]
    turn(path, statement)
    assert check in set(found(path))


def test_every_card_with_a_status_is_turned(path: Path) -> None:
    with Ledger.open(path, operator="李梅") as ledger:
        columns = ledger.shapes.columns
        bearing = {card for card in ledger.shapes.cards if "status" in columns[card]}
    assert bearing >= {"partner", "issue", *(card for card in listed("CARDS") if "status" in columns[card])}
    assert {turned.partition(":")[0] for turned in TURNED} >= bearing


HISTORY = {
    "all of it deleted": "DELETE FROM change",
    "that of a card deleted": "DELETE FROM change WHERE card = 'issue' AND card_id = 1",
    "the last change altered": "UPDATE change SET after = 'x' WHERE id = (SELECT max(id) FROM change)",
    "a middle one altered": "UPDATE change SET before = 'x' WHERE card = 'partner' AND card_id = 1 AND before = '二'",
    "a middle one deleted": "DELETE FROM change WHERE card = 'partner' AND card_id = 1 AND before = '二'",
    "named after another card": "UPDATE change SET card_id = 999 WHERE card = 'issue'",
    "named after another voucher": "UPDATE change SET voucher_id = voucher_id - 1 WHERE card = 'issue'",
    "the card changed past it": "UPDATE partner SET remark = 'x' WHERE id = 1",
    "the card said to be changed by another voucher": "UPDATE partner SET voucher_id = created_in WHERE id = 1",
}


@pytest.mark.parametrize("turned", HISTORY)
def test_a_history_of_cards_that_was_tampered_with_is_found(path: Path, turned: str) -> None:
    """Undo restores cards from it: deleted, it would restore nothing and say nothing."""
    with Ledger.open(path, operator="李梅") as ledger:
        for remark in ("一", "二", "三"):
            partner = ledger.partners.cards()[0]
            ledger.partners.edit(partner, remark=remark)
    assert list(found(path)) == []
    turn(path, HISTORY[turned])
    assert "变更记录" in set(found(path))
