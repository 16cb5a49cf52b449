"""What the tests that go over all nouns need of each: a file per noun, found by its being here.

A file may have: `fill` (work in the ledger that the guards are tried against), REFUSED and TAKEN_BACK (see
tests/guards/attempts.py), TURNED (card to a statement that turns one against its facts in that ledger, and the check that
finds it), CARDS and FACTS (its tables), READING and LARGE (its commands that read and are not called list or show, and those
of many rows), LATE (for each kind of list a header and a row of 5 March 2025 about 爱心协会 and 幸福里社区, which stand on what
`before_late` did), DECK (what an office may do with the noun in a random story, and how often), and for the recount FLOWS and
STOCKS (codes of its figures), KEPT (SQL that finds stocks on the cards), PART_TAKING (its fact tables in which partners take
part), `state` (what stands of its flows and stocks at the end of a month), HEADS (figure of heads to its fact tables),
MEDIANS (to the function that returns the lengths in minutes), OTHERS (figures of another nature: code to a function), and for
the sheet of what partners gave and received SHEET_STOCKS (codes of lines that tell what stands at the end of the months) and
`exchanged` (what each card brings at the end of a month: code, partner, amount, and what it is one of where it counts once for a
person).
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


@cache
def nouns() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))


def listed(name: str) -> tuple[Any, ...]:
    return tuple(one for noun in nouns() for one in getattr(noun, name, ()))


def gathered(name: str) -> dict[Any, Any]:
    return {key: value for noun in nouns() for key, value in getattr(noun, name, {}).items()}
