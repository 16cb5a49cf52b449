"""The ledger: one door to one file. It opens, holds one voucher at a time and composes the books; it has no business rule."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from . import chain, database, errors, vouchers
from .book import Book
from .facts import Shapes
from .periods import Periods
from .roles import RESERVED
from .unsaid import UnsaidDay

if TYPE_CHECKING:
    from sqlmodel import Session

    from .activities import Activities
    from .areas import Area, Areas
    from .carrying import Carrying
    from .counts import Counts
    from .custody import Custody
    from .history import History
    from .issues import Issues
    from .membership import Membership
    from .operators import Operators
    from .partners import Partners
    from .points import Points
    from .rulebook import Rulebook
    from .settings import Settings
    from .sheets import Sheets
    from .shop import Shop
    from .statements import Statements

B = TypeVar("B", bound=Book)

Clock = Callable[[], datetime]
Choose = Callable[[str, Sequence[str]], int]
"""Asked with what was typed and the candidates' texts; returns the chosen one's place."""
AskPin = Callable[[], str]
"""Asked for the operator's PIN where one is needed; returns what was typed."""


def local_time() -> datetime:
    """Return the time on this computer, with its zone."""
    return datetime.now().astimezone()


class Ledger:
    """One open ledger and the books of its nouns."""

    def __init__(
        self,
        opened: database.Database,
        *,
        operator: str,
        clock: Clock,
        choose: Choose | None = None,
        ask_pin: AskPin | None = None,
        community: str | None = None,
        key: str | None = None,
        backups: bool = False,
    ) -> None:
        self.database = opened
        self.operator = operator
        self.choose = choose
        self.ask_pin = ask_pin
        self.shapes = Shapes(opened)
        self._clock = clock
        self._community = community
        self._key = key
        self._backups = backups
        self.doubts: list[str] = []
        """What the vouchers written through this ledger leave to be looked at again, in sentences."""
        self.written: list[int] = []
        """The vouchers written through this ledger, in order; those of a rehearsal are taken back at its end."""
        self._session: Session | None = None
        self._books: dict[type[Book], Book] = {}

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        operator: str,
        clock: Clock = local_time,
        choose: Choose | None = None,
        ask_pin: AskPin | None = None,
        community: str | None = None,
        key: str | None = None,
        backups: bool = False,
    ) -> Self:
        """Open a ledger file; `community` is the one worked in, looked up when it is first needed.

        `key` is the idempotency key under which something will be written: what it wrote before is found as it was called then.
        With `backups` a backup is made before the first voucher of each day.
        Raises errors.BadFile leaves; the file is never changed by opening it.
        """
        opened = database.opened(Path(path))
        return cls(
            opened,
            operator=operator,
            clock=clock,
            choose=choose,
            ask_pin=ask_pin,
            community=community,
            key=key,
            backups=backups,
        )

    @classmethod
    def create(cls, path: Path | str, *, operator: str, clock: Clock = local_time) -> Self:
        """Create an empty ledger. Raises errors.LedgerExists and errors.LedgerUnreadable; leaves no half-made file."""
        from .schema import statements

        path = Path(path)
        opened = database.created(path)
        try:
            with opened.transaction():
                for statement in statements():
                    opened.write(statement)
            ledger = cls(opened, operator=operator, clock=clock)
            with ledger.voucher("ledger.create"):
                pass
        except BaseException:
            opened.close()
            path.unlink(missing_ok=True)
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is pending between vouchers."""
        if self._session is not None:
            self._session.close()
        self.database.close()

    def now(self) -> datetime:
        """Return the time by the ledger's clock."""
        return self._clock()

    def today(self) -> date:
        """Return the day by the ledger's clock."""
        return self.now().date()

    def day(self, said: date | None) -> str:
        """Return the day (ISO) that was said, else today, which is then no part of an intention."""
        return UnsaidDay(self.today()) if said is None else said.isoformat()

    @cached_property
    def here(self) -> "Area | None":
        """The community worked in: the one named when opening, else the only one there is, else None."""
        if self._community:
            return self.areas.find(self._community)
        communities = self.areas.communities()
        return communities[0] if len(communities) == 1 else None

    @cached_property
    def sent_before(self) -> int | None:
        """The voucher that was written under the key with which the ledger was opened, if there is one by now."""
        found = self._key and self.database.value("SELECT id FROM voucher WHERE key = ?", (self._key,))
        return found or None

    @property
    def anchor(self) -> chain.Anchor:
        """The anchor 核对码 of the ledger as it stands."""
        return chain.anchor(self.database)

    @contextmanager
    def voucher(
        self,
        action: str,
        *,
        key: str | None = None,
        intention: object = None,
        origin: vouchers.Origin = vouchers.Origin(),  # noqa: B008 frozen
        undoes_id: int | None = None,
        second_id: int | None = None,
    ) -> Iterator[vouchers.Voucher]:
        """Hold one transaction in which one voucher is written; sealed and committed at the end, nothing at all on any error.

        `second_id` is the operator who confirms it, from `operators.attest`.
        Raises errors.AlreadyRecorded when `key` came before with the same `intention`, errors.KeyTaken when with another,
        operators.MayNotWrite, operators.NeedsManager, errors.PerhapsWritten when the disk failed behind the commit.
        """
        if action in RESERVED or undoes_id is not None:
            self.operators.check_reserved(action, undoes_id)
        begun: vouchers.Voucher | None = None
        if self._backups and not self.database.rehearsing:
            self._back_up()
        try:
            with self.database.transaction():
                self.periods.forget()
                begun = vouchers.begin(
                    self,
                    action,
                    key=key,
                    intention=intention,
                    origin=origin,
                    undoes_id=undoes_id,
                    second_id=second_id,
                )
                yield begun
                begun.seal()
                doubts = begun.doubts()
            self.written.append(begun.id)
            self.doubts += doubts
        except KeyboardInterrupt:
            # It is raised when a call returns, so also by a commit that was made.
            if begun and begun.may_stand():
                self.written.append(begun.id)
            raise
        except errors.BadFile as failed:
            if begun and begun.may_stand():
                raise errors.PerhapsWritten(self.database.path, begun.id) from failed
            raise
        finally:
            self.periods.forget()

    def _back_up(self) -> None:
        """Make a backup if the last voucher is not of today, before a lock is held that other windows would wait for."""
        last = self.database.value("SELECT recorded_at FROM voucher ORDER BY id DESC LIMIT 1")
        if last and last[:10] != self.today().isoformat():
            from .backups import Backups

            self.book(Backups).before_the_first_write()

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Take back at the end whatever is written in it: a dry run goes through every rule and guard of the real one.

        Other windows wait meanwhile, as for a write.
        """
        try:
            with self.database.rehearsal():
                yield
        finally:
            self.periods.forget()

    def copy(self) -> Self:
        """Return a ledger in memory that stands as this one does: what is tried there nobody else sees or waits for."""
        return type(self)(
            database.copied(self.database),
            operator=self.operator,
            clock=self._clock,
            choose=self.choose,
            ask_pin=self.ask_pin,
            community=self._community,
        )

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one state of the ledger for many reads, so that a report never mixes two."""
        with self.database.reading():
            yield

    @property
    def session(self) -> "Session":
        """A read-only SQLModel session on the same connection, for filtered listings outside the counter lane."""
        if self._session is None:
            from .listing import session_on

            self._session = session_on(self.database)
        self._session.expire_all()
        return self._session

    def book(self, kind: type[B]) -> B:
        """Return the book of a noun by its class: ``ledger.book(Pairings)``.

        The books below, which other books call, have a name of their own; any other noun is its file and needs no line here.
        """
        if kind not in self._books:
            self._books[kind] = kind(self)
        return cast("B", self._books[kind])

    @cached_property
    def periods(self) -> Periods:
        """Months: open, closed, counted in."""
        return Periods(self)

    @cached_property
    def areas(self) -> "Areas":
        """Districts, subdistricts, communities and grids."""
        from .areas import Areas

        return Areas(self)

    @cached_property
    def partners(self) -> "Partners":
        """Individuals, groups and businesses."""
        from .partners import Partners

        return Partners(self)

    @cached_property
    def membership(self) -> "Membership":
        """The coming, going, moving and merging of partners."""
        from .membership import Membership

        return Membership(self)

    @cached_property
    def rulebook(self) -> "Rulebook":
        """What points are given for."""
        from .rulebook import Rulebook

        return Rulebook(self)

    @cached_property
    def activities(self) -> "Activities":
        """What took place."""
        from .activities import Activities

        return Activities(self)

    @cached_property
    def sheets(self) -> "Sheets":
        """The sign-in sheets of activities."""
        from .sheets import Sheets

        return Sheets(self)

    @cached_property
    def points(self) -> "Points":
        """Entries of points and balances."""
        from .points import Points

        return Points(self)

    @cached_property
    def carrying(self) -> "Carrying":
        """Points on their way with a partner that moved or was merged."""
        from .carrying import Carrying

        return Carrying(self)

    @cached_property
    def statements(self) -> "Statements":
        """Partners' entries, hours and the board."""
        from .statements import Statements

        return Statements(self)

    @cached_property
    def shop(self) -> "Shop":
        """Items, stock and redemptions."""
        from .shop import Shop

        return Shop(self)

    @cached_property
    def issues(self) -> "Issues":
        """Residents' issues."""
        from .issues import Issues

        return Issues(self)

    @cached_property
    def history(self) -> "History":
        """The log of vouchers and undo."""
        from .history import History

        return History(self)

    @cached_property
    def operators(self) -> "Operators":
        """Who writes, as what, and with which PIN."""
        from .operators import Operators

        return Operators(self)

    @cached_property
    def custody(self) -> "Custody":
        """Verification of the file."""
        from .custody import Custody

        return Custody(self)

    @cached_property
    def settings(self) -> "Settings":
        """The office's settings."""
        from .settings import Settings

        return Settings(self)

    @cached_property
    def counts(self) -> "Counts":
        """The SQL behind figures."""
        from .counts import Counts

        return Counts(self)
