"""See in the sheet XML what calamine hides: formulas without value, error cells, number formats, hidden rows.

Every sheet gets a quick look over its bytes. It also proves that no cell lies far out, where calamine would
ask for more memory than there is and end the process. Only a sheet that shows something gets the thorough look.
"""

import re
import xml.parsers.expat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from hepartner.intake.container import SpreadsheetPackage
from hepartner.intake.errors import HostileFile, TooLarge
from hepartner.intake.formats import Format
from hepartner.intake.problems import Fault
from hepartner.intake.workbookxml import TRUE, Styles, counts_from_1904, parse_part, sheet_parts, styles

ROWS_MAX = 300_000
AREA_CELLS_MAX = 8_000_000
_ROW_LIMIT, _COLUMN_LIMIT = 1_048_576, 16_384
_TAG_BYTES_MAX = 4_000_000

# Each begins with a literal, which `re` finds at the speed of memory. A plain sheet matches none of them.
_SPECIAL = (
    re.compile(rb"<f[\s/>]"),
    re.compile(rb't="e"'),
    re.compile(rb'hidden="[1t]'),
    re.compile(rb' ht="0[".]'),
    re.compile(rb":(?:c|row|f|sheetData)[\s/>]"),
    re.compile(rb'<row(?=[\s/>])(?! r="1?\d{1,5}")'),
    re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]1?\d{1,5}")'),
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NOTHING = re.compile(r"0(?:\.0*)?")
_OTHER_BOOK = re.compile(r"\[\d+\]|'file:")  # unlike Table1[points], which stays in this book

_NO_VALUE = Fault("单元格是公式，但没有存下结果", "请用表格软件打开并保存一次，或改成数值")
_LINKED = Fault("单元格的公式引用了另一个文件，结果靠不住", "请把它改成数值")


Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each row and column from 0."""


@dataclass
class Marks:
    """What one sheet holds beside its plain values; rows and columns count from 0, `cells` by column, then row.

    `formulas` counts those whose results are taken. `merges` are those that calamine does not tell: it knows them of xlsx, xls.
    """

    cells: dict[int, dict[int, str | Fault]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    struck_rows: list[int] = field(default_factory=list)
    hidden_columns: bool = False
    has_comments: bool = False
    formulas: int = 0
    from_1904: bool = False
    merges: list[Merge] = field(default_factory=list)

    def note(self, row: int, column: int, content: str | Fault | None, *, is_formula: bool) -> None:
        """Take down what stands in a cell instead of its plain value, if anything."""
        self.formulas += is_formula and not isinstance(content, Fault)
        if content:
            self.cells.setdefault(column, {})[row] = content


def look(package: SpreadsheetPackage) -> dict[str, Marks]:
    """Look at every part of an xlsx once; the marks by sheet name."""
    parts = sheet_parts(package)
    package.prove(besides=set(parts.values()))
    special = styles(package)
    found = {name: _marks(package, name, part, special) for name, part in parts.items()}
    if counts_from_1904(package):
        for marks in found.values():
            marks.from_1904 = True
    return found


def _marks(package: SpreadsheetPackage, name: str, part: str, special: Styles) -> Marks:
    if is_plain(package, part, [*_SPECIAL, *_of_styles(special.formats.keys() | special.struck)]):
        return Marks()
    thorough = _ThoroughLook(package.path.name, name, special)
    parse_part(package, part, thorough.parser())
    return thorough.marks


def _of_styles(numbers: Collection[str]) -> Iterator[re.Pattern[bytes]]:
    if numbers:
        yield re.compile(b' s="(?:' + b"|".join(number.encode() for number in numbers) + b')"')


def is_plain(package: SpreadsheetPackage, part: str, special: Sequence[re.Pattern[bytes]]) -> bool:
    """Whether a part shows nothing special, as far as its bytes tell; raises what `SpreadsheetPackage.pieces` raises."""
    rest = b""
    for piece in package.pieces(part):
        chunk = rest + piece
        # Whole tags only, with the text behind: a tag cut by the border would look like one without its place.
        end = max(0, chunk.rfind(b"<"))
        if any(found.search(chunk, 0, end) for found in special):
            return False
        rest = chunk[end:]
        if len(rest) > _TAG_BYTES_MAX:
            return False
    return True


class _ThoroughLook:
    """One expat pass over a sheet; holds the cell it is in."""

    def __init__(self, file: str, sheet: str, special: Styles) -> None:
        self.marks = Marks()
        self._file, self._sheet = file, sheet
        self._formats, self._struck = special
        self._row = self._column = -1
        self._last_row = self._last_column = 0
        self._kind = self._style = self._inside = ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False

    def parser(self) -> xml.parsers.expat.XMLParserType:
        """A parser that tells this look what it meets; it raises HostileFile and TooLarge for impossible cells."""
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "is"):
            self._inside = name
            self._grow()
        elif name == "f":
            self._inside, self._has_formula = name, True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in TRUE:
            self.marks.hidden_columns = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self._row + 2))
        if not re.fullmatch(r"[1-9][0-9]{0,6}", number) or int(number) > _ROW_LIMIT:
            raise HostileFile(self._file, f"行号 {number[:12]} 不可能存在")
        self._row, self._column = int(number) - 1, -1
        if attributes.get("hidden") in TRUE or _NOTHING.fullmatch(attributes.get("ht", "")):
            self.marks.hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if reference := attributes.get("r"):
            self._row, self._column = self._place(reference)
        elif self._column >= _COLUMN_LIMIT:
            raise HostileFile(self._file, f"第 {self._row + 1} 行有超过 {_COLUMN_LIMIT} 个单元格")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value, self._formula, self._has_formula = [], [], False

    def _place(self, reference: str) -> tuple[int, int]:
        matched = _REFERENCE.fullmatch(reference)
        if matched:
            row, column = int(matched[2]) - 1, 0
            for letter in matched[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            if row < _ROW_LIMIT and column <= _COLUMN_LIMIT:
                return row, column - 1
        raise HostileFile(self._file, f"单元格坐标 {reference[:12]} 不可能存在")

    def _grow(self) -> None:
        self._last_row = max(self._last_row, self._row + 1)
        self._last_column = max(self._last_column, self._column + 1)
        if self._last_row > ROWS_MAX or self._last_row * self._last_column > AREA_CELLS_MAX:
            detail = f"内容铺到了第 {self._last_row} 行、第 {self._last_column} 列，最多 {ROWS_MAX} 行"
            raise TooLarge(self._file, detail, sheet=self._sheet)
        if self._style in self._struck and self._row not in self.marks.struck_rows[-1:]:
            self.marks.struck_rows.append(self._row)

    def _characters(self, text: str) -> None:
        if self._inside == "v":
            self._value.append(text)
        elif self._inside == "f":
            self._formula.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._end_cell()
        elif name == self._inside:
            self._inside = ""

    def _end_cell(self) -> None:
        content = self._content("".join(self._value))
        self.marks.note(self._row, self._column, content, is_formula=self._has_formula)

    def _content(self, value: str) -> str | Fault | None:
        shown = self._formats.get(self._style) if self._kind == "n" else None
        lacks_value = self._has_formula and not value and self._kind != "str"
        return overruled(
            value, "".join(self._formula), is_error=self._kind == "e", lacks_value=lacks_value, shown=shown
        )


def overruled(
    value: str, formula: str, *, is_error: bool, lacks_value: bool, shown: Format | None
) -> str | Fault | None:
    """What stands in a cell instead of its plain value: why that can't be trusted, or how its format shows it.

    None where the value stands. `lacks_value` is that its formula was saved without a result.
    """
    if _OTHER_BOOK.search(formula):
        return _LINKED
    if is_error:
        return Fault(f"单元格是错误值 {value[:12]}", "请改正公式，或填上真实内容")
    if lacks_value:
        return _NO_VALUE
    return shown(value) if shown and value else None
