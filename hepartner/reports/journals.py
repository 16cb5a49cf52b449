"""The points as a journal in the language of another bookkeeping program, which checks every month's balances by itself."""

from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from hepartner.ledger.months import last_day, month_of, shifted
from hepartner.ledger.witness import Account, Month, Movement, Posting, Witness
from hepartner.words.points import KINDS

from .errors import MonthNotCome
from .readings import area_named
from .saving import Saved, checked_target, save

if TYPE_CHECKING:
    from hepartner.ledger import Ledger


class About(NamedTuple):
    """What a journal is of: the area, its last month, and the anchor 核对码 of the ledger when it was written."""

    area: str
    last: str
    anchor: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What the head of a journal says, whatever its language."""
        return (
            f"{self.area}合伙人积分账，到 {self.last}，核对码 {self.anchor}",
            "账户只写社区代码和合伙人编号，没有姓名和电话。积分记在它统计的月份；补录记在那个月的 1 日，并注明发生的日期。",
        )


class Language(Protocol):
    """How a program wants its journal written; every method yields lines."""

    def head(self, about: About) -> Iterator[str]:
        """Say what the journal is of, and which unit it has."""

    def account(self, account: Account, day: str) -> Iterator[str]:
        """Declare an account before its first posting, on the day of that."""

    def movement(self, movement: Movement) -> Iterator[str]:
        """Write a movement with its postings."""

    def ends(self, month: str, balances: dict[Account, int]) -> Iterator[str]:
        """Assert what every account of a partner ends a month with."""


def write_journal(
    ledger: "Ledger", language: Language, target: Path, *, area: str | None = None, last: str | None = None
) -> Saved:
    """Write the journal of an area (the whole ledger's unless named) to the end of a month (this one unless said).

    Raises the leaves of errors.BadTarget before anything is read, errors.MonthNotCome, errors.TargetUnwritable and what
    readings.area_named raises.
    """
    path = checked_target(target, ledger.database.path)
    last = last or month_of(ledger.today())
    if last > month_of(ledger.today()):
        raise MonthNotCome(last, ledger.today())

    def write(buffer: BytesIO) -> None:
        with ledger.snapshot():
            where = area_named(ledger, area)
            months = ledger.book(Witness).months(last, where if where.parent_id is not None else None)
            text = TextIOWrapper(buffer, encoding="utf-8", newline="\n")
            about = About(where.name, last, str(ledger.anchor))
            text.writelines(f"{line}\n" for line in journal(language, about, months))
            text.detach()

    return save(write, path)


def journal(language: Language, about: About, months: Iterable[Month]) -> Iterator[str]:
    """Yield the lines of a journal: each month's movements by their days, then what it ends with."""
    yield from language.head(about)
    declared: set[Account] = set()
    for month in months:
        for movement in month.movements:
            yield ""
            for posting in movement.postings:
                if posting.account not in declared:
                    declared.add(posting.account)
                    yield from language.account(posting.account, movement.day)
            yield from language.movement(movement)
        yield ""
        yield from language.ends(month.month, month.balances)


class Hledger:
    """The language of hledger; an assertion stands on the last day of its month, behind all that moved on it."""

    def head(self, about: About) -> Iterator[str]:
        """Say what the journal is of, the unit, and that partners own their points."""
        yield from (f"; {line}" for line in about.lines)
        yield from ("", "commodity 1000. 积分", "account 合伙人  ; type: A")

    def account(self, account: Account, day: str) -> Iterator[str]:  # noqa: ARG002 hledger's accounts have no first day
        """Declare an account."""
        yield f"account {self._name(account)}"

    def movement(self, movement: Movement) -> Iterator[str]:
        """Write a transaction: the voucher as its code, the day it happened on as a tag if that is another."""
        late = f"  ; 发生日:{movement.happened_on}" if movement.happened_on else ""
        yield f"{movement.day} * (V{movement.voucher}) {KINDS[movement.kind]}{late}"
        for posting in movement.postings:
            yield f"    {self._name(posting.account)}  {posting.points} 积分{self._entry(posting)}"

    def ends(self, month: str, balances: dict[Account, int]) -> Iterator[str]:
        """Assert the balances in a transaction that moves nothing."""
        yield f"{last_day(month)} * {month} 月末余额"
        for account, points in balances.items():
            yield f"    {self._name(account)}  0 积分 = {points} 积分"

    @staticmethod
    def _name(account: Account) -> str:
        if account.partner:
            return f"合伙人:{account.community}:{account.partner}"
        return f"{KINDS[account.kind]}:{account.community}"

    @staticmethod
    def _entry(posting: Posting) -> str:
        if posting.entry is None:
            return ""
        reverses = f", 冲正:{posting.reverses}" if posting.reverses else ""
        return f"  ; 流水:{posting.entry}{reverses}"


class Beancount:
    """The language of beancount; it asserts what stands when a day begins, so a month's balance stands on the first of the next.

    Its names of accounts and units begin with a Latin capital.
    """

    def head(self, about: About) -> Iterator[str]:
        """Say what the journal is of, and the unit."""
        yield from (f"; {line}" for line in about.lines)
        yield from (
            "",
            f'option "title" "{_quoted(about.area)}合伙人积分账"',
            'option "operating_currency" "JIFEN"',
        )
        yield from ("1970-01-01 commodity JIFEN", '  name: "积分"')

    def account(self, account: Account, day: str) -> Iterator[str]:
        """Open an account on the day of its first posting."""
        yield f"{day} open {self._name(account)} JIFEN"

    def movement(self, movement: Movement) -> Iterator[str]:
        """Write a transaction; the day it happened on, and the entries, stand in its metadata."""
        yield f'{movement.day} * "V{movement.voucher} {KINDS[movement.kind]}"'
        if movement.happened_on:
            yield f"  happened: {movement.happened_on}"
        for posting in movement.postings:
            yield f"  {self._name(posting.account)}  {posting.points} JIFEN"
            if posting.entry is not None:
                yield f"    entry: {posting.entry}"
            if posting.reverses is not None:
                yield f"    reverses: {posting.reverses}"

    def ends(self, month: str, balances: dict[Account, int]) -> Iterator[str]:
        """Assert the balances with which the next month begins."""
        day = f"{shifted(month, 1)}-01"
        yield from (
            f"{day} balance {self._name(account)}  {points} JIFEN" for account, points in balances.items()
        )

    @staticmethod
    def _name(account: Account) -> str:
        if account.partner:
            return f"Assets:{account.community}:{account.partner}"
        return f"{_BEANCOUNT_ROOTS[account.kind]}:{account.kind.capitalize()}:{account.community}"


def _quoted(text: str) -> str:
    """Return a text as it stands between quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


_BEANCOUNT_ROOTS = {
    "award": "Income",
    "redeem": "Expenses",
    "deduct": "Expenses",
    "expire": "Expenses",
    "opening": "Equity",
    "transfer": "Equity",
}
