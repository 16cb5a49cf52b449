"""Ten frauds by raw SQL, of somebody who takes guards down, mends the sums and puts the guards up: each is found and named."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.stocking import Goods
from tests.commands.conftest import Hep, hep, path
from tests.ledger.conftest import enrol, templates

__all__ = ["hep", "path", "templates"]

AWARD, OTHER, SLIP, DEDUCTION, REVERSAL, CLOSING = "V10", "V11", "V13", "V15", "V16", "V17"
"""The vouchers of the office below that the frauds are about."""


@pytest.fixture(scope="module")
def whole(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """武玉侪 was awarded twice, bought rice, lost points by a deduction and by a reversal; September is closed."""
    path = Path(shutil.copy(templates["settled"], tmp_path_factory.mktemp("office") / "台账.db"))
    with Ledger.open(path, operator="李梅", community="XF") as ledger:
        partner, other = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
        rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2025, 1, 1)).item
        ledger.shop.stock_in([(rice, 20)], day=date(2025, 1, 1))
        given = [
            ledger.points.award(partner, 60, day=date(2025, 9, 1)),
            ledger.points.award(other, 40, day=date(2025, 9, 2)),
            ledger.points.award(partner, 5, day=date(2025, 9, 3)),
        ]
        slip = ledger.shop.redeem(partner, [(rice, 2)], day=date(2025, 9, 4))
        ledger.points.award(other, 7, day=date(2025, 9, 5))
        deducted = ledger.points.deduct(partner, 5, reason="投诉", day=date(2025, 9, 6))
        (entry,) = ledger.database.row("SELECT id FROM entry WHERE voucher_id = ?", (given[2].voucher,))
        taken_back = ledger.points.reverse(entry, reason="重复")
        closing_ = ledger.periods.close(ledger.areas.communities(), "2025-09")
        ledger.points.award(partner, 1)
    vouchers = (
        given[0].voucher,
        given[1].voucher,
        slip.voucher,
        deducted.voucher,
        taken_back.voucher,
        closing_,
    )
    assert [f"V{number}" for number in vouchers] == [AWARD, OTHER, SLIP, DEDUCTION, REVERSAL, CLOSING]
    return path


@pytest.fixture
def office(whole: Path, path: Path) -> Path:
    """A copy of it, as commands see it."""
    return Path(shutil.copy(whole, path))


SUMS = (
    """UPDATE balance SET (points, entry_id) =
        (SELECT sum(points), max(id) FROM entry e WHERE e.partner_id = balance.partner_id)""",
    """UPDATE stock SET (quantity, move_id) =
        (SELECT sum(quantity), max(id) FROM stock_move m WHERE m.item_id = stock.item_id)""",
    """DELETE FROM entry_tally AS t WHERE NOT EXISTS (SELECT 1 FROM entry e
        WHERE e.kind = t.kind AND e.counted_in = t.counted_in AND e.community_id = t.community_id)""",
    """UPDATE entry_tally AS t SET (points, entry_id) = (SELECT sum(points), max(id) FROM entry e
        WHERE e.kind = t.kind AND e.counted_in = t.counted_in AND e.community_id = t.community_id)""",
)


def tamper(ledger: Path, *statements: str) -> None:
    """Take every guard down, change something, make the sums fit again, and put the guards up."""
    with closing(sqlite3.connect(ledger, isolation_level=None)) as raw:
        # At once: each guard taken down and put up would wait for the disk.
        raw.execute("BEGIN")
        guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount > 0, statement
        for statement in SUMS:
            raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)
        raw.execute("COMMIT")


def entry(voucher: str) -> str:
    return f"voucher_id = {voucher[1:]}"


FRAUDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "more points are given than were": (AWARD, (f"UPDATE entry SET points = 600 WHERE {entry(AWARD)}",)),
    "points of another are made one's own": (
        OTHER,
        (f"UPDATE entry SET partner_id = (SELECT min(id) FROM partner) WHERE {entry(OTHER)}",),
    ),
    "a slip is made to vanish, and the rice with it": (
        SLIP,
        tuple(f"DELETE FROM {table} WHERE {entry(SLIP)}" for table in ("entry", "stock_move", "redemption")),
    ),
    "rice is taken and fewer bags are said": (
        SLIP,
        (f"UPDATE stock_move SET quantity = -1 WHERE {entry(SLIP)}",),
    ),
    "a deduction after a complaint is made nothing": (
        DEDUCTION,
        (f"UPDATE entry SET points = 0, shortfall = 5 WHERE {entry(DEDUCTION)}",),
    ),
    "a reversal is made to vanish": (REVERSAL, (f"DELETE FROM entry WHERE {entry(REVERSAL)}",)),
    "an award is slipped into an old voucher": (
        AWARD,
        (
            f"""INSERT INTO entry (id, voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind, points,
                shortfall, earned_on) SELECT (SELECT max(id) + 1 FROM entry), voucher_id, 2, community_id, happened_on,
                counted_in, 1, partner_id, 'award', 99, 0, earned_on FROM entry WHERE {entry(AWARD)}""",
        ),
    ),
    "points are made younger, so that they do not expire": (
        AWARD,
        (f"UPDATE entry SET earned_on = '2025-11-01' WHERE {entry(AWARD)}",),
    ),
    "a closed month is made open again": (
        CLOSING,
        (f"DELETE FROM period_closing WHERE {entry(CLOSING)}", "DELETE FROM closed_month"),
    ),
    "what was recorded late is said to have been in time": (
        AWARD,
        (f"UPDATE voucher SET recorded_at = '2025-09-01T09:00:00+08:00' WHERE id = {AWARD[1:]}",),
    ),
}
"""What somebody does → the first voucher that does not fit any more, and how it is done."""


def test_the_office_before_anybody_tampers_with_it_is_sound(office: Path, hep: Hep) -> None:
    assert office.exists()
    assert hep("verify").code == 0
    tamper(office, "UPDATE partner SET remark = remark")
    assert hep("verify").code == 0


@pytest.mark.parametrize(("first", "statements"), FRAUDS.values(), ids=FRAUDS)
def test_a_fraud_is_found_with_exit_code_six_and_its_first_voucher_named(
    office: Path, hep: Hep, first: str, statements: tuple[str, ...]
) -> None:
    tamper(office, *statements)
    said = hep("verify")
    assert said.code == 6
    assert f"最早的可疑凭证是 {first}。" in said.err
    assert first in said.out
