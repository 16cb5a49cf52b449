"""Which backups stay: 7 daily, 4 weekly, 12 monthly, of each format."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hepartner.ledger.retention import Taken, departures, kept
from tests.ledger.conftest import CHINA

MOMENTS = st.integers(0, 1000 * 24).map(
    lambda hours: datetime(2025, 1, 1, tzinfo=CHINA) + timedelta(hours=hours)
)
BACKUPS = st.frozensets(st.builds(Taken, MOMENTS, st.sampled_from((6, 7))), max_size=60)


def taken(day: str, hour: int = 9, schema: int = 7) -> Taken:
    return Taken(datetime.fromisoformat(f"{day}T{hour:02d}:00:00+08:00"), schema)


def daily(first: date, days: int) -> list[Taken]:
    return [taken(str(first + timedelta(days=n))) for n in range(days)]


def test_of_two_years_of_days_seven_days_four_weeks_and_twelve_months_stay() -> None:
    found = sorted(str(one.at.date()) for one in kept(daily(date(2024, 1, 1), 700)))
    assert found == [
        "2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31",
        "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-09", "2025-11-16", "2025-11-23", "2025-11-24", "2025-11-25",
        "2025-11-26", "2025-11-27", "2025-11-28", "2025-11-29", "2025-11-30",
    ]  # fmt: skip


def test_of_one_day_the_last_stays() -> None:
    assert kept([taken("2025-11-20", 9), taken("2025-11-20", 15), taken("2025-11-20", 11)]) == {
        taken("2025-11-20", 15)
    }


def test_what_was_saved_before_a_migration_is_not_pushed_out_by_the_backups_after_it() -> None:
    before = taken("2025-11-20", 9, schema=6)
    assert before in kept([before, taken("2025-11-20", 10), *daily(date(2025, 11, 21), 300)])
    assert before not in kept([before, *daily(date(2025, 11, 21), 400)])


def test_an_office_that_made_none_for_years_keeps_what_it_has() -> None:
    old = taken("2020-03-05")
    assert kept([old, taken("2025-11-20")]) == {old, taken("2025-11-20")}


@given(BACKUPS)
def test_the_newest_of_every_recent_day_week_and_month_stays_and_little_else(
    backups: frozenset[Taken],
) -> None:
    staying = kept(backups)
    assert staying <= backups
    assert len(staying) <= 2 * (7 + 4 + 12)
    for label, count in (("%Y-%m-%d", 7), ("%G-%V", 4), ("%Y-%m", 12)):
        by_span: dict[str, Taken] = {}
        for backup in sorted(backups):
            by_span[backup.at.strftime(label)] = backup
        assert {by_span[span] for span in sorted(by_span)[-count:]} <= staying


@given(BACKUPS)
def test_rotating_after_each_backup_keeps_the_same_as_rotating_once(backups: frozenset[Taken]) -> None:
    staying: set[Taken] = set()
    for backup in sorted(backups):
        staying = kept({*staying, backup})
        assert backup in staying
    assert staying == kept(backups)


def test_each_backup_tells_the_day_on_which_it_goes() -> None:
    backups = [taken("2025-10-31"), taken("2025-11-16"), taken("2025-11-18"), taken("2025-11-20")]
    assert departures(backups, schema=7) == {
        taken("2025-10-31"): date(2026, 10, 1),
        taken("2025-11-16"): date(2025, 12, 8),
        taken("2025-11-18"): date(2025, 11, 26),
        taken("2025-11-20"): date(2025, 11, 27),
    }
    assert departures([], schema=7) == {}


@settings(deadline=None, max_examples=30)  # a year of days each
@given(BACKUPS.filter(bool))
def test_no_backup_goes_before_its_day_and_none_outlives_it(backups: frozenset[Taken]) -> None:
    until = departures(kept(backups), schema=7)
    last = max(until, key=lambda one: until[one])
    newest = max(backup.at for backup in backups)
    days = [Taken(newest + timedelta(days=n), 7) for n in range(1, 1 + (until[last] - newest.date()).days)]
    assert last not in kept({*backups, *days})
    assert last in kept({*backups, *days[:-1]})
