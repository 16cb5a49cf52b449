"""The partners that files name, read once for many files."""

from hepartner.intake.people import People
from hepartner.ledger import Ledger
from tests.ledger.conftest import enrol


def test_the_partners_are_read_again_only_after_a_card_was_written(ledger: Ledger) -> None:
    wang = enrol(ledger, "王芳", phone="13800138000")
    first = People.of(ledger)
    ledger.points.award(wang, 5)
    assert People.of(ledger) is first
    edited = ledger.partners.edit(wang, remark="队长")
    second = People.of(ledger)
    assert second.by_id[wang.id].remark == "队长"
    ledger.history.undo(edited.voucher)
    assert People.of(ledger).by_id[wang.id].remark == ""
    assert second is not first


def test_a_card_written_by_another_window_is_seen(ledger: Ledger) -> None:
    enrol(ledger, "王芳")
    assert len(People.of(ledger).by_id) == 1
    with Ledger.open(ledger.database.path, operator="李梅") as window:
        enrol(window, "李四")
    assert len(People.of(ledger).by_id) == 2
