"""The export log: who saw phones of partners whole, when, how many and why; it holds nothing personal itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from .book import Book
from .partners import Partner
from .phone import Whole, WholePhone
from .vouchers import Origin


@dataclass(frozen=True, slots=True)
class Release:
    """One line of the log: what was shown, how many rows of it, and the SHA-256 of the JSON that says it."""

    voucher: int
    recorded_at: str
    operator: str
    what: str
    rows: int
    sha256: str
    reason: str


class Releases(Book):
    """What left the ledger unmasked."""

    def release(self, what: str, *, rows: int, sha256: str, reason: str) -> int:
        """Log that `rows` of something are about to be shown whole; return the voucher's number.

        `what` names lists and codes, never people: it is sealed for ever. The reason is a note, which can be blanked.
        """
        origin = Origin(file_sha256=sha256)
        with self.ledger.voucher("partner.unmask", origin=origin) as voucher:
            voucher.report = json.dumps({"what": what, "rows": rows}, ensure_ascii=False)
            voucher.note(reason)
        return voucher.id

    def log(self) -> list[Release]:
        """Return the whole log, newest first."""
        sql = """SELECT v.id, v.recorded_at, o.name,
              json_extract(s.report, '$.what'), json_extract(s.report, '$.rows'), v.file_sha256,
              ifnull((SELECT n.text FROM note n WHERE n.about_voucher_id = v.id AND n.about_line = 0), '')
            FROM voucher v JOIN operator o ON o.id = v.operator_id JOIN seal s ON s.voucher_id = v.id
            WHERE v.action = 'partner.unmask' ORDER BY v.id DESC"""
        return [Release(*row) for row in self.database.rows(sql)]


def whole(partners: Sequence[Partner]) -> list[Partner]:
    """Return partners whose phones, and phones in what was written of them, print whole."""
    return [
        one._replace(
            phone=WholePhone(one.phone.full),
            category=Whole(one.category),
            skills=Whole(one.skills),
            contact=Whole(one.contact),
            address=Whole(one.address),
            remark=Whole(one.remark),
        )
        for one in partners
    ]
