"""Each seal closes over the one before it: who rewrites a voucher would have to rewrite every one since."""

import sqlite3

from hepartner.ledger import Ledger, chain
from tests.ledger.conftest import enrol


def bad_vouchers(ledger: Ledger) -> list[int | None]:
    """Return the vouchers whose seals do not fit."""
    return [finding.voucher for finding in ledger.custody.verify().findings if finding.check == "封条"]


def test_a_voucher_that_was_rewritten_and_sealed_anew_does_not_fit_the_seal_after_it(ledger: Ledger) -> None:
    partner = enrol(ledger, "武玉侪")
    before = ledger.anchor.head
    rewritten, following = (ledger.points.award(partner, points).voucher for points in (10, 20))
    raw = sqlite3.connect(ledger.database.path, isolation_level=None)
    for trigger in ("entry_no_update", "seal_no_update"):
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute("UPDATE entry SET points = 1000 WHERE voucher_id = ?", (rewritten,))
    assert bad_vouchers(ledger) == [rewritten]
    rows, shapes = ledger.database.rows, ledger.shapes
    ((text,),) = rows(f"SELECT {chain.voucher_text(shapes)} FROM voucher WHERE id = ?", (rewritten,))
    facts = [row[2] for row in rows(chain.facts_query(shapes, ["entry"], f"voucher_id = {rewritten}"))]
    fitting = chain.sealed(before, text, facts)
    raw.execute("UPDATE seal SET sha256 = ? WHERE voucher_id = ?", (fitting, rewritten))
    raw.close()
    assert bad_vouchers(ledger) == [following]
