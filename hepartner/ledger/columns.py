"""Columns of lists: what was said of those of one source, kept for its next list of the kind."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .settings import put_setting, setting_in_force

if TYPE_CHECKING:
    from .database import Database
    from .vouchers import Voucher


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
