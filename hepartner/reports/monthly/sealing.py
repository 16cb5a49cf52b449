"""Closing a month: what every area then reports is drawn up, checked and sealed with it."""

from functools import cache
from typing import TYPE_CHECKING

from hepartner.ledger.areas import Area
from hepartner.ledger.closing import Closed, Closing, DrawUp
from hepartner.ledger.counts.monthly import OneMonth
from hepartner.ledger.months import Span
from hepartner.reports.figures import CATALOGUE
from hepartner.reports.readings import Readings, area_named
from hepartner.reports.seals import Figured, Reported

from . import drawn_up
from .balances import check
from .subject import Subject

if TYPE_CHECKING:
    from hepartner.ledger import Ledger


def close_month(ledger: "Ledger", month: str, *, area: str | None = None, key: str | None = None) -> Closed:
    """Close a month in an area (the whole ledger's unless named) and seal what is reported of all that is closed by then.

    Raises errors.Unbalanced, and then nothing is closed; what `Closing.close` raises and what readings.area_named raises.
    """
    return ledger.book(Closing).close(area_named(ledger, area), month, drawing_up(ledger), key=key)


def drawing_up(ledger: "Ledger") -> DrawUp:
    """Return what draws up the content of a seal: of a month it reads the figures once for all areas."""

    @cache
    def read(month: str) -> tuple[Readings, dict[str, dict[int, int]]]:
        everywhere = (one.id for one in ledger.areas.communities())
        histories = OneMonth(ledger, month, everywhere).histories()
        rows = {one.code: ledger.counts.numbers_of_rows(one.code, Span.month(month)) for one in CATALOGUE}
        return Readings(ledger, through=month, histories=histories), rows

    def draw_up(area: Area, month: str) -> str:
        readings, rows = read(month)
        subject = Subject(ledger, area, month, readings=readings)
        book = drawn_up(subject)
        check(book, subject)
        return Reported(_figures(subject, rows), book).text()

    return draw_up


def _figures(subject: Subject, rows: dict[str, dict[int, int]]) -> dict[str, Figured]:
    """Return every figure of the area over the spans that are sealed, and the number of rows that it counted."""
    communities = subject.readings.communities(subject.area)
    over = subject.readings.over
    return {
        one.code: Figured(
            over(one.code, communities, subject.span),
            over(one.code, communities, subject.year),
            over(one.code, communities, subject.in_all),
            sum(rows[one.code].get(community, 0) for community in communities),
        )
        for one in CATALOGUE
    }
