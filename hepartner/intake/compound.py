"""Take a stream out of a compound file (MS-CFB), as old binary workbooks are."""

import struct
from collections.abc import Sequence

from hepartner.intake.errors import DamagedFile

_ENTRY_BYTES = 128
_MINI_SHIFT = 6
_SHIFTS = (9, 12)
_NO_SECTOR = 0xFFFFFFFA
"""Numbers from here on name no sector but the end of a chain, or what a sector is used for."""


def stream(file: str, content: bytes, names: Sequence[str]) -> bytes:
    """The stream of the first of these names that a compound file has, b"" where it has none.

    Raises DamagedFile where its chains lead nowhere or in circles.
    """
    try:
        return _Compound(content).stream(names)
    except (struct.error, IndexError, ValueError) as error:
        raise DamagedFile(file, "内部结构不完整") from error


class _Compound:
    """The sectors of a compound file and their chains; raises struct.error, IndexError and ValueError for broken ones."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        (self._shift,) = struct.unpack_from("<H", content, 30)
        if self._shift not in _SHIFTS:
            raise ValueError(self._shift)
        self._directory, _, self._cutoff, self._mini_fat, _, further = struct.unpack_from("<6I", content, 48)
        tables = list(struct.unpack_from("<109I", content, 76))
        for _ in range(len(content) >> self._shift):
            if further >= _NO_SECTOR:
                break
            *more, further = self._words(self._sector(further))
            tables += more
        self._next = [
            number for table in tables if table < _NO_SECTOR for number in self._words(self._sector(table))
        ]

    def stream(self, names: Sequence[str]) -> bytes:
        directory = self._chained(self._directory)
        entries = [directory[at : at + _ENTRY_BYTES] for at in range(0, len(directory), _ENTRY_BYTES)]
        by_name = {_name(entry): entry for entry in reversed(entries)}
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is None:
            return b""
        first, size = struct.unpack_from("<2I", found, 116)
        if size >= self._cutoff:
            return self._chained(first)[:size]
        root, _ = struct.unpack_from("<2I", entries[0], 116)
        small, after = self._chained(root), self._words(self._chained(self._mini_fat))
        pieces = (small[at << _MINI_SHIFT : at + 1 << _MINI_SHIFT] for at in _chain(first, after))
        return b"".join(pieces)[:size]

    def _chained(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(first, self._next)))

    def _sector(self, number: int) -> bytes:
        at = number + 1 << self._shift
        return self._content[at : at + (1 << self._shift)]

    @staticmethod
    def _words(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(first: int, after: Sequence[int]) -> list[int]:
    numbers: list[int] = []
    while first < _NO_SECTOR:
        numbers.append(first)
        first = after[first]
        if len(numbers) > len(after):
            raise ValueError(first)
    return numbers


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")
