"""What raw SQL may try against a ledger: each attempt is refused by one guard alone, or shows what a trigger does."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.nouns import gathered

Row = dict[str, object]
OPEN, PAST = "2025-11-20T10:00:00+08:00", "2020-01-01T10:00:00+08:00"
"""When an attempt's voucher was recorded: the days of all that stands in the ledger are past, or yet to come."""


@dataclass(frozen=True)
class Attempt:
    """Statements in a new voucher that is not sealed yet, and what to look at afterwards.

    `name` begins with the name of the guard in question.
    """

    name: str
    statements: tuple[str, ...]
    look: str = "SELECT 1"
    recorded_at: str = OPEN

    @property
    def guard(self) -> str:
        """The trigger that refuses this, or does what is looked at."""
        return self.name.partition(":")[0]

    @property
    def second(self) -> int | None:
        """Who confirmed it; without that no seal is lifted."""
        return 2 if self.guard.startswith("month_seal_") else None


Outcome = tuple[str, object]


def outcome(connection: sqlite3.Connection, attempt: Attempt) -> Outcome:
    """Try it, take it back, and return ('refused', why) or ('accepted', what was to be seen)."""
    connection.execute("SAVEPOINT attempt")
    try:
        connection.execute(
            "INSERT INTO voucher (id, uid, recorded_at, operator_id, action, source, second_id)"
            " SELECT max(id) + 1, 'raw', ?, 1, 'raw', '', ? FROM voucher",
            (attempt.recorded_at, attempt.second),
        )
        for statement in attempt.statements:
            connection.execute(statement)
        return "accepted", connection.execute(attempt.look).fetchall()
    except sqlite3.IntegrityError as error:
        return "refused", str(error)
    finally:
        connection.execute("ROLLBACK TO attempt")
        connection.execute("RELEASE attempt")


def attempts(connection: sqlite3.Connection) -> Iterator[Attempt]:
    """Write every attempt against this ledger."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()
    for (table,) in tables:
        described = connection.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
        columns = [name for (name,) in described]
        if "reverses_id" in columns:
            yield from _against_facts(connection, table, columns)
        elif "withdrawn" in columns:
            yield from _against_cards(connection, table, columns)
    for table in ("voucher", "seal", "change", "month_content"):
        yield from _append_only(table)
    for name, statements in (REFUSED | gathered("REFUSED")).items():
        yield Attempt(name, statements)
    for name, (statement, look) in SEEN.items():
        yield Attempt(name, (statement,), look)


V = "(SELECT max(id) FROM voucher)"
SEALED = "(SELECT max(id) - 1 FROM voucher)"
SIGNED = {"entry": "points", "stock_move": "quantity"}
TAKEN_BACK = {
    "entry": "kind = 'award' AND partner_id < 3 AND happened_on = '2025-01-01'",
    "issue_event": "event = 'reported' AND issue_id > 1",
    "participation": "activity_id = 1",
    "period_closing": "month = '2025-09'",
    "standing": "event = 'joined' AND partner_id < 3",
    "stock_move": "kind = 'in' AND id IN (SELECT min(id) FROM stock_move WHERE kind = 'in' GROUP BY item_id)",
    **gathered("TAKEN_BACK"),
}
"""Which facts of a table can be taken back as the ledger stands; all of them where nothing is said."""


def _append_only(table: str) -> Iterator[Attempt]:
    yield Attempt(f"{table}_no_update", (f"UPDATE OR IGNORE {table} SET rowid = rowid",))
    yield Attempt(f"{table}_no_delete", (f"DELETE FROM {table} WHERE rowid = 1",))


def _against_facts(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Attempt]:
    sql = f"""SELECT * FROM {table} f WHERE sign = 1 AND {TAKEN_BACK.get(table, "1")}
        AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = f.id) ORDER BY id LIMIT 2"""
    one, other = (dict(zip(columns, map(_literal, row), strict=True)) for row in connection.execute(sql))
    replace = "INSERT OR REPLACE"

    def back(fact: Row, into: str = "INSERT", **changed: object) -> str:
        signed = {SIGNED[table]: f"-({fact[SIGNED[table]]})"} if table in SIGNED else {}
        pair = {"pair_id": "NULL"} if "pair_id" in columns else {}
        counter = {"id": "NULL", "voucher_id": V, "line": 1, "counted_in": "'2025-11'", "sign": -1}
        return _insert(table, fact | signed | pair | counter | {"reverses_id": fact["id"]} | changed, into)

    yield Attempt(f"{table}_guard: id", (back(one, replace, id=other["id"]),))
    yield Attempt(f"{table}_guard: line", (back(one), back(other, replace)))
    yield Attempt(f"{table}_guard: sealed", (back(one, voucher_id=SEALED, line=99),))
    if "valid_from" not in columns:
        yield Attempt(f"{table}_guard: closed", (back(one, counted_in="'2025-09'"),))
    yield Attempt(f"{table}_guard: future", (back(one),), recorded_at=PAST)
    new = one | {"id": "NULL", "voucher_id": V, "line": 2, "counted_in": "'2025-11'"}
    again = _insert(table, new, "INSERT")
    yield Attempt(f"{table}_counter: twice", (back(one), again, back(one, replace, line=3)))
    yield Attempt(f"{table}_counter: other", (back(one, happened_on="'2024-12-01'"),))
    for guard in _asking(connection, table):
        if guard == f"{table}_of":
            yield Attempt(guard, (back(one), _insert(table, new | {"community_id": 4}, "INSERT")))
        else:
            column = f"{guard.removeprefix(f'{table}_').removesuffix('present').rstrip('_') or 'partner'}_id"
            late = f"UPDATE partner SET joined_on = '2025-11-20', voucher_id = {V} WHERE id = {one[column]}"
            yield Attempt(guard, (back(one), late, again))
    latest = f"(SELECT max(id) FROM {table})"

    def restored(line: int, into: str = "INSERT", **changed: object) -> str:
        new = {"id": "NULL", "voucher_id": V, "line": line, "counted_in": "'2025-11'", "restores_id": latest}
        return _insert(table, one | new | changed, into)

    countered_again = back(one, line=3, reverses_id=latest)
    yield Attempt(
        f"{table}_again: twice",
        (back(one), restored(2), countered_again, restored(4, replace, restores_id=f"{latest} - 2")),
    )
    yield Attempt(f"{table}_again: other", (back(one), restored(2, restores_id=one["id"])))
    yield from _append_only(table)


def _asking(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield the guards of a table that ask whether a partner was here, or whether the card that is named is of the community.

    Those that the facts of `TAKEN_BACK` do not meet are tried where their noun is.
    """
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY 1"
    tried = gathered("REFUSED")
    for (name,) in connection.execute(sql, (table,)):
        if (name.endswith("_present") or name == f"{table}_of") and name not in tried:
            yield name


def _against_cards(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Attempt]:
    row = connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
    card = dict(zip(columns, map(_literal, row), strict=True))
    names = {"code": "'OTHER'", "number": "999", "name": "'other'", "about_line": "999"}
    new = {"id": "NULL", "uid": "'other'", "created_in": V, "voucher_id": V, "withdrawn": "1"}
    fresh = card | new | {name: value for name, value in names.items() if name in columns}

    def add(**changed: object) -> str:
        return _insert(table, fresh | changed, "INSERT OR REPLACE")

    yield Attempt(f"{table}_guard: sealed", (add(created_in="1"),))
    for column in ("id", "uid", *(("code", "number") if "number" in columns else ())):
        yield Attempt(f"{table}_guard: {column}", (add(**{column: card[column]}),))
    yield Attempt(f"{table}_edit: fixed", (f"UPDATE {table} SET uid = 'x' || id, voucher_id = {V}",))
    if (
        "community_id" in columns
        and f"{table}_edit: community" not in gathered("REFUSED")
        and table != "partner"
    ):
        moved = f"UPDATE {table} SET community_id = 4, voucher_id = {V} WHERE id = {card['id']}"
        yield Attempt(f"{table}_edit: community", (moved,))
    yield Attempt(f"{table}_edit: sealed", (f"UPDATE {table} SET voucher_id = 1",))
    edit = f"UPDATE {table} SET withdrawn = 1 - withdrawn, voucher_id = {V} WHERE id = {card['id']}"
    yield Attempt(f"{table}_history", (edit,), "SELECT count(*) FROM change")
    yield Attempt(f"{table}_no_delete", (f"DELETE FROM {table}",))


def _insert(table: str, values: Row, into: str) -> str:
    return f"{into} INTO {table} ({', '.join(values)}) VALUES ({', '.join(str(v) for v in values.values())})"


def _literal(value: object) -> object:
    if value is None:
        return "NULL"
    return value if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _fact(table: str, day: str, columns: str, values: str, *, line: int = 1, into: str = "INSERT") -> str:
    head = "voucher_id, line, community_id, happened_on, counted_in, sign"
    return f"{into} INTO {table} ({head}, {columns}) VALUES ({V}, {line}, 3, '{day}', '2025-11', 1, {values})"


def _entry(values: str, *, line: int = 1, into: str = "INSERT", more: str = "") -> str:
    return _fact(
        "entry", "2025-07-06", f"partner_id, kind, points, earned_on{more}", values, line=line, into=into
    )


def _moved(values: str, *, line: int = 1, into: str = "INSERT", more: str = "") -> str:
    columns = f"item_id, kind, quantity{more}"
    return _fact("stock_move", "2025-11-20", columns, values, line=line, into=into)


def _seal(
    *,
    voucher: str = V,
    seq: int = 1,
    facts: int = 0,
    changes: int = 0,
    points: int | str = 0,
    into: str = "INSERT",
) -> str:
    return f"""{into} INTO seal (voucher_id, seq, version, facts, changes, points, sha256)
        SELECT {voucher}, seq + {seq}, 1, {facts}, {changes}, points + {points}, hex(randomblob(32))
        FROM seal ORDER BY seq DESC LIMIT 1"""


def _headed(columns: str, values: str) -> str:
    return f"""INSERT OR REPLACE INTO voucher (recorded_at, operator_id, action, source, {columns})
        VALUES ('{OPEN}', 1, 'raw', '', {values})"""


def _by(operator: int, more: str = "", values: str = "", *, action: str = "raw") -> tuple[str, str]:
    """Seal the voucher and begin another of this operator: 1 李梅 manages, 2 王强 is a clerk, 3 陈静 an auditor."""
    head = f"""INSERT OR REPLACE INTO voucher (uid, recorded_at, operator_id, action, source{more})
        VALUES ('by', '{OPEN}', {operator}, '{action}', ''{values})"""
    return _seal(), head


def _area(kind: str, parent: str, code: str = "OTHER", name: str = "其他") -> str:
    return f"""INSERT OR REPLACE INTO area (uid, created_in, voucher_id, kind, parent_id, code, name, name_key)
        SELECT 'other', {V}, {V}, '{kind}', {parent}, '{code}', '{name}', '{name}'"""


def _person(number: int = 999, *, name: str = "陈九", phone: str = "", credit_code: str = "") -> str:
    return f"""INSERT OR REPLACE INTO partner (uid, created_in, voucher_id, issuer_id, number, code, community_id, kind, name,
        name_key, joined_on, phone, credit_code) VALUES ('other{number}', {V}, {V}, 3, {number}, 'XF-P0{number}', 3,
        'group', '{name}', '{name}', '2025-01-01', '{phone}', '{credit_code}')"""


def _item(name: str = "盐") -> str:
    return f"""INSERT OR REPLACE INTO item (uid, created_in, voucher_id, issuer_id, number, code, community_id, name, name_key)
        VALUES ('other', {V}, {V}, 3, 999, 'XF-S0999', 3, '{name}', '{name}')"""


def _edited(table: str, field: str) -> str:
    return f"UPDATE OR REPLACE {table} SET voucher_id = {V}, {field}"


def _carded(table: str, columns: str, values: str) -> str:
    return f"""INSERT OR REPLACE INTO {table} (uid, created_in, voucher_id, {columns})
        VALUES ('other', {V}, {V}, {values})"""


_LAST_SLIP = "(SELECT max(id) FROM redemption)"
_LAST_ENTRY = "(SELECT max(id) FROM entry)"
_LAST_CLOSING = "(SELECT max(id) FROM period_closing WHERE community_id = 3)"
_SLIP = _fact("redemption", "2025-11-20", "partner_id, points", "1, 10", line=9)
_GOODS = ", price, redemption_id"
_BACK = f"""INSERT INTO participation (voucher_id, line, community_id, happened_on, counted_in, sign, activity_id, partner_id,
    minutes, reverses_id) SELECT voucher_id, 2, community_id, happened_on, counted_in, -1, activity_id, partner_id, minutes, id
    FROM participation WHERE voucher_id = {V} AND line = 1"""
_OUT = _entry("1, 'transfer', -4, '2025-07-01'", line=8)

_LAST_LINE = "(SELECT max(id) FROM participation)"
_LAST_HELP = "(SELECT max(id) FROM issue_help)"


def _help(partner: int, *, line: int = 2) -> str:
    return _fact("issue_help", "2025-07-06", "issue_id, partner_id", f"2, {partner}", line=line)


_FORGOTTEN = _edited(
    "partner",
    "forgotten_on = '2025-11-20', status = 'left', name = '已注销', phone = '', phone_tail = '' WHERE id = 2",
)


def _opened_again(month: str, *, line: int) -> str:
    return f"""INSERT INTO period_closing (voucher_id, line, community_id, happened_on, counted_in, sign, month, reverses_id)
        SELECT {V}, {line}, 3, happened_on, '2025-11', -1, month, id FROM period_closing
        WHERE community_id = 3 AND month = '{month}'"""


def _sealed(area: str, month: str, name: str = "(SELECT min(sha256) FROM month_content)") -> str:
    return _fact("month_seal", "2025-11-20", "area_id, month, sha256", f"{area}, '{month}', {name}")


REFUSED: dict[str, tuple[str, ...]] = {
    "voucher_guard: unsealed": (_headed("uid", "'x'"),),
    "voucher_guard: taken": (_seal(), _headed("id, uid", "1, 'x'")),
    "voucher_guard: key": (
        _seal(),
        _headed("uid, key, intention", "'x', 'k', 'i'"),
        _seal(),
        _headed("uid, key, intention", "'y', 'k', 'i'"),
    ),
    "voucher_operator: auditor": _by(3),
    "voucher_operator: nobody": _by(99),
    "voucher_reserved: rule": _by(2, action="rule.add"),
    "voucher_reserved: undo": _by(2, ", undoes_id", ", (SELECT id FROM voucher WHERE action = 'setting.set')"),
    "voucher_second: the same": _by(2, ", second_id", ", 2"),
    "voucher_second: an auditor": _by(1, ", second_id", ", 3"),
    "operator_new_by": (*_by(2), _carded("operator", "name, role", "'内应', 'manager'")),
    "operator_role_by": (*_by(2), _edited("operator", "role = 'manager' WHERE id = 2")),
    "operator_pin_by": (*_by(2), _edited("operator", "pin = 'scrypt$1$1$1$0$0' WHERE id = 1")),
    "operator_last_manager": (_edited("operator", "withdrawn = 1 WHERE id = 1"),),
    "redemption_second": (_fact("redemption", "2025-11-20", "partner_id, points", "1, 501", line=9),),
    "seal_guard: again": (_seal(), _seal(into="INSERT OR REPLACE")),
    "seal_guard: last": (_seal(voucher="(SELECT max(id) + 5 FROM voucher)"),),
    "seal_guard: seq": (_seal(seq=9, points="-points"),),
    "seal_guard: facts": (_seal(facts=1),),
    "seal_guard: changes": (_edited("partner", "remark = 'x' WHERE id = 1"), _seal(changes=2)),
    "seal_guard: points": (_seal(points=1),),
    "seal_guard: transfers": (_entry("1, 'transfer', -4, '2025-07-01'"), _seal(facts=1, points=-4)),
    "seal_guard: slip without points": (
        _SLIP.replace(f"{V}, 9,", f"{V}, 1,"), _moved(f"2, 'redeem', -1, 10, {_LAST_SLIP}", more=_GOODS, line=2), _seal(facts=2),
    ),
    "seal_guard: slip of two months": (
        _SLIP.replace(f"{V}, 9,", f"{V}, 1,"), _moved(f"2, 'redeem', -1, 10, {_LAST_SLIP}", more=_GOODS, line=2),
        _fact("entry", "2025-11-20", "partner_id, kind, points, earned_on, redemption_id",
              f"1, 'redeem', -10, '2025-11-20', {_LAST_SLIP}", line=3).replace("'2025-11',", "'2025-12',"),
        _seal(facts=3, points=-10),
    ),
    "seal_guard: points carried before they came": (
        _entry("1, 'award', 5000, '2025-07-06'").replace("'2025-11',", "'2025-12',"),
        _entry("1, 'transfer', -5000, '2025-07-06'", line=2),
        _entry(f"2, 'transfer', 5000, '2025-07-06', {_LAST_ENTRY}", more=", pair_id", line=3),
        _seal(facts=3, points=5000),
    ),
    "seal_guard: goods taken back before they came": (
        _moved("2, 'in', 5000").replace("'2025-11',", "'2025-12',"),
        f"""INSERT INTO stock_move (voucher_id, line, community_id, happened_on, counted_in, sign, item_id, kind, quantity,
            reverses_id) SELECT voucher_id, 2, community_id, happened_on, '2025-11', -1, item_id, kind, -quantity, id
            FROM stock_move WHERE voucher_id = {V}""",
        _seal(facts=2),
    ),
    "seal_guard: merged with points": (
        _edited("partner", "status = 'merged', merged_into_id = 2 WHERE id = 1"), _seal(changes=2),
    ),
    "change_guard: id": (
        f"INSERT OR REPLACE INTO change (id, voucher_id, card, card_id, field) VALUES (1, {V}, 'x', 1, 'x')",
    ),
    "change_guard: sealed": ("INSERT INTO change (voucher_id, card, card_id, field) VALUES (1, 'partner', 1, 'x')",),
    "area_guard: same code": (_area("grid", "3", code="W1"),),
    "area_guard: same name": (_area("grid", "3", name="第一网格"),),
    "area_edit: same code": (_area("grid", "3"), _edited("area", "code = 'W1' WHERE code = 'OTHER'")),
    "area_edit: same name": (_area("grid", "3"), _edited("area", "name = '第一网格' WHERE code = 'OTHER'")),
    "area_place: root": (_area("district", "NULL"),),
    "area_place: level": (_area("community", "1"),),
    "area_parent: facts": (_edited("area", "parent_id = (SELECT id FROM area WHERE code = 'HJ') WHERE id = 3"),),
    "area_parent: level": (_edited("area", "parent_id = 1 WHERE code = 'W1'"),),
    "area_founding_months": (
        _area("community", "2"),
        f"""INSERT INTO area_founding (voucher_id, line, community_id, happened_on, counted_in, sign)
            SELECT {V}, 1, id, '2025-11-20', '2025-11', 1 FROM area WHERE code = 'OTHER'""",
    ),
    "period_closing_order: next": (_fact("period_closing", "2025-11-20", "month", "'2025-05'"),),
    "period_closing_order: latest": (
        _fact("period_closing", "2025-11-20", "month", "'2025-10'"),
        _opened_again("2025-09", line=2),
    ),
    "period_closing_guard: no community": (
        _fact("period_closing", "2025-11-20", "month", "'2025-10'").replace(f"{V}, 1, 3,", f"{V}, 1, 2,"),
    ),
    "period_closing_sealed": (_opened_again("2025-09", line=1), _opened_again("2025-08", line=2)),
    "month_seal_guard: new in a sealed one": (_sealed("3", "2025-09").replace(f"{V}, 1, 3,", f"{SEALED}, 99, 3,"),),
    "month_seal_guard: no community": (_sealed("2", "2025-09").replace(f"{V}, 1, 3,", f"{V}, 1, 2,"),),
    "month_seal_closed: elsewhere": (_sealed("4", "2025-09"),),
    "month_seal_closed: open": (_sealed("3", "2025-10"),),
    "month_seal_closed: again": (_sealed("3", "2025-08"),),
    "month_seal_closed: empty": (_sealed("3", "2025-09", "'none'"),),
    "reopening_second": (
        f"""INSERT INTO month_seal (voucher_id, line, community_id, happened_on, counted_in, sign, area_id, month, sha256,
              reverses_id)
            SELECT {V}, 1, community_id, happened_on, '2025-11', -1, area_id, month, sha256, id FROM month_seal LIMIT 1""",
    ),
    "month_content_guard": (
        "INSERT OR REPLACE INTO month_content SELECT sha256, x'00' FROM month_content LIMIT 1",
    ),
    "rule_version_guard: root": (
        _fact("rule_version", "2025-07-06", "rule_id, points, per, valid_from", "1, 5, 'time', '2025-07-06'"),
    ),
    "closed_month_guard": ("UPDATE closed_month SET month = '2025-10'",),
    "closed_month_new": ("INSERT OR REPLACE INTO closed_month (community_id, month) VALUES (3, '')",),
    "closed_month_no_delete": ("DELETE FROM closed_month",),
    "partner_guard: same person": (_person(name="陈一", phone="13800000001"),),
    "partner_guard: same credit code": (_person(998, credit_code="9"), _person(name="陈十", credit_code="9")),
    "partner_edit: same person": (
        _person(name="陈一"), _edited("partner", "phone = '13800000001' WHERE code = 'XF-P0999'"),
    ),
    "partner_edit: same credit code": (
        _person(998, credit_code="9"), _person(), _edited("partner", "credit_code = '9' WHERE code = 'XF-P0999'"),
    ),
    "partner_grid_new": (
        _person().replace("joined_on,", "joined_on, grid_id,").replace("'2025-01-01',", "'2025-01-01', 4,"),
    ),
    "partner_grid_edited": (_edited("partner", "grid_id = 4 WHERE id = 1"),),
    "partner_forgotten": (_FORGOTTEN, _edited("partner", "joined_on = '2025-01-02' WHERE id = 2")),
    "partner_merged_forgotten": (_FORGOTTEN, _edited("partner", "status = 'merged', merged_into_id = 2 WHERE id = 1")),
    "partner_merged_round": (
        _edited("partner", "status = 'merged', merged_into_id = 2 WHERE id = 1"),
        _edited("partner", "status = 'merged', merged_into_id = 1 WHERE id = 2"),
    ),
    "standing_balance": (
        _fact("standing", "2025-07-06", "partner_id, kind, event, delta", "1, 'individual', 'rejoined', 1"),
    ),
    "rule_guard: same code": (_carded("rule", "code, name, name_key", "'HOUR', '另一条', '另一条'"),),
    "rule_edit: same code": (
        _carded("rule", "code, name, name_key", "'OTHER', '另一条', '另一条'"),
        _edited("rule", "code = 'HOUR' WHERE code = 'OTHER'"),
    ),
    "issue_category_guard: same code": (_carded("issue_category", "code, name, days", "'LAMP', '灯', 3"),),
    "issue_category_edit: same code": (
        _carded("issue_category", "code, name, days", "'OTHER', '灯', 3"),
        _edited("issue_category", "code = 'LAMP' WHERE code = 'OTHER'"),
    ),
    "item_guard: same name": (_item("大米"),),
    "item_edit: same name": (_item(), _edited("item", "name_key = '大米' WHERE code = 'XF-S0999'")),
    "operator_guard: same name": (_carded("operator", "name", "'李梅'"),),
    "operator_edit: same name": (
        _carded("operator", "name", "'覃师傅'"), _edited("operator", "name = '李梅' WHERE name = '覃师傅'"),
    ),
    "setting_guard: same name": (_carded("setting", "name, value", "'office', '别处'"),),
    "setting_edit: same name": (
        _carded("setting", "name, value", "'other', '别处'"), _edited("setting", "name = 'office' WHERE name = 'other'"),
    ),
    "note_guard: same place": (
        """INSERT OR REPLACE INTO note (uid, created_in, voucher_id, about_voucher_id, about_line, text)
            SELECT 'other', v, v, about_voucher_id, about_line, '另一句'
            FROM note JOIN (SELECT max(id) AS v FROM voucher) LIMIT 1""",
    ),
    "note_edit: same place": (
        _carded("note", "about_voucher_id, about_line, text", "1, 0, '一句'"),
        _edited("note", "about_voucher_id = n.about_voucher_id, about_line = n.about_line FROM"
                        " (SELECT * FROM note WHERE uid <> 'other' LIMIT 1) n WHERE note.uid = 'other'"),
    ),
    "activity_held_once": (_fact("activity_held", "2025-07-06", "activity_id, kind", "2, 'arts'"),),
    "organising_once": (_fact("organising", "2025-07-05", "activity_id, partner_id", "1, 1"),),
    "activity_day_fixed: day": (_edited("activity", "held_on = '2025-07-04' WHERE id = 1"),),
    "activity_held_fits": (
        _carded("activity", "issuer_id, number, code, community_id, held_on, name, name_key",
                "3, 999, 'XF-H0999', 3, '2025-07-07', '另', '另'"),
        _fact("activity_held", "2025-07-06", "activity_id, kind", "(SELECT max(id) FROM activity), 'arts'"),
    ),
    "organising_fits": (_fact("organising", "2025-07-06", "activity_id, partner_id", "1, 3"),),
    "participation_fits: day": (
        _fact("participation", "2025-07-07", "activity_id, partner_id, minutes", "1, 3, 60"),
    ),
    "participation_fits: withdrawn": (
        _fact("participation", "2025-07-06", "activity_id, partner_id, minutes", "2, 1, 60"),
        _BACK,
        _edited("partner", "withdrawn = 1 WHERE id = 1"),
        _fact(
            "participation", "2025-07-06", "activity_id, partner_id, minutes, restores_id",
            "2, 1, 60, (SELECT max(id) FROM participation)", line=3,
        ),
    ),
    "participation_fits: rule": (
        _fact(
            "participation", "2025-07-06", "activity_id, partner_id, minutes, rule_version_id, needs_confirmer",
            "2, 3, 60, 1, 1",
        ),
    ),
    "confirmation_waited": (_fact("confirmation", "2025-07-06", "participation_id", "1"),),
    "participation_guard: id in a month without any": (
        _fact("participation", "2025-07-06", "id, activity_id, partner_id, minutes", "1, 2, 3, 60", into="INSERT OR REPLACE")
        .replace("2025-11", "2026-01"),
    ),
    "entry_guard: id in a month without any": (
        _entry("(SELECT id FROM partner WHERE name = '陈四'), 'award', 5, '2025-07-06', 1", more=", id",
               into="INSERT OR REPLACE").replace("'2025-11'", "'2026-01'"),
    ),
    "stock_move_guard: id of a new item": (
        _item(), _moved("(SELECT max(id) FROM item), 'in', 5, 1", more=", id", into="INSERT OR REPLACE"),
    ),
    "entry_after_confirming: twice": (
        _fact("participation", "2025-07-06", "activity_id, partner_id, minutes", "2, 3, 60", line=2),
        _entry(f"3, 'award', 5, '2025-07-06', {_LAST_LINE}", more=", participation_id"),
        _entry(f"3, 'award', 5, '2025-07-06', {_LAST_LINE}", more=", participation_id", line=3),
    ),
    "entry_of_help: not the helper": (
        _help(3), _entry(f"2, 'award', 5, '2025-07-06', {_LAST_HELP}", more=", issue_help_id"),
    ),
    "entry_of_help: twice": (
        _help(3),
        _entry(f"3, 'award', 5, '2025-07-06', {_LAST_HELP}", more=", issue_help_id"),
        _entry(f"3, 'award', 5, '2025-07-06', {_LAST_HELP}", more=", issue_help_id", line=3),
    ),
    "issue_help_early": (_fact("issue_help", "2025-07-02", "issue_id, partner_id", "2, 3"),),
    "issue_help_repeated": (_help(3), _help(3, line=3)),
    "standing_days": (
        _fact("standing", "2023-12-31", "partner_id, kind, event, delta", "1, 'individual', 'moved_out', -1"),
    ),
    "standing_gone": (
        _fact("standing", "2025-07-01", "partner_id, kind, event, delta", "3, 'individual', 'suspended', 0"),
    ),
    "stock_move_priced": (
        _SLIP, _moved(f"2, 'redeem', -1, 9, {_LAST_SLIP}", more=_GOODS),
    ),
    "entry_after_confirming: not confirmed": (
        _entry(
            "3, 'award', 5, '2025-07-06', (SELECT id FROM participation WHERE activity_id = 2 AND partner_id = 3)",
            more=", participation_id",
        ),
    ),
    "entry_enough: none": (_entry("99, 'award', 5, '2025-07-06'"),),
    "entry_enough: spent": (_entry("2, 'deduct', -9999, '2025-07-06'", into="INSERT OR IGNORE"),),
    "entry_since": (
        _fact("entry", "2025-01-01", "partner_id, kind, points, earned_on", "2, 'deduct', -400, '2025-01-01'"),
    ),
    "entry_of_slip": (_entry("1, 'redeem', -10, '2025-07-06', 1", more=", redemption_id"),),
    "balance_guard": ("UPDATE balance SET points = 1000",),
    "balance_new": ("INSERT OR REPLACE INTO balance (partner_id, points) VALUES (1, 0)",),
    "balance_no_delete": ("DELETE FROM balance",),
    "entry_pair_legs: other": (
        _OUT, _entry(f"2, 'transfer', 5, '2025-07-01', {_LAST_ENTRY}", more=", pair_id"),
    ),
    "entry_pair_legs: twice": (
        _OUT,
        _entry(f"2, 'transfer', 4, '2025-07-01', {_LAST_ENTRY}", more=", pair_id"),
        _entry(
            f"2, 'transfer', 4, '2025-07-01', {_LAST_ENTRY} - 1", more=", pair_id", line=2, into="INSERT OR REPLACE"
        ),
    ),
    "stock_move_quota: line": (
        _SLIP,
        _moved(f"2, 'redeem', -1, 10, {_LAST_SLIP}", more=_GOODS),
        _moved(f"2, 'redeem', -1, 10, {_LAST_SLIP}", more=_GOODS, line=2),
    ),
    "stock_move_quota: quota": (_SLIP, _moved(f"1, 'redeem', -1, 10, {_LAST_SLIP}", more=_GOODS)),
    "stock_move_slip": (_moved("2, 'redeem', -1, 10, 1", more=_GOODS),),
    "stock_move_enough: none": (_moved("99, 'in', 1"),),
    "stock_move_enough: short": (_moved("2, 'out', -99", into="INSERT OR IGNORE"),),
    "stock_move_since": (_fact("stock_move", "2024-12-31", "item_id, kind, quantity", "2, 'out', -1"),),
    "stock_guard": ("UPDATE stock SET quantity = 1000",),
    "stock_new": ("INSERT OR REPLACE INTO stock (item_id, quantity) VALUES (1, 0)",),
    "stock_no_delete": ("DELETE FROM stock",),
    "issue_event_days": (_fact("issue_event", "2025-07-02", "issue_id, event, category", "2, 'assigned', 'LAMP'"),),
    "issue_event_same": (_fact("issue_event", "2025-07-06", "issue_id, event, category", "2, 'assigned', 'TREE'"),),
    "issue_event_order": (
        _fact("issue_event", "2025-07-06", "issue_id, event, category, confirmed", "2, 'confirmed', 'LAMP', 1"),
    ),
    "entry_tally_guard": ("UPDATE entry_tally SET points = 1000",),
    "entry_tally_new": (
        "INSERT OR REPLACE INTO entry_tally SELECT kind, counted_in, community_id, 0, NULL FROM entry_tally",
    ),
    "entry_tally_no_delete": ("DELETE FROM entry_tally",),
    "participation_tally_guard": ("UPDATE participation_tally SET minutes = 1000",),
    "participation_tally_new": (
        "INSERT OR REPLACE INTO participation_tally SELECT counted_in, community_id, 0, 0, NULL FROM participation_tally",
    ),
    "participation_tally_no_delete": ("DELETE FROM participation_tally",),
}  # fmt: skip
"""What is tried beside what every fact and every card is tried with; the last statement is the one that is refused."""

SEEN: dict[str, tuple[str, str]] = {
    "area_months": (_area("community", "2"), "SELECT count(*) FROM closed_month"),
    "period_closing_moves": (
        _fact("period_closing", "2025-11-20", "month", "'2025-10'"),
        "SELECT month FROM closed_month WHERE community_id = 3",
    ),
    "partner_balance": (_person(), "SELECT count(*) FROM balance"),
    "entry_moves": (_entry("1, 'award', 5, '2025-07-06'"), "SELECT points FROM balance WHERE partner_id = 1"),
    "entry_tallied": (_entry("1, 'award', 5, '2025-07-06'"), "SELECT sum(points) FROM entry_tally"),
    "participation_tallied": (
        _fact("participation", "2025-07-06", "activity_id, partner_id, minutes", "2, 3, 60"),
        "SELECT sum(minutes) FROM participation_tally",
    ),
    "stock_move_moves": (_moved("1, 'in', 7"), "SELECT sum(quantity) FROM stock"),
    "item_stock": (_item(), "SELECT count(*) FROM stock"),
}
"""What triggers do: a statement, and where to see it."""
