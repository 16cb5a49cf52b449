"""Responses: calling partners to a dispatch, and taking down how they answer, arrive and leave."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from . import steps
from .book import Book, Written
from .moments import Moment
from .persons import CARDS
from .presence import absences
from .responding import (
    COURSE,
    DELTAS,
    BadHeads,
    BeforeLastMoment,
    Came,
    CannotCome,
    DispatchOver,
    NamedTwice,
    NobodyCame,
    NotCalled,
    Rehearsed,
    Reply,
    Response,
    RollCall,
    by_person,
    furthest,
    heads_fault,
    replies,
    responses,
)

if TYPE_CHECKING:
    from .dispatches import Dispatch
    from .partners import Partner
    from .vouchers import Voucher


class Responses(Book):
    """How called partners answer to dispatches."""

    def of(self, dispatch: "Dispatch") -> list[Response]:
        """Return how each card that was called to a dispatch stands, by code."""
        return responses(self.database, dispatch.id)

    def by_person(self, dispatch: "Dispatch") -> list[Response]:
        """Return how those called to a dispatch stand, by code; who was called by several cards is one."""
        return by_person(self.of(dispatch))

    def replies(self, dispatch: "Dispatch") -> list[Reply]:
        """Return every step of all responses in force, in the order in which they happened."""
        return replies(self.database, dispatch.id)

    def find(self, dispatch: "Dispatch", partner: "Partner") -> Response:
        """Return the response of a partner, or of one merged into it. Raises NotCalled."""
        return self._find_many(dispatch, [partner])[partner.id]

    def answer(
        self, dispatch: "Dispatch", partner: "Partner", moment: Moment, *, key: str | None = None
    ) -> Written[Response]:
        """Record that a partner will come. Raises what `arrive` raises."""
        return self._step(dispatch, partner, "answered", moment, key=key)

    def arrive(
        self,
        dispatch: "Dispatch",
        partner: "Partner",
        moment: Moment,
        *,
        heads: int,
        party_members: int = 0,
        key: str | None = None,
    ) -> Written[Response]:
        """Record that a partner reported in with so many people.

        Raises NotCalled, BadHeads, DispatchOver, CannotCome, BeforeLastMoment, steps.WrongStep.
        """
        intention = [dispatch.id, partner.id, *moment, heads, party_members]
        with self.ledger.voucher("dispatch.arrived", key=key, intention=intention) as voucher:
            self.arrive_many(voucher, self._now(dispatch), [Came(partner, heads, party_members)], moment)
        return Written(self.find(dispatch, partner), voucher.id)

    def leave(
        self, dispatch: "Dispatch", partner: "Partner", moment: Moment, *, key: str | None = None
    ) -> Written[Response]:
        """Record that a partner left, also after the end. Raises what `arrive` raises."""
        return self._step(dispatch, partner, "left", moment, key=key)

    def decline(
        self,
        dispatch: "Dispatch",
        partner: "Partner",
        moment: Moment,
        *,
        reason: str = "",
        key: str | None = None,
    ) -> Written[Response]:
        """Record that a partner will not come. Raises what `arrive` raises."""
        return self._step(dispatch, partner, "declined", moment, reason=reason, key=key)

    def give_back(
        self, dispatch: "Dispatch", partner: "Partner", moment: Moment, *, reason: str, key: str | None = None
    ) -> Written[Response]:
        """Record 退单: the call was none for this partner; it leaves the response rate. Raises what `arrive` raises."""
        return self._step(dispatch, partner, "returned", moment, reason=reason, key=key)

    def call_again(
        self,
        dispatch: "Dispatch",
        partners: "Sequence[Partner]",
        moment: Moment,
        *,
        instead: "Partner | None" = None,
        key: str | None = None,
    ) -> Written[list[Response]]:
        """Call partners to a running dispatch: others, or those again whose response has ended; `instead` of one that was called.

        Raises what `arrive` raises, and NamedTwice.
        """
        intention = [dispatch.id, [partner.id for partner in partners], *moment, instead and instead.id]
        with self.ledger.voucher("dispatch.again", key=key, intention=intention) as voucher:
            place_of = self.find(dispatch, instead).id if instead else None
            self.call_many(voucher, self._now(dispatch), partners, moment, instead_of_id=place_of)
        called = self._find_many(dispatch, partners)
        return Written([called[partner.id] for partner in partners], voucher.id)

    def roll_call(
        self,
        dispatch: "Dispatch",
        came: Sequence[Came],
        moment: Moment,
        *,
        dry_run: bool = False,
        key: str | None = None,
    ) -> RollCall:
        """Record many arrivals at one moment in one voucher; a dry run writes nothing.

        Raises what `arrive` raises, NobodyCame and NamedTwice.
        """
        if not came:
            raise NobodyCame(dispatch.title, dispatch.code)
        said = [(one.partner.id, one.heads, one.party_members) for one in came]
        intention = [dispatch.id, said, *moment]
        try:
            with self.ledger.voucher("dispatch.rollcall", key=key, intention=intention) as voucher:
                self.arrive_many(voucher, self._now(dispatch), came, moment)
                found = self._find_many(dispatch, [one.partner for one in came])
                if dry_run:
                    raise Rehearsed  # noqa: TRY301 takes everything back
        except Rehearsed:
            return RollCall(list(found.values()), None)
        return RollCall(list(found.values()), voucher.id)

    # Inside a voucher

    def call_many(
        self,
        voucher: "Voucher",
        dispatch: "Dispatch",
        partners: "Sequence[Partner]",
        moment: Moment,
        *,
        instead_of_id: int | None = None,
    ) -> None:
        """Call partners in an open voucher, whether for the first time or again. Raises what `call_again` raises."""
        self._check_people(partners, moment)
        known = self._known(dispatch, partners)
        again = [known[partner.id] for partner in partners if partner.id in known]
        if again:
            self.take_many(voucher, dispatch, again, "called", moment)
        elif dispatch.status != "open":
            raise DispatchOver(dispatch.title, dispatch.code)
        elif moment < dispatch.whistled:
            raise BeforeLastMoment(f"吹哨“{dispatch.title}”", moment, dispatch.whistled)
        new = [partner for partner in partners if partner.id not in known]
        fields = ("community_id", "dispatch_id", "partner_id", "instead_of_id")
        cards = [(dispatch.community_id, dispatch.id, partner.id, instead_of_id) for partner in new]
        ids = voucher.add("response", fields, cards)
        facts = [
            (dispatch.community_id, moment.day, response_id, dispatch.id, partner.id, "called", 1, 1, moment.minute, 0)
            for response_id, partner in zip(ids, new, strict=True)
        ]  # fmt: skip
        voucher.post("response_event", _STEP, facts)

    def take_many(
        self,
        voucher: "Voucher",
        dispatch: "Dispatch",
        taking: Sequence[Response],
        event: str,
        moment: Moment,
    ) -> range:
        """Post the same step of many responses in an open voucher; return the facts.

        Raises DispatchOver, steps.WrongStep, BeforeLastMoment.
        """
        if dispatch.status != "open" and event != "left":
            raise DispatchOver(dispatch.title, dispatch.code)
        latest: dict[int, Reply] = {}
        calls: dict[tuple[int, int], Reply] = {}
        for reply in self.replies(dispatch):
            latest[reply.response_id] = reply
            if reply.event == "called":
                calls[reply.response_id, reply.round] = reply
        facts = []
        for one in taking:
            _check_step(one, event, moment, latest[one.id].at)
            first = event == "called"
            number = self._rounds(one.id) + 1 if first else one.round
            minutes = 0 if first else moment.since(calls[one.id, one.round].at)
            place = (one.community_id, moment.day, one.id, dispatch.id, one.partner_id)
            facts.append((*place, event, DELTAS[event], number, moment.minute, minutes))
        posted = voucher.post("response_event", _STEP, facts)
        statuses = [(COURSE.moves[one.status, event], one.id) for one in taking]
        voucher.edit_many("response", ("status",), statuses)
        return posted

    def arrive_many(
        self, voucher: "Voucher", dispatch: "Dispatch", came: Sequence[Came], moment: Moment
    ) -> None:
        """Record arrivals at one moment in an open voucher. Raises what `arrive` raises, and NamedTwice."""
        for one in came:
            if why := heads_fault(one.heads, one.party_members):
                raise BadHeads(f"{one.partner.name}（{one.partner.code}）", why)
        partners = [one.partner for one in came]
        self._check_people(partners, moment)
        found = self._find_many(dispatch, partners)
        taking = [found[partner.id] for partner in partners]
        facts = self.take_many(voucher, dispatch, taking, "arrived", moment)
        people = [
            (response.community_id, moment.day, fact, dispatch.id, response.partner_id, one.heads, one.party_members)
            for fact, response, one in zip(facts, taking, came, strict=True)
        ]  # fmt: skip
        voucher.post("arrival", _ARRIVAL, people)

    def _step(
        self,
        dispatch: "Dispatch",
        partner: "Partner",
        event: str,
        moment: Moment,
        *,
        reason: str = "",
        key: str | None,
    ) -> Written[Response]:
        intention = [dispatch.id, partner.id, *moment, reason]
        with self.ledger.voucher(f"dispatch.{event}", key=key, intention=intention) as voucher:
            now = self._now(dispatch)
            taking = self.find(now, partner)
            self.take_many(voucher, now, [taking], event, moment)
            voucher.note(reason, line=1)
        # Not found anew: another card of the same person may go on.
        return Written(next(one for one in self.of(dispatch) if one.id == taking.id), voucher.id)

    def _now(self, dispatch: "Dispatch") -> "Dispatch":
        """Return a dispatch as it stands inside the voucher. Raises errors.NotFound when its whistle was undone."""
        from .dispatches import Dispatches

        return self.ledger.book(Dispatches).get(dispatch.id)

    def _check_people(self, partners: "Iterable[Partner]", moment: Moment) -> None:
        seen: set[int] = set()
        for partner in partners:
            if partner.id in seen:
                raise NamedTwice(partner)
            seen.add(partner.id)
        for why in absences(self.database, {(one, moment.day) for one in seen}).values():
            raise CannotCome(why)

    def _find_many(self, dispatch: "Dispatch", partners: "Sequence[Partner]") -> dict[int, Response]:
        """Return the response of each partner by the partner's id. Raises NotCalled with all that have none."""
        known = self._known(dispatch, partners)
        if missing := [partner for partner in partners if partner.id not in known]:
            raise NotCalled(dispatch.title, dispatch.code, missing)
        return known

    def _known(self, dispatch: "Dispatch", partners: "Sequence[Partner]") -> dict[int, Response]:
        """Return by partner's id its response; where one merged into it was called too, the one that goes on.

        Of several alike, the partner's own: a merger that is undone leaves it with what it did.
        """
        persons = self._persons(partners)
        found: dict[int, Response] = {}
        asked = str(sorted(persons))

        def order(one: Response) -> tuple[bool, int, bool]:
            return *_going_on(one), persons[one.partner_id] == one.partner_id

        for response in sorted(responses(self.database, dispatch.id, partners=asked), key=order):
            found[persons[response.partner_id]] = response
        return found

    def _persons(self, partners: "Sequence[Partner]") -> Mapping[int, int]:
        """Return each card of these partners, those merged into them too, and whose it is."""
        asked = str([partner.id for partner in partners])
        return dict(self.database.rows(_PERSONS, {"persons": asked}))

    def _rounds(self, response_id: int) -> int:
        sql = "SELECT max(round) FROM response_event WHERE response_id = ?"
        return int(self.database.value(sql, (response_id,)))


def _check_step(response: Response, event: str, moment: Moment, latest: Moment) -> None:
    shown = f"{response.partner}（{response.partner_code}）"
    if (response.status, event) not in COURSE.moves:
        raise steps.WrongStep(shown, COURSE, response.status, event)
    if moment < latest:
        raise BeforeLastMoment(shown, moment, latest)


def _going_on(response: Response) -> tuple[bool, int]:
    """Order what a person was called for by whether it goes on, and how far it came."""
    return (response.status, "called") not in COURSE.moves, furthest(response)


_STEP = ("response_id", "dispatch_id", "partner_id", "event", "delta", "round", "minute", "minutes")
_ARRIVAL = ("response_event_id", "dispatch_id", "partner_id", "heads", "party_members")
_PERSONS = f"{CARDS} SELECT id, person FROM card"
