"""Activities: recording, finding and editing them, one by one and by whole files."""

from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import (
    Activity,
    BadActivity,
    DayFixed,
    NothingToChange,
    Particulars,
    SameActivity,
    faults,
)
from hepartner.ledger.errors import Ambiguous, GuardRefused, KeyTaken, NotFound
from hepartner.ledger.months import Span
from hepartner.ledger.signing import SheetLine
from hepartner.ledger.sources import Source
from hepartner.ledger.tables import activity as tables
from hepartner.ledger.vouchers import Origin
from hepartner.words.activity import KINDS, THEMES
from tests.ledger.conftest import enrol

ALWAYS = ("2022-01-01", "2025-12-31")


def said(ledger: Ledger, name: str = "义诊义剪", *, community: str = "XF", **more: Any) -> Particulars:
    """A welfare event in 幸福里社区 on 2025-11-18, unless told otherwise."""
    usual = {"held_on": "2025-11-18", "kind": "welfare", "theme": "share"}
    return Particulars(ledger.areas.find(community).id, name=name, **usual | more)


def held(ledger: Ledger, name: str = "义诊义剪", **more: Any) -> Activity:
    """The same, recorded."""
    return ledger.activities.add(said(ledger, name, **more)).activity


def counted(ledger: Ledger, code: str, month: str = "2025-11") -> int:
    """A figure of all communities in a month."""
    return sum(ledger.counts.additive(code, Span.month(month)).values())


def test_an_activity_is_recorded_with_what_figures_count_of_it(ledger: Ledger) -> None:
    clinic = enrol(ledger, "柏乐口腔", kind="business")
    added = ledger.activities.add(
        said(
            ledger,
            place="幸福广场",
            beneficiaries=60,
            ethnic_groups=4,
            organisers=(clinic.id, clinic.id),
            remark="雨天",
        )
    )
    one = added.activity
    assert (one.code, one.name, one.community, one.held_on) == (
        "XF-H0001",
        "义诊义剪",
        "幸福里社区",
        "2025-11-18",
    )
    assert (one.kind, one.theme, one.place, one.remark) == ("welfare", "share", "幸福广场", "雨天")
    assert (one.beneficiaries, one.ethnic_groups, one.attendance, one.minutes) == (60, 4, 0, 0)
    assert ledger.activities.organisers(one) == [clinic]
    assert counted(ledger, "activities.welfare") == 1
    assert counted(ledger, "activities.beneficiaries") == 60


def test_codes_run_on_in_each_community(ledger: Ledger) -> None:
    codes = [
        held(ledger, name, community=place).code for name, place in (("甲", "XF"), ("乙", "HP"), ("丙", "XF"))
    ]
    assert codes == ["XF-H0001", "HP-H0001", "XF-H0002"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "名称是空的"),
        ({"kind": "feast"}, "类别“feast”不对"),
        ({"theme": "fun"}, "主题“fun”不对"),
        ({"held_on": "2025-11-21"}, "2025-11-21 还没有到（今天是 2025-11-20）"),
        ({"beneficiaries": -1}, "受益人数 -1 不合理"),
        ({"beneficiaries": 10_000_001}, "受益人数 10000001 不合理"),
        ({"ethnic_groups": 0}, "民族数 0 不合理"),
        ({"ethnic_groups": 57}, "民族数 57 不合理"),
    ],
)
def test_what_can_not_be_is_told(wrong: dict[str, Any], sentence: str) -> None:
    usual = Particulars(1, "2025-11-18", "义诊义剪", "welfare")
    (fault,) = faults(usual._replace(**wrong), "2025-11-20")
    assert sentence in fault


def test_an_activity_that_can_not_be_is_refused_and_nothing_written(ledger: Ledger) -> None:
    before = ledger.anchor
    with pytest.raises(BadActivity, match="还没有到"):
        held(ledger, held_on="2025-12-01")
    assert ledger.anchor == before


def test_an_organiser_must_have_been_a_partner_on_the_day(ledger: Ledger) -> None:
    late = enrol(ledger, "覃秀英", joined_on="2025-11-19")
    with pytest.raises(BadActivity, match="主办方覃秀英（XF-P0001）2025-11-19 才加入，请改正。"):
        held(ledger, organisers=(late.id,))


def test_the_same_activity_again_is_refused(ledger: Ledger) -> None:
    held(ledger)
    with pytest.raises(SameActivity, match="幸福里社区 2025-11-18 已有“义诊义剪”（XF-H0001）"):
        held(ledger, "义诊 义剪")
    assert held(ledger, held_on="2025-11-17").code == "XF-H0002"
    assert held(ledger, community="HP").code == "HP-H0001"


def test_a_key_records_an_activity_once(ledger: Ledger) -> None:
    ledger.activities.add(said(ledger), key="活动一")
    with pytest.raises(KeyTaken):
        ledger.activities.add(said(ledger, beneficiaries=5), key="活动一")


# Finding and listing


@pytest.mark.parametrize("text", ["XF-H0001", "xf-h0001", "义诊义剪", "义诊 义剪", "义诊", "义剪"])
def test_an_activity_is_found_by_code_and_name(ledger: Ledger, text: str) -> None:
    activity = held(ledger)
    held(ledger, "普法防诈")
    assert ledger.activities.find(text) == activity


def test_of_the_same_name_the_day_or_the_community_worked_in_decides(ledger: Ledger) -> None:
    first, second = held(ledger, held_on="2025-11-11"), held(ledger)
    elsewhere = held(ledger, community="HP")
    with pytest.raises(Ambiguous, match="XF-H0002 2025-11-18 义诊义剪（幸福里社区）"):
        ledger.activities.find("义诊义剪")
    assert ledger.activities.find("义诊义剪", day=date(2025, 11, 11)) == first
    with Ledger.open(ledger.database.path, operator="李梅", community="XF") as here:
        assert here.activities.find("义诊义剪", day=date(2025, 11, 18)) == second
        assert here.activities.find("h0002") == second
        assert here.activities.find("HP-H0001") == elsewhere


@pytest.mark.parametrize("text", ["", "没有", "%", "XF-H0002"])
def test_what_names_no_activity_is_not_found(ledger: Ledger, text: str) -> None:
    held(ledger)
    with pytest.raises(NotFound, match="没有找到活动"):
        ledger.activities.find(text)


def test_an_undone_activity_is_gone_and_its_code_not_used_again(ledger: Ledger) -> None:
    added = ledger.activities.add(said(ledger))
    ledger.history.undo(added.voucher)
    with pytest.raises(NotFound):
        ledger.activities.find("义诊义剪")
    assert ledger.activities.listing() == []
    assert counted(ledger, "activities.held") == 0
    assert held(ledger).code == "XF-H0002"


def test_activities_are_listed_by_area_kind_theme_and_days_newest_first(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    welfare = held(ledger)
    patrol = held(ledger, "夜间巡查", community="HP", kind="patrol", theme="uphold", held_on="2025-11-19")
    ledger.sheets.sign(welfare, [SheetLine(partner, 90)])
    listing = ledger.activities.listing
    assert [(one.name, one.attendance, one.minutes) for one in listing()] == [
        ("夜间巡查", 0, 0),
        ("义诊义剪", 1, 90),
    ]
    assert listing(under=ledger.areas.find("XF")) == [ledger.activities.get(welfare.id)]
    assert listing(kind="patrol") == listing(theme="uphold") == listing(first=date(2025, 11, 19)) == [patrol]
    assert listing(last=date(2025, 11, 18), theme="share") == [ledger.activities.get(welfare.id)]
    assert listing(kind="arts") == []


# Editing


def test_what_figures_count_is_countered_and_posted_anew(ledger: Ledger) -> None:
    activity = held(ledger, beneficiaries=60)
    edited = ledger.activities.edit(activity, beneficiaries=85, kind="arts").activity
    assert (edited.beneficiaries, edited.kind) == (85, "arts")
    signs = ledger.database.rows("SELECT sign, kind, beneficiaries FROM activity_held ORDER BY id")
    assert signs == [(1, "welfare", 60), (-1, "welfare", 60), (1, "arts", 85)]
    assert counted(ledger, "activities.beneficiaries") == 85
    assert (counted(ledger, "activities.held"), counted(ledger, "activities.welfare")) == (1, 0)


def test_what_describes_is_edited_on_the_card_with_its_history(ledger: Ledger) -> None:
    activity = held(ledger, place="幸福广场")
    edited = ledger.activities.edit(activity, name="义诊义剪（上午场）", place="凉亭", remark="加场")
    assert (edited.activity.name, edited.activity.place, edited.activity.remark) == (
        "义诊义剪（上午场）",
        "凉亭",
        "加场",
    )
    assert ledger.activities.find("上午场") == edited.activity
    changes = ledger.database.rows(
        "SELECT field, before, after FROM change WHERE voucher_id = ?", (edited.voucher,)
    )
    assert ("place", "幸福广场", "凉亭") in changes
    assert ledger.database.value("SELECT count(*) FROM activity_held") == 1


def test_a_month_that_was_closed_keeps_its_numbers_when_an_activity_is_edited(ledger: Ledger) -> None:
    activity = held(ledger, held_on="2025-10-15", beneficiaries=60)
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    ledger.activities.edit(activity, beneficiaries=100)
    assert counted(ledger, "activities.beneficiaries", "2025-10") == 60
    assert counted(ledger, "activities.beneficiaries", "2025-11") == 40


def test_organisers_are_exchanged_one_by_one(ledger: Ledger) -> None:
    first, second, third = (enrol(ledger, name) for name in ("武玉侪", "覃秀英", "韦国强"))
    activity = held(ledger, organisers=(first.id, second.id))
    ledger.activities.edit(activity, organisers=(second.id, third.id))
    assert ledger.activities.organisers(activity) == [second, third]
    signs = ledger.database.rows("SELECT sign, partner_id FROM organising ORDER BY id")
    assert signs == [(1, first.id), (1, second.id), (-1, first.id), (1, third.id)]
    ledger.activities.edit(activity, organisers=())
    assert ledger.activities.organisers(activity) == []


def test_the_day_moves_with_the_organisers_as_long_as_nobody_signed(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    activity = held(ledger, organisers=(partner.id,))
    moved = ledger.activities.edit(activity, held_on="2025-10-30").activity
    assert moved.held_on == "2025-10-30"
    assert (counted(ledger, "activities.held", "2025-10"), counted(ledger, "activities.held")) == (1, 0)
    days = ledger.database.rows("SELECT sign, happened_on FROM organising ORDER BY id")
    assert days == [(1, "2025-11-18"), (-1, "2025-11-18"), (1, "2025-10-30")]
    ledger.sheets.sign(moved, [SheetLine(partner, 60)])
    with pytest.raises(DayFixed, match="已有 1 人次签到，日期不能再改"):
        ledger.activities.edit(moved, held_on="2025-11-18")


def test_an_edit_that_changes_nothing_or_can_not_be_is_refused(ledger: Ledger) -> None:
    activity = held(ledger, beneficiaries=60)
    with pytest.raises(NothingToChange, match="本来就是这样"):
        ledger.activities.edit(activity, beneficiaries=60)
    with pytest.raises(BadActivity, match="民族数"):
        ledger.activities.edit(activity, ethnic_groups=99)


def test_hosts_in_another_order_are_no_change(ledger: Ledger) -> None:
    hosts = tuple(enrol(ledger, name).id for name in ("甲", "乙"))
    community = ledger.areas.find("XF").id
    activity = ledger.activities.add(Particulars(community, "2025-07-05", "清扫", organisers=hosts)).activity
    with pytest.raises(NothingToChange):
        ledger.activities.edit(activity, organisers=hosts[::-1])


def test_an_undone_edit_restores_what_stood(ledger: Ledger) -> None:
    first, second = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    activity = held(ledger, beneficiaries=60, organisers=(first.id,))
    more = {"beneficiaries": 1, "name": "改名", "held_on": "2025-11-01", "organisers": (second.id,)}
    edited = ledger.activities.edit(activity, **more)
    ledger.history.undo(edited.voucher)
    assert ledger.activities.get(activity.id) == activity
    assert ledger.activities.organisers(activity) == [first]
    assert counted(ledger, "activities.beneficiaries") == 60


# What an import uses


def imported(ledger: Ledger, rows: list[Particulars], *, source: str = "幸福里") -> int:
    """Bring activities as an import does; return the voucher."""
    with ledger.voucher("import.activities", origin=Origin(source)) as voucher:
        ledger.activities.add_many(voucher, rows)
    return voucher.id


def test_equal_rows_of_a_file_are_activities_of_their_own(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    row = said(ledger, beneficiaries=20, organisers=(partner.id,))
    imported(ledger, [row, row, said(ledger, "夜间巡查", community="HP")])
    assert [one.code for one in ledger.activities.listing()] == ["HP-H0001", "XF-H0001", "XF-H0002"]
    community = row.community_id
    assert ledger.activities.by_name(*ALWAYS)[community, "2025-11-18", "义诊义剪"] == [1, 2]
    assert ledger.activities.by_name("2025-11-19", "2025-12-31") == {}


def test_what_a_source_brought_is_given_back_as_its_rows(ledger: Ledger) -> None:
    first, second = enrol(ledger, "武玉侪"), enrol(ledger, "覃秀英")
    row = said(
        ledger, place="广场", beneficiaries=20, ethnic_groups=3, organisers=(first.id, second.id), remark="晴"
    )
    voucher = imported(ledger, [row, row])
    imported(ledger, [said(ledger, "别处")], source="和平")
    held(ledger, "手工登记")
    assert ledger.activities.recorded(Source("幸福里"), *ALWAYS) == [(voucher, row)] * 2
    assert ledger.activities.recorded(Source("幸福里"), "2025-01-01", "2025-11-17") == []


def test_what_was_edited_stays_brought_and_what_was_undone_does_not(ledger: Ledger) -> None:
    row = said(ledger, beneficiaries=20)
    kept, undone = imported(ledger, [row]), imported(ledger, [row])
    ledger.activities.edit(ledger.activities.get(1), beneficiaries=99)
    ledger.history.undo(undone)
    assert kept != undone
    assert ledger.activities.recorded(Source("幸福里"), *ALWAYS) == [(kept, row)]


# What the database itself holds


def test_kinds_and_themes_are_those_the_database_knows() -> None:
    assert tuple(KINDS) == tables.KINDS
    assert ("", *THEMES) == tables.THEMES


def test_the_database_counts_an_activity_once(ledger: Ledger) -> None:
    activity = held(ledger)
    columns = ("activity_id", "kind", "theme", "beneficiaries", "ethnic_groups")
    row = (activity.community_id, activity.held_on, activity.id, "welfare", "", 5, None)
    with pytest.raises(GuardRefused, match="一场活动只计一次"), ledger.voucher("raw") as voucher:
        voucher.post("activity_held", columns, [row])


def test_the_database_counts_an_organiser_once(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    activity = held(ledger, organisers=(partner.id,))
    row = (activity.community_id, activity.held_on, activity.id, partner.id)
    with pytest.raises(GuardRefused, match="只计一次"), ledger.voucher("raw") as voucher:
        voucher.post("organising", ("activity_id", "partner_id"), [row])


@pytest.mark.parametrize("spelling", ["UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE"])
def test_the_database_keeps_the_community_and_the_day_of_a_signed_activity(
    ledger: Ledger, spelling: str
) -> None:
    activity = held(ledger)
    ledger.sheets.sign(activity, [SheetLine(enrol(ledger, "武玉侪"), 60)])
    elsewhere = ledger.areas.find("HP").id
    for change, sentence in (
        ("held_on = '2025-01-01'", "日期不能再改"),
        (f"community_id = {elsewhere}", "不能换社区"),
    ):
        with pytest.raises(GuardRefused, match=sentence), ledger.voucher("raw") as voucher:
            ledger.database.write(f"{spelling} activity SET voucher_id = {voucher.id}, {change} WHERE id = 1")
