"""Files are read in a process of its own: what it may not do, and what becomes of a file that ends it."""

import os
import signal
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from hepartner.intake import process
from hepartner.intake.errors import DamagedFile, FileRefused, ReadingEnded, TooLarge
from hepartner.intake.kinds.partners import form
from hepartner.intake.reading import read_lines

from .builders import HEADER, WANG, put, xlsx

TODAY = date(2025, 11, 20)


pytestmark = pytest.mark.usefixtures("own_process")


def rows_of(path: Path) -> list[int]:
    with read_lines(path, "partners", form(TODAY), TODAY) as lines:
        return [row for row, _ in lines]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return put(tmp_path, "花名册.xlsx", xlsx(HEADER, WANG))


def pid_of_the_idle_one() -> int:
    (waiting,) = process.idle
    return waiting.pid


def test_one_process_reads_file_after_file(roster: Path) -> None:
    assert rows_of(roster) == [2]
    first = pid_of_the_idle_one()
    with pytest.raises(FileRefused, match="没有这个文件"):
        rows_of(roster.with_name("没有.xlsx"))
    assert rows_of(roster) == [2]
    assert pid_of_the_idle_one() == first


def test_what_is_prepared_is_used(roster: Path) -> None:
    process.prepare()
    process.prepare()
    ready = pid_of_the_idle_one()
    assert rows_of(roster) == [2]
    assert pid_of_the_idle_one() == ready


def test_a_file_that_was_given_up_leaves_nothing_for_the_next(tmp_path: Path, roster: Path) -> None:
    long = put(tmp_path, "长.xlsx", xlsx(HEADER, *[WANG] * 30_000))
    with read_lines(long, "partners", form(TODAY), TODAY) as lines:
        assert next(iter(lines))[0] == 2
    assert process.idle == []
    assert rows_of(roster) == [2]


def test_one_that_died_while_it_waited_is_replaced(roster: Path) -> None:
    assert rows_of(roster) == [2]
    os.kill(pid_of_the_idle_one(), signal.SIGKILL)
    process.idle[0].close()
    assert rows_of(roster) == [2]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_is_for_the_program_that_asks(roster: Path) -> None:
    assert rows_of(roster) == [2]
    pid = pid_of_the_idle_one()
    os.kill(pid, signal.SIGINT)
    assert rows_of(roster) == [2]
    assert pid_of_the_idle_one() == pid


def test_ctrl_c_while_the_watch_begins_leaves_nothing_to_wait_for(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the program waited for it, a minute long."""
    watches: list[threading.Timer] = []

    class BrokenOff(threading.Timer):
        def start(self) -> None:
            super().start()
            watches.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(threading, "Timer", BrokenOff)
    with pytest.raises(KeyboardInterrupt):
        rows_of(roster)
    (watch,) = watches
    watch.join(timeout=5)
    assert (watch.is_alive(), watch.daemon) == (False, True)


def test_a_file_that_takes_too_long_is_given_up(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS_MAX", 0.001)
    with pytest.raises(TooLarge, match="秒没有读完"):
        rows_of(roster)
    assert process.idle == []


ENDINGS: dict[str, tuple[str, type[Exception], str]] = {
    "a parser that asks for too much aborts": ("import os; os.abort()", DamagedFile, "读不出来"),
    "a parser that panics": (
        "raise type('PanicException', (BaseException,), dict())('index out of bounds')", DamagedFile, "读不出来",
    ),
    "no memory is left for what it asks": ("raise MemoryError", TooLarge, "内存不够"),
    "the system takes its memory back": (
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", ReadingEnded, "意外中断（多半是电脑的内存不够.*再试一次",
    ),
    "somebody ends it": ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", ReadingEnded, "意外中断"),
    "somebody ends it on Windows": ("import os; os._exit(1)", ReadingEnded, "意外中断"),
    "a fault of ours is none of the file": ("import no_such_module", RuntimeError, "no_such_module"),
}  # fmt: skip


@pytest.mark.parametrize(("program", "error", "phrase"), ENDINGS.values(), ids=ENDINGS)
def test_why_the_process_ended_is_told(
    roster: Path, monkeypatch: pytest.MonkeyPatch, program: str, error: type[Exception], phrase: str
) -> None:
    monkeypatch.setattr(process, "PROGRAM", f"import sys; sys.stdin.buffer.read(8); {program}")
    with pytest.raises(error, match=phrase):
        rows_of(roster)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much a process has")
def test_it_may_not_take_all_the_memory_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = put(tmp_path, "长.xlsx", xlsx(HEADER, *[WANG] * 30_000))
    limited = process.PROGRAM.replace(
        "import main;",
        "import main; from hepartner.intake import reader; pages = int(open('/proc/self/statm').read().split()[0]);"
        " reader.BYTES_MAX = pages * 4096 + 15_000_000;",
    )
    assert limited != process.PROGRAM
    monkeypatch.setattr(process, "PROGRAM", limited)
    with pytest.raises(FileRefused, match=r"内存不够|读不出来"):
        rows_of(long)


def test_a_file_that_goes_away_while_it_is_read_is_refused(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_out = "def gone(_): raise OSError(5, 'I/O');"
    monkeypatch.setattr(
        process,
        "PROGRAM",
        process.PROGRAM.replace("import sys;", f"exec({pulled_out!r}); import sys;").replace(
            "import main;", "import main; from hepartner.intake import reader; reader.read_cells = gone;"
        ),
    )
    with pytest.raises(FileRefused, match=r"花名册.xlsx：文件读不出来"):
        rows_of(roster)
    assert [waiting.is_ready for waiting in process.idle] == [True]
