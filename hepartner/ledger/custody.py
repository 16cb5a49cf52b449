"""Custody of the file: verifying that it is whole, that nothing was changed past the guards, and that every sum agrees."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from . import chain, errors
from .book import Book
from .checks import checks
from .checks.shape import Check, Finding

if TYPE_CHECKING:
    from pathlib import Path

    from .database import Database
    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification looked at and what it found."""

    vouchers: int
    facts: int
    anchor: chain.Anchor
    findings: tuple[Finding, ...]

    @property
    def first_bad_voucher(self) -> int | None:
        """The earliest voucher that a finding names."""
        return min((f.voucher for f in self.findings if f.voucher is not None), default=None)


class DifferencesFound(errors.LedgerError):
    """Verification found differences."""

    exit_code = 6

    def __init__(self, verified: Verified) -> None:
        first = verified.first_bad_voucher
        where = f"最早的可疑凭证是 V{first}" if first is not None else "没有落在具体凭证上"
        super().__init__(
            f"核验发现 {len(verified.findings)} 处不符，{where}。请停止记账，保留本文件，并从备份恢复或联系管理员。"
        )


class Custody(Book):
    """The ledger file in safe keeping."""

    def verify(self, *, anchor: str | None = None) -> Verified:
        """Check structure, schema, references, chain, balances, stock, slips, standings, closed months and conservation.

        `anchor` is one printed earlier: a file cut or rolled back since then does not contain it.
        Raises errors.DamagedLedger when SQLite can't even read the file.
        """
        from concurrent.futures import ThreadPoolExecutor

        # SQLite looks at the pages while Python hashes the chain: two thirds of the time on two processors.
        with ThreadPoolExecutor(1) as beside, self.ledger.snapshot():
            sealed = self.database.row("SELECT count(*), ifnull(sum(facts), 0) FROM seal")
            file = beside.submit(_file, self.database.path)
            findings = [finding for check in (*CHECKS, *checks()) for finding in check(self.ledger)]
            if anchor is not None:
                findings += _anchor_known(self.ledger, anchor)
            findings = file.result() + findings
            return Verified(sealed[0], sealed[1], self.ledger.anchor, tuple(findings))


def _file(path: "Path") -> list[Finding]:
    """Let SQLite check its pages, indexes, constraints and references, on a connection of its own."""
    from .database import opened

    with closing(opened(path)) as database:
        return [finding for check in (_structure, _references) for finding in check(database)]


def _structure(database: "Database") -> Iterator[Finding]:
    for (message,) in database.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Finding("结构", f"文件结构有损坏：{message}")


def _references(database: "Database") -> Iterator[Finding]:
    for table, row, target, _ in database.rows("PRAGMA foreign_key_check"):
        yield Finding("引用", f"{table} 第 {row} 行引用的 {target} 不存在。")


def _schema(ledger: "Ledger") -> Iterator[Finding]:
    from .schema import statements

    wanted = {_name(sql): sql for sql in statements()}
    rows = ledger.database.rows(
        "SELECT CAST(sql AS TEXT) FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    found = {_name(sql): sql for (sql,) in rows}
    for name in sorted(wanted.keys() - found.keys()):
        yield Finding("结构定义", f"缺少 {name}，台账的防护被拆除过。")
    for name in sorted(found.keys() - wanted.keys()):
        yield Finding("结构定义", f"多出 {name}，不是本程序建立的。")
    for name in sorted(wanted.keys() & found.keys()):
        if wanted[name] != found[name]:
            yield Finding("结构定义", f"{name} 被改动过。")


def _name(sql: str) -> str:
    return (
        sql.split("(", maxsplit=1)[0]
        .split(" ON ", maxsplit=1)[0]
        .split(" BEFORE ", maxsplit=1)[0]
        .split(" AFTER ", maxsplit=1)[0]
        .removeprefix("CREATE ")
        .strip()
    )


def _chain(ledger: "Ledger") -> Iterator[Finding]:
    """Recompute every seal from the stored one before it, so that each changed voucher is named and not all after it."""
    database, shapes = ledger.database, ledger.shapes
    heads = database.stream(
        f"""SELECT v.id, {chain.voucher_text(shapes)}, s.seq, s.version, s.facts, s.sha256,
              ifnull((SELECT p.sha256 FROM seal p WHERE p.seq = s.seq - 1), '{chain.GENESIS}')
            FROM voucher v LEFT JOIN seal s ON s.voucher_id = v.id ORDER BY v.id"""
    )
    facts = groupby(database.stream(chain.facts_query(shapes, shapes.facts, "1")), key=itemgetter(0))
    following = next(facts, None)
    for place, (voucher, text, seq, version, count, link, before) in enumerate(heads, 1):
        while following is not None and following[0] < voucher:
            yield Finding("封条", f"有事实属于不存在的凭证 V{following[0]}。", following[0])
            following = next(facts, None)
        lines = [row[2] for row in following[1]] if following is not None and following[0] == voucher else []
        if following is not None and following[0] == voucher:
            following = next(facts, None)
        if link is None:
            yield Finding("封条", f"凭证 V{voucher} 没有封条。", voucher)
        elif (
            seq != place
            or version != chain.VERSION
            or count != len(lines)
            or chain.sealed(before, text, lines) != link
        ):
            yield Finding("封条", f"凭证 V{voucher} 或它的事实在封存后被改动、增加或删除过。", voucher)
    if following is not None:
        yield Finding("封条", f"有事实属于不存在的凭证 V{following[0]}。", following[0])


def _anchor_known(ledger: "Ledger", anchor: str) -> Iterator[Finding]:
    vouchers, _, rest = anchor.partition("-")
    points, _, head = rest.rpartition("-")
    sql = "SELECT 1 FROM seal WHERE seq = ? AND points = ? AND substr(sha256, 1, 12) = ?"
    known = vouchers.isdecimal() and ledger.database.value(sql, (int(vouchers), points, head.lower()))
    if not known:
        yield Finding("核对码", f"台账里没有核对码 {anchor} 那时的状态：文件可能被截短、换回旧本或改动过。")


CHECKS: tuple[Check, ...] = (_schema, _chain)
"""What is checked of the file as a whole, besides SQLite's own; what is checked of each noun stands in `checks`."""
