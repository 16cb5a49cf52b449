"""Converts a workbook to PDF with LibreOffice and says what is wrong with its pages; run by hand: `python pages.py FILE.xlsx`.

Looked for: ####, a page without the first or last heading of its sheet (a cut column makes extra pages), text of a cell that
is on no page, and a number of pages that the rows' heights don't explain.
"""

import math
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

TOOLS = ("soffice", "pdftotext")
PAGE_HEIGHT_POINTS = (210 - (0.55 + 0.65) * 25.4) / 25.4 * 72
PAGE_WIDTH_POINTS = (297 - 2 * 0.45 * 25.4) / 25.4 * 72
# How wide a column's unit may be: 7 pixels in Excel's own font, more where LibreOffice has to take another.
UNIT_POINTS = (7 * 0.75 * 0.95, 9.5 * 0.75)
ROUNDING = 0.03
"""How much the heights of rows differ once they are rounded to the printer's dots."""

_FOOTER = re.compile(r"第(\d+)页，共(\d+)页")


@dataclass(frozen=True)
class Page:
    """One printed page: its sheet and its text without any white space."""

    sheet: str
    text: str


def missing_tools() -> list[str]:
    """Return the programs that are not installed here."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def faults(workbook: Path) -> list[str]:
    """Return what is wrong with the pages of a workbook, one sentence each."""
    book = load_workbook(workbook)
    pages = printed(workbook, [_squeezed(sheet.title) for sheet in book])
    found = [f"page {number} shows ####" for number, page in enumerate(pages, 1) if "###" in page.text]
    for sheet in book:
        mine = [page for page in pages if page.sheet == _squeezed(sheet.title)]
        found += [f"{sheet.title}: {fault}" for fault in _sheet_faults(sheet, mine)]
    return found


def printed(workbook: Path, sheets: list[str]) -> list[Page]:
    """Print a workbook to PDF and return its pages; each page's footer names its sheet."""
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(workbook)]
        subprocess.run(convert, check=True, capture_output=True, timeout=170)
        read = ["pdftotext", "-raw", f"{folder}/{workbook.stem}.pdf", "-"]
        text = subprocess.run(read, check=True, capture_output=True, timeout=60).stdout.decode()
    texts = [_squeezed(page) for page in text.split("\f") if page.strip()]
    return [Page(_sheet_of(text, sheets), text) for text in texts]


def _sheet_of(text: str, sheets: list[str]) -> str:
    footer = _FOOTER.search(text)
    if footer is None:
        return ""
    return max((name for name in sheets if text[footer.end() :].startswith(name)), key=len, default="")


def _sheet_faults(sheet: Any, pages: list[Page]) -> Iterator[str]:
    least, most = expected_pages(sheet)
    if not least <= len(pages) <= most:
        yield f"{len(pages)} pages instead of {least} to {most}"
    first, last = _outer_headings(sheet)
    for number, page in enumerate(pages, 1):
        if first not in page.text or last not in page.text:
            yield f"its page {number} lacks the heading {first} or {last}"
    everything = "".join(page.text for page in pages)
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and _squeezed(cell.value) not in everything:
                yield f"{cell.coordinate} is on no page: {cell.value[:40]}"


def expected_pages(sheet: Any) -> tuple[int, int]:
    """Return the least and most pages that the heights of the rows and the widths of the columns make."""
    if sheet.page_setup.fitToHeight:
        return 1, 1
    heights = [sheet.row_dimensions[line].height or 15 for line in range(1, sheet.max_row + 1)]
    first, last = (int(part) for part in re.findall(r"\d+", sheet.print_title_rows))
    repeated = sum(heights[first - 1 : last])
    units = sum(
        sheet.column_dimensions[get_column_letter(number)].width for number in range(1, sheet.max_column + 1)
    )
    counts = [
        _pages(heights, repeated, slack * min(1.0, PAGE_WIDTH_POINTS / (units * unit)))
        for unit in UNIT_POINTS
        for slack in (1 - ROUNDING, 1 + ROUNDING)
    ]
    return min(counts), max(counts)


def _pages(heights: list[float], repeated: float, scale: float) -> int:
    room = PAGE_HEIGHT_POINTS / math.floor(scale * 100) * 100
    pages, used = 1, 0.0
    for height in heights:
        if used + height > room:
            pages, used = pages + 1, repeated
        used += height
    return pages


def _outer_headings(sheet: Any) -> tuple[str, str]:
    """Return the first and last heading of the rows that repeat; under a group it is the heading itself that counts."""
    first, last = (int(part) for part in re.findall(r"\d+", sheet.print_title_rows))
    row = [
        sheet.cell(last, number).value or sheet.cell(first, number).value
        for number in range(1, sheet.max_column + 1)
    ]
    shown = [_squeezed(value) for value in row if value]
    return shown[0], shown[-1]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    sys.stdout.write("\n".join(wrong or ["every page is as it should be"]) + "\n")
    sys.exit(bool(wrong))
