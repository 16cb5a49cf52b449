"""A file that another program is still writing or holds: waited for a moment, then refused for what it is."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from hepartner.intake import stillness
from hepartner.intake.errors import DamagedFile, FileInUse, FileMissing, FileUnreadable
from hepartner.intake.pipeline import import_file
from hepartner.intake.stillness import read_still
from hepartner.ledger import Ledger

from .builders import HEADER, WANG, put, text, xlsx

PEOPLE = [(f"王{chr(0x4E00 + n)}", "个体", "", "幸福里社区") for n in range(300)]


@contextmanager
def copying(path: Path, content: bytes, *, pauses: int = 8, seconds: float = 0.5) -> Iterator[None]:
    """Write a file piece by piece over so many seconds, as a slow share or stick does."""

    def copy() -> None:
        size = len(content) // pauses + 1
        with path.open("wb") as file:
            for start in range(0, len(content), size):
                file.write(content[start : start + size])
                file.flush()
                time.sleep(seconds / pauses)

    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(copy)
        while not path.exists():
            time.sleep(0.001)
        yield
        done.result()


@pytest.mark.parametrize("make", [text, xlsx], ids=["csv", "xlsx"])
def test_a_file_that_is_being_copied_is_waited_for_and_read_whole(
    ledger: Ledger, tmp_path: Path, make: Callable[..., bytes]
) -> None:
    path = tmp_path / "花名册.tmp"
    with copying(path, make(HEADER, *PEOPLE)):
        report = import_file(ledger, "partners", path)
    assert (report.added, report.problems) == (len(PEOPLE), ())


def test_a_text_that_pauses_within_a_line_is_waited_for(ledger: Ledger, tmp_path: Path) -> None:
    """The pieces of a slow copy seldom end where lines do."""
    path = tmp_path / "花名册.csv"
    with copying(path, text(HEADER, *PEOPLE), pauses=3, seconds=1.5):
        report = import_file(ledger, "partners", path)
    assert (report.added, report.problems) == (len(PEOPLE), ())


def test_a_text_without_a_last_line_end_is_taken_once_it_is_still(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    path.write_bytes(text(HEADER, WANG).rstrip())
    assert import_file(ledger, "partners", path).added == 1


def test_what_a_browser_still_fills_is_refused_as_in_use(ledger: Ledger, tmp_path: Path) -> None:
    """Firefox keeps the name with an empty file meanwhile."""
    path = put(tmp_path, "花名册.csv", b"")
    put(tmp_path, "花名册.csv.part", text(HEADER))
    (problem,) = import_file(ledger, "partners", path).problems
    assert problem.reason == "文件正在写入，旁边还有没下载完的 花名册.csv.part"


def test_a_file_that_goes_on_growing_is_refused_as_in_use(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    with copying(path, text(HEADER, *PEOPLE), pauses=50, seconds=3.0):
        (problem,) = import_file(ledger, "partners", path).problems
    assert problem.message() == ("花名册.csv：文件正在写入，大小还在变。改法：请等它复制或保存完，再导入。")


def test_a_file_that_a_program_holds_for_a_moment_is_read_then(tmp_path: Path) -> None:
    path = put(tmp_path, "花名册.csv", b"x")
    tries: list[int] = []

    def read() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise FileUnreadable(path.name, "正被其他程序占用") from OSError(errno.EBUSY, "busy")
        return "read"

    assert (read_still(path, read), len(tries)) == ("read", 3)


def test_a_file_that_is_held_longer_is_refused_as_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stillness, "SECONDS_MAX", 0.3)
    path = put(tmp_path, "花名册.csv", b"x")

    def read() -> str:
        raise FileUnreadable(path.name, "正被其他程序占用") from OSError(errno.EBUSY, "busy")

    with pytest.raises(FileUnreadable, match="正被其他程序占用"):
        read_still(path, read)


@pytest.mark.parametrize(
    "refusal",
    [
        FileMissing("花名册.csv", exists=False),
        DamagedFile("花名册.csv", "后半部分不见了"),
        FileUnreadable("花名册.csv", "没有权限"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_time_does_not_mend_is_refused_at_once(tmp_path: Path, refusal: Exception) -> None:
    path = put(tmp_path, "花名册.csv", b"x")
    tries: list[int] = []

    def read() -> None:
        tries.append(1)
        raise refusal

    with pytest.raises(type(refusal)):
        read_still(path, read)
    assert tries == [1]


def test_a_damaged_file_that_was_just_written_may_only_be_half_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stillness, "SECONDS_MAX", 0.3)
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"PK")
    tries: list[int] = []

    def read() -> None:
        tries.append(1)
        raise DamagedFile(path.name, "后半部分不见了")

    with pytest.raises(DamagedFile):
        read_still(path, read)
    assert len(tries) > 1


def test_a_file_that_changes_whenever_it_is_read_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its clock is not ours: it never looks as if it had just been written."""
    monkeypatch.setattr(stillness, "SECONDS_MAX", 0.1)
    path = put(tmp_path, "花名册.csv", b"x")

    def read() -> str:
        path.write_bytes(path.read_bytes() + b"x")
        os.utime(path, (1_000, 1_000))
        return "half"

    with pytest.raises(FileInUse):
        read_still(path, read)
