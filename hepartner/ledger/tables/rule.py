"""The rulebook: a rule is a card, its dated versions are facts of the root area."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from .shape import (
    Card,
    Fact,
    card_rules,
    count,
    day,
    fact_rules,
    may_name,
    names,
    one_of,
    words,
    words_or_null,
)


class Rule(Card, table=True):
    """What points are given for."""

    __table_args__ = card_rules(
        "rule",
        Index("rule_code", "code", unique=True, sqlite_where=text("withdrawn = 0")),
        CheckConstraint("code <> '' AND name <> ''", name="rule_named"),
    )
    code: str = words()
    name: str = words()
    name_key: str = words()
    pinyin: str = words("")
    initials: str = words("")


class RuleVersion(Fact, table=True):
    """How many points a rule gives from a day on; caps are points, NULL for none."""

    __tablename__ = "rule_version"
    __table_args__ = fact_rules(
        "rule_version",
        Index("rule_version_rule", "rule_id", "valid_from"),
        CheckConstraint(one_of("per", "time", "hour"), name="rule_version_per"),
        CheckConstraint("points BETWEEN 1 AND 100000", name="rule_version_points"),
        CheckConstraint("needs_confirmer IN (0, 1)", name="rule_version_confirmer"),
        CheckConstraint(day("valid_from"), name="rule_version_from"),
        CheckConstraint(day("valid_to"), name="rule_version_to"),
        CheckConstraint("valid_to >= valid_from", name="rule_version_ends_later"),
        *(
            CheckConstraint(f"cap_{span} >= 1", name=f"rule_version_cap_{span}")
            for span in ("activity", "day", "month", "year")
        ),
    )
    reverses_id: int | None = may_name("rule_version")
    rule_id: int = names("rule")
    points: int
    per: str = words()
    cap_activity: int | None = Field(default=None, nullable=True)
    cap_day: int | None = Field(default=None, nullable=True)
    cap_month: int | None = Field(default=None, nullable=True)
    cap_year: int | None = Field(default=None, nullable=True)
    needs_confirmer: int = count(0)
    valid_from: str = words()
    valid_to: str | None = words_or_null()
    restores_id: int | None = may_name("rule_version")
