"""Activities 活动: what took place, who organised it, who took part, and the points that gives."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.activity import KINDS, LETTERS, THEMES

from . import errors
from .areas import Area
from .book import Book
from .codes import code, last_number
from .facts import stands
from .lookup import called_before, changed_before, literal, only
from .partners import Partner
from .presence import absences
from .sources import Source, as_brought, brought, former_names
from .vouchers import Voucher

MOST_BENEFICIARIES, MOST_ETHNIC_GROUPS = 10_000_000, 56


class Particulars(NamedTuple):
    """What a command or a line of a file says of an activity; `organisers` are partners' ids, the day is ISO."""

    community_id: int
    held_on: str
    name: str
    kind: str = "other"
    theme: str = ""
    place: str = ""
    beneficiaries: int = 0
    ethnic_groups: int | None = None
    remark: str = ""
    organisers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as it stands, with 人次 and minutes of its sheet."""

    id: int
    code: str
    name: str
    community_id: int
    community: str
    held_on: str
    kind: str
    theme: str
    place: str
    beneficiaries: int
    ethnic_groups: int | None
    remark: str
    attendance: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ActivityWritten:
    """What a write did: the activity as it stands now and the voucher."""

    activity: Activity
    voucher: int


class BadActivity(errors.Refused):
    """What is said of an activity can't be."""


class SameActivity(errors.Refused):
    """The community has an activity of this name on this day."""

    def __init__(self, known: Activity) -> None:
        super().__init__(
            f"{known.community} {known.held_on} 已有“{known.name}”（{known.code}），没有重复登记。"
            "确是另一场请换个名称，如加上“下午场”。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(f"“{activity.name}”（{activity.code}）本来就是这样，没有改动。")


class DayFixed(errors.Refused):
    """The day of an activity with sign-ins."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(
            f"“{activity.name}”（{activity.code}）已有 {activity.attendance} 人次签到，日期不能再改。请先撤销签到。"
        )


def faults(said: Particulars, today: str) -> list[str]:
    """Return what is wrong with an activity's particulars, one sentence each; organisers are for `absences`."""
    found = []
    if not names.match_key(said.name):
        found.append("活动名称是空的，请填写。")
    if said.kind not in KINDS:
        found.append(f"活动类别“{said.kind}”不对，可用：{'、'.join(KINDS.values())}。")
    if said.theme and said.theme not in THEMES:
        found.append(f"主题“{said.theme}”不对，可用：{'、'.join(THEMES.values())}。")
    if said.held_on > today:
        found.append(f"活动日期 {said.held_on} 还没有到（今天是 {today}），请在举办之后登记。")
    if not 0 <= said.beneficiaries <= MOST_BENEFICIARIES:
        found.append(f"受益人数 {said.beneficiaries} 不合理，应在 0 到 {MOST_BENEFICIARIES} 之间。")
    if said.ethnic_groups is not None and not 1 <= said.ethnic_groups <= MOST_ETHNIC_GROUPS:
        found.append(f"民族数 {said.ethnic_groups} 不合理，应在 1 到 {MOST_ETHNIC_GROUPS} 之间。")
    return found


class Activities(Book):
    """The activities of the office and their sign-in sheets."""

    def find(self, text: str, *, day: date | None = None) -> Activity:
        """Return the activity named by code or name, of one day if given; the community worked in is searched first.

        Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep activity list 查看，或用 --day 指明日期。"
        return only(self.ledger, "活动", text, self._attempts(text, day), shown=_shown, remedy=remedy)

    def get(self, activity_id: int) -> Activity:
        """Return an activity by id."""
        return self._read("a.id = ?", (activity_id,))[0]

    def organisers(self, activity: Activity) -> list[Partner]:
        """Return the partners who organised an activity."""
        return [self.ledger.partners.get(row[1]) for row in self._organising(activity.id)]

    def listing(
        self,
        *,
        under: Area | None = None,
        kind: str | None = None,
        theme: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Activity]:
        """Return activities by area, kind, theme and days (both included), newest first."""
        asked = {
            "kind": kind,
            "theme": theme,
            "first": first and str(first),
            "last": last and str(last),
            "within": self._within(under),
        }
        condition = " AND ".join(_FILTERS[name] for name, value in asked.items() if value is not None)
        return self._read(condition or "1", asked, "ORDER BY a.held_on DESC, a.code")

    def add(self, said: Particulars, *, key: str | None = None) -> ActivityWritten:
        """Record an activity that took place. Raises BadActivity, SameActivity."""
        with self.ledger.voucher("activity.add", key=key, intention=said._asdict()) as voucher:
            self._check(said)
            same = "a.community_id = ? AND a.held_on = ? AND a.name_key = ?"
            for known in self._read(same, (said.community_id, said.held_on, names.match_key(said.name))):
                raise SameActivity(known)
            activity_id = self.add_many(voucher, [said])[0]
        return ActivityWritten(self.get(activity_id), voucher.id)

    def add_many(self, voucher: Voucher, rows: Sequence[Particulars]) -> range:
        """Record activities in an open voucher; return their ids. The caller checked them with `faults` and `absences`.

        Equal rows become activities of their own.
        """
        ids = voucher.add("activity", _CARD, self._cards(rows))
        placed = list(zip(ids, rows, strict=True))
        held = [_held(activity_id, row) for activity_id, row in placed]
        voucher.post("activity_held", _HELD, held)
        organising = [
            (row.community_id, row.held_on, activity_id, partner_id)
            for activity_id, row in placed
            for partner_id in dict.fromkeys(row.organisers)
        ]
        voucher.post("organising", ("activity_id", "partner_id"), organising)
        return ids

    def edit(self, activity: Activity, *, key: str | None = None, **fields: Any) -> ActivityWritten:
        """Change what is said of an activity (fields of Particulars except the community).

        What figures count is countered and posted anew. Raises BadActivity, DayFixed, NothingToChange.
        """
        with self.ledger.voucher("activity.edit", key=key, intention=[activity.id, fields]) as voucher:
            now = self.get(activity.id)
            organised = self._organising(now.id)
            before = _particulars(now, tuple(partner_id for _, partner_id in organised))
            said = before._replace(**fields)
            if sorted(said.organisers) == sorted(before.organisers):
                said = said._replace(organisers=before.organisers)
            if said == before:
                raise NothingToChange(now)
            if said.held_on != before.held_on and now.attendance:
                raise DayFixed(now)
            self._check(said)
            if _card(said) != _card(before):
                voucher.edit("activity", now.id, **_card(said))
            self._repost(voucher, now.id, before, said)
        return ActivityWritten(self.get(activity.id), voucher.id)

    # What an import compares its rows with

    def by_name(self, first: str, last: str) -> dict[tuple[int, str, str], list[int]]:
        """Return the ids of the activities of these days by (community, day, `names.match_key` of the name).

        A name that no activity bears any more stands for the one that was renamed.
        """
        found: dict[tuple[int, str, str], list[int]] = {}
        for community_id, day, name_key, activity_id in self.database.rows(_NAMED, (first, last)):
            found.setdefault((community_id, day, name_key), []).append(activity_id)
        return self.by_former_name(first, last) | found

    def by_former_name(self, first: str, last: str) -> dict[tuple[int, str, str], list[int]]:
        """Return the ids of renamed activities of these days by the names they bore before, as `by_name` does."""
        places = {found[3]: found[:2] for found in self.database.rows(_NAMED, (first, last))}
        former: dict[tuple[int, str, str], list[int]] = {}
        for activity_id, name_key in former_names(self.database, "activity"):
            if activity_id in places:
                same = former.setdefault((*places[activity_id], name_key), [])
                same += [activity_id] * (activity_id not in same)
        return former

    def recorded(self, source: Source, first: str, last: str) -> list[tuple[int, Particulars]]:
        """Return the activities of these days that files of a source brought, as the files said them, each after its voucher.

        What was undone is left out; what was edited since is told as it was.
        """
        organised: dict[int, list[int]] = {}
        sql = f"SELECT f.activity_id, f.partner_id FROM organising f {brought('organising')}"
        for activity_id, partner_id in self.database.rows(f"{sql} ORDER BY f.id", source.on(first, last)):
            organised.setdefault(activity_id, []).append(partner_id)
        name, place, remark = (as_brought("activity", field) for field in ("name", "place", "remark"))
        sql = f"""SELECT f.voucher_id, f.activity_id, f.community_id, f.happened_on, {name}, f.kind, f.theme, {place},
            f.beneficiaries, f.ethnic_groups, {remark}
            FROM activity_held f JOIN activity ON activity.id = f.activity_id {brought("activity_held")}"""
        rows = self.database.rows(f"{sql} ORDER BY f.id", source.on(first, last))
        return [(voucher, _said(*row, organisers=tuple(organised.get(row[0], ())))) for voucher, *row in rows]

    def _check(self, said: Particulars) -> None:
        for fault in faults(said, self.ledger.today().isoformat()):
            raise BadActivity(fault)
        for why in absences(
            self.database, {(partner_id, said.held_on) for partner_id in said.organisers}
        ).values():
            raise BadActivity(f"主办方{why}，请改正。")

    def _organising(self, activity_id: int) -> list[tuple[int, int]]:
        """Return fact and partner of each organiser in force."""
        sql = f"""SELECT id, partner_id FROM organising o WHERE activity_id = ? AND {stands("organising", "o")} ORDER BY id"""
        return list(self.database.rows(sql, (activity_id,)))

    def _repost(self, voucher: Voucher, activity_id: int, before: Particulars, said: Particulars) -> None:
        """Counter and post anew the facts of an activity that an edit changes."""
        if _held(activity_id, said) != _held(activity_id, before):
            sql = "SELECT max(id) FROM activity_held WHERE activity_id = ? AND sign = 1"
            voucher.counter("activity_held", [self.database.value(sql, (activity_id,))])
            voucher.post("activity_held", _HELD, [_held(activity_id, said)])
        moved = said.held_on != before.held_on
        organised = self._organising(activity_id)
        gone = [fact for fact, partner_id in organised if moved or partner_id not in said.organisers]
        new = [one for one in dict.fromkeys(said.organisers) if moved or one not in before.organisers]
        voucher.counter("organising", gone)
        rows = [(said.community_id, said.held_on, activity_id, partner_id) for partner_id in new]
        voucher.post("organising", ("activity_id", "partner_id"), rows)

    def _cards(self, rows: Iterable[Particulars]) -> Iterator[tuple[object, ...]]:
        communities: dict[int, tuple[Area, int]] = {}
        for row in rows:
            if row.community_id not in communities:
                area = self.ledger.areas.get(row.community_id)
                communities[row.community_id] = (area, last_number(self.ledger, "activity", area))
            area, number = communities[row.community_id]
            communities[row.community_id] = (area, number + 1)
            issued = (area.id, number + 1, code(LETTERS["activity"], area, number + 1), area.id)
            yield (*issued, *_card(row).values())

    def _attempts(self, text: str, day: date | None) -> Iterator[list[Activity]]:
        key = names.match_key(text)
        if not key:
            return
        here = self.ledger.here
        escaped = literal(key)
        parameters = {
            "code": text.strip(),
            "key": key,
            "here": f"{here.code}-" if here else "",
            "start": f"{escaped}%",
            "within": f"%{escaped}%",
            "day": str(day) if day else None,
            "these": str(called_before(self.ledger, "activity", text)),
            "moved": str(changed_before(self.ledger, "activity", ("held_on",), str(day or ""))),
        }
        for test in _TESTS:
            condition = f"{test} AND (:day IS NULL OR a.held_on = :day OR {_MOVED})"
            found = self._read(condition, parameters, "ORDER BY a.held_on DESC, a.id")
            mine = [activity for activity in found if here and activity.community_id == here.id]
            yield mine or found

    def _within(self, under: Area | None) -> str | None:
        return str([community.id for community in self.ledger.areas.communities(under)]) if under else None

    def _read(self, condition: str, parameters: Any, order: str = "") -> list[Activity]:
        rows = self.database.rows(f"{_ACTIVITY} AND {condition} {order}", parameters)
        return [Activity(*row) for row in rows]


_NAMED = """SELECT community_id, held_on, name_key, id FROM activity
    WHERE withdrawn = 0 AND held_on BETWEEN ? AND ? ORDER BY id"""
_CARD = ("issuer_id", "number", "code", "community_id", "held_on", "name", "name_key", "place", "remark")
_HELD = ("activity_id", "kind", "theme", "beneficiaries", "ethnic_groups")
_FILTERS = {
    "kind": "h.kind = :kind",
    "theme": "h.theme = :theme",
    "first": "a.held_on >= :first",
    "last": "a.held_on <= :last",
    "within": "a.community_id IN (SELECT value FROM json_each(:within))",
}
_MOVED = "a.id IN (SELECT value FROM json_each(:moved))"
_TESTS = (
    "a.id IN (SELECT value FROM json_each(:these))",
    "a.code = upper(:code)",
    "a.code = :here || upper(:code)",
    "a.name_key = :key",
    "a.name_key LIKE :start ESCAPE '\\'",
    "a.name_key LIKE :within ESCAPE '\\'",
)
_ACTIVITY = f"""SELECT a.id, a.code, a.name, a.community_id, c.name, a.held_on, h.kind, h.theme, a.place, h.beneficiaries,
      h.ethnic_groups, a.remark, (SELECT ifnull(sum(sign), 0) FROM participation WHERE activity_id = a.id),
      (SELECT ifnull(sum(sign * minutes), 0) FROM participation WHERE activity_id = a.id)
    FROM activity a JOIN area c ON c.id = a.community_id JOIN activity_held h ON h.activity_id = a.id
    WHERE a.withdrawn = 0 AND {stands("activity_held", "h")}"""


def _card(said: Particulars) -> dict[str, str]:
    name = names.tidy(said.name)
    card = {"held_on": said.held_on, "name": name, "name_key": names.match_key(name)}
    return card | {"place": said.place, "remark": said.remark}


def _held(activity_id: int, said: Particulars) -> tuple[object, ...]:
    counted = (said.kind, said.theme, said.beneficiaries, said.ethnic_groups)
    return (said.community_id, said.held_on, activity_id, *counted)


def _particulars(activity: Activity, organisers: tuple[int, ...]) -> Particulars:
    said = {name: getattr(activity, name) for name in Particulars._fields if name != "organisers"}
    return Particulars(**said, organisers=organisers)


def _said(_activity_id: int, *said: Any, organisers: tuple[int, ...]) -> Particulars:
    fields = dict(zip(Particulars._fields, said, strict=False))
    return Particulars(**fields, organisers=organisers)


def _shown(activity: Activity) -> str:
    return f"{activity.code} {activity.held_on} {activity.name}（{activity.community}）"
