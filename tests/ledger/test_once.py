"""What a person has once at a time in a community: a pairing, an offer of a title; beside another, and over mergers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from hepartner.ledger import Ledger, errors
from hepartner.ledger.membership import Merged
from hepartner.ledger.months import Span
from hepartner.ledger.offers import OfferedThen, Offers, Particulars
from hepartner.ledger.once import EndsBeforeFold, StillHas, overlap
from hepartner.ledger.pairings import PairedThen, Pairings
from hepartner.ledger.partners import Partner
from tests.ledger.conftest import enrol


def pair(ledger: Ledger, partner: Partner, day: date) -> Any:
    return ledger.book(Pairings).start(partner, ledger.areas.find("XF"), links=["party"], day=day).now


def unpair(ledger: Ledger, paired: Any, day: date) -> Any:
    return ledger.book(Pairings).end(paired, day=day)


def offer(ledger: Ledger, partner: Partner, day: date) -> Any:
    said = Particulars(ledger.areas.find("XF").id, partner.id, "洗牙", str(day), "medical")
    return ledger.book(Offers).open(said).now


def close(ledger: Ledger, offered: Any, day: date) -> Any:
    return ledger.book(Offers).close(offered, day=day)


@dataclass(frozen=True)
class Noun:
    """Something a person has once: its figure, how it begins and ends, and what is said of one that overlaps."""

    figure: str
    begin: Callable[[Ledger, Partner, date], Any]
    end: Callable[[Ledger, Any, date], Any]
    refusal: type[errors.Refused]
    book: type[Any]


NOUNS = pytest.mark.parametrize(
    "noun",
    [
        Noun("pairings.active", pair, unpair, PairedThen, Pairings),
        Noun("offers.active", offer, close, OfferedThen, Offers),
    ],
)


@pytest.fixture
def shop(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔", kind="business")


@pytest.fixture
def again(ledger: Ledger) -> Partner:
    """The same shop, registered twice."""
    return enrol(ledger, "柏乐口腔门诊部", kind="business")


def counted(ledger: Ledger, figure: str, *months: str) -> list[int]:
    return [sum(ledger.counts.additive(figure, Span.month(month)).values()) for month in months]


def test_spells_overlap_when_they_share_a_day_on_which_neither_begins_or_ends() -> None:
    spring = ("2025-03-01", "2025-06-30")
    assert overlap(spring, ("2025-06-29", None))
    assert overlap(("2025-01-01", None), spring)
    assert not overlap(("2025-06-30", None), spring)
    assert not overlap(("2025-01-01", "2025-03-01"), spring)
    assert overlap(("2025-01-01", None), ("2025-10-01", None))


@NOUNS
def test_what_ended_does_not_begin_again_before_its_end(ledger: Ledger, shop: Partner, noun: Noun) -> None:
    noun.end(ledger, noun.begin(ledger, shop, date(2025, 1, 1)), date(2025, 6, 30))
    for day in (date(2025, 3, 1), date(2024, 12, 1)):
        with pytest.raises(noun.refusal, match="从 2025-01-01 到 2025-06-30"):
            noun.begin(ledger, shop, day)
    noun.begin(ledger, shop, date(2025, 6, 30))
    assert counted(ledger, noun.figure, "2025-03", "2025-06", "2025-07") == [1, 1, 1]


@NOUNS
def test_an_end_is_not_undone_beside_what_came_after(ledger: Ledger, shop: Partner, noun: Noun) -> None:
    ended = noun.end(ledger, noun.begin(ledger, shop, date(2025, 1, 1)), date(2025, 3, 31))
    later = noun.end(ledger, noun.begin(ledger, shop, date(2025, 4, 1)), date(2025, 6, 30))
    with pytest.raises(errors.Refused, match="与另一次时间重叠"):
        ledger.history.undo(ended.voucher)
    ledger.history.undo(later.voucher)
    with pytest.raises(errors.Refused, match=r"同样的.*已另有一份"):
        ledger.history.undo(ended.voucher)
    assert counted(ledger, noun.figure, "2025-02", "2025-05", "2025-11") == [1, 1, 1]


def test_an_offer_is_not_called_what_another_was_called_at_the_time(ledger: Ledger, shop: Partner) -> None:
    offers = ledger.book(Offers)
    close(ledger, offer(ledger, shop, date(2025, 1, 1)), date(2025, 6, 30))
    said = Particulars(ledger.areas.find("XF").id, shop.id, "补牙", "2025-03-01", "medical")
    other = offers.open(said).now
    with pytest.raises(OfferedThen, match="2025-03-01 起的同名服务与它重叠"):
        offers.edit(other, title="洗牙")
    close(ledger, other, date(2025, 7, 1))
    with pytest.raises(OfferedThen):
        offers.edit(other, title="洗牙")


def merged(ledger: Ledger, one: Partner, into: Partner, day: date | None = None) -> Merged:
    return ledger.membership.merge(one, into, day=day)


@NOUNS
def test_what_two_cards_of_a_person_had_is_one_from_their_merger_on(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    older, younger = noun.begin(ledger, again, date(2025, 1, 1)), noun.begin(ledger, shop, date(2025, 3, 1))
    elsewhere = ledger.book(Pairings).start(shop, ledger.areas.find("HP")).now
    before = counted(ledger, noun.figure, "2025-02", "2025-10", "2025-11")
    merger = merged(ledger, again, shop, date(2025, 11, 5))
    assert len(merger.folded) == 1
    assert counted(ledger, noun.figure, "2025-02", "2025-10", "2025-11") == [*before[:2], before[2] - 1]
    book = ledger.book(noun.book)
    there = [one for one in book.listing(partner=shop) if one.community == "幸福里社区"]
    assert [(one.id, one.partner) for one in there] == [(older.id, "柏乐口腔")]
    assert book.get(younger.id).status == "merged"
    assert not ledger.custody.verify().findings
    noun.end(ledger, there[0], date(2025, 11, 20))
    assert counted(ledger, noun.figure, "2025-11") == [before[2] - 2]
    ledger.history.undo(ledger.history.log()[0].voucher)
    ledger.history.undo(merger.voucher)
    assert counted(ledger, noun.figure, "2025-02", "2025-10", "2025-11") == before
    assert book.get(younger.id) == younger
    assert ledger.book(Pairings).get(elsewhere.id) == elsewhere
    assert not ledger.custody.verify().findings


@NOUNS
def test_the_older_of_two_is_not_undone_under_the_merger_that_kept_it(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    noun.begin(ledger, again, date(2025, 1, 1))
    begun = ledger.history.log()[0].voucher
    younger = noun.begin(ledger, shop, date(2025, 6, 1))
    merger = merged(ledger, again, shop)
    with pytest.raises(errors.Refused, match=f"之后的凭证 V{merger.voucher} 合并时把另一份并入了它"):
        ledger.history.undo(begun)
    assert counted(ledger, noun.figure, "2025-11") == [1]
    ledger.history.undo(merger.voucher)
    ledger.history.undo(begun)
    assert counted(ledger, noun.figure, "2025-02", "2025-11") == [0, 1]
    assert ledger.book(noun.book).listing() == [younger]
    assert not ledger.custody.verify().findings


@NOUNS
def test_what_a_merger_kept_does_not_end_before_the_other_was_folded_into_it(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    older, younger = noun.begin(ledger, shop, date(2025, 1, 1)), noun.begin(ledger, again, date(2025, 6, 1))
    merger = merged(ledger, again, shop, date(2025, 11, 5))
    with pytest.raises(EndsBeforeFold, match=rf"到 2025-11-05 合并时（凭证 V{merger.voucher}）.*hep undo"):
        noun.end(ledger, older, date(2025, 8, 1))
    ledger.history.undo(merger.voucher)
    for one in (older, younger):
        noun.end(ledger, one, date(2025, 8, 1))
    merged(ledger, again, shop, date(2025, 11, 5))
    assert counted(ledger, noun.figure, "2025-07", "2025-08", "2025-11") == [2, 0, 0]


def test_what_ended_before_is_edited_though_a_merger_folded_another_into_a_later_one(
    ledger: Ledger, shop: Partner, again: Partner
) -> None:
    """An edit posts the end anew; what was folded was not folded into the one that had ended."""
    first, book = offer(ledger, shop, date(2025, 1, 1)), ledger.book(Offers)
    close(ledger, first, date(2025, 3, 31))
    offer(ledger, shop, date(2025, 6, 1))
    offer(ledger, again, date(2025, 7, 1))
    merged(ledger, again, shop, date(2025, 11, 5))
    assert book.edit(book.get(first.id), trade="elderly").now.trade == "elderly"
    assert counted(ledger, "offers.active", "2025-02", "2025-04", "2025-08", "2025-11") == [1, 0, 2, 1]
    assert not ledger.custody.verify().findings


@NOUNS
def test_a_merger_of_an_earlier_day_folds_what_began_later_on_its_last_day(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    noun.begin(ledger, shop, date(2025, 1, 1))
    younger = noun.begin(ledger, again, date(2025, 10, 1))
    if noun.figure == "offers.active":
        ledger.book(Offers).use(younger, day=date(2025, 10, 9))
    ledger.periods.close(ledger.areas.communities(), "2025-09")
    merged(ledger, again, shop, date(2025, 2, 1))
    day = "2025-10-09" if noun.figure == "offers.active" else "2025-10-01"
    (fact,) = ledger.database.rows(
        f"SELECT happened_on, counted_in FROM {noun.figure[: noun.figure.index('s.')]}_event WHERE event = 'merged'"
    )
    assert tuple(fact) == (day, "2025-10")
    assert counted(ledger, noun.figure, "2025-09", "2025-10") == [1, 1]


@NOUNS
def test_who_was_merged_begins_nothing_beside_what_the_other_had(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    noun.end(ledger, noun.begin(ledger, again, date(2025, 1, 1)), date(2025, 6, 30))
    merged(ledger, again, shop)
    with pytest.raises(noun.refusal, match="从 2025-01-01 到 2025-06-30"):
        noun.begin(ledger, shop, date(2025, 3, 1))


def test_verify_finds_two_pairings_of_one_person(ledger: Ledger, shop: Partner, again: Partner) -> None:
    for one in (shop, again):
        pair(ledger, one, date(2025, 3, 1))
    ledger.database.write("DROP TRIGGER pairing_merged")
    with ledger.voucher("partner.edit") as voucher:
        voucher.edit("partner", again.id, status="merged", merged_into_id=shop.id)
    found = [one.message for one in ledger.custody.verify().findings if one.check == "结对"]
    assert found == [f"结对 第 {number} 号 与同一家单位的另一份重复。" for number in (1, 2)]


@NOUNS
def test_who_has_it_does_not_become_of_a_kind_that_may_not(
    ledger: Ledger, shop: Partner, again: Partner, noun: Noun
) -> None:
    person = enrol(ledger, "武玉侪")
    begun = noun.begin(ledger, again, date(2025, 3, 1))
    merger = merged(ledger, again, shop)
    for change in (
        lambda: ledger.partners.edit(shop, kind="individual"),
        lambda: merged(ledger, shop, person),
    ):
        with pytest.raises(
            StillHas, match=r"还有没有结束的、个体合伙人不能有的：.*hep \w+ (end|close) .*请先结束"
        ):
            change()
    assert noun.book is not Offers or refused(lambda: ledger.partners.edit(shop, kind="group"), StillHas)
    ledger.history.undo(merger.voucher)
    ledger.partners.edit(shop, kind="individual")
    ended = noun.end(ledger, begun, date(2025, 6, 1))
    merged(ledger, again, person)
    with pytest.raises(errors.Refused, match="这一类型的合伙人不能有"):
        ledger.history.undo(ended.voucher)


def refused(deed: Callable[[], object], error: type[Exception]) -> bool:
    with pytest.raises(error):
        deed()
    return True


def test_a_kind_is_not_undone_under_what_came_of_it(ledger: Ledger) -> None:
    person = enrol(ledger, "武玉侪")
    changed = ledger.partners.edit(person, kind="group")
    pair(ledger, changed.partner, date(2025, 3, 1))
    with pytest.raises(errors.Refused, match="合伙人还有没有结束的结对，不能改成这一类型"):
        ledger.history.undo(changed.voucher)
    assert ledger.partners.get(person.id).kind == "group"
    assert not ledger.custody.verify().findings
