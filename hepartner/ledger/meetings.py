"""Meetings 会议: joint conferences and matchmaking meetings, who attended, and the matters raised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.meeting import KINDS, LETTERS

from . import errors
from .areas import Area
from .book import Book, Written
from .facts import stands
from .lookup import only
from .partners import Partner
from .persons import survivor
from .presence import absences
from .titles import attempts, issued, titled
from .vouchers import Voucher

if TYPE_CHECKING:
    from .handling import Issue

MOST_PEOPLE = 1_000_000


class Topic(NamedTuple):
    """A matter to be raised, and the issue it is about."""

    text: str
    issue_id: int | None = None


class Particulars(NamedTuple):
    """What a command or a line of a file says of a meeting; `partners` are ids of those who attended, the day is ISO."""

    community_id: int
    held_on: str
    title: str
    kind: str = "joint"
    place: str = ""
    attendance: int = 0
    remark: str = ""
    partners: tuple[int, ...] = ()
    matters: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands: the stated number of people, partners there, matters, resolutions and those still open."""

    id: int
    code: str
    title: str
    community_id: int
    community: str
    held_on: str
    kind: str
    place: str
    attendance: int
    remark: str
    partners: int
    matters: int
    resolutions: int
    open: int


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter raised at a meeting, and the issue it is about with its status."""

    id: int
    text: str
    issue_id: int | None
    issue_code: str | None
    issue: str | None
    issue_status: str | None


@dataclass(frozen=True, slots=True)
class Raised:
    """A meeting at which an issue was raised, and the words in which it was."""

    meeting_code: str
    meeting: str
    held_on: str
    community: str
    matter: str


class BadMeeting(errors.Refused):
    """What is said of a meeting can't be."""


class SameMeeting(errors.Refused):
    """The community has a meeting of this title on this day."""

    def __init__(self, known: Meeting) -> None:
        super().__init__(
            f"{known.community} {known.held_on} 已有会议“{known.title}”（{known.code}），没有重复登记。"
            "确是另一次请换个名称，如加上“下午”。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"{named(meeting)}本来就是这样，没有改动。")


class AllThere(errors.Refused):
    """All of these partners attend already."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"写的单位都已记在{named(meeting)}的参会名单里，没有重复记。")


class SameMatter(errors.Refused):
    """The meeting has this matter."""

    def __init__(self, meeting: Meeting, text: str) -> None:
        super().__init__(f"{named(meeting)}已有议题“{text}”，没有重复记。")


def faults(said: Particulars, today: str) -> list[str]:
    """Return what is wrong with a meeting's particulars, one sentence each; partners are for `absences`."""
    found = []
    if not titled(said.title)[1]:
        found.append("会议名称是空的，请填写。")
    if said.kind not in KINDS:
        found.append(f"会议类型“{said.kind}”不对，可用：{'、'.join(KINDS.values())}。")
    if said.held_on > today:
        found.append(f"会议日期 {said.held_on} 还没有到（今天是 {today}），请在会后登记。")
    if not 0 <= said.attendance <= MOST_PEOPLE:
        found.append(f"参会人数 {said.attendance} 不合理，应在 0 到 {MOST_PEOPLE} 之间。")
    if not all(names.match_key(matter.text) for matter in said.matters):
        found.append("有一个议题是空的，请写明议什么。")
    return found


class Meetings(Book):
    """The meetings of the office's communities."""

    def find(self, text: str) -> Meeting:
        """Return the meeting named by code, title or part of it, the community worked in first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep meeting list 查看。"
        found = attempts(self.ledger, "meeting", text, self._read)
        return only(self.ledger, "会议", text, found, shown=_shown, remedy=remedy)

    def get(self, meeting_id: int) -> Meeting:
        """Return a meeting by id."""
        return self._read("c.id = :id", id=meeting_id)[0]

    def listing(
        self,
        *,
        under: Area | None = None,
        kind: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Meeting]:
        """Return meetings by area, kind and days (both included), newest first."""
        within = str([one.id for one in self.ledger.areas.communities(under)]) if under else None
        asked = {
            "within": within,
            "kind": kind,
            "first": first and str(first),
            "last": last and str(last),
        }
        tests = [_FILTERS[name] for name, value in asked.items() if value is not None]
        return self._read(" AND ".join(tests) or "1", **asked)

    def attending(self, meeting: Meeting) -> list[Partner]:
        """Return the partners who attended; two merged since are one."""
        found = dict.fromkeys(self._attending(meeting.id))
        return [self.ledger.partners.get(partner_id) for partner_id in found]

    def matters(self, meeting: Meeting) -> list[Matter]:
        """Return the matters raised at a meeting."""
        return [Matter(*row) for row in self.database.rows(_MATTERS, (meeting.id,))]

    def raising(self, issue: "Issue") -> list[Raised]:
        """Return the meetings at which an issue was raised, oldest first."""
        return [Raised(*row) for row in self.database.rows(_RAISING, (issue.id,))]

    # What is written

    def hold(self, said: Particulars, *, key: str | None = None) -> Written[Meeting]:
        """Record a meeting that was held. Raises BadMeeting, SameMeeting."""
        with self.ledger.voucher("meeting.add", key=key, intention=said._asdict()) as voucher:
            self._check(said)
            (meeting_id,) = self.hold_many(voucher, [said])
        return Written(self.get(meeting_id), voucher.id)

    def hold_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record meetings in an open voucher; return their ids. The caller checked them with `faults` and `absences`."""
        codes = issued(self.ledger, "meeting", LETTERS["meeting"], (row.community_id for row in rows))
        cards = [
            (*given, row.community_id, row.held_on, *_card(row).values())
            for given, row in zip(codes, rows, strict=True)
        ]
        columns = ("issuer_id", "number", "code", "community_id", "held_on", *_FIELDS)
        ids = voucher.add("meeting", columns, cards)
        placed = list(zip(ids, rows, strict=True))
        voucher.post("meeting_held", _HELD, [_held(meeting_id, row) for meeting_id, row in placed])
        self._post_attending(voucher, placed)
        self._add_matters(voucher, [(meeting_id, one) for meeting_id, row in placed for one in row.matters])
        return ids

    def edit(self, meeting: Meeting, *, key: str | None = None, **fields: Any) -> Written[Meeting]:
        """Change title, kind, place, attendance or remark of a meeting. Raises BadMeeting, SameMeeting, NothingToChange."""
        with self.ledger.voucher("meeting.edit", key=key, intention=[meeting.id, fields]) as voucher:
            if not self.edit_in(voucher, self.get(meeting.id), fields):
                raise NothingToChange(meeting)
        return Written(self.get(meeting.id), voucher.id)

    def edit_in(self, voucher: Voucher, meeting: Meeting, fields: dict[str, Any]) -> bool:
        """Change fields of a meeting in an open voucher; return whether any changed. Raises what `edit` raises."""
        before = _particulars(meeting)
        said = before._replace(**fields)
        if said == before:
            return False
        self._check(said, meeting)
        if _held(meeting.id, said) != _held(meeting.id, before):
            sql = "SELECT max(id) FROM meeting_held WHERE meeting_id = ? AND sign = 1"
            voucher.counter("meeting_held", [self.database.value(sql, (meeting.id,))])
            voucher.post("meeting_held", _HELD, [_held(meeting.id, said)])
        changed = {name: value for name, value in _card(said).items() if value != _card(before)[name]}
        if changed:
            voucher.edit("meeting", meeting.id, **changed)
        return True

    def attend(
        self, meeting: Meeting, partners: Iterable[Partner], *, key: str | None = None
    ) -> Written[list[Partner]]:
        """Record partners who attended; return those who were not on the list yet. Raises BadMeeting, AllThere."""
        asked = {one.id: one for one in partners}
        with self.ledger.voucher("meeting.attend", key=key, intention=[meeting.id, sorted(asked)]) as voucher:
            standing = self._standing(meeting)
            if not asked:
                raise BadMeeting(
                    f"{named(meeting)}的名单里没有合伙人，没有记账。请写参会的合伙人，每行一个。"
                )
            for why in absences(self.database, {(one, meeting.held_on) for one in asked}).values():
                raise BadMeeting(f"{why}。请改正单位。")
            new = self.attend_in(voucher, standing, asked)
            if not new:
                raise AllThere(meeting)
        return Written([asked[one] for one in new], voucher.id)

    def attend_in(self, voucher: Voucher, meeting: Meeting, partner_ids: Iterable[int]) -> list[int]:
        """Record partners who attended in an open voucher; return those who were not on the list yet."""
        there = set(self._attending(meeting.id))
        new = [one for one in dict.fromkeys(partner_ids) if one not in there]
        said = Particulars(meeting.community_id, meeting.held_on, meeting.title, partners=tuple(new))
        self._post_attending(voucher, [(meeting.id, said)])
        return new

    def raise_matter(
        self, meeting: Meeting, text: str, *, issue: "Issue | None" = None, key: str | None = None
    ) -> Written[list[Matter]]:
        """Record a matter raised at a meeting. Raises BadMeeting, SameMatter."""
        topic = Topic(text, issue.id if issue else None)
        with self.ledger.voucher("meeting.raise", key=key, intention=[meeting.id, topic]) as voucher:
            if not titled(text)[1]:
                raise BadMeeting("议题是空的，请写明议什么。")
            if not self.raise_in(voucher, self._standing(meeting), [topic]):
                raise SameMatter(meeting, titled(text)[0])
        return Written(self.matters(meeting), voucher.id)

    def raise_in(self, voucher: Voucher, meeting: Meeting, topics: Iterable[Topic]) -> int:
        """Record matters in an open voucher; return how many were new."""
        there = {titled(one.text)[1] for one in self.matters(meeting)}
        new = [(meeting.id, one) for one in topics if titled(one.text)[1] not in there]
        return self._add_matters(voucher, new)

    def known(self, first: str, last: str) -> dict[tuple[int, str, str], int]:
        """Return the meetings of these days by community, day and title key; a former title no other bears counts too."""
        found: dict[tuple[int, str, str], int] = {}
        for community_id, day, title_key, meeting_id in self.database.rows(_KNOWN, (first, last)):
            found.setdefault((community_id, day, title_key), meeting_id)
        return found

    def _check(self, said: Particulars, known: Meeting | None = None) -> None:
        for fault in faults(said, self.ledger.today().isoformat()):
            raise BadMeeting(fault)
        for why in absences(self.database, {(one, said.held_on) for one in said.partners}).values():
            raise BadMeeting(f"{why}。请改正单位或日期。")
        test = "c.community_id = :community AND c.held_on = :day AND c.title_key = :key AND c.id <> :besides"
        place = {"community": said.community_id, "day": said.held_on, "key": titled(said.title)[1]}
        for same in self._read(test, **place, besides=known.id if known else 0):
            raise SameMeeting(same)

    def _standing(self, meeting: Meeting) -> Meeting:
        """Return a meeting as it stands inside the voucher. Raises errors.NotFound when it was undone."""
        for now in self._read("c.id = :id", id=meeting.id):
            return now
        raise errors.NotFound("会议", f"{meeting.code} {meeting.title}", "它的登记已撤销。")

    def _attending(self, meeting_id: int) -> list[int]:
        """Return whom those who attended stand for today."""
        return [row[0] for row in self.database.rows(_ATTENDING, (meeting_id,))]

    def _post_attending(self, voucher: Voucher, rows: Iterable[tuple[int, Particulars]]) -> None:
        facts = [
            (row.community_id, row.held_on, meeting_id, partner_id)
            for meeting_id, row in rows
            for partner_id in dict.fromkeys(row.partners)
        ]
        voucher.post("attending", ("meeting_id", "partner_id"), facts)

    def _add_matters(self, voucher: Voucher, topics: Sequence[tuple[int, Topic]]) -> int:
        cards = {
            (meeting_id, titled(one.text)[1]): (meeting_id, *titled(one.text), one.issue_id)
            for meeting_id, one in topics
        }
        voucher.add("matter", ("meeting_id", "text", "text_key", "issue_id"), cards.values())
        return len(cards)

    def _read(self, test: str, **parameters: Any) -> list[Meeting]:
        rows = self.database.rows(f"{_MEETING} AND {test} ORDER BY c.held_on DESC, c.id DESC", parameters)
        return [Meeting(*row) for row in rows]


def named(meeting: Meeting) -> str:
    """Name a meeting in a sentence."""
    return f"会议“{meeting.title}”（{meeting.code}）"


_FIELDS = ("title", "title_key", "place", "remark")
_HELD = ("meeting_id", "kind", "attendance")


def _card(said: Particulars) -> dict[str, str]:
    """Return the fields of _FIELDS."""
    return dict(zip(_FIELDS, (*titled(said.title), said.place, said.remark), strict=True))


def _held(meeting_id: int, said: Particulars) -> tuple[object, ...]:
    return (said.community_id, said.held_on, meeting_id, said.kind, said.attendance)


def _particulars(meeting: Meeting) -> Particulars:
    """Return what is said of a meeting, those who attended and the matters left out."""
    said = {name: getattr(meeting, name) for name in Particulars._fields[:-2]}
    return Particulars(**said)


def _shown(meeting: Meeting) -> str:
    return f"{meeting.code} {meeting.held_on} {meeting.title}（{meeting.community}）"


_FILTERS = {
    "within": "c.community_id IN (SELECT value FROM json_each(:within))",
    "kind": "h.kind = :kind",
    "first": "c.held_on >= :first",
    "last": "c.held_on <= :last",
}
_MEETING = f"""SELECT c.id, c.code, c.title, c.community_id, a.name, c.held_on, h.kind, c.place, h.attendance, c.remark,
      (SELECT ifnull(sum(sign), 0) FROM attending WHERE meeting_id = c.id),
      (SELECT count(*) FROM matter WHERE meeting_id = c.id AND withdrawn = 0),
      (SELECT count(*) FROM resolution WHERE meeting_id = c.id AND withdrawn = 0),
      (SELECT count(*) FROM resolution WHERE meeting_id = c.id AND withdrawn = 0 AND status = 'open')
    FROM meeting c JOIN area a ON a.id = c.community_id JOIN meeting_held h ON h.meeting_id = c.id
    WHERE c.withdrawn = 0 AND {stands("meeting_held", "h")}"""
_ATTENDING = f"""SELECT {survivor("f.partner_id")} FROM attending f WHERE meeting_id = ?
    AND {stands("attending", "f")} ORDER BY id"""
_MATTERS = """SELECT m.id, m.text, i.id, i.code, i.title, i.status FROM matter m LEFT JOIN issue i ON i.id = m.issue_id
    WHERE m.meeting_id = ? AND m.withdrawn = 0 ORDER BY m.id"""
_RAISING = """SELECT c.code, c.title, c.held_on, a.name, m.text
    FROM matter m JOIN meeting c ON c.id = m.meeting_id AND c.withdrawn = 0 JOIN area a ON a.id = c.community_id
    WHERE m.issue_id = ? AND m.withdrawn = 0 ORDER BY c.held_on, m.id"""
_KNOWN = """SELECT m.community_id, m.held_on, t.title_key, m.id FROM meeting m JOIN (
      SELECT id, title_key, 0 AS former FROM meeting
      UNION ALL SELECT card_id, before, id FROM change WHERE card = 'meeting' AND field = 'title_key') t ON t.id = m.id
    WHERE m.withdrawn = 0 AND m.held_on BETWEEN ? AND ? ORDER BY t.former > 0, t.former DESC, m.id"""
