"""The commands of dispatches, as typed."""

import io
import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol

WHEN = ("--day", "2025-09-06", "--at")


@pytest.fixture(autouse=True)
def groups(ledger: Ledger) -> None:
    for name in ("义工队", "家政协会", "消防协会"):
        enrol(ledger, name, kind="group")


@pytest.fixture
def typhoon(hep: Hep) -> None:
    said = hep("dispatch", "whistle", "台风摩羯", "--kind", "台风", "--to-kind", "社群", *WHEN, "晚上8点半")
    assert said.code == 0, said.err


def test_a_whistle_says_whom_it_would_call_and_then_calls_them(hep: Hep) -> None:
    said = hep("吹哨", "发起", "台风摩羯", "--叫哪类", "社群", "--试运行", *WHEN, "20:30")
    assert [line.split("\t")[1] for line in said.out.splitlines()] == [
        "名称",
        "义工队",
        "家政协会",
        "消防协会",
    ]
    assert said.err.splitlines() == ["将为“台风摩羯”叫 3 家。", "这是试运行，没有写入任何内容。"]
    said = hep("dispatch", "whistle", "台风摩羯", "义工队", *WHEN, "20:30")
    assert said.err.splitlines()[0] == "已吹哨 XF-C0001 台风摩羯（幸福里社区，2025-09-06 20:30），叫了 1 家。"
    assert hep("dispatch", "whistle", "台风").code == 1
    assert "请用 --at 写明时间" in hep("dispatch", "whistle", "台风", "义工队", "--day", "2025-09-06").err


@pytest.mark.usefixtures("typhoon")
def test_partners_answer_arrive_leave_and_give_back(hep: Hep) -> None:
    assert "义工队（XF-P0001）已应答。" in hep("dispatch", "answer", "台风", "P0001", *WHEN, "20:40").err
    assert "报到 12 人，用时 30分。" in hep(
        "dispatch", "arrive", "台风", "义工队", "12", "--party", "3", *WHEN, "21:00"
    ).err  # fmt: skip
    assert "已离开" in hep("吹哨", "离开", "台风", "义工队", *WHEN, "23:00").err
    assert "谢绝" in hep("dispatch", "decline", "台风", "消防协会", "--reason", "外地", *WHEN, "21点").err
    assert hep("dispatch", "return", "台风", "家政协会", *WHEN, "21点").code == 2
    assert "退单" in hep("dispatch", "return", "台风", "家政协会", "--reason", "太远", *WHEN, "21点").err
    assert "已再叫 家政协会" in hep(
        "dispatch", "again", "台风", "家政协会", "--instead", "消防协会", *WHEN, "21点半"
    ).err  # fmt: skip
    shown = json.loads(hep("dispatch", "show", "台风", "--json").out)
    assert [one["status"] for one in shown["responses"]] == ["left", "called", "declined"]
    assert len(shown["steps"]) == 9
    assert "退单" in hep("dispatch", "show", "台风", "--all").out
    assert "21:00" in hep("dispatch", "show", "XF-C0001").out


def piped(text: str, encoding: str = "utf-8") -> io.TextIOWrapper:
    """What a program gets that text is piped into, on a console of another encoding."""
    return io.TextIOWrapper(io.BytesIO(text.encode(encoding)), encoding="latin-1")


@pytest.mark.usefixtures("typhoon")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_roll_call_is_piped_in_whatever_its_encoding(
    hep: Hep, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr("sys.stdin", piped("义工队\t1,200\t12\n家政协会\t25\n", encoding))
    said = hep("dispatch", "rollcall", "台风", *WHEN, "21:00")
    assert "2 家报到，共 1225 人，其中党员 12 人。" in said.err


@pytest.mark.usefixtures("typhoon")
def test_all_bad_lines_of_a_roll_call_are_told_at_once(hep: Hep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", piped("义工队 30\n没有这家 五\n家政协会\n消防协会=1,000\n"))
    said = hep("dispatch", "rollcall", "台风", *WHEN, "21:00")
    assert said.code == 2
    assert said.err.splitlines() == [
        "点名行“没有这家 五”：看不懂到场人数“五”。请用阿拉伯数字写，如 10。",
        "点名行“家政协会”应是 合伙人=人数，如 P0012=30，可再写 ,党员人数。",
        "点名行“消防协会=1,000”：党员人数“000”以 0 开头。人数里请不要写千位的逗号。",
    ]


@pytest.mark.usefixtures("typhoon")
def test_all_of_a_roll_call_that_name_nobody_are_told_at_once(hep: Hep) -> None:
    said = hep("dispatch", "rollcall", "台风", "没有这家=3", "义工队=30", "也没有=4", *WHEN, "21:00")
    assert said.code == 4
    assert said.err.startswith("没有找到合伙人“没有这家”、“也没有”。")


@pytest.mark.usefixtures("typhoon")
def test_a_roll_call_reads_lines_and_the_end_gives_points(hep: Hep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", piped("P0001 30 12\n\n家政协会,25\n"))
    rehearsed = hep("dispatch", "rollcall", "台风", "P0001=30", "--dry-run", *WHEN, "21:00")
    assert ("已报到" in rehearsed.out, rehearsed.err.splitlines()[-1]) == (
        True,
        "这是试运行，没有写入任何内容。",
    )
    said = hep("dispatch", "rollcall", "台风", *WHEN, "21:00")
    assert said.code == 0, said.err
    assert "2 家报到，共 55 人，其中党员 12 人。" in said.err
    rehearsed = hep("dispatch", "finish", "台风", "--points", "10", "--dry-run", *WHEN, "23:00")
    assert "这是试运行" in rehearsed.err
    ended = hep("吹哨", "结束", "台风", "--积分", "10", *WHEN, "23:00").err
    assert "用时 2小时30分；2 家报到，共 55 人；1 家未应答。\n给 2 家发放共 20 分。\n已记账" in ended
    (row,) = json.loads(hep("dispatch", "list", "--json").out)
    assert (row["people"], row["minutes"]) == (55, 150)
    assert hep("dispatch", "list", "--status", "进行中", "--json").out == "[]\n"
    rates = [line.split("\t") for line in hep("dispatch", "rates", "--by", "类别").out.splitlines()]
    assert rates[1] == ["台风", "3", "2", "2", "0", "1", "0", "66.7", "30分"]


@pytest.mark.usefixtures("typhoon")
@pytest.mark.parametrize("rehearsed", [(), ("--dry-run",)], ids=["done", "rehearsed"])
def test_an_empty_roll_call_writes_nothing(
    hep: Hep, monkeypatch: pytest.MonkeyPatch, rehearsed: tuple[str, ...]
) -> None:
    before = hep("log").out
    monkeypatch.setattr("sys.stdin", piped("\n  \n"))
    said = hep("dispatch", "rollcall", "台风", *rehearsed, *WHEN, "21:00")
    assert (said.code, said.out) == (1, "")
    assert "的点名里没有人，没有记账" in said.err
    assert hep("log").out == before


@pytest.mark.usefixtures("typhoon")
@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("义工队", "点名行“义工队”应是 合伙人=人数"),
        ("义工队=3,1,9", "点名行“义工队=3,1,9”应是 合伙人=人数"),
        ("义工队=3.5", "点名行“义工队=3.5”：到场人数“3.5”不是整数"),
    ],
)
def test_a_line_of_a_roll_call_that_reads_not_is_wrong_usage(hep: Hep, line: str, phrase: str) -> None:
    said = hep("dispatch", "rollcall", "台风", line, *WHEN, "21:00")
    assert said.code == 2
    assert phrase in said.err


@pytest.mark.usefixtures("typhoon")
def test_a_dispatch_is_edited(hep: Hep) -> None:
    assert "已修改 XF-C0001 内涝" in hep("吹哨", "修改", "台风", "--标题", "内涝", "--类型", "内涝").err
    assert hep("dispatch", "edit", "内涝", "--kind", "内涝").code == 1


@pytest.mark.usefixtures("typhoon")
def test_a_key_writes_once(hep: Hep) -> None:
    first = hep("dispatch", "answer", "台风", "义工队", *WHEN, "21:00", "--key", "一")
    again = hep("dispatch", "answer", "台风", "义工队", *WHEN, "21:00", "--key", "一")
    assert (first.code, again.code) == (0, 0)
    assert "没有重复记账" in again.err
