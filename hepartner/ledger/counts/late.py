"""What counts late: facts of closed months that came since, and what they add to the figures of an open month."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..book import Book
from ..months import Span, bounds
from . import counts
from .monthly import KINDS
from .shape import HERE, Additive, Listing, mention


class Brought(NamedTuple):
    """What a voucher brought of an earlier month to a community; a `correction` takes something back or states it anew."""

    voucher: int
    community_id: int
    month: str
    action: str
    first_day: str
    last_day: str
    correction: bool


class LateLine(NamedTuple):
    """What was brought adds to a figure; `amount` is None for one that can't be added, which is asked anew."""

    brought: Brought
    code: str
    rows: int
    amount: int | None


class Late(Book):
    """What came to a month after the months it belongs to were closed."""

    def lines(self, month: str, communities: Collection[int], codes: Collection[str]) -> list[LateLine]:
        """Return what came late to figures of these codes, by community and voucher; what adds nothing to any is left out."""
        asked = bounds(Span.month(month), self.ledger.today()) | {
            "communities": json.dumps(list(communities))
        }
        brought = {
            (one.voucher, one.community_id, one.month): one
            for one in map(Brought._make, self._brought(asked))
        }
        asked["vouchers"] = json.dumps(sorted({voucher for voucher, _, _ in brought}))
        found = (line for code in codes if brought for line in self._added(code, brought, asked))
        return sorted(found, key=lambda line: (line.brought.community_id, line.brought))

    def _brought(self, asked: dict[str, str]) -> list[Any]:
        facts = " UNION ALL ".join(
            f"""SELECT voucher_id, community_id, happened_on, sign FROM {table}
              WHERE {f"{KINDS} AND " * (table == "entry")}counted_in = :last AND happened_on < :first_day AND {HERE}"""
            for table in self.ledger.shapes.facts
        )
        sql = f"""SELECT f.voucher_id, f.community_id, substr(f.happened_on, 1, 7), v.action, min(f.happened_on),
              max(f.happened_on), min(f.sign) < 0
            FROM ({facts}) f JOIN voucher v ON v.id = f.voucher_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
        return self.database.rows(sql, asked)

    def _added(
        self, code: str, brought: dict[tuple[int, int, str], Brought], asked: dict[str, str]
    ) -> Iterator[LateLine]:
        count = counts()[code]
        if "凭证" not in count.columns:
            return
        measure = f"sum({count.measure})" if isinstance(count, Additive) else "NULL"
        sql = f"""SELECT f.voucher_id, f.community_id, substr(f.happened_on, 1, 7), count(*), {measure}
            FROM {count.source} WHERE {count.where} AND f.counted_in = :last AND f.happened_on < :first_day AND f.{HERE}
              AND f.voucher_id IN (SELECT value FROM json_each(:vouchers)) GROUP BY 1, 2, 3"""
        for voucher, community, month, rows, amount in self.database.rows(sql, asked):
            if amount != 0:
                yield LateLine(brought[voucher, community, month], code, rows, amount)


@dataclass(frozen=True, slots=True)
class Opened:
    """A month that was opened again in a community: by whom, who confirmed it, and why."""

    community_id: int
    month: str
    opened_on: str
    voucher: int
    operator: str
    second: str
    reason: str


OPENED = Listing(
    Opened,
    f"""
SELECT f.community_id, f.month, f.happened_on, f.voucher_id, {mention("operator", "name", alias="o", at="0")},
  ifnull({mention("operator", "name", alias="w", at="0")}, ''), ifnull({mention("note", "text", alias="n", at="0")}, '')
FROM period_closing f JOIN voucher v ON v.id = f.voucher_id JOIN operator o ON o.id = v.operator_id
LEFT JOIN operator w ON w.id = v.second_id LEFT JOIN note n ON n.about_voucher_id = v.id AND n.about_line = 0
WHERE f.sign = -1 AND v.action = 'period.reopen' AND :last IN (f.month, f.counted_in) AND f.{HERE}
ORDER BY f.id""",
)
