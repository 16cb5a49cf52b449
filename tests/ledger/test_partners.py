"""Partners: enrolling, finding, editing; the coming, going, moving and merging of members."""

from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import NoCommunity, NotACommunity
from hepartner.ledger.callnames import called
from hepartner.ledger.editing import LikeAnother
from hepartner.ledger.errors import Ambiguous, GuardRefused, NotFound, Unsure
from hepartner.ledger.membership import BeforeLastStep, WrongStanding
from hepartner.ledger.months import Span
from hepartner.ledger.particulars import BadPartner, Particulars
from hepartner.ledger.partners import BeforeJoining, SameAgain, SamePartner
from tests.ledger.conftest import enrol


def counted(ledger: Ledger, kind: str, month: str) -> dict[str, int]:
    """Partners of a kind at the end of a month, by community name."""
    numbers = ledger.counts.additive(f"partners.{kind}", Span.month(month))
    return {ledger.areas.get(community).name: number for community, number in numbers.items() if number}


@pytest.mark.parametrize(
    "text", ["XF-P0001", "xf-p0001", "武玉侪", "武  玉侪", "wuyuchai", "wyc", "8000", "138000"]
)
def test_a_partner_is_found_by_code_name_pinyin_initials_and_phone_tail(ledger: Ledger, text: str) -> None:
    partner = enrol(ledger, "武玉侪", phone="13812138000")
    enrol(ledger, "覃秀英", phone="13900139001")
    assert ledger.partners.find(text) == partner


@pytest.mark.parametrize("text", ["北海柏乐口腔门诊部有限公司", "柏乐口腔门诊部", "北海市柏乐口腔门诊部"])
def test_a_business_is_found_without_its_region_and_legal_form(ledger: Ledger, text: str) -> None:
    business = enrol(ledger, "北海柏乐口腔门诊部有限公司", kind="business")
    assert ledger.partners.find(text) == business


@pytest.mark.parametrize(
    ("text", "name"), [("王", "王伟明"), ("王伟", "王伟明"), ("伟明", "王伟明"), ("柏乐", "柏乐口腔")]
)
def test_a_part_of_a_name_names_nobody_until_somebody_says_so(ledger: Ledger, text: str, name: str) -> None:
    enrol(ledger, "王伟明", phone="13800138000")
    enrol(ledger, "柏乐口腔", kind="business")
    with pytest.raises(
        Unsure, match=f"没有合伙人叫“{text}”，名称里有它的有 1 个：XF-P000. {name}（.*）。请写全名或编号。"
    ):
        ledger.partners.find(text)
    assert [partner.name for partner in ledger.partners.matches(text)] == [name]
    asked = []

    def choose(question: str, candidates: list[str]) -> int:
        asked.append((question, len(candidates)))
        return 0

    with Ledger.open(ledger.database.path, operator="李梅", choose=choose) as window:
        assert window.partners.find(text).name == name
    assert asked == [(f"没有合伙人叫“{text}”，是这里的哪一个？", 1)]


def test_a_grid_of_another_community_is_refused_twice(ledger: Ledger) -> None:
    grid = ledger.areas.add("grid", "第一网格", parent=ledger.areas.find("HP")).area
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(
        BadPartner, match="这个网格不在幸福里社区，没有记账。请写幸福里社区的网格，见 hep area list。"
    ):
        enrol(ledger, "陈一", grid_id=grid.id)
    with pytest.raises(BadPartner, match="这个网格不在幸福里社区"):
        ledger.partners.edit(partner, grid_id=grid.id)
    with pytest.raises(GuardRefused, match="网格不在合伙人所在的社区"), ledger.voucher("test") as voucher:
        voucher.edit("partner", partner.id, grid_id=grid.id)
    ledger.membership.move(partner, ledger.areas.find("HP"))
    assert ledger.partners.edit(partner, grid_id=grid.id).partner.grid_id == grid.id


def test_of_two_by_the_same_name_the_one_in_the_community_worked_in_is_meant(ledger: Ledger) -> None:
    here = enrol(ledger, "王芳", community="XF", phone="13800000001")
    enrol(ledger, "王芳", community="HP", phone="13800000002")
    with pytest.raises(
        Ambiguous, match="“王芳”对应 2 个合伙人：HP-P0001 王芳（个体，和平社区，138\\*\\*\\*\\*0002）"
    ):
        ledger.partners.find("王芳")
    with Ledger.open(ledger.database.path, operator="李梅", community="幸福里") as at_home:
        assert at_home.partners.find("王芳") == here
        assert at_home.partners.find("p0001") == here


def test_at_a_terminal_the_ambiguous_name_is_asked_about(ledger: Ledger) -> None:
    enrol(ledger, "王芳", community="XF", phone="13800000001")
    second = enrol(ledger, "王芳", community="XF", phone="13800000002")
    asked = []

    def choose(question: str, candidates: list[str]) -> int:
        asked.append((question, len(candidates)))
        return 1

    with Ledger.open(ledger.database.path, operator="李梅", choose=choose) as window:
        assert window.partners.find("王芳") == second
    assert asked == [("“王芳”是哪一个合伙人？", 2)]


def test_none_of_many_matches_is_left_out_and_too_many_are_not_asked_about(ledger: Ledger) -> None:
    community = ledger.areas.find("XF")
    many = [Particulars("individual", f"王{n:02d}号", community.id, "2025-01-01") for n in range(51)]
    with ledger.voucher("test") as voucher:
        ledger.partners.enrol_many(voucher, many)
    assert len(ledger.partners.matches("王")) == 51
    with Ledger.open(
        ledger.database.path, operator="李梅", choose=lambda _question, _candidates: 0
    ) as window:
        with pytest.raises(Ambiguous, match="没有合伙人叫“王”，名称里有它的有 51 个"):
            window.partners.find("王")
        assert window.partners.find("王0").name == "王00号"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"contact": "张三"}, "联系人"),
        ({"members": 5}, "人数"),
        ({"credit_code": "91110108772551611J"}, "统一社会信用代码"),
    ],
)
def test_an_individual_has_no_fields_of_organisations(
    ledger: Ledger, said: dict[str, Any], word: str
) -> None:
    sentence = f"个体合伙人不记{word}，只有社群和商企才有。请不要写，或改正类型。"
    with pytest.raises(BadPartner, match=sentence):
        enrol(ledger, "武玉侪", **said)
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(BadPartner, match=sentence):
        ledger.partners.edit(partner, **said)
    with pytest.raises(GuardRefused), ledger.voucher("test") as voucher:
        voucher.edit("partner", partner.id, **said)
    group = enrol(ledger, "书法协会", kind="group", **said)
    with pytest.raises(BadPartner, match=sentence):
        ledger.partners.edit(group, kind="individual", **said)
    edited = ledger.partners.edit(group, kind="individual").partner
    assert (edited.contact, edited.members, edited.credit_code) == ("", None, "")
    ledger.history.undo(ledger.anchor.vouchers)
    assert ledger.partners.get(group.id) == group


ORGANISATIONS = {
    "北海市晨光商贸有限公司": ("cgsm", "chenguangshangmao", "bhscgsmyxgs", "ChenGuangShangMao"),
    "书法协会": ("sf", "shufa", "sfxh"),
    "北海柏乐口腔门诊部有限公司": ("blkqmzb",),
    "志愿服务队": ("zyfwd", "zhiyuanfuwudui"),
}


def test_an_organisation_is_spelled_with_and_without_its_region_and_legal_form(ledger: Ledger) -> None:
    for name in ORGANISATIONS:
        enrol(ledger, name, kind="group")
    for name, spellings in ORGANISATIONS.items():
        assert {ledger.partners.find(spelling).name for spelling in spellings} == {name}
    renamed = ledger.partners.edit(ledger.partners.find("sf"), name="北海市海鸥合唱协会").partner
    assert ledger.partners.find("hohc") == renamed
    with pytest.raises(NotFound):
        ledger.partners.find("shufa")
    assert ledger.partners.edit(renamed, kind="individual").partner.name == renamed.name
    with pytest.raises(NotFound):
        ledger.partners.find("hohc")


@pytest.mark.parametrize("typed", ["XF-P0001", "sf", "书法协会", "8000"])
def test_every_way_of_naming_somebody_for_certain_is_looked_up_in_an_index(
    ledger: Ledger, typed: str
) -> None:
    """A name is typed for each person of a queue; only a guess reads all partners."""
    named = called(typed, ledger.here)
    for test in named.naming:
        sql = f"EXPLAIN QUERY PLAN SELECT p.id FROM partner p WHERE {test}"
        (step,) = [row[3] for row in ledger.database.rows(sql, named.parameters)]
        assert step.startswith("SEARCH p USING"), (test, step)


@pytest.mark.parametrize("text", ["没有这人", "", "  ", "%", "9999", "_"])
def test_what_matches_nobody_is_not_found(ledger: Ledger, text: str) -> None:
    enrol(ledger, "武玉侪", phone="13800138000")
    with pytest.raises(NotFound, match="没有找到合伙人"):
        ledger.partners.find(text)
    with pytest.raises(NotFound):
        ledger.partners.matches(text)


def test_all_partners_that_match_are_listed(ledger: Ledger) -> None:
    enrol(ledger, "王芳", community="XF")
    enrol(ledger, "王芳", community="HP")
    assert [partner.code for partner in ledger.partners.matches("wf")] == ["HP-P0001", "XF-P0001"]


def test_codes_are_given_once_even_when_an_enrolment_is_undone(ledger: Ledger) -> None:
    community = ledger.areas.find("XF")
    first = ledger.partners.enrol(Particulars("individual", "甲", community.id, "2025-01-01"))
    ledger.history.undo(first.voucher)
    assert enrol(ledger, "乙").code == "XF-P0002"
    with pytest.raises(NotFound):
        ledger.partners.find("甲")
    with pytest.raises(NotFound, match="登记可能已经撤销"):
        ledger.partners.get(first.partner.id)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": " 　"}, "名称是空的"),
        ({"name": "王" * 101}, "名称有 101 个字，太长，请缩短到 100 字以内"),
        ({"name": "海边志愿队 0779-2021234"}, "名称里有电话号码"),
        ({"kind": "robot"}, "应是个体、社群或商企"),
        ({"joined_on": "2025-11-21"}, "还没有到"),
        ({"members": 0}, "不合理"),
    ],
)
def test_particulars_that_cannot_be_are_refused(ledger: Ledger, changed: dict[str, object], why: str) -> None:
    said = Particulars("group", "海边志愿队", 3, "2025-01-01")._replace(**changed)
    with pytest.raises(BadPartner, match=why):
        ledger.partners.enrol(said)
    assert ledger.partners.cards() == []


def test_the_same_partner_is_not_enrolled_twice(ledger: Ledger) -> None:
    enrol(ledger, "王芳", phone="13800000001")
    known = "幸福里社区已有“王芳”（XF-P0001，电话 138\\*\\*\\*\\*0001）.*hep partner edit XF-P0001"
    with pytest.raises(SamePartner, match=known):
        enrol(ledger, "王 芳", phone="13800000001")
    with pytest.raises(SamePartner, match="请加 --same-name"):
        enrol(ledger, "王芳")
    assert enrol(ledger, "王芳", phone="13800000009").code == "XF-P0002"
    said = Particulars("individual", "王芳", 3, "2025-01-01")
    assert ledger.partners.enrol(said, same_name=True).partner.code == "XF-P0003"


def test_partners_are_listed_by_kind_area_status_category_and_skill(ledger: Ledger) -> None:
    barber = enrol(ledger, "快剪理发店", kind="business", category="理发", skills="理发、染发")
    enrol(ledger, "和平理发店", kind="business", community="HP", category="理发")
    singer = enrol(ledger, "武玉侪", skills="声乐%")
    ledger.membership.suspend(singer)
    areas, partners = ledger.areas, ledger.partners
    assert partners.listing(kind="business", under=areas.find("XF")) == [barber]
    assert [one.name for one in partners.listing(category="理发", under=areas.find("YM"))] == [
        "和平理发店",
        "快剪理发店",
    ]
    assert [one.name for one in partners.listing(status="suspended")] == ["武玉侪"]
    assert [one.name for one in partners.listing(skill="%")] == ["武玉侪"]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"phone": "13800138002"}, "名称和电话"),
        ({"name": "夏风协会", "phone": "13800138003"}, "名称和电话"),
        ({"credit_code": "91110108772551611J"}, "统一社会信用代码"),
    ],
)
def test_no_edit_makes_a_card_like_another(ledger: Ledger, said: dict[str, str], what: str) -> None:
    """The second bears the first's name and another phone; who was merged is in nobody's way."""
    first = enrol(ledger, "春雨队", kind="group", phone="13800138001")
    second = enrol(ledger, "春雨队", kind="group", phone="13800138002", credit_code="91110108772551611J")
    third = enrol(ledger, "夏风协会", kind="group", phone="13800138003")
    other = third if "name" in said else second
    with pytest.raises(
        LikeAnother, match=rf"改后的{what}与幸福里社区的“{other.name}”（{other.code}）相同，没有改动"
    ):
        ledger.partners.edit(first, **said)
    ledger.membership.merge(other, enrol(ledger, "总会", kind="group"))
    assert ledger.partners.edit(first, **said).partner.name == said.get("name", "春雨队")


def test_an_edit_keeps_its_history_with_phones_masked(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪", phone="13800138000")
    edited = ledger.partners.edit(partner, name="武玉才", phone="13900139000")
    assert ledger.partners.find("wuyucai") == edited.partner
    past = [(one.what, one.before, one.after) for one in ledger.partners.history(partner)]
    assert past == [("名称", "武玉侪", "武玉才"), ("电话", "138****8000", "139****9000"), ("加入", "", "")]


def test_the_past_is_told_in_words_and_no_step_twice(ledger: Ledger) -> None:
    partner = enrol(ledger, "海边志愿队")
    grid = ledger.areas.add("grid", "第一网格", parent=ledger.areas.find("XF")).area
    ledger.partners.edit(partner, kind="group", grid_id=grid.id)
    ledger.membership.suspend(partner)
    ledger.membership.move(partner, ledger.areas.find("HP"))
    past = [(one.what, one.before, one.after) for one in ledger.partners.history(partner)]
    assert past == [
        ("迁出", "", ""), ("迁入", "", ""), ("社区", "幸福里社区", "和平社区"), ("网格", "第一网格", ""),
        ("暂停", "", ""),
        ("原类型", "", ""), ("改类型", "", ""), ("网格", "", "第一网格"), ("类型", "个体", "社群"),
        ("加入", "", ""),
    ]  # fmt: skip


def test_an_edit_that_changes_nothing_writes_nothing(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(SameAgain, match="没有要修改的内容"):
        ledger.partners.edit(partner, name="武玉侪")
    with pytest.raises(BadPartner):
        ledger.partners.edit(partner, name="")


def test_a_changed_kind_and_joining_day_move_the_figures(ledger: Ledger) -> None:
    partner = enrol(ledger, "海边志愿队", kind="individual", joined_on="2025-03-01")
    ledger.partners.edit(partner, kind="group", joined_on="2025-02-01")
    assert counted(ledger, "individual", "2025-02") == {"幸福里社区": 1}
    assert counted(ledger, "individual", "2025-11") == {}
    assert counted(ledger, "group", "2025-11") == {"幸福里社区": 1}


def test_who_no_longer_counts_keeps_the_kind_it_was_counted_as(ledger: Ledger) -> None:
    """Undoing the leaving, or the edit after a return, would leave a card of another kind than its facts."""
    shop, twin = (enrol(ledger, name, kind="business") for name in ("好邻居超市", "好邻居便利店"))
    ledger.membership.merge(twin, shop)
    left = ledger.membership.leave(shop)
    for gone, status in ((left.partner, "已退出"), (ledger.partners.get(twin.id), "已并入")):
        with pytest.raises(BadPartner, match=f"现在是“{status}”，不能改类型"):
            ledger.partners.edit(gone, kind="group")
    ledger.history.undo(left.voucher)
    assert ledger.custody.verify().findings == ()


def test_the_joining_day_is_mended_for_one_who_has_moved_since(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪", joined_on="2025-03-01")
    moved = ledger.membership.move(partner, ledger.areas.find("HP"), day=date(2025, 6, 1)).partner
    ledger.partners.edit(moved, joined_on="2025-02-01")
    assert counted(ledger, "individual", "2025-02") == {"幸福里社区": 1}
    assert counted(ledger, "individual", "2025-11") == {"和平社区": 1}
    with pytest.raises(BadPartner, match="晚于这位合伙人后来的变动（2025-06-01）"):
        ledger.partners.edit(moved, joined_on="2025-06-02")


def test_suspended_partners_count_and_those_who_left_do_not(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.membership.suspend(partner, day=date(2025, 8, 1))
    assert counted(ledger, "individual", "2025-08") == {"幸福里社区": 1}
    ledger.membership.leave(partner, day=date(2025, 9, 1))
    assert counted(ledger, "individual", "2025-09") == {}
    back = ledger.membership.rejoin(partner, day=date(2025, 10, 1))
    assert back.partner.status == "active"
    assert counted(ledger, "individual", "2025-10") == {"幸福里社区": 1}


def test_a_suspension_is_lifted_by_rejoining(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.membership.suspend(partner)
    assert ledger.membership.rejoin(partner).partner.status == "active"
    assert counted(ledger, "individual", "2025-11") == {"幸福里社区": 1}


def test_steps_that_do_not_follow_are_refused(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with pytest.raises(WrongStanding, match="现在是“在册”，不能再记“重新加入”"):
        ledger.membership.rejoin(partner)
    ledger.membership.leave(partner, day=date(2025, 9, 1))
    with pytest.raises(WrongStanding, match="现在是“已退出”"):
        ledger.membership.suspend(partner)
    with pytest.raises(WrongStanding):
        ledger.membership.move(partner, ledger.areas.find("HP"))
    with pytest.raises(BeforeLastStep, match="日期 2025-08-31 比它早"):
        ledger.membership.rejoin(partner, day=date(2025, 8, 31))
    with pytest.raises(BeforeJoining, match="早于加入日期 2024-01-01"):
        ledger.membership.rejoin(partner, day=date(2023, 8, 31))
    with pytest.raises(BeforeJoining, match="还没有到"):
        ledger.membership.rejoin(partner, day=date(2025, 12, 1))


def test_a_move_takes_the_points_along_with_the_days_they_were_earned(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    for day, points in ((date(2025, 1, 5), 10), (date(2025, 2, 5), 20)):
        ledger.points.award(partner, points, day=day)
    ledger.points.deduct(partner, 12, reason="未到")
    moved = ledger.membership.move(partner, ledger.areas.find("HP"), day=date(2025, 11, 10)).partner
    assert (moved.code, moved.community) == ("XF-P0001", "和平社区")
    assert [tuple(lot) for lot in ledger.carrying.remaining(partner.id)] == [("2025-02-05", 18)]
    balances = ledger.counts.additive("points.balance", Span.month("2025-11"))
    assert balances == {3: 0, 4: 18}
    assert counted(ledger, "individual", "2025-11") == {"和平社区": 1}
    with pytest.raises(SameAgain, match="已经在和平社区"):
        ledger.membership.move(partner, ledger.areas.find("HP"))


def test_a_late_award_for_a_day_before_the_move_counts_where_it_was_earned_and_is_carried(
    ledger: Ledger,
) -> None:
    partner = enrol(ledger, "武玉侪")
    ledger.membership.move(partner, ledger.areas.find("HP"), day=date(2025, 11, 10))
    ledger.points.award(partner, 7, day=date(2025, 11, 9))
    ledger.points.award(partner, 5, day=date(2025, 11, 10))
    assert ledger.counts.additive("points.awarded", Span.month("2025-11")) == {3: 7, 4: 5}
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 0, 4: 12}


def test_a_merge_adds_points_and_leaves_one_partner(ledger: Ledger) -> None:
    stays = enrol(ledger, "王芳", phone="13800000001")
    twice = enrol(ledger, "王方", community="HP", phone="13800000009")
    ledger.points.award(stays, 10)
    ledger.points.award(twice, 5, day=date(2025, 3, 1))
    ledger.membership.merge(twice, stays)
    assert ledger.points.balance(stays) == 15
    assert ledger.carrying.remaining(stays.id)[0] == ("2025-03-01", 5)
    assert counted(ledger, "individual", "2025-11") == {"幸福里社区": 1}
    assert [one.code for one in ledger.partners.cards()] == ["XF-P0001"]
    with pytest.raises(WrongStanding, match="现在是“已并入”"):
        ledger.membership.merge(twice, stays)
    with pytest.raises(SameAgain, match="不能并入自己"):
        ledger.membership.merge(stays, stays)


def test_one_who_left_can_still_be_merged(ledger: Ledger) -> None:
    stays, gone = enrol(ledger, "王芳"), enrol(ledger, "王方")
    ledger.membership.leave(gone, day=date(2025, 9, 1))
    ledger.membership.merge(gone, stays)
    assert counted(ledger, "individual", "2025-11") == {"幸福里社区": 1}


def test_what_a_merged_card_earned_is_reversed_from_who_holds_it_now(ledger: Ledger) -> None:
    stays, twice = enrol(ledger, "王芳"), enrol(ledger, "王方", community="HP")
    award = ledger.points.award(twice, 5, day=date(2025, 3, 1))
    entry = ledger.statements.entries(twice)[0].entry_id
    ledger.membership.merge(twice, stays)
    ledger.points.reverse(entry, reason="记错")
    assert (ledger.points.balance(stays), ledger.points.balance(twice)) == (0, 0)
    assert ledger.counts.additive("points.awarded", Span.month("2025-03")) == {4: 0}
    assert ledger.counts.additive("points.balance", Span.month("2025-11")) == {3: 0, 4: 0}
    assert award.voucher
    assert ledger.custody.verify().findings == ()


def test_the_community_worked_in_is_needed_to_enrol(ledger: Ledger) -> None:
    with pytest.raises(NoCommunity, match="不知道是哪个社区"):
        ledger.areas.community()
    with pytest.raises(NotACommunity, match="“驿马街道”是街道，这里需要社区"):
        ledger.areas.community("驿马")
