"""The documents are true: the README's quarter hour works as pasted, references are the program's own, links lead somewhere."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from hepartner.ledger.errors import LedgerError
from hepartner.terminal import edge
from hepartner.terminal.tree import Group
from tests import reference

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("[a-z]*/README.md")])
COMMANDS = {words: command for words, _, command, _ in reference.every_command()}


class Stretch(NamedTuple):
    """One block of commands of the quarter hour and lines that it puts on the screen."""

    commands: list[str]
    shown: list[str]


def stretches() -> Iterator[Stretch]:
    """Read the blocks of commands under the mark, each with the block of output after it."""
    block = re.compile(r"<!-- 走一遍 -->\n```sh\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
    for found in block.finditer(README):
        yield Stretch(found[1].splitlines(), found[2].splitlines())


def screen(command: str, folder: Path, environment: dict[str, str]) -> str:
    """Run one command as pasted, with `python -m hepartner` for `hep`; return all it says, its blanks as one each."""
    program, *words = shlex.split(command)
    assert program == "hep", command
    return python("-m", "hepartner", *words, folder=folder, environment=environment)


def python(*words: str, folder: Path, environment: dict[str, str]) -> str:
    """Run Python in a folder; return all it says once it has succeeded."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}\n{done.stdout}"
    return blanks_as_one(done.stdout)


def blanks_as_one(text: str) -> str:
    """A terminal aligns tables with blanks, a pipe parts them with tabs."""
    return re.sub(r"[ \t]+", " ", text)


def test_the_quarter_hour_works_in_a_clean_home_and_shows_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"), str(tmp_path))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEPARTNER")}
    environment = kept | homes | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    for stretch in stretches():
        said = "".join(screen(command, tmp_path, environment) for command in stretch.commands)
        for line in stretch.shown:
            pattern = ".*".join(map(re.escape, blanks_as_one(line).split("…")))
            assert re.search(f"^{pattern}", said, re.MULTILINE), f"{line}\n\n{said}"
    assert (tmp_path / "月报.xlsx").read_bytes().startswith(b"PK")
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    python("-c", script, folder=tmp_path, environment=environment)
    assert screen("hep points balance wyc", tmp_path, environment) == "DZ-P0064 武玉侪 10 分\n"


def test_the_quarter_hour_goes_from_a_new_ledger_to_an_undone_voucher() -> None:
    words = " ".join(command for stretch in stretches() for command in stretch.commands)
    for step in (
        "init", "area add", "import partners", "partner add", "points award", "activity sign", "shop redeem",
        "issue add", "report monthly", "verify", "undo",
    ):  # fmt: skip
        assert f"hep {step}" in words


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_reference_page_is_what_the_program_says_of_itself(name: str) -> None:
    stored = (reference.DOCS / name).read_text(encoding="utf-8")
    assert stored == reference.PAGES[name](), f"docs/{name} 旧了，请运行 {reference.REFRESH}"


def test_the_exit_codes_in_the_readme_are_those_the_program_gives() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    at_the_edge = {edge.REFUSED, edge.WRONG_USAGE, edge.NOT_FOUND, edge.INTERRUPTED, edge.PIPE_CLOSED}
    assert told == at_the_edge | {error.exit_code for error in every_error()}


def every_error() -> Iterator[type[LedgerError]]:
    """Every leaf of the ledger's errors, in whichever module it stands."""
    for path in (ROOT / "hepartner").rglob("*.py"):
        if path.stem not in {"__init__", "__main__"}:
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    waiting = [LedgerError]
    while waiting:
        error = waiting.pop()
        yield error
        waiting += [child for child in error.__subclasses__() if child.__module__.startswith("hepartner.")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    wrong = []
    for first, second in re.findall(r"\bhep ([a-z]+)(?: ([a-z-]+))?", text):
        group = isinstance(COMMANDS.get(first), Group)
        if first not in COMMANDS or (group and second and f"{first} {second}" not in COMMANDS):
            wrong.append(f"hep {first} {second}")
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_an_address_or_a_place_on_one_machine(document: Path) -> None:
    named = re.findall(
        r"https?://\S*(?:pypi|mirror|simple|index)\S*|(?<![\w.~])/(?:work|root|home|tmp|Users)/\S*",
        document.read_text(encoding="utf-8"),
    )
    assert named == []


def test_the_architecture_page_names_only_what_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:[\w-]+/)+[\w-]*(?:\.\w+)?)`", text)
    places = (ROOT, ROOT / "hepartner", ROOT / "hepartner" / "ledger")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []
    assert len(named) > 20


def test_parameters_have_chinese_names() -> None:
    usages = re.findall(
        r"^用法：hep ([a-z ]+)(.*?) \[选项\]", (ROOT / "docs/commands.md").read_text("utf-8"), re.MULTILINE
    )
    given = {
        f"{words}: {word}" for words, parameters in usages for word in re.findall("[a-z_]{2,}", parameters)
    }
    assert given == set()
