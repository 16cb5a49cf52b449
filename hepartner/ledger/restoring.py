"""Restoring: a backup made a ledger again, in a new file, once nothing of it differs from what was backed up."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from hepartner.files import sync, take_place, why

from . import chain, errors
from .backups import backups_in, forgotten, uid_of
from .custody import Verified
from .database import OLDEST_MIGRATED, SCHEMA_VERSION, Database, opened, refuse_stray_journal
from .forgetting import Forgetting
from .ledger import Clock, Ledger
from .manifest import Manifest, manifest_path, read_manifest

DRAFT = ".恢复中"


class BackupMissing(errors.BadFile):
    """There is no file where the backup should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有找到备份 {path}。备份有哪些见 hep backup list。")


class NoManifest(errors.BadFile):
    """Nothing proves that the file is what was backed up."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"备份 {path} 旁边没有清单 {manifest_path(path).name}，不能证明它完好，没有恢复。请把清单一起拷来；"
            "确实没有的，用 --anchor 写上那以前印在小票或月报上的核对码。"
        )


class BackupChanged(errors.BadFile):
    """The file is not what was backed up."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"备份 {path} 与清单不符（{detail}），已经损坏或被改动过，没有恢复。请换用另一份备份。"
        )


class BackupUnproved(errors.LedgerError):
    """A file without a manifest does not pass verification, or lacks the state whose anchor was named."""

    exit_code = 6

    def __init__(self, path: Path, verified: Verified) -> None:
        super().__init__(
            f"备份 {path} 没有清单，核验又有 {len(verified.findings)} 处不符，第一处是{verified.findings[0].message}"
            "没有恢复，请换用另一份备份。"
        )


class NotRestored(errors.BadFile):
    """The system refuses to write the new file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"没有恢复到 {path}（{reason}）。请检查文件夹和磁盘空间，或换一个位置。")


@dataclass(frozen=True, slots=True)
class Lost:
    """A voucher that the present ledger has and the backup has not."""

    voucher: int
    recorded_at: str
    operator: str
    action: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored ledger: what verification found in it, the format it was migrated from if any, and the vouchers lost.

    `lost` is None where there is no present ledger of the same origin that can be read. `forgotten_again` are the codes of
    partners who were forgotten since the backup, as the present ledger or a newer backup beside it knows.
    """

    path: Path
    verified: Verified
    migrated_from: int | None
    lost: tuple[Lost, ...] | None
    forgotten_again: tuple[str, ...]


def restore(
    backup: Path, into: Path, *, present: Path, operator: str, clock: Clock, anchor: str | None = None
) -> Restored:
    """Make a backup a ledger in a new file; return what is to be told of it. An older format is brought to the present one.

    `present` is the ledger it is compared with; `anchor`, one printed earlier, stands in for a manifest that is lost.
    Raises errors.LedgerExists, errors.StrayJournal, BackupMissing, NoManifest, manifest.NotAManifest, BackupChanged,
    BackupUnproved, NotRestored, errors.BadFile leaves. The file appears when it is complete.
    """
    _check_free(into)
    manifest = _proof(backup, anchor)
    draft = into.with_name(into.name + DRAFT)
    try:
        shutil.copy(backup, draft)
        before = _as_backed_up(backup, draft, manifest)
        migrated_from = _in_present_format(draft, before, operator, clock)
        with Ledger.open(draft, operator=operator, clock=clock) as ledger:
            verified = ledger.custody.verify(anchor=anchor or str(before))
            lost = _lost(ledger.database, present)
            again = ledger.book(Forgetting).again(_forgotten(ledger.database, backup, present))
        if verified.findings and not manifest:
            raise BackupUnproved(backup, verified)
        sync(draft)
        _check_free(into)
        take_place(draft, into)
    except OSError as error:
        raise NotRestored(into, why(error)) from error
    finally:
        for suffix in ("", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)
    return Restored(into, verified, migrated_from, lost, tuple(again))


def _check_free(into: Path) -> None:
    if into.exists():
        raise errors.LedgerExists(into)
    refuse_stray_journal(into)


def _proof(backup: Path, anchor: str | None) -> Manifest | None:
    if not backup.is_file():
        raise BackupMissing(backup)
    if manifest_path(backup).is_file():
        return read_manifest(manifest_path(backup))
    if anchor is None:
        raise NoManifest(backup)
    return None


def _as_backed_up(backup: Path, draft: Path, manifest: Manifest | None) -> chain.Anchor:
    """Check that a copy of a backup is to the bit what the manifest says; return the state it is in."""
    with draft.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if manifest and digest != manifest.sha256:
        raise BackupChanged(backup, "校验和不同")
    # By its own name, which is the one that errors are to tell.
    with closing(opened(backup, oldest=OLDEST_MIGRATED)) as database:
        state = chain.anchor(database)
    if manifest and state != manifest.state:
        raise BackupChanged(backup, f"核对码是 {state}，清单上是 {manifest.anchor}")
    return state


def _in_present_format(draft: Path, state: chain.Anchor, operator: str, clock: Clock) -> int | None:
    """Bring a draft to this program's format; return the one it had if that was another."""
    with closing(opened(draft, oldest=OLDEST_MIGRATED)) as database:
        format_: int = database.value("PRAGMA user_version")
        if format_ == SCHEMA_VERSION:
            return None
        from .migrations import bring

        bring(Ledger(database, operator=operator, clock=clock), state)
        return format_


def _lost(restored: Database, present: Path) -> tuple[Lost, ...] | None:
    """Return what the present ledger has after the last state that both had; None if it can't be read or is another."""
    try:
        with closing(opened(present, oldest=OLDEST_MIGRATED)) as other:
            if uid_of(other) != uid_of(restored):
                return None
            last = _last_in_both(lambda place: _seal(other, place), lambda place: _seal(restored, place))
            rows = other.rows(
                """SELECT v.id, v.recorded_at, o.name, v.action FROM seal s JOIN voucher v ON v.id = s.voucher_id
                JOIN operator o ON o.id = v.operator_id WHERE s.seq > ? ORDER BY v.id DESC""",
                (last,),
            )
            return tuple(Lost(*row) for row in rows)
    except errors.BadFile:
        return None


def _forgotten(restored: Database, backup: Path, present: Path) -> set[str]:
    """Return the uids of all cards of this ledger that the present one, or a backup that lies beside, has forgotten."""
    uid = uid_of(restored)
    found = {one for each in backups_in(backup.parent, uid) for one in each.manifest.forgotten}
    try:
        with closing(opened(present, oldest=OLDEST_MIGRATED)) as other:
            if uid_of(other) == uid:
                found.update(forgotten(other))
    except errors.BadFile:
        pass  # `_lost` tells that there is none to compare with.
    return found


def _seal(database: Database, place: int) -> str | None:
    found = database.value("SELECT sha256 FROM seal WHERE seq = ?", (place,))
    return None if found is None else str(found)


def _last_in_both(one: Callable[[int], str | None], other: Callable[[int], str | None]) -> int:
    """Return the last place up to which two chains are the same, 0 if nowhere: a seal vouches for all before it."""
    same, differs = 0, 1
    while one(differs) is not None and one(differs) == other(differs):
        same, differs = differs, 2 * differs
    while differs - same > 1:
        middle = (same + differs) // 2
        if one(middle) is not None and one(middle) == other(middle):
            same = middle
        else:
            differs = middle
    return same
