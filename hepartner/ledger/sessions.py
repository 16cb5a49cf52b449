"""Sessions 服务场次 of projects: whom a project served on a day, for how long, and which partners were there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .presence import absences
from .projects import Project, Projects, named
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

    def __init__(self, project: Project, day: str) -> None:
        super().__init__(
            f"{named(project)}在 {day} 没有实施（{project.landed_on} 落地），不能记服务。"
            "请改正日期，或先用 hep project resume 恢复。"
        )


def running(course: Iterable[tuple[str, int]], day: str) -> bool:
    """Tell whether a project was under way at some time of a day, by its steps in force (day, delta)."""
    return sum(delta if on < day else delta > 0 for on, delta in course if on <= day) > 0


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
        """Record that a project served. Raises BadSession, NotRunning, errors.NotYet."""
        with self.ledger.voucher("project.session", key=key, intention=[*said, note]) as voucher:
            steps.check_day(self.ledger, said.day)
            for fault in faults(said):
                raise BadSession(fault)
            if not self.ran(project, said.day):
                raise NotRunning(project, said.day)
            for why in absences(self.database, [(one, said.day) for one in said.partners]).values():
                raise BadSession(f"{why}。请改正单位或日期。")
            self.hold_many(voucher, [said], {project.id: project})
            voucher.note(note, line=1)
        return Written(self.ledger.book(Projects).get(project.id), voucher.id)

    def ran(self, project: Project, day: str) -> bool:
        """Tell whether a project was under way on a day."""
        sql = f"""SELECT happened_on, delta FROM project_event e WHERE project_id = ? AND {stands("project_event", "e")}"""
        return running(self.database.rows(sql, (project.id,)), day)

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

    def recorded(self, source: Source, first: str, last: str) -> list[Particulars]:
        """Return the sessions of these days that files of a source brought, as the files said them; undone ones left out."""
        asked = (*source, first, last)
        present: dict[int, list[int]] = {}
        sql = f"SELECT f.session_id, f.partner_id FROM project_presence f {brought('project_presence')}"
        for session_id, partner_id in self.database.rows(f"{sql} ORDER BY f.id", asked):
            present.setdefault(session_id, []).append(partner_id)
        sql = f"""SELECT f.id, f.project_id, f.happened_on, f.served, f.minutes FROM project_session f
            {brought("project_session")} ORDER BY f.id"""
        rows = self.database.rows(sql, asked)
        return [
            Particulars(project_id, day, served, minutes, tuple(present.get(session_id, ())))
            for session_id, project_id, day, served, minutes in rows
        ]


_SESSIONS = f"""SELECT f.happened_on, c.code, c.title, a.name, f.served, f.minutes,
      ifnull((SELECT group_concat(p.name, '、') FROM project_presence e JOIN partner p ON p.id = e.partner_id
        WHERE e.session_id = f.id AND {stands("project_presence", "e")}), ''),
      f.voucher_id, ifnull(n.text, '')
    FROM project_session f JOIN project c ON c.id = f.project_id JOIN area a ON a.id = f.community_id
    LEFT JOIN note n ON n.about_voucher_id = f.voucher_id AND n.about_line = f.line AND n.withdrawn = 0
    WHERE f.project_id = ? AND {stands("project_session", "f")}
    ORDER BY f.happened_on DESC, f.id DESC"""
