"""Columns of lists: what was said of those of one source, kept for its next list of the kind."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from . import errors
from .answers import meant_before, remember_meant
from .settings import put_setting, setting_in_force

if TYPE_CHECKING:
    from .database import Database
    from .ledger import Ledger
    from .vouchers import Voucher


class Remembered(NamedTuple):
    """Which column of a source's lists of one kind is which field: `title` of the file, `field` by its code."""

    kind: str
    source: str
    field: str
    title: str


class NothingRemembered(errors.NotFound):
    """Of the lists of this kind and source nothing is remembered."""

    def __init__(self, source: str) -> None:
        super().__init__("来源", source, "记住的列见 hep import maps。")


def all_remembered(database: "Database") -> list[Remembered]:
    """Return every column that is remembered, by kind and source."""
    found = database.rows(_ALL, (_COLUMNS.format("", "").strip(),))
    return [
        Remembered(kind, source, field, title)
        for name, said in found
        for kind, source in [name.split(" ", 2)[1:]]
        for field, title in json.loads(said).items()
    ]


def forget(ledger: "Ledger", kind: str, source: str, *, key: str | None = None) -> int:
    """Remember nothing more of the columns of a source's lists of one kind, nor of answers about their rows.

    Returns the voucher's number. Raises NothingRemembered.
    """
    with ledger.voucher("import.forget", key=key, intention=[kind, source]) as voucher:
        columns = columns_remembered(ledger.database, kind, source)
        meant = meant_before(ledger.database, source) if kind == "partners" else {}
        if not columns and not meant:
            raise NothingRemembered(source)
        if columns:
            remember_columns(voucher, ledger.database, kind, source, {})
        if meant:
            remember_meant(voucher, ledger.database, source, {})
    return voucher.id


def columns_remembered(database: "Database", kind: str, source: str) -> dict[str, str]:
    """Return what was said of the columns of a source's lists of one kind: the title of the column that is each field."""
    columns: dict[str, str] = json.loads(setting_in_force(database, _COLUMNS.format(kind, source)) or "{}")
    return columns


def remember_columns(
    voucher: "Voucher", database: "Database", kind: str, source: str, columns: Mapping[str, str]
) -> None:
    """Keep in an open voucher, and undo with it, what columns of a source's lists of one kind are from now on."""
    said = json.dumps(columns, ensure_ascii=False, sort_keys=True)
    put_setting(voucher, database, _COLUMNS.format(kind, source), said)


_COLUMNS = "列的对应 {} {}"
"""The setting's name, which is what an undo calls it."""
_ALL = """
    SELECT name, value FROM setting WHERE name > ?1 || ' ' AND name < ?1 || '!' AND withdrawn = 0 ORDER BY name
"""
