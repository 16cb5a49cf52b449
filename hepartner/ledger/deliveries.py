"""Delivery lists: goods that many shops received, as offices send them, posted in one voucher."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .facts import stands
from .items import Item, shelved
from .sources import Source, brought
from .stocking import Delivery, Goods, OtherGoods, new_prices, place

if TYPE_CHECKING:
    from .database import Database
    from .shop import Shop
    from .vouchers import Voucher


def receive(shop: "Shop", voucher: "Voucher", rows: Sequence[Delivery]) -> None:
    """Post a delivery list in an open voucher: new items, prices that differ on their day, goods that came in.

    Goods are the item of their shop and name. Raises OtherGoods when it is kept in another unit or category.
    """
    shelf = _shelves(shop, rows)
    new: dict[tuple[int, str], Goods] = {}
    for row in rows:
        if place(row) not in shelf:
            new.setdefault(place(row), Goods(*row[:4]))
    if new:
        shop.add_items_many(voucher, list(new.values()))
        shelf = _shelves(shop, rows)
    found = [(shelf[place(row)], row) for row in rows]
    for item, row in found:
        if (item.unit, item.category) != (row.unit, row.category):
            raise OtherGoods(item, row)
    stated = [(item, row.price, row.happened_on) for item, row in found]
    shop.price_many(voucher, new_prices(_price_history(shop.database, shelf.values()), stated))
    moves = [(item, row.quantity, row.happened_on, row.donor_id) for item, row in found if row.quantity]
    shop.stock_in_many(voucher, moves)


def received(database: "Database", source: Source, first: str, last: str) -> list[tuple[int, Delivery]]:
    """Return what lists of this source brought in on these days, with the price each list left for its day.

    What was undone is left out; lines without goods are not deliveries.
    """
    return [(voucher, Delivery(*row)) for voucher, *row in database.rows(_RECEIVED, source.on(first, last))]


def _shelves(shop: "Shop", rows: Sequence[Delivery]) -> dict[tuple[int, str], Item]:
    shops = ", ".join(str(int(community)) for community in {row.community_id for row in rows}) or "NULL"
    today = {"day": shop.ledger.today().isoformat()}
    found = shelved(shop.database, f"i.community_id IN ({shops})", today)
    return {(one.item.community_id, one.name_key): one.item for one in found}


def _price_history(database: "Database", items: Iterable[Item]) -> dict[int, list[tuple[str, int]]]:
    ids = ", ".join(str(item.id) for item in items) or "NULL"
    sql = f"""SELECT item_id, happened_on, price FROM item_price p WHERE item_id IN ({ids})
        AND {stands("item_price", "p")} ORDER BY happened_on, id"""
    history: dict[int, list[tuple[str, int]]] = {}
    for item_id, day, price in database.rows(sql):
        history.setdefault(item_id, []).append((day, price))
    return history


# The price as it stood when the list was posted, so that a later correction does not make an old list a new one.
_RECEIVED = f"""SELECT f.voucher_id, t.community_id, t.name, t.category, t.unit,
      (SELECT p.price FROM item_price p WHERE p.item_id = t.id AND p.happened_on <= f.happened_on
        AND p.voucher_id <= f.voucher_id AND {stands("item_price", "p", seen="r.voucher_id <= f.voucher_id")}
        ORDER BY p.happened_on DESC, p.id DESC LIMIT 1),
      f.quantity, f.happened_on, f.donor_id
    FROM stock_move f JOIN item t ON t.id = f.item_id {brought("stock_move")} AND f.kind = 'in' AND t.withdrawn = 0
    ORDER BY f.id"""
