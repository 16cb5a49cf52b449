"""Residents' issues, what happened to them, and who helped."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from hepartner.ledger.facts import stands

from .shape import (
    Card,
    CodedCard,
    Fact,
    card_rules,
    code_rules,
    count,
    day,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    same_guards,
    words,
    words_or_null,
)


class IssueCategory(Card, table=True):
    """A kind of issue and the days allowed for it."""

    __tablename__ = "issue_category"
    __table_args__ = card_rules(
        "issue_category",
        Index("issue_category_code", "code", unique=True, sqlite_where=text("withdrawn = 0")),
        CheckConstraint("code <> '' AND name <> ''", name="issue_category_named"),
        CheckConstraint("days BETWEEN 1 AND 3650", name="issue_category_days"),
    )
    code: str = words()
    name: str = words()
    days: int


class Issue(CodedCard, table=True):
    """What residents asked for; what figures count of it stands in its events."""

    __table_args__ = code_rules(
        "issue",
        Index("issue_community", "community_id", "status"),
        Index("issue_title", "title_key"),
        CheckConstraint(
            one_of("status", "reported", "assigned", "resolved", "confirmed", "duplicate"),
            name="issue_status",
        ),
        CheckConstraint("title <> ''", name="issue_titled"),
        CheckConstraint(
            "duplicate_of_id IS NULL OR (status = 'duplicate' AND duplicate_of_id <> id)",
            name="issue_duplicate",
        ),
        CheckConstraint(day("reported_on"), name="issue_reported"),
        CheckConstraint(day("due_on"), name="issue_due"),
    )
    community_id: int = names("area")
    status: str = words("reported")
    category: str = words()
    title: str = words()
    title_key: str = words()
    place: str = words("")
    reported_on: str = words()
    due_on: str = words()
    assignee: str = words("")
    duplicate_of_id: int | None = may_name("issue")
    remark: str = words("")


class IssueEvent(Fact, table=True):
    """One step of an issue, with what it adds to each count.

    `reported`, `open`, `resolved` and `confirmed` are +1, 0 or −1; `beneficiaries` is signed: a reopening takes back what the
    resolving added (design §3).
    """

    __tablename__ = "issue_event"
    __table_args__ = fact_rules(
        "issue_event",
        Index("issue_event_issue", "issue_id"),
        Index("issue_event_count", "counted_in", "community_id", "category", "sign", "resolved"),
        Index("issue_event_due", "due_on", sqlite_where=text("event = 'reported'")),
        CheckConstraint(
            "CASE event"
            " WHEN 'reported' THEN reported = 1 AND open = 1 AND resolved = 0 AND confirmed = 0 AND beneficiaries = 0"
            " WHEN 'assigned' THEN reported = 0 AND open = 0 AND resolved = 0 AND confirmed = 0 AND beneficiaries = 0"
            " WHEN 'resolved' THEN reported = 0 AND open = -1 AND resolved = 1 AND confirmed = 0 AND beneficiaries >= 0"
            " WHEN 'confirmed' THEN reported = 0 AND open = 0 AND resolved = 0 AND confirmed = 1 AND beneficiaries = 0"
            " WHEN 'reopened' THEN reported = 0 AND open = 1 AND resolved = -1 AND confirmed IN (0, -1) AND beneficiaries <= 0"
            " WHEN 'duplicate' THEN reported = 0 AND open + resolved = -1 AND confirmed IN (0, -1) AND beneficiaries <= 0"
            " END",
            name="issue_event_counts",
        ),
        CheckConstraint("open BETWEEN -1 AND 1 AND resolved BETWEEN -1 AND 1", name="issue_event_units"),
        CheckConstraint("beneficiaries BETWEEN -10000000 AND 10000000", name="issue_event_beneficiaries"),
        CheckConstraint(
            "satisfied IS NULL OR (event = 'confirmed' AND satisfied IN (0, 1))", name="issue_event_satisfied"
        ),
        CheckConstraint(
            f"(event = 'reported') = (due_on IS NOT NULL) AND ({day('due_on')})", name="issue_event_due_day"
        ),
    )
    reverses_id: int | None = may_name("issue_event")
    issue_id: int = names("issue")
    event: str = words()
    category: str = words()
    due_on: str | None = words_or_null()
    reported: int = count(0)
    open: int = count(0)
    resolved: int = count(0)
    confirmed: int = count(0)
    beneficiaries: int = count(0)
    satisfied: int | None = Field(default=None, nullable=True)
    restores_id: int | None = may_name("issue_event")


class IssueHelp(Fact, table=True):
    """A partner helped with an issue."""

    __tablename__ = "issue_help"
    __table_args__ = fact_rules(
        "issue_help",
        Index("issue_help_issue", "issue_id"),
        Index("issue_help_partner", "partner_id", "community_id", "counted_in", "sign"),
        Index("issue_help_count", "counted_in", "community_id", "partner_id", "sign"),
    )
    reverses_id: int | None = may_name("issue_help")
    issue_id: int = names("issue")
    partner_id: int = names("partner")
    restores_id: int | None = may_name("issue_help")


TRIGGERS = (
    *same_guards("issue_event", "issue_id", "问题", same=("category",)),
    presence_guard("issue_help"),
    *same_guards("issue_help", "issue_id", "问题"),
    """CREATE TRIGGER issue_help_early BEFORE INSERT ON issue_help WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '协助的日期早于问题上报的日期。') WHERE EXISTS (
    SELECT 1 FROM issue WHERE id = NEW.issue_id AND reported_on > NEW.happened_on);
END""",
    f"""CREATE TRIGGER issue_help_repeated BEFORE INSERT ON issue_help WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一天协助这个问题已经记过。') WHERE EXISTS (
    SELECT 1 FROM issue_help h WHERE h.issue_id = NEW.issue_id AND h.partner_id = NEW.partner_id
      AND h.happened_on = NEW.happened_on AND {stands("issue_help", "h")});
END""",
    f"""CREATE TRIGGER entry_of_help BEFORE INSERT ON entry WHEN NEW.issue_help_id IS NOT NULL AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这次协助已撤回，或日期、合伙人不符，不能记积分。') WHERE NOT EXISTS (
    SELECT 1 FROM issue_help h WHERE h.id = NEW.issue_help_id AND h.partner_id = NEW.partner_id
      AND h.happened_on = NEW.happened_on AND {stands("issue_help", "h")});
  SELECT RAISE(ABORT, '这次协助已经记过积分。') WHERE EXISTS (
    SELECT 1 FROM entry e WHERE e.issue_help_id = NEW.issue_help_id AND {stands("entry", "e")});
END""",
    """CREATE TRIGGER issue_event_days BEFORE INSERT ON issue_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '问题的办理日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM issue_event e WHERE e.issue_id = NEW.issue_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM issue_event r WHERE r.reverses_id = e.id));
END""",
    """CREATE TRIGGER issue_event_order BEFORE INSERT ON issue_event BEGIN
  SELECT RAISE(ABORT, '问题的办理步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * reported), 0) + NEW.sign * NEW.reported IN (0, 1)
      AND ifnull(sum(sign * open), 0) + NEW.sign * NEW.open IN (0, 1)
      AND ifnull(sum(sign * resolved), 0) + NEW.sign * NEW.resolved IN (0, 1)
      AND ifnull(sum(sign * confirmed), 0) + NEW.sign * NEW.confirmed
        BETWEEN 0 AND ifnull(sum(sign * resolved), 0) + NEW.sign * NEW.resolved
      AND ifnull(sum(sign * beneficiaries), 0) + NEW.sign * NEW.beneficiaries >= 0
    FROM issue_event WHERE issue_id = NEW.issue_id);
END""",
)
