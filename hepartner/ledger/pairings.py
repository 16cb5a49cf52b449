"""Pairings 结对: which group or business is paired with which community, over which of the six joint links 六联."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hepartner.words.pairing import EVENTS, LINKS, STATUSES

from . import errors, presence, steps
from .areas import Area
from .book import Book, Written
from .facts import stands
from .months import shifted
from .once import check_end, overlap
from .partners import Partner
from .persons import cards_beside, cards_of, survivor
from .vouchers import Voucher

_MOVES = {("active", "ended"): "ended", ("active", "merged"): "merged"}
COURSE = steps.Course("pairing", "pairing_event", _MOVES, STATUSES, EVENTS)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pairing as it stands; `links` are codes of LINKS, `last_together` the last day the partner took part there.

    The partner is the one that who was paired stands for today, and what any card of that person took part in counts.
    """

    id: int
    community_id: int
    community: str
    partner_id: int
    partner_code: str
    partner: str
    kind: str
    status: str
    since: str
    until: str | None
    remark: str
    last_together: str | None
    links: tuple[str, ...]


class NotPaired(errors.Refused):
    """The partner is an individual."""

    def __init__(self, partner: Partner, why: str) -> None:
        super().__init__(f"{partner.name}（{partner.code}）{why}，不能结对。")


class NotHereToPair(presence.NotHere):
    """The partner was not here on the day from which it is to be paired."""

    deed = "不能结对"


class EndedAlready(errors.Refused):
    """An edit of a pairing that has ended."""

    def __init__(self, known: Pairing) -> None:
        super().__init__(
            f"{known.partner}与{known.community}的结对 {known.until} 已解除，不能修改。"
            "又结对了请用 hep pairing add 登记，解除错了可以用 hep undo 撤销。"
        )


class PairedAlready(errors.Refused):
    """The partner is paired with this community."""

    def __init__(self, known: Pairing) -> None:
        super().__init__(
            f"{known.partner}（{known.partner_code}）从 {known.since} 起已与{known.community}结对，没有重复登记。"
            "要改六联内容，请用 hep pairing edit。"
        )


class PairedThen(errors.Refused):
    """The partner was paired with this community until a later day."""

    def __init__(self, known: Pairing, day: str) -> None:
        super().__init__(
            f"{known.partner}（{known.partner_code}）与{known.community}从 {known.since} 到 {known.until} 已经结过对，"
            f"不能再从 {day} 起登记一次。请改用 {known.until} 或以后的日期；解除的日期错了，请先用 hep undo 撤销那次解除。"
        )


class NothingToChange(errors.Refused):
    """An edit that says what stands already."""

    def __init__(self, known: Pairing) -> None:
        super().__init__(f"{known.partner}与{known.community}的结对本来就是这样，没有改动。")


class Pairings(Book):
    """Who is paired with whom."""

    def find(self, partner: Partner, community: Area) -> Pairing:
        """Return the pairing in force of a partner with a community, else the last of those that ended.

        Raises errors.NotFound.
        """
        # One that ended too: a command that is sent again with its key names the pairing it ended.
        there = self._of(partner.id, community.id)
        if there:
            return max(there, key=lambda one: (one.status == "active", one.status != "merged", one.id))
        what = f"{partner.name}与{community.name}"
        raise errors.NotFound("结对", what, "可用 hep pairing list 查看，或用 --community 指明社区。")

    def get(self, pairing_id: int) -> Pairing:
        """Return a pairing by id."""
        return self._read("g.id = :id", id=pairing_id)[0]

    def listing(
        self,
        *,
        under: Area | None = None,
        partner: Partner | None = None,
        link: str | None = None,
        ended: bool = False,
        idle: int | None = None,
    ) -> list[Pairing]:
        """Return pairings in force (with `ended`, those that ended too), by area, partner and joint link.

        With `idle`, only those whose partner took part in nothing in that community in the last so many months.
        """
        tests = ["1" if ended else "g.status = 'active'"]
        if under:
            tests.append("g.community_id IN (SELECT value FROM json_each(:within))")
        if partner:
            tests.append(_OF)
        if link:
            tests.append("',' || g.links || ',' LIKE '%,' || :link || ',%'")
        within = str([one.id for one in self.ledger.areas.communities(under)]) if under else "[]"
        cards = cards_of(self.database, partner.id) if partner else "[]"
        found = self._read(" AND ".join(tests), within=within, cards=cards, link=link)
        if idle is None:
            return found
        since = _months_before(self.ledger.today(), idle)
        return [one for one in found if max(one.last_together or "", one.since) < since]

    def paired_as(self) -> dict[int, int]:
        """Return by pairing with which card of its partner it was made; the card may have been merged since."""
        return dict(self.database.rows("SELECT id, partner_id FROM pairing WHERE withdrawn = 0"))

    def start(
        self,
        partner: Partner,
        community: Area,
        *,
        links: Iterable[str] = (),
        day: date | None = None,
        remark: str = "",
        key: str | None = None,
    ) -> Written[Pairing]:
        """Pair a group or business with a community from a day (today) on.

        Raises NotPaired, NotHereToPair, PairedAlready, PairedThen, errors.NotYet.
        """
        since, joined = self.ledger.day(day), ",".join(_in_order(links))
        intention = [partner.id, community.id, joined, since, remark]
        with self.ledger.voucher("pairing.started", key=key, intention=intention) as voucher:
            now = self.ledger.partners.get(partner.id)
            if why := unpaired(now):
                raise NotPaired(now, why)
            steps.check_day(self.ledger, since)
            here = presence.of(self.database, now.id)
            if presence.absence(here, since):
                raise NotHereToPair(here, since)
            for known in self._of(now.id, community.id):
                if known.status == "active":
                    raise PairedAlready(known)
                if overlap((since, None), (known.since, known.until)):
                    raise PairedThen(known, since)
            (pairing_id,) = self.start_many(voucher, [(community.id, now.id, joined, since, remark)])
        return Written(self.get(pairing_id), voucher.id)

    def start_many(self, voucher: Voucher, rows: Sequence[tuple[int, int, str, str, str]]) -> range:
        """Start pairings in an open voucher: community, partner, links (codes, in order), day, remark; return their ids."""
        fields = ("community_id", "partner_id", "links", "remark")
        ids = voucher.add("pairing", fields, [(*row[:3], row[4]) for row in rows])
        facts = [
            (community, day, pairing_id, partner, "started", 1, links)
            for pairing_id, (community, partner, links, day, _) in zip(ids, rows, strict=True)
        ]
        voucher.post("pairing_event", ("pairing_id", "partner_id", "event", "delta", "links"), facts)
        return ids

    def end(
        self, pairing: Pairing, *, day: date | None = None, reason: str = "", key: str | None = None
    ) -> Written[Pairing]:
        """End a pairing. Raises once.EndsBeforeFold, steps.WrongStep, steps.BeforeLastStep, errors.NotYet."""
        until = self.ledger.day(day)
        intention = [*_pair(pairing), until, reason]
        with self.ledger.voucher("pairing.ended", key=key, intention=intention) as voucher:
            paired = self.database.value("SELECT partner_id FROM pairing WHERE id = ?", (pairing.id,))
            counted = {"partner_id": paired, "delta": -1, "links": ",".join(pairing.links)}
            check_end(self.ledger, self.ledger.counts.once()["pairing"], pairing.id, until)
            step = steps.Step(pairing.id, "ended", until, counted)
            steps.take(self.ledger, voucher, COURSE, step, shown=_shown(pairing))
            voucher.note(reason, line=1)
        return Written(self.get(pairing.id), voucher.id)

    def edit(
        self,
        pairing: Pairing,
        *,
        links: Iterable[str] | None = None,
        remark: str | None = None,
        key: str | None = None,
    ) -> Written[Pairing]:
        """Change the joint links, which figures count by, or the remark. Raises EndedAlready, NothingToChange."""
        joined = None if links is None else ",".join(_in_order(links))
        intention = [*_pair(pairing), joined, remark]
        with self.ledger.voucher("pairing.edit", key=key, intention=intention) as voucher:
            now = self.get(pairing.id)
            if now.status != "active":
                raise EndedAlready(now)
            if not self.edit_many(voucher, [(now, joined, remark)]):
                raise NothingToChange(pairing)
        return Written(self.get(pairing.id), voucher.id)

    def edit_many(self, voucher: Voucher, edits: Iterable[tuple[Pairing, str | None, str | None]]) -> int:
        """Set links and remark (None: as they are) of pairings in an open voucher; return how many changed."""
        changed = 0
        for pairing, links, remark in edits:
            said = {"links": links, "remark": remark}
            before = {"links": ",".join(pairing.links), "remark": pairing.remark}
            wanted = {name: value for name, value in said.items() if value not in (None, before[name])}
            if "links" in wanted:
                steps.repost(self.ledger, voucher, COURSE, pairing.id, links=wanted["links"])
            if wanted:
                voucher.edit("pairing", pairing.id, **wanted)
                changed += 1
        return changed

    def _of(self, partner_id: int, community_id: int) -> list[Pairing]:
        test = f"{_OF} AND g.community_id = :community"
        return self._read(test, cards=cards_of(self.database, partner_id), community=community_id)

    def _read(self, test: str, **parameters: Any) -> list[Pairing]:
        together = " UNION ALL ".join(
            f"SELECT happened_on FROM {table} t WHERE t.partner_id IN {cards_beside('g.partner_id')}"
            f" AND t.community_id = g.community_id AND {stands(table, 't')}"
            for table in self.ledger.counts.part_taking()
        )
        rows = self.database.rows(_PAIRINGS.format(together=together, test=test), parameters)
        return [Pairing(*(*row[:-1], _codes(row[-1]))) for row in rows]


def unpaired(partner: Partner) -> str | None:
    """Return why a partner can't be paired on any day, or None."""
    return "是个体合伙人" if partner.kind == "individual" else None


def _in_order(links: Iterable[str]) -> list[str]:
    wanted = set(links)
    return [code for code in LINKS if code in wanted]


def _codes(links: str) -> tuple[str, ...]:
    return tuple(links.split(",")) if links else ()


def _months_before(today: date, months: int) -> str:
    """Return the day so many months before; a day that month lacks is its last."""
    return min(
        f"{shifted(today.isoformat()[:7], -months)}-{today.day:02d}",
        f"{shifted(today.isoformat()[:7], -months)}-31",
    )


def _pair(pairing: Pairing) -> tuple[int, int]:
    """What an intention says of a pairing: whose it is, and not which one, or a key would not hold once they pair anew."""
    return pairing.partner_id, pairing.community_id


def _shown(pairing: Pairing) -> str:
    return f"{pairing.partner}（{pairing.partner_code}）与{pairing.community}的结对"


_OF = "g.partner_id IN (SELECT value FROM json_each(:cards))"
_PAIRINGS = f"""SELECT g.id, g.community_id, a.name, p.id, p.code, p.name, p.kind, g.status,
      (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = g.id AND e.event = 'started'
        AND {stands("pairing_event", "e")}),
      (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = g.id AND e.delta = -1
        AND {stands("pairing_event", "e")}),
      g.remark, (SELECT max(happened_on) FROM ({{together}})), g.links
    FROM pairing g JOIN area a ON a.id = g.community_id JOIN partner p ON p.id = {survivor("g.partner_id")}
    WHERE g.withdrawn = 0 AND {{test}} ORDER BY a.id, p.code"""
