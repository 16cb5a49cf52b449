"""Areas, the founding of communities, and which months are closed."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from .shape import STRICT, Card, Fact, card_rules, fact_rules, may_name, month, one_of, words


class Area(Card, table=True):
    """District, subdistrict, community or grid: one tree."""

    __table_args__ = card_rules(
        "area",
        Index("area_code", "code", unique=True, sqlite_where=text("withdrawn = 0")),
        Index("area_name", "parent_id", "name", unique=True, sqlite_where=text("withdrawn = 0")),
        CheckConstraint(one_of("kind", "district", "subdistrict", "community", "grid"), name="area_kind"),
        CheckConstraint("code <> '' AND name <> ''", name="area_named"),
        CheckConstraint("code NOT GLOB '*[^A-Z0-9]*' AND length(code) <= 12", name="area_coded"),
    )
    kind: str = words()
    parent_id: int | None = may_name("area")
    code: str = words()
    name: str = words()
    name_key: str = words()
    pinyin: str = words("")
    initials: str = words("")


class AreaFounding(Fact, table=True):
    """A community began to be counted."""

    __tablename__ = "area_founding"
    __table_args__ = fact_rules(
        "area_founding", Index("area_founding_count", "counted_in", "community_id", "sign")
    )
    reverses_id: int | None = may_name("area_founding")
    restores_id: int | None = may_name("area_founding")


class PeriodClosing(Fact, table=True):
    """A month of a community was closed; its counter-fact reopens the month."""

    __tablename__ = "period_closing"
    __table_args__ = fact_rules(
        "period_closing",
        CheckConstraint(month("month"), name="period_closing_of"),
        CheckConstraint("counted_in > month", name="period_closing_later"),
        Index("period_closing_month", "community_id", "month"),
    )
    reverses_id: int | None = may_name("period_closing")
    month: str = words()
    restores_id: int | None = may_name("period_closing")


class ClosedMonth(SQLModel, table=True):
    """The latest closed month of a community ('' for none), kept by triggers from the closings."""

    __tablename__ = "closed_month"
    __table_args__ = (STRICT,)
    community_id: int = Field(primary_key=True, foreign_key="area.id")
    month: str = words("")
    closing_id: int | None = Field(default=None, foreign_key="period_closing.id", nullable=True)


_BEARS_FACTS = """EXISTS (
    WITH RECURSIVE below(id) AS (
        SELECT OLD.id UNION ALL SELECT a.id FROM area a JOIN below b ON a.parent_id = b.id
    )
    SELECT 1 FROM below JOIN area_founding f ON f.community_id = below.id
  )"""

_IN_FORCE = """SELECT max(c.month) FROM period_closing c WHERE c.community_id = NEW.community_id AND c.sign = 1
    AND NOT EXISTS (SELECT 1 FROM period_closing r WHERE r.reverses_id = c.id)"""

TRIGGERS = (
    """CREATE TRIGGER area_place BEFORE INSERT ON area BEGIN
  SELECT RAISE(ABORT, '台账只有一个最上级区域。') WHERE NEW.parent_id IS NULL AND EXISTS (
    SELECT 1 FROM area WHERE parent_id IS NULL AND withdrawn = 0);
  SELECT RAISE(ABORT, '上级区域的级别不对：城区、街道、社区、网格逐级相属。') WHERE NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.parent_id AND kind = CASE NEW.kind
      WHEN 'subdistrict' THEN 'district' WHEN 'community' THEN 'subdistrict' WHEN 'grid' THEN 'community' END);
END""",
    f"""CREATE TRIGGER area_parent BEFORE UPDATE OF parent_id, kind ON area
  WHEN OLD.parent_id IS NOT NEW.parent_id OR OLD.kind IS NOT NEW.kind BEGIN
  SELECT RAISE(ABORT, '区域已有记录，上级和级别不能再改。') WHERE OLD.kind IS NOT NEW.kind OR {_BEARS_FACTS};
  SELECT RAISE(ABORT, '上级区域的级别不对：城区、街道、社区、网格逐级相属。') WHERE NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.parent_id AND kind = CASE NEW.kind
      WHEN 'subdistrict' THEN 'district' WHEN 'community' THEN 'subdistrict' WHEN 'grid' THEN 'community' END);
END""",
    """CREATE TRIGGER area_months AFTER INSERT ON area WHEN NEW.kind = 'community' BEGIN
  INSERT INTO closed_month (community_id, month) VALUES (NEW.id, '');
END""",
    """CREATE TRIGGER area_founding_months BEFORE INSERT ON area_founding WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '同一街道的社区都已结账的月份，新社区也须先结账。') WHERE (
    SELECT month FROM closed_month WHERE community_id = NEW.community_id) < (
    SELECT min(c.month) FROM area n
    JOIN area a ON a.parent_id = n.parent_id AND a.id <> n.id AND a.kind = 'community' AND a.withdrawn = 0
    JOIN closed_month c ON c.community_id = a.id WHERE n.id = NEW.community_id);
END""",
    """CREATE TRIGGER period_closing_order BEFORE INSERT ON period_closing BEGIN
  SELECT RAISE(ABORT, '账期须按月依次结账。') WHERE NEW.sign = 1 AND NEW.month <> (
    SELECT CASE month WHEN '' THEN NEW.month ELSE strftime('%Y-%m', month || '-01', '+1 month') END
    FROM closed_month WHERE community_id = NEW.community_id);
  SELECT RAISE(ABORT, '只有最近结账的月份可以重新打开。') WHERE NEW.sign = -1 AND NEW.month <> (
    SELECT month FROM closed_month WHERE community_id = NEW.community_id);
END""",
    f"""CREATE TRIGGER period_closing_moves AFTER INSERT ON period_closing BEGIN
  UPDATE closed_month SET month = ifnull(({_IN_FORCE}), ''), closing_id = NEW.id WHERE community_id = NEW.community_id;
END""",
    f"""CREATE TRIGGER closed_month_guard BEFORE UPDATE ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份只由结账和重新打开改变。') WHERE NEW.community_id <> OLD.community_id
    OR NEW.closing_id IS NULL OR NEW.month <> ifnull(({_IN_FORCE}), '');
END""",
    """CREATE TRIGGER closed_month_new BEFORE INSERT ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份随社区建立。') WHERE NEW.month <> '' OR NEW.closing_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM closed_month WHERE community_id = NEW.community_id);
END""",
    """CREATE TRIGGER closed_month_no_delete BEFORE DELETE ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份不能删除。');
END""",
)
