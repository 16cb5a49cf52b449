"""Who was merged is answered with the code of whom it was merged into, whatever is asked of it."""

import pytest

from hepartner.ledger import Ledger
from tests.commands.conftest import Hep
from tests.ledger.conftest import enrol


@pytest.fixture
def merged(ledger: Ledger) -> None:
    """李泗 (XF-P0001) was merged into 李思 (XF-P0002), who was merged into 李四 (XF-P0003)."""
    first, second, stays = (enrol(ledger, name) for name in ("李泗", "李思", "李四"))
    ledger.membership.merge(first, second)
    ledger.membership.merge(second, stays)


@pytest.mark.usefixtures("merged")
@pytest.mark.parametrize("called", ["XF-P0001", "p0001", "李泗"])
@pytest.mark.parametrize(
    "words",
    [
        "partner show {}",
        "partner find {}",
        "partner edit {} --remark x",
        "partner leave {}",
        "partner merge 李四 {}",
        "partner history {}",
        "partner sheet {}",
        "points balance {}",
        "points award {} 5",
        "points deduct {} 5 --reason x",
        "points statement {}",
        "activity add 义诊 --organiser {}",
        "log --partner {}",
        "shop slips {}",
        "rule try 网格巡查 {}",
        "honour give 优秀合伙人 {}",
    ],
)
def test_who_was_merged_is_answered_with_who_stays(hep: Hep, words: str, called: str) -> None:
    said = hep(*words.format(called).split())
    assert (said.code, said.out) == (4, "")
    assert said.err == "李泗（XF-P0001）已并入 李四（XF-P0003），请改用 XF-P0003。\n"


@pytest.mark.usefixtures("merged")
def test_somebody_else_of_that_name_is_found_before_who_was_merged(hep: Hep, ledger: Ledger) -> None:
    enrol(ledger, "李泗", phone="13800138000")
    assert "XF-P0004" in hep("points", "balance", "李泗").out
    assert hep("partner", "find", "泗").code == 0


def test_a_name_of_several_merged_cards_tells_of_each(hep: Hep, ledger: Ledger) -> None:
    for phone, into in (("13800138001", "甲"), ("13800138002", "乙")):
        ledger.membership.merge(enrol(ledger, "李泗", phone=phone), enrol(ledger, into))
    assert hep("points", "balance", "李泗").err == (
        "李泗（XF-P0001）已并入 甲（XF-P0002），请改用 XF-P0002；李泗（XF-P0003）已并入 乙（XF-P0004），请改用 XF-P0004。\n"
    )
