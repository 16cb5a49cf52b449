"""Undo after more has happened: points are where their holder is, and steps that rest on others stay."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.expiry import Expiry
from hepartner.ledger.facts import stands
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.points import HangsTogether
from hepartner.ledger.running import Running
from hepartner.ledger.stocking import Goods
from hepartner.ledger.undo import NothingToUndo
from tests.ledger.conftest import enrol

SINCE = date(2022, 1, 1)


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


def test_more_points_of_one_day_than_an_entry_holds_are_carried_and_expire(ledger: Ledger) -> None:
    ledger.settings.set("expiry", "january")
    partner, other, heping = enrol(ledger, "陈一"), enrol(ledger, "陈二"), ledger.areas.find("HP")
    for points in (1_000_000, 1_000_000, 7):
        ledger.points.award(partner, points, day=date(2024, 3, 1))
    moved = ledger.membership.move(partner, heping)
    ledger.membership.merge(moved.partner, other)
    assert placed(ledger) == {(other.id, other.community_id): 2_000_007}
    cleared = ledger.book(Expiry).expire()
    assert (cleared.points, ledger.points.balance(other)) == (2_000_007, 0)
    ledger.history.undo(cleared.voucher or 0)
    assert placed(ledger) == {(other.id, other.community_id): 2_000_007}


@pytest.mark.parametrize("merged", [False, True])
def test_points_that_a_cancelled_slip_gives_back_are_as_old_as_they_were(
    ledger: Ledger, *, merged: bool
) -> None:
    ledger.settings.set("expiry", "january")
    partner, stays = enrol(ledger, "陈一"), enrol(ledger, "陈二")
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 1)], day=date(2024, 1, 1))
    ledger.points.award(partner, 10, day=date(2024, 3, 1))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 1, 10))
    if merged:
        ledger.membership.merge(partner, stays)
    ledger.shop.cancel(slip.code)
    assert [one.points for one in ledger.book(Expiry).due().expired] == [10]


def test_points_of_a_slip_or_a_move_are_not_reversed_alone(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 30, day=date(2025, 11, 1))
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2025, 11, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 11, 1))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 11, 2))
    moved = ledger.membership.move(partner, heping, day=date(2025, 11, 5)).voucher
    remedies = {"redeem": f"hep shop cancel {slip.code}", "transfer": f"hep undo V{moved}"}
    for entry, kind in ledger.database.rows("SELECT id, kind FROM entry WHERE kind <> 'award'"):
        with pytest.raises(HangsTogether, match=remedies[kind]):
            ledger.points.reverse(entry)


def test_points_carried_by_what_was_taken_back_are_not_reversed_once_more(ledger: Ledger) -> None:
    """A slip of a day before the move brought ten points back: of it and of the move some transfers stay as they are."""
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 30, day=date(2025, 11, 1))
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2025, 11, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 11, 1))
    moved = ledger.membership.move(partner, heping, day=date(2025, 11, 5))
    slip, other = (ledger.shop.redeem(moved.partner, [(rice, 1)], day=date(2025, 11, 2)) for _ in range(2))
    cancelled = ledger.shop.cancel(other.code).voucher
    undone = ledger.history.undo(moved.voucher).voucher
    gone = {moved.voucher: undone, other.voucher: cancelled}
    sql = f"SELECT id, voucher_id FROM entry e WHERE kind = 'transfer' AND {stands('entry', 'e')} AND voucher_id IN {(*gone,)}"
    asked = ledger.database.rows(sql)
    assert {voucher for _, voucher in asked} == gone.keys()
    for entry, voucher in asked:
        with pytest.raises(
            HangsTogether, match=f"凭证 V{voucher} 已由凭证 V{gone[voucher]} 收回，.*不用再冲正"
        ):
            ledger.points.reverse(entry)
    ledger.history.undo(slip.voucher)
    assert ledger.points.balance(partner) == 30


def test_undoing_a_merger_fetches_the_points_from_where_they_went_since(ledger: Ledger) -> None:
    partner, other = enrol(ledger, "陈一"), enrol(ledger, "陈二")
    ledger.points.award(partner, 10, day=date(2025, 11, 1))
    merged = ledger.membership.merge(partner, other, day=date(2025, 11, 2)).voucher
    heping = ledger.areas.find("HP")
    ledger.membership.move(other, heping, day=date(2025, 11, 5))
    ledger.history.undo(merged)
    assert placed(ledger) == {(partner.id, partner.community_id): 10}


def test_undoing_a_day_of_joining_that_later_steps_rest_on_is_refused_whole(ledger: Ledger) -> None:
    partner = enrol(ledger, "陈一")
    edited = ledger.partners.edit(partner, joined_on="2024-03-01").voucher
    changed = ledger.partners.edit(ledger.partners.get(partner.id), kind="group").voucher
    with pytest.raises(NothingToUndo, match=f"之后的凭证 V{changed} 已有后续步骤"):
        ledger.history.undo(edited)
    sql = "SELECT kind, sum(sign * delta) FROM standing GROUP BY kind"
    assert dict(ledger.database.rows(sql)) == {"individual": 0, "group": 1}
    assert ledger.partners.get(partner.id).joined_on == "2024-03-01"


def test_undoing_an_edit_of_an_issue_that_went_on_since_is_refused_whole(ledger: Ledger) -> None:
    for code in ("LAMP", "WATER"):
        ledger.issues.categories.set(code, name=code, days=5)
    lamp, xingfu = ledger.issues.categories.find("LAMP"), ledger.areas.find("XF")
    issue = ledger.issues.report(lamp, "路灯不亮", xingfu).issue
    edited = ledger.issues.edit(issue, category="WATER").voucher
    resolved = ledger.issues.resolve(ledger.issues.get(issue.id)).voucher
    with pytest.raises(NothingToUndo, match=f"之后的凭证 V{resolved} 已有后续步骤"):
        ledger.history.undo(edited)
    assert ledger.issues.get(issue.id).category == "WATER"


def closings(ledger: Ledger, *months: str) -> list[dict[int, int]]:
    """Return the points held at the end of months by community, those without left out."""
    found = [ledger.counts.additive("points.balance", Span.month(month)) for month in months]
    return [{community: points for community, points in one.items() if points} for one in found]


def test_the_points_of_a_move_go_on_the_day_of_the_move(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    ledger.points.award(partner, 100, day=date(2025, 9, 1))
    ledger.points.award(partner, 7, day=date(2025, 10, 20))
    ledger.membership.move(partner, heping, day=date(2025, 10, 15))
    sql = "SELECT happened_on, counted_in, points FROM entry WHERE kind = 'transfer' AND community_id = ? ORDER BY 1"
    assert ledger.database.rows(sql, (heping.id,)) == [
        ("2025-10-15", "2025-10", 100),
        ("2025-10-20", "2025-10", 7),
    ]
    assert closings(ledger, "2025-09", "2025-10") == [{partner.community_id: 100}, {heping.id: 107}]


def test_the_points_of_a_merger_go_on_the_day_of_the_merger(ledger: Ledger) -> None:
    partner, other = enrol(ledger, "陈一"), enrol(ledger, "陈二", community="HP")
    ledger.points.award(partner, 10, day=date(2025, 9, 1))
    ledger.membership.merge(partner, other, day=date(2025, 10, 15))
    assert closings(ledger, "2025-09", "2025-10") == [{partner.community_id: 10}, {other.community_id: 10}]


def test_what_is_given_and_taken_for_a_day_before_moves_goes_the_same_way_on_the_same_days(
    ledger: Ledger,
) -> None:
    """幸福里 until March, 和平 until May, 幸福里 again: no community ever holds less than nothing."""
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    xingfu = ledger.areas.find("XF")
    ledger.points.award(partner, 100, day=date(2025, 1, 5))
    moved = ledger.membership.move(partner, heping, day=date(2025, 3, 10)).partner
    ledger.membership.move(moved, xingfu, day=date(2025, 5, 10))
    ledger.points.award(partner, 20, day=date(2025, 2, 1))
    ledger.points.deduct(partner, 50, reason="投诉", day=date(2025, 2, 10))
    ledger.points.deduct(partner, 30, reason="投诉", day=date(2025, 4, 1))
    assert closings(ledger, "2025-01", "2025-02", "2025-03", "2025-04", "2025-05") == [
        {xingfu.id: 100}, {xingfu.id: 70}, {heping.id: 70}, {heping.id: 40}, {xingfu.id: 40},
    ]  # fmt: skip


def test_what_was_given_before_a_move_is_taken_back_the_way_it_went(ledger: Ledger) -> None:
    """Also where the move was written down after an award of a later day, which therefore stands in the community left."""
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    given = [ledger.points.award(partner, 10, day=date(2025, month, 20)).voucher for month in (7, 9)]
    ledger.membership.move(partner, heping, day=date(2025, 8, 10))
    months = ("2025-07", "2025-08", "2025-09", "2025-10", "2025-11")
    here, there = partner.community_id, heping.id
    assert closings(ledger, *months) == [{here: 10}, {there: 10}, *[{there: 20}] * 3]
    ledger.history.undo(given[0])
    assert closings(ledger, *months) == [{}, {}, *[{there: 10}] * 3]
    ledger.history.undo(given[1])
    assert closings(ledger, *months) == [{}] * 5


@pytest.mark.parametrize("how", ["undo", "reverse"])
def test_what_was_spent_before_a_merger_is_short_and_nobody_else_is_docked_for_it(
    ledger: Ledger, how: str
) -> None:
    gone, stays = enrol(ledger, "王方"), enrol(ledger, "王芳", community="HP")
    ledger.points.award(stays, 90, day=date(2025, 5, 1))
    award = ledger.points.award(gone, 40, day=date(2025, 7, 9))
    entry = ledger.statements.entries(gone)[0].entry_id
    ledger.points.deduct(gone, 25, reason="投诉", day=date(2025, 8, 1))
    ledger.membership.merge(gone, stays, day=date(2025, 10, 3))
    done = ledger.history.undo(award.voucher) if how == "undo" else ledger.points.reverse(entry)
    assert (done.shortfall, ledger.points.balance(stays)) == (25, 90)
    here, there = gone.community_id, stays.community_id
    assert closings(ledger, "2025-07", "2025-08", "2025-10") == [
        {here: 25, there: 90}, {there: 90}, {there: 90},
    ]  # fmt: skip


def test_what_the_others_spent_between_two_mergers_is_gone_when_the_first_is_undone(ledger: Ledger) -> None:
    first, second, third = (enrol(ledger, name) for name in ("王方", "王芳", "王芬"))
    ledger.points.award(first, 30, day=date(2025, 5, 1))
    ledger.points.award(third, 90, day=date(2025, 5, 1))
    merged = ledger.membership.merge(first, second, day=date(2025, 6, 1)).voucher
    ledger.points.deduct(second, 20, reason="投诉", day=date(2025, 7, 1))
    ledger.membership.merge(second, third, day=date(2025, 8, 1))
    assert ledger.history.undo(merged).shortfall == 20
    assert [ledger.points.balance(one) for one in (first, second, third)] == [10, 0, 90]


def test_a_slip_of_a_merged_card_stands_again_only_if_its_own_points_were_there(ledger: Ledger) -> None:
    gone, stays = enrol(ledger, "王方"), enrol(ledger, "王芳")
    rice = ledger.shop.add(Goods(gone.community_id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2024, 1, 1))
    ledger.points.award(stays, 90, day=date(2025, 5, 1))
    ledger.points.award(gone, 12, day=date(2025, 5, 1))
    slip = ledger.shop.redeem(gone, [(rice, 1)], day=date(2025, 7, 1))
    cancelled = ledger.shop.cancel(slip.code).voucher
    ledger.points.deduct(gone, 8, reason="投诉", day=date(2025, 8, 1))
    ledger.membership.merge(gone, stays, day=date(2025, 10, 3))
    with pytest.raises(NothingToUndo, match="2025-07-01 以后最少时只有 4 分，要用 10 分"):
        ledger.history.undo(cancelled)


def test_a_day_on_which_a_place_had_less_than_nothing_does_not_hinder_what_is_taken_later() -> None:
    """By months it was never below: what is spent as of a day may be carried to its place on a later one."""
    moves = {("2025-08-02", "2025-08"): -20, ("2025-08-05", "2025-08"): 20}
    assert Running(10, moves).lasting("2025-08-01", "2025-08") == [("2025-08-05", "2025-08", 10)]


def test_a_merger_dated_before_a_move_that_counts_late_counts_no_earlier(ledger: Ledger) -> None:
    partner, other, heping = enrol(ledger, "陈一"), enrol(ledger, "陈二"), ledger.areas.find("HP")
    ledger.points.award(partner, 30, day=date(2025, 7, 1))
    ledger.periods.close([heping], "2025-09")
    moved = ledger.membership.move(partner, heping, day=date(2025, 8, 19)).partner
    ledger.periods.reopen([heping], "2025-09")
    ledger.membership.merge(moved, other, day=date(2025, 8, 24))
    assert closings(ledger, "2025-08", "2025-09", "2025-10") == [{other.community_id: 30}] * 3


@pytest.mark.parametrize("how", ["deduct", "redeem", "undo"])
def test_what_is_taken_for_a_day_before_a_move_counts_when_its_points_are_back(
    ledger: Ledger, how: str
) -> None:
    """The other community has closed its months, so they come back late."""
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2024, 1, 1))
    ledger.points.award(partner, 100, day=date(2025, 6, 1))
    slip = ledger.shop.redeem(partner, [(rice, 1)], day=date(2025, 7, 13))
    cancelled = ledger.shop.cancel(slip.code).voucher
    moved = ledger.membership.move(partner, heping, day=date(2025, 8, 16)).partner
    ledger.periods.close([heping], "2025-09")
    if how == "deduct":
        ledger.points.deduct(moved, 10, reason="投诉", day=date(2025, 7, 13))
    elif how == "redeem":
        ledger.shop.redeem(moved, [(rice, 1)], day=date(2025, 7, 13))
    else:
        ledger.history.undo(cancelled)
    assert closings(ledger, "2025-07", "2025-08", "2025-09", "2025-10") == [
        {partner.community_id: 100}, {heping.id: 100}, {heping.id: 100}, {heping.id: 90},
    ]  # fmt: skip
    assert ledger.custody.verify().findings == ()


def test_an_undone_move_brings_back_on_its_day_only_what_was_there_by_then(ledger: Ledger) -> None:
    heping, partner = ledger.areas.find("HP"), enrol(ledger, "陈一")
    other = enrol(ledger, "陈二", community="HP")
    ledger.points.award(partner, 10, day=date(2025, 6, 1))
    ledger.points.award(other, 20, day=date(2025, 6, 1))
    moved = ledger.membership.move(partner, heping, day=date(2025, 8, 15))
    ledger.membership.merge(other, moved.partner, day=date(2025, 10, 7))
    ledger.history.undo(moved.voucher)
    here = partner.community_id
    assert closings(ledger, "2025-08", "2025-09", "2025-10") == [
        {here: 10, heping.id: 20}, {here: 10, heping.id: 20}, {here: 30},
    ]  # fmt: skip


def test_what_was_counted_late_is_taken_back_late_though_older_points_are_there(ledger: Ledger) -> None:
    partner, heping, xingfu = enrol(ledger, "陈一"), ledger.areas.find("HP"), ledger.areas.find("XF")
    ledger.points.award(partner, 43, day=date(2025, 9, 14))
    moved = ledger.membership.move(partner, heping, day=date(2025, 9, 10)).partner
    ledger.periods.close([xingfu], "2025-09")
    late = ledger.points.award(moved, 85, day=date(2025, 8, 1)).voucher
    ledger.periods.reopen([xingfu], "2025-09")
    ledger.history.undo(late)
    assert closings(ledger, "2025-09", "2025-10") == [{heping.id: 43}] * 2


def test_after_a_move_was_undone_late_its_points_are_taken_where_they_lay(ledger: Ledger) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    given = ledger.points.award(partner, 59, day=date(2025, 9, 14)).voucher
    moved = ledger.membership.move(partner, heping, day=date(2025, 9, 24)).voucher
    ledger.periods.close([heping], "2025-09")
    ledger.history.undo(moved)
    ledger.history.undo(given)
    assert closings(ledger, "2025-09", "2025-10") == [{heping.id: 59}, {}]


@pytest.mark.parametrize("how", ["deduct", "redeem"])
def test_what_is_taken_after_a_move_that_counts_late_counts_no_earlier(ledger: Ledger, how: str) -> None:
    partner, heping = enrol(ledger, "陈一"), ledger.areas.find("HP")
    rice = ledger.shop.add(Goods(heping.id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2024, 1, 1))
    ledger.points.award(partner, 100, day=date(2025, 6, 1))
    ledger.periods.close([heping], "2025-09")
    moved = ledger.membership.move(partner, heping, day=date(2025, 8, 1)).partner
    ledger.periods.reopen([heping], "2025-09")
    if how == "deduct":
        ledger.points.deduct(moved, 10, reason="投诉", day=date(2025, 8, 13))
    else:
        ledger.shop.redeem(moved, [(rice, 1)], day=date(2025, 8, 13))
    here = partner.community_id
    assert closings(ledger, "2025-08", "2025-09", "2025-10") == [{here: 100}, {here: 100}, {heping.id: 90}]


def month_ends(ledger: Ledger, card: Partner, *months: str) -> list[dict[int, int]]:
    """Return the points of a card at the end of months by community, those without left out."""
    sql = """SELECT community_id, sum(points) FROM entry WHERE partner_id = ? AND counted_in <= ?
        GROUP BY 1 HAVING sum(points) <> 0"""
    return [dict(ledger.database.rows(sql, (card.id, month))) for month in months]


def wuli(ledger: Ledger) -> int:
    """Add a third community; return its id."""
    subdistrict = ledger.areas.find("YM")
    return ledger.areas.add("community", "五里社区", parent=subdistrict, code="WL", since=SINCE).area.id


def test_what_comes_back_over_closed_months_leaves_where_it_is_only_then(ledger: Ledger) -> None:
    """幸福里 until August, 和平 (closed through September) until 10 September, 五里 since, back home and away again."""
    third, heping, xingfu = wuli(ledger), ledger.areas.find("HP"), ledger.areas.find("XF")
    fourth = ledger.areas.add(
        "community", "六里社区", parent=ledger.areas.find("YM"), code="LL", since=SINCE
    ).area
    partner = enrol(ledger, "陈一")
    award = ledger.points.award(partner, 10, day=date(2025, 7, 1)).voucher
    for community, day in ((heping, 10), (ledger.areas.get(third), 20), (fourth, 25)):
        partner = ledger.membership.move(partner, community, day=date(2025, 8, day)).partner
    ledger.periods.close([heping], "2025-09")
    ledger.history.undo(award)
    assert month_ends(ledger, partner, "2025-07", "2025-08", "2025-09", "2025-10") == [
        {xingfu.id: 10}, {fourth.id: 10}, {fourth.id: 10}, {},
    ]  # fmt: skip


def test_a_merger_undone_gives_back_no_points_twice(ledger: Ledger) -> None:
    """Both lots lay on the card that spent ten of them: one of the two is there."""
    gone, stays = enrol(ledger, "王方", community="HP"), enrol(ledger, "王芳")
    ledger.points.award(gone, 10, day=date(2025, 1, 10))
    ledger.points.award(gone, 10, day=date(2025, 2, 10))
    merged = ledger.membership.merge(gone, stays, day=date(2025, 3, 1)).voucher
    ledger.points.deduct(stays, 10, reason="投诉", day=date(2025, 4, 1))
    ledger.points.award(stays, 50, day=date(2025, 5, 1))
    assert ledger.history.undo(merged).shortfall == 10
    assert [ledger.points.balance(one) for one in (gone, stays)] == [10, 50]


def test_a_merger_undone_after_a_move_counts_when_its_points_are_back(ledger: Ledger) -> None:
    third, heping = wuli(ledger), ledger.areas.find("HP")
    gone, stays = enrol(ledger, "王方", community="WL"), enrol(ledger, "王芳")
    ledger.points.award(gone, 30, day=date(2025, 7, 1))
    merged = ledger.membership.merge(gone, stays, day=date(2025, 8, 1)).voucher
    ledger.membership.move(stays, heping, day=date(2025, 9, 10))
    ledger.periods.close([heping], "2025-09")
    ledger.history.undo(merged)
    assert month_ends(ledger, stays, "2025-08", "2025-09", "2025-10") == [
        {stays.community_id: 30}, {heping.id: 30}, {},
    ]  # fmt: skip
    assert month_ends(ledger, gone, "2025-09", "2025-10") == [{}, {third: 30}]


def test_a_merger_of_a_day_before_a_move_is_undone_where_the_survivor_was_then(ledger: Ledger) -> None:
    gone, stays, heping = enrol(ledger, "王方"), enrol(ledger, "王芳"), ledger.areas.find("HP")
    ledger.points.award(gone, 30, day=date(2025, 7, 1))
    ledger.membership.move(stays, heping, day=date(2025, 9, 10))
    merged = ledger.membership.merge(gone, stays, day=date(2025, 8, 1)).voucher
    here = gone.community_id
    assert month_ends(ledger, stays, "2025-08", "2025-09") == [{here: 30}, {heping.id: 30}]
    ledger.history.undo(merged)
    assert month_ends(ledger, stays, "2025-08", "2025-09") == [{}, {}]
    assert month_ends(ledger, gone, "2025-08", "2025-09") == [{here: 30}] * 2


def test_an_award_given_again_late_follows_its_partner_no_earlier(ledger: Ledger) -> None:
    """Its month was closed when it was taken back, and it stands again in the month of that."""
    partner, heping, xingfu = enrol(ledger, "陈一"), ledger.areas.find("HP"), ledger.areas.find("XF")
    award = ledger.points.award(partner, 10, day=date(2025, 7, 1)).voucher
    ledger.periods.close([xingfu], "2025-09")
    undone = ledger.history.undo(award).voucher
    ledger.periods.reopen([xingfu], "2025-09")
    ledger.membership.move(partner, heping, day=date(2025, 8, 20))
    ledger.history.undo(undone)
    assert month_ends(ledger, partner, "2025-07", "2025-09", "2025-10") == [
        {xingfu.id: 10}, {xingfu.id: 10}, {heping.id: 10},
    ]  # fmt: skip


def test_goods_go_out_again_by_undo_only_where_they_were_there_then(ledger: Ledger) -> None:
    rice = ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 10, day=date(2024, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 1, 1))
    out = ledger.shop.stock_out([(rice, 5)], reason="坏了", day=date(2025, 2, 1)).voucher
    undone = ledger.history.undo(out).voucher
    ledger.shop.stock_out([(rice, 3)], reason="坏了", day=date(2025, 2, 15))
    ledger.shop.stock_in([(rice, 9)], day=date(2025, 3, 1))
    with pytest.raises(NothingToUndo, match="2025-02-15 只有 2，要出库 5"):
        ledger.history.undo(undone)
    assert ledger.shop.get(rice.id).stock == 11
