"""The commands of meetings, as typed."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def partners(ledger: Ledger) -> None:
    for name in ("柏乐口腔", "养老服务中心", "书店"):
        enrol(ledger, name, kind="business")
    lamp = ledger.issues.categories.set("LAMP", name="路灯", days=5).categories[0]
    ledger.issues.report(lamp, "3号楼路灯不亮", ledger.areas.find("XF"))


@pytest.fixture
def conference(hep: Hep) -> Hep:
    """A conference of 10 March that resolved to mend lamps until the end of March."""
    hep(
        "meeting",
        "add",
        "一季度联席会议",
        "--day",
        "2025-03-10",
        "--attendance",
        "35",
        "--partner",
        "柏乐口腔",
    )
    hep("meeting", "resolve", "M0001", "修路灯", "--owner", "王经理", "--due", "2025-03-31")
    return hep


def test_a_meeting_is_added_edited_attended_and_listed(hep: Hep) -> None:
    said = hep("meeting", "add", "对接会", "--kind", "资源对接会", "--day", "2025-03-10", "--key", "k")
    assert (said.code, said.out, said.err.splitlines()[0]) == (
        0, "", "已登记 XF-M0001 2025-03-10 对接会（幸福里社区，资源对接会）。",
    )  # fmt: skip
    assert "撤销：hep undo" in said.err
    assert hep("会议", "修改", "M0001", "--到场人数", "38").code == 0
    rehearsed = hep("会议", "参会", "对接会", "柏乐口腔", "书店", "--dry-run")
    assert rehearsed.err.splitlines() == [
        "已记 2 家参加 XF-M0001 2025-03-10 对接会（幸福里社区，资源对接会）：柏乐口腔、书店。",
        "这是试运行，没有写入任何内容。",
    ]
    hep("会议", "参会", "对接会", "柏乐口腔")
    assert "已在名单里，没有重复记：柏乐口腔。" in hep("会议", "参会", "对接会", "柏乐口腔", "书店").err
    (one,) = json.loads(hep("meeting", "list", "--kind", "matchmaking", "--json").out)
    assert (one["attendance"], one["partners"], one["kind"]) == (38, 2, "matchmaking")
    row = hep("meeting", "list").out.splitlines()[1].split("\t")
    assert row[:5] == ["XF-M0001", "2025-03-10", "幸福里社区", "资源对接会", "对接会"]


def test_the_next_meeting_is_told_what_is_not_done_yet(conference: Hep) -> None:
    said = conference("meeting", "add", "二季度联席会议", "--day", "2025-06-10")
    told = said.err.splitlines()[-2:]
    assert told[0] == "幸福里社区以前的会议还有 1 项决议没有办完，其中 1 项超期："
    assert told[1].startswith("  XF-J0001 修路灯（王经理，2025-03-31 到期，已超期 ")
    shown = json.loads(conference("meeting", "show", "M0002", "--json").out)
    assert [one["code"] for one in shown["pending"]] == ["XF-J0001"]
    assert "修路灯" in conference("meeting", "show", "二季度").out
    assert "已办结 XF-J0001 修路灯" in conference("会议", "办结", "J0001", "--日期", "2025-06-20").err
    autumn = conference("meeting", "add", "三季度联席会议", "--day", "2025-09-10").err
    assert "没有办完" not in autumn
    assert autumn.splitlines()[-2:] == [
        "上次会议以来办结或撤下 1 项决议：", "  XF-J0001 修路灯（2025-06-20 已办结）",
    ]  # fmt: skip
    shown = json.loads(conference("meeting", "show", "M0003", "--json").out)
    assert (shown["pending"], [one["ended_on"] for one in shown["ended"]]) == ([], ["2025-06-20"])
    assert "上次会议以来办结或撤下的决议" in conference("meeting", "show", "M0003").out


def test_a_meeting_entered_late_is_not_told_what_was_resolved_after_it(conference: Hep) -> None:
    assert "没有办完" not in conference("meeting", "add", "碰头会", "--day", "2025-02-10").err


def test_resolutions_are_listed_and_dropped(conference: Hep) -> None:
    assert len(conference("meeting", "resolutions", "--overdue").out.splitlines()) == 2
    assert "已撤下 XF-J0001" in conference("会议", "撤下", "修路灯", "--原因", "统一改造").err
    assert json.loads(conference("meeting", "resolutions", "--overdue", "--json").out) == []
    (one,) = json.loads(conference("会议", "决议表", "--状态", "已撤下", "--json").out)
    assert (one["owner"], one["status"]) == ("王经理", "dropped")


def test_a_resolution_is_amended_and_opened_again(conference: Hep) -> None:
    said = conference(
        "会议", "改决议", "修路灯", "--内容", "换路灯", "--合伙人", "书店", "--截止", "2025-04-30"
    )
    assert said.err.splitlines()[0].startswith(
        "已修改决议 XF-J0001 换路灯（王经理、书店，2025-04-30 到期，已超期 "
    )
    cleared = conference("meeting", "amend", "J0001", "--owner", "", "--partner", "", "--due", "")
    assert cleared.err.splitlines()[0] == "已修改决议 XF-J0001 换路灯。"
    nothing = conference("meeting", "amend", "J0001")
    assert (nothing.code, nothing.err) == (1, "决议“换路灯”（XF-J0001）本来就是这样，没有改动。\n")
    conference("meeting", "done", "J0001", "--day", "2025-04-02")
    again = conference("会议", "重开", "J0001", "--原因", "又坏了", "--key", "k")
    assert again.err.splitlines()[0] == "已重开 XF-J0001 换路灯。"
    repeated = conference("会议", "重开", "J0001", "--原因", "又坏了", "--key", "k")
    assert (repeated.code, "没有重复记账" in repeated.err) == (0, True)
    (one,) = json.loads(conference("meeting", "resolutions", "--json").out)
    assert (one["status"], one["ended_on"], one["due_on"]) == ("open", None, None)


def test_matters_and_cooperations_stand_with_their_meeting(conference: Hep) -> None:
    said = conference("meeting", "raise", "M0001", "路灯", "--issue", "W0001")
    assert said.err.splitlines()[0] == "已记 XF-M0001 第 1 个议题：路灯（XF-W0001 3号楼路灯不亮）。"
    conference("need", "add", "医疗", "老人补牙", "--day", "2025-03-01")
    closed = conference(
        "会议", "合作", "柏乐口腔", "--合作方", "养老服务中心", "--会议", "M0001", "--备注", "每月检查", "--需求", "补牙",
    )  # fmt: skip
    assert closed.err.splitlines()[1] == "需求 XF-Q0001 老人补牙 如已满足，请用 hep need meet XF-Q0001 记下。"
    assert closed.err.splitlines()[0] == "已记 XF-P0001 柏乐口腔 与养老服务中心的合作（2025-03-10）。"
    shown = json.loads(conference("meeting", "show", "M0001", "--json").out)
    assert shown["matters"][0]["issue_code"] == "XF-W0001"
    assert shown["cooperations"][0]["note"] == "每月检查"
    assert shown["cooperations"][0]["need_code"] == "XF-Q0001"
    needed = json.loads(conference("need", "show", "补牙", "--json").out)
    assert [one["partner"] for one in needed["cooperations"]] == ["柏乐口腔"]
    assert "每月检查" in conference("need", "show", "补牙").out
    (raised,) = json.loads(conference("issue", "show", "W0001", "--json").out)["meetings"]
    assert (raised["meeting_code"], raised["matter"]) == ("XF-M0001", "路灯")
    assert "2025-03-10\tXF-M0001\t一季度联席会议" in conference("issue", "show", "W0001").out
    assert [one["name"] for one in shown["partners"]] == ["柏乐口腔"]
    text = conference("meeting", "show", "M0001").out
    assert all(part in text for part in ("参会单位  柏乐口腔", "3号楼路灯不亮", "修路灯", "每月检查"))
    assert len(conference("meeting", "cooperations").out.splitlines()) == 2
    assert len(json.loads(conference("会议", "合作表", "--json").out)) == 1


def test_what_is_not_there_is_not_found(hep: Hep) -> None:
    said = hep("meeting", "done", "J0001")
    assert (said.code, said.err) == (4, "没有找到决议“J0001”。可用 hep meeting resolutions 查看。\n")
    assert hep("meeting", "show", "M0001").code == 4
