"""Delivery lists: goods that many shops received, as offices send them, posted in one voucher."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .items import Item, shelved
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


def received(database: "Database", source: str) -> list[Delivery]:
    """Return what lists of this source brought in and is in force, with the price each list left for its day."""
    return [Delivery(*row) for row in database.rows(_RECEIVED, (source,))]


def _shelves(shop: "Shop", rows: Sequence[Delivery]) -> dict[tuple[int, str], Item]:
    shops = ", ".join(str(int(community)) for community in {row.community_id for row in rows}) or "NULL"
    today = {"day": shop.ledger.today().isoformat()}
    found = shelved(shop.database, f"i.community_id IN ({shops})", today)
    return {(one.item.community_id, one.name_key): one.item for one in found}


def _price_history(database: "Database", items: Iterable[Item]) -> dict[int, list[tuple[str, int]]]:
    ids = ", ".join(str(item.id) for item in items) or "NULL"
    sql = f"""SELECT item_id, happened_on, price FROM item_price p WHERE item_id IN ({ids}) AND sign = 1
        AND NOT EXISTS (SELECT 1 FROM item_price r WHERE r.reverses_id = p.id) ORDER BY happened_on, id"""
    history: dict[int, list[tuple[str, int]]] = {}
    for item_id, day, price in database.rows(sql):
        history.setdefault(item_id, []).append((day, price))
    return history


# The price as it stood when the list was posted, so that a later correction does not make an old list a new one.
_RECEIVED = """SELECT i.community_id, i.name, i.category, i.unit,
      (SELECT p.price FROM item_price p WHERE p.item_id = i.id AND p.happened_on <= m.happened_on
        AND p.voucher_id <= m.voucher_id AND p.sign = 1
        AND NOT EXISTS (SELECT 1 FROM item_price r WHERE r.reverses_id = p.id AND r.voucher_id <= m.voucher_id)
        ORDER BY p.happened_on DESC, p.id DESC LIMIT 1),
      m.quantity, m.happened_on, m.donor_id
    FROM voucher v JOIN stock_move m ON m.voucher_id = v.id AND m.kind = 'in' AND m.sign = 1
    JOIN item i ON i.id = m.item_id
    WHERE v.action = 'import.items' AND v.source = ? AND i.withdrawn = 0
      AND NOT EXISTS (SELECT 1 FROM stock_move r WHERE r.reverses_id = m.id)
    ORDER BY m.id"""
