"""What is checked of partners: cards stand where, as what and as whom their facts say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import stands
from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _merged(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT p.code, b.points FROM partner p JOIN balance b ON b.partner_id = p.id
        WHERE p.merged_into_id IS NOT NULL AND b.points > 0"""
    for code, points in ledger.database.rows(sql):
        yield Finding("余额", f"合伙人 {code} 已并入他人，名下却还有 {points} 分。")


def _standings(ledger: "Ledger") -> Iterator[Finding]:
    """A card stands where, as what and whether its facts say so: figures count the facts, people see the card."""
    sql = """SELECT p.code FROM partner p LEFT JOIN (
          SELECT partner_id, community_id, kind FROM standing GROUP BY 1, 2, 3 HAVING sum(sign * delta) <> 0) s
        ON s.partner_id = p.id
        WHERE CASE WHEN p.withdrawn = 0 AND p.status IN ('active', 'suspended')
          THEN (s.community_id, s.kind) IS NOT (p.community_id, p.kind) ELSE s.partner_id IS NOT NULL END"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("合伙人", f"合伙人 {code} 卡片上的状态、社区或类型与加入、退出等记录不符。")


def _mergers(ledger: "Ledger") -> Iterator[Finding]:
    """A card is merged into whom its fact names: points that come back go there."""
    sql = f"""SELECT p.code FROM partner p LEFT JOIN standing s ON s.partner_id = p.id AND s.event = 'merged'
        AND {stands("standing", "s")}
        WHERE p.merged_into_id IS NOT s.into_id"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("合伙人", f"合伙人 {code} 卡片上并入的人与并入记录不符。")


CHECKS = (_merged, _standings, _mergers)
