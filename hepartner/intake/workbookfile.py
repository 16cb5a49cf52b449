"""Write a small workbook that comes back to be imported: every cell is text and stays it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from hepartner.excel.text import put_text
from hepartner.files import take_place, why, written_beside
from hepartner.intake.errors import FileUnwritable


def put(cell: Any, text: str) -> None:
    """Put text into a cell as text that stays text when somebody edits it."""
    put_text(cell, text)
    cell.number_format = "@"


def save(book: Any, path: Path) -> None:
    """Save a workbook, whole or not at all; raises FileUnwritable."""
    from hepartner.excel.packing import pack

    content = BytesIO()
    pack(book, content)
    try:
        with written_beside(content, path) as temporary:
            take_place(temporary, path)
    except OSError as error:
        raise FileUnwritable(path.name, why(error)) from error
