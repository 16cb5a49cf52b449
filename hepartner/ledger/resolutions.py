"""Resolutions 决议: what a meeting resolved, who does it until when; done, dropped, opened again, corrected."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hepartner.words.meeting import EVENTS, LETTERS, STATUSES

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .lookup import only
from .persons import survivor
from .titles import attempts, issued, titled
from .vouchers import Voucher

if TYPE_CHECKING:
    from .areas import Area
    from .meetings import Meeting
    from .partners import Partner

COURSE = steps.Course(
    "resolution",
    "resolution_event",
    {
        ("open", "done"): "done",
        ("open", "dropped"): "dropped",
        ("done", "reopened"): "open",
        ("dropped", "reopened"): "open",
    },
    STATUSES,
    EVENTS,
)
DELTAS = {"made": 1, "reopened": 1, "done": -1, "dropped": -1}


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
    partner_id: int | None
    partner_code: str | None
    partner: str | None
    due_on: str | None
    status: str
    ended_on: str | None
    late: int


class BadResolution(errors.Refused):
    """What is said of a resolution can't be."""


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(f"{named(resolution)}本来就是这样，没有改动。")


def faults(title: str, due_on: str | None, held_on: str) -> list[str]:
    """Return what is wrong with a resolution of a meeting held on a day (ISO), one sentence each."""
    found = []
    if not titled(title)[1]:
        found.append("决议是空的，请写明要办什么。")
    if due_on and due_on < held_on:
        found.append(f"期限 {due_on} 早于会议日期 {held_on}，请改正。")
    return found


def named(resolution: Resolution) -> str:
    """Name a resolution in a sentence."""
    return f"决议“{resolution.title}”（{resolution.code}）"


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
        test = """c.community_id = :community AND m.held_on < :day AND 0 < (
            SELECT sum(e.sign * e.delta) FROM resolution_event e WHERE e.resolution_id = c.id AND e.happened_on < :day)"""
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
            for fault in faults(title, due, meeting.held_on):
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
        """Record that a resolution is done, dropped or opened again, which takes back that it was done.

        Raises steps.WrongStep, steps.BeforeLastStep, errors.NotYet.
        """
        on = self.ledger.day(day)
        intention = [resolution.id, on, note]
        with self.ledger.voucher(f"resolution.{event}", key=key, intention=intention) as voucher:
            self.step_in(voucher, resolution, event, on)
            voucher.note(note, line=voucher.lines)
        return Written(self.get(resolution.id), voucher.id)

    def step_in(self, voucher: Voucher, resolution: Resolution, event: str, day: str) -> None:
        """Take a step in an open voucher. Raises what `step` raises."""
        done = int(event == "done")
        if event == "reopened":
            done = -self.database.value(_DONE, (resolution.id,))
        counted = {"delta": DELTAS[event], "done": done}
        step = steps.Step(resolution.id, event, day, counted)
        steps.take(self.ledger, voucher, COURSE, step, shown=named(resolution))

    def edit(self, resolution: Resolution, *, key: str | None = None, **fields: Any) -> Written[Resolution]:
        """Change title, owner, partner_id or due_on (ISO; None: none) of a resolution.

        Raises BadResolution, NothingToChange, errors.NotFound when it was undone.
        """
        with self.ledger.voucher("resolution.edit", key=key, intention=[resolution.id, fields]) as voucher:
            if not self.edit_in(voucher, self._standing(resolution), fields):
                raise NothingToChange(resolution)
        return Written(self.get(resolution.id), voucher.id)

    def edit_in(self, voucher: Voucher, resolution: Resolution, fields: dict[str, Any]) -> bool:
        """Change fields of a resolution in an open voucher; return whether any changed. Raises BadResolution."""
        said = fields | ({"title": titled(fields["title"])[0]} if "title" in fields else {})
        changed = {name: value for name, value in said.items() if value != getattr(resolution, name)}
        after = {"title": resolution.title, "due_on": resolution.due_on} | changed
        for fault in faults(after["title"], after["due_on"], resolution.made_on):
            raise BadResolution(fault)
        if "title" in changed:
            changed["title_key"] = titled(changed["title"])[1]
        if changed:
            voucher.edit("resolution", resolution.id, **changed)
        return bool(changed)

    def _standing(self, resolution: Resolution) -> Resolution:
        """Return a resolution as it stands inside the voucher. Raises errors.NotFound when it was undone."""
        for now in self._read("c.id = :id", id=resolution.id):
            return now
        raise errors.NotFound("", named(resolution), "它的登记已撤销。")

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
_RESOLUTION = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, m.id, m.code, m.title, m.held_on, c.owner, p.id, p.code,
      p.name, c.due_on, c.status,
      iif(c.status = 'open', NULL, (SELECT max(e.happened_on) FROM resolution_event e
        WHERE e.resolution_id = c.id AND {stands("resolution_event", "e")})),
      iif(c.status = 'open' AND c.due_on < :today, CAST(julianday(:today) - julianday(c.due_on) AS INTEGER), 0)
    FROM resolution c JOIN area a ON a.id = c.community_id JOIN meeting m ON m.id = c.meeting_id
    LEFT JOIN partner p ON p.id = {survivor("c.partner_id")}
    WHERE c.withdrawn = 0"""
_DONE = "SELECT ifnull(sum(sign * done), 0) FROM resolution_event WHERE resolution_id = ?"
