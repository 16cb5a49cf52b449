"""The points shop: items and coupons, their prices, stock and redemptions."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from hepartner.ledger.facts import stands

from ..limits import MOST_POINTS, SECOND_ABOVE
from .holding import Holding, triggers
from .shape import (
    STRICT,
    CodedCard,
    Fact,
    code_rules,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    same_guards,
    words,
    words_or_null,
)


class Item(CodedCard, table=True):
    """Goods or a service coupon in one community's shop; `quota_times` per partner and `quota_period`, NULL for no quota."""

    __table_args__ = code_rules(
        "item",
        Index("item_name", "community_id", "name_key", unique=True, sqlite_where=text("withdrawn = 0")),
        CheckConstraint(one_of("category", "goods", "coupon"), name="item_category"),
        CheckConstraint("(quota_times IS NULL) = (quota_period IS NULL)", name="item_quota"),
        CheckConstraint("quota_times IS NULL OR quota_times >= 1", name="item_quota_times"),
        CheckConstraint(
            f"quota_period IS NULL OR {one_of('quota_period', 'day', 'month', 'quarter', 'year')}",
            name="item_quota_period",
        ),
        CheckConstraint("name <> ''", name="item_named"),
    )
    community_id: int = names("area")
    name: str = words()
    name_key: str = words()
    pinyin: str = words("")
    initials: str = words("")
    category: str = words("goods")
    unit: str = words("件")
    quota_times: int | None = Field(default=None, nullable=True)
    quota_period: str | None = words_or_null()


class ItemPrice(Fact, table=True):
    """An item costs this many points from `happened_on` on."""

    __tablename__ = "item_price"
    __table_args__ = fact_rules(
        "item_price",
        Index("item_price_item", "item_id", "happened_on"),
        CheckConstraint(f"price BETWEEN 1 AND {MOST_POINTS}", name="item_price_size"),
    )
    reverses_id: int | None = may_name("item_price")
    item_id: int = names("item")
    price: int
    restores_id: int | None = may_name("item_price")


class Redemption(Fact, table=True):
    """A slip: one partner took goods for points, whatever the number of its lines."""

    __table_args__ = fact_rules(
        "redemption",
        Index("redemption_partner", "partner_id", "happened_on"),
        Index("redemption_heads", "partner_id", "community_id", "counted_in", "sign"),
        Index("redemption_count", "counted_in", "community_id", "partner_id", "sign"),
        CheckConstraint(f"points BETWEEN 1 AND {MOST_POINTS}", name="redemption_points"),
    )
    reverses_id: int | None = may_name("redemption")
    partner_id: int = names("partner")
    points: int
    restores_id: int | None = may_name("redemption")


class StockMove(Fact, table=True):
    """Goods came in, went out, were redeemed, or a stocktake found a difference; `quantity` is signed."""

    __tablename__ = "stock_move"
    __table_args__ = fact_rules(
        "stock_move",
        Index("stock_move_item", "item_id", "happened_on"),
        Index("stock_move_count", "counted_in", "item_id", "kind", "quantity"),
        Index("stock_move_donor", "donor_id", sqlite_where=text("donor_id IS NOT NULL")),
        Index("stock_move_redemption", "redemption_id", sqlite_where=text("redemption_id IS NOT NULL")),
        CheckConstraint(one_of("kind", "in", "out", "redeem", "stocktake"), name="stock_move_kind"),
        CheckConstraint("quantity <> 0 AND quantity BETWEEN -10000000 AND 10000000", name="stock_move_size"),
        CheckConstraint(
            "CASE kind WHEN 'in' THEN quantity * sign > 0 WHEN 'stocktake' THEN 1 ELSE quantity * sign < 0 END",
            name="stock_move_direction",
        ),
        CheckConstraint("(kind = 'redeem') = (redemption_id IS NOT NULL)", name="stock_move_slip"),
        CheckConstraint("(kind = 'redeem') = (price IS NOT NULL)", name="stock_move_price"),
        CheckConstraint("donor_id IS NULL OR kind = 'in'", name="stock_move_given"),
    )
    reverses_id: int | None = may_name("stock_move")
    item_id: int = names("item")
    kind: str = words()
    quantity: int
    price: int | None = Field(default=None, nullable=True)
    donor_id: int | None = may_name("partner")
    redemption_id: int | None = may_name("redemption")
    restores_id: int | None = may_name("stock_move")


class Stock(SQLModel, table=True):
    """What is on the shelf now; made with the item, moved only by the triggers on `stock_move`."""

    __table_args__ = (CheckConstraint("quantity >= 0", name="stock_not_negative"), STRICT)
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    quantity: int
    move_id: int | None = Field(default=None, foreign_key="stock_move.id", nullable=True)


_QUARTER = "date(n.happened_on, 'start of month', '-' || ((substr(n.happened_on, 6, 2) + 2) % 3) || ' months'"
_PERIOD = f"""CASE i.quota_period
          WHEN 'day' THEN n.happened_on
          WHEN 'month' THEN substr(n.happened_on, 1, 7) || '-01'
          WHEN 'quarter' THEN {_QUARTER})
          WHEN 'year' THEN substr(n.happened_on, 1, 4) || '-01-01' END
        AND CASE i.quota_period
          WHEN 'day' THEN n.happened_on
          WHEN 'month' THEN substr(n.happened_on, 1, 7) || '-31'
          WHEN 'quarter' THEN {_QUARTER}, '+3 months', '-1 day')
          WHEN 'year' THEN substr(n.happened_on, 1, 4) || '-12-31' END"""

SHELF = Holding("stock", "item", "stock_move", "quantity", "move_id", "库存", "这件商品", "库存不足")

TRIGGERS = (
    # What an undo gives again was confirmed when it came first.
    f"""CREATE TRIGGER redemption_second BEFORE INSERT ON redemption WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '这样大额的兑换要另一位操作人复核。') WHERE NEW.points > (
    SELECT CAST(value AS INTEGER) FROM setting WHERE name = '{SECOND_ABOVE}' AND withdrawn = 0 AND value <> '')
    AND (SELECT second_id FROM voucher WHERE id = NEW.voucher_id) IS NULL;
END""",
    # Merged partners are one person; a slip has one line of an item, so lines net of cancellations are slips.
    # CROSS JOIN and the sign before item_id keep SQLite from reading every slip of the item.
    f"""CREATE TRIGGER stock_move_quota BEFORE INSERT ON stock_move WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '一张兑换单里同一件商品只记一行。') WHERE (
    SELECT sum(sign) FROM stock_move WHERE redemption_id = NEW.redemption_id AND +item_id = NEW.item_id) > 0;
  SELECT RAISE(ABORT, '超过限兑次数。') WHERE EXISTS (
    SELECT 1 FROM item i JOIN redemption n ON n.id = NEW.redemption_id
    WHERE i.id = NEW.item_id AND i.quota_times <= (
      WITH RECURSIVE person(id) AS (
        SELECT n.partner_id UNION SELECT p.id FROM person JOIN partner p ON p.merged_into_id = person.id)
      SELECT ifnull(sum(m.sign), 0) FROM person
      CROSS JOIN redemption r ON r.partner_id = person.id AND r.sign = 1 AND r.happened_on BETWEEN {_PERIOD}
      CROSS JOIN stock_move m ON m.redemption_id = r.id AND +m.item_id = i.id));
END""",
    """CREATE TRIGGER stock_move_slip BEFORE INSERT ON stock_move WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '兑换单不存在、已取消或日期不符。') WHERE NOT EXISTS (
    SELECT 1 FROM redemption r WHERE r.id = NEW.redemption_id AND r.sign = 1 AND r.happened_on = NEW.happened_on
      AND r.voucher_id = NEW.voucher_id AND NOT EXISTS (SELECT 1 FROM redemption c WHERE c.reverses_id = r.id));
END""",
    *same_guards("item_price", "item_id", "商品"),
    *same_guards("stock_move", "item_id", "商品"),
    f"""CREATE TRIGGER stock_move_priced BEFORE INSERT ON stock_move
  WHEN NEW.kind = 'redeem' AND NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '价格不是商品当天的价格。') WHERE NEW.price IS NOT (
    SELECT p.price FROM item_price p WHERE p.item_id = NEW.item_id AND p.happened_on <= NEW.happened_on
      AND {stands("item_price", "p")} ORDER BY p.happened_on DESC, p.id DESC LIMIT 1);
END""",
    *triggers(SHELF),
    presence_guard("redemption"),
)
