"""Rows that frame a list and are no line of it: blanks, totals, signatures, repeated headers, the sample row."""

import re
from collections.abc import Mapping, Sequence

from hepartner.intake.cells import Raw, Sheet
from hepartner.intake.errors import SeveralTables
from hepartner.intake.header import Header, normalised

BLANK = ""
"""The reason of a row that holds nothing; such rows are not listed."""

_TITLE_CHARACTERS_MAX = 16
_TITLES_MIN = 2

_REASONS = {"total": "合计行", "signature": "表尾", "sample": "示例行"}
_FRAMING = re.compile(
    r"\s*(?:(?P<total>(?:本页|本表|全部)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*(?:$|[:：(（\d人]))"
    r"|(?P<signature>(?:制表|填表|审核|填报|经办|负责|统计|复核|批准)(?:人|单位|日期|时间)?\s*(?:[:：]|$)"
    r"|单位[(（]?盖章|(?:填表)?(?:说明|备注|注)\s*[:：])"
    r"|(?P<sample>示例|样例|范例))"
)
_SAMPLE_NAME = re.compile(r"(?:示例|样例|范例)[)）】]?\s*$")


def framing_rows(file: str, sheet: Sheet, header: Header, meanings: Mapping[str, str]) -> dict[int, str]:
    """The rows below the header that are no lines, by row from 0, each with the reason; BLANK for empty ones.

    Raises SeveralTables where another header with other columns stands below.
    """
    found: dict[int, str] = {}
    firsts = [next(filter(None, row), "") for row in sheet.rows[header.first_row :]]
    reasons = {first: _reason(first) for first in set(firsts) if isinstance(first, str)}
    for row, first in enumerate(firsts, header.first_row):
        if isinstance(first, str) and (reason := reasons[first]) is not None:
            found[row] = reason
    for row in [row for row, reason in found.items() if reason == BLANK and _holds_any(sheet.rows[row])]:
        del found[row]
    return found | _samples(sheet, header) | _repeated_headers(file, sheet, header, meanings)


def _reason(first: str) -> str | None:
    if not first.strip():
        return BLANK
    found = _FRAMING.match(first)
    return _REASONS[found.lastgroup or ""] if found else None


def _holds_any(values: Sequence[Raw]) -> bool:
    return any(bool(value.strip()) if isinstance(value, str) else True for value in values)


def _samples(sheet: Sheet, header: Header) -> dict[int, str]:
    lead = _lead(sheet, header)
    odd = {value for value in set(lead) if isinstance(value, str) and _SAMPLE_NAME.search(value)}
    return {row: "示例行" for row, value in enumerate(lead, header.first_row) if odd and value in odd}


def _repeated_headers(file: str, sheet: Sheet, header: Header, meanings: Mapping[str, str]) -> dict[int, str]:
    # Pages that were printed and pasted together repeat the header; only a few values begin like a title.
    lead = _lead(sheet, header)
    starts = {title[0] for title in meanings} | {header.titles[_lead_column(header)][:1]}
    odd = {
        value
        for value in set(lead)
        if isinstance(value, str)
        and value.lstrip()[:1] in starts
        and len(value) <= _TITLE_CHARACTERS_MAX
        and normalised(value) in meanings
    }
    found: dict[int, str] = {}
    for row, value in enumerate(lead, header.first_row):
        if value in odd and (here := _titles(sheet, row, meanings)):
            if any(header.fields.get(field) != column for field, column in here.items()):
                raise SeveralTables(file, sheet.name, row=row + 1)
            found[row] = "重复的表头"
    return found


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


def _lead(sheet: Sheet, header: Header) -> list[Raw]:
    column = _lead_column(header)
    return [row[column] if column < len(row) else "" for row in sheet.rows[header.first_row :]]
