"""Cooperations 促成合作: a business with another partner, or with the community, agreed at a meeting or elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from . import errors, steps
from .book import Book, Written
from .facts import stands
from .lineage import noted
from .persons import survivor, survivor_of
from .presence import absences
from .sources import Source, brought

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .areas import Area
    from .meetings import Meeting
    from .needs import Need
    from .offers import Offer
    from .partners import Partner
    from .vouchers import Voucher


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


class Particulars(NamedTuple):
    """What a command or a line of a file says of a cooperation; the day is ISO, the community that where no meeting is named."""

    partner: "Partner"
    with_: "Partner | None"
    meeting: "Meeting | None"
    offer: "Offer | None"
    need: "Need | None"
    community_id: int
    day: str
    note: str = ""

    @property
    def place(self) -> int:
        """The community in which it counts: the meeting's, if there was one."""
        return self.meeting.community_id if self.meeting else self.community_id

    @property
    def fact(self) -> dict[str, int | None]:
        """What its fact names."""
        named = (self.meeting, self.partner, self.with_, self.offer, self.need)
        return {column: one.id if one else None for column, one in zip(_FACT, named, strict=True)}

    @property
    def same(self) -> "Same":
        """What tells it apart."""
        fact = self.fact
        return same(fact["meeting_id"], self.day, fact["partner_id"], fact["with_id"])


Same = tuple[int | str | None, frozenset[int | None]]
"""A pair counts once at a meeting, and elsewhere once a day: the meeting or the day, and both partners."""


def same(meeting_id: int | None, day: str, partner_id: int | None, with_id: int | None) -> Same:
    """Return what tells a cooperation apart."""
    return (meeting_id or day), frozenset((partner_id, with_id))


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
        said = Particulars(partner, with_, meeting, offer, need, community.id, on, note)
        fact = said.fact
        with self.ledger.voucher(
            "cooperation.add", key=key, intention=[fact, said.place, on, note]
        ) as voucher:
            steps.check_day(self.ledger, on)
            for _, why in self.faults(said):
                raise BadCooperation(why)
            for known in self._read(_SAME, **fact, day=on):
                raise SameCooperation(known)
            (closed,) = self.close_many(voucher, [said])
        return Written(self._read("f.id = :id", id=closed)[0], voucher.id)

    def close_many(self, voucher: "Voucher", rows: "Sequence[Particulars]") -> range:
        """Record cooperations in an open voucher; return the facts. The caller checked them with `faults` and `known`."""
        line = voucher.lines
        facts = [(row.place, row.day, *row.fact.values()) for row in rows]
        ids = voucher.post("cooperation", _FACT, facts)
        for place, row in enumerate(rows, start=line + 1):
            voucher.note(row.note, line=place)
        return ids

    def known(self) -> dict[Same, str]:
        """Return the notes of the cooperations in force by what tells these apart; their partners are those of today."""
        return {same(*row): note for *row, note in self.database.rows(_KNOWN)}

    def recorded(self, source: Source) -> list[Same]:
        """Return what tells apart what files of a source brought, undone ones left out; its partners are those of today."""
        sql = f"""SELECT f.meeting_id, f.happened_on, {_BOTH}
            FROM cooperation f {brought("cooperation")}"""
        return [same(*row) for row in self.database.rows(sql, source.on("0001-01-01", "9999-12-31"))]

    def faults(self, said: Particulars) -> list[tuple[str, str]]:
        """Return what is wrong with a cooperation: the field it is about and a sentence each."""
        return [*_unfit(said), *self._absent(said), *_elsewhere(said), *_early(said)]

    def _absent(self, said: Particulars) -> list[tuple[str, str]]:
        """Return which of both was not there on the day, and that the offer is of neither."""
        both = [one.id for one in (said.partner, said.with_) if one]
        absent = absences(self.database, [(one, said.day) for one in both]).values()
        found = [("day", f"{why}，请改正日期或合作方。") for why in absent]
        offer = said.offer
        theirs = {survivor_of(self.database, one) for one in both}
        if offer and survivor_of(self.database, offer.partner_id) not in theirs:
            what = f"惠民服务“{offer.title}”（{offer.code}）是{offer.partner}的，不是合作双方推出的"
            found.append(("offer", f"{what}，请改正惠民服务或合作方。"))
        return found

    def _read(self, test: str, **parameters: Any) -> list[Cooperation]:
        rows = self.database.rows(
            f"{_COOPERATION} AND {test} ORDER BY f.happened_on DESC, f.id DESC", parameters
        )
        return [Cooperation(*row) for row in rows]


def _unfit(said: Particulars) -> list[tuple[str, str]]:
    """Return why these two can't cooperate."""
    partner, found = said.partner, []
    if partner.kind != "business":
        found.append(("partner", f"{partner.name}（{partner.code}）不是商企合伙人，请把商企写在前面。"))
    if said.with_ and said.with_.id == partner.id:
        found.append(("with_", f"{partner.name}（{partner.code}）不能与自己合作，请改正合作方。"))
    return found


def _elsewhere(said: Particulars) -> list[tuple[str, str]]:
    """Return that the need is of another community than the one in which it counts."""
    need = said.need
    if need is None or need.community_id == said.place:
        return []
    why = f"需求“{need.title}”（{need.code}）是{need.community}的，合作不记在那里"
    return [("need", f"{why}，请改正需求、社区或会议。")]


def _early(said: Particulars) -> list[tuple[str, str]]:
    """Return what of it came only later than its day."""
    meeting, need, day, found = said.meeting, said.need, said.day, []
    if meeting and day < meeting.held_on:
        found.append(("day", f"日期 {day} 早于会议“{meeting.title}”（{meeting.held_on}），请改正日期。"))
    if need and day < need.raised_on:
        what = f"提出需求“{need.title}”（{need.code}）的日期（{need.raised_on}）"
        found.append(("day", f"日期 {day} 早于{what}，请改正日期或需求。"))
    return found


_FACT = ("meeting_id", "partner_id", "with_id", "offer_id", "need_id")
_BOTH = f"{survivor('f.partner_id')}, iif(f.with_id IS NULL, NULL, {survivor('f.with_id')})"
_KNOWN = f"""SELECT f.meeting_id, f.happened_on, {_BOTH}, {noted("cooperation", "f")}
    FROM cooperation f
    WHERE {stands("cooperation", "f")}"""
_FILTERS = {
    "within": "f.community_id IN (SELECT value FROM json_each(:within))",
    "meeting": "f.meeting_id = :meeting",
    "need": "f.need_id = :need",
}
_SAME = """f.meeting_id IS :meeting_id
    AND (f.meeting_id IS NOT NULL OR f.happened_on = :day)
    AND ((p.id = :partner_id AND w.id IS :with_id) OR (p.id = :with_id AND w.id = :partner_id))"""
_COOPERATION = f"""SELECT f.id, f.happened_on, f.community_id, a.name, m.code, m.title, p.code, p.name, w.code, w.name,
      o.code, o.title, q.code, q.title, f.voucher_id, {noted("cooperation", "f")}
    FROM cooperation f JOIN area a ON a.id = f.community_id JOIN partner p ON p.id = {survivor("f.partner_id")}
    LEFT JOIN partner w ON w.id = {survivor("f.with_id")} LEFT JOIN meeting m ON m.id = f.meeting_id
    LEFT JOIN offer o ON o.id = f.offer_id LEFT JOIN need q ON q.id = f.need_id
    WHERE {stands("cooperation", "f")}"""
