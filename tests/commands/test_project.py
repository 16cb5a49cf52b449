"""The commands of projects and their evaluations, as typed."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def landed(ledger: Ledger, hep: Hep) -> None:
    """A dentist and a need of 幸福里社区; a project that came from it, to be evaluated every six months."""
    enrol(ledger, "柏乐口腔门诊部", kind="business")
    enrol(ledger, "义工队", kind="group")
    hep("need", "add", "医疗", "老人补牙", "--heads", "40", "--day", "2025-03-01")
    words = (
        "--partner", "柏乐口腔门诊部", "--need", "补牙", "--every", "6", "--day", "2025-03-05", "--place", "社区广场",
    )  # fmt: skip
    said = hep("project", "add", "补牙义诊", *words)
    assert said.err.splitlines()[0] == "已登记 XF-X0001 补牙义诊（幸福里社区）。下次评估：2025-09-05。"


def test_partners_join_serve_and_part(hep: Hep) -> None:
    assert "义工队 加入 XF-X0001 补牙义诊，现有 2 家" in hep("项目", "加入", "补牙", "义工队").err
    said = hep("项目", "服务", "X0001", "35", "--时长", "2", "--合伙人", "义工队")
    assert "服务 35 人次；共 1 场 35 人次。" in said.err
    assert "还有 1 家" in hep("项目", "退出", "补牙", "义工队", "--原因", "搬走").err
    page = hep("project", "show", "X0001").out
    for text in ("XF-Q0001 老人补牙", "柏乐口腔门诊部（XF-P0001）", "1 场，35 人次", "6 个月"):
        assert text in page
    (one,) = json.loads(hep("project", "list", "--partner", "柏乐口腔门诊部", "--json").out)
    assert (one["served"], one["need_code"]) == (35, "XF-Q0001")
    assert json.loads(hep("project", "list", "--partner", "义工队", "--json").out) == []


def test_a_project_is_evaluated_and_a_new_one_made_from_it(hep: Hep) -> None:
    said = hep(
        "project", "evaluate", "补牙", "--result", "新立项目", "--need-met", "部分满足", "--asked", "30",
        "--satisfied-heads", "27", "--cost", "1200.5", "--new", "社区口腔门诊", "--day", "2025-09-10",
    )  # fmt: skip
    assert said.err.splitlines()[:2] == [
        "已评估 XF-X0001 补牙义诊：新立项目。下次评估：2026-03-10。",
        "已登记新项目 XF-X0002 社区口腔门诊。单位：hep project join XF-X0002 合伙人",
    ]
    row = hep("评估", "列表").out.splitlines()[1].split("\t")
    assert (row[4:8], row[9:11]) == (["新立项目", "部分满足", "30", "27"], ["1200.50", "XF-X0002"])
    assert "出自评估" in hep("project", "show", "口腔门诊").out
    added = hep("project", "add", "校园护牙", "--evaluated", "X0001")
    assert added.code == 0
    shown = json.loads(hep("project", "show", "校园护牙", "--json").out)
    assert shown["project"]["evaluated_code"] == "XF-X0001"


def test_where_nobody_was_asked_nothing_is_said_of_answers(hep: Hep) -> None:
    said = ("补牙", "--result", "继续", "--need-met", "满足")
    hep("project", "evaluate", *said, "--day", "2025-09-10")
    hep("project", "evaluate", *said, "--day", "2025-09-11", "--asked", "3")
    page = hep("project", "show", "补牙").out.splitlines()
    assert [row.split("\t")[3:5] for row in page if row.startswith("2025-09-1")] == [["3", "0"], ["", ""]]
    assert [row.split("\t")[6:8] for row in hep("评估", "列表").out.splitlines()[1:]] == [
        ["3", "0"],
        ["", ""],
    ]


def test_a_need_that_an_evaluation_found_met_is_mentioned(hep: Hep) -> None:
    said = hep("project", "evaluate", "补牙", "--result", "继续", "--need-met", "满足")
    assert "请用 hep need meet XF-Q0001 记下" in said.err


def test_a_project_goes_through_its_steps_and_overdue_ones_are_listed(hep: Hep) -> None:
    assert "\tXF-X0001\t" in hep("评估", "超期", "--day", "2025-10-01").out
    assert hep("project", "adjust", "X0001", "--note", "每周两次").code == 0
    assert "已停办" in hep("project", "stop", "X0001").err
    assert hep("evaluation", "overdue", "--day", "2025-10-01").out.splitlines()[1:] == []
    assert (
        "下次评估：2025-06-05"
        in hep("project", "resume", "X0001").err + hep("project", "edit", "X0001", "--every", "3").err
    )
    assert "2025-06-05" in hep("project", "show", "X0001").out
    assert hep("project", "finish", "X0001").code == 0
    assert hep("project", "finish", "X0001").code == 1
    for words in (("show", "X0001"), ("list",)):
        assert "2025-06-05" not in hep("project", *words).out


def test_money_that_is_none_is_wrong_usage(hep: Hep) -> None:
    said = hep("project", "evaluate", "补牙", "--result", "继续", "--need-met", "满足", "--cost", "很多")
    assert said.code == 2
    assert "费用“很多”" in said.err


def test_what_is_not_there_is_not_found(hep: Hep) -> None:
    said = hep("project", "show", "没有的项目")
    assert said.code == 4
    assert said.err == "没有找到项目“没有的项目”。可用 hep project list 查看。\n"


def test_where_a_project_came_from_is_cleared_and_that_is_undone(hep: Hep) -> None:
    def origins() -> list[str | None]:
        shown = json.loads(hep("project", "show", "X0001", "--json").out)["project"]
        return [shown[name] for name in ("need_code", "meeting_code", "evaluated_code")]

    hep("meeting", "add", "对接会", "--day", "2025-03-02")
    hep("project", "add", "护牙讲座", "--day", "2025-03-01")
    evaluated = ("护牙讲座", "--result", "新立项目", "--need-met", "满足", "--day", "2025-03-03")
    hep("project", "evaluate", *evaluated)
    hep("project", "edit", "X0001", "--meeting", "对接会", "--evaluated", "X0002")
    assert origins() == ["XF-Q0001", "XF-M0001", "XF-X0002"]
    cleared = hep("项目", "修改", "X0001", "--需求", "", "--会议", "", "--evaluated", "")
    assert (cleared.code, origins()) == (0, [None, None, None])
    again = hep("project", "edit", "X0001", "--need", "", "--meeting", "")
    assert (again.code, "本来就是这样，没有改动" in again.err) == (1, True)
    hep("undo", cleared.err.rsplit(maxsplit=1)[1])
    assert origins() == ["XF-Q0001", "XF-M0001", "XF-X0002"]
    assert hep("project", "add", "义剪", "--need", "").code == 0


def test_a_project_says_from_which_meeting_it_came_and_the_meeting_what_landed(hep: Hep) -> None:
    hep("meeting", "add", "对接会", "--kind", "资源对接会", "--day", "2025-03-02")
    assert hep("project", "edit", "X0001", "--meeting", "对接会").code == 0
    assert "出自会议  XF-M0001 对接会" in hep("project", "show", "X0001").out
    hep("项目", "添加", "校园护牙", "--会议", "M0001", "--日期", "2025-03-20")
    shown = json.loads(hep("meeting", "show", "M0001", "--json").out)
    assert [one["title"] for one in shown["projects"]] == ["校园护牙", "补牙义诊"]
    assert "XF-X0002\t校园护牙" in hep("meeting", "show", "M0001").out


def test_a_project_does_not_land_before_its_meeting(hep: Hep) -> None:
    hep("meeting", "add", "碰头会", "--day", "2025-03-10")
    for words in (("edit", "X0001"), ("add", "另一个", "--day", "2025-03-09")):
        said = hep("project", *words, "--meeting", "碰头会")
        assert (said.code, "落地，早于它出自的会议（2025-03-10），请改正出处或日期。" in said.err) == (
            1,
            True,
        )
