"""What verification asks of each noun, a file per noun: its cards stand as its facts say, its sums are what was added up.

Each file has CHECKS; a new noun is a new file here, a new check is one function and its name there.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .shape import Check


@cache
def checks() -> tuple[Check, ...]:
    """Return the checks of all files."""
    files = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(check for file in files for check in getattr(file, "CHECKS", ()))
