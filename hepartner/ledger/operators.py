"""Operators 操作人: who writes, as what (roles.py), and with which PIN (pins.py)."""

from typing import TYPE_CHECKING, NamedTuple

from hepartner.words.operator import ROLES

from . import errors
from .book import Book, Written
from .roles import AUDITOR, MANAGER, RESERVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ledger import Ledger


class Operator(NamedTuple):
    """An operator; `has_pin` tells whether one was set, `active` whether it may write still."""

    id: int
    name: str
    role: str
    active: bool
    has_pin: bool


class NoSuchOperator(errors.NotFound):
    """Nobody of this name is registered."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "操作人", name, "登记过的见 hep operator list；新来的请主管用 hep operator add 登记。"
        )


class MayNotWrite(errors.Refused):
    """The operator is not registered, was retired, or only reads; base of the leaves below."""


class NotRegistered(MayNotWrite):
    """The operator's name is not on the list."""

    def __init__(self, name: str, managers: "Sequence[str]") -> None:
        shown = errors.quoted(name)
        super().__init__(
            f"操作人“{shown}”没有登记，没有记账。请用 --operator 写明您自己，"
            f"或请主管（{'、'.join(managers)}）登记：hep operator add {shown}。"
        )


class Retired(MayNotWrite):
    """The operator was retired."""

    def __init__(self, name: str, managers: "Sequence[str]") -> None:
        super().__init__(
            f"操作人{name}已停用，没有记账。要恢复请主管（{'、'.join(managers)}）再登记：hep operator add {name}。"
        )


class OnlyReads(MayNotWrite):
    """The operator is an auditor."""

    def __init__(self, name: str) -> None:
        super().__init__(f"操作人{name}是审计，只能查看，没有记账。请由经办或主管来记。")


class NeedsManager(errors.Refused):
    """Only a manager may do this."""

    def __init__(self, what: str, name: str, role: str, managers: "Sequence[str]") -> None:
        super().__init__(
            f"“{what}”要由主管来做，{name}是{ROLES[role]}，没有写入。请主管（{'、'.join(managers)}）来做。"
        )


class PinNeeded(errors.Refused):
    """The operator has a PIN, and nobody can be asked for it here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"这一步要{name}的口令，而这里没有人可问。请把口令放进环境变量 HEPARTNER_PIN 再运行。"
        )


class WrongPin(errors.Refused):
    """What was typed is not the operator's PIN."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}的口令不对，没有写入。忘了口令请主管重设：hep operator pin {name}。")


class NoPin(errors.Refused):
    """The operator who is to confirm has no PIN yet."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}还没有口令，不能复核。请本人先设：hep operator pin --operator {name}。")


class NotAnother(errors.Refused):
    """Nobody confirms their own work."""

    def __init__(self, name: str) -> None:
        super().__init__(f"复核的要是另一个人，{name}正是记账的操作人。请换一位。")


class SameOperator(errors.Refused):
    """The operator is registered already."""

    def __init__(self, known: Operator) -> None:
        super().__init__(
            f"操作人{known.name}已经登记，是{ROLES[known.role]}，没有改动。要换角色请用 hep operator role。"
        )


class SameRole(errors.Refused):
    """The operator has this role already."""

    def __init__(self, known: Operator) -> None:
        super().__init__(f"{known.name}已经是{ROLES[known.role]}，没有改动。")


class LastManager(errors.Refused):
    """A ledger without a manager could never have one again."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}是唯一的主管，没有改动。请先让另一位当主管：hep operator role 姓名 主管。")


class Nameless(errors.Refused):
    """A name that is none."""

    def __init__(self) -> None:
        super().__init__("操作人的姓名是空的。请写姓名。")


class Operators(Book):
    """Who may write, and who confirms."""

    def __init__(self, ledger: "Ledger") -> None:
        super().__init__(ledger)
        self._attested = False

    def listing(self, *, everyone: bool = False) -> list[Operator]:
        """Return the operators in the order in which they were registered; `everyone` adds those who were retired."""
        return [one for one in self._read() if one.active or everyone]

    def find(self, name: str) -> Operator:
        """Return the operator of this name, who may be retired. Raises NoSuchOperator."""
        for one in self._named(name):
            return one
        raise NoSuchOperator(name)

    def require(self, role: str, what: str) -> None:
        """Refuse `what` unless the ledger's operator has this role, and types the PIN if there is one; asked once.

        Raises MayNotWrite, NeedsManager, PinNeeded, WrongPin.
        """
        me = self._me()
        if me.role != role:
            raise NeedsManager(what, me.name, me.role, self._managers())
        self._check_own_pin(me)

    def attest(self, name: str, pin: str) -> int:
        """Return the id of the other operator who confirms by this PIN; `ledger.voucher(second_id=…)` bears it.

        Raises NoSuchOperator, NotAnother, Retired, OnlyReads, NoPin, WrongPin.
        """
        second = self.may_confirm(name)
        self._check_pin(second, pin)
        return second.id

    def may_confirm(self, name: str) -> Operator:
        """Return the other operator who is to confirm, before the PIN is asked for. Raises what `attest` raises but WrongPin."""
        second = self._active(name)
        if second.name == self.ledger.operator:
            raise NotAnother(second.name)
        if second.role == AUDITOR:
            raise OnlyReads(second.name)
        if not second.has_pin:
            raise NoPin(second.name)
        return second

    def add(self, name: str, role: str, *, key: str | None = None) -> Written[Operator]:
        """Register an operator, or one who was retired anew. Raises Nameless, SameOperator, and what `require` raises."""
        if not (name := name.strip()):
            raise Nameless
        with self.ledger.voucher("operator.add", key=key, intention=[name, role]) as voucher:
            known = next(iter(self._named(name)), None)
            if known and known.active:
                raise SameOperator(known)
            if known:
                voucher.edit("operator", known.id, role=role, withdrawn=0)
            else:
                voucher.add_one("operator", name=name, role=role)
        return Written(self.find(name), voucher.id)

    def change_role(self, operator: Operator, role: str, *, key: str | None = None) -> Written[Operator]:
        """Let an operator be something else. Raises Retired, SameRole, LastManager, and what `require` raises."""
        with self.ledger.voucher("operator.role", key=key, intention=[operator.id, role]) as voucher:
            now = self._active(operator.name)
            if now.role == role:
                raise SameRole(now)
            self._check_managers(now)
            voucher.edit("operator", now.id, role=role)
        return Written(self.find(operator.name), voucher.id)

    def retire(self, operator: Operator, *, key: str | None = None) -> Written[Operator]:
        """Let an operator write no more; what they wrote stays theirs. Raises Retired, LastManager, and what `require` raises."""
        with self.ledger.voucher("operator.retire", key=key, intention=operator.id) as voucher:
            now = self._active(operator.name)
            self._check_managers(now)
            voucher.edit("operator", now.id, withdrawn=1)
        return Written(self.find(operator.name), voucher.id)

    def set_pin(self, operator: Operator, pin: str, *, key: str | None = None) -> Written[Operator]:
        """Set an operator's PIN: one's own, knowing the old one if there is one, or as a manager anybody's.

        Raises pins.BadPin, Retired, and what `require` raises.
        """
        from . import pins

        self.check_pin_setter(operator)
        kept = pins.hashed(pin)
        # What a key stands for is whose PIN was set: no hash of the PIN itself is kept there.
        with self.ledger.voucher("operator.pin", key=key, intention=operator.id) as voucher:
            voucher.edit("operator", self._active(operator.name).id, pin=kept)
        return Written(self.find(operator.name), voucher.id)

    def check_pin_setter(self, operator: Operator) -> None:
        """Refuse to set a PIN that is not the operator's to set, before it is asked for. Raises what `require` raises."""
        me = self._me()
        if me.id == operator.id:
            self._check_own_pin(me)
        else:
            self.require(MANAGER, f"重设{operator.name}的口令")

    def check_reserved(self, action: str, undoes_id: int | None) -> None:
        """Refuse a voucher that only a manager writes, or undoes, to anybody else. Raises what `require` raises."""
        from hepartner.words import actions

        if undoes_id is not None:
            from .lineage import Lineage

            meant, _ = Lineage(self.ledger).meaning(undoes_id)
            action = self.database.value("SELECT action FROM voucher WHERE id = ?", (meant,))
        if action in RESERVED:
            undoing = "撤销" if undoes_id is not None else ""
            self.require(MANAGER, f"{undoing}{actions()[action]}")

    def may_not_write(self) -> MayNotWrite:
        """Return why the ledger's operator may not write; asked once it is known that it may not."""
        name = self.ledger.operator
        for known in self._named(name):
            return OnlyReads(name) if known.active else Retired(name, self._managers())
        return NotRegistered(name, self._managers())

    def _me(self) -> Operator:
        """Return the ledger's own operator. Raises MayNotWrite."""
        for me in self._named(self.ledger.operator):
            if me.active and me.role != AUDITOR:
                return me
        raise self.may_not_write()

    def _active(self, name: str) -> Operator:
        found = self.find(name)
        if not found.active:
            raise Retired(found.name, self._managers())
        return found

    def _check_own_pin(self, me: Operator) -> None:
        if me.has_pin and not self._attested:
            if self.ledger.ask_pin is None:
                raise PinNeeded(me.name)
            self._check_pin(me, self.ledger.ask_pin())
            self._attested = True

    def _check_pin(self, operator: Operator, pin: str) -> None:
        from . import pins

        kept = self.database.value("SELECT pin FROM operator WHERE id = ?", (operator.id,))
        if not pins.fits(pin, kept):
            raise WrongPin(operator.name)

    def _check_managers(self, leaving: Operator) -> None:
        if self._managers() == [leaving.name]:
            raise LastManager(leaving.name)

    def _managers(self) -> list[str]:
        return [one.name for one in self._read() if one.active and one.role == MANAGER]

    def _named(self, name: str) -> list[Operator]:
        return self._read("WHERE name = ?", name.strip())

    def _read(self, condition: str = "", *parameters: object) -> list[Operator]:
        sql = f"SELECT id, name, role, withdrawn = 0, pin IS NOT NULL FROM operator {condition} ORDER BY id"
        return [
            Operator(number, name, role, bool(active), bool(has_pin))
            for number, name, role, active, has_pin in self.database.rows(sql, parameters)
        ]
