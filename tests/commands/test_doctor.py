"""`hep doctor` as typed."""

import json
from pathlib import Path

from tests.commands.conftest import Hep


def test_the_screen_names_the_program_the_ledger_and_its_state(hep: Hep, path: Path) -> None:
    said = hep("诊断")
    lines = dict(line.split("\t")[:2] for line in said.out.splitlines())
    assert (said.code, said.err) == (0, "")
    assert lines["台账"] == str(path)
    assert lines["状态"] == "可以使用"


def test_programs_read_the_same_as_json(hep: Hep) -> None:
    said = json.loads(hep("doctor", "--json").out)
    assert said["usable"] is True
    assert {"program", "sqlite", "free", "last_backup"} <= {line["code"] for line in said["lines"]}


def test_a_ledger_that_can_not_be_used_gives_the_code_that_every_command_gives(hep: Hep, path: Path) -> None:
    path.write_text("no ledger")
    said = hep("doctor")
    assert (said.code, said.err) == (5, "")
    assert f"不能使用\t{path} 不是合伙人台账，没有改动它。请用 --ledger 指明正确的文件。" in said.out
    assert hep("doctor", "--json").code == 5
