"""Words: what the codes of each noun are called in Chinese, a light file per noun.

Commands, help, log, undo, imports and sheets take their words here, so one thing is called one thing everywhere. A file
imports nothing and may have: COMMANDS (of the command file of the same name: how they are called, their Chinese alias, their
line in `hep --help` and its place there), VERBS and OPTIONS (words that only its commands use), ACTIONS (of its vouchers),
TABLES (what its rows are called), LETTERS (of its cards' codes), FILES (its lists that can be imported), and tables of codes such
as KINDS or STATUSES.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import NamedTuple


class Commands(NamedTuple):
    """What is known of a noun's commands before their `module` is imported; `verbs` are the words only they use."""

    name: str
    alias: str
    help: str
    place: int
    module: str
    verbs: Mapping[str, str]


@cache
def files() -> dict[str, ModuleType]:
    """Import every file of words and return them by name, in the order of help, those without commands last.

    A new noun is a new file here and a line nowhere else.
    """
    from pkgutil import iter_modules  # a counter command needs one file and no list of them

    found = [(one.name, import_module(f"{__name__}.{one.name}")) for one in iter_modules(__path__)]
    return dict(sorted(found, key=lambda named: (getattr(named[1], "COMMANDS", _LAST)[-1], named[0])))


@cache
def gathered(name: str) -> dict[str, str]:
    """Return the table of this name (ACTIONS, TABLES, OPTIONS, FILES) put together from all files."""
    return {code: word for file in files().values() for code, word in getattr(file, name, {}).items()}


@cache
def commands() -> dict[str, Commands]:
    """Return the commands of all nouns by name, in the order in which help shows them."""
    found = [_commands(name, file) for name, file in files().items() if hasattr(file, "COMMANDS")]
    return {one.name: one for one in found}


def commands_called(typed: str) -> Commands | None:
    """Return the commands of this name or alias; a name is answered from its own file of words alone."""
    if typed.isidentifier() and typed.isascii():
        with suppress(ModuleNotFoundError):
            file = import_module(f"{__name__}.{typed}")
            if hasattr(file, "COMMANDS"):
                return _commands(typed, file)
    return next((one for one in commands().values() if typed in (one.name, one.alias)), None)


@cache
def actions() -> dict[str, str]:
    """Return what people call the action of a voucher, by its code; an import is 导入 with the kind of list."""
    imports = {f"import.{code}": f"导入{word}" for code, word in gathered("FILES").items()}
    return gathered("ACTIONS") | imports


def _commands(name: str, file: ModuleType) -> Commands:
    return Commands._make((*file.COMMANDS, f"hepartner.commands.{name}", getattr(file, "VERBS", {})))


_LAST = (999,)
