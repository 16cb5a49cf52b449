"""What is checked of sealed months: what was reported is there, is what it was, and was sealed by somebody."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..closing import unpacked
from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _contents(ledger: "Ledger") -> Iterator[Finding]:
    """Recompute the hash of every content that a seal names, also of one that holds no longer."""
    sql = """SELECT a.name, s.month, s.voucher_id, s.sha256, c.packed FROM month_seal s JOIN area a ON a.id = s.area_id
        LEFT JOIN month_content c ON c.sha256 = s.sha256 WHERE s.sign = 1 ORDER BY s.id"""
    for area, month, voucher, name, packed in ledger.database.stream(sql):
        if unpacked(packed, name) is None:
            yield Finding("封存", f"{area} {month} 封存的月报不在了，或被改动过。", voucher)


def _strangers(ledger: "Ledger") -> Iterator[Finding]:
    sql = "SELECT sha256 FROM month_content WHERE sha256 NOT IN (SELECT sha256 FROM month_seal)"
    for (name,) in ledger.database.rows(sql):
        yield Finding("封存", f"多出一份不属于任何结账的封存内容 {name[:12]}。")


CHECKS = (_contents, _strangers)
