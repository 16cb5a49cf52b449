"""The Chinese help pages, as plain text: usage, what the docstring says, arguments, options, commands."""

import inspect
from collections.abc import Iterator, Sequence

from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer.core import TyperArgument, TyperOption

from .fitting import broken
from .parameters import Choice
from .safe import padded, width
from .tree import Command, Group

_WIDEST_NAMES = 36
"""Columns that names and options are aligned to; a longer one pushes its own text only."""

_NARROWEST = 20
"""Notes are not broken where the names leave them less."""


def page(command: AnyCommand, context: Context, places: int | None = None) -> str:
    """Return the help page of a command or group; its lists are broken to so many places, examples are never."""
    params = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if isinstance(param, TyperOption)]
    lines = [f"用法：{usage_line(context)}", ""]
    lines += [f"  {line}".rstrip() for line in inspect.cleandoc(command.help or "").splitlines()]
    lines += _section("参数", [(_value(param, context), _notes(param)) for param in arguments], places)
    lines += _section("选项", [(_option(param, context), _notes(param)) for param in options], places)
    group = command if isinstance(command, Group) else further(command)
    if group:
        names = group.list_commands(context)
        summaries = [(name, group.aliases[name], group.summary(name)) for name in names]
        lines += _section("命令", summaries, places)
        lines += ["", f"每个命令的说明：{context.command_path} 命令 --help"]
    if group is not command:
        lines += ["", "每个命令还可以带 --ledger、--operator、--community，见 hep --help。"]
    return "\n".join(lines)


def further(command: AnyCommand) -> Group | None:
    """Return the commands that are told by a word behind a command's own, if there are any."""
    return command.further if isinstance(command, Command) else None


def usage_line(context: Context) -> str:
    """Return how the command is written: its path, its arguments, and where options stand."""
    command, path = context.command, context.command_path
    if isinstance(command, Group):
        return f"{path} 命令 …"
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    words = [_value(one, context) if one.required else f"[{_value(one, context)}]" for one in arguments]
    return " ".join([path, *words, "[选项]"])


def _section(title: str, rows: Sequence[Sequence[str]], places: int | None) -> Iterator[str]:
    if not rows:
        return
    yield from ("", f"{title}：")
    widths = [min(max(map(width, column)), _WIDEST_NAMES) for column in zip(*rows, strict=True)][:-1]
    for *firsts, last in rows:
        cells = [padded(text, columns) for text, columns in zip(firsts, widths, strict=True)]
        before = "".join(f"  {cell}" for cell in cells) + "  "
        indent = sum(widths) + 2 * len(cells) + 2
        texts = broken(last, places - width(before)) if places and places - indent >= _NARROWEST else [last]
        yield (before + texts[0]).rstrip()
        yield from (" " * indent + text for text in texts[1:])


def _option(param: TyperOption, context: Context) -> str:
    names = sorted(param.opts, key=lambda name: name.startswith("--"))
    return "，".join(names) + ("" if param.is_flag else f" {_value(param, context)}")


def _value(param: Parameter, context: Context) -> str:
    word = param.metavar or param.type.get_metavar(param, context) or "文字"
    return word + ("…" if param.nargs == -1 else "")


def _notes(param: TyperArgument | TyperOption) -> str:
    notes = [note for note in (_choices(param), _default(param)) if note]
    if param.required:
        notes.append("必填")
    if getattr(param, "multiple", False):
        notes.append("可写多次")
    return (param.help or "") + (f"（{'；'.join(notes)}）" if notes else "")


def _choices(param: TyperArgument | TyperOption) -> str:
    """Return the choices of an argument; an option shows them in its own column."""
    chosen = isinstance(param, TyperArgument) and isinstance(param.type, Choice)
    return f"可选 {param.type.name}" if chosen else ""


def _default(param: TyperArgument | TyperOption) -> str:
    if param.default in (None, False, "", [], ()) or callable(param.default):
        return ""
    words = param.type.words if isinstance(param.type, Choice) else {}
    return f"默认 {words.get(str(param.default), param.default)}"
