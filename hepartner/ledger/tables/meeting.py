"""Meetings, who attended them, what was raised and resolved there, and which cooperations came of it."""

from sqlalchemy import CheckConstraint, Index, text

from hepartner.ledger.facts import stands
from hepartner.ledger.persons import cards_beside, survivor

from .shape import (
    Card,
    CodedCard,
    Fact,
    card_rules,
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


class Meeting(CodedCard, table=True):
    """A joint conference or matchmaking meeting; what figures count of it stands in `meeting_held`."""

    __table_args__ = code_rules(
        "meeting",
        Index(
            "meeting_same",
            "community_id",
            "held_on",
            "title_key",
            unique=True,
            sqlite_where=text("withdrawn = 0"),
        ),
        Index("meeting_title", "title_key"),
        CheckConstraint("title <> ''", name="meeting_titled"),
        CheckConstraint(day("held_on"), name="meeting_day"),
    )
    community_id: int = names("area")
    title: str = words()
    title_key: str = words()
    held_on: str = words()
    place: str = words("")
    remark: str = words("")


class MeetingHeld(Fact, table=True):
    """A meeting was held; `attendance` is the stated number of people there."""

    __tablename__ = "meeting_held"
    __table_args__ = fact_rules(
        "meeting_held",
        Index("meeting_held_meeting", "meeting_id"),
        Index("meeting_held_count", "counted_in", "community_id", "kind", "sign"),
        CheckConstraint(one_of("kind", "joint", "matchmaking"), name="meeting_held_kind"),
        CheckConstraint("attendance BETWEEN 0 AND 1000000", name="meeting_held_attendance"),
    )
    reverses_id: int | None = may_name("meeting_held")
    meeting_id: int = names("meeting")
    kind: str = words()
    attendance: int = count(0)
    restores_id: int | None = may_name("meeting_held")


class Attending(Fact, table=True):
    """A partner attended a meeting."""

    __table_args__ = fact_rules(
        "attending",
        Index("attending_meeting", "meeting_id"),
        Index("attending_partner", "partner_id"),
        Index("attending_heads", "community_id", "partner_id", "counted_in", "sign"),
        Index("attending_count", "counted_in", "community_id", "partner_id", "sign"),
    )
    reverses_id: int | None = may_name("attending")
    meeting_id: int = names("meeting")
    partner_id: int = names("partner")
    restores_id: int | None = may_name("attending")


class Matter(Card, table=True):
    """A matter raised at a meeting, and the issue it is about, if any."""

    __table_args__ = card_rules(
        "matter",
        Index("matter_same", "meeting_id", "text_key", unique=True, sqlite_where=text("withdrawn = 0")),
        Index("matter_issue", "issue_id"),
        CheckConstraint("text <> ''", name="matter_worded"),
    )
    meeting_id: int = names("meeting")
    text: str = words()
    text_key: str = words()
    issue_id: int | None = may_name("issue")


class Resolution(CodedCard, table=True):
    """What a meeting resolved: who does it until when."""

    __table_args__ = code_rules(
        "resolution",
        Index("resolution_meeting", "meeting_id"),
        Index("resolution_title", "title_key"),
        Index("resolution_open", "community_id", "due_on", sqlite_where=text("status = 'open'")),
        CheckConstraint(one_of("status", "open", "done", "dropped"), name="resolution_status"),
        CheckConstraint("title <> ''", name="resolution_titled"),
        CheckConstraint(day("due_on"), name="resolution_due_day"),
    )
    community_id: int = names("area")
    meeting_id: int = names("meeting")
    status: str = words("open")
    title: str = words()
    title_key: str = words()
    owner: str = words("")
    partner_id: int | None = may_name("partner")
    due_on: str | None = words_or_null()


class ResolutionEvent(Fact, table=True):
    """A resolution was made, done, dropped or opened again; `delta` is what it adds to the open ones.

    `done` is what it adds to those done: opening one again that was done takes that back.
    """

    __tablename__ = "resolution_event"
    __table_args__ = fact_rules(
        "resolution_event",
        Index("resolution_event_resolution", "resolution_id"),
        Index("resolution_event_count", "counted_in", "community_id", "event", "sign", "done"),
        CheckConstraint(delta_of(["made", "reopened"], ["done", "dropped"]), name="resolution_event_delta"),
        CheckConstraint(
            "CASE event WHEN 'done' THEN done = 1 WHEN 'reopened' THEN done IN (-1, 0) ELSE done = 0 END",
            name="resolution_event_done",
        ),
    )
    reverses_id: int | None = may_name("resolution_event")
    resolution_id: int = names("resolution")
    event: str = words()
    delta: int
    done: int = count(0)
    restores_id: int | None = may_name("resolution_event")


class Cooperation(Fact, table=True):
    """A business agreed to cooperate with another partner, or with the community, at a meeting or elsewhere.

    It may name an offer of one of them that it is about and a need that it meets.
    """

    __table_args__ = fact_rules(
        "cooperation",
        Index("cooperation_meeting", "meeting_id"),
        Index("cooperation_partner", "partner_id"),
        Index("cooperation_with", "with_id"),
        Index("cooperation_need", "need_id"),
        Index("cooperation_count", "counted_in", "community_id", "sign"),
        CheckConstraint("with_id <> partner_id", name="cooperation_pair"),
    )
    reverses_id: int | None = may_name("cooperation")
    meeting_id: int | None = may_name("meeting")
    partner_id: int = names("partner")
    with_id: int | None = may_name("partner")
    offer_id: int | None = may_name("offer")
    need_id: int | None = may_name("need")
    restores_id: int | None = may_name("cooperation")


_EARLY = """SELECT RAISE(ABORT, '决议的期限早于会议。') WHERE EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on > NEW.due_on);"""


def _cooperating(partner: str) -> str:
    """SQL for the cooperations of a person, whichever of its cards they name."""
    cards = cards_beside(partner)
    return f"SELECT id FROM cooperation WHERE partner_id IN {cards} UNION SELECT id FROM cooperation WHERE with_id IN {cards}"


_MINE, _THEIRS = ([survivor(f"{one}.{side}_id") for side in ("partner", "with")] for one in ("n", "o"))
"""SQL for the persons of a cooperation `n` and of another one `o`; no person is NULL, the community."""
_PERSONS_REPEATED = f"""EXISTS (SELECT 1 FROM cooperation n WHERE {stands("cooperation", "n")}
      AND n.id IN (SELECT id FROM cooperation WHERE voucher_id = NEW.voucher_id
        UNION SELECT c.id FROM standing s JOIN cooperation c ON c.id IN ({_cooperating("s.into_id")})
          WHERE s.voucher_id = NEW.voucher_id AND s.event = 'merged')
      AND ({_MINE[0]} IS {_MINE[1]} OR EXISTS (
        SELECT 1 FROM cooperation o WHERE o.id <> n.id AND {stands("cooperation", "o")} AND o.meeting_id IS n.meeting_id
          AND (o.meeting_id IS NOT NULL OR o.happened_on = n.happened_on)
          AND (n.with_id IS NOT NULL OR o.community_id = n.community_id)
          AND o.id IN ({_cooperating("n.partner_id")})
          AND (({", ".join(_THEIRS)}) IS ({", ".join(_MINE)}) OR ({", ".join(_THEIRS)}) IS ({", ".join(_MINE[::-1])})))))"""
"""Of those that the voucher posts, or that are of whom it merges, one is of a person with itself or there twice."""

# Counter-facts copy the fact they name, so what is asked of days and communities is asked of new facts only.
TRIGGERS = (
    """CREATE TRIGGER meeting_fixed BEFORE UPDATE OF held_on ON meeting BEGIN
  SELECT RAISE(ABORT, '会议不能换日期。') WHERE OLD.held_on IS NOT NEW.held_on;
END""",
    """CREATE TRIGGER meeting_held_fits BEFORE INSERT ON meeting_held BEGIN
  SELECT RAISE(ABORT, '一次会议只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM meeting_held WHERE meeting_id = NEW.meeting_id);
  SELECT RAISE(ABORT, '会议的日期或社区与卡片不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END""",
    """CREATE TRIGGER attending_fits BEFORE INSERT ON attending BEGIN
  SELECT RAISE(ABORT, '一家单位在一次会议里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM attending
    WHERE meeting_id = NEW.meeting_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '参会的日期或社区与会议不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END""",
    presence_guard("attending"),
    *step_guards("resolution_event", "resolution_id", "决议", first="made"),
    """CREATE TRIGGER resolution_event_taken BEFORE INSERT ON resolution_event BEGIN
  SELECT RAISE(ABORT, '重开办结的决议没有把办结减回来，或减了没有办结的。') WHERE NOT (
    SELECT ifnull(sum(sign * done), 0) + NEW.sign * NEW.done
      BETWEEN 0 AND 1 - min(1, ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta)
    FROM resolution_event WHERE resolution_id = NEW.resolution_id);
END""",
    """CREATE TRIGGER resolution_event_made BEFORE INSERT ON resolution_event WHEN NEW.sign = 1 AND NEW.event = 'made' BEGIN
  SELECT RAISE(ABORT, '决议的日期或社区与会议不符。') WHERE NOT EXISTS (
    SELECT 1 FROM resolution s JOIN meeting m ON m.id = s.meeting_id WHERE s.id = NEW.resolution_id
      AND m.held_on = NEW.happened_on AND m.community_id = NEW.community_id);
END""",
    f"""CREATE TRIGGER resolution_new BEFORE INSERT ON resolution BEGIN
  {_EARLY}
END""",
    f"""CREATE TRIGGER resolution_moved BEFORE UPDATE OF due_on, meeting_id ON resolution BEGIN
  {_EARLY}
END""",
    # At the seal: a merger takes such ones back before it merges the cards, and an undo gives them again before it parts them.
    f"""CREATE TRIGGER cooperation_persons BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '合作的双方是同一家，或这两家的这项合作已经记过。') WHERE {_PERSONS_REPEATED};
END""",
    *(presence_guard("cooperation", column=side) for side in ("partner_id", "with_id")),
    f"""CREATE TRIGGER cooperation_fits BEFORE INSERT ON cooperation BEGIN
  SELECT RAISE(ABORT, '这项合作已经记过。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM cooperation
    WHERE meeting_id IS NEW.meeting_id
      AND (meeting_id IS NOT NULL OR happened_on = NEW.happened_on)
      AND ((partner_id = NEW.partner_id AND with_id IS NEW.with_id)
        OR (partner_id IS NEW.with_id AND with_id = NEW.partner_id)));
  SELECT RAISE(ABORT, '合作的日期早于会议，或社区与会议不符。') WHERE NEW.sign = 1 AND NEW.meeting_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on <= NEW.happened_on AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '合作的第一方不是商企。') WHERE NEW.sign = 1 AND NEW.restores_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM partner WHERE id = {survivor("NEW.partner_id")} AND kind = 'business');
  SELECT RAISE(ABORT, '惠民服务不是合作双方推出的。') WHERE NEW.sign = 1 AND NEW.offer_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM offer WHERE id = NEW.offer_id AND {survivor("offer.partner_id")} IN (
      {survivor("NEW.partner_id")}, {survivor("NEW.with_id")}));
  SELECT RAISE(ABORT, '需求不在合作所记的社区。') WHERE NEW.sign = 1 AND NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM need WHERE id = NEW.need_id AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '需求在合作那天还没有提出。') WHERE NEW.sign = 1 AND NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM need_event e WHERE e.need_id = NEW.need_id AND e.event = 'raised' AND e.sign = 1
      AND e.happened_on <= NEW.happened_on AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = e.id));
END""",
)
