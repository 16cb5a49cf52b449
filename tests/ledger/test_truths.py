"""Each truth of the ledger is tried by raw SQL, past every pure rule, in every spelling that might walk past a guard."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.errors import GuardRefused
from tests import nouns
from tests.ledger.conftest import Clock, enrol

SPELLINGS = ("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL", "INSERT OR ROLLBACK")
FACTS = (
    "activity_held", "area_founding", "confirmation", "entry", "issue_event", "issue_help", "item_price", "month_seal",
    "organising", "participation", "period_closing", "redemption", "rule_version", "standing", "stock_move",
    *nouns.listed("FACTS"),
)  # fmt: skip
CARDS = (
    "activity",
    "area",
    "issue",
    "issue_category",
    "item",
    "note",
    "operator",
    "partner",
    "rule",
    "setting",
    *nouns.listed("CARDS"),
)


@pytest.fixture(scope="module")
def awarded(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which somebody has points, made once; each test tries its SQL on a copy of its own."""
    path = Path(shutil.copy(templates["settled"], tmp_path_factory.mktemp("truths")))
    with Ledger.open(path, operator="李梅", clock=Clock()) as ledger:
        ledger.points.award(enrol(ledger, "武玉侪", phone="13800138000"), 10)
    return path


@pytest.fixture
def raw(awarded: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection as any SQLite tool would make it: no pragma set, hence recursive triggers off."""
    connection = sqlite3.connect(shutil.copy(awarded, tmp_path / "台账.db"), isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def unsealed(raw: sqlite3.Connection) -> sqlite3.Connection:
    """The same with a voucher that is not sealed yet, so that only the guard in question can refuse."""
    raw.execute(
        "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source)"
        " SELECT max(id) + 1, 'raw', '2025-11-20T10:00:00+08:00', 1, 'raw', '' FROM voucher"
    )
    return raw


def test_every_fact_and_card_table_is_listed_here(ledger: Ledger) -> None:
    assert ledger.shapes.facts == tuple(sorted(FACTS))
    assert ledger.shapes.cards == tuple(sorted(CARDS))


@pytest.mark.parametrize("table", [*FACTS, "voucher", "seal", "change"])
def test_facts_vouchers_seals_and_changes_are_never_updated_or_deleted(
    raw: sqlite3.Connection, table: str
) -> None:
    for event in ("update", "delete"):
        sql = raw.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_no_{event}",)
        ).fetchone()[0]
        assert "RAISE(ABORT" in sql
    if raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
        column = raw.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
        for statement in (f"UPDATE OR IGNORE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="只能追加"):
                raw.execute(statement)


@pytest.mark.parametrize("table", CARDS)
def test_cards_are_never_deleted(raw: sqlite3.Connection, table: str) -> None:
    if raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
        with pytest.raises(sqlite3.IntegrityError, match="不能删除"):
            raw.execute(f"DELETE FROM {table}")
    assert raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (f"{table}_no_delete",)).fetchone()


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    "table", ["voucher", "seal", "entry", "standing", "area_founding", "partner", "area", "operator"]
)
def test_no_row_takes_the_place_of_another(raw: sqlite3.Connection, table: str, spelling: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(f"{spelling} INTO {table} SELECT * FROM {table} LIMIT 1")
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_fact_is_added_to_a_sealed_voucher(raw: sqlite3.Connection, spelling: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="凭证已封存或不存在"):
        raw.execute(f"{spelling} INTO entry ({ENTRY}) SELECT max(voucher_id), 99, {REST} FROM entry")


ENTRY = "voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind, points, earned_on"
REST = "3, '2025-11-01', '2025-11', 1, 1, 'award', 5, '2025-11-01'"


def entry(connection: sqlite3.Connection, spelling: str = "INSERT", **changed: object) -> None:
    """Add an entry to the open voucher by raw SQL, with some columns changed."""
    (voucher,) = connection.execute("SELECT max(id) FROM voucher").fetchone()
    row = {
        "voucher_id": voucher, "line": 1, "community_id": 3, "happened_on": "2025-11-01", "counted_in": "2025-11",
        "sign": 1, "partner_id": 1, "kind": "award", "points": 5, "earned_on": "2025-11-01",
    } | changed  # fmt: skip
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"{spelling} INTO entry ({', '.join(row)}) VALUES ({marks})", row)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"points": -11, "kind": "deduct"}, "积分余额不足"),
        ({"points": -1, "kind": "deduct"}, "积分余额不足：当天或以后不够"),
        ({"partner_id": 99}, "没有余额记录"),
        ({"voucher_id": 999}, "凭证已封存或不存在"),
        ({"happened_on": "2025-11-21"}, "在记账日期之后"),
        ({"community_id": 2}, "不是社区"),
        ({"reverses_id": 1, "sign": -1, "points": -3}, "冲正与原来的一笔不符"),
        ({"reverses_id": 1, "sign": -1, "points": -10, "partner_id": 2}, "没有余额记录|不符"),
        ({"reverses_id": 77, "sign": -1, "points": -1}, "冲正与原来的一笔不符"),
    ],
)
def test_an_entry_that_breaks_a_truth_is_refused_in_every_spelling(
    unsealed: sqlite3.Connection, spelling: str, changed: dict[str, object], why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        entry(unsealed, spelling, **changed)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE OR IGNORE partner SET name = '别人', voucher_id = 999", "须由未封存的凭证修改"),
        (
            "INSERT INTO change (voucher_id, card, card_id, field) VALUES (999, 'partner', 1, 'name')",
            "不存在",
        ),
        (
            "INSERT INTO note (uid, created_in, voucher_id, about_voucher_id, text) VALUES ('x', 999, 999, 1, '话')",
            "须由未封存的凭证建立",
        ),
    ],
)
def test_nothing_is_written_under_a_voucher_that_is_not_there(
    raw: sqlite3.Connection, statement: str, why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        raw.execute(statement)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_was_taken_back_is_given_again_once(unsealed: sqlite3.Connection, spelling: str) -> None:
    day, earned = unsealed.execute("SELECT happened_on, earned_on FROM entry WHERE id = 1").fetchone()
    first = {"happened_on": day, "earned_on": earned}
    entry(unsealed, reverses_id=1, sign=-1, points=-10, **first)
    (reversal,) = unsealed.execute("SELECT max(id) FROM entry").fetchone()
    again = {"restores_id": reversal, "points": 10, **first}
    with pytest.raises(sqlite3.IntegrityError, match="恢复的一笔与冲正掉的不符"):
        entry(unsealed, spelling, line=2, **again | {"points": 11})
    entry(unsealed, line=2, **again)
    with pytest.raises(sqlite3.IntegrityError, match="这一笔冲正已经撤销过"):
        entry(unsealed, spelling, line=3, **again)


@pytest.mark.parametrize(
    "changed",
    [
        {"happened_on": "2025-02-30"},
        {"happened_on": "2025-1-1"},
        {"counted_in": "2025-13"},
        {"counted_in": "2025-10"},
        {"points": 0},
        {"points": 1_000_001},
        {"points": 2.5},
        {"points": "many"},
        {"points": -5},
        {"sign": -1},
        {"sign": 2},
        {"kind": "gift"},
        {"line": 0},
        {"shortfall": -1},
        {"partner_id": None},
    ],
)
def test_an_entry_of_the_wrong_shape_is_refused(
    unsealed: sqlite3.Connection, changed: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        entry(unsealed, **changed)


def test_an_entry_as_it_should_be_is_taken_by_raw_sql(unsealed: sqlite3.Connection) -> None:
    entry(unsealed)
    assert unsealed.execute("SELECT points FROM balance WHERE partner_id = 1").fetchone() == (15,)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_entry_is_reversed_at_most_once(unsealed: sqlite3.Connection, spelling: str) -> None:
    entry(unsealed, line=3, points=20)
    reversal = {
        "reverses_id": 1,
        "sign": -1,
        "points": -10,
        "happened_on": "2025-11-20",
        "earned_on": "2025-11-20",
    }
    entry(unsealed, **reversal)
    with pytest.raises(sqlite3.IntegrityError, match="已经冲正过"):
        entry(unsealed, spelling, line=2, **reversal)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_balance_moves_with_its_entries_only(unsealed: sqlite3.Connection, spelling: str) -> None:
    for statement in (
        "UPDATE OR IGNORE balance SET points = 1000",
        "UPDATE OR REPLACE balance SET points = 20, entry_id = 1",
        "DELETE FROM balance",
        f"{spelling} INTO balance (partner_id, points) VALUES (1, 0)",
        f"{spelling} INTO balance (partner_id, points) VALUES (1, 500)",
        "INSERT INTO balance (partner_id, points) VALUES (1, 0) ON CONFLICT DO UPDATE SET points = 9",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            unsealed.execute(statement)
    assert unsealed.execute("SELECT points FROM balance").fetchall() == [(10,)]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_tally_moves_with_its_entries_only(unsealed: sqlite3.Connection, spelling: str) -> None:
    for statement in (
        "UPDATE OR IGNORE entry_tally SET points = 1000",
        "UPDATE OR REPLACE entry_tally SET points = 20, entry_id = 1",
        "UPDATE OR IGNORE entry_tally SET counted_in = '2025-10'",
        "DELETE FROM entry_tally",
        f"{spelling} INTO entry_tally (kind, counted_in, community_id, points) VALUES ('award', '2025-11', 3, 0)",
        f"{spelling} INTO entry_tally (kind, counted_in, community_id, points) VALUES ('award', '2024-11', 3, 7)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            unsealed.execute(statement)
    entry(unsealed)
    tallied = unsealed.execute("SELECT kind, counted_in, community_id, points, entry_id FROM entry_tally")
    assert tallied.fetchall() == [("award", "2025-11", 3, 15, 2)]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_fact_is_counted_in_a_closed_month(
    unsealed: sqlite3.Connection, tmp_path: Path, spelling: str
) -> None:
    unsealed.execute("DROP TRIGGER voucher_no_delete")
    unsealed.execute("DELETE FROM voucher WHERE uid = 'raw'")
    with Ledger.open(tmp_path / "台账.db", operator="李梅", clock=Clock()) as ledger:
        ledger.periods.close(ledger.areas.communities(), "2025-10")
    unsealed.execute(
        "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source)"
        " SELECT max(id) + 1, 'raw2', '2025-11-20T10:00:00+08:00', 1, 'raw', '' FROM voucher"
    )
    with pytest.raises(sqlite3.IntegrityError, match="已经结账"):
        entry(unsealed, spelling, happened_on="2025-10-05", counted_in="2025-10", earned_on="2025-10-05")
    entry(unsealed, happened_on="2025-10-05", counted_in="2025-11", earned_on="2025-10-05")


def test_closed_months_move_with_closings_only(raw: sqlite3.Connection) -> None:
    for statement in (
        "UPDATE closed_month SET month = '2025-10'",
        "DELETE FROM closed_month",
        "INSERT OR REPLACE INTO closed_month (community_id, month) VALUES (3, '2025-10')",
        "INSERT OR REPLACE INTO closed_month (community_id, month) VALUES (3, '')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)


def test_a_card_is_changed_by_an_open_voucher_only_and_leaves_its_history(
    unsealed: sqlite3.Connection,
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="未封存的凭证"):
        unsealed.execute("UPDATE partner SET name = '别人'")
    unsealed.execute("UPDATE partner SET name = '别人', voucher_id = (SELECT max(id) FROM voucher)")
    changes = unsealed.execute(
        "SELECT card, field, before, after FROM change WHERE field = 'name'"
    ).fetchall()
    assert changes == [("partner", "name", "武玉侪", "别人")]


@pytest.mark.parametrize("column", ["id", "uid", "code", "number", "issuer_id", "created_in"])
def test_what_names_a_card_never_changes(unsealed: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"一经给出不能更改|FOREIGN KEY"):
        unsealed.execute(
            f"UPDATE OR REPLACE partner SET {column} = 99, voucher_id = (SELECT max(id) FROM voucher)"
        )


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_person_has_one_card_in_a_community(unsealed: sqlite3.Connection, spelling: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="同样的合伙人已另有一份"):
        unsealed.execute(
            f"""{spelling} INTO partner (uid, created_in, voucher_id, issuer_id, number, code, community_id, kind, name,
                name_key, phone, joined_on)
            SELECT 'other', v, v, 3, 2, 'XF-P0002', 3, 'individual', '武玉侪', '武玉侪', '13800138000', '2024-01-01'
            FROM (SELECT max(id) AS v FROM voucher)"""
        )


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_partner_joins_once(unsealed: sqlite3.Connection, spelling: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="加入与离开前后不符"):
        unsealed.execute(
            f"""{spelling} INTO standing (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind,
                event, delta) SELECT max(id), 1, 3, '2025-11-01', '2025-11', 1, 1, 'individual', 'rejoined', 1 FROM voucher"""
        )


def test_an_area_keeps_its_parent_once_facts_bear_it(unsealed: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="上级和级别不能再改"):
        unsealed.execute(
            "UPDATE area SET parent_id = 1, voucher_id = (SELECT max(id) FROM voucher) WHERE id = 3"
        )


@pytest.mark.parametrize(
    ("kind", "parent"), [("community", 1), ("grid", 2), ("district", 1), ("subdistrict", None)]
)
def test_areas_form_one_tree_of_four_levels(
    unsealed: sqlite3.Connection, kind: str, parent: int | None
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"上级区域|最上级区域"):
        unsealed.execute(
            """INSERT OR IGNORE INTO area (uid, created_in, voucher_id, kind, parent_id, code, name, name_key)
            SELECT 'other', max(id), max(id), ?, ?, 'QT', '其他', '其他' FROM voucher""",
            (kind, parent),
        )


@pytest.mark.parametrize(
    "numbers",
    [
        "1, 1, 0, 1, 10",
        "9, 1, 0, 1, 10",
        "8, 1, 1, 1, 10",
        "8, 1, 0, 0, 10",
        "8, 1, 0, 2, 10",
        "8, 1, 0, 1, 11",
    ],
)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_seal_says_what_its_voucher_holds(
    unsealed: sqlite3.Connection, spelling: str, numbers: str
) -> None:
    """Its place, version, facts, change rows and the points of the ledger."""
    unsealed.execute("UPDATE partner SET remark = 'x', voucher_id = (SELECT max(id) FROM voucher)")
    assert unsealed.execute("SELECT max(seq), points FROM seal").fetchone() == (7, 10)
    with pytest.raises(sqlite3.IntegrityError, match="封条"):
        unsealed.execute(
            f"{spelling} INTO seal SELECT max(id), {numbers}, NULL, hex(randomblob(32)) FROM voucher"
        )
    unsealed.execute(
        "INSERT INTO seal SELECT max(id), 8, 1, 0, 1, 10, NULL, hex(randomblob(32)) FROM voucher"
    )


def seal(connection: sqlite3.Connection, facts: int, points: int, *, changes: int = 0) -> None:
    """Seal the open voucher of so many facts that moved so many points, and so many changes of cards."""
    connection.execute(
        "INSERT INTO seal SELECT (SELECT max(id) FROM voucher), max(seq) + 1, 1, ?, ?, points + ?, NULL, hex(randomblob(32))"
        " FROM seal WHERE seq = (SELECT max(seq) FROM seal)",
        (facts, changes, points),
    )


SLIP = "INSERT INTO redemption (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, points)"


def test_a_slip_costs_what_was_paid_and_what_its_goods_cost(unsealed: sqlite3.Connection) -> None:
    unsealed.execute(f"{SLIP} SELECT max(id), 1, 3, '2025-11-20', '2025-11', 1, 1, 5 FROM voucher")
    (slip,) = unsealed.execute("SELECT max(id) FROM redemption").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="兑换单的积分、流水和商品不相符"):
        seal(unsealed, 1, 0)
    with pytest.raises(sqlite3.IntegrityError, match="与这笔积分不符"):
        entry(unsealed, line=2, kind="redeem", points=-4, happened_on="2025-11-20", redemption_id=slip)
    entry(unsealed, line=2, kind="redeem", points=-5, happened_on="2025-11-20", redemption_id=slip)
    with pytest.raises(sqlite3.IntegrityError, match="兑换单的积分、流水和商品不相符"):
        seal(unsealed, 2, -5)


def test_points_are_redeemed_with_a_slip_only(unsealed: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="兑换单不存在、已取消，或与这笔积分不符"):
        entry(unsealed, kind="redeem", points=-5)
    with pytest.raises(sqlite3.IntegrityError, match="entry_slip"):
        entry(unsealed, redemption_id=1)


def test_who_was_merged_holds_no_points(unsealed: sqlite3.Connection) -> None:
    unsealed.execute(
        "UPDATE partner SET status = 'merged', merged_into_id = 2, voucher_id = (SELECT max(id) FROM voucher) WHERE id = 1"
    )
    with pytest.raises(sqlite3.IntegrityError, match="已并入的合伙人名下不能留有积分"):
        seal(unsealed, 0, 0, changes=2)


def test_no_voucher_begins_before_the_last_is_sealed(unsealed: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="还没有封存"):
        unsealed.execute(
            "INSERT INTO voucher (uid, recorded_at, operator_id, action, source)"
            " VALUES ('next', '2025-11-20T10:00:00+08:00', 1, 'raw', '')"
        )


def test_transfers_of_a_voucher_sum_to_zero(unsealed: sqlite3.Connection) -> None:
    entry(unsealed, kind="transfer", points=-4)
    with pytest.raises(sqlite3.IntegrityError, match="转出与转入不相等"):
        unsealed.execute(
            "INSERT INTO seal SELECT max(id), 8, 1, 1, 0, 6, NULL, hex(randomblob(32)) FROM voucher"
        )


def test_a_transfer_comes_in_as_it_went_out(unsealed: sqlite3.Connection) -> None:
    entry(unsealed, kind="transfer", points=-4)
    (out,) = unsealed.execute("SELECT max(id) FROM entry").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="两笔不相配"):
        entry(unsealed, line=2, kind="transfer", points=4, earned_on="2025-11-02", pair_id=out)
    entry(unsealed, line=2, kind="transfer", points=4, pair_id=out)


def test_what_a_guard_refuses_reaches_the_user_as_a_sentence(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with (
        pytest.raises(GuardRefused, match="台账拒绝了这笔写入：积分余额不足"),
        ledger.voucher("raw") as voucher,
    ):
        voucher.post_one(
            "entry", community_id=3, happened_on="2025-11-01", partner_id=partner.id, kind="deduct", points=-1,
            earned_on="2025-11-01",
        )  # fmt: skip
    assert ledger.custody.verify().findings == ()


@pytest.mark.parametrize(
    "table",
    [
        *FACTS,
        *CARDS,
        "voucher",
        "seal",
        "change",
        "balance",
        "stock",
        "closed_month",
        "month_content",
        "entry_tally",
        "participation_tally",
    ],
)
def test_tables_are_strict(raw: sqlite3.Connection, table: str) -> None:
    assert raw.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (table,)).fetchone() == (1,)


def test_the_connection_is_set_as_it_must_be(ledger: Ledger) -> None:
    pragmas = (
        "foreign_keys",
        "recursive_triggers",
        "trusted_schema",
        "cell_size_check",
        "secure_delete",
        "synchronous",
    )
    assert [ledger.database.value(f"PRAGMA {name}") for name in pragmas] == [1, 1, 0, 1, 1, 3]
    assert ledger.database.value("PRAGMA journal_mode") == "delete"
