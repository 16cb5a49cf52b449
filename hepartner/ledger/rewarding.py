"""Rewarding 报到积分: the points that those who arrived are given when a dispatch is finished."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from . import errors
from .moments import Moment
from .points import Award, NeedsConfirmer, check_points
from .presence import absence, presences
from .responding import in_force
from .rules import Claim

if TYPE_CHECKING:
    from .dispatches import Dispatch
    from .ledger import Ledger
    from .rulebook import Rule
    from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Reward:
    """What each partner that arrived is given: fixed points, or what a rule gives for one time or for the time it was there."""

    points: int | None = None
    rule: "Rule | None" = None

    @property
    def intention(self) -> list[int | None]:
        """What was meant, in plain values."""
        return [self.points, self.rule.id if self.rule else None]


@dataclass(frozen=True, slots=True)
class Rewarded:
    """Points given, to how many partners, and the partners that got none, each with the reason."""

    points: int
    partners: int
    without: tuple[str, ...]


class TwoRewards(errors.Refused):
    """Both fixed points and a rule."""

    def __init__(self) -> None:
        super().__init__("--points 和 --rule 只能写一个，没有记账。")


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An arrival (its step), the partner it stands for now, and how long it was there."""

    partner_id: int
    code: str
    partner: str
    step_id: int
    minutes: int


def give(ledger: "Ledger", voucher: "Voucher", dispatch: "Dispatch", reward: Reward) -> Rewarded:
    """Award everybody that arrived once, on the day of the end, in an open voucher.

    Raises TwoRewards, points.BadPoints, points.NeedsConfirmer, rulebook.NotInForce.
    """
    if reward.points is not None and reward.rule is not None:
        raise TwoRewards
    present = [list(those) for _, those in groupby(_arrivals(ledger, dispatch), lambda one: one.partner_id)]
    day = str(dispatch.finished_on)
    away = _away(ledger, [those[0].partner_id for those in present], day)
    without = list(away.values())
    standing = [those for those in present if those[0].partner_id not in away]
    points, version_id = _priced(ledger, standing, reward, day)
    rewarded = [(those, given) for those, given in zip(standing, points, strict=True) if given]
    without += [
        f"{those[0].partner}（{those[0].code}）按规则得 0 分"
        for those, given in zip(standing, points, strict=True)
        if not given
    ]
    awards = [Award(those[0].partner_id, given, day, version_id) for those, given in rewarded]
    entries = ledger.points.post_awards(voucher, awards)
    facts = [
        (dispatch.community_id, day, one.step_id, entry)
        for (those, _), entry in zip(rewarded, entries, strict=True)
        for one in those
    ]
    voucher.post("arrival_reward", ("response_event_id", "entry_id"), facts)
    return Rewarded(sum(given for _, given in rewarded), len(rewarded), tuple(without))


def _priced(
    ledger: "Ledger", standing: list[list[_Arrival]], reward: Reward, day: str
) -> tuple[list[int], int | None]:
    """Return the points of each partner, and the version of the rule they are given by."""
    if reward.rule is None:
        check_points(reward.points or 0)
        return [reward.points or 0] * len(standing), None
    version = ledger.rulebook.version_on(reward.rule, day)
    if version.needs_confirmer:
        raise NeedsConfirmer(reward.rule.name)
    claims = [
        Claim(those[0].partner_id, version, day, sum(one.minutes for one in those)) for those in standing
    ]
    return [given.points for given in ledger.rulebook.price_many(claims)], version.id


def _away(ledger: "Ledger", partner_ids: list[int], day: str) -> dict[int, str]:
    """Return why partners were no longer here on a day; a card merged into one that joined later came before it."""
    known = presences(ledger.database, partner_ids)
    found = {one: absence(known[one], max(day, known[one].joined_on)) for one in partner_ids}
    return {one: why for one, why in found.items() if why}


def _arrivals(ledger: "Ledger", dispatch: "Dispatch") -> list[_Arrival]:
    """Return the arrivals of a dispatch by the partners they stand for now; who has not left was there to the end."""
    found = []
    for step_id, partner_id, *times in ledger.database.rows(_PRESENT, (dispatch.id,)):
        holder = ledger.points.holder(partner_id)
        came, left = Moment(*times[:2]), Moment(*times[2:]) if times[2] else dispatch.finished
        minutes = max(0, left.since(came)) if left else 0
        found.append(_Arrival(holder.id, holder.code, holder.name, step_id, minutes))
    return sorted(found, key=lambda one: (one.code, one.step_id))


_PRESENT = f"""SELECT e.id, a.partner_id, e.happened_on, e.minute, l.happened_on, l.minute
    FROM arrival a JOIN response_event e ON e.id = a.response_event_id
    LEFT JOIN response_event l ON l.response_id = e.response_id AND l.round = e.round AND l.event = 'left'
      AND {in_force("response_event", "l")}
    WHERE a.dispatch_id = ? AND {in_force("arrival", "a")} ORDER BY a.id"""
