"""Find the header under title rows, whatever its columns are called and whether it takes one row or two."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hepartner.intake.cells import Merge, Sheet
from hepartner.intake.columns import Column
from hepartner.intake.errors import DuplicateColumns, MissingColumns
from hepartner.intake.problems import column_name

TITLE_ROWS_MAX = 20
_HEADER_ROWS_MAX = 2
_COLUMNS_MAX = 1_000
_TITLES_MIN = 2

_BRACKETS = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_DRESS = re.compile(r"[\s*:：·•.。、_\-]|必填|选填")


@dataclass(frozen=True)
class Header:
    """Where the header is and which column holds which field; rows and columns count from 0."""

    top: int
    depth: int
    fields: Mapping[str, int]
    titles: tuple[str, ...]

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.top + self.depth

    @property
    def unknown(self) -> tuple[str, ...]:
        """Titles of columns that are not imported."""
        known = set(self.fields.values())
        return tuple(title for index, title in enumerate(self.titles) if title and index not in known)

    def place(self, field: str) -> str:
        """Name a field's column as the user finds it: `C 列“电话”`."""
        index = self.fields[field]
        return column_name(index, self.titles[index])


def normalised(title: str) -> str:
    """The core of a title: 姓 名, 联系⏎电话 and 手机号码(必填) lose what is between and around."""
    folded = unicodedata.normalize("NFKC", title)
    return _DRESS.sub("", _BRACKETS.sub("", folded)).casefold()


def aliases(columns: Sequence[Column]) -> dict[str, str]:
    """The field that each title means."""
    return {normalised(title): column.field for column in columns for title in column.titles}


def find_header(file: str, sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """Find the header among the first rows; None where no row has two titles of this kind of file.

    Raises DuplicateColumns where two columns mean the same.
    """
    meanings = aliases(columns)
    best: Header | None = None
    for top in range(min(TITLE_ROWS_MAX, len(sheet.rows))):
        for depth in range(1, _HEADER_ROWS_MAX + 1):
            found = _candidate(sheet, top, depth, meanings)
            if found and (best is None or _merit(found) > _merit(best)):
                best = found
    if best:
        _refuse_duplicates(file, sheet, best, meanings)
    return best


def require(file: str, sheet: Sheet, header: Header, columns: Sequence[Column]) -> None:
    """Refuse a header that lacks needed columns; raises MissingColumns with what was found."""
    if missing := lacking(header, columns):
        found = [title for title in header.titles if title]
        raise MissingColumns(file, sheet.name, row=header.top + 1, missing=missing, found=found)


def lacking(header: Header, columns: Sequence[Column]) -> list[str]:
    """The titles of the needed columns that a header has not, nor the one that may stand instead."""
    return [
        column.title
        for column in columns
        if column.required and not {column.field, column.instead} & header.fields.keys()
    ]


def _merit(header: Header) -> tuple[int, int]:
    # A second row counts only if it adds something (see _candidate), so of equals the deeper one is whole.
    return len(header.fields), header.depth


def _candidate(sheet: Sheet, top: int, depth: int, meanings: Mapping[str, str]) -> Header | None:
    titles = _titles(sheet, top, depth)
    fields: dict[str, int] = {}
    from_below = 0
    for index, spellings in enumerate(titles):
        field = _meaning(spellings, meanings)
        if field and field not in fields:
            fields[field] = index
            from_below += len(spellings) > 1
    if len(fields) < min(_TITLES_MIN, len(meanings)):
        return None
    if depth > 1 and not 0 < from_below < len(fields):
        return None
    return Header(top, depth, fields, tuple(_shown(spellings, meanings) for spellings in titles))


def _shown(spellings: Sequence[str], meanings: Mapping[str, str]) -> str:
    return next((title for title in spellings if normalised(title) in meanings), spellings[-1])


def _meaning(spellings: Sequence[str], meanings: Mapping[str, str]) -> str | None:
    return next((found for title in spellings if (found := meanings.get(normalised(title)))), None)


def _titles(sheet: Sheet, top: int, depth: int) -> list[tuple[str, ...]]:
    """The ways to read each column's title, the last being the one to show."""
    rows = [_row(sheet, row) for row in range(top, min(top + depth, len(sheet.rows)))]
    if len(rows) == 1:
        return [(title,) for title in rows[0]]
    upper, lower = rows
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    _spread(upper, sheet.merges, top)
    return [
        (below, below + above, above + below) if below else (above,)
        for above, below in zip(upper, lower, strict=True)
    ]


def _row(sheet: Sheet, index: int) -> list[str]:
    cells = sheet.row(index)[:_COLUMNS_MAX]
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]


def _spread(titles: list[str], merges: Sequence[Merge], row: int) -> None:
    for (top, left), (_, right) in merges:
        if top == row and left < len(titles):
            titles[left : right + 1] = [titles[left]] * len(titles[left : right + 1])


def _refuse_duplicates(file: str, sheet: Sheet, header: Header, meanings: Mapping[str, str]) -> None:
    by_field: dict[str, list[int]] = {}
    for index, spellings in enumerate(_titles(sheet, header.top, header.depth)):
        if field := _meaning(spellings, meanings):
            by_field.setdefault(field, []).append(index)
    for same in by_field.values():
        if len(same) > 1:
            titles = [column_name(index, header.titles[index]) for index in same]
            raise DuplicateColumns(file, sheet.name, row=header.top + 1, titles=titles)
