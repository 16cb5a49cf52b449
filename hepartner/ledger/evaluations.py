"""Evaluations 评估 of service projects: what people said and what it cost, and what follows for the project."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hepartner.words.project import NEED_MET, RESULTS

from . import errors, steps
from .areas import Area
from .book import Book, Written
from .facts import stands
from .lineage import noted
from .projects import BeforeLanding, Project, Projects, months_after, too_soon
from .projects import Particulars as Said
from .sessions import Sessions
from .sources import Source, brought
from .vouchers import Voucher

MOST_HEADS, MOST_FEN = 10_000_000, 99_999_999_999
STEPS = {"adjust": "adjusted", "stop": "stopped"}
"""Result → the step that the project takes with it."""


class Particulars(NamedTuple):
    """What an evaluation found: codes of NEED_MET and RESULTS, heads, cost in fen; None where nobody counted."""

    need_met: str
    result: str
    asked: int = 0
    satisfied: int = 0
    attendance: int | None = None
    cost_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation in force; `new_projects` are the codes of projects that were made from it."""

    id: int
    project_id: int
    project_code: str
    project: str
    community: str
    happened_on: str
    asked: int
    satisfied: int
    attendance: int | None
    cost_fen: int | None
    need_met: str
    result: str
    voucher: int
    note: str
    new_projects: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What evaluating did: the project as it stands, and the new project if one was made from it."""

    project: Project
    new: Project | None


class BadEvaluation(errors.Refused):
    """What is said of an evaluation can't be."""


class SameEvaluation(errors.Refused):
    """The project was evaluated so on this day."""

    def __init__(self, known: Evaluation) -> None:
        super().__init__(
            f"项目“{known.project}”（{known.project_code}）{known.happened_on} 内容相同的评估已经记过（凭证 V{known.voucher}），"
            "没有重复记。确是另一次请用 --note 写明；写错了请先用 hep undo 撤销那一次。"
        )


class NoSuchResult(errors.Refused):
    """No evaluation of the project asks for a new one."""

    def __init__(self, project: Project) -> None:
        super().__init__(
            f"项目“{project.title}”（{project.code}）没有结论为“新立项目”的评估。请先用 hep project evaluate 记下评估。"
        )


def faults(said: Particulars, *, new: bool) -> list[str]:
    """Return what is wrong with an evaluation, one sentence each; `new` says that a new project is named."""
    found = []
    if said.need_met not in NEED_MET or said.result not in RESULTS:
        found.append(
            f"需求满足写其中之一：{'、'.join(NEED_MET.values())}；结论写其中之一：{'、'.join(RESULTS.values())}。"
        )
    if not 0 <= said.asked <= MOST_HEADS or not 0 <= said.satisfied <= said.asked:
        found.append(f"满意 {said.satisfied} 人、问了 {said.asked} 人不对：满意的应在 0 到问了的人数之间。")
    if said.attendance is not None and not 0 <= said.attendance <= MOST_HEADS:
        found.append(f"到场人次 {said.attendance} 不合理，应在 0 到 {MOST_HEADS} 之间。")
    if said.cost_fen is not None and not 0 <= said.cost_fen <= MOST_FEN:
        found.append("费用不合理，应在 0 到 999999999.99 元之间。")
    if new and said.result != "new":
        found.append("写了新项目，结论就应是“新立项目”。")
    return found


class Evaluations(Book):
    """The evaluations of projects."""

    def listing(
        self, *, under: Area | None = None, project: Project | None = None, result: str | None = None
    ) -> list[Evaluation]:
        """Return evaluations in force by area, project and result, the newest first."""
        asked = {
            "within": str([community.id for community in self.ledger.areas.communities(under)]),
            "project": project and project.id,
            "result": result,
        }
        return [Evaluation(*row) for row in self.database.rows(_EVALUATIONS, asked)]

    def asking_for_new(self, project: Project) -> Evaluation:
        """Return the last evaluation of a project that asks for a new one. Raises NoSuchResult."""
        for found in self.listing(project=project, result="new"):
            return found
        raise NoSuchResult(project)

    def evaluate(
        self,
        project: Project,
        said: Particulars,
        *,
        day: date | None = None,
        next_on: date | None = None,
        new_title: str | None = None,
        note: str = "",
        key: str | None = None,
    ) -> Written[Evaluated]:
        """Record an evaluation: the project is adjusted or stopped as it says, a new one lands, the next day is set.

        Raises BadEvaluation, SameEvaluation, BeforeLanding, errors.NotYet, steps.WrongStep, steps.BeforeLastStep,
        projects.SameProject.
        """
        on, projects = self.ledger.day(day), self.ledger.book(Projects)
        intention = [project.id, on, *said, str(next_on), new_title, note]
        with self.ledger.voucher("project.evaluate", key=key, intention=intention) as voucher:
            for fault in faults(said, new=new_title is not None):
                raise BadEvaluation(fault)
            for known in self.listing(project=project, result=said.result):
                if known.happened_on == on and known.note == note and _findings(known) == said:
                    raise SameEvaluation(known)
            evaluation_id = self.evaluate_in(voucher, project, said, on, next_on=next_on, note=note)
            new_id = None
            if new_title is not None:
                new = Said(project.community_id, new_title, on, project.place, evaluation_id=evaluation_id)
                new_id = projects.land_in(voucher, new._replace(evaluate_every=project.evaluate_every))
        made = projects.get(new_id) if new_id else None
        return Written(Evaluated(projects.get(project.id), made), voucher.id)

    def evaluate_in(
        self,
        voucher: Voucher,
        project: Project,
        said: Particulars,
        day: str,
        *,
        next_on: date | str | None = None,
        note: str = "",
    ) -> int:
        """Record an evaluation in an open voucher, and the step that it brings; return it. The caller asked `faults`.

        What can't be is refused before anything is posted. Raises BadEvaluation, errors.NotYet, BeforeLanding, steps.WrongStep,
        steps.BeforeLastStep.
        """
        steps.check_day(self.ledger, day)
        if day < project.landed_on:
            raise BeforeLanding(project, day)
        projects = self.ledger.book(Projects)
        idle = said.result == "continue" and self.ledger.book(Sessions).idle(project, day)
        if idle:
            raise BadEvaluation(f"{idle}，结论不能是继续。请改正结论或日期，或先用 hep project resume 恢复。")
        last = max(projects.last_evaluation(project) or day, day)
        if why := too_soon(str(next_on) if next_on else None, last):
            raise BadEvaluation(why)
        if event := STEPS.get(said.result):
            projects.step_in(voucher, project, event, day)
        evaluation_id = voucher.post_one(
            "evaluation",
            community_id=project.community_id,
            happened_on=day,
            project_id=project.id,
            **said._asdict(),
        )
        voucher.note(note, line=voucher.lines)
        due = str(next_on) if next_on else self._next(project, day, last)
        if due != project.next_evaluation_on:
            voucher.edit("project", project.id, next_evaluation_on=due)
        return evaluation_id

    def recorded(
        self, source: Source, first: str, last: str
    ) -> list[tuple[int, tuple[int, str, Particulars]]]:
        """Return what files of a source brought of these days but undone ones: voucher, then project, day and findings."""
        sql = f"""SELECT f.voucher_id, f.project_id, f.happened_on, {", ".join(f"f.{name}" for name in Particulars._fields)}
            FROM evaluation f {brought("evaluation")} ORDER BY f.id"""
        rows = self.database.rows(sql, source.on(first, last))
        return [
            (voucher, (project_id, day, Particulars(*found))) for voucher, project_id, day, *found in rows
        ]

    def _next(self, project: Project, day: str, last: str) -> str | None:
        """Return when the next evaluation is due: by the interval, else as it was told if that lies ahead.

        After one that is entered late, with a later one there, it stays as it is.
        """
        told = project.next_evaluation_on
        if day < last:
            return told
        return months_after(day, project.evaluate_every) or (told if told and told > day else None)


def _findings(known: Evaluation) -> Particulars:
    """Return what an evaluation found."""
    return Particulars._make(getattr(known, name) for name in Particulars._fields)


_EVALUATIONS = f"""SELECT f.id, f.project_id, c.code, c.title, a.name, f.happened_on, f.asked, f.satisfied, f.attendance,
      f.cost_fen, f.need_met, f.result, f.voucher_id, {noted("evaluation", "f")},
      ifnull((SELECT group_concat(p.code, '、') FROM project p WHERE p.evaluation_id = f.id AND p.withdrawn = 0), '')
    FROM evaluation f JOIN project c ON c.id = f.project_id JOIN area a ON a.id = f.community_id
    WHERE {stands("evaluation", "f")}
      AND (:project IS NULL OR f.project_id = :project) AND (:result IS NULL OR f.result = :result)
      AND f.community_id IN (SELECT value FROM json_each(:within))
    ORDER BY f.happened_on DESC, f.id DESC"""
