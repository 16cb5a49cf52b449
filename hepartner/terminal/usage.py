"""Wrong usage in a Chinese sentence or two: what was wrong, what was probably meant, how it is written."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from typer._click.core import Context, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperOption

from .help import usage_line

_NEAR = 0.65
"""How alike a suggestion is: two letters of three, but --day is not meant by --knd."""

_DAY_WORDS = ("--date", "--day", "--日期", "--when")
"""What people call the option for a day, whatever it is called here."""


def sentence(error: ClickException) -> str:
    """Return the sentences for a usage error of the parser, of a parameter's type or of our own, phones in it masked."""
    from hepartner.chinese.personal import masked_numbers

    return masked_numbers(_said(error))


def _said(error: ClickException) -> str:
    context = error.ctx if isinstance(error, UsageError) else None
    match error:
        case NoSuchOption():
            return _no_such_option(error.option_name, context)
        case BadOptionUsage():
            lacks = "requires" in error.message  # the parser's two cases differ only by their English text
            return f"选项 {error.option_name} 后面{'缺少内容' if lacks else '不带内容'}。"
        case MissingParameter(param=Parameter() as param):
            return f"缺少{_named(param).rstrip()}。{_how(context)}"
        case BadParameter(param=Parameter() as param):
            return f"{_named(param)}不对：{_ended(error.message)}"
        case _:
            return _ended(error.message)


def surplus(words: Iterable[str], context: Context) -> UsageError:
    """Return the error for words that no argument takes."""
    return UsageError(f"多出了“{' '.join(words)}”。{_how(context)}", context)


def no_command(context: Context) -> UsageError:
    """Return the error for a noun without a command."""
    return UsageError(f"缺少命令。{_how(context)}{_all('命令', context)}", context)


def no_such_command(typed: str, aliases: Mapping[str, str], context: Context) -> UsageError:
    """Return the error for a word that is no command, with the commands of the nearest names and aliases."""
    words = {word: f"{name}（{alias}）" for name, alias in aliases.items() for word in (name, alias)}
    return UsageError(f"没有“{typed}”这个命令{_meant(typed, words)}。{_all('命令', context)}", context)


def _no_such_option(typed: str, context: Context | None) -> str:
    if typed[1:].isdecimal():
        return f"“{typed}”会被当作选项。数值不用写减号；确实要以减号开头时，请在它前面加写 -- 。"
    options = context.command.get_params(context) if context else []
    visible = [option for option in options if isinstance(option, TyperOption) and not option.hidden]
    words = {name: _long(option) for option in visible for name in option.opts if name.startswith("--")}
    days = [_long(option) for option in visible if option.type.name == "日期"]
    meant = _perhaps(days) if typed in _DAY_WORDS else _meant(typed, words)
    return f"没有“{typed}”这个选项{meant}。{_all('选项', context)}"


def _named(param: Parameter) -> str:
    return f"选项 {_long(param)} " if isinstance(param, TyperOption) else f"“{param.human_readable_name}”"


def _long(option: TyperOption) -> str:
    return "／".join(name for name in option.opts if name.startswith("--"))


def _meant(typed: str, words: Mapping[str, str]) -> str:
    suggestions = dict.fromkeys(words[word] for word in get_close_matches(typed, words, n=2, cutoff=_NEAR))
    return _perhaps(suggestions)


def _perhaps(suggestions: Iterable[str]) -> str:
    named = " 或 ".join(suggestions)
    return f"，是不是要 {named}" if named else ""


def _how(context: Context | None) -> str:
    return f"用法：{usage_line(context)}。" if context else ""


def _all(what: str, context: Context | None) -> str:
    return f"全部{what}见 {context.command_path} --help。" if context else ""


def _ended(message: str) -> str:
    return message if message.endswith("。") else f"{message}。"
