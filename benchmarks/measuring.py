"""Measuring two works side by side: in turns, so that a noisy machine disturbs both, and by medians."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]
_SAID_ON_FAILURE = 2000
_WATCH_SECONDS = 0.05


class Taken(NamedTuple):
    """What one run took: seconds on the clock, seconds of processor, MiB of memory at most (0 if not measured).

    What it started counts too.
    """

    seconds: float
    processor: float
    memory: float = 0


class Measured(NamedTuple):
    """One row of the table: how many times the time of the other one; `processor` is the same by processor time."""

    work: str
    beside: str
    seconds: float
    other_seconds: float
    ratio: float
    processor: float
    aim: float
    memory: float = 0
    memory_aim: float = 0

    @property
    def met(self) -> bool:
        """Whether the aim is met."""
        return self.ratio <= self.aim and (not self.memory_aim or self.memory <= self.memory_aim)


class Limited(NamedTuple):
    """One row whose aim is a time, since an issue named one."""

    work: str
    seconds: float
    limit: float

    @property
    def met(self) -> bool:
        """Whether the aim is met."""
        return self.seconds <= self.limit


class Skipped(NamedTuple):
    """A row that can't be measured here."""

    work: str
    reason: str


Row = Measured | Limited | Skipped
Work = Callable[[], Taken]


def timed(work: Callable[[], object]) -> Work:
    """Return a work that measures a function of this process."""

    def run() -> Taken:
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return Taken(time.perf_counter() - clock, time.process_time() - processor)

    return run


def process(command: Sequence[str | Path], *, given: bytes = b"", ends: int = 0, **environment: str) -> Work:
    """Return a work that measures a whole process. A process that ends otherwise than with `ends` ends the measurement."""

    def run() -> Taken:
        begun = time.perf_counter()
        with subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=REPOSITORY, env=os.environ | environment,
        ) as child:  # fmt: skip
            with _watched(child.pid) as peaks:
                said = _talk(child, given)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != ends:
            sys.exit(f"{command} 失败：{said[-_SAID_ON_FAILURE:].decode(errors='replace')}")
        # ru_maxrss is in KiB on Linux, in bytes on macOS.
        memory = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
        memory = max(memory, sum(peaks.values()) / 1024)
        return Taken(time.perf_counter() - begun, used.ru_utime + used.ru_stime, memory)

    return run


@contextmanager
def _watched(pid: int) -> Iterator[dict[int, int]]:
    """Look at a process and those it started; the most memory of each in KiB, nothing where the system does not tell."""
    peaks: dict[int, int] = {}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_WATCH_SECONDS):
            for one in (pid, *_children(pid)):
                if peak := _peak(one):
                    peaks[one] = peak

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].partition("kB")[0] or 0)


def hep(*words: str | Path, ledger: Path, ends: int = 0, **environment: str) -> Work:
    """Return a work that runs `hep` in a process of its own, as its installed script would start it."""
    start = "import sys; sys.argv[0] = 'hep'; from hepartner.__main__ import main; main()"
    chosen = {"HEPARTNER_LEDGER": str(ledger), "HEPARTNER_OPERATOR": "李梅", "HEPARTNER_COMMUNITY": "第1社区"}
    return process([sys.executable, "-c", start, *words], ends=ends, **(chosen | environment))


def python(text: str) -> Work:
    """Return a work that runs a line of Python in a process of its own."""
    return process([sys.executable, "-c", text])


def pairs(
    work: str,
    mine: Work,
    beside: str,
    other: Work,
    *,
    aim: float,
    rounds: int,
    memory_aim: float = 0,
    warm: bool = True,
) -> Measured:
    """Measure two works in turns and compare them by the medians of their times."""
    if warm:
        mine(), other()
    taken = [(mine(), other()) for _ in range(rounds)]
    ratio = median(a.seconds / b.seconds for a, b in taken)
    processor = median(a.processor / max(b.processor, 1e-6) for a, b in taken)
    seconds, others = median(a.seconds for a, _ in taken), median(b.seconds for _, b in taken)
    memory = max(a.memory for a, _ in taken)
    return Measured(work, beside, seconds, others, ratio, processor, aim, memory, memory_aim)


def within(work: str, mine: Work, *, limit: float, rounds: int) -> Limited:
    """Measure a work alone, by the median of its times."""
    return Limited(work, median(mine().seconds for _ in range(rounds)), limit)


def shown(row: Row) -> str:
    """Write a row as a line of the table in README.md."""
    if isinstance(row, Limited):
        met = "达到" if row.met else "未达到"
        return f"| {row.work} | | {_span(row.seconds)} | | ≤ {row.limit:g} s | {met} |"
    if isinstance(row, Skipped):
        return f"| {row.work} | | | | | 跳过：{row.reason} |"
    aim = f"≤ {row.aim:g}×" + (f"，≤ {row.memory_aim:g} MiB" if row.memory_aim else "")
    memory = f"，{row.memory:.0f} MiB" if row.memory_aim else ""
    return (
        f"| {row.work} | {row.beside} | {_span(row.seconds)} : {_span(row.other_seconds)} | {row.ratio:.2f}×"
        f"（处理器 {row.processor:.2f}×{memory}） | {aim} | {'达到' if row.met else '未达到'} |"
    )


def _span(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.1f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.0f} µs"


def _talk(child: "subprocess.Popen[bytes]", given: bytes) -> bytes:
    """Give a process its input and take all it says, without waiting for its end."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(given)
    child.stdin.close()
    return child.stdout.read()
