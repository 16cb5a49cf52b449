"""Pairings of partners with communities."""

from sqlalchemy import CheckConstraint, Index, text

from hepartner.ledger.counts.pairings import ONCE
from hepartner.ledger.once import BEGINS, once_guards

from .shape import (
    Card,
    Fact,
    card_rules,
    delta_of,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    step_guards,
    words,
)

LINKS = ("party", "members", "venues", "activities", "resources", "services")
_IN_ORDER = " || ".join(f"iif(',' || links || ',' LIKE '%,{code},%', ',{code}', '')" for code in LINKS)
_JOINED = f"links = ltrim({_IN_ORDER}, ',')"
"""Holds when `links` are some of LINKS, each once, in their order."""


class Pairing(Card, table=True):
    """A group or business is paired with a community; `links` are codes of the six joint links, parted by commas."""

    __table_args__ = card_rules(
        "pairing",
        Index(
            "pairing_active",
            "community_id",
            "partner_id",
            unique=True,
            sqlite_where=text("withdrawn = 0 AND status = 'active'"),
        ),
        Index("pairing_partner", "partner_id"),
        CheckConstraint(one_of("status", "active", "ended", "merged"), name="pairing_status"),
        CheckConstraint(_JOINED, name="pairing_links"),
    )
    community_id: int = names("area")
    partner_id: int = names("partner")
    status: str = words("active")
    links: str = words("")
    remark: str = words("")


class PairingEvent(Fact, table=True):
    """A pairing started, ended or was merged with another; `delta` is what it adds to the pairings."""

    __tablename__ = "pairing_event"
    __table_args__ = fact_rules(
        "pairing_event",
        Index("pairing_event_pairing", "pairing_id"),
        Index("pairing_event_count", "counted_in", "community_id", "sign", "delta"),
        CheckConstraint(delta_of(["started"], ["ended", "merged"]), name="pairing_event_delta"),
        CheckConstraint(_JOINED, name="pairing_event_links"),
    )
    reverses_id: int | None = may_name("pairing_event")
    pairing_id: int = names("pairing")
    partner_id: int = names("partner")
    event: str = words()
    delta: int
    links: str = words("")
    restores_id: int | None = may_name("pairing_event")


TRIGGERS = (
    *step_guards(
        "pairing_event",
        "pairing_id",
        "结对",
        first="started",
        card=("community_id", "partner_id"),
        same=("links",),
    ),
    *once_guards(ONCE["pairing"], "结对"),
    presence_guard("pairing_event", when=BEGINS.format(card="pairing")),
)
