"""Days before a community is counted are taken, and whoever wrote them is told; imports tell it with their rows."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.activities import Particulars
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol

TOLD = "请核对日期：幸福里社区从 2022-01-01 起计入，这里记的 {} 比它早。照样记账，但那时的社区数里没有它。\n"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("partner add 早到 --joined 2021-01-05", "2021-01-05"),
        ("activity add 早会 --day 2021-12-31", "2021-12-31"),
        ("activity add 早会 --day 2021-12-31 --organiser 老王", "2021-12-31"),
        ("points award 老王 5 --day 2021-06-01", "2021-06-01"),
    ],
)
def test_a_day_before_the_community_is_counted_is_told_and_written(
    hep: Hep, ledger: Ledger, words: str, day: str
) -> None:
    enrol(ledger, "老王", joined_on="2021-01-01")
    before = ledger.anchor.vouchers
    said = hep(*words.split())
    assert (said.code, said.err.count("请核对日期")) == (0, 1)
    assert TOLD.format(day) in said.err
    assert ledger.anchor.vouchers == before + 1


@pytest.mark.parametrize(
    "words", ["partner add 刚好 --joined 2022-01-01", "partner list", "points balance 老王"]
)
def test_nothing_is_told_of_the_first_day_or_when_nothing_is_written(
    hep: Hep, ledger: Ledger, words: str
) -> None:
    enrol(ledger, "老王")
    said = hep(*words.split())
    assert (said.code, "请核对日期" in said.err) == (0, False)


def test_each_community_is_told_of_once_with_its_earliest_day(ledger: Ledger) -> None:
    area = ledger.areas.find("XF")
    held = [Particulars(area.id, day, "早会") for day in ("2021-03-01", "2021-02-01", "2023-01-01")]
    with ledger.voucher("test") as voucher:
        ledger.activities.add_many(voucher, held)
    assert ledger.doubts == [TOLD.format("2021-02-01").rstrip()]
