"""XML spreadsheets of 2003, as old office systems write them under the name .xls."""

from pathlib import Path

import pytest

from hepartner.intake.cells import Cells, Sheet, read_cells
from hepartner.intake.errors import DamagedFile, FileRefused, HostileFile, TooLarge
from hepartner.intake.problems import Fault
from hepartner.intake.sniff import sniff

from .builders import HEADER, WANG, put, spreadsheet_xml, xml_2003


def read(folder: Path, content: bytes) -> Cells:
    return read_cells(sniff(put(folder, "花名册.xls", content)))


def sheet_of(folder: Path, table: str, *, before: str = "") -> Sheet:
    (sheet,) = read(folder, spreadsheet_xml(f"<Table>{table}</Table>", before=before)).sheets
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "GB18030", "utf-16"])
def test_its_rows_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    cells = read(tmp_path, xml_2003(HEADER, WANG, encoding=encoding))
    (sheet,) = cells.sheets
    assert sheet.name == "花名册"
    assert [sheet.row(0), sheet.row(1)] == [list(HEADER), list(WANG)]
    assert cells.notes == ("文件名是 .xls，内容其实是XML 表格，已按内容读取",)


def cell(kind: str, text: str, more: str = "") -> str:
    return f'<Row><Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell></Row>'


CELLS: dict[str, tuple[str, object]] = {
    "a number is shown whole": (cell("Number", "13800138000"), "13800138000"),
    "a number with leading zeros by its format": (cell("Number", "7", ' ss:StyleID="code"'), "000007"),
    "a long number has lost its end": (cell("Number", "450502199003071234"), "数字超过 15 位"),
    "a day": (cell("DateTime", "2024-03-05T00:00:00.000"), "2024-03-05"),
    "an odd day stays as written": (cell("DateTime", "2024-13-05"), "2024-13-05"),
    "a truth is no text": (cell("Boolean", "1"), "TRUE/FALSE"),
    "an error": (cell("Error", "#N/A"), "错误值 #N/A"),
    "a formula with its result": (cell("Number", "12", ' ss:Formula="=R[-1]C*2"'), "12"),
    "a formula without one": ('<Row><Cell ss:Formula="=R1C1"/></Row>', "没有存下结果"),
    "a formula into another book": (cell("Number", "12", ' ss:Formula="=[1]Sheet1!R1C1"'), "另一个文件"),
    "text in two fonts": (
        '<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>王</B>芳</ss:Data></Cell></Row>',
        "王芳",
    ),
    "a comment is no text": (
        '<Row><Cell><Data ss:Type="String">王芳</Data><Comment><Data>已退出</Data></Comment></Cell></Row>', "王芳",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "shown"), CELLS.values(), ids=CELLS)
def test_what_stands_in_a_cell(tmp_path: Path, row: str, shown: str) -> None:
    styles = '<Styles><Style ss:ID="code"><NumberFormat ss:Format="000000"/></Style></Styles>'
    (found,) = sheet_of(tmp_path, row, before=styles).row(0)
    assert shown in (found.reason if isinstance(found, Fault) else (found, found))


def test_rows_and_cells_may_be_left_out_and_merged(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        '<Row ss:Index="3"><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="String">甲</Data></Cell></Row>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">乙</Data></Cell>'
        '<Cell><Data ss:Type="String">丙</Data></Cell></Row>',
    )
    assert sheet.rows == [[], [], ["", "甲"], ["乙", "", "丙"]]
    assert sheet.merges == [((2, 1), (3, 1)), ((3, 0), (3, 1))]


def test_what_is_hidden_is_known(tmp_path: Path) -> None:
    table = '<Column ss:Hidden="1"/><Row ss:Hidden="1"><Cell><Data ss:Type="String">王芳</Data></Cell></Row>'
    (sheet,) = read(tmp_path, spreadsheet_xml(f"<Table>{table}</Table>")).sheets
    assert sheet.marks.hidden_rows == [0]
    assert sheet.marks.hidden_columns
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    with pytest.raises(FileRefused, match="空的"):
        read(tmp_path, xml_2003(HEADER, WANG, more=options))


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    before = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>"
    assert sheet_of(tmp_path, cell("Number", "43000"), before=before).marks.from_1904


REFUSED: dict[str, tuple[bytes, type[FileRefused], str]] = {
    "cut in the middle": (xml_2003(HEADER, WANG)[:-200], DamagedFile, "不是完整的 XML"),
    "a document type": (
        xml_2003(HEADER).replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY a "a">]><Workbook', 1), HostileFile, "DOCTYPE",
    ),
    "a row far out": (
        spreadsheet_xml('<Table><Row ss:Index="999999"><Cell/></Row></Table>'), TooLarge, "300000 行",
    ),
    "a cell far out": (
        spreadsheet_xml('<Table><Row><Cell ss:Index="999999"/></Row></Table>'), TooLarge, "单元格",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "error", "phrase"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes, error: type[FileRefused], phrase: str
) -> None:
    with pytest.raises(error, match=phrase):
        read(tmp_path, content)
