"""Areas: one tree, looked up as people speak of it."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.areas import AreaTaken, SecondRoot, UnknownKind, WrongLevel, code_from, kind_of
from hepartner.ledger.errors import Ambiguous, NotFound


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
    with pytest.raises(AreaTaken, match="幸福里社区"):
        ledger.areas.add("community", "幸福里社区", parent=above)
    with pytest.raises(AreaTaken):
        ledger.areas.add("community", "新风社区", parent=above, code="xf")
    assert ledger.areas.add("community", "新风社区", parent=above, code="XFN").area.code == "XFN"
    assert ledger.areas.add("community", "和谐社区", parent=above).area.code == "HX"
    assert ledger.areas.add("community", "红星社区", parent=above).area.code == "HX2"


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
