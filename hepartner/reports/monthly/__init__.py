"""The monthly workbook: its sheets made of one reading of the ledger, balanced before it is written."""

from pathlib import Path
from typing import TYPE_CHECKING

from hepartner.ledger.areas import Area
from hepartner.ledger.months import month_of
from hepartner.reports.errors import MonthNotCome
from hepartner.reports.readings import area_named
from hepartner.reports.saving import Saved, checked_workbook
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
    board.sheet,
    pictures.sheet,
    definitions.sheet,
)
"""The sheets in their order in the workbook."""


def write_monthly(ledger: "Ledger", month: str, target: Path, *, area: str | None = None) -> Saved:
    """Write the workbook of an area (the whole ledger's unless named) for a month (YYYY-MM).

    Raises the leaves of errors.BadTarget before anything is read, errors.Unbalanced before anything is written,
    errors.TargetUnwritable, errors.MonthNotCome, and what readings.area_named raises.
    """
    path = checked_workbook(target, ledger.database.path)
    if month > month_of(ledger.today()):
        raise MonthNotCome(month, ledger.today())
    with ledger.snapshot():
        book, subject = monthly_book(ledger, month, area_named(ledger, area))
        check(book, subject)
    return write(book, path)


def monthly_book(ledger: "Ledger", month: str, area: Area) -> tuple[Book, Subject]:
    """Return the typed sheets of a month, and what they were made of."""
    subject = Subject(ledger, area, month)
    sheets = tuple(make(subject) for make in SHEETS)
    return Book(subject.title("社区合伙人工作月报"), _office(ledger, area), ledger.today(), sheets), subject


def _office(ledger: "Ledger", area: Area) -> str:
    """Return who reports: the office of the settings for the whole ledger, else the area itself."""
    return (ledger.settings.get("office") if area.parent_id is None else "") or area.name
