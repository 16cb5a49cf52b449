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
    """The state of a file, once it is the same at two looks if it was just changed. Raises FileInUse."""
    state = _state(path)
    while _is_fresh(state):
        if time.monotonic() >= until:
            raise FileInUse(path.name)
        time.sleep(_BETWEEN_LOOKS)
        before, state = state, _state(path)
        if state == before:
            break
    return state


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
