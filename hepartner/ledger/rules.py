"""What a rule says and gives: versions in time, points for minutes or times, and what caps leave of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hepartner.words.rule import CAPS, PER

_MINUTES_PER_HOUR = 60


MOST_PER_UNIT = 100_000


class Terms(NamedTuple):
    """What one version of a rule says: points, caps in points (None: no cap), days (ISO, both included)."""

    points: int
    per: str
    cap_activity: int | None
    cap_day: int | None
    cap_month: int | None
    cap_year: int | None
    needs_confirmer: bool
    valid_from: str
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule with the rule's code and name; a later one governs from its `valid_from` on."""

    id: int
    rule_id: int
    code: str
    name: str
    points: int
    per: str
    cap_activity: int | None
    cap_day: int | None
    cap_month: int | None
    cap_year: int | None
    needs_confirmer: bool
    valid_from: str
    valid_to: str | None

    @property
    def caps(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The caps in the order of `CAPS`."""
        return self.cap_activity, self.cap_day, self.cap_month, self.cap_year

    @property
    def is_capped(self) -> bool:
        """Tell whether any cap is set."""
        return self.caps != (None, None, None, None)

    @property
    def terms(self) -> Terms:
        """What the version says, without what it is called."""
        return Terms(*(getattr(self, field) for field in Terms._fields))


class Used(NamedTuple):
    """Points a partner already has under a rule: in the activity, on its day, in its month, in its year."""

    activity: int = 0
    day: int = 0
    month: int = 0
    year: int = 0


class Given(NamedTuple):
    """Points that an award gives, and the span whose cap cut them short; None if none did."""

    points: int
    cap: str | None = None


class Claim(NamedTuple):
    """What a partner did on a day (ISO) under a version; without an activity it is one by itself."""

    partner_id: int
    version: Version
    day: str
    minutes: int = 0
    times: int = 1
    activity_id: int | None = None


def faults(terms: Terms) -> list[str]:
    """Return what is wrong with a version's terms, one sentence each; empty when nothing is."""
    found = []
    if not 1 <= terms.points <= MOST_PER_UNIT:
        found.append(f"每次或每小时 {terms.points} 分不行，应是 1 到 {MOST_PER_UNIT} 的整数。")
    if terms.per not in PER:
        found.append(f"计量“{terms.per}”不对，应是次（time）或小时（hour）。")
    for span, cap in zip(CAPS, terms[2:6], strict=True):
        if isinstance(cap, int) and cap < 1:
            found.append(f"{CAPS[span]}上限 {cap} 分不行，应是正整数；不设上限请写 0。")
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        found.append(f"失效日期 {terms.valid_to} 早于生效日期 {terms.valid_from}，请改正。")
    return found


def in_force(versions: Sequence[Version], day: str) -> Version | None:
    """Return the version that governs a day, from one rule's versions, ordered as `begun` wants them; None once it has ended."""
    latest = begun(versions, day)
    return latest if latest and (latest.valid_to is None or latest.valid_to >= day) else None


def begun(versions: Sequence[Version], day: str) -> Version | None:
    """Return the version that began last by a day, ended or not: as of prices, of those of one day the latest posted.

    `versions` are one rule's, the latest to begin first, of equals the latest posted.
    """
    return next((version for version in versions if version.valid_from <= day), None)


def points_for(version: Version, minutes: int, times: int = 1) -> int:
    """Return the points before any cap; points per hour round down for each line (design §3)."""
    if version.per == "hour":
        return version.points * minutes // _MINUTES_PER_HOUR
    return version.points * times


def capped(wanted: int, version: Version, used: Used) -> Given:
    """Return what the caps leave of the points wanted, and which leaves least (the narrowest of equals)."""
    given = Given(wanted)
    for span, cap, spent in zip(CAPS, version.caps, used, strict=True):
        if cap is not None and cap - spent < given.points:
            given = Given(max(cap - spent, 0), span)
    return given


class Tally:
    """Points given so far, by partner, rule and span; all versions of a rule count together.

    Points count on the day they were earned, whatever month they are counted in.
    """

    def __init__(self) -> None:
        self._points: defaultdict[tuple[int, int, int | str], int] = defaultdict(int)

    def add(self, partner_id: int, rule_id: int, day: str, points: int, *, activity_id: int | None) -> None:
        """Count points (negative: taken back)."""
        for span in (day, day[:7], day[:4], *(() if activity_id is None else (activity_id,))):
            self._points[partner_id, rule_id, span] += points

    def used(self, claim: Claim) -> Used:
        """Return what already counts against a claim's caps."""
        rule, partner, day, points = claim.version.rule_id, claim.partner_id, claim.day, self._points
        activity = 0 if claim.activity_id is None else points.get((partner, rule, claim.activity_id), 0)
        spans = (day, day[:7], day[:4])
        return Used(activity, *(points.get((partner, rule, span), 0) for span in spans))

    def price(self, claims: Iterable[Claim]) -> list[Given]:
        """Price claims in their order, each counting for those that follow.

        As long as one version prices them, the total that a partner gets does not depend on the order.
        """
        return [self._price(claim) for claim in claims]

    def _price(self, claim: Claim) -> Given:
        wanted = points_for(claim.version, claim.minutes, claim.times)
        if not claim.version.is_capped:
            return Given(wanted)
        given = capped(wanted, claim.version, self.used(claim))
        self.add(
            claim.partner_id, claim.version.rule_id, claim.day, given.points, activity_id=claim.activity_id
        )
        return given
