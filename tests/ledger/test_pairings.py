"""Pairings of groups and businesses with communities, over the six joint links."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.activities import Particulars as Event
from hepartner.ledger.months import Span
from hepartner.ledger.pairings import (
    EndedAlready,
    NotHereToPair,
    NothingToChange,
    NotPaired,
    PairedAlready,
    Pairing,
    Pairings,
)
from hepartner.ledger.partners import Partner
from tests.ledger.conftest import enrol

MARCH, MAY = date(2025, 3, 1), date(2025, 5, 6)


@pytest.fixture
def pairings(ledger: Ledger) -> Pairings:
    return ledger.book(Pairings)


@pytest.fixture
def dentist(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔门诊部", kind="business")


@pytest.fixture
def paired(ledger: Ledger, pairings: Pairings, dentist: Partner) -> Pairing:
    """The dentist and 幸福里社区, since March, by organisation and services."""
    return pairings.start(dentist, ledger.areas.find("XF"), links=("services", "party"), day=MARCH).now


def active(ledger: Ledger, month: str) -> int:
    return sum(ledger.counts.additive("pairings.active", Span.month(month)).values())


def test_a_pairing_starts_on_a_day_and_keeps_its_links_in_the_order_of_the_six(paired: Pairing) -> None:
    assert (paired.community, paired.partner, paired.since, paired.until) == (
        "幸福里社区", "柏乐口腔门诊部", "2025-03-01", None,
    )  # fmt: skip
    assert paired.links == ("party", "services")


def test_pairings_are_counted_at_the_end_of_a_month_until_they_end(
    ledger: Ledger, pairings: Pairings, paired: Pairing
) -> None:
    ended = pairings.end(paired, day=MAY, reason="搬走").now
    assert (ended.status, ended.until) == ("ended", "2025-05-06")
    assert [active(ledger, month) for month in ("2025-02", "2025-03", "2025-04", "2025-05")] == [0, 1, 1, 0]


def test_a_partner_is_paired_with_several_communities_but_once_with_each(
    ledger: Ledger, pairings: Pairings, dentist: Partner, paired: Pairing
) -> None:
    pairings.start(dentist, ledger.areas.find("HP"))
    with pytest.raises(PairedAlready, match=r"从 2025-03-01 起已与幸福里社区结对"):
        pairings.start(dentist, ledger.areas.find("XF"))
    pairings.end(paired, day=MAY)
    pairings.start(dentist, ledger.areas.find("XF"), day=MAY)
    assert len(pairings.listing(partner=dentist)) == 2
    assert len(pairings.listing(partner=dentist, ended=True)) == 3


def test_individuals_and_who_was_not_here_that_day_are_not_paired(
    ledger: Ledger, pairings: Pairings, dentist: Partner
) -> None:
    community = ledger.areas.find("XF")
    with pytest.raises(NotPaired, match="是个体合伙人，不能结对"):
        pairings.start(enrol(ledger, "武玉侪"), community)
    with pytest.raises(NotHereToPair, match="2024-01-01 才加入，2023-12-31 不能结对"):
        pairings.start(dentist, community, day=date(2023, 12, 31))
    with pytest.raises(errors.NotYet):
        pairings.start(dentist, community, day=date(2025, 12, 1))
    ledger.membership.leave(dentist, day=MAY)
    with pytest.raises(NotHereToPair, match=r"2025-05-06 已退出，2025-11-20 不能结对。.*hep partner rejoin"):
        pairings.start(dentist, community)
    assert pairings.start(dentist, community, day=MAY).now.since == "2025-05-06"


def test_who_was_suspended_then_and_is_back_now_was_not_here_that_day(
    ledger: Ledger, pairings: Pairings, dentist: Partner
) -> None:
    ledger.membership.suspend(dentist, day=MARCH)
    ledger.membership.rejoin(dentist, day=MAY)
    with pytest.raises(NotHereToPair, match="2025-03-01 起暂停"):
        pairings.start(dentist, ledger.areas.find("XF"), day=date(2025, 4, 1))


def test_an_ended_pairing_does_not_end_again_nor_before_it_started(
    pairings: Pairings, paired: Pairing
) -> None:
    with pytest.raises(steps.BeforeLastStep, match="上一步在 2025-03-01"):
        pairings.end(paired, day=date(2025, 2, 1))
    with pytest.raises(errors.NotYet):
        pairings.end(paired, day=date(2025, 12, 1))
    pairings.end(paired)
    with pytest.raises(steps.WrongStep, match="现在是“已解除”，不能记“解除”"):
        pairings.end(paired)


def test_an_edit_of_the_links_counts_anew_and_leaves_the_number(
    ledger: Ledger, pairings: Pairings, paired: Pairing
) -> None:
    edited = pairings.edit(paired, links=["venues"], remark="借用会议室")
    assert (edited.now.links, edited.now.remark) == (("venues",), "借用会议室")
    assert active(ledger, "2025-03") == 1
    facts = ledger.database.rows("SELECT event, sign, links FROM pairing_event ORDER BY id")
    assert facts == [
        ("started", 1, "party,services"), ("started", -1, "party,services"), ("started", 1, "venues"),
    ]  # fmt: skip
    with pytest.raises(NothingToChange):
        pairings.edit(paired, links=["venues"])
    ledger.history.undo(edited.voucher)
    assert pairings.get(paired.id) == paired
    assert active(ledger, "2025-03") == 1


def test_pairings_are_listed_by_area_and_link(ledger: Ledger, pairings: Pairings, paired: Pairing) -> None:
    other = pairings.start(enrol(ledger, "义工队", kind="group"), ledger.areas.find("HP"), links=["members"])
    assert pairings.listing(under=ledger.areas.find("HP")) == [other.now]
    assert pairings.listing(link="services") == [paired]


def test_pairs_without_activity_together_are_found(
    ledger: Ledger, pairings: Pairings, dentist: Partner, paired: Pairing
) -> None:
    """Today is 20 November 2025: the pair is idle for eight months until it holds something together."""
    assert pairings.listing(idle=8) == [paired]
    assert pairings.listing(idle=9) == []
    held = Event(paired.community_id, "2025-09-05", "口腔义诊", organisers=(dentist.id,))
    elsewhere = held._replace(community_id=ledger.areas.find("HP").id, held_on="2025-11-05")
    ledger.activities.add(elsewhere)
    assert pairings.listing(idle=2) == [paired]
    added = ledger.activities.add(held)
    (found,) = pairings.listing(idle=2)
    assert found.last_together == "2025-09-05"
    assert pairings.listing(idle=3) == []
    ledger.history.undo(added.voucher)
    assert pairings.listing(idle=3)


def test_what_any_card_of_a_merged_partner_does_is_done_together(
    ledger: Ledger, pairings: Pairings, dentist: Partner, paired: Pairing
) -> None:
    stays, other = (enrol(ledger, name, kind="business") for name in ("柏乐口腔", "柏乐牙科"))
    for one, day in ((stays, "2025-09-05"), (other, "2025-10-05"), (dentist, "2025-08-05")):
        ledger.activities.add(Event(paired.community_id, day, f"义诊{day}", organisers=(one.id,)))
    ledger.membership.merge(other, dentist)
    assert pairings.get(paired.id).last_together == "2025-10-05"
    merger = ledger.membership.merge(dentist, stays)
    (found,) = pairings.listing()
    assert (found.partner, found.partner_code, found.last_together) == ("柏乐口腔", stays.code, "2025-10-05")
    assert pairings.listing(idle=2) == []
    ledger.history.undo(merger.voucher)
    assert pairings.get(paired.id).partner == dentist.name


def test_a_pairing_that_ended_is_not_edited(pairings: Pairings, paired: Pairing) -> None:
    pairings.end(paired, day=MAY)
    with pytest.raises(EndedAlready, match="2025-05-06 已解除，不能修改"):
        pairings.edit(paired, remark="每月走访")


def test_undoing_a_pairing_withdraws_it_unless_it_went_on(
    ledger: Ledger, pairings: Pairings, paired: Pairing
) -> None:
    started = ledger.history.log(action="pairing")[0].voucher
    ended = pairings.end(paired)
    with pytest.raises(errors.Refused, match="已有后续步骤"):
        ledger.history.undo(started)
    ledger.history.undo(ended.voucher)
    edited = pairings.edit(paired, remark="每月走访")
    with pytest.raises(
        errors.Refused, match=f"结对 柏乐口腔门诊部、幸福里社区：之后的凭证 V{edited.voucher} 修改过它"
    ):
        ledger.history.undo(started)
    ledger.history.undo(edited.voucher)
    ledger.history.undo(started)
    assert pairings.listing(ended=True) == []
    assert active(ledger, "2025-11") == 0


def test_the_pairing_of_a_merged_partner_is_that_of_who_it_was_merged_into(
    ledger: Ledger, pairings: Pairings, dentist: Partner, paired: Pairing
) -> None:
    stays, community = enrol(ledger, "柏乐口腔", kind="business"), ledger.areas.find("XF")
    ledger.membership.merge(dentist, stays)
    assert pairings.find(stays, community).id == paired.id
    assert [one.id for one in pairings.listing(partner=stays)] == [paired.id]
    with pytest.raises(PairedAlready):
        pairings.start(stays, community)
    assert pairings.end(pairings.find(stays, community)).now.status == "ended"
    sums = "SELECT partner_id, sum(sign * delta) FROM pairing_event GROUP BY 1"
    assert ledger.database.rows(sums) == [(dentist.id, 0)]
