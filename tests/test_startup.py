"""What a command may import: start-up time is most of a one-shot's time, so every import is on a list."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hepartner.ledger import Ledger
from hepartner.words import commands

REPOSITORY = Path(__file__).parents[1]

HEAVY = {
    "cn2an", "numpy", "openpyxl", "pandas", "platformdirs", "prompt_toolkit", "pydantic",
    "pypinyin", "python_calamine", "rich", "sqlalchemy", "sqlmodel", "stdnum", "tomllib",
}  # fmt: skip
"""Top packages that no counter command, no help page and no completion may load."""

TELLING = """
import atexit, sys
sys.argv[0] = "hep"
atexit.register(lambda: sys.stderr.write("LOADED " + " ".join(sys.modules)))
from hepartner.cli import main
main()
"""


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `hep` in a process of its own that tells at its end what it has loaded."""
    # A coverage measurement in the process would load modules of its own.
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEPARTNER", "COV"))
    }
    return subprocess.run(
        [sys.executable, "-c", TELLING, *words],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=REPOSITORY, env=variables | environment,
    )  # fmt: skip


def modules_of(ended: subprocess.CompletedProcess[str]) -> set[str]:
    said, _, modules = ended.stderr.rpartition("LOADED ")
    assert ended.returncode == 0, said
    return set(modules.split())


def loaded(*words: str, **environment: str) -> set[str]:
    """Run `hep` with these words and return the modules it had loaded at its end."""
    return modules_of(started(*words, **environment))


def heavy(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules} & HEAVY


def ours(modules: set[str], package: str) -> set[str]:
    """Return the modules of one of our packages, without the package's name."""
    return {
        name.removeprefix(f"hepartner.{package}.")
        for name in modules
        if name.startswith(f"hepartner.{package}.")
    }


NOUNS = {
    "activities", "areas", "counts", "custody", "history", "issues", "partners", "points", "rulebook", "settings", "shop",
}  # fmt: skip
"""The modules of the ledger of which a one-shot loads only those it uses."""

COUNTER = {
    "partner find wyc": "areas partners",
    "partner show wyc": "areas partners points",
    "points balance wyc": "areas partners points",
    "points statement wyc": "areas partners points",
    "points award wyc 5": "areas partners points",
    "points deduct wyc 1 --reason 核查": "areas partners points",
    "activity sign 义诊 wyc=1": "activities areas partners points rulebook",
    "shop redeem wyc 米x2": "areas partners points shop",
    "shop cancel D1": "areas partners points shop",
    "issue add 路灯 3号楼路灯不亮": "areas issues",
    "issue resolve W0001 --beneficiaries 40": "areas issues",
}
"""What is typed hundreds of times a day → the ledger's nouns it may load."""


OFFICE = (
    "partner add 武玉侪", "points award 武玉侪 100", "activity add 义诊", "shop add 大米 5", "shop in 米x20",
    "shop redeem 武玉侪 米", "issue category LAMP --name 路灯 --deadline 5", "issue add LAMP 路灯不亮",
)  # fmt: skip
"""What is typed once before, so that the counter has something to work on."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an office with a community and a partner who has points."""
    home = tmp_path_factory.mktemp("office")
    with Ledger.create(home / "台账.db", operator="李梅") as ledger:
        ledger.areas.add("community", "幸福里社区")
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME"), str(home))
    environment = {"HEPARTNER_LEDGER": str(home / "台账.db"), "HEPARTNER_OPERATOR": "李梅", **homes}
    for words in OFFICE:
        loaded(*words.split(), **environment)
    return environment


@pytest.mark.parametrize(("words", "nouns"), COUNTER.items(), ids=COUNTER)
def test_a_counter_command_loads_no_heavy_library_and_only_its_nouns(
    office: dict[str, str], words: str, nouns: str
) -> None:
    modules = loaded(*words.split(), **office)
    assert heavy(modules) == set()
    assert ours(modules, "ledger") & NOUNS <= set(nouns.split())
    assert ours(modules, "commands") == {words.split(maxsplit=1)[0], "opening", "parameters"}
    assert not ours(modules, "reports") | ours(modules, "intake")


def test_a_filtered_listing_declares_only_the_tables_it_reads(office: dict[str, str]) -> None:
    modules = loaded("partner", "list", "--kind", "个体", **office)
    tables = {name for name in modules if name.startswith("hepartner.ledger.tables.")}
    assert tables == {f"hepartner.ledger.tables.{noun}" for noun in ("area", "partner", "shape")}


def test_help_loads_no_command_and_not_the_ledger() -> None:
    modules = loaded("--help")
    assert heavy(modules) == set()
    assert not {"sqlite3", "json", "hepartner.commands", "hepartner.ledger"} & modules
    assert ours(modules, "terminal") == {
        "edge",
        "fitting",
        "glossary",
        "help",
        "parameters",
        "safe",
        "talk",
        "tree",
    }


@pytest.mark.parametrize("noun", commands())
def test_the_help_of_a_noun_loads_its_command_file_alone_and_nothing_heavy(noun: str) -> None:
    modules = loaded(noun, "--help")
    assert heavy(modules) == set()
    assert {
        f"hepartner.commands.{name}" for name in ours(modules, "commands") - {"opening", "parameters"}
    } == {commands()[noun].module}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hep pa", {"pairing", "partner"}),
        ("hep 积", {"积分"}),
        ("hep --l", {"--ledger"}),
        ("hep 积分 发", {"发放"}),
        ("hep points award --re", {"--reason"}),
    ],
)
def test_completion_offers_english_and_chinese_and_loads_nothing_heavy(typed: str, offered: set[str]) -> None:
    words = typed.split()
    ended = started(COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1), _HEP_COMPLETE="complete_bash")
    assert set(ended.stdout.split()) == offered
    modules = modules_of(ended)
    assert heavy(modules) == set()
    assert "hepartner.ledger" not in modules
