"""Star levels 星级: what each level asks, which level somebody has, and what the next one lacks."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

HIGHEST = 5
MOST = {"minutes": 600_000, "points": 10_000_000, "years": 100}
"""The most that a level may ask (`star_rule` in the tables)."""


class Asked(NamedTuple):
    """What one level asks of a year, from a day on: minutes, points, full years as a partner; 0 for nothing."""

    level: int
    minutes: int
    points: int
    years: int
    valid_from: str


class Had(NamedTuple):
    """What somebody had in a year."""

    minutes: int = 0
    points: int = 0
    years: int = 0


class Lacking(NamedTuple):
    """What somebody lacks of a level; 0 where it is reached."""

    level: int
    minutes: int
    points: int
    years: int


def faults(asked: Asked) -> list[str]:
    """Return what is wrong with what a level asks, one sentence each; empty when nothing is."""
    found = []
    if not 1 <= asked.level <= HIGHEST:
        found.append(f"星级 {asked.level} 不行，应是 1 到 {HIGHEST}。")
    if not any(asked[1:4]):
        found.append("没有写条件，人人都能评上。请写时长、积分、年限中的至少一项。")
    if asked.minutes < 0 or asked.minutes > MOST["minutes"]:
        found.append(f"时长不行，应是 0 到 {MOST['minutes'] // 60} 小时。")
    if asked.points < 0 or asked.points > MOST["points"]:
        found.append(f"积分 {asked.points} 不行，应是 0 到 {MOST['points']}。")
    if asked.years < 0 or asked.years > MOST["years"]:
        found.append(f"年限 {asked.years} 不行，应是 0 到 {MOST['years']} 年。")
    return found


def easier(versions: Sequence[tuple[int, Asked]], said: Asked) -> tuple[Asked, Asked] | None:
    """Return a lower and a higher level of which the higher would ask less of anything, on a day from `said` on; else None.

    Who has the higher level must have reached the lower too.
    """
    all_said = [*versions, (0, said)]
    days = {asked.valid_from for _, asked in all_said if asked.valid_from >= said.valid_from}
    for day in sorted(days):
        levels = sorted(asked for _, asked in in_force(all_said, day).values())
        for place, low in enumerate(levels):
            for high in levels[place + 1 :]:
                if any(more < less for more, less in zip(high[1:4], low[1:4], strict=True)):
                    return low, high
    return None


def in_force(versions: Iterable[tuple[int, Asked]], day: str) -> dict[int, tuple[int, Asked]]:
    """Return what governs each level on a day, with its id, from all in the order posted: the latest posted that had begun."""
    return {asked.level: (rule, asked) for rule, asked in versions if asked.valid_from <= day}


def lacking(asked: Asked, had: Had) -> Lacking:
    """Return what somebody lacks of a level."""
    return Lacking(
        asked.level,
        max(asked.minutes - had.minutes, 0),
        max(asked.points - had.points, 0),
        max(asked.years - had.years, 0),
    )


def reached(levels: Sequence[Asked], had: Had) -> int:
    """Return the highest level of which nothing lacks, 0 for none."""
    return max((asked.level for asked in levels if not any(lacking(asked, had)[1:])), default=0)


def next_lacking(levels: Sequence[Asked], had: Had) -> Lacking | None:
    """Return what lacks of the lowest level above the one reached; None at the top."""
    level = reached(levels, had)
    above = min((asked for asked in levels if asked.level > level), default=None)
    return lacking(above, had) if above else None


def full_years(joined_on: str, year: str) -> int:
    """Return how many full years somebody is a partner at the end of a year."""
    return max(int(year) - int(joined_on[:4]), 0)
