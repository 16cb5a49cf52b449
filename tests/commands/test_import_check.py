"""`hep import check` as typed: what it says of each file, how it ends, and that it writes nothing and nobody waits for it."""

import json
from pathlib import Path

import pytest

from hepartner.cli import program
from hepartner.ledger import Ledger
from tests.intake.builders import HEADER, LI, WANG, put, saved, text, workbook, xlsx
from tests.ledger.conftest import enrol

from .conftest import Hep

BAD = ("孙七", "个体", "1390013900", "幸福里社区")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of all sorts: clean, with a bad row, of another sheet's name, foreign, and one that says a card otherwise."""
    found = tmp_path / "三月"
    found.mkdir()
    put(found, "1好.csv", text(HEADER, WANG, LI))
    put(found, "2坏.csv", text(HEADER, LI, BAD, (*BAD[:2], "138", BAD[3])))
    put(found, "3改.xlsx", saved(workbook(((*HEADER[:2], "手机", "社区", "特长"), (*WANG, "书法")), "三月")))
    put(found, "4图.xlsx", b"\x89PNG")
    put(found, "~$1好.xlsx", b"lock")
    return found


def test_every_file_is_one_line_and_nothing_is_written(hep: Hep, ledger: Ledger, folder: Path) -> None:
    enrol(ledger, "王芳", phone=WANG[2])
    before, files = ledger.anchor, sorted(folder.iterdir())
    said = hep("import", "check", "partners", str(folder))
    assert said.code == 3
    assert [line.split("\t") for line in said.out.splitlines()] == [
        ["文件", "工作表", "读取", "新增", "修改", "不变", "有问题", "说明"],
        [f"{folder / '1好.csv'}", "", "2", "1", "0", "1", "0", ""],
        [
            f"{folder / '2坏.csv'}", "", "3", "0", "0", "1", "2",
            "第 3 行｜C 列“联系电话”：电话只有 10 位（139****900）。改法：手机号是 11 位，请补全后重新导入。另有 1 处。",
        ],
        [f"{folder / '3改.xlsx'}", "三月", "1", "0", "1", "0", "0", "认作 手机→联系电话、特长→技能"],
        [
            f"{folder / '4图.xlsx'}", "", "0", "0", "0", "0", "0",
            "这是图片，不是表格。改法：请向对方要 Excel 或 csv 格式的名单。",
        ],
    ]  # fmt: skip
    assert said.err == f"{folder}：没有导入临时文件 ~$1好.xlsx。\n"
    assert (ledger.anchor, sorted(folder.iterdir())) == (before, files)


def test_files_that_can_all_be_imported_end_with_0_and_a_list_for_programs(hep: Hep, tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.xlsx", xlsx(HEADER, WANG))
    said = hep("导入", "检查", "合伙人", str(path), "--机读")
    assert (said.code, said.err) == (0, "")
    (report,) = json.loads(said.out)
    assert (report["file"], report["sheet"], report["added"], report["voucher"]) == (
        str(path),
        "花名册",
        1,
        None,
    )
    assert [one["title"] for one in report["columns"]] == list(HEADER)


def test_two_files_of_one_new_partner_are_seen(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    """As they would be when they are imported one after another; and nothing is written, given back or remembered."""
    rows = {"1月.csv": (WANG, LI), "2月.csv": (WANG,), "3月.csv": (("王放", *WANG[1:]),)}
    paths = [str(put(tmp_path, name, text(HEADER, *people))) for name, people in rows.items()]
    before, files = ledger.anchor, sorted(tmp_path.iterdir())
    said = json.loads(hep("import", "check", "partners", *paths, "--json").out)
    assert [(one["added"], one["unchanged"], one["rejected"]) for one in said] == [
        (2, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]
    assert "与台账里的 XF-P0001 电话相同" in said[2]["problems"][0]["reason"]
    assert [one["voucher"] for one in said] == [None] * 3
    assert (ledger.anchor, sorted(tmp_path.iterdir())) == (before, files)


def test_it_says_what_the_import_says(hep: Hep, folder: Path) -> None:
    told = ("read", "added", "changed", "unchanged", "rejected", "problems", "columns", "sheet", "notes")
    checked = json.loads(hep("import", "check", "partners", str(folder), "--json").out)
    imported = json.loads(hep("import", "partners", str(folder), "--json").out)
    assert [[one[name] for name in told] for one in checked] == [
        [one[name] for name in told] for one in imported
    ]


@pytest.mark.parametrize(("choice", "code"), [([], 3), (["--skip-repeat"], 0), (["--accept-repeat"], 0)])
def test_it_heeds_what_decides_about_rows(hep: Hep, tmp_path: Path, choice: list[str], code: int) -> None:
    hep("activity", "add", "义诊", "--day", "2025-03-05", "--community", "幸福里社区")
    rows = (("日期", "社区", "活动名称", "何事"), ("2025-03-05", "幸福里社区", "", "义诊"))
    path = str(put(tmp_path, "活动.csv", text(*rows)))
    assert hep("import", "check", "activities", path, "--map", "活动名称=何事", *choice).code == code


def test_it_uses_what_is_remembered_of_a_source_and_changes_nothing_of_it(hep: Hep, tmp_path: Path) -> None:
    header = ("称谓", *HEADER[1:])
    first = str(put(tmp_path, "一月.csv", text(header, WANG)))
    assert hep("import", "partners", first, "--map", "姓名=称谓", "--source", "街道").code == 0
    second = str(put(tmp_path, "二月.csv", text(header, LI)))
    assert hep("import", "check", "partners", second, "--source", "街道").code == 0
    assert hep("import", "check", "partners", second, "--source", "街道", "--map", "姓名=").code == 3
    assert hep("import", "check", "partners", second, "--source", "街道").code == 0


def test_it_does_not_wait_for_who_is_writing(hep: Hep, ledger: Ledger, tmp_path: Path) -> None:
    path = str(put(tmp_path, "花名册.csv", text(HEADER, WANG)))
    with ledger.database.transaction():
        ledger.database.write("UPDATE balance SET points = points WHERE 0")
        assert hep("import", "check", "partners", path).code == 0


def test_the_word_is_offered_with_the_kinds_and_has_a_page_of_its_own(hep: Hep) -> None:
    page = hep("import", "--help").out
    assert "  check   检查    先检查许多文件" in page
    assert page.startswith("用法：hep import 类型 文件… [选项]")
    assert hep("导入", "检查", "--help").out.startswith("用法：hep import check 类型 文件… [选项]")
    root = program()
    top = root.make_context("hep", ["import"], resilient_parsing=True)
    name, command, rest = root.resolve_command(top, ["导入", "检查", "合伙人"])
    assert (name, command and command.name, rest) == ("import check", "check", ["合伙人"])
    found = root.get_command(top, "import")
    assert found is not None
    kind = next(param for param in found.params if param.name == "kind")
    offered = [one.value for one in kind.type.shell_complete(top, kind, "")]
    assert {"check", "检查", "partners", "合伙人"} <= set(offered)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("import check", "缺少“类型”。用法：hep import check 类型 文件… [选项]。"),
        ("import check partners", "缺少“文件”。用法：hep import check 类型 文件… [选项]。"),
        ("import chek a.csv", "没有“chek”，可用的有：合伙人（partners）"),
        ("import check partners a.csv --skip-bad", "没有“--skip-bad”这个选项"),
    ],
)
def test_wrong_usage_is_told(hep: Hep, words: str, sentence: str) -> None:
    said = hep(*words.split())
    assert (said.code, sentence in said.err) == (2, True), said.err
