"""Whereabouts: whether a file lies where others move it about under SQLite's feet: on a share, or in a synchronised folder."""

import sys
from collections.abc import Iterable
from pathlib import Path

CLOUDS = {
    "onedrive": "OneDrive", "坚果云": "坚果云", "nutstore": "坚果云", "百度网盘": "百度网盘", "baidunetdisk": "百度网盘",
    "baidusync": "百度网盘", "wps云盘": "WPS云盘", "wpsdrive": "WPS云盘", "wps cloud": "WPS云盘", "微云": "微云",
    "weiyun": "微云", "dropbox": "Dropbox", "icloud": "iCloud", "mobile documents": "iCloud",
    "google drive": "Google Drive", "googledrive": "Google Drive",
}  # fmt: skip
"""A part of a folder's name in small letters → the service that synchronises it."""
SHARES = frozenset(
    ("9p", "afs", "cifs", "fuse.sshfs", "davfs", "fuse.davfs2", "ncpfs", "nfs", "nfs4", "smb3", "smbfs")
)
"""File systems that lie on another computer."""
_REMOTE = 4
"""What Windows calls a drive that is a share."""


def cloud_of(path: Path) -> str | None:
    """Return the service that synchronises the folder a file lies in, told by the names of the folders above it."""
    for part in path.parent.parts:
        for sign, service in CLOUDS.items():
            if sign in part.lower():
                return service
    return None


def is_shared(path: Path) -> bool:
    """Tell whether a file lies on another computer; what can't be told is taken for this one."""
    if path.drive.startswith("\\\\") or str(path).startswith("//"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE)
    mounts = Path("/proc/mounts")
    return mounts.exists() and file_system(path, mounts.read_text(errors="replace").splitlines()) in SHARES


def file_system(path: Path, mounts: Iterable[str]) -> str:
    """Return the kind of file system that a file lies on, by lines like those of /proc/mounts; "" if none holds it."""
    found = [line.split()[1:3] for line in mounts]
    over = [(len(Path(point).parts), kind) for point, kind in found if path.is_relative_to(_unescaped(point))]
    return max(over, default=(0, ""))[1]


def _unescaped(point: str) -> str:
    return point.replace("\\040", " ")
