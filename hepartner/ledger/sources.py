"""Sources of imports: what the files of one source brought and said, so that the same file again brings nothing."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .facts import stands
from .lineage import undone

if TYPE_CHECKING:
    from .database import Database
    from .vouchers import Voucher


class Source(NamedTuple):
    """Whose files are looked at: the name of the office or list, and vouchers whose rows are others than those in hand.

    `set_aside` is a JSON list of voucher ids: of the mended rows of a list while it has still all the bad rows that were
    `given_back` of it. `own` is whether its own files are looked at, or what all others recorded.
    `repeats` is what becomes of rows that others recorded already: "" where nobody has said it, else accept or skip.
    `on_match` is what becomes of a roster's rows that say something else than their cards: update, skip or ask.
    """

    name: str
    set_aside: str = "[]"
    own: bool = True
    repeats: str = ""
    on_match: str = "update"
    given_back: int = 0

    @property
    def others(self) -> "Source":
        """What was typed by hand or came from other sources."""
        return self._replace(own=False)

    @property
    def whole(self) -> "Source":
        """With what the other part of a list brought: the rows that were good, or those that were mended."""
        return self._replace(set_aside="[]")

    def seen(self, bad_rows: int) -> "Source":
        """The source of a list of which so many rows are bad now.

        With fewer than were given back, the ledger has changed meanwhile and rows came in mended that are good as they stand.
        """
        return self.whole if bad_rows < self.given_back else self

    def on(self, first: str, last: str) -> dict[str, object]:
        """The parameters of `brought`: this source on the days from the first to the last."""
        return {
            "source": self.name,
            "set_aside": self.set_aside,
            "own": self.own,
            "first": first,
            "last": last,
        }


class GivenBack(NamedTuple):
    """Of which list, by its mark, how many rows were given back in one workbook; 0 where it does not tell."""

    mark: str
    rows: int


def source_in_hand(
    database: "Database", source: Source, mended: Sequence[GivenBack], mark: Callable[[], str]
) -> Source:
    """Return the source of a list; `mark` is its own, `mended` are the lists whose bad rows it gives back.

    A list and the bad rows of it that were given back and mended are one list in two parts, whichever is imported first:
    rows of the one never stand for equal rows of the other. A list that later came with fewer bad rows than were given back
    has brought some of these itself.
    """
    aside = [
        voucher
        for one in mended
        for voucher, _ in database.rows(f"{_PARTS} AND {_LEFT_OUT} >= ?", (_PARTLY + one.mark, one.rows))
    ]
    given_back = 0
    if database.row(_PARTS, (_MENDED,)):
        for voucher, text in database.rows(_PARTS, (own := _MENDED + mark(),)):
            aside.append(voucher)
            if told := re.search(f"{own}，共 ([0-9]+) 行", text):
                given_back = max(given_back, int(told[1]))
    return source._replace(set_aside=str(aside), given_back=given_back) if aside else source


def note_parts(voucher: "Voucher", mended: Sequence[GivenBack], partly: str | None) -> None:
    """Keep with an open voucher of which lists it brings the mended rows, and the mark of its own if rows are left out."""
    told = [_MENDED + one.mark + (f"，共 {one.rows} 行" if one.rows else "") for one in mended]
    voucher.note("；".join([*told, _PARTLY + partly] if partly else told))


_MENDED, _PARTLY = "改好的问题行，取自名单 ", "有问题的行没有导入，名单记号 "
_PARTS = """SELECT v.id, n.text FROM note n JOIN voucher v ON v.id = n.about_voucher_id AND v.action LIKE 'import.%'
    WHERE n.about_line = 0 AND n.withdrawn = 0 AND instr(n.text, ?)"""
_LEFT_OUT = "(SELECT json_extract(s.report, '$.rejected') FROM seal s WHERE s.voucher_id = v.id)"


def brought(table: str) -> str:
    """Return SQL that keeps the facts `f` of a table that a source's files brought on a span of days (`Source.on`).

    What was undone may come again; what was reversed for a reason (a complaint, an edit) stays brought, or the same file
    would bring it back. Of what others recorded only what is in force is kept.
    """
    return f"""JOIN voucher i ON i.id = f.voucher_id AND (i.action LIKE 'import.%' AND i.source = :source) = :own
    WHERE i.id NOT IN (SELECT value FROM json_each(:set_aside)) AND f.sign = 1 AND f.happened_on BETWEEN :first AND :last
    AND NOT ({undone(table, "f")}) AND (:own OR {stands(table, "f")})"""


def as_brought(card: str, field: str) -> str:
    """Return SQL for a field of a card as the file said it that brought the fact `f`, whatever was edited since.

    The card's table goes by its own name.
    """
    return f"""ifnull((SELECT c.before FROM change c WHERE c.card = '{card}' AND c.card_id = {card}.id
      AND c.field = '{field}' AND c.voucher_id > f.voucher_id ORDER BY c.id LIMIT 1), {card}.{field})"""


def corrected(
    database: "Database", source: Source, card: str, fact: str = "", fields: Sequence[str] = ()
) -> set[tuple[int, str, str]]:
    """Return card id, field and value, as text, of what a source's files said of cards and a hand has changed since.

    With a fact table, its `fields` too, which stand in facts instead of on the card. Neither imports nor undos are hands, and
    what was changed by hand and undone again was not changed.
    """
    asked = {"card": card, "source": source.name}
    found = set(database.rows(_CORRECTED.format(card=card), asked))
    for field in fields:
        found.update(database.rows(_CORRECTED_FACT.format(card=card, fact=fact, field=field), asked))
    return found


_BY_HAND = """h.action NOT LIKE 'import.%' AND h.undoes_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM voucher u WHERE u.undoes_id = h.id)"""
_BY_SOURCE = "i.action LIKE 'import.%' AND i.source = :source"
_CORRECTED = f"""SELECT c.card_id, c.field, c.before
    FROM change c JOIN voucher h ON h.id = c.voucher_id AND {_BY_HAND} JOIN {{card}} t ON t.id = c.card_id
    WHERE c.card = :card AND c.before IS NOT NULL
      AND (EXISTS (SELECT 1 FROM change p JOIN voucher i ON i.id = p.voucher_id AND {_BY_SOURCE}
          WHERE p.card = c.card AND p.card_id = c.card_id AND p.field = c.field AND p.id < c.id AND p.after = c.before)
        OR (EXISTS (SELECT 1 FROM voucher i WHERE i.id = t.created_in AND {_BY_SOURCE})
          AND c.before = (SELECT p.before FROM change p WHERE p.card = c.card AND p.card_id = c.card_id
            AND p.field = c.field ORDER BY p.id LIMIT 1)))"""
_CORRECTED_FACT = f"""SELECT f.{{card}}_id, '{{field}}', CAST(f.{{field}} AS TEXT)
    FROM {{fact}} r JOIN {{fact}} f ON f.id = r.reverses_id JOIN voucher h ON h.id = r.voucher_id AND {_BY_HAND}
    JOIN voucher i ON i.id = f.voucher_id AND {_BY_SOURCE}"""


def cards_brought(database: "Database", source: Source, card: str) -> set[int]:
    """Return the cards of a table in force that a source's files made."""
    sql = f"""SELECT t.id FROM {card} t JOIN voucher i ON i.id = t.created_in AND {_BY_SOURCE}
        WHERE t.withdrawn = 0 AND i.id NOT IN (SELECT value FROM json_each(:set_aside))"""
    asked = {"source": source.name, "set_aside": source.set_aside}
    return {card_id for (card_id,) in database.rows(sql, asked)}


def of_one_list(one: str, other: str) -> str:
    """Return SQL that holds when two vouchers, named by SQL, imported lists of the same kind and source."""
    return f"""EXISTS (SELECT 1 FROM voucher a JOIN voucher b ON (b.action, b.source) = (a.action, a.source)
      WHERE a.id = {one} AND b.id = {other} AND a.action GLOB 'import.*')"""


def former_names(database: "Database", card: str, field: str = "name_key") -> list[tuple[int, str]]:
    """Return cards in force by the `names.match_key` of each name they bore before, the latest names first.

    Lists that were made before a card was renamed still call it so.
    """
    sql = f"""SELECT c.card_id, c.before FROM change c JOIN {card} t ON t.id = c.card_id AND t.withdrawn = 0
        WHERE c.card = ? AND c.field = ? AND c.before <> t.{field} ORDER BY c.id DESC"""
    return list(database.rows(sql, (card, field)))


def days_of(database: "Database", fact: str, card: str, event: str) -> dict[int, set[str]]:
    """Return by card every day on which a step of it was said to have happened, taken back since or not."""
    days: dict[int, set[str]] = {}
    sql = f"SELECT {card}_id, happened_on FROM {fact} WHERE event = ? AND sign = 1"
    for card_id, day in database.rows(sql, (event,)):
        days.setdefault(card_id, set()).add(day)
    return days


def former_places(database: "Database") -> list[tuple[int, int, str]]:
    """Return partner, community and name key for where partners were and what they were called before an edit or a move.

    Every name is paired with every community, for a list may be older than the one and younger than the other.
    """
    return list(database.rows(_FORMER_PLACES))


_FORMER_PLACES = """WITH past AS (
      SELECT c.id, c.card_id, c.field, c.before FROM change c JOIN partner p ON p.id = c.card_id AND p.withdrawn = 0
      WHERE c.card = 'partner' AND c.field IN ('name_key', 'community_id')),
    touched AS (SELECT * FROM partner WHERE id IN (SELECT card_id FROM past)),
    names AS (SELECT card_id, before AS name_key FROM past WHERE field = 'name_key'
      UNION SELECT id, name_key FROM touched),
    places AS (SELECT card_id, CAST(before AS INTEGER) AS community_id FROM past WHERE field = 'community_id'
      UNION SELECT id, community_id FROM touched)
    SELECT t.id, c.community_id, n.name_key FROM touched t JOIN names n ON n.card_id = t.id JOIN places c ON c.card_id = t.id
    WHERE (c.community_id, n.name_key) <> (t.community_id, t.name_key) ORDER BY t.id"""
