"""Backups: a copy that stands as the ledger stood, its manifest, and the rotation that takes only what is its own."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.backups import BackupFailed, Backups, CopyUnsound
from hepartner.ledger.manifest import NotAManifest, manifest_path, read_manifest
from tests.ledger.conftest import Clock, enrol


@pytest.fixture
def backups(ledger: Ledger) -> Backups:
    """The backups of a ledger in which somebody has points."""
    ledger.points.award(enrol(ledger, "武玉侪"), 30)
    return ledger.book(Backups)


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_backup_holds_every_row_of_the_ledger_and_lies_beside_it(backups: Backups) -> None:
    ledger = backups.database.path
    made = backups.make().backup
    assert made.path == ledger.parent / f"{ledger.stem}-备份" / f"{ledger.stem}-2025-11-20-100000.db"
    assert rows(made.path) == rows(ledger)
    assert {*made.path.parent.iterdir()} == {made.path, manifest_path(made.path)}


def test_the_manifest_says_what_the_file_was(backups: Backups) -> None:
    made = backups.make().backup
    content, said = made.path.read_bytes(), json.loads(manifest_path(made.path).read_text(encoding="utf-8"))
    assert said["sha256"] == sha256(content).hexdigest()
    assert said["bytes"] == len(content)
    assert said["anchor"] == str(backups.ledger.anchor)
    assert (said["counts"]["entry"], said["counts"]["partner"]) == (1, 1)
    assert said["taken_at"] == "2025-11-20T10:00:00+08:00"
    assert read_manifest(manifest_path(made.path)) == made.manifest


def test_one_flipped_bit_of_a_manifest_is_seen(backups: Backups) -> None:
    paper = manifest_path(backups.make().backup.path)
    whole = paper.read_bytes()
    for place in range(0, len(whole), 7):
        paper.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        with pytest.raises(NotAManifest):
            read_manifest(paper)


def test_a_copy_is_readable_by_those_who_may_read_the_ledger_and_nobody_else(backups: Backups) -> None:
    backups.database.path.chmod(0o600)
    assert backups.make().backup.path.stat().st_mode & 0o777 == 0o600


def test_two_backups_of_one_second_have_two_names(backups: Backups) -> None:
    first, second = backups.make().backup, backups.make().backup
    assert first.path != second.path
    assert {one.path for one in backups.standing()} == {first.path, second.path}


def test_a_named_folder_must_be_there(backups: Backups, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="U盘（没有这个文件夹），台账没有受影响。"):
        backups.make(tmp_path / "U盘")
    (tmp_path / "U盘").mkdir()
    assert backups.make(tmp_path / "U盘").backup.path.parent == tmp_path / "U盘"


def test_the_settings_name_another_folder_from_where_the_ledger_lies(backups: Backups) -> None:
    (backups.database.path.parent / "存").mkdir()
    backups.ledger.settings.set("备份文件夹", "存")
    assert backups.make().backup.path.parent == backups.database.path.parent / "存"


def test_of_a_ledger_with_a_broken_page_no_backup_is_left(backups: Backups) -> None:
    path, connection = backups.database.path, backups.database.connection
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'rule_version'").fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : (root - 1) * 4096 + 8] = b"\xff" * 8
    path.write_bytes(content)
    with Ledger.open(path, operator="李梅", clock=Clock()) as ledger:
        with pytest.raises(CopyUnsound, match="没有留下备份。请运行 hep verify。"):
            ledger.book(Backups).make()
        assert list(ledger.book(Backups).folder.iterdir()) == []


def test_rotation_deletes_the_oldest_of_this_ledger_and_nothing_else(
    backups: Backups, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "共用"
    folder.mkdir()
    with Ledger.create(tmp_path / "另一本.db", operator="陈一", clock=clock) as another:
        other = another.book(Backups).make(folder).backup.path
    renamed = folder / "结账前的备份.db"
    first = backups.make(folder).backup.path
    first.rename(renamed)
    manifest_path(first).rename(manifest_path(renamed))
    for file in ("说明.json", "台账.db", "台账-2020-01-01-000000.db"):
        (folder / file).write_text("{}")
    theirs = set(folder.iterdir())
    gone = []
    for _ in range(40):
        clock.now += timedelta(days=1)
        made = backups.make(folder)
        gone += made.gone
    standing = {one.path for one in backups.standing(folder)}
    assert len(standing) == 10
    assert len(gone) == 30
    assert set(folder.iterdir()) == theirs | standing | {manifest_path(path) for path in standing}
    assert other in theirs


def test_a_copy_of_a_manifest_is_no_second_backup(backups: Backups) -> None:
    made = backups.make().backup
    shutil.copy(manifest_path(made.path), made.path.with_name("副本.json"))
    assert backups.standing() == [made]


def test_the_listing_tells_until_when_each_is_kept(backups: Backups, clock: Clock) -> None:
    backups.make()
    clock.now += timedelta(days=1)
    backups.make()
    assert [(one.backup.manifest.taken_at[:10], str(one.until)) for one in backups.listing()] == [
        ("2025-11-21", "2025-11-28"),
        ("2025-11-20", "2025-11-27"),
    ]


def test_what_a_killed_backup_left_is_swept_away_a_day_later(backups: Backups) -> None:
    made = backups.make().backup
    draft = made.path.with_name(f"{backups.database.path.stem}-2025-11-19-080000.db.备份中")
    draft.write_bytes(b"half")
    made.path.unlink()
    backups.make()
    assert draft.exists()
    for left in (draft, manifest_path(made.path)):
        os.utime(left, (0, 0))
    backups.make()
    assert not draft.exists()
    assert not manifest_path(made.path).exists()


# Before the first write of a day


@pytest.fixture
def minded(backups: Backups, clock: Clock) -> Ledger:
    """The same ledger, opened as commands open it, on the next day."""
    clock.now += timedelta(days=1)
    return Ledger.open(backups.database.path, operator="李梅", clock=clock, backups=True)


def test_before_the_first_voucher_of_a_day_a_backup_is_made_of_how_the_ledger_stood(minded: Ledger) -> None:
    before, partner = minded.anchor, minded.partners.find("武玉侪")
    minded.points.award(partner, 1)
    minded.points.award(partner, 1)
    (made,) = minded.book(Backups).standing()
    assert made.manifest.state == before
    assert minded.doubts == []


def test_looking_something_up_and_trying_something_make_no_backup(minded: Ledger) -> None:
    with minded.rehearsal():
        minded.points.award(minded.partners.find("武玉侪"), 1)
    with minded.copy() as copy:
        copy.points.award(copy.partners.find("武玉侪"), 1)
    assert minded.book(Backups).standing() == []


def test_a_backup_that_stands_as_the_ledger_does_is_not_made_again(minded: Ledger) -> None:
    made = minded.book(Backups).make().backup
    minded.points.award(minded.partners.find("武玉侪"), 1)
    assert minded.book(Backups).standing() == [made]


def test_where_the_backup_fails_the_write_is_made_and_it_is_said(minded: Ledger) -> None:
    minded.book(Backups).folder.write_text("a file where the folder should be")
    minded.points.award(minded.partners.find("武玉侪"), 1)
    assert minded.anchor.points == 31
    (said,) = minded.doubts
    assert said.startswith("今天记账前的备份没有做成。没有备份到 ")
    assert said.endswith("请检查这个文件夹和磁盘空间，或用 hep backup --folder 换一个文件夹。")
