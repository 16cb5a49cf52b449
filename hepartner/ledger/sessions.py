"""Sessions 服务场次 of projects: whom a project served on a day, for how long, and which partners were there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.words.project import EVENTS

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .lineage import noted
from .persons import survivor, survivor_of
from .presence import absences
from .projects import BeforeLanding, Project, Projects, named
from .sources import Source, brought

if TYPE_CHECKING:
    from .vouchers import Voucher

MOST_SERVED, MOST_MINUTES = 10_000_000, 1440


class Particulars(NamedTuple):
    """What a command or a line of a file says of a session; `partners` are ids, the day is ISO."""

    project_id: int
    day: str
    served: int
    minutes: int = 0
    partners: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A session in force, with the partners that were there."""

    happened_on: str
    project_code: str
    project: str
    community: str
    served: int
    minutes: int
    partners: str
    voucher: int
    note: str


class BadSession(errors.Refused):
    """What is said of a session can't be."""


class NotRunning(errors.Refused):
    """The project was not under way on that day."""

    def __init__(self, idle: str, day: str) -> None:
        super().__init__(f"{idle}，不能记 {day} 的服务。请改正日期，或先用 hep project resume 恢复。")


class SameSession(errors.Refused):
    """The session is there."""

    def __init__(self, project: Project, said: Particulars, voucher: int) -> None:
        super().__init__(
            f"{named(project)} {said.day} 服务 {said.served} 人次的一场已经记过（凭证 V{voucher}），没有重复记。"
            "确是另一场请用 --note 写明，如 下午场。"
        )


def idle(course: Sequence[Sequence[Any]], day: str) -> str | None:
    """Return why a project was under way at no time of a day, by its steps in force: day, delta, event. None if it was."""
    if not course:
        return "登记已撤销"
    before = [step for step in course if step[0] <= day]
    if sum(delta if on < day else delta > 0 for on, delta, _ in before) > 0:
        return None
    since = [f"{on} 已{EVENTS[event]}" for on, delta, event in before if delta < 0]
    return since[-1] if since else f"{course[0][0]} 才落地"


def faults(said: Particulars) -> list[str]:
    """Return what is wrong with a session's numbers, one sentence each."""
    found = []
    if not 0 <= said.served <= MOST_SERVED:
        found.append(f"服务人次 {said.served} 不合理，应在 0 到 {MOST_SERVED} 之间。")
    if not 0 <= said.minutes <= MOST_MINUTES:
        found.append(f"时长 {said.minutes} 分钟不行，一天最多 {MOST_MINUTES} 分钟。")
    return found


class Sessions(Book):
    """The sessions of projects."""

    def listing(self, project: Project) -> list[Session]:
        """Return the sessions of a project in force, the newest first."""
        return [Session(*row) for row in self.database.rows(_SESSIONS, (project.id,))]

    def hold(
        self, project: Project, said: Particulars, *, note: str = "", key: str | None = None
    ) -> Written[Project]:
        """Record that a project served. Raises BadSession, BeforeLanding, NotRunning, SameSession, errors.NotYet."""
        with self.ledger.voucher("project.session", key=key, intention=[*said, note]) as voucher:
            steps.check_day(self.ledger, said.day)
            for fault in faults(said):
                raise BadSession(fault)
            if said.day < project.landed_on:
                raise BeforeLanding(project, said.day)
            if why := self.idle(project, said.day):
                raise NotRunning(why, said.day)
            for why in absences(self.database, [(one, said.day) for one in said.partners]).values():
                raise BadSession(f"{why}。请改正单位或日期。")
            for known in self._same(said, note):
                raise SameSession(project, said, known)
            self.hold_many(voucher, [said], {project.id: project})
            voucher.note(note, line=1)
        return Written(self.ledger.book(Projects).get(project.id), voucher.id)

    def idle(self, project: Project, day: str) -> str | None:
        """Return why a project was not under way on a day, half a sentence that names it; None if it was."""
        sql = f"""SELECT happened_on, delta, event FROM project_event e WHERE project_id = ?
            AND {stands("project_event", "e")} ORDER BY happened_on, id"""
        why = idle(self.database.rows(sql, (project.id,)), day)
        return why and f"{named(project)} {why}"

    def _same(self, said: Particulars, note: str) -> list[int]:
        """Return the vouchers of sessions that say the same, note and all, of the same partners."""
        came = {survivor_of(self.database, one) for one in said.partners}
        return [
            voucher
            for session_id, voucher in self.database.rows(_SAME, (*said[:4], note))
            if came == {row[0] for row in self.database.rows(_CAME, (session_id,))}
        ]

    def hold_many(
        self, voucher: "Voucher", rows: Sequence[Particulars], projects: dict[int, Project]
    ) -> None:
        """Record sessions in an open voucher. The caller checked them."""
        facts = [
            (projects[row.project_id].community_id, row.day, row.project_id, row.served, row.minutes)
            for row in rows
        ]
        ids = voucher.post("project_session", ("project_id", "served", "minutes"), facts)
        present = [
            (projects[row.project_id].community_id, row.day, session_id, partner)
            for session_id, row in zip(ids, rows, strict=True)
            for partner in dict.fromkeys(row.partners)
        ]
        voucher.post("project_presence", ("session_id", "partner_id"), present)

    def recorded(self, source: Source, first: str, last: str) -> list[tuple[int, Particulars]]:
        """Return what files of a source brought of these days, as they said it, but undone ones: voucher and session."""
        asked = source.on(first, last)
        present: dict[int, list[int]] = {}
        sql = f"SELECT f.session_id, f.partner_id FROM project_presence f {brought('project_presence')}"
        for session_id, partner_id in self.database.rows(f"{sql} ORDER BY f.id", asked):
            present.setdefault(session_id, []).append(partner_id)
        sql = f"""SELECT f.voucher_id, f.id, f.project_id, f.happened_on, f.served, f.minutes FROM project_session f
            {brought("project_session")} ORDER BY f.id"""
        rows = self.database.rows(sql, asked)
        return [
            (voucher, Particulars(project_id, day, served, minutes, tuple(present.get(session_id, ()))))
            for voucher, session_id, project_id, day, served, minutes in rows
        ]


_SAME = f"""SELECT f.id, f.voucher_id FROM project_session f
    WHERE f.project_id = ? AND f.happened_on = ? AND f.served = ? AND f.minutes = ? AND {noted("project_session", "f")} = ?
      AND {stands("project_session", "f")}"""
_CAME = f"""SELECT {survivor("f.partner_id")} FROM project_presence f
    WHERE f.session_id = ? AND {stands("project_presence", "f")}"""
_SESSIONS = f"""SELECT f.happened_on, c.code, c.title, a.name, f.served, f.minutes,
      ifnull((SELECT group_concat(name, '、') FROM (SELECT DISTINCT p.id, p.name FROM project_presence e
        JOIN partner p ON p.id = {survivor("e.partner_id")}
        WHERE e.session_id = f.id AND {stands("project_presence", "e")} ORDER BY e.id)), ''),
      f.voucher_id, {noted("project_session", "f")}
    FROM project_session f JOIN project c ON c.id = f.project_id JOIN area a ON a.id = f.community_id
    WHERE f.project_id = ? AND {stands("project_session", "f")}
    ORDER BY f.happened_on DESC, f.id DESC"""
