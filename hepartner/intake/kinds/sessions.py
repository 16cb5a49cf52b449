"""Lists of sessions of projects: the same file again adds none; two equal ones of a day are asked about."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.intake.columns import dated, read_day, read_minutes, read_names, read_text, read_whole, titled
from hepartner.intake.kinds.needs import read_title
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.kinds.projects import PROJECT_TITLES, partners_named
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, only_new, span, understood, was_absent
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.presence import absences
from hepartner.ledger.projects import Project, Projects
from hepartner.ledger.sessions import MOST_SERVED, Particulars, Sessions

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class SessionLine(NamedTuple):
    """What one row says of a session; None where it is blank."""

    day: str
    community: str | None
    project: str
    served: int
    minutes: int | None
    partners: tuple[str, ...] | None


def form(today: date) -> Form[SessionLine]:
    """The columns of a list of sessions; days are read as somebody typing today means them."""
    columns = (
        dated(
            "day",
            "日期 服务日期 服务时间 时间",
            read_day(today),
            required=True,
            fill_down=True,
            sample="2024-03-05",
        ),
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "project",
            f"{PROJECT_TITLES} 项目编号",
            read_title("项目名称"),
            required=True,
            fill_down=True,
            sample="居家助老（示例）",
        ),
        titled(
            "served",
            "服务人次 服务人数 人次 受益人数",
            read_whole("服务人次", most=MOST_SERVED),
            required=True,
            sample="35",
        ),
        titled("minutes", "时长 服务时长 小时 小时数", read_minutes, sample="2"),
        titled("partners", "在场单位 参与单位 合伙人 服务单位 单位", read_names),
    )
    return Form("项目服务记录", columns, SessionLine._make)


def plan(ledger: "Ledger", lines: Lines[SessionLine], source: "Source") -> Plan:
    """Tell which sessions are not recorded yet."""
    plan, sessions = Plan(), ledger.book(Sessions)
    reading = _Reading(ledger, lines.heading)
    said = understood(plan, lines, reading.said)
    days = span([one.day for _, one in said])

    def recorded(by: "Source") -> Iterator[tuple[int, Particulars]]:
        for voucher, one in sessions.recorded(by, *days):
            yield voucher, one._replace(partners=reading.now(one.partners))

    line_of = dict(lines.good)

    def once(row: int, one: Particulars) -> list[Particulars]:
        return reading.once(line_of[row], one)

    new: list[Particulars] = []
    for row, one in only_new(
        plan,
        lines,
        said,
        source,
        recorded,
        note=lambda _: "",
        once=once,
        compared="项目、日期、服务人次、时长、在场单位",
    ):
        if misfit := reading.misfit(one):
            plan.problems.append(lines.problem(row, misfit))
        else:
            new.append(one)
    plan.added = len(new)
    note_days(plan, ledger, [(reading.projects[one.project_id].community_id, one.day) for one in new])

    def write(voucher: "Voucher") -> None:
        sessions.hold_many(voucher, new, reading.projects)

    plan.write = write
    return plan


class _Reading:
    """What the cells of a list mean in the ledger; `projects` are all of them by id."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._ledger = ledger
        self._sessions = ledger.book(Sessions)
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        listed = ledger.book(Projects).listing()
        self.projects = {one.id: one for one in listed}
        self._named = Named(ledger, "project", listed)

    def said(self, line: SessionLine) -> Particulars | Misfit:
        """The session that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        project = self._project(line, community)
        if project is None:
            fault = Fault(f"{community.name}没有这个项目", "请核对名称或编号，或先导入项目清单")
            return Misfit("project", fault, line.project)
        partners = partners_named(line.partners or (), community, self._people)
        if isinstance(partners, Misfit):
            return partners
        return Particulars(project.id, line.day, line.served, line.minutes or 0, partners)

    def misfit(self, said: Particulars) -> Misfit | None:
        """What a new session does not fit: its project was not under way, or a partner not there yet."""
        project = self.projects[said.project_id]
        if why := self._sessions.idle(project, said.day):
            return Misfit(
                "project", Fault("那天不能记活动：…", "请改正日期，或先恢复项目", (why,)), project.title
            )
        for why in absences(self._ledger.database, [(one, said.day) for one in said.partners]).values():
            return Misfit("partners", was_absent(why, "请改正日期或单位"))
        return None

    def once(self, line: SessionLine, said: Particulars) -> list[Particulars]:
        """What a row meant while other projects or partners were called so."""
        community_id = self.projects[said.project_id].community_id
        projects = [said.project_id, *(one.id for one in self._named.once_called(line.project, community_id))]
        partners = [said.partners, *self._people.once_meant(said.partners)]
        return [said._replace(project_id=project, partners=came) for project in projects for came in partners]

    def now(self, partner_ids: tuple[int, ...]) -> tuple[int, ...]:
        """The partners as whom those of a session count today, each once."""
        return tuple(dict.fromkeys(map(self._people.now, partner_ids)))

    def _project(self, line: SessionLine, community: Area) -> Project | None:
        """The project of this code or title, of several the one that was under way on the row's day."""
        found = self._named.called(line.project, community)
        return next((one for one in found if not self._sessions.idle(one, line.day)), next(iter(found), None))


KIND = Kind("sessions", form, plan)
