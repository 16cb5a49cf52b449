"""See in an OpenDocument spreadsheet what calamine hides: error cells, truth values, shown zeros, hidden rows."""

import re
import xml.parsers.expat

from hepartner.intake.cells import TRUTH
from hepartner.intake.container import SpreadsheetPackage
from hepartner.intake.errors import TooLarge
from hepartner.intake.problems import Fault
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, is_plain, overruled
from hepartner.intake.workbookxml import parse_part

_CONTENT = "content.xml"
# Whatever begins with a zero may be shown with zeros, or be 0.5: only the thorough look tells.
_SPECIAL = tuple(
    map(
        re.compile,
        (
            rb":visibility=.[cf]",
            rb":value-type=.error",
            rb":formula=",
            rb":annotation[\s/>]",
            rb":number-(?:rows|columns)-spanned=.(?!1.[\s/>])",
            rb">[^<0-9]{0,20}0[^<]",
            rb">(?:TRUE|FALSE)<",
        ),
    )
)
_HIDDEN = ("collapse", "filter")
_CELLS = ("table-cell", "covered-table-cell")
_REPEATED = re.compile(r"[1-9][0-9]{0,6}")
_CODE = re.compile(r"[^.,]*")
_NOT_DIGITS = re.compile(r"[^0-9]")


def look(package: SpreadsheetPackage) -> dict[str, Marks]:
    """Look at every sheet once; the marks by sheet name. Raises TooLarge, and what `pieces` and `parse_part` raise."""
    package.prove(besides={_CONTENT})
    if is_plain(package, _CONTENT, _SPECIAL):
        return {}
    looked = _Look(package.path.name)
    parse_part(package, _CONTENT, looked.parser())
    return looked.found


class _Look:
    """One expat pass over the sheets; holds the row and the cell it is in, each of which may stand for several alike."""

    def __init__(self, file: str) -> None:
        self.found: dict[str, Marks] = {}
        self._file, self._sheet, self._marks = file, "", Marks()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._is_hidden = self._has_content = self._is_aside = False
        self._cell: dict[str, str] = {}
        self._kinds: set[str] = set()
        self._shown: list[str] = []

    def parser(self) -> xml.parsers.expat.XMLParserType:
        """A parser that tells this look what it meets; it raises TooLarge for more cells than are imported."""
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in _CELLS:
            self._start_cell(attributes)
        elif name == "annotation":
            self._is_aside = self._marks.has_comments = True
        elif name == "table-row":
            said = _by_name(attributes)
            self._rows, self._column = _times(said, "number-rows-repeated"), 0
            self._is_hidden, self._has_content = said.get("visibility") in _HIDDEN, False
        elif name == "table-column":
            self._marks.hidden_columns |= _by_name(attributes).get("visibility") in _HIDDEN
        elif name == "table":
            self._sheet, self._row = _by_name(attributes).get("name", ""), 0
            self._marks = self.found[self._sheet] = Marks()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._shown = _by_name(attributes), []
        # Two vocabularies have one each: of an error the older one says that it is a text.
        self._kinds = {value for key, value in attributes.items() if key.endswith(":value-type")}
        self._columns = _times(self._cell, "number-columns-repeated")
        rows, columns = (_times(self._cell, f"number-{what}-spanned") for what in ("rows", "columns"))
        if rows * columns > 1:
            last = self._row + rows - 1, self._column + columns - 1
            self._marks.merges.append(((self._row, self._column), last))

    def _characters(self, text: str) -> None:
        if not self._is_aside:
            self._shown.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in _CELLS:
            self._end_cell()
        elif name == "annotation":
            self._is_aside = False
        elif name == "table-row":
            if self._is_hidden and self._has_content:
                self._marks.hidden_rows += range(self._row, self._row + min(self._rows, ROWS_MAX))
            self._row += self._rows

    def _end_cell(self) -> None:
        shown = "".join(self._shown).strip()
        self._has_content |= bool(shown or self._kinds)
        content = self._content(shown)
        self._marks.formulas += "formula" in self._cell and not isinstance(content, Fault)
        if content:
            if self._rows * self._columns > AREA_CELLS_MAX:
                raise TooLarge(
                    self._file, f"内容铺到了 {self._rows} 行，最多 {ROWS_MAX} 行", sheet=self._sheet
                )
            for column in range(self._column, self._column + self._columns):
                rows = range(self._row, self._row + self._rows)
                self._marks.cells.setdefault(column, {}).update(dict.fromkeys(rows, content))
        self._column += self._columns

    def _content(self, shown: str) -> str | Fault | None:
        formula = self._cell.get("formula", "")
        if "float" in self._kinds and shown in ("TRUE", "FALSE"):
            return TRUTH
        return overruled(
            shown,
            formula,
            is_error="error" in self._kinds,
            lacks_value=bool(formula) and not self._kinds and not shown,
            shown=self._with_zeros if "float" in self._kinds else None,
        )

    def _with_zeros(self, shown: str) -> str | None:
        """What is shown of a whole number, if that begins with zeros as codes do."""
        digits = _NOT_DIGITS.sub("", shown)
        is_code = len(digits) > 1 and digits.startswith("0") and _CODE.fullmatch(shown)
        return shown if is_code and self._cell.get("value") == digits.lstrip("0") else None


def _by_name(attributes: dict[str, str]) -> dict[str, str]:
    return {key.rpartition(":")[2]: value for key, value in attributes.items()}


def _times(said: dict[str, str], how_often: str) -> int:
    repeated = said.get(how_often, "1")
    return int(repeated) if _REPEATED.fullmatch(repeated) else 1
