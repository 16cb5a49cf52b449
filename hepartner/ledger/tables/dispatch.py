"""Dispatches 吹哨报到, the responses of those who were called, and who arrived with how many."""

from sqlalchemy import CheckConstraint, Index, text

from hepartner.ledger.counts.dispatches import alike_dispatches

from .shape import (
    Card,
    CodedCard,
    Fact,
    card_rules,
    code_rules,
    count,
    delta_of,
    fact_rules,
    may_name,
    names,
    one_of,
    presence_guard,
    step_guards,
    words,
)

KINDS = ("typhoon", "flood", "fire", "epidemic", "security", "environment", "other")
STATUSES = ("called", "answered", "arrived", "left", "declined", "silent", "returned")
MOST_HEADS = 100_000
"""Nobody brings more people to one dispatch."""


class Dispatch(CodedCard, table=True):
    """What the whistle was blown for, on which day and at which minute of it."""

    __table_args__ = code_rules(
        "dispatch",
        Index("dispatch_day", "community_id", "whistled_on", "title_key"),
        Index("dispatch_title", "title_key"),
        CheckConstraint("title_key <> ''", name="dispatch_titled"),
        CheckConstraint(one_of("status", "open", "finished"), name="dispatch_status"),
    )
    community_id: int = names("area")
    kind: str = words()
    title: str = words()
    title_key: str = words()
    place: str = words("")
    status: str = words("open")
    whistled_on: str = words()
    whistled_at: int = count()
    remark: str = words("")


class DispatchEvent(Fact, table=True):
    """The whistle was blown, or all was over: `minute` of the day, `minutes` since the whistle."""

    __tablename__ = "dispatch_event"
    __table_args__ = fact_rules(
        "dispatch_event",
        Index("dispatch_event_dispatch", "dispatch_id"),
        Index("dispatch_event_count", "counted_in", "community_id", "event", "sign", "minutes"),
        CheckConstraint(delta_of(["whistled"], ["finished"]), name="dispatch_event_delta"),
        CheckConstraint(one_of("kind", *KINDS), name="dispatch_event_kind"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="dispatch_event_minute"),
        CheckConstraint("minutes >= 0", name="dispatch_event_minutes"),
        CheckConstraint("event = 'finished' OR minutes = 0", name="dispatch_event_begins"),
    )
    reverses_id: int | None = may_name("dispatch_event")
    dispatch_id: int = names("dispatch")
    kind: str = words()
    event: str = words()
    delta: int
    minute: int
    minutes: int = count(0)
    restores_id: int | None = may_name("dispatch_event")


class Response(Card, table=True):
    """Where a partner stands in a dispatch; `instead_of_id` is the response in whose place it was called."""

    __table_args__ = card_rules(
        "response",
        Index("response_once", "dispatch_id", "partner_id", unique=True, sqlite_where=text("withdrawn = 0")),
        Index("response_partner", "partner_id"),
        CheckConstraint(one_of("status", *STATUSES), name="response_status"),
    )
    community_id: int = names("area")
    dispatch_id: int = names("dispatch")
    partner_id: int = names("partner")
    status: str = words("called")
    instead_of_id: int | None = may_name("response")


class ResponseEvent(Fact, table=True):
    """A step of a response: `round` is its how manieth call, `minutes` the time since that call."""

    __tablename__ = "response_event"
    __table_args__ = fact_rules(
        "response_event",
        Index("response_event_response", "response_id", "round"),
        Index("response_event_dispatch", "dispatch_id"),
        Index("response_event_count", "counted_in", "community_id", "event", "sign"),
        CheckConstraint(
            delta_of(["called"], ["left", "declined", "silent", "returned"], ["answered", "arrived"]),
            name="response_event_delta",
        ),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="response_event_minute"),
        CheckConstraint("minutes >= 0", name="response_event_minutes"),
        CheckConstraint("event <> 'called' OR minutes = 0", name="response_event_begins"),
        CheckConstraint("round >= 1", name="response_event_round"),
    )
    reverses_id: int | None = may_name("response_event")
    response_id: int = names("response")
    dispatch_id: int = names("dispatch")
    partner_id: int = names("partner")
    event: str = words()
    delta: int
    round: int
    minute: int
    minutes: int = count(0)
    restores_id: int | None = may_name("response_event")


class Arrival(Fact, table=True):
    """A partner reported in with so many people, party members among them."""

    __table_args__ = fact_rules(
        "arrival",
        Index("arrival_step", "response_event_id"),
        Index("arrival_dispatch", "dispatch_id"),
        Index("arrival_partner", "partner_id"),
        Index("arrival_heads", "community_id", "partner_id", "counted_in", "sign"),
        Index("arrival_count", "counted_in", "community_id", "partner_id", "sign", "heads"),
        CheckConstraint(f"heads BETWEEN 1 AND {MOST_HEADS}", name="arrival_people"),
        CheckConstraint("party_members BETWEEN 0 AND heads", name="arrival_party"),
    )
    reverses_id: int | None = may_name("arrival")
    response_event_id: int = names("response_event")
    dispatch_id: int = names("dispatch")
    partner_id: int = names("partner")
    heads: int
    party_members: int = count(0)
    restores_id: int | None = may_name("arrival")


class ArrivalReward(Fact, table=True):
    """The points that an arrival gave when its dispatch was finished; it names the step, so undo keeps that and its heads."""

    __tablename__ = "arrival_reward"
    __table_args__ = fact_rules(
        "arrival_reward",
        Index("arrival_reward_step", "response_event_id"),
        Index("arrival_reward_entry", "entry_id"),
    )
    reverses_id: int | None = may_name("arrival_reward")
    response_event_id: int = names("response_event")
    entry_id: int = names("entry")
    restores_id: int | None = may_name("arrival_reward")


def _in_force(table: str, alias: str) -> str:
    return f"{alias}.sign = 1 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = {alias}.id)"


def _since(day: str, minute: str) -> str:
    """SQL for the minutes from a moment to NEW's."""
    return f"CAST(julianday(NEW.happened_on) - julianday({day}) AS INTEGER) * 1440 + NEW.minute - {minute}"


_RECORDED = "(SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id)"
_NOT_YET = f"""NEW.happened_on = substr({_RECORDED}, 1, 10)
    AND NEW.minute > 60 * substr({_RECORDED}, 12, 2) + substr({_RECORDED}, 15, 2)"""
_WHISTLE = f"""SELECT 1 FROM dispatch_event w WHERE w.dispatch_id = NEW.dispatch_id AND w.event = 'whistled'
    AND {_in_force("dispatch_event", "w")}"""


def _twice(one: str, among: str = "") -> str:
    """SQL that holds when another dispatch of the minute bears the title of one and called the same when it began."""
    return f"SELECT 1 FROM {among} dispatch o WHERE o.id <> {one}.id AND o.withdrawn = 0 AND {alike_dispatches(one, 'o')}"


_STEP = f"SELECT 1 FROM response_event e WHERE {_in_force('response_event', 'e')} AND"

TRIGGERS = (
    # At the seal, when all whom it calls are there. What an undo gives again, or an edit posts anew, was asked when it came
    # first: a merger may have made two alike since.
    f"""CREATE TRIGGER dispatch_twice BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '同一分钟为同一件事叫同样单位的吹哨已经记过。') WHERE EXISTS (
    {_twice("n", "dispatch_event w JOIN dispatch n ON n.id = w.dispatch_id CROSS JOIN")}
      AND w.voucher_id = NEW.voucher_id AND w.event = 'whistled' AND w.sign = 1 AND NOT EXISTS (
        SELECT 1 FROM dispatch_event e WHERE e.dispatch_id = w.dispatch_id AND e.event = 'whistled' AND e.id < w.id));
END""",
    f"""CREATE TRIGGER dispatch_titled BEFORE UPDATE OF title_key ON dispatch
  WHEN NEW.withdrawn = 0 AND NEW.title_key <> OLD.title_key BEGIN
  SELECT RAISE(ABORT, '同一分钟为同一件事叫同样单位的吹哨已经记过。') WHERE EXISTS ({_twice("NEW")});
END""",
    # Only the order: `minutes` can't be negative, so nothing ends before its day begins.
    *step_guards("dispatch_event", "dispatch_id", "吹哨", first="whistled", same=("kind",))[1:],
    f"""CREATE TRIGGER dispatch_event_time BEFORE INSERT ON dispatch_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '吹哨的时间还没有到。') WHERE {_NOT_YET};
  SELECT RAISE(ABORT, '从吹哨到结束的分钟数不符。') WHERE NEW.event = 'finished' AND NOT EXISTS (
    {_WHISTLE} AND NEW.minutes = {_since("w.happened_on", "w.minute")});
  SELECT RAISE(ABORT, '结束的时间早于最后一次呼叫、应答或报到。') WHERE NEW.event = 'finished' AND EXISTS (
    {_STEP} e.dispatch_id = NEW.dispatch_id AND e.event <> 'left'
      AND {_since("e.happened_on", "e.minute")} < 0);
END""",
    *step_guards("response_event", "response_id", "应答", card=()),
    presence_guard("response_event", when="NEW.event = 'called'"),
    """CREATE TRIGGER response_place BEFORE INSERT ON response BEGIN
  SELECT RAISE(ABORT, '应答与所答的吹哨不在同一社区。') WHERE NOT EXISTS (
    SELECT 1 FROM dispatch WHERE id = NEW.dispatch_id AND community_id = NEW.community_id);
END""",
    f"""CREATE TRIGGER response_event_fits BEFORE INSERT ON response_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '应答的时间还没有到。') WHERE {_NOT_YET};
  SELECT RAISE(ABORT, '应答与所答的吹哨、社区或合伙人不符。') WHERE NOT EXISTS (
    SELECT 1 FROM response s WHERE s.id = NEW.response_id AND s.withdrawn = 0 AND s.dispatch_id = NEW.dispatch_id
      AND s.partner_id = NEW.partner_id AND s.community_id = NEW.community_id);
  SELECT RAISE(ABORT, '吹哨还没有开始，或已经结束。') WHERE NEW.event <> 'left' AND NOT EXISTS (
    {_WHISTLE} AND {_since("w.happened_on", "w.minute")} >= 0
      AND (NEW.restores_id IS NOT NULL  -- it came before the end, which may stand since
        OR (SELECT sum(sign * delta) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id) = 1));
  SELECT RAISE(ABORT, '从呼叫到这一步的分钟数不符。') WHERE NEW.event <> 'called' AND NOT EXISTS (
    {_STEP} e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'called'
      AND NEW.minutes = {_since("e.happened_on", "e.minute")});
  SELECT RAISE(ABORT, '应答的时间早于上一步。') WHERE EXISTS (
    {_STEP} e.response_id = NEW.response_id AND e.happened_on = NEW.happened_on AND e.minute > NEW.minute);
  SELECT RAISE(ABORT, '应答的步骤前后不符。') WHERE NEW.event <> 'called' AND (NEW.event = 'left') <> EXISTS (
    {_STEP} e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'arrived');
  SELECT RAISE(ABORT, '应答过的不能再记应答或未应答。') WHERE NEW.event IN ('answered', 'silent') AND EXISTS (
    {_STEP} e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'answered');
END""",
    f"""CREATE TRIGGER arrival_fits BEFORE INSERT ON arrival WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '人数与报到的一步不符。') WHERE NOT EXISTS (
    {_STEP} e.id = NEW.response_event_id AND e.event = 'arrived' AND e.dispatch_id = NEW.dispatch_id
      AND e.partner_id = NEW.partner_id AND e.community_id = NEW.community_id AND e.happened_on = NEW.happened_on);
  SELECT RAISE(ABORT, '一次报到的人数只记一次。') WHERE EXISTS (
    SELECT 1 FROM arrival a WHERE a.response_event_id = NEW.response_event_id AND {_in_force("arrival", "a")});
END""",
    f"""CREATE TRIGGER arrival_reward_fits BEFORE INSERT ON arrival_reward WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '报到积分与报到或积分流水不符。') WHERE NOT EXISTS (
    SELECT 1 FROM arrival a, entry e WHERE a.response_event_id = NEW.response_event_id AND {_in_force("arrival", "a")}
      AND e.id = NEW.entry_id AND e.kind = 'award' AND e.happened_on = NEW.happened_on);
  SELECT RAISE(ABORT, '一次报到只给一次积分。') WHERE EXISTS (
    SELECT 1 FROM arrival_reward a WHERE a.response_event_id = NEW.response_event_id
      AND {_in_force("arrival_reward", "a")});
END""",
)
