"""The tree of commands: a noun is imported when it is used; Chinese aliases, option synonyms, help and errors everywhere."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer._click.parser import _OptionParser
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from . import glossary, parameters


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a noun before its module is imported."""

    module: str
    alias: str
    help: str


@dataclass(slots=True)
class Given:
    """What was given on the command line for the whole run; None where the installation's settings decide."""

    ledger: str | None = None
    operator: str | None = None
    community: str | None = None


class _Spoken:
    """What commands and groups share: a Chinese help option and page, and completion without help texts.

    Completion shows no help texts because the shells' formatters would import rich for them.
    """

    params: list[Parameter]
    _help_option: TyperOption | None

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that prints the help page."""
        if self._help_option is None:
            self._help_option = _flag("help", ["-h", "--help"], "显示帮助", _show_help)
        return self._help_option

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        from .help import page

        return page(ctx.command, ctx)

    def option_completions(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the option names that begin like this."""
        if not incomplete.startswith("-"):
            return []
        options = [
            param
            for param in ctx.command.get_params(ctx)
            if isinstance(param, TyperOption) and not param.hidden
        ]
        return [
            CompletionItem(name) for option in options for name in option.opts if name.startswith(incomplete)
        ]


class Command(_Spoken, TyperCommand):
    """A command whose parameters speak Chinese; --ledger, --operator and --community are taken here too."""

    allow_extra_args = True  # so that surplus words are refused in Chinese below

    def __init__(self, name: str | None, *, params: list[Parameter] | None = None, **settings: Any) -> None:
        spoken = [parameters.spoken(param) for param in params or []]
        own = {param.name for param in spoken}
        everywhere = [option for option in given_options(hidden=True) if option.name not in own]
        super().__init__(name, params=[*spoken, *everywhere], **settings)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the words; a dash typed with a Chinese input method counts as a dash where an option stands."""
        surplus = super().parse_args(ctx, _with_plain_dashes(args, self.make_parser(ctx)))
        if surplus and not ctx.resilient_parsing:
            raise UsageError(f"多出了“{' '.join(surplus)}”", ctx)
        return surplus

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the completions of an option name."""
        return self.option_completions(ctx, incomplete)


class Group(_Spoken, TyperGroup):
    """Commands of which each is made only when it is used; each has a Chinese alias."""

    def __init__(
        self, name: str, *, help: str, aliases: Mapping[str, str], params: list[Parameter] | None = None
    ) -> None:  # noqa: A002 typer's word
        super().__init__(name=name, help=help, params=params, no_args_is_help=True, rich_markup_mode=None)
        self.aliases = aliases
        self._named = {alias: command for command, alias in aliases.items()}

    def command(self, name: str) -> AnyCommand:
        """Make the command of this name."""
        raise NotImplementedError

    def summary(self, name: str) -> str:
        """Return one line about the command of this name."""
        raise NotImplementedError

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the command names in the order of help."""
        return list(self.aliases)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Return the command of this name or alias."""
        name = self._named.get(cmd_name, cmd_name)
        if name not in self.aliases:
            return None
        if name not in self.commands:
            self.commands[name] = self.command(name)
        return self.commands[name]

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command that the first word names. Raises UsageError with the nearest names."""
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            from .usage import no_such_command

            raise UsageError(no_such_command(args[0], self.aliases), ctx)
        return (found.name if found else None), found, args[1:]

    def invoke(self, ctx: Context) -> Any:
        """Run the command that the words name. Raises UsageError if they name none."""
        if not ctx._protected_args:  # noqa: SLF001 typer keeps the sub-command's words there
            raise UsageError("缺少命令", ctx)
        return super().invoke(ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the completions of a command name, from the tables, importing no command."""
        words = [word for pair in self.aliases.items() for word in pair]
        named = [CompletionItem(word) for word in words if word.startswith(incomplete)]
        return named + self.option_completions(ctx, incomplete)


class Noun(Group):
    """The commands that one command file registered on its `typer.Typer()`."""

    def __init__(self, app: typer.Typer, *, name: str, help: str) -> None:  # noqa: A002 typer's word
        self._registered = {_command_name(info): info for info in app.registered_commands}
        aliases = {word: glossary.VERBS.get(word, word) for word in self._registered}
        super().__init__(name, help=help, aliases=aliases)

    def command(self, name: str) -> AnyCommand:
        """Make the command of this name."""
        return _made(self._registered[name], name)

    def summary(self, name: str) -> str:
        """Return the first line of the command's docstring."""
        info = self._registered[name]
        text = info.help or (info.callback.__doc__ if info.callback else "") or ""
        return text.strip().partition("\n")[0]


class Root(Group):
    """The whole program: a table of nouns, each imported when it is used."""

    def __init__(
        self, name: str, entries: Mapping[str, Entry], *, help: str, params: list[Parameter]
    ) -> None:  # noqa: A002 typer's word
        self.entries = entries
        aliases = {word: entry.alias for word, entry in entries.items()}
        super().__init__(name, help=help, aliases=aliases, params=[*given_options(), *params])

    def command(self, name: str) -> AnyCommand:
        """Import the noun's command file; one that registers just its own name becomes that command."""
        entry = self.entries[name]
        app = import_module(entry.module).app
        only = app.registered_commands[0]
        if len(app.registered_commands) == 1 and _command_name(only) == name:
            return _made(only, name)
        return Noun(app, name=name, help=entry.help)

    def summary(self, name: str) -> str:
        """Return one line about a noun."""
        return self.entries[name].help


def given_options(*, hidden: bool = False) -> list[TyperOption]:
    """Return new options for what `Given` holds."""
    described = {
        "ledger": ("文件", "台账文件（环境变量 HEPARTNER_LEDGER）"),
        "operator": ("姓名", "操作人（环境变量 HEPARTNER_OPERATOR）"),
        "community": ("社区", "当前社区（环境变量 HEPARTNER_COMMUNITY）"),
    }
    return [
        TyperOption(
            param_decls=[name, f"--{name}", glossary.OPTIONS[f"--{name}"]],
            metavar=metavar,
            help=text,
            callback=_remember,
            expose_value=False,
            hidden=hidden,
        )
        for name, (metavar, text) in described.items()
    ]


def version_option(show: Callable[[], None]) -> TyperOption:
    """Return the option that shows the version and ends."""

    def end(ctx: Context, _param: Parameter, value: bool) -> None:  # noqa: FBT001 typer's callback
        if value and not ctx.resilient_parsing:
            show()
            ctx.exit()

    return _flag("version", ["--version"], "显示版本", end)


def _flag(name: str, words: Sequence[str], text: str, callback: Callable[..., None]) -> TyperOption:
    declared = [name, *words, glossary.OPTIONS[f"--{name}"]]
    return TyperOption(
        param_decls=declared, is_flag=True, expose_value=False, is_eager=True, help=text, callback=callback
    )


def _show_help(ctx: Context, _param: Parameter, value: bool) -> None:  # noqa: FBT001 typer's callback
    if value and not ctx.resilient_parsing:
        sys.stdout.write(ctx.get_help() + "\n")
        ctx.exit()


def _remember(ctx: Context, param: Parameter, value: str | None) -> None:
    if value is not None:
        setattr(ctx.ensure_object(Given), str(param.name), value)


def _command_name(info: CommandInfo) -> str:
    return info.name or str(getattr(info.callback, "__name__", "")).rstrip("_").replace("_", "-")


def _made(info: CommandInfo, name: str) -> AnyCommand:
    info.cls, info.name = Command, name
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


_DASHES = "－—–―−‐‑"


def _with_plain_dashes(args: Sequence[str], parser: _OptionParser) -> list[str]:
    known = {*parser._long_opt, *parser._short_opt}  # noqa: SLF001 the parser's list of names

    def plain(word: str) -> str:
        name, equals, value = word.partition("=")
        bare = name.lstrip(_DASHES + "-")
        wanted = next((option for option in (f"--{bare}", f"-{bare}") if option in known), None)
        return wanted + equals + value if wanted and name[:1] in _DASHES else word

    return [plain(word) for word in args]
