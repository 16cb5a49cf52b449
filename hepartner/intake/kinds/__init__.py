"""One file per kind of file that `hep import` takes: its columns, and what its rows do to the ledger."""

from typing import Any

from hepartner.intake.plan import Kind


def kind_named(code: str) -> Kind[Any]:
    """The kind of this code, one of the FILES of the nouns' words; only its own file is loaded."""
    from importlib import import_module

    found: Kind[Any] = import_module(f"{__name__}.{code}").KIND
    return found
