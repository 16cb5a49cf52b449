"""Commands run in this process as typed, on a copy of a small ledger; nothing of this machine's settings is seen."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hepartner.cli import program
from hepartner.ledger import Ledger
from hepartner.terminal import edge, talk
from tests.ledger.conftest import templates

__all__ = ["templates"]


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code, its data and its talk."""

    code: int
    out: str
    err: str


Hep = Callable[..., Said]


@pytest.fixture
def path(tmp_path: Path, templates: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger that commands work on: 海城区 › 驿马街道 › 幸福里社区 XF (the one worked in), 和平社区 HP."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    ledger = tmp_path / "台账.db"
    shutil.copy(templates["settled"], ledger)
    monkeypatch.setenv("HEPARTNER_LEDGER", str(ledger))
    monkeypatch.setenv("HEPARTNER_OPERATOR", "李梅")
    monkeypatch.setenv("HEPARTNER_COMMUNITY", "XF")
    monkeypatch.setattr(talk, "_vouchers", [])
    return ledger


@pytest.fixture
def hep(path: Path, capsys: pytest.CaptureFixture[str]) -> Hep:
    """Return a function that runs `hep` with words and returns what it said."""
    assert path.exists()

    def run(*words: str) -> Said:
        code = edge.run(program(), words)
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """The same ledger from Python, by the computer's own clock."""
    with Ledger.open(path, operator="李梅", community="XF") as opened:
        yield opened
