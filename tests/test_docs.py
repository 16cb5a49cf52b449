"""The README's first quarter hour works as it is pasted, and what it says of exit codes is what the errors carry."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from hepartner.cli import ENTRIES
from hepartner.ledger import custody, errors

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(mark: str) -> list[str]:
    """The commands of the fenced block that follows a mark."""
    found = re.search(rf"{mark}.*?```sh\n(.*?)```", README, re.DOTALL)
    assert found
    return found.group(1).strip().splitlines()


def test_the_readme_opens_with_the_two_commands() -> None:
    assert README.startswith("```sh\npython3 start.py demo")
    assert README.splitlines()[2].startswith("python3 start.py test")


def test_the_first_quarter_hour_works_as_pasted(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEPARTNER_")}
    environment |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    (tmp_path / "data").symlink_to(ROOT / "data")
    for line in fenced("walk-through"):
        words = shlex.split(line)
        assert words[0] == "hep"
        said = subprocess.run(
            [sys.executable, "-m", "hepartner", *words[1:]],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert said.returncode == 0, (line, said.stderr)
    assert (tmp_path / "月报.xlsx").stat().st_size > 10_000


def test_the_exit_codes_are_those_of_the_errors() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    carried = {errors.LedgerError.exit_code, errors.NotFound.exit_code, errors.BadFile.exit_code}
    assert carried | {errors.AlreadyRecorded.exit_code, custody.DifferencesFound.exit_code, 2, 3, 130} == told


def test_every_noun_named_in_the_readme_is_a_command() -> None:
    assert set(re.findall(r"\bhep ([a-z]+)", README)) <= set(ENTRIES)
