"""Custody of the file: verifying that it is whole, that nothing was changed past the guards, and that every sum agrees."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from . import chain, errors
from .book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from .database import Database
    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference that verification found; `voucher` is the first one it concerns, if it can be told."""

    check: str
    message: str
    voucher: int | None = None


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
            findings = [finding for check in CHECKS for finding in check(self.ledger)]
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


def _balances(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT p.code, b.points, ifnull(e.points, 0), e.voucher_id FROM partner p
        LEFT JOIN balance b ON b.partner_id = p.id
        LEFT JOIN (SELECT partner_id, sum(points) AS points, max(voucher_id) AS voucher_id FROM entry GROUP BY partner_id) e
          ON e.partner_id = p.id
        WHERE b.points IS NOT ifnull(e.points, 0)"""
    for code, stored, summed, voucher in ledger.database.rows(sql):
        yield Finding("余额", f"合伙人 {code} 的余额是 {stored}，按流水应为 {summed}。", voucher)


def _stock(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT i.code, s.quantity, ifnull(m.quantity, 0), m.voucher_id FROM item i
        LEFT JOIN stock s ON s.item_id = i.id
        LEFT JOIN (SELECT item_id, sum(quantity) AS quantity, max(voucher_id) AS voucher_id FROM stock_move GROUP BY item_id) m
          ON m.item_id = i.id
        WHERE s.quantity IS NOT ifnull(m.quantity, 0)"""
    for code, stored, summed, voucher in ledger.database.rows(sql):
        yield Finding("库存", f"商品 {code} 的库存是 {stored}，按流水应为 {summed}。", voucher)


def _slips(ledger: "Ledger") -> Iterator[Finding]:
    """What a slip costs is what was paid for it and what its goods cost; nothing if it was cancelled."""
    sql = """SELECT r.id, r.voucher_id FROM redemption r
        LEFT JOIN redemption c ON c.reverses_id = r.id
        LEFT JOIN (SELECT redemption_id, sum(points) AS paid FROM entry WHERE redemption_id IS NOT NULL GROUP BY 1) e
          ON e.redemption_id = r.id
        LEFT JOIN (SELECT redemption_id, sum(quantity * price) AS cost FROM stock_move
          WHERE redemption_id IS NOT NULL GROUP BY 1) m ON m.redemption_id = r.id
        WHERE r.sign = 1 AND (ifnull(e.paid, 0), ifnull(m.cost, 0))
          <> (iif(c.id IS NULL, -r.points, 0), iif(c.id IS NULL, -r.points, 0))"""
    for slip, voucher in ledger.database.rows(sql):
        yield Finding("兑换单", f"兑换单 D{slip} 的积分与流水或商品不符。", voucher)


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
    sql = """SELECT p.code FROM partner p LEFT JOIN standing s ON s.partner_id = p.id AND s.event = 'merged' AND s.sign = 1
          AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
        WHERE p.merged_into_id IS NOT s.into_id"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("合伙人", f"合伙人 {code} 卡片上并入的人与并入记录不符。")


def _issues(ledger: "Ledger") -> Iterator[Finding]:
    """An issue stands where its steps add up to; one whose report was undone adds up to nothing."""
    sql = """SELECT i.code FROM issue i LEFT JOIN (
          SELECT issue_id, sum(sign * reported) AS reported, sum(sign * open) AS open, sum(sign * resolved) AS resolved,
            sum(sign * confirmed) AS confirmed FROM issue_event GROUP BY issue_id) e ON e.issue_id = i.id
        WHERE ifnull(reported, 0) <> (withdrawn = 0)
          OR ifnull(open, 0) <> (withdrawn = 0 AND status IN ('reported', 'assigned'))
          OR ifnull(resolved, 0) <> (withdrawn = 0 AND status IN ('resolved', 'confirmed'))
          OR ifnull(confirmed, 0) <> (withdrawn = 0 AND status = 'confirmed')"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("问题", f"问题 {code} 卡片上的状态与上报、解决等记录不符。")


def _activities(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT a.code FROM activity a LEFT JOIN activity_held h ON h.activity_id = a.id
        GROUP BY a.id HAVING ifnull(sum(h.sign), 0) <> (a.withdrawn = 0)"""
    for (code,) in ledger.database.rows(sql):
        yield Finding("活动", f"活动 {code} 的卡片与举办记录不符。")


def _tallies(ledger: "Ledger") -> Iterator[Finding]:
    for fact, keys, sums in (
        ("entry", "kind, counted_in, community_id", {"points": "points"}),
        ("participation", "counted_in, community_id", {"times": "sign", "minutes": "sign * minutes"}),
    ):
        added = ", ".join(f"-sum({what}) AS {name}" for name, what in sums.items())
        differ = " OR ".join(f"sum({name}) <> 0" for name in sums)
        sql = f"""SELECT (SELECT name FROM area WHERE id = community_id), counted_in FROM (
              SELECT {keys}, {", ".join(sums)} FROM {fact}_tally
              UNION ALL SELECT {keys}, {added} FROM {fact} GROUP BY {keys})
            GROUP BY {keys} HAVING {differ}"""
        for community, month in ledger.database.rows(sql):
            yield Finding("累计", f"{community} {month} 的累计（{fact}_tally）与流水不符。")


def _closed_months(ledger: "Ledger") -> Iterator[Finding]:
    sql = """SELECT a.name, c.month, ifnull((SELECT max(p.month) FROM period_closing p WHERE p.community_id = a.id AND p.sign = 1
          AND NOT EXISTS (SELECT 1 FROM period_closing r WHERE r.reverses_id = p.id)), '') AS wanted
        FROM area a LEFT JOIN closed_month c ON c.community_id = a.id
        WHERE a.kind = 'community' AND c.month IS NOT wanted"""
    for name, stored, wanted in ledger.database.rows(sql):
        yield Finding(
            "账期", f"{name} 记的是结到 {stored or '（无）'}，按结账记录应为 {wanted or '（无）'}。"
        )


def _conservation(ledger: "Ledger") -> Iterator[Finding]:
    """Opening + awarded + transferred − redeemed − deducted − expired, net of reversals, is what the partners have."""
    by_kind = dict(ledger.database.rows("SELECT kind, sum(points) FROM entry GROUP BY kind"))
    have = ledger.database.value("SELECT ifnull(sum(points), 0) FROM balance")
    if by_kind.get("transfer", 0) != 0:
        yield Finding("守恒", f"转移的积分转出与转入相差 {by_kind['transfer']}。")
    if sum(by_kind.values()) != have:
        yield Finding("守恒", f"各类流水合计 {sum(by_kind.values())}，全部余额合计 {have}。")
    sealed = ledger.anchor.points
    if sealed != have:
        yield Finding("守恒", f"封条上的积分合计 {sealed}，全部余额合计 {have}。")


def _anchor_known(ledger: "Ledger", anchor: str) -> Iterator[Finding]:
    vouchers, _, rest = anchor.partition("-")
    points, _, head = rest.rpartition("-")
    sql = "SELECT 1 FROM seal WHERE seq = ? AND points = ? AND substr(sha256, 1, 12) = ?"
    known = vouchers.isdecimal() and ledger.database.value(sql, (int(vouchers), points, head.lower()))
    if not known:
        yield Finding("核对码", f"台账里没有核对码 {anchor} 那时的状态：文件可能被截短、换回旧本或改动过。")


CHECKS: tuple[Callable[["Ledger"], Iterator[Finding]], ...] = (
    _schema,
    _chain,
    _balances,
    _stock,
    _slips,
    _merged,
    _standings,
    _mergers,
    _issues,
    _activities,
    _tallies,
    _closed_months,
    _conservation,
)
"""Every check besides SQLite's own; a new one is one function and one line."""
