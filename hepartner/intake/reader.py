"""The process that reads files: asked through stdin, it answers through stdout."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from hepartner.files import why
from hepartner.intake.cells import read_cells
from hepartner.intake.errors import FileRefused, FileUnreadable
from hepartner.intake.frames import receive, send
from hepartner.intake.kinds import kind_named
from hepartner.intake.mapping import ColumnMap
from hepartner.intake.rows import Rows
from hepartner.intake.sniff import sniff
from hepartner.intake.stillness import read_still

BYTES_MAX = 2_000_000_000
"""How much memory the process may take."""


def main() -> None:
    """Answer until nobody asks any more."""
    # Ctrl-C is for the program that asks, which then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    # What a library prints is no answer.
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    desk = _Desk()
    while question := receive(questions):
        for answer in desk.answers(*question):
            send(answers, answer)


class _Desk:
    """Answers questions about the file that lies on it."""

    def __init__(self) -> None:
        self._file = ""
        self._held: list[Rows] = []

    def answers(self, what: str, *about: Any) -> Iterator[tuple[object, object]]:
        """Answer one question, some with several answers; each comes with None, or else with why a file is refused."""
        try:
            for answer in self._questions[what](self, *about):
                yield answer, None
        except FileRefused as refusal:
            yield None, _told(refusal)
        except OSError as error:  # the stick was pulled out, the share is gone
            yield None, _told(FileUnreadable(self._file, why(error)))

    def _read(
        self, path: str, kind: str, today: str, columns: tuple[Any, ...], choices: Mapping[str, Any]
    ) -> Iterator[object]:
        form = kind_named(kind).form(date.fromisoformat(today))
        self._file = Path(path).name
        # What lay here before makes room first.
        self._held.clear()
        cells = read_still(Path(path), lambda: read_cells(sniff(Path(path))))
        self._held.append(Rows(cells, form, columns=ColumnMap.of(columns), **choices))
        yield self._held[0].outline.plain()

    def _texts(self, path: str) -> Iterator[object]:
        self._file = Path(path).name
        sheet = read_cells(sniff(Path(path))).sheets[0]
        yield [sheet.shown(row) for row in range(len(sheet.rows))]

    def _pieces(self) -> Iterator[object]:
        for good, bad in self._held[0].pieces():
            yield (
                good,
                [(row, field, (fault.reason, fault.remedy), text) for row, (field, fault, text) in bad],
            )
        yield None
        yield tuple(self._held[0].remarks())

    def _shown(self, rows: list[int]) -> Iterator[object]:
        yield self._held[0].shown(rows)

    def _mark(self) -> Iterator[object]:
        yield self._held[0].mark()

    def _forget(self) -> Iterator[object]:
        self._held.clear()
        return iter(())

    _questions: ClassVar[Mapping[str, Callable[..., Iterator[object]]]] = {
        "read": _read, "texts": _texts, "pieces": _pieces, "shown": _shown, "mark": _mark, "forget": _forget,
    }  # fmt: skip


def _told(refusal: FileRefused) -> tuple[object, ...]:
    return refusal.file, refusal.reason, refusal.remedy, refusal.sheet, refusal.row


def _limit_memory() -> None:
    """Let the process run out of memory before the computer does; Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (BYTES_MAX, BYTES_MAX))
