"""The tree of commands: nouns imported when used; Chinese names, help and errors for every command."""

import sys
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, cast

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from hepartner.words import Commands

from . import glossary, parameters

Params = list[Parameter]
_DASHES = "－—–―−‐‑"
"""What Chinese input methods and Word write where a hyphen was meant."""


class Given:
    """What the command line gave for the whole run; None where the installation's settings decide."""

    ledger: str | None = None
    operator: str | None = None
    community: str | None = None


class _Spoken:
    """What commands and groups share: Chinese help, dashes of Chinese keyboards, completion of options."""

    _help_option: TyperOption | None

    def get_help_option(self, ctx: Context) -> TyperOption | None:  # noqa: ARG002 typer's signature
        """Return the option that shows the help page."""
        if self._help_option is None:
            self._help_option = _flag("help", ["-h", "--help"], "显示帮助", _show_help)
        return self._help_option

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        from .fitting import room
        from .help import page

        return page(ctx.command, ctx, room() if sys.stdout.isatty() else None)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the words; a dash of a Chinese keyboard is one where it begins the name of an option."""
        if any(word[:1] in _DASHES for word in args if word):
            options = [param for param in ctx.command.get_params(ctx) if isinstance(param, TyperOption)]
            names = {name for option in options for name in option.opts}
            args = [_with_plain_dashes(word, names) for word in args]
        return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]  # typer's class stands behind

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the option names that begin like this, without help texts: shells import rich for them."""
        options = [param for param in ctx.command.get_params(ctx) if isinstance(param, TyperOption)]
        names = [name for option in options if not option.hidden for name in option.opts]
        begun = [name for name in names if incomplete.startswith("-") and name.startswith(incomplete)]
        return [CompletionItem(name) for name in begun]


class Command(_Spoken, TyperCommand):
    """A command whose parameters speak Chinese; it takes --ledger, --operator and --community too."""

    allow_extra_args = True  # so that surplus words are refused in Chinese below
    further: "Noun | None" = None
    """The commands that are told by a word behind its own, as `check` behind `import`."""

    def __init__(self, name: str | None, *, params: Params | None = None, **settings: Any) -> None:
        own = [parameters.spoken(param) for param in params or []]
        super().__init__(name, params=[*own, *given_options(hidden=True)], **settings)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the words. Raises UsageError for words that no argument takes."""
        surplus = super().parse_args(ctx, args)
        if surplus and not ctx.resilient_parsing:
            from . import usage

            raise usage.surplus(surplus, ctx)
        return surplus


class Group(_Spoken, TyperGroup):
    """Commands named by a table of name → Chinese alias, each made by `make` only when it is used."""

    def __init__(self, name: str, *, text: str, params: Params) -> None:
        super().__init__(name=name, help=text, params=params, no_args_is_help=True, rich_markup_mode=None)

    @property
    @abstractmethod
    def aliases(self) -> Mapping[str, str]:
        """The commands' names in the order of help, each with its Chinese alias."""

    @abstractmethod
    def make(self, name: str) -> AnyCommand:
        """Make the command of this name."""

    @abstractmethod
    def summary(self, name: str) -> str:
        """Return one line about the command of this name."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 typer's signature
        """Return the command names in the order of help."""
        return list(self.aliases)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:  # noqa: ARG002 typer's signature
        """Return the command of this name or alias."""
        name = self.named(cmd_name)
        if name is None:
            return None
        if name not in self.commands:
            self.commands[name] = self.make(name)
        return self.commands[name]

    def named(self, typed: str) -> str | None:
        """Return the name of the command that a word, its name or alias, means."""
        return next((name for name, alias in self.aliases.items() if typed in (name, alias)), None)

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command that the first word names. Raises UsageError with the nearest names."""
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            from . import usage

            raise usage.no_such_command(args[0], self.aliases, ctx)
        return (found.name if found else None), found, args[1:]

    def invoke(self, ctx: Context) -> Any:
        """Run the command that the words name. Raises UsageError if they name none."""
        if not ctx._protected_args:  # noqa: SLF001 typer keeps the command's words there
            from . import usage

            raise usage.no_command(ctx)
        return super().invoke(ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return names, aliases and options that begin like this, from the table: no command is imported."""
        both = [word for pair in self.aliases.items() for word in pair]
        named = [CompletionItem(word) for word in both if word.startswith(incomplete)]
        return named + super().shell_complete(ctx, incomplete)


class Noun(Group):
    """The commands that one command file registered on its `typer.Typer()`."""

    def __init__(self, app: typer.Typer, noun: Commands) -> None:
        named = {_command_name(info): info for info in app.registered_commands}
        self._registered = {name: info for name, info in named.items() if name != noun.name}
        self._verbs = noun.verbs
        super().__init__(noun.name, text=noun.help, params=[*given_options(hidden=True)])

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The verbs: the noun's own words first, else those that nouns share."""
        return {word: self._verbs.get(word) or glossary.VERBS.get(word, word) for word in self._registered}

    def make(self, name: str) -> AnyCommand:
        """Make the command of this name."""
        return _made(self._registered[name], name)

    def summary(self, name: str) -> str:
        """Return the first line of the command's docstring."""
        return (self._registered[name].callback.__doc__ or "").strip().partition("\n")[0]


class Root(Group):
    """The whole program: its nouns, each imported when it is used.

    `every` returns all of them by name, `called` the one of a name or alias, without looking at the others if it can.
    """

    def __init__(
        self,
        name: str,
        *,
        every: Callable[[], Mapping[str, Commands]],
        called: Callable[[str], Commands | None],
        text: str,
        params: Params,
    ) -> None:
        super().__init__(name, text=text, params=[*given_options(), *params])
        self._every = every
        self._called = called
        self._met: dict[str, Commands] = {}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The nouns."""
        return {name: noun.alias for name, noun in self._every().items()}

    def named(self, typed: str) -> str | None:
        """Return the noun that a word means."""
        noun = self._called(typed)
        if noun is None:
            return None
        self._met[noun.name] = noun
        return noun.name

    def make(self, name: str) -> AnyCommand:
        """Import the noun's command file; one that registers its own name is that command, with the others further ones."""
        noun = self._met.get(name) or self._every()[name]
        app = import_module(noun.module).app
        own = next((info for info in app.registered_commands if _command_name(info) == name), None)
        if own is None:
            return Noun(app, noun)
        command = _made(own, name)
        if len(app.registered_commands) > 1:
            command.further = Noun(app, noun)
        return command

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command that the first word names, or the first two. Raises UsageError with the nearest names."""
        name, found, rest = super().resolve_command(ctx, args)
        further = found.further if isinstance(found, Command) else None
        if further is None or not rest or further.named(rest[0]) is None:
            return name, found, rest
        verb, found, rest = further.resolve_command(ctx, rest)
        return f"{name} {verb}", found, rest

    def summary(self, name: str) -> str:
        """Return one line about a noun."""
        return self._every()[name].help


def given_options(*, hidden: bool = False) -> list[TyperOption]:
    """Return new options for what `Given` holds."""
    described = (
        ("ledger", "文件", "台账文件（或用环境变量 HEPARTNER_LEDGER）"),
        ("operator", "姓名", "操作人（或用环境变量 HEPARTNER_OPERATOR）"),
        ("community", "社区", "当前社区（或用环境变量 HEPARTNER_COMMUNITY）"),
    )
    return [
        TyperOption(
            param_decls=[name, f"--{name}", glossary.OPTIONS[f"--{name}"]],
            type=parameters.TEXT,
            metavar=metavar,
            help=text,
            callback=_remember,
            expose_value=False,
            hidden=hidden,
        )
        for name, metavar, text in described
    ]


def version_option(show: Callable[[], None]) -> TyperOption:
    """Return the option that shows the version and ends."""

    def end(ctx: Context, _param: Parameter, value: object) -> None:
        if value and not ctx.resilient_parsing:
            show()
            ctx.exit()

    return _flag("version", ["--version"], "显示版本", end)


def _flag(name: str, spelled: Sequence[str], text: str, callback: Callable[..., None]) -> TyperOption:
    declared = [name, *spelled, glossary.OPTIONS[f"--{name}"]]
    return TyperOption(
        param_decls=declared, is_flag=True, expose_value=False, is_eager=True, help=text, callback=callback
    )


def _show_help(ctx: Context, _param: Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        sys.stdout.write(ctx.get_help() + "\n")
        ctx.exit()


def _remember(ctx: Context, param: Parameter, value: str | None) -> None:
    if value is not None:
        setattr(ctx.find_root().ensure_object(Given), str(param.name), value)


def _command_name(info: CommandInfo) -> str:
    return info.name or getattr(info.callback, "__name__", "").rstrip("_").replace("_", "-")


def _made(info: CommandInfo, name: str) -> Command:
    info.cls, info.name = Command, name
    return cast("Command", get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None))


def _with_plain_dashes(word: str, names: set[str]) -> str:
    typed, equals, value = word.partition("=")
    bare = typed.lstrip(_DASHES + "-")
    meant = next((name for name in (f"--{bare}", f"-{bare}") if name in names), None)
    return meant + equals + value if meant and typed[:1] in _DASHES else word
