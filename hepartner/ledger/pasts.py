"""The past of a partner: what happened to it, and what was changed on its card, in people's words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hepartner.words.partner import KINDS

from .particulars import CreditCode
from .phone import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .database import Database

FIELDS = {
    "name": "名称", "kind": "类型", "phone": "电话", "category": "类别", "skills": "技能", "contact": "联系人",
    "address": "地址", "credit_code": "信用代码", "members": "人数", "community_id": "社区", "grid_id": "网格",
    "joined_on": "加入日期", "remark": "备注",
}  # fmt: skip
"""Field of a partner's card → what it is called. What is computed from others, or told by a step, is no news."""


@dataclass(frozen=True, slots=True)
class Past:
    """One line of a partner's history: what happened, or which field changed from what to what."""

    happened_on: str
    voucher: int
    operator: str
    what: str
    before: str
    after: str


def past(database: "Database", partner_id: int, events: dict[str, str]) -> list[Past]:
    """Return what happened to a partner (`events`: step → word) and its card, newest first; phones masked."""
    rows = database.rows(_PAST, {"id": partner_id, "fields": str(list(FIELDS)).replace("'", '"')})
    return [_past(row, events) for row in rows]


def _past(row: "Sequence[Any]", events: dict[str, str]) -> Past:
    day, voucher, operator, what, sign, before, after, *_ = row
    if sign:
        return Past(day, voucher, operator, events[what] if sign > 0 else f"撤销“{events[what]}”", "", "")
    return Past(day, voucher, operator, FIELDS[what], _shown(what, before), _shown(what, after))


def _shown(field: str, value: str | None) -> str:
    if field == "phone":
        return masked(value or "")
    if field == "credit_code":
        return CreditCode(value or "")
    return KINDS.get(value or "", "") if field == "kind" else value or ""


def _changed(column: str) -> str:
    return f"""CASE WHEN c.field IN ('community_id', 'grid_id')
      THEN (SELECT name FROM area WHERE id = c.{column}) ELSE c.{column} END"""


_PAST = f"""
    SELECT s.happened_on, v.id, o.name, s.event, s.sign, '', '', 0, s.id FROM standing s
      JOIN voucher v ON v.id = s.voucher_id JOIN operator o ON o.id = v.operator_id WHERE s.partner_id = :id
    UNION ALL
    SELECT substr(v.recorded_at, 1, 10), v.id, o.name, c.field, 0, {_changed("before")}, {_changed("after")},
      1, c.id FROM change c
      JOIN voucher v ON v.id = c.voucher_id JOIN operator o ON o.id = v.operator_id
      WHERE c.card = 'partner' AND c.card_id = :id AND c.field IN (SELECT value FROM json_each(:fields))
    ORDER BY 2 DESC, 8, 9"""
