"""The settings of this installation: which ledger, operator and community, unless a command line says."""

import json
import os
from pathlib import Path
from typing import NamedTuple

from typer import get_app_dir

from hepartner.ledger.errors import LedgerError

from .parameters import path

FILE_NAME = "hepartner.json"


class Office(NamedTuple):
    """What a command works on: the ledger file, the operator's name, the community worked in, if any."""

    ledger: Path
    operator: str
    community: str | None


class Unreadable(LedgerError):
    """The settings file holds something that `remember` never wrote."""

    exit_code = 2

    def __init__(self, file: Path) -> None:
        super().__init__(f"设置文件 {file} 的内容看不懂。请删除它，再运行 hep init 重新设置。")


def configured() -> dict[str, str]:
    """Return what `remember` wrote, empty if it never did. Raises OSError, Unreadable for other content."""
    file = _file()
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Unreadable(file) from error
    if not isinstance(found, dict):
        raise Unreadable(file)
    return {str(name): str(value) for name, value in found.items()}


def remember(**settings: str | None) -> Path:
    """Keep settings (ledger, operator, community) for later runs and return their file; None changes nothing.

    The file is written beside and renamed, so that a full disk never destroys the old one.
    """
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = configured() | {name: value for name, value in settings.items() if value is not None}
    draft = file.with_suffix(".tmp")
    draft.write_text(json.dumps(kept, ensure_ascii=False, indent=2), encoding="utf-8")
    draft.replace(file)
    return file


def office(**given: str | None) -> Office:
    """Return each setting as given, else from the environment (HEPARTNER_LEDGER …), else as configured.

    Blanks around a setting are none of it, and a blank one says nothing. Where nothing says it the ledger is one in the
    documents folder and the operator the login name.
    Raises OSError, Unreadable.
    """
    named = {name: os.environ.get(f"HEPARTNER_{name.upper()}") for name in given}
    settings: dict[str, str] = {}
    for source in (configured(), named, given):
        settings |= {name: value.strip() for name, value in source.items() if value and value.strip()}
    ledger = settings.get("ledger")
    return Office(
        ledger=path(ledger) if ledger else documents_ledger(),
        operator=settings.get("operator") or _login_name(),
        community=settings.get("community"),
    )


def documents_ledger() -> Path:
    """Return the visible default: 合伙人台账/台账.db in the user's documents folder."""
    from platformdirs import user_documents_path  # 16 ms, so only where nobody named a ledger

    return user_documents_path() / "合伙人台账" / "台账.db"


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user: a container, or Windows without USERNAME
        return "未具名"


def _file() -> Path:
    return Path(get_app_dir("hepartner")) / FILE_NAME
