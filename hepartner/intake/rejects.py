"""The rows that were not imported, given back as a workbook that imports as it is once mended."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hepartner.files import names_from
from hepartner.intake.errors import FileRefused, FileUnwritable
from hepartner.intake.lines import Lines
from hepartner.intake.mapping import plain_titles
from hepartner.intake.problems import Problem
from hepartner.intake.reading import texts_of
from hepartner.intake.workbookfile import put, save
from hepartner.ledger.sources import GivenBack

REASON_TITLE, REMEDY_TITLE = "问题原因", "修改办法"
_HEADING_ROWS_MAX = 15
_WIDTH, _WIDE = 16, 44
_MARK_LENGTH = 16
_MARK = re.compile(rf"（记号 ([0-9a-f]{{{_MARK_LENGTH}}})，(?:共 ([0-9]+) 行，)?")
_HIGHLIGHT = "FFFFE699"


def write_rejects(path: Path, lines: Lines[Any], problems: Sequence[Problem]) -> Path:
    """Write the user's own rows with reason and remedy beside the file; return where.

    They are whole, not masked, and hold nothing from the ledger. No file is overwritten, for it may be half mended; one
    that says the same already is left. Raises FileUnwritable.
    """
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    count = len({problem.row for problem in problems})
    origin = (
        f"取自 {lines.outline.file} {lines.outline.sheet}。含个人信息，请妥善保管；改好后可以直接导入这个文件。"
        f"（记号 {lines.mark()}，共 {count} 行，请保留这一行：这些行因此不会与已经导入的相同行混淆。）"
    )
    titles = plain_titles(lines.outline.header, lines.form.columns)
    rows: list[Sequence[str]] = [[origin], *lines.outline.above[:_HEADING_ROWS_MAX]]
    rows.append([*titles, REASON_TITLE, REMEDY_TITLE])
    book = openpyxl.Workbook()
    if lines.outline.from_1904:
        # A day that stands as a number stays the same day.
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "有问题的行（含个人信息）"
    for number, row in enumerate(rows, 1):
        _put_row(sheet, number, row)
    sheet.freeze_panes = sheet.cell(len(rows) + 1, 1)
    _put_problems(sheet, len(rows) + 1, lines, problems)
    _widen(sheet, len(titles))
    for target in names_from(path.with_name(f"{path.stem}_问题.xlsx")):
        if not target.exists():
            save(book, target)
        elif not _says_same(target, sheet):
            continue
        return target
    raise FileUnwritable(path.name, "问题清单太多，请先清理旧的")


def _says_same(path: Path, sheet: Any) -> bool:
    try:
        found = texts_of(path)
    except FileRefused:
        return False
    # The mark is another where rows were added to the list, or good ones corrected.
    return [[_unmarked(text) for text in row] for row in found] == [
        [_unmarked(text or "") for text in row] for row in sheet.values
    ]


def _unmarked(text: object) -> object:
    return _MARK.sub("", text) if isinstance(text, str) else text


def given_back(heading: str) -> tuple[GivenBack, ...]:
    """The files whose bad rows a workbook gives back, by what stands above its header."""
    return tuple(GivenBack(mark, int(rows or 0)) for mark, rows in dict.fromkeys(_MARK.findall(heading)))


def _put_problems(sheet: Any, first: int, lines: Lines[Any], problems: Sequence[Problem]) -> None:
    from openpyxl.styles import PatternFill

    highlight = PatternFill("solid", fgColor=_HIGHLIGHT)
    width = len(lines.outline.header.titles)
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row or 0, []).append(problem)
    rows = sorted(by_row)
    for number, (row, texts) in enumerate(zip(rows, lines.shown(rows), strict=True), first):
        found, shown = by_row[row], texts[:width]
        shown += [""] * (width - len(shown))
        reasons = "；".join(problem.given_back or problem.reason for problem in found)
        remedies = "；".join(dict.fromkeys(problem.remedy for problem in found))
        _put_row(sheet, number, [*shown, reasons, remedies])
        for problem in found:
            if problem.column:
                sheet[f"{problem.column.partition(' ')[0]}{number}"].fill = highlight


def _put_row(sheet: Any, number: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            put(sheet.cell(number, column), text)


def _widen(sheet: Any, width: int) -> None:
    from openpyxl.utils import get_column_letter

    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    for column in (width + 1, width + 2):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE
