"""`hep backup` as typed, and what the first write of a day does by itself."""

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.manifest import manifest_path, read_manifest
from tests.commands.conftest import Hep
from tests.test_faults import small_disk

ROOT = Path(__file__).parents[2]
TOMORROW = datetime.now().astimezone() + timedelta(days=1)
"""Of a voucher that makes the next one, by the computer's own clock, the first of another day."""


def test_a_backup_is_made_and_listed(hep: Hep, path: Path) -> None:
    said = hep("backup")
    made = Path(said.out.strip())
    assert said.code == 0
    assert made.parent == path.with_name("台账-备份")
    assert said.err.startswith("已备份并检查：")
    (listed,) = json.loads(hep("备份", "列表", "--json").out)
    assert listed["path"] == str(made)
    assert listed["anchor"] in said.err
    assert hep("backup", "list").out.splitlines()[1].split("\t")[2] == listed["anchor"]


def test_a_backup_goes_into_a_named_folder_and_is_verified_in_full_when_asked(
    hep: Hep, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    assert Path(hep("备份", "--文件夹", str(stick), "--完整").out.strip()).parent == stick
    missing = hep("backup", "--folder", str(tmp_path / "没有"))
    assert (missing.code, missing.out) == (5, "")
    assert "（没有这个文件夹），台账没有受影响。" in missing.err


def test_a_full_verification_of_a_backup_finds_what_was_tampered_with(hep: Hep, ledger: Ledger) -> None:
    ledger.database.connection.execute("DROP TRIGGER entry_no_update")
    said = hep("backup", "--full")
    assert said.code == 6
    assert Path(said.out.strip()).exists()
    assert "核验发现 1 处不符" in said.err


def test_the_first_write_of_a_day_makes_a_backup_and_says_nothing_of_it(hep: Hep, path: Path) -> None:
    with Ledger.open(path, operator="李梅") as ledger:
        before = str(ledger.anchor)
    assert hep("partner", "find", "陈一").code == 4
    assert not path.with_name("台账-备份").exists()
    said = hep("partner", "add", "陈一"), hep("partner", "add", "陈二")
    assert [one.err.splitlines()[0] for one in said] == [
        f"已登记 XF-P000{n} 陈{name}（个体，幸福里社区）。" for n, name in ((1, "一"), (2, "二"))
    ]
    assert [len(one.err.splitlines()) for one in said] == [2, 2]
    (listed,) = json.loads(hep("backup", "list", "--json").out)
    assert listed["anchor"] == before


def test_where_the_backup_has_no_room_the_write_is_made_and_it_is_said(
    hep: Hep, path: Path, tmp_path: Path
) -> None:
    full = tmp_path / "满"
    hep("setting", "set", "备份文件夹", str(full))
    with Ledger.open(path, operator="李梅", clock=lambda: TOMORROW) as ledger:
        ledger.settings.set("office", "海城区")
    with small_disk(full, path):
        (full / "占满").write_bytes(b"x" * 700 * 1024)
        said = hep("partner", "add", "陈一")
        assert [file.name for file in full.iterdir()] == ["占满"]
    assert said.code == 0
    assert said.err.startswith(f"今天记账前的备份没有做成。没有备份到 {full}（磁盘已满），台账没有受影响。")
    assert "\n已登记 XF-P0001 陈一（个体，幸福里社区）。\n已记账：凭证 V" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_backup_that_is_killed_leaves_no_half_of_one(path: Path) -> None:
    folder = path.with_name("台账-备份")
    for delay in (0.0, 0.002, 0.004, 0.008, 0.016):
        process = subprocess.Popen(
            [sys.executable, "-m", "hepartner", "--ledger", str(path), "backup"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        while process.poll() is None and not [*folder.glob("*.db.备份中")]:
            time.sleep(0.0005)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for made in folder.glob("*.db"):
            manifest = read_manifest(manifest_path(made))
            assert sha256(made.read_bytes()).hexdigest() == manifest.sha256
    with Ledger.open(path, operator="李梅") as ledger:
        assert ledger.custody.verify().findings == ()
