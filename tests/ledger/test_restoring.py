"""Restoring a backup: into a new file, to the bit, with what is lost by it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.backups import Backup, Backups
from hepartner.ledger.errors import LedgerExists, StrayJournal
from hepartner.ledger.forgetting import Forgetting
from hepartner.ledger.manifest import NotAManifest, manifest_path
from hepartner.ledger.restoring import (
    BackupChanged,
    BackupMissing,
    BackupUnproved,
    NoManifest,
    NotRestored,
    Restored,
    restore,
)
from tests.ledger.conftest import Clock, enrol


@pytest.fixture
def backup(ledger: Ledger) -> Backup:
    """A backup of a ledger in which somebody has points; a voucher more was written since."""
    partner = enrol(ledger, "武玉侪")
    ledger.points.award(partner, 30)
    made = ledger.book(Backups).make().backup
    ledger.points.award(partner, 5)
    return made


def restored(backup: Path, ledger: Ledger, *, anchor: str | None = None, into: str = "新台账.db") -> Restored:
    present = ledger.database.path
    return restore(
        backup, present.parent / into, present=present, operator="李梅", clock=Clock(), anchor=anchor
    )


def left(ledger: Ledger) -> list[str]:
    """What lies beside the ledger besides it and its backups."""
    path = ledger.database.path
    return [file.name for file in path.parent.iterdir() if file.name not in (path.name, f"{path.stem}-备份")]


def test_a_restored_ledger_is_to_the_bit_what_was_backed_up(ledger: Ledger, backup: Backup) -> None:
    done = restored(backup.path, ledger)
    assert done.path.read_bytes() == backup.path.read_bytes()
    assert done.verified.findings == ()
    assert left(ledger) == ["新台账.db"]
    with Ledger.open(done.path, operator="李梅", clock=Clock()) as opened:
        assert opened.points.balance(opened.partners.find("武玉侪")) == 30
        opened.points.award(opened.partners.find("武玉侪"), 1)


def test_the_vouchers_that_are_lost_are_told(ledger: Ledger, backup: Backup) -> None:
    last = ledger.anchor.vouchers
    lost = restored(backup.path, ledger).lost
    assert lost is not None
    assert [(one.voucher, one.recorded_at, one.operator, one.action) for one in lost] == [
        (last, "2025-11-20T10:00:00+08:00", "李梅", "points.award")
    ]


def test_where_both_went_on_from_the_same_state_what_is_lost_begins_there(
    ledger: Ledger, backup: Backup
) -> None:
    path = restored(backup.path, ledger).path
    with Ledger.open(path, operator="李梅", clock=Clock()) as other:
        for _ in range(3):
            other.points.award(other.partners.find("武玉侪"), 1)
        theirs = other.book(Backups).make().backup.path
    lost = restored(theirs, ledger, into="再新.db").lost
    assert [one.voucher for one in lost or ()] == [ledger.anchor.vouchers]


@pytest.mark.parametrize("present", ["missing", "damaged", "another"])
def test_a_ledger_that_can_not_be_compared_is_no_obstacle(
    ledger: Ledger, backup: Backup, tmp_path: Path, present: str
) -> None:
    other = tmp_path / "别的.db"
    if present == "damaged":
        other.write_bytes(backup.path.read_bytes()[:5000])
    elif present == "another":
        Ledger.create(other, operator="陈一", clock=Clock()).close()
    done = restore(
        backup.path, ledger.database.path.with_name("新.db"), present=other, operator="李梅", clock=Clock()
    )
    assert done.lost is None


def test_one_flipped_bit_anywhere_is_refused_and_leaves_nothing(ledger: Ledger, backup: Backup) -> None:
    whole = backup.path.read_bytes()
    for place in [*range(0, len(whole), len(whole) // 40), len(whole) - 1]:
        backup.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        with pytest.raises(BackupChanged, match="校验和不同"):
            restored(backup.path, ledger)
    backup.path.write_bytes(whole)
    paper = manifest_path(backup.path)
    paper.write_text(paper.read_text(encoding="utf-8").replace('"vouchers": 7', '"vouchers": 6'), "utf-8")
    with pytest.raises(NotAManifest):
        restored(backup.path, ledger)
    assert left(ledger) == []


def test_the_copy_of_another_time_under_the_manifest_is_refused(ledger: Ledger, backup: Backup) -> None:
    later = ledger.book(Backups).make().backup.path
    shutil.copy(later, backup.path)
    with pytest.raises(BackupChanged):
        restored(backup.path, ledger)


def test_nothing_that_is_there_is_written_over(ledger: Ledger, backup: Backup) -> None:
    with pytest.raises(LedgerExists):
        restored(backup.path, ledger, into=ledger.database.path.name)
    journal = ledger.database.path.with_name("新台账.db-journal")
    journal.write_bytes(b"of another ledger")
    with pytest.raises(StrayJournal, match="会弄坏台账"):
        restored(backup.path, ledger)
    assert left(ledger) == [journal.name]


def test_what_is_no_backup_and_where_no_file_can_be_is_said(
    ledger: Ledger, backup: Backup, tmp_path: Path
) -> None:
    with pytest.raises(BackupMissing):
        restored(tmp_path / "没有.db", ledger)
    with pytest.raises(NotRestored, match="没有这个文件夹"):
        restored(backup.path, ledger, into="没有/新.db")


def test_without_its_manifest_a_backup_is_restored_only_by_an_anchor_that_was_printed(
    ledger: Ledger, backup: Backup
) -> None:
    manifest_path(backup.path).unlink()
    with pytest.raises(NoManifest, match="用 --anchor 写上"):
        restored(backup.path, ledger)
    with pytest.raises(BackupUnproved, match="台账里没有核对码"):
        restored(backup.path, ledger, anchor=str(ledger.anchor))
    done = restored(backup.path, ledger, anchor=backup.manifest.anchor)
    assert done.verified.findings == ()
    assert left(ledger) == ["新台账.db"]


def test_a_ledger_that_had_been_tampered_with_is_restored_as_it_was_and_that_is_told(
    ledger: Ledger, backup: Backup
) -> None:
    with closing(sqlite3.connect(ledger.database.path)) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
    done = restored(ledger.book(Backups).make().backup.path, ledger)
    assert [finding.check for finding in done.verified.findings] == ["结构定义"]
    assert backup.path.exists()


def test_a_backup_of_an_older_format_becomes_a_ledger_of_this_one(ledger: Ledger, tmp_path: Path) -> None:
    from hepartner.ledger.migrations import migrate

    old = tmp_path / "旧台账.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((Path(__file__).parent / "formats" / "6.sql").read_text(encoding="utf-8"))
    backup = migrate(old, operator="李梅", clock=Clock()).backup
    done = restored(backup.path, ledger)
    assert (done.migrated_from, done.verified.findings) == (6, ())
    done = restore(backup.path, tmp_path / "新.db", present=old, operator="李梅", clock=Clock())
    assert [one.action for one in done.lost or ()] == ["ledger.migrate"]


def test_who_was_forgotten_since_is_forgotten_again(ledger: Ledger, backup: Backup) -> None:
    someone = ledger.membership.leave(ledger.partners.find("武玉侪")).partner
    ledger.book(Forgetting).forget(someone)
    done = restored(backup.path, ledger)
    assert done.forgotten_again == (someone.code,)
    assert "武玉侪".encode() not in done.path.read_bytes()
    with Ledger.open(done.path, operator="李梅", clock=Clock()) as opened:
        now = opened.partners.get(someone.id)
        assert (now.name, now.status, opened.points.balance(now)) == ("已注销", "left", 30)
        assert opened.custody.verify().findings == ()


def test_a_newer_backup_tells_it_where_the_ledger_is_lost(
    ledger: Ledger, backup: Backup, tmp_path: Path
) -> None:
    someone = ledger.membership.leave(ledger.partners.find("武玉侪")).partner
    ledger.book(Forgetting).forget(someone)
    ledger.book(Backups).make()
    gone = tmp_path / "没有.db"
    done = restore(backup.path, tmp_path / "新.db", present=gone, operator="李梅", clock=Clock())
    assert (done.lost, done.forgotten_again) == (None, (someone.code,))


def test_the_backups_that_still_hold_somebody_are_named_with_their_last_day(ledger: Ledger) -> None:
    before = ledger.book(Backups).make().backup
    someone = enrol(ledger, "武玉侪")
    holds = ledger.book(Backups).make().backup
    someone = ledger.membership.leave(someone).partner
    book = ledger.book(Forgetting)
    book.forget(someone)
    ledger.book(Backups).make()
    (kept,) = book.backups_with(someone)
    assert (kept.backup.path, kept.until >= ledger.today()) == (holds.path, True)
    assert before.path != holds.path


def test_a_backup_that_holds_only_a_card_that_was_merged_since_is_named_too(ledger: Ledger) -> None:
    older = enrol(ledger, "汪芳")
    holds = ledger.book(Backups).make().backup
    someone = enrol(ledger, "王芳")
    ledger.membership.merge(older, someone)
    someone = ledger.membership.leave(someone).partner
    book = ledger.book(Forgetting)
    book.forget(someone)
    assert holds.path in [one.backup.path for one in book.backups_with(someone)]
