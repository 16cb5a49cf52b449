"""A ledger to import into, and the short way from a file's bytes to its report."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hepartner.intake import process
from hepartner.intake.choices import Choices
from hepartner.intake.pipeline import import_file
from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from tests.intake.builders import put
from tests.ledger.conftest import Clock, clock, ledger, templates

__all__ = ["Clock", "clock", "ledger", "templates"]

Imported = Callable[..., Report]


_OF_LEDGER = re.compile(r"\b[A-Z]{2,}-[A-Z]\d{4}|\d{3}\*{4}\d{4}")
"""A code of the ledger, or a masked phone: neither stands in a workbook that goes back to whoever sent the list."""


@pytest.fixture
def imported(ledger: Ledger, tmp_path: Path) -> Imported:
    """Import bytes under a file name: `imported("花名册.xlsx", content)`; kind and choices by keyword."""

    def run(name: str, content: bytes, *, kind: str = "partners", **how: Any) -> Report:
        path = put(tmp_path, name, content)
        asked = {word: how.pop(word) for word in ("confirm", "ask", "watch") if word in how}
        report = import_file(ledger, kind, path, Choices(**how), **asked)
        for problem in report.problems if report.read else ():
            given_back = (problem.given_back or problem.reason) + problem.remedy
            assert not _OF_LEDGER.search(given_back), given_back
        return report

    return run


@pytest.fixture
def grid(ledger: Ledger) -> None:
    """Two grids in 幸福里社区."""
    community = ledger.areas.find("XF")
    for name in ("第1网格", "第2网格"):
        ledger.areas.add("grid", name, parent=community)


@pytest.fixture
def own_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test does to the process that reads files, the others have their own."""
    monkeypatch.setattr(process, "idle", [])
    yield
    while process.idle:
        process.idle.pop().close()
