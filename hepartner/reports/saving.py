"""A finished report put in place of the old one: whole, or not at all, and beside it when the old one is open."""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from .errors import FolderMissing, TargetIsFolder, TargetIsLedger, TargetNotWorkbook, TargetUnwritable

# Excel, WPS and LibreOffice leave such a file beside a workbook while somebody has it open.
_OWNER_MARKS = ("~${}", ".~{}", ".~lock.{}#")


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the report went, and what the user should be told about it."""

    path: Path
    notices: tuple[str, ...] = ()


def checked_target(target: Path, ledger: Path) -> Path:
    """Return the absolute path to write to. Raises the leaves of errors.BadTarget."""
    path = Path(os.path.realpath(target.expanduser()))
    if path.is_dir():
        raise TargetIsFolder(path)
    if path == Path(os.path.realpath(ledger)) or (path.exists() and path.samefile(ledger)):
        raise TargetIsLedger(path)
    if path.suffix.lower() != ".xlsx":
        raise TargetNotWorkbook(path)
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
        temporary = _written(buffer, target)
    except OSError as error:
        raise TargetUnwritable(target, error.strerror or str(error)) from error
    try:
        return _put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _written(buffer: BytesIO, target: Path) -> Path:
    """Write and sync a file in the target's folder, so that renaming it can't cross disks."""
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(buffer.getbuffer())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _put_in_place(temporary: Path, target: Path) -> Saved:
    for path in _names(target):
        if _is_open(path):
            continue
        try:
            temporary.replace(path)
        except PermissionError:
            # Windows refuses to replace a file that a program has open.
            continue
        except OSError as error:
            raise TargetUnwritable(path, error.strerror or str(error)) from error
        _sync_folder(path.parent)
        return Saved(path, () if path == target else (f"{target.name} 正被打开，报表另存为 {path.name}。",))
    raise TargetUnwritable(target, "文件正被其他程序打开")


def _names(target: Path) -> Iterator[Path]:
    yield target
    for number in range(2, 100):
        yield target.with_name(f"{target.stem}({number}){target.suffix}")


def _is_open(path: Path) -> bool:
    return any(path.with_name(mark.format(path.name)).exists() for mark in _OWNER_MARKS)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
