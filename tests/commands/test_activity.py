"""The commands about activities and their sheets."""

import io
import json
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep, Said
from tests.ledger.conftest import enrol

DAY = "2025-11-18"
pytestmark = pytest.mark.usefixtures("partners")


@pytest.fixture
def partners(ledger: Ledger) -> None:
    """武玉侪 and 李四, and a rule of 10 points an hour with 25 a day."""
    for name in ("武玉侪", "李四"):
        enrol(ledger, name)
    ledger.rulebook.load_default()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.TextIOWrapper:
    """Standard input, to be filled by the test."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stream)
    return stream


def held(hep: Hep, name: str = "夜间巡查", *more: str) -> Said:
    """An activity on 2025-11-18."""
    return hep("activity", "add", name, "--day", DAY, *more)


def signed(said: Said) -> list[list[str]]:
    """The rows of the sheet that was printed."""
    return [line.split("\t") for line in said.out.splitlines()[1:]]


def test_an_activity_is_recorded_shown_and_listed(hep: Hep) -> None:
    said = hep(
        "活动", "添加", "义诊义剪", "--类型", "公益惠民", "--主题", "共享", "--日期", DAY, "--地点", "幸福广场",
        "--主办", "wyc", "--主办", "李四", "--受益人数", "六十", "--民族数", "4", "--备注", "雨天",
    )  # fmt: skip
    assert (said.code, said.out) == (0, "")
    assert "已登记 XF-H0001 义诊义剪（幸福里社区，2025-11-18）。" in said.err
    shown = hep("activity", "show", "H0001").out
    for line in (
        "类别      公益惠民",
        "主题      共享",
        "主办      武玉侪、李四",
        "受益人数  60",
        "签到      0 人次，0 小时",
    ):
        assert line in shown.splitlines()
    listed = hep(
        "activity",
        "list",
        "--area",
        "驿马",
        "--kind",
        "公益惠民",
        "--theme",
        "共享",
        "--from",
        DAY,
        "--to",
        DAY,
    )
    assert (
        listed.out.splitlines()[1] == "XF-H0001\t2025-11-18\t幸福里社区\t义诊义剪\t公益惠民\t共享\t0\t0\t60"
    )
    (one,) = json.loads(hep("activity", "list", "--json").out)
    assert (one["name"], one["ethnic_groups"]) == ("义诊义剪", 4)
    assert json.loads(hep("activity", "list", "--area", "HP", "--json").out) == []


def test_an_activity_is_edited(hep: Hep) -> None:
    held(hep, "义诊", "--organiser", "武玉侪")
    said = hep(
        "activity", "edit", "义诊", "--name", "义诊义剪", "--held-on", "2025-11-10", "--organiser", "李四"
    )
    assert "已修改 XF-H0001 义诊义剪（幸福里社区，2025-11-10）。" in said.err
    assert json.loads(hep("activity", "show", "义诊义剪", "--json").out)["organisers"][0]["name"] == "李四"
    assert hep("activity", "edit", "义诊义剪", "--name", "义诊义剪").code == 1


def test_a_sheet_is_signed_from_the_words(hep: Hep) -> None:
    held(hep)
    said = hep("activity", "sign", "夜间巡查", "武玉侪=2", "李四＝4小时，主讲，CLASS", "--rule", "网格巡查")
    assert said.code == 0
    assert signed(said) == [
        ["XF-P0001", "武玉侪", "2", "20", ""],
        ["XF-P0002", "李四", "4", "30", "到每次活动上限"],
    ]
    assert "XF-H0001 夜间巡查（幸福里社区，2025-11-18）：2 人次，共 50 分。" in said.err
    assert "撤销：hep undo V" in said.err
    lines = json.loads(hep("activity", "show", "夜间巡查", "--json").out)["lines"]
    assert [(line["role"], line["rule_code"]) for line in lines] == [
        ("member", "PATROL"),
        ("speaker", "CLASS"),
    ]


def test_a_sheet_is_signed_from_standard_input(hep: Hep, typed: io.TextIOWrapper) -> None:
    held(hep)
    typed.write("武玉侪 1.5\n\n李四\t90分钟\t志愿者\n")
    typed.seek(0)
    assert signed(hep("activity", "sign", "夜间巡查")) == [
        ["XF-P0001", "武玉侪", "1.5", "0", ""],
        ["XF-P0002", "李四", "1.5", "0", ""],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_is_signed_from_a_file(hep: Hep, tmp_path: Path, encoding: str) -> None:
    held(hep)
    file = tmp_path / "签到.txt"
    file.write_text("武玉侪,1:40,,网格巡查\n李四,2\n", encoding=encoding)
    said = hep("activity", "sign", "夜间巡查", "--file", str(file), "--role", "志愿者")
    assert signed(said) == [["XF-P0001", "武玉侪", "1.67", "16", ""], ["XF-P0002", "李四", "2", "0", ""]]
    lines = json.loads(hep("activity", "show", "夜间巡查", "--json").out)["lines"]
    assert {line["role"] for line in lines} == {"volunteer"}


def test_one_length_may_hold_for_all_who_have_none_of_their_own(hep: Hep) -> None:
    held(hep)
    said = hep("activity", "sign", "夜间巡查", "武玉侪", "李四=1", "--hours", "两小时")
    assert [row[2] for row in signed(said)] == ["2", "1"]


def test_a_dry_run_shows_the_sheet_and_writes_nothing(hep: Hep, ledger: Ledger) -> None:
    held(hep)
    before = ledger.anchor
    said = hep("activity", "sign", "夜间巡查", "武玉侪=2", "--rule", "PATROL", "--dry-run")
    assert signed(said) == [["XF-P0001", "武玉侪", "2", "20", ""]]
    assert "没有写入任何内容" in said.err
    assert ledger.anchor == before


def test_somebody_signs_twice_only_if_told(hep: Hep) -> None:
    held(hep)
    hep("activity", "sign", "夜间巡查", "武玉侪=2")
    assert hep("activity", "sign", "夜间巡查", "武玉侪=2").code == 1
    assert hep("activity", "sign", "夜间巡查", "武玉侪=2", "--again").code == 0


def test_a_key_signs_a_sheet_once(hep: Hep) -> None:
    held(hep)
    for _ in range(2):
        said = hep("activity", "sign", "夜间巡查", "武玉侪=2", "--key", "表一")
        assert said.code == 0
    assert "已经记过" in said.err


@pytest.mark.parametrize(
    ("word", "code", "sentence"),
    [
        ("李四", 2, "签到行“李四”应是 姓名=时长"),
        ("李四=1,参与,PATROL,又", 2, "签到行“李四=1,参与,PATROL,又”应是"),
        ("李四=很久", 2, "签到行“李四=很久”：看不懂时长“很久”"),
        ("李四=2,会长", 2, "签到行“李四=2,会长”：没有“会长”，可用的有：参与（member）"),
        ("王五=2", 4, "没有找到合伙人“王五”"),
        ("李四=2,参与,没有", 4, "没有找到规则“没有”"),
    ],
)
def test_a_line_that_can_not_be_read_writes_nothing(
    hep: Hep, ledger: Ledger, word: str, code: int, sentence: str
) -> None:
    held(hep)
    before = ledger.anchor
    said = hep("activity", "sign", "夜间巡查", "武玉侪=2", word)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert ledger.anchor == before


def test_all_lines_of_a_sheet_that_can_not_be_read_are_told(hep: Hep) -> None:
    held(hep)
    said = hep("activity", "sign", "夜间巡查", "武玉侪=2,会长", "李四=1", "王五，99")
    assert [line.split("：")[0] for line in said.err.splitlines()] == [
        "签到行“武玉侪=2,会长”",
        "签到行“王五，99”",
    ]


def test_at_a_terminal_the_words_are_asked_for(
    hep: Hep, typed: io.TextIOWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(hep)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    said = hep("activity", "sign", "夜间巡查")
    assert (said.code, "没有写签到的人" in said.err) == (2, True)
    assert hep("activity", "sign", "夜间巡查", "  ").code == 1


def test_what_waits_is_listed_and_confirmed(hep: Hep) -> None:
    held(hep, "上门助老")
    said = hep("activity", "sign", "上门助老", "武玉侪=1", "李四=1", "--rule", "ELDER")
    assert [row[4] for row in signed(said)] == ["待确认", "待确认"]
    assert "共 0 分，2 行待确认。" in said.err
    assert (
        hep("activity", "waiting", "--area", "幸福里").out.splitlines()[1]
        == "XF-H0001\t2025-11-18\t上门助老\t1\tXF-P0001\t武玉侪\t参与\t1\t上门助老\t0\t待确认"
    )
    one = hep("activity", "confirm", "上门助老", "李四")
    assert signed(one) == [["XF-P0002", "李四", "1", "20", ""]]
    assert [line["partner"] for line in json.loads(hep("activity", "waiting", "--json").out)] == ["武玉侪"]
    assert signed(hep("活动", "确认", "上门助老", "--日期", DAY)) == [["XF-P0001", "武玉侪", "1", "20", ""]]
    nothing = hep("activity", "confirm", "上门助老")
    assert (nothing.code, "没有等确认的签到" in nothing.err) == (1, True)


def test_a_complaint_takes_the_line_back_and_tells_the_shortfall(hep: Hep, ledger: Ledger) -> None:
    held(hep)
    hep("activity", "sign", "夜间巡查", "武玉侪=2", "李四=2", "--rule", "PATROL")
    ledger.points.deduct(ledger.partners.find("李四"), 15, reason="核查")
    said = hep("activity", "complain", "夜间巡查", "武玉侪", "--reason", "没有到场")
    assert "已收回 XF-P0001 武玉侪 在“夜间巡查”的签到，扣回 20 分。" in said.err
    assert "已经花掉" not in said.err
    short = hep("活动", "投诉", "夜间巡查", "李四", "--原因", "没有到场")
    assert "扣回 5 分" in short.err
    assert "另有 15 分已经花掉，没有扣到，已记下。" in short.err
    shown = hep("activity", "show", "夜间巡查").out
    assert "签到      0 人次，0 小时" in shown
    assert "李四\t参与\t2\t网格巡查\t15\t投诉冲正" in shown
    assert hep("activity", "complain", "夜间巡查", "武玉侪", "--reason", "又").code == 4
    assert hep("activity", "complain", "夜间巡查", "武玉侪").code == 2


def test_same_names_are_told_apart_by_the_day(hep: Hep) -> None:
    held(hep)
    hep("activity", "add", "夜间巡查", "--day", "2025-11-11")
    said = hep("activity", "show", "夜间巡查")
    assert said.code == 4
    assert "“夜间巡查”对应 2 个活动：XF-H0001 2025-11-18 夜间巡查（幸福里社区）；XF-H0002" in said.err
    assert "XF-H0002" in hep("activity", "show", "夜间巡查", "--day", "2025-11-11").out


def test_one_of_two_lines_of_a_person_is_complained_of_by_its_number(hep: Hep) -> None:
    """By number, because both bear one code; a script can't be asked."""
    held(hep)
    hep("activity", "sign", "夜间巡查", "李四=2")
    hep("activity", "sign", "夜间巡查", "李四=0.5", "--again")
    words = ("activity", "complain", "夜间巡查", "李四", "--reason", "重复签到")
    said = hep(*words)
    assert (said.code, said.out) == (4, "")
    assert "李四 有 2 行签到：第 1 行 XF-P0002 120 分钟" in said.err
    assert hep(*words, "--line", "3").code == 4
    assert hep(*words, "--line", "2").code == 0
    lines = json.loads(hep("activity", "show", "夜间巡查", "--json").out)["lines"]
    assert [(line["number"], line["minutes"], line["state"]) for line in lines] == [
        (1, 120, "counted"),
        (2, 30, "complained"),
    ]
    assert hep(*words).code == 0, "only one is left"


def test_a_line_of_a_merged_card_is_complained_of_by_its_old_code(hep: Hep) -> None:
    held(hep)
    hep("activity", "sign", "夜间巡查", "李四=2", "武玉侪=1")
    hep("partner", "merge", "李四", "武玉侪")
    words = ("activity", "complain", "夜间巡查")
    assert "有 2 行签到" in hep(*words, "XF-P0001", "--reason", "没有到场").err
    said = hep(*words, "XF-P0002", "--reason", "没有到场")
    assert (said.code, "已收回 XF-P0002 李四" in said.err) == (0, True)
    assert hep(*words, "XF-P0001", "--reason", "没有到场").code == 0


def test_all_waiting_lines_of_a_person_are_confirmed_by_its_name(hep: Hep) -> None:
    held(hep, "上门助老")
    hep("activity", "sign", "上门助老", "李四=1", "武玉侪=1", "--rule", "ELDER")
    hep("activity", "sign", "上门助老", "李四=2", "--again", "--rule", "ELDER")
    hep("activity", "sign", "上门助老", "李四=0.5", "--again")
    said = hep("activity", "confirm", "上门助老", "李四", "李四")
    assert (said.code, len(signed(said))) == (0, 2)
    assert hep("activity", "confirm", "上门助老", "李四").code == 1
    assert hep("activity", "confirm", "上门助老", "王五").code == 4
