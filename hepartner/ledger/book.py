"""What every book shares: its ledger and the ledger's database."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Database
    from .ledger import Ledger


class Book:
    """One noun's operations on one open ledger."""

    def __init__(self, ledger: "Ledger") -> None:
        self.ledger = ledger

    @property
    def database(self) -> "Database":
        """The ledger's connection."""
        return self.ledger.database
