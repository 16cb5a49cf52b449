"""Audits of vouchers: those written at night, and those after which the clock had gone back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import RECORDED, Notable, Scope

if TYPE_CHECKING:
    from ..ledger import Ledger

EVENING, MORNING = "22:00", "06:00"
"""Between these nobody is at the office."""


def at_night(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """What an operator wrote in one night, told once; by the clock of the computer that wrote it."""
    time, night = "substr(v.recorded_at, 12, 5)", "date(substr(v.recorded_at, 1, 19), '-6 hours')"
    sql = f"""SELECT min(v.id), min(v.recorded_at), max(v.recorded_at), o.name, count(*)
        FROM voucher v JOIN operator o ON o.id = v.operator_id
        WHERE ({time} >= '{EVENING}' OR {time} < '{MORNING}') AND {RECORDED} AND {scope.touching(ledger)}
        GROUP BY v.operator_id, {night} ORDER BY 1"""
    for voucher, first, last, operator, times in ledger.database.rows(sql, scope.days):
        until = "" if first[:16] == last[:16] else f" 至 {last[11:16]}"
        yield Notable(f"夜里 {first[11:16]}{until} 记了 {times} 张凭证", voucher, first, operator)


def clock_set_back(ledger: "Ledger", scope: Scope) -> Iterator[Notable]:
    """Vouchers that are older by their time than the one before them."""
    sql = f"""SELECT v.id, v.recorded_at, o.name, v.before, v.known FROM (
          SELECT id, recorded_at, operator_id, lag(id) OVER w AS before, lag(recorded_at) OVER w AS known
          FROM voucher WINDOW w AS (ORDER BY id)) v JOIN operator o ON o.id = v.operator_id
        WHERE julianday(v.recorded_at) < julianday(v.known) AND {RECORDED} AND {scope.touching(ledger)} ORDER BY v.id"""
    for voucher, at, operator, before, known in ledger.database.rows(sql, scope.days):
        yield Notable(
            f"前一张 V{before} 记于 {known[:16].replace('T', ' ')}，时钟倒退了", voucher, at, operator
        )


AUDITS = {"night": at_night, "clock": clock_set_back}
