"""Retention: which backups are kept, and when each of them will go; pure."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple


class Taken(NamedTuple):
    """When a backup was taken, by the office's clock, and the format of the ledger in it."""

    at: datetime
    schema: int


SPANS: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (lambda at: at.date(), 7),
    (lambda at: at.isocalendar()[:2], 4),
    (lambda at: (at.year, at.month), 12),
)
"""7 daily, 4 weekly, 12 monthly: what tells two spans apart, and how many of the last ones keep a backup."""
_LONGEST = 400
"""Days after which every backup of today is gone where one is taken each day."""


def kept(backups: Iterable[Taken]) -> set[Taken]:
    """Return those that stay: of each of the last 7 days, 4 weeks and 12 months with backups the newest of each format.

    Spans without a backup don't count, so an office that closes for a year keeps what it has. A format that is no longer
    written has a newest of its own: what was saved before a migration is not pushed out by the backups after it.
    """
    newest_first = sorted(backups, reverse=True)
    staying: set[Taken] = set()
    for span, count in SPANS:
        last = list(dict.fromkeys(span(backup.at) for backup in newest_first))[:count]
        newest: dict[tuple[object, int], Taken] = {}
        for backup in newest_first:
            if span(backup.at) in last:
                newest.setdefault((span(backup.at), backup.schema), backup)
        staying |= set(newest.values())
    return staying


def departures(backups: Collection[Taken], *, schema: int) -> dict[Taken, date]:
    """Return the day on which each backup goes if one of this format is taken on every day after the newest of them."""
    left = set(backups)
    gone: dict[Taken, date] = {}
    for day in range(1, _LONGEST) if left else ():
        at = max(backup.at for backup in backups) + timedelta(days=day)
        stay = kept({*left, Taken(at, schema)})
        gone |= dict.fromkeys(left - stay, at.date())
        left = stay
    return {backup: gone[backup] for backup in backups}
