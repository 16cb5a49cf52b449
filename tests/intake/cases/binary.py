"""Workbooks in the formats that no writer among our tools knows: xlsb record by record, ods from its XML."""

import struct
from collections.abc import Sequence

from tests.intake.builders import PARTS, packed

_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Record numbers of MS-XLSB 2.3.
_BEGIN_SHEETS, _END_SHEETS, _SHEET, _END_BOOK = 143, 144, 156, 132
_BEGIN_DATA, _END_DATA, _DIMENSION, _ROW, _TEXT = 145, 146, 148, 0, 6


def xlsb(
    *rows: Sequence[str | bytes],
    hidden: Sequence[int] = (),
    flat: Sequence[int] = (),
    hides_column: bool = False,
    styles: bytes = b"",
    merged: Sequence[int] = (),
) -> bytes:
    """A binary workbook (BIFF12) of one sheet of texts; a cell of bytes is a record: its kind, its style and its value.

    Rows that are `hidden` say so, `flat` ones have a height of 0; `merged` is a range: first and last row, first and last column.
    """
    book = _record(_BEGIN_SHEETS) + _record(
        _SHEET, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("花名册")
    )
    width = max(map(len, rows))
    sheet = _record(_DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(
        60, struct.pack("<IIIIH", 0, 0, 0, 0, hides_column)
    )
    sheet += _record(_BEGIN_DATA)
    for number, texts in enumerate(rows):
        flags = bytes((0x10 * (number in hidden) | 0x20 * (number in flat),))
        sheet += _record(_ROW, struct.pack("<I", number) + bytes(7) + flags + bytes(5))
        for column, text in enumerate(texts):
            place = struct.pack("<I", column)
            if isinstance(text, bytes):
                sheet += _record(text[0], place + text[1:])
            else:
                sheet += _record(_TEXT, place + bytes(4) + _wide(text))
    merges = _record(176, struct.pack("<4I", *merged)) if merged else b""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_MAIN}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": PARTS["[Content_Types].xml"],
            "xl/workbook.bin": book + _record(_END_SHEETS) + _record(_END_BOOK),
            "xl/_rels/workbook.bin.rels": relation,
            "xl/worksheets/sheet1.bin": sheet + _record(_END_DATA) + merges,
            **({"xl/styles.bin": styles} if styles else {}),
        }
    )


def shows_three_digits() -> bytes:
    """The styles of a binary workbook whose second one shows three digits."""
    code = (
        _record(615, struct.pack("<I", 1)) + _record(44, struct.pack("<H", 164) + _wide("000")) + _record(616)
    )
    plain, padded = (_record(47, struct.pack("<2H", 0, code)) for code in (0, 164))
    return code + padded + _record(617, struct.pack("<I", 2)) + plain + padded + _record(618)


def _record(kind: int, content: bytes = b"") -> bytes:
    """A record: its kind and length in groups of seven bits, and its content."""
    kinds = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = b"", len(content)
    while size >= 0x80:
        length, size = length + bytes((size & 0x7F | 0x80,)), size >> 7
    return kinds + length + bytes((size,)) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def ods(*rows: Sequence[str]) -> bytes:
    """An OpenDocument spreadsheet of one sheet of texts."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )
        + "</table:table-row>"
        for texts in rows
    )
    return ods_table(lines)


def ods_table(lines: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet whose XML is written by hand."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "calcext")
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="花名册">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})
