"""How words on the command line become values: text, whole numbers, choices and paths as people type them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from typer._click import types
from typer._click.core import Context, Parameter
from typer._click.shell_completion import CompletionItem
from typer.core import TyperOption
from typer.models import TyperPath

from hepartner import words

from . import glossary


class Reading(types.ParamType):
    """A value read by a function that raises ValueError with a Chinese sentence; help calls it `name`."""

    def __init__(self, read: Callable[[str], object], name: str) -> None:
        self.read = read
        self.name = name

    def convert(self, value: object, param: Parameter | None, ctx: Context | None) -> object:
        """Return what the function reads; other than text is a default already read."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def get_metavar(self, param: Parameter, ctx: Context) -> str:  # noqa: ARG002 typer's signature
        """Return the word for such a value."""
        return self.name


class Choice(Reading):
    """One code of a table code → Chinese word, typed as either; the value is the code.

    `further` are commands that may stand in its place, which are completed too.
    """

    def __init__(self, words: Mapping[str, str], *, further: Mapping[str, str] | None = None) -> None:
        self.read: Callable[[str], str]
        super().__init__(self._code, "|".join(words.values()))
        self.words = words
        self._completed = {**words, **(further or {})}

    def shell_complete(self, ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 typer's signature
        """Return the codes and words that begin like this."""
        both = [text for pair in self._completed.items() for text in pair]
        return [CompletionItem(text) for text in both if text.startswith(incomplete)]

    def _code(self, text: str) -> str:
        typed = text.strip().casefold()
        for code, word in self.words.items():
            if typed in (code, word.casefold()):
                return code
        known = "、".join(f"{word}（{code}）" for code, word in self.words.items())
        raise ValueError(f"没有“{text}”，可用的有：{known}")


class Choices(Reading):
    """Several codes of a table code → Chinese word, parted by 、 or a comma or blanks; 全部 is all of them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(self._codes, "、".join(words.values()))
        self._one = Choice(words)

    def _codes(self, text: str) -> tuple[str, ...]:
        if text.strip() == "全部":
            return tuple(self._one.words)
        typed = text.translate(str.maketrans("、，,；;", "     ")).split()
        return tuple(dict.fromkeys(self._one.read(word) for word in typed))


def whole(least: float | None = None, most: float | None = None) -> Reading:
    """Return the type of whole numbers within bounds (0 to 999,999,999); 十二, １２ and 12 are one number."""
    bounds = {name: int(bound) for name, bound in (("least", least), ("most", most)) if bound is not None}

    def read(text: str) -> int:
        from hepartner.chinese.numbers import parse_whole

        return parse_whole(
            text, least=bounds.get("least", 0), most=bounds.get("most", 999_999_999), han_numerals=True
        )

    return Reading(read, "整数")


def text(typed: str) -> str:
    """Return the text. Raises ValueError for bytes of a console that are no text."""
    if not typed.isascii() and any("\ud800" <= character <= "\udfff" for character in typed):
        raise ValueError("含有无法识别的字符，请重新输入")
    return typed


def path(typed: str) -> Path:
    """Return the path without the quotes that a Windows console puts around a dragged file; ~ is home.

    Raises ValueError if nothing is left.
    """
    stripped = typed.strip()
    for opening, closing in ('""', "''", "“”"):
        if len(stripped) > 1 and stripped.startswith(opening) and stripped.endswith(closing):
            stripped = stripped[1:-1]
    if not stripped:
        raise ValueError("文件名是空的")
    return Path(stripped).expanduser()


TEXT = Reading(text, "文字")
PATH = Reading(path, "文件")


def spoken(param: Parameter) -> Parameter:
    """Give a parameter its Chinese synonyms and our types in place of typer's; return it."""
    if isinstance(param, TyperOption):
        synonyms = [_synonym(option) for option in param.opts]
        param.opts += [word for word in synonyms if word and word not in param.opts]
        param.secondary_opts = [word for word in param.secondary_opts if not word.startswith("--no-")]
    elif param.metavar is None:
        param.metavar = glossary.ARGUMENTS.get(str(param.name), param.name)
    param.type = _type_in_place_of(param.type)
    return param


def _synonym(option: str) -> str | None:
    """Return the word of an option: one that all commands share, else that of the noun whose option it is."""
    return glossary.OPTIONS.get(option) or words.gathered("OPTIONS").get(option)


def _type_in_place_of(given: types.ParamType) -> types.ParamType:
    match given:
        case types.IntRange():
            return whole(given.min, given.max)
        case types.IntParamType():
            return whole()
        case TyperPath():
            return PATH
        case types.StringParamType():
            return TEXT
        case _:
            return given
