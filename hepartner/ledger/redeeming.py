"""Redeeming 兑换: one slip takes points and goods at once, within balance, quota and stock, and gives them back once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from . import errors, quota
from .chain import Anchor
from .items import Item
from .persons import CARDS
from .presence import NotHere

if TYPE_CHECKING:
    from .ledger import Ledger
    from .partners import Partner
    from .running import Least

MOST_AT_ONCE = 10_000_000
"""No single stock move is of more (`stock_move_size` in the tables)."""


class SlipLine(NamedTuple):
    """One kind of goods on a slip, at the price (points) of that day; `shop` is the community whose shelf it left."""

    code: str
    name: str
    unit: str
    quantity: int
    price: int
    shop: str


class Slip(NamedTuple):
    """A slip 兑换单 as its receipt says it; the anchor is the ledger's when it was written, `second` who confirmed it."""

    id: int
    voucher: int
    recorded_at: str
    operator: str
    second: str | None
    happened_on: str
    partner: "Partner"
    lines: tuple[SlipLine, ...]
    points: int
    before: int
    after: int
    anchor: Anchor
    cancelled_in: int | None

    @property
    def code(self) -> str:
        """The number people see."""
        return f"D{self.id}"


class NothingWanted(errors.Refused):
    """A slip without goods."""

    def __init__(self) -> None:
        super().__init__("没有写要兑换什么。请写商品和数量，如：米x2 油。")


class BadQuantity(errors.Refused):
    """Not a number of goods that can move."""

    def __init__(self, item: Item, quantity: int) -> None:
        super().__init__(f"{item.name}的数量 {quantity} 不行：应是 1 到 {MOST_AT_ONCE} 的整数。")


class ShortOfStock(errors.Refused):
    """More is wanted than is on the shelf, or was on it `when` (that day or later, '' for now)."""

    def __init__(self, item: Item, need: int, least: "Least") -> None:
        have, unit = least.amount, item.unit
        there = f"{least.when} 只有" if least.when else "现有"
        late = " --day 日期，或改正日期" if least.when else ""
        super().__init__(
            f"{item.community}的{item.name}（{item.code}）库存不足：{there} {have} {unit}，需要 {need} {unit}，"
            f"还差 {need - have} {unit}。请减少数量，或先入库：hep shop in {item.code} 数量{late}。"
        )


class NoPrice(errors.Refused):
    """The item had no price on that day."""

    def __init__(self, item: Item, day: str) -> None:
        super().__init__(
            f"{item.name}（{item.code}）在 {day} 还没有积分价。请先定价：hep shop price {item.code} 积分 --day {day}。"
        )


class CostsOtherwise(errors.Refused):
    """A list states other points for a slip than its goods cost on that day."""

    def __init__(self, stated: int, goods: Iterable[tuple[Item, int]]) -> None:
        priced = [(item, item.price or 0, quantity) for item, quantity in goods]
        points = sum(price * quantity for _, price, quantity in priced)
        worked = "、".join(f"{item.name} {price}×{quantity}" for item, price, quantity in priced)
        super().__init__(
            f"写的是 {stated} 分，按那天的积分价应是 {points} 分（{worked}）。请核对商品、数量和积分。"
        )


class QuotaReached(errors.Refused):
    """The person has redeemed this item as often as its quota allows."""

    def __init__(self, partner: "Partner", item: Item, *, day: str, used: int) -> None:
        period = item.quota_period or "year"
        super().__init__(
            f"{partner.name}（{partner.code}）{quota.spoken(period, day)}已兑换{item.name} {used} 次，限"
            f" {item.quota_times} 次，这次不能再兑换；{quota.following(period, day)} 起可以再兑换。"
        )


class SecondNeeded(errors.Refused):
    """A slip of more points than one operator hands out alone."""

    def __init__(self, points: int, limit: int) -> None:
        super().__init__(
            f"这张兑换单是 {points} 分，超过 {limit} 分的要另一位操作人复核，没有兑换。"
            "请加 --second 姓名，由那一位输入自己的口令。"
        )


class NotRedeeming(NotHere):
    """The partner was not here on that day, so it redeems nothing; its points stay."""

    deed = "不能兑换，积分仍保留"


def together(lines: Iterable[tuple[Item, int]]) -> dict[int, tuple[Item, int]]:
    """Return the lines by item, those of the same item as one. Raises BadQuantity, NothingWanted."""
    wanted: dict[int, tuple[Item, int]] = {}
    for item, quantity in lines:
        check_quantity(item, quantity)
        before = wanted[item.id][1] if item.id in wanted else 0
        wanted[item.id] = (item, before + quantity)
    if not wanted:
        raise NothingWanted
    return wanted


def check_stock(item: Item, quantity: int, least: "Least") -> None:
    """Refuse more than the least that is on the shelf from the day on. Raises ShortOfStock."""
    if least.amount < quantity:
        raise ShortOfStock(item, quantity, least)


def check_quantity(item: Item, quantity: int) -> None:
    """Refuse what is not a number of goods that can move. Raises BadQuantity."""
    if not 1 <= quantity <= MOST_AT_ONCE:
        raise BadQuantity(item, quantity)


def read(ledger: "Ledger", slip_id: int) -> Slip:
    """Return a slip by its id."""
    voucher, at, operator, second, day, partner_id, points, after, *link, cancelled_in = ledger.database.row(
        _SLIP, (slip_id,)
    )
    lines = tuple(SlipLine(*row) for row in ledger.database.rows(_LINES, (slip_id,)))
    partner = ledger.partners.get(partner_id)
    before, anchor = after + points, Anchor(*link)
    return Slip(
        slip_id,
        voucher,
        at,
        operator,
        second,
        day,
        partner,
        lines,
        points,
        before,
        after,
        anchor,
        cancelled_in,
    )


def month_of(ledger: "Ledger", slip_id: int, *, back: bool = False) -> str:
    """Return the month in which a slip, its points and its goods count together from now on, as they did before.

    With `back`, as the counter-facts did that took them back. It is the earliest that is open for all of them.
    """
    facts = ledger.database.rows(_PLACES, {"slip": slip_id, "sign": -1 if back else 1})
    return max(ledger.periods.open_month(community, month) for community, month in facts)


def check_second(points: int, limit: int | None) -> None:
    """Refuse a slip of more points than the limit, where there is one. Raises SecondNeeded."""
    if limit is not None and points > limit:
        raise SecondNeeded(points, limit)


def find(ledger: "Ledger", text: str) -> int:
    """Return the slip named by its number (D45) or its voucher's (V123). Raises errors.NotFound, errors.Ambiguous."""
    letter, number = text.strip().upper()[:1], text.strip()[1:]
    column = {"D": "id", "V": "voucher_id"}.get(letter)
    if column is None or not (number.isascii() and number.isdigit() and len(number) < 18):  # noqa: PLR2004 fits 64 bits
        raise _no_slip(text)
    sql = f"SELECT id FROM redemption WHERE {column} = ? AND sign = 1 ORDER BY id"
    found = [row[0] for row in ledger.database.rows(sql, (int(number),))]
    if not found:
        raise _no_slip(text)
    if len(found) > 1:
        raise errors.Ambiguous("兑换单", text.strip(), [f"D{one}" for one in found])
    return int(found[0])


def of_person(ledger: "Ledger", partner: "Partner") -> list[Slip]:
    """Return the slips of a person, those of merged cards and cancelled ones too, the newest first."""
    asked = {"persons": f"[{ledger.points.holder(partner.id).id}]"}
    return [read(ledger, row[0]) for row in ledger.database.rows(_OF_PERSON, asked)]


def _no_slip(text: str) -> errors.NotFound:
    return errors.NotFound("兑换单", text, "请写小票上的兑换单号（如 D45）或凭证号（如 V123）。")


_SLIP = """SELECT r.voucher_id, v.recorded_at, o.name, (SELECT name FROM operator WHERE id = v.second_id),
      r.happened_on, r.partner_id, r.points,
      (SELECT sum(points) FROM entry WHERE partner_id = e.partner_id AND id <= e.id), s.seq, s.points, s.sha256,
      (SELECT voucher_id FROM redemption c WHERE c.reverses_id = r.id)
    FROM redemption r JOIN voucher v ON v.id = r.voucher_id JOIN operator o ON o.id = v.operator_id
    JOIN seal s ON s.voucher_id = v.id JOIN entry e ON e.redemption_id = r.id AND e.sign = 1
    WHERE r.id = ?"""

_LINES = """SELECT i.code, i.name, i.unit, -m.quantity, m.price, a.name FROM stock_move m
    JOIN item i ON i.id = m.item_id JOIN area a ON a.id = m.community_id
    WHERE m.redemption_id = ? AND m.sign = 1 ORDER BY m.line"""

_PLACES = """SELECT community_id, counted_in FROM redemption WHERE (id = :slip OR reverses_id = :slip) AND sign = :sign
    UNION SELECT community_id, counted_in FROM entry WHERE redemption_id = :slip AND sign = :sign
    UNION SELECT community_id, counted_in FROM stock_move WHERE redemption_id = :slip AND sign = :sign"""

_OF_PERSON = f"""{CARDS} SELECT r.id FROM card
    CROSS JOIN redemption r ON r.partner_id = card.id AND r.sign = 1
    ORDER BY r.happened_on DESC, r.id DESC"""
