"""The commands about the rulebook."""

import json
import sys
from datetime import timedelta

import pytest

from hepartner.commands import rule as commands
from hepartner.ledger import Ledger
from hepartner.words.rule import CAPS, PER
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol

PATROL = ("rule", "add", "patrol", "网格巡查", "--points", "10", "--per", "小时", "--valid-from", "2022-1-1")


def test_the_words_of_the_commands_are_the_ledgers() -> None:
    assert (commands.PER, commands.CAPS) == (PER, CAPS)


def test_a_rule_is_added_and_listed(hep: Hep) -> None:
    said = hep(*PATROL, "--cap-day", "40", "--needs-confirmer", "是")
    assert (said.code, said.out) == (0, "")
    assert "规则 PATROL 网格巡查：每小时 10 分，每天最多 40 分，需确认，自 2022-01-01 起。" in said.err
    assert "撤销：hep undo V" in said.err
    (listed,) = json.loads(hep("rule", "list", "--json").out)
    assert (listed["code"], listed["per"], listed["cap_day"], listed["needs_confirmer"]) == (
        "PATROL",
        "hour",
        40,
        True,
    )
    assert "PATROL\t网格巡查\t10 分/小时\t\t40\t\t\t是\t2022-01-01\t" in hep("规则", "列表").out


def test_a_rule_takes_one_line_of_eighty_columns(hep: Hep, monkeypatch: pytest.MonkeyPatch) -> None:
    caps = ("--cap-activity", "40", "--cap-day", "60", "--cap-month", "300", "--cap-year", "3000")
    hep(
        "rule",
        "add",
        "CLEANUP",
        "协助解决问题",
        "--points",
        "20",
        "--per",
        "小时",
        *caps,
        "--valid-from",
        "2022-1-1",
    )
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    title, header, _, *lines = hep("rule", "list").out.splitlines()
    assert (title, header.split()[3:7]) == (
        "每次、每天、每月、每年：一个人最多得几分",
        ["每次", "每天", "每月", "每年"],
    )
    assert [line.split()[0] for line in lines] == ["CLEANUP"]


def test_the_code_again_is_a_new_version_and_all_versions_are_listed_when_asked(hep: Hep) -> None:
    hep(*PATROL, "--cap-day", "40", "--needs-confirmer", "是")
    said = hep(
        "规则", "添加", "PATROL", "--积分", "十二", "--每日上限", "0", "--需确认", "否", "--生效", "2025-1-1"
    )
    assert "每小时 12 分，自 2025-01-01 起。" in said.err
    assert len(hep("rule", "list").out.splitlines()) == 2
    assert len(hep("rule", "list", "--all").out.splitlines()) == 3


def test_a_rule_that_can_not_be_is_refused_in_one_sentence(hep: Hep) -> None:
    said = hep("rule", "add", "NEW", "新规则")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "新规则“NEW”没有写给几分，请用 --points 写明" in said.err
    assert hep("rule", "add", "NEW", "新规则", "--per", "天").code == 2
    assert hep("rule", "retire", "没有").code == 4


def test_a_rule_is_retired(hep: Hep) -> None:
    hep(*PATROL)
    said = hep("rule", "retire", "wgxc", "--valid-to", "2025-1-31")
    assert "规则 PATROL 网格巡查 用到 2025-01-31 为止。" in said.err
    again = hep("rule", "retire", "wgxc")
    assert (again.code, again.err) == (
        1,
        "规则“网格巡查”（PATROL）已经停用，用到 2025-01-31 为止，没有改动。\n",
    )


def test_a_version_for_an_earlier_day_says_from_when_another_follows(hep: Hep) -> None:
    hep(*PATROL)
    said = hep("rule", "add", "PATROL", "--points", "5", "--valid-from", "2021-1-1")
    assert "自 2021-01-01 起；2022-01-01 起仍按另一版。" in said.err


def test_a_key_adds_a_rule_once(hep: Hep) -> None:
    hep(*PATROL, "--key", "规则一")
    again = hep(*PATROL, "--key", "规则一")
    assert again.code == 0
    assert "已经记过" in again.err
    assert len(hep("rule", "list", "--all").out.splitlines()) == 2


@pytest.mark.parametrize("words", [("rule", "try"), ("规则", "试算")])
def test_a_trial_shows_what_would_be_given_and_which_cap_bites(
    hep: Hep, ledger: Ledger, words: tuple[str, ...]
) -> None:
    partner = enrol(ledger, "武玉侪")
    hep(*PATROL, "--cap-day", "40", "--needs-confirmer", "是")
    ledger.rulebook.add("PATROL", needs_confirmer=False)
    rule = ledger.rulebook.find("PATROL")
    ledger.points.award_by_rule(partner, rule, minutes=180)
    before = ledger.anchor
    said = hep(*words, "网格巡查", "wyc", "--hours", "2")
    assert said.code == 0
    shown = dict(line.split(maxsplit=1) for line in said.out.splitlines())
    assert shown["按规则"] == "20 分"
    assert shown["每天已得"] == "30 分"
    assert shown["能得"] == "10 分（到每天上限）"
    assert "确认" not in shown
    assert ledger.anchor == before


def test_a_trial_on_an_earlier_day_uses_that_days_version(hep: Hep, ledger: Ledger) -> None:
    enrol(ledger, "武玉侪")
    hep(*PATROL, "--needs-confirmer", "是")
    yesterday = ledger.today() - timedelta(days=1)
    hep("rule", "add", "PATROL", "--points", "50")
    asked = ("rule", "try", "网格巡查", "wyc", "--hours", "2", "--day", str(yesterday))
    tried = json.loads(hep(*asked, "--json").out)
    assert tried == {
        "rule": "PATROL",
        "partner": "XF-P0001",
        "day": str(yesterday),
        "wanted": 20,
        "used": {"activity": 0, "day": 0, "month": 0, "year": 0},
        "points": 20,
        "cap": None,
        "needs_confirmer": True,
    }
    assert "确认后才给" in hep(*asked).out
