"""Write a small workbook: text that is never a formula, a file that is whole or not there."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from hepartner.intake.errors import FileUnwritable

_CELL_UNITS_MAX = 32_767
_REMOVED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the letter A; escaping the underscore keeps what was written.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put_text(cell: Any, text: str) -> None:
    """Put text into a cell as text; what is too long for Excel is cut and says so at its end."""
    shown = _REMOVED.sub("", text)
    units = len(shown.encode("utf-16-le")) // 2
    if units > _CELL_UNITS_MAX:
        shown = shown[: _CELL_UNITS_MAX // 2 - 40] + f"……（全文 {len(shown)} 字，已截断，请看原文件）"
    cell.value = _ESCAPE.sub("_x005F_", shown)
    # openpyxl takes =… for a formula and #N/A for an error; a cell in text format stays text when it is edited.
    cell.data_type, cell.number_format = "s", "@"


def names_free(path: Path) -> Iterator[Path]:
    """Names for a file in the order in which to try them: the path itself, then with (2), (3), …, (99)."""
    yield path
    for number in range(2, 100):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def save(book: Any, path: Path) -> None:
    """Save a workbook under a temporary name, sync it and rename it; raises FileUnwritable."""
    content = BytesIO()
    book.save(content)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise FileUnwritable(path.name, error.strerror or str(error)) from error
