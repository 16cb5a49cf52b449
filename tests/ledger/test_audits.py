"""What deserves a look: each kind is found where it is, and not where it is not."""

from datetime import date, datetime

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.areas import GridHasNoFigures
from hepartner.ledger.audits import Audits
from hepartner.ledger.audits.shape import Notable
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from hepartner.words.audit import KINDS
from tests.ledger.conftest import CHINA, Clock, enrol, hire

NOVEMBER = ("2025-11-01", "2025-11-30")


def noted(ledger: Ledger, kind: str, *, area: str = "", days: tuple[str, str] = NOVEMBER) -> list[Notable]:
    """What one audit notes in the vouchers of November."""
    under = ledger.areas.find(area) if area else None
    return [one for one in ledger.book(Audits).noted(*days, under=under) if one.audit == kind]


def told(found: list[Notable]) -> list[tuple[str | None, int | None]]:
    return [(one.partner, one.points) for one in found]


def test_an_office_that_wrote_nothing_odd_has_nothing_to_look_at(ledger: Ledger, clock: Clock) -> None:
    ledger.points.award(enrol(ledger, "武玉侪"), 10)
    assert {one.audit for one in ledger.book(Audits).noted(*NOVEMBER)} == {"gains"}
    assert ledger.book(Audits).noted("2025-10-01", "2025-10-31") == []
    assert list(KINDS) == list(dict.fromkeys(KINDS))
    assert clock.now.month == 11


def test_the_ten_who_gained_most_are_listed_net_of_what_was_taken_back(ledger: Ledger) -> None:
    people = [enrol(ledger, f"陈{n}号", community="XF" if n < 11 else "HP") for n in range(12)]
    for n, partner in enumerate(people):
        ledger.points.award(partner, 11 + n)
    ledger.points.reverse(12)
    listed = [(points, one.partition(" ")[2]) for one, points in told(noted(ledger, "gains")) if one]
    assert listed == [(11 + n, f"陈{n}号") for n in range(10, 0, -1)]
    assert told(noted(ledger, "gains", area="HP")) == []
    assert len(noted(ledger, "gains", area="驿马街道")) == 10


def test_what_a_person_gained_on_merged_cards_is_one_gain(ledger: Ledger) -> None:
    wu, double = enrol(ledger, "武玉侪"), enrol(ledger, "武玉柴")
    ledger.points.award(wu, 5)
    ledger.points.award(double, 7)
    ledger.membership.merge(double, wu)
    (one,) = noted(ledger, "gains")
    assert (one.partner, one.points, one.what) == ("XF-P0001 武玉侪", 12, "2 笔，共 12 分")


def test_awards_to_a_partner_called_like_the_operator_are_noted(ledger: Ledger) -> None:
    mine, other = enrol(ledger, "王 强"), enrol(ledger, "李梅花")
    hire(ledger, "王强")
    with Ledger.open(ledger.database.path, operator="王强", clock=Clock()) as clerk:
        award = clerk.points.award(mine, 30)
        clerk.points.award(other, 30)
        back = clerk.points.award(mine, 40)
        clerk.history.undo(back.voucher)
    ledger.points.award(mine, 50)
    (one,) = noted(ledger, "self")
    assert (one.voucher, one.operator, one.partner, one.points) == (
        award.voucher,
        "王强",
        "XF-P0001 王 强",
        30,
    )
    assert noted(ledger, "self", area="HP") == []


def test_round_sums_that_no_rule_gave_are_noted_the_largest_first(ledger: Ledger) -> None:
    wu = enrol(ledger, "武玉侪")
    ledger.rulebook.add("VISIT", "上门助老", points=100, valid_from=date(2022, 1, 1))
    visit = ledger.activities.add(Event(wu.community_id, "2025-11-02", "助老")).activity
    ledger.sheets.sign(visit, [SheetLine(wu, 60)], ledger.rulebook.find("VISIT"))
    for points in (100, 150, 300, 50):
        ledger.points.award(wu, points)
    assert [one.points for one in noted(ledger, "round")] == [300, 100]


def test_partners_of_today_with_one_phone_are_noted_masked_with_what_they_were_awarded(
    ledger: Ledger,
) -> None:
    wu = enrol(ledger, "武玉侪", phone="13800138000")
    enrol(ledger, "覃秀英", phone="13800138000", community="HP")
    enrol(ledger, "陈静", phone="13900139000")
    ledger.points.award(wu, 25)
    for area in ("XF", "HP", ""):
        (one,) = noted(ledger, "phones", area=area)
        assert one.what == "138****8000 有 2 位在用"
        assert (one.partner, one.points) == ("XF-P0001 武玉侪、HP-P0001 覃秀英", 25)
    ledger.membership.merge(ledger.partners.find("覃秀英"), wu)
    assert noted(ledger, "phones") == []


def test_of_many_who_share_a_phone_some_are_named(ledger: Ledger) -> None:
    for n in range(7):
        enrol(ledger, f"陈{n}号", phone="0779-3030303")
    (one,) = noted(ledger, "phones")
    assert one.partner is not None
    assert one.partner.endswith("XF-P0005 陈4号等 7 位")


@pytest.mark.parametrize(
    ("time", "noticed"),
    [("05:59", True), ("06:00", False), ("21:59", False), ("22:00", True), ("23:30", True)],
)
def test_what_was_written_at_night_is_noted(
    ledger: Ledger, clock: Clock, time: str, *, noticed: bool
) -> None:
    hour, minute = map(int, time.split(":"))
    clock.now = datetime(2025, 11, 21, hour, minute, tzinfo=CHINA)
    enrol(ledger, "武玉侪")
    assert [one.what for one in noted(ledger, "night")] == [f"夜里 {time} 记了 1 张凭证"] * noticed


def test_a_night_of_one_operator_is_told_once_and_goes_on_past_midnight(ledger: Ledger, clock: Clock) -> None:
    hire(ledger, "王强")
    clock.now = datetime(2025, 11, 21, 22, 13, tzinfo=CHINA)
    wu = enrol(ledger, "武玉侪")
    first = ledger.anchor.vouchers
    clock.now = datetime(2025, 11, 22, 0, 40, tzinfo=CHINA)
    ledger.points.award(wu, 5)
    with Ledger.open(ledger.database.path, operator="王强", clock=clock) as other:
        other.points.award(wu, 5)
    clock.now = datetime(2025, 11, 22, 23, 0, tzinfo=CHINA)
    ledger.points.award(wu, 5)
    assert [(one.operator, one.voucher, one.what) for one in noted(ledger, "night")] == [
        ("李梅", first, "夜里 22:13 至 00:40 记了 2 张凭证"),
        ("王强", first + 2, "夜里 00:40 记了 1 张凭证"),
        ("李梅", first + 3, "夜里 23:00 记了 1 张凭证"),
    ]
    assert noted(ledger, "night", area="HP") == []


def test_what_was_taken_back_is_noted_with_the_points(ledger: Ledger) -> None:
    wu, other = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英", community="HP")
    award = ledger.points.award(wu, 70)
    rice = ledger.shop.add(Goods(wu.community_id, "大米"), 50).item
    ledger.shop.stock_in([(rice, 3)])
    ledger.shop.redeem(wu, [(rice, 1)])
    ledger.shop.cancel("D1")
    ledger.history.undo(award.voucher)
    ledger.history.undo(ledger.settings.set("expiry", "yearly"))
    ledger.points.award(other, 5)
    ledger.points.reverse(ledger.statements.entries(other)[0].entry_id)
    assert [(one.what, one.partner, one.points) for one in noted(ledger, "reversals")] == [
        ("取消兑换，退回 50 分", "XF-P0001 武玉侪", 50),
        (f"撤销 V{award.voucher}，收回 70 分", "XF-P0001 武玉侪", -70),
        (f"撤销 V{award.voucher + 6}", None, None),
        ("冲正流水，收回 5 分", "HP-P0001 覃秀英", -5),
    ]
    assert [one.points for one in noted(ledger, "reversals", area="HP")] == [-5]


def test_points_of_a_whole_sheet_taken_back_are_of_so_many_partners(ledger: Ledger) -> None:
    wu, other = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    ledger.rulebook.add("VISIT", "上门助老", points=7, valid_from=date(2022, 1, 1))
    visit = ledger.activities.add(Event(wu.community_id, "2025-11-02", "助老")).activity
    signed = ledger.sheets.sign(
        visit, [SheetLine(wu, 60), SheetLine(other, 60)], ledger.rulebook.find("VISIT")
    )
    ledger.history.undo(signed.voucher)
    (one,) = noted(ledger, "reversals")
    assert (one.partner, one.points) == ("2 位", -14)


def test_what_had_been_spent_when_it_was_taken_back_is_noted_until_that_is_undone(ledger: Ledger) -> None:
    wu = enrol(ledger, "武玉侪")
    award = ledger.points.award(wu, 70)
    rice = ledger.shop.add(Goods(wu.community_id, "大米"), 50).item
    ledger.shop.stock_in([(rice, 3)])
    ledger.shop.redeem(wu, [(rice, 1)])
    undone = ledger.history.undo(award.voucher)
    (one,) = noted(ledger, "shortfalls")
    assert (one.voucher, one.points, one.what) == (undone.voucher, 50, "撤销时已花掉 50 分，收不回")
    ledger.history.undo(undone.voucher)
    assert noted(ledger, "shortfalls") == []


def test_a_voucher_older_than_the_one_before_it_is_noted(ledger: Ledger, clock: Clock) -> None:
    enrol(ledger, "武玉侪")
    clock.now = datetime(2025, 11, 19, 9, 30, tzinfo=CHINA)
    enrol(ledger, "覃秀英", community="HP")
    enrol(ledger, "陈静")
    last = ledger.anchor.vouchers
    (one,) = noted(ledger, "clock")
    assert (one.voucher, one.what) == (last - 1, f"前一张 V{last - 2} 记于 2025-11-20 10:00，时钟倒退了")
    assert noted(ledger, "clock", area="XF") == []


def test_grids_are_not_looked_at_alone(ledger: Ledger) -> None:
    ledger.areas.add("grid", "第一网格", parent=ledger.areas.find("XF"))
    with pytest.raises(GridHasNoFigures):
        noted(ledger, "gains", area="第一网格")
