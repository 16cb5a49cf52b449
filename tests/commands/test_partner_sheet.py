"""`hep partner sheet`, as typed."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hepartner.ledger import Ledger
from hepartner.ledger.stocking import Goods
from tests.ledger.conftest import enrol

from .conftest import Hep

NEXT_YEAR = f"{datetime.now().astimezone().year + 1}-01"


@pytest.fixture(autouse=True)
def _shop(ledger: Ledger) -> None:
    """理发店 donated 30 bags of rice in October 2025, had 100 points in September and took two bags in October."""
    shop, xf = enrol(ledger, "理发店", kind="business"), ledger.areas.find("XF")
    rice = ledger.shop.add(Goods(xf.id, "大米", unit="袋"), 20, day=date(2025, 9, 1)).item
    ledger.shop.stock_in([(rice, 30)], donor=shop, day=date(2025, 10, 2))
    ledger.points.award(shop, 100, day=date(2025, 9, 13))
    ledger.shop.redeem(shop, [(rice, 2)], day=date(2025, 10, 3))


def test_both_sides_are_listed(hep: Hep) -> None:
    said = hep("partner", "sheet", "理发店")
    heads, *lines = [line.split("\t") for line in said.out.splitlines()]
    assert heads == ["方面", "项目", "数量", "单位", "明细"]
    assert ["贡献", "捐赠物品", "1", "批", "大米 30袋"] in lines
    assert ["回馈", "兑换物品", "1", "种次", "大米 2袋"] in lines
    assert ["回馈", "积分余额（月末）", "60", "分", ""] in lines
    assert ["回馈", "星级（月末）", "—", "星", ""] in lines


def test_a_program_gets_both_sides_of_the_months(hep: Hep) -> None:
    told = json.loads(hep("合伙人", "贡献回馈", "理发店", "--起", "2025-10", "--止", "2025-10", "--json").out)
    assert list(told) == ["partner", "from", "to", "given", "received"]
    assert told["partner"] == {
        "code": "XF-P0001", "name": "理发店", "kind": "business", "community": "幸福里社区", "joined_on": "2024-01-01",
    }  # fmt: skip
    assert (told["from"], told["to"]) == ("2025-10", "2025-10")
    received = {line["code"]: line for line in told["received"]}
    assert received["points.awarded"]["value"] == 0
    assert received["goods.redeemed"] == {
        "code": "goods.redeemed", "label": "兑换物品", "unit": "种次", "nature": "flow", "value": 1,
        "parts": [{"name": "大米", "value": 2, "unit": "袋"}],
    }  # fmt: skip
    assert received["stars.level"]["value"] is None
    assert {line["code"]: line["value"] for line in told["given"]}["hours.served"] == 0.0


def test_it_is_written_on_one_page(hep: Hep, tmp_path: Path) -> None:
    target = tmp_path / "理发店.xlsx"
    said = hep("partner", "sheet", "理发店", "--from", "2025-09", "--to", "2025-10", "-o", str(target))
    assert (said.code, said.out, said.err) == (0, f"{target}\n", "")
    page = load_workbook(target)["贡献与回馈"]
    assert page["A1"].value == "理发店贡献与回馈清单（2025年9月至2025年10月）"
    setup = page.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "portrait",
        9,
        1,
        1,
    )
    cells = {line[0].value: [cell.value for cell in line[1:]] for line in page.iter_rows()}
    assert cells["捐赠物品"] == [1, "批", "大米 30袋"]
    assert cells["积分余额（月末）"][:2] == [60, "分"]


def test_json_and_a_file_come_together(hep: Hep, tmp_path: Path) -> None:
    said = hep("partner", "sheet", "理发店", "--json", "-o", str(tmp_path / "理发店.xlsx"))
    assert json.loads(said.out)["partner"]["name"] == "理发店"
    assert (tmp_path / "理发店.xlsx").exists()


def test_somebody_merged_is_told_under_whom_it_became(hep: Hep, ledger: Ledger) -> None:
    ledger.membership.merge(ledger.partners.find("理发店"), enrol(ledger, "理发总店", kind="business"))
    told = json.loads(hep("partner", "sheet", "理发总店", "--json").out)
    assert {line["code"]: line["value"] for line in told["given"]}["goods.donated"] == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("没有",), (4, "没有找到合伙人“没有”")),
        (("理发店", "--from", "2025-06", "--to", "2025-01"), (2, "对调")),
        (("理发店", "--to", NEXT_YEAR), (1, "还没有到")),
        (("理发店", "--from", NEXT_YEAR), (1, "还没有到")),
        (("理发店", "-o", "a.pdf"), (2, ".xlsx")),
    ],
)
def test_wrong_words_get_a_sentence(hep: Hep, words: tuple[str, ...], answer: tuple[int, str]) -> None:
    said = hep("partner", "sheet", *words)
    assert (said.code, said.out) == (answer[0], "")
    assert answer[1] in said.err
