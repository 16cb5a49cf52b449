"""Backups: checked copies of a ledger beside it or elsewhere, each with its manifest, kept by days, weeks and months."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from glob import escape
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hepartner import __version__
from hepartner.files import names_from, sync, take_place, why, written_beside

from . import chain, errors
from .book import Book
from .database import SCHEMA_VERSION, Database, copied_to, opened
from .manifest import Manifest, NotAManifest, manifest_path, read_manifest
from .retention import departures, kept
from .settings import setting_in_force

if TYPE_CHECKING:
    from .custody import Verified

DRAFT = ".备份中"
"""Ends the name of a copy that is not finished; one that a killed process left is swept away after `_ABANDONED` seconds."""
_ABANDONED = 86_400


class BackupFailed(errors.BadFile):
    """A backup could not be made; the ledger is as it was."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"没有备份到 {folder}（{reason}），台账没有受影响。"
            "请检查这个文件夹和磁盘空间，或用 hep backup --folder 换一个文件夹。"
        )


class CopyUnsound(errors.BadFile):
    """The copy is not what a sound ledger's would be, so it was thrown away."""

    def __init__(self, ledger: Path, detail: str) -> None:
        super().__init__(f"台账 {ledger} 的副本没有通过检查（{detail}），没有留下备份。请运行 hep verify。")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup and what its manifest says."""

    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, those that rotation took away for it, and those it could not take away."""

    backup: Backup
    gone: tuple[Path, ...]
    stuck: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup and the day on which it goes if one is made every day."""

    backup: Backup
    until: date


def default_folder(ledger: Path) -> Path:
    """Return the folder in which a ledger's backups lie unless the settings say otherwise: beside it."""
    return ledger.with_name(f"{ledger.stem}-备份")


def folder_of(database: Database) -> Path:
    """Return the folder of a ledger's backups; one that the settings name is taken from where the ledger lies."""
    said = setting_in_force(database, "backups")
    return database.path.parent / said if said else default_folder(database.path)


def backups_in(folder: Path, ledger: str | None) -> list[Backup]:
    """Return the whole backups of a ledger (the uid of its first voucher), or of any, in a folder, oldest first."""
    found = (one for one in _manifests(folder, ledger) if one.path.is_file())
    return sorted(found, key=lambda one: one.manifest.taken)


def uid_of(database: Database) -> str:
    """Return what tells a ledger from all others: the uid of its first voucher."""
    return str(database.value("SELECT uid FROM voucher ORDER BY id LIMIT 1") or "")


def forgotten(database: "Database") -> list[str]:
    """Return the uids of the cards that were forgotten: what a backup of before forgets again when it is restored."""
    if not database.value("SELECT 1 FROM pragma_table_info('partner') WHERE name = 'forgotten_on'"):
        return []  # a format of before there was forgetting
    rows = database.rows("SELECT uid FROM partner WHERE forgotten_on IS NOT NULL ORDER BY id")
    return [uid for (uid,) in rows]


def back_up(database: Database, folder: Path | None, now: datetime) -> Made:
    """Make a backup of an open ledger and let older ones go; None is the ledger's own folder.

    Raises BackupFailed, CopyUnsound and, when the ledger itself can't be read, errors.BadFile leaves.
    """
    where = folder_of(database) if folder is None else folder
    try:
        if where == default_folder(database.path):
            where.mkdir(exist_ok=True)
        backup = _made(database, where, now)
        gone, stuck = _rotated(where, backup)
        _sweep(where, database.path, backup.manifest.ledger)
    except (errors.DiskFull, errors.LedgerUnreadable) as error:
        raise BackupFailed(
            where, "磁盘已满" if isinstance(error, errors.DiskFull) else error.detail
        ) from error
    except OSError as error:
        raise BackupFailed(where, why(error)) from error
    return Made(backup, gone, stuck)


class Backups(Book):
    """The backups of this ledger."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return folder_of(self.database)

    def make(self, folder: Path | None = None) -> Made:
        """Make a backup, in `folder` if one is named. Raises as `back_up`."""
        return back_up(self.database, folder, self.ledger.now())

    def before_the_first_write(self) -> None:
        """Make today's backup unless one stands as the ledger does; what keeps it from being made is left as a doubt."""
        try:
            newest = max(self.standing(), key=lambda one: one.manifest.taken, default=None)
            if newest and (newest.manifest.state, newest.manifest.schema) == (
                self.ledger.anchor,
                SCHEMA_VERSION,
            ):
                return
            stuck = self.make().stuck
        except (errors.LedgerError, OSError) as error:
            # A folder on a share or stick that is gone may not even be listed.
            failed = BackupFailed(self.folder, why(error)) if isinstance(error, OSError) else error
            self.ledger.doubts.append(f"今天记账前的备份没有做成。{failed}")
        else:
            self.ledger.doubts += [f"旧备份 {path} 删不掉，请手工删除。" for path in stuck]

    def standing(self, folder: Path | None = None) -> list[Backup]:
        """Return the ledger's backups in its own or another folder, oldest first."""
        return backups_in(folder or self.folder, uid_of(self.database))

    def listing(self, folder: Path | None = None) -> list[Kept]:
        """Return the same, newest first, with the day until which each is kept."""
        found = self.standing(folder)
        until = departures({one.manifest.taken for one in found}, schema=SCHEMA_VERSION)
        return [Kept(one, until[one.manifest.taken]) for one in reversed(found)]

    def verified(self, backup: Backup) -> "Verified":
        """Verify a backup as `hep verify` does the ledger."""
        with type(self.ledger).open(backup.path, operator=self.ledger.operator) as copy:
            return copy.custody.verify(anchor=backup.manifest.anchor)


def _made(database: Database, folder: Path, now: datetime) -> Backup:
    target, draft = _reserved(folder / f"{database.path.stem}-{now:%Y-%m-%d-%H%M%S}.db")
    try:
        shutil.copymode(database.path, draft)
        with database.reading():
            state = chain.anchor(database)
            copied_to(database, draft)
        counts = _sound(draft, database.path, state)
        sync(draft)
        with draft.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        manifest = Manifest(
            file=target.name, bytes=draft.stat().st_size, sha256=digest, ledger=uid_of(database),
            taken_at=now.isoformat(timespec="seconds"), anchor=str(state), vouchers=state.vouchers, points=state.points,
            head=state.head, counts=counts, forgotten=forgotten(database),
            schema=database.value("PRAGMA user_version"), program=__version__, sqlite=sqlite3.sqlite_version,
        )  # fmt: skip
        _put(draft, target, manifest)
    finally:
        draft.unlink(missing_ok=True)
    return Backup(target, manifest)


def _reserved(wanted: Path) -> tuple[Path, Path]:
    """Return a free name and an empty draft of it, which no other process has."""
    for target in names_from(wanted):
        draft = target.with_name(target.name + DRAFT)
        try:
            draft.touch(exist_ok=False)
        except FileExistsError:
            continue
        if not target.exists() and not manifest_path(target).exists():
            return target, draft
        draft.unlink()
    raise BackupFailed(wanted.parent, "同一秒里的备份太多")


def _sound(draft: Path, ledger: Path, state: chain.Anchor) -> dict[str, int]:
    """Check that a copy is whole and stands as the ledger stood; return the rows of each table."""
    with closing(opened(draft, oldest=0)) as copy:
        (message,) = copy.row("PRAGMA quick_check(1)")
        if message != "ok":
            raise CopyUnsound(ledger, message)
        if chain.anchor(copy) != state:
            raise CopyUnsound(ledger, f"核对码是 {chain.anchor(copy)}，应是 {state}")
        tables = copy.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {table: copy.value(f"SELECT count(*) FROM {table}") for (table,) in tables}


def _put(draft: Path, target: Path, manifest: Manifest) -> None:
    """Put a backup in its place, its manifest first: so there is no moment with a backup that has none."""
    paper = manifest_path(target)
    with written_beside(BytesIO(manifest.text().encode()), paper) as written:
        take_place(written, paper)
    try:
        take_place(draft, target)
    except OSError:
        paper.unlink()
        raise


def _manifests(folder: Path, ledger: str | None) -> Iterator[Backup]:
    """Yield what the manifests of a ledger in a folder name; what somebody renamed is no longer ours."""
    for path in sorted(folder.glob("*.json")):
        try:
            manifest = read_manifest(path)
        except (NotAManifest, OSError):
            continue
        if ledger in (None, manifest.ledger) and manifest_path(folder / manifest.file) == path:
            yield Backup(folder / manifest.file, manifest)


def _rotated(folder: Path, newest: Backup) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Delete the backups of this ledger that need not be kept any more; return those deleted and those that can't be."""
    found = backups_in(folder, newest.manifest.ledger)
    staying = {newest.manifest.taken, *kept(one.manifest.taken for one in found)}
    gone, stuck = [], []
    for one in found:
        if one.manifest.taken not in staying:
            try:
                one.path.unlink()
                manifest_path(one.path).unlink()
            except OSError:
                stuck.append(one.path)
            else:
                gone.append(one.path)
    return tuple(gone), tuple(stuck)


def _sweep(folder: Path, ledger: Path, uid: str) -> None:
    """Take away what killed processes left: drafts, and manifests whose backup never came or is gone."""
    left = [*folder.glob(f"{escape(ledger.stem)}-????-??-??-??????*.db{DRAFT}")]
    left += [manifest_path(one.path) for one in _manifests(folder, uid) if not one.path.exists()]
    for path in left:
        try:
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
        except OSError:  # another window was faster, or has it open
            continue
