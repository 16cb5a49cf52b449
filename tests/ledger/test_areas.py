"""Areas: one tree, looked up as people speak of it."""

from datetime import date

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import AreaTaken, NewArea, SecondRoot, UnknownKind, WrongLevel, code_from, kind_of
from hepartner.ledger.errors import AlreadyRecorded, Ambiguous, GuardRefused, NotFound, Refused


@pytest.mark.parametrize("text", ["XF", "xf", "幸福里社区", "幸福里", "幸福", "xingfuli", "xfl"])
def test_an_area_is_found_by_code_name_pinyin_and_initials(ledger: Ledger, text: str) -> None:
    assert ledger.areas.find(text).name == "幸福里社区"


def test_what_is_no_area_or_several_is_said(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="没有找到区域“火星”。可用 hep area list"):
        ledger.areas.find("火星")
    with pytest.raises(NotFound):
        ledger.areas.find(" ")
    ledger.areas.add("community", "幸福港社区", parent=ledger.areas.find("YM"))
    with pytest.raises(Ambiguous, match="驿马街道 幸福里社区 \\(XF\\)；驿马街道 幸福港社区 \\(XFG\\)"):
        ledger.areas.find("幸福")


def test_the_tree_lists_each_area_before_what_lies_below(ledger: Ledger) -> None:
    ledger.areas.add("subdistrict", "中街街道", parent=ledger.areas.find("HC"))
    grid = ledger.areas.add(None, "第一网格", parent=ledger.areas.find("XF")).area
    assert [area.name for area in ledger.areas.tree()] == [
        "海城区", "驿马街道", "幸福里社区", "第一网格", "和平社区", "中街街道",
    ]  # fmt: skip
    assert grid.kind == "grid"
    assert [area.code for area in ledger.areas.communities(ledger.areas.find("HC"))] == ["XF", "HP"]
    assert ledger.areas.communities(ledger.areas.find("中街")) == []


def test_levels_follow_one_another(ledger: Ledger) -> None:
    with pytest.raises(WrongLevel, match="社区“海边社区”的上级应是街道，而“海城区”不是"):
        ledger.areas.add("community", "海边社区", parent=ledger.areas.find("HC"))
    with pytest.raises(SecondRoot, match="最上级区域已经是“海城区”"):
        ledger.areas.add("district", "银海区")


def test_nothing_stands_above_a_district(ledger: Ledger) -> None:
    with pytest.raises(WrongLevel, match="“第二城区”是城区，城区没有上级，不能放在“海城区”下面"):
        ledger.areas.add(None, "第二城区", parent=ledger.areas.find("HC"))


def test_a_name_and_a_code_stand_for_one_area(ledger: Ledger) -> None:
    above = ledger.areas.find("YM")
    with pytest.raises(AreaTaken, match="已有“幸福里社区”（代码 XF），没有重复增加。"):
        ledger.areas.add("community", "幸福里社区", parent=above)
    with pytest.raises(AreaTaken, match="代码 XF 已用于“幸福里社区”，没有增加“新风社区”。请换一个代码"):
        ledger.areas.add("community", "新风社区", parent=above, code="xf")
    assert ledger.areas.add("community", "新风社区", parent=above, code="XFN").area.code == "XFN"
    assert ledger.areas.add("community", "和谐社区", parent=above).area.code == "HX"
    assert ledger.areas.add("community", "红星社区", parent=above).area.code == "HX2"


def test_a_whole_district_is_added_in_one_voucher(ledger: Ledger) -> None:
    added = ledger.areas.add_many(
        [
            NewArea("地角街道", "海城区"),
            NewArea("地中社区", "地角街道", since=date(2022, 1, 1)),
            *(NewArea(f"第{n}网格", "地中社区") for n in "一二三"),
        ],
        key="区域",
    )
    assert [(area.kind, area.name) for area in added.areas][:3] == [
        ("subdistrict", "地角街道"), ("community", "地中社区"), ("grid", "第一网格"),
    ]  # fmt: skip
    assert {area.parent_id for area in added.areas[2:]} == {added.areas[1].id}
    with pytest.raises(AlreadyRecorded, match=f"凭证是 V{added.voucher}"):
        ledger.areas.add_many(
            [NewArea("地角街道", "海城区"), NewArea("地中社区", "地角街道", since=date(2022, 1, 1)),
             *(NewArea(f"第{n}网格", "地中社区") for n in "一二三")],
            key="区域",
        )  # fmt: skip
    ledger.history.undo(added.voucher)
    assert [area.name for area in ledger.areas.tree()] == ["海城区", "驿马街道", "幸福里社区", "和平社区"]


def test_one_wrong_area_among_many_adds_none(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="没有找到区域“没有街道”"):
        ledger.areas.add_many([NewArea("地角街道", "海城区"), NewArea("地中社区", "没有街道")])
    assert len(ledger.areas.tree()) == 4


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (NewArea(" ", "XF", "grid"), "区域名称是空的，请写明名称。"),
        (NewArea("新网格", "XF", code="A B"), "区域“新网格”的代码“A B”不行，应是 1 到 12 个字母或数字，如 XF。"),
        (NewArea("新网格", "XF", code="一"), "代码“一”不行"),
        (NewArea("新社区", "YM", since=date(2025, 11, 21)), "日期 2025-11-21 还没有到（今天是 2025-11-20）。请改正日期。"),
    ],
)  # fmt: skip
def test_an_area_that_can_not_be_is_refused(ledger: Ledger, wanted: NewArea, why: str) -> None:
    with pytest.raises(Refused) as refused:
        ledger.areas.add_many([wanted])
    assert why in str(refused.value)


def test_the_database_takes_no_code_but_letters_and_digits(ledger: Ledger) -> None:
    with pytest.raises(GuardRefused, match="area_coded"), ledger.voucher("test") as voucher:
        voucher.edit("area", ledger.areas.find("XF").id, code="X F")


def test_a_rehearsal_takes_everything_back(ledger: Ledger) -> None:
    before = ledger.anchor
    with ledger.rehearsal():
        ledger.areas.add_many([NewArea("地角街道", "海城区")])
        ledger.areas.add_many([NewArea("地中社区", "地角街道")])
        assert len(ledger.areas.tree()) == 6
    assert (len(ledger.areas.tree()), ledger.anchor) == (4, before)
    assert ledger.areas.add_many([NewArea("地角街道", "海城区")]).voucher == before.vouchers + 1


def test_a_grid_is_looked_for_in_its_community(ledger: Ledger) -> None:
    xingfu, heping = ledger.areas.find("XF"), ledger.areas.find("HP")
    for community in (xingfu, heping):
        ledger.areas.add(None, "第一网格", parent=community)
    assert ledger.areas.find("第一网格", kind="grid", within=heping).parent_id == heping.id
    with pytest.raises(NotFound, match="没有找到和平社区的网格“第二网格”"):
        ledger.areas.find("第二网格", kind="grid", within=heping)


def test_an_office_of_one_community_needs_no_parent(empty: Ledger) -> None:
    community = empty.areas.add(None, "幸福里社区").area
    assert empty.here == community
    assert empty.areas.community() == community


@pytest.mark.parametrize(
    ("name", "kind"),
    [("海城区", "district"), ("合浦县", "district"), ("驿马街道", "subdistrict"), ("涠洲镇", "subdistrict"),
     ("幸福里社区", "community"), ("第三网格", "grid"), ("盛塘村", "community")],
)  # fmt: skip
def test_a_name_tells_the_kind_of_area(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_name_that_tells_nothing_is_asked_about() -> None:
    with pytest.raises(UnknownKind, match="请用 --kind 指明"):
        kind_of("老城")


@pytest.mark.parametrize(
    ("name", "code"),
    [("海城区", "HC"), ("幸福里社区", "XFL"), ("社区", "SQ"), ("驿马街道", "YM"), ("···", "Q")],
)
def test_a_code_is_proposed_from_the_initials(name: str, code: str) -> None:
    assert code_from(name) == code


def test_a_community_is_added_beside_those_that_began_to_close_in_different_months(ledger: Ledger) -> None:
    first, second = ledger.areas.communities()
    for month in ("2025-01", "2025-02"):
        ledger.periods.close([first], month)
    ledger.periods.close([second], "2025-03")
    parent = ledger.areas.find("YM")
    added = ledger.areas.add("community", "新村社区", parent=parent, since=date(2025, 1, 1)).area
    assert ledger.periods.closed_through(added.id) == "2025-02"
