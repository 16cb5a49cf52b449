"""The commands about the ledger itself, areas, partners, points, settings, log, undo and verification."""

import json
import sqlite3
from pathlib import Path

import pytest

from hepartner.commands import points
from hepartner.ledger import Ledger
from hepartner.terminal import installation, questions
from tests.commands.conftest import Hep, Said
from tests.ledger.conftest import enrol, hire


def test_init_makes_a_ledger_with_rules_and_categories_and_remembers_it(
    hep: Hep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEPARTNER_LEDGER")
    monkeypatch.delenv("HEPARTNER_COMMUNITY")
    file = tmp_path / "新 台账.db"
    said = hep("init", "海城区", "--ledger", str(file), "--office", "海城区办公室", "--expiry", "每年清零")
    assert (said.code, said.out) == (0, "")
    assert "已建立台账" in said.err
    assert "默认积分规则和问题类别已装入" in said.err
    assert json.loads(hep("setting", "list", "--json").out)[0]["value"] == "海城区办公室"
    assert "网格巡查" in hep("rule", "list").out
    assert hep("verify").code == 0


@pytest.mark.parametrize(("named", "kept"), [("LEDGER", "operator"), ("OPERATOR", "ledger")])
def test_init_remembers_what_the_environment_does_not_name(
    hep: Hep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, kept: str
) -> None:
    said = {"ledger": str(tmp_path / "新.db"), "operator": "王强"}
    for name in ("LEDGER", "OPERATOR", "COMMUNITY"):
        monkeypatch.delenv(f"HEPARTNER_{name}")
    monkeypatch.setenv(f"HEPARTNER_{named}", said[named.lower()])
    assert hep("init", "海城区", f"--{kept}", said[kept]).code == 0
    assert installation.configured() == {kept: said[kept]}


def test_init_never_touches_a_file_that_is_there(hep: Hep, path: Path) -> None:
    before = path.read_bytes()
    said = hep("init", "海城区")
    assert (said.code, said.out) == (1, "")
    assert "已经存在，没有改动它" in said.err
    assert path.read_bytes() == before


def test_a_failed_init_leaves_nothing_behind(
    hep: Hep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEPARTNER_LEDGER", str(tmp_path / "new.db"))
    said = hep("init", "老城")
    assert (said.code, "请用 --kind 指明" in said.err) == (1, True)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("new.db")] == []


def test_areas_are_added_and_listed(hep: Hep) -> None:
    said = hep("区域", "添加", "中街街道", "--上级", "海城区")
    assert said.code == 0
    assert "已增加街道 中街街道，代码 ZJ" in said.err
    assert "撤销：hep undo V6" in said.err
    assert hep("area", "add", "海边社区", "--parent", "中街", "--since", "2025-01-01").code == 0
    assert [area["name"] for area in json.loads(hep("area", "list", "--json").out)] == [
        "海城区", "驿马街道", "幸福里社区", "和平社区", "中街街道", "海边社区",
    ]  # fmt: skip
    assert "社区\tHB\t海边社区\t中街街道\n" in hep("area", "list").out


def test_the_areas_of_a_district_come_from_one_file(hep: Hep, tmp_path: Path) -> None:
    file = tmp_path / "区域.txt"
    file.write_text(
        "地角街道,海城区\n\n地中社区\t地角街道\tDZ\t2022-01-01\n第一网格 地中社区\n", encoding="gb18030"
    )
    rehearsed = hep("area", "add", "--file", str(file), "--dry-run")
    assert rehearsed.code == 0
    assert rehearsed.err.splitlines()[1:] == [
        "已增加社区 地中社区，代码 DZ。", "已增加网格 第一网格，代码 DY。", "这是试运行，没有写入任何内容。",
    ]  # fmt: skip
    assert len(json.loads(hep("area", "list", "--json").out)) == 4
    said = hep("area", "add", "--file", str(file), "--key", "区域")
    assert said.err.splitlines()[-1] == "已记账：凭证 V6。撤销：hep undo V6"
    assert len(json.loads(hep("area", "list", "--json").out)) == 7
    assert "已经记过（键 区域），凭证是 V6" in hep("area", "add", "--file", str(file), "--key", "区域").err
    assert hep("area", "add", "第二网格", "第三网格", "--parent", "地中社区").code == 0
    assert hep("area", "list").out.count("\n网格\t") == 3


def test_a_listing_is_of_the_community_worked_in_unless_it_is_asked_for_another_area(hep: Hep) -> None:
    for community in ("XF", "HP"):
        hep("partner", "add", f"{community}居民", "--joined", "2025-01-01", "--community", community)
        hep("activity", "add", "清扫", "--day", "2025-11-05", "--community", community)
        hep("issue", "category", "LAMP", "--name", "路灯", "--deadline", "5")
        hep("issue", "add", "LAMP", "不亮", "--day", "2025-11-01", "--community", community)
        hep("points", "award", f"{community}居民", "5")
        hep("shop", "add", "米", "5", "--community", community)
    for words in (
        ("partner", "list"), ("activity", "list"), ("issue", "list"), ("issue", "overdue"), ("points", "board"),
        ("shop", "list"),
    ):  # fmt: skip
        own, other = (hep(*words, "--json", *more).out for more in ((), ("--community", "HP")))
        everywhere = json.loads(hep(*words, "--json", "--area", "海城区").out)
        assert len(json.loads(own)) == len(json.loads(other)) == 1, words
        assert json.loads(own) + json.loads(other) in (everywhere, everywhere[::-1]), words


OF_AREAS = (
    "pairing list", "offer list", "points board", "shop list", "support venues", "support bookings", "support list",
    "honour list", "honour stars 2025", "activity list",
    "activity waiting", "meeting list", "meeting resolutions", "meeting cooperations",
    "issue list", "issue overdue", "need list", "need ranking", "project list", "evaluation list", "evaluation overdue",
    "dispatch whistle 清障 --kind 其他", "dispatch list", "dispatch rates", "report figures", "report rows points.awarded",
)  # fmt: skip


@pytest.mark.parametrize("command", OF_AREAS)
def test_what_is_known_of_communities_is_not_empty_of_a_grid_but_refused(hep: Hep, command: str) -> None:
    hep("area", "add", "第一网格", "--parent", "幸福里")
    hep("honour", "rule", "1", "--hours", "20", "--valid-from", "2025-01-01")
    said = hep(*command.split(), "--area", "第一网格")
    assert (said.code, said.out) == (1, ""), said
    assert "“第一网格”是网格，数字只统计到社区，清单也是。请用 --area 指明它所在的社区" in said.err


def test_the_partners_of_a_grid_are_listed(hep: Hep) -> None:
    hep("area", "add", "第一网格", "--parent", "幸福里")
    hep("partner", "add", "武玉侪", "--grid", "第一网格")
    hep("partner", "add", "王芳")
    assert [
        one["name"] for one in json.loads(hep("partner", "list", "--area", "第一网格", "--json").out)
    ] == ["武玉侪"]


def test_a_phone_is_kept_as_rosters_are_read_and_an_odd_one_is_kept_with_a_warning(
    hep: Hep, ledger: Ledger
) -> None:
    said = hep("partner", "add", "武玉侪", "--phone", "+86 138-0013-8000")
    assert (said.code, len(said.err.splitlines())) == (0, 2)
    assert ledger.partners.find("武玉侪").phone.full == "13800138000"
    odd = hep("partner", "edit", "武玉侪", "--phone", "1380013800")
    assert odd.code == 0
    code = ledger.partners.find("武玉侪").code
    remedy = f"写错的用 hep partner edit {code} --phone 改正。"
    assert odd.err.splitlines()[-1] == f"电话照写的记下了，请再核对：电话只有 10 位。{remedy}"
    assert ledger.partners.find("武玉侪").phone.full == "1380013800"
    assert hep("partner", "edit", "武玉侪", "--phone", "").code == 0
    assert not ledger.partners.find("武玉侪").phone


def test_a_grid_is_one_of_the_partners_community(hep: Hep) -> None:
    for community in ("幸福里", "和平"):
        hep("area", "add", "第一网格", "--parent", community)
    assert hep("partner", "add", "武玉侪", "--grid", "第一网格", "--community", "HP").code == 0
    assert "网格      第一网格" in hep("partner", "show", "武玉侪").out
    said = hep("partner", "edit", "武玉侪", "--grid", "第九网格")
    assert (said.code, "没有找到和平社区的网格“第九网格”" in said.err) == (4, True)


def test_a_community_added_after_its_neighbours_closed_a_month_says_where_it_begins(
    hep: Hep, ledger: Ledger
) -> None:
    ledger.periods.close(ledger.areas.communities(), "2025-09")
    said = hep("area", "add", "海边社区", "--parent", "驿马", "--since", "2025-01-01")
    assert "周边社区都已结账到 2025-09，新社区从下个月起计入，更早的业务算作补录。" in said.err


def test_a_partner_from_joining_to_leaving(hep: Hep) -> None:
    words = (
        "partner",
        "add",
        "武玉侪",
        "--phone",
        "13800138000",
        "--joined",
        "2024-03-05",
        "--category",
        "退休教师",
    )
    added = hep(*words, "--key", "第1张表")
    assert (added.code, added.out) == (0, "")
    assert "已登记 XF-P0001 武玉侪（个体，幸福里社区）。" in added.err
    again = hep(*words, "--key", "第1张表")
    assert (again.code, "没有重复记账" in again.err) == (0, True)
    assert "138****8000" in hep("partner", "find", "wyc").out
    assert hep("partner", "edit", "8000", "--skills", "声乐", "--phone", "13900139000").code == 0
    shown = json.loads(hep("partner", "show", "武玉侪", "--json").out)
    assert (shown["partner"]["skills"], shown["partner"]["phone"], shown["points"]) == (
        "声乐",
        "139****9000",
        0,
    )
    for step, status in (("suspend", "暂停"), ("rejoin", "在册"), ("leave", "已退出")):
        assert hep("partner", step, "武玉侪").code == 0
        assert f"状态      {status}" in hep("partner", "show", "武玉侪").out
    history = json.loads(hep("partner", "history", "武玉侪", "--json").out)
    assert [line["what"] for line in history if line["before"] == line["after"] == ""] == [
        "退出",
        "恢复",
        "暂停",
        "加入",
    ]
    assert "13800138000" not in hep("partner", "history", "武玉侪").out


def test_partners_are_listed_merged_and_moved(hep: Hep) -> None:
    assert hep("area", "add", "第一网格", "--parent", "幸福里").code == 0
    hep(
        "partner",
        "add",
        "柏乐口腔门诊部有限公司",
        "--kind",
        "商企",
        "--grid",
        "第一网格",
        "--contact",
        "周医生",
    )
    hep("partner", "add", "柏乐口腔", "--kind", "商企", "--joined", "2025-01-01")
    hep("partner", "edit", "柏乐口腔门诊部", "--grid", "第一网格", "--remark", "义诊")
    assert [one["code"] for one in json.loads(hep("partner", "list", "--kind", "商企", "--area", "驿马", "--json").out)] == [
        "XF-P0001", "XF-P0002",
    ]  # fmt: skip
    assert "已并入 XF-P0001" in hep("partner", "merge", "XF-P0002", "XF-P0001").err
    assert "已迁到和平社区" in hep("partner", "move", "P0001", "和平").err
    assert hep("partner", "list", "--status", "在册", "--area", "驿马").out.count("\n") == 2


def test_points_are_awarded_deducted_reversed_and_read(hep: Hep) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    award = hep("points", "award", "wyc", "10", "--reason", "网格巡查", "--day", "昨天")
    assert (award.code, "得 10 分，现有 10 分" in award.err) == (0, True)
    deduct = hep("积分", "扣减", "wyc", "12", "--原因", "未到")
    assert "扣 10 分，现有 0 分" in deduct.err
    assert "另有 2 分已经花掉" in deduct.err
    assert "已冲正流水 2：XF-P0001 武玉侪 +10 分，现有 10 分" in hep("points", "reverse", "2").err
    assert hep("points", "balance", "武玉侪").out == "XF-P0001 武玉侪 10 分\n"
    assert json.loads(hep("points", "balance", "武玉侪", "--json").out)["points"] == 10
    lines = hep("points", "statement", "武玉侪").out.splitlines()
    assert len(lines) == 4
    assert "扣减（冲正 2）" in lines[3]
    assert json.loads(hep("points", "board", "--json", "--area", "驿马").out)[0]["awarded"] == 10


def test_an_award_without_points_and_without_a_rule_is_wrong_usage(hep: Hep) -> None:
    hep("partner", "add", "武玉侪")
    said = hep("points", "award", "武玉侪")
    assert (said.code, "没有写给多少分" in said.err) == (2, True)


def test_a_partner_is_shown_with_its_grid(hep: Hep) -> None:
    hep("area", "add", "第一网格", "--parent", "幸福里社区")
    hep("partner", "add", "武玉侪", "--grid", "第一网格")
    assert "网格      第一网格" in hep("partner", "show", "武玉侪").out


def test_points_by_rule(hep: Hep) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    hep("rule", "add", "XC", "网格巡查", "--points", "10", "--per", "hour", "--cap-day", "12")
    award = hep("points", "award", "武玉侪", "--rule", "网格巡查", "--hours", "1.5")
    assert "得 12 分" in award.err
    assert "已到每天上限" in award.err


def test_expiry_is_tried_and_done(hep: Hep, ledger: Ledger) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2020-03-05")
    hep("points", "award", "武玉侪", "10", "--day", "2024-03-05")
    assert "没有清零" in hep("points", "expire").err
    assert hep("setting", "set", "expiry", "yearly").code == 0
    tried = hep("points", "expire", "--dry-run")
    assert ("没有写入任何内容" in tried.err, ledger.points.balance(ledger.partners.find("武玉侪"))) == (
        True,
        10,
    )
    assert "1 人，10 分" in hep("points", "expire").err
    assert ledger.points.balance(ledger.partners.find("武玉侪")) == 0
    nothing = hep("points", "expire", "--json")
    assert json.loads(nothing.out) == []


@pytest.mark.parametrize(("answer", "left"), [("y", 0), ("", 10)])
def test_where_somebody_sits_an_expiry_is_asked_about(
    hep: Hep, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2020-03-05")
    hep("points", "award", "武玉侪", "10", "--day", "2024-03-05")
    hep("setting", "set", "expiry", "yearly")
    asked: list[str] = []
    for module in (points, questions):
        monkeypatch.setattr(module, "can_ask", lambda: True)
    monkeypatch.setattr(questions, "_answer", lambda question: asked.append(question) or answer)
    assert hep("points", "expire").code == 0
    assert ledger.points.balance(ledger.partners.find("武玉侪")) == left
    assert len(asked) == 1
    assert "1 人，10 分。全部清零吗？" in asked[0]
    hep("points", "expire", "--yes")
    assert len(asked) == 1


def test_the_log_and_undo(hep: Hep) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    hep("points", "award", "武玉侪", "10", "--reason", "网格巡查")
    hep("points", "deduct", "武玉侪", "4", "--reason", "未到")
    log = hep("log", "--action", "points", "--partner", "武玉侪", "--from", "今天", "--by", "李梅")
    assert [line.split("\t")[3] for line in log.out.splitlines()[1:]] == ["扣减积分", "发放积分"]
    undone = hep("undo", "v7")
    assert "已撤销 V7：记了 1 笔更正" in undone.err
    assert "有 4 分已经花掉" in undone.err
    assert "已由 V9 撤销" in hep("log").out
    assert "撤销 V7" in hep("log", "--limit", "1").out
    assert undone.err.splitlines()[-1] == "已记账：凭证 V9。撤销：hep undo V9"
    again = hep("undo", "V9")
    assert (again.code, again.err.splitlines()[1:2]) == (0, ["重新生效 积分流水 1、备注 1"])
    assert "撤销 V7，已由 V10 撤销" in hep("log").out
    assert (hep("undo", "V9").code, hep("undo", "V7").code) == (1, 0)
    kept = hep("undo", "6")
    assert (kept.code, "要用到它" in kept.err) == (1, True)
    assert (hep("undo", "V99").code, hep("undo", "六").code) == (4, 2)


def test_an_undo_without_a_number_takes_back_ones_own_latest_that_stands(hep: Hep, ledger: Ledger) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    hep("points", "award", "武玉侪", "10")
    hep("points", "award", "武玉侪", "4")
    hire(ledger, "王强")
    hep("points", "award", "武玉侪", "1", "--operator", "王强")
    undone = hep("undo", "--operator", "王强", "--key", "一").err.splitlines()
    assert undone[:2] == ["王强最近记的是 V10：发放积分。", "已撤销 V10：记了 1 笔更正，恢复 0 张卡片。"]
    assert "已经记过（键 一）" in hep("undo", "--operator", "王强", "--key", "一").err
    none = hep("undo", "--operator", "王强")
    assert (none.code, "王强没有还能撤销的凭证" in none.err) == (1, True)
    hep("undo", "V8")
    assert "最近记的是 V9：登记操作人。" in hep("undo", "--dry-run").err
    hep("undo")
    assert "最近记的是 V7：发放积分。" in hep("undo").err


def test_whatever_a_day_is_called_the_options_for_days_are_meant(hep: Hep) -> None:
    assert "是不是要 --from／--起 或 --to／--止。" in hep("log", "--date", "今天").err
    assert "是不是要 --day／--日期。" in hep("points", "award", "武玉侪", "5", "--date", "今天").err
    assert "是不是" not in hep("verify", "--date", "今天").err


def test_an_undo_lists_what_it_keeps(hep: Hep) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    hep("partner", "edit", "武玉侪", "--skills", "声乐", "--remark", "合唱队")
    hep("partner", "edit", "武玉侪", "--remark", "舞蹈队")
    said = hep("undo", "V7").err
    assert "收回 合伙人 1\n" in said
    assert "已由 V9 部分撤销" in hep("log").out
    assert "保留 合伙人 XF-P0001：之后又被修改过" in said


def test_an_undo_lists_what_it_may_not_take_back(hep: Hep) -> None:
    hep("shop", "add", "大米", "5")
    hep("shop", "add", "食油", "5")
    hep("shop", "in", "大米x5", "食油x5")
    taken_out = voucher_of(hep("shop", "out", "大米x5", "食油x1", "--reason", "坏了"))
    undone = voucher_of(hep("undo", taken_out))
    hep("shop", "out", "大米x3", "--reason", "坏了")
    said = hep("undo", undone).err
    assert "库存流水 1\n" in said
    assert "不能撤销 库存流水 大米" in said


def voucher_of(said: Said) -> str:
    return said.err.partition("凭证 ")[2].split("。")[0]


def test_verify_says_what_it_looked_at_and_what_differs(hep: Hep, path: Path) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    hep("points", "award", "武玉侪", "10")
    sound = hep("核验")
    assert (sound.code, "核验通过：7 张凭证、4 笔事实，核对码 7-10-" in sound.err) == (0, True)
    anchor = json.loads(hep("verify", "--json").out)["anchor"]
    assert hep("verify", "--anchor", anchor).code == 0
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET points = 99")
    found = hep("verify")
    assert found.code == 6
    assert "最早的可疑凭证是 V7" in found.err
    assert "缺少 TRIGGER entry_no_update" in found.out
    assert json.loads(hep("verify", "--json").out)["first_bad_voucher"] == 7


def test_a_history_of_a_card_that_was_taken_out_is_named_with_its_voucher(hep: Hep, path: Path) -> None:
    hep("partner", "add", "武玉侪", "--joined", "2024-03-05")
    for remark in ("合唱队", "舞蹈队"):
        hep("partner", "edit", "武玉侪", "--remark", remark)
    with sqlite3.connect(path) as raw:
        (guard,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'change_no_delete'").fetchone()
        raw.execute("DROP TRIGGER change_no_delete")
        raw.execute("DELETE FROM change WHERE after = '合唱队'")
        raw.execute(guard)
    found = hep("verify")
    assert (found.code, "最早的可疑凭证是 V7" in found.err) == (6, True)
    assert "封条上是 1 条变更记录，现在有 0 条。" in found.out


def going_on(ledger: Ledger, hep: Hep) -> list[str]:
    """Let 柏乐口腔 be in the middle of everything; return what is said of it when that goes on."""
    enrol(ledger, "柏乐口腔", kind="business")
    for words in (
        "pairing add 柏乐口腔", "offer add 柏乐口腔 洗牙 --trade 医疗 --terms 免费", "project add 义诊 --partner 柏乐口腔",
        "support venue 活动室", "support book 活动室 柏乐口腔 --day 2027-01-05 --from 9:00 --to 10:00 --planned",
        "meeting add 联席会议", "meeting resolve M0001 修路灯 --partner 柏乐口腔",
        "dispatch whistle 清障 柏乐口腔 --kind 台风 --day 2025-03-10 --at 8:00",
        "dispatch whistle 排涝 柏乐口腔 --kind 内涝 --day 2025-03-10 --at 8:00",
        "dispatch arrive 排涝 柏乐口腔 5 --day 2025-03-10 --at 8:40",
    ):  # fmt: skip
        said = hep(*words.split())
        assert said.code == 0, said.err
    return [
        "  吹哨 XF-C0001 清障（待应答）：hep dispatch decline XF-C0001 XF-P0001",
        "  吹哨 XF-C0002 排涝（已报到）：hep dispatch leave XF-C0002 XF-P0001",
        "  负责的决议 XF-J0001 修路灯：hep meeting done XF-J0001 或 hep meeting drop XF-J0001",
        "  惠民服务 XF-F0001 洗牙：hep offer close XF-F0001",
        "  与幸福里社区的结对：hep pairing end XF-P0001 --community XF",
        "  参加项目 XF-X0001 义诊：hep project part XF-X0001 XF-P0001",
        "  预订 XF-Y0001 2027-01-05 活动室：hep support cancel XF-Y0001",
    ]


def ended(hep: Hep, told: list[str]) -> None:
    """Do what was told."""
    for line in told:
        said = hep(*line.partition("：hep ")[2].partition(" 或 ")[0].split())
        assert said.code == 0, said.err


def test_who_leaves_is_told_what_goes_on_and_how_to_end_it(ledger: Ledger, hep: Hep) -> None:
    going = going_on(ledger, hep)
    told = hep("partner", "leave", "柏乐口腔").err.splitlines()
    assert told[1:-1] == ["它还有 7 项没有结束，仍照常计数；不再继续的请逐项结束：", *going]
    ended(hep, told[2:-1])
    hep("partner", "rejoin", "柏乐口腔")
    assert "没有结束" not in hep("partner", "leave", "柏乐口腔").err


def test_who_moves_is_told_what_stays(ledger: Ledger, hep: Hep) -> None:
    going = going_on(ledger, hep)
    told = hep("partner", "move", "柏乐口腔", "和平社区").err.splitlines()
    assert told[1:-1] == ["它还有 7 项没有结束，不随它迁移；不再继续的请逐项结束：", *going]
    ended(hep, told[2:-1])


def test_what_a_merged_partner_had_going_on_is_told_by_whose_it_is_now(ledger: Ledger, hep: Hep) -> None:
    going = going_on(ledger, hep)
    enrol(ledger, "柏乐牙科", kind="business")
    hep("offer", "add", "柏乐牙科", "补牙", "--trade", "医疗", "--terms", "免费")
    rehearsed = hep("partner", "merge", "柏乐口腔", "柏乐牙科", "--dry-run").err.splitlines()
    told = hep("partner", "merge", "柏乐口腔", "柏乐牙科").err.splitlines()
    assert told[:-1] == rehearsed[:-1]
    heading = "XF-P0001 柏乐口腔 还有 7 项没有结束，现在算 柏乐牙科 的；重复或不再继续的请逐项结束："
    assert told[1:-1] == [heading, *(line.replace("XF-P0001", "XF-P0002") for line in going)]
    ended(hep, told[2:-1])
