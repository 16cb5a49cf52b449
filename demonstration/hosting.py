"""What the verbs of the diary do that tell of meetings, offers, bookings and stars."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from hepartner.ledger.cooperations import Cooperations
from hepartner.ledger.meetings import Meeting, Meetings
from hepartner.ledger.offers import Offer, Offers
from hepartner.ledger.resolutions import Resolutions
from hepartner.ledger.starlevels import StarLevels
from hepartner.ledger.stars import Asked
from hepartner.ledger.supports import Supports
from hepartner.ledger.venues import Booking, Venue

from .doing import Line, day_of

if TYPE_CHECKING:
    from .replay import Replay


def raise_matter(replay: "Replay", line: Line) -> None:
    """Raise an issue at a meeting."""
    issue = replay.issue(line)
    replay.ledger.book(Meetings).raise_matter(_meeting(replay, line), issue.title, issue=issue)


def resolve_at(replay: "Replay", line: Line) -> None:
    """Let a meeting resolve something, to be done by a partner or somebody else until a day."""
    partner = replay.partner(line["partner"]) if "partner" in line else None
    owner, due = line.get("owner", ""), date.fromisoformat(line["due"])
    resolutions = replay.ledger.book(Resolutions)
    resolutions.make(_meeting(replay, line), line["text"], owner=owner, partner=partner, due_on=due)


def settle(replay: "Replay", line: Line) -> None:
    """Do or drop what a meeting resolved, or open it again."""
    resolutions = replay.ledger.book(Resolutions)
    event = {"done": "done", "drop_resolution": "dropped", "reopen_resolution": "reopened"}[line["do"]]
    resolutions.step(resolutions.find(line["resolution"]), event, day=day_of(line))


def cooperate(replay: "Replay", line: Line) -> None:
    """Close a cooperation that came of a meeting."""
    partner, other = replay.partner(line["partner"]), replay.partner(line["with"])
    meeting, book = _meeting(replay, line), replay.ledger.book(Cooperations)
    book.close(partner, replay.community(line), with_=other, meeting=meeting)


def use_offer(replay: "Replay", line: Line) -> None:
    """Count uses of an offer."""
    replay.ledger.book(Offers).use(_offer(replay, line), times=line["times"], day=day_of(line))


def close_offer(replay: "Replay", line: Line) -> None:
    """Close an offer."""
    replay.ledger.book(Offers).close(_offer(replay, line), day=day_of(line))


def add_venue(replay: "Replay", line: Line) -> None:
    """Register a venue."""
    replay.ledger.book(Supports).venue(line["venue"], replay.community(line))


def book_venue(replay: "Replay", line: Line) -> None:
    """Book a venue; of a day that has come it is used at once unless it is only planned."""
    partner, times = replay.partner(line["partner"]), (line["first"], line["last"])
    book = replay.ledger.book(Supports)
    book.book(_venue(replay, line), partner, day_of(line), times, planned=line["planned"])


def use_venue(replay: "Replay", line: Line) -> None:
    """Use a venue as booked."""
    replay.ledger.book(Supports).use(_booking(replay, line))


def cancel_booking(replay: "Replay", line: Line) -> None:
    """Cancel a booking."""
    replay.ledger.book(Supports).cancel(_booking(replay, line), reason="改期")


def rule_stars(replay: "Replay", line: Line) -> None:
    """Say what a star asks."""
    asked = Asked(line["level"], line["hours"] * 60, line["points"], line["years"], line["day"])
    replay.ledger.book(StarLevels).rule(asked)


def freeze(replay: "Replay", line: Line) -> None:
    """Freeze the stars of a year."""
    replay.ledger.book(StarLevels).freeze(line["year"])


DOING: dict[str, Callable[["Replay", Line], None]] = {
    "raise": raise_matter,
    "resolve_at": resolve_at,
    "done": settle,
    "drop_resolution": settle,
    "reopen_resolution": settle,
    "cooperate": cooperate,
    "use_offer": use_offer,
    "close_offer": close_offer,
    "venue": add_venue,
    "book_venue": book_venue,
    "use_venue": use_venue,
    "cancel_booking": cancel_booking,
    "star_rule": rule_stars,
    "freeze": freeze,
}
"""What each verb does."""


def _meeting(replay: "Replay", line: Line) -> Meeting:
    """Find a meeting of a community by its day and title."""
    day = date.fromisoformat(line["held"])
    listed = replay.ledger.book(Meetings).listing(under=replay.community(line), first=day, last=day)
    return next(one for one in listed if one.title == line["meeting"])


def _offer(replay: "Replay", line: Line) -> Offer:
    listed = replay.ledger.book(Offers).listing(under=replay.community(line))
    return next(one for one in listed if (one.title, one.partner) == (line["offer"], line["business"]))


def _venue(replay: "Replay", line: Line) -> Venue:
    return replay.ledger.book(Supports).venues.find(line["venue"], replay.community(line))


def _booking(replay: "Replay", line: Line) -> Booking:
    """Find a booking by venue, day and time."""
    day, venue = day_of(line), _venue(replay, line)
    listed = replay.ledger.book(Supports).venues.bookings(venue=venue, first=day, last=day)
    return next(one for one in listed if one.from_minute == line["first"])
