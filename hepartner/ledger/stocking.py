"""Stock 库存: goods come in, go out and are counted; a difference found in a stocktake is a movement like any other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hepartner.chinese import names
from hepartner.words.shop import CATEGORIES, PERIODS

from . import errors
from .items import Item
from .limits import MOST_POINTS
from .redeeming import MOST_AT_ONCE, check_quantity

KINDS = {"in": "入库", "out": "出库", "redeem": "兑换", "stocktake": "盘点"}


class Goods(NamedTuple):
    """An item as a command or a list describes it; `quota_times` per partner and `quota_period`, None for no quota."""

    community_id: int
    name: str
    category: str = "goods"
    unit: str = "件"
    quota_times: int | None = None
    quota_period: str | None = None


class Delivery(NamedTuple):
    """A line of a delivery list: goods, their price (points) and how many came in on a day; 0 only states the price."""

    community_id: int
    name: str
    category: str
    unit: str
    price: int
    quantity: int
    happened_on: str
    donor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """An item in a stocktake: what should have been there, what was, and the difference."""

    item: Item
    expected: int
    counted: int

    @property
    def difference(self) -> int:
        """What was found more (less, if negative) than should have been there."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class ItemWritten:
    """What a write did: the item as it stands now and the voucher."""

    item: Item
    voucher: int


@dataclass(frozen=True, slots=True)
class Stocked:
    """The items that came in or went out as they stand now, and the voucher."""

    items: tuple[Item, ...]
    voucher: int


@dataclass(frozen=True, slots=True)
class Stocktaken:
    """What a stocktake counted, item by item, and the voucher that holds the differences."""

    counted: tuple[Counted, ...]
    voucher: int


@dataclass(frozen=True, slots=True)
class Price:
    """A price of an item, in force from a day on."""

    happened_on: str
    price: int
    voucher: int


@dataclass(frozen=True, slots=True)
class Move:
    """A stock move of an item; `balance` is what was on the shelf after it."""

    happened_on: str
    kind: str
    quantity: int
    balance: int
    voucher: int
    donor: str
    note: str
    reverses: int | None


class BadItem(errors.Refused):
    """What is said of an item can't be."""


class SameItem(errors.Refused):
    """The shop has an item of this name already."""

    def __init__(self, item: Item) -> None:
        super().__init__(
            f"{item.community}的积分超市已有“{item.name}”（{item.code}），没有重复添加。"
            f"改价用 hep shop price，入库用 hep shop in。"
        )


class SamePrice(errors.Refused):
    """The item costs that much already."""

    def __init__(self, item: Item, price: int, day: str) -> None:
        super().__init__(f"{item.name}（{item.code}）在 {day} 已经是 {price} 分，没有改动。")


class Unchanged(errors.Refused):
    """An edit says nothing new."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"{item.name}（{item.code}）没有要修改的内容，没有改动。")


class OtherGoods(errors.Refused):
    """A delivery names goods that the shop has in another unit or category."""

    def __init__(self, item: Item, row: Delivery) -> None:
        super().__init__(
            f"{item.community}的“{item.name}”（{item.code}）是{CATEGORIES[item.category]}、按“{item.unit}”计，"
            f"而这里写的是{CATEGORIES[row.category]}、“{row.unit}”。请改一致，或换个名称另列一种商品。"
        )


class CountedTwice(errors.Refused):
    """A stocktake states one item twice, as when it lay in two places: which number is meant can't be told."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"{item.name}（{item.code}）写了两次，没有记盘点。请合成一个总数，只写一次。")


class NothingDiffers(errors.LedgerError):
    """A stocktake found on the shelf what the ledger says: there is nothing to post."""

    exit_code = 0

    def __init__(self, counted: Sequence[Counted]) -> None:
        found = "、".join(f"{one.item.name} {one.counted} {one.item.unit}" for one in counted)
        super().__init__(f"盘点与账面一致（{found}），没有差异，不用记账。")
        self.counted = tuple(counted)


def faults(goods: Goods, price: int) -> list[str]:
    """Return what is wrong with an item and its price, one sentence each; empty when nothing is."""
    found = []
    if not names.match_key(goods.name):
        found.append("商品名称是空的，请填写。")
    if goods.category not in CATEGORIES:
        found.append(f"类别“{goods.category}”不对，应是商品或服务券。")
    if not goods.unit.strip():
        found.append("单位是空的，请填写，如 袋、瓶、张。")
    if not 1 <= price <= MOST_POINTS:
        found.append(f"积分价 {price} 不行，应是 1 到 {MOST_POINTS} 的整数。")
    if (goods.quota_times is None) != (goods.quota_period is None):
        found.append("限兑要同时写次数和周期，如 1 次、每季。")
    if goods.quota_times is not None and not 1 <= goods.quota_times <= MOST_POINTS:
        found.append(f"限兑次数 {goods.quota_times} 不行，应是 1 到 {MOST_POINTS} 的整数。")
    if goods.quota_period is not None and goods.quota_period not in PERIODS:
        found.append(f"限兑周期“{goods.quota_period}”不对，应是日、月、季或年。")
    return found


def faults_of_delivery(row: Delivery, today: str) -> list[str]:
    """Return what is wrong with a line of a delivery list, one sentence each; empty when nothing is."""
    found = faults(Goods(*row[:4]), row.price)
    if not 0 <= row.quantity <= MOST_AT_ONCE:
        found.append(f"入库数量 {row.quantity} 不行，应是 0 到 {MOST_AT_ONCE} 的整数。")
    if row.happened_on > today:
        found.append(f"日期 {row.happened_on} 还没有到，请改正。")
    return found


def place(row: Goods | Delivery) -> tuple[int, str]:
    """Return what makes goods of a list the same item: the shop and the match key of the name."""
    return row.community_id, names.match_key(row.name)


def once(counts: Sequence[tuple[Item, int]]) -> Sequence[tuple[Item, int]]:
    """Return what was counted, each item once. Raises CountedTwice."""
    times = Counter(item.id for item, _ in counts)
    for item, _ in counts:
        if times[item.id] > 1:
            raise CountedTwice(item)
    return counts


def counted(counts: Iterable[tuple[Item, int, int]]) -> list[Counted]:
    """Return what a stocktake found of each item: what should have been there, what was.

    Raises redeeming.BadQuantity, NothingDiffers.
    """
    found = []
    for item, expected, there in counts:
        if there:
            check_quantity(item, there)
        found.append(Counted(item, expected, there))
    if not any(one.difference for one in found):
        raise NothingDiffers(found)
    return found


def new_prices(
    history: Mapping[int, Sequence[tuple[str, int]]], stated: Iterable[tuple[Item, int, str]]
) -> Iterator[tuple[Item, int, str]]:
    """Yield which of the prices stated (item, points, day) differ from the price in force on their day.

    `history` holds each item's (day, points) in the order of days; what is yielded counts for what follows.
    """
    known = {item_id: list(prices) for item_id, prices in history.items()}
    for item, points, day in sorted(stated, key=lambda one: one[2]):
        prices = known.setdefault(item.id, [])
        begun = [price for since, price in prices if since <= day]
        if begun[-1:] != [points]:
            # It stands after those of its day and before those of later days, as the database will order it.
            prices.insert(len(begun), (day, points))
            yield item, points, day
