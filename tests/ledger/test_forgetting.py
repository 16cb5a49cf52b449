"""Who left can be forgotten: names, phones and notes go for good, facts, seals and figures stay."""

import sqlite3
from contextlib import closing

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.errors import GuardRefused
from hepartner.ledger.forgetting import Forgetting, StillHere
from hepartner.ledger.particulars import BadPartner
from hepartner.ledger.partners import IsForgotten, Partner
from hepartner.ledger.undo import CannotUndo, NothingToUndo

from .conftest import enrol

PHONE = "13800138000"


@pytest.fixture
def wang(ledger: Ledger) -> Partner:
    """王芳, who was called 汪芳 once, was given points with a reason, and left."""
    wang = enrol(ledger, "汪芳", phone=PHONE, address="幸福路 3 号", skills="书法", remark="女儿在外地")
    ledger.partners.edit(wang, name="王芳", phone="13900139000")
    ledger.points.award(wang, 5, reason="王芳带队巡查")
    return ledger.membership.leave(ledger.partners.get(wang.id)).partner


BLANK = {"forgotten_on": "2025-11-20", "name": "已注销"} | dict.fromkeys(
    ("phone", "phone_tail", "skills", "address", "remark"), ""
)


def book(ledger: Ledger) -> Forgetting:
    return ledger.book(Forgetting)


def test_nothing_personal_is_left_in_the_file(ledger: Ledger, wang: Partner) -> None:
    done = book(ledger).forget(wang)
    assert done.notes == 1
    content = ledger.database.path.read_bytes()
    for text in ("王芳", "汪芳", "wangfang", PHONE, "13900139000", "幸福路", "女儿", "书法"):
        assert text.encode() not in content
    now = ledger.partners.get(wang.id)
    assert (now.code, now.name, str(now.phone), now.status) == (wang.code, "已注销", "", "left")


def test_points_figures_and_seals_stay_whole(ledger: Ledger, wang: Partner) -> None:
    book(ledger).forget(wang)
    assert ledger.points.balance(ledger.partners.get(wang.id)) == 5
    assert not ledger.custody.verify().findings


def test_cards_that_were_merged_into_one_are_forgotten_with_it(ledger: Ledger, wang: Partner) -> None:
    twin = enrol(ledger, "王小芳", phone="13700137000")
    back = ledger.membership.rejoin(wang).partner
    ledger.membership.merge(twin, back)
    ledger.membership.leave(back)
    book(ledger).forget(ledger.partners.get(wang.id))
    content = ledger.database.path.read_bytes()
    assert "王小芳".encode() not in content
    assert b"13700137000" not in content
    assert not ledger.custody.verify().findings


def test_notes_about_others_stay(ledger: Ledger, wang: Partner) -> None:
    li = enrol(ledger, "李梅")
    ledger.points.award(li, 3, reason="清理楼道")
    book(ledger).forget(wang)
    assert ledger.database.rows("SELECT text FROM note ORDER BY id") == [("",), ("清理楼道",)]


def test_other_places_that_hold_the_name_are_named(ledger: Ledger, wang: Partner) -> None:
    written = ledger.points.award(enrol(ledger, "李梅"), 3, reason="替王芳值班")
    assert book(ledger).forget(wang).mentions == (f"备注 V{written.voucher}",)


def test_who_is_here_is_not_forgotten(ledger: Ledger) -> None:
    li = enrol(ledger, "李梅")
    with pytest.raises(StillHere, match="请先办退出：hep partner leave XF-P0001"):
        book(ledger).forget(li)
    assert ledger.partners.get(li.id).name == "李梅"


def test_nothing_is_written_on_a_forgotten_card(ledger: Ledger, wang: Partner) -> None:
    book(ledger).forget(wang)
    gone, li = ledger.partners.get(wang.id), enrol(ledger, "李梅")
    for write in (
        lambda: book(ledger).forget(gone),
        lambda: ledger.partners.edit(gone, phone=PHONE),
        lambda: ledger.membership.rejoin(gone),
        lambda: ledger.membership.merge(gone, li),
        lambda: ledger.membership.merge(li, gone),
    ):
        with pytest.raises(IsForgotten, match="已经注销"):
            write()
    for sql in (
        "UPDATE OR REPLACE partner SET name = '王芳'",
        "UPDATE OR IGNORE partner SET forgotten_on = NULL, name = '王芳', name_key = '王芳'",
    ):
        with pytest.raises(GuardRefused, match="已经注销"), ledger.voucher("partner.edit") as voucher:
            ledger.database.write(f"{sql}, voucher_id = ? WHERE id = ?", (voucher.id, gone.id))
    with pytest.raises(GuardRefused, match="已经注销"), ledger.voucher("partner.merge") as voucher:
        voucher.edit("partner", li.id, status="merged", merged_into_id=gone.id)


def test_a_forgotten_card_holds_nothing_personal(ledger: Ledger, wang: Partner) -> None:
    for wrong in ("phone = '1'", "remark = '王芳'", "name = '王芳'", "status = 'active'"):
        field, value = wrong.split(" = ")
        fields = {**BLANK, field: value.strip("'")}
        with pytest.raises(GuardRefused), ledger.voucher("partner.forget") as voucher:
            voucher.edit("partner", wang.id, **fields)
    with ledger.voucher("partner.forget") as voucher:
        voucher.edit("partner", wang.id, **BLANK)


def test_nobody_else_is_called_so(ledger: Ledger) -> None:
    with pytest.raises(BadPartner, match="不能是“已注销”"):
        enrol(ledger, "已注销")


def test_it_can_not_be_undone_and_undoing_what_came_before_brings_nothing_back(
    ledger: Ledger, wang: Partner
) -> None:
    edited = ledger.database.value("SELECT max(id) FROM voucher WHERE action = 'partner.edit'")
    done = book(ledger).forget(wang)
    with pytest.raises(CannotUndo, match="个人信息已经清除"):
        ledger.history.undo(done.voucher)
    with pytest.raises(NothingToUndo, match="没有撤销任何内容"):
        ledger.history.undo(edited)
    assert ledger.partners.get(wang.id).name == "已注销"


BLANKING = "UPDATE {or_}change SET before = '', after = '' WHERE card = 'partner' AND field = 'name'"


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize("or_", ["", "OR IGNORE ", "OR REPLACE "])
def test_history_is_blanked_by_a_forgetting_alone(ledger: Ledger, or_: str) -> None:
    sql = BLANKING.format(or_=or_)
    raw = sqlite3.connect(ledger.database.path)
    with closing(raw), pytest.raises(sqlite3.DatabaseError, match="只能追加"):
        raw.execute(sql)
    for action in ("partner.edit", "partner.forget"):
        # What the voucher of a forgetting does not touch itself stays.
        with pytest.raises(GuardRefused, match="只能追加"), ledger.voucher(action):
            ledger.database.write(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET before = '张三' WHERE card = 'partner' AND field = 'name'",
        "UPDATE change SET before = '', after = '' WHERE card = 'partner' AND field = 'status'",
        "UPDATE change SET card_id = 2 WHERE card = 'partner' AND field = 'name'",
    ],
)
def test_it_says_nothing_new_and_leaves_what_is_sealed(ledger: Ledger, wang: Partner, sql: str) -> None:
    with ledger.voucher("partner.forget") as voucher:
        voucher.edit("partner", wang.id, remark="")
        with pytest.raises(GuardRefused, match="只能追加"):
            ledger.database.write(sql)
