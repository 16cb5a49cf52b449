"""The rows that were not imported, given back as a workbook that imports as it is once mended."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hepartner.intake.lines import Lines
from hepartner.intake.problems import Problem
from hepartner.intake.workbookfile import free_name, put_text, save

REASON_TITLE, REMEDY_TITLE = "问题原因", "修改办法"
_HEADING_ROWS_MAX = 15
_WIDTH, _WIDE = 16, 44
_HIGHLIGHT = "FFFFE699"


def write_rejects(path: Path, lines: Lines[Any], problems: Sequence[Problem]) -> Path:
    """Write the user's own rows with reason and remedy beside the file; return where.

    They are whole, not masked, and hold nothing from the ledger. Raises FileUnwritable.
    """
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "有问题的行（含个人信息）"
    origin = f"取自 {lines.file} {lines.sheet.name}。含个人信息，请妥善保管；改好后可以直接导入这个文件。"
    rows = [[origin]]
    rows += [lines.sheet.shown(row) for row in range(lines.header.top)][:_HEADING_ROWS_MAX]
    rows.append([*lines.header.titles, REASON_TITLE, REMEDY_TITLE])
    for row in rows:
        _append(sheet, row)
    sheet.freeze_panes = sheet.cell(len(rows) + 1, 1)
    _append_problems(sheet, lines, problems)
    _widen(sheet, len(lines.header.titles))
    target = free_name(path.with_name(f"{path.stem}_问题.xlsx"))
    save(book, target)
    return target


def _append_problems(sheet: Any, lines: Lines[Any], problems: Sequence[Problem]) -> None:
    from openpyxl.styles import PatternFill

    highlight = PatternFill("solid", fgColor=_HIGHLIGHT)
    width = len(lines.header.titles)
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row or 0, []).append(problem)
    for row, found in sorted(by_row.items()):
        shown = lines.sheet.shown(row - 1)[:width]
        shown += [""] * (width - len(shown))
        reasons = "；".join(problem.reason for problem in found)
        remedies = "；".join(dict.fromkeys(problem.remedy for problem in found))
        number = _append(sheet, [*shown, reasons, remedies])
        for problem in found:
            if problem.column:
                sheet[f"{problem.column.partition(' ')[0]}{number}"].fill = highlight


def _append(sheet: Any, texts: Sequence[str]) -> int:
    number: int = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, text in enumerate(texts, 1):
        put_text(sheet.cell(number, column), text)
    return number


def _widen(sheet: Any, width: int) -> None:
    from openpyxl.utils import get_column_letter

    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    for column in (width + 1, width + 2):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE
