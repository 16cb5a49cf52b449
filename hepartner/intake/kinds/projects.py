"""Lists of service projects: each one of a title once in a community, so a list changes what is there and never doubles it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.intake.columns import dated, read_day, read_names, read_text, read_whole, titled
from hepartner.intake.kinds.meetings import meeting_named
from hepartner.intake.kinds.needs import need_named, read_title
from hepartner.intake.kinds.partners import COMMUNITY_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.named import Named
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import (
    TWICE,
    ByHand,
    Days,
    Kind,
    Plan,
    called_then,
    note_days,
    understood,
    was_absent,
)
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.areas import Area
from hepartner.ledger.joining import Joining
from hepartner.ledger.meetings import Meeting, Meetings
from hepartner.ledger.needs import Needs
from hepartner.ledger.origins import Origin, misfit, origins
from hepartner.ledger.presence import absences
from hepartner.ledger.projects import MOST_MONTHS, Particulars, Project, Projects
from hepartner.ledger.titles import by_title, once_titled
from hepartner.ledger.titles import titled as titled_as
from hepartner.words.project import EVENTS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class ProjectLine(NamedTuple):
    """What one row says of a project; None where it is blank."""

    community: str | None
    title: str
    partners: tuple[str, ...] | None
    place: str | None
    need: str | None
    meeting: str | None
    every: int | None
    landed_on: str
    remark: str | None


def form(today: date) -> Form[ProjectLine]:
    """The columns of a list of projects; days are read as somebody typing today means them."""
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "title",
            PROJECT_TITLES,
            read_title("项目名称"),
            required=True,
            may_be_blank=False,
            sample="居家助老（示例）",
        ),
        titled("partners", "参与单位 合伙人 服务单位 实施单位 单位", read_names),
        titled(
            "place", "地点 服务地点 项目地点", partial(read_text, noun="地点", most=100), sample="社区活动室"
        ),
        titled("need", "出自需求 对应需求 需求 需求编号", partial(read_text, noun="需求", most=100)),
        titled("meeting", "出自会议 来源会议 会议 会议编号", partial(read_text, noun="会议", most=100)),
        titled(
            "every", "评估间隔 评估间隔月 评估周期月", read_whole("评估间隔", most=MOST_MONTHS), sample="6"
        ),
        dated(
            "landed_on",
            "落地日期 启动日期 开始日期 日期",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("项目清单", columns, ProjectLine._make)


PROJECT_TITLES = "项目名称 服务项目 项目 名称"


def plan(ledger: "Ledger", lines: Lines[ProjectLine], source: "Source") -> Plan:
    """Tell which projects are new, and which say another place, need, interval or remark, or name more partners."""
    plan, projects, joining = Plan(), ledger.book(Projects), ledger.book(Joining)
    reading = _Reading(ledger, lines.heading)
    every = projects.listing()
    known, once = by_title(ledger, "project", every), once_titled(ledger, "project", every, source)
    by_hand = ByHand(ledger, source, "project")
    landed = Days(ledger, "project", "landed", EVENTS["landed"])
    before: dict[object, ProjectLine] = {}
    new: list[Particulars] = []
    edits: list[tuple[Project, dict[str, Any], tuple[int, ...], str]] = []
    for row, (said, line) in understood(plan, lines, reading.said):
        key = (said.community_id, titled_as(said.title)[1])
        one = called_then(
            _meant(known.get(key, ()), said),
            once.get(key, ()),
            partial(reading.has_all, said, line, by_hand, landed),
        )
        if (first := before.setdefault(one.id if one else key, line)) is not line:
            plan.unchanged += first == line
            plan.problems += [] if first == line else [lines.problem(row, Misfit("title", TWICE, said.title))]
            continue
        if one and (otherwise := landed.misfit("landed_on", one.id, one.landed_on, said.landed_on)):
            plan.problems.append(lines.problem(row, otherwise))
            continue
        change = by_hand.but(one.id, _named(one), reading.change(one, said, line)) if one else {}
        joined = reading.joins(said, one) if one else said.partners
        if absent := absences(ledger.database, [(one, said.landed_on) for one in joined]):
            plan.problems.append(
                lines.problem(
                    row, Misfit("partners", was_absent(next(iter(absent.values())), "请改正日期或单位"))
                )
            )
        elif wrong := misfit(
            one.landed_on if one else said.landed_on, said.community_id, reading.origins(said)
        ):
            what, why = wrong
            fault = Fault("与出处对不上：…", "请改正出处或日期", (why,))
            plan.problems.append(lines.problem(row, Misfit(what, fault, getattr(line, what) or "")))
        elif one is None:
            new.append(said)
        else:
            edits += [(one, change, joined, said.landed_on)] if change or joined else []
            plan.unchanged += not (change or joined)
    plan.added, plan.changed = len(new), len(edits)
    plan.changes = [f"{_named(one)}：有改动" for one, *_ in edits]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community_id, said.landed_on) for said in new])

    def write(voucher: "Voucher") -> None:
        projects.land_many(voucher, new)
        for project, change, partners, day in edits:
            projects.edit_in(voucher, project, change)
            joining.join_many(voucher, project, partners, day)

    plan.write = write
    return plan


def _meant(known: Sequence[Project], said: Particulars) -> Project | None:
    """The project that a row means: the one that landed on its day, else the one under way."""
    same = [one for one in known if one.landed_on == said.landed_on]
    return next(iter(same or [one for one in known if one.status == "active"]), None)


class _Reading:
    """What the cells of a list mean in the ledger."""

    def __init__(self, ledger: "Ledger", heading: str) -> None:
        self._places = Places(ledger.areas.tree(), ledger.here, heading)
        self._people = People.of(ledger)
        self._needs = Named(ledger, "need", ledger.book(Needs).listing())
        self._ledger, self._joining = ledger, ledger.book(Joining)

    @cached_property
    def _meetings_named(self) -> Named[Meeting]:
        """All meetings, the newest first: few lists name any."""
        return Named(self._ledger, "meeting", self._ledger.book(Meetings).listing())

    def origins(self, said: Particulars) -> list[Origin]:
        """The need and the meeting that a project came from."""
        return origins(
            self._ledger.database, need_id=said.need_id, meeting_id=said.meeting_id, evaluation_id=None
        )

    def joins(self, said: Particulars, known: Project) -> tuple[int, ...]:
        """The partners that a row adds to a project."""
        return self._people.besides(said.partners, self._joining.ever(known)) if said.partners else ()

    def has_all(
        self, said: Particulars, line: ProjectLine, by_hand: ByHand, landed: Days, known: Project
    ) -> bool:
        """Whether a project has all that a row says, or had it until a hand changed it."""
        change = by_hand.news(known.id, self.change(known, said, line)) or self.joins(said, known)
        return not (change or landed.misfit("landed_on", known.id, known.landed_on, said.landed_on))

    def change(self, known: Project, said: Particulars, line: ProjectLine) -> dict[str, Any]:
        """What a row changes of a project; a blank cell, and what was called as the row says when it came, change nothing."""
        typed = {
            "place": line.place,
            "need_id": said.need_id,
            "meeting_id": said.meeting_id,
            "evaluate_every": line.every,
            "remark": line.remark,
        }
        once = {
            "need_id": self._needs.once_called(line.need or "", said.community_id),
            "meeting_id": self._meetings_named.once_called(line.meeting, said.community_id)
            if line.meeting
            else (),
        }
        was = {name: [one.id for one in those] for name, those in once.items()}
        return {
            name: value
            for name, value in typed.items()
            if value not in (None, getattr(known, name)) and getattr(known, name) not in was.get(name, ())
        }

    def said(self, line: ProjectLine) -> tuple[Particulars, ProjectLine] | Misfit:
        """The project that a row means, or what it fits not."""
        community = self._places.community(line.community)
        if isinstance(community, Fault):
            return Misfit("community", community, line.community or "")
        partners = partners_named(line.partners or (), community, self._people)
        if isinstance(partners, Misfit):
            return partners
        need = need_named(self._needs, line.need, community) if line.need else None
        if isinstance(need, Fault):
            return Misfit("need", need, line.need or "")
        meeting = None
        if line.meeting:
            meeting = meeting_named(self._meetings_named, line.meeting, community, line.landed_on)
        if isinstance(meeting, Fault):
            return Misfit("meeting", meeting, line.meeting or "")
        said = Particulars(
            community.id,
            line.title,
            line.landed_on,
            line.place or "",
            need.id if need else None,
            meeting.id if meeting else None,
            evaluate_every=line.every or 0,
            remark=line.remark or "",
            partners=partners,
        )
        return said, line


def partners_named(typed: tuple[str, ...], community: Area, people: People) -> tuple[int, ...] | Misfit:
    """The partners that a cell names, each once, or the first name that fits nobody."""
    found = []
    for name in typed:
        partner = people.meant(name, "", community)
        if isinstance(partner, Fault):
            return Misfit("partners", partner, name)
        found.append(partner.id)
    return tuple(dict.fromkeys(found))


def _named(project: Project) -> str:
    return f"{project.community}的项目“{project.title}”（{project.code}）"


KIND = Kind("projects", form, plan)
