"""A workbook is packed in memory: nothing of it lies in the folder for temporary files, which may be full."""

import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from hepartner.excel.packing import pack


@pytest.fixture(autouse=True)
def no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有这个文件夹"))


def test_a_packed_workbook_is_read_back_with_its_sheets_styles_charts_and_drop_downs() -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("图")
    first["A1"] = "姓名"
    first["B2"] = 7
    first.merge_cells("C1:D1")
    drop_down = DataValidation(type="list", formula1='"个体,社群"')
    drop_down.add("A2")
    first.add_data_validation(drop_down)
    chart = BarChart()
    chart.add_data(Reference(first, min_col=2, min_row=2))
    second.add_chart(chart, "A1")
    buffer = BytesIO()
    pack(book, buffer)
    read = load_workbook(buffer)
    assert read.sheetnames == [first.title, "图"]
    assert (read.worksheets[0]["A1"].value, read.worksheets[0]["B2"].value) == ("姓名", 7)
    assert [str(cells) for cells in read.worksheets[0].merged_cells.ranges] == ["C1:D1"]
    assert read.worksheets[0].data_validations.dataValidation[0].formula1 == '"个体,社群"'
    assert "xl/charts/chart1.xml" in ZipFile(buffer).namelist()
