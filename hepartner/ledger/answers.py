"""Answers about rows of rosters: which row of a source means which card, kept so that nobody is asked about it again."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .settings import put_setting, setting_in_force

if TYPE_CHECKING:
    from .database import Database
    from .vouchers import Voucher


def meant_before(database: "Database", source: str) -> dict[str, int]:
    """Return the cards (ids) that rows of a source's rosters were said to mean, by the marks of the rows."""
    meant: dict[str, int] = json.loads(setting_in_force(database, _MEANT.format(source)) or "{}")
    return meant


def remember_meant(voucher: "Voucher", database: "Database", source: str, meant: Mapping[str, int]) -> None:
    """Keep in an open voucher, and undo with it, which cards rows of a source's rosters mean; none forgets all."""
    said = json.dumps(meant, sort_keys=True)
    put_setting(voucher, database, _MEANT.format(source), said)


_MEANT = "同一位的答复 {}"
"""The setting's name, which is what an undo calls it."""
