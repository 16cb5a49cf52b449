"""Faults as they happen: processes killed, a full disk, a write-protected stick, many windows, files that are no ledger."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest

from hepartner.ledger import Ledger, database
from hepartner.ledger.errors import (
    DamagedLedger,
    DiskFull,
    ForeignFile,
    LedgerError,
    LedgerMissing,
    LedgerUnreadable,
    NewerLedger,
    OlderLedger,
    SQLiteTooOld,
)
from hepartner.ledger.stocking import Goods
from tests.commands.conftest import Hep, hep, path
from tests.faults.limits import files_of_at_most
from tests.ledger.conftest import enrol, templates
from tests.measuring import first_measured

__all__ = ["hep", "path", "templates"]

ROOT = Path(__file__).parents[1]
VICTIM = ROOT / "tests" / "faults" / "victim.py"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def working(path: Path) -> Path:
    """A ledger of somebody with 1000 points and a shelf with plenty."""
    with Ledger.open(path, operator="李梅", community="XF") as ledger:
        partner = enrol(ledger, "武玉侪")
        ledger.points.award(partner, 1000, day=date(2025, 1, 1))
        rice = ledger.shop.add(Goods(partner.community_id, "大米"), 10).item
        ledger.shop.stock_in([(rice, 500)])
    return path


def start(work: str, ledger: Path, *numbers: int) -> subprocess.Popen[str]:
    """Start a process that works on a ledger until it is stopped or has done it so many times."""
    words = [sys.executable, str(VICTIM), work, str(ledger), *map(str, numbers)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(words, text=True, encoding="utf-8", env=ENVIRONMENT, **pipes)


def told(ledger: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the whole program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "hepartner", "--ledger", str(ledger), *words],
        capture_output=True, check=False, cwd=ROOT, encoding="utf-8", env=ENVIRONMENT,
    )  # fmt: skip


def looked_at(path: Path) -> tuple[int, int]:
    """Return vouchers and facts of a ledger in which nothing is wrong."""
    with Ledger.open(path, operator="李梅") as ledger:
        verified = ledger.custody.verify()
    assert verified.findings == ()
    return verified.vouchers, verified.facts


# Killed


@pytest.mark.parametrize("seed", range(6))
def test_a_process_killed_while_it_awards_loses_nothing_it_had_said_was_written(
    working: Path, seed: int
) -> None:
    random, process = Random(seed), start("award", working)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(random.randint(1, 30))]
    time.sleep(random.random() / 100)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.communicate()
    last_said = int(said[-1])
    assert looked_at(working)[0] in (last_said, last_said + 1)


ROSTER = 1500


def test_an_import_killed_while_it_writes_leaves_all_of_its_file_or_nothing(
    working: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "花名册.csv"
    people = "\n".join(f"张{n:04d},个体,{13900000000 + n},幸福里社区" for n in range(ROSTER))
    roster.write_text(f"姓名,类型,联系电话,社区\n{people}\n", encoding="utf-8")
    facts, journal = looked_at(working)[1], working.with_name(f"{working.name}-journal")
    words = [sys.executable, "-m", "hepartner", "--ledger", str(working), "import", "partners", str(roster)]
    for delay in (0.0, 0.01, 0.03, 0.06):
        process = subprocess.Popen(words, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, encoding="utf-8")
        while not journal.exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        _, talk = process.communicate()
        written = looked_at(working)[1] - facts
        assert written in ((ROSTER,) if "已记账" in talk else (0, ROSTER))
    assert told(working, "import", "partners", str(roster)).returncode == 0
    assert looked_at(working)[1] - facts == ROSTER


# A ledger that is held


def test_a_ledger_that_another_window_holds_is_said_to_be_held_once_the_wait_is_over(
    working: Path, hep: Hep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database.PRAGMAS, "busy_timeout", 100)
    before = looked_at(working)
    other = sqlite3.connect(working, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    said = hep("points", "award", "武玉侪", "5")
    waited = time.monotonic() - began
    assert (said.code, said.out) == (5, "")
    assert (
        said.err == f"台账 {working} 正被另一个窗口使用，等待超时，没有写入任何内容。请等那边结束后重试。\n"
    )
    assert 0.1 <= waited < 5
    assert hep("points", "balance", "武玉侪").code == 0
    other.rollback()
    other.close()
    assert looked_at(working) == before
    assert hep("points", "award", "武玉侪", "5").code == 0


# Disks


@contextmanager
def small_disk(folder: Path, ledger: Path) -> Iterator[Path]:
    """Mount a disk a little larger than the ledger, which takes root's rights on Linux; skip the test where they are missing."""
    size = ledger.stat().st_size + 700 * 1024
    folder.mkdir()
    mounted = (
        [] if not sys.platform.startswith("linux") else ["mount", "-t", "tmpfs", "-o", f"size={size}", "none"]
    )
    if not mounted or subprocess.run([*mounted, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Fill a disk but for some bytes; return the file to be deleted when room is needed."""
    filler = disk / "照片.bin"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler.write_bytes(bytes(max(free - leave, 0)))
    return filler


@pytest.mark.parametrize("leave", [0, 4096, 12 * 1024, 40 * 1024])
def test_a_full_disk_refuses_the_award_in_one_sentence_and_the_ledger_stays_whole(
    working: Path, tmp_path: Path, leave: int
) -> None:
    with small_disk(tmp_path / "优盘", working) as disk:
        ledger = Path(shutil.copy(working, disk))
        filler, before = fill(disk, leave=leave), looked_at(ledger)
        for _ in range(200):
            ended = told(ledger, "points", "award", "武玉侪", "5", "--reason", "巡查" * 2000)
            if ended.returncode:
                break
            before = looked_at(ledger)
        assert (ended.returncode, ended.stdout) == (5, "")
        assert ended.stderr == f"磁盘已满，台账 {ledger} 没有写入任何内容。请腾出空间后重试。\n"
        assert looked_at(ledger) == before
        filler.unlink()
        assert told(ledger, "points", "award", "武玉侪", "5").returncode == 0
        assert looked_at(ledger)[0] == before[0] + 1


def test_a_file_that_may_not_grow_refuses_the_award_and_keeps_what_it_had(working: Path) -> None:
    before = looked_at(working)
    with Ledger.open(working, operator="李梅", community="XF") as ledger:
        partner = ledger.partners.find("武玉侪")
        pages = ledger.database.value("PRAGMA page_count")
        ledger.database.value(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull, match=r"磁盘已满，.*请腾出空间后重试"):
            ledger.points.award(partner, 5, reason="巡查" * 20000)
    assert looked_at(working) == before


def test_a_write_protected_stick_is_read_and_says_that_it_takes_nothing(
    working: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "优盘", working) as disk:
        ledger = Path(shutil.copy(working, disk))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert told(ledger, "points", "balance", "武玉侪").stdout == "XF-P0001 武玉侪 1000 分\n"
        ended = told(ledger, "points", "award", "武玉侪", "5")
    assert (ended.returncode, ended.stdout) == (5, "")
    assert ended.stderr.startswith(f"无法读写台账 {ledger}（")
    assert ended.stderr.endswith("），没有写入任何内容。请检查文件位置、权限和磁盘空间。\n")


@pytest.mark.parametrize("size", [0, 8192])
def test_a_month_report_for_which_there_is_no_room_is_refused_in_one_sentence(
    working: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    # Coverage would say on stderr, too, that it finds no room for its own file.
    for name in [name for name in ENVIRONMENT if name.startswith("COVERAGE_")]:
        monkeypatch.delitem(ENVIRONMENT, name)
    target = tmp_path / "月报.xlsx"
    words = ("report", "monthly", "2025-01", "-o", str(target))
    with files_of_at_most(size):
        ended = told(working, *words)
    assert (ended.returncode, ended.stdout) == (1, "")
    sentence = "写不进去（磁盘已满），原来的文件没有改动。请腾出磁盘空间、检查权限，或用 -o 换一个位置。"
    assert ended.stderr == f"报表 {target} {sentence}\n"
    assert not target.exists()


WRITTEN = {
    "月报.xlsx": ("report", "monthly", "2025-01"),
    "清单.xlsx": ("partner", "sheet", "武玉侪"),
    "积分.journal": ("export", "hledger"),
}


@pytest.mark.parametrize("leave", [0, 4096])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_full_disk_refuses_a_report_and_what_was_there_stands(
    working: Path, tmp_path: Path, name: str, leave: int
) -> None:
    with Ledger.open(working, operator="李梅", community="XF") as ledger:
        partner = ledger.partners.find("武玉侪")
        for _ in range(40):
            ledger.points.award(partner, 1)
    with small_disk(tmp_path / "优盘", working) as disk:
        target = disk / name
        target.write_bytes(b"old")
        filler = fill(disk, leave=leave)
        ended = told(working, *WRITTEN[name], "-o", str(target))
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr.startswith(f"报表 {target} 写不进去（磁盘已满），原来的文件没有改动。")
        assert target.read_bytes() == b"old"
        assert sorted(file.name for file in disk.iterdir()) == sorted([filler.name, name])
        filler.unlink()
        assert told(working, *WRITTEN[name], "-o", str(target)).returncode == 0
        assert target.read_bytes() != b"old"


def test_workbooks_are_written_though_the_folder_for_temporary_files_is_full(
    working: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "临时", working) as full:
        # Room enough for Python to take the folder, and for nothing more.
        fill(full, leave=4096)
        monkeypatch.setitem(ENVIRONMENT, "TMPDIR", str(full))
        roster = tmp_path / "花名册.csv"
        roster.write_text("姓名,类型,社区\n张伟,不知道,幸福里社区\n", encoding="utf-8")
        assert (
            told(working, "report", "monthly", "2025-01", "-o", str(tmp_path / "月报.xlsx")).returncode == 0
        )
        assert told(working, "template", "partners", "-o", str(tmp_path / "空表.xlsx")).returncode == 0
        assert told(working, "import", "partners", str(roster)).returncode == 3
    assert {file.name for file in tmp_path.glob("*.xlsx")} == {"月报.xlsx", "空表.xlsx", "花名册_问题.xlsx"}


# Files that are no ledger of ours


def _text(file: Path, _ledger: Path) -> None:
    file.write_text("姓名,电话\n武玉侪,13800138000\n" * 50, encoding="utf-8")


def _empty(file: Path, _ledger: Path) -> None:
    file.touch()


def _folder(file: Path, _ledger: Path) -> None:
    file.mkdir()


def _of_another_program(file: Path, _ledger: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE partner (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()


def _of_version(version: int) -> Callable[[Path, Path], None]:
    def make(file: Path, ledger: Path) -> None:
        shutil.copy(ledger, file)
        connection = sqlite3.connect(file)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()

    return make


def _missing(_file: Path, _ledger: Path) -> None:
    """Make nothing."""


NO_LEDGER: dict[str, tuple[Callable[[Path, Path], None], type[LedgerError], str]] = {
    "text": (_text, ForeignFile, "不是合伙人台账，没有改动它。请用 --ledger 指明正确的文件。"),
    "empty": (_empty, ForeignFile, "不是合伙人台账"),
    "folder": (_folder, ForeignFile, "不是合伙人台账"),
    "other program": (_of_another_program, ForeignFile, "不是合伙人台账"),
    "newer": (
        _of_version(99),
        NewerLedger,
        f"由更新的版本建立（格式 99，本程序只认到 {database.SCHEMA_VERSION}），没有改动它。请升级 hepartner。",
    ),
    "older": (
        _of_version(1),
        OlderLedger,
        f"是旧格式（格式 1，本程序用 {database.SCHEMA_VERSION}），没有改动它。请用建立它的那个版本的 hepartner 打开",
    ),
    "no version": (_of_version(0), OlderLedger, "是旧格式（格式 0，"),
    "missing": (_missing, LedgerMissing, "没有找到台账文件"),
}


@pytest.mark.parametrize(("make", "error", "sentence"), NO_LEDGER.values(), ids=NO_LEDGER)
def test_what_is_no_ledger_is_named_and_never_touched(
    working: Path, hep: Hep, make: Callable[[Path, Path], None], error: type[LedgerError], sentence: str
) -> None:
    file = working.with_name("别的文件")
    make(file, working)
    before = (
        (file.stat().st_mtime_ns, file.read_bytes()) if file.is_file() else sorted(working.parent.iterdir())
    )
    with pytest.raises(error):
        Ledger.open(file, operator="李梅")
    for words in (("points", "award", "武玉侪", "5"), ("verify",)):
        said = hep("--ledger", str(file), *words)
        assert (said.code, said.out, said.err.count("\n")) == (5, "", 1)
        assert sentence in said.err
        assert str(file) in said.err
    now = (file.stat().st_mtime_ns, file.read_bytes()) if file.is_file() else sorted(working.parent.iterdir())
    assert now == before


@pytest.mark.parametrize("kept", [0.1, 0.3, 0.5, 0.7, 0.95])
def test_a_file_cut_short_is_named_damaged_and_never_touched(working: Path, hep: Hep, kept: float) -> None:
    whole = working.read_bytes()
    working.write_bytes(whole[: int(len(whole) * kept)])
    before = (working.stat().st_mtime_ns, working.read_bytes())
    for words in (("points", "award", "武玉侪", "5"), ("verify",), ("partner", "list")):
        said = hep(*words)
        assert (said.code, said.out) == (5, "")
        assert said.err.startswith(f"台账 {working} 已损坏（")
        assert said.err.endswith("），没有改动它。请先复制一份留存，再从备份恢复。\n")
    assert (working.stat().st_mtime_ns, working.read_bytes()) == before


def test_a_schema_whose_text_is_no_text_any_more_is_named_damaged(working: Path, hep: Hep) -> None:
    whole, statement = working.read_bytes(), b"CREATE TRIGGER partner_no_delete"
    assert whole.count(statement) == 1
    working.write_bytes(whole.replace(statement, statement.replace(b"TRIGGER", b"\xd4RIGGER")))
    said = hep("points", "balance", "武玉侪")
    assert (said.code, said.out) == (5, "")
    assert said.err.startswith(f"台账 {working} 已损坏（")


def test_a_schema_that_names_a_column_otherwise_is_named_damaged(working: Path, hep: Hep) -> None:
    whole, column = (
        working.read_bytes(),
        b"CREATE TABLE closed_month (\n\tcommunity_id INTEGER NOT NULL, \n\tmonth",
    )
    assert whole.count(column) == 1
    working.write_bytes(whole.replace(column, column.replace(b"\tmonth", b"\tmontl")))
    for words in (("points", "award", "武玉侪", "5"), ("verify",)):
        said = hep(*words)
        assert (said.code, said.out) == (5, "")
        assert said.err.startswith(f"台账 {working} 已损坏（no such column")


COUNTED = (
    "entry", "standing", "stock_move", "item_price", "voucher", "seal", "balance", "stock", "area_founding", "closed_month",
)  # fmt: skip


def contents(file: Path) -> object:
    """Return every row of the tables that figures and balances rest on; None if SQLite can't read them."""
    connection = sqlite3.connect(file)
    try:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in COUNTED]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def found_by_verify(file: Path) -> bool:
    """Tell whether opening and verifying a ledger says that something is wrong with it."""
    try:
        with Ledger.open(file, operator="李梅") as ledger:
            return ledger.custody.verify().findings != ()
    except (DamagedLedger, ForeignFile, LedgerUnreadable, NewerLedger, OlderLedger):
        return True


@pytest.mark.parametrize("seed", first_measured(range(4), 1))
def test_a_flipped_bit_that_changes_a_fact_a_seal_or_a_balance_is_found(working: Path, seed: int) -> None:
    whole, true, random = working.read_bytes(), contents(working), Random(seed)
    changed = 0
    for _ in range(30):
        place, bit = random.randrange(len(whole)), 1 << random.randrange(8)
        working.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        found = found_by_verify(working)
        if contents(working) != true:
            changed += 1
            assert found, f"bit {bit} of byte {place}"
    assert changed


def test_an_old_sqlite_is_refused_before_anything_is_opened(
    working: Path, hep: Hep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    with pytest.raises(SQLiteTooOld):
        Ledger.open(working, operator="李梅")
    said = hep("points", "balance", "武玉侪")
    assert (said.code, said.out) == (5, "")
    assert said.err.startswith("SQLite 版本是 3.36.0，至少需要 3.37.0。")
