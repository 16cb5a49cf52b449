"""Dispatches 吹哨报到: a community blows the whistle, many partners are called, and all is over at a minute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.chinese import names
from hepartner.words.dispatch import EVENTS, LETTERS, STATUSES

from . import errors, steps
from .areas import Area
from .book import Book, Written
from .codes import next_code
from .facts import stands
from .lookup import called_before, literal, only
from .moments import Moment
from .persons import survivor
from .presence import absences, on_record
from .responding import BeforeLastMoment, Rehearsed
from .responses import Responses

if TYPE_CHECKING:
    from .partners import Partner
    from .rewarding import Reward, Rewarded
    from .vouchers import Voucher

COURSE = steps.Course("dispatch", "dispatch_event", {("open", "finished"): "finished"}, STATUSES, EVENTS)


class Whistle(NamedTuple):
    """What a community blows the whistle for, and when."""

    title: str
    kind: str
    community: Area
    moment: Moment
    place: str = ""
    remark: str = ""


class Whom(NamedTuple):
    """Which partners are called besides those named: of a kind, with a skill, under an area, paired with the community."""

    kind: str | None = None
    skill: str | None = None
    under: Area | None = None
    paired: bool = False

    @property
    def is_said(self) -> bool:
        """Whether anything is said at all; else nobody but those named is called."""
        return any(self)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch as it stands; `minutes` from whistle to end, `groups` the partners that arrived, `people` with them.

    Merged partners are one, among those `called` too.
    """

    id: int
    code: str
    community_id: int
    community: str
    kind: str
    title: str
    place: str
    status: str
    whistled_on: str
    whistled_at: int
    finished_on: str | None
    finished_at: int | None
    minutes: int | None
    called: int
    groups: int
    people: int
    party_members: int
    remark: str

    @property
    def whistled(self) -> Moment:
        """When the whistle was blown."""
        return Moment(self.whistled_on, self.whistled_at)

    @property
    def finished(self) -> Moment | None:
        """When all was over, None while it goes on."""
        on, at = self.finished_on, self.finished_at
        return None if on is None or at is None else Moment(on, at)


@dataclass(frozen=True, slots=True)
class Finished:
    """What an end did (or, without a voucher, would do): how many never answered, and the points given."""

    now: Dispatch
    voucher: int | None
    silent: int
    rewarded: "Rewarded | None"


class NoTitle(errors.Refused):
    """A dispatch without a title."""

    def __init__(self) -> None:
        super().__init__("没有写为什么吹哨。请用一句话写明，如 hep dispatch whistle 内涝排险 --kind 内涝。")


class SameDispatch(errors.Refused):
    """The whistle was blown for this, at this minute, for these partners."""

    def __init__(self, known: Dispatch) -> None:
        super().__init__(
            f"{known.community} {known.whistled} 吹哨“{known.title}”叫的就是这些单位，已经记过（{known.code}），没有重复记。"
            "漏叫了谁请用 hep dispatch again，写错了请先撤销，见 hep log --action 吹哨。"
        )


class NobodyCalled(errors.Refused):
    """Nobody is called."""

    def __init__(self, whom: Whom) -> None:
        why = "没有符合条件的合伙人" if whom.is_said else "没有写叫谁"
        super().__init__(
            f"{why}，没有吹哨。请写明合伙人，或用 --to-kind、--skill、--paired、--area 指明叫哪些。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, dispatch: Dispatch) -> None:
        super().__init__(f"吹哨“{dispatch.title}”（{dispatch.code}）本来就是这样，没有改动。")


class Dispatches(Book):
    """The dispatches of the office's communities."""

    def find(self, text: str, *, day: date | None = None) -> Dispatch:
        """Return the dispatch named by code, title or part of its title, of one day if given.

        The community worked in is searched first. Raises errors.NotFound, errors.Ambiguous.
        """
        remedy = "可用 hep dispatch list 查看编号。"
        return only(self.ledger, "吹哨", text, self._attempts(text, day), shown=_shown, remedy=remedy)

    def get(self, dispatch_id: int) -> Dispatch:
        """Return a dispatch by id. Raises errors.NotFound when its whistle was undone."""
        for found in self._read("d.id = :id AND d.withdrawn = 0", {"id": dispatch_id}):
            return found
        raise errors.NotFound("吹哨", str(dispatch_id), "它的登记已撤销。")

    def listing(
        self,
        *,
        under: Area | None = None,
        kind: str | None = None,
        status: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> list[Dispatch]:
        """Return dispatches by area, kind, status and days, the latest first."""
        asked = {
            "within": str([one.id for one in self.ledger.areas.communities(under)]) if under else None,
            "kind": kind,
            "status": status,
            "first": str(first or "0001-01-01"),
            "last": str(last or "9999-12-31"),
        }
        return self._read(_LISTED, asked, "d.whistled_on DESC, d.whistled_at DESC, d.id DESC")

    def whom(self, community: Area, named: "Sequence[Partner]", whom: Whom, day: str) -> "list[Partner]":
        """Return who is called on a day: those named, then those that are meant and were here on it, by code.

        Without an area those of the community are meant; paired ones come from anywhere. Area, kind and pairing are those of the
        day, skills those of today. Raises NobodyCalled.
        """
        chosen = {partner.id: partner for partner in named}
        if whom.is_said:
            meant = self._meant(community, whom, day)
            for one in self.ledger.partners.listing(skill=whom.skill):
                if one.id in meant:
                    chosen.setdefault(one.id, one)
        if not chosen:
            raise NobodyCalled(whom)
        return list(chosen.values())

    def _meant(self, community: Area, whom: Whom, day: str) -> set[int]:
        """Return who was here on a day, in the area and of the kind that is said, or paired with the community."""
        under = whom.under or (None if whom.paired else community)
        within = {one.id for one in self.ledger.areas.communities(under)}
        there = {
            person
            for person, place in on_record(self.database, day).items()
            if place.community_id in within and whom.kind in (None, place.kind)
        }
        if whom.paired:
            there &= self._paired(community, day)
        away = absences(self.database, ((person, day) for person in there))
        return {person for person in there if (person, day) not in away}

    def whistle(
        self, said: Whistle, partners: "Sequence[Partner]", *, key: str | None = None
    ) -> Written[Dispatch]:
        """Blow the whistle and call partners, in one voucher.

        Raises NoTitle, SameDispatch, responding.CannotCome, responding.NamedTwice.
        """
        called = [partner.id for partner in partners]
        plain = [said.title, said.kind, said.community.id, *said.moment, said.place, said.remark]
        with self.ledger.voucher("dispatch.whistled", key=key, intention=[plain, called]) as voucher:
            for known in self._same(said.community.id, said.moment, said.title, set(called)):
                raise SameDispatch(known)
            dispatch_id = self.begin(voucher, said)
            self.ledger.book(Responses).call_many(voucher, self.get(dispatch_id), partners, said.moment)
        return Written(self.get(dispatch_id), voucher.id)

    def _same(self, community_id: int, moment: Moment, title: str, called: set[int]) -> list[Dispatch]:
        """Return dispatches of this title and minute that began by calling just these partners."""
        key = names.match_key(title)
        asked = {"community": community_id, "day": moment.day, "minute": moment.minute, "key": key}
        those = self._read(f"{_SAME} AND d.withdrawn = 0", asked)
        return [one for one in those if self._first_called(one.id, moment) == called]

    def _first_called(self, dispatch_id: int, moment: Moment) -> set[int]:
        return {row[0] for row in self.database.rows(_FIRST_CALLED, (dispatch_id, *moment))}

    def begin(self, voucher: "Voucher", said: Whistle) -> int:
        """Blow the whistle in an open voucher, without calling anybody yet; return the dispatch. Raises NoTitle."""
        moment = said.moment
        card = {
            **next_code(self.ledger, "dispatch", LETTERS["dispatch"], said.community),
            "community_id": said.community.id,
            "kind": said.kind,
            **_titled(said.title),
            "place": said.place,
            "whistled_on": moment.day,
            "whistled_at": moment.minute,
            "remark": said.remark,
        }
        dispatch_id = voucher.add_one("dispatch", **card)
        fact = {"dispatch_id": dispatch_id, "kind": said.kind, "event": "whistled", "delta": 1}
        voucher.post_one(
            "dispatch_event",
            community_id=said.community.id,
            happened_on=moment.day,
            **fact,
            minute=moment.minute,
        )
        return dispatch_id

    def edit(self, dispatch: Dispatch, *, key: str | None = None, **fields: Any) -> Written[Dispatch]:
        """Change title, place, remark, or the kind, which stands in facts too.

        Raises NothingToChange, NoTitle, SameDispatch.
        """
        with self.ledger.voucher("dispatch.edit", key=key, intention=[dispatch.id, fields]) as voucher:
            now = self.get(dispatch.id)
            wanted = {name: value for name, value in fields.items() if value != getattr(now, name)}
            if not wanted:
                raise NothingToChange(now)
            if "kind" in wanted:
                steps.repost(self.ledger, voucher, COURSE, now.id, kind=wanted["kind"])
            if "title" in wanted:
                wanted |= _titled(wanted["title"])
                called = self._first_called(now.id, now.whistled)
                for known in self._same(now.community_id, now.whistled, wanted["title"], called):
                    if known.id != now.id:
                        raise SameDispatch(known)
            voucher.edit("dispatch", now.id, **wanted)
        return Written(self.get(dispatch.id), voucher.id)

    def finish(
        self,
        dispatch: Dispatch,
        moment: Moment,
        *,
        reward: "Reward | None" = None,
        note: str = "",
        dry_run: bool = False,
        key: str | None = None,
    ) -> Finished:
        """End a dispatch: who never answered is silent, and who arrived is given points if told so, all in one voucher.

        A dry run writes nothing. Raises steps.WrongStep, responding.BeforeLastMoment, and what rewarding.give raises.
        """
        intention = [dispatch.id, *moment, reward and reward.intention, note]
        try:
            with self.ledger.voucher("dispatch.finished", key=key, intention=intention) as voucher:
                ended = self._finished(voucher, dispatch, moment, reward, note)
                if dry_run:
                    raise Rehearsed  # noqa: TRY301 takes everything back
        except Rehearsed:
            return replace(ended, voucher=None)
        return ended

    def _finished(
        self, voucher: "Voucher", dispatch: Dispatch, moment: Moment, reward: "Reward | None", note: str
    ) -> Finished:
        from . import rewarding

        self.end(voucher, self.get(dispatch.id), moment)
        voucher.note(note, line=voucher.lines)
        now = self.get(dispatch.id)
        silent = sum(one.status == "silent" for one in self.ledger.book(Responses).by_person(now))
        given = rewarding.give(self.ledger, voucher, now, reward) if reward else None
        return Finished(now, voucher.id, silent, given)

    def end(self, voucher: "Voucher", dispatch: Dispatch, moment: Moment) -> None:
        """End a dispatch in an open voucher; who never answered is silent. Raises steps.WrongStep, BeforeLastMoment."""
        book, shown = self.ledger.book(Responses), f"吹哨“{dispatch.title}”"
        if (dispatch.status, "finished") not in COURSE.moves:
            raise steps.WrongStep(shown, COURSE, dispatch.status, "finished")
        times = [reply.at for reply in book.replies(dispatch) if reply.event != "left"]
        latest = max([dispatch.whistled, *times])
        if moment < latest:
            raise BeforeLastMoment(shown, moment, latest)
        # Also of those who answered by another card: of a person what came furthest counts, and a merger that is undone leaves
        # each card with what it did.
        waiting = [one for one in book.of(dispatch) if one.status == "called"]
        book.take_many(voucher, dispatch, waiting, "silent", moment)
        counted = {"kind": dispatch.kind, "delta": -1, "minute": moment.minute}
        counted["minutes"] = moment.since(dispatch.whistled)
        step = steps.Step(dispatch.id, "finished", moment.day, counted)
        steps.take(self.ledger, voucher, COURSE, step, shown=shown)

    def _paired(self, community: Area, day: str) -> set[int]:
        from .pairings import Pairings

        ever = self.ledger.book(Pairings).listing(under=community, ended=True)
        return {one.partner_id for one in ever if one.since <= day <= (one.until or day)}

    def _attempts(self, text: str, day: date | None) -> Iterator[list[Dispatch]]:
        key, here = names.match_key(text), self.ledger.here
        if not key:
            return
        asked = {
            "code": text.strip(),
            "key": key,
            "here": f"{here.code}-" if here else "",
            "within": f"%{literal(key)}%",
            "day": day and str(day),
            "these": str(called_before(self.ledger, "dispatch", text)),
        }
        for test in _TESTS:
            found = self._read(f"{test} AND d.withdrawn = 0 AND ifnull(d.whistled_on = :day, 1)", asked)
            mine = [dispatch for dispatch in found if here and dispatch.community_id == here.id]
            yield mine or found

    def _read(self, test: str, parameters: dict[str, Any], order: str = "d.code") -> list[Dispatch]:
        rows = self.database.rows(f"{_DISPATCH} WHERE {test} ORDER BY {order}", parameters)
        return [Dispatch(*row) for row in rows]


def _titled(title: str) -> dict[str, str]:
    tidy = names.tidy(title)
    if not names.match_key(tidy):
        raise NoTitle
    return {"title": tidy, "title_key": names.match_key(tidy)}


def _shown(dispatch: Dispatch) -> str:
    return f"{dispatch.code} {dispatch.title}（{dispatch.community}，{dispatch.whistled}，{STATUSES[dispatch.status]}）"


_TESTS = (
    "d.id IN (SELECT value FROM json_each(:these))",
    "(d.code = upper(:code) OR d.code = :here || upper(:code))",
    "d.title_key = :key",
    "d.title_key LIKE :within ESCAPE '\\'",
)
_SAME = """d.community_id = :community AND d.whistled_on = :day AND d.whistled_at = :minute AND d.title_key = :key"""
_FIRST_CALLED = f"""SELECT {survivor("e.partner_id")} FROM response_event e
    WHERE e.dispatch_id = ? AND e.event = 'called' AND e.happened_on = ? AND e.minute = ? AND {stands("response_event", "e")}"""
_LISTED = """d.withdrawn = 0 AND d.whistled_on BETWEEN :first AND :last
    AND (:within IS NULL OR d.community_id IN (SELECT value FROM json_each(:within)))
    AND (:kind IS NULL OR d.kind = :kind) AND (:status IS NULL OR d.status = :status)"""
_PERSONS = f"count(DISTINCT iif(p.merged_into_id IS NULL, p.id, {survivor('p.id')}))"
_CALLED = f"""(SELECT {_PERSONS} FROM response s JOIN partner p ON p.id = s.partner_id
        WHERE s.dispatch_id = d.id AND s.withdrawn = 0)"""
_ARRIVED = f"FROM arrival a JOIN partner p ON p.id = a.partner_id WHERE a.dispatch_id = d.id AND {stands('arrival', 'a')}"
_DISPATCH = f"""SELECT d.id, d.code, d.community_id, c.name, d.kind, d.title, d.place, d.status, d.whistled_on, d.whistled_at,
      e.happened_on, e.minute, e.minutes,
      {_CALLED}, (SELECT {_PERSONS} {_ARRIVED}), (SELECT ifnull(sum(a.heads), 0) {_ARRIVED}),
      (SELECT ifnull(sum(a.party_members), 0) {_ARRIVED}), d.remark
    FROM dispatch d JOIN area c ON c.id = d.community_id
    LEFT JOIN dispatch_event e ON e.dispatch_id = d.id AND e.event = 'finished' AND {stands("dispatch_event", "e")}"""
