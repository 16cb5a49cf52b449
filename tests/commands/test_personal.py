"""Identity-card numbers are not stored, wherever they are typed."""

from pathlib import Path

import openpyxl
import pytest

from .conftest import Hep

NUMBER = "450502199001011234"


@pytest.mark.parametrize(
    "command",
    [
        ("partner", "add", "吴一", "--remark", f"身份证{NUMBER}"),
        ("partner", "add", "吴一", "--phone", NUMBER),
        ("partner", "add", f"吴一{NUMBER}"),
        ("partner", "add", "吴一", "--skills", "书法 450502900101123"),
        ("partner", "edit", "王芳", "--address", f"幸福路 3 号，{NUMBER[:-1]}X"),
        ("points", "award", "王芳", "5", "--reason", f"{NUMBER} 巡查"),
        ("issue", "add", "路灯", f"{NUMBER} 反映路灯不亮"),
        ("activity", "add", "义诊", "--remark", NUMBER),
        ("need", "add", "医疗", f"{NUMBER} 补牙"),
    ],
)
def test_an_identity_number_is_refused_and_nothing_is_written(
    hep: Hep, path: Path, command: tuple[str, ...]
) -> None:
    hep("partner", "add", "王芳")
    hep("issue", "category", "LAMP", "--name", "路灯", "--deadline", "7")
    before = hep("log", "--json").out
    said = hep(*command)
    assert said.code == 1, said.err
    assert "台账不保存身份证号，请删去这个号码" in said.err
    assert NUMBER not in said.err
    assert hep("log", "--json").out == before
    assert NUMBER[:14].encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13900000001", "139****0001"),
        ("139　0000　0001", "139****0001"),
        ("139.0000.0001", "139****0001"),
        ("1390000 0001", "139****0001"),
        ("6222 0212 3456 7890 123", "622****0123"),
        ("450502.19900101.1234", "450****1234"),
        ("吴一 450502_19900101_1234", "吴一 450****1234"),
    ],
)
def test_a_number_typed_for_a_name_is_not_echoed_whole(hep: Hep, typed: str, shown: str) -> None:
    for command in (("points", "award", typed, "5"), ("partner", "show", typed), ("activity", "show", typed)):
        said = hep(*command)
        assert (said.code, f"“{shown}”" in said.err) == (4, True), said.err


@pytest.mark.parametrize(
    "command",
    [
        "undo {}",
        "setting set {} 1",
        "need add {} 补牙",
        "report figures {}",
        "{}",
        "partner {}",
        "verify --anchor {}",
    ],
)
def test_a_phone_in_the_wrong_place_is_not_echoed_whole(hep: Hep, command: str) -> None:
    said = hep(*(word.format("139.0000.0001") for word in command.split()))
    assert (said.code != 0, "139****0001" in said.err, "139.0000.0001" in said.err) == (True, True, False)


@pytest.mark.parametrize("typed", ["450502.19900101.1234", "450502_1990_01_01_1234", " ".join(NUMBER)])
def test_an_identity_number_in_other_groups_is_refused_too(hep: Hep, typed: str) -> None:
    said = hep("partner", "add", "吴一", "--remark", typed)
    assert (said.code, "450****1234" in said.err) == (1, True), said.err


def test_a_credit_code_and_a_long_number_are_none(hep: Hep) -> None:
    said = hep(
        "partner",
        "add",
        "柏乐口腔",
        "--kind",
        "商企",
        "--remark",
        "注册号 450500200012345，卡 6222021234567890123",
    )
    assert said.code == 0, said.err


def test_a_phone_among_the_words_of_a_card_is_masked_wherever_they_are_shown(
    hep: Hep, tmp_path: Path
) -> None:
    phone = "13900001234"
    words = ("--skills", f"修锁 {phone}", "--contact", f"小李{phone}", "--address", f"北街 3 号（{phone}）")
    hep("partner", "add", "北海修锁店", "--kind", "商企", "--remark", f"找店主 {phone}", *words)
    hep("partner", "edit", "北海修锁店", "--remark", f"找店员 {phone}")
    hep("issue", "category", "LAMP", "--name", "路灯", "--deadline", "7")
    for written in (
        ("issue", "add", "路灯", f"路灯不亮，请回电 {phone}", "--place", f"北街 {phone}"),
        ("points", "award", "北海修锁店", "5", "--reason", f"{phone} 反映的"),
    ):
        assert hep(*written).code == 0, written
    page = tmp_path / "一页.xlsx"
    hep("partner", "sheet", "北海修锁店", "-o", str(page))
    for command in (
        ("partner", "show", "北海修锁店"),
        ("partner", "list"),
        ("partner", "find", "北海"),
        ("partner", "history", "北海修锁店"),
        ("partner", "sheet", "北海修锁店"),
        ("points", "statement", "北海修锁店"),
        ("issue", "list"),
        ("log",),
    ):
        for said in (hep(*command), hep(*command, "--json")):
            assert (said.code, phone in said.out + said.err) == (0, False), (command, said.out, said.err)
    assert "找店员 139****1234" in hep("partner", "show", "北海修锁店").out
    cells = [str(cell) for row in openpyxl.load_workbook(page).active.values for cell in row]
    assert not any(phone in cell for cell in cells)
