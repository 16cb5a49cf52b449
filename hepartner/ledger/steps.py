"""Steps 进程: what a card goes through, a fact for each step and the status beside it; which step may follow is one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from . import errors
from .facts import IDENTITY, stands

if TYPE_CHECKING:
    from .ledger import Ledger
    from .vouchers import Voucher


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one kind of card.

    `card` is the table of cards, which have `status` and `community_id`; `fact` the table of their steps, which have `event`
    and name the card in `<card>_id`. `moves` leads from a status by an event to a status; anything else is refused.
    """

    card: str
    fact: str
    moves: Mapping[tuple[str, str], str]
    statuses: Mapping[str, str]
    events: Mapping[str, str]

    @property
    def leads(self) -> dict[str, str]:
        """To which status each event leads; the one with which a course begins, to where its first move starts."""
        first = next(status for status, _ in self.moves)
        return dict.fromkeys(self.events, first) | {event: after for (_, event), after in self.moves.items()}

    def allowed(self, status: str) -> list[str]:
        """Return the steps that may follow in a status, as people call them."""
        return [self.events[event] for before, event in self.moves if before == status]


class Step(NamedTuple):
    """A step of a card on a day (ISO), with the attributes that its fact bears beside the event."""

    card_id: int
    event: str
    day: str
    attributes: Mapping[str, Any]


class WrongStep(errors.Refused):
    """The card's status does not allow this step."""

    def __init__(self, shown: str, course: Course, status: str, event: str) -> None:
        can = "、".join(dict.fromkeys(course.allowed(status)))
        instead = f"可以{can}" if can else "不能再办理，弄错了可以用 hep undo 撤销"
        super().__init__(
            f"{shown}现在是“{course.statuses[status]}”，不能记“{course.events[event]}”；{instead}。"
        )


class BeforeLastStep(errors.Refused):
    """A step on a day before the last one."""

    def __init__(self, shown: str, day: str, latest: str) -> None:
        super().__init__(f"{shown}的上一步在 {latest}，日期 {day} 比它早。请改用 {latest} 或以后的日期。")


def take(
    ledger: "Ledger",
    voucher: "Voucher",
    course: Course,
    step: Step,
    *,
    shown: str,
    card: Mapping[str, Any] | None = None,
) -> int:
    """Take a step inside a voucher: post its fact, set the status and the fields in `card`; return the fact.

    `shown` names the card in refusals. Raises errors.NotYet, errors.NotFound when the card was withdrawn, WrongStep,
    BeforeLastStep.
    """
    check_day(ledger, step.day)
    sql = f"SELECT status, community_id FROM {course.card} WHERE id = ? AND withdrawn = 0"
    standing = ledger.database.row(sql, (step.card_id,))
    if standing is None:
        raise errors.NotFound("", shown, "它的登记已撤销。")
    status, community_id = standing
    if (status, step.event) not in course.moves:
        raise WrongStep(shown, course, status, step.event)
    latest = latest_day(ledger, course, step.card_id)
    if step.day < latest:
        raise BeforeLastStep(shown, step.day, latest)
    fact = {f"{course.card}_id": step.card_id, "event": step.event, **step.attributes}
    fact_id = voucher.post_one(course.fact, community_id=community_id, happened_on=step.day, **fact)
    after = {"status": course.moves[status, step.event], **(card or {})}
    voucher.edit(course.card, step.card_id, **after)
    return fact_id


def repost(ledger: "Ledger", voucher: "Voucher", course: Course, card_id: int, **changed: Any) -> None:
    """Counter the steps in force from the last to the first and post them anew with attributes changed.

    For an edit of what figures count by: the facts of before stay to be seen, and count no more.
    """
    columns = [
        c for c in ledger.shapes.columns[course.fact] if c not in (*IDENTITY, "community_id", "happened_on")
    ]
    sql = f"""SELECT id, counted_in, community_id, happened_on, {", ".join(columns)} FROM {course.fact} s
        WHERE {course.card}_id = ? AND {stands(course.fact, "s")} ORDER BY id"""
    rows = ledger.database.rows(sql, (card_id,))
    voucher.counter(course.fact, [row[0] for row in reversed(rows)])
    for _, counted_in, community, day, *values in rows:
        fact = dict(zip(columns, values, strict=True)) | changed
        month = ledger.periods.open_month(community, counted_in)
        voucher.post(course.fact, tuple(fact), [(community, day, *fact.values())], counted_in=month)


def latest_day(ledger: "Ledger", course: Course, card_id: int) -> str:
    """Return the day of the last step in force."""
    sql = f"""SELECT max(happened_on) FROM {course.fact} s WHERE {course.card}_id = ? AND {stands(course.fact, "s")}"""
    return str(ledger.database.value(sql, (card_id,)))


def check_day(ledger: "Ledger", day: str | date) -> None:
    """Refuse a day that has not come. Raises errors.NotYet."""
    today = ledger.today().isoformat()
    if str(day) > today:
        raise errors.NotYet(str(day), today)
