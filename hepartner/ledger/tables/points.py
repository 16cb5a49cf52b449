"""Entries of points and the balance of each partner."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from ..limits import MOST_POINTS
from .holding import Holding, triggers
from .shape import STRICT, Fact, count, day, fact_rules, may_name, names, one_of, words


class Entry(Fact, table=True):
    """The fact that moves points.

    `points` is signed and moves the balance; `shortfall` is what should have been taken but had been spent. The incoming
    leg of a transfer names the outgoing one in `pair_id`.
    """

    __table_args__ = fact_rules(
        "entry",
        Index("entry_count", "kind", "counted_in", "community_id", "points"),
        Index("entry_partner", "partner_id", "happened_on"),
        Index("entry_participation", "participation_id", sqlite_where=text("participation_id IS NOT NULL")),
        Index("entry_issue_help", "issue_help_id", sqlite_where=text("issue_help_id IS NOT NULL")),
        Index("entry_redemption", "redemption_id", sqlite_where=text("redemption_id IS NOT NULL")),
        Index("entry_pair", "pair_id", unique=True, sqlite_where=text("pair_id IS NOT NULL")),
        CheckConstraint(
            one_of("kind", "award", "redeem", "deduct", "expire", "opening", "transfer"), name="entry_kind"
        ),
        CheckConstraint(f"points BETWEEN -{MOST_POINTS} AND {MOST_POINTS}", name="entry_size"),
        CheckConstraint("shortfall >= 0", name="entry_shortfall"),
        CheckConstraint(
            "points <> 0 OR shortfall > 0 OR sign = -1 OR restores_id IS NOT NULL", name="entry_not_empty"
        ),
        CheckConstraint(
            "CASE kind WHEN 'award' THEN points * sign >= 0 WHEN 'opening' THEN points * sign >= 0"
            " WHEN 'transfer' THEN 1 ELSE points * sign <= 0 END",
            name="entry_direction",
        ),
        CheckConstraint(f"earned_on = happened_on OR ({day('earned_on')})", name="entry_earned"),
        CheckConstraint("(kind = 'redeem') = (redemption_id IS NOT NULL)", name="entry_slip"),
        CheckConstraint("pair_id IS NULL OR (kind = 'transfer' AND points > 0)", name="entry_incoming"),
    )
    reverses_id: int | None = may_name("entry")
    partner_id: int = names("partner")
    kind: str = words()
    points: int
    shortfall: int = count(0)
    earned_on: str = words()
    rule_version_id: int | None = may_name("rule_version")
    participation_id: int | None = may_name("participation")
    issue_help_id: int | None = may_name("issue_help")
    redemption_id: int | None = may_name("redemption")
    pair_id: int | None = may_name("entry")
    restores_id: int | None = may_name("entry")


class Balance(SQLModel, table=True):
    """A partner's points now; made with the partner, moved only by the triggers on `entry`."""

    __table_args__ = (CheckConstraint("points >= 0", name="balance_not_negative"), STRICT)
    partner_id: int = Field(primary_key=True, foreign_key="partner.id")
    points: int
    entry_id: int | None = Field(default=None, foreign_key="entry.id", nullable=True)


# What moves along with a partner is not held to days either: it was counted as there when it was spent.
_HELD = ("balance", "partner", "entry", "points", "entry_id", "余额", "这位合伙人", "积分余额不足")
BALANCE = Holding(*_HELD, held="NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.kind <> 'transfer'")

TRIGGERS = (
    *triggers(BALANCE),
    """CREATE TRIGGER entry_of_slip BEFORE INSERT ON entry WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '兑换单不存在、已取消，或与这笔积分不符。') WHERE NOT EXISTS (
    SELECT 1 FROM redemption r WHERE r.id = NEW.redemption_id AND r.sign = 1 AND r.voucher_id = NEW.voucher_id
      AND r.points = -NEW.points AND r.partner_id = NEW.partner_id AND r.community_id = NEW.community_id
      AND r.happened_on = NEW.happened_on AND NOT EXISTS (SELECT 1 FROM redemption c WHERE c.reverses_id = r.id));
END""",
    """CREATE TRIGGER entry_pair_legs BEFORE INSERT ON entry WHEN NEW.pair_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '转移的两笔不相配。') WHERE NOT EXISTS (
    SELECT 1 FROM entry o WHERE o.id = NEW.pair_id AND o.kind = 'transfer' AND o.voucher_id = NEW.voucher_id
      AND o.points = -NEW.points AND o.earned_on = NEW.earned_on AND o.counted_in = NEW.counted_in);
  SELECT RAISE(ABORT, '转出的一笔已有对应的转入。') WHERE EXISTS (SELECT 1 FROM entry WHERE pair_id = NEW.pair_id);
END""",
)
