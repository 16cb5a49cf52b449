"""Custody of the file: verifying that it is whole, that nothing was changed past the guards, and that every sum agrees."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import dropwhile, groupby
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from . import chain, errors
from .book import Book
from .checks import checks
from .checks.shape import Check, Finding

if TYPE_CHECKING:
    from concurrent.futures import Future
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
            asked = (*CHECKS, *checks())
            findings = [finding for check in asked for finding in self._found(check, file)]
            if anchor is not None:
                findings += _anchor_known(self.ledger, anchor)
            findings = file.result() + findings
            return Verified(sealed[0], sealed[1], self.ledger.anchor, tuple(findings))

    def _found(self, check: Check, file: "Future[list[Finding]]") -> list[Finding]:
        """Return what a check finds until it meets a value of another type than its column's, which SQLite told of then."""
        findings = []
        try:
            # Not a comprehension: what was found before is kept.
            for finding in check(self.ledger):
                findings.append(finding)  # noqa: PERF402 see above
        except (TypeError, ValueError):
            # Only damage leaves such a value in a STRICT table.
            if not file.result():
                raise
        return findings


def _file(path: "Path") -> list[Finding]:
    """Let SQLite check its pages, indexes, constraints, references and orders, on a connection of its own."""
    from .database import opened

    with closing(opened(path)) as database:
        return [finding for check in FILE_CHECKS for finding in check(database)]


def _structure(database: "Database") -> Iterator[Finding]:
    for (message,) in database.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Finding("结构", f"文件结构有损坏：{message}")


def _references(database: "Database") -> Iterator[Finding]:
    for table, row, target, _ in database.rows("PRAGMA foreign_key_check"):
        yield Finding("引用", f"{table} 第 {row} 行引用的 {target} 不存在。")


def _order(database: "Database") -> Iterator[Finding]:
    """Ids are not sealed, but they ascend with vouchers and lines: which step of a thing is the last is told by them."""
    from .facts import Shapes

    shapes = Shapes(database)
    for table, line in (*((fact, "line") for fact in shapes.facts), ("change", "id")):
        if f"{table}_tally" in shapes.columns:
            # The longest tables. An id moved up is found by the sums, which name the last; below it only those under 1 are free.
            sql = f"SELECT voucher_id FROM {table} WHERE id < 1"
        else:
            next_id = f"lead(id) OVER (ORDER BY voucher_id, {line})"
            sql = f"SELECT voucher_id FROM (SELECT voucher_id, id, {next_id} AS next FROM {table}) WHERE id > next"
        for (voucher,) in database.rows(sql):
            yield Finding("次序", f"{table} 里凭证 V{voucher} 的一行，编号与先后次序不符。", voucher)


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
        f"""SELECT v.id, {chain.voucher_text(shapes)}, s.version, s.sha256,
              ifnull((SELECT p.sha256 FROM seal p WHERE p.seq = s.seq - 1), '{chain.GENESIS}'),
              s.seq, s.facts, s.changes, s.points, s.report
            FROM voucher v LEFT JOIN seal s ON s.voucher_id = v.id ORDER BY v.id"""
    )
    facts = _Written(database.stream(chain.facts_query(shapes, shapes.facts, "1")))
    cards = _Written(database.stream(chain.cards_query(shapes, shapes.cards, "1")))
    changes = _Written(database.stream(chain.changes_query("1")))
    for place, (voucher, text, version, link, before, *numbers) in enumerate(heads, 1):
        posted, added, changed = facts.by(voucher), cards.by(voucher), changes.by(voucher)
        if link is None:
            yield Finding("封条", f"凭证 V{voucher} 没有封条。", voucher)
            continue
        counts = chain.Counts(*numbers)
        fits = counts.seq == place and version == chain.VERSION
        if not fits or chain.sealed(before, counts, text, posted + added + changed) != link:
            yield Finding("封条", _broken(voucher, counts, len(posted), len(changed)), voucher)
    for voucher in sorted({*facts.others(), *cards.others(), *changes.others()}):
        yield Finding("封条", f"有事实、卡片或变更记录属于不存在的凭证 V{voucher}。", voucher)


class _Written:
    """What vouchers wrote, by a query of the chain: asked for voucher by voucher in ascending order."""

    def __init__(self, rows: Iterator[Any]) -> None:
        # NULL comes first, and is nobody's: damage left it.
        self._groups = groupby(dropwhile(lambda row: row[0] is None, rows), key=itemgetter(0))
        self._others: list[int] = []
        self._advance()

    def by(self, voucher: float) -> list[str]:
        """Return the texts of what this voucher wrote."""
        while self._voucher < voucher:
            self._others.append(int(self._voucher))
            self._advance()
        if self._voucher > voucher:
            return []
        texts = [row[-1] for row in self._rows]
        self._advance()
        return texts

    def others(self) -> list[int]:
        """Return the vouchers that wrote something and were never asked for."""
        self.by(inf)
        return self._others

    def _advance(self) -> None:
        self._voucher: float
        self._rows: Iterator[Any]
        self._voucher, self._rows = next(self._groups, _NO_MORE)


_NO_MORE: tuple[float, Iterator[Any]] = (inf, iter(()))


def _broken(voucher: int, counts: chain.Counts, facts: int, changes: int) -> str:
    """Say that a voucher does not fit its seal, with the numbers that differ from those on the seal."""
    numbers = ((counts.facts, facts, "笔事实"), (counts.changes, changes, "条变更记录"))
    differing = "".join(
        f"封条上是 {stood} {what}，现在有 {there} {what[0]}。"
        for stood, there, what in numbers
        if stood != there
    )
    return f"凭证 V{voucher} 或它的事实、卡片、变更记录在封存后被改动、增加或删除过。{differing}"


def _anchor_known(ledger: "Ledger", anchor: str) -> Iterator[Finding]:
    vouchers, _, rest = anchor.partition("-")
    points, _, head = rest.rpartition("-")
    sql = "SELECT 1 FROM seal WHERE seq = ? AND points = ? AND substr(sha256, 1, 12) = ?"
    known = vouchers.isdecimal() and ledger.database.value(sql, (int(vouchers), points, head.lower()))
    if not known:
        yield Finding("核对码", f"台账里没有核对码 {anchor} 那时的状态：文件可能被截短、换回旧本或改动过。")


FILE_CHECKS = (_structure, _references, _order)
"""What SQLite can check by itself, on a connection of its own."""
CHECKS: tuple[Check, ...] = (_schema, _chain)
"""What is checked of the file as a whole besides; what is checked of each noun stands in `checks`."""
