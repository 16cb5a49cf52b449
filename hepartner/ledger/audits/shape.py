"""What an audit is: a function that asks the ledger about a scope and yields what deserves a look."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..ledger import Ledger


class Notable(NamedTuple):
    """Something that deserves a look; what an audit can't tell is None.

    `voucher` is the one it is about, or the first of several, `recorded_at` its time, `points` how many are at stake.
    `audit` is the code of the audit that noted it.
    """

    what: str
    voucher: int | None = None
    recorded_at: str | None = None
    operator: str | None = None
    partner: str | None = None
    points: int | None = None
    audit: str = ""


class Scope(NamedTuple):
    """What is looked at: vouchers recorded on these days (ISO), facts of these communities (None: of all)."""

    first: str
    last: str
    communities: tuple[int, ...] | None

    @property
    def days(self) -> dict[str, str]:
        """The parameters of `RECORDED`."""
        return {"first": self.first, "last": self.last}

    def within(self, alias: str) -> str:
        """Return SQL that holds for a fact or card of the communities."""
        if self.communities is None:
            return "1"
        return f"{alias}.community_id IN ({', '.join(map(str, self.communities)) or 'NULL'})"

    def touching(self, ledger: "Ledger") -> str:
        """Return SQL that holds for a voucher `v` that wrote a fact of the communities, or for any if they are all."""
        if self.communities is None:
            return "1"
        facts = (
            f"EXISTS (SELECT 1 FROM {table} f WHERE f.voucher_id = v.id AND {self.within('f')})"
            for table in ledger.shapes.facts
        )
        return f"({' OR '.join(facts)})"


Audit = Callable[["Ledger", Scope], Iterator[Notable]]

RECORDED = "substr(v.recorded_at, 1, 10) BETWEEN :first AND :last"
"""Vouchers `v` of the scope: by when they were written, for what is written late is written now."""

ENTRIES = "entry e JOIN voucher v ON v.id = e.voucher_id JOIN operator o ON o.id = v.operator_id"
"""Entries with their vouchers and operators."""

PARTNER = "p.code || ' ' || p.name"
"""What a partner `p` is called."""
