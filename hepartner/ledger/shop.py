"""The points shop 积分超市: items and coupons with dated prices, their stock, and slips of redemption."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from . import errors, redeeming
from .book import Book
from .facts import stands
from .items import Item, Shelved, meant, shelved, shown
from .lookup import called_before, only

if TYPE_CHECKING:
    from .areas import Area
    from .cancelling import Cancelled
    from .partners import Partner
    from .redeeming import Slip
    from .sources import Source
    from .stocking import Delivery, Goods, ItemWritten, Move, Price, Stocked, Stocktaken
    from .till import Asked
    from .vouchers import Voucher


class Shop(Book):
    """The shops of the office's communities."""

    def find(self, text: str, *, shop: "Area | None" = None) -> Item:
        """Return the item of a shop (of the community worked in) named by code, name, pinyin, initials or part of the name.

        A full code names an item of any shop. Raises errors.NotFound, errors.Ambiguous, areas.NoCommunity.
        """
        return self.basket([(text, 1)], shop=shop)[0][0]

    def basket(
        self, words: Sequence[tuple[str, int]], *, shop: "Area | None" = None
    ) -> list[tuple[Item, int]]:
        """Return the items that (text, quantity) pairs mean in a shop; raises what `find` raises."""
        day = {"day": self.ledger.today().isoformat()}
        codes = [text.strip().upper() for text, _ in words]
        marks = ", ".join(f":code{n}" for n in range(len(codes)))
        coded = {f"code{n}": typed for n, typed in enumerate(codes)}
        named = shelved(self.database, f"i.code IN ({marks})", {**day, **coded})
        known = {one.item.code: one.item for one in named}
        if set(codes) <= known.keys():
            return [(known[typed], quantity) for typed, (_, quantity) in zip(codes, words, strict=True)]
        community = shop or self.ledger.areas.community()
        shelf = self.shelf(community)
        again = partial(called_before, self.ledger, "item")
        remedy = f"可用 hep shop list --area {community.name} 查看在售商品。"
        return [
            (
                known.get(typed)
                or only(
                    self.ledger, "商品", text, meant(text, shelf, again(text)), shown=shown, remedy=remedy
                ),
                quantity,
            )
            for typed, (text, quantity) in zip(codes, words, strict=True)
        ]

    def shelf(self, shop: "Area") -> list[Shelved]:
        """Return the items of one shop with today's price and what they are looked up by."""
        asked = {"day": self.ledger.today().isoformat(), "shop": shop.id}
        return shelved(self.database, "i.community_id = :shop", asked)

    def get(self, item_id: int) -> Item:
        """Return an item by its id, with today's price."""
        asked = {"day": self.ledger.today().isoformat(), "item": item_id}
        return shelved(self.database, "i.id = :item", asked)[0].item

    def listing(self, *, under: "Area | None" = None, day: date | None = None) -> list[Item]:
        """Return the items of the shops in an area (everywhere if None) with the price of a day (today), by shop and code."""
        shops = ", ".join(str(one.id) for one in self.ledger.areas.communities(under)) or "NULL"
        asked = {"day": self.ledger.day(day)}
        found = [one.item for one in shelved(self.database, f"i.community_id IN ({shops})", asked)]
        return sorted(found, key=lambda item: (item.community_id, item.code))

    def prices(self, item: Item) -> "list[Price]":
        """Return the prices of an item in force, newest first."""
        from .stocking import Price

        sql = f"""SELECT happened_on, price, voucher_id FROM item_price p WHERE item_id = ? AND {stands("item_price", "p")}
            ORDER BY happened_on DESC, id DESC"""
        return [Price(*row) for row in self.database.rows(sql, (item.id,))]

    def moves(self, item: Item) -> "list[Move]":
        """Return the stock moves of an item, newest first."""
        from .stocking import Move

        sql = """SELECT m.happened_on, m.kind, m.quantity, sum(m.quantity) OVER (ORDER BY m.id), m.voucher_id,
              ifnull(p.name, ''), ifnull(n.text, ''), m.reverses_id
            FROM stock_move m LEFT JOIN partner p ON p.id = m.donor_id
            LEFT JOIN note n ON n.about_voucher_id = m.voucher_id AND n.about_line = m.line AND n.withdrawn = 0
            WHERE m.item_id = ? ORDER BY m.id DESC"""
        return [Move(*row) for row in self.database.rows(sql, (item.id,))]

    def add(
        self, goods: "Goods", price: int, *, day: date | None = None, key: str | None = None
    ) -> "ItemWritten":
        """Add an item to a shop, at a price (points) from a day (today) on. Raises stocking.BadItem, SameItem, errors.NotYet."""
        from . import stocking

        happened_on = self.ledger.day(day)
        intention = [*goods, price, happened_on]
        with self.ledger.voucher("shop.add", key=key, intention=intention) as voucher:
            self._check_day(happened_on)
            for fault in stocking.faults(goods, price):
                raise stocking.BadItem(fault)
            self._refuse_same(goods.community_id, goods.name)
            (item_id,) = self.add_items_many(voucher, [goods])
            self.price_many(voucher, [(self.get(item_id), price, happened_on)])
        return stocking.ItemWritten(self.get(item_id), voucher.id)

    def edit(self, item: Item, *, key: str | None = None, **fields: Any) -> "ItemWritten":
        """Change name, category, unit or quota of an item; a quota of None and None lifts it.

        Raises stocking.Unchanged, stocking.BadItem, stocking.SameItem.
        """
        from . import stocking
        from .keys import of_name

        with self.ledger.voucher("shop.edit", key=key, intention=[item.id, fields]) as voucher:
            now = self.get(item.id)
            wanted = {name: value for name, value in fields.items() if value != getattr(now, name)}
            if not wanted:
                raise stocking.Unchanged(now)
            before = {name: getattr(now, name) for name in stocking.Goods._fields}
            goods = stocking.Goods(**before | wanted)
            for fault in stocking.faults(goods, now.price or 1):
                raise stocking.BadItem(fault)
            if "name" in wanted:
                self._refuse_same(now.community_id, goods.name, but=now.id)
                wanted |= zip(("name_key", "pinyin", "initials"), of_name(goods.name), strict=True)
            voucher.edit("item", now.id, **wanted)
        return stocking.ItemWritten(self.get(item.id), voucher.id)

    def price(
        self, item: Item, price: int, *, day: date | None = None, key: str | None = None
    ) -> "ItemWritten":
        """Let an item cost so many points from a day (today) until the day of its next price.

        Raises stocking.SamePrice, stocking.BadItem, errors.NotYet.
        """
        from . import stocking

        happened_on = self.ledger.day(day)
        with self.ledger.voucher("shop.price", key=key, intention=[item.id, price, happened_on]) as voucher:
            self._check_day(happened_on)
            (now,) = self._now([item.id], happened_on)
            for fault in stocking.faults(stocking.Goods(now.community_id, now.name), price):
                raise stocking.BadItem(fault)
            if now.price == price:
                raise stocking.SamePrice(now, price, happened_on)
            self.price_many(voucher, [(now, price, happened_on)])
        return stocking.ItemWritten(self.get(item.id), voucher.id)

    def stock_in(
        self,
        lines: Sequence[tuple[Item, int]],
        *,
        donor: "Partner | None" = None,
        day: date | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> "Stocked":
        """Put goods on the shelf, given by a donor or bought. Raises what redeeming.together raises, errors.NotYet."""
        from .stocking import Stocked

        donor_id, happened_on = donor.id if donor else None, self.ledger.day(day)
        wanted = redeeming.together(lines)
        intention = [_plain(wanted), donor_id, happened_on, reason]
        with self.ledger.voucher("shop.in", key=key, intention=intention) as voucher:
            self._check_day(happened_on)
            rows = [(item, quantity, happened_on, donor_id) for item, quantity in wanted.values()]
            self.stock_in_many(voucher, rows)
            voucher.note(reason, line=1)
        return Stocked(self._now(wanted, happened_on), voucher.id)

    def stock_out(
        self,
        lines: Sequence[tuple[Item, int]],
        *,
        reason: str = "",
        day: date | None = None,
        key: str | None = None,
    ) -> "Stocked":
        """Take goods off the shelf without a slip, for a reason kept as a note.

        Raises what redeeming.together raises, redeeming.ShortOfStock, errors.NotYet.
        """
        from .stocking import Stocked

        happened_on, wanted = self.ledger.day(day), redeeming.together(lines)
        with self.ledger.voucher(
            "shop.out", key=key, intention=[_plain(wanted), happened_on, reason]
        ) as voucher:
            self._check_day(happened_on)
            now = self._now(wanted, happened_on)
            moves = [(item, -wanted[item.id][1], happened_on, None) for item in now]
            self._check_there(moves, happened_on)
            self._move(voucher, "out", moves)
            voucher.note(reason, line=1)
        return Stocked(self._now(wanted, happened_on), voucher.id)

    def stocktake(
        self, counts: Sequence[tuple[Item, int]], *, day: date | None = None, key: str | None = None
    ) -> "Stocktaken":
        """Post the differences between what was counted and what was on the shelf by the ledger at the end of the day.

        Raises stocking.NothingDiffers (nothing is posted), stocking.CountedTwice, redeeming.BadQuantity, redeeming.NothingWanted,
        redeeming.ShortOfStock for a day after which what is missing was still handed out, errors.NotYet.
        """
        from . import running, stocking

        happened_on = self.ledger.day(day)
        if not (there := {item.id: quantity for item, quantity in stocking.once(counts)}):
            raise redeeming.NothingWanted
        with self.ledger.voucher("shop.stocktake", key=key, intention=[there, happened_on]) as voucher:
            self._check_day(happened_on)
            now = self._now(there, happened_on)
            held = running.read(
                self.ledger, running.STOCK, {item.id: item.stock for item in now}, happened_on
            )
            counted = stocking.counted((item, held[item.id].at(happened_on), there[item.id]) for item in now)
            moves = [(one.item, one.difference, happened_on, None) for one in counted if one.difference]
            self._check_there(moves, happened_on)
            self._move(voucher, "stocktake", moves)
        return stocking.Stocktaken(tuple(counted), voucher.id)

    def redeem(
        self,
        partner: "Partner",
        lines: Sequence[tuple[Item, int]],
        *,
        second_id: int | None = None,
        day: date | None = None,
        key: str | None = None,
    ) -> "Slip":
        """Hand out goods for points: one slip, all of it or nothing; `second_id` confirms it. Raises as till.Till.hand_out."""
        from . import till

        wanted, happened_on = _plain(redeeming.together(lines)), self.ledger.day(day)
        said = [partner.id, wanted, happened_on]
        with self.ledger.voucher("shop.redeem", key=key, intention=said, second_id=second_id) as voucher:
            asked = till.Asked(partner.id, tuple((item, quantity) for item, quantity in wanted), happened_on)
            (slip_id,) = till.redeem(self.ledger, voucher, [asked])
        return redeeming.read(self.ledger, slip_id)

    def redeem_many(self, voucher: "Voucher", slips: "Sequence[Asked]") -> list[int]:
        """Post slips in an open voucher, each seeing those before it; return them. Raises what till.Till.hand_out raises."""
        from . import till

        return till.redeem(self.ledger, voucher, slips)

    def faults(
        self, slips: "Sequence[Asked]", stated: "Sequence[int | None]"
    ) -> "dict[int, errors.LedgerError]":
        """Return which slips of a list can't be handed out and why, by their places; before `redeem_many`.

        `stated` are the points that the list says for each, None where it says none.
        """
        from . import till

        return till.faults(self.ledger, slips, stated)

    def redeemed(self, source: "Source", first: str, last: str) -> "list[tuple[int, Asked]]":
        """Return the slips of these days that lists of this source brought; undone ones are left out, cancelled ones are not."""
        from . import till

        return till.redeemed(self.database, source, first, last)

    def slips(self, partner: "Partner") -> "list[Slip]":
        """Return the slips of a person, those of merged cards too, cancelled ones too, the newest first."""
        return redeeming.of_person(self.ledger, partner)

    def cancel(self, text: str, *, reason: str = "", key: str | None = None) -> "Cancelled":
        """Take back the slip of this number (D45) or voucher (V123): points and goods return exactly once.

        Raises errors.NotFound, errors.Ambiguous, cancelling.AlreadyCancelled.
        """
        from . import cancelling

        slip_id = redeeming.find(self.ledger, text)
        with self.ledger.voucher("shop.cancel", key=key, intention=[slip_id, reason]) as voucher:
            points = cancelling.cancel(self.ledger, voucher, slip_id)
            voucher.note(reason, line=1)
        slip = redeeming.read(self.ledger, slip_id)
        holder = self.ledger.points.holder(slip.partner.id)
        return cancelling.Cancelled(voucher.id, slip, points, holder, self.ledger.points.balance(holder))

    def slip(self, text: str) -> "Slip":
        """Return the slip of this number (D45) or voucher (V123). Raises errors.NotFound, errors.Ambiguous."""
        return redeeming.read(self.ledger, redeeming.find(self.ledger, text))

    def add_items_many(self, voucher: "Voucher", rows: "Sequence[Goods]") -> range:
        """Add items without price or stock in an open voucher; return them. The rows were checked with stocking.faults."""
        from hepartner.chinese import names
        from hepartner.words.shop import LETTERS

        from .codes import code, last_number
        from .keys import of_name

        shops = {row.community_id: self.ledger.areas.get(row.community_id) for row in rows}
        numbers = {shop.id: last_number(self.ledger, "item", shop) for shop in shops.values()}
        cards = []
        for row in rows:
            shop, name = shops[row.community_id], names.tidy(row.name)
            numbers[shop.id] += 1
            issued = (shop.id, numbers[shop.id], code(LETTERS["item"], shop, numbers[shop.id]))
            cards.append((*issued, shop.id, name, *of_name(name), *row[2:]))
        return voucher.add("item", _CARD, cards)

    def price_many(self, voucher: "Voucher", rows: Iterable[tuple[Item, int, str]]) -> range:
        """Post prices in an open voucher: each row is item, points, the day from which it holds."""
        facts = [(item.community_id, day, item.id, points) for item, points, day in rows]
        return voucher.post("item_price", ("item_id", "price"), facts)

    def stock_in_many(self, voucher: "Voucher", rows: Iterable[tuple[Item, int, str, int | None]]) -> range:
        """Post goods that came in, in an open voucher: each row is item, quantity, day, donor's id; return the moves."""
        return self._move(voucher, "in", rows)

    def receive_many(self, voucher: "Voucher", rows: "Sequence[Delivery]") -> None:
        """Post a delivery list in an open voucher: new items, prices that differ on their day, goods that came in.

        The rows were checked with stocking.faults_of_delivery. Raises stocking.OtherGoods.
        """
        from . import deliveries

        deliveries.receive(self, voucher, rows)

    def received(self, source: "Source", first: str, last: str) -> "list[tuple[int, Delivery]]":
        """Return what delivery lists of this source brought in on these days, with the price each list left for its day."""
        from . import deliveries

        return deliveries.received(self.database, source, first, last)

    def former(self) -> dict[tuple[int, str], Item]:
        """Return the items by shop and `names.match_key` of the names they bore before, which old lists still say."""
        from .sources import former_names

        items = {item.id: item for item in self.listing()}
        former: dict[tuple[int, str], Item] = {}
        for item_id, name_key in former_names(self.database, "item"):
            if item := items.get(item_id):
                former.setdefault((item.community_id, name_key), item)
        return former

    def _move(
        self, voucher: "Voucher", kind: str, rows: Iterable[tuple[Item, int, str, int | None]]
    ) -> range:
        facts = [
            (item.community_id, day, item.id, kind, quantity, donor) for item, quantity, day, donor in rows
        ]
        return voucher.post("stock_move", ("item_id", "kind", "quantity", "donor_id"), facts)

    def _check_there(self, moves: Iterable[tuple[Item, int, str, int | None]], day: str) -> None:
        """Refuse to take more off a shelf than was on it on the day and since. Raises redeeming.ShortOfStock."""
        from . import running

        taken = [(item, -quantity) for item, quantity, _, _ in moves if quantity < 0]
        there = running.read(self.ledger, running.STOCK, {item.id: item.stock for item, _ in taken}, day)
        for item, quantity in taken:
            month = self.ledger.periods.counted_in(item.community_id, day)
            redeeming.check_stock(item, quantity, there[item.id].least(day, month))

    def _now(self, item_ids: Iterable[int], day: str) -> tuple[Item, ...]:
        ids = ", ".join(map(str, item_ids))
        return tuple(one.item for one in shelved(self.database, f"i.id IN ({ids})", {"day": day}))

    def _check_day(self, day: str) -> None:
        today = self.ledger.today().isoformat()
        if day > today:
            raise errors.NotYet(day, today)

    def _refuse_same(self, community_id: int, name: str, *, but: int = 0) -> None:
        from hepartner.chinese import names

        from .stocking import SameItem

        asked = {
            "day": self.ledger.today().isoformat(),
            "shop": community_id,
            "key": names.match_key(name),
            "but": but,
        }
        condition = "i.community_id = :shop AND i.name_key = :key AND i.id <> :but"
        for known in shelved(self.database, condition, asked):
            raise SameItem(known.item)


def _plain(wanted: Mapping[int, tuple[Item, int]]) -> list[list[int]]:
    return [[item_id, quantity] for item_id, (_, quantity) in wanted.items()]


_CARD = (
    "issuer_id", "number", "code", "community_id", "name", "name_key", "pinyin", "initials", "category", "unit",
    "quota_times", "quota_period",
)  # fmt: skip
