"""Rows that frame a list and are no line of it: blanks, totals, signatures, repeated headers, the sample row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hepartner.intake.cells import Raw, Sheet
from hepartner.intake.errors import SeveralTables
from hepartner.intake.header import Header
from hepartner.intake.titles import normalised

BLANK = ""
"""The reason of a row that holds nothing; such rows are not listed."""

_TITLE_CHARACTERS_MAX = 16
_TITLES_MIN = 2

_REASONS = {"total": "合计行", "signature": "表尾", "sample": "示例行"}
_FRAMING = re.compile(
    r"\s*(?:(?P<total>(?:本页|本表|全部)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*(?:$|[:：(（\d人]))"
    r"|(?P<signature>(?:制表|填表|审核|填报|经办|负责|统计|复核|批准)(?:人|单位|日期|时间)?\s*(?:[:：]|$)"
    r"|单位[(（]?盖章|(?:填表)?(?:说明|备注|注)\s*[:：])"
    r"|(?P<sample>示例|样例|范例|例如?\s*[:：]))"
)
# The first characters of what frames a list, and of nothing: few rows need a closer look.
_BEGINNINGS = {"", *"本全合小总共累制填审经负统复批单说备注示样范例"}
_SAMPLE_NAME = re.compile(r"(?:示例|样例|范例)[)）】]?\s*$")


def framing_rows(
    file: str, sheet: Sheet, header: Header, meanings: Mapping[str, str], rows: range
) -> dict[int, str]:
    """Those of some rows (from 0) that are no lines, each with the reason; BLANK for empty ones.

    Raises SeveralTables where another header with other columns stands among them.
    """
    found: dict[int, str] = {}
    held = sheet.rows[rows.start : rows.stop]
    begun = [next(filter(None, row), "") for row in held]
    reasons = _reasons(begun)
    for row, text in zip(rows, begun, strict=True):
        if text in reasons:
            found[row] = reasons[str(text)]
    for row in [row for row, reason in found.items() if reason == BLANK and _holds_any(sheet.rows[row])]:
        del found[row]
    column = _lead_column(header)
    lead = [row[column] if column < len(row) else "" for row in held]
    names = {value for value in set(lead) if isinstance(value, str)}
    samples = {value for value in names if "例" in value and _SAMPLE_NAME.search(value)}
    # Behind a serial number that was drawn beside it, a total looks like a name.
    framed = {name: reason for name, reason in _reasons(names if column else ()).items() if reason != BLANK}
    if framed:
        found |= {row: framed[str(value)] for row, value in zip(rows, lead, strict=True) if value in framed}
    if samples:
        found |= {row: "示例行" for row, value in zip(rows, lead, strict=True) if value in samples}
    # Pages that were printed and pasted together repeat the header; only a few values begin like a title.
    starts = {title[0] for title in meanings} | {header.titles[column][:1]}
    titles = {
        name
        for name in names
        if name.lstrip()[:1] in starts and len(name) <= _TITLE_CHARACTERS_MAX and normalised(name) in meanings
    }
    if titles:
        repeated = [row for row, value in zip(rows, lead, strict=True) if value in titles]
        found |= dict.fromkeys(_repeated_headers(file, sheet, header, meanings, repeated), "重复的表头")
    return found


def _reasons(texts: Iterable[object]) -> dict[str, str]:
    """Those of some texts that frame a list, each with the reason."""
    odd = {text for text in set(texts) if isinstance(text, str) and text.lstrip()[:1] in _BEGINNINGS}
    return {text: reason for text in odd if (reason := _reason(text)) is not None}


def _reason(first: str) -> str | None:
    if not first.strip():
        return BLANK
    found = _FRAMING.match(first)
    return _REASONS[found.lastgroup or ""] if found else None


def _holds_any(values: Sequence[Raw]) -> bool:
    return any(bool(value.strip()) if isinstance(value, str) else True for value in values)


def _repeated_headers(
    file: str, sheet: Sheet, header: Header, meanings: Mapping[str, str], rows: Iterable[int]
) -> Iterator[int]:
    """Those of the rows that are a header; raises SeveralTables where one has other columns."""
    for row in rows:
        if here := _titles(sheet, row, meanings):
            if any(header.fields.get(field) != column for field, column in here.items()):
                raise SeveralTables(file, sheet.name, row=row + 1)
            yield row


def _titles(sheet: Sheet, row: int, meanings: Mapping[str, str]) -> dict[str, int]:
    """The columns that the row would name if it were a header; {} if it names too few to be one."""
    found = {
        field: column
        for column, cell in enumerate(sheet.row(row))
        if isinstance(cell, str) and (field := meanings.get(normalised(cell)))
    }
    return found if len(found) >= _TITLES_MIN else {}


def _lead_column(header: Header) -> int:
    return next(iter(header.fields.values()))
