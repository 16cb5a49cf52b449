"""The diagnosis: one screen for support, whatever state the ledger is in, which changes nothing."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.backups import Backups
from hepartner.ledger.diagnosis import diagnosed
from hepartner.ledger.errors import DamagedLedger, ForeignFile, LedgerMissing, LockedLedger, OlderLedger
from hepartner.ledger.whereabouts import cloud_of, file_system
from tests.ledger.conftest import Clock, enrol


@pytest.fixture
def file(ledger: Ledger) -> Path:
    """A ledger in which somebody has points."""
    ledger.points.award(enrol(ledger, "武玉侪"), 30)
    return ledger.database.path


def seen(
    file: Path, clock: Clock | None = None, encoding: str = "utf-8"
) -> tuple[dict[str, tuple[str, str]], object]:
    """What stands on each line, and what keeps the ledger from being used."""
    found = diagnosed(file, encoding=encoding, operator="李梅", clock=clock or Clock())
    return {line.code: (line.found, line.advice) for line in found.lines}, found.trouble


def test_a_sound_ledger_can_be_used(ledger: Ledger, file: Path) -> None:
    before = file.read_bytes(), sorted(file.parent.iterdir())
    lines, trouble = seen(file)
    assert trouble is None
    assert lines["state"] == ("可以使用", "")
    assert lines["anchor"] == (str(ledger.anchor), "")
    assert lines["last_voucher"] == (f"V{ledger.anchor.vouchers}（2025-11-20T10:00:00+08:00）", "")
    assert lines["months"] == ("还没有结过账", "")
    assert lines["clock"] == ("2025-11-20 10:00:00 +0800", "")
    assert lines["last_backup"] == ("没有", "请运行 hep backup。")
    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before


def test_the_last_backup_and_its_age_are_told(ledger: Ledger, file: Path, clock: Clock) -> None:
    ledger.book(Backups).make()
    clock.now += timedelta(days=9)
    lines, _ = seen(file, clock)
    assert lines["last_backup"] == (
        "2025-11-20 10:00（9 天前，1 份）",
        "已经很久没有备份，请运行 hep backup。",
    )
    clock.now -= timedelta(days=9)
    assert seen(file)[0]["last_backup"][1].startswith("备份和台账在同一个磁盘上")


def test_months_that_wait_to_be_closed_and_a_clock_that_went_back_are_told(
    ledger: Ledger, file: Path, clock: Clock
) -> None:
    ledger.periods.close(ledger.areas.communities(), "2025-08")
    clock.now -= timedelta(days=2)
    lines, _ = seen(file, clock)
    assert lines["months"] == ("2025-09 至 2025-10", "请按月结账。")
    assert lines["last_voucher"][1] == "比现在的时间还晚：电脑的时间可能被改过，请核对系统时间。"


def test_a_screen_without_chinese_is_told(file: Path) -> None:
    found, advice = seen(file, encoding="cp437")[0]["encoding"]
    assert found.startswith("cp437（系统 ")
    assert advice.startswith("屏幕显示不了汉字")


def test_an_unfinished_journal_is_told_and_left_where_it_is(file: Path) -> None:
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(b"")
    assert seen(file)[0]["journal"][0] == journal.name
    assert journal.exists()


def test_where_there_is_no_ledger_the_rest_is_told(tmp_path: Path) -> None:
    lines, trouble = seen(tmp_path / "没有.db")
    assert isinstance(trouble, LedgerMissing)
    assert lines["state"] == ("不能使用", str(trouble))
    assert lines["folder"] == ("是", "")
    assert lines["last_backup"] == ("没有", "")
    lines, trouble = seen(tmp_path / "没有" / "没有.db")
    assert lines["folder"] == (str(tmp_path / "没有"), "没有这个文件夹。")


def test_a_damaged_ledger_still_tells_its_last_backup(ledger: Ledger, file: Path) -> None:
    ledger.book(Backups).make()
    ledger.close()
    file.write_bytes(file.read_bytes()[:200_000])
    lines, trouble = seen(file)
    assert isinstance(trouble, DamagedLedger)
    assert lines["last_backup"][0].startswith("2025-11-20 10:00（0 天前，1 份）")


def test_a_file_of_another_program_and_an_older_ledger_are_told(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的.db"
    other.write_text("姓名,电话\n" * 99)
    assert isinstance(seen(other)[1], ForeignFile)
    shutil.copy(file, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA user_version = 6")
    lines, trouble = seen(other)
    assert isinstance(trouble, OlderLedger)
    assert lines["format"] == ("6", "")


def test_a_ledger_that_another_window_holds_is_told(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lines, trouble = seen(file)
        assert isinstance(trouble, LockedLedger)
        assert lines["structure"] == ("完好", "")
    assert seen(file)[1] is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("C:/Users/李梅/OneDrive - 海城区/台账", "OneDrive"),
        ("D:/我的坚果云", "坚果云"),
        ("D:/BaiduNetdiskWorkspace/台账", "百度网盘"),
        ("D:/WPS云盘/台账", "WPS云盘"),
        ("D:/WPSDrive/123/WPS云盘", "WPS云盘"),
        ("C:/Users/李梅/Documents/合伙人台账", None),
    ],
)
def test_a_folder_that_a_service_synchronises_is_told_by_its_name(folder: str, service: str | None) -> None:
    assert cloud_of(Path(folder) / "台账.db") == service


def test_a_file_lies_on_the_file_system_mounted_nearest_above_it() -> None:
    mounts = [
        "/dev/sda1 / ext4 rw 0 0",
        "//server/office /mnt/share cifs rw 0 0",
        "x /mnt/a\\040b nfs4 rw 0 0",
    ]
    assert file_system(Path("/mnt/share/台账/台账.db"), mounts) == "cifs"
    assert file_system(Path("/mnt/shareware/台账.db"), mounts) == "ext4"
    assert file_system(Path("/mnt/a b/台账.db"), mounts) == "nfs4"
    assert file_system(Path("台账.db"), mounts) == ""


def test_a_synchronised_folder_is_warned_of(file: Path) -> None:
    folder = file.parent / "我的坚果云"
    folder.mkdir()
    shutil.copy(file, folder / "台账.db")
    assert seen(folder / "台账.db")[0]["cloud"][1].startswith("坚果云会在记账时搬动文件")
