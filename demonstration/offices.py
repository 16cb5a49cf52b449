"""The files as offices send them: workbooks, text in two encodings, and web tables that call themselves .xls."""

import csv
import html
import io
import random
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import habits
from .habits import Habit
from .rosters import FIXED
from .world import Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_GROUP = "联系方式"
_SUFFIXES = {"xlsx": ".xlsx", "csv": ".csv", "csv-bom": ".csv", "csv-gb18030": ".csv", "html": ".xls"}
_ENCODINGS = {"csv": "utf-8", "csv-bom": "utf-8-sig", "csv-gb18030": "gb18030"}
_ROSTER_CONTAINERS = ("xlsx",) * 19 + ("csv-bom",) * 5 + ("csv",) * 4 + ("csv-gb18030",) * 7 + ("html",) * 5
"""The containers of the 40 rosters that are written here."""
_OTHER_CONTAINERS = ("csv-bom", "csv", "csv", "csv-gb18030", "csv-gb18030", "csv-gb18030", "html", "xlsx")
_FIXED_TIME = datetime(2025, 12, 1, 9, 0, 0)  # noqa: DTZ001 a workbook knows no zone


def send_rosters(folder: Path, sheets: Sequence[Sheet], *, seed: int) -> list[Path]:
    """Write the rosters; the one that is kept as an old .xls is copied. Return the paths in the communities' order."""
    rng = random.Random(f"rosters {seed}")
    containers = rng.sample(_ROSTER_CONTAINERS, len(_ROSTER_CONTAINERS))
    paths = []
    for sheet in sheets:
        if sheet.path.endswith("地中社区"):
            paths.append(folder / f"{sheet.path}.xls")
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(FIXED, paths[-1])
        else:
            paths.append(send(folder, sheet, habits.habit(rng, sheet, container=containers.pop())))
    return paths


def send_others(folder: Path, sheets: Sequence[Sheet], *, seed: int) -> dict[str, Path]:
    """Write all other files; return the path of each by the sheet's."""
    rng = random.Random(f"others {seed}")
    containers = (rng.choice(_OTHER_CONTAINERS) for _ in sheets)
    return {
        sheet.path: send(folder, sheet, habits.habit(rng, sheet, container=container))
        for sheet, container in zip(sheets, containers, strict=False)
    }


def send(folder: Path, sheet: Sheet, habit: Habit) -> Path:
    """Write one file by an office's habit; return its path."""
    path = folder / f"{sheet.path}{_SUFFIXES[habit.container]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write = {"xlsx": _write_workbook, "html": _write_web_table}.get(habit.container, _write_text)
    write(path, sheet, habit)
    return path


def _write_text(path: Path, sheet: Sheet, habit: Habit) -> None:
    header, rows = habits.table(sheet, habit)
    with io.StringIO(newline="") as text:
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerows([line] for line in habits.above(sheet, habit))
        lines.writerows([header, *rows, *habits.below(sheet.rows, habit)])
        path.write_bytes(text.getvalue().encode(_ENCODINGS[habit.container]))


def _write_web_table(path: Path, sheet: Sheet, habit: Habit) -> None:
    header, rows = habits.table(sheet, habit)
    titles = [
        f'<tr><td colspan="{len(header)}">{html.escape(line)}</td></tr>'
        for line in habits.above(sheet, habit)
    ]
    lines = [*titles, *_web_header(header, habit), *map(_web_row, [*rows, *habits.below(sheet.rows, habit)])]
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
    page = f'{head}<table border="1">\n' + "\n".join(lines) + "\n</table></body></html>\n"
    path.write_bytes(page.encode("gb18030"))


def _web_row(cells: Sequence[object]) -> str:
    texts = ("" if cell is None else html.escape(str(cell)) for cell in cells)
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def _web_header(header: list[str], habit: Habit) -> list[str]:
    if not habit.grouped:
        return [_web_row(header)]
    under = habits.under_group(header, habit)
    cells = "".join(
        f'<td colspan="{len(under)}">{_GROUP}</td>'
        if n == under[0]
        else f'<td rowspan="2">{html.escape(name)}</td>'
        for n, name in enumerate(header)
        if n not in under[1:]
    )
    return [f"<tr>{cells}</tr>", _web_row([header[n] for n in under])]


def _write_workbook(path: Path, sheet: Sheet, habit: Habit) -> None:
    from openpyxl import Workbook

    header, rows = habits.table(sheet, habit)
    book = Workbook()
    book.properties.created = _FIXED_TIME
    page = book.worksheets[0]
    page.title = "花名册" if sheet.what == "partners" else "Sheet1"
    for line in habits.above(sheet, habit):
        page.append([line])
        page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=len(header))
    _workbook_header(page, header, habit)
    for row in [*rows, *habits.below(sheet.rows, habit)]:
        page.append(row)
    if habit.date_form == "cell":
        _format_days(page)
    book.save(path)


def _workbook_header(page: "Worksheet", header: list[str], habit: Habit) -> None:
    if not habit.grouped:
        page.append(header)
        return
    under = habits.under_group(header, habit)
    page.append([_GROUP if n == under[0] else name for n, name in enumerate(header)])
    top = page.max_row
    page.append([name if n in under else None for n, name in enumerate(header)])
    for n in range(len(header)):
        if n not in under:
            page.merge_cells(start_row=top, end_row=top + 1, start_column=n + 1, end_column=n + 1)
    page.merge_cells(start_row=top, end_row=top, start_column=under[0] + 1, end_column=under[-1] + 1)


def _format_days(page: "Worksheet") -> None:
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "yyyy/m/d"
