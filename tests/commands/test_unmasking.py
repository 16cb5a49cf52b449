"""Whole phones are shown to who says why, and that is logged before anything is seen."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from .conftest import Hep

PHONE = "13800138000"
ASKED = ("--unmask", "--reason", "通知台风转移")


@pytest.fixture
def wang(hep: Hep) -> None:
    """王芳 with a phone, and another in her remark."""
    hep("partner", "add", "王芳", "--phone", PHONE, "--remark", "女儿 13900139000")


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize("command", [("list",), ("find", "王芳"), ("show", "王芳")])
def test_phones_are_whole_for_who_gives_a_reason(hep: Hep, command: tuple[str, ...]) -> None:
    assert PHONE not in hep("partner", *command).out
    said = hep("partner", *command, *ASKED)
    assert PHONE in said.out
    assert "已记入导出日志" in said.err
    (logged,) = json.loads(hep("log", "exports", "--json").out)
    assert (logged["rows"], logged["reason"], logged["operator"]) == (1, "通知台风转移", "李梅")


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize("command", [("list",), ("show", "王芳")])
def test_the_log_bears_the_hash_of_what_a_script_was_given(hep: Hep, command: tuple[str, ...]) -> None:
    given = hep("partner", *command, "--json", *ASKED).out
    assert "13900139000" in given
    (logged,) = json.loads(hep("log", "exports", "--json").out)
    assert logged["sha256"] == sha256(given.encode()).hexdigest()


@pytest.mark.usefixtures("wang")
def test_the_log_says_nothing_personal(hep: Hep) -> None:
    hep("partner", "list", "--area", "XF", "--kind", "个体", *ASKED)
    hep("partner", "show", "王芳", *ASKED)
    shown = hep("log", "exports").out
    assert "合伙人名单，幸福里社区，个体" in shown
    assert "合伙人 XF-P0001" in shown
    assert "王芳" not in shown


@pytest.mark.usefixtures("wang")
def test_without_a_reason_nothing_is_shown(hep: Hep) -> None:
    for wrong in (("--unmask",), ("--unmask", "--reason", " "), ("--reason", "通知")):
        said = hep("partner", "list", *wrong)
        assert (said.code, said.out) == (2, "")
    assert hep("log", "exports", "--json").out.strip() == "[]"


@pytest.mark.usefixtures("wang")
def test_what_shows_nobody_is_not_logged(hep: Hep) -> None:
    hep("partner", "list", "--kind", "商企", *ASKED)
    assert hep("log", "exports", "--json").out.strip() == "[]"


@pytest.mark.usefixtures("wang")
def test_a_log_that_was_altered_is_found(hep: Hep, path: Path) -> None:
    import sqlite3

    hep("partner", "list", *ASKED)
    raw = sqlite3.connect(path)
    (name, guard) = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE name = 'seal_no_update'"
    ).fetchone()
    raw.execute(f"DROP TRIGGER {name}")
    raw.execute("""UPDATE seal SET report = '{"what": "合伙人名单", "rows": 0}' WHERE report IS NOT NULL""")
    raw.execute(guard)
    raw.commit()
    raw.close()
    assert hep("verify").code == 6
