"""A disk that fails at a call, and a process killed at one: what is said is true, and all of a voucher stands or nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import path
from tests.ledger.conftest import templates
from tests.long.kill_everywhere import EIO, ENOSPC, ENVIRONMENT, KILL, ROOT, calls_of, run, sweep
from tests.test_faults import looked_at, told, working

__all__ = ["path", "templates", "working"]

REDEEM = ["shop", "redeem", "武玉侪", "大米"]


@pytest.fixture(autouse=True)
def _traced() -> None:
    """Only where strace is installed and may look into processes."""
    strace = shutil.which("strace")
    if (
        not strace
        or subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("strace is not installed or not allowed here (Debian: apt-get install strace)")


@pytest.mark.parametrize("fault", [KILL, EIO, ENOSPC])
def test_a_redemption_that_is_struck_at_any_call_is_there_or_not_as_it_says(
    working: Path, fault: str
) -> None:
    """At every so manieth call; tests/long/kill_everywhere.py strikes at each."""
    sweep(working, REDEEM, fault, step=17)


def test_a_disk_that_fails_behind_the_commit_says_that_the_voucher_may_stand(
    working: Path, tmp_path: Path
) -> None:
    last = calls_of(working, REDEEM)["fdatasync"]
    before, ledger = looked_at(working)[0], Path(shutil.copy(working, tmp_path / "记账.db"))
    ended = run(ledger, REDEEM, "-e", "trace=fdatasync", "-e", f"inject=fdatasync:{EIO}:when={last}")
    assert (ended.returncode, ended.stdout) == (5, "")
    assert ended.stderr == (
        f"记凭证 V{before + 1} 时磁盘出错，台账 {ledger} 里可能已有它，但不一定存牢。"
        "请先用 hep log --limit 3 查看，没有再重记；并尽快检查磁盘、做备份。\n"
    )
    assert looked_at(ledger)[0] == before + 1
    assert told(ledger, "log", "--limit", "3").stdout.startswith("凭证")


def test_a_disk_that_can_not_be_read_again_after_it_failed_says_no_more_than_is_known(
    working: Path, tmp_path: Path
) -> None:
    whole = Path(shutil.copy(working, tmp_path / "试记.db"))
    run(whole, REDEEM, "-e", "trace=pread64,fdatasync")
    trace = Path(f"{whole}.trace").read_text(encoding="utf-8")
    before, _, _ = trace.rpartition("fdatasync(")
    reads, syncs = before.count("pread64("), trace.count("fdatasync(")
    ledger = Path(shutil.copy(working, tmp_path / "记账.db"))
    sync, read = f"inject=fdatasync:{EIO}:when={syncs}", f"inject=pread64:{EIO}:when={reads + 1}+"
    ended = run(ledger, REDEEM, "-e", "trace=pread64,fdatasync", "-e", sync, "-e", read)
    assert (ended.returncode, ended.stdout) == (5, "")
    assert "可能已有它，但不一定存牢" in ended.stderr


@pytest.mark.parametrize("words", [("report", "monthly", "2025-01"), ("export", "hledger")], ids=" ".join)
def test_a_disk_that_fails_while_a_report_is_synced_leaves_the_old_one(
    working: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    target = tmp_path / "月报.xlsx"
    target.write_bytes(b"old")
    ended = subprocess.run(
        ["strace", "-o", "/dev/null", "-e", "trace=fsync", "-e", f"inject=fsync:{EIO}:when=1", sys.executable, "-m",
         "hepartner", "--ledger", str(working), *words, "-o", str(target)],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"报表 {target} 写不进去（磁盘读写出错），原来的文件没有改动。")
    assert target.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.tmp"))
