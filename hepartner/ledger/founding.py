"""Founding a ledger: the file, its top area, the rules and categories that ship with hepartner; all of it or nothing."""

from pathlib import Path

from . import errors
from .areas import Area, check_said, kind_of
from .database import refuse_stray_journal
from .ledger import Clock, Ledger, local_time


def found(
    path: Path,
    *,
    area: str,
    operator: str,
    kind: str | None = None,
    office: str = "",
    expiry: str = "never",
    clock: Clock = local_time,
) -> Area:
    """Found a ledger whose top area is `area`, of a kind told by its name if not given; return that area.

    Raises errors.LedgerExists, errors.LedgerUnreadable, errors.StrayJournal, areas.BadArea, areas.UnknownKind.
    The file appears when it is complete.
    """
    check_said(area, "")
    kind = kind or kind_of(area)
    if path.exists():
        raise errors.LedgerExists(path)
    refuse_stray_journal(path)
    draft = path.with_name(f"{path.name}.建立中")
    draft.unlink(missing_ok=True)
    try:
        with Ledger.create(draft, operator=operator, clock=clock) as ledger:
            root = ledger.areas.add(kind, area).area
            ledger.rulebook.load_default()
            ledger.issues.load_default()
            for name, value in (("office", office), ("expiry", expiry)):
                if value != ledger.settings.get(name):
                    ledger.settings.set(name, value)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return root
