"""Commands about operators, and PINs as they are asked for."""

import getpass
import json
import sys
from collections.abc import Iterator

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.stocking import Goods
from hepartner.terminal import questions
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


def test_an_operator_is_registered_listed_promoted_and_retired(hep: Hep) -> None:
    added = hep("operator", "add", "王强")
    assert added.err.splitlines()[:2] == [
        "已登记经办王强。",
        "请本人设口令：hep operator pin --operator 王强",
    ]
    assert hep("操作人", "角色", "王强", "主管").err.startswith("王强现在是主管。\n")
    assert [line.split("\t")[:2] for line in hep("operator", "list").out.splitlines()] == [
        ["姓名", "角色"],
        ["李梅", "主管"],
        ["王强", "主管"],
    ]
    assert hep("operator", "retire", "王强").err.startswith("已停用王强。\n")
    assert [one["name"] for one in json.loads(hep("operator", "list", "--json").out)] == ["李梅"]
    (*_, wang) = json.loads(hep("operator", "list", "--all", "--json").out)
    assert wang == {"id": 2, "name": "王强", "role": "manager", "active": False, "has_pin": False}
    retired = json.loads(hep("log", "--limit", "1", "--json").out)[0]["voucher"]
    hep("undo", f"V{retired}")
    assert hep("operator", "list").out.count("主管") == 2


def test_an_auditor_is_asked_for_no_pin(hep: Hep) -> None:
    said = hep("operator", "add", "陈静", "--role", "审计")
    assert said.err == "已登记审计陈静。\n已记账：凭证 V6。撤销：hep undo V6\n"


def test_who_is_not_registered_is_told_whom_to_ask(hep: Hep) -> None:
    said = hep("--operator", "王强", "partner", "add", "武玉侪")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "操作人“王强”没有登记，没有记账。请用 --operator 写明您自己，或请主管（李梅）登记：hep operator add 王强。\n"
    )
    assert hep("--operator", "王强", "partner", "list").code == 0


def test_a_pin_in_the_environment_is_used_by_a_script(hep: Hep, monkeypatch: pytest.MonkeyPatch) -> None:
    hep("operator", "add", "王强", "--role", "主管")
    monkeypatch.setenv("HEPARTNER_NEW_PIN", "2468")
    said = hep("--operator", "王强", "operator", "pin")
    assert (said.code, said.err) == (0, "已设置王强的口令：凭证 V7。\n")
    refused = hep("--operator", "王强", "setting", "set", "office", "海城区")
    assert (refused.code, "HEPARTNER_PIN" in refused.err) == (2, True)
    monkeypatch.setenv("HEPARTNER_PIN", "2468")
    assert hep("--operator", "王强", "setting", "set", "office", "海城区").code == 0
    assert "2468" not in hep("log", "--json").out


def test_the_only_manager_is_warned_that_nobody_could_set_the_pin_again(
    hep: Hep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEPARTNER_NEW_PIN", "2468")
    assert "只有一位主管，忘了口令就没有人能重设" in hep("operator", "pin").err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed unseen at a terminal, line by line."""
    lines: list[str] = []
    monkeypatch.setattr(questions, "can_ask", lambda: True)
    monkeypatch.setattr(
        getpass, "getpass", lambda prompt, stream: lines.pop(0) if stream is sys.stderr else prompt
    )
    return lines


def test_a_new_pin_is_typed_twice(hep: Hep, typed: list[str]) -> None:
    typed += ["2468", "2469"]
    differing = hep("operator", "pin")
    assert (differing.code, differing.err) == (2, "两遍输入的口令不一样，没有设置。请再来一次。\n")
    typed += ["2468", "2468"]
    assert hep("operator", "pin").code == 0
    typed += ["1111"]
    assert "李梅的口令不对" in hep("operator", "pin").err


@pytest.fixture
def shop(ledger: Ledger) -> None:
    """武玉侪 has 900 points, 大米 costs 50, slips above 500 points are confirmed, 王强 has the PIN 2468."""
    ledger.points.award(enrol(ledger, "武玉侪"), 900)
    ledger.shop.stock_in([(ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 50).item, 40)])
    ledger.settings.set("redeem.second_above", "500")
    ledger.operators.set_pin(ledger.operators.add("王强", "clerk").now, "2468")


@pytest.mark.usefixtures("shop")
def test_a_large_slip_is_confirmed_by_another_operator_in_the_same_command(
    hep: Hep, typed: list[str]
) -> None:
    alone = hep("shop", "redeem", "武玉侪", "大米x11")
    assert (alone.code, alone.out) == (1, "")
    assert alone.err == (
        "这张兑换单是 550 分，超过 500 分的要另一位操作人复核，没有兑换。请加 --second 姓名，由那一位输入自己的口令。\n"
    )
    typed += ["1357", "2468"]
    assert "王强的口令不对" in hep("shop", "redeem", "武玉侪", "大米x11", "--second", "王强").err
    slip = hep("shop", "redeem", "武玉侪", "大米x11", "--复核", "王强")
    assert (slip.code, typed) == (0, [])
    assert "复核    王强" in slip.out.splitlines()
    assert "复核    王强" in hep("shop", "receipt", "D1").out.splitlines()
    assert "李梅（王强 复核）" in hep("log", "--limit", "1").out
    assert json.loads(hep("log", "--limit", "1", "--json").out)[0]["second"] == "王强"


@pytest.mark.usefixtures("shop")
def test_a_script_without_the_seconds_pin_is_told_where_to_put_it(
    hep: Hep, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("shop", "redeem", "武玉侪", "大米x11", "--second", "王强")
    refused = hep(*words)
    assert (refused.code, "HEPARTNER_SECOND_PIN" in refused.err) == (2, True)
    monkeypatch.setenv("HEPARTNER_SECOND_PIN", "2468")
    assert hep(*words).code == 0
    assert hep("shop", "redeem", "武玉侪", "大米", "--second", "李梅").err.startswith("复核的要是另一个人")


def test_only_lists_of_slips_are_confirmed(hep: Hep) -> None:
    said = hep("import", "partners", "花名册.xlsx", "--second", "王强")
    assert (said.code, said.err) == (2, "--second 只用于兑换登记表。\n")
