"""The programs that hepartner is measured beside: sqlite-utils in an environment of its own, hledger of the system."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from . import ledgers


def sqlite_utils() -> Path:
    """Return the program `sqlite-utils` of a clean environment, installed by pip when it is not there yet."""
    folder = ledgers.FOLDER / "sqlite-utils"
    program = folder / ("Scripts/sqlite-utils.exe" if sys.platform == "win32" else "bin/sqlite-utils")
    if not program.exists():
        ledgers.FOLDER.mkdir(exist_ok=True)
        venv.create(folder, with_pip=True, clear=True)
        python = program.with_name("python.exe" if sys.platform == "win32" else "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "sqlite-utils"], check=True)
    return program


def hledger() -> str | None:
    """Return the program `hledger`, None where it is not installed."""
    return shutil.which("hledger")


def journal(name: str) -> Path:
    """Return the entries of a ledger as a journal that hledger reads: one transaction for each entry."""
    path = ledgers.ledger(name).with_suffix(".journal")
    if not path.exists():
        draft = path.with_suffix(".draft")
        sql = """SELECT e.happened_on, e.kind, p.code, e.points FROM entry e JOIN partner p ON p.id = e.partner_id
            ORDER BY e.happened_on, e.id"""
        with ledgers.opened(ledgers.ledger(name)) as ledger, draft.open("w", encoding="utf-8") as file:
            for day, kind, code, points in ledger.database.stream(sql):
                file.write(f"{day} {kind}\n  partner:{code}  {points}\n  programme:{kind}\n\n")
        draft.rename(path)
    return path
