"""Read a file that nobody writes meanwhile: one that is being copied, saved or held by another program is waited for."""

import errno
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hepartner.intake.errors import (
    DamagedFile,
    EmptyFile,
    FileInUse,
    FileRefused,
    FileUnreadable,
    UnbalancedQuote,
)

SECONDS_MAX = 2.0
"""How long a file is waited for, and how long after its last change it may still be being written."""
_BETWEEN_LOOKS = 0.1
_HELD = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}
_HELD_ON_WINDOWS = {32, 33}
"""Sharing and lock violation."""

_WHOLE_BY_THEMSELVES = (b"PK", b"\xd0\xcf\x11\xe0")
"""How files begin of which a part is found to be damaged: packages and compound files."""
_ENDS = (b"\n", b"\r", b">")
"""How a text ends that nobody writes a line of any more; two-byte characters and the old mark of an end are looked through."""
_LOOKED_THROUGH = b"\x00 \t\x1a"
_TAIL_BYTES = 64
_RESTS = (".part", ".crdownload", ".download", ".partial", ".opdownload")
"""What browsers call a file that they still fill, behind the name that it will have."""

F = TypeVar("F")
State = tuple[int, int]
"""Size in bytes, and when it was changed last in nanoseconds."""


def read_still(path: Path, read: Callable[[], F]) -> F:
    """Read a file while it does not change. Raises FileInUse where it goes on changing, and what `read` raises."""
    until = time.monotonic() + SECONDS_MAX
    while True:
        before = _settled(path, until)
        try:
            found = read()
        except FileRefused as refusal:
            if time.monotonic() >= until or not _may_pass(refusal, path, before):
                raise
            time.sleep(_BETWEEN_LOOKS)
        else:
            if _state(path) == before:
                return found
            if time.monotonic() >= until:
                raise FileInUse(path.name)


def _settled(path: Path, until: float) -> State | None:
    """The state of a file, once it is the same at two looks if it was just changed. Raises FileInUse.

    A text that ends in the middle of a line is looked at for as long as it may still be being written: copying may pause.
    """
    if rest := _rest(path):
        raise FileInUse(path.name, rest)
    first = state = _state(path)
    while _is_fresh(state):
        is_over = time.monotonic() >= until
        if is_over and state != first:
            raise FileInUse(path.name)
        if is_over:
            break
        time.sleep(_BETWEEN_LOOKS)
        before, state = state, _state(path)
        if state == before and not _is_cut(path):
            break
    return state


def _rest(path: Path) -> str:
    """The name of what a browser has not yet moved into a file, "" where there is none."""
    names = (f"{path.name}{end}" for end in _RESTS)
    return next((name for name in names if _state(path.with_name(name))), "")


def _is_cut(path: Path) -> bool:
    """Whether a file is text that ends within a line; False for one that can't be read, which reading it tells."""
    try:
        with path.open("rb") as file:
            if file.read(4).startswith(_WHOLE_BY_THEMSELVES):
                return False
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            return not file.read().rstrip(_LOOKED_THROUGH).endswith(_ENDS)
    except OSError:
        return False


def _may_pass(refusal: FileRefused, path: Path, before: State | None) -> bool:
    """Whether a file may be read a moment later that can't be now: another program holds it, or is not done with it."""
    if isinstance(refusal, FileUnreadable):
        held = refusal.__cause__
        return isinstance(held, OSError) and (
            held.errno in _HELD or getattr(held, "winerror", None) in _HELD_ON_WINDOWS
        )
    state = _state(path)
    return state != before or (
        _is_fresh(state) and isinstance(refusal, DamagedFile | EmptyFile | UnbalancedQuote)
    )


def _state(path: Path) -> State | None:
    """The state of a file; None where there is none or it can't be seen, which reading it tells."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def _is_fresh(state: State | None) -> bool:
    """Whether a file was changed so lately that it may not be whole; the clock of a share may be a little ahead."""
    return state is not None and abs(time.time() - state[1] / 1e9) < SECONDS_MAX
