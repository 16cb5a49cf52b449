"""The process that files are read in: started before it is needed, kept within limits of time and memory.

What strangers send can make a parser hang, ask for more memory than there is, or panic, which ends a process.
"""

import atexit
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NoReturn, cast

from hepartner.intake.frames import receive, send

SECONDS_MAX = 60
"""How long the process may take for one answer."""

PROGRAM = "import sys; sys.path[:] = {path!r}; from hepartner.intake.reader import main; main()"
"""It looks for hepartner where this process found it."""
_KILLED = (-9, -15)
"""What a process returns that the system ended for its memory, or somebody for another reason; on Windows 1, as of a fault."""


class Process:
    """A process of its own that is asked and answers; `in_step` is whether every question was answered.

    If not, what comes next belongs to a file that was given up.
    """

    def __init__(self) -> None:
        self.in_step = True
        self._process = subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-c", PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._questions = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self._is_late = False

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked about another file."""
        return self.in_step and self._process.poll() is None

    def ask(self, file: str, *question: object) -> None:
        """Ask something about a file without waiting for the answer; raises what `said` raises."""
        self.in_step = False
        try:
            send(self._questions, question)
        except OSError:  # a broken pipe, which Windows calls an invalid argument
            self._explain_end(file)

    def said(self, file: str) -> Any:
        """Wait for an answer, not too long; raises the FileRefused that it is, or that says why the process ended."""
        watch = threading.Timer(SECONDS_MAX, self._end_late)
        # Python does not wait for it at its end: Ctrl-C may come before it can be cancelled.
        watch.daemon = True
        try:
            watch.start()
            said = receive(self._answers)
        finally:
            watch.cancel()
        if said is None:
            self._explain_end(file)
        answer, refusal = said
        if refusal:
            from hepartner.intake.errors import FileRefused

            self.in_step = True
            file, reason, remedy, sheet, row = refusal
            raise FileRefused(file, reason, remedy, sheet=sheet, row=row)
        return answer

    def answer(self, file: str, *question: object) -> Any:
        """Ask what has one answer, and wait for it."""
        self.ask(file, *question)
        answer = self.said(file)
        self.in_step = True
        return answer

    def tell(self, file: str, *word: object) -> None:
        """Tell it what has no answer."""
        self.ask(file, *word)
        self.in_step = True

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.communicate()

    def close(self) -> None:
        """Let it end by itself."""
        self._process.communicate()

    def _end_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _explain_end(self, file: str) -> NoReturn:
        """Raise why the process ended before its time; only a fault of ours is no FileRefused."""
        from hepartner.intake.errors import DamagedFile, ReadingEnded, TooLarge

        _, told = self._process.communicate()
        code = self._process.returncode
        if self._is_late:
            raise TooLarge(file, f"{SECONDS_MAX} 秒没有读完")
        if b"MemoryError" in told:
            raise TooLarge(file, "电脑的内存不够")
        if code in _KILLED or (code == 1 and not told):
            raise ReadingEnded(file)
        if code == 1 and b"PanicException" not in told:
            raise RuntimeError(told.decode(errors="replace"))
        raise DamagedFile(file, "表格内容读不出来")


idle: list[Process] = []
"""Those that wait for the next file."""


def prepare() -> None:
    """Start the process, so that it is ready when the ledger is open."""
    if not idle:
        idle.append(Process())


@contextmanager
def lent() -> Iterator[Process]:
    """Lend a process for one file: to start one takes longer than to read a usual list, so it waits for the next."""
    process = idle.pop() if idle else Process()
    if not process.is_ready:
        process.stop()
        process = Process()
    try:
        yield process
    finally:
        if process.is_ready:
            idle.append(process)
        else:
            process.stop()


@atexit.register
def _end() -> None:
    # It holds nothing that is worth waiting for.
    for process in idle:
        process.stop()
