"""Items 商品 and coupons 服务券: what stands on a shop's shelf on a day, and which one is meant by what was typed."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hepartner.chinese import names

from .facts import stands

if TYPE_CHECKING:
    from .database import Database, Parameters


IN_FORCE_PRICE = f"""SELECT p.price FROM item_price p WHERE p.item_id = i.id AND p.happened_on <= :day
    AND {stands("item_price", "p")}
    ORDER BY p.happened_on DESC, p.id DESC LIMIT 1"""
"""The price of item `i` on `:day`: of the latest day, and of that day the latest posted."""

_SHELF = f"""SELECT i.id, i.code, i.name, i.category, i.unit, i.community_id, a.name, i.quota_times, i.quota_period,
      ({IN_FORCE_PRICE}), s.quantity, i.name_key, i.pinyin, i.initials
    FROM item i JOIN area a ON a.id = i.community_id JOIN stock s ON s.item_id = i.id
    WHERE i.withdrawn = 0"""


class Item(NamedTuple):
    """An item of one community's shop with its price (points) on the day asked for and what is on the shelf now."""

    id: int
    code: str
    name: str
    category: str
    unit: str
    community_id: int
    community: str
    quota_times: int | None
    quota_period: str | None
    price: int | None
    stock: int


class Shelved(NamedTuple):
    """An item with what it is looked up by."""

    item: Item
    name_key: str
    pinyin: str
    initials: str


def shelved(database: "Database", condition: str, parameters: "Parameters") -> list[Shelved]:
    """Return the items in force that meet an SQL condition on `i`; the parameters hold `day`, the day of the price."""
    rows = database.rows(f"{_SHELF} AND {condition} ORDER BY i.id", parameters)
    return [Shelved(Item(*row[:11]), *row[11:]) for row in rows]


def meant(text: str, shelf: Sequence[Shelved], again: Collection[int] = ()) -> Iterator[list[Item]]:
    """Yield which items of a shelf may be meant, the strongest way of naming first.

    `again` are the items that were called so when the command was sent before. By code (with or without the shop's prefix),
    name, pinyin or initials, then by part of the name: 米 is 大米
    where nothing else holds 米.
    """
    typed, key = text.strip(), names.match_key(text)
    if not key:
        return
    yield [one.item for one in shelf if one.item.id in again]
    code, low = typed.upper(), typed.lower()
    yield [one.item for one in shelf if code in (one.item.code, one.item.code.rpartition("-")[2])]
    yield [one.item for one in shelf if one.name_key == key]
    yield [one.item for one in shelf if low in (one.pinyin, one.initials)]
    yield [one.item for one in shelf if key in one.name_key]
    if low.isascii():
        yield [one.item for one in shelf if one.pinyin.startswith(low) or one.initials.startswith(low)]


def shown(item: Item) -> str:
    """Return an item told apart from others: code, name, shop and what is left of it."""
    return f"{item.code} {item.name}（{item.community}，存 {item.stock} {item.unit}）"
