"""What the database itself holds of sheets: tried by raw SQL, past every pure rule, in every spelling."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Activity, Particulars
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.tables import activity as tables
from hepartner.words.activity import ROLES, STATES
from tests.ledger.conftest import enrol

SPELLINGS = ("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL", "INSERT OR ROLLBACK")


def held(ledger: Ledger, name: str = "夜间巡查") -> Activity:
    """An activity in 幸福里社区 on 2025-11-18."""
    return ledger.activities.add(Particulars(ledger.areas.find("XF").id, "2025-11-18", name)).activity


def test_roles_are_those_the_database_knows(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    assert tuple(ROLES) == tables.ROLES
    ledger.sheets.sign(activity, [SheetLine(partner, 60)])
    assert {line.state for line in ledger.sheets.lines(activity)} <= STATES.keys()


@pytest.fixture
def unsealed(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """A bare connection with an unsealed voucher, after two lines: 1 waits, 2 was reversed."""
    activity = held(ledger)
    ledger.rulebook.add("ELDER", "上门助老", points=20, needs_confirmer=True, valid_from=date(2022, 1, 1))
    visit = ledger.rulebook.find("ELDER")
    first, second = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    ledger.sheets.sign(activity, [SheetLine(first, 60), SheetLine(second, 60)], visit)
    ledger.sheets.complain(ledger.sheets.line_of(activity, second), "没有到场")
    held(ledger, "撤销的")
    undone = ledger.history.log(limit=1)[0].voucher
    ledger.history.undo(undone)
    connection = sqlite3.connect(ledger.database.path, isolation_level=None)
    connection.execute(
        "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source)"
        " SELECT max(id) + 1, 'raw', '2025-11-20T10:00:00+08:00', 1, 'raw', '' FROM voucher"
    )
    yield connection
    connection.close()


def insert(connection: sqlite3.Connection, spelling: str, table: str, row: dict[str, Any]) -> None:
    """Add a fact to the open voucher by raw SQL; 幸福里社区 on 2025-11-18 unless the row says otherwise."""
    (voucher,) = connection.execute("SELECT max(id) FROM voucher").fetchone()
    fact = {
        "voucher_id": voucher, "line": 1, "community_id": 3, "happened_on": "2025-11-18", "counted_in": "2025-11",
        "sign": 1,
    } | row  # fmt: skip
    marks = ", ".join(f":{name}" for name in fact)
    connection.execute(f"{spelling} INTO {table} ({', '.join(fact)}) VALUES ({marks})", fact)


LINE = {
    "activity_id": 1,
    "partner_id": 1,
    "role": "member",
    "minutes": 60,
    "rule_version_id": None,
    "needs_confirmer": 0,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"happened_on": "2025-11-17"}, "与活动不符"),
        ({"community_id": 4}, "与活动不符"),
        ({"activity_id": 2}, "与活动不符"),
        ({"rule_version_id": 1, "needs_confirmer": 0}, "要不要确认与规则不符"),
        ({"rule_version_id": 99}, "没有生效"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_in_every_spelling(
    unsealed: sqlite3.Connection, spelling: str, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        insert(unsealed, spelling, "participation", LINE | changed)


def test_a_line_for_a_withdrawn_partner_is_refused(ledger: Ledger) -> None:
    activity, partner = held(ledger), enrol(ledger, "武玉侪")
    ledger.history.undo(ledger.history.log(limit=1)[0].voucher)
    connection = sqlite3.connect(ledger.database.path, isolation_level=None)
    connection.execute(
        "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source)"
        " SELECT max(id) + 1, 'raw', '2025-11-20T10:00:00+08:00', 1, 'raw', '' FROM voucher"
    )
    with pytest.raises(sqlite3.IntegrityError, match="登记已撤销"):
        insert(
            connection,
            "INSERT",
            "participation",
            LINE | {"activity_id": activity.id, "partner_id": partner.id},
        )
    connection.close()


@pytest.mark.parametrize("role", ["chief", "", "参与"])
def test_a_role_is_one_of_the_codes(unsealed: sqlite3.Connection, role: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="participation_role"):
        insert(unsealed, "INSERT", "participation", LINE | {"role": role})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_only_a_line_that_waits_is_confirmed_and_only_once(
    unsealed: sqlite3.Connection, spelling: str
) -> None:
    insert(unsealed, "INSERT", "confirmation", {"participation_id": 1})
    for line_id in (1, 2, 99):
        with pytest.raises(sqlite3.IntegrityError, match="不在等确认"):
            insert(unsealed, spelling, "confirmation", {"participation_id": line_id, "line": 2})


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("changed", [{}, {"participation_id": 2}, {"participation_id": 99}])
def test_no_points_for_a_line_that_waits_or_was_reversed(
    unsealed: sqlite3.Connection, spelling: str, changed: dict[str, Any]
) -> None:
    award = {"partner_id": 1, "kind": "award", "points": 20, "earned_on": "2025-11-18", "participation_id": 1}
    with pytest.raises(sqlite3.IntegrityError, match="不能记积分"):
        insert(unsealed, spelling, "entry", award | changed)


def test_the_points_of_a_confirmed_line_bear_its_day(unsealed: sqlite3.Connection) -> None:
    insert(unsealed, "INSERT", "confirmation", {"participation_id": 1})
    award = {
        "partner_id": 1,
        "kind": "award",
        "points": 20,
        "earned_on": "2025-11-18",
        "participation_id": 1,
        "line": 2,
    }
    with pytest.raises(sqlite3.IntegrityError, match="日期不符"):
        insert(unsealed, "INSERT", "entry", award | {"happened_on": "2025-11-19"})
    insert(unsealed, "INSERT", "entry", award)
    assert unsealed.execute("SELECT points FROM balance WHERE partner_id = 1").fetchone() == (20,)
