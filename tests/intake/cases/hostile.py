"""B: hostile XML, and sizes beyond what is read. Each must end fast, with a sentence."""

import io
import random
import zipfile
from collections.abc import Callable

from tests.intake.builders import (
    HEADER,
    LI,
    PARTS,
    WANG,
    cell,
    header_row,
    packed,
    raw_xlsx,
    row,
    shared_xlsx,
    text,
    xlsx,
)

from .containers import parts_of
from .table import HERE, ROWS, Case, Verdict

TAKEN, ROW, FILE = Verdict.TAKEN, Verdict.ROW, Verdict.FILE

_A_MILLION, _LAST_ROW = 1_000_000, 1_048_576
_SHEET = "xl/worksheets/sheet1.xml"


def declaring(declared: str, used: str = "王芳") -> Callable[[], bytes]:
    """The maker of a sheet whose XML begins with a document type."""
    line = row(
        2, *(cell(f"{letter}2", value) for letter, value in zip("ABCD", (used, *WANG[1:]), strict=True))
    )
    return lambda: raw_xlsx(header_row() + line, before=f"<!DOCTYPE worksheet {declared}>")


def laughs() -> str:
    """Entities of which each is ten of the one before."""
    doubled = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return f'[<!ENTITY a "哈哈哈">{doubled}]'


def with_texts_declaring() -> bytes:
    """A document type in the shared strings, where only the reader of values would meet it."""
    parts = parts_of(shared_xlsx(*ROWS))
    texts = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + bytes(parts["xl/sharedStrings.xml"])  # type: ignore[arg-type]
    return packed({**parts, "xl/sharedStrings.xml": texts})


def lines(*more: str) -> str:
    """The sheet data of header, 王芳 and 李四, and what follows."""
    rows = [
        row(number, *(cell(f"{letter}{number}", value) for letter, value in zip("ABCD", values, strict=True)))
        for number, values in enumerate(ROWS, 1)
    ]
    return "".join([*rows, *more])


def bomb() -> bytes:
    """A picture that unpacks to two hundred times its size."""
    return packed({**parts_of(xlsx(*ROWS)), "xl/media/image1.bmp": bytes(60_000_000)})


def sheet_bomb() -> bytes:
    """A sheet that says it is small and goes on, with a checksum that fits what it says."""
    content = bytearray(packed({**PARTS, _SHEET: raw_sheet(lines() + " " * 20_000_000)}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.rfind(
            signature, 0, content.rfind(_SHEET.encode()) if signature == b"PK\x01\x02" else None
        )
        content[start + place : start + place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def raw_sheet(sheet_data: str) -> str:
    """The XML of a sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>'


def formatted_to_the_end() -> bytes:
    """Two rows of data, and below them formatted cells down to the last row there is."""
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 60_000))
    return raw_xlsx(lines(blank, row(_LAST_ROW, f'<c r="A{_LAST_ROW}" s="0"/>')))


def to_the_last_column(value: str) -> Callable[[], bytes]:
    """The maker of a header row that goes on to column XFD."""
    wide = header_row().replace("</row>", f"{value}</row>")
    return lambda: raw_xlsx(lines().replace(header_row(), wide))


def many_sheets() -> bytes:
    """Five hundred sheets, all of the same part."""
    listed = "".join(f'<sheet name="{n}月" sheetId="{n}" r:id="rId1"/>' for n in range(1, 501))
    book = str(PARTS["xl/workbook.xml"])
    head, tail = book.split('<sheet name="花名册" sheetId="1" r:id="rId1"/>')
    return packed({**PARTS, "xl/workbook.xml": head + listed + tail, _SHEET: raw_sheet(lines())})


def many_styles() -> bytes:
    """Sixty thousand styles, as workbooks gather that are copied from one another for years."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{"0" * (n % 9 + 1)}"/>' for n in range(100))
    styles = "".join(f'<xf numFmtId="{200 + n % 100}"/>' for n in range(60_000))
    return raw_xlsx(
        lines(),
        styles=f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
    )


def with_pictures() -> bytes:
    """A workbook with 60 MB of pictures, which are not packed any smaller."""
    content = io.BytesIO(xlsx(*ROWS))
    picture = random.Random(1).randbytes(1_000_000)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_STORED) as archive:
        for number in range(60):
            archive.writestr(f"xl/media/image{number}.png", picture)
    return content.getvalue()


CASES = (
    Case(27, "billion laughs", declaring(laughs(), "&i;"), FILE, {"": "DOCTYPE"}),
    Case(
        28,
        "quadratic blow-up",
        declaring(f'[<!ENTITY a "{"哈" * 50_000}">]', "&a;" * 1000),
        FILE,
        {"": "DOCTYPE"},
    ),
    Case(29, "XXE", declaring('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), FILE, {"": "DOCTYPE"}),
    Case(29, "XXE in the shared strings", with_texts_declaring, FILE, {"": "DOCTYPE"}),
    Case(30, "external DTD", declaring('SYSTEM "http://example.invalid/x.dtd"'), FILE, {"": "DOCTYPE"}),
    Case(31, "zip bomb", bomb, FILE, {"": "文件太大（解开后有 60 MB）"}),
    Case(31, "zip bomb that says it is small", sheet_bomb, FILE, {"": "文件不完整或已损坏"}),
    Case(
        32,
        "a million cells in a row",
        lambda: raw_xlsx(lines(row(4, "<c><v>1</v></c>" * _A_MILLION))),
        FILE,
        {"": "第 4 行有超过 16384 个单元格"},
    ),
    Case(32, "one cell a million times", lambda: raw_xlsx(lines(row(4, '<c r="A4"/>' * _A_MILLION))), TAKEN),
    Case(33, "formats to the last row", formatted_to_the_end, TAKEN),
    Case(34, "formats to XFD", to_the_last_column('<c r="XFD1" s="0"/>'), TAKEN),
    Case(34, "a title in XFD", to_the_last_column(cell("XFD1", "民族")), TAKEN),
    Case(35, "500 sheets", many_sheets, FILE, {"": "有 500 张工作表，最多 100 张"}),
    Case(
        36,
        "a name of 32,767 characters",
        lambda: xlsx(HEADER, WANG, ("李" * 32_767, *LI[1:])),
        ROW,
        {"第 3 行｜A 列": "有 32767 个字，太长"},
    ),
    Case(
        36,
        "a name of 3 MB",
        lambda: shared_xlsx(HEADER, WANG, ("李" * 1_000_000, *LI[1:])),
        ROW,
        {"第 3 行｜A 列": "太长"},
    ),
    Case(
        36,
        "10 MB where nobody looks",
        lambda: shared_xlsx((*HEADER, "说"), (*WANG, "x" * 10_000_000), (*LI, "")),
        TAKEN,
    ),
    Case(
        37,
        "300,001 rows",
        lambda: raw_xlsx(lines(row(300_001, cell("A300001", "x")))),
        FILE,
        {"": "最多 300000 行"},
    ),
    Case(
        37,
        "300,001 lines",
        lambda: text(HEADER, WANG) + f"李四,个体,,{HERE}\n".encode() * 300_001,
        FILE,
        {"": "按社区拆成几个文件"},
        "花名册.csv",
    ),
    Case(
        38,
        "sparse coordinates",
        lambda: raw_xlsx(lines(row(4, cell("ZZZZ99999999", "x")))),
        FILE,
        {"": "坐标 ZZZZ99999999 不可能存在"},
    ),
    Case(
        38,
        "a row that can't be",
        lambda: raw_xlsx(lines(row(99_999_999, cell("A1", "x")))),
        FILE,
        {"": "行号 99999999 不可能存在"},
    ),
    Case(
        38,
        "two far corners",
        lambda: raw_xlsx(lines(row(250_000, cell("XFD250000", "x")))),
        FILE,
        {"": "第 250000 行、第 16384 列"},
    ),
    Case(39, "60,000 styles", many_styles, TAKEN),
    Case(40, "60 MB of pictures", with_pictures, TAKEN),
)
