"""What residents need."""

from sqlalchemy import CheckConstraint, Index, text

from .shape import (
    CodedCard,
    Fact,
    code_rules,
    delta_of,
    fact_rules,
    may_name,
    names,
    one_of,
    step_guards,
    words,
)

CATEGORIES = ("medical", "elderly", "childcare", "meals", "culture", "repair", "legal", "jobs", "other")


class Need(CodedCard, table=True):
    """Something residents of a community need; for how many people, and of which category, its steps say."""

    __table_args__ = code_rules(
        "need",
        Index(
            "need_open",
            "community_id",
            "title_key",
            unique=True,
            sqlite_where=text("withdrawn = 0 AND status = 'open'"),
        ),
        Index("need_title", "title_key"),
        CheckConstraint(one_of("status", "open", "met", "dropped"), name="need_status"),
        CheckConstraint("title <> ''", name="need_titled"),
    )
    community_id: int = names("area")
    status: str = words("open")
    title: str = words()
    title_key: str = words()
    remark: str = words("")


class NeedEvent(Fact, table=True):
    """A need was raised, met, dropped or opened again; `delta` is what it adds to the open ones, `heads` how many need it."""

    __tablename__ = "need_event"
    __table_args__ = fact_rules(
        "need_event",
        Index("need_event_need", "need_id"),
        Index("need_event_count", "counted_in", "community_id", "category", "sign", "delta", "heads"),
        CheckConstraint(delta_of(["raised", "reopened"], ["met", "dropped"]), name="need_event_delta"),
        CheckConstraint(one_of("category", *CATEGORIES), name="need_event_category"),
        CheckConstraint("heads BETWEEN 1 AND 10000000", name="need_event_heads"),
    )
    reverses_id: int | None = may_name("need_event")
    need_id: int = names("need")
    event: str = words()
    delta: int
    category: str = words()
    heads: int
    restores_id: int | None = may_name("need_event")


TRIGGERS = step_guards("need_event", "need_id", "需求", first="raised", same=("category", "heads"))
