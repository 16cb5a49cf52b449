"""How words on the command line become values: whole numbers, days, choices and paths as people here type them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from typer._click import types
from typer._click.core import Context, Parameter
from typer._click.shell_completion import CompletionItem
from typer.core import TyperOption
from typer.models import TyperPath

from . import glossary


class Reading(types.ParamType):
    """A value read by a function that raises ValueError with a Chinese sentence."""

    def __init__(self, read: Callable[[str], object], name: str) -> None:
        self.read = read
        self.name = name

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        """Return what the function reads; other than text is a default already read."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def get_metavar(self, param: Parameter, ctx: Context) -> str:
        """Return the word for such a value."""
        return self.name


class Choice(types.ParamType):
    """One code of a glossary table, given as the code or as its Chinese word; the value is the code."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self.name = "|".join(words.values())

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> str:
        """Return the code."""
        typed = str(value).strip().casefold()
        for code, word in self.words.items():
            if typed in (code, word):
                return code
        return self._refuse(str(value), param, ctx)

    def _refuse(self, typed: str, param: Parameter | None, ctx: Context | None) -> NoReturn:
        known = "、".join(f"{word}（{code}）" for code, word in self.words.items())
        self.fail(f"没有“{typed}”，可用：{known}", param, ctx)

    def get_metavar(self, param: Parameter, ctx: Context) -> str:
        """Return the Chinese words."""
        return self.name

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the codes and words that begin like this."""
        both = [text for pair in self.words.items() for text in pair]
        return [CompletionItem(text) for text in both if text.startswith(incomplete)]


def whole(least: float | None = None, most: float | None = None) -> Reading:
    """Return the type of whole numbers within bounds (0 to 999,999,999); 十二, １２ and 12 are one number."""
    bounds = {name: int(bound) for name, bound in (("least", least), ("most", most)) if bound is not None}

    def read(text: str) -> int:
        from hepartner.chinese.numbers import parse_whole

        return parse_whole(text, han_numerals=True, **bounds)

    return Reading(read, "整数")


def path(text: str) -> Path:
    """Return the path; quotes that a Windows console adds to a dragged file are taken off, ~ is the home folder."""
    stripped = text.strip()
    for opening, closing in ('""', "''", "“”"):
        if len(stripped) > 1 and stripped.startswith(opening) and stripped.endswith(closing):
            stripped = stripped[1:-1]
    if not stripped:
        raise ValueError("文件名是空的")
    return Path(stripped).expanduser()


def spoken(param: Parameter) -> Parameter:
    """Give a parameter its Chinese synonyms and Chinese types in place of typer's; return it."""
    if isinstance(param, TyperOption):
        param.opts += [
            word for word in map(glossary.OPTIONS.get, param.opts) if word and word not in param.opts
        ]
        param.secondary_opts = [word for word in param.secondary_opts if not word.startswith("--no-")]
    elif param.metavar is None:
        param.metavar = glossary.ARGUMENTS.get(str(param.name), param.name)
    if isinstance(param.type, types.IntRange):
        param.type = whole(param.type.min, param.type.max)
    elif isinstance(param.type, types.IntParamType):
        param.type = whole()
    elif isinstance(param.type, TyperPath):
        param.type = Reading(path, "文件")
    return param
