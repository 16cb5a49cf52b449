"""One small district, built once, and its workbook of November 2025 read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hepartner.ledger import Ledger
from hepartner.reports.monthly import write_monthly

from .district import built
from .programme import carried_out


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """海城区, two subdistricts, four communities, fourteen months up to 2025-11; only to be read."""
    with built(tmp_path_factory.mktemp("district") / "海城.db") as ledger:
        carried_out(ledger)
        yield ledger


@pytest.fixture(scope="session")
def printed(district: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of November 2025."""
    return write_monthly(district, "2025-11", tmp_path_factory.mktemp("printed") / "月报.xlsx").path


@pytest.fixture(scope="session")
def workbook(printed: Path) -> Workbook:
    """The same, read back by openpyxl."""
    return load_workbook(printed)
