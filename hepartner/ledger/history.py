"""The log of vouchers: who did what when, newest first."""

import json
from dataclasses import dataclass
from typing import Any

from hepartner import words

from . import errors
from .book import Book
from .lineage import Lineage, TakenBack
from .partners import Partner
from .undo import Undone, undo


@dataclass(frozen=True, slots=True)
class Logged:
    """One voucher as the log shows it; `undone_partly` if what undid it kept some of it.

    `system_user` is who was logged in on the computer, `second` the operator who confirmed it.
    """

    voucher: int
    recorded_at: str
    operator: str
    system_user: str | None
    second: str | None
    action: str
    facts: int
    source: str
    note: str
    undoes: int | None
    undone_by: int | None
    undone_partly: bool
    report: str | None


def actions_meant(text: str) -> list[str]:
    """Return the actions that a text names: by code, by a noun's code (all of it), by word or part of one.

    Raises errors.NotFound.
    """
    known = words.actions()
    ways = (
        [code for code in known if code == text or code.startswith(f"{text}.")],
        [code for code, word in known.items() if word == text],
        [code for code, word in known.items() if text and text in word],
    )
    for found in ways:
        if found:
            return found
    raise errors.NotFound(
        "操作", text, "可写 hep log 里“操作”一栏的词或其中几个字，或命令的名称，如 points。"
    )


class NoSuchVoucher(errors.NotFound):
    """There is no voucher of this number."""

    def __init__(self, number: int) -> None:
        super().__init__("凭证", f"V{number}", "凭证号见 hep log。")


class NothingOfYours(errors.Refused):
    """An operator wrote nothing that stands."""

    def __init__(self, operator: str) -> None:
        super().__init__(
            f"{operator}没有还能撤销的凭证，没有撤销任何内容。别人记的请写明凭证号，见 hep log。"
        )


class History(Book):
    """What was written, and taking it back."""

    def log(
        self,
        *,
        operator: str | None = None,
        action: str | None = None,
        first: str | None = None,
        last: str | None = None,
        partner: Partner | None = None,
        limit: int | None = 50,
    ) -> list[Logged]:
        """Return vouchers, newest first, by operator, action (see `actions_meant`), days of recording and partner.

        Raises errors.NotFound for an operator nobody registered and for what is no action.
        """
        if operator is not None:
            self._check_operator(operator)
        if action is not None:
            action = json.dumps(actions_meant(action))
        tests = {
            "o.name = :operator": operator,
            "v.action IN (SELECT value FROM json_each(:action))": action,
            "substr(v.recorded_at, 1, 10) >= :first": first,
            "substr(v.recorded_at, 1, 10) <= :last": last,
            f"v.id IN ({self._about_partner()})": partner,
        }
        where = " AND ".join(test for test, value in tests.items() if value is not None) or "1"
        parameters: dict[str, Any] = {"operator": operator, "action": action, "first": first, "last": last}
        parameters |= {"partner": partner.id if partner else None, "limit": -1 if limit is None else limit}
        sql = f"""SELECT v.id, v.recorded_at, o.name, v.system_user,
              (SELECT name FROM operator WHERE id = v.second_id), v.action, s.facts, v.source,
              ifnull((SELECT group_concat(n.text, '；') FROM note n WHERE n.about_voucher_id = v.id AND n.withdrawn = 0), ''),
              v.undoes_id, s.report
            FROM voucher v JOIN operator o ON o.id = v.operator_id JOIN seal s ON s.voucher_id = v.id
            WHERE {where} ORDER BY v.id DESC LIMIT :limit"""
        lineage = Lineage(self.ledger)
        rows = self.database.rows(sql, parameters)
        return [_logged(row, lineage.taken_back(row[0])) for row in rows]

    def edition(self, card: str) -> str:
        """Return a text that changes whenever a card of this table is written."""
        sql = f"SELECT uid FROM voucher WHERE id = (SELECT max(voucher_id) FROM {card})"
        return self.database.value(sql) or ""

    def latest(self, *, key: str | None = None) -> tuple[int, str]:
        """Return the number and action of the operator's latest voucher that is no undo and was not taken back.

        Of an undo that was written by this key it is the voucher that it took back. Raises NothingOfYours.
        """
        lineage, name = Lineage(self.ledger), self.ledger.operator
        written = "SELECT w.id, w.action FROM voucher v JOIN voucher w ON w.id = v.undoes_id WHERE v.key = ?"
        for number, action in self.database.rows(written, (key,)):
            return number, action
        sql = """SELECT v.id, v.action FROM voucher v JOIN operator o ON o.id = v.operator_id
            WHERE o.name = ? AND v.action <> 'undo' ORDER BY v.id DESC"""
        for number, action in self.database.rows(sql, (name,)):
            if lineage.taken_back(number) is None:
                return number, action
        raise NothingOfYours(name)

    def undo(self, number: int, *, key: str | None = None) -> Undone:
        """Take back what a voucher did; of an undo, give again what it took back. What later work depends on is kept and listed.

        Raises NoSuchVoucher, undo.CannotUndo, undo.NothingToUndo.
        """
        if self.database.value("SELECT id FROM voucher WHERE id = ?", (number,)) is None:
            raise NoSuchVoucher(number)
        return undo(self.ledger, number, key=key)

    def _check_operator(self, name: str) -> None:
        known = [row[0] for row in self.database.rows("SELECT name FROM operator ORDER BY id")]
        if name not in known:
            raise errors.NotFound("操作人", name, f"登记过的有：{'、'.join(known)}。")

    def _about_partner(self) -> str:
        shapes = self.ledger.shapes
        tables = [table for table in shapes.facts if "partner_id" in shapes.columns[table]]
        facts = " UNION ".join(
            f"SELECT voucher_id FROM {table} WHERE partner_id = :partner" for table in tables
        )
        return f"{facts} UNION SELECT voucher_id FROM change WHERE card = 'partner' AND card_id = :partner"


def _logged(row: tuple[Any, ...], back: TakenBack | None) -> Logged:
    *told, report = row
    whole = (*told, *(back or (None, False)), report)
    return Logged(*whole)
