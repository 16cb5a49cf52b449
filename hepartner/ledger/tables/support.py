"""Support given to partners, venues and the bookings of them."""

from sqlalchemy import CheckConstraint, Index, text

from .shape import (
    Card,
    CodedCard,
    Fact,
    card_rules,
    code_rules,
    count,
    day,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    words,
)


class Venue(Card, table=True):
    """A place of a community that partners may use."""

    __table_args__ = card_rules(
        "venue",
        Index(
            "venue_name",
            "community_id",
            "name_key",
            unique=True,
            sqlite_where=text("withdrawn = 0"),
        ),
        CheckConstraint("name <> ''", name="venue_named"),
    )
    community_id: int = names("area")
    name: str = words()
    name_key: str = words()
    place: str = words("")
    remark: str = words("")


class Booking(CodedCard, table=True):
    """A partner has a venue on a day, from and to so many minutes after midnight; it may lie ahead."""

    __table_args__ = code_rules(
        "booking",
        Index("booking_slot", "venue_id", "day"),
        Index("booking_partner", "partner_id"),
        CheckConstraint(one_of("status", "booked", "used", "cancelled"), name="booking_status"),
        CheckConstraint(day("day"), name="booking_day"),
        CheckConstraint("0 <= from_minute AND from_minute < to_minute", name="booking_from"),
        CheckConstraint("to_minute <= 1440", name="booking_to"),
    )
    community_id: int = names("area")
    venue_id: int = names("venue")
    partner_id: int = names("partner")
    status: str = words("booked")
    day: str = words()
    from_minute: int
    to_minute: int
    purpose: str = words("")


class SupportGiven(Fact, table=True):
    """A partner received something once: a venue (booked or not, `minutes` long), publicity, office space, matchmaking."""

    __tablename__ = "support_given"
    __table_args__ = fact_rules(
        "support_given",
        Index("support_given_booking", "booking_id"),
        Index("support_given_partner", "partner_id"),
        Index("support_given_count", "counted_in", "community_id", "kind", "sign"),
        CheckConstraint(
            one_of("kind", "venue", "publicity", "office", "matchmaking"), name="support_given_kind"
        ),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="support_given_minutes"),
        CheckConstraint("kind = 'venue' OR (venue_id IS NULL AND minutes = 0)", name="support_given_venue"),
        CheckConstraint("booking_id IS NULL OR venue_id IS NOT NULL", name="support_given_booked"),
    )
    reverses_id: int | None = may_name("support_given")
    partner_id: int = names("partner")
    kind: str = words()
    booking_id: int | None = may_name("booking")
    venue_id: int | None = may_name("venue")
    minutes: int = count(0)
    restores_id: int | None = may_name("support_given")


_SLOT_TAKEN = """EXISTS (SELECT 1 FROM booking b WHERE b.venue_id = NEW.venue_id AND b.day = NEW.day AND b.id <> NEW.id
      AND b.withdrawn = 0 AND b.status <> 'cancelled' AND b.from_minute < NEW.to_minute AND b.to_minute > NEW.from_minute)"""
_HOLDS = "NEW.withdrawn = 0 AND NEW.status <> 'cancelled'"
_IN_FORCE = "u.sign = 1 AND NOT EXISTS (SELECT 1 FROM support_given r WHERE r.reverses_id = u.id)"
_USED = f"EXISTS (SELECT 1 FROM support_given u WHERE u.booking_id = NEW.id AND {_IN_FORCE})"

TRIGGERS = (
    presence_guard("support_given"),
    *(
        f"""CREATE TRIGGER booking_slot_{name} BEFORE {event} ON booking WHEN {_HOLDS} BEGIN
  SELECT RAISE(ABORT, '这个场地的这段时间已有别的预订。') WHERE {_SLOT_TAKEN};
END"""
        for name, event in (("new", "INSERT"), ("edited", "UPDATE"))
    ),
    *(
        f"""CREATE TRIGGER booking_venue_{name} BEFORE {event} ON booking BEGIN
  SELECT RAISE(ABORT, '预订与场地不在同一社区。') WHERE NOT EXISTS (
    SELECT 1 FROM venue v WHERE v.id = NEW.venue_id AND v.community_id = NEW.community_id);
END"""
        for name, event in (("new", "INSERT"), ("moved", "UPDATE OF venue_id, community_id"))
    ),
    f"""CREATE TRIGGER booking_used BEFORE UPDATE ON booking BEGIN
  SELECT RAISE(ABORT, '预订已经使用，场地、合伙人和时间不能再改，也不能当作没有使用。') WHERE (
      NEW.status <> 'used' OR NEW.withdrawn = 1
      OR (OLD.community_id, OLD.venue_id, OLD.partner_id, OLD.day, OLD.from_minute, OLD.to_minute)
        IS NOT (NEW.community_id, NEW.venue_id, NEW.partner_id, NEW.day, NEW.from_minute, NEW.to_minute))
    AND {_USED};
  SELECT RAISE(ABORT, '预订没有使用记录，不能记为已使用。') WHERE NEW.status = 'used' AND OLD.status <> 'used' AND NOT {_USED};
END""",
    """CREATE TRIGGER support_given_place BEFORE INSERT ON support_given WHEN NEW.sign = 1 AND NEW.venue_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '场地不在扶持所记的社区，或它的登记已撤销。') WHERE NOT EXISTS (
    SELECT 1 FROM venue v WHERE v.id = NEW.venue_id AND v.community_id = NEW.community_id AND v.withdrawn = 0);
END""",
    f"""CREATE TRIGGER support_given_repeated BEFORE INSERT ON support_given WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这张预订已经记过使用。') WHERE EXISTS (
    SELECT 1 FROM support_given u WHERE u.booking_id = NEW.booking_id AND {_IN_FORCE});
END""",
    """CREATE TRIGGER support_given_fits BEFORE INSERT ON support_given WHEN NEW.sign = 1 AND NEW.booking_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '场地的使用与预订不符。') WHERE NOT EXISTS (
    SELECT 1 FROM booking b WHERE b.id = NEW.booking_id AND b.withdrawn = 0
      AND (b.community_id, b.venue_id, b.partner_id, b.day)
        IS (NEW.community_id, NEW.venue_id, NEW.partner_id, NEW.happened_on)
      AND b.to_minute - b.from_minute = NEW.minutes
      AND (b.status <> 'cancelled' OR NEW.restores_id IS NOT NULL));
END""",
)
