"""Listings and records on stdout: aligned for a person, tab-separated or JSON for a program."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from .safe import padded, safe, width
from .talk import say, show


def show_listing(
    records: Iterable[object],
    columns: Mapping[str, object],
    *,
    as_json: bool = False,
    title: str = "",
) -> None:
    """Put records on stdout as a table (header → attribute or function of the record), or as JSON."""
    listed = list(records)
    if as_json:
        show_json(listed)
        return
    readers = [_reader(column) for column in columns.values()]
    show_table(list(columns), [[read(record) for read in readers] for record in listed], title=title)


def show_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Put a table on stdout: aligned on a terminal, tab-separated with one header line elsewhere; never cut.

    Whole numbers stand to the right; None is empty, booleans are 是 and 否.
    """
    listed = list(rows)
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
    show(*(f"{padded(label, widest)}  {text}" for label, text in shown.items() if text))


def show_json(value: object) -> None:
    """Put a value on stdout as JSON in readable Chinese; records become objects, days ISO text."""
    import json

    from .plain import escaped, plain

    document = json.dumps(plain(value), ensure_ascii=False, indent=2)
    sys.stdout.write(escaped(document, sys.stdout.encoding) + "\n")


def _reader(column: object) -> Callable[[object], object]:
    return column if callable(column) else attrgetter(str(column))


def _aligned(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headers, *cells, strict=True)]
    values = zip(*rows, strict=True) if rows else ([""] for _ in headers)
    numeric = [all(value == "" or isinstance(value, int | None) for value in column) for column in values]

    def line(texts: Sequence[str]) -> str:
        parts = zip(texts, widths, numeric, strict=True)
        return "  ".join(padded(text, columns, right=right) for text, columns, right in parts).rstrip()

    return [line(headers), "  ".join("-" * columns for columns in widths), *map(line, cells)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return safe(str(value))
