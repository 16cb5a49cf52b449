"""Activities, who organised them, who took part, and the confirming of what waits for it."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from hepartner.ledger.facts import stands

from .shape import (
    CodedCard,
    Fact,
    code_rules,
    count,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    words,
)

KINDS = ("welfare", "arts", "class", "patrol", "cleanup", "party", "meeting", "other")
THEMES = ("", "live", "learn", "build", "share", "serve", "enjoy", "prosper", "uphold")
ROLES = ("member", "volunteer", "organiser", "leader", "speaker", "other")


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
    """An activity took place: kind, theme (八共), people who benefited, number of ethnic groups present."""

    __tablename__ = "activity_held"
    __table_args__ = fact_rules(
        "activity_held",
        Index("activity_held_activity", "activity_id"),
        Index("activity_held_count", "counted_in", "community_id", "kind", "sign", "beneficiaries"),
        CheckConstraint(one_of("kind", *KINDS), name="activity_held_kind"),
        CheckConstraint(one_of("theme", *THEMES), name="activity_held_theme"),
        CheckConstraint("beneficiaries BETWEEN 0 AND 10000000", name="activity_held_beneficiaries"),
        CheckConstraint(
            "ethnic_groups IS NULL OR ethnic_groups BETWEEN 1 AND 56", name="activity_held_groups"
        ),
    )
    reverses_id: int | None = may_name("activity_held")
    activity_id: int = names("activity")
    kind: str = words()
    theme: str = words("")
    beneficiaries: int = count(0)
    ethnic_groups: int | None = Field(default=None, nullable=True)
    restores_id: int | None = may_name("activity_held")


class Organising(Fact, table=True):
    """A partner organised an activity."""

    __table_args__ = fact_rules(
        "organising",
        Index("organising_activity", "activity_id"),
        Index("organising_partner", "partner_id", "community_id", "counted_in", "sign"),
        Index("organising_count", "counted_in", "community_id", "partner_id", "sign"),
    )
    reverses_id: int | None = may_name("organising")
    activity_id: int = names("activity")
    partner_id: int = names("partner")
    restores_id: int | None = may_name("organising")


class Participation(Fact, table=True):
    """A sign-in line: who took part, for how many minutes, under which version of which rule."""

    __table_args__ = fact_rules(
        "participation",
        Index("participation_activity", "activity_id"),
        Index("participation_partner", "partner_id", "community_id", "counted_in", "sign"),
        Index("participation_count", "counted_in", "community_id", "partner_id", "sign", "minutes"),
        Index("participation_waiting", "community_id", sqlite_where=text("needs_confirmer = 1")),
        CheckConstraint(one_of("role", *ROLES), name="participation_role"),
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
    restores_id: int | None = may_name("participation")


class Confirmation(Fact, table=True):
    """A waiting sign-in line was confirmed."""

    __table_args__ = fact_rules("confirmation", Index("confirmation_participation", "participation_id"))
    reverses_id: int | None = may_name("confirmation")
    participation_id: int = names("participation")
    restores_id: int | None = may_name("confirmation")


_IN_FORCE = "NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = {alias}.id)"
_LINE_IN_FORCE = _IN_FORCE.format(table="participation", alias="t")
_CONFIRMED = (
    "EXISTS (SELECT 1 FROM confirmation c WHERE c.participation_id = t.id AND c.sign = 1"
    f" AND {_IN_FORCE.format(table='confirmation', alias='c')})"
)

TRIGGERS = (
    presence_guard("organising"),
    presence_guard("participation"),
    """CREATE TRIGGER activity_held_once BEFORE INSERT ON activity_held BEGIN
  SELECT RAISE(ABORT, '一场活动只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM activity_held WHERE activity_id = NEW.activity_id);
END""",
    """CREATE TRIGGER organising_once BEFORE INSERT ON organising BEGIN
  SELECT RAISE(ABORT, '一个主办方在一场活动里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM organising
    WHERE activity_id = NEW.activity_id AND partner_id = NEW.partner_id);
END""",
    """CREATE TRIGGER activity_day_fixed BEFORE UPDATE OF held_on ON activity WHEN OLD.held_on IS NOT NEW.held_on BEGIN
  SELECT RAISE(ABORT, '活动已有签到，日期不能再改。') WHERE (
    SELECT sum(sign) FROM participation WHERE activity_id = NEW.id) > 0;
END""",
    # Counter-facts copy the fact they name, so these test new facts only.
    """CREATE TRIGGER participation_fits BEFORE INSERT ON participation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '签到的日期或社区与活动不符。') WHERE NOT EXISTS (
    SELECT 1 FROM activity WHERE id = NEW.activity_id AND withdrawn = 0
      AND held_on = NEW.happened_on AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '这位合伙人的登记已撤销，不能签到。') WHERE EXISTS (
    SELECT 1 FROM partner WHERE id = NEW.partner_id AND withdrawn = 1);
  SELECT RAISE(ABORT, '规则在活动这一天没有生效，或要不要确认与规则不符。')
    WHERE NEW.rule_version_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM rule_version v WHERE v.id = NEW.rule_version_id AND v.sign = 1
        AND v.needs_confirmer = NEW.needs_confirmer AND v.valid_from <= NEW.happened_on
        AND ifnull(v.valid_to, NEW.happened_on) >= NEW.happened_on);
END""",
    *(
        f"""CREATE TRIGGER {fact}_fits BEFORE INSERT ON {fact} WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '日期或社区与活动不符。') WHERE NOT EXISTS (
    SELECT 1 FROM activity WHERE id = NEW.activity_id AND withdrawn = 0
      AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END"""
        for fact in ("activity_held", "organising")
    ),
    f"""CREATE TRIGGER confirmation_waited BEFORE INSERT ON confirmation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这一行签到不在等确认。') WHERE NOT EXISTS (
    SELECT 1 FROM participation t WHERE t.id = NEW.participation_id AND t.sign = 1 AND t.needs_confirmer = 1
      AND t.community_id = NEW.community_id AND {_LINE_IN_FORCE} AND NOT {_CONFIRMED});
END""",
    f"""CREATE TRIGGER entry_after_confirming BEFORE INSERT ON entry
  WHEN NEW.participation_id IS NOT NULL AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这一行签到已撤回、还在等确认、日期不符或不是这位合伙人的，不能记积分。') WHERE NOT EXISTS (
    SELECT 1 FROM participation t WHERE t.id = NEW.participation_id AND t.sign = 1 AND t.partner_id = NEW.partner_id
      AND t.happened_on = NEW.happened_on AND {_LINE_IN_FORCE} AND (t.needs_confirmer = 0 OR {_CONFIRMED}));
  SELECT RAISE(ABORT, '这一行签到已经记过积分。') WHERE EXISTS (
    SELECT 1 FROM entry e WHERE e.participation_id = NEW.participation_id AND {stands("entry", "e")});
END""",
)
