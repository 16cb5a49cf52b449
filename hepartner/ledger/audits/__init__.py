"""Audits 审计: what deserves a look, a function for each; none of it is wrong by itself.

Each file has AUDITS, code to function; a new one is a function, its line there and its word in `hepartner/words/audit.py`.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from hepartner.words.audit import KINDS

from ..book import Book
from .shape import Audit, Notable, Scope

if TYPE_CHECKING:
    from ..areas import Area


@cache
def audits() -> dict[str, Audit]:
    """Return the audits of all files by their codes, in the order in which they are listed."""
    files = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    found = {code: audit for file in files for code, audit in getattr(file, "AUDITS", {}).items()}
    return {code: found[code] for code in KINDS}


class Audits(Book):
    """What the vouchers of some days show to whoever looks for mistakes and fraud."""

    def noted(self, first: str, last: str, *, under: "Area | None" = None) -> list[Notable]:
        """Return what deserves a look in the vouchers recorded on these days (ISO), of an area (everywhere if None)."""
        communities = None if under is None else tuple(one.id for one in self.ledger.areas.communities(under))
        scope = Scope(first, last, communities)
        with self.ledger.snapshot():
            return [
                noted._replace(audit=code)
                for code, audit in audits().items()
                for noted in audit(self.ledger, scope)
            ]
