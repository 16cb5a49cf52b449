"""Operators: who writes is registered, what is a manager's stays a manager's, and who confirms has typed a PIN."""

import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest

from hepartner.ledger import Ledger, operators, pins
from hepartner.ledger.errors import GuardRefused
from hepartner.ledger.operators import (
    LastManager,
    NeedsManager,
    NoPin,
    NoSuchOperator,
    NotAnother,
    NotRegistered,
    OnlyReads,
    PinNeeded,
    Retired,
    SameOperator,
    SameRole,
    WrongPin,
)
from hepartner.ledger.redeeming import SecondNeeded
from hepartner.ledger.settings import BadLimit
from hepartner.ledger.stocking import Goods
from hepartner.ledger.undo import CannotUndo, NothingToUndo
from hepartner.words.setting import UNLIMITED
from tests.ledger.conftest import Clock, enrol, hire


def by(ledger: Ledger, name: str, pin: str | None = None) -> Ledger:
    """The same file opened by another operator, who types this PIN when asked."""
    return Ledger.open(
        ledger.database.path, operator=name, clock=Clock(), ask_pin=None if pin is None else lambda: pin
    )


# Who writes


def test_who_creates_the_ledger_is_its_first_manager(ledger: Ledger) -> None:
    assert [(one.name, one.role) for one in ledger.operators.listing()] == [("李梅", "manager")]


def test_a_name_that_nobody_registered_writes_nothing(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    with (
        by(ledger, "李每") as other,
        pytest.raises(NotRegistered, match=r"“李每”没有登记.*主管（李梅）.*operator add 李每"),
    ):
        other.points.award(partner, 10)
    assert ledger.points.balance(partner) == 0


def test_an_auditor_reads_and_writes_nothing(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    hire(ledger, "陈静", role="auditor")
    with by(ledger, "陈静") as auditor:
        assert auditor.points.balance(partner) == 0
        with pytest.raises(OnlyReads, match="陈静是审计，只能查看"):
            auditor.points.award(partner, 10)


def test_who_was_retired_writes_no_more_until_registered_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    hire(ledger, "王强")
    with by(ledger, "王强") as clerk:
        clerk.points.award(partner, 10)
        ledger.operators.retire(ledger.operators.find("王强"))
        with pytest.raises(Retired, match="王强已停用"):
            clerk.points.award(partner, 10)
        assert [one.name for one in ledger.operators.listing()] == ["李梅"]
        assert [one.name for one in ledger.operators.listing(everyone=True)] == ["李梅", "王强"]
        assert ledger.operators.add("王强", "clerk").now.id == 2
        clerk.points.award(partner, 10)
    assert {one.operator for one in ledger.history.log(partner=partner)} == {"李梅", "王强"}


def test_every_voucher_bears_who_is_logged_in_on_the_computer_whatever_the_environment_says(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "别人")
    enrol(ledger, "武玉侪")
    (last,) = ledger.history.log(limit=1)
    assert (last.operator, last.system_user) == ("李梅", ledger.database.path.owner())


def test_operators_are_registered_once_and_change_their_role(ledger: Ledger) -> None:
    hire(ledger, "王强")
    with pytest.raises(SameOperator, match="王强已经登记，是经办"):
        ledger.operators.add(" 王强 ", "manager")
    with pytest.raises(operators.Nameless):
        ledger.operators.add("　", "clerk")
    wang = ledger.operators.find("王强")
    with pytest.raises(SameRole, match="王强已经是经办"):
        ledger.operators.change_role(wang, "clerk")
    assert ledger.operators.change_role(wang, "manager").now.role == "manager"
    with pytest.raises(NoSuchOperator, match="没有找到操作人“陈静”"):
        ledger.operators.find("陈静")


def test_a_ledger_is_never_without_a_manager(ledger: Ledger) -> None:
    hire(ledger, "王强")
    limei = ledger.operators.find("李梅")
    for change in (
        lambda: ledger.operators.retire(limei),
        lambda: ledger.operators.change_role(limei, "clerk"),
    ):
        with pytest.raises(LastManager, match="李梅是唯一的主管"):
            change()
    ledger.operators.change_role(ledger.operators.find("王强"), "manager")
    ledger.operators.retire(limei)
    assert ledger.custody.verify().findings == ()


def test_undoing_a_registration_retires_and_undoing_that_gives_it_again(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    added = ledger.operators.add("王强", "clerk").voucher
    with by(ledger, "王强") as clerk:
        award = clerk.points.award(partner, 10)
        undone = ledger.history.undo(added).voucher
        assert not ledger.operators.find("王强").active
        with pytest.raises(Retired):
            clerk.points.award(partner, 10)
        ledger.history.undo(undone)
        assert clerk.points.award(partner, 10).voucher
    assert [one.voucher for one in ledger.history.log(operator="王强")][-1] == award.voucher
    assert ledger.custody.verify().findings == ()


def test_an_undo_that_would_leave_nobody_to_manage_is_refused_by_the_guard(ledger: Ledger) -> None:
    hire(ledger, "王强")
    promoted = ledger.operators.change_role(ledger.operators.find("王强"), "manager").voucher
    ledger.operators.retire(ledger.operators.find("李梅"))
    with by(ledger, "王强") as manager, pytest.raises(NothingToUndo, match="至少要有一位主管"):
        manager.history.undo(promoted)


# What is a manager's


def test_clerks_change_no_rules_settings_or_operators_and_merge_nobody(ledger: Ledger) -> None:
    wu, double = enrol(ledger, "武玉侪"), enrol(ledger, "武玉柴")
    ledger.rulebook.add("PATROL", "网格巡查", points=5)
    ledger.periods.close([ledger.areas.find("XF")], "2025-10")
    hire(ledger, "王强")
    before = ledger.anchor
    with by(ledger, "王强") as clerk:
        for what, deed in {
            "合并": lambda: clerk.membership.merge(double, wu),
            "规则": lambda: clerk.rulebook.add("PATROL", points=50),
            "停用": lambda: clerk.rulebook.retire(clerk.rulebook.find("PATROL")),
            "设置": lambda: clerk.settings.set("expiry", "yearly"),
            "操作人": lambda: clerk.operators.add("陈静", "manager"),
            "角色": lambda: clerk.operators.change_role(clerk.operators.find("王强"), "manager"),
            "账期|开账|重新": lambda: clerk.periods.reopen([clerk.areas.find("XF")], "2025-10"),
        }.items():
            with pytest.raises(NeedsManager, match=f"“.*({what}).*”要由主管来做，王强是经办.*李梅"):
                deed()
        assert clerk.points.award(wu, 5).voucher
    assert ledger.anchor.vouchers == before.vouchers + 1


def test_what_a_manager_did_a_clerk_does_not_undo_nor_undo_the_undoing(ledger: Ledger) -> None:
    set_ = ledger.settings.set("expiry", "yearly")
    hire(ledger, "王强")
    with by(ledger, "王强") as clerk:
        with pytest.raises(NeedsManager, match="“撤销修改设置”要由主管来做"):
            clerk.history.undo(set_)
        undone = ledger.history.undo(set_).voucher
        with pytest.raises(NeedsManager):
            clerk.history.undo(undone)
    ledger.history.undo(undone)
    assert ledger.settings.get("expiry") == "yearly"


def test_a_manager_with_a_pin_types_it_once_for_what_is_a_managers(ledger: Ledger) -> None:
    hire(ledger, "王强", role="manager", pin="2468")
    with by(ledger, "王强") as silent, pytest.raises(PinNeeded, match=r"要王强的口令.*HEPARTNER_PIN"):
        silent.settings.set("expiry", "yearly")
    with by(ledger, "王强", "1357") as mistaken:
        assert enrol(mistaken, "武玉侪").code
        with pytest.raises(WrongPin, match="王强的口令不对"):
            mistaken.settings.set("expiry", "yearly")
    asked: list[str] = []
    with by(ledger, "王强", "2468") as manager:
        manager.ask_pin = lambda: asked.append("") or "2468"
        manager.settings.set("expiry", "yearly")
        manager.settings.set("office", "海城区")
    assert len(asked) == 1


# PINs


def test_a_pin_is_kept_as_a_salted_hash_and_full_width_digits_are_digits() -> None:
    kept, again = pins.hashed("2468"), pins.hashed("2468")
    assert kept != again
    assert kept.startswith("scrypt$16384$8$1$")
    assert "2468" not in kept.split("$")
    assert pins.fits("２４６８", kept)
    assert not pins.fits("2469", kept)
    assert not pins.fits("", kept)


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "密码密码", "-123"])
def test_a_pin_is_4_to_12_digits(pin: str) -> None:
    with pytest.raises(pins.BadPin, match="4 到 12 位数字"):
        pins.hashed(pin)


def test_nothing_tells_a_pin_but_that_it_was_set_and_by_whom(ledger: Ledger) -> None:
    hire(ledger, "王强", pin="2468")
    kept = ledger.database.value("SELECT pin FROM operator WHERE name = '王强'")
    told = ledger.database.rows(
        "SELECT before, after FROM change WHERE card = 'operator' AND field = 'pin' AND card_id = 2"
    )
    assert told == [(None, None)]
    (set_,) = ledger.history.log(limit=1)
    assert (set_.action, set_.operator) == ("operator.pin", "李梅")
    assert pins.fits("2468", kept)
    assert ledger.custody.verify().findings == ()


def test_a_pin_that_was_set_is_not_undone(ledger: Ledger) -> None:
    hire(ledger, "王强", pin="2468")
    with pytest.raises(CannotUndo, match="旧口令没有留存"):
        ledger.history.undo(ledger.anchor.vouchers)


def test_ones_own_pin_is_changed_by_who_knows_it_and_anybodys_by_a_manager(ledger: Ledger) -> None:
    hire(ledger, "王强", "陈静")
    with by(ledger, "王强") as first:
        wang = first.operators.find("王强")
        first.operators.set_pin(wang, "2468")
        with pytest.raises(PinNeeded):
            first.operators.set_pin(wang, "1111")
        with pytest.raises(NeedsManager, match="重设陈静的口令"):
            first.operators.set_pin(first.operators.find("陈静"), "1111")
    with by(ledger, "王强", "2468") as knowing:
        knowing.operators.set_pin(wang, "1357")
    with by(ledger, "陈静") as other:
        assert other.operators.attest("王强", "1357") == wang.id
        ledger.operators.set_pin(wang, "9999")
        assert other.operators.attest("王强", "9999") == wang.id


def test_a_pin_that_was_put_there_past_the_program_is_found(ledger: Ledger) -> None:
    hire(ledger, "王强")
    for name in ("operator_pin_by", "operator_edit", "operator_history"):
        ledger.database.write(f"DROP TRIGGER {name}")
    ledger.database.write("UPDATE operator SET pin = ? WHERE id = 2", (pins.hashed("2468"),))
    assert [one.message for one in ledger.custody.verify().findings if one.check == "操作人"] == [
        "操作人王强的口令不是由本程序设置的。"
    ]


# Who confirms


@pytest.fixture
def shop(ledger: Ledger) -> Ledger:
    """武玉侪 has 900 points, rice costs 50, and of more than 500 points a slip is confirmed."""
    ledger.points.award(enrol(ledger, "武玉侪"), 900, day=date(2025, 11, 1))
    rice = ledger.shop.add(Goods(ledger.areas.find("XF").id, "大米"), 50).item
    ledger.shop.stock_in([(rice, 40)])
    ledger.settings.set("大额兑换", "500")
    hire(ledger, "王强", pin="2468")
    hire(ledger, "陈静", role="auditor", pin="2468")
    hire(ledger, "新来的")
    return ledger


def redeem(ledger: Ledger, quantity: int, second_id: int | None = None) -> str | None:
    """Redeem rice; return who confirmed it."""
    rice = ledger.shop.find("XF-S0001")
    partner = ledger.partners.find("武玉侪")
    return ledger.shop.redeem(partner, [(rice, quantity)], second_id=second_id).second


def test_a_slip_above_the_limit_wants_another_operators_pin(shop: Ledger) -> None:
    assert redeem(shop, 1) is None
    with pytest.raises(SecondNeeded, match=r"是 550 分，超过 500 分的.*--second"):
        redeem(shop, 11)
    assert redeem(shop, 11, shop.operators.attest("王强", "2468")) == "王强"
    (slip,) = shop.history.log(limit=1)
    assert (slip.operator, slip.second) == ("李梅", "王强")
    assert shop.custody.verify().findings == ()


def test_a_slip_of_just_the_limit_and_any_without_a_limit_wants_nobody(shop: Ledger) -> None:
    assert redeem(shop, 10) is None
    shop.history.undo(shop.anchor.vouchers)
    shop.settings.set("redeem.second_above", UNLIMITED)
    assert redeem(shop, 18) is None


def test_who_confirms_is_another_who_may_write_and_has_a_pin(shop: Ledger) -> None:
    for name, pin, refusal in (
        ("王强", "1111", WrongPin),
        ("李梅", "2468", NotAnother),
        ("陈静", "2468", OnlyReads),
        ("新来的", "2468", NoPin),
        ("路人", "2468", NoSuchOperator),
    ):
        with pytest.raises(refusal):
            shop.operators.attest(name, pin)
    shop.operators.retire(shop.operators.find("王强"))
    with pytest.raises(Retired):
        shop.operators.attest("王强", "2468")


def test_a_large_slip_whose_cancelling_is_undone_was_confirmed_already(shop: Ledger) -> None:
    redeem(shop, 11, shop.operators.attest("王强", "2468"))
    shop.history.undo(shop.shop.cancel("D1").voucher)
    assert shop.points.balance(shop.partners.find("武玉侪")) == 350


@pytest.mark.parametrize("value", ["五百", "-1", "1.5", "1000001", "无"])
def test_a_limit_is_a_number_of_points(ledger: Ledger, value: str) -> None:
    with pytest.raises(BadLimit, match="请写积分"):
        ledger.settings.set("大额兑换", value)
    assert ledger.settings.get("redeem.second_above") == ""


def test_settings_tell_the_limit_in_words(ledger: Ledger) -> None:
    told = {one.name: one.word for one in ledger.settings.listing()}
    assert told["redeem.second_above"] == "不限"
    ledger.settings.set("大额兑换", "５００")
    assert {one.name: one.word for one in ledger.settings.listing()}["redeem.second_above"] == "500"


# What raw SQL may not


HEAD = "uid, recorded_at, operator_id, action, source, undoes_id, second_id"
SPELLINGS = ("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL")


@pytest.fixture
def raw(shop: Ledger) -> Iterator[sqlite3.Connection]:
    """A bare connection to the shop: 1 李梅 manages, 2 王强 and 4 新来的 are clerks, 3 陈静 audits."""
    connection = sqlite3.connect(shop.database.path, isolation_level=None)
    yield connection
    connection.close()


def head(
    raw: sqlite3.Connection,
    operator: int = 1,
    action: str = "points.award",
    *,
    undoes: int | None = None,
    second: int | None = None,
    spelling: str = "INSERT",
) -> None:
    """Begin a voucher by raw SQL."""
    row = ("raw", "2025-11-20T10:00:00+08:00", operator, action, "", undoes, second)
    raw.execute(f"{spelling} INTO voucher ({HEAD}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_voucher_is_of_who_may_not_write(raw: sqlite3.Connection, spelling: str) -> None:
    for operator in (3, 99):
        with pytest.raises(sqlite3.IntegrityError, match="没有登记、已停用，或只能查看"):
            head(raw, operator, spelling=spelling)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    "action", ["partner.merge", "rule.add", "rule.retire", "setting.set", "period.reopen"]
)
def test_no_voucher_of_a_clerk_does_what_is_a_managers(
    raw: sqlite3.Connection, action: str, spelling: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="只能由主管来做"):
        head(raw, 2, action, spelling=spelling)


def test_no_voucher_of_a_clerk_undoes_what_is_a_managers(shop: Ledger, raw: sqlite3.Connection) -> None:
    set_ = shop.settings.set("expiry", "yearly")
    undone = shop.history.undo(set_).voucher
    for voucher in (set_, undone):
        with pytest.raises(sqlite3.IntegrityError, match="只能由主管来做"):
            head(raw, 2, "undo", undoes=voucher)
    head(raw, 1, "undo", undoes=undone)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_voucher_is_confirmed_by_its_own_operator_or_by_who_has_no_pin(
    raw: sqlite3.Connection, spelling: str
) -> None:
    for operator, second in ((2, 2), (1, 3), (1, 4), (1, 99)):
        with pytest.raises(sqlite3.IntegrityError, match="另一位有口令的操作人"):
            head(raw, operator, second=second, spelling=spelling)
    head(raw, 1, second=2, spelling=spelling)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_slip_above_the_limit_stands_unconfirmed(raw: sqlite3.Connection, spelling: str) -> None:
    head(raw)
    slip = f"""{spelling} INTO redemption
        (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, points)
        SELECT max(id), 1, 3, '2025-11-20', '2025-11', 1, 1, 501 FROM voucher"""
    with pytest.raises(sqlite3.IntegrityError, match="另一位操作人复核"):
        raw.execute(slip)
    raw.execute(slip.replace("501", "500"))


def test_no_clerk_registers_promotes_or_sets_a_pin_by_a_voucher_of_another_kind(
    raw: sqlite3.Connection,
) -> None:
    head(raw, 2)
    mine = "voucher_id = (SELECT max(id) FROM voucher)"
    for statement, why in {
        f"UPDATE OR IGNORE operator SET role = 'manager', {mine} WHERE id = 2": "由主管登记、改变和停用",
        f"UPDATE OR REPLACE operator SET withdrawn = 1, {mine} WHERE id = 4": "由主管登记、改变和停用",
        f"UPDATE OR IGNORE operator SET pin = 'scrypt$1$1$1$0$0', {mine} WHERE id = 4": "由本人或主管设置",
        """INSERT OR REPLACE INTO operator (uid, created_in, voucher_id, name, role)
            SELECT 'x', max(id), max(id), '内应', 'manager' FROM voucher""": "由主管登记、改变和停用",
    }.items():
        with pytest.raises(sqlite3.IntegrityError, match=why):
            raw.execute(statement)
    raw.execute(f"UPDATE operator SET pin = 'scrypt$1$1$1$0$0', {mine} WHERE id = 2")


def test_the_last_manager_stays_whatever_is_spelt(raw: sqlite3.Connection) -> None:
    head(raw)
    mine = "voucher_id = (SELECT max(id) FROM voucher)"
    for change in ("withdrawn = 1", "role = 'auditor'"):
        with pytest.raises(sqlite3.IntegrityError, match="至少要有一位主管"):
            raw.execute(f"UPDATE OR IGNORE operator SET {change}, {mine} WHERE id = 1")


def test_a_guard_speaks_where_the_rule_was_walked_past(shop: Ledger) -> None:
    with pytest.raises(GuardRefused, match="另一位有口令的操作人"), shop.voucher("points.award", second_id=1):
        pass
