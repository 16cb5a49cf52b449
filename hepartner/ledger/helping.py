"""Helping 协助: partners who helped with an issue, and the points that gives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import errors
from .facts import stands
from .persons import cards_of, survivor
from .points import Award, NeedsConfirmer
from .presence import absences

if TYPE_CHECKING:
    from .database import Database
    from .handling import Issue
    from .ledger import Ledger
    from .partners import Partner
    from .rulebook import Rule
    from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Helped:
    """What recording a helper did: points given, and which cap cut them ('' if none)."""

    issue: "Issue"
    partner: "Partner"
    points: int
    cap: str
    voucher: int


@dataclass(frozen=True, slots=True)
class Helper:
    """A partner who helped with an issue on a day, and the points that stand for it."""

    happened_on: str
    code: str
    name: str
    points: int
    voucher: int


class NotHelping(errors.Refused):
    """The partner can't have helped on that day."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}，不能记协助。请改正日期或合伙人。")


class BeforeReport(errors.Refused):
    """A help before the issue was reported."""

    def __init__(self, issue: "Issue", day: str) -> None:
        super().__init__(
            f"“{issue.title}”（{issue.code}）{issue.reported_on} 才上报，不能记 {day} 的协助。请改正日期。"
        )


class HelpedAlready(errors.Refused):
    """The ledger has this help."""

    def __init__(self, issue: "Issue", partner: "Partner", day: str) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）{day} 协助“{issue.title}”（{issue.code}）已经记过，没有重复记。"
        )


class NotPerTime(errors.Refused):
    """A rule per hour can't price a help."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"规则“{rule}”按小时给分，协助问题按次给分。请另选规则，或用 --points 写明积分。")


def assist(
    ledger: "Ledger",
    voucher: "Voucher",
    issue: "Issue",
    partner: "Partner",
    day: str,
    *,
    points: int | None,
    rule: "Rule | None",
) -> tuple[int, str]:
    """Post a help in an open voucher, and an award of fixed points or by a rule; return the points and the cap that cut them.

    The help bears the issue's community, the award the partner's. Raises NotHelping, BeforeReport, HelpedAlready, NotPerTime,
    points.BadPoints, points.NeedsConfirmer, rulebook.NotInForce, errors.NotYet.
    """
    for why in absences(ledger.database, {(partner.id, day)}).values():
        raise NotHelping(why)
    if day < issue.reported_on:
        raise BeforeReport(issue, day)
    if ledger.database.value(_SAME, (issue.id, cards_of(ledger.database, partner.id), day)):
        raise HelpedAlready(issue, partner, day)
    version_id, cap = None, ""
    if rule is not None:
        version_id, points, cap = _by_rule(ledger, partner, rule, day)
    fact = {"issue_id": issue.id, "partner_id": partner.id}
    help_id = voucher.post_one("issue_help", community_id=issue.community_id, happened_on=day, **fact)
    if points is not None and (points or rule is None):
        award = Award(partner.id, points, day, rule_version_id=version_id, issue_help_id=help_id)
        ledger.points.post_awards(voucher, [award])
    return points or 0, cap


def helpers(database: "Database", issue_id: int) -> list[Helper]:
    """Return who helped with an issue, oldest first, by whom each stands for today; a person is told once a day."""
    return [Helper(*row) for row in database.rows(_HELPERS, (issue_id,))]


def _by_rule(ledger: "Ledger", partner: "Partner", rule: "Rule", day: str) -> tuple[int, int, str]:
    from hepartner.words.rule import CAPS

    version = ledger.rulebook.version_on(rule, day)
    if version.needs_confirmer:
        raise NeedsConfirmer(rule.name)
    if version.per != "time":
        raise NotPerTime(rule.name)
    given = ledger.rulebook.price(partner.id, version, day)
    return version.id, given.points, f"已到{CAPS[given.cap]}上限" if given.cap else ""


_SAME = f"""SELECT 1 FROM issue_help h WHERE issue_id = ? AND partner_id IN (SELECT value FROM json_each(?))
    AND happened_on = ? AND {stands("issue_help", "h")}"""
_HELPERS = f"""SELECT h.happened_on, p.code, p.name,
      sum((SELECT ifnull(sum(points), 0) FROM entry WHERE issue_help_id = h.id)), min(h.voucher_id)
    FROM issue_help h JOIN partner p ON p.id = {survivor("h.partner_id")} WHERE h.issue_id = ? AND {stands("issue_help", "h")}
    GROUP BY h.happened_on, p.id ORDER BY min(h.id)"""
