"""Joining 加入: which partners are in which service project, from when until when."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .persons import cards_of
from .presence import absences
from .projects import BadProject, BeforeLanding, Project, named
from .sessions import Sessions

if TYPE_CHECKING:
    from .partners import Partner
    from .vouchers import Voucher


class JoinedAlready(errors.Refused):
    """The partner is in the project."""

    def __init__(self, project: Project, partner: "Partner") -> None:
        super().__init__(f"{partner.name}（{partner.code}）已在{named(project)}里，没有重复登记。")


class Idle(errors.Refused):
    """Nobody joins a project on a day on which it is not under way."""

    def __init__(self, idle: str, day: str) -> None:
        super().__init__(f"{idle}，{day} 不能加入。请改正日期，或先用 hep project resume 恢复。")


class NotIn(errors.Refused):
    """The partner is not in the project, or not yet on that day."""

    def __init__(self, project: Project, partner: "Partner", since: str | None) -> None:
        why = f"{since} 才加入{named(project)}" if since else f"不在{named(project)}里"
        super().__init__(f"{partner.name}（{partner.code}）{why}，不能退出。可用 hep project show 查看。")


class PartedLater(errors.Refused):
    """A joining before the day on which the partner parted last."""

    def __init__(self, project: Project, partner: "Partner", day: str) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）{day} 才退出{named(project)}。请改用 {day} 或以后的日期。"
        )


class Joining(Book):
    """The partners of projects."""

    def partners(self, project: Project) -> list["Partner"]:
        """Return the partners in a project; two merged since are one."""
        return list({one.id: one for one in self._joined(project).values()}.values())

    def ever(self, project: Project) -> set[int]:
        """Return the ids of the partners that are or were in a project."""
        sql = "SELECT partner_id FROM project_partner WHERE project_id = ? AND delta = 1 GROUP BY 1 HAVING sum(sign) > 0"
        return {self._survivor(row[0]).id for row in self.database.rows(sql, (project.id,))}

    def projects_of(self, partner: "Partner") -> set[int]:
        """Return the ids of the projects that a partner, or one merged into it, is in."""
        return {row[0] for row in self.database.rows(_PROJECTS_OF, (cards_of(self.database, partner.id),))}

    def join(
        self, project: Project, partner: "Partner", *, day: date | None = None, key: str | None = None
    ) -> Written[list["Partner"]]:
        """Let a partner join a project.

        Raises JoinedAlready, PartedLater, BeforeLanding, Idle, BadProject, errors.NotYet.
        """
        on = self.ledger.day(day)
        with self.ledger.voucher("project.join", key=key, intention=[project.id, partner.id, on]) as voucher:
            self._check_day(project, on)
            if why := self.ledger.book(Sessions).idle(project, on):
                raise Idle(why, on)
            for why in absences(self.database, [(partner.id, on)]).values():
                raise BadProject(f"{why}。请改正单位或日期。")
            if partner.id in {one.id for one in self._joined(project).values()}:
                raise JoinedAlready(project, partner)
            latest = self._latest(project, partner.id)
            if latest and on < latest:
                raise PartedLater(project, partner, latest)
            voucher.post("project_partner", _FACT, [(project.community_id, on, project.id, partner.id, 1)])
        return Written(self.partners(project), voucher.id)

    def join_many(self, voucher: "Voucher", project: Project, partner_ids: Iterable[int], day: str) -> None:
        """Let partners that never were in a project join it in an open voucher, on its landing at the earliest."""
        on = max(day, project.landed_on)
        facts = [(project.community_id, on, project.id, card, 1) for card in partner_ids]
        voucher.post("project_partner", _FACT, facts)

    def part(
        self,
        project: Project,
        partner: "Partner",
        *,
        day: date | None = None,
        reason: str = "",
        key: str | None = None,
    ) -> Written[list["Partner"]]:
        """Let a partner part from a project. Raises NotIn, BeforeLanding, errors.NotYet."""
        on = self.ledger.day(day)
        intention = [project.id, partner.id, on, reason]
        with self.ledger.voucher("project.part", key=key, intention=intention) as voucher:
            self._check_day(project, on)
            cards = [card for card, one in self._joined(project).items() if one.id == partner.id]
            since = max((self._latest(project, card) or "" for card in cards), default=None)
            if since is None or on < since:
                raise NotIn(project, partner, since)
            facts = [(project.community_id, on, project.id, card, -1) for card in cards]
            voucher.post("project_partner", _FACT, facts)
            voucher.note(reason, line=voucher.lines)
        return Written(self.partners(project), voucher.id)

    def _check_day(self, project: Project, day: str) -> None:
        steps.check_day(self.ledger, day)
        if day < project.landed_on:
            raise BeforeLanding(project, day)

    def _joined(self, project: Project) -> dict[int, "Partner"]:
        """Return whom each card that joined a project stands for now."""
        sql = """SELECT partner_id FROM project_partner WHERE project_id = ?
            GROUP BY partner_id HAVING sum(sign * delta) > 0 ORDER BY min(id)"""
        return {row[0]: self._survivor(row[0]) for row in self.database.rows(sql, (project.id,))}

    def _survivor(self, card: int) -> "Partner":
        partner = self.ledger.partners.get(card)
        while partner.merged_into_id is not None:
            partner = self.ledger.partners.get(partner.merged_into_id)
        return partner

    def _latest(self, project: Project, card: int) -> str | None:
        """Return the day on which a card joined or parted last."""
        day: str | None = self.database.value(_LATEST, (project.id, card))
        return day


_FACT = ("project_id", "partner_id", "delta")
_LATEST = f"""SELECT max(happened_on) FROM project_partner p WHERE project_id = ? AND partner_id = ?
    AND {stands("project_partner", "p")}"""
_PROJECTS_OF = """SELECT project_id FROM project_partner WHERE partner_id IN (SELECT value FROM json_each(?))
    GROUP BY project_id, partner_id HAVING sum(sign * delta) > 0"""
