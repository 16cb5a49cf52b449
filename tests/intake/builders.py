"""Files as offices send them, made by code: workbooks, web tables, text, and what only looks like them."""

import io
import os
import time
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

HEADER = ("姓名", "类型", "联系电话", "社区")
WANG = ("王芳", "个体", "13800138000", "幸福里社区")
LI = ("李四", "个体", "13900139000", "幸福里社区")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(rows: Iterable[Sequence[Any]], sheet: str = "花名册") -> openpyxl.Workbook:
    """A workbook with one sheet of rows, to be changed before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook of these rows."""
    return saved(workbook(rows))


def xls(*rows: Sequence[Any]) -> bytes:
    """An old binary workbook (BIFF8) of these rows."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("花名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text(*rows: Sequence[Any], mark: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Delimited text of these rows."""
    return (end.join(mark.join(map(str, row)) for row in rows) + end).encode(encoding)


def web(*rows: Sequence[Any], charset: str = "gb2312", encoding: str = "gb18030") -> bytes:
    """A web page with one table of these rows, as office systems save it under the name .xls."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
    return f"{head}<body><table>{lines}</table></body></html>".encode(encoding)


def raw_xlsx(sheet_data: str, *, before: str = "", styles: str = "", tag: str = "worksheet") -> bytes:
    """A workbook whose sheet XML is written by hand: what no office program writes, or what only some do."""
    sheet = f'{before}<{tag} xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData></{tag}>'
    return packed(
        {**PARTS, "xl/worksheets/sheet1.xml": sheet, **({"xl/styles.xml": styles} if styles else {})}
    )


def shared_xlsx(*rows: Sequence[str]) -> bytes:
    """A workbook of these rows whose texts stand in the shared strings, as Excel and WPS write them."""
    texts = list(dict.fromkeys(text for values in rows for text in values))
    lines = [
        row(
            number,
            *(
                f'<c r="{letter}{number}" t="s"><v>{texts.index(text)}</v></c>'
                for letter, text in zip(_LETTERS, values, strict=False)
            ),
        )
        for number, values in enumerate(rows, 1)
    ]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    return packed(
        {
            **PARTS,
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file; return its path. It was written an hour ago, or an import would wait whether it is whole."""
    path = folder / name
    path.write_bytes(content)
    earlier = time.time() - 3600
    os.utime(path, (earlier, earlier))
    return path


def cell(reference: str, value: str, **attributes: str) -> str:
    """One cell of raw sheet XML holding text, or with t=… what that type says."""
    written = "".join(f' {name}="{given}"' for name, given in attributes.items())
    if attributes.get("t", "inlineStr") == "inlineStr":
        written = written or ' t="inlineStr"'
        return f'<c r="{reference}"{written}><is><t>{value}</t></is></c>'
    return f'<c r="{reference}"{written}>{value}</c>'


def row(number: int, *cells: str, **attributes: str) -> str:
    """One row of raw sheet XML."""
    written = "".join(f' {name}="{given}"' for name, given in attributes.items())
    return f'<row r="{number}"{written}>{"".join(cells)}</row>'


def header_row() -> str:
    """The first row of raw sheet XML: HEADER."""
    return row(1, *(cell(f"{letter}1", title) for letter, title in zip("ABCD", HEADER, strict=True)))


PARTS: dict[str, str | bytes] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def xml_2003(*rows: Sequence[Any], more: str = "", encoding: str = "utf-8") -> bytes:
    """An XML spreadsheet of 2003 of these rows; texts as they are, `more` behind the table."""
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    return spreadsheet_xml(f"<Table>{cells}</Table>{more}", encoding=encoding)


def spreadsheet_xml(sheet: str, *, before: str = "", encoding: str = "utf-8") -> bytes:
    """An XML spreadsheet of 2003 with one sheet."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'{before}<Worksheet ss:Name="花名册">{sheet}</Worksheet></Workbook>'
    ).encode(encoding)
