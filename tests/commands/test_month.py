"""`hep month`, as typed."""

import json
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from tests.ledger.conftest import hire

from .conftest import Hep


def test_a_month_is_closed_and_its_workbook_comes_from_the_seal(
    hep: Hep, ledger: Ledger, tmp_path: Path
) -> None:
    said = hep("month", "close", "2025-10")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        "已结账 2025-10：2 个社区，已核对平衡。",
        "封存月报 4 份：幸福里社区 2025-10、和平社区 2025-10、驿马街道 2025-10、海城区 2025-10。",
        f"已记账：凭证 V{ledger.history.log()[0].voucher}，核对码 {ledger.anchor}，请抄存。结账不能撤销。",
    ]
    written = hep("report", "monthly", "2025-10", "-o", str(tmp_path / "月报.xlsx"))
    assert "2025-10 已结账，按结账时封存的写出。" in written.err


def test_a_dry_run_of_closing_says_what_would_be_sealed_and_closes_nothing(hep: Hep, ledger: Ledger) -> None:
    said = hep("账期", "结账", "2025-10", "--区域", "和平", "--试运行")
    assert "可以结账 2025-10：1 个社区" in said.err
    assert "没有写入任何内容" in said.err
    assert ledger.periods.closed_through(4) == ""


def test_a_closing_is_not_undone_and_it_says_what_to_do(hep: Hep, ledger: Ledger) -> None:
    hep("month", "close", "2025-10")
    voucher = ledger.history.log()[0].voucher
    said = hep("undo", f"V{voucher}")
    assert (said.code, said.out) == (1, "")
    assert f"凭证 V{voucher} 不能撤销：结账不能撤销。" in said.err


def test_a_month_that_is_not_over_or_closed_already_is_refused(hep: Hep) -> None:
    assert "还没有过完" in hep("month", "close", "本月").err
    hep("month", "close", "2025-10")
    again = hep("month", "close", "2025-10")
    assert (again.code, "已经结账" in again.err) == (1, True)


def test_a_month_tells_how_each_area_stands_in_it(hep: Hep, ledger: Ledger) -> None:
    hep("month", "close", "2025-10", "--area", "XF")
    anchor, voucher = str(ledger.anchor), ledger.history.log()[0].voucher
    lines = [line.split("\t") for line in hep("month", "show", "2025-10").out.splitlines()]
    assert [(line[1], line[2]) for line in lines[1:]] == [
        ("海城区", "否"), ("驿马街道", "否"), ("幸福里社区", "是"), ("和平社区", "否"),
    ]  # fmt: skip
    assert lines[3][4:] == ["李梅", f"V{voucher}", "是", anchor]
    asked = json.loads(hep("month", "show", "2025-10", "--area", "HP", "--json").out)
    assert [(one["code"], one["closed"], one["anchor"]) for one in asked["areas"]] == [("HP", False, "")]


def test_the_months_that_were_closed_are_listed(hep: Hep) -> None:
    assert hep("month", "list").out.splitlines() == ["月份\t已结账\t社区\t封存\t重新打开"]
    hep("month", "close", "2025-09")
    hep("month", "close", "2025-10", "--area", "XF")
    listed = json.loads(hep("month", "list", "--json").out)
    assert [tuple(one.values()) for one in listed] == [("2025-10", 1, 2, 1, 0), ("2025-09", 2, 2, 4, 0)]


def test_a_month_is_opened_again_with_a_reason_and_another_s_pin(
    hep: Hep, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    hep("month", "close", "2025-10")
    hire(ledger, "王强", pin="2468")
    words = ("month", "reopen", "2025-10", "--area", "XF", "--reason", "漏报一张签到表")
    alone = hep(*words)
    assert (alone.code, "要另一位操作人当场复核" in alone.err) == (1, True)
    monkeypatch.setenv("HEPARTNER_SECOND_PIN", "1357")
    assert "王强的口令不对" in hep(*words, "--second", "王强").err
    monkeypatch.setenv("HEPARTNER_SECOND_PIN", "2468")
    said = hep(*words, "--second", "王强")
    voucher = ledger.history.log()[0].voucher
    assert said.err.splitlines() == [
        "已重新打开 2025-10：幸福里社区。",
        "解除封存：幸福里社区、驿马街道、海城区。改好后请用 hep month close 再结账。",
        f"已记账：凭证 V{voucher}。重新打开不能撤销。",
    ]
    today = ledger.today()
    assert hep("month", "show", "2025-10").err == (
        f"V{voucher} {today} 李梅（王强复核）重新打开过幸福里社区：漏报一张签到表\n"
    )
    assert json.loads(hep("month", "list", "--json").out)[0]["reopened"] == 1
    assert "重新打开账期不能撤销。" in hep("undo", f"V{voucher}").err
