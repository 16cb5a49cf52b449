"""Whatever stands in any table is held by verification: altered, deleted or slipped in past the guards, it is found."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger, custody, keys
from hepartner.ledger.checks import checks
from hepartner.ledger.facts import DESCRIBING, SECRET
from tests.guards.filled import fill
from tests.ledger.test_truths import CARDS, FACTS

RUNNING = ("balance", "closed_month", "entry_tally", "participation_tally", "stock")
"""What triggers keep: sums of facts, and which months are closed."""
TABLES = (*FACTS, *CARDS, *RUNNING, "change", "month_content", "seal", "voucher")
ANYTHING = {
    "address", "assignee", "category", "contact", "credit_code", "given_by", "name", "opening_hours", "owner", "phone", "place",
    "purpose", "remark", "skills", "text", "title",
}  # fmt: skip
"""The fields of cards that are anybody's words: nothing tells what they were."""


@pytest.fixture(scope="module")
def unguarded(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with something of everything, whose guards and constraints are taken down."""
    path = tmp_path_factory.mktemp("tampered") / "台账.db"
    shutil.copy(templates["settled"], path)
    fill(path)
    with Ledger.open(path, operator="李梅") as ledger:
        one, other, *_ = ledger.partners.cards()
        ledger.membership.merge(other, one)
        ledger.partners.edit(one, name="单雄", phone="13900000009")
        ledger.partners.edit(one, name="单雄信")
        assert ledger.custody.verify().findings == ()
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
    with Ledger.open(path, operator="李梅") as ledger:
        ledger.database.write("PRAGMA ignore_check_constraints = 1")
        ledger.database.write("PRAGMA foreign_keys = 0")
        yield ledger


def found(ledger: Ledger) -> set[str]:
    """What is found but for the missing guards, as in a file whose guards were put back."""
    # Not what a file without guards and constraints can't pass.
    of_file = [check for check in custody.FILE_CHECKS if check.__name__ != "_structure"]
    of_ledger = [check for check in custody.CHECKS if check.__name__ != "_schema"]
    findings = [finding for check in of_file for finding in check(ledger.database)]
    findings += [finding for check in (*of_ledger, *checks()) for finding in check(ledger)]
    return {finding.check for finding in findings}


def columns(ledger: Ledger, table: str) -> dict[str, str]:
    """The columns of a table and their types."""
    return dict(ledger.database.rows("SELECT name, type FROM pragma_table_info(?)", (table,)))


def altered(ledger: Ledger, sql: str) -> set[str]:
    """What is found once a statement has changed something."""
    with ledger.database.rehearsal():
        assert ledger.database.write(sql) > 0
        return found(ledger)


def test_every_table_is_tampered_with_here_and_has_rows(unguarded: Ledger) -> None:
    assert set(TABLES) == {table for table in unguarded.shapes.columns if not table.startswith("sqlite_")}
    assert all(unguarded.database.value(f"SELECT count(*) FROM {table}") for table in TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_that_is_altered_is_found_unless_it_is_words_of_a_card(
    unguarded: Ledger, table: str
) -> None:
    last = f"WHERE rowid = (SELECT max(rowid) FROM {table})"
    unseen = set()
    for column, kind in columns(unguarded, table).items():
        # The last of all moves up unseen, since it stays the last.
        other = "-id" if column == "id" else f"ifnull({column}, 0) + 1000000"
        other = other if kind == "INTEGER" else f"CAST(ifnull({column}, '') || '7' AS {kind})"
        if not altered(unguarded, f"UPDATE {table} SET {column} = {other} {last}"):
            unseen.add(column)
    # That a PIN was set is sealed, what it is stands nowhere else.
    assert unseen <= ({*ANYTHING, *SECRET.get(table, ())} if table in CARDS else set())


@pytest.mark.parametrize("table", [table for table in TABLES if table not in CARDS])
def test_a_row_that_is_deleted_or_slipped_in_is_found(unguarded: Ledger, table: str) -> None:
    """Of cards tests/ledger/test_checks.py tells."""
    new = {"id": "id + 1000000", "line": "line + 1", "key": "NULL", "intention": "NULL", "uid": "'twin'"}
    new |= {"reverses_id": "NULL", "restores_id": "NULL", "pair_id": "NULL", "seq": "seq + 1"}
    # What has no id is one of a card, month or voucher.
    new |= {"partner_id": "999", "item_id": "999", "community_id": "1"} if table in RUNNING else {}
    new |= {"voucher_id": "999"} if table == "seal" else {}
    new |= {"sha256": "'7' || substr(sha256, 2)"} if table == "month_content" else {}
    twin = ", ".join(new.get(column, column) for column in columns(unguarded, table))
    last = f"FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})"
    assert altered(unguarded, f"DELETE {last}")
    assert altered(unguarded, f"INSERT INTO {table} SELECT {twin} {last}")


def test_an_empty_sum_that_is_slipped_in_is_found(unguarded: Ledger) -> None:
    for table, into in (
        ("entry_tally", "VALUES ('award', '1999-01', 3, 0, NULL)"),
        ("participation_tally", "VALUES ('1999-01', 3, 0, 0, NULL)"),
        ("closed_month", "VALUES (1, '', NULL)"),
    ):
        assert altered(unguarded, f"INSERT INTO {table} {into}"), table


@pytest.mark.parametrize("table", FACTS)
def test_facts_that_change_places_are_found(unguarded: Ledger, table: str) -> None:
    """The first fact moved behind all others would be the last step of what it is about."""
    assert altered(
        unguarded, f"UPDATE {table} SET id = id + 1000000 WHERE id = (SELECT min(id) FROM {table})"
    )


@pytest.mark.parametrize("card", CARDS)
def test_a_look_up_key_that_is_altered_is_found_and_its_card_named(unguarded: Ledger, card: str) -> None:
    """Of every card, the first and the last; a noun's columns say which keys it has."""
    made = keys.made(card, unguarded.shapes.columns[card])
    for key in made.keys if made else ():
        for row in ("min", "max"):
            with unguarded.database.rehearsal():
                where = f"WHERE id = (SELECT {row}(id) FROM {card})"
                unguarded.database.write(f"UPDATE {card} SET {key} = {key} || '7' {where}")
                told = [one.message for check in checks() for one in check(unguarded)]
            assert any("检索键" in message for message in told), f"{card}.{key}"


def test_of_every_describing_field_it_is_decided_whether_it_is_a_key_or_anybodys_words(
    unguarded: Ledger,
) -> None:
    """A new field that is made of others is listed neither here nor as a key, and would be held by nothing."""
    of = {card: keys.made(card, unguarded.shapes.columns[card]) for card in CARDS}
    made = {key for how in of.values() if how for key in how.keys}
    assert {field.rpartition(".")[2] for field in DESCRIBING} == made | ANYTHING
    assert made.isdisjoint(ANYTHING)
    named = {column for card in CARDS for column in unguarded.shapes.columns[card] if "_key" in column}
    assert named <= made


@pytest.mark.parametrize("moment", ["first", "between"])
@pytest.mark.parametrize("key", ["name_key", "pinyin"])
def test_a_look_up_key_of_what_a_card_once_said_is_held_against_it(
    unguarded: Ledger, key: str, moment: str
) -> None:
    """Old lists know renamed cards by it. Altered on both sides of what it was between, the history hangs together."""
    database, of = unguarded.database, f"card = 'partner' AND field = '{key}'"
    (was, between), (_, _) = database.rows(
        f"SELECT before, after FROM change WHERE {of} ORDER BY id DESC LIMIT 2"
    )[::-1]
    wanted = was if moment == "first" else between
    with database.rehearsal():
        for side in ("before", "after"):
            database.write(f"UPDATE change SET {side} = 'x' WHERE {of} AND {side} = '{wanted}'")
        told = [finding for check in checks() for finding in check(unguarded)]
    assert [finding.check for finding in told] == ["合伙人"]
    assert "以前的检索键" in told[0].message
