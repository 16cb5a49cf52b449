"""See in a binary workbook of the newer kind, xlsb, what calamine hides: error cells, hidden rows, number formats (MS-XLSB)."""

import posixpath
import struct
from collections.abc import Iterator

from hepartner.intake.biff import error_named, short_number
from hepartner.intake.container import SpreadsheetPackage
from hepartner.intake.errors import DamagedFile
from hepartner.intake.formats import Format, number_format
from hepartner.intake.problems import Fault
from hepartner.intake.sheetxml import Marks, overruled
from hepartner.intake.workbookxml import targets

_BOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_SHEET, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 156, 44, 47, 617, 618
_ROW, _COLUMNS, _SHORT, _NUMBER, _MERGE = 0, 60, 2, 5, 176
_ERRORS, _FORMULAS, _FORMULA_OF_NUMBER = (3, 11), (8, 9, 10, 11), 9
_HIDDEN_ROW, _OWN_HEIGHT, _HIDDEN_COLUMN = 0x10, 0x20, 0x01
_MORE = 0x80
_CELL = 8
"""Where the value of a cell begins, behind its column and its style."""


def look(package: SpreadsheetPackage) -> dict[str, Marks]:
    """Look at every sheet once; the marks by sheet name. Raises DamagedFile, and what `prove` raises."""
    package.prove()
    try:
        formats = _formats(package)
        return {name: _marks(package.content(part), formats) for name, part in _parts(package)}
    except (struct.error, IndexError) as error:
        raise DamagedFile(package.path.name, "内部结构不完整") from error


def _parts(package: SpreadsheetPackage) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    parts = targets(package, "xl/_rels/workbook.bin.rels")
    for kind, record in _records(package.content(_BOOK)):
        if kind == _SHEET:
            identity, end = _text(record, 8)
            name, _ = _text(record, end)
            part = posixpath.normpath(posixpath.join("/xl", parts.get(identity, ""))).lstrip("/")
            if part in package.entries:
                yield name, part


def _formats(package: SpreadsheetPackage) -> dict[int, Format]:
    """The styles that show another text than the plain number, by their numbers."""
    codes: dict[int, str] = {}
    found: dict[int, Format] = {}
    style = -1
    is_inside = False
    for kind, record in _records(package.content(_STYLES)) if _STYLES in package.entries else ():
        if kind in (_BEGIN_STYLES, _END_STYLES):
            is_inside = kind == _BEGIN_STYLES
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]], _ = _text(record, 2)
        elif kind == _STYLE and is_inside:
            style += 1
            if shown := number_format(codes.get(struct.unpack_from("<H", record, 2)[0], "")):
                found[style] = shown
    return found


def _marks(sheet: bytes, formats: dict[int, Format]) -> Marks:
    marks, row = Marks(), 0
    for kind, record in _records(sheet):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", record)
            if record[11] & _HIDDEN_ROW or (record[11] & _OWN_HEIGHT and record[8:10] == bytes(2)):
                marks.hidden_rows.append(row)
        elif kind == _COLUMNS:
            marks.hidden_columns |= bool(record[16] & _HIDDEN_COLUMN)
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            marks.merges.append(((top, left), (bottom, right)))
        elif kind in (_SHORT, _NUMBER, *_ERRORS, *_FORMULAS):
            (column,) = struct.unpack_from("<I", record)
            content = _content(kind, record, formats)
            marks.note(row, column, content, is_formula=kind in _FORMULAS)
    return marks


def _content(kind: int, record: bytes, formats: dict[int, Format]) -> str | Fault | None:
    if kind in _ERRORS:
        return overruled(error_named(record[_CELL]), "", is_error=True, lacks_value=False, shown=None)
    shown = formats.get(int.from_bytes(record[4:7], "little"))
    if shown is None or kind not in (_SHORT, _NUMBER, _FORMULA_OF_NUMBER):
        return None
    if kind == _SHORT:
        number = short_number(struct.unpack_from("<I", record, _CELL)[0])
    else:
        (number,) = struct.unpack_from("<d", record, _CELL)
    return shown(f"{number:.15g}")


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: kind and length stand in groups of seven bits, the lowest first."""
    at = 0
    while at < len(content):
        kind, length = content[at], 0
        at += 1
        if kind & _MORE:
            kind = kind & ~_MORE | content[at] << 7
            at += 1
        for group in range(4):
            length |= (content[at] & ~_MORE) << 7 * group
            at += 1
            if not content[at - 1] & _MORE:
                break
        yield kind, content[at : at + length]
        at += length


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le", "replace"), end
