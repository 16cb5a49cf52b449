"""Verification: what was changed past the guards is found, and the first bad voucher named."""

import random
import re
import sqlite3
from contextlib import closing

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.custody import DifferencesFound
from hepartner.ledger.errors import BadFile, DamagedLedger
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol


@pytest.fixture
def busy(ledger: Ledger) -> Ledger:
    """A ledger in which something happened: three partners, awards, a deduction, a reversal, a merge, a closed month."""
    partners = [enrol(ledger, name) for name in ("武玉侪", "覃秀英", "买买提·艾力")]
    for points, partner in enumerate(partners, 5):
        ledger.points.award(partner, points)
    ledger.points.deduct(partners[0], 2, reason="未到")
    ledger.points.reverse(2)
    ledger.membership.merge(partners[2], partners[1])
    ledger.periods.close(ledger.areas.communities(), "2025-10")
    return ledger


def tamper(ledger: Ledger, *statements: str, trigger: str = "") -> None:
    """Change the file as somebody with an SQLite tool would, taking down a guard and putting it back."""
    with closing(sqlite3.connect(ledger.database.path)) as raw, raw:
        guard = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
        if guard:
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert raw.execute(statement).rowcount != 0
        if guard:
            raw.execute(guard[0])


def found(ledger: Ledger) -> list[tuple[str, int | None]]:
    """What verification finds: the check and the voucher of each finding."""
    return [(finding.check, finding.voucher) for finding in ledger.custody.verify().findings]


def test_a_sound_ledger_has_no_findings_and_tells_its_anchor(busy: Ledger) -> None:
    verified = busy.custody.verify(anchor=str(busy.anchor))
    assert verified.findings == ()
    assert verified.vouchers == busy.database.value("SELECT count(*) FROM voucher")
    assert verified.facts == sum(
        busy.database.value(f"SELECT count(*) FROM {table}") for table in busy.shapes.facts
    )
    assert verified.anchor.points == 10


def test_a_changed_entry_names_its_voucher(busy: Ledger) -> None:
    tamper(busy, "UPDATE entry SET points = 500 WHERE id = 1", trigger="entry_no_update")
    (voucher,) = busy.database.row("SELECT voucher_id FROM entry WHERE id = 1")
    assert ("封条", voucher) in found(busy)
    assert "余额" in {check for check, _ in found(busy)}
    assert busy.custody.verify().first_bad_voucher == voucher


@pytest.mark.parametrize(
    ("statement", "trigger", "check"),
    [
        (
            "UPDATE voucher SET recorded_at = '2020-01-01T00:00:00+08:00' WHERE id = 8",
            "voucher_no_update",
            "封条",
        ),
        ("DELETE FROM entry WHERE id = 5", "entry_no_delete", "封条"),
        ("UPDATE seal SET sha256 = substr(sha256, 2) || 'f' WHERE seq = 9", "seal_no_update", "封条"),
        ("UPDATE seal SET points = points + 1 WHERE seq = 9", "seal_no_update", "封条"),
        ("UPDATE seal SET facts = facts + 1 WHERE seq = 9", "seal_no_update", "封条"),
        ("UPDATE seal SET changes = changes + 1 WHERE seq = 9", "seal_no_update", "封条"),
        ("DELETE FROM seal WHERE seq = 9", "seal_no_delete", "封条"),
        ("DELETE FROM voucher WHERE id = 9", "voucher_no_delete", "封条"),
        ("UPDATE standing SET happened_on = '2023-12-02' WHERE id = 1", "standing_no_update", "封条"),
        ("UPDATE balance SET points = points + 1 WHERE partner_id = 1", "balance_guard", "余额"),
        ("UPDATE entry_tally SET points = points + 1", "entry_tally_guard", "累计"),
        ("DELETE FROM entry_tally", "entry_tally_no_delete", "累计"),
        ("UPDATE closed_month SET month = '2025-11'", "closed_month_guard", "账期"),
        ("UPDATE seal SET voucher_id = 77 WHERE seq = 5", "seal_no_update", "引用"),
    ],
)
def test_what_was_changed_past_a_guard_is_found(
    busy: Ledger, statement: str, trigger: str, check: str
) -> None:
    tamper(busy, statement, trigger=trigger)
    assert check in {name for name, _ in found(busy)}


def test_facts_of_a_cut_off_voucher_are_found(busy: Ledger) -> None:
    last = busy.database.value("SELECT max(id) FROM voucher")
    for table, trigger in (("voucher", "voucher_no_delete"), ("seal", "seal_no_delete")):
        column = "id" if table == "voucher" else "voucher_id"
        tamper(busy, f"DELETE FROM {table} WHERE {column} = {last}", trigger=trigger)
    assert ("封条", last) in found(busy)


def test_a_fact_before_the_first_voucher_is_found(busy: Ledger) -> None:
    tamper(busy, "UPDATE area_founding SET voucher_id = 0 WHERE id = 1", trigger="area_founding_no_update")
    assert ("封条", 0) in found(busy)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entry_guard",
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON partner (remark)",
        "DROP INDEX entry_count",
    ],
)
def test_a_changed_schema_is_found(busy: Ledger, statement: str) -> None:
    tamper(busy, statement)
    assert found(busy)[0][0] == "结构定义"


def test_a_guard_rewritten_to_let_things_pass_is_found(busy: Ledger) -> None:
    tamper(
        busy,
        "DROP TRIGGER entry_no_delete",
        "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT 1; END",
    )
    assert found(busy) == [("结构定义", None)]


def test_a_ledger_rolled_back_to_an_old_copy_lacks_the_anchor_printed_since(busy: Ledger) -> None:
    old = busy.database.path.read_bytes()
    busy.points.award(busy.partners.find("武玉侪"), 50)
    printed = str(busy.anchor)
    busy.close()
    busy.database.path.write_bytes(old)
    with Ledger.open(busy.database.path, operator="李梅") as rolled_back:
        assert rolled_back.custody.verify().findings == ()
        assert [finding.check for finding in rolled_back.custody.verify(anchor=printed).findings] == [
            "核对码"
        ]
        assert "核对码" in {
            finding.check for finding in rolled_back.custody.verify(anchor="不是核对码").findings
        }


def test_the_refusal_names_the_first_bad_voucher(busy: Ledger) -> None:
    tamper(busy, "UPDATE entry SET points = 500 WHERE id = 1", trigger="entry_no_update")
    verified = busy.custody.verify()
    assert str(DifferencesFound(verified)).startswith(
        f"核验发现 {len(verified.findings)} 处不符，最早的可疑凭证是 V"
    )
    assert DifferencesFound(verified).exit_code == 6


def test_flipped_bits_never_pass_unseen_in_a_fact(busy: Ledger) -> None:
    """Of the bytes of a fact's day, each flipped in turn, verification or SQLite itself sees every one."""
    path = busy.database.path
    busy.close()
    whole = path.read_bytes()
    places = [i for i in range(len(whole)) if whole.startswith(b"2025-11-202025-11award", i)]
    assert places
    generator = random.Random(7)
    for _ in range(25):
        place = generator.choice(places) + generator.randrange(22)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << generator.randrange(8)
        path.write_bytes(flipped)
        try:
            with Ledger.open(path, operator="李梅") as ledger:
                assert ledger.custody.verify().findings
        except BadFile:
            continue


def test_a_text_that_turned_into_bytes_is_damage(busy: Ledger) -> None:
    """The type that a row gives for its day (0x21: ten letters) becomes the one of ten bytes."""
    path = busy.database.path
    busy.close()
    flipped = bytearray(path.read_bytes())
    day = flipped.index(b"2025-11-202025-11award")
    flipped[flipped.rindex(b"\x21\x1b", 0, day)] ^= 1
    path.write_bytes(flipped)
    with Ledger.open(path, operator="李梅") as ledger, pytest.raises(DamagedLedger):
        ledger.custody.verify()


def test_a_slip_that_costs_other_than_its_goods_is_named(busy: Ledger) -> None:
    partner = busy.partners.find("覃秀英")
    rice = busy.shop.add(Goods(partner.community_id, "大米"), 3).item
    busy.shop.stock_in([(rice, 9)])
    kept, cancelled = (busy.shop.redeem(partner, [(rice, 1)]) for _ in range(2))
    busy.shop.cancel(cancelled.code)
    assert found(busy) == []
    tamper(
        busy,
        f"UPDATE stock_move SET price = 2 WHERE redemption_id = {kept.id}",
        trigger="stock_move_no_update",
    )
    assert ("兑换单", kept.voucher) in found(busy)


def test_points_left_on_a_merged_card_are_found(busy: Ledger) -> None:
    merge = "UPDATE partner SET status = 'merged', merged_into_id = 2 WHERE id = 1"
    tamper(busy, "DROP TRIGGER partner_history", merge, trigger="partner_edit")
    assert ("余额", None) in found(busy)


@pytest.mark.parametrize("value", ["NULL", "'x'"])
@pytest.mark.parametrize("column", ["voucher_id", "points", "happened_on"])
def test_a_value_of_another_type_than_its_columns_is_damage_and_no_traceback(
    busy: Ledger, column: str, value: str
) -> None:
    """As a damaged page leaves it: SQLite itself writes none into a STRICT table."""
    with closing(sqlite3.connect(busy.database.path, isolation_level=None)) as raw:
        (strict,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'entry'").fetchone()
        (guard,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'entry_no_update'").fetchone()
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("PRAGMA ignore_check_constraints = 1")
        lax = re.sub(rf"(\t{column}) \w+ NOT NULL", r"\1 BLOB", strict).replace("STRICT", "")
        for created in (lax, strict):
            raw.execute("PRAGMA writable_schema = 1")
            raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entry'", (created,))
            raw.execute("PRAGMA writable_schema = RESET")
            if created == lax:
                raw.execute(f"UPDATE entry SET {column} = {value} WHERE id = 3")
        raw.execute(guard)
    assert {"结构", "封条"} <= {name for name, _ in found(busy)}
