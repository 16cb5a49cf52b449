"""Honours given to partners, and star levels by dated rules."""

from sqlalchemy import CheckConstraint, Index

from hepartner.ledger.persons import cards_beside

from .shape import Card, Fact, card_rules, day, fact_rules, may_name, names, one_of, presence_guard, words


class Honour(Card, table=True):
    """One giving of a title, by whom and at which level; each giving has its own, so that one can be undone alone."""

    __table_args__ = card_rules(
        "honour",
        Index("honour_name", "name_key", "level"),
        CheckConstraint(one_of("level", "community", "subdistrict", "district", "city"), name="honour_level"),
        CheckConstraint("name <> ''", name="honour_named"),
    )
    name: str = words()
    name_key: str = words()
    level: str = words()
    given_by: str = words("")


class HonourGiven(Fact, table=True):
    """A partner was given an honour."""

    __tablename__ = "honour_given"
    __table_args__ = fact_rules(
        "honour_given",
        Index("honour_given_honour", "honour_id"),
        Index("honour_given_partner", "partner_id"),
        Index("honour_given_count", "counted_in", "community_id", "sign"),
    )
    reverses_id: int | None = may_name("honour_given")
    honour_id: int = names("honour")
    partner_id: int = names("partner")
    restores_id: int | None = may_name("honour_given")


class StarRule(Fact, table=True):
    """What a star level asks from a day on: minutes served and points awarded in a year, full years as a partner; 0: nothing."""

    __tablename__ = "star_rule"
    __table_args__ = fact_rules(
        "star_rule",
        Index("star_rule_level", "level", "valid_from"),
        CheckConstraint("level BETWEEN 1 AND 5", name="star_rule_stars"),
        *(
            CheckConstraint(f"{column} BETWEEN 0 AND {most}", name=f"star_rule_{column}")
            for column, most in (("minutes", 600_000), ("points", 10_000_000), ("years", 100))
        ),
        CheckConstraint("minutes + points + years > 0", name="star_rule_asks"),
        CheckConstraint(day("valid_from"), name="star_rule_from"),
    )
    reverses_id: int | None = may_name("star_rule")
    level: int
    minutes: int
    points: int
    years: int
    valid_from: str = words()
    restores_id: int | None = may_name("star_rule")


class StarLevel(Fact, table=True):
    """The level that a partner had at the end of a year, 0 for no star, with what it had then; frozen once.

    It names the rule of the level, which is none for no star.
    """

    __tablename__ = "star_level"
    __table_args__ = fact_rules(
        "star_level",
        Index("star_level_partner", "partner_id", "year"),
        Index("star_level_year", "year", "community_id"),
        CheckConstraint("years >= 0", name="star_level_years"),
        CheckConstraint("level BETWEEN 0 AND 5", name="star_level_stars"),
        CheckConstraint("(level = 0) = (star_rule_id IS NULL)", name="star_level_rule"),
    )
    reverses_id: int | None = may_name("star_level")
    star_rule_id: int | None = may_name("star_rule")
    partner_id: int = names("partner")
    year: str = words()
    level: int
    minutes: int
    points: int
    years: int
    restores_id: int | None = may_name("star_level")


_IN_FORCE = "s.sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = s.id)"


def _governing(day: str) -> str:
    """SQL for the ids of the rules that govern each level on a day: the latest posted that had begun."""
    return f"""(SELECT max(s.id) FROM star_rule s WHERE s.valid_from <= {day} AND {_IN_FORCE.format(table="star_rule")}
      GROUP BY s.level)"""


TRIGGERS = (
    f"""CREATE TRIGGER honour_given_of BEFORE INSERT ON honour_given WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '这位合伙人到这一天为止没有在这个社区待过。') WHERE NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.partner_id IN {cards_beside("NEW.partner_id")} AND s.community_id = NEW.community_id
      AND s.delta = 1 AND {_IN_FORCE.format(table="standing")}
      AND (s.happened_on <= NEW.happened_on OR s.event = 'joined'));  -- of a day before, a card merged into it was here
END""",
    presence_guard("honour_given"),
    f"""CREATE TRIGGER honour_given_repeated BEFORE INSERT ON honour_given WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一天已经得过这项荣誉。') WHERE EXISTS (
    SELECT 1 FROM honour n JOIN honour h ON h.name_key = n.name_key AND h.level = n.level
      JOIN honour_given s ON s.honour_id = h.id AND s.happened_on = NEW.happened_on
    WHERE n.id = NEW.honour_id AND {_IN_FORCE.format(table="honour_given")}
      AND s.partner_id IN (SELECT NEW.partner_id WHERE NEW.restores_id IS NOT NULL  -- two cards may have had it
        UNION ALL SELECT id FROM {cards_beside("NEW.partner_id")} WHERE NEW.restores_id IS NULL));
END""",
    f"""CREATE TRIGGER star_level_repeated BEFORE INSERT ON star_level WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一年的星级已经定档。') WHERE EXISTS (
    SELECT 1 FROM star_level s WHERE s.partner_id = NEW.partner_id AND s.year = NEW.year
      AND {_IN_FORCE.format(table="star_level")});
END""",
    f"""CREATE TRIGGER star_level_reached BEFORE INSERT ON star_level WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '星级与年份或星级条件不符。') WHERE NEW.happened_on <> NEW.year || '-12-31' OR NEW.star_rule_id IS NOT (
    SELECT s.id FROM star_rule s WHERE s.id IN {_governing("NEW.happened_on")}
      AND s.minutes <= NEW.minutes AND s.points <= NEW.points AND s.years <= NEW.years ORDER BY s.level DESC LIMIT 1)
    OR NEW.star_rule_id IS NOT NULL AND NEW.level <> (SELECT level FROM star_rule WHERE id = NEW.star_rule_id);
END""",
    # After the insert, of counter-facts too: what a rule said before may ask more than a higher level does by now.
    f"""CREATE TRIGGER star_rule_rises AFTER INSERT ON star_rule BEGIN
  SELECT RAISE(ABORT, '高一级的星级条件不能比低一级的容易。') WHERE EXISTS (
    SELECT 1 FROM star_rule d JOIN star_rule low ON low.id IN {_governing("d.valid_from")}
      JOIN star_rule high ON high.id IN {_governing("d.valid_from")} AND high.level > low.level
    WHERE high.minutes < low.minutes OR high.points < low.points OR high.years < low.years);
END""",
)
