"""Honours and star levels: given, computed, explained and frozen."""

from datetime import date, datetime

import pytest

from hepartner.ledger import Ledger, errors
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.honours import Absent, HonouredAlready, Honours, NoTitle, Title
from hepartner.ledger.months import Span
from hepartner.ledger.partners import Partner
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.starlevels import (
    BadStarRule,
    EasierStar,
    FrozenAlready,
    NoRoot,
    NoStarRule,
    SameStarRule,
    StarLevels,
    YearNotOver,
)
from hepartner.ledger.stars import Asked, Had, Lacking, faults, in_force, next_lacking, reached
from hepartner.ledger.undo import NothingToUndo
from tests.ledger.conftest import CHINA, Clock, enrol

BEST = Title("优秀合伙人", "subdistrict", "驿马街道")
MARCH = date(2025, 3, 1)
ONE = Asked(1, 60, 0, 0, "2025-01-01")
TWO = Asked(2, 120, 50, 1, "2025-01-01")


@pytest.fixture
def honours(ledger: Ledger) -> Honours:
    return ledger.book(Honours)


@pytest.fixture
def levels(ledger: Ledger) -> StarLevels:
    book = ledger.book(StarLevels)
    for asked in (ONE, TWO):
        book.rule(asked)
    return book


@pytest.fixture
def wang(ledger: Ledger) -> Partner:
    return enrol(ledger, "王芳")


def serve(ledger: Ledger, partner: Partner, minutes: int, day: str = "2025-03-01") -> None:
    name = f"{partner.name}巡查{minutes}"
    held = ledger.activities.add(Event(partner.community_id, day, name, "patrol")).activity
    ledger.sheets.sign(held, [SheetLine(partner, minutes)])


def given(ledger: Ledger, month: str) -> dict[int, int]:
    return ledger.counts.additive("honours.given", Span.month(month))


# Honours


def test_an_honour_is_given_to_several_in_one_voucher(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    dentist = enrol(ledger, "柏乐口腔", kind="business", community="HP")
    written = honours.give(BEST, [wang, dentist, wang], day=MARCH, note="大会表彰")
    assert [(one.partner, one.honour, one.level, one.given_by, one.note) for one in written.now] == [
        ("柏乐口腔", "优秀合伙人", "subdistrict", "驿马街道", "大会表彰"),
        ("王芳", "优秀合伙人", "subdistrict", "驿马街道", "大会表彰"),
    ]
    assert sorted(given(ledger, "2025-03").values()) == [1, 1]
    assert len(honours.listing(level="subdistrict")) == 2
    assert honours.listing(level="city") == honours.listing(first=date(2025, 3, 2)) == []
    assert [one.partner for one in honours.listing(under=ledger.areas.find("HP"))] == ["柏乐口腔"]
    ledger.history.undo(written.voucher)
    assert (honours.listing(), sum(given(ledger, "2025-03").values())) == ([], 0)


def test_an_honour_is_given_once_a_day_and_its_level_is_known_the_next_time(
    honours: Honours, wang: Partner
) -> None:
    with pytest.raises(NoTitle, match="是新的荣誉，请用 --level 写明"):
        honours.give(Title("优秀合伙人", ""), [wang])
    with pytest.raises(NoTitle, match="没有写荣誉名称"):
        honours.give(Title(" ", "city"), [wang])
    honours.give(BEST, [wang], day=MARCH)
    with pytest.raises(HonouredAlready, match="2025-03-01 已经得过“优秀合伙人”"):
        honours.give(Title("优秀合伙人", ""), [wang], day=MARCH)
    honours.give(Title("优秀合伙人", "", "驿马街道党工委"), [wang])
    honours.give(Title("优秀合伙人", ""), [wang], day=date(2025, 4, 1))
    assert [one.given_by for one in honours.listing()] == ["驿马街道党工委", "驿马街道党工委", "驿马街道"]
    honours.give(BEST._replace(level="city"), [wang], day=MARCH)
    with pytest.raises(NoTitle, match="有几个级别"):
        honours.give(Title("优秀合伙人", ""), [wang])


def test_what_one_community_gives_is_not_given_in_its_name_elsewhere(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    dentist = enrol(ledger, "柏乐口腔", kind="business", community="HP")
    honours.give(Title("热心人", "community", "幸福里社区"), [wang], day=MARCH)
    honours.give(Title("热心人", ""), [dentist], day=MARCH)
    honours.give(Title("热心人", ""), [dentist, enrol(ledger, "李梅")], day=date(2025, 4, 1))
    honours.give(Title("热心人", ""), [wang], day=date(2025, 4, 2))
    given_by = [(one.partner, one.given_by) for one in honours.listing()]
    assert given_by == [
        ("王芳", "幸福里社区"), ("李梅", ""), ("柏乐口腔", ""), ("柏乐口腔", ""), ("王芳", "幸福里社区"),
    ]  # fmt: skip


def test_an_honour_is_taken_back_from_one_and_stays_with_others_who_got_it_later(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    first = honours.give(BEST, [wang], day=MARCH)
    honours.give(BEST, [enrol(ledger, "李梅")], day=MARCH)
    ledger.history.undo(first.voucher)
    assert [one.partner for one in honours.listing()] == ["李梅"]


def test_what_two_cards_of_a_person_were_given_on_a_day_is_one_honour_from_their_merger_on(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    double = enrol(ledger, "王芳芳")
    first = honours.give(BEST, [wang], day=MARCH)
    honours.give(BEST, [double], day=MARCH)
    honours.give(BEST, [double], day=date(2025, 4, 1))
    ledger.periods.close([ledger.areas.find("XF")], "2025-03")
    merger = ledger.membership.merge(wang, double)
    assert merger.taken_back == ("2025-03-01 王芳芳的荣誉“优秀合伙人”",)
    assert [sum(given(ledger, month).values()) for month in ("2025-03", "2025-04")] == [2, 0]
    assert [one.happened_on for one in honours.listing()] == ["2025-04-01", "2025-03-01"]
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{merger.voucher} 合并时收回了与它重复的一笔"):
        ledger.history.undo(first.voucher)
    ledger.history.undo(merger.voucher)
    assert [one.partner for one in honours.listing()] == ["王芳芳", "王芳芳", "王芳"]
    ledger.history.undo(first.voucher)
    assert not ledger.custody.verify().findings


def test_who_was_no_partner_is_not_honoured(ledger: Ledger, honours: Honours, wang: Partner) -> None:
    with pytest.raises(Absent, match="2024-01-01 才加入"):
        honours.give(BEST, [wang], day=date(2023, 5, 1))
    with pytest.raises(errors.NotYet):
        honours.give(BEST, [wang], day=date(2025, 12, 1))
    assert ledger.database.value("SELECT count(*) FROM honour") == 0


def test_an_honour_counts_where_the_partner_was_and_stands_with_whom_it_became(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    home = wang.community_id
    moved = ledger.membership.move(wang, ledger.areas.find("HP"), day=date(2025, 6, 1)).partner
    honours.give(BEST, [moved], day=MARCH)
    assert given(ledger, "2025-03") == {home: 1}
    whole = enrol(ledger, "王芳芳")
    ledger.membership.merge(moved, whole)
    assert [(one.partner, one.honour) for one in honours.listing(partner=whole)] == [("王芳芳", "优秀合伙人")]


def test_who_was_merged_is_not_given_again_what_its_other_card_had(
    ledger: Ledger, honours: Honours, wang: Partner
) -> None:
    whole = enrol(ledger, "王芳芳")
    honours.give(BEST, [wang], day=MARCH)
    ledger.membership.merge(wang, whole)
    with pytest.raises(HonouredAlready, match=r"王芳芳.*2025-03-01 已经得过“优秀合伙人”"):
        honours.give(BEST, [whole], day=MARCH)
    with (
        pytest.raises(errors.GuardRefused, match="这一天已经得过这项荣誉"),
        ledger.voucher("honour.give") as voucher,
    ):
        honours.give_many(voucher, [(BEST, whole.id, "2025-03-01", "")])


# What levels ask


def test_the_highest_level_of_which_nothing_lacks_is_reached() -> None:
    asked = [ONE, TWO, Asked(4, 0, 900, 0, "2025-01-01")]
    assert [reached(asked, had) for had in (Had(59, 50, 1), Had(60, 49, 1), Had(120, 50, 1), Had(0, 900, 0))] == [
        0, 1, 2, 4,
    ]  # fmt: skip
    assert next_lacking(asked, Had(90, 10, 0)) == Lacking(2, 30, 40, 1)
    assert next_lacking(asked, Had(0, 900, 0)) is None


def test_the_latest_said_that_had_begun_governs() -> None:
    later, amended = ONE._replace(minutes=90, valid_from="2025-07-01"), ONE._replace(minutes=30)
    said = [(1, ONE), (2, later), (3, amended)]
    assert in_force(said, "2024-12-31") == {}
    assert in_force(said[:2], "2025-06-30") == {1: (1, ONE)}
    assert in_force(said[:2], "2025-07-01") == {1: (2, later)}
    assert in_force(said, "2025-12-31") == {1: (3, amended)}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (ONE._replace(level=6), "星级 6 不行"),
        (ONE._replace(minutes=0), "没有写条件"),
        (ONE._replace(minutes=600_001), "时长不行"),
        (ONE._replace(points=-1), "积分 -1 不行"),
        (ONE._replace(years=101), "年限 101 不行"),
    ],
)
def test_what_a_level_can_not_ask_is_told(asked: Asked, fault: str) -> None:
    (only,) = faults(asked)
    assert fault in only


def test_rules_are_dated_and_said_once(ledger: Ledger, levels: StarLevels) -> None:
    with pytest.raises(SameStarRule, match=r"1 星的条件从 2025-01-01 起本来就是这样"):
        levels.rule(ONE._replace(valid_from="2025-05-01"))
    with pytest.raises(BadStarRule):
        levels.rule(ONE._replace(minutes=0))
    amended = levels.rule(ONE._replace(minutes=90, valid_from="2025-06-01"))
    ahead = levels.rule(ONE._replace(minutes=99, valid_from="2026-01-01"))
    assert [(one.level, one.minutes, one.now) for one in levels.rules()] == [
        (1, 90, True), (1, 99, False), (2, 120, True),
    ]  # fmt: skip
    assert len(levels.rules(history=True)) == 4
    for written in (ahead, amended):
        ledger.history.undo(written.voucher)
    assert [one.minutes for one in levels.rules()] == [60, 120]


def test_without_areas_there_is_nothing_that_rules_belong_to(empty: Ledger) -> None:
    with pytest.raises(NoRoot):
        empty.book(StarLevels).rule(ONE)


# Stars of a year


def test_stars_are_computed_and_what_lacks_is_told(ledger: Ledger, levels: StarLevels, wang: Partner) -> None:
    """Hours and points of the year by their day, years since joining at its end."""
    serve(ledger, wang, 100)
    serve(ledger, wang, 500, "2024-12-31")
    ledger.points.award(wang, 60, day=MARCH)
    entry = ledger.database.value("SELECT max(id) FROM entry")
    ledger.points.award(wang, 20, day=date(2025, 1, 1))
    ledger.points.reverse(entry)
    enrol(ledger, "新来的", joined_on="2025-10-01")
    first, second = levels.stars(2025)
    assert (first.name, first.had, first.level, first.lacking) == (
        "王芳", Had(100, 20, 1), 1, Lacking(2, 20, 30, 0),
    )  # fmt: skip
    assert (second.name, second.had, second.level) == ("新来的", Had(0, 0, 0), 0)
    assert second.lacking == Lacking(1, 60, 0, 0)
    assert levels.stars(2025, under=ledger.areas.find("HP")) == []
    with pytest.raises(NoStarRule, match="2024 年没有生效的星级条件"):
        levels.stars(2024)


def test_the_points_of_a_reversed_award_that_were_spent_are_no_points_of_the_year(
    ledger: Ledger, levels: StarLevels, wang: Partner
) -> None:
    ledger.points.award(wang, 60, day=MARCH)
    ledger.points.deduct(wang, 50, reason="投诉", day=MARCH)
    ledger.points.reverse(1)
    assert levels.stars(2025)[0].had.points == 0


def test_who_was_merged_is_one_person_with_whom_it_became(
    ledger: Ledger, levels: StarLevels, wang: Partner
) -> None:
    double = enrol(ledger, "王芳芳", joined_on="2023-05-01")
    for partner in (wang, double):
        serve(ledger, partner, 60)
        ledger.points.award(partner, 25, day=MARCH)
    ledger.membership.merge(double, wang)
    (only,) = levels.stars(2025)
    assert (only.name, only.had, only.level) == ("王芳", Had(120, 50, 2), 2)


def test_a_year_is_frozen_once_and_stands_whatever_comes_late(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    late = enrol(ledger, "李梅")
    serve(ledger, wang, 60)
    with pytest.raises(YearNotOver, match="2025-12-31 起才能定档"):
        levels.freeze(2025)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    frozen = levels.freeze(2025)
    assert [(one.name, one.level, one.frozen) for one in frozen.now] == [
        ("王芳", 1, frozen.voucher), ("李梅", 0, frozen.voucher),
    ]  # fmt: skip
    for partner in (wang, late):
        serve(ledger, partner, 900)
    assert [(one.name, one.level, one.had.minutes) for one in levels.stars(2025)] == [
        ("王芳", 1, 60), ("李梅", 0, 0),
    ]  # fmt: skip
    assert levels.stars(2025)[1].lacking == Lacking(1, 60, 0, 0)
    with pytest.raises(FrozenAlready, match=f"已经定档（凭证 V{frozen.voucher}）"):
        levels.freeze(2025)
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{frozen.voucher}（星级）要用到它"):
        ledger.history.undo(levels_voucher(ledger))
    ledger.history.undo(frozen.voucher)
    assert [one.level for one in levels.freeze(2025).now] == [1, 1]


def test_who_had_no_star_gets_none_by_moving_on(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    """The level belongs to the year and to the community of its end, also where nobody has a star."""
    serve(ledger, enrol(ledger, "李梅", community="HP"), 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    home, other = ledger.areas.get(wang.community_id), ledger.areas.find("HP")
    frozen = levels.freeze(2025, under=home)
    assert [(one.name, one.level) for one in frozen.now] == [("王芳", 0)]
    moved = ledger.membership.move(wang, other).partner
    serve_elsewhere = Event(other.id, "2025-05-01", "补记巡查", "patrol")
    ledger.sheets.sign(ledger.activities.add(serve_elsewhere).activity, [SheetLine(moved, 900)])
    assert [(one.name, one.community, one.level) for one in levels.stars(2025, under=home)] == [
        ("王芳", home.name, 0)
    ]
    assert [one.name for one in levels.freeze(2025, under=other).now] == ["李梅"]
    with pytest.raises(FrozenAlready):
        levels.freeze(2025)


def test_who_left_after_the_year_is_judged_and_stays_listed(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    gone = enrol(ledger, "李梅")
    serve(ledger, wang, 60)
    ledger.membership.leave(gone, day=date(2025, 11, 1))
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    ledger.membership.leave(wang, day=date(2026, 1, 2))
    assert [(one.name, one.level) for one in levels.stars(2025)] == [("王芳", 1)]
    assert levels.stars(2026) == []
    levels.freeze(2025)
    assert [(one.name, one.level) for one in levels.stars(2025)] == [("王芳", 1)]


def test_who_is_registered_after_the_freeze_was_not_judged_by_it(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    serve(ledger, wang, 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    frozen = levels.freeze(2025)
    late = enrol(ledger, "迟到者", joined_on="2025-03-01")
    serve(ledger, late, 70)
    enrol(ledger, "明年的", joined_on="2026-01-02")
    assert [(one.name, one.level, one.frozen) for one in levels.stars(2025)] == [
        ("迟到者", 1, None), ("王芳", 1, frozen.voucher),
    ]  # fmt: skip
    assert [one.name for one in levels.freeze(2025).now] == ["迟到者"]


def test_what_lacked_is_told_by_the_rules_of_the_freeze(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    serve(ledger, wang, 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    levels.freeze(2025)
    levels.rule(TWO._replace(minutes=900, points=900))
    assert levels.stars(2025)[0].lacking == Lacking(2, 60, 50, 0)


def test_of_two_frozen_cards_of_a_person_the_higher_level_stands(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    double = enrol(ledger, "王芳芳", joined_on="2023-05-01")
    serve(ledger, double, 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    levels.freeze(2025)
    ledger.membership.merge(double, wang, day=date(2026, 1, 4))
    assert [(one.name, one.level) for one in levels.stars(2025)] == [("王芳", 1)]
    with pytest.raises(FrozenAlready):
        levels.freeze(2025)


def test_who_was_merged_after_the_year_was_there_by_its_own_card(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    serve(ledger, wang, 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    new = enrol(ledger, "王芳芳", joined_on="2026-01-02", community="HP")
    ledger.membership.merge(wang, new, day=date(2026, 1, 4))
    (only,) = levels.stars(2025)
    assert (only.name, only.level, only.community_id) == ("王芳芳", 1, wang.community_id)


def levels_voucher(ledger: Ledger) -> int:
    """The voucher of the rule of the first level."""
    return int(ledger.database.value("SELECT voucher_id FROM star_rule WHERE level = 1"))


def test_a_community_is_frozen_after_another(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    other = enrol(ledger, "李梅", community="HP")
    for partner in (wang, other):
        serve(ledger, partner, 60)
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    levels.freeze(2025, under=ledger.areas.find("HP"))
    assert [one.name for one in levels.freeze(2025).now] == ["王芳"]


def test_where_nobody_was_a_partner_there_is_nothing_to_freeze(ledger: Ledger, levels: StarLevels) -> None:
    levels.rule(ONE._replace(valid_from="2024-01-01"))
    with pytest.raises(FrozenAlready, match="2024 年底没有在册的合伙人"):
        levels.freeze(2024)
    assert ledger.database.value("SELECT count(*) FROM star_level") == 0


def test_a_frozen_year_is_read_without_its_rule(
    ledger: Ledger, levels: StarLevels, wang: Partner, clock: Clock
) -> None:
    """A level that nobody reached is named by nothing, so its rule can be undone."""
    clock.now = datetime(2026, 1, 5, 10, tzinfo=CHINA)
    levels.freeze(2025)
    for rule in levels.rules():
        sql = "SELECT voucher_id FROM star_rule WHERE id = ?"
        ledger.history.undo(int(ledger.database.value(sql, (rule.id,))))
    assert [(one.partner_id, one.level, one.lacking) for one in levels.stars(2025)] == [(wang.id, 0, None)]


# Levels rise


@pytest.mark.parametrize(
    ("asked", "pair"),
    [
        (Asked(2, 30, 50, 1, "2025-01-01"), (1, 2)),
        (Asked(1, 121, 0, 0, "2025-01-01"), (1, 2)),
        (Asked(1, 60, 0, 2, "2025-06-01"), (1, 2)),
        (Asked(4, 0, 900, 0, "2025-01-01"), (1, 4)),
    ],
)
def test_a_level_that_asks_less_than_a_lower_one_is_refused(
    levels: StarLevels, asked: Asked, pair: tuple[int, int]
) -> None:
    with pytest.raises(EasierStar, match=f"{pair[1]} 星的条件会比 {pair[0]} 星的容易"):
        levels.rule(asked)


def test_levels_that_change_later_rise_then_too(levels: StarLevels) -> None:
    """Harder ones are said from the top, easier ones from the bottom; on every day to come the levels rise."""
    levels.rule(TWO._replace(minutes=600, valid_from="2026-01-01"))
    with pytest.raises(EasierStar, match="先改 2 星"):
        levels.rule(ONE._replace(minutes=300))
    harder = levels.rule(ONE._replace(minutes=300, valid_from="2026-01-01"))
    assert [(one.level, one.minutes) for one in levels.rules()] == [(1, 60), (1, 300), (2, 120), (2, 600)]
    levels.rule(TWO._replace(minutes=300, valid_from="2026-02-01"))
    assert harder.now.minutes == 300


def test_a_rule_that_a_higher_level_was_said_after_is_not_undone_alone(
    ledger: Ledger, levels: StarLevels
) -> None:
    easier = levels.rule(ONE._replace(minutes=20, valid_from="2025-05-01"))
    higher = levels.rule(TWO._replace(minutes=30, valid_from="2025-05-01"))
    with pytest.raises(errors.Refused, match="高一级的星级条件不能比低一级的容易"):
        ledger.history.undo(easier.voucher)
    ledger.history.undo(higher.voucher)
    ledger.history.undo(easier.voucher)
    assert [one.minutes for one in levels.rules()] == [60, 120]


def test_an_undo_names_a_star_rule_by_the_day_from_which_it_holds(
    ledger: Ledger, levels: StarLevels, wang: Partner
) -> None:
    serve(ledger, wang, 60, day="2024-05-06")
    said = levels.rule(ONE._replace(valid_from="2024-01-01"))
    levels.freeze(2024)
    with pytest.raises(NothingToUndo, match="星级条件 2024-01-01"):
        ledger.history.undo(said.voucher)
