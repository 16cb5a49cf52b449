"""Find the header under title rows, whatever its columns are called and whether it takes one row or two."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hepartner.intake.cells import Sheet
from hepartner.intake.columns import Column
from hepartner.intake.errors import DuplicateColumns, MissingColumns, NoSuchColumn
from hepartner.intake.mapping import ColumnMap
from hepartner.intake.problems import column_name
from hepartner.intake.sheetxml import Merge
from hepartner.intake.titles import Meanings, aliases, normalised

TITLE_ROWS_MAX = 20
_HEADER_ROWS_MAX = 2
_COLUMNS_MAX = 1_000
_TITLES_MIN = 2
_OWN = 2
"""Of the ways to read a title under another one, those that begin with its own words."""


@dataclass(frozen=True)
class Header:
    """Where the header is and which column holds which field; rows and columns count from 0.

    `given` and `remembered` are the fields, with their titles, that were found by what a `ColumnMap` says.
    """

    top: int
    depth: int
    fields: Mapping[str, int]
    titles: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """The first row of data."""
        return self.top + self.depth

    @property
    def unknown(self) -> tuple[str, ...]:
        """Titles of columns that are not imported."""
        known = set(self.fields.values())
        return tuple(title for index, title in enumerate(self.titles) if title and index not in known)

    def meanings(self, columns: Sequence[Column]) -> Meanings:
        """What titles mean in this file."""
        return Meanings.beside(aliases(columns), {**self.remembered, **self.given})

    def plain(self) -> tuple[object, ...]:
        """The same in plain values, in the order of the fields."""
        return self.top, self.depth, dict(self.fields), self.titles, dict(self.given), dict(self.remembered)

    def place(self, field: str) -> str:
        """Name a field's column as the user finds it: `C 列“电话”`."""
        index = self.fields[field]
        return column_name(index, self.titles[index])


def find_header(file: str, sheet: Sheet, columns: Sequence[Column], column_map: ColumnMap) -> Header | None:
    """Find the header among the first rows; None where no row has two titles of this kind of file.

    Raises DuplicateColumns where two columns mean the same.
    """
    known = aliases(columns)
    best: Header | None = None
    for top in range(min(TITLE_ROWS_MAX, len(sheet.rows))):
        for depth in range(1, _HEADER_ROWS_MAX + 1):
            found = _candidate(sheet, top, depth, known, column_map)
            if found and (best is None or _merit(found) > _merit(best)):
                best = found
    if best:
        _refuse_duplicates(file, sheet, best, columns, column_map.titles)
    return best


def require(
    file: str, sheet: Sheet, header: Header, columns: Sequence[Column], column_map: ColumnMap
) -> None:
    """Refuse a header that lacks needed columns or mapped ones; raises MissingColumns, NoSuchColumn with what was found."""
    found = [title for title in header.titles if title]
    if unmet := column_map.unmet(header.given):
        raise NoSuchColumn(file, sheet.name, row=header.top + 1, title=unmet[0], found=found)
    if missing := lacking(header, columns):
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


def _candidate(
    sheet: Sheet, top: int, depth: int, known: Mapping[str, str], column_map: ColumnMap
) -> Header | None:
    titles = _titles(sheet, top, depth, column_map.titles)
    given, remembered = column_map.met({normalised(title) for spellings in titles for title in spellings})
    meanings = Meanings.beside(known, {**remembered, **given})
    fields: dict[str, int] = {}
    shown = []
    from_below = 0
    for index, spellings in enumerate(titles):
        title, meant = meanings.meant(spellings) or ("", "")
        # What stands above several columns names none of them to a reader.
        shown.append(title if title in spellings[:_OWN] else spellings[-1])
        if meant and meant not in fields:
            fields[meant] = index
            from_below += len(spellings) > 1
    if len(fields) < min(_TITLES_MIN, len(known)):
        return None
    if depth > 1 and not 0 < from_below < len(fields):
        return None
    return Header(top, depth, fields, tuple(shown), given, remembered)


def _titles(sheet: Sheet, top: int, depth: int, mapped: Collection[str]) -> list[tuple[str, ...]]:
    """The ways to read each column's title, the last being the one to show.

    What stands above several columns is a way if it is `mapped` to a field: then the row below is no line of the list.
    """
    rows = [_row(sheet, row) for row in range(top, min(top + depth, len(sheet.rows)))]
    if len(rows) == 1:
        return [(title,) for title in rows[0]]
    upper, lower = rows
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    spread = _spread(upper, sheet.merges, top)
    return [
        (
            below,
            below + above,
            *([above] if index in spread and normalised(above) in mapped else []),
            above + below,
        )
        if below
        else (above,)
        for index, (above, below) in enumerate(zip(upper, lower, strict=True))
    ]


def _row(sheet: Sheet, index: int) -> list[str]:
    cells = sheet.row(index)[:_COLUMNS_MAX]
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]


def _spread(titles: list[str], merges: Sequence[Merge], row: int) -> set[int]:
    """Write each merged title into all its columns; return the columns that share one with others."""
    spread: set[int] = set()
    for (top, left), (_, right) in merges:
        if top == row and left < len(titles):
            titles[left : right + 1] = [titles[left]] * len(titles[left : right + 1])
            spread |= set(range(left, right + 1)) if right > left else set()
    return spread


def _refuse_duplicates(
    file: str, sheet: Sheet, header: Header, columns: Sequence[Column], mapped: Collection[str]
) -> None:
    meanings = header.meanings(columns)
    by_field: dict[str, list[int]] = {}
    for index, spellings in enumerate(_titles(sheet, header.top, header.depth, mapped)):
        if meant := meanings.meant(spellings):
            by_field.setdefault(meant[1], []).append(index)
    for name, same in by_field.items():
        if len(same) > 1:
            titles = [column_name(index, header.titles[index]) for index in same]
            alike = len({normalised(header.titles[index]) for index in same}) == 1
            own = next(column.title for column in columns if column.field == name)
            map_ = "" if alike else f"{own}={header.titles[same[0]]}"
            raise DuplicateColumns(file, sheet.name, row=header.top + 1, titles=titles, example=map_)
