"""Wrong usage in one Chinese sentence: what was wrong, what was probably meant, where to look."""

from collections.abc import Mapping, Sequence
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


def sentence(error: ClickException) -> str:
    """Return the sentence for a usage error of the parser, of a parameter's type or of our own."""
    context = error.ctx if isinstance(error, UsageError) else None
    remedy = f"用法：{usage_line(context)}。详见 {context.command_path} --help。" if context else ""
    return f"{_problem(error, context)}。{remedy}"


def no_such_command(typed: str, aliases: Mapping[str, str]) -> str:
    """Return what is wrong with a command word, with the nearest commands (each name or alias may be near)."""
    words = {word: f"{name}（{alias}）" for name, alias in aliases.items() for word in (name, alias)}
    return f"没有“{typed}”这个命令{_meant(typed, words)}"


def _problem(error: ClickException, context: Context | None) -> str:
    match error:
        case NoSuchOption():
            return f"没有“{error.option_name}”这个选项{_meant(error.option_name, _options(context))}"
        case BadOptionUsage():
            lacks = "requires" in error.message
            return f"选项 {error.option_name} {'后面缺少内容' if lacks else '后面不带内容'}"
        case MissingParameter() if error.param is not None:
            return f"缺少{_named(error.param)}"
        case BadParameter() if error.param is not None:
            return f"{_named(error.param)}不对：{error.message.rstrip('。')}"
        case _:
            return error.message.rstrip("。")


def _named(param: Parameter) -> str:
    if isinstance(param, TyperOption):
        long = [name for name in param.opts if name.startswith("--")]
        return f"选项 {'／'.join(long)} " if long else f"选项 {param.opts[0]} "
    return f"“{param.human_readable_name}”"


def _options(context: Context | None) -> dict[str, str]:
    """Return every visible option name of a command → how to suggest it."""
    if context is None:
        return {}
    options = [param for param in context.command.get_params(context) if isinstance(param, TyperOption)]
    return {
        name: "／".join(n for n in option.opts if n.startswith("--"))
        for option in options
        for name in option.opts
    }


def _meant(typed: str, words: Mapping[str, str]) -> str:
    near: Sequence[str] = get_close_matches(typed, words, cutoff=0.5)
    suggestions = dict.fromkeys(words[word] for word in near)
    return f"，是不是要 {' 或 '.join(suggestions)}" if suggestions else ""
