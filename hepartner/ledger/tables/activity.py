"""Activities, who organised them, who took part, and the confirming of what waits for it."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from .shape import CodedCard, Fact, code_rules, count, fact_rules, may_name, names, one_of, words

KINDS = ("welfare", "arts", "class", "patrol", "cleanup", "party", "meeting", "other")
THEMES = ("", "live", "learn", "build", "share", "serve", "enjoy", "prosper", "uphold")


class Activity(CodedCard, table=True):
    """An event as people speak of it; what figures count of it stands in its `activity_held`."""

    __table_args__ = code_rules(
        "activity",
        Index("activity_day", "community_id", "held_on", "name_key"),
        Index("activity_name", "name_key"),
        CheckConstraint("name <> ''", name="activity_named"),
    )
    community_id: int = names("area")
    held_on: str = words()
    name: str = words()
    name_key: str = words()
    place: str = words("")
    remark: str = words("")


class ActivityHeld(Fact, table=True):
    """An activity took place: kind, theme (八共), people who benefited, ethnic groups present (a head-count of groups)."""

    __tablename__ = "activity_held"
    __table_args__ = fact_rules(
        "activity_held",
        Index("activity_held_activity", "activity_id"),
        Index("activity_held_count", "counted_in", "community_id", "kind", "sign", "beneficiaries"),
        CheckConstraint(one_of("kind", *KINDS), name="activity_held_kind"),
        CheckConstraint(one_of("theme", *THEMES), name="activity_held_theme"),
        CheckConstraint("beneficiaries BETWEEN 0 AND 10000000", name="activity_held_beneficiaries"),
        CheckConstraint("ethnic_groups IS NULL OR ethnic_groups BETWEEN 1 AND 56", name="activity_held_groups"),
    )
    reverses_id: int | None = may_name("activity_held")
    activity_id: int = names("activity")
    kind: str = words()
    theme: str = words("")
    beneficiaries: int = count(0)
    ethnic_groups: int | None = Field(default=None, nullable=True)


class Organising(Fact, table=True):
    """A partner organised an activity."""

    __table_args__ = fact_rules(
        "organising",
        Index("organising_activity", "activity_id"),
        Index("organising_partner", "partner_id"),
        Index("organising_count", "counted_in", "community_id", "partner_id", "sign"),
    )
    reverses_id: int | None = may_name("organising")
    activity_id: int = names("activity")
    partner_id: int = names("partner")


class Participation(Fact, table=True):
    """A sign-in line: who took part, for how many minutes, under which version of which rule."""

    __table_args__ = fact_rules(
        "participation",
        Index("participation_activity", "activity_id"),
        Index("participation_partner", "partner_id", "happened_on"),
        Index("participation_count", "counted_in", "community_id", "partner_id", "sign", "minutes"),
        Index("participation_waiting", "community_id", sqlite_where=text("needs_confirmer = 1")),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="participation_minutes"),
        CheckConstraint("needs_confirmer IN (0, 1)", name="participation_confirmer"),
        CheckConstraint("rule_version_id IS NOT NULL OR needs_confirmer = 0", name="participation_rule"),
    )
    reverses_id: int | None = may_name("participation")
    activity_id: int = names("activity")
    partner_id: int = names("partner")
    role: str = words("member")
    minutes: int
    rule_version_id: int | None = may_name("rule_version")
    needs_confirmer: int = count(0)


class Confirmation(Fact, table=True):
    """A waiting sign-in line was confirmed."""

    __table_args__ = fact_rules("confirmation", Index("confirmation_participation", "participation_id"))
    reverses_id: int | None = may_name("confirmation")
    participation_id: int = names("participation")
