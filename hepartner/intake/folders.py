"""Which files are meant where a folder or a pattern is given: its tables, and what of it is left out."""

import re
from collections.abc import Iterable
from glob import glob
from pathlib import Path
from typing import NamedTuple

_TABLES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".txt", ".xml", ".html"}
# Office's lock files, WPS's and those that macOS leaves on a stick.
_TEMPORARY = ("~$", ".")
_REJECTS = re.compile(r"_问题(?:\(\d+\))?\.xlsx$")
_SHOWN = 5


class Tables(NamedTuple):
    """Files to import, in their order, and what is to be told of those that were left out."""

    files: list[Path]
    notes: list[str]


def tables_given(paths: Iterable[Path]) -> Tables:
    """The files that paths mean: a folder means the tables in it, a pattern what it matches.

    A pattern comes here only where the shell left it to us, as Windows does; what bears such a name itself is meant before
    what matches it. What holds no table, can't be looked into or is not there stays as it is, for the import to refuse.
    """
    found = Tables([], [])
    for path in (match for given in paths for match in _matches(given)):
        try:
            tables = tables_in(path)
        except (OSError, ValueError):
            tables = Tables([], [])
        found.files.extend(tables.files or [path])
        found.notes.extend(tables.notes)
    return found


def tables_in(folder: Path) -> Tables:
    """The tables of a folder by name, without temporary files and workbooks of rejected rows; raises OSError."""
    tables = sorted(path for path in folder.iterdir() if path.suffix.lower() in _TABLES and path.is_file())
    temporary = [path for path in tables if path.name.startswith(_TEMPORARY)]
    rejects = [path for path in tables if path not in temporary and _REJECTS.search(path.name)]
    left_out = {*temporary, *rejects}
    notes = []
    if temporary:
        notes.append(f"{folder}：没有导入临时文件 {_named(temporary)}。")
    if rejects:
        notes.append(f"{folder}：没有导入退回的问题清单 {_named(rejects)}，改好后请写明文件名来导入。")
    return Tables([path for path in tables if path not in left_out], notes)


def _matches(path: Path) -> list[Path]:
    """What a pattern of * and ? matches, in order; a bracket is a part of many files' names and no pattern."""
    if not {"*", "?"} & set(str(path)):
        return [path]
    found = sorted(Path(name) for name in glob(str(path).replace("[", "[[]")))  # noqa: PTH207 hides what shells hide
    return [path] if path in found else found or [path]


def _named(files: list[Path]) -> str:
    shown = "、".join(path.name for path in files[:_SHOWN])
    return shown if len(files) <= _SHOWN else f"{shown} 等 {len(files)} 个文件"
