"""Cooperations 促成合作: a business with another partner, or with the community, agreed at a meeting or elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .persons import survivor, survivor_of
from .presence import absences

if TYPE_CHECKING:
    from .areas import Area
    from .meetings import Meeting
    from .needs import Need
    from .offers import Offer
    from .partners import Partner


@dataclass(frozen=True, slots=True)
class Cooperation:
    """A cooperation in force; without a partner it is with the community. `note` says what was agreed."""

    id: int
    happened_on: str
    community_id: int
    community: str
    meeting_code: str | None
    meeting: str | None
    partner_code: str
    partner: str
    with_code: str | None
    with_name: str | None
    offer_code: str | None
    offer: str | None
    need_code: str | None
    need: str | None
    voucher: int
    note: str


class BadCooperation(errors.Refused):
    """What is said of a cooperation can't be."""


class SameCooperation(errors.Refused):
    """The ledger has this cooperation."""

    def __init__(self, known: Cooperation) -> None:
        other = known.with_name or known.community
        super().__init__(
            f"{known.partner}与{other}的合作 {known.happened_on} 已经记过（凭证 V{known.voucher}），没有重复记。"
            f"写错或漏写的，请先用 hep undo {known.voucher} 撤销再记。"
        )


class Cooperations(Book):
    """The cooperations that meetings and communities brought about."""

    def listing(
        self, *, under: "Area | None" = None, meeting: "Meeting | None" = None, need: "Need | None" = None
    ) -> list[Cooperation]:
        """Return cooperations by area, meeting and the need they meet, newest first."""
        within = str([one.id for one in self.ledger.areas.communities(under)]) if under else None
        asked = {"within": within, "meeting": meeting and meeting.id, "need": need and need.id}
        tests = [_FILTERS[name] for name, value in asked.items() if value is not None]
        return self._read(" AND ".join(tests) or "1", **asked)

    def close(
        self,
        partner: "Partner",
        community: "Area",
        *,
        with_: "Partner | None" = None,
        meeting: "Meeting | None" = None,
        offer: "Offer | None" = None,
        need: "Need | None" = None,
        day: date | None = None,
        note: str = "",
        key: str | None = None,
    ) -> Written[Cooperation]:
        """Record that a business will cooperate with another partner (the community if None).

        The day is the meeting's, else today; the community that of the meeting, if there was one. Raises BadCooperation,
        SameCooperation, errors.NotYet.
        """
        on = meeting.held_on if meeting and day is None else self.ledger.day(day)
        fact = {
            "meeting_id": meeting and meeting.id,
            "partner_id": partner.id,
            "with_id": with_ and with_.id,
            "offer_id": offer and offer.id,
            "need_id": need and need.id,
        }
        place = meeting.community_id if meeting else community.id
        with self.ledger.voucher("cooperation.add", key=key, intention=[fact, place, on, note]) as voucher:
            steps.check_day(self.ledger, on)
            late = [_early(need, on)] if need and on < need.raised_on else []
            for why in [*self._faults(partner, with_, meeting, offer, on), *late]:
                raise BadCooperation(why)
            for known in self._read(_SAME, **fact, day=on):
                raise SameCooperation(known)
            closed = voucher.post_one("cooperation", community_id=place, happened_on=on, **fact)
            voucher.note(note, line=1)
        return Written(self._read("f.id = :id", id=closed)[0], voucher.id)

    def _faults(
        self,
        partner: "Partner",
        with_: "Partner | None",
        meeting: "Meeting | None",
        offer: "Offer | None",
        day: str,
    ) -> list[str]:
        """Return what is wrong with a cooperation, one sentence each."""
        found = unfit(partner, with_)
        if meeting and day < meeting.held_on:
            found.append(f"日期 {day} 早于会议“{meeting.title}”（{meeting.held_on}），请改正日期。")
        both = {one.id for one in (partner, with_) if one}
        if offer and survivor_of(self.database, offer.partner_id) not in {
            survivor_of(self.database, one) for one in both
        }:
            found.append(f"惠民服务“{offer.title}”（{offer.code}）是{offer.partner}的，不是合作双方推出的。")
        absent = absences(self.database, [(one, day) for one in both]).values()
        found += [f"{why}，请改正日期或合作方。" for why in absent]
        return found

    def _read(self, test: str, **parameters: Any) -> list[Cooperation]:
        rows = self.database.rows(
            f"{_COOPERATION} AND {test} ORDER BY f.happened_on DESC, f.id DESC", parameters
        )
        return [Cooperation(*row) for row in rows]


def _early(need: "Need", day: str) -> str:
    return (
        f"日期 {day} 早于提出需求“{need.title}”（{need.code}）的日期（{need.raised_on}），请改正日期或需求。"
    )


def unfit(partner: "Partner", with_: "Partner | None") -> list[str]:
    """Return why these two can't cooperate, one sentence each."""
    found = []
    if partner.kind != "business":
        found.append(f"{partner.name}（{partner.code}）不是商企合伙人，请把商企写在前面。")
    if with_ and with_.id == partner.id:
        found.append(f"{partner.name}（{partner.code}）不能与自己合作，请改正合作方。")
    return found


_FILTERS = {
    "within": "f.community_id IN (SELECT value FROM json_each(:within))",
    "meeting": "f.meeting_id = :meeting",
    "need": "f.need_id = :need",
}
_SAME = """f.meeting_id IS :meeting_id
    AND (f.meeting_id IS NOT NULL OR f.happened_on = :day)
    AND ((p.id = :partner_id AND w.id IS :with_id) OR (p.id = :with_id AND w.id = :partner_id))"""
_COOPERATION = f"""SELECT f.id, f.happened_on, f.community_id, a.name, m.code, m.title, p.code, p.name, w.code, w.name,
      o.code, o.title, q.code, q.title, f.voucher_id, ifnull(n.text, '')
    FROM cooperation f JOIN area a ON a.id = f.community_id JOIN partner p ON p.id = {survivor("f.partner_id")}
    LEFT JOIN partner w ON w.id = {survivor("f.with_id")} LEFT JOIN meeting m ON m.id = f.meeting_id
    LEFT JOIN offer o ON o.id = f.offer_id LEFT JOIN need q ON q.id = f.need_id
    LEFT JOIN note n ON n.about_voucher_id = f.voucher_id AND n.about_line = f.line AND n.withdrawn = 0
    WHERE {stands("cooperation", "f")}"""
