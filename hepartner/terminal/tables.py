"""Listings and records on stdout: aligned for a person, tab-separated or JSON for a program."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import attrgetter

from .fitting import GAP, INDENT, arranged, broken, room
from .safe import masked, padded, safe, width
from .talk import say, show

_NUMBER = r"[+-]?[\d,]+(\.\d+)?%?"


def show_listing(
    records: Iterable[object],
    columns: Mapping[str, object],
    *,
    as_json: bool = False,
    title: str = "",
    further: bool = False,
) -> None:
    """Put records on stdout as a table (header → attribute or function of the record), or as JSON."""
    listed = list(records)
    if as_json:
        show_json(listed)
        return
    readers = [_reader(column) for column in columns.values()]
    rows = [[read(record) for read in readers] for record in listed]
    show_table(list(columns), rows, title=title, further=further)


def show_table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "", further: bool = False
) -> None:
    """Put a table on stdout: aligned on a terminal, tab-separated with one header line elsewhere; never cut.

    Numbers stand to the right; None is empty, booleans are 是 and 否. A further table of a page stands after an empty
    line, and not at all on a terminal when it has no rows.
    """
    listed = list(rows)
    if further and not listed and sys.stdout.isatty():
        return
    if further:
        show("")
    if not sys.stdout.isatty():
        cells = [headers, *([_cell(value) for value in row] for row in listed)]
        sys.stdout.writelines("\t".join(texts) + "\n" for texts in cells)
        return
    show(*([title] if title else []), *_aligned(headers, listed))
    if not listed:
        say("没有记录。")


def show_record(fields: Mapping[str, object]) -> None:
    """Put one record on stdout, a field per line with labels aligned; an empty field is left out."""
    shown = {label: _cell(value) for label, value in fields.items()}
    widest = max(map(width, shown), default=0)
    filled = [(label, text) for label, text in shown.items() if text]
    if not sys.stdout.isatty():
        show(*(f"{padded(label, widest)}  {text}" for label, text in filled))
        return
    places = max(room() - widest - GAP, widest)
    for label, text in filled:
        first, *others = broken(text, places)
        show(f"{padded(label, widest)}  {first}", *(f"{' ' * (widest + GAP)}{other}" for other in others))


def show_json(value: object) -> None:
    """Put a value on stdout as JSON in readable Chinese; records become objects, days ISO text."""
    from .plain import escaped

    sys.stdout.write(escaped(document(value), sys.stdout.encoding) + "\n")


def document(value: object) -> str:
    """Return a value as the JSON that `show_json` puts on stdout."""
    import json

    from .plain import plain

    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def _reader(column: object) -> Callable[[object], object]:
    return column if callable(column) else attrgetter(str(column))


def _aligned(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    cells = [[_cell(value) for value in row] for row in rows]
    columns = list(zip(headers, *cells, strict=True))
    arrangement = arranged(columns, room())
    numeric = [all(text == "" or re.fullmatch(_NUMBER, text) for text in column[1:]) for column in columns]

    def lines(texts: Sequence[str]) -> Iterator[str]:
        for number, widths in enumerate(arrangement):
            if number and not any(texts[column] for column in widths):
                continue
            parts = [broken(texts[column], places) for column, places in widths.items()]
            for line in zip_longest(*parts, fillvalue=""):
                side_by_side = [
                    padded(text, widths[column], right=numeric[column])
                    for text, column in zip(line, widths, strict=True)
                ]
                yield (" " * INDENT * min(number, 1) + (" " * GAP).join(side_by_side)).rstrip()

    rule = (" " * GAP).join("-" * places for places in arrangement[0].values())
    return [*lines(headers), rule, *(line for row in cells for line in lines(row))]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    # Plain text is what people wrote; what has a text of its own shows as much as that does.
    return safe(masked(value) if type(value) is str else str(value))
