"""A: which kind of file it is, and what it is packed in."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl

from tests.intake.builders import (
    PARTS,
    packed,
    saved,
    shared_xlsx,
    text,
    web,
    workbook,
    xls,
    xlsx,
    xml_2003,
)
from tests.intake.test_files import ole2, with_doubled_entry, with_encrypted_entry, with_wrong_checksum

from .binary import ods, xlsb
from .table import ROWS, Case, Verdict

TAKEN, FILE = Verdict.TAKEN, Verdict.FILE


def protected() -> bytes:
    """Sheet and workbook protected: nobody may edit, everybody may read."""
    book = workbook(ROWS)
    book.active.protection.set_password("123456")
    book.security = openpyxl.workbook.protection.WorkbookProtection(
        workbookPassword="1234", lockStructure=True
    )
    return saved(book)


def parts_of(content: bytes) -> dict[str, str | bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_macros() -> bytes:
    """A workbook that carries a program."""
    return packed({**parts_of(xlsx(*ROWS)), "xl/vbaProject.bin": ole2("VBA")})


def without(content: bytes, name: str) -> bytes:
    """A workbook that lacks a part."""
    return packed({other: part for other, part in parts_of(content).items() if other != name})


def of_dimension(dimension: str) -> Callable[[], bytes]:
    """The maker of a workbook whose sheet says wrongly, or not, how large it is."""

    def make() -> bytes:
        parts = parts_of(xlsx(*ROWS))
        sheet = str(parts["xl/worksheets/sheet1.xml"], "utf-8")
        return packed({**parts, "xl/worksheets/sheet1.xml": re.sub("<dimension[^>]*>", dimension, sheet)})

    return make


def broken_types() -> bytes:
    """A workbook whose list of content types is no XML any more."""
    return packed({**parts_of(xlsx(*ROWS)), "[Content_Types].xml": "<Types"})


def with_lying_size() -> bytes:
    """A workbook whose directory says that its sheet is smaller than it is."""
    content = bytearray(xlsx(*ROWS))
    place = content.find(b"PK\x01\x02")
    while content[place + 46 :].startswith(b"xl/worksheets/sheet1.xml") is False:
        place = content.find(b"PK\x01\x02", place + 1)
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def old(first_record: bytes) -> Callable[[], bytes]:
    """The maker of the first bytes of a workbook of Excel 4 and before."""
    return lambda: first_record + bytes(200)


SPANNED = (
    '<html><head><meta charset="gb2312"></head><table><tr><td colspan=4>幸福里社区花名册<tr><td>姓名<td>类型<td>联系电话<td>社区'
    "<tr><td>王芳<td rowspan=2>个体<td>13800138000<td rowspan=2>幸福里社区<tr><td>李四<td>13900139000</table>"
)

CASES = (
    Case(1, "html table named xls", lambda: web(*ROWS), TAKEN, {"": "内容其实是网页表格"}, "花名册.xls"),
    Case(1, "html with spans", lambda: SPANNED.encode("gb18030"), TAKEN, {"": "网页表格"}, "花名册.xls"),
    Case(2, "XML Spreadsheet 2003", lambda: xml_2003(*ROWS), TAKEN, {"": "内容其实是XML 表格"}, "花名册.xls"),
    Case(
        3,
        "tabs in GBK named xls",
        lambda: text(*ROWS, mark="\t", encoding="gbk"),
        TAKEN,
        {"": "文本表格"},
        "花名册.xls",
    ),
    Case(
        4,
        "MHTML",
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n".__bytes__,
        FILE,
        {"": "另存为 xlsx"},
        "花名册.xls",
    ),
    Case(
        4,
        "MHTML of a browser",
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n".__bytes__,
        FILE,
        {"": "“单个文件网页”"},
        "花名册.xls",
    ),
    Case(5, "BIFF8", lambda: xls(*ROWS), TAKEN, {}, "花名册.xls"),
    Case(6, "Excel 4", old(b"\x09\x04\x06\x00\x00\x00\x10\x00"), FILE, {"": "另存为 xlsx"}, "花名册.xls"),
    Case(7, "xlsx named xls", lambda: xlsx(*ROWS), TAKEN, {"": "内容其实是xlsx"}, "花名册.xls"),
    Case(8, "xls named xlsx", lambda: xls(*ROWS), TAKEN, {"": "内容其实是xls"}),
    Case(9, "password", lambda: ole2("EncryptedPackage", "EncryptionInfo"), FILE, {"": "文件有打开密码"}),
    Case(10, "protected, not encrypted", protected, TAKEN),
    Case(11, "cipher text", lambda: bytes(range(256)) * 20, FILE, {"": "请在装有加密客户端的电脑上解密"}),
    Case(12, "no bytes", bytes, FILE, {"": "文件是空的"}),
    Case(13, "truncated zip", lambda: xlsx(*ROWS)[:-400], FILE, {"": "请重新复制一份"}),
    Case(14, "docx", lambda: packed({"word/document.xml": "<w/>"}), FILE, {"": "Word 文档"}),
    Case(14, "pptx", lambda: packed({"ppt/presentation.xml": "<p/>"}), FILE, {"": "演示文稿"}),
    Case(14, "wps", lambda: ole2("Root Entry", "WordDocument"), FILE, {"": "Word 文档"}),
    Case(
        15,
        "zip of rosters",
        lambda: packed({"花名册.xlsx": xlsx(*ROWS)}),
        FILE,
        {"": "请先解压，再导入"},
        "花名册.zip",
    ),
    Case(15, "rar of rosters", b"Rar!\x1a\x07\x00".__bytes__, FILE, {"": "请先解压"}, "花名册.rar"),
    Case(16, "et of WPS", lambda: xls(*ROWS), TAKEN, {}, "花名册.et"),
    Case(17, "ods", lambda: ods(*ROWS), TAKEN, {}, "花名册.ods"),
    Case(18, "xlsb", lambda: xlsb(*ROWS), TAKEN, {}, "花名册.xlsb"),
    Case(
        19,
        "Numbers",
        lambda: packed({"Index/Document.iwa": "x"}),
        FILE,
        {"": "在 Numbers 里导出为 Excel"},
        "花名册.numbers",
    ),
    Case(20, "PDF renamed", b"%PDF-1.7 ...".__bytes__, FILE, {"": "PDF 文档"}),
    Case(20, "picture renamed", b"\xff\xd8\xff\xe0".__bytes__, FILE, {"": "图片"}),
    Case(21, "xlsm", with_macros, TAKEN, {"": "没有运行宏"}, "花名册.xlsm"),
    Case(22, "lock file", b"\x05user".__bytes__, FILE, {"": "临时文件"}, "~$花名册.xlsx"),
    Case(24, "entry that climbs", lambda: packed({**PARTS, "../../x": "x"}), FILE, {"": "越出文件夹"}),
    Case(24, "absolute entry", lambda: packed({**PARTS, "/etc/x": "x"}), FILE, {"": "越出文件夹"}),
    Case(24, "doubled entry", with_doubled_entry, FILE, {"": "重名的部件"}),
    Case(24, "encrypted entry", with_encrypted_entry, FILE, {"": "文件有打开密码"}),
    Case(25, "wrong CRC", with_wrong_checksum, FILE, {"": "文件不完整或已损坏"}),
    Case(25, "declared size lies", with_lying_size, FILE, {"": "文件不完整或已损坏"}),
    Case(26, "broken content types", broken_types, TAKEN),
    Case(26, "no styles", lambda: without(xlsx(*ROWS), "xl/styles.xml"), TAKEN),
    Case(
        26,
        "no shared strings",
        lambda: without(shared_xlsx(*ROWS), "xl/sharedStrings.xml"),
        FILE,
        {"": "文件不完整或已损坏"},
    ),
    Case(26, "no dimension", of_dimension(""), TAKEN),
    Case(26, "dimension A1", of_dimension('<dimension ref="A1"/>'), TAKEN),
)
