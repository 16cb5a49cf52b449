"""Text into an Excel cell: as text, whole, never a formula, never a crash."""

import re
from itertools import accumulate
from typing import Any

LONGEST_TEXT = 32_767
"""Excel's limit for one cell, in UTF-16 units; openpyxl cuts what is longer without a word."""

# Controls and lone halves of characters make the file unreadable; bidirectional marks make a cell show what it doesn't hold.
_REMOVED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# Excel reads _x0041_ as the letter A; escaping the underscore keeps what was written.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_ACTIVE = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """Remove what no cell may hold; line breaks stay."""
    return _REMOVED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def put_text(cell: Any, text: str) -> bool:
    """Write text into a cell as text, never as a formula; the only way text gets into a workbook.

    Returns False when the text was too long for Excel: it is cut and says so at its end.
    """
    shown = clean(text)
    whole = _units(shown) <= LONGEST_TEXT
    if not whole:
        mark = f"……（全文 {len(shown)} 字，超出单元格上限，已截断）"
        shown = _cut(shown, LONGEST_TEXT - _units(mark)) + mark
    cell.value = _ESCAPE.sub("_x005F_", shown) if "_x" in shown else shown
    # openpyxl takes =… for a formula and #N/A for an error.
    cell.data_type = "s"
    if shown.startswith(_LOOKS_ACTIVE):
        cell.quotePrefix = True
    return whole


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, units: int) -> str:
    used = accumulate(1 + (character > "\uffff") for character in text)
    return text[: sum(1 for count in used if count <= units)]
