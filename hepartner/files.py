"""A finished file put in its place: whole, or not at all; and why the system refuses one."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path


def names_from(path: Path) -> Iterator[Path]:
    """Names for a file in the order in which to try them: the path itself, then with (2), (3), …, (99)."""
    yield path
    for number in range(2, 100):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


@contextmanager
def written_beside(content: BytesIO, target: Path) -> Iterator[Path]:
    """Write and sync a file in the target's folder, so that renaming it can't cross disks; what was not renamed goes.

    Raises OSError.
    """
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def take_place(temporary: Path, target: Path) -> None:
    """Rename a file in place of another, and make that durable. Raises OSError; then the other stands as it was."""
    temporary.replace(target)
    sync_folder(target.parent)


def sync(file: Path) -> None:
    """Make what was written to a file durable. Raises OSError."""
    with file.open("r+b") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make what was renamed, made or deleted in a folder durable. Raises OSError."""
    # Windows has no such call and needs none.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def why(error: OSError) -> str:
    """What the system says against a file, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "磁盘已满",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "没有这个文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "正被其他程序占用",
    errno.EIO: "磁盘读写出错",
}
