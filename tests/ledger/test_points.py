"""Points: awarding, taking, reversing and expiring; balances as a property against a model that shares no code."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hepartner.ledger import Ledger
from hepartner.ledger.carrying import Remaining, community_on, first_of, oldest_first
from hepartner.ledger.errors import NotFound
from hepartner.ledger.expiry import Expiry, NothingExpires, earned_until, remaining_of_old
from hepartner.ledger.months import Span
from hepartner.ledger.partners import BeforeJoining
from hepartner.ledger.points import (
    Award,
    BadPoints,
    NeedsConfirmer,
    NothingGiven,
    NotTaking,
    Opening,
)
from hepartner.ledger.reversals import AlreadyReversed
from hepartner.ledger.settings import BadSetting, NoSuchSetting
from tests.ledger.conftest import CHINA, Clock, enrol


@pytest.mark.parametrize("points", [0, -1, 1_000_001, 2**63])
def test_points_that_cannot_be_moved_are_refused(ledger: Ledger, points: int) -> None:
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(BadPoints, match="应是 1 到 1000000 的整数"):
        ledger.points.award(partner, points)
    with pytest.raises(BadPoints):
        ledger.points.award_many([Award(partner.id, points, "2025-11-01")])


def test_awards_are_for_active_partners_within_their_time(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(BeforeJoining, match="日期 2023-12-31 早于加入日期 2024-01-01"):
        ledger.points.award(partner, 5, day=date(2023, 12, 31))
    with pytest.raises(BeforeJoining, match="还没有到（今天是 2025-11-20）"):
        ledger.points.award(partner, 5, day=date(2025, 11, 21))
    suspended = ledger.membership.suspend(partner).partner
    with pytest.raises(
        NotTaking,
        match=r"起暂停，2025-11-20 不能记积分。请改正日期，或先恢复在册：hep partner rejoin",
    ):
        ledger.points.award(suspended, 5)


def test_a_deduction_takes_what_is_there_and_stores_the_shortfall(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 4)
    moved = ledger.points.deduct(partner, 10, reason="投诉属实")
    assert (moved.points, moved.shortfall, moved.balance) == (-4, 6, 0)
    ledger.points.award(partner, 5)
    assert ledger.points.balance(partner) == 5, "later awards are not docked"
    assert ledger.statements.entries(partner)[1].note == "投诉属实"


def test_an_entry_is_reversed_once_and_a_reversal_never(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 4)
    ledger.points.reverse(1, reason="记错人")
    with pytest.raises(AlreadyReversed, match="流水 1 已经冲正过"):
        ledger.points.reverse(1)
    with pytest.raises(AlreadyReversed):
        ledger.points.reverse(2)
    with pytest.raises(NotFound, match="没有找到流水“77”。流水号见 hep points statement"):
        ledger.points.reverse(77)


def test_a_reversed_deduction_gives_back_what_was_taken(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 4)
    ledger.points.deduct(partner, 10, reason="投诉")
    assert ledger.points.reverse(2).balance == 4


def test_a_deduction_reversed_after_a_move_reaches_the_partner_where_it_is_now(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 9, day=date(2025, 11, 1))
    ledger.points.deduct(partner, 4, reason="投诉", day=date(2025, 11, 2))
    ledger.membership.move(partner, ledger.areas.find("HP"), day=date(2025, 11, 3))
    ledger.points.reverse(2)
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 0, 4: 9}
    ledger.points.deduct(partner, 2, reason="补记", day=date(2025, 11, 1))
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 0, 4: 7}


def test_a_rule_gives_its_points_until_a_cap_bites(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    patrol = ledger.rulebook.add("XC", "网格巡查", points=10, per="hour", cap_day=25).version
    rule = ledger.rulebook.find("XC")
    first = ledger.points.award_by_rule(partner, rule, minutes=90)
    second = ledger.points.award_by_rule(partner, rule, minutes=90, reason="夜巡")
    assert (first.points, first.cap, second.points, second.cap) == (15, "", 10, "已到每天上限")
    with pytest.raises(NothingGiven, match="按规则“网格巡查”这次得 0 分：已到每天上限"):
        ledger.points.award_by_rule(partner, rule, minutes=60)
    with pytest.raises(NothingGiven, match="没有写时长"):
        ledger.points.award_by_rule(enrol(ledger, "覃秀英"), rule)
    assert patrol.points == 10


def test_a_rule_that_needs_a_confirmer_gives_nothing_by_hand(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.rulebook.add("ZL", "上门助老", points=20, per="time", needs_confirmer=True)
    with pytest.raises(NeedsConfirmer, match="请用 hep activity sign 签到"):
        ledger.points.award_by_rule(partner, ledger.rulebook.find("ZL"))


def test_the_board_ranks_by_points_awarded_in_the_span_and_area(ledger: Ledger) -> None:
    first, second, far = enrol(ledger, "甲"), enrol(ledger, "乙"), enrol(ledger, "丙", community="HP")
    for partner, points, day in (
        (first, 10, date(2025, 11, 1)), (second, 10, date(2025, 11, 2)), (far, 30, date(2025, 11, 3)),
        (second, 99, date(2025, 10, 3)),
    ):  # fmt: skip
        ledger.points.award(partner, points, day=day)
    ledger.points.deduct(far, 5, reason="未到")
    board = ledger.statements.board(Span.month("2025-11"))
    assert [(one.rank, one.name, one.awarded, one.balance) for one in board] == [
        (1, "丙", 30, 25), (2, "甲", 10, 10), (2, "乙", 10, 109),
    ]  # fmt: skip
    november = Span.month("2025-11")
    here, elsewhere = (
        ledger.areas.find("XF"),
        ledger.areas.add(None, "中街街道", parent=ledger.areas.find("HC")).area,
    )
    assert [one.name for one in ledger.statements.board(november, under=here)] == ["甲", "乙"]
    assert ledger.statements.board(november, under=elsewhere) == []
    assert len(ledger.statements.board(Span("2025-01", "2025-11"), limit=1)) == 1


def test_a_card_merged_in_another_window_meanwhile_gets_and_loses_no_points(ledger: Ledger) -> None:
    twin, stays = enrol(ledger, "王方"), enrol(ledger, "王芳")
    ledger.membership.merge(twin, stays)
    for write in (
        lambda: ledger.points.award(twin, 5),
        lambda: ledger.points.deduct(twin, 5, reason="未到"),
    ):
        with pytest.raises(NotTaking, match=r"王方（XF-P0001）已并入 XF-P0002，请改用 XF-P0002"):
            write()


def test_points_are_brought_by_nobody_who_was_not_here(ledger: Ledger) -> None:
    twin, stays = enrol(ledger, "王方"), enrol(ledger, "王芳")
    ledger.membership.merge(twin, stays, day=date(2025, 3, 1))
    ledger.membership.leave(stays, day=date(2025, 6, 1))
    for row, why in (
        (Opening(twin.id, "2025-05-01", 5), "王方（XF-P0001）已并入 XF-P0002，请改用 XF-P0002"),
        (Opening(stays.id, "2025-06-02", 5), "2025-06-01 已退出，2025-06-02 不能记积分"),
    ):
        with pytest.raises(NotTaking, match=why), ledger.voucher("import.opening") as voucher:
            ledger.points.open_many(voucher, [row])


def test_on_the_board_who_was_merged_stands_as_who_it_became_from_the_month_of_the_merger(
    ledger: Ledger,
) -> None:
    twin, stays = enrol(ledger, "王方"), enrol(ledger, "王芳")
    for partner, points in ((twin, 10), (stays, 5)):
        ledger.points.award(partner, points, day=date(2025, 10, 3))
    ledger.membership.merge(twin, stays, day=date(2025, 11, 3))
    october, since = Span.month("2025-10"), Span("2025-10", "2025-11")
    assert [(one.name, one.awarded) for one in ledger.statements.board(october)] == [
        ("王方", 10),
        ("王芳", 5),
    ]
    (only,) = ledger.statements.board(since)
    assert (only.name, only.awarded, only.balance) == ("王芳", 15, 15)


@pytest.mark.parametrize(
    ("regime", "today", "until"),
    [
        ("never", date(2025, 11, 20), None),
        ("yearly", date(2025, 11, 20), date(2024, 12, 31)),
        ("yearly", date(2025, 12, 31), date(2025, 12, 31)),
        ("january", date(2026, 1, 30), date(2024, 12, 31)),
        ("january", date(2026, 1, 31), date(2025, 12, 31)),
    ],
)
def test_each_regime_says_which_points_are_too_old(regime: str, today: date, until: date | None) -> None:
    assert earned_until(regime, today) == until


def test_the_oldest_points_are_spent_first_and_only_the_rest_of_the_old_ones_expire(ledger: Ledger) -> None:
    saver, spender = enrol(ledger, "甲"), enrol(ledger, "乙")
    for partner in (saver, spender):
        ledger.points.award(partner, 10, day=date(2024, 5, 1))
        ledger.points.award(partner, 10, day=date(2025, 5, 1))
    ledger.points.deduct(spender, 12, reason="未到")
    ledger.points.deduct(saver, 3, reason="未到")
    with pytest.raises(NothingExpires, match="hep setting set 清零办法"):
        ledger.book(Expiry).due()
    ledger.settings.set("expiry", "yearly")
    due = ledger.book(Expiry).due()
    assert [(one.name, one.points, one.left) for one in due.expired] == [("甲", 7, 10)]
    assert ledger.points.balance(saver) == 17, "asking takes nothing"
    cleared = ledger.book(Expiry).expire()
    assert (cleared.points, ledger.points.balance(saver), ledger.points.balance(spender)) == (7, 10, 8)
    assert ledger.book(Expiry).expire().voucher is None, "twice takes nothing more"
    assert ledger.counts.additive("points.expired", Span.month("2025-11")) == {3: 7}


def test_what_expires_is_what_remains_of_the_old_days_though_a_newer_day_was_overdrawn(
    ledger: Ledger,
) -> None:
    """A merged card had spent its award of 2025; reversed, it takes points of other days from who holds them now."""
    stays, twice = enrol(ledger, "王芳"), enrol(ledger, "王方")
    ledger.points.award(stays, 20, day=date(2024, 5, 1))
    ledger.points.award(stays, 5, day=date(2025, 7, 1))
    award = ledger.points.award(twice, 10, day=date(2025, 6, 1))
    ledger.points.deduct(twice, 8, reason="未到")
    ledger.membership.merge(twice, stays)
    ledger.history.undo(award.voucher)
    left = ledger.carrying.remaining(stays.id)
    assert left == [("2024-05-01", 12), ("2025-07-01", 5)]
    ledger.settings.set("expiry", "yearly")
    assert [(one.points, one.left) for one in ledger.book(Expiry).due().expired] == [(12, 5)]


def test_settings_are_known_by_name_and_value(ledger: Ledger) -> None:
    with pytest.raises(
        NoSuchSetting, match="没有“expire”这项设置。可用的有：填报单位（office）、清零办法（expiry）"
    ):
        ledger.settings.get("expire")
    with pytest.raises(
        BadSetting, match="设置清零办法（expiry）不能是“monthly”。可用的有：结转（never）、每年清零"
    ):
        ledger.settings.set("expiry", "monthly")
    assert [(one.name, one.value) for one in ledger.settings.listing()] == [
        ("office", ""),
        ("expiry", "never"),
        ("redeem.second_above", ""),
        ("backups", ""),
    ]


def test_a_setting_and_its_value_are_named_in_chinese_too(ledger: Ledger) -> None:
    ledger.settings.set("清零办法", "次年一月结清")
    ledger.settings.set("填报单位", "海城区办公室")
    assert [(one.title, one.word) for one in ledger.settings.listing()] == [
        ("填报单位", "海城区办公室"),
        ("清零办法", "次年一月结清"),
        ("大额兑换", "不限"),
        ("备份文件夹", ""),
    ]
    assert ledger.settings.get("expiry") == "january"


def test_what_is_left_of_lots() -> None:
    earned = [Remaining("2024-01-01", 5), Remaining("2024-02-01", 7), Remaining("2025-01-01", 9)]
    assert oldest_first(earned, 8) == [("2024-02-01", 4), ("2025-01-01", 9)]
    assert oldest_first(earned, 0) == earned
    assert oldest_first(earned, 21) == []
    assert first_of(earned, 8) == [("2024-01-01", 5), ("2024-02-01", 3)]
    assert remaining_of_old(earned_by_then=12, earned=21, balance=13) == 4


@pytest.mark.parametrize(
    ("day", "place"), [("2025-01-01", 1), ("2025-03-01", 2), ("2025-04-30", 2), ("2025-05-01", 3)]
)
def test_on_the_day_of_a_move_one_belongs_to_the_new_community(day: str, place: int) -> None:
    assert community_on(3, [("2025-05-01", 2), ("2025-03-01", 1)], day) == place


class Balances(RuleBasedStateMachine):
    """Three partners in two communities; the model is a list of what each was given and what was taken."""

    folder: Path
    templates: dict[str, Path]

    def __init__(self) -> None:
        super().__init__()
        clock = Clock()
        path = self.folder / f"{id(self)}.db"
        path.write_bytes(self.templates["settled"].read_bytes())
        self.ledger = Ledger.open(path, operator="李梅", clock=clock)
        self.partners = [enrol(self.ledger, name) for name in ("甲", "乙", "丙")]
        self.model = dict.fromkeys(range(3), 0)
        self.standing: list[tuple[int, int, int]] = []

    who = st.integers(0, 2)
    amounts = st.integers(1, 30)
    days = st.dates(date(2025, 9, 1), date(2025, 11, 20))

    @rule(who=who, points=amounts, day=days)
    def award(self, who: int, points: int, day: date) -> None:
        self.ledger.points.award(self.partners[who], points, day=day)
        self.model[who] += points
        self._remember(who, points)

    @rule(who=who, points=amounts)
    def deduct(self, who: int, points: int) -> None:
        moved = self.ledger.points.deduct(self.partners[who], points, reason="投诉")
        taken = min(points, self.model[who])
        assert (moved.points, moved.shortfall) == (-taken, points - taken)
        self.model[who] -= taken
        self._remember(who, -taken)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.standing) - 1))
        entry, who, points = self.standing.pop(place)
        moved = self.ledger.points.reverse(entry)
        wanted = -min(points, self.model[who])
        assert moved.points == wanted
        self.model[who] += wanted

    @rule(who=who, community=st.sampled_from(["XF", "HP"]))
    def move(self, who: int, community: str) -> None:
        partner = self.ledger.partners.get(self.partners[who].id)
        area = self.ledger.areas.find(community)
        if partner.community_id != area.id:
            self.ledger.membership.move(partner, area)

    @rule(month=st.sampled_from(["2025-09", "2025-10"]))
    def close(self, month: str) -> None:
        for community in self.ledger.areas.communities():
            through = self.ledger.periods.closed_through(community.id)
            if through < month and (not through or through == "2025-09"):
                self.ledger.periods.close([community], month)

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        assert [self.ledger.points.balance(one) for one in self.partners] == list(self.model.values())

    @invariant()
    def points_stand_where_the_partners_are(self) -> None:
        stands = {3: 0, 4: 0}
        for who, partner in enumerate(self.partners):
            stands[self.ledger.partners.get(partner.id).community_id] += self.model[who]
        counted = self.ledger.counts.additive("points.balance", Span.month("2025-12"))
        assert {3: 0, 4: 0} | counted == stands

    @invariant()
    def what_remains_by_day_is_the_balance(self) -> None:
        for who, partner in enumerate(self.partners):
            assert sum(lot.points for lot in self.ledger.carrying.remaining(partner.id)) == self.model[who]

    def teardown(self) -> None:
        assert self.ledger.custody.verify().findings == ()
        self.ledger.close()

    def _remember(self, who: int, points: int) -> None:
        entry = self.ledger.database.value("SELECT max(id) FROM entry WHERE kind <> 'transfer'")
        self.standing.append((entry, who, points))


def test_balances_hold_through_any_order_of_awards_deductions_reversals_moves_and_closings(
    tmp_path: Path, templates: dict[str, Path]
) -> None:
    machine = type("Machine", (Balances,), {"folder": tmp_path, "templates": templates})
    machine.TestCase.settings = settings(
        max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine.TestCase("runTest").runTest()


def test_awards_at_the_turn_of_the_day_take_the_ledgers_clock(ledger: Ledger, clock: Clock) -> None:
    clock.now = datetime(2025, 12, 1, 0, 0, 1, tzinfo=CHINA)
    moved = ledger.points.award(enrol(ledger, "武玉侪"), 5)
    assert ledger.statements.entries(moved.partner)[0].happened_on == "2025-12-01"
