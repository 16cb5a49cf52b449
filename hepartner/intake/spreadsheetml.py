"""Read an XML spreadsheet of 2003 (SpreadsheetML), as office systems of that time save it under the name .xls."""

import re
import xml.parsers.expat
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from hepartner.intake.cells import Raw, Sheet
from hepartner.intake.errors import DamagedFile, HostileFile, TooLarge
from hepartner.intake.formats import Format, number_format
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, Merge, overruled
from hepartner.intake.webtable import decoded
from hepartner.intake.workbookxml import TRUE

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_HIDDEN = {"SheetHidden", "SheetVeryHidden"}
_CELLS_ACROSS_MAX = 16_384


def read_spreadsheet_xml(path: Path) -> list[Sheet]:
    """Read every worksheet; raises DamagedFile, HostileFile, TooLarge and UnknownEncoding."""
    # Decoded here, for expat knows no Chinese encoding; the declaration names one that the text is no longer in.
    text = _DECLARATION.sub("", decoded(path.name, path.read_bytes()), count=1)
    collected = _Collector(path.name)
    try:
        collected.parser().Parse(text, True)  # noqa: FBT003 expat takes its end mark by position
    except xml.parsers.expat.ExpatError as error:
        raise DamagedFile(path.name, f"第 {error.lineno} 行不是完整的 XML") from error
    return collected.sheets


class _Collector:
    """One expat pass over the file; holds the sheet, row and cell it is in."""

    def __init__(self, file: str) -> None:
        self.sheets: list[Sheet] = []
        self._file = file
        self._formats: dict[str, Format] = {}
        self._style = ""
        self._from_1904 = False
        self._cells = 0
        self._column = 0
        self._cell: dict[str, str] = {}
        self._kind = self._inside = ""
        self._text: list[str] = []
        self._new_sheet("")

    def parser(self) -> xml.parsers.expat.XMLParserType:
        """A parser that tells what it meets; it raises HostileFile and TooLarge."""
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        return parser

    def _refuse(self, *_: object) -> None:
        raise HostileFile(self._file, "含有 DOCTYPE 声明")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if open_it := self._openings.get(_local(tag)):
            open_it(self, {_local(attribute): value for attribute, value in given.items()})

    def _open_sheet(self, said: dict[str, str]) -> None:
        self._new_sheet(said.get("Name", ""))
        self.sheets.append(self._sheet)

    def _open_column(self, said: dict[str, str]) -> None:
        if said.get("Hidden") in TRUE:
            self._sheet.marks.hidden_columns = True

    def _open_row(self, said: dict[str, str]) -> None:
        number = _number(said.get("Index")) or len(self._rows) + 1
        if number > ROWS_MAX:
            raise TooLarge(self._file, f"超过 {ROWS_MAX} 行")
        self._rows += [[] for _ in range(number - len(self._rows))]
        self._column = 0
        if said.get("Hidden") in TRUE:
            self._sheet.marks.hidden_rows.append(number - 1)

    def _open_cell(self, said: dict[str, str]) -> None:
        self._column = (_number(said.get("Index")) or self._column + 1) - 1
        self._cell, self._kind, self._text = said, "", []

    def _open_data(self, said: dict[str, str]) -> None:
        if self._inside != "Comment":
            self._kind, self._inside = said.get("Type", "String"), "Data"

    def _open_comment(self, _: dict[str, str]) -> None:
        self._inside = "Comment"

    def _open_visible(self, _: dict[str, str]) -> None:
        self._inside, self._text = "Visible", []

    def _open_style(self, said: dict[str, str]) -> None:
        self._style = said.get("ID", "")

    def _open_format(self, said: dict[str, str]) -> None:
        if shown := number_format(said.get("Format", "")):
            self._formats[self._style] = shown

    def _open_1904(self, _: dict[str, str]) -> None:
        self._from_1904 = True

    _openings: ClassVar[Mapping[str, Callable[["_Collector", dict[str, str]], None]]] = {
        "Worksheet": _open_sheet, "Column": _open_column, "Row": _open_row, "Cell": _open_cell, "Data": _open_data,
        "Comment": _open_comment, "Visible": _open_visible, "Style": _open_style, "NumberFormat": _open_format,
        "Date1904": _open_1904,
    }  # fmt: skip

    def _new_sheet(self, name: str) -> None:
        self._rows: list[list[Raw]] = []
        self._merges: list[Merge] = []
        self._sheet = Sheet(name, self._rows, Marks(from_1904=self._from_1904), self._merges)

    def _characters(self, text: str) -> None:
        if self._inside in ("Data", "Visible"):
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == self._inside:
            self._inside = ""
        if name == "Cell" and self._rows:
            self._end_cell("".join(self._text))
        elif name == "Visible" and "".join(self._text).strip() in _HIDDEN:
            self._sheet.hidden = True

    def _end_cell(self, text: str) -> None:
        row, top, left = self._rows[-1], len(self._rows) - 1, self._column
        across, down = _number(self._cell.get("MergeAcross")), _number(self._cell.get("MergeDown"))
        self._column = left + across + 1
        if across or down:
            self._merges.append(((top, left), (top + down, left + across)))
        self._cells += max(self._column - len(row), 0)
        if self._column > _CELLS_ACROSS_MAX or self._cells > AREA_CELLS_MAX:
            raise TooLarge(self._file, f"超过 {AREA_CELLS_MAX} 个单元格")
        row.extend([""] * (self._column - len(row)))
        row[left] = _value(self._kind, text)
        formula = self._cell.get("Formula", "")
        content = overruled(
            text,
            formula,
            is_error=self._kind == "Error",
            lacks_value=bool(formula) and not self._kind,
            shown=self._formats.get(self._cell.get("StyleID", "")) if self._kind == "Number" else None,
        )
        self._sheet.marks.note(top, left, content, is_formula=bool(formula))


def _local(name: str) -> str:
    """A name without its namespace: programs bind these to prefixes of their own."""
    return name.rpartition(" ")[2]


def _number(text: str | None) -> int:
    """A count or place; 0 where there is none. None is so large that what it stands for could be made."""
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else 0


def _value(kind: str, text: str) -> Raw:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
