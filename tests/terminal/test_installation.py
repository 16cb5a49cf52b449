import getpass
import json
from pathlib import Path

import pytest

from hepartner.terminal import installation
from hepartner.terminal.installation import Unreadable, configured, office, remember


@pytest.fixture(autouse=True)
def fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing was ever set."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("HEPARTNER_LEDGER", "HEPARTNER_OPERATOR", "HEPARTNER_COMMUNITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)


def settings(**given: str | None) -> installation.Office:
    return office(**{"ledger": None, "operator": None, "community": None} | given)


def test_on_a_fresh_machine_the_ledger_is_visible_and_the_operator_is_who_logged_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "limei")
    found = settings()
    assert found.ledger.parts[-2:] == ("合伙人台账", "台账.db")
    assert (found.operator, found.community) == ("limei", None)


def test_a_machine_without_login_names_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert settings().operator == "未具名"


def test_what_was_remembered_holds_until_the_environment_or_a_command_line_says_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remember(ledger="/a/台账.db", operator="李梅", community="幸福里")
    assert settings() == installation.Office(Path("/a/台账.db"), "李梅", "幸福里")
    monkeypatch.setenv("HEPARTNER_LEDGER", '"/b/台账.db"')
    monkeypatch.setenv("HEPARTNER_OPERATOR", "王强")
    monkeypatch.setenv("HEPARTNER_COMMUNITY", "驿马")
    assert settings() == installation.Office(Path("/b/台账.db"), "王强", "驿马")
    assert settings(ledger="/c.db", operator="赵", community="XF") == installation.Office(
        Path("/c.db"), "赵", "XF"
    )


@pytest.mark.parametrize("blank", ["", "   ", "\u3000"])
def test_a_blank_setting_says_nothing(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    remember(operator="李梅", community=blank)
    monkeypatch.setenv("HEPARTNER_OPERATOR", blank)
    assert (settings().operator, settings(operator=blank).operator, settings().community) == (
        "李梅",
        "李梅",
        None,
    )
    assert settings(operator=" 王强\u3000").operator == "王强"


def test_remembering_one_setting_keeps_the_others() -> None:
    remember(ledger="/a.db", operator="李梅")
    file = remember(operator="王强", community=None)
    assert json.loads(file.read_text(encoding="utf-8")) == {"ledger": "/a.db", "operator": "王强"}
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("content", ["{", "[1]", "\xff"])
def test_a_settings_file_that_was_broken_is_named(content: str) -> None:
    file = remember(operator="李梅")
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(Unreadable, match=r"设置文件 .*hepartner.json 的内容看不懂") as refused:
        configured()
    assert refused.value.exit_code == 2
