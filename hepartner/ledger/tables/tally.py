"""Tallies 累计: the two longest tables of facts, summed by month and community, for what counts from the beginning.

They move with the facts as a balance does, and `verify` sums the facts again. With ten times the history a monthly
workbook took three times as long without them.
"""

from collections.abc import Iterator

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from .shape import STRICT, may_name


class EntryTally(SQLModel, table=True):
    """The points of one kind of entry that count in one month of one community."""

    __tablename__ = "entry_tally"
    __table_args__ = (STRICT,)
    kind: str = Field(primary_key=True, sa_type=Text)
    counted_in: str = Field(primary_key=True, sa_type=Text)
    community_id: int = Field(primary_key=True, foreign_key="area.id")
    points: int
    entry_id: int | None = may_name("entry")


class ParticipationTally(SQLModel, table=True):
    """The sign-in lines and the minutes that count in one month of one community."""

    __tablename__ = "participation_tally"
    __table_args__ = (STRICT,)
    counted_in: str = Field(primary_key=True, sa_type=Text)
    community_id: int = Field(primary_key=True, foreign_key="area.id")
    times: int
    minutes: int
    participation_id: int | None = may_name("participation")


def _kept(fact: str, keys: tuple[str, ...], measures: dict[str, str]) -> Iterator[str]:
    """Write the triggers that move a fact's tally; `measures` gives for each sum what a fact `f` adds to it."""
    tally, last = f"{fact}_tally", f"{fact}_id"
    here = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    added = ", ".join(f"{name} = {name} + {what.replace('f.', 'NEW.')}" for name, what in measures.items())
    columns, first = (
        ", ".join((*keys, *measures)),
        ", ".join((*(f"NEW.{key}" for key in keys), *("0" for _ in measures))),
    )
    yield f"""CREATE TRIGGER {fact}_tallied AFTER INSERT ON {fact} BEGIN
  INSERT INTO {tally} ({columns}) SELECT {first}
    WHERE NOT EXISTS (SELECT 1 FROM {tally} WHERE {here});
  UPDATE {tally} SET {added}, {last} = NEW.id WHERE {here};
END"""
    moved = " OR ".join(f"NEW.{key} <> OLD.{key}" for key in keys)
    of_fact = " AND ".join(f"f.{key} = NEW.{key}" for key in keys)
    differs = " AND ".join(f"NEW.{name} - OLD.{name} = {what}" for name, what in measures.items())
    yield f"""CREATE TRIGGER {tally}_guard BEFORE UPDATE ON {tally} BEGIN
  SELECT RAISE(ABORT, '累计只随流水变动。') WHERE {moved} OR NEW.{last} <= ifnull(OLD.{last}, 0) OR NEW.{last} IS NULL
    OR NOT EXISTS (SELECT 1 FROM {fact} f WHERE f.id = NEW.{last} AND {of_fact} AND {differs});
END"""
    begun = " OR ".join(f"NEW.{name} <> 0" for name in measures)
    yield f"""CREATE TRIGGER {tally}_new BEFORE INSERT ON {tally} BEGIN
  SELECT RAISE(ABORT, '累计从 0 开始。') WHERE {begun} OR NEW.{last} IS NOT NULL
    OR EXISTS (SELECT 1 FROM {tally} WHERE {here});
END"""
    yield f"""CREATE TRIGGER {tally}_no_delete BEFORE DELETE ON {tally} BEGIN
  SELECT RAISE(ABORT, '累计不能删除。');
END"""


TRIGGERS = (
    *_kept("entry", ("kind", "counted_in", "community_id"), {"points": "f.points"}),
    *_kept(
        "participation", ("counted_in", "community_id"), {"times": "f.sign", "minutes": "f.sign * f.minutes"}
    ),
)
