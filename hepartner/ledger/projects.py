"""Service projects 服务项目: where they came from, their partners, how they land, stop, go on and are finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.words.project import EVENTS, LETTERS, STATUSES

from . import errors, steps
from .areas import Area
from .book import Book, Written
from .facts import first_told, stands
from .lookup import only
from .months import last_day, shifted
from .origins import misfit, origins
from .presence import absences
from .titles import attempts, issued, titled
from .vouchers import Voucher

COURSE = steps.Course(
    "project",
    "project_event",
    {
        ("active", "adjusted"): "active",
        ("active", "stopped"): "stopped",
        ("active", "finished"): "finished",
        ("stopped", "resumed"): "active",
        ("finished", "resumed"): "active",
    },
    STATUSES,
    EVENTS,
)
DELTAS = {"landed": 1, "resumed": 1, "adjusted": 0, "stopped": -1, "finished": -1}
MOST_MONTHS = 120


class Particulars(NamedTuple):
    """What a command or a line of a file says of a project; `partners` are ids, days are ISO.

    It is evaluated every so many months (0: never), next on `next_evaluation_on` (None: counted from its landing).
    """

    community_id: int
    title: str
    landed_on: str
    place: str = ""
    need_id: int | None = None
    meeting_id: int | None = None
    evaluation_id: int | None = None
    evaluate_every: int = 0
    next_evaluation_on: str | None = None
    remark: str = ""
    partners: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it stands: where it came from, and its sessions with the 人次 served."""

    id: int
    code: str
    title: str
    community_id: int
    community: str
    place: str
    status: str
    landed_on: str
    need_id: int | None
    need_code: str | None
    need: str | None
    meeting_id: int | None
    meeting_code: str | None
    meeting: str | None
    meeting_on: str | None
    evaluation_id: int | None
    evaluated_code: str | None
    evaluated: str | None
    evaluate_every: int
    next_evaluation_on: str | None
    remark: str
    sessions: int
    served: int

    @property
    def due(self) -> str | None:
        """The day of its next evaluation; one that is not under way awaits none."""
        return self.next_evaluation_on if self.status == "active" else None


class Going(NamedTuple):
    """What shows that a project was under way on a day: a session, an evaluation by which it goes on, a partner joining."""

    day: str
    what: str
    voucher: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a project in force, with who wrote it down and the note to it."""

    happened_on: str
    event: str
    voucher: int
    operator: str
    note: str


class BadProject(errors.Refused):
    """What is said of a project can't be."""


class SameProject(errors.Refused):
    """The community has a project of this title under way."""

    def __init__(self, known: Project) -> None:
        super().__init__(
            f"{known.community}从 {known.landed_on} 起已有项目“{known.title}”（{known.code}），没有重复登记。"
            "确是另一个请换个名称。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, project: Project) -> None:
        super().__init__(f"{named(project)}本来就是这样，没有改动。")


class ServedLater(errors.Refused):
    """A project is to cease before its last session, before an evaluation by which it goes on, or before a partner joined."""

    def __init__(self, project: Project, event: str, day: str, latest: Going) -> None:
        super().__init__(
            f"{named(project)}在 {latest.day} {_WENT_ON[latest.what]}，不能从 {day} 起{EVENTS[event]}。"
            f"请改用 {latest.day} 或以后的日期，或先撤销那一次（凭证 V{latest.voucher}）。"
        )


class BeforeLanding(errors.Refused):
    """A day before the project landed."""

    def __init__(self, project: Project, day: str) -> None:
        super().__init__(f"{named(project)} {project.landed_on} 才落地，日期 {day} 比它早。请改正日期。")


def faults(said: Particulars) -> list[str]:
    """Return what is wrong with a project's particulars, one sentence each; partners are for `absences`."""
    found = []
    if not titled(said.title)[1]:
        found.append("项目名称是空的，请填写。")
    if not 0 <= said.evaluate_every <= MOST_MONTHS:
        found.append(
            f"评估间隔 {said.evaluate_every} 个月不合理，应在 0 到 {MOST_MONTHS} 之间，0 是不定期评估。"
        )
    if why := too_soon(said.next_evaluation_on, said.landed_on):
        found.append(why)
    return found


def too_soon(next_on: str | None, last: str) -> str | None:
    """Return why a project can't be evaluated next on a day, by the day of its last evaluation or its landing."""
    soon = next_on and next_on <= last
    return f"下次评估 {next_on} 要晚于落地和已有的评估（{last}），请改正日期。" if soon else None


def months_after(day: str, months: int) -> str | None:
    """Return the day so many months after a day, the last of its month where it is shorter; None for no months."""
    if not months:
        return None
    month = shifted(day[:7], months)
    return min(f"{month}-{day[8:]}", last_day(month))


class Projects(Book):
    """The service projects of the office."""

    def find(self, text: str) -> Project:
        """Return the project named by code, title or part of it, the community worked in first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep project list 查看。"
        found = attempts(self.ledger, "project", text, self.read)
        return only(self.ledger, "项目", text, found, shown=_shown, remedy=remedy)

    def get(self, project_id: int) -> Project:
        """Return a project by id."""
        return self.read("c.id = :id", id=project_id)[0]

    def listing(
        self,
        *,
        under: Area | None = None,
        status: str | None = None,
        need_id: int | None = None,
        meeting_id: int | None = None,
    ) -> list[Project]:
        """Return projects by area, status and the need or meeting they came from, the newest first."""
        within = str([community.id for community in self.ledger.areas.communities(under)])
        tests = ["c.community_id IN (SELECT value FROM json_each(:within))"]
        tests += ["c.status = :status"] if status else []
        tests += ["c.need_id = :need"] if need_id else []
        tests += ["c.meeting_id = :meeting"] if meeting_id else []
        asked = {"status": status, "need": need_id, "meeting": meeting_id}
        found = self.read(" AND ".join(tests), within=within, **asked)
        return sorted(found, key=lambda one: (one.landed_on, one.id), reverse=True)

    def overdue(self, *, under: Area | None = None, day: date | None = None) -> list[Project]:
        """Return the projects under way whose evaluation was due before a day (today), the longest ago first."""
        within = str([community.id for community in self.ledger.areas.communities(under)])
        test = """c.status = 'active' AND c.next_evaluation_on < :day
            AND c.community_id IN (SELECT value FROM json_each(:within))"""
        found = self.read(test, day=self.ledger.day(day), within=within)
        return sorted(found, key=lambda one: (one.next_evaluation_on or "", one.id))

    def steps(self, project: Project) -> list[Step]:
        """Return the steps of a project in force, oldest first."""
        return [Step(*row) for row in self.database.rows(_STEPS, (project.id,))]

    # What is written

    def land(self, said: Particulars, *, key: str | None = None) -> Written[Project]:
        """Record a project that landed. Raises BadProject, SameProject, errors.NotYet."""
        with self.ledger.voucher("project.landed", key=key, intention=said._asdict()) as voucher:
            project_id = self.land_in(voucher, said)
        return Written(self.get(project_id), voucher.id)

    def land_in(self, voucher: Voucher, said: Particulars) -> int:
        """Record a project in an open voucher; return its id. Raises what `land` raises."""
        steps.check_day(self.ledger, said.landed_on)
        self._check(said)
        for why in absences(self.database, [(one, said.landed_on) for one in said.partners]).values():
            raise BadProject(f"{why}。请改正单位或日期。")
        return self.land_many(voucher, [said])[0]

    def land_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record projects in an open voucher; return their ids. The caller checked them."""
        codes = issued(self.ledger, "project", LETTERS["project"], (row.community_id for row in rows))
        cards = [
            (*given, row.community_id, *_card(row).values()) for given, row in zip(codes, rows, strict=True)
        ]
        ids = voucher.add("project", ("issuer_id", "number", "code", "community_id", *_FIELDS), cards)
        placed = list(zip(ids, rows, strict=True))
        landed = [(row.community_id, row.landed_on, project_id, "landed", 1) for project_id, row in placed]
        voucher.post("project_event", ("project_id", "event", "delta"), landed)
        joined = [
            (row.community_id, row.landed_on, project_id, partner, 1)
            for project_id, row in placed
            for partner in dict.fromkeys(row.partners)
        ]
        voucher.post("project_partner", ("project_id", "partner_id", "delta"), joined)
        return ids

    def step(
        self, project: Project, event: str, *, day: date | None = None, note: str = "", key: str | None = None
    ) -> Written[Project]:
        """Take a step of EVENTS other than landing.

        Raises steps.WrongStep, steps.BeforeLastStep, ServedLater, SameProject, errors.NotYet.
        """
        on = self.ledger.day(day)
        with self.ledger.voucher(f"project.{event}", key=key, intention=[project.id, on, note]) as voucher:
            self.step_in(voucher, project, event, on)
            voucher.note(note, line=voucher.lines)
        return Written(self.get(project.id), voucher.id)

    def step_in(self, voucher: Voucher, project: Project, event: str, day: str) -> None:
        """Take a step in an open voucher. Raises what `step` raises."""
        if event == "resumed":
            self._check_title(project.community_id, project.title, project.id)
        if DELTAS[event] < 0:
            for row in self.database.rows(_GOING, {"project": project.id, "day": day}):
                raise ServedLater(project, event, day, Going(*row))
        step = steps.Step(project.id, event, day, {"delta": DELTAS[event]})
        steps.take(self.ledger, voucher, COURSE, step, shown=named(project))

    def edit(self, project: Project, *, key: str | None = None, **fields: Any) -> Written[Project]:
        """Change what is said of a project (fields of Particulars but community, day and partners).

        Raises BadProject, SameProject, NothingToChange.
        """
        with self.ledger.voucher("project.edit", key=key, intention=[project.id, fields]) as voucher:
            if not self.edit_in(voucher, self.get(project.id), fields):
                raise NothingToChange(project)
        return Written(self.get(project.id), voucher.id)

    def edit_in(self, voucher: Voucher, project: Project, fields: dict[str, Any]) -> bool:
        """Change fields of a project in an open voucher; return whether any changed.

        A new interval without a next day is counted from the last evaluation.
        """
        before = _particulars(project)
        last = self.last_evaluation(project) or project.landed_on
        if "evaluate_every" in fields and "next_evaluation_on" not in fields:
            fields = {**fields, "next_evaluation_on": months_after(last, fields["evaluate_every"])}
        if why := too_soon(fields.get("next_evaluation_on"), last):
            raise BadProject(why)
        said = before._replace(**fields)
        if said == before:
            return False
        self._check(said, project)
        changed = {name: value for name, value in _card(said).items() if value != _card(before)[name]}
        voucher.edit("project", project.id, **changed)
        return True

    def last_evaluation(self, project: Project) -> str | None:
        """Return the day of a project's last evaluation in force."""
        found: str | None = self.database.value(_LAST_EVALUATION, (project.id,))
        return found

    def read(self, test: str, **parameters: Any) -> list[Project]:
        """Return the projects `c` that pass a SQL test, the newest first."""
        rows = self.database.rows(f"{_PROJECT} AND {test} ORDER BY c.id DESC", parameters)
        return [Project(*row) for row in rows]

    def _check(self, said: Particulars, known: Project | None = None) -> None:
        for fault in faults(said):
            raise BadProject(fault)
        named = {name: getattr(said, name) for name in ("need_id", "meeting_id", "evaluation_id")}
        if wrong := misfit(said.landed_on, said.community_id, origins(self.database, **named)):
            raise BadProject(f"{wrong[1]}，请改正出处或日期。")
        if known is None or known.status == "active":
            self._check_title(said.community_id, said.title, known.id if known else 0)

    def _check_title(self, community_id: int, title: str, besides: int) -> None:
        test = (
            "c.community_id = :community AND c.title_key = :key AND c.status = 'active' AND c.id <> :besides"
        )
        for known in self.read(test, community=community_id, key=titled(title)[1], besides=besides):
            raise SameProject(known)


def named(project: Project) -> str:
    """Name a project in a sentence."""
    return f"项目“{project.title}”（{project.code}）"


_FIELDS = (
    "title", "title_key", "place", "need_id", "meeting_id", "evaluation_id", "evaluate_every", "next_evaluation_on",
    "remark",
)  # fmt: skip


def _card(said: Particulars) -> dict[str, Any]:
    """Return the fields of _FIELDS."""
    due = said.next_evaluation_on or months_after(said.landed_on, said.evaluate_every)
    origin = (said.need_id, said.meeting_id, said.evaluation_id)
    values = (*titled(said.title), said.place, *origin, said.evaluate_every, due, said.remark)
    return dict(zip(_FIELDS, values, strict=True))


def _particulars(project: Project) -> Particulars:
    said = {name: getattr(project, name) for name in Particulars._fields if name != "partners"}
    return Particulars(**said)


def _shown(project: Project) -> str:
    return f"{project.code} {project.title}（{project.community}，{STATUSES[project.status]}）"


_PROJECT = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, c.place, c.status, s.happened_on, c.need_id, n.code, n.title,
      c.meeting_id, m.code, m.title, m.held_on, c.evaluation_id, o.code, o.title, c.evaluate_every, c.next_evaluation_on,
      c.remark, (SELECT ifnull(sum(sign), 0) FROM project_session WHERE project_id = c.id),
      (SELECT ifnull(sum(sign * served), 0) FROM project_session WHERE project_id = c.id)
    FROM project c JOIN area a ON a.id = c.community_id
    JOIN project_event s ON s.project_id = c.id AND s.event = 'landed'
    LEFT JOIN need n ON n.id = c.need_id AND n.withdrawn = 0
    LEFT JOIN meeting m ON m.id = c.meeting_id AND m.withdrawn = 0
    LEFT JOIN evaluation e ON e.id = c.evaluation_id
      AND {stands("evaluation", "e")}
    LEFT JOIN project o ON o.id = e.project_id
    WHERE c.withdrawn = 0 AND {stands("project_event", "s")}"""
_WENT_ON = {"session": "还有服务", "evaluation": "评估的结论还是继续", "joined": "还有单位加入"}
_GOING = f"""SELECT happened_on, 'session', voucher_id FROM project_session f
      WHERE project_id = :project AND happened_on > :day AND {stands("project_session", "f")}
    UNION ALL SELECT happened_on, 'evaluation', voucher_id FROM evaluation f
      WHERE project_id = :project AND happened_on > :day AND result = 'continue' AND {stands("evaluation", "f")}
    UNION ALL SELECT happened_on, 'joined', voucher_id FROM project_partner f
      WHERE project_id = :project AND happened_on > :day AND delta = 1 AND {stands("project_partner", "f")}
    ORDER BY 1 DESC LIMIT 1"""
_STEPS = f"""WITH RECURSIVE {first_told("project_event", "project_id")}
    SELECT e.happened_on, e.event, b.voucher_id, o.name, ifnull(n.text, '')
    FROM began JOIN project_event e ON e.id = began.id JOIN project_event b ON b.id = began.first
    JOIN voucher v ON v.id = b.voucher_id JOIN operator o ON o.id = v.operator_id
    LEFT JOIN note n ON n.about_voucher_id = b.voucher_id AND n.about_line = b.line AND n.withdrawn = 0
    ORDER BY e.id"""
_LAST_EVALUATION = (
    f"""SELECT max(happened_on) FROM evaluation e WHERE project_id = ? AND {stands("evaluation", "e")}"""
)
