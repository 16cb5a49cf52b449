"""Points are where their holder is, also when something of the time before a move or a merger is undone."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.points import HangsTogether
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol


def placed(ledger: Ledger) -> dict[tuple[int, int], int]:
    """Return the points that stand in each (partner, community)."""
    sql = "SELECT partner_id, community_id, sum(points) FROM entry GROUP BY 1, 2 HAVING sum(points) <> 0"
    return {(partner, community): points for partner, community, points in ledger.database.rows(sql)}


def test_an_award_given_again_by_undo_follows_its_partner(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 10, day=date(2025, 11, 1))
    (entry,) = (row[0] for row in ledger.database.rows("SELECT id FROM entry"))
    reversed_in = ledger.points.reverse(entry).voucher
    ledger.membership.move(partner, heping, day=date(2025, 11, 5))
    ledger.history.undo(reversed_in)
    assert placed(ledger) == {(partner.id, heping.id): 10}


def test_an_award_given_again_by_undo_goes_to_whom_its_partner_was_merged_into(ledger: Ledger) -> None:
    partner, other = enrol(ledger, "陈一"), enrol(ledger, "陈二", community="HP")
    ledger.points.award(partner, 10, day=date(2025, 11, 1))
    (entry,) = (row[0] for row in ledger.database.rows("SELECT id FROM entry"))
    reversed_in = ledger.points.reverse(entry).voucher
    ledger.membership.merge(partner, other, day=date(2025, 11, 5))
    ledger.history.undo(reversed_in)
    assert placed(ledger) == {(other.id, other.community_id): 10}
    assert ledger.points.balance(other) == 10


def test_points_taken_again_by_undo_are_fetched_from_where_they_are(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 30, day=date(2025, 11, 1))
    deducted = ledger.points.deduct(partner, 20, reason="投诉", day=date(2025, 11, 2)).voucher
    (entry,) = ledger.database.row("SELECT id FROM entry WHERE voucher_id = ?", (deducted,))
    reversed_in = ledger.points.reverse(entry).voucher
    ledger.membership.move(partner, heping, day=date(2025, 11, 5))
    ledger.history.undo(reversed_in)
    assert placed(ledger) == {(partner.id, heping.id): 10}


def test_points_of_a_slip_or_a_move_are_not_reversed_alone(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 30, day=date(2025, 11, 1))
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2025, 11, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 11, 1))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 11, 2))
    moved = ledger.membership.move(partner, heping, day=date(2025, 11, 5)).voucher
    remedies = {"redeem": f"hep shop cancel V{slip.voucher}", "transfer": f"hep undo V{moved}"}
    for entry, kind in ledger.database.rows("SELECT id, kind FROM entry WHERE kind <> 'award'"):
        with pytest.raises(HangsTogether, match=remedies[kind]):
            ledger.points.reverse(entry)
