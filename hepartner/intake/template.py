"""An empty list of one kind, with drop-downs, a sample row that is never imported, and a sheet of instructions."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hepartner.intake.columns import Column
from hepartner.intake.errors import FileTaken, NoFolder, NotXlsx
from hepartner.intake.kinds import kind_named
from hepartner.intake.workbookfile import put, save

_ROWS = 1_000
_WIDTH = 16
_SERIAL = "序号"
_SAMPLE = "示例"


def write_template(kind: str, path: Path, today: date) -> None:
    """Write the empty list of a kind (FILES of the words); raises NotXlsx, NoFolder, FileTaken, FileUnwritable."""
    import openpyxl

    if path.suffix.lower() != ".xlsx":
        raise NotXlsx(path.name)
    if not path.parent.is_dir():
        raise NoFolder(path.name, str(path.parent))
    if path.exists():
        raise FileTaken(path.name)
    form = kind_named(kind).form(today)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = form.noun
    _put_columns(sheet, form.columns)
    _instruct(book.create_sheet("填写说明"), form.columns)
    save(book, path)


def _put_columns(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin")
    titles = [_SERIAL, *(column.title + ("（必填）" if column.required else "") for column in columns)]
    samples = [_SAMPLE, *(column.sample or next(iter(column.choices), "") for column in columns)]
    for index, (title, sample) in enumerate(zip(titles, samples, strict=True), 1):
        letter = get_column_letter(index)
        # Text format keeps Excel from turning phones into 1.38E+10 and codes into numbers.
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = _WIDTH
        put(sheet.cell(1, index), title)
        put(sheet.cell(2, index), sample)
        sheet.cell(1, index).font = Font(bold=True)
        sheet.cell(1, index).fill = PatternFill("solid", fgColor="FFD9E1F2")
        sheet.cell(1, index).border = Border(top=thin, bottom=thin, left=thin, right=thin)
        sheet.cell(2, index).font = Font(italic=True, color="FF808080")
    for index, column in enumerate(columns, 2):
        if column.choices:
            _offer(sheet, get_column_letter(index), column.choices)
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, letter: str, choices: Sequence[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offered.errorTitle, offered.error = "不在可选范围", f"请选其中之一：{'、'.join(choices)}"
    offered.add(f"{letter}2:{letter}{_ROWS + 1}")
    sheet.add_data_validation(offered)


def _instruct(sheet: Any, columns: Sequence[Column]) -> None:
    lines = [
        ("列", "是否必填", "怎么填"),
        *((column.title, "必填" if column.required else "可空", _hint(column)) for column in columns),
        ("", "", ""),
        ("说明", "", "第 2 行是示例，导入时自动跳过，可以直接覆盖或删去。"),
        ("说明", "", "一行一条；不要合并单元格；不要改列名；空着的格子不会抹掉台账里已有的内容。"),
    ]
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            put(sheet.cell(number, column), text)
    for letter, width in (("A", _WIDTH), ("B", 10), ("C", 60)):
        sheet.column_dimensions[letter].width = width


def _hint(column: Column) -> str:
    others = "、".join(column.titles[1:4])
    offered = f"请选：{'、'.join(column.choices)}。" if column.choices else ""
    sample = f"例：{column.sample}。" if column.sample else ""
    return f"{offered}{sample}" + (f"列名也可以叫：{others}。" if others else "")
