"""A card turned against its facts past the guards is found by verification, whichever noun it is of."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.checks import checks
from hepartner.ledger.facts import IDENTITY
from tests.guards.filled import fill
from tests.ledger.test_truths import CARDS
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


COPIES = {
    "activity": {"held_on": "活动", "community_id": "活动"},
    "meeting": {"held_on": "会议", "community_id": "会议"},
    "issue": {"reported_on": "问题", "due_on": "问题", "category": "问题", "community_id": "问题"},
    "dispatch": {"whistled_on": "吹哨", "whistled_at": "吹哨", "kind": "吹哨", "community_id": "吹哨"},
    "response": {"dispatch_id": "应答", "partner_id": "应答", "community_id": "应答"},
    "booking": {
        "day": "场地预订",
        "venue_id": "场地预订",
        "partner_id": "场地预订",
        "community_id": "场地预订",
    },
    "item": {"community_id": "商品"},
    "need": {"community_id": "需求"},
    "offer": {"partner_id": "惠民服务", "trade": "惠民服务", "terms": "惠民服务", "community_id": "惠民服务"},
    "pairing": {"partner_id": "结对", "links": "结对", "community_id": "结对"},
    "project": {"community_id": "项目"},
    "resolution": {"community_id": "决议"},
    "partner": {
        "joined_on": "合伙人",
        "community_id": "合伙人",
        "kind": "合伙人",
        "merged_into_id": "合伙人",
        "withdrawn": "合伙人",
    },
}
"""The fields of cards that repeat what a fact says, and the check that holds both against one another."""


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


def turn(path: Path, *statements: str) -> None:
    """Change tables as somebody would who takes down all their guards and puts them back."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            table = re.findall(r"(?:UPDATE|INTO|FROM) (\w+)", statement)[0]
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


@pytest.fixture(scope="module")
def unguarded(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The same without guards and constraints."""
    path = Path(shutil.copy(filled, tmp_path_factory.mktemp("unguarded")))
    with Ledger.open(path, operator="李梅") as ledger:
        assert ledger.shapes.steps, "read from the guards before they go"
        for (name,) in ledger.database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            ledger.database.write(f"DROP TRIGGER {name}")
        ledger.database.write("PRAGMA ignore_check_constraints = 1")
        ledger.database.write("PRAGMA foreign_keys = 0")
        yield ledger


@pytest.mark.parametrize(("card", "field"), [(card, field) for card in COPIES for field in COPIES[card]])
def test_a_field_that_says_otherwise_than_its_fact_is_found_by_the_check_of_its_noun(
    unguarded: Ledger, card: str, field: str
) -> None:
    """A seal tells of tampering only; a write of ours that lets the two part is told by this."""
    kind = unguarded.database.value("SELECT type FROM pragma_table_info(?) WHERE name = ?", (card, field))
    other = f"ifnull({field}, 0) + 1000000" if kind == "INTEGER" else f"{field} || 'x'"
    in_use = "status = 'used'" if card == "booking" else "withdrawn = 0"
    with unguarded.database.rehearsal():
        sql = f"UPDATE {card} SET {field} = {other} WHERE id = (SELECT min(id) FROM {card} WHERE {in_use})"
        assert unguarded.database.write(sql) == 1
        named = {finding.check for check in checks() for finding in check(unguarded)}
    assert COPIES[card][field] in named


def test_every_field_that_is_named_as_in_a_fact_of_its_card_is_held_against_it(unguarded: Ledger) -> None:
    """And every day on a card that a fact could tell; of the others no fact says anything."""
    shapes = unguarded.shapes
    # Of partners facts say where they took part, of venues and honours where they were used and given.
    elsewhere = {"partner", "venue", "honour"}
    named = {
        (one.target, column)
        for one in shapes.references
        if one.table in shapes.facts and one.target in shapes.cards and one.target not in elsewhere
        for column in shapes.columns[one.table]
        if column in shapes.columns[one.target] and column not in IDENTITY
    }
    copies = {(card, field) for card, fields in COPIES.items() for field in fields}
    assert named - copies == set()
    days = {
        (card, column) for card in shapes.cards for column in shapes.columns[card] if column.endswith("_on")
    }
    assert days - copies == {
        ("partner", "forgotten_on"),
        ("project", "next_evaluation_on"),
        ("resolution", "due_on"),
    }


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


FIRST = "card = 'partner' AND card_id = 1"
UNSEALED = {
    "the earliest change deleted": (
        "skills 0",
        f"DELETE FROM change WHERE id = (SELECT min(id) FROM change WHERE {FIRST})",
    ),
    "all changes of a field deleted": ("remark 1", f"DELETE FROM change WHERE {FIRST} AND field = 'remark'"),
    "all of a card deleted and the card set back": (
        "skills 0",
        f"DELETE FROM change WHERE {FIRST}",
        "UPDATE partner SET voucher_id = created_in WHERE id = 1",
    ),
    "the latest deleted and the card set back": (
        "remark 2",
        f"DELETE FROM change WHERE {FIRST} AND NOT after IN ('skills 0', 'remark 1')",
        """UPDATE partner SET (remark, phone, phone_tail, voucher_id)
        = (SELECT 'remark 1', '', '', voucher_id FROM change WHERE after = 'remark 1') WHERE id = 1""",
    ),
    "a change slipped in": (
        "remark 1",
        """INSERT INTO change (voucher_id, card, card_id, field, before, after)
        SELECT voucher_id, card, card_id, 'credit_code', 'x', '' FROM change WHERE after = 'remark 1'""",
    ),
    "one said to be of another field": (
        "skills 0",
        "UPDATE change SET field = 'credit_code', after = '' WHERE after = 'skills 0'",
    ),
    "one put into another voucher": (
        "remark 1",
        "UPDATE change SET voucher_id = voucher_id + 1 WHERE after = 'remark 1'",
    ),
}
"""The value whose voucher is the first bad one, and what leaves a history that hangs together and ends at its card."""


@pytest.fixture
def edited(path: Path) -> dict[str, int]:
    """The vouchers that edited the first partner, by the value that each gave."""
    vouchers = {}
    with Ledger.open(path, operator="李梅") as ledger:
        for n, field in enumerate(("skills", "remark", "remark", "remark", "phone")):
            value = "13800138000" if field == "phone" else f"{field} {n}"
            vouchers[value] = ledger.partners.edit(ledger.partners.cards()[0], **{field: value}).voucher
    return vouchers


def named(path: Path) -> tuple[set[str], int | None]:
    """The checks that find something, and the first bad voucher."""
    with Ledger.open(path, operator="李梅") as ledger:
        verified = ledger.custody.verify()
        return {finding.check for finding in verified.findings}, verified.first_bad_voucher


@pytest.mark.parametrize("turned", UNSEALED)
def test_only_the_seal_tells_of_a_history_made_to_hang_together_again(
    path: Path, edited: dict[str, int], turned: str
) -> None:
    value, *statements = UNSEALED[turned]
    turn(path, *statements)
    checks, voucher = named(path)
    # What is slipped in comes behind all others, and what is put into another voucher before them.
    assert (checks - {"次序"}, voucher) == ({"封条"}, edited[value])


def test_a_change_taken_out_of_the_middle_is_named_and_none_before_it(
    path: Path, edited: dict[str, int]
) -> None:
    turn(path, "DELETE FROM change WHERE after = 'remark 2'")
    assert named(path) == ({"封条", "变更记录"}, edited["remark 2"])


def test_the_finding_tells_how_many_changes_there_were(path: Path, edited: dict[str, int]) -> None:
    turn(path, f"DELETE FROM change WHERE {FIRST} AND field = 'remark'")
    with Ledger.open(path, operator="李梅") as ledger:
        message = ledger.custody.verify().findings[0].message
    assert message.startswith(f"凭证 V{edited['remark 1']} ")
    assert message.endswith("删除过。封条上是 1 条变更记录，现在有 0 条。")


TWIN = {
    "id": "id + 1",
    "uid": "'twin'",
    "withdrawn": "1",
    "code": "'TWIN'",
    "number": "999",
    "name": "'twin'",
    "about_line": "999",
}


@pytest.mark.parametrize("card", CARDS)
def test_a_card_deleted_slipped_in_or_named_anew_is_found(path: Path, card: str) -> None:
    """Of every noun, whether anything names the card or not."""
    with closing(sqlite3.connect(path)) as raw:
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({card})")]
        last, voucher = raw.execute(f"SELECT id, created_in FROM {card} ORDER BY id DESC").fetchone()
    twin = ", ".join(TWIN.get(column, column) for column in columns)
    whole = path.read_bytes()
    for statement in (
        f"DELETE FROM {card} WHERE id = {last}",
        f"UPDATE {card} SET uid = 'x' WHERE id = {last}",
        f"INSERT INTO {card} SELECT {twin} FROM {card} WHERE id = {last}",
    ):
        path.write_bytes(whole)
        turn(path, statement)
        with Ledger.open(path, operator="李梅") as ledger:
            found = [
                finding.voucher for finding in ledger.custody.verify().findings if finding.check == "封条"
            ]
        assert found == [voucher]
