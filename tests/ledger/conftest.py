"""A small ledger to test against: one district, one subdistrict, two communities, a clock that stands still."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.partners import Particulars, Partner

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


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A ledger in which nothing stands yet."""
    with Ledger.create(tmp_path / "台账.db", operator="李梅", clock=clock) as ledger:
        yield ledger


@pytest.fixture
def ledger(empty: Ledger) -> Ledger:
    """海城区 › 驿马街道 › 幸福里社区 XF, 和平社区 HP, both counted from 2022-01-01."""
    district = empty.areas.add("district", "海城区", code="HC").area
    subdistrict = empty.areas.add("subdistrict", "驿马街道", parent=district, code="YM").area
    for name, code in (("幸福里社区", "XF"), ("和平社区", "HP")):
        empty.areas.add("community", name, parent=subdistrict, code=code, since=date(2022, 1, 1))
    return empty


def enrol(ledger: Ledger, name: str, *, kind: str = "individual", community: str = "XF", **more: Any) -> Partner:
    """Enrol a partner who joined on 2024-01-01 unless told otherwise."""
    area = ledger.areas.find(community)
    said = Particulars(kind, name, area.id, **{"joined_on": "2024-01-01", **more})
    return ledger.partners.enrol(said).partner
