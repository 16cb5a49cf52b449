"""The SQLModel tables, one file per noun; all are imported to create, migrate and verify a ledger (`schema`).

A filtered listing imports those it reads, no more: declaring all takes as long as importing sqlmodel.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def nouns() -> list[ModuleType]:
    """Import every file of tables, by name, and return them: a new noun is a new file here and a line nowhere else."""
    return [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
