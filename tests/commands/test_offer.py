"""The commands of offers, as typed."""

import json

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def dentist(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔门诊部", kind="business")


def test_an_offer_is_added_used_edited_listed_and_closed(hep: Hep) -> None:
    prices = ("--before", "120元", "--after", "60.5")
    said = hep("offer", "add", "P0001", "洗牙", "--trade", "医疗", "--terms", "优惠", *prices, "--key", "k")
    assert (said.code, said.out, said.err.splitlines()[0]) == (
        0, "", "已登记 XF-F0001 洗牙（XF-P0001 柏乐口腔门诊部，幸福里社区，医疗，优惠）。",
    )  # fmt: skip
    assert "撤销：hep undo" in said.err
    again = hep("offer", "add", "P0001", "洗牙", "--trade", "医疗", "--terms", "优惠", *prices, "--key", "k")
    assert (again.code, "没有重复记账" in again.err) == (0, True)
    assert "使用 12 人次，共 12 人次" in hep("惠民", "使用", "洗牙", "12").err
    assert hep("惠民", "修改", "F0001", "--现价", "50", "--服务时间", "周末").code == 0
    (offer,) = json.loads(hep("offer", "list", "--json").out)
    assert (offer["price_before"], offer["price_after"], offer["uses"]) == (12000, 5000, 12)
    row = hep("offer", "list", "--trade", "医疗").out.splitlines()[1].split("\t")
    assert row[2:8] == ["医疗", "洗牙", "柏乐口腔门诊部", "优惠", "120.00", "50.00"]
    assert "服务时间  周末" in hep("offer", "show", "F0001").out
    assert "已停止 XF-F0001" in hep("惠民", "停止", "洗牙", "--原因", "搬走").err
    assert len(hep("offer", "list").out.splitlines()) == 1
    assert json.loads(hep("offer", "show", "洗牙", "--json").out)["status"] == "closed"


def test_a_price_that_is_no_price_is_wrong_usage(hep: Hep) -> None:
    said = hep("offer", "add", "P0001", "洗牙", "--before", "一百二")
    assert said.code == 2
    assert "价格" in said.err


def test_a_price_above_the_old_one_is_refused(hep: Hep) -> None:
    said = hep("offer", "add", "P0001", "洗牙", "--terms", "优惠", "--before", "50", "--after", "60")
    assert (said.code, said.err) == (1, "现价比原价高，不是优惠，请核对两个价格。\n")
