"""Messages between this program and the process that reads files: plain values, each behind its length."""

import marshal
import struct
from typing import IO, Any

_LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], message: Any) -> None:
    """Send a message: tuples, lists and dicts of texts, numbers, truths and None."""
    content = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Wait for a message; None where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    return marshal.loads(content) if len(content) == length else None  # noqa: S302 both ends are this program
