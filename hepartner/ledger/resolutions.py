"""Resolutions 决议: what a meeting resolved, who does it until when; done, dropped, opened again, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

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
    """A resolution as it stands; `late` is how many days it is overdue today, 0 if it is not or no longer.

    `stepped_on` is the day of its last step, and `ended_on` too where that ended it.
    """

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
    stepped_on: str
    ended_on: str | None
    late: int


class Particulars(NamedTuple):
    """What a command or a line of a file says of a resolution of a meeting; days are ISO.

    `done_on` is for what was done before it was told.
    """

    meeting_id: int
    community_id: int
    made_on: str
    title: str
    owner: str = ""
    partner_id: int | None = None
    due_on: str | None = None
    done_on: str | None = None


class BadResolution(errors.Refused):
    """What is said of a resolution can't be."""


class SameResolution(errors.Refused):
    """The meeting resolved this, for the same owner and day."""

    def __init__(self, known: Resolution) -> None:
        super().__init__(
            f"会议“{known.meeting}”（{known.meeting_code}）的{named(known)}已经记过，负责人和期限也一样，没有重复记。"
            "要改请用 hep meeting amend。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(f"{named(resolution)}本来就是这样，没有改动。")


def faults(said: Particulars) -> list[str]:
    """Return what is wrong with a resolution, one sentence each."""
    found = []
    if not titled(said.title)[1]:
        found.append("决议是空的，请写明要办什么。")
    for what, day in (("期限", said.due_on), ("办结日期", said.done_on)):
        if day and day < said.made_on:
            found.append(f"{what} {day} 早于会议日期 {said.made_on}，请改正。")
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
        found = attempts(self.ledger, "resolution", text, self._read)
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
        """Return what earlier meetings of the community had resolved and was not done before the day of this one.

        It is as it stood then: open, due on the day that was written down by then, and overdue as of the meeting.
        """
        test = """c.community_id = :community AND m.held_on < :day AND 0 < (
            SELECT sum(e.sign * e.delta) FROM resolution_event e WHERE e.resolution_id = c.id AND e.happened_on < :day)"""
        asked = {"community": meeting.community_id, "day": meeting.held_on}
        due, stepped = (dict(self.database.rows(sql, asked)) for sql in (_DUE_THEN, _STEPPED_BEFORE))
        then = [
            _open_on(meeting.held_on, one, due.get(one.id, one.due_on), stepped[one.id])
            for one in self._read(test, **asked)
        ]
        return sorted(then, key=lambda one: (one.due_on is None, one.due_on or "", one.id))

    def ended_before(self, meeting: "Meeting") -> list[Resolution]:
        """Return what was done or dropped since the community's meeting before this one, as it stood at this one.

        What ended on the day of the meeting before ended after it began; before the first meeting there was nothing to end.
        """
        asked = {"community": meeting.community_id, "day": meeting.held_on}
        ended = {row[0]: row[1:] for row in self.database.rows(_ENDED_BEFORE, asked)}
        test = "c.id IN (SELECT value FROM json_each(:ids))"
        return [
            replace(
                one, status=ended[one.id][0], stepped_on=ended[one.id][1], ended_on=ended[one.id][1], late=0
            )
            for one in self._read(test, ids=str(list(ended)))
        ]

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

        Raises BadResolution, SameResolution, errors.NotFound when the meeting was undone.
        """
        due = str(due_on) if due_on else None
        said = [meeting.id, title, owner, partner and partner.id, due]
        with self.ledger.voucher("resolution.made", key=key, intention=said) as voucher:
            if self.database.value("SELECT withdrawn FROM meeting WHERE id = ?", (meeting.id,)):
                raise errors.NotFound("会议", f"{meeting.code} {meeting.title}", "它的登记已撤销。")
            by = partner.id if partner else None
            resolved = Particulars(meeting.id, meeting.community_id, meeting.held_on, title, owner, by, due)
            for fault in faults(resolved):
                raise BadResolution(fault)
            for known in self.made_at(meeting):
                if _told(known) == _told(resolved):
                    raise SameResolution(known)
            (made,) = self.make_many(voucher, [resolved])
        return Written(self.get(made), voucher.id)

    def make_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record resolutions in an open voucher; return their ids. The caller checked them with `faults`."""
        codes = issued(self.ledger, "resolution", LETTERS["resolution"], (row.community_id for row in rows))
        cards = [
            (
                *given, row.community_id, row.meeting_id, "done" if row.done_on else "open", *titled(row.title), row.owner,
                row.partner_id, row.due_on,
            )
            for given, row in zip(codes, rows, strict=True)
        ]  # fmt: skip
        ids = voucher.add("resolution", _CARD, cards)
        facts = [
            (row.community_id, day, resolution_id, event, DELTAS[event], int(event == "done"))
            for resolution_id, row in zip(ids, rows, strict=True)
            for event, day in (("made", row.made_on), ("done", row.done_on))
            if day
        ]
        voucher.post("resolution_event", ("resolution_id", "event", "delta", "done"), facts)
        return ids

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

        Raises BadResolution, NothingToChange, SameResolution, errors.NotFound when it was undone.
        """
        with self.ledger.voucher("resolution.edit", key=key, intention=[resolution.id, fields]) as voucher:
            if not self.edit_in(voucher, self._standing(resolution), fields):
                raise NothingToChange(resolution)
            now = self.get(resolution.id)
            for known in self._read("c.meeting_id = :meeting", meeting=now.meeting_id):
                if known.id != now.id and _told(known) == _told(now):
                    raise SameResolution(known)
        return Written(self.get(resolution.id), voucher.id)

    def edit_in(self, voucher: Voucher, resolution: Resolution, fields: dict[str, Any]) -> bool:
        """Change fields of a resolution in an open voucher; return whether any changed. Raises BadResolution."""
        said = fields | ({"title": titled(fields["title"])[0]} if "title" in fields else {})
        changed = {name: value for name, value in said.items() if value != getattr(resolution, name)}
        after = Particulars(
            resolution.meeting_id, resolution.community_id, resolution.made_on, resolution.title,
            due_on=resolution.due_on,
        )._replace(**changed)  # fmt: skip
        for fault in faults(after):
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


def _open_on(day: str, resolution: Resolution, due_on: str | None, stepped_on: str) -> Resolution:
    """Return a resolution as it stood open on a day."""
    late = (date.fromisoformat(day) - date.fromisoformat(due_on)).days if due_on else 0
    return replace(
        resolution, status="open", stepped_on=stepped_on, ended_on=None, due_on=due_on, late=max(0, late)
    )


def _told(one: Resolution | Particulars) -> tuple[str, str, int | None, str | None]:
    """Return what tells resolutions of a meeting apart; the partner is the one that does it today."""
    return titled(one.title)[1], one.owner, one.partner_id, one.due_on


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
_STEPPED = f"""(SELECT max(e.happened_on) FROM resolution_event e
        WHERE e.resolution_id = c.id AND {stands("resolution_event", "e")})"""
_RESOLUTION = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, m.id, m.code, m.title, m.held_on, c.owner, p.id, p.code,
      p.name, c.due_on, c.status,
      {_STEPPED}, iif(c.status = 'open', NULL, {_STEPPED}),
      iif(c.status = 'open' AND c.due_on < :today, CAST(julianday(:today) - julianday(c.due_on) AS INTEGER), 0)
    FROM resolution c JOIN area a ON a.id = c.community_id JOIN meeting m ON m.id = c.meeting_id
    LEFT JOIN partner p ON p.id = {survivor("c.partner_id")}
    WHERE c.withdrawn = 0"""
# Of one that was written down after the meeting's day nothing is known of then but what it says now.
_DUE_THEN = """SELECT d.card_id, d.before FROM resolution c JOIN voucher n ON n.id = c.created_in
    JOIN change d ON d.card = 'resolution' AND d.card_id = c.id AND d.field = 'due_on' JOIN voucher v ON v.id = d.voucher_id
    WHERE c.community_id = :community AND substr(n.recorded_at, 1, 10) <= :day AND substr(v.recorded_at, 1, 10) > :day
    ORDER BY d.id DESC"""
_STEPPED_BEFORE = f"""SELECT e.resolution_id, max(e.happened_on) FROM resolution_event e
    WHERE e.community_id = :community AND e.happened_on < :day AND {stands("resolution_event", "e")} GROUP BY e.resolution_id"""
_ENDED_BEFORE = f"""SELECT e.resolution_id, e.event, max(e.happened_on) FROM resolution_event e
    JOIN resolution c ON c.id = e.resolution_id
    WHERE c.community_id = :community AND c.withdrawn = 0 AND e.delta = -1 AND e.happened_on < :day
      AND e.happened_on >= (
        SELECT max(held_on) FROM meeting WHERE community_id = :community AND withdrawn = 0 AND held_on < :day)
      AND {stands("resolution_event", "e")}
      AND 0 = (SELECT sum(n.sign * n.delta) FROM resolution_event n WHERE n.resolution_id = c.id AND n.happened_on < :day)
    GROUP BY e.resolution_id"""
_CARD = (
    "issuer_id", "number", "code", "community_id", "meeting_id", "status", "title", "title_key", "owner", "partner_id", "due_on",
)  # fmt: skip
_DONE = "SELECT ifnull(sum(sign * done), 0) FROM resolution_event WHERE resolution_id = ?"
