"""An import that is broken off, or for which there is no room: all of its file or nothing, and what is said is true."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from hepartner.commands import importing
from hepartner.intake import pipeline
from hepartner.ledger import Ledger
from tests.commands.conftest import Hep, hep, path
from tests.ledger.conftest import templates
from tests.test_faults import ENVIRONMENT, ROOT, fill, looked_at, small_disk, told, working

__all__ = ["hep", "path", "templates", "working"]

ROSTER, BAD = 1500, 300
STANDS = ("已记账：凭证 V", "已经记账，其余没有写入。")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Good rows, and bad ones, which are given back in a workbook after the voucher is written."""
    file = tmp_path / "花名册.csv"
    good = "".join(f"张{n:04d},个体,{13900000000 + n},幸福里社区\n" for n in range(ROSTER))
    bad = "".join(f"李{n:04d},个体,138,幸福里社区\n" for n in range(BAD))
    file.write_text(f"姓名,类型,联系电话,社区\n{good}{bad}", encoding="utf-8")
    return file


def partners(ledger: Path) -> int:
    """How many partners a ledger has in which nothing is wrong."""
    looked_at(ledger)
    with Ledger.open(ledger, operator="李梅") as opened:
        return len(opened.partners.cards())


def is_whole(workbook: Path) -> bool:
    """Whether a workbook of rejected rows holds them all under its mark and its header."""
    return openpyxl.load_workbook(workbook).active.max_row == BAD + 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.25])
def test_an_import_broken_off_says_whether_its_voucher_stands_and_leaves_no_half_workbook(
    working: Path, roster: Path, delay: float
) -> None:
    journal, before = working.with_name(f"{working.name}-journal"), partners(working)
    words = ["--ledger", str(working), "import", "partners", str(roster), "--skip-bad"]
    process = subprocess.Popen(
        [sys.executable, "-m", "hepartner", *words],
        stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, encoding="utf-8",
    )  # fmt: skip
    while not journal.exists() and process.poll() is None:
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate()
    # A shell says 130 of both: Python ends itself by the signal where that came while it made a NamedTuple.
    assert process.returncode in (130, -signal.SIGINT, 3), talk
    assert "Traceback" not in talk
    stands = any(word in talk for word in STANDS)
    assert partners(working) - before == (ROSTER if stands else 0), talk
    others = {file.name for file in roster.parent.iterdir()} - {roster.name, working.name}
    assert others <= {"花名册_问题.xlsx"}
    assert all(is_whole(roster.with_name(name)) for name in others)


def test_breaking_off_while_rejected_rows_are_given_back_tells_of_the_voucher(
    hep: Hep, working: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "write_rejects", broken_off)
    said = hep("import", "partners", str(roster), "--skip-bad")
    assert (said.code, said.err) == (130, f"已中断。凭证 V{looked_at(working)[0]} 已经记账，其余没有写入。\n")
    assert partners(working) == ROSTER + 1


def test_breaking_off_a_dry_run_tells_of_no_voucher(
    hep: Hep, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "_say_found", broken_off)
    said = hep("import", "partners", str(roster), "--skip-bad", "--dry-run")
    assert (said.code, said.err) == (130, "已中断，没有写入任何内容。\n")


@pytest.mark.parametrize("room", [0, 16, 64, 200, 400])
def test_an_import_for_which_the_disk_has_no_room_is_refused_and_leaves_the_ledger_as_it_was(
    working: Path, roster: Path, tmp_path: Path, room: int
) -> None:
    with small_disk(tmp_path / "优盘", working) as disk:
        ledger = disk / "台账.db"
        ledger.write_bytes(working.read_bytes())
        before = looked_at(ledger)
        filler = fill(disk, leave=room * 1024)
        ended = told(ledger, "import", "partners", str(roster), "--skip-bad")
        assert ended.returncode == 5, ended.stderr
        assert ended.stderr == f"磁盘已满，台账 {ledger} 没有写入任何内容。请腾出空间后重试。\n"
        assert looked_at(ledger) == before
        filler.unlink()
        assert not list(tmp_path.glob("*问题*"))


def test_rejected_rows_for_which_there_is_no_room_are_told_and_the_import_stands(
    working: Path, roster: Path, tmp_path: Path
) -> None:
    before = partners(working)
    with small_disk(tmp_path / "优盘", working) as disk:
        there = disk / "花名册.csv"
        there.write_bytes(roster.read_bytes())
        fill(disk, leave=0)
        ended = told(working, "import", "partners", str(there), "--skip-bad")
        assert sorted(file.name for file in disk.iterdir()) == ["照片.bin", "花名册.csv"]
    assert ended.returncode == 3
    assert "没有写出问题清单。" in ended.stderr
    assert "磁盘已满" in ended.stderr
    assert "已记账：凭证 V" in ended.stderr
    assert partners(working) - before == ROSTER
