"""Lists of pairings: each partner and community once, so a list changes what is there and never doubles it."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hepartner.intake.columns import dated, read_choices, read_day, read_name, read_text, titled
from hepartner.intake.kinds.partners import COMMUNITY_TITLES, NAME_TITLES, ORGANISATION_TITLES
from hepartner.intake.lines import Form, Lines
from hepartner.intake.people import People
from hepartner.intake.places import Places
from hepartner.intake.plan import Kind, Plan, note_days, understood
from hepartner.intake.problems import Fault, Misfit
from hepartner.ledger.pairings import Pairing, Pairings, unpaired
from hepartner.ledger.presence import absences
from hepartner.words.pairing import LINKS

if TYPE_CHECKING:
    from hepartner.ledger import Ledger
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
    """The pairing that a row means; links are codes in their order, parted by commas."""

    community_id: int
    partner_id: int
    links: str | None
    since: str
    remark: str | None


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


def plan(ledger: "Ledger", lines: Lines[PairingLine], source: "Source") -> Plan:  # noqa: ARG001 who is paired needs no source
    """Tell which pairings are new, and which say other links or another remark."""
    plan = Plan()
    places = Places(ledger.areas.tree(), ledger.here, lines.heading)
    people = People.of(ledger)
    pairings = ledger.book(Pairings)
    ever = pairings.listing(ended=True)
    known = {(one.community_id, one.partner_id): one for one in ever if one.status == "active"}
    over: dict[tuple[int, int], list[Pairing]] = {}
    for one in ever:
        if one.status == "ended":
            over.setdefault((one.community_id, one.partner_id), []).append(one)
    new: dict[tuple[int, int], Said] = {}
    edits: list[tuple[Pairing, str | None, str | None]] = []
    rows = understood(plan, lines, lambda line: _said(line, places, people))
    absent = absences(ledger.database, [(said.partner_id, said.since) for _, said in rows])
    for row, said in rows:
        pair = (said.community_id, said.partner_id)
        if any(_tells_of(said, one) for one in over.get(pair, ())):
            plan.unchanged += 1
        elif pair not in known:
            if why := absent.get((said.partner_id, said.since)):
                fault = Fault(why, "请改正日期，或先恢复在册")
                plan.problems.append(lines.problem(row, Misfit("since", fault, said.since)))
            else:
                plan.unchanged += pair in new
                new.setdefault(pair, said)
        elif change := _change(known[pair], said):
            edits.append(change)
        else:
            plan.unchanged += 1
    plan.added, plan.changed = len(new), len(edits)
    plan.changes = [f"{one.partner}与{one.community}的结对：六联或备注有改动" for one, _, _ in edits]
    note_days(plan, ledger, [(said.community_id, said.since) for said in new.values()])

    def write(voucher: "Voucher") -> None:
        rows = [(*pair, said.links or "", said.since, said.remark or "") for pair, said in new.items()]
        pairings.start_many(voucher, rows)
        pairings.edit_many(voucher, edits)

    plan.write = write
    return plan


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
            Fault(f"{partner.name}（{partner.code}）{why}，不能结对", "请从名单里删去"),
            line.partner,
        )
    links = None if line.links is None else ",".join(code for code in LINKS if code in line.links)
    return Said(community.id, partner.id, links, line.since, line.remark)


def _tells_of(said: Said, over: Pairing) -> bool:
    """Whether a row about the same pair tells of a pairing that has ended since: an old list does not pair anew."""
    return said.since == over.since or said.since < (over.until or "")


def _change(known: Pairing, said: Said) -> tuple[Pairing, str | None, str | None] | None:
    """What a row changes of a pairing; a blank cell changes nothing."""
    links = said.links if said.links not in (None, ",".join(known.links)) else None
    remark = said.remark if said.remark not in (None, known.remark) else None
    return None if links is None and remark is None else (known, links, remark)


KIND = Kind("pairings", form, plan)
