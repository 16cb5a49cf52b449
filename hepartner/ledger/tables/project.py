"""Service projects: who takes part in them, whom they served, and how they were evaluated."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from hepartner.ledger.facts import stands

from .shape import (
    CodedCard,
    Fact,
    code_rules,
    count,
    day,
    delta_of,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    step_guards,
    words,
    words_or_null,
)


class Project(CodedCard, table=True):
    """A service that partners give residents again and again, and from which need, meeting or evaluation it came.

    It is to be evaluated every so many months (0: never), next on a day.
    """

    __table_args__ = code_rules(
        "project",
        Index(
            "project_active",
            "community_id",
            "title_key",
            unique=True,
            sqlite_where=text("withdrawn = 0 AND status = 'active'"),
        ),
        Index("project_title", "title_key"),
        Index("project_need", "need_id"),
        Index("project_meeting", "meeting_id"),
        Index("project_evaluation", "evaluation_id"),
        Index("project_due", "next_evaluation_on", sqlite_where=text("status = 'active'")),
        CheckConstraint(one_of("status", "active", "stopped", "finished"), name="project_status"),
        CheckConstraint("title <> ''", name="project_titled"),
        CheckConstraint("evaluate_every BETWEEN 0 AND 120", name="project_every"),
        CheckConstraint(day("next_evaluation_on"), name="project_next"),
    )
    community_id: int = names("area")
    status: str = words("active")
    title: str = words()
    title_key: str = words()
    place: str = words("")
    need_id: int | None = may_name("need")
    meeting_id: int | None = may_name("meeting")
    evaluation_id: int | None = may_name("evaluation")
    evaluate_every: int = count(0)
    next_evaluation_on: str | None = words_or_null()
    remark: str = words("")


class ProjectEvent(Fact, table=True):
    """A project landed, was adjusted, stopped, resumed or finished; `delta` is what it adds to those under way."""

    __tablename__ = "project_event"
    __table_args__ = fact_rules(
        "project_event",
        Index("project_event_project", "project_id", "happened_on"),
        Index("project_event_count", "counted_in", "community_id", "event", "sign", "delta"),
        CheckConstraint(
            delta_of(["landed", "resumed"], ["stopped", "finished"], ["adjusted"]), name="project_event_delta"
        ),
    )
    reverses_id: int | None = may_name("project_event")
    project_id: int = names("project")
    event: str = words()
    delta: int
    restores_id: int | None = may_name("project_event")


class ProjectPartner(Fact, table=True):
    """A partner joined a project (`delta` 1) or parted from it (−1)."""

    __tablename__ = "project_partner"
    __table_args__ = fact_rules(
        "project_partner",
        Index("project_partner_project", "project_id", "partner_id"),
        Index("project_partner_partner", "partner_id"),
        CheckConstraint("delta IN (-1, 1)", name="project_partner_delta"),
    )
    reverses_id: int | None = may_name("project_partner")
    project_id: int = names("project")
    partner_id: int = names("partner")
    delta: int
    restores_id: int | None = may_name("project_partner")


class ProjectSession(Fact, table=True):
    """A project served so many people on a day, for so many minutes."""

    __tablename__ = "project_session"
    __table_args__ = fact_rules(
        "project_session",
        Index("project_session_project", "project_id", "happened_on"),
        Index("project_session_count", "counted_in", "community_id", "sign", "served"),
        CheckConstraint("served BETWEEN 0 AND 10000000", name="project_session_served"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="project_session_minutes"),
    )
    reverses_id: int | None = may_name("project_session")
    project_id: int = names("project")
    served: int
    minutes: int = count(0)
    restores_id: int | None = may_name("project_session")


class ProjectPresence(Fact, table=True):
    """A partner served in a session."""

    __tablename__ = "project_presence"
    __table_args__ = fact_rules(
        "project_presence",
        Index("project_presence_session", "session_id", "partner_id"),
        Index("project_presence_partner", "partner_id"),
        Index("project_presence_heads", "community_id", "partner_id", "counted_in", "sign"),
        Index("project_presence_count", "counted_in", "community_id", "partner_id", "sign"),
    )
    reverses_id: int | None = may_name("project_presence")
    session_id: int = names("project_session")
    partner_id: int = names("partner")
    restores_id: int | None = may_name("project_presence")


class Evaluation(Fact, table=True):
    """A project was evaluated: how many were asked and satisfied, how many came, what it cost in fen, and what follows.

    `attendance` and `cost_fen` are NULL where nobody counted.
    """

    __table_args__ = fact_rules(
        "evaluation",
        Index("evaluation_project", "project_id", "happened_on"),
        Index("evaluation_count", "counted_in", "community_id", "sign"),
        CheckConstraint("asked BETWEEN 0 AND 10000000", name="evaluation_asked"),
        CheckConstraint("satisfied BETWEEN 0 AND asked", name="evaluation_satisfied"),
        CheckConstraint(
            "attendance IS NULL OR attendance BETWEEN 0 AND 10000000", name="evaluation_attendance"
        ),
        CheckConstraint("cost_fen IS NULL OR cost_fen BETWEEN 0 AND 99999999999", name="evaluation_cost"),
        CheckConstraint(one_of("need_met", "yes", "partly", "no"), name="evaluation_need_met"),
        CheckConstraint(one_of("result", "continue", "adjust", "stop", "new"), name="evaluation_result"),
    )
    reverses_id: int | None = may_name("evaluation")
    project_id: int = names("project")
    asked: int
    satisfied: int
    attendance: int | None = Field(default=None, nullable=True)
    cost_fen: int | None = Field(default=None, nullable=True)
    need_met: str = words()
    result: str = words()
    restores_id: int | None = may_name("evaluation")


# Counter-facts copy the fact they name, so most of these test new facts only.
_LANDED = """EXISTS (SELECT 1 FROM project_event e
      WHERE e.project_id = NEW.project_id AND e.event = 'landed' AND e.sign = 1 AND e.happened_on <= NEW.happened_on
        AND e.community_id = NEW.community_id AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id))"""
_LANDED_ON = f"""(SELECT e.happened_on FROM project_event e WHERE e.project_id = NEW.id AND e.event = 'landed'
      AND {stands("project_event", "e")})"""


def _runs(day: str) -> str:
    """SQL that holds when the project of a new row was under way at some time of a day."""
    return f"""(SELECT ifnull(sum(sign * CASE WHEN happened_on < {day} THEN delta ELSE delta = 1 END), 0) > 0
      FROM project_event WHERE project_id = NEW.project_id AND happened_on <= {day})"""


def _origin(column: str, landed_on: str) -> str:
    """Refusals of what a project that landed on a day can't have come from; `column` writes a column of its card."""
    community, need, meeting, evaluation = (
        column.format(f"{name}_id") for name in ("community", "need", "meeting", "evaluation")
    )
    return f"""SELECT RAISE(ABORT, '项目出自的需求不在项目所在的社区。') WHERE EXISTS (
    SELECT 1 FROM need WHERE id = {need} AND community_id <> {community});
  SELECT RAISE(ABORT, '项目落地早于它出自的会议。') WHERE {landed_on} < (
    SELECT held_on FROM meeting WHERE id = {meeting});
  SELECT RAISE(ABORT, '项目落地早于它出自的需求。') WHERE {landed_on} < (
    SELECT happened_on FROM need_event n WHERE need_id = {need} AND event = 'raised' AND {stands("need_event", "n")});
  SELECT RAISE(ABORT, '项目出自的评估比它晚，或结论不是新立项目。') WHERE EXISTS (
    SELECT 1 FROM evaluation WHERE id = {evaluation} AND (happened_on > {landed_on} OR result <> 'new'));"""


TRIGGERS = (
    *step_guards("project_event", "project_id", "项目", first="landed"),
    presence_guard("project_partner", when="NEW.delta = 1"),
    presence_guard("project_presence"),
    f"""CREATE TRIGGER project_event_landed BEFORE INSERT ON project_event WHEN NEW.sign = 1 AND NEW.event = 'landed' BEGIN
  {_origin("(SELECT {} FROM project WHERE id = NEW.project_id)", "NEW.happened_on")}
  SELECT RAISE(ABORT, '下次评估要晚于落地。') WHERE EXISTS (
    SELECT 1 FROM project WHERE id = NEW.project_id AND next_evaluation_on <= NEW.happened_on);
END""",
    f"""CREATE TRIGGER project_origin_fits BEFORE UPDATE OF need_id, meeting_id, evaluation_id ON project BEGIN
  {_origin("NEW.{}", _LANDED_ON)}
END""",
    f"""CREATE TRIGGER project_next_fits BEFORE UPDATE OF next_evaluation_on ON project BEGIN
  SELECT RAISE(ABORT, '下次评估要晚于落地和已有的评估。') WHERE NEW.next_evaluation_on <= {_LANDED_ON}
    OR EXISTS (SELECT 1 FROM evaluation e WHERE e.project_id = NEW.id AND e.happened_on >= NEW.next_evaluation_on
      AND {stands("evaluation", "e")});
END""",
    # After it, so that the step stands among the others; one that takes a resumption back ceases, too. A landing is taken back
    # together with its first partners.
    f"""CREATE TRIGGER project_event_served AFTER INSERT ON project_event WHEN NEW.sign * NEW.delta = -1 BEGIN
  SELECT RAISE(ABORT, '项目在这以后还有服务、有单位加入，或有结论为继续的评估。') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT happened_on FROM project_session f WHERE project_id = NEW.project_id AND {stands("project_session", "f")}
      UNION ALL SELECT happened_on FROM evaluation f
      WHERE project_id = NEW.project_id AND result = 'continue' AND {stands("evaluation", "f")}
      UNION ALL SELECT happened_on FROM project_partner f
      WHERE project_id = NEW.project_id AND delta = 1 AND NEW.event <> 'landed' AND {stands("project_partner", "f")}) s
    WHERE s.happened_on >= NEW.happened_on AND NOT {_runs("s.happened_on")});
END""",
    f"""CREATE TRIGGER project_partner_fits BEFORE INSERT ON project_partner BEGIN
  SELECT RAISE(ABORT, '一家单位在一个项目里只计一次，没有加入的不能退出。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM project_partner
    WHERE project_id = NEW.project_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '社区与项目的不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM project WHERE id = NEW.project_id AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '项目在这一天没有实施，不能加入。') WHERE NEW.sign = 1 AND NEW.delta = 1 AND NOT {_runs("NEW.happened_on")};
  SELECT RAISE(ABORT, '日期早于这家单位上一次加入或退出。') WHERE NEW.sign = 1 AND EXISTS (
    SELECT 1 FROM project_partner e WHERE e.project_id = NEW.project_id AND e.partner_id = NEW.partner_id AND e.sign = 1
      AND e.happened_on > NEW.happened_on AND NOT EXISTS (SELECT 1 FROM project_partner r WHERE r.reverses_id = e.id));
END""",
    f"""CREATE TRIGGER project_session_fits BEFORE INSERT ON project_session WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目在这一天没有实施，不能记服务。') WHERE NOT EXISTS (
      SELECT 1 FROM project WHERE id = NEW.project_id AND community_id = NEW.community_id)
    OR NOT {_runs("NEW.happened_on")};
END""",
    """CREATE TRIGGER project_presence_fits BEFORE INSERT ON project_presence BEGIN
  SELECT RAISE(ABORT, '一家单位在一场服务里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM project_presence
    WHERE session_id = NEW.session_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '参与的日期或社区与这场服务不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM project_session s WHERE s.id = NEW.session_id AND s.sign = 1
      AND s.happened_on = NEW.happened_on AND s.community_id = NEW.community_id
      AND NOT EXISTS (SELECT 1 FROM project_session r WHERE r.reverses_id = s.id));
END""",
    f"""CREATE TRIGGER evaluation_fits BEFORE INSERT ON evaluation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目在这一天还没有落地，不能评估。') WHERE NOT {_LANDED};
  SELECT RAISE(ABORT, '项目在这一天没有实施，结论不能是继续。') WHERE NEW.result = 'continue' AND NOT {_runs("NEW.happened_on")};
  SELECT RAISE(ABORT, '结论是调整或停办，项目却没有这一步。') WHERE NEW.restores_id IS NULL AND NEW.result IN ('adjust', 'stop')
    AND NOT EXISTS (
      SELECT 1 FROM project_event e WHERE e.project_id = NEW.project_id AND e.happened_on = NEW.happened_on AND e.sign = 1
        AND e.voucher_id = NEW.voucher_id AND e.event = iif(NEW.result = 'adjust', 'adjusted', 'stopped'));
END""",
)
