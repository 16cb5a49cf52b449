"""The shape that the design and the style page ask of the package, held by reading its source."""

import ast
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "hepartner"

# Which part of the package may import which; a name with a dot allows that module of the part only.
DIRECTIONS = {
    "__init__": set[str](),
    "__main__": {"cli"},
    "data": set[str](),
    "chinese": set[str](),
    "words": set[str](),
    "files": set[str](),
    "ledger": {"words", "chinese.names", "chinese.personal", "data", "files"},
    # What every workbook needs, whoever writes it; it knows neither the ledger nor openpyxl.
    "excel": set[str](),
    "intake": {"words", "ledger", "chinese", "data", "excel", "files"},
    "reports": {"words", "ledger", "data", "excel", "files"},
    "terminal": {"words", "ledger", "chinese"},
    "commands": {"words", "terminal", "chinese", "intake", "reports", "ledger", "data"},
    "cli": {"words", "commands", "terminal", "chinese", "intake", "reports", "ledger", "data"},
}
# Libraries that stay behind one door, and the parts that are that door.
HOMES = {
    "sqlite3": {"ledger"},
    "sqlalchemy": {"ledger"},
    "sqlmodel": {"ledger"},
    "typer": {"cli", "commands", "terminal"},
    "rich": {"terminal"},
    "openpyxl": {"intake", "reports", "excel"},
    "pandas": {"intake", "reports"},
    "python_calamine": {"intake"},
    "pypinyin": {"chinese"},
    "cn2an": {"chinese"},
    # Typer carries its own since 0.26, and what needs the other one does not work on it.
    "click": set[str](),
}
# Each costs more to import than a whole counter command may take.
SLOW = {
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "rich",
    "openpyxl",
    "pandas",
    "numpy",
    "pypinyin",
}
# What may stand outside functions and classes: definitions, constants, and the guard of a script.
DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
    ast.If,
)
DOING = {"open", "connect", "print", "read_text", "read_bytes", "run", "today", "now", "mkdir"}
MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60
LEAST_SHARE_DOCUMENTED = 0.9

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """One source file of the package."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def part(self) -> str:
        """The part of the package it belongs to: "ledger" for hepartner/ledger/points.py."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    def functions(self) -> Iterator[Function]:
        """Every function and method, however deep."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every import wherever it stands, as line and absolute dotted name, `from a import b` as a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                start = self.path.relative_to(ROOT).parts[: -node.level] if node.level else ()
                source = ".".join([*start, *filter(None, [node.module])])
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


@cache
def modules() -> list[Module]:
    """Read the whole package, once for all tests."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def under(name: str, parent: str) -> bool:
    return name == parent or name.startswith(f"{parent}.")


def test_each_part_imports_only_what_lies_in_its_direction() -> None:
    offences = []
    for module in modules():
        for line, name in module.imports():
            inside = name.removeprefix("hepartner.")
            if inside == name or under(inside, module.part) or inside.startswith("__"):
                continue
            if not any(under(inside, allowed) for allowed in DIRECTIONS[module.part]):
                offences.append(f"{module.name}:{line} imports {name}")
    assert offences == []


def test_each_library_stays_behind_its_door() -> None:
    offences = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        for line, name in module.imports()
        if module.part not in HOMES.get(name.split(".")[0], {module.part})
    ]
    assert offences == []


def test_the_package_itself_imports_nothing() -> None:
    package = next(module for module in modules() if module.name == "hepartner/__init__.py")
    assert list(package.imports()) == []


def test_the_command_line_and_the_ledger_load_no_slow_library() -> None:
    names = ["hepartner.cli", "hepartner.ledger"]
    names += [f"hepartner.commands.{path.stem}" for path in (PACKAGE / "commands").glob("[!_]*.py")]
    script = f"import sys, {', '.join(names)}; print(*sorted({SLOW!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == ([], "")


def test_nothing_is_done_when_a_module_is_imported() -> None:
    offences = []
    for module in modules():
        for statement in module.tree.body:
            if not isinstance(statement, DEFINITIONS) and not is_text(statement):
                offences.append(f"{module.name}:{statement.lineno} {type(statement).__name__}")
            elif isinstance(statement, ast.Assign | ast.AnnAssign):
                done = {called for called in calls(statement) if called in DOING}
                offences += [f"{module.name}:{statement.lineno} calls {called}" for called in done]
            elif isinstance(statement, ast.If) and not is_guard(statement.test):
                offences.append(f"{module.name}:{statement.lineno} decides at import time")
    assert offences == []


def calls(node: ast.AST) -> Iterator[str]:
    """The last name of everything called within a statement, except what only runs later."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield from calls(child)
    if isinstance(node, ast.Call):
        yield ast.unparse(node.func).rsplit(".", maxsplit=1)[-1]


def is_text(statement: ast.stmt) -> bool:
    """Tell whether it is a docstring, of the module or of the constant above it."""
    return isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)


def is_guard(test: ast.expr) -> bool:
    return ast.unparse(test) in {"TYPE_CHECKING", "__name__ == '__main__'"}


def test_no_handler_swallows_everything() -> None:
    offences = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                caught = (
                    {ast.unparse(part) for part in ast.walk(node.type)} if node.type else {"BaseException"}
                )
                # Whatever happened, a half-made thing is put away, and the trouble goes on its way.
                cleans_up = ast.unparse(node.body[-1]) == "raise"
                if "Exception" in caught or ("BaseException" in caught and not cleans_up):
                    offences.append(f"{module.name}:{node.lineno}")
    assert offences == []


def test_output_goes_through_the_terminal_and_never_through_print() -> None:
    offences = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert offences == []


def test_every_function_is_annotated() -> None:
    offences = []
    for module in modules():
        for function in module.functions():
            facts = function.args
            given = [*facts.posonlyargs, *facts.args, *facts.kwonlyargs, facts.vararg, facts.kwarg]
            bare = [a.arg for a in given if a and not a.annotation and a.arg not in {"self", "cls"}]
            if bare or function.returns is None:
                offences.append(f"{module.name}:{function.lineno} {function.name}")
    assert offences == []


def test_nine_of_ten_public_names_are_documented() -> None:
    documented = {
        f"{module.name}:{node.lineno} {node.name}": ast.get_docstring(node) is not None
        for module in modules()
        for node in public(module.tree)
    }
    missing = [name for name, has_text in documented.items() if not has_text]
    assert len(missing) <= (1 - LEAST_SHARE_DOCUMENTED) * len(documented), missing


def public(node: ast.AST) -> Iterator[Function | ast.ClassDef]:
    """Functions, classes and their methods whose names don't begin with an underscore."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def test_every_module_says_its_purpose() -> None:
    assert [module.name for module in modules() if ast.get_docstring(module.tree) is None] == []


def test_modules_and_functions_stay_short() -> None:
    offences = []
    for module in modules():
        lines = len(module.path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES_OF_A_MODULE:
            offences.append(f"{module.name}: {lines} lines")
        for function in module.functions():
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                offences.append(f"{module.name}:{function.lineno} {function.name}: {lines} lines")
    assert offences == []


def test_every_exemption_from_a_check_names_its_code_and_its_reason() -> None:
    exemption = re.compile(r"#\s*(noqa|type:\s*ignore)")
    complete = re.compile(r"# (noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[a-z, -]+\])\W+\w.*")
    offences = []
    for module in modules():
        with module.path.open("rb") as file:
            comments = [t for t in tokenize.tokenize(file.readline) if t.type == tokenize.COMMENT]
        offences += [
            f"{module.name}:{comment.start[0]} {comment.string}"
            for comment in comments
            if exemption.search(comment.string) and not complete.search(comment.string)
        ]
    assert offences == []


TAKEN_BACK = re.compile(
    r"NOT EXISTS \(\s*SELECT 1 FROM \S+ (\w+) WHERE \1\.reverses_id = \w+\.id( AND \1\.counted_in <= :last)?\)"
)


def test_what_makes_a_fact_stand_is_written_once() -> None:
    """Guards apart: they say it a second time on purpose, and their modules import as little as they can."""
    written = [
        module.path.name
        for module in modules()
        if module.part == "ledger"
        and module.path.parent.name != "tables"
        and TAKEN_BACK.search(module.path.read_text(encoding="utf-8"))
    ]
    assert written == []
