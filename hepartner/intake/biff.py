"""See in an old binary workbook what calamine hides: error cells, hidden rows, number formats (MS-XLS 2.4)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from hepartner.intake import compound
from hepartner.intake.errors import DamagedFile
from hepartner.intake.formats import Format, number_format
from hepartner.intake.sheetxml import Marks, overruled

_BEGIN, _END, _SHEET = 0x0809, 0x000A, 0x0085
_FONT, _FORMAT, _STYLE, _DAYS = 0x0031, 0x041E, 0x00E0, 0x0022
_ROW, _COLUMNS, _COMMENT = 0x0208, 0x007D, 0x001C
_NUMBER, _SHORT, _SHORTS, _FORMULA, _TRUTH_OR_ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_TEXTS = (0x00FD, 0x0204, 0x00D6)
_HIDDEN_ROW, _HIDDEN_COLUMN, _STRUCK = 0x20, 0x01, 0x08
_OWN_HEIGHT, _HEIGHT = 0x40, 0x7FFF
_BIFF8 = 0x0600
_WORKSHEET = 0
_MISSING_FONT = 4
"""No font has this number: those that follow are counted one too far."""
_ERROR_KIND = 2
_CALCULATE = 0x02
"""Libraries that don't calculate (Apache POI) ask whoever opens the file to do so, and write 0 as the result."""
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class _Styles(NamedTuple):
    """What cells of a style show another text by, and which styles are struck through, by their numbers."""

    formats: dict[int, Format]
    struck: set[int]


def look(file: str, content: bytes) -> list[Marks]:
    """Look at every worksheet of an old binary workbook once; the marks in the order of the sheets.

    Raises DamagedFile for records that are cut off.
    """
    book = compound.stream(file, content, ("Workbook", "Book"))
    try:
        return list(_looked(book))
    except (struct.error, IndexError) as error:
        raise DamagedFile(file, "内部结构不完整") from error


def _looked(book: bytes) -> Iterator[Marks]:
    known = _Book()
    for kind, record in _records(book, 0):
        known.at(kind, record)
    for start in known.sheets:
        look = _Look(known.styles, from_1904=known.from_1904)
        for kind, record in _records(book, start):
            look.at(kind, record)
        yield look.marks


class _Book:
    """What the records before the sheets say: where the worksheets begin, and what their styles show."""

    def __init__(self) -> None:
        self.sheets: list[int] = []
        self.styles = _Styles({}, set())
        self.from_1904 = self._is_biff8 = False
        self._codes: dict[int, str] = {}
        self._struck: list[bool] = []
        self._styles = 0

    def at(self, kind: int, record: bytes) -> None:
        """Take one record down."""
        if kind == _SHEET and record[5] == _WORKSHEET:
            self.sheets += struct.unpack_from("<I", record)
        elif kind == _FONT:
            self._struck.append(bool(record[2] & _STRUCK))
        elif kind == _FORMAT:
            self._codes[struct.unpack_from("<H", record)[0]] = _code(record, is_biff8=self._is_biff8)
        elif kind == _STYLE:
            self._style(*struct.unpack_from("<2H", record))
        elif kind == _BEGIN:
            self._is_biff8 = struct.unpack_from("<H", record) == (_BIFF8,)
        elif kind == _DAYS:
            self.from_1904 = record[:2] == b"\x01\x00"

    def _style(self, font: int, code: int) -> None:
        if shown := number_format(self._codes.get(code, "")):
            self.styles.formats[self._styles] = shown
        place = font - (font > _MISSING_FONT)
        if any(self._struck[place : place + 1]):
            self.styles.struck.add(self._styles)
        self._styles += 1


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of the part that begins at `start`, without those of charts in it."""
    depth = 0
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _code(record: bytes, *, is_biff8: bool) -> str:
    if not is_biff8:
        return record[3 : 3 + record[2]].decode("latin-1")
    length, flags = struct.unpack_from("<HB", record, 2)
    return (
        record[5 : 5 + 2 * length].decode("utf-16-le")
        if flags & 1
        else record[5 : 5 + length].decode("latin-1")
    )


class _Look:
    """What one worksheet shows, record by record."""

    def __init__(self, styles: _Styles, *, from_1904: bool) -> None:
        self.marks = Marks(from_1904=from_1904)
        self._formats, self._struck = styles

    def at(self, kind: int, record: bytes) -> None:
        if kind == _ROW:
            if record[12] & _HIDDEN_ROW or (
                record[12] & _OWN_HEIGHT and struct.unpack_from("<H", record, 6)[0] & _HEIGHT == 0
            ):
                self.marks.hidden_rows += struct.unpack_from("<H", record)
        elif kind == _COLUMNS:
            self.marks.hidden_columns |= bool(record[8] & _HIDDEN_COLUMN)
        elif kind == _COMMENT:
            self.marks.has_comments = True
        elif kind == _SHORTS:
            row, first = struct.unpack_from("<2H", record)
            for column, at in enumerate(range(4, len(record) - 2, 6), first):
                style, number = struct.unpack_from("<HI", record, at)
                self._cell(row, column, style, short_number(number))
        elif kind in (_NUMBER, _SHORT, _FORMULA, _TRUTH_OR_ERROR, *_TEXTS):
            row, column, style = struct.unpack_from("<3H", record)
            is_formula = kind == _FORMULA
            lacks_value = is_formula and bool(record[14] & _CALCULATE) and record[6:14] == bytes(8)
            found = _value(kind, record)
            self._cell(row, column, style, *found, is_formula=is_formula, lacks_value=lacks_value)

    def _cell(
        self,
        row: int,
        column: int,
        style: int,
        number: float | None,
        error: str = "",
        *,
        is_formula: bool = False,
        lacks_value: bool = False,
    ) -> None:
        if style in self._struck and row not in self.marks.struck_rows[-1:]:
            self.marks.struck_rows.append(row)
        shown = None if number is None else self._formats.get(style)
        text = f"{number:.15g}" if shown else error
        content = overruled(text, "", is_error=bool(error), lacks_value=lacks_value, shown=shown)
        self.marks.note(row, column, content, is_formula=is_formula)


def _value(kind: int, record: bytes) -> tuple[float | None, str]:
    """The number in a cell, None where it holds none, and the error."""
    if kind == _TRUTH_OR_ERROR:
        return None, error_named(record[6]) if record[7] else ""
    if kind == _FORMULA and record[12:14] == b"\xff\xff":
        return None, error_named(record[8]) if record[6] == _ERROR_KIND else ""
    if kind in (_NUMBER, _FORMULA):
        return struct.unpack_from("<d", record, 6)[0], ""
    return (short_number(struct.unpack_from("<I", record, 6)[0]), "") if kind == _SHORT else (None, "")


def short_number(number: int) -> float:
    """Read a number that takes four bytes (RkNumber): its lowest bits tell whether it is whole and a hundredfold."""
    whole = struct.unpack("<i", struct.pack("<I", number))[0] >> 2
    value = (
        float(whole) if number & 2 else struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    )
    return value / 100 if number & 1 else value


def error_named(code: int) -> str:
    """Name an error as the cell shows it."""
    return _ERRORS.get(code, "#ERROR")
