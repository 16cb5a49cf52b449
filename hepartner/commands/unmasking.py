"""Phones shown whole: what `--unmask` does wherever it stands."""

from hashlib import sha256
from typing import TYPE_CHECKING

from hepartner.ledger.releases import Releases, whole
from hepartner.terminal.tables import document
from hepartner.terminal.talk import say, take_down

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hepartner.ledger import Ledger
    from hepartner.ledger.partners import Partner


def released(
    ledger: "Ledger", what: str, partners: "Sequence[Partner]", reason: str, beside: "Mapping[str, object]"
) -> "Sequence[Partner]":
    """Log that these partners are about to be shown whole and return them so; `beside` is shown with the one.

    `what` is the list or the code, in Chinese, without a name. The log comes first: nothing is seen that is not in it.
    """
    shown = whole(partners)
    if shown:
        said = {"partner": shown[0], **beside} if beside else shown
        digest = sha256(f"{document(said)}\n".encode()).hexdigest()
        voucher = ledger.book(Releases).release(what, rows=len(shown), sha256=digest, reason=reason)
        take_down(f"V{voucher}")
        say(f"含个人信息，请勿外传。已记入导出日志：凭证 V{voucher}，{len(shown)} 行；查看：hep log exports")
    return shown
