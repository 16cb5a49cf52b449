"""A ledger for a community partner programme, kept in one SQLite file."""

__version__ = "0.1.0"
