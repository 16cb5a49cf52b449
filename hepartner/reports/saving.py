"""A finished report put in place of the old one: whole, or not at all, and beside it when the old one is open."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hepartner.excel.files import names_from, take_place, why, written_beside

from .errors import FolderMissing, TargetIsFolder, TargetIsLedger, TargetNotWorkbook, TargetUnwritable

# Excel, WPS and LibreOffice leave such a file beside a workbook while somebody has it open.
_OWNER_MARKS = ("~${}", ".~{}", ".~lock.{}#")


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the report went, and what the user should be told about it."""

    path: Path
    notices: tuple[str, ...] = ()


def checked_workbook(target: Path, ledger: Path) -> Path:
    """Return the absolute path of a workbook to write. Raises the leaves of errors.BadTarget."""
    path = checked_target(target, ledger)
    if path.suffix.lower() != ".xlsx":
        raise TargetNotWorkbook(path)
    return path


def checked_target(target: Path, ledger: Path) -> Path:
    """Return the absolute path to write to. Raises the leaves of errors.BadTarget, but TargetNotWorkbook."""
    path = Path(os.path.realpath(target.expanduser()))
    if path.is_dir():
        raise TargetIsFolder(path)
    if path == Path(os.path.realpath(ledger)) or (path.exists() and path.samefile(ledger)):
        raise TargetIsLedger(path)
    if not path.parent.is_dir():
        raise FolderMissing(path.parent)
    return path


def save(write: Callable[[BytesIO], None], target: Path) -> Saved:
    """Let `write` fill a buffer and put that in the place of `target`, or beside it if that is open elsewhere.

    Raises TargetUnwritable; then an older report stands as it was.
    """
    try:
        buffer = BytesIO()
        write(buffer)
        with written_beside(buffer, target) as temporary:
            return _put_in_place(temporary, target)
    except OSError as error:
        raise TargetUnwritable(target, why(error)) from error


def _put_in_place(temporary: Path, target: Path) -> Saved:
    for path in names_from(target):
        if _is_open(path):
            continue
        try:
            take_place(temporary, path)
        except PermissionError:
            # Windows refuses to replace a file that a program has open.
            continue
        return Saved(path, () if path == target else (f"{target.name} 正被打开，报表另存为 {path.name}。",))
    raise TargetUnwritable(target, "文件正被其他程序打开")


def _is_open(path: Path) -> bool:
    return any(path.with_name(mark.format(path.name)).exists() for mark in _OWNER_MARKS)
