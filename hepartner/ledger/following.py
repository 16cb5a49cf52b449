"""Following 跟踪 an issue: the steps it has taken, and what is past its deadline."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .facts import first_told

if TYPE_CHECKING:
    from .areas import Area
    from .database import Database
    from .handling import Issue
    from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an issue in force, with who wrote it down and the note to it."""

    happened_on: str
    event: str
    beneficiaries: int
    voucher: int
    operator: str
    note: str
    satisfied: bool | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An issue that was not resolved by its deadline, and how many days ago that was."""

    issue: "Issue"
    days: int


def steps(database: "Database", issue_id: int) -> list[Step]:
    """Return the steps of an issue in force, oldest first."""
    return [
        Step(day, event, heads, voucher, operator, note, None if answer is None else bool(answer))
        for day, event, heads, voucher, operator, note, answer in database.rows(_STEPS, (issue_id,))
    ]


def overdue(ledger: "Ledger", *, day: date | None, under: "Area | None") -> list[Overdue]:
    """Return the issues that were past their deadline and not resolved as of a day (today if None), the longest first."""
    today = ledger.today()
    as_of = min(day or today, today)
    over = as_of if as_of < today else today - timedelta(days=1)
    within = {community.id for community in ledger.areas.communities(under)}
    late = [row[0] for row in ledger.database.rows(_OVERDUE, {"as_of": str(as_of), "over": str(over)})]
    found = [issue for issue in ledger.issues.these(late) if issue.community_id in within]
    return [
        Overdue(issue, (as_of - date.fromisoformat(issue.due_on)).days)
        for issue in sorted(found, key=lambda issue: (issue.due_on, issue.id))
    ]


_STEPS = f"""WITH RECURSIVE {first_told("issue_event", "issue_id")}
    SELECT e.happened_on, e.event, e.beneficiaries, b.voucher_id, o.name, ifnull(n.text, ''), e.satisfied
    FROM began JOIN issue_event e ON e.id = began.id JOIN issue_event b ON b.id = began.first
    JOIN voucher v ON v.id = b.voucher_id JOIN operator o ON o.id = v.operator_id
    LEFT JOIN note n ON n.about_voucher_id = b.voucher_id AND n.about_line = b.line AND n.withdrawn = 0
    ORDER BY e.id"""
_OVERDUE = """SELECT i.id FROM issue i WHERE i.withdrawn = 0 AND i.id IN (
      SELECT e.issue_id FROM issue_event e WHERE e.event = 'reported' AND e.due_on <= :over AND e.happened_on <= :as_of
      GROUP BY e.issue_id HAVING sum(e.sign) > 0)
    AND 0 < (SELECT sum(x.sign * x.open) FROM issue_event x WHERE x.issue_id = i.id AND x.happened_on <= :as_of)"""
