"""The commands of needs, as typed."""

import json

from tests.commands.conftest import Hep


def test_a_need_is_added_edited_met_opened_again_and_dropped(hep: Hep) -> None:
    said = hep("need", "add", "医疗", "老人补牙", "--heads", "40", "--day", "2025-03-05")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines()[0] == "已登记 XF-Q0001 老人补牙（幸福里社区，医疗，40 人）。"
    assert said.err.splitlines()[1].endswith("撤销：hep undo V" + said.err.rsplit("V", 1)[1].strip())
    assert "55 人" in hep("需求", "修改", "补牙", "--需求人数", "55").err
    assert "已满足 XF-Q0001" in hep("需求", "满足", "Q0001", "--备注", "每月义诊").err
    assert "已重开 XF-Q0001" in hep("需求", "重开", "Q0001").err
    assert "已撤下 XF-Q0001" in hep("需求", "撤下", "Q0001", "--原因", "搬迁").err
    shown = json.loads(hep("need", "show", "Q0001", "--json").out)
    assert [step["event"] for step in shown["steps"]] == ["raised", "met", "reopened", "dropped"]
    page = hep("need", "show", "补牙").out
    assert "已撤下" in page
    assert "搬迁" in page


def test_needs_are_listed_and_ranked(hep: Hep) -> None:
    for words in (("医疗", "补牙", "--heads", "40"), ("助餐", "长者食堂", "--heads", "60")):
        hep("need", "add", *words)
    rows = [line.split("\t") for line in hep("need", "list", "--status", "待满足").out.splitlines()]
    assert [row[3] for row in rows] == ["标题", "长者食堂", "补牙"]
    rows = [line.split("\t") for line in hep("need", "ranking", "--area", "驿马街道").out.splitlines()]
    assert rows == [
        ["街道", "名次", "类别", "项数", "人数"],
        ["驿马街道", "1", "助餐", "1", "60"],
        ["驿马街道", "2", "医疗", "1", "40"],
    ]
    assert json.loads(hep("need", "ranking", "--month", "2020-01", "--json").out) == []


def test_a_category_that_is_none_is_wrong_usage_and_a_key_counts_once(hep: Hep) -> None:
    said = hep("need", "add", "牙科", "补牙")
    assert said.code == 2
    assert "没有“牙科”，可用的有：医疗（medical）" in said.err
    typed = ("need", "add", "医疗", "补牙", "--key", "k1")
    assert hep(*typed).code == 0
    assert "没有重复记账" in hep(*typed).err
