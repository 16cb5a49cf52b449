"""A small ledger to test against: one district, one subdistrict, two communities, a clock that stands still."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.particulars import Particulars
from hepartner.ledger.partners import Partner

CHINA = timezone(timedelta(hours=8))


@dataclass
class Clock:
    """A clock that shows what it was set to."""

    now: datetime = datetime(2025, 11, 20, 10, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """20 November 2025, ten in the morning, in Beihai."""
    return Clock()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One empty ledger and one with areas, made once; each test opens its own copy."""
    folder = tmp_path_factory.mktemp("templates")
    empty, settled = folder / "empty.db", folder / "settled.db"
    Ledger.create(empty, operator="李梅", clock=Clock()).close()
    shutil.copy(empty, settled)
    with Ledger.open(settled, operator="李梅", clock=Clock()) as ledger:
        district = ledger.areas.add("district", "海城区", code="HC").area
        subdistrict = ledger.areas.add("subdistrict", "驿马街道", parent=district, code="YM").area
        for name, code in (("幸福里社区", "XF"), ("和平社区", "HP")):
            ledger.areas.add("community", name, parent=subdistrict, code=code, since=date(2022, 1, 1))
    return {"empty": empty, "settled": settled}


@pytest.fixture
def empty(tmp_path: Path, clock: Clock, templates: dict[str, Path]) -> Iterator[Ledger]:
    """A ledger in which nothing stands yet."""
    yield from _copy(templates["empty"], tmp_path, clock)


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock, templates: dict[str, Path]) -> Iterator[Ledger]:
    """海城区 › 驿马街道 › 幸福里社区 XF, 和平社区 HP, both counted from 2022-01-01."""
    yield from _copy(templates["settled"], tmp_path, clock)


def _copy(template: Path, folder: Path, clock: Clock) -> Iterator[Ledger]:
    path = folder / "台账.db"
    shutil.copy(template, path)
    with Ledger.open(path, operator="李梅", clock=clock) as ledger:
        yield ledger


def enrol(
    ledger: Ledger, name: str, *, kind: str = "individual", community: str = "XF", **more: Any
) -> Partner:
    """Enrol a partner who joined on 2024-01-01 unless told otherwise."""
    area = ledger.areas.find(community)
    said = Particulars(kind, name, area.id, **{"joined_on": "2024-01-01", **more})
    return ledger.partners.enrol(said).partner


def hire(ledger: Ledger, *names: str, role: str = "clerk", pin: str = "") -> None:
    """Register operators, each with this PIN if there is one."""
    for name in names:
        operator = ledger.operators.add(name, role).now
        if pin:
            ledger.operators.set_pin(operator, pin)
