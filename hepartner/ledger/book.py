"""What every book shares: its ledger, the ledger's database, and how a write answers."""

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from .database import Database
    from .ledger import Ledger

T = TypeVar("T")


class Written(NamedTuple, Generic[T]):
    """What a write did: the thing as it stands now and the voucher."""

    now: T
    voucher: int


class Book:
    """One noun's operations on one open ledger."""

    def __init__(self, ledger: "Ledger") -> None:
        self.ledger = ledger

    @property
    def database(self) -> "Database":
        """The ledger's connection."""
        return self.ledger.database
