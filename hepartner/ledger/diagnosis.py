"""Diagnosis: what support asks first about an installation and its ledger, also where the ledger can't be opened."""

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from locale import getpreferredencoding
from pathlib import Path

from hepartner import __version__
from hepartner.files import why, written_beside

from . import errors
from .backups import backups_in, default_folder, folder_of, uid_of
from .database import OLDEST_MIGRATED, SCHEMA_VERSION, Database, journals, opened
from .ledger import Clock, Ledger
from .months import month_of, shifted
from .whereabouts import cloud_of, is_shared

MEBI = 1024 * 1024
_STALE = timedelta(days=7)
_ROOM = 3
"""Ledgers' worth of room that a disk should have: a journal, a backup, and one more while it is being made."""
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it is, and what should be done about it if anything."""

    code: str
    title: str
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was looked at, and why the ledger can't be used if it can't."""

    lines: tuple[Line, ...]
    trouble: errors.BadFile | None


def diagnosed(path: Path, *, encoding: str, operator: str, clock: Clock) -> Diagnosis:
    """Look at a program and its ledger without changing either; `encoding` is what the program's words go out in.

    Whatever is wrong is a line; nothing is raised.
    """
    lines = [*_program(encoding, clock), *_place(path)]
    folder, ledger = default_folder(path), None
    try:
        with closing(opened(path, oldest=OLDEST_MIGRATED)) as database:
            database.write("PRAGMA busy_timeout = 1000")
            folder, ledger = folder_of(database), uid_of(database)
            lines += _contents(database)
            if (version := database.value("PRAGMA user_version")) < SCHEMA_VERSION:
                raise errors.OlderLedger(path, version, SCHEMA_VERSION, migrates=True)
            lines += _book_keeping(Ledger(database, operator=operator, clock=clock))
            _check_free(database)
    except errors.BadFile as error:
        trouble: errors.BadFile | None = error
        lines.append(Line("state", "状态", "不能使用", str(error)))
    else:
        trouble = None
        lines.append(Line("state", "状态", "可以使用"))
    return Diagnosis((*lines, *_backups(folder, ledger, path, clock)), trouble)


def _program(encoding: str, clock: Clock) -> Iterator[Line]:
    yield Line("program", "程序", f"hepartner {__version__}，台账格式 {SCHEMA_VERSION}")
    yield Line("python", "Python", f"{platform.python_version()}（{platform.architecture()[0]}）")
    yield Line("sqlite", "SQLite", sqlite3.sqlite_version)
    yield Line("system", "系统", platform.platform())
    readable = "合伙人台账".encode(encoding, errors="replace").decode(encoding) == "合伙人台账"
    advice = "" if readable else "屏幕显示不了汉字，请设环境变量 PYTHONUTF8=1，或换一个终端。"
    files = f"系统 {getpreferredencoding(do_setlocale=False)}，文件名 {sys.getfilesystemencoding()}"
    yield Line("encoding", "输出编码", f"{encoding}（{files}）", advice)
    now = clock()
    apart = now.utcoffset() not in (None, _CHINA)
    advice = "不是北京时间，凌晨记的账日期会不对，请在系统里改时区。" if apart else ""
    yield Line("clock", "日期时间", f"{now:%Y-%m-%d %H:%M:%S %z}", advice)


def _place(path: Path) -> Iterator[Line]:
    """What can be said of where the ledger lies, whether or not it is there."""
    yield Line("ledger", "台账", str(path), "" if path.exists() else "没有这个文件。")
    size = path.stat().st_size if path.is_file() else 0
    if size:
        yield Line("size", "大小", f"{size / MEBI:.1f} MB")
    real = Path(os.path.realpath(path))
    if service := cloud_of(real):
        advice = f"{service}会在记账时搬动文件，可能弄坏台账。请放到不同步的文件夹，只把备份放到这里。"
        yield Line("cloud", "同步文件夹", service, advice)
    if is_shared(real):
        yield Line(
            "share", "网络位置", "是", "几台电脑同时打开网络上的台账可能弄坏它。请放到本机，一台电脑记账。"
        )
    for journal in journals(path):
        advice = "上次记账没有正常结束，或有窗口正在记账；下次打开会自动复原。请不要单独删除或移走它。"
        yield Line("journal", "未完日志", journal.name, advice)
    folder = real.parent
    if not folder.is_dir():
        yield Line("folder", "文件夹", str(folder), "没有这个文件夹。")
        return
    free = shutil.disk_usage(folder).free
    advice = "磁盘快满了，请腾出空间。" if free < max(_ROOM * size, 100 * MEBI) else ""
    yield Line("free", "磁盘剩余", f"{free / MEBI:,.0f} MB", advice)
    try:
        with written_beside(BytesIO(b"hepartner"), folder / path.name):
            yield Line("folder", "文件夹可写", "是")
    except OSError as error:
        yield Line("folder", "文件夹可写", f"否（{why(error)}）", "记账要在这里写临时文件，请检查权限。")


def _contents(database: Database) -> Iterator[Line]:
    yield Line("format", "台账格式", str(database.value("PRAGMA user_version")))
    message = database.value("PRAGMA quick_check(1)")
    if message != "ok":
        raise errors.DamagedLedger(database.path, message)
    yield Line("structure", "文件结构", "完好")


def _book_keeping(ledger: Ledger) -> Iterator[Line]:
    anchor, now = ledger.anchor, ledger.now()
    yield Line("anchor", "核对码", str(anchor))
    last = ledger.database.value("SELECT recorded_at FROM voucher ORDER BY id DESC LIMIT 1")
    ahead = last and datetime.fromisoformat(last) > now
    advice = "比现在的时间还晚：电脑的时间可能被改过，请核对系统时间。" if ahead else ""
    yield Line("last_voucher", "最近一笔", f"V{anchor.vouchers}（{last}）", advice)
    communities, last_month = ledger.areas.communities(), shifted(month_of(now.date()), -1)
    through = {ledger.periods.closed_through(community.id) for community in communities}
    waiting = min(through, default="")
    if waiting and waiting < last_month:
        yield Line("months", "待结账期", f"{shifted(waiting, 1)} 至 {last_month}", "请按月结账。")
    else:
        yield Line("months", "待结账期", "无" if waiting else "还没有结过账")


def _check_free(database: Database) -> None:
    """Find out whether a voucher could be written now. Raises errors.LockedLedger, errors.LedgerUnreadable."""
    with database.rehearsal():
        pass


def _backups(folder: Path, ledger: str | None, path: Path, clock: Clock) -> Iterator[Line]:
    """The newest backup; of a ledger that can't be opened, whichever lies in its folder."""
    found = backups_in(folder, ledger)
    yield Line("backups", "备份文件夹", str(folder))
    if not found:
        yield Line("last_backup", "最近备份", "没有", "请运行 hep backup。" if path.exists() else "")
        return
    newest, age = found[-1], clock() - found[-1].manifest.taken.at
    advice = "已经很久没有备份，请运行 hep backup。" if age > _STALE else ""
    if folder.exists() and path.exists() and folder.stat().st_dev == path.stat().st_dev:
        advice = (
            advice or "备份和台账在同一个磁盘上，磁盘坏了两样都没有：请常用 hep backup --folder 备份到别处。"
        )
    told = f"{newest.manifest.taken_at[:16].replace('T', ' ')}（{age.days} 天前，{len(found)} 份）"
    yield Line("last_backup", "最近备份", told, advice)
    yield Line("backup_file", "备份文件", newest.path.name)
