"""The Chinese help pages, as plain text: usage, what the docstring says, arguments, options, commands."""

import inspect
from collections.abc import Iterable, Iterator, Sequence

from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer.core import TyperArgument, TyperOption

from .parameters import Choice
from .safe import padded, width
from .tree import Group


def page(command: AnyCommand, context: Context) -> str:
    """Return the help page of a command or group."""
    params = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if isinstance(param, TyperOption)]
    lines = [f"用法：{usage_line(context)}", ""]
    lines += [f"  {line}".rstrip() for line in inspect.cleandoc(command.help or "").splitlines()]
    lines += _section("参数", [(_value(param, context), _notes(param, context)) for param in arguments])
    lines += _section("选项", [(_option(param, context), _notes(param, context)) for param in options])
    if isinstance(command, Group):
        names = command.list_commands(context)
        lines += _section("命令", [(name, command.aliases[name], command.summary(name)) for name in names])
        lines += ["", f"每个命令的说明：{context.command_path} 命令 --help"]
    else:
        lines += ["", "每个命令还可以带 --ledger、--operator、--community，见 hep --help。"]
    return "\n".join(lines)


def usage_line(context: Context) -> str:
    """Return how the command is written: its path, arguments, and where options stand."""
    command = context.command
    if isinstance(command, Group):
        return f"{context.command_path} 命令 …"
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    words = [
        _value(param, context) if param.required else f"[{_value(param, context)}]" for param in arguments
    ]
    return " ".join([context.command_path, *words, "[选项]"])


def _section(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", f"{title}：")
    widths = [min(max(map(width, column)), 36) for column in zip(*rows, strict=True)][:-1]
    for *firsts, last in rows:
        cells = [padded(text, columns) for text, columns in zip(firsts, widths, strict=True)]
        yield "  " + "  ".join([*cells, last]).rstrip()


def _option(param: TyperOption, context: Context) -> str:
    names = sorted(param.opts, key=lambda name: name.startswith("--"))
    value = "" if param.is_flag else f" {_value(param, context)}"
    return "，".join(names) + value


def _value(param: Parameter, context: Context) -> str:
    if param.metavar is not None:
        word = param.metavar
    elif isinstance(param.type, Choice):
        word = param.type.name
    else:
        word = param.type.get_metavar(param, context) or "文字"
    return word + ("…" if param.nargs == -1 else "")


def _notes(param: TyperArgument | TyperOption, context: Context) -> str:
    notes = [*_default(param)]
    if param.required:
        notes.append("必填")
    if getattr(param, "multiple", False):
        notes.append("可写多次")
    return (param.help or "") + (f"（{'；'.join(notes)}）" if notes else "")


def _default(param: TyperArgument | TyperOption) -> Iterable[str]:
    if param.default is None or param.default in (False, [], ()) or callable(param.default):
        return
    words = param.type.words if isinstance(param.type, Choice) else {}
    yield f"默认 {words.get(str(param.default), param.default)}"
