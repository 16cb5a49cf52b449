"""Audits of points: who got most, who gave to themselves, sums too round, what was taken back and what could not be."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hepartner import words
from hepartner.chinese.names import match_key

from ..facts import stands
from ..persons import survivor
from .shape import ENTRIES, PARTNER, RECORDED, Notable, Scope

if TYPE_CHECKING:
    from ..ledger import Ledger

MOST = 10
"""As many are listed as fit beside the other audits on a page."""
ROUND = 100
"""Sums by hand that are a multiple of this are round: rules give odd ones."""


def top_gains(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Those who were awarded most, net of what was taken back, a person's cards as one."""
    sql = f"""WITH gained AS (
          SELECT e.partner_id, sum(e.points) AS points, sum(e.sign) AS times FROM {ENTRIES}
          WHERE e.kind = 'award' AND {scope.within("e")} AND {RECORDED} GROUP BY 1)
        SELECT {PARTNER}, sum(g.points), sum(g.times) FROM gained g JOIN partner p ON p.id = {survivor("g.partner_id")}
        GROUP BY p.id HAVING sum(g.points) > 0 ORDER BY 2 DESC, p.id LIMIT {MOST}"""
    for partner, points, times in ledger.database.rows(sql, scope.days):
        yield Notable(f"{times} 笔，共 {points} 分", partner=partner, points=points)


def to_themselves(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Awards to partners who are called like the operator."""
    keys = {number: match_key(name) for number, name in ledger.database.rows("SELECT id, name FROM operator")}
    mine = " OR ".join(f"(v.operator_id = {number} AND p.name_key = :name{number})" for number in keys)
    asked = scope.days | {f"name{number}": key for number, key in keys.items()}
    sql = f"""SELECT v.id, v.recorded_at, o.name, {PARTNER}, e.points FROM {ENTRIES} JOIN partner p ON p.id = e.partner_id
        WHERE e.kind IN ('award', 'opening') AND e.points > 0 AND {stands("entry", "e")} AND ({mine})
          AND {scope.within("e")} AND {RECORDED} ORDER BY e.id"""
    for voucher, at, operator, partner, points in ledger.database.rows(sql, asked):
        yield Notable(f"发给与自己同名的合伙人 {points} 分", voucher, at, operator, partner, points)


def round_sums(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Awards that no rule gave, of a round sum."""
    sql = f"""SELECT v.id, v.recorded_at, o.name, {PARTNER}, e.points FROM {ENTRIES} JOIN partner p ON p.id = e.partner_id
        WHERE v.action = 'points.award' AND e.kind = 'award' AND e.rule_version_id IS NULL
          AND e.points > 0 AND e.points % {ROUND} = 0 AND {stands("entry", "e")}
          AND {scope.within("e")} AND {RECORDED} ORDER BY e.points DESC, e.id"""
    for voucher, at, operator, partner, points in ledger.database.rows(sql, scope.days):
        yield Notable(f"不按规则发放整 {points} 分", voucher, at, operator, partner, points)


def reversals(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Vouchers that took something back: undos, and whatever reversed points."""
    back = f"""SELECT e.voucher_id, sum(e.points) AS points, count(DISTINCT e.partner_id) AS partners, min(e.partner_id) AS one
        FROM entry e WHERE e.sign = -1 AND e.kind <> 'transfer' AND {scope.within("e")} GROUP BY 1"""
    sql = f"""SELECT v.id, v.recorded_at, o.name, v.action, v.undoes_id, b.points, b.partners, {PARTNER}
        FROM voucher v JOIN operator o ON o.id = v.operator_id LEFT JOIN ({back}) b ON b.voucher_id = v.id
        LEFT JOIN partner p ON p.id = b.one
        WHERE (b.voucher_id IS NOT NULL OR v.action = 'undo' AND {scope.touching(ledger)}) AND {RECORDED} ORDER BY v.id"""
    for voucher, at, operator, action, undoes, points, partners, partner in ledger.database.rows(
        sql, scope.days
    ):
        what = f"{words.actions()[action]}{f' V{undoes}' if undoes else ''}{_moved(points)}"
        whose = f"{partners} 位" if (partners or 0) > 1 else partner
        yield Notable(what, voucher, at, operator, whose, points)


def shortfalls(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """What was to be taken back and had been spent; what was given again since is left out."""
    again = "NOT EXISTS (SELECT 1 FROM entry k WHERE k.restores_id = e.id OR k.reverses_id = e.id)"
    sql = f"""SELECT v.id, v.recorded_at, o.name, {PARTNER}, e.shortfall, v.action FROM {ENTRIES}
        JOIN partner p ON p.id = e.partner_id
        WHERE e.shortfall > 0 AND {again} AND {scope.within("e")} AND {RECORDED} ORDER BY e.shortfall DESC, e.id"""
    for voucher, at, operator, partner, short, action in ledger.database.rows(sql, scope.days):
        what = f"{words.actions()[action]}时已花掉 {short} 分，收不回"
        yield Notable(what, voucher, at, operator, partner, short)


def _moved(points: int | None) -> str:
    if not points:
        return ""
    return f"，收回 {-points} 分" if points < 0 else f"，退回 {points} 分"


AUDITS = {
    "gains": top_gains,
    "self": to_themselves,
    "round": round_sums,
    "reversals": reversals,
    "shortfalls": shortfalls,
}
