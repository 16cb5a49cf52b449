"""Membership: how partners are suspended, leave, come back, move to another community and are merged."""

from collections.abc import Collection
from datetime import date
from itertools import chain
from typing import NamedTuple

from hepartner import words
from hepartner.words.partner import EVENTS, STATUSES

from . import errors
from .areas import Area
from .book import Book
from .carrying import Hop
from .facts import stands, taken_part
from .labels import Labels
from .months import month_of
from .once import StillHas, fold, kept_from, take_back
from .partners import Partner, PartnerWritten, SameAgain, stand
from .persons import cards_of
from .sources import former_places

TRANSITIONS = {
    ("active", "suspended"): "suspended",
    ("suspended", "resumed"): "active",
    ("active", "left"): "left",
    ("suspended", "left"): "left",
    ("left", "rejoined"): "active",
}
"""From a status by an event to a status; anything else is refused."""


class Open(NamedTuple):
    """Something of a partner's that its leaving, moving or being merged does not end, and the command that does."""

    what: str
    remedy: str


class Merged(NamedTuple):
    """What a merger did: who stays, what both had of which the older stays, and what it took back as repeated."""

    partner: Partner
    voucher: int
    folded: tuple[str, ...]
    taken_back: tuple[str, ...]


class WrongStanding(errors.Refused):
    """The partner's status does not allow this."""

    def __init__(self, partner: Partner, event: str) -> None:
        can = "、".join(EVENTS[after] for before, after in TRANSITIONS if before == partner.status)
        instead = f"可以{can}" if can else "请改用并入的那一位"
        super().__init__(
            f"{partner.name}（{partner.code}）现在是“{STATUSES[partner.status]}”，不能再记“{EVENTS[event]}”；{instead}。"
        )


class Membership(Book):
    """The coming and going of partners."""

    def suspend(self, partner: Partner, *, day: date | None = None, key: str | None = None) -> PartnerWritten:
        """Suspend a partner: it still counts but takes no part. Raises WrongStanding, StillTookPart, partners.BeforeJoining."""
        return self._step(partner, ("suspended",), day, key=key)

    def leave(self, partner: Partner, *, day: date | None = None, key: str | None = None) -> PartnerWritten:
        """Let a partner leave; its points stay. Raises WrongStanding, StillTookPart, partners.BeforeJoining."""
        return self._step(partner, ("left",), day, key=key)

    def still_open(
        self, partner: Partner, *, code: str = "", of: Collection[str] | None = None
    ) -> list[Open]:
        """Return what of a partner's goes on until somebody ends it: what each noun lists in its counts' STILL_OPEN.

        `code` is by what the commands that end it name the partner, if it was merged into another; `of` narrows it to tables.
        """
        asked = {"cards": cards_of(self.database, partner.id), "code": code or partner.code}
        listings = self.ledger.counts.still_open().items()
        wanted = [sql for table, sql in listings if of is None or table in of]
        return [Open(*row) for sql in wanted for row in self.database.rows(sql, asked)]

    def rejoin(self, partner: Partner, *, day: date | None = None, key: str | None = None) -> PartnerWritten:
        """Take back who left, or lift a suspension. Raises partners.IsForgotten, WrongStanding, partners.BeforeJoining."""
        return self._step(partner, ("resumed", "rejoined"), day, key=key)

    def move(
        self, partner: Partner, community: Area, *, day: date | None = None, key: str | None = None
    ) -> PartnerWritten:
        """Move a partner to another community; its points go along and keep the days they were earned.

        Both facts and the transfers count in the earliest month open in both communities.
        Raises partners.SameAgain, WrongStanding, partners.BeforeJoining.
        """
        intention = [partner.id, community.id, self.ledger.day(day)]
        with self.ledger.voucher("partner.move", key=key, intention=intention) as voucher:
            now = self.ledger.partners.get(partner.id)
            if now.community_id == community.id:
                raise SameAgain(now, f"已经在{community.name}")
            if now.status not in ("active", "suspended"):
                raise WrongStanding(now, "moved_out")
            happened_on = self._day(now, day)
            # Both in one month, or a month between would count the partner twice.
            places = (now.community_id, community.id)
            month = self.ledger.periods.open_in(places, month_of(happened_on))
            stand(voucher, now, "moved_out", happened_on, month=month)
            stand(voucher, now, "moved_in", happened_on, month=month, community_id=community.id)
            hop = Hop(happened_on, (now.id, now.community_id), (now.id, community.id))
            self.ledger.carrying.carry_all(voucher, now.id, [hop], happened_on)
            voucher.edit("partner", now.id, community_id=community.id, grid_id=None)
        return PartnerWritten(self.ledger.partners.get(partner.id), voucher.id)

    def merge(
        self, partner: Partner, into: Partner, *, day: date | None = None, key: str | None = None
    ) -> Merged:
        """Merge a partner registered twice into the other, points and all; what both have is one from then on.

        It counts in the earliest month that no community has closed: both may have been on sheets of any of them.
        Raises partners.SameAgain, partners.IsForgotten, WrongStanding, once.StillHas, partners.BeforeJoining.
        """
        intention = [partner.id, into.id, self.ledger.day(day)]
        with self.ledger.voucher("partner.merge", key=key, intention=intention) as voucher:
            now, stays = self.ledger.partners.get(partner.id), self.ledger.partners.get(into.id)
            if now.id == stays.id:
                raise SameAgain(now, "不能并入自己")
            for one in (now, stays):
                self.ledger.partners.check_known(one)
                if one.status == "merged":
                    raise WrongStanding(one, "merged")
            happened_on = self._day(now, day)
            month = self.ledger.periods.open_everywhere(month_of(happened_on))
            if now.status == "left":
                # It no longer counts, so it comes back for the day on which it is merged.
                stand(voucher, now, "rejoined", happened_on, month=month)
            stand(voucher, now, "merged", happened_on, month=month, into_id=stays.id)
            carrying = self.ledger.carrying
            hops = carrying.hops((now.id, now.community_id), happened_on)
            carrying.carry_all(voucher, now.id, hops, happened_on)
            if opens := kept_from(self.ledger, now, stays.kind):
                raise StillHas(now, stays.kind, opens)
            folded = [
                called
                for one in self.ledger.counts.once().values()
                for called in fold(self.ledger, voucher, one, (now.id, stays.id), happened_on)
            ]
            taken_back = take_back(self.ledger, voucher, now.id, stays.id).values()
            voucher.edit("partner", now.id, status="merged", merged_into_id=stays.id)
        return Merged(
            self.ledger.partners.get(stays.id), voucher.id, tuple(folded), tuple(chain(*taken_back))
        )

    def former(self) -> list[tuple[int, int, str]]:
        """Return partner, community and `names.match_key` for what lists older than a move or an edit call partners."""
        return former_places(self.database)

    def _step(
        self, partner: Partner, events: tuple[str, ...], day: date | None, *, key: str | None
    ) -> PartnerWritten:
        """Take the first of these steps that the partner's status allows; the last names the refusal."""
        intention = [partner.id, self.ledger.day(day)]
        with self.ledger.voucher(f"partner.{events[-1]}", key=key, intention=intention) as voucher:
            now = self.ledger.partners.get(partner.id)
            self.ledger.partners.check_known(now)
            event = next((event for event in events if (now.status, event) in TRANSITIONS), None)
            if event is None:
                raise WrongStanding(now, events[-1])
            happened_on = self._day(now, day)
            if event in ("left", "suspended"):
                self._check_gone(now, happened_on)
            stand(voucher, now, event, happened_on)
            voucher.edit("partner", now.id, status=TRANSITIONS[now.status, event])
        return PartnerWritten(self.ledger.partners.get(partner.id), voucher.id)

    def _check_gone(self, partner: Partner, day: str) -> None:
        """Refuse to let a partner go before a day on which it took part. Raises StillTookPart."""
        listed = taken_part(self.ledger.shapes.takings, "(SELECT value FROM json_each(:cards))")
        sql = f"SELECT noun, id, happened_on FROM ({listed}) WHERE happened_on > :day ORDER BY happened_on DESC, id DESC LIMIT 1"
        asked = {"cards": cards_of(self.database, partner.id), "day": day}
        if found := self.database.row(sql, asked):
            table, fact_id, latest = found
            what = f"{words.gathered('TABLES')[table]}（{Labels(self.database, self.ledger.shapes).of(table, fact_id)}）"
            voucher = self.database.value(f"SELECT voucher_id FROM {table} WHERE id = ?", (fact_id,))
            raise StillTookPart(partner, day, latest, f"{what}，凭证 V{voucher}")

    def _day(self, partner: Partner, day: date | None) -> str:
        happened_on = self.ledger.day(day)
        self.ledger.partners.check_day(partner, happened_on)
        latest = self.database.value(_LATEST, (partner.id,))
        if happened_on < latest:
            raise BeforeLastStep(partner, happened_on, latest)
        return happened_on


class StillTookPart(errors.Refused):
    """The partner can't leave or be suspended as of a day before it took part in `what`, which was on the day `latest`."""

    def __init__(self, partner: Partner, day: str, latest: str, what: str) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）在 {day} 以后还有参与，最近的是{what}，没有记账。"
            f"请把日期改成 {latest} 或以后；那一笔记错了的，请先用 hep undo 撤销。"
        )


class BeforeLastStep(errors.Refused):
    """A step of membership on a day before the last one."""

    def __init__(self, partner: Partner, day: str, latest: str) -> None:
        super().__init__(
            f"{partner.name}（{partner.code}）在 {latest} 已有加入或退出等记录，日期 {day} 比它早。请改用 {latest} 或以后的日期。"
        )


_LATEST = f"""SELECT max(happened_on) FROM standing s WHERE partner_id = ? AND {stands("standing", "s")}"""
