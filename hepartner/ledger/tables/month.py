"""What was sealed when months were closed: of each area the hash of what was reported, and that content beside it."""

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

from hepartner.ledger.facts import stands

from .shape import STRICT, Fact, fact_rules, may_name, month, names, words


class MonthSeal(Fact, table=True):
    """What was reported of an area for a month was sealed; its counter-fact says that it holds no longer.

    It bears a community of the area that was closed with it: figures know nothing of it, so any would do.
    """

    __tablename__ = "month_seal"
    __table_args__ = fact_rules(
        "month_seal",
        CheckConstraint(month("month"), name="month_seal_of"),
        Index("month_seal_area", "area_id", "month"),
    )
    reverses_id: int | None = may_name("month_seal")
    area_id: int = names("area")
    month: str = words()
    sha256: str = words()
    restores_id: int | None = may_name("month_seal")


class MonthContent(SQLModel, table=True):
    """A content that seals name by its SHA-256, as JSON packed by zlib; it holds no name and no other personal text."""

    __tablename__ = "month_content"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="month_content_hash"), STRICT)
    sha256: str = words(primary_key=True)
    packed: bytes = Field(sa_type=LargeBinary, nullable=False)


_ABOVE = """(SELECT NEW.community_id UNION SELECT parent_id FROM area WHERE id = NEW.community_id
      UNION SELECT s.parent_id FROM area c JOIN area s ON s.id = c.parent_id WHERE c.id = NEW.community_id)"""
"""A community and the areas that it lies in."""

TRIGGERS = (
    f"""CREATE TRIGGER month_seal_closed BEFORE INSERT ON month_seal WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '封存的区域不是这个社区或它的上级。') WHERE NEW.area_id NOT IN {_ABOVE};
  SELECT RAISE(ABORT, '还没有结账的月份不能封存。') WHERE EXISTS (
    SELECT 1 FROM closed_month m JOIN area c ON c.id = m.community_id LEFT JOIN area s ON s.id = c.parent_id
    WHERE NEW.area_id IN (c.id, s.id, s.parent_id) AND c.withdrawn = 0 AND m.month < NEW.month);
  SELECT RAISE(ABORT, '这个区域的这个月已经封存。') WHERE EXISTS (
    SELECT 1 FROM month_seal o WHERE o.area_id = NEW.area_id AND o.month = NEW.month AND {stands("month_seal", "o")});
  SELECT RAISE(ABORT, '没有要封存的内容。') WHERE NOT EXISTS (SELECT 1 FROM month_content WHERE sha256 = NEW.sha256);
END""",
    f"""CREATE TRIGGER period_closing_sealed BEFORE INSERT ON period_closing WHEN NEW.sign = -1 BEGIN
  SELECT RAISE(ABORT, '这个月的封存还有效，要先解除才能重新打开。') WHERE EXISTS (
    SELECT 1 FROM month_seal o JOIN period_closing p ON p.id = NEW.reverses_id
    WHERE o.area_id IN {_ABOVE} AND o.month <= NEW.month AND o.voucher_id >= p.voucher_id AND {stands("month_seal", "o")}
      AND o.month > ifnull((SELECT max(b.month) FROM period_closing b
        WHERE b.community_id = NEW.community_id AND b.month < NEW.month AND {stands("period_closing", "b")}), ''));
END""",
    """CREATE TRIGGER reopening_second BEFORE INSERT ON month_seal WHEN NEW.sign = -1 BEGIN
  SELECT RAISE(ABORT, '解除封存要另一位操作人复核。')
  WHERE (SELECT second_id FROM voucher WHERE id = NEW.voucher_id) IS NULL;
END""",
    """CREATE TRIGGER month_content_guard BEFORE INSERT ON month_content BEGIN
  SELECT RAISE(ABORT, '这份封存内容已经有了。') WHERE EXISTS (SELECT 1 FROM month_content WHERE sha256 = NEW.sha256);
END""",
    """CREATE TRIGGER month_content_no_update BEFORE UPDATE ON month_content BEGIN
  SELECT RAISE(ABORT, 'month_content 只能追加，不能修改。');
END""",
    """CREATE TRIGGER month_content_no_delete BEFORE DELETE ON month_content BEGIN
  SELECT RAISE(ABORT, 'month_content 只能追加，不能删除。');
END""",
)
