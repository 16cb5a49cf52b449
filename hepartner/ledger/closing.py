"""Closing 结账: a month of an area closed, and what was reported of it sealed in the same voucher."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple
from zlib import compress, decompressobj, error

from . import errors
from .areas import Area
from .book import Book
from .chain import Anchor
from .facts import stands
from .periods import MonthClosed, NothingToReopen
from .vouchers import Voucher

DrawUp = Callable[[Area, str], str]
"""Draws up what is reported of an area for a month: JSON that holds no name and no other personal text."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing did: the communities it closed and the areas of which it sealed a month."""

    voucher: int
    communities: tuple[Area, ...]
    sealed: tuple[tuple[Area, str], ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a reopening did: the communities in which the month is open again, and the areas of which no seal holds now."""

    voucher: int
    communities: tuple[Area, ...]
    lifted: tuple[Area, ...]


class Seal(NamedTuple):
    """What was sealed of an area for a month: by which voucher, when, its hash, the anchor that covers it, and the content."""

    voucher: int
    closed_at: str
    sha256: str
    anchor: Anchor
    content: str


class SealBroken(errors.LedgerError):
    """What was sealed of a month is not what it was."""

    exit_code = 6

    def __init__(self, area: str, month: str, voucher: int) -> None:
        super().__init__(
            f"{area} {month} 封存的月报（凭证 V{voucher}）被改动过，没有使用它。请运行 hep verify，并从备份恢复。"
        )


class NothingToClose(errors.Refused):
    """An area without communities has no months of its own."""

    def __init__(self, area: str) -> None:
        super().__init__(f"{area}还没有社区，没有可结账的。请先用 hep area add 增加社区。")


class SecondNeeded(errors.Refused):
    """Nobody confirmed a reopening."""

    def __init__(self) -> None:
        super().__init__(
            "重新打开账期要另一位操作人当场复核，没有打开。请加 --second 姓名，由那一位输入自己的口令。"
        )


class Closing(Book):
    """Closed months and their seals."""

    def close(self, under: Area, month: str, draw_up: DrawUp, *, key: str | None = None) -> Closed:
        """Close a month in the communities of an area that have it open, and seal what is then closed in the whole of an area.

        Raises NothingToClose, MonthClosed when none has it open, what `Periods.post_closing` and `draw_up` raise, errors of keys.
        """
        periods = self.ledger.periods
        with self.ledger.voucher("period.close", key=key, intention=(under.code, month)) as voucher:
            below = self._below(under)
            communities = [one for one in below if periods.closed_through(one.id) < month]
            if not communities:
                raise MonthClosed(under.name, month, min(periods.closed_through(one.id) for one in below))
            before = {area.id: self._through(area) for area in self._holding(communities)}
            periods.post_closing(voucher, communities, month)
            sealed = tuple(self._newly_closed(communities, before))
            self._seal(voucher, sealed, communities, draw_up)
        return Closed(voucher.id, tuple(communities), sealed)

    def reopen(
        self, under: Area, month: str, reason: str, *, second_id: int | None, key: str | None = None
    ) -> Reopened:
        """Open the latest closed month again in the communities of an area; what was sealed of it holds no longer.

        `second_id` is the operator who confirms it, from `operators.attest`. Raises SecondNeeded, NothingToClose,
        NothingToReopen, errors of keys and operators.NeedsManager.
        """
        if second_id is None:
            raise SecondNeeded
        intention = under.code, month, reason
        with self.ledger.voucher(
            "period.reopen", key=key, intention=intention, second_id=second_id
        ) as voucher:
            through = self.ledger.periods.closed_through
            below = self._below(under)
            communities = [one for one in below if through(one.id) >= month]
            if not communities:
                raise NothingToReopen(under.name, month, max(through(one.id) for one in below))
            lifted = self._lift(voucher, communities, month)
            self.ledger.periods.counter_closing(voucher, communities, month)
            voucher.note(reason)
        return Reopened(voucher.id, tuple(communities), lifted)

    def seal(self, area: Area, month: str) -> Seal | None:
        """Return what is sealed of an area for a month, None where nothing is. Raises SealBroken."""
        sql = f"""SELECT s.voucher_id, v.recorded_at, s.sha256, l.seq, l.points, l.sha256, c.packed
            FROM month_seal s JOIN voucher v ON v.id = s.voucher_id JOIN seal l ON l.voucher_id = v.id
            LEFT JOIN month_content c ON c.sha256 = s.sha256
            WHERE s.area_id = ? AND s.month = ? AND {stands("month_seal", "s")}"""
        found = self.database.row(sql, (area.id, month))
        if found is None:
            return None
        voucher, closed_at, name, seq, points, head, packed = found
        content = unpacked(packed, name)
        if content is None:
            raise SealBroken(area.name, month, voucher)
        return Seal(voucher, closed_at, name, Anchor(seq, points, head), content)

    def _below(self, under: Area) -> list[Area]:
        """Return the communities of an area. Raises NothingToClose where it has none."""
        communities = self.ledger.areas.communities(under)
        if not communities:
            raise NothingToClose(under.name)
        return communities

    def _holding(self, communities: list[Area]) -> Iterator[Area]:
        """Yield these communities and all areas that they lie in, from the bottom up."""
        areas = {area.id: area for area in self.ledger.areas.tree()}
        above = dict.fromkeys(area.parent_id for area in communities)
        top = dict.fromkeys(areas[one].parent_id for one in above if one)
        yield from communities
        yield from (areas[one] for one in (*above, *top) if one)

    def _through(self, area: Area) -> str:
        """Return the latest month that is closed in the whole of an area, '' for none."""
        return min(self.ledger.periods.closed_through(one.id) for one in self.ledger.areas.communities(area))

    def _newly_closed(self, communities: list[Area], before: dict[int, str]) -> Iterator[tuple[Area, str]]:
        """Yield areas and months that are closed in the whole of the area by now and were not before."""
        for area in self._holding(communities):
            months = self.ledger.periods.closed_in_all(self.ledger.areas.communities(area))
            yield from ((area, month) for month in months if month > before[area.id])

    def _seal(
        self,
        voucher: Voucher,
        sealed: tuple[tuple[Area, str], ...],
        communities: list[Area],
        draw_up: DrawUp,
    ) -> None:
        today, rows = self.ledger.today().isoformat(), []
        within = {area.id: [one.id for one in self.ledger.areas.communities(area)] for area, _ in sealed}
        for area, month in sealed:
            content = draw_up(area, month)
            name = hashed(content)
            bearer = next(one.id for one in communities if one.id in within[area.id])
            self._keep(name, content)
            rows.append((bearer, today, area.id, month, name))
        voucher.post("month_seal", ("area_id", "month", "sha256"), rows)

    def _lift(self, voucher: Voucher, communities: list[Area], month: str) -> tuple[Area, ...]:
        """Let what is sealed of a month that opens hold no longer, of communities and of all they lie in; return of which areas.

        With a community's first closing its earlier months were closed too, and they open with it.
        """
        sql = f"SELECT id FROM month_seal s WHERE area_id = ? AND month > ? AND {stands('month_seal', 's')}"
        stays = min(self.ledger.periods.closed_before(one.id, month) for one in communities)
        found = {
            area: [seal for (seal,) in self.database.rows(sql, (area.id, stays))]
            for area in self._holding(communities)
        }
        voucher.counter("month_seal", [seal for seals in found.values() for seal in seals])
        return tuple(area for area, seals in found.items() if seals)

    def _keep(self, name: str, content: str) -> None:
        if not self.database.value("SELECT 1 FROM month_content WHERE sha256 = ?", (name,)):
            row = name, compress(content.encode(), 9)
            self.database.write("INSERT INTO month_content (sha256, packed) VALUES (?, ?)", row)


def hashed(content: str) -> str:
    """Return the SHA-256 under which a content is kept."""
    return sha256(content.encode()).hexdigest()


def unpacked(packed: bytes | None, name: str) -> str | None:
    """Return the content that was kept under a name, None when there is none or it is another."""
    unpacking = decompressobj()
    try:
        content = unpacking.decompress(packed or b"").decode()
    except (error, UnicodeDecodeError):
        return None
    whole = unpacking.eof and not unpacking.unused_data
    return content if whole and hashed(content) == name else None
