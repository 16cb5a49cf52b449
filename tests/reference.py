"""Write docs/commands.md from the program itself and docs/figures.md from the catalogue: `python -m tests.reference`."""

from collections.abc import Iterator
from pathlib import Path

from typer._click.core import Command, Context

from hepartner.cli import program
from hepartner.reports.figures import CATALOGUE
from hepartner.terminal.help import further, page
from hepartner.terminal.tree import Group

DOCS = Path(__file__).parents[1] / "docs"
REFRESH = "python -m tests.reference"
SHARED = "\n\n每个命令还可以带 --ledger、--operator、--community"
"""How every help page of a command ends; the reference says it once."""

COMMANDS_INTRODUCTION = (
    f"由 `{REFRESH}` 从程序的帮助写出，请不要手改。每一页就是该命令加 `--help` 看到的。\n"
    "命令和选项的中英文写法可以混用；每个命令还可以带 `--ledger`、`--operator`、`--community`。"
)
FIGURES_INTRODUCTION = (
    f"由 `{REFRESH}` 从 `hepartner/reports/figures.py` 写出，请不要手改。",
    "",
    "性质说明能不能相加：",
    "",
    "- **累计**（flow）：各月、各区域可以相加；冲正和重新打开按 −1 计在各自计入的月份。",
    "- **月末**（stock）：期末时的状态；各区域可以相加，各月不能。",
    "- **去重**（distinct）：数人头，同一合伙人只计一次；各月、各区域都不能相加，合计另问。",
    "- **比率**（ratio）：连同分子分母印出；合计另问。",
)

Named = tuple[str, str, Command, Context]
"""A command: its words, its Chinese words, itself, and the context its help page is made in."""


def every_command() -> Iterator[Named]:
    """Walk the program: each noun, and after it each of its commands."""
    root = program()
    top = root.make_context("hep", [], resilient_parsing=True)
    for noun, alias in root.aliases.items():
        found = root.get_command(top, noun)
        assert found is not None
        under = found.make_context(noun, [], parent=top, resilient_parsing=True)
        yield noun, alias, found, under
        group = found if isinstance(found, Group) else further(found)
        for verb, spoken in group.aliases.items() if group else ():
            command = group.get_command(under, verb)
            assert command is not None
            context = command.make_context(f"{noun} {verb}", [], parent=top, resilient_parsing=True)
            yield f"{noun} {verb}", f"{alias} {spoken}", command, context


def commands() -> str:
    """Return the command reference: the help page of the program and of every command."""
    named = list(every_command())
    top = named[0][-1].find_root()
    parts = [
        "# 命令参考",
        COMMANDS_INTRODUCTION,
        "\n".join(_index(named)),
        _fenced(page(top.command, top)),
    ]
    for words, spoken, command, context in named:
        parts.append(f"{'###' if ' ' in words else '##'} hep {words}")
        if isinstance(command, Group):
            parts.append(f"{spoken}：{command.help}。")
        else:
            parts += [f"中文写法：`hep {spoken}`", _fenced(page(command, context).partition(SHARED)[0])]
    return "\n\n".join(parts) + "\n"


def figures() -> str:
    """Return the catalogue of figures as a table."""
    lines = [
        "# 指标目录",
        "",
        *FIGURES_INTRODUCTION,
        "",
        "| 代码 | 指标 | 单位 | 性质 | 口径 |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{one.code}` | {one.name} | {one.unit} | {one.nature.value} | {one.definition} |"
        for one in CATALOGUE
    ]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "figures.md": figures}
"""File in docs/ → what writes it."""


def _index(named: list[Named]) -> Iterator[str]:
    for words, spoken, _, _ in named:
        indent = "  " if " " in words else ""
        yield f"{indent}- [`hep {words}`](#hep-{words.replace(' ', '-')}) {spoken}"


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def refresh() -> None:
    """Write every page anew."""
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    refresh()
