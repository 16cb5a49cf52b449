"""Filling in: the last step before sheets are written, in which mentions become the words that they stand for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hepartner.ledger.counts.mentions import MENTION, Mentions

from .sheets import Book, Cell, Sheet, Table

if TYPE_CHECKING:
    from hepartner.ledger import Ledger

AS_OF = "\x02as of\x03"
"""Where the workbook says as of when it was read and which ledger that was."""


def filled(ledger: "Ledger", book: Book, month: str, as_of: str) -> Book:
    """Return the book of a month with the words that its mentions stand for, and `as_of` where it says when it was read."""
    words = ledger.book(Mentions).words(_texts(book), month)

    def said(text: str) -> str:
        return MENTION.sub(lambda found: words[found[0]], text)

    def table(old: Table) -> Table:
        return replace(old, rows=tuple(replace(row, values=tuple(map(cell, row.values))) for row in old.rows))

    def cell(value: Cell) -> Cell:
        return said(value) if isinstance(value, str) and value else value

    def sheet(old: Sheet) -> Sheet:
        notes = tuple(said(note).replace(AS_OF, as_of) for note in old.notes)
        return replace(old, tables=tuple(map(table, old.tables)), notes=notes)

    return replace(book, sheets=tuple(map(sheet, book.sheets)))


def _texts(book: Book) -> Iterator[str]:
    for sheet in book.sheets:
        yield from sheet.notes
        for table in sheet.tables:
            for row in table.rows:
                yield from (value for value in row.values if isinstance(value, str))
