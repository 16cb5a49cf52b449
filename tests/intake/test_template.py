"""Empty lists to be filled in: they can be imported as soon as somebody has written in them."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hepartner.intake.errors import FileTaken
from hepartner.intake.template import write_template
from hepartner.words import gathered

from .conftest import Imported

TODAY = date(2025, 11, 20)


@pytest.mark.parametrize("kind", gathered("FILES"))
def test_an_empty_list_imports_nothing_not_even_its_sample(
    imported: Imported, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(kind, path, TODAY)
    report = imported(path.name, path.read_bytes(), kind=kind)
    assert (report.read, report.problems, report.skipped) == (0, (), ((2, "示例行"),))


def test_a_filled_roster_is_imported_and_offers_the_kinds(imported: Imported, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    write_template("partners", path, TODAY)
    book = openpyxl.load_workbook(path)
    sheet = book["合伙人花名册"]
    sheet.append([1, "王芳", "个体", "13800138000", "幸福里社区"])
    (offered,) = sheet.data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ('"个体,社群,商企"', "C2:C1001")
    assert sheet.column_dimensions["D"].number_format == "@"
    assert sheet["B1"].value == "姓名（必填）"
    book.save(path)
    assert imported(path.name, path.read_bytes()).added == 1


def test_the_instructions_name_every_column(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    write_template("partners", path, TODAY)
    told = {row[0]: row[1:] for row in openpyxl.load_workbook(path)["填写说明"].values}
    assert told["类型"] == (
        "可空",
        "请选：个体、社群、商企。列名也可以叫：合伙人类型、合伙人类别、合伙人种类。",
    )
    assert told["姓名"][0] == "必填"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(FileTaken, match="已经存在，没有改动它"):
        write_template("partners", path, TODAY)
    assert path.read_bytes() == b"mine"
