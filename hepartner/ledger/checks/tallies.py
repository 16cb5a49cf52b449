"""What is checked of the running sums beside entries and sheets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .shape import Finding

if TYPE_CHECKING:
    from ..ledger import Ledger


def _tallies(ledger: "Ledger") -> Iterator[Finding]:
    for fact, keys, sums in (
        ("entry", "kind, counted_in, community_id", {"points": "points"}),
        ("participation", "counted_in, community_id", {"times": "sign", "minutes": "sign * minutes"}),
    ):
        last = f"{fact}_id"
        added = ", ".join(f"-sum({what}) AS {name}" for name, what in sums.items())
        differ = " OR ".join(f"sum({name}) <> 0" for name in (*sums, last))
        sql = f"""SELECT (SELECT name FROM area WHERE id = community_id), counted_in FROM (
              SELECT {keys}, {", ".join(sums)}, {last} FROM {fact}_tally
              UNION ALL SELECT {keys}, {added}, -max(id) FROM {fact} GROUP BY {keys})
            GROUP BY {keys} HAVING {differ} OR count(*) <> 2"""
        for community, month in ledger.database.rows(sql):
            yield Finding("累计", f"{community} {month} 的累计（{fact}_tally）与流水不符。")


CHECKS = (_tallies,)
