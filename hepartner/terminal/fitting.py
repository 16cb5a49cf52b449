"""A table made to fit its screen: narrower columns, or several lines for each row; text broken where Chinese may be."""

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice

from .safe import width

GAP = 2
"""Columns of space between two columns of a table."""

INDENT = 4
"""How far the further lines of a row stand in."""

_READABLE = 8
"""A column of text gives way down to four Chinese characters; rows of narrower ones are harder to read than folded ones."""

_SAMPLE = 200
"""So many rows tell how many lines a table will have."""

# Without Chinese a run is whole: words, numbers, codes, times. Signs that close something never begin a line,
# and those that open something never end one. Compiled when a table first needs them: most runs show none.
_RUN = "[!-\u10ff\u2010-\u2015]+"
_WORD = f"[（《“‘]*(?:{_RUN}|\\S)[、，。；：！？）》”’]*\\s*|\\s+"


def room() -> int:
    """Return how many columns the screen has; 80 where nobody knows."""
    return shutil.get_terminal_size().columns


def arranged(columns: Sequence[Sequence[str]], places: int) -> list[dict[int, int]]:
    """Return how a table stands in so many places: for each line of a row, its columns' numbers and their widths.

    A column is its heading and its texts. Where all don't fit side by side, those without any text are left out; then either the
    widest give way, or a row takes several lines: what makes fewer lines in all.
    """
    widths = {number: max(map(width, column)) for number, column in enumerate(columns)}
    if _together(widths) <= places:
        return [widths]
    filled = {number: wide for number, wide in widths.items() if any(columns[number][1:])} or widths
    narrowed, folded = [_narrowed(columns, filled, places)], list(_folded(filled, places))
    if _together(narrowed[0]) > places:
        return folded
    rows = list(islice(zip(*columns, strict=True), _SAMPLE))
    return min(narrowed, folded, key=lambda lines: sum(_height(row, lines) for row in rows))


def _height(row: Sequence[str], lines: list[dict[int, int]]) -> int:
    return sum(max(len(broken(row[number], wide)) for number, wide in line.items()) for line in lines)


def _together(widths: dict[int, int]) -> int:
    return sum(widths.values()) + GAP * (len(widths) - 1)


def _narrowed(columns: Sequence[Sequence[str]], widths: dict[int, int], places: int) -> dict[int, int]:
    least = {
        number: min(wide, max([_READABLE, *map(len, re.findall(_RUN, "\n".join(columns[number])))]))
        for number, wide in widths.items()
    }
    narrowed = dict(widths)
    for _ in range(_together(widths) - places):
        widest = max(narrowed, key=lambda number: (narrowed[number] > least[number], narrowed[number]))
        narrowed[widest] = max(narrowed[widest] - 1, least[widest])
    return narrowed


def _folded(widths: dict[int, int], places: int) -> Iterator[dict[int, int]]:
    line: dict[int, int] = {}
    spare = places
    for number, wide in widths.items():
        if line and spare < wide:
            yield line
            line, spare = {}, places - INDENT
        line[number] = min(wide, spare)
        spare -= line[number] + GAP
    yield line


def broken(text: str, places: int) -> list[str]:
    """Return a text as lines of at most so many places; words, numbers and codes stay whole."""
    if width(text) <= places:
        return [text]
    lines = [""]
    for word in re.findall(_WORD, text):
        if width(lines[-1]) + width(word.rstrip()) > places and lines[-1]:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]
