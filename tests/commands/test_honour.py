"""The commands of honours and star levels, as typed."""

import json
from datetime import date

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture(autouse=True)
def wang(ledger: Ledger) -> None:
    ledger.points.award(enrol(ledger, "王芳"), 30, day=date(2024, 5, 5))
    enrol(ledger, "李梅")


def test_honours_are_given_and_listed(hep: Hep) -> None:
    said = hep(
        "honour",
        "give",
        "优秀合伙人",
        "王芳",
        "李梅",
        "--level",
        "街道",
        "--giver",
        "驿马街道",
        "--day",
        "2025-07-01",
    )
    assert said.err.splitlines()[0] == (
        "已授予 李梅（XF-P0002）、王芳（XF-P0001）“优秀合伙人”（街道级，2025-07-01）。"
    )
    assert len(json.loads(hep("honour", "list", "--json").out)) == 2
    row = hep("激励", "列表", "--合伙人", "王芳").out.splitlines()[1].split("\t")
    assert row[4:8] == ["王芳", "优秀合伙人", "街道", "驿马街道"]


def test_stars_are_explained_and_frozen(hep: Hep) -> None:
    assert hep("honour", "stars", "2024").code == 1
    said = hep("honour", "rule", "1", "--points", "20", "--valid-from", "2024-01-01")
    assert said.err.splitlines()[0] == "1 星的条件：积分 20 分，自 2024-01-01 起。"
    hep("激励", "星级条件", "2", "--时长", "90分钟", "--积分", "35", "--年限", "1", "--生效", "2024-01-01")
    assert [row.split("\t")[:4] for row in hep("honour", "rules").out.splitlines()[1:]] == [
        ["1", "", "20", "0"], ["2", "1 小时 30 分钟", "35", "1"],
    ]  # fmt: skip
    rows = [line.split("\t") for line in hep("honour", "stars", "2024").out.splitlines()[1:]]
    assert [(row[1], row[4], row[-1]) for row in rows] == [
        ("王芳", "1", "距 2 星还差 1 小时 30 分钟、5 分、1 年"), ("李梅", "0", "距 1 星还差 20 分"),
    ]  # fmt: skip
    frozen = hep("激励", "评星", "2024", "--定档")
    assert "2024 年的星级已定档，2 位合伙人，其中 1 位有星。" in frozen.err
    assert [line.split("\t")[-1] for line in frozen.out.splitlines()[1:]] == [
        "已定档（V11），距 2 星还差 1 小时 30 分钟、5 分、1 年", "已定档（V11），距 1 星还差 20 分",
    ]  # fmt: skip
    assert hep("honour", "stars", "2024", "--limit", "1").err == "另有 1 位没有列出，可用 --limit 放宽。\n"
    assert json.loads(hep("honour", "stars", "2024", "--json").out)[0]["level"] == 1
    assert hep("honour", "stars", "2024", "--freeze").code == 1


def test_a_star_level_may_ask_for_more_hours_than_a_day_has(hep: Hep) -> None:
    said = hep("honour", "rule", "3", "--hours", "100", "--points", "500", "--valid-from", "2025-01-01")
    assert said.err.splitlines()[0] == "3 星的条件：时长 100 小时、积分 500 分，自 2025-01-01 起。"
