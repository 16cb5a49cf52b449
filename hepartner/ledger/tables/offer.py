"""What businesses offer residents, and how often it was used."""

from sqlalchemy import CheckConstraint, Index, text

from hepartner.ledger.counts.offers import ONCE
from hepartner.ledger.once import BEGINS, once_guards

from .shape import (
    CodedCard,
    Fact,
    code_rules,
    delta_of,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    step_guards,
    words,
)

TRADES = ("clothing", "food", "housing", "travel", "medical", "culture", "education", "elderly", "other")
TERMS = ("free", "discount", "lowcost")


class Offer(CodedCard, table=True):
    """A service that a business gives the residents of a community free, at a discount or at low cost; prices are fen."""

    __table_args__ = code_rules(
        "offer",
        Index(
            "offer_open",
            "community_id",
            "partner_id",
            "title_key",
            unique=True,
            sqlite_where=text("withdrawn = 0 AND status = 'open'"),
        ),
        Index("offer_title", "title_key"),
        Index("offer_partner", "partner_id"),
        CheckConstraint(one_of("status", "open", "closed", "merged"), name="offer_status"),
        CheckConstraint("title <> ''", name="offer_titled"),
        CheckConstraint(one_of("trade", *TRADES), name="offer_trade"),
        CheckConstraint(one_of("terms", *TERMS), name="offer_terms"),
        CheckConstraint("price_before BETWEEN 0 AND 10000000000", name="offer_before"),
        CheckConstraint("price_after BETWEEN 0 AND 10000000000", name="offer_after"),
        CheckConstraint(
            "price_after < price_before OR (price_after = price_before AND terms = 'free')",
            name="offer_cheaper",
        ),
        CheckConstraint("terms = 'free' OR (price_before <> 0 AND price_after <> 0)", name="offer_paid"),
        CheckConstraint("terms <> 'free' OR ifnull(price_after, 0) = 0", name="offer_free"),
    )
    community_id: int = names("area")
    partner_id: int = names("partner")
    status: str = words("open")
    title: str = words()
    title_key: str = words()
    trade: str = words()
    terms: str = words()
    price_before: int | None = None
    price_after: int | None = None
    address: str = words("")
    opening_hours: str = words("")
    remark: str = words("")


class OfferEvent(Fact, table=True):
    """An offer was opened, closed or merged with another; `delta` is what it adds to the open ones."""

    __tablename__ = "offer_event"
    __table_args__ = fact_rules(
        "offer_event",
        Index("offer_event_offer", "offer_id"),
        Index("offer_event_count", "counted_in", "community_id", "sign", "delta"),
        CheckConstraint(delta_of(["opened"], ["closed", "merged"]), name="offer_event_delta"),
        CheckConstraint(one_of("trade", *TRADES), name="offer_event_trade"),
        CheckConstraint(one_of("terms", *TERMS), name="offer_event_terms"),
    )
    reverses_id: int | None = may_name("offer_event")
    offer_id: int = names("offer")
    partner_id: int = names("partner")
    event: str = words()
    delta: int
    trade: str = words()
    terms: str = words()
    restores_id: int | None = may_name("offer_event")


class OfferUse(Fact, table=True):
    """Residents used an offer so many times on a day."""

    __tablename__ = "offer_use"
    __table_args__ = fact_rules(
        "offer_use",
        Index("offer_use_offer", "offer_id"),
        Index("offer_use_partner", "partner_id"),
        Index("offer_use_count", "counted_in", "community_id", "sign", "times"),
        CheckConstraint("times BETWEEN 1 AND 1000000", name="offer_use_times"),
    )
    reverses_id: int | None = may_name("offer_use")
    offer_id: int = names("offer")
    partner_id: int = names("partner")
    times: int
    restores_id: int | None = may_name("offer_use")


TRIGGERS = (
    *step_guards(
        "offer_event",
        "offer_id",
        "惠民服务",
        first="opened",
        card=("community_id", "partner_id"),
        same=("trade", "terms"),
    ),
    *once_guards(ONCE["offer"], "惠民服务"),
    presence_guard("offer_event", when=BEGINS.format(card="offer")),
    """CREATE TRIGGER offer_event_used BEFORE INSERT ON offer_event WHEN NEW.sign = 1 AND NEW.delta = -1 BEGIN
  SELECT RAISE(ABORT, '停止的日期早于最近一次使用。') WHERE EXISTS (
    SELECT 1 FROM offer_use u WHERE u.offer_id = NEW.offer_id AND u.sign = 1 AND u.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM offer_use r WHERE r.reverses_id = u.id));
END""",
    # On the day it closes an offer can still be used.
    """CREATE TRIGGER offer_use_fits BEFORE INSERT ON offer_use WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '使用的社区或商家与惠民服务不符。') WHERE NOT EXISTS (
    SELECT 1 FROM offer WHERE id = NEW.offer_id AND community_id = NEW.community_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '惠民服务在这一天没有开放。') WHERE 1 > (
    SELECT ifnull(sum(sign * CASE WHEN happened_on < NEW.happened_on THEN delta ELSE delta = 1 END), 0)
    FROM offer_event WHERE offer_id = NEW.offer_id AND happened_on <= NEW.happened_on);
END""",
)
