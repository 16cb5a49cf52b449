"""Partners of three kinds and their standing."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from hepartner.ledger.facts import stands
from hepartner.words.partner import FORGOTTEN

from .shape import CodedCard, Fact, code_rules, day, fact_rules, may_name, names, one_of, words, words_or_null

_IN_FORCE = text("withdrawn = 0 AND status <> 'merged' AND phone <> ''")


class Partner(CodedCard, table=True):
    """Who takes part: an individual, a group or a business."""

    __table_args__ = code_rules(
        "partner",
        Index(
            "partner_same_person", "community_id", "name_key", "phone", unique=True, sqlite_where=_IN_FORCE
        ),
        Index(
            "partner_credit_code",
            "credit_code",
            unique=True,
            sqlite_where=text("withdrawn = 0 AND status <> 'merged' AND credit_code <> ''"),
        ),
        Index("partner_name_key", "name_key"),
        Index("partner_pinyin", "pinyin"),
        Index("partner_initials", "initials"),
        Index("partner_short_key", "short_key", sqlite_where=text("short_key <> ''")),
        Index("partner_short_pinyin", "short_pinyin", sqlite_where=text("short_pinyin <> ''")),
        Index("partner_short_initials", "short_initials", sqlite_where=text("short_initials <> ''")),
        Index("partner_phone_tail", "phone_tail"),
        Index("partner_merged", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        CheckConstraint(one_of("kind", "individual", "group", "business"), name="partner_kind"),
        CheckConstraint(one_of("status", "active", "suspended", "left", "merged"), name="partner_status"),
        CheckConstraint("name <> '' AND name_key <> ''", name="partner_named"),
        CheckConstraint(day("joined_on"), name="partner_joined"),
        CheckConstraint("members IS NULL OR members BETWEEN 1 AND 1000000", name="partner_members"),
        CheckConstraint(
            "kind <> 'individual' OR (members IS NULL AND contact = '' AND credit_code = '')",
            name="partner_of_its_kind",
        ),
        CheckConstraint(
            f"({day('forgotten_on')}) AND (forgotten_on IS NOT NULL) = (name = '{FORGOTTEN}')"
            " AND (forgotten_on IS NULL OR status IN ('left', 'merged')"
            " AND phone || phone_tail || category || skills || contact || address || credit_code || remark = '')",
            name="partner_forgotten",
        ),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="partner_merged"),
    )
    community_id: int = names("area")
    grid_id: int | None = may_name("area")
    kind: str = words()
    status: str = words("active")
    name: str = words()
    name_key: str = words()
    short_key: str = words("")
    pinyin: str = words("")
    initials: str = words("")
    short_pinyin: str = words("")
    short_initials: str = words("")
    phone: str = words("")
    phone_tail: str = words("")
    category: str = words("")
    skills: str = words("")
    contact: str = words("")
    address: str = words("")
    credit_code: str = words("")
    members: int | None = Field(default=None, nullable=True)
    joined_on: str = words()
    merged_into_id: int | None = may_name("partner")
    remark: str = words("")
    forgotten_on: str | None = words_or_null()


class Standing(Fact, table=True):
    """A partner joined, left, moved, was merged or changed kind; `delta` is what it adds to the partners of that kind."""

    __table_args__ = fact_rules(
        "standing",
        Index("standing_partner", "partner_id"),
        Index("standing_count", "kind", "counted_in", "community_id", "sign", "delta"),
        CheckConstraint(one_of("kind", "individual", "group", "business"), name="standing_kind"),
        CheckConstraint(
            f"delta = CASE WHEN {one_of('event', 'joined', 'rejoined', 'moved_in', 'kind_in')} THEN 1"
            f" WHEN {one_of('event', 'left', 'merged', 'moved_out', 'kind_out')} THEN -1"
            f" WHEN {one_of('event', 'suspended', 'resumed')} THEN 0 END",
            name="standing_delta",
        ),
        CheckConstraint("(event = 'merged') = (into_id IS NOT NULL)", name="standing_into"),
    )
    reverses_id: int | None = may_name("standing")
    partner_id: int = names("partner")
    kind: str = words()
    event: str = words()
    delta: int
    into_id: int | None = may_name("partner")
    restores_id: int | None = may_name("standing")


TRIGGERS = (
    """CREATE TRIGGER partner_forgotten BEFORE UPDATE ON partner WHEN OLD.forgotten_on IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这位合伙人已经注销，卡片不再改动。');
END""",
    """CREATE TRIGGER partner_merged_forgotten BEFORE UPDATE OF merged_into_id ON partner BEGIN
  SELECT RAISE(ABORT, '并入的那一位已经注销。') WHERE EXISTS (
    SELECT 1 FROM partner WHERE id = NEW.merged_into_id AND forgotten_on IS NOT NULL);
END""",
    """CREATE TRIGGER standing_balance BEFORE INSERT ON standing BEGIN
  SELECT RAISE(ABORT, '合伙人的加入与离开前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM standing
    WHERE partner_id = NEW.partner_id AND kind = NEW.kind AND community_id = NEW.community_id);
END""",
    # Of a joining that an edit puts on another day the rule asks; what an undo gives again was in its order once.
    f"""CREATE TRIGGER standing_days BEFORE INSERT ON standing
  WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.event <> 'joined' BEGIN
  SELECT RAISE(ABORT, '合伙人的变动早于上一次变动。') WHERE EXISTS (
    SELECT 1 FROM standing s WHERE s.partner_id = NEW.partner_id AND s.happened_on > NEW.happened_on
      AND {stands("standing", "s")});
END""",
    """CREATE TRIGGER partner_merged_round BEFORE UPDATE OF merged_into_id ON partner BEGIN
  SELECT RAISE(ABORT, '并入的那一位已并入这一位。') WHERE NEW.id IN (
    WITH RECURSIVE up(id) AS (SELECT NEW.merged_into_id UNION SELECT p.merged_into_id FROM up JOIN partner p ON p.id = up.id)
    SELECT id FROM up);
END""",
    *(
        f"""CREATE TRIGGER partner_grid_{name} BEFORE {event} ON partner BEGIN
  SELECT RAISE(ABORT, '网格不在合伙人所在的社区。') WHERE NEW.grid_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.grid_id AND kind = 'grid' AND parent_id = NEW.community_id);
END"""
        for name, event in (("new", "INSERT"), ("edited", "UPDATE OF grid_id, community_id"))
    ),
)
