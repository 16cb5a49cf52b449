"""Lists of pairings: each partner and community once, so a list changes what is there and never doubles it."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hepartner.intake.columns import dated, read_choices, read_day, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import (
    TWICE,
    ByHand,
    Days,
    Kind,
    Plan,
    called_then,
    no_more,
    note_days,
    understood,
    was_absent,
)
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.pairings import Pairing, Pairings, unpaired
from hepartner.ledger.presence import absences
from hepartner.ledger.sources import cards_brought
from hepartner.words.pairing import EVENTS, LINKS, STATUSES

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
    from hepartner.ledger.areas import Area
    from hepartner.ledger.sources import Source
    from hepartner.ledger.vouchers import Voucher


class PairingLine(NamedTuple):
    """What one row says of a pairing; None where it is blank."""

    community: str | None
    partner: str
    links: tuple[str, ...] | None
    since: str
    remark: str | None


class Said(NamedTuple):
    """The pairing that a row means, with the partner as it names it; links are codes in their order, parted by commas."""

    community: "Area"
    partner_id: int
    named: str
    links: str | None
    since: str
    remark: str | None

    @property
    def pair(self) -> tuple[int, int]:
        """Community and partner."""
        return self.community.id, self.partner_id

    @property
    def content(self) -> tuple[str | None, ...]:
        """What the row says of the pairing."""
        return self.links, self.since, self.remark


def form(today: date) -> Form[PairingLine]:
    """The columns of a list of pairings; days are read as somebody typing today means them."""
    columns = (
        titled("community", COMMUNITY_TITLES, partial(read_text, noun="社区"), fill_down=True),
        titled(
            "partner",
            f"结对单位 单位 {NAME_TITLES}{ORGANISATION_TITLES}",
            read_name,
            required=True,
            may_be_blank=False,
            sample="柏乐口腔（示例）",
        ),
        titled(
            "links",
            "六联 六联内容 结对内容 共建内容",
            read_choices("六联", LINKS),
            sample="组织联建、服务联做",
        ),
        dated(
            "since",
            "结对日期 结对时间 签约日期 起始日期",
            read_day(today),
            required=True,
            sample="2024-03-05",
        ),
        titled("remark", "备注 说明", partial(read_text, noun="备注")),
    )
    return Form("结对名单", columns, PairingLine._make)


def plan(ledger: "Ledger", lines: Lines[PairingLine], source: "Source") -> Plan:
    """Tell which pairings are new, and which say other links or another remark; one that ended stays ended."""
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people, pairings = People.of(ledger), ledger.book(Pairings)
    known = _Known(people, pairings, cards_brought(ledger.database, source, "pairing"))
    by_hand = ByHand(ledger, source, "pairing")
    started = Days(ledger, "pairing", "started", EVENTS["started"])
    before: dict[object, Said] = {}
    new: list[Said] = []
    edits: list[tuple[Pairing, dict[str, Any]]] = []
    rows = understood(plan, lines, lambda line: _said(line, places, people))
    absent = absences(ledger.database, [(said.partner_id, said.since) for _, said in rows])

    def says_all(said: Said, one: Pairing) -> bool:
        change = by_hand.news(one.id, _change(one, said))
        return not (change or started.misfit("since", one.id, one.since, said.since))

    named = {said.partner_id for _, said in rows}
    for row, said in rows:
        one = called_then(known.meant(said), known.once(said, named), partial(says_all, said))
        if (first := before.setdefault(one.id if one else said.pair, said)) is not said:
            same = first.content == said.content
            plan.unchanged += same
            plan.problems += [] if same else [lines.problem(row, Misfit("partner", TWICE, said.named))]
        elif one is None and (why := absent.get((said.partner_id, said.since))):
            misfit = Misfit("since", was_absent(why, "请改正日期，或先恢复在册"), said.since)
            plan.problems.append(lines.problem(row, misfit))
        elif one is None:
            new.append(said)
        elif otherwise := started.misfit("since", one.id, one.since, said.since):
            plan.problems.append(lines.problem(row, otherwise))
        elif not (change := by_hand.but(one.id, _named(one), _change(one, said))):
            plan.unchanged += 1
        elif one.status == "active":
            edits.append((one, change))
        else:
            over = f"{_named(one)} {one.until} {STATUSES[one.status]}"
            plan.problems.append(lines.problem(row, no_more(over, change)))
    plan.added, plan.changed = len(new), len(edits)
    plan.changes = [f"{_named(one)}：六联或备注有改动" for one, _ in edits]
    by_hand.note(plan)
    note_days(plan, ledger, [(said.community.id, said.since) for said in new])

    def write(voucher: "Voucher") -> None:
        rows = [(*said.pair, said.links or "", said.since, said.remark or "") for said in new]
        pairings.start_many(voucher, rows)
        pairings.edit_many(voucher, [(one, said.get("links"), said.get("remark")) for one, said in edits])

    plan.write = write
    return plan


class _Known:
    """The pairings of the ledger, those that ended too, by community and the partner for whom they count today."""

    def __init__(self, people: People, pairings: Pairings, brought: Collection[int]) -> None:
        """`brought` are those that the files of the source in hand began."""
        self._people, self._brought = people, brought
        self._paired_as = pairings.paired_as()
        self._of: dict[tuple[int, int], list[Pairing]] = {}
        for one in pairings.listing(ended=True):
            self._of.setdefault((one.community_id, people.now(one.partner_id)), []).append(one)

    def meant(self, said: Said) -> Pairing | None:
        """The pairing that a row means: of that very card, begun on its day, else under way; None if it is new.

        Partners that were merged may both be paired with the community, and an old list does not pair anew what has ended.
        """
        there = self._of.get(said.pair, [])
        own = [one for one in there if self._is_own(one, said)] or there
        found = [one for one in own if one.since == said.since]
        found += [one for one in (*own, *there) if one.status == "active"]
        found += [one for one in there if said.since < (one.until or "")]
        return next(iter(found), None)

    def once(self, said: Said, named: Collection[int]) -> list[Pairing]:
        """The pairings that the row meant while their partners were called so; who is `named` itself is not meant."""
        before = self._people.once_called(said.partner_id, said.named, named)
        found = (self._of.get((said.community.id, one), ()) for one in before)
        return [one for those in found for one in those if one.id in self._brought]

    def _is_own(self, pairing: Pairing, said: Said) -> bool:
        return self._people.is_named(self._paired_as[pairing.id], said.named, said.community)


def _said(line: PairingLine, places: Places, people: People) -> Said | Misfit:
    """The pairing that a row means, or what it fits not."""
    community = places.community(line.community)
    if isinstance(community, Fault):
        return Misfit("community", community, line.community or "")
    partner = people.meant(line.partner, "", community)
    if isinstance(partner, Fault):
        return Misfit("partner", partner, line.partner)
    if why := unpaired(partner):
        return Misfit(
            "partner",
            Fault("…，不能结对", "请从名单里删去", (f"{partner.name}（{partner.code}）{why}",)),
            line.partner,
        )
    links = None if line.links is None else ",".join(code for code in LINKS if code in line.links)
    return Said(community, partner.id, line.partner, links, line.since, line.remark)


def _change(known: Pairing, said: Said) -> dict[str, Any]:
    """What a row changes of a pairing; a blank cell changes nothing."""
    typed = (("links", said.links, ",".join(known.links)), ("remark", said.remark, known.remark))
    return {name: value for name, value, stands in typed if value is not None and value != stands}


def _named(pairing: Pairing) -> str:
    return f"{pairing.partner}与{pairing.community}的结对"


KIND = Kind("pairings", form, plan)
