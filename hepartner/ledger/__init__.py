"""The public door: Ledger, its errors, and the records its books return."""

from .ledger import Ledger

__all__ = ["Ledger"]
