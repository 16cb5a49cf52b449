"""The monthly workbook: its sheets made of one reading of the ledger, balanced before it is written."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hepartner.ledger.areas import Area
from hepartner.ledger.chain import Anchor
from hepartner.ledger.months import month_of
from hepartner.reports.errors import MonthNotCome
from hepartner.reports.filling import filled
from hepartner.reports.readings import area_named
from hepartner.reports.saving import Saved, checked_workbook
from hepartner.reports.seals import sealed
from hepartner.reports.sheets import Book
from hepartner.reports.workbook import write

from . import (
    activities,
    board,
    breakdown,
    definitions,
    dispatches,
    evaluations,
    honours,
    issues,
    late,
    meetings,
    offers,
    overview,
    partners,
    pictures,
    points,
    projects,
    resolutions,
    resources,
    shop,
    supports,
    whistles,
)
from .balances import check
from .subject import Subject

if TYPE_CHECKING:
    from hepartner.ledger import Ledger

SHEETS = (
    overview.sheet,
    breakdown.sheet,
    partners.sheet,
    activities.sheet,
    points.sheet,
    shop.sheet,
    issues.sheet,
    dispatches.sheet,
    whistles.sheet,
    meetings.sheet,
    resolutions.sheet,
    resources.sheet,
    offers.sheet,
    supports.sheet,
    honours.sheet,
    projects.sheet,
    evaluations.sheet,
    late.sheet,
    board.sheet,
    pictures.sheet,
    definitions.sheet,
)
"""The sheets in their order in the workbook."""


def write_monthly(ledger: "Ledger", month: str, target: Path, *, area: str | None = None) -> Saved:
    """Write the workbook of an area (the whole ledger's unless named) for a month (YYYY-MM): a closed one as it was sealed.

    Raises the leaves of errors.BadTarget before anything is read, errors.Unbalanced before anything is written,
    errors.TargetUnwritable, errors.MonthNotCome, closing.SealBroken, and what readings.area_named raises.
    """
    path = checked_workbook(target, ledger.database.path)
    if month > month_of(ledger.today()):
        raise MonthNotCome(month, ledger.today())
    with ledger.snapshot():
        where = area_named(ledger, area)
        known = sealed_book(ledger, month, where)
        book = known or balanced_book(ledger, month, where)
    saved = write(book, path)
    return (
        replace(saved, notices=(f"{month} 已结账，按结账时封存的写出。", *saved.notices)) if known else saved
    )


def sealed_book(ledger: "Ledger", month: str, area: Area) -> Book | None:
    """Return the sheets of a month as they were sealed, with names as they are now; None where nothing is sealed."""
    found = sealed(ledger, area, month)
    if found is None:
        return None
    as_of = _as_of(datetime.fromisoformat(found.seal.closed_at), found.seal.anchor)
    return filled(ledger, found.reported.book, month, as_of)


def balanced_book(ledger: "Ledger", month: str, area: Area) -> Book:
    """Return the sheets of a month as the ledger stands. Raises errors.Unbalanced."""
    book, subject = monthly_book(ledger, month, area)
    check(book, subject)
    return book


def monthly_book(ledger: "Ledger", month: str, area: Area) -> tuple[Book, Subject]:
    """Return the typed sheets of a month as they are printed, and what they were made of."""
    subject = Subject(ledger, area, month)
    return filled(ledger, drawn_up(subject), month, _as_of(ledger.now(), ledger.anchor)), subject


def drawn_up(subject: Subject) -> Book:
    """Return the typed sheets of a month with mentions where names and other personal texts will stand."""
    sheets = tuple(make(subject) for make in SHEETS)
    ledger, title = subject.ledger, subject.title("社区合伙人工作月报")
    return Book(title, _office(ledger, subject.area), ledger.today(), sheets)


def _as_of(read: datetime, anchor: Anchor) -> str:
    return f"数据截至 {read:%Y-%m-%d %H:%M}；台账核对码：{anchor}"


def _office(ledger: "Ledger", area: Area) -> str:
    """Return who reports: the office of the settings for the whole ledger, else the area itself."""
    return (ledger.settings.get("office") if area.parent_id is None else "") or area.name
