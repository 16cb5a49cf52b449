"""What a ledger's schema must be, statement by statement: written into a new ledger and compared by `verify`."""

from collections.abc import Iterator

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from . import tables
from .triggers import all_triggers


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
