"""The commands of residents' issues, as typed."""

import json
from datetime import timedelta

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.ledger import local_time
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol

TODAY = "今天"


@pytest.fixture(autouse=True)
def categories(ledger: Ledger) -> None:
    """路灯维修 LAMP 5 days, 小区用水 WATER 3 days, 管道疏通 DRAIN 3 days, …"""
    ledger.issues.load_default()


def ago(days: int) -> str:
    return str(local_time().date() - timedelta(days=days))


def listed(hep: Hep, *words: str) -> list[tuple[str, str]]:
    return [(one["code"], one["status"]) for one in json.loads(hep("issue", "list", *words, "--json").out)]


def test_an_issue_goes_from_reporting_to_confirming(hep: Hep, ledger: Ledger) -> None:
    said = hep(
        "issue", "add", "路灯", "3号楼路灯不亮", "--place", "幸福小区", "--day", ago(4), "--remark", "急"
    )
    first = f"已登记 XF-W0001 3号楼路灯不亮（幸福里社区，路灯维修），截止 {ago(-1)}。"
    assert (said.code, said.out, said.err.splitlines()[0]) == (0, "", first)
    steps = {
        ("assign", "3号楼", "物业王经理"): "已交 物业王经理 办理",
        ("resolve", "W0001", "--beneficiaries", "一百二十", "--note", "换了灯"): "已解决，受益 120 人",
        ("confirm", "xf-w0001", "--satisfied"): "已确认，居民满意",
        ("reopen", "路灯", "--reason", "又不亮了"): "已重开，等待办理",
    }
    for words, told in steps.items():
        said = hep("issue", *words)
        assert (said.code, said.err.splitlines()[0]) == (0, f"XF-W0001 3号楼路灯不亮 {told}。")
    shown = hep("issue", "show", "路灯").out.splitlines()
    assert shown[:3] == ["编号      XF-W0001", "标题      3号楼路灯不亮", "状态      待办理"]
    assert [line.split("\t")[1:4] for line in shown[12:17]] == [
        ["上报", "", ""],
        ["交办", "", ""],
        ["解决", "120", ""],
        ["确认", "", "满意"],
        ["重开", "-120", ""],
    ]
    assert ledger.issues.find("W0001").assignee == "物业王经理"


def test_chinese_words_do_the_same(hep: Hep) -> None:
    assert hep("问题", "添加", "用水", "停水", "--截止", "明天", "--日期", TODAY).code == 0
    assert hep("问题", "解决", "停水", "--受益人数", "30").code == 0
    assert "居民不满意" in hep("问题", "确认", "停水", "--不满意").err
    assert listed(hep, "--状态", "已确认") == [("XF-W0001", "confirmed")]


def test_a_resident_need_not_say_but_not_both(hep: Hep) -> None:
    hep("issue", "add", "用水", "停水")
    hep("issue", "resolve", "停水")
    both = hep("issue", "confirm", "停水", "--satisfied", "--unsatisfied")
    assert (both.code, both.err) == (2, "--satisfied 和 --unsatisfied 只写一个。\n")
    assert "没有说满意与否" in hep("issue", "confirm", "停水").err


def test_a_step_that_is_not_allowed_is_refused_in_one_sentence(hep: Hep) -> None:
    hep("issue", "add", "用水", "停水")
    said = hep("issue", "confirm", "停水")
    assert (said.code, said.out) == (1, "")
    assert said.err == "“停水”（XF-W0001）现在是“待办理”，不能记“确认”；可以交办、解决、并入重复。\n"
    assert hep("issue", "resolve", "停水", "--day", ago(1)).code == 1
    assert hep("issue", "resolve", "停电").code == 4
    assert "可用：小区用水（WATER）" in hep("issue", "add", "猫", "猫叫").err


def test_a_duplicate_is_joined_to_the_issue_it_repeats(hep: Hep) -> None:
    hep("issue", "add", "用水", "停水")
    hep("issue", "add", "用水", "没有水")
    said = hep("issue", "duplicate", "没有水", "停水")
    assert said.err.splitlines()[0] == "XF-W0002 没有水 已并入 XF-W0001 停水。"
    assert listed(hep) == [("XF-W0002", "duplicate"), ("XF-W0001", "reported")]


def test_a_helper_may_earn_by_rule_or_by_points_not_by_both(hep: Hep, ledger: Ledger) -> None:
    ledger.rulebook.add("HELP", "协助解决问题", points=20, cap_day=30)
    wu = enrol(ledger, "武玉侪")
    for title in ("停水一", "停水二", "停水三"):
        hep("issue", "add", "用水", title, "--day", ago(1))
    assert "协助 XF-W0001 停水一，得 20 分。" in hep("issue", "help", "W0001", "wyc", "--rule", "协助").err
    second = hep("issue", "help", "W0002", "wyc", "--rule", "HELP").err
    assert ("得 10 分" in second, "已到每天上限。" in second) == (True, True)
    assert "停水三，得 5 分" in hep("issue", "help", "W0003", "wyc", "--points", "5").err
    assert hep("issue", "help", "W0003", "wyc", "--points", "5", "--rule", "HELP").code == 2
    assert "停水三。" in hep("issue", "help", "W0003", "wyc", "--day", ago(1)).err
    early = hep("issue", "help", "W0003", "wyc", "--day", ago(2))
    assert (early.code, "才上报，不能记" in early.err) == (1, True)
    assert ledger.points.balance(wu) == 35
    helpers = json.loads(hep("issue", "show", "停水三", "--json").out)["helpers"]
    assert [one["points"] for one in helpers] == [5, 0]


def test_a_listing_filters_by_area_status_and_category(hep: Hep) -> None:
    hep("issue", "add", "用水", "停水", "--day", ago(2))
    hep("issue", "add", "路灯", "灯不亮", "--community", "和平社区")
    hep("issue", "resolve", "停水")
    assert listed(hep, "--area", "海城区") == [("HP-W0001", "reported"), ("XF-W0001", "resolved")]
    assert listed(hep, "--area", "海城区", "--category", "LAMP") == [("HP-W0001", "reported")]
    assert listed(hep, "--area", "和平") == listed(hep, "--community", "和平") == [("HP-W0001", "reported")]
    assert (
        listed(hep, "--status", "已解决") == listed(hep, "--status", "resolved") == [("XF-W0001", "resolved")]
    )
    assert hep("issue", "list", "--area", "和平").out.splitlines() == [
        "编号\t社区\t类别\t标题\t上报日期\t截止日期\t状态\t承办人",
        f"HP-W0001\t和平社区\t路灯维修\t灯不亮\t{ago(0)}\t{ago(-5)}\t待办理\t",
    ]


def test_what_is_overdue_is_listed_with_the_days(hep: Hep) -> None:
    hep("issue", "add", "用水", "停水", "--day", ago(10))
    hep("issue", "add", "路灯", "灯不亮", "--day", ago(10), "--community", "HP")
    assert hep("issue", "overdue", "--area", "XF").out.splitlines() == [
        "编号\t社区\t类别\t标题\t上报日期\t截止日期\t超期天数\t承办人",
        f"XF-W0001\t幸福里社区\t小区用水\t停水\t{ago(10)}\t{ago(7)}\t7\t",
    ]
    late = json.loads(hep("issue", "overdue", "--area", "海城区", "--json").out)
    assert [(one["issue"]["code"], one["days"]) for one in late] == [("XF-W0001", 7), ("HP-W0001", 5)]
    assert json.loads(hep("issue", "overdue", "--day", ago(8), "--json").out) == []


def test_an_issue_is_edited(hep: Hep, ledger: Ledger) -> None:
    hep("issue", "add", "用水", "停水", "--day", ago(2))
    said = hep(
        "issue",
        "edit",
        "停水",
        "--title",
        "整栋停水",
        "--category",
        "管道",
        "--due",
        ago(-9),
        "--place",
        "3栋",
    )
    assert said.err.splitlines()[0] == "XF-W0001 整栋停水 已修改。"
    issue = ledger.issues.find("W0001")
    assert (issue.category, issue.due_on, issue.place) == ("DRAIN", ago(-9), "3栋")
    assert hep("issue", "edit", "W0001", "--place", "3栋").code == 1


def test_categories_are_listed_added_and_changed(hep: Hep) -> None:
    said = hep("issue", "category", "pet", "--name", "宠物扰民", "--deadline", "7")
    assert "问题类别 PET 宠物扰民，办理 7 天" in said.err
    assert hep("issue", "category", "LAMP", "--deadline", "2").code == 0
    assert hep("issue", "category").out.splitlines()[:3] == [
        "代码\t名称\t办理天数",
        "WATER\t小区用水\t3",
        "LAMP\t路灯维修\t2",
    ]
    last = json.loads(hep("问题", "类别", "--json").out)[-1]
    assert (last["code"], last["name"], last["days"]) == ("PET", "宠物扰民", 7)
    assert hep("issue", "category", "LAMP", "--deadline", "2").code == 1
    assert hep("issue", "category", "CAT").code == 1
