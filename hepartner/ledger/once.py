"""Once: what a person has only once, like a pairing in a place; a merger folds what both had into one, or takes it back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hepartner import words
from hepartner.words.partner import KINDS

from . import errors
from .facts import IDENTITY, stands
from .lineage import born_in
from .months import month_of
from .persons import cards_beside, cards_of, survivor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ledger import Ledger
    from .membership import Open
    from .partners import Partner
    from .vouchers import Voucher

MERGED = "merged"
"""The event with which the younger of two is folded into the older, and its status from then on."""
_NEVER = "9999-99-99"
BEGINS = """NEW.delta = 1 AND NOT EXISTS (SELECT 1 FROM {card}_event b WHERE b.{card}_id = NEW.{card}_id
    AND (b.delta, b.happened_on) = (1, NEW.happened_on))"""
"""SQL that holds when a card begins on a day; what an edit posts anew began on that day before."""

Spell = tuple[str, str | None]
"""From a day until a day, both ISO; None while it goes on."""


@dataclass(frozen=True, slots=True)
class Once:
    """A kind of card that a person has once at a time: cards of a person with equal columns `same` mean the same thing.

    It goes on while its status is `active`; its steps stand in `<card>_event`, what it was used for in `uses`. Partners of
    `kinds` may have it. `called` is SQL for what a card `c` in the area `a` is called.
    """

    card: str
    active: str
    same: tuple[str, ...]
    kinds: tuple[str, ...]
    called: str
    uses: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """The table of its steps."""
        return f"{self.card}_event"

    def alike(self, one: str, other: str) -> str:
        """Return SQL that holds when two cards mean the same thing, whoever has them."""
        columns = " AND ".join(f"{one}.{column} = {other}.{column}" for column in self.same)
        return f"{columns} AND {one}.id <> {other}.id AND {other}.withdrawn = 0"

    def goes_on(self, card: str) -> str:
        """Return SQL that holds while a card goes on."""
        return f"{card}.status = '{self.active}' AND {card}.withdrawn = 0"

    def may_have(self, partner: str) -> str:
        """Return SQL that holds for a partner of a kind that may have it."""
        return f"({' OR '.join(f'{partner}.kind = {kind!r}' for kind in self.kinds)})"

    def began(self, card: str) -> str:
        """Return SQL for the day on which a card began."""
        return self._day(card, 1)

    def ended(self, card: str) -> str:
        """Return SQL for the day on which a card ended, one past all days while it goes on."""
        return f"ifnull({self._day(card, -1)}, '{_NEVER}')"

    def _day(self, card: str, delta: int) -> str:
        return f"""(SELECT e.happened_on FROM {self.fact} e WHERE e.{self.card}_id = {card}.id AND e.delta = {delta}
          AND {stands(self.fact, "e")})"""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Facts of which a merger may leave a person two alike, or some that make no sense: it takes them back.

    `found` is SQL that lists what the merger of `:merged` into `:into` takes back, of two alike all but the first told: fact,
    words. `alike` is SQL that holds when two facts `f` and `k` mean the same, as persons stand. `card` is the table of what such
    facts name and what stands as long as one of them does. `senseless` is SQL that holds when a fact `f` makes no sense, for the
    reason `why`.
    """

    found: str
    alike: str
    card: str = ""
    senseless: str = "0"
    why: str = ""


def overlap(one: Spell, other: Spell) -> bool:
    """Tell whether two spells, each from a day until a day (None: going on), share time; one may begin where another ended."""
    return one[0] < (other[1] or _NEVER) and other[0] < (one[1] or _NEVER)


def fold(ledger: "Ledger", voucher: "Voucher", once: Once, persons: tuple[int, int], day: str) -> list[str]:
    """End what both persons have, in the voucher that merges them: the older stays. Return what that is called.

    It ends on the day of the merger, or on the last day on which something is known of it, and counts as the merger does: in
    the earliest month that no community has closed.
    """
    both = [cards_of(ledger.database, person) for person in persons]
    rows = ledger.database.rows(_both(once), both)
    for younger, latest, _ in rows:
        _merge(ledger, voucher, once, younger, max(day, latest))
    return [called for _, _, called in rows]


def take_back(ledger: "Ledger", voucher: "Voucher", merged: int, into: int) -> dict[str, list[str]]:
    """Take back what the merger of two makes repeated or senseless, in its voucher; return what that is called, by table.

    An undo of the merger gives it again.
    """
    asked, told = {"merged": merged, "into": into}, dict[str, list[str]]()
    for fact, one in ledger.counts.repeated().items():
        rows = ledger.database.rows(one.found, asked)
        voucher.counter(fact, [row[0] for row in rows])
        if one.card:
            gone = ledger.database.rows(_bare(fact, one.card), {"voucher": voucher.id})
            voucher.edit_many(one.card, ("withdrawn",), [(1, card_id) for (card_id,) in gone])
        told[fact] = [called for _, called in rows]
    return told


def _bare(fact: str, card: str) -> str:
    """SQL for the cards that facts named which a voucher took back, and that no fact in force names."""
    return f"""SELECT DISTINCT k.{card}_id FROM {fact} k WHERE k.voucher_id = :voucher AND k.sign = -1
      AND NOT EXISTS (SELECT 1 FROM {fact} f WHERE f.{card}_id = k.{card}_id AND {stands(fact, "f")})"""


def check_end(ledger: "Ledger", once: Once, card_id: int, day: str) -> None:
    """Refuse to end what a merger kept before that folded another into it, which counts until then. Raises EndsBeforeFold."""
    for folded, voucher in ledger.database.rows(
        _folded(once, ":card", ":day"), {"card": card_id, "day": day}
    ):
        raise EndsBeforeFold(words.gathered("TABLES")[once.card], day, folded, voucher)


class EndsBeforeFold(errors.Refused):
    """An end before the day on which a merger folded another of the person into what is to end."""

    def __init__(self, word: str, day: str, folded: str, voucher: int) -> None:
        super().__init__(
            f"合并的另一张卡片也有这份{word}，到 {folded} 合并时（凭证 V{voucher}）才并为一份，不能从 {day} 起结束。"
            f"请改用 {folded} 或以后的日期；确是 {day} 就结束了，请先用 hep undo {voucher} 撤销合并，把两份都结束，再合并。"
        )


def _folded(once: Once, card: str, day: str) -> str:
    """SQL for the latest day after a day on which one of the person was folded into a card, and the voucher.

    What another of the person kept, which stood on the day of the fold and began later, was not folded into this one.
    """
    return f"""SELECT e.happened_on, {born_in(once.fact, "e")} FROM {once.card} c JOIN {once.card} o ON {once.alike("c", "o")}
      JOIN {once.fact} e ON e.{once.card}_id = o.id AND e.event = '{MERGED}' AND {stands(once.fact, "e")}
      WHERE c.id = {card} AND o.partner_id IN {cards_beside("c.partner_id")} AND e.happened_on > {day}
        AND NOT EXISTS (SELECT 1 FROM {once.card} k WHERE {once.alike("c", "k")}
          AND k.partner_id IN {cards_beside("c.partner_id")} AND k.status <> '{MERGED}' AND {once.ended("k")} >= e.happened_on
          AND {once.began("k")} BETWEEN {once.began("c")} AND {once.began("o")})
      ORDER BY e.happened_on DESC LIMIT 1"""


def _both(once: Once) -> str:
    known = " UNION ALL ".join(
        f"SELECT happened_on FROM {table} t WHERE t.{once.card}_id = c.id AND {stands(table, 't')}"
        for table in (once.fact, *once.uses)
    )
    return f"""WITH of(person, partner_id) AS (
        SELECT 1, value FROM json_each(?) UNION ALL SELECT 2, value FROM json_each(?))
      SELECT c.id, (SELECT max(happened_on) FROM ({known})), {once.called}
      FROM {once.card} c JOIN of mine ON mine.partner_id = c.partner_id
      JOIN {once.card} o ON {once.alike("c", "o")} JOIN of theirs ON theirs.partner_id = o.partner_id
      JOIN area a ON a.id = c.community_id
      WHERE mine.person <> theirs.person AND {once.goes_on("c")} AND {once.goes_on("o")}
        AND ({once.began("o")}, o.id) < ({once.began("c")}, c.id)
      ORDER BY c.id"""


def _merge(ledger: "Ledger", voucher: "Voucher", once: Once, card_id: int, day: str) -> None:
    """Post the step that ends a card, with what its first step says, and set its status."""
    columns = [c for c in ledger.shapes.columns_of(once.fact) if c not in (*IDENTITY, "happened_on")]
    sql = f"""SELECT {", ".join(columns)} FROM {once.fact} e WHERE {once.card}_id = ? AND delta = 1
        AND {stands(once.fact, "e")}"""
    step = dict(zip(columns, ledger.database.row(sql, (card_id,)), strict=True))
    community_id = step.pop("community_id")
    step |= {"event": MERGED, "delta": -1}
    month = ledger.periods.open_everywhere(month_of(day))
    voucher.post(once.fact, tuple(step), [(community_id, day, *step.values())], counted_in=month)
    voucher.edit(once.card, card_id, status=MERGED)


def kept_from(ledger: "Ledger", partner: "Partner", kind: str) -> list["Open"]:
    """Return what a partner has that goes on and that one of another kind may not have, with the commands that end it."""
    tables = [table for table, once in ledger.counts.once().items() if kind not in once.kinds]
    return ledger.membership.still_open(partner, of=tables)


class StillHas(errors.Refused):
    """The partner has what one of that kind may not have; `opens` is that, and how each is ended."""

    def __init__(self, partner: "Partner", kind: str, opens: "Sequence[Open]") -> None:
        listed = "；".join(f"{one.what}（{one.remedy}）" for one in opens)
        super().__init__(
            f"{partner.name}（{partner.code}）还有没有结束的、{KINDS[kind]}合伙人不能有的：{listed}。没有记账，请先结束。"
        )


def once_guards(once: Once, word: str) -> tuple[str, ...]:
    """Guards of what persons of some kinds have once: none begins, goes on again or is called anew beside another.

    No merger leaves two of it, none is folded but by a merger of who has it, none ends before another was folded into it, and
    none goes on with a person of another kind.

    What an edit posts anew began before, and is not asked again. What two cards had before they were merged stays as it was.
    That one partner has two going on, the table's unique index refuses.
    """
    card, fact, told = once.card, once.fact, ("status", *once.same)
    before, after = (", ".join(f"{row}.{column}" for column in told) for row in ("OLD", "NEW"))
    of_kind = f"""SELECT RAISE(ABORT, '这一类型的合伙人不能有{word}。') WHERE {{test}} AND EXISTS (
    SELECT 1 FROM partner p WHERE p.id = {survivor("NEW.partner_id")} AND NOT {once.may_have("p")});"""
    return (
        f"""CREATE TRIGGER {fact}_apart BEFORE INSERT ON {fact} WHEN NEW.sign = 1 AND {BEGINS.format(card=card)} BEGIN
  SELECT RAISE(ABORT, '{word}与另一次时间重叠。') WHERE EXISTS (SELECT 1 FROM {card} c JOIN {card} o ON {once.alike("c", "o")}
      WHERE c.id = NEW.{card}_id AND o.partner_id IN {cards_beside("c.partner_id")}
        AND {once.ended("o")} > NEW.happened_on);
END""",
        # What an edit posts anew was folded on that day before.
        f"""CREATE TRIGGER {fact}_merged BEFORE INSERT ON {fact} WHEN NEW.sign = 1 AND NEW.event = '{MERGED}' BEGIN
  SELECT RAISE(ABORT, '{word}没有因合伙人合并而并为一份。') WHERE NOT EXISTS (
      SELECT 1 FROM {fact} e WHERE e.{card}_id = NEW.{card}_id AND (e.event, e.happened_on) = ('{MERGED}', NEW.happened_on))
    AND NOT EXISTS (
      SELECT 1 FROM standing s WHERE s.voucher_id = NEW.voucher_id AND s.event = 'merged' AND s.sign = 1
        AND {survivor("NEW.partner_id")} IN (s.partner_id, s.into_id));
END""",
        f"""CREATE TRIGGER {fact}_kept BEFORE INSERT ON {fact}
  WHEN NEW.sign = 1 AND NEW.delta = -1 AND NEW.event <> '{MERGED}' BEGIN
  SELECT RAISE(ABORT, '合并的另一份{word}到更晚的一天才并入这一份。') WHERE EXISTS (
    {_folded(once, f"NEW.{card}_id", "NEW.happened_on")});
END""",
        f"""CREATE TRIGGER {card}_apart BEFORE UPDATE ON {card} WHEN NEW.withdrawn = 0 AND ({before}) IS NOT ({after}) BEGIN
  {of_kind.format(test=once.goes_on("NEW"))}
  SELECT RAISE(ABORT, '同一家单位的{word}已另有一份。') WHERE {once.goes_on("NEW")} AND EXISTS (
    SELECT 1 FROM {card} o WHERE {once.alike("NEW", "o")} AND o.partner_id IN {cards_beside("NEW.partner_id")}
      AND o.partner_id <> NEW.partner_id AND {once.goes_on("o")});
  SELECT RAISE(ABORT, '{word}与另一次时间重叠。') WHERE EXISTS (
    SELECT 1 FROM {card} o WHERE {once.alike("NEW", "o")} AND o.partner_id = NEW.partner_id
      AND NOT ({once.goes_on("NEW")} AND {once.goes_on("o")})
      AND {once.ended("o")} > {once.began("NEW")} AND {once.ended("NEW")} > {once.began("o")});
END""",
        f"""CREATE TRIGGER {card}_merged BEFORE UPDATE OF merged_into_id ON partner WHEN NEW.merged_into_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '并入的合伙人这一类型不能有{word}。') WHERE EXISTS (
    SELECT 1 FROM {card} c WHERE {once.goes_on("c")} AND c.partner_id IN {cards_beside("NEW.id")})
    AND EXISTS (SELECT 1 FROM partner p WHERE p.id = {survivor("NEW.merged_into_id")} AND NOT {once.may_have("p")});
  SELECT RAISE(ABORT, '两位都有同样的{word}，合并前须并为一份。') WHERE EXISTS (
    SELECT 1 FROM {card} c JOIN {card} o ON {once.alike("c", "o")}
    WHERE {once.goes_on("c")} AND c.partner_id IN {cards_beside("NEW.id")}
      AND {once.goes_on("o")} AND o.partner_id IN {cards_beside("NEW.merged_into_id")});
END""",
        f"""CREATE TRIGGER {card}_of_kind BEFORE INSERT ON {card} BEGIN
  {of_kind.format(test="1")}
END""",
        f"""CREATE TRIGGER {card}_kind BEFORE UPDATE OF kind ON partner WHEN NOT {once.may_have("NEW")} BEGIN
  SELECT RAISE(ABORT, '合伙人还有没有结束的{word}，不能改成这一类型。') WHERE NEW.merged_into_id IS NULL AND EXISTS (
    SELECT 1 FROM {card} c WHERE {once.goes_on("c")} AND c.partner_id IN {cards_beside("NEW.id")});
END""",
    )
