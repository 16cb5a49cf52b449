"""The till 柜台: what balance, quota and stock allow, slip after slip, each seeing those before it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from . import errors, quota, running
from .carrying import community_on
from .items import Item, shelved
from .limits import SECOND_ABOVE
from .persons import CARDS
from .points import NotEnough, Spending, check_points
from .presence import absence, presences
from .redeeming import CostsOtherwise, NoPrice, NotRedeeming, QuotaReached, check_second, check_stock
from .sources import Source, brought

if TYPE_CHECKING:
    from .database import Database
    from .ledger import Ledger
    from .partners import Partner
    from .running import Running
    from .vouchers import Voucher


class Asked(NamedTuple):
    """What a slip asks for: who, the items with their quantities, each item once, and the day (ISO)."""

    partner_id: int
    goods: tuple[tuple[int, int], ...]
    happened_on: str


class Handed(NamedTuple):
    """A slip that was let pass: what it costs, and its goods.

    It bears the partner's community of its day and counts in one month, with its points and goods: the earliest that is open
    for all of them. It is posted `alone` if that is another month than they would count in, or its points must be fetched.
    """

    asked: Asked
    points: int
    goods: list[tuple[Item, int]]
    community_id: int
    month: str
    moved: bool
    alone: bool


class Till:
    """Decides slips before any is posted: prices are those of the day; points and goods must be there from the day on."""

    def __init__(self, ledger: "Ledger", asked: Sequence[Asked]) -> None:
        self._ledger = ledger
        self._items = {item_id for slip in asked for item_id, _ in slip.goods}
        self._shelves: dict[str, dict[int, Item]] = {}
        self._partners: dict[int, Partner] = {}
        self._since = min((slip.happened_on for slip in asked), default="")
        self._points: dict[int, Running] = {}
        self._stocks: dict[int, Running] = {}
        self._limit: int | None = ledger.database.value(_LIMIT)
        whose = {slip.partner_id for slip in asked}
        self._presences = presences(ledger.database, whose)
        self._placed = ledger.carrying.placed(whose)
        self._used: Counter[tuple[int, int, str, str]] = Counter()
        self._handed: list[Handed] = []

    def hand_out(self, slip: Asked, stated: int | None = None) -> None:
        """Let a slip pass, so that later ones find what it leaves; `stated` are the points that a list says it cost.

        Raises NotRedeeming, NoPrice, CostsOtherwise, ShortOfStock, QuotaReached, SecondNeeded, points.NotEnough,
        points.BadPoints, partners.BeforeJoining, errors.NotYet, errors.NotFound for an item that was
        withdrawn; then nothing is taken.
        """
        partner = self._partner(slip.partner_id)
        self._check_standing(partner, slip.happened_on)
        goods = [(self._item(item_id, slip.happened_on), quantity) for item_id, quantity in slip.goods]
        for item, _ in goods:
            if item.price is None:
                raise NoPrice(item, slip.happened_on)
        points = sum((item.price or 0) * quantity for item, quantity in goods)
        if stated not in (None, points):
            raise CostsOtherwise(stated, goods)
        handed = self._handing(partner, slip, points, goods)
        day, month = slip.happened_on, handed.month
        for item, quantity in goods:
            check_stock(item, quantity, self._stocks[item.id].least(day, month))
            self._check_quota(partner, item, day)
        check_points(points)
        check_second(points, self._limit)
        have = self._points[partner.id].least(day, month)
        if have.amount < points:
            raise NotEnough(partner, have=have.amount, need=points, when=have.when)
        self._points[partner.id].take(day, month, points)
        for item, quantity in goods:
            self._stocks[item.id].take(day, month, quantity)
            if item.quota_period:
                self._used[partner.id, item.id, *quota.span(item.quota_period, day)] += 1
        self._handed.append(handed)

    def post(self, voucher: "Voucher") -> list[int]:
        """Post in an open voucher what was handed out: slips, their points, their goods; return the slips."""
        slips: list[int] = []
        for alone, some in groupby(self._handed, key=lambda one: one.alone):
            for together in ([one] for one in some) if alone else [list(some)]:
                slips += self._post(voucher, together, self._month(voucher, together[0]) if alone else None)
        return slips

    def _handing(self, partner: "Partner", slip: Asked, points: int, goods: list[tuple[Item, int]]) -> Handed:
        present, moves = self._placed[partner.id]
        there = community_on(present, moves, slip.happened_on)
        places = {present, there, *(item.community_id for item, _ in goods)}
        months = {self._ledger.periods.counted_in(place, slip.happened_on) for place in places}
        alone = bool(moves) or len(months) > 1
        return Handed(slip, points, goods, there, max(months), bool(moves), alone)

    def _month(self, voucher: "Voucher", one: Handed) -> str:
        """Return the month in which a slip counts; points of a partner that moved are fetched to where it was on the day.

        So they go back there, after what slips before this one spent.
        """
        if not one.moved:
            return one.month
        home, day = (one.asked.partner_id, one.community_id), one.asked.happened_on
        return self._ledger.points.fetch_oldest(voucher, home, one.points, day, one.month)

    def _post(self, voucher: "Voucher", handed: list[Handed], month: str | None) -> range:
        """Post slips that count in a month, or each in that of its day."""
        rows = [(one.community_id, one.asked.happened_on, one.asked.partner_id, one.points) for one in handed]
        slips = voucher.post("redemption", ("partner_id", "points"), rows, counted_in=month)
        posted = list(zip(slips, handed, strict=True))
        spent = [
            Spending(one.community_id, one.asked.partner_id, one.points, one.asked.happened_on, slip)
            for slip, one in posted
        ]
        self._ledger.points.spend_many(voucher, spent, counted_in=month)
        moves = [
            (item.community_id, one.asked.happened_on, item.id, "redeem", -quantity, item.price, slip)
            for slip, one in posted
            for item, quantity in one.goods
        ]
        voucher.post(
            "stock_move",
            ("item_id", "kind", "quantity", "price", "redemption_id"),
            moves,
            counted_in=month,
        )
        return slips

    def _partner(self, partner_id: int) -> "Partner":
        if partner_id not in self._partners:
            partner = self._partners[partner_id] = self._ledger.partners.get(partner_id)
            balance = {partner_id: self._ledger.points.balance(partner)}
            self._points |= running.read(self._ledger, running.POINTS, balance, self._since)
        return self._partners[partner_id]

    def _item(self, item_id: int, day: str) -> Item:
        """Return an item at the price of a day. Raises errors.NotFound."""
        if day not in self._shelves:
            ids = ", ".join(map(str, sorted(self._items)))
            found = shelved(self._ledger.database, f"i.id IN ({ids})", {"day": day})
            self._shelves[day] = {one.item.id: one.item for one in found}
            if not self._stocks:
                stock = {one.item.id: one.item.stock for one in found}
                self._stocks = running.read(self._ledger, running.STOCK, stock, self._since)
        item = self._shelves[day].get(item_id)
        if item is None:
            name = self._ledger.database.value("SELECT name FROM item WHERE id = ?", (item_id,))
            raise errors.NotFound("商品", name, "它已撤销，可用 hep shop list 查看在售商品。")
        return item

    def _check_standing(self, partner: "Partner", day: str) -> None:
        self._ledger.partners.check_day(partner, day)
        present = self._presences[partner.id]
        if absence(present, day):
            raise NotRedeeming(present, day)

    def _check_quota(self, partner: "Partner", item: Item, day: str) -> None:
        if item.quota_times is None or item.quota_period is None:
            return
        first, last = quota.span(item.quota_period, day)
        asked = {"persons": f"[{partner.id}]", "item": item.id, "first": first, "last": last}
        used = (
            self._ledger.database.value(_SLIPS_OF_ITEM, asked) + self._used[partner.id, item.id, first, last]
        )
        if used >= item.quota_times:
            raise QuotaReached(partner, item, day=day, used=used)


def faults(
    ledger: "Ledger", asked: Sequence[Asked], stated: Sequence[int | None]
) -> dict[int, errors.LedgerError]:
    """Return which slips of a list can't be handed out and why, by their places; the others see one another.

    `stated` are the points that the list says for each.
    """
    till = Till(ledger, asked)
    found: dict[int, errors.LedgerError] = {}
    for place, (slip, points) in enumerate(zip(asked, stated, strict=True)):
        try:
            till.hand_out(slip, points)
        except (errors.Refused, errors.NotFound) as fault:
            found[place] = fault
    return found


def redeem(ledger: "Ledger", voucher: "Voucher", asked: Iterable[Asked]) -> list[int]:
    """Post slips in an open voucher, all of them or none; return them. Raises what Till.hand_out raises."""
    slips = list(asked)
    till = Till(ledger, slips)
    for slip in slips:
        till.hand_out(slip)
    return till.post(voucher)


def redeemed(database: "Database", source: Source, first: str, last: str) -> list[tuple[int, Asked]]:
    """Return the slips of these days that lists of a source brought, in the order of the lists, each after its voucher.

    A cancelled slip stays in, or the same list would hand it out again.
    """
    slips: dict[int, tuple[int, int, str, list[tuple[int, int]]]] = {}
    for voucher, slip_id, partner_id, day, item_id, quantity in database.rows(
        _REDEEMED, source.on(first, last)
    ):
        slips.setdefault(slip_id, (voucher, partner_id, day, []))[3].append((item_id, quantity))
    return [
        (voucher, Asked(partner_id, tuple(goods), day)) for voucher, partner_id, day, goods in slips.values()
    ]


# How many points a slip of the open voucher may be of, None for any: whoever confirmed it confirmed its slips.
_LIMIT = f"""SELECT CAST(value AS INTEGER) FROM setting WHERE name = '{SECOND_ABOVE}' AND withdrawn = 0 AND value <> ''
    AND (SELECT second_id FROM voucher ORDER BY id DESC LIMIT 1) IS NULL"""

_REDEEMED = f"""SELECT f.voucher_id, f.id, f.partner_id, f.happened_on, m.item_id, -m.quantity FROM redemption f
    JOIN stock_move m ON m.redemption_id = f.id AND m.sign = 1 {brought("redemption")} ORDER BY f.id, m.line"""

# A slip has one line of an item, so its lines net of cancellations are slips. Merged partners are one person.
_SLIPS_OF_ITEM = f"""{CARDS} SELECT ifnull(sum(m.sign), 0) FROM card
    CROSS JOIN redemption r ON r.partner_id = card.id AND r.happened_on BETWEEN :first AND :last AND r.sign = 1
    CROSS JOIN stock_move m ON m.redemption_id = r.id AND +m.item_id = :item"""
