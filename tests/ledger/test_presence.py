"""Presence: one answer to whether a partner was here on a day, whichever book is asked."""

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from hepartner.ledger.counts import part_taking
from hepartner.ledger.database import Database
from hepartner.ledger.errors import Refused
from hepartner.ledger.honours import Honours, Title
from hepartner.ledger.membership import StillTookPart
from hepartner.ledger.pairings import Pairings
from hepartner.ledger.partners import Partner
from hepartner.ledger.presence import Presence, absence, absences
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.stocking import Goods
from hepartner.ledger.supports import Supports
from tests.ledger.conftest import enrol

Deed = Callable[[Ledger, Partner, date], object]


@pytest.mark.parametrize(
    ("steps", "day", "why"),
    [
        ((), "2024-01-01", None),
        ((), "2023-12-31", "2024-01-01 才加入"),
        ((("2025-03-01", "left"),), "2025-03-01", None),
        ((("2025-03-01", "left"),), "2025-03-02", "2025-03-01 已退出"),
        ((("2025-03-01", "left"), ("2025-05-01", "rejoined")), "2025-04-30", "2025-03-01 已退出"),
        ((("2025-03-01", "left"), ("2025-05-01", "rejoined")), "2025-05-01", None),
        ((("2025-03-01", "suspended"),), "2025-02-28", None),
        ((("2025-03-01", "suspended"),), "2025-03-01", "2025-03-01 起暂停"),
        ((("2025-03-01", "suspended"), ("2025-05-01", "resumed")), "2025-05-01", None),
        ((("2025-03-01", "suspended"), ("2025-04-01", "left")), "2025-06-01", "2025-04-01 已退出"),
    ],
)
def test_a_partner_takes_part_between_joining_and_leaving_and_not_while_suspended(
    steps: tuple[tuple[str, str], ...], day: str, why: str | None
) -> None:
    said = absence(Presence("武玉侪", "2024-01-01", "", steps), day)
    assert said == (f"武玉侪{why}" if why else None)


def awarded(ledger: Ledger, partner: Partner, day: date) -> object:
    """Points given for a day."""
    return ledger.points.award(partner, 5, day=day)


def redeemed(ledger: Ledger, partner: Partner, day: date) -> object:
    """A slip of a day."""
    return ledger.shop.redeem(partner, [(ledger.shop.find("XF-S0001"), 1)], day=day)


def signed(ledger: Ledger, partner: Partner, day: date) -> object:
    """A line on the sheet of a day."""
    activity = ledger.activities.add(Particulars(partner.community_id, str(day), f"巡查{day}")).activity
    return ledger.sheets.sign(activity, [SheetLine(partner, 60)])


@pytest.mark.parametrize("deed", [awarded, redeemed, signed])
@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-05-31", None),
        ("2025-06-01", None),
        ("2025-06-02", "2025-06-01 已退出"),
        ("2025-08-31", "2025-06-01 已退出"),
        ("2025-09-01", None),
        ("2025-09-30", None),
        ("2025-10-01", "2025-10-01 起暂停"),
        ("2025-11-20", "2025-10-01 起暂停"),
    ],
)
def test_awards_slips_and_sheets_go_by_the_day(ledger: Ledger, deed: Deed, day: str, why: str | None) -> None:
    """Left in June, back in September, suspended since October: what was done while it was there can be written down."""
    wu = enrol(ledger, "武玉侪")
    ledger.points.award(wu, 50, day=date(2025, 5, 1))
    rice = ledger.shop.add(Goods(wu.community_id, "大米"), 5, day=date(2025, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 1, 1))
    ledger.membership.leave(wu, day=date(2025, 6, 1))
    ledger.membership.rejoin(wu, day=date(2025, 9, 1))
    ledger.membership.suspend(wu, day=date(2025, 10, 1))
    if why is None:
        assert deed(ledger, wu, date.fromisoformat(day))
        return
    with pytest.raises(Refused, match=why):
        deed(ledger, wu, date.fromisoformat(day))


def test_who_is_back_is_told_to_mend_the_day_alone(ledger: Ledger) -> None:
    wu = enrol(ledger, "武玉侪")
    ledger.membership.leave(wu, day=date(2025, 6, 1))
    ledger.membership.rejoin(wu, day=date(2025, 9, 1))
    with pytest.raises(Refused) as refused:
        awarded(ledger, wu, date(2025, 7, 1))
    assert str(refused.value) == "武玉侪（XF-P0001）2025-06-01 已退出，2025-07-01 不能记积分。请改正日期。"


HONOURED = """INSERT INTO honour_given (voucher_id, line, community_id, happened_on, counted_in, sign, honour_id, partner_id)
    SELECT max(v.id), 1, 3, ?, '2025-11', 1, h.id, ? FROM voucher v, honour h"""


@pytest.mark.parametrize(
    ("day", "here"),
    [
        ("2022-03-31", True),
        ("2022-04-02", False),
        ("2023-12-31", True),
        ("2024-01-01", True),
        ("2025-06-01", True),
        ("2025-06-02", True),
        ("2025-08-01", False),
        ("2025-08-31", False),
        ("2025-09-01", True),
        ("2025-10-01", False),
        ("2025-11-01", True),
    ],
)
@pytest.mark.parametrize("card", ["survivor", "merged"])
def test_the_guard_asks_as_the_rule_does_whoever_a_card_was_merged_into(
    ledger: Ledger, card: str, day: str, *, here: bool
) -> None:
    """Left in June, back in September, suspended in October; what of it was undone counts for nothing.

    The other card came two years before, was away in April of the first, and suspended in the August in which that one had left.
    """
    wu, double = enrol(ledger, "武玉侪"), enrol(ledger, "武玉柴", joined_on="2022-01-01")
    ledger.membership.leave(double, day=date(2022, 4, 1))
    ledger.membership.rejoin(double, day=date(2022, 5, 1))
    ledger.book(Honours).give(Title("优秀合伙人", "community"), [double], day=date(2023, 1, 1))
    membership = ledger.membership
    membership.suspend(double, day=date(2025, 8, 1))
    membership.rejoin(double, day=date(2025, 9, 15))
    membership.leave(wu, day=date(2025, 6, 1))
    membership.rejoin(wu, day=date(2025, 9, 1))
    membership.suspend(wu, day=date(2025, 10, 1))
    membership.rejoin(wu, day=date(2025, 11, 1))
    ledger.history.undo(membership.leave(wu, day=date(2025, 11, 1)).voucher)
    membership.merge(double, wu)
    partner = {"survivor": wu, "merged": double}[card]
    connection = sqlite3.connect(ledger.database.path, isolation_level=None)
    connection.execute(
        "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source)"
        " SELECT max(id) + 1, 'raw', '2025-11-20T10:00:00+08:00', 1, 'raw', '' FROM voucher"
    )
    refused = pytest.raises(sqlite3.IntegrityError, match="还没有加入、已经退出或正在暂停")
    with nullcontext() if here else refused:
        connection.execute(HONOURED, (day, partner.id))
    connection.close()


def test_the_guard_goes_by_indexes(ledger: Ledger) -> None:
    (guard,) = ledger.database.row("SELECT sql FROM sqlite_master WHERE name = 'honour_given_present'")
    asked = guard.partition("WHERE ")[2].rpartition(";")[0].replace("NEW.", ":")
    sql = f"EXPLAIN QUERY PLAN SELECT 1 WHERE {asked}"
    steps = [row[3] for row in ledger.database.rows(sql, {"partner_id": 1, "happened_on": "2025-11-01"})]
    assert [
        step
        for step in steps
        if step.startswith("SCAN") and step not in ("SCAN CONSTANT ROW", "SCAN up", "SCAN beside")
    ] == []


def test_the_presence_of_one_is_one_query_by_indexes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    wu = enrol(ledger, "武玉侪")
    asked: list[tuple[str, object]] = []
    rows = Database.rows

    def noted(self: Database, sql: str, parameters: object = ()) -> object:
        asked.append((sql, parameters))
        return rows(self, sql, parameters)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Database, "rows", noted)
        assert absences(ledger.database, [(wu.id, "2025-11-01")]) == {}
    ((sql, parameters),) = asked
    plan = [row[3] for row in rows(ledger.database, f"EXPLAIN QUERY PLAN {sql}", parameters)]  # type: ignore[arg-type]
    listed = ("SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN card", "SCAN j")
    assert not [step for step in plan if step.startswith("SCAN") and step not in listed]


# The other order: gone before a day on which it took part


def paired(ledger: Ledger, partner: Partner, day: date) -> object:
    """A pairing since a day."""
    return ledger.book(Pairings).start(partner, ledger.areas.find("XF"), links=["party"], day=day)


def honoured(ledger: Ledger, partner: Partner, day: date) -> object:
    """An honour of a day."""
    return ledger.book(Honours).give(Title("优秀合伙人", "community", "幸福里社区"), [partner], day=day)


@pytest.mark.parametrize(
    ("deed", "called"),
    [(redeemed, "兑换单"), (signed, "签到"), (paired, "结对变动"), (honoured, "荣誉授予")],
)
@pytest.mark.parametrize("going", ["leave", "suspend"])
def test_nobody_goes_before_a_day_on_which_it_took_part(
    ledger: Ledger, deed: Deed, called: str, going: str
) -> None:
    group, goes = enrol(ledger, "春雨义工队", kind="group"), getattr(ledger.membership, going)
    ledger.points.award(group, 50, day=date(2025, 2, 1))
    rice = ledger.shop.add(Goods(group.community_id, "大米"), 5, day=date(2025, 1, 1)).item
    ledger.shop.stock_in([(rice, 5)], day=date(2025, 1, 1))
    deed(ledger, group, date(2025, 4, 1))
    told = f"在 2025-03-31 以后还有参与，最近的是{called}（.*2025-04-01），凭证 V.*改成 2025-04-01 或以后"
    with pytest.raises(StillTookPart, match=told):
        goes(group, day=date(2025, 3, 31))
    assert goes(group, day=date(2025, 4, 1)).partner.status in ("left", "suspended")


def test_the_end_of_a_thing_holds_nobody_and_what_a_merged_card_did_does(ledger: Ledger) -> None:
    wu, other = (enrol(ledger, name, kind="group") for name in ("夏风协会", "秋霜社工"))
    pairings = ledger.book(Pairings)
    paired(ledger, wu, date(2025, 3, 1))
    pairings.end(pairings.listing()[0], day=date(2025, 5, 1))
    ledger.history.undo(ledger.membership.leave(wu, day=date(2025, 3, 1)).voucher)
    honoured(ledger, other, date(2025, 4, 1))
    ledger.membership.merge(other, wu, day=date(2025, 4, 2))
    with pytest.raises(StillTookPart, match=r"荣誉授予（秋霜社工.*2025-04-01）"):
        ledger.membership.leave(wu, day=date(2025, 3, 1))


def test_every_table_of_taking_part_holds_who_goes(ledger: Ledger) -> None:
    found = {one.table for one in ledger.shapes.takings}
    # Who was called while here may still come.
    assert found >= {*part_taking()} - {"arrival"} | {
        "response_event",
        "pairing_event",
        "support_given",
        "cooperation",
        "redemption",
    }
    assert {one.column for one in ledger.shapes.takings if one.table == "cooperation"} == {
        "partner_id",
        "with_id",
    }


def test_a_person_was_here_before_it_joined_by_a_card_that_was_merged_into_it(ledger: Ledger) -> None:
    early = enrol(ledger, "柏乐口腔", kind="business", joined_on="2024-01-10")
    late = enrol(ledger, "百乐口腔", kind="business", joined_on="2025-06-01")
    supports, community = ledger.book(Supports), ledger.areas.find("XF")
    venue = supports.venue("活动室", community).now
    booked = supports.book(venue, early, date(2025, 3, 1), (540, 600), planned=True).now
    ledger.membership.merge(early, late, day=date(2025, 7, 1))
    assert supports.use(booked).now.status == "used"
    assert absences(ledger.database, [(late.id, "2025-03-01"), (late.id, "2024-01-10")]) == {}
    before = absences(ledger.database, [(late.id, "2024-01-09")])
    assert before == {(late.id, "2024-01-09"): f"百乐口腔（{late.code}）2025-06-01 才加入"}
    ledger.membership.suspend(late, day=date(2025, 8, 1))
    assert list(absences(ledger.database, [(late.id, "2025-07-31"), (late.id, "2025-08-02")])) == [
        (late.id, "2025-08-02")
    ]
    assert absences(ledger.database, [(early.id, "2025-03-01")]) == {
        (early.id, "2025-03-01"): f"柏乐口腔（{early.code}）已并入 {late.code}，请改用 {late.code}"
    }
    assert not ledger.custody.verify().findings


def test_a_person_was_here_while_it_had_left_by_a_card_that_was_merged_into_it(ledger: Ledger) -> None:
    """夏风协会 was away for a year and a half; 春雨义工队, here all the time, turned out to be the same."""
    gone, stayed = enrol(ledger, "夏风协会", kind="group"), enrol(ledger, "春雨义工队", kind="group")
    ledger.membership.leave(gone, day=date(2024, 12, 1))
    ledger.membership.rejoin(gone, day=date(2025, 7, 1))
    ledger.membership.suspend(gone, day=date(2025, 8, 1))
    ledger.membership.rejoin(gone, day=date(2025, 9, 1))
    ledger.membership.merge(stayed, gone, day=date(2025, 10, 1))
    assert honoured(ledger, gone, date(2025, 6, 1))
    with pytest.raises(Refused, match="2025-08-01 起暂停"):
        honoured(ledger, gone, date(2025, 8, 2))
    ledger.membership.leave(gone, day=date(2025, 11, 1))
    with pytest.raises(Refused, match="2025-11-01 已退出"):
        honoured(ledger, gone, date(2025, 11, 2))
    assert not ledger.custody.verify().findings


def test_who_was_suspended_and_merged_was_not_here_by_that_card(ledger: Ledger) -> None:
    early, late = enrol(ledger, "甲店", joined_on="2024-01-10"), enrol(ledger, "乙店", joined_on="2025-06-01")
    ledger.membership.suspend(early, day=date(2025, 1, 1))
    ledger.membership.merge(early, late, day=date(2025, 7, 1))
    pairs = [(late.id, "2024-12-31"), (late.id, "2025-01-01")]
    assert list(absences(ledger.database, pairs)) == [(late.id, "2025-01-01")]
