"""`hep report`, as typed."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep, hep, ledger, path
from tests.ledger.conftest import enrol, templates

__all__ = ["hep", "ledger", "path", "templates"]


@pytest.fixture
def awarded(ledger: Ledger) -> None:
    """李梅 got 30 points on 10 November 2025."""
    ledger.points.award(enrol(ledger, "李梅"), 30, day=date(2025, 11, 10))


@pytest.mark.usefixtures("awarded")
def test_figures_are_listed_with_value_and_definition(hep: Hep) -> None:
    said = hep("report", "figures", "--area", "XF", "--from", "2025-01", "--to", "2025-11")
    heads, *lines = said.out.splitlines()
    assert heads.split("\t") == ["代码", "指标", "单位", "性质", "数值", "口径"]
    (points,) = [line.split("\t") for line in lines if line.startswith("points.awarded")]
    assert points == [
        "points.awarded",
        "发放积分",
        "分",
        "累计",
        "30",
        "按积分规则发放和由经办人直接发放的积分，冲正的扣除；不含期初录入和转移。",
    ]
    assert said.code == 0


@pytest.mark.usefixtures("awarded")
def test_a_program_gets_the_figures_as_json(hep: Hep) -> None:
    figures = json.loads(hep("报表", "指标", "--区域", "幸福里", "--止", "2025-11", "--json").out)
    assert {tuple(figure) for figure in figures} == {
        ("code", "name", "unit", "nature", "value", "definition")
    }
    values = {figure["code"]: (figure["nature"], figure["value"]) for figure in figures}
    assert values["points.awarded"] == ("flow", 30)
    assert values["points.balance"] == ("stock", 30)
    assert values["activities.people"] == ("distinct", 0)
    assert values["issues.satisfied_rate"] == ("ratio", {"numerator": 0, "denominator": 0, "percent": None})


@pytest.mark.usefixtures("awarded")
def test_rows_are_what_a_figure_counted(hep: Hep) -> None:
    said = hep("report", "rows", "points.awarded", "--to", "2025-11")
    heads, line = (row.split("\t") for row in said.out.splitlines())
    shown = dict(zip(heads, line, strict=True))
    assert (shown["日期"], shown["社区"], shown["合伙人"]) == ("2025-11-10", "幸福里社区", "李梅")
    assert said.err == "发放积分：30 分，由 1 行得出。\n"
    (row,) = json.loads(hep("report", "rows", "points.awarded", "--to", "2025-11", "--json").out)
    assert row["合伙人"] == "李梅"


@pytest.mark.usefixtures("awarded")
def test_the_monthly_workbook_is_written_and_its_path_printed(hep: Hep, tmp_path: Path) -> None:
    target = tmp_path / "月报.xlsx"
    said = hep("report", "monthly", "2025-11", "--area", "驿马", "-o", str(target))
    assert (said.code, said.out, said.err) == (0, f"{target}\n", "月报已核对平衡并写好：\n")
    assert load_workbook(target)["月报总表"]["A1"].value == "驿马街道社区合伙人工作月报总表（2025年11月）"


def test_a_workbook_open_elsewhere_is_saved_beside_and_says_so(hep: Hep, tmp_path: Path) -> None:
    (tmp_path / "~$月报.xlsx").touch()
    said = hep("report", "monthly", "2025-10", "-o", str(tmp_path / "月报.xlsx"))
    assert said.out == f"{tmp_path / '月报(2).xlsx'}\n"
    assert "月报.xlsx 正被打开，报表另存为 月报(2).xlsx。" in said.err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("figures", "--area", "没有"), (4, "没有找到区域“没有”")),
        (("figures", "--from", "2025-06", "--to", "2025-01"), (2, "对调")),
        (("figures", "--from", "十三月"), (2, "月份")),
        (("rows", "points.lost"), (4, "没有“points.lost”这个指标")),
        (("monthly", "2025-13", "-o", "a.xlsx"), (2, "月份")),
        (("monthly", "2025-11"), (2, "--output")),
        (("monthly", "2025-11", "-o", "."), (2, "是文件夹")),
        (("monthly", "2025-11", "-o", "a.pdf"), (2, ".xlsx")),
        (("monthly", f"{datetime.now().astimezone().year + 1}-11", "-o", "a.xlsx"), (1, "还没有到")),
    ],
)
def test_wrong_words_get_a_sentence_and_write_nothing(
    hep: Hep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], answer: tuple[int, str]
) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    monkeypatch.chdir(folder)
    said = hep("report", *words)
    assert (said.code, said.out) == (answer[0], "")
    assert answer[1] in said.err
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("awarded")
@pytest.mark.parametrize(("program", "assertion"), [("hledger", "= 30 积分"), ("beancount", "  30 JIFEN")])
def test_a_journal_is_written_where_it_was_asked_for(
    hep: Hep, tmp_path: Path, program: str, assertion: str
) -> None:
    target = tmp_path / "积分账.txt"
    said = hep("export", program, "-o", str(target), "--area", "XF", "--to", "2025-11")
    assert (said.code, said.out, said.err) == (0, f"{target}\n", "积分账已写好：\n")
    assert assertion in target.read_text(encoding="utf-8")
    assert hep("导出", f"{program}账本", "-o", str(target), "--止", "2025-10").code == 0
    assert assertion not in target.read_text(encoding="utf-8")
