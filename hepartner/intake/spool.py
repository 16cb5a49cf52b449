"""A list that comes through a pipe, kept in a file while it is imported: readers look at files more than once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from hepartner.intake.sniff import FILE_BYTES_MAX, NAMELESS

_AT_ONCE = 1_000_000


@contextmanager
def spooled(stream: IO[bytes]) -> Iterator[Path]:
    """Keep what a stream brings in a file that nobody else may read and that goes in the end, however it ends.

    Of a stream that brings more than is imported one byte too many is kept, for which the import refuses it. Raises OSError.
    """
    with TemporaryDirectory(prefix="hepartner-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / NAMELESS
        left = FILE_BYTES_MAX + 1
        with path.open("wb") as file:
            while left and (some := stream.read(min(left, _AT_ONCE))):
                file.write(some)
                left -= len(some)
        # It is whole: no reader waits whether more of it comes.
        os.utime(path, (0, 0))
        yield path
