"""What a ledger's schema must be, statement by statement: written into a new ledger and compared by `verify`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from . import tables
from .triggers import all_triggers


class Named(NamedTuple):
    """What a CREATE makes: TABLE, INDEX or TRIGGER, and its name."""

    kind: str
    name: str


def named(sql: str) -> Named:
    """Return what a CREATE statement makes; of a text that is none, the text itself as its name."""
    found = re.match(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) (\S+)", sql)
    return Named(found[1], found[2]) if found else Named("", sql)


def statements() -> Iterator[str]:
    """Yield every CREATE of a ledger in a fixed order: tables, indexes, triggers."""
    dialect = sqlite.dialect()
    nouns = tables.nouns()
    all_tables = [SQLModel.metadata.tables[name] for name in sorted(SQLModel.metadata.tables)]
    for table in all_tables:
        yield str(CreateTable(table).compile(dialect=dialect)).strip()
    for table in all_tables:
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
    yield from all_triggers(all_tables, nouns)
