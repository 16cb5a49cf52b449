"""The shapes that every table shares: facts are append-only rows, cards are edited with history.

Facts hold ids, numbers, days and codes only; names, phones and free text live on cards, which can be blanked.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from hepartner.ledger.facts import stands
from hepartner.ledger.persons import cards_beside, survivor

STRICT = {"sqlite_strict": True}


def words(default: str | None = None, **options: Any) -> Any:
    """Declare a TEXT column; STRICT tables know no VARCHAR."""
    return Field(sa_type=Text, sa_column_kwargs=_server_default(default), nullable=False, **options)


def words_or_null(**options: Any) -> Any:
    """Declare a TEXT column that may be NULL."""
    return Field(default=None, sa_type=Text, nullable=True, **options)


def count(default: int | None = None, **options: Any) -> Any:
    """Declare an INTEGER column that is never NULL."""
    kwargs = _server_default(None if default is None else str(default))
    return Field(sa_column_kwargs=kwargs, nullable=False, **options)


def names(table: str) -> Any:
    """Declare a reference that every row has."""
    return Field(foreign_key=f"{table}.id", nullable=False)


def may_name(table: str) -> Any:
    """Declare a reference that a row may lack."""
    return Field(default=None, foreign_key=f"{table}.id", nullable=True)


def _server_default(default: str | None) -> dict[str, Any]:
    return (
        {}
        if default is None
        else {"server_default": text(f"'{default}'" if not _whole(default) else default)}
    )


def _whole(value: str) -> bool:
    return value.lstrip("-").isdigit()


def day(column: str) -> str:
    """SQL that holds for a real calendar day written YYYY-MM-DD, or NULL."""
    # Without a modifier SQLite gives 30 February back as it came.
    return f"{column} IS NULL OR ({column} IS date({column}, '+0 days') AND length({column}) = 10)"


def month(column: str) -> str:
    """SQL that holds for a month written YYYY-MM."""
    return f"{column} IS substr(date({column} || '-01'), 1, 7)"


def _counted(column: str, earliest: str) -> str:
    """SQL that holds for the earliest month or a later one."""
    # Most facts count in the month of their day, which is known to be a day: no need to work that out again.
    return f"{column} = {earliest} OR ({column} > {earliest} AND {month(column)})"


def one_of(column: str, *codes: str) -> str:
    """SQL that holds when the column has one of the codes."""
    # Not `IN`: from three codes on SQLite builds its list anew for every row, which took a third of verifying constraints.
    return f"({' OR '.join(f'{column} = {code!r}' for code in codes)})"


class Fact(SQLModel):
    """What every fact bears (design §3): its voucher and line, community, day, month, and what it takes back.

    `sign` is +1, and −1 on the counter-fact that names it in `reverses_id`; every other attribute is copied, so a
    figure is a sum of `sign * attribute`. Only `entry.points` and `stock_move.quantity` are signed themselves. A fact that an
    undo posts again names in `restores_id` the counter-fact that is taken back by it.
    """

    id: int | None = Field(default=None, primary_key=True)
    voucher_id: int = names("voucher")
    line: int
    community_id: int = names("area")
    happened_on: str = words()
    counted_in: str = words()
    sign: int


class Card(SQLModel):
    """What every card bears: a global name, the vouchers that made it and last changed it, and whether it is withdrawn."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = words()
    created_in: int = names("voucher")
    voucher_id: int = names("voucher")
    withdrawn: int = count(0)


class CodedCard(Card):
    """A card with a short code that is given once: its issuing community's prefix, a letter and a running number."""

    issuer_id: int = names("area")
    number: int
    code: str = words()


def fact_rules(table: str, *more: CheckConstraint | Index | UniqueConstraint) -> tuple[Any, ...]:
    """Constraints that stand on every fact table, with the table's own."""
    return (
        UniqueConstraint("voucher_id", "line"),
        Index(f"{table}_reverses", "reverses_id", unique=True, sqlite_where=text("reverses_id IS NOT NULL")),
        Index(f"{table}_restores", "restores_id", unique=True, sqlite_where=text("restores_id IS NOT NULL")),
        CheckConstraint("line >= 1", name=f"{table}_line"),
        CheckConstraint(day("happened_on"), name=f"{table}_day"),
        CheckConstraint(_counted("counted_in", "substr(happened_on, 1, 7)"), name=f"{table}_month"),
        CheckConstraint("sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END", name=f"{table}_sign"),
        *more,
        STRICT,
    )


def card_rules(table: str, *more: CheckConstraint | Index | UniqueConstraint) -> tuple[Any, ...]:
    """Constraints that stand on every card table, with the table's own."""
    return (
        UniqueConstraint("uid"),
        CheckConstraint("withdrawn IN (0, 1)", name=f"{table}_withdrawn"),
        *more,
        STRICT,
    )


def code_rules(table: str, *more: CheckConstraint | Index | UniqueConstraint) -> tuple[Any, ...]:
    """Constraints of a card with a code, with the table's own."""
    return card_rules(table, UniqueConstraint("code"), UniqueConstraint("issuer_id", "number"), *more)


def step_guards(
    fact: str,
    of: str,
    word: str,
    *,
    first: str = "",
    card: Iterable[str] = ("community_id",),
    same: Iterable[str] = (),
) -> tuple[str, ...]:
    """Guards of the steps of one thing, named by column `of`: none before the last one's day, and `delta` adds up to 0 or 1.

    `delta` is +1 on the step with which the thing begins to count, −1 on the one with which it ceases, else 0. The event
    `first`, where a thing has one, stands before all others and once. The other guards are those of `same_guards`.
    """
    begun = f"""CREATE TRIGGER {fact}_begun BEFORE INSERT ON {fact} WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '{word}的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = '{first}') = EXISTS (
    SELECT 1 FROM {fact} e WHERE e.{of} = NEW.{of} AND {stands(fact, "e")});
END"""
    last_day = f"""SELECT 1 FROM {fact} e WHERE e.{of} = NEW.{of} AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM {fact} r WHERE r.reverses_id = e.id)"""
    return (
        f"""CREATE TRIGGER {fact}_days BEFORE INSERT ON {fact} WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '{word}的日期早于上一步。') WHERE EXISTS (
    {last_day});
END""",
        f"""CREATE TRIGGER {fact}_order BEFORE INSERT ON {fact} BEGIN
  SELECT RAISE(ABORT, '{word}的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM {fact} WHERE {of} = NEW.{of});
END""",
        *((begun,) if first else ()),
        *same_guards(fact, of, word, card=card, same=same),
    )


def same_guards(
    fact: str, of: str, word: str, *, card: Iterable[str] = ("community_id",), same: Iterable[str] = ()
) -> Iterator[str]:
    """Guards of what the steps of one thing say alike: the columns `card` as its card does, `same` as those in force before.

    A figure that one step adds to, another takes from. What an edit changes of `same` it posts anew for all steps.
    """
    thing = of.removesuffix("_id")
    if card := tuple(card):
        yield f"""CREATE TRIGGER {fact}_of BEFORE INSERT ON {fact} WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '{word}的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM {thing} c WHERE c.id = NEW.{of} AND c.withdrawn = 0 AND {_row("c", card)} IS {_row("NEW", card)});
END"""
    if same := tuple(same):
        yield f"""CREATE TRIGGER {fact}_same BEFORE INSERT ON {fact} WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '{word}的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM {fact} e WHERE e.{of} = NEW.{of} AND {stands(fact, "e")} AND {_row("e", same)} IS NOT {_row("NEW", same)});
END"""


def _row(of: str, columns: Iterable[str]) -> str:
    """SQL for some columns of a row, to be compared as one."""
    return f"({', '.join(f'{of}.{column}' for column in columns)})"


def presence_guard(fact: str, *, column: str = "partner_id", when: str = "") -> str:
    """Guard of facts in which a partner takes part: whoever it stands for today was here on their day (`presence.absence`).

    While that one had not joined yet, or had left, a card that was merged into it was. `when` narrows down which facts are
    asked. What an undo gives again was asked when it came first.
    """

    def last_step(card: str, gone: Iterable[str]) -> str:
        """SQL for what a card did last by then; with a step of `gone` it goes, and on that day it still is here."""
        goes = ", ".join(map(repr, gone))
        return f"""ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = {card}.id AND s.event IN ('suspended', 'resumed', 'rejoined', {goes}) AND {stands("standing", "s")}
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ({goes}))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '')"""

    def here(*gone: str) -> str:
        """SQL that holds for a card `p` that was here."""
        goes = ", ".join(map(repr, gone))
        return f"""p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND {last_step("p", gone)} NOT IN ('suspended', {goes})"""

    # Most were never merged, and are known without walking up.
    person = f"""ifnull((SELECT id FROM partner WHERE id = NEW.{column} AND merged_into_id IS NULL),
      {survivor(f"NEW.{column}")})"""
    asked = f"NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.{column} IS NOT NULL{when and f' AND {when}'}"
    name = f"{fact}_present" if column == "partner_id" else f"{fact}_{column.removesuffix('_id')}_present"
    merged = f"p.id IN {cards_beside(f'NEW.{column}')} AND {here('left', 'merged')}"
    return f"""CREATE TRIGGER {name} BEFORE INSERT ON {fact} WHEN {asked} BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = {person} AND {here("left")})
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = {person} AND n.withdrawn = 0
      AND (n.joined_on > NEW.happened_on OR {last_step("n", ("left",))} = 'left')
      AND EXISTS (SELECT 1 FROM partner p WHERE {merged}));
END"""


def delta_of(begins: Iterable[str], ends: Iterable[str], others: Iterable[str] = ()) -> str:
    """SQL that holds when `delta` is what the `event` adds: +1, −1 or 0; no other event passes."""
    parts = [("1", begins), ("-1", ends), ("0", others)]
    cases = "".join(
        f" WHEN {one_of('event', *events)} THEN {delta}" for delta, found in parts if (events := tuple(found))
    )
    # IS, because a CHECK lets a NULL pass: an event that is not listed would be taken.
    return f"delta IS CASE{cases} END"
