"""Vouchers, their seals and the history of cards; notes and settings."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from .shape import STRICT, Card, card_rules, count, may_name, names, words, words_or_null

_OPERATOR = ForeignKey("operator.id", deferrable=True, initially="DEFERRED")
"""Deferred, because the first operator's card names the voucher that names the operator."""


class Voucher(SQLModel, table=True):
    """One write of one intention; its id is its number.

    `system_user` is who is logged in on the computer, `second_id` the operator who confirmed it with a PIN.
    """

    __table_args__ = (
        UniqueConstraint("uid"),
        Index("voucher_key", "key", unique=True, sqlite_where=text("key IS NOT NULL")),
        Index("voucher_action", "action"),
        Index("voucher_undoes", "undoes_id", sqlite_where=text("undoes_id IS NOT NULL")),
        CheckConstraint("(key IS NULL) = (intention IS NULL)", name="voucher_intention"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = words()
    recorded_at: str = words()
    operator_id: int = Field(sa_column=Column(Integer, _OPERATOR, nullable=False))
    action: str = words()
    key: str | None = words_or_null()
    intention: str | None = words_or_null()
    source: str = words("")
    file_sha256: str | None = words_or_null()
    undoes_id: int | None = may_name("voucher")
    system_user: str | None = words_or_null()
    second_id: int | None = may_name("operator")


class Seal(SQLModel, table=True):
    """The last row of a voucher: the chain's next link, with how many facts and change rows the voucher wrote."""

    __table_args__ = (
        UniqueConstraint("seq"),
        CheckConstraint(
            "seq >= 1 AND facts >= 0 AND changes >= 0 AND length(sha256) = 64", name="seal_shape"
        ),
        STRICT,
    )
    voucher_id: int = Field(primary_key=True, foreign_key="voucher.id")
    seq: int
    version: int
    facts: int
    changes: int
    points: int
    report: str | None = words_or_null()
    sha256: str = words()


class Change(SQLModel, table=True):
    """One field of one card before and after one voucher; written by triggers only."""

    __table_args__ = (
        Index("change_voucher", "voucher_id"),
        Index("change_card", "card", "card_id", "field"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    voucher_id: int = names("voucher")
    card: str = words()
    card_id: int
    field: str = words()
    before: str | None = words_or_null()
    after: str | None = words_or_null()


class Note(Card, table=True):
    """Free text about a voucher (line 0) or one of its facts."""

    __table_args__ = card_rules("note", UniqueConstraint("about_voucher_id", "about_line"))
    about_voucher_id: int = names("voucher")
    about_line: int = count(0)
    text: str = words()


class Setting(Card, table=True):
    """One setting of the office, by name."""

    __table_args__ = card_rules("setting", UniqueConstraint("name"))
    name: str = words()
    value: str = words()
