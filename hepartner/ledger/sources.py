"""Sources of imports: what the files of one source brought and said, so that the same file again brings nothing."""

from typing import TYPE_CHECKING

from .lineage import undone

if TYPE_CHECKING:
    from .database import Database


def brought(table: str) -> str:
    """Return SQL that keeps the facts `f` of a table that a source's files brought on a span of days.

    Its parameters are the source, the first and the last day. What was undone may come again; what was reversed for a
    reason (a complaint, an edit) stays brought, or the same file would bring it back.
    """
    return f"""JOIN voucher i ON i.id = f.voucher_id AND i.action LIKE 'import.%'
    WHERE i.source = ? AND f.sign = 1 AND f.happened_on BETWEEN ? AND ?
    AND NOT ({undone(table, "f")})"""


def as_brought(card: str, field: str) -> str:
    """Return SQL for a field of a card as the file said it that brought the fact `f`, whatever was edited since.

    The card's table goes by its own name.
    """
    return f"""ifnull((SELECT c.before FROM change c WHERE c.card = '{card}' AND c.card_id = {card}.id
      AND c.field = '{field}' AND c.voucher_id > f.voucher_id ORDER BY c.id LIMIT 1), {card}.{field})"""


def former_names(database: "Database", card: str, field: str = "name_key") -> list[tuple[int, str]]:
    """Return cards in force by the `names.match_key` of each name they bore before, the latest names first.

    Lists that were made before a card was renamed still call it so.
    """
    sql = f"""SELECT c.card_id, c.before FROM change c JOIN {card} t ON t.id = c.card_id AND t.withdrawn = 0
        WHERE c.card = ? AND c.field = ? AND c.before <> t.{field} ORDER BY c.id DESC"""
    return list(database.rows(sql, (card, field)))


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
