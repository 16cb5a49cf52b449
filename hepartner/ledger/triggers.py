"""The guards that the database itself keeps, written out from the tables' shapes (design §4).

Every guard is a RAISE, because a RAISE survives `OR IGNORE`, `OR REPLACE` and upserts where a constraint does not. The text
of a guard is a Chinese sentence: whoever meets it went past the pure rule of the same meaning.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import ModuleType

from sqlalchemy import Table, UniqueConstraint

from hepartner.words import gathered
from hepartner.words.partner import FORGOTTEN

from .facts import IDENTITY, SECRET, SIGNED, describes, given_once, taken_part, takings
from .particulars import keys_of
from .persons import cards_beside

_OF_SLIPS = """EXISTS (SELECT 1 FROM redemption r WHERE r.id IN (
                    SELECT ifnull(reverses_id, id) FROM redemption WHERE voucher_id = NEW.voucher_id
                    UNION SELECT redemption_id FROM entry WHERE voucher_id = NEW.voucher_id AND kind = 'redeem'
                    UNION SELECT redemption_id FROM stock_move WHERE voucher_id = NEW.voucher_id AND kind = 'redeem')"""

_SLIP_DIFFERS = f"""{_OF_SLIPS}
                  AND (ifnull((SELECT sum(points) FROM entry WHERE redemption_id = r.id), 0) <> (
                      SELECT iif(count(*), 0, -r.points) FROM redemption c WHERE c.reverses_id = r.id)
                    OR ifnull((SELECT sum(quantity * price) FROM stock_move WHERE redemption_id = r.id), 0) <> (
                      SELECT iif(count(*), 0, -r.points) FROM redemption c WHERE c.reverses_id = r.id)))"""
"""Of a slip that the voucher touches, what was paid or what the goods cost is not what stands on it (0 once it is cancelled)."""

_SLIP_PARTED = f"""{_OF_SLIPS}
                  AND EXISTS (SELECT 1 FROM (SELECT redemption_id, sign, counted_in FROM entry
                      UNION ALL SELECT redemption_id, sign, counted_in FROM stock_move) f
                    WHERE f.redemption_id = r.id AND f.counted_in IS NOT iif(f.sign = 1, r.counted_in,
                      (SELECT counted_in FROM redemption c WHERE c.reverses_id = r.id))))"""
"""A slip that the voucher touches counts in another month than its points or its goods, or its cancelling than theirs."""

_BACK_OR_CARRIED = "voucher_id = NEW.voucher_id AND (sign < 0 OR restores_id IS NOT NULL{})"

_POINTS_BELOW = f"""EXISTS (SELECT 1 FROM (
                    SELECT sum(sum(points)) OVER (PARTITION BY partner_id, community_id ORDER BY counted_in) AS level FROM entry
                    WHERE partner_id IN (SELECT partner_id FROM entry WHERE {_BACK_OR_CARRIED.format(" OR kind = 'transfer'")})
                    GROUP BY partner_id, community_id, counted_in) WHERE level < 0)"""
"""Of a partner whose points the voucher takes back, gives again or carries, some month in some community ends below nothing."""

_GOODS_BELOW = f"""EXISTS (SELECT 1 FROM (
                    SELECT sum(sum(quantity)) OVER (PARTITION BY item_id ORDER BY counted_in) AS level FROM stock_move
                    WHERE item_id IN (SELECT item_id FROM stock_move WHERE {_BACK_OR_CARRIED.format("")})
                    GROUP BY item_id, counted_in) WHERE level < 0)"""
"""The same of goods on the shelf."""

# Foreign keys are off in most SQLite tools, so that the voucher is there is tested too.
_SEALED = """EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id)"""


_BLANKS = ", ".join(f"'{word}'" for word in sorted({"", *keys_of("individual", FORGOTTEN), FORGOTTEN}))
"""What a change may say of who was forgotten: nothing, or the word and its look-up keys."""


def is_fact(table: Table) -> bool:
    """Tell whether a table holds facts."""
    return "reverses_id" in table.columns


def is_card(table: Table) -> bool:
    """Tell whether a table holds cards."""
    return "withdrawn" in table.columns


def all_triggers(tables: Iterable[Table], nouns: Iterable[ModuleType]) -> Iterator[str]:
    """Write every CREATE TRIGGER of a ledger whose tables are these, in a fixed order; `nouns` may have TRIGGERS of their own."""
    tables = list(tables)
    facts = [table for table in tables if is_fact(table)]
    for table in facts:
        yield from _fact_guards(table)
    for table in tables:
        if is_card(table):
            yield from _card_guards(table)
    yield from _voucher_guards(facts)
    own = [trigger for noun in nouns for trigger in getattr(noun, "TRIGGERS", ())]
    yield from own
    yield _gone_guard(own, {table.name: table.columns.keys() for table in tables})


def _gone_guard(triggers: Iterable[str], columns: Mapping[str, Collection[str]]) -> str:
    """Guard of the other order of `presence_guard`: nobody leaves or is suspended before a day on which it took part."""
    guards = (re.findall(r"^CREATE TRIGGER (\w+) BEFORE INSERT ON (\w+)", trigger) for trigger in triggers)
    known = takings((found[0] for found in guards if found), columns)
    return f"""CREATE TRIGGER standing_gone BEFORE INSERT ON standing
  WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.event IN ('left', 'suspended') BEGIN
  SELECT RAISE(ABORT, '合伙人在这一天以后还有参与。') WHERE EXISTS (
    SELECT 1 FROM ({taken_part(known, cards_beside("NEW.partner_id"))}) WHERE happened_on > NEW.happened_on);
END"""


def _trigger(name: str, event: str, table: str, tests: Iterable[tuple[str, str]]) -> str:
    raises = "".join(
        f"\n  SELECT RAISE(ABORT, '{message}') WHERE {condition};" for condition, message in tests
    )
    return f"CREATE TRIGGER {name} {event} ON {table} BEGIN{raises}\nEND"


def _never(table: str, event: str, message: str) -> str:
    return f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} BEGIN\n  SELECT RAISE(ABORT, '{message}');\nEND"


def _append_only(table: str) -> tuple[str, str]:
    return (
        _never(table, "UPDATE", f"{table} 只能追加，不能修改；更正请用冲正或撤销。"),
        _never(table, "DELETE", f"{table} 只能追加，不能删除；更正请用冲正或撤销。"),
    )


def _fact_guards(table: Table) -> Iterator[str]:
    name = table.name
    yield _trigger(
        f"{name}_guard",
        "BEFORE INSERT",
        name,
        [
            (f"EXISTS (SELECT 1 FROM {name} WHERE id = NEW.id)", f"{name} 的编号已被占用。"),
            (
                f"EXISTS (SELECT 1 FROM {name} WHERE voucher_id = NEW.voucher_id AND line = NEW.line)",
                "同一凭证里行号重复。",
            ),
            (_SEALED, "凭证已封存或不存在，不能再加事实。"),
            _open_month(table),
            (
                "NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id)",
                "发生日期在记账日期之后。",
            ),
        ],
    )
    yield _counter_guard(table)
    yield _again_guard(table)
    yield from _append_only(name)


def _open_month(table: Table) -> tuple[str, str]:
    """The community exists and the month in which the fact counts is open; dated rules belong to the root area."""
    if "valid_from" in table.columns:
        root = "EXISTS (SELECT 1 FROM area WHERE id = NEW.community_id AND parent_id IS NULL)"
        return (f"NOT {root}", "规则属于台账的最上级区域。")
    closed = "(SELECT month FROM closed_month WHERE community_id = NEW.community_id)"
    return (
        f"NEW.counted_in <= ifnull({closed}, '9999-99')",
        "该社区这个月已经结账（或区域不是社区），不能再计入。",
    )


def _counter_guard(table: Table) -> str:
    name, signed = table.name, SIGNED.get(table.name)
    different = {*IDENTITY, signed, "shortfall", "pair_id"}
    same = " AND ".join(f"o.{c.name} IS NEW.{c.name}" for c in table.columns if c.name not in different)
    if signed:
        short, due = "0", f"abs(o.{signed})"
        if "shortfall" in table.columns:
            # What was given again stands for all that it takes back, though only what had been taken was to be given.
            short = "NEW.shortfall"
            due += f" + ifnull((SELECT k.shortfall FROM {name} k WHERE k.id = o.restores_id), 0)"
        same += f" AND abs(NEW.{signed}) + {short} = {due} AND NEW.{signed} * o.{signed} <= 0"
    original = f"EXISTS (SELECT 1 FROM {name} o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND {same})"
    return (
        f"CREATE TRIGGER {name}_counter BEFORE INSERT ON {name} WHEN NEW.reverses_id IS NOT NULL BEGIN\n"
        f"  SELECT RAISE(ABORT, '这一笔已经冲正过。')"
        f" WHERE EXISTS (SELECT 1 FROM {name} WHERE reverses_id = NEW.reverses_id);\n"
        f"  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT {original};\nEND"
    )


def _again_guard(table: Table) -> str:
    """What an undo posts again is what a counter-fact had taken back, or a part of it, and once.

    It names the facts that were posted again with it, not those that the counter-fact named.
    """
    name, signed = table.name, SIGNED.get(table.name)
    renamed = {c.name for c in table.columns for key in c.foreign_keys if is_fact(key.column.table)}
    different = {*IDENTITY, *renamed, signed, "shortfall"}
    same = " AND ".join(f"c.{c.name} IS NEW.{c.name}" for c in table.columns if c.name not in different)
    if signed:
        same += f" AND abs(NEW.{signed}) <= abs(c.{signed}) AND NEW.{signed} * c.{signed} <= 0"
    countered = f"EXISTS (SELECT 1 FROM {name} c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND {same})"
    return (
        f"CREATE TRIGGER {name}_again BEFORE INSERT ON {name} WHEN NEW.restores_id IS NOT NULL BEGIN\n"
        f"  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。')"
        f" WHERE EXISTS (SELECT 1 FROM {name} WHERE restores_id = NEW.restores_id);\n"
        f"  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT {countered};\nEND"
    )


def _card_guards(table: Table) -> Iterator[str]:
    name = table.name
    fixed = given_once([column.name for column in table.columns])
    taken = ["id = NEW.id", "uid = NEW.uid"]
    if "number" in table.columns:
        taken += ["code = NEW.code", "issuer_id = NEW.issuer_id AND number = NEW.number"]
    # One statement with OR: a roster's guards took a tenth of its import's time when each test stood alone.
    is_taken = " OR ".join(f"EXISTS (SELECT 1 FROM {name} WHERE {test})" for test in taken)
    called = gathered("TABLES")[name]
    same = [(test, f"同样的{called}已另有一份。") for test in _same_card(table)]
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in fixed)
    # Partners move, with their points; all else is of the community whose figures count it.
    stays = "community_id" in table.columns and name != "partner"
    left = [("OLD.community_id IS NOT NEW.community_id", f"{name} 不能换社区。")] if stays else []
    yield _trigger(
        f"{name}_guard",
        "BEFORE INSERT",
        name,
        [
            (is_taken, f"{name} 的编号已被占用。"),
            (f"NEW.created_in <> NEW.voucher_id OR {_SEALED}", "卡片须由未封存的凭证建立。"),
            *same,
        ],
    )
    yield _trigger(
        f"{name}_edit",
        "BEFORE UPDATE",
        name,
        [(moved, f"{name} 的编号一经给出不能更改。"), *left, (_SEALED, "卡片须由未封存的凭证修改。"), *same],
    )
    yield _history(table, fixed)
    yield _never(name, "DELETE", f"{name} 不能删除；请用撤销。")


def _same_card(table: Table) -> Iterator[str]:
    """Write a test for each unique key besides the fixed ones, partial ones with their condition on both rows."""
    for constraint in sorted(table.constraints, key=lambda c: str(c.name)):
        columns = [column.name for column in getattr(constraint, "columns", ())]
        if isinstance(constraint, UniqueConstraint) and not {"uid", "code", "number"} & set(columns):
            yield _taken_by_another(table, columns, "1")
    for index in sorted(table.indexes, key=lambda i: str(i.name)):
        if index.unique:
            where = str(index.dialect_options["sqlite"]["where"])
            yield _taken_by_another(table, [column.name for column in index.columns], where)


def _taken_by_another(table: Table, columns: list[str], where: str) -> str:
    names = "|".join(sorted((c.name for c in table.columns), key=len, reverse=True))
    mine = re.sub(rf"\b({names})\b(?!')", r"NEW.\1", where)
    same = " AND ".join(f"{column} IS NEW.{column}" for column in columns)
    return f"{mine} AND EXISTS (SELECT 1 FROM {table.name} WHERE {same} AND {where} AND id <> NEW.id)"


def _history(table: Table, fixed: Iterable[str]) -> str:
    name = table.name
    kept = {*fixed, "voucher_id"}
    fields = [c.name for c in table.columns if c.name not in kept]
    changes = "\n    UNION ALL ".join(
        f"SELECT '{field}', {_told(name, field)} WHERE OLD.{field} IS NOT NEW.{field}" for field in fields
    )
    return (
        f"CREATE TRIGGER {name}_history AFTER UPDATE ON {name} BEGIN\n"
        f"  INSERT INTO change (voucher_id, card, card_id, field, before, after)\n"
        f"    SELECT NEW.voucher_id, '{name}', NEW.id, c.* FROM (\n    {changes}) c;\nEND"
    )


def _told(card: str, field: str) -> str:
    """Return SQL for what a change row says of a field before and after."""
    return "NULL, NULL" if field in SECRET.get(card, ()) else f"OLD.{field}, NEW.{field}"


def _voucher_guards(facts: list[Table]) -> Iterator[str]:
    yield _trigger(
        "voucher_guard",
        "BEFORE INSERT",
        "voucher",
        [
            ("EXISTS (SELECT 1 FROM voucher WHERE id = NEW.id OR uid = NEW.uid)", "凭证号已被占用。"),
            ("EXISTS (SELECT 1 FROM voucher WHERE key = NEW.key)", "这个键已经用过。"),
            (
                """EXISTS (SELECT 1 FROM voucher v WHERE v.id = (SELECT max(id) FROM voucher)
                  AND NOT EXISTS (SELECT 1 FROM seal WHERE voucher_id = v.id))""",
                "上一张凭证还没有封存。",
            ),
        ],
    )
    yield from _append_only("voucher")
    yield _seal_guard(facts)
    yield from _append_only("seal")
    yield _trigger(
        "change_guard",
        "BEFORE INSERT",
        "change",
        [
            ("EXISTS (SELECT 1 FROM change WHERE id = NEW.id)", "变更记录的编号已被占用。"),
            (_SEALED, "凭证已封存或不存在，不能再加变更记录。"),
        ],
    )
    yield _blanked_alone()
    yield _never("change", "DELETE", "change 只能追加，不能删除；更正请用冲正或撤销。")


def _blanked_alone() -> str:
    """Guard of changes: only their words go, by the voucher that forgets a partner; its cards and notes are changed by it too."""
    kept = ("id", "voucher_id", "card", "card_id", "field")
    forgetting = f"""EXISTS (SELECT 1 FROM voucher v WHERE v.id = (SELECT max(id) FROM voucher)
                  AND v.action IN ('partner.forget', 'ledger.restore') AND NOT EXISTS (SELECT 1 FROM seal WHERE voucher_id = v.id)
                  AND EXISTS (SELECT 1 FROM change c WHERE c.voucher_id = v.id AND c.card = OLD.card AND c.card_id = OLD.card_id)
                  AND {describes("OLD")})"""
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in kept)
    blank = " AND ".join(f"NEW.{value} IN ({_BLANKS})" for value in ("before", "after"))
    wrong = f"NOT ({same} AND {blank} AND {forgetting})"
    return _trigger(
        "change_no_update",
        "BEFORE UPDATE",
        "change",
        [(wrong, "change 只能追加，不能修改；更正请用冲正或撤销。")],
    )


def _seal_guard(facts: list[Table]) -> str:
    lines = " UNION ALL ".join(
        f"SELECT line FROM {table.name} WHERE voucher_id = NEW.voucher_id" for table in facts
    )
    return _trigger(
        "seal_guard",
        "BEFORE INSERT",
        "seal",
        [
            ("EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)", "凭证已经封存。"),
            ("NEW.voucher_id <> (SELECT max(id) FROM voucher)", "只能封存最后一张凭证。"),
            ("NEW.seq <> 1 + ifnull((SELECT max(seq) FROM seal), 0)", "封条序号不连续。"),
            (
                f"""NOT (SELECT count(*) = NEW.facts AND count(DISTINCT line) = NEW.facts
                  AND ifnull(max(line), 0) = NEW.facts FROM ({lines}))""",
                "封条上的事实数与凭证不符。",
            ),
            (
                "NEW.changes <> (SELECT count(*) FROM change WHERE voucher_id = NEW.voucher_id)",
                "封条上的变更记录数与凭证不符。",
            ),
            (
                """NEW.points <> ifnull((SELECT points FROM seal WHERE seq = NEW.seq - 1), 0)
                  + ifnull((SELECT sum(points) FROM entry WHERE voucher_id = NEW.voucher_id), 0)""",
                "封条上的积分合计与凭证不符。",
            ),
            (
                "(SELECT sum(points) FROM entry WHERE voucher_id = NEW.voucher_id AND kind = 'transfer') <> 0",
                "转移的积分转出与转入不相等。",
            ),
            (_SLIP_DIFFERS, "兑换单的积分、流水和商品不相符。"),
            (_SLIP_PARTED, "一张兑换单和它的积分、商品要计入同一个月。"),
            (_POINTS_BELOW, "收回或转移的积分那时已不在：有的月末会少于 0 分。"),
            (_GOODS_BELOW, "收回或再出的商品那时已不在：有的月末会少于 0。"),
            (
                """EXISTS (SELECT 1 FROM partner p JOIN balance b ON b.partner_id = p.id
                  WHERE p.merged_into_id IS NOT NULL AND b.points > 0)""",
                "已并入的合伙人名下不能留有积分。",
            ),
        ],
    )
