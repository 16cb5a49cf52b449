"""Read comma, tab or semicolon separated text, whatever its encoding, as one sheet."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from hepartner.intake.cells import Sheet
from hepartner.intake.errors import TooLarge, TraditionalEncoding, UnbalancedQuote, UnknownEncoding
from hepartner.intake.sheetxml import ROWS_MAX

_DELIMITERS = "\t,;|，"
_SAMPLE_LINES = 20
_FIELD_CHARACTERS_MAX = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile("[\u4e00-\u9fff]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", re.DOTALL)
_BIG5_LINES = 200
_BIG5_FIRST_HAN = b"\xa4\x40"
_BIG5_SECOND_LEVEL = b"\xc6\xa1"
_GB2312_FIRST_TRAIL = 0xA1
_EXPORTED = re.compile(r'="(.*)"')


def read_text_table(path: Path) -> list[Sheet]:
    """Read a text file as the one sheet that Excel would show.

    Raises UnknownEncoding, TraditionalEncoding, UnbalancedQuote and TooLarge.
    """
    text = decode(path.name, path.read_bytes()).rstrip("\x1a\r\n")
    delimiter, text = _delimiter(text)
    rows = list(_rows(path.name, text, delimiter))
    return [Sheet("", rows, delimited=True)]


def decode(file: str, content: bytes) -> str:
    """Decode by BOM, else strictly as UTF-8, else strictly as GB18030.

    Raises UnknownEncoding with the line, and TraditionalEncoding.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(file, content.removeprefix(bom), encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if odd := _odd_lines(content):
            raise UnknownEncoding(file, odd[0]) from None
        if _is_big5(content):
            raise TraditionalEncoding(file) from None
        return _decoded(file, content, "gb18030")


def _decoded(file: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(file, content.count(b"\n", 0, error.start) + 1) from error


def _is_big5(content: bytes) -> bool:
    """Whether bytes that GB18030 takes too are more likely Big5.

    The frequent characters of Big5 have lead bytes A4 to C6, and in any list one of ten at least has a trail byte that
    GB2312 has not. Text of GB2312 has lead bytes up to F7 and no such trail bytes; traditional characters of GBK have
    some that Big5 refuses.
    """
    sample = b"\n".join(content.split(b"\n", _BIG5_LINES)[:_BIG5_LINES])
    try:
        sample.decode("big5")
    except UnicodeDecodeError:
        return False
    pairs: list[bytes] = [pair for pair in _PAIR.findall(sample) if pair >= _BIG5_FIRST_HAN]
    frequent = sum(pair < _BIG5_SECOND_LEVEL for pair in pairs)
    foreign = sum(pair[1] < _GB2312_FIRST_TRAIL for pair in pairs)
    return frequent * 10 >= len(pairs) * 9 and foreign * 10 >= len(pairs) > 0


def _odd_lines(content: bytes) -> list[int]:
    """The lines in another encoding than most, as files have that two programs wrote to one after the other.

    A line of GB18030 is hardly ever UTF-8 by chance, but one of UTF-8 often is GB18030 by chance.
    """
    utf_8: list[int] = []
    others: list[int] = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            is_utf_8 = _HAN.search(line.decode("utf-8")) is not None
        except UnicodeDecodeError:
            is_utf_8 = False
        (utf_8 if is_utf_8 else others).append(number)
    return min(utf_8, others, key=len)


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter that the first lines use most, and the text without a `sep=` line."""
    if declared := re.match(r"sep=(.)\r?\n?", text):
        # Excel does not count this line either: it shows the next one as row 1.
        return declared[1], text[declared.end() :]
    sample = re.sub(r'"[^"]*"', "", "\n".join(text[:100_000].splitlines()[:_SAMPLE_LINES]))
    return max(_DELIMITERS, key=lambda mark: (sample.count(mark), mark == ",")), text


def _rows(file: str, text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_FIELD_CHARACTERS_MAX)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    has_export_trick = '="' in text
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise TooLarge(file, f"第 {number} 行有一格超过 {_FIELD_CHARACTERS_MAX} 字") from error
            raise UnbalancedQuote(file, number) from error
        if row is None:
            return
        if number > ROWS_MAX:
            raise TooLarge(file, f"超过 {ROWS_MAX} 行")
        yield [_unwrapped(cell) for cell in row] if has_export_trick else row


def _unwrapped(cell: str) -> str:
    """Undo `="013800138000"`, with which exports keep Excel from counting."""
    found = _EXPORTED.fullmatch(cell)
    return found[1] if found else cell
