"""Read the tables of an HTML page, as old office systems save it under the name .xls."""

import re
from html.parser import HTMLParser
from pathlib import Path

from hepartner.intake.cells import Sheet
from hepartner.intake.errors import TooLarge
from hepartner.intake.sheetxml import AREA_CELLS_MAX, ROWS_MAX, Marks, Merge
from hepartner.intake.texttable import decode

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"}
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SPAN_MAX = 1_000
_UNSEEN = {"style", "script"}


def read_web_table(path: Path) -> list[Sheet]:
    """Read all tables of a page one below another, as Excel shows them; raises UnknownEncoding and TooLarge."""
    content = path.read_bytes()
    parser = _TableParser(path.name)
    parser.feed(decoded(path.name, content))
    parser.close()
    parser.end_row()
    return [Sheet("", parser.rows, Marks(hidden_rows=parser.hidden_rows), parser.merges)]


def decoded(file: str, content: bytes) -> str:
    """Decode a page or other markup as it says, else by its bytes; raises UnknownEncoding."""
    declared = _CHARSET.search(content[:4096])
    if declared and declared[1].decode().lower() in _CHINESE:
        try:
            # Pages that say gb2312 hold characters of GBK and GB18030 as well.
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass  # some say gb2312 and are UTF-8: decided by the bytes below
    return decode(file, content)


class _TableParser(HTMLParser):
    """Collects cells; a cell that spans others stands in the first of them and is listed as merged."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self.hidden_rows: list[int] = []
        self._file = file
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._cells = 0
        self._taken: dict[int, int] = {}
        self._span = (1, 1)
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or cell; one left open before it is closed."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "tr":
            self.end_row()
            self._row = []
            if _is_hidden(dict(attrs)):
                self.hidden_rows.append(len(self.rows))
        elif tag in ("td", "th"):
            self._end_cell()
            attributes = dict(attrs)
            self._cell = []
            self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or row."""
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        """Add text to the open cell, its blanks folded as a browser does."""
        if self._cell is not None and not self._unseen:
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end_row(self) -> None:
        """Close the row that is open, if one is."""
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
            self._row = None
            self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
            if len(self.rows) > ROWS_MAX:
                raise TooLarge(self._file, f"超过 {ROWS_MAX} 行")

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = []
        row = self._row
        while len(row) in self._taken:
            row.append("")
        text = re.sub(r" *\n *", "\n", "".join(self._cell)).strip(" \n")
        self._cell = None
        self._place(row, text)
        if self._cells > AREA_CELLS_MAX:
            raise TooLarge(self._file, f"超过 {AREA_CELLS_MAX} 个单元格")

    def _place(self, row: list[str], text: str) -> None:
        (down, across), left, top = self._span, len(row), len(self.rows)
        if down > 1 or across > 1:
            self.merges.append(((top, left), (top + down - 1, left + across - 1)))
        if down > 1:
            self._taken |= dict.fromkeys(range(left, left + across), down)
        row.extend([text, *[""] * (across - 1)])
        self._cells += across


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    """Whether a browser shows nothing of an element; spreadsheet programs save hidden and filtered rows so."""
    return "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style") or "") is not None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _SPAN_MAX) if text and re.fullmatch(r"[0-9]{1,6}", text) else 1
