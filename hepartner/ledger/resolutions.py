"""Resolutions 决议: what a meeting resolved, who does it until when, done or not."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hepartner.words.meeting import EVENTS, LETTERS, STATUSES

from . import errors, steps
from .book import Book, Written
from .lookup import only
from .persons import survivor
from .titles import attempts, issued, titled

if TYPE_CHECKING:
    from .areas import Area
    from .meetings import Meeting
    from .partners import Partner

COURSE = steps.Course(
    "resolution",
    "resolution_event",
    {("open", "done"): "done", ("open", "dropped"): "dropped"},
    STATUSES,
    EVENTS,
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution as it stands; `late` is how many days it is overdue today, 0 if it is not or no longer."""

    id: int
    code: str
    title: str
    community_id: int
    community: str
    meeting_id: int
    meeting_code: str
    meeting: str
    made_on: str
    owner: str
    partner_code: str | None
    partner: str | None
    due_on: str | None
    status: str
    ended_on: str | None
    late: int


class BadResolution(errors.Refused):
    """What is said of a resolution can't be."""


def faults(title: str, due_on: str | None, meeting: "Meeting") -> list[str]:
    """Return what is wrong with a resolution of a meeting, one sentence each."""
    found = []
    if not titled(title)[1]:
        found.append("决议是空的，请写明要办什么。")
    if due_on and due_on < meeting.held_on:
        found.append(f"期限 {due_on} 早于会议日期 {meeting.held_on}，请改正。")
    return found


class Resolutions(Book):
    """What the meetings of the office's communities resolved."""

    def find(self, text: str) -> Resolution:
        """Return the resolution named by code, text or part of it, the community worked in first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep meeting resolutions 查看。"
        found = attempts(self.ledger, text, self._read)
        return only(self.ledger, "决议", text, found, shown=_shown, remedy=remedy)

    def get(self, resolution_id: int) -> Resolution:
        """Return a resolution by id."""
        return self._read("c.id = :id", id=resolution_id)[0]

    def listing(
        self,
        *,
        under: "Area | None" = None,
        status: str | None = None,
        overdue: bool = False,
        partner: "Partner | None" = None,
    ) -> list[Resolution]:
        """Return resolutions by area, status and the partner who does them, the first due first; `overdue` ones are open."""
        asked: dict[str, Any] = {"status": status, "partner": partner and partner.id}
        tests = [_FILTERS[name] for name, value in asked.items() if value is not None]
        if overdue:
            tests.append("c.status = 'open' AND c.due_on < :today")
        if under:
            tests.append(_FILTERS["within"])
            asked["within"] = str([one.id for one in self.ledger.areas.communities(under)])
        return self._read(" AND ".join(tests) or "1", **asked)

    def made_at(self, meeting: "Meeting") -> list[Resolution]:
        """Return what a meeting resolved."""
        return self._read("c.meeting_id = :meeting", meeting=meeting.id)

    def pending_at(self, meeting: "Meeting") -> list[Resolution]:
        """Return what earlier meetings of the community had resolved and was not done before the day of this one."""
        test = """c.community_id = :community AND m.held_on < :day
            AND (c.status = 'open' OR e.happened_on >= :day)"""
        return self._read(test, community=meeting.community_id, day=meeting.held_on)

    def make(
        self,
        meeting: "Meeting",
        title: str,
        *,
        owner: str = "",
        partner: "Partner | None" = None,
        due_on: date | None = None,
        key: str | None = None,
    ) -> Written[Resolution]:
        """Record what a meeting resolved, to be done by an owner or a partner until a day.

        Raises BadResolution, errors.NotFound when the meeting was undone.
        """
        due = str(due_on) if due_on else None
        said = [meeting.id, title, owner, partner and partner.id, due]
        with self.ledger.voucher("resolution.made", key=key, intention=said) as voucher:
            if self.database.value("SELECT withdrawn FROM meeting WHERE id = ?", (meeting.id,)):
                raise errors.NotFound("会议", f"{meeting.code} {meeting.title}", "它的登记已撤销。")
            for fault in faults(title, due, meeting):
                raise BadResolution(fault)
            (given,) = issued(self.ledger, "resolution", LETTERS["resolution"], [meeting.community_id])
            tidy, title_key = titled(title)
            card = {
                **dict(zip(("issuer_id", "number", "code"), given, strict=True)),
                "community_id": meeting.community_id,
                "meeting_id": meeting.id,
                "title": tidy,
                "title_key": title_key,
                "owner": owner,
                "partner_id": partner and partner.id,
                "due_on": due,
            }
            made = voucher.add_one("resolution", **card)
            fact = (meeting.community_id, meeting.held_on, made, "made", 1)
            voucher.post("resolution_event", ("resolution_id", "event", "delta"), [fact])
        return Written(self.get(made), voucher.id)

    def step(
        self,
        resolution: Resolution,
        event: str,
        *,
        day: date | None = None,
        note: str = "",
        key: str | None = None,
    ) -> Written[Resolution]:
        """Record that a resolution is done or dropped. Raises steps.WrongStep, steps.BeforeLastStep, errors.NotYet."""
        on = self.ledger.day(day)
        intention = [resolution.id, on, note]
        with self.ledger.voucher(f"resolution.{event}", key=key, intention=intention) as voucher:
            step = steps.Step(resolution.id, event, on, {"delta": -1})
            steps.take(
                self.ledger, voucher, COURSE, step, shown=f"决议“{resolution.title}”（{resolution.code}）"
            )
            voucher.note(note, line=1)
        return Written(self.get(resolution.id), voucher.id)

    def _read(self, test: str, **parameters: Any) -> list[Resolution]:
        asked = {"today": str(self.ledger.today()), **parameters}
        order = "ORDER BY c.due_on IS NULL, c.due_on, c.id"
        return [Resolution(*row) for row in self.database.rows(f"{_RESOLUTION} AND {test} {order}", asked)]


def _shown(resolution: Resolution) -> str:
    due = f"，{resolution.due_on} 到期" if resolution.due_on else ""
    return (
        f"{resolution.code} {resolution.title}（{resolution.community}，{STATUSES[resolution.status]}{due}）"
    )


_FILTERS = {
    "status": "c.status = :status",
    "partner": "p.id = :partner",
    "within": "c.community_id IN (SELECT value FROM json_each(:within))",
}
_RESOLUTION = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, m.id, m.code, m.title, m.held_on, c.owner, p.code, p.name,
      c.due_on, c.status, e.happened_on,
      iif(c.status = 'open' AND c.due_on < :today, CAST(julianday(:today) - julianday(c.due_on) AS INTEGER), 0)
    FROM resolution c JOIN area a ON a.id = c.community_id JOIN meeting m ON m.id = c.meeting_id
    LEFT JOIN partner p ON p.id = {survivor("c.partner_id")}
    LEFT JOIN resolution_event e ON e.resolution_id = c.id AND e.event <> 'made' AND e.sign = 1
      AND NOT EXISTS (SELECT 1 FROM resolution_event r WHERE r.reverses_id = e.id)
    WHERE c.withdrawn = 0"""
