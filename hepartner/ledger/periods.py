"""Periods 账期: which month a fact counts in, and the closing of months in order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import errors
from .book import Book
from .facts import stands
from .months import BEGINNING, is_month, month_of, shifted

if TYPE_CHECKING:
    from .areas import Area
    from .ledger import Ledger
    from .vouchers import Voucher


class NotAMonth(errors.Refused):
    """Not a month as the ledger writes them."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是月份。请写成 年-月，如 2025-10。")


class MonthClosed(errors.Refused):
    """The month is closed already."""

    def __init__(self, community: str, month: str, through: str) -> None:
        super().__init__(f"{community} {month} 已经结账（结到 {through}），不能再结。")


class MonthNotNext(errors.Refused):
    """Months of a community close in order."""

    def __init__(self, community: str, month: str, following: str) -> None:
        super().__init__(f"{community} 的账期须依次结账：下一个要结的是 {following}，不是 {month}。")


class MonthNotOver(errors.Refused):
    """A month closes when it is over."""

    def __init__(self, community: str, month: str) -> None:
        super().__init__(f"{community} {month} 还没有过完，不能结账。请在下个月结账。")


class NothingToReopen(errors.Refused):
    """Only the latest closed month may reopen."""

    def __init__(self, community: str, month: str, through: str) -> None:
        latest = f"最近结账的是 {through}" if through else "还没有结过账"
        super().__init__(f"{community} {month} 不能重新打开：{latest}。")


def counting_month(month: str, closed_through: str) -> str:
    """Return the month in which something of `month` counts: itself if open, else the earliest open month after it."""
    return month if month > closed_through else shifted(closed_through, 1)


class Periods(Book):
    """Which months are closed, per community."""

    def __init__(self, ledger: "Ledger") -> None:
        super().__init__(ledger)
        self._closed: dict[int, str] = {}

    def forget(self) -> None:
        """Drop what was remembered of closed months; the ledger calls it when a voucher begins."""
        self._closed.clear()

    def closed_through(self, community_id: int) -> str:
        """Return the latest closed month of a community, '' if none."""
        if community_id not in self._closed:
            sql = "SELECT month FROM closed_month WHERE community_id = ?"
            self._closed[community_id] = self.database.value(sql, (community_id,)) or ""
        return self._closed[community_id]

    def closed_before(self, community_id: int, month: str) -> str:
        """Return the latest month that stays closed in a community when this one opens again, '' if none."""
        sql = f"""SELECT max(month) FROM period_closing c WHERE community_id = ? AND month < ?
            AND {stands("period_closing", "c")}"""
        return self.database.value(sql, (community_id, month)) or ""

    def open_month(self, community_id: int, month: str) -> str:
        """Return this month if it is open in the community, else the earliest open month after it."""
        return counting_month(month, self.closed_through(community_id))

    def counted_in(self, community_id: int, day: str) -> str:
        """Return the month in which a fact of this day counts in the community."""
        return counting_month(day[:7], self._closed.get(community_id) or self.closed_through(community_id))

    def earliest_open(self) -> dict[int, str]:
        """Return the month from which on each community counts."""
        found = self.database.rows("SELECT community_id, month FROM closed_month")
        return {community_id: counting_month(BEGINNING, month) for community_id, month in found}

    def open_in(self, community_ids: Iterable[int], month: str) -> str:
        """Return the earliest month from this one on that is open in all these communities."""
        return max(self.open_month(community_id, month) for community_id in community_ids)

    def open_everywhere(self, month: str) -> str:
        """Return the earliest month from this one on that no community has closed."""
        return counting_month(month, self.database.value("SELECT max(month) FROM closed_month") or "")

    def closed_in_all(self, communities: "list[Area]") -> list[str]:
        """Return the months closed in every one of these communities, in their order.

        A community's first closing closes all months before it too, so one that began to close later counts from there.
        """
        through = min(self.closed_through(community.id) for community in communities)
        sql = f"""SELECT DISTINCT month FROM period_closing c WHERE month <= ?
            AND community_id IN (SELECT value FROM json_each(?)) AND {stands("period_closing", "c")} ORDER BY month"""
        ids = f"[{','.join(str(community.id) for community in communities)}]"
        return [month for (month,) in self.database.rows(sql, (through, ids))]

    def close(self, communities: "list[Area]", month: str) -> int:
        """Close a month that was reported before there was a ledger: nothing is sealed. Return the voucher's number.

        Raises what `post_closing` raises.
        """
        with self.ledger.voucher("period.close") as voucher:
            self.post_closing(voucher, communities, month)
        return voucher.id

    def reopen(self, communities: "list[Area]", month: str) -> int:
        """Reopen the latest closed month of which nothing is sealed; return the voucher's number.

        Raises what `counter_closing` raises.
        """
        with self.ledger.voucher("period.reopen") as voucher:
            self.counter_closing(voucher, communities, month)
        return voucher.id

    def post_closing(self, voucher: "Voucher", communities: "list[Area]", month: str) -> None:
        """Close a month in these communities. Closed months never change again (design §3).

        Raises NotAMonth, MonthClosed, MonthNotNext, MonthNotOver.
        """
        _check_written(month)
        today = self.ledger.today()
        for community in communities:
            self._check(community.name, month, self.closed_through(community.id), month_of(today))
        rows = [(community.id, today.isoformat(), month) for community in communities]
        voucher.post("period_closing", ("month",), rows)
        self.forget()

    def counter_closing(self, voucher: "Voucher", communities: "list[Area]", month: str) -> None:
        """Reopen the latest closed month in these communities. Raises NotAMonth, NothingToReopen."""
        _check_written(month)
        for community in communities:
            through = self.closed_through(community.id)
            if through != month:
                raise NothingToReopen(community.name, month, through)
        sql = f"""SELECT id FROM period_closing c WHERE community_id = ? AND month = ?
            AND {stands("period_closing", "c")}"""
        voucher.counter("period_closing", [self.database.value(sql, (one.id, month)) for one in communities])
        self.forget()

    @staticmethod
    def _check(community: str, month: str, through: str, this_month: str) -> None:
        if month >= this_month:
            raise MonthNotOver(community, month)
        if month <= through:
            raise MonthClosed(community, month, through)
        if through and month != shifted(through, 1):
            raise MonthNotNext(community, month, shifted(through, 1))


def _check_written(month: str) -> None:
    if not is_month(month):
        raise NotAMonth(month)
