"""What a check is: a function that asks the ledger and yields what differs; and the checks that many nouns have alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..facts import stands
from ..persons import survivor

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..once import Once
    from ..steps import Course


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference that verification found; `voucher` is the first one it concerns, if it can be told."""

    check: str
    message: str
    voucher: int | None = None


Check = Callable[["Ledger"], Iterator[Finding]]


def stands_as_stepped(course: "Course", called: str) -> Check:
    """Check that a card has the status to which its last step in force led; one that was undone has none in force."""

    def check(ledger: "Ledger") -> Iterator[Finding]:
        leads = "".join(f" WHEN '{event}' THEN '{status}'" for event, status in course.leads.items())
        sql = f"""SELECT {label(ledger, course.card)} FROM {course.card} t LEFT JOIN (
              SELECT {course.card}_id AS card_id, event, max(id) FROM {course.fact} s
              WHERE {stands(course.fact, "s")} GROUP BY 1) e
            ON e.card_id = t.id
            WHERE iif(t.withdrawn, e.event IS NOT NULL, t.status IS NOT CASE e.event{leads} END)"""
        for (shown,) in ledger.database.rows(sql):
            yield Finding(called, f"{called} {shown} 卡片上的状态与办理记录不符。")

    return check


def counts_once(card: str, fact: str, called: str) -> Check:
    """Check that a card has one fact in force that counts it; one that was undone has none."""

    def check(ledger: "Ledger") -> Iterator[Finding]:
        sql = f"""SELECT {label(ledger, card)} FROM {card} t LEFT JOIN {fact} f ON f.{card}_id = t.id
            GROUP BY t.id HAVING ifnull(sum(f.sign), 0) <> (t.withdrawn = 0)"""
        for (shown,) in ledger.database.rows(sql):
            yield Finding(called, f"{called} {shown} 的卡片与计数的记录不符。")

    return check


def had_once(once: "Once", called: str) -> Check:
    """Check that no person has at one time two cards that mean the same thing."""

    def check(ledger: "Ledger") -> Iterator[Finding]:
        same = ", ".join(f"t.{column}" for column in once.same)
        sql = f"""SELECT shown FROM (
              SELECT {label(ledger, once.card)} AS shown, count(*) OVER (PARTITION BY {survivor("t.partner_id")}, {same}) AS times
              FROM {once.card} t WHERE {once.goes_on("t")})
            WHERE times > 1"""
        for (shown,) in ledger.database.rows(sql):
            yield Finding(called, f"{called} {shown} 与同一家单位的另一份重复。")

    return check


def label(ledger: "Ledger", card: str) -> str:
    """Return SQL for what a card `t` of a table is called in a finding: its code, or its number."""
    return "t.code" if "code" in ledger.shapes.columns[card] else "'第 ' || t.id || ' 号'"
