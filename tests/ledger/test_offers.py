"""Offers of businesses to residents: opened, used, edited, closed."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.months import Span
from hepartner.ledger.offers import (
    BadOffer,
    FoldedAway,
    NothingToChange,
    NotOpen,
    Offer,
    Offers,
    Particulars,
    SameOffer,
    UsedLater,
    faults,
)
from hepartner.ledger.partners import Partner
from tests.ledger.conftest import enrol

MAY = date(2025, 5, 6)


@pytest.fixture
def offers(ledger: Ledger) -> Offers:
    return ledger.book(Offers)


@pytest.fixture
def dentist(ledger: Ledger) -> Partner:
    return enrol(ledger, "柏乐口腔门诊部", kind="business")


@pytest.fixture
def said(ledger: Ledger, dentist: Partner) -> Particulars:
    """洗牙 at half price in 幸福里社区 since March."""
    community = ledger.areas.find("XF").id
    return Particulars(community, dentist.id, "洗牙", "2025-03-01", "medical", "discount", 12000, 6000)


@pytest.fixture
def cleaning(offers: Offers, said: Particulars) -> Offer:
    return offers.open(said).now


def total(ledger: Ledger, code: str, month: str) -> int:
    return sum(ledger.counts.additive(code, Span.month(month)).values())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": " "}, "服务名称是空的"),
        ({"price_before": 5000}, "现价比原价高"),
        ({"price_before": 6000}, "现价与原价一样，不是优惠"),
        ({"price_after": 0}, "现价是 0 就是免费，请把优惠方式改成免费"),
        ({"terms": "lowcost", "price_before": 0, "price_after": 0}, "现价是 0 就是免费"),
        ({"price_before": 0, "price_after": None}, "原价是 0 就谈不上优惠"),
        ({"terms": "free"}, "免费的服务没有现价"),
        ({"price_after": -1}, "现价不合理"),
        ({"trade": "网吧"}, "行业“网吧”不对"),
        ({"terms": "送"}, "优惠方式“送”不对"),
    ],
)
def test_what_can_not_be_said_of_an_offer(said: Particulars, changed: dict[str, object], why: str) -> None:
    assert faults(said) == []
    assert why in faults(said._replace(**changed))[0]  # type: ignore[arg-type]  # wrong on purpose


def test_the_database_takes_no_discount_of_nothing(ledger: Ledger, cleaning: Offer) -> None:
    with pytest.raises(errors.GuardRefused), ledger.voucher("offer.edit") as voucher:
        voucher.edit("offer", cleaning.id, price_before=0, price_after=None)


def test_offers_count_from_their_opening_to_their_closing(
    ledger: Ledger, offers: Offers, cleaning: Offer
) -> None:
    closed = offers.close(cleaning, day=MAY, reason="搬走").now
    assert (closed.status, closed.opened_on, closed.closed_on) == ("closed", "2025-03-01", "2025-05-06")
    assert [total(ledger, "offers.active", f"2025-0{month}") for month in (2, 3, 4, 5)] == [0, 1, 1, 0]
    with pytest.raises(steps.WrongStep, match="现在是“已停止”"):
        offers.close(cleaning)


def test_uses_add_up_in_their_months_and_only_while_the_offer_is_open(
    ledger: Ledger, offers: Offers, cleaning: Offer
) -> None:
    offers.use(cleaning, times=12, day=date(2025, 4, 2))
    used = offers.use(cleaning, times=3, day=MAY)
    assert used.now.uses == 15
    assert [total(ledger, "offers.uses", month) for month in ("2025-04", "2025-05")] == [12, 3]
    with pytest.raises(UsedLater, match="2025-05-06 还有人使用"):
        offers.close(cleaning, day=date(2025, 5, 5))
    offers.close(cleaning, day=MAY)
    for day in (date(2025, 2, 28), date(2025, 5, 7)):
        with pytest.raises(NotOpen, match="2025-03-01 推出"):
            offers.use(cleaning, day=day)
    offers.use(cleaning, day=MAY)
    ledger.history.undo(used.voucher)
    assert total(ledger, "offers.uses", "2025-05") == 1
    with pytest.raises(BadOffer, match="使用人次 0 不合理"):
        offers.use(cleaning, times=0)
    with pytest.raises(errors.NotYet):
        offers.use(cleaning, day=date(2025, 12, 1))


def test_only_a_business_that_is_there_offers_and_each_title_once(
    ledger: Ledger, offers: Offers, said: Particulars, cleaning: Offer
) -> None:
    with pytest.raises(SameOffer, match=r"已在幸福里社区推出“洗牙”（XF-F0001）"):
        offers.open(said)
    person = enrol(ledger, "武玉侪")
    with pytest.raises(BadOffer, match="不是商企合伙人"):
        offers.open(said._replace(partner_id=person.id))
    with pytest.raises(BadOffer, match="2024-01-01 才加入"):
        offers.open(said._replace(title="补牙", opened_on="2023-01-01"))
    offers.close(cleaning)
    assert offers.open(said._replace(opened_on="2025-11-20")).now.code == "XF-F0002"


def test_an_edit_of_the_terms_counts_anew_and_leaves_the_number(
    ledger: Ledger, offers: Offers, cleaning: Offer
) -> None:
    edited = offers.edit(cleaning, terms="lowcost", price_after=3000)
    assert (edited.now.terms, edited.now.price_after) == ("lowcost", 3000)
    assert total(ledger, "offers.active", "2025-03") == 1
    facts = ledger.database.rows("SELECT event, sign, terms FROM offer_event ORDER BY id")
    assert facts == [("opened", 1, "discount"), ("opened", -1, "discount"), ("opened", 1, "lowcost")]
    with pytest.raises(NothingToChange):
        offers.edit(cleaning, terms="lowcost")
    with pytest.raises(BadOffer, match="免费的服务没有现价"):
        offers.edit(cleaning, terms="free")
    ledger.history.undo(edited.voucher)
    assert offers.get(cleaning.id) == cleaning


def test_the_directory_is_by_area_trade_and_business_and_follows_mergers(
    ledger: Ledger, offers: Offers, said: Particulars, dentist: Partner, cleaning: Offer
) -> None:
    baker = enrol(ledger, "面包房", kind="business", community="HP")
    bread = offers.open(
        Particulars(ledger.areas.find("HP").id, baker.id, "面包", "2025-03-01", "food", "free")
    ).now
    assert offers.listing(under=ledger.areas.find("HP")) == [bread]
    assert offers.listing(trade="medical") == [cleaning]
    assert offers.listing(partner=baker) == [bread]
    bigger = enrol(ledger, "柏乐口腔医院", kind="business")
    ledger.membership.merge(dentist, bigger)
    (found,) = offers.listing(partner=bigger)
    assert (found.id, found.partner) == (cleaning.id, "柏乐口腔医院")
    assert offers.use(found).now.uses == 1
    with pytest.raises(SameOffer):
        offers.open(said._replace(partner_id=bigger.id))


def test_an_offer_is_found_by_code_and_part_of_its_title(
    offers: Offers, said: Particulars, cleaning: Offer
) -> None:
    assert [offers.find(text).id for text in ("XF-F0001", "洗牙", "牙")] == [cleaning.id] * 3
    with pytest.raises(errors.NotFound, match="hep offer list"):
        offers.find("补牙")
    offers.open(said._replace(title="看牙"))
    with pytest.raises(errors.Ambiguous, match=r"XF-F0002 看牙（柏乐口腔门诊部，幸福里社区，开放）"):
        offers.find("牙")


def test_undoing_an_opening_withdraws_the_offer_unless_it_was_used(
    ledger: Ledger, offers: Offers, cleaning: Offer
) -> None:
    opened = ledger.history.log(action="offer")[0].voucher
    used = offers.use(cleaning)
    with pytest.raises(errors.Refused, match="惠民服务使用"):
        ledger.history.undo(opened)
    ledger.history.undo(used.voucher)
    ledger.history.undo(opened)
    assert offers.listing(closed=True) == []
    with pytest.raises(errors.NotFound, match="登记已撤销"):
        offers.use(cleaning)


def test_of_offers_of_a_title_the_one_open_on_the_day_is_meant(
    ledger: Ledger, offers: Offers, cleaning: Offer, said: Particulars
) -> None:
    offers.close(cleaning, day=MAY, key="关店")
    again = offers.open(said._replace(opened_on="2025-07-01")).now
    assert offers.find("洗牙").id == again.id
    assert offers.find("洗牙", day=date(2025, 4, 1)).id == cleaning.id
    with pytest.raises(errors.Ambiguous):
        offers.find("洗牙", day=date(2025, 6, 1))
    with Ledger.open(ledger.database.path, operator="李梅", clock=ledger.now, key="关店") as sent_again:
        assert sent_again.book(Offers).find("洗牙").id == cleaning.id
    offers.close(again)
    with pytest.raises(errors.Ambiguous):
        offers.find("洗牙")


def test_of_offers_folded_by_a_merger_the_one_that_goes_on_is_meant(
    ledger: Ledger, offers: Offers, cleaning: Offer, said: Particulars, dentist: Partner
) -> None:
    again = enrol(ledger, "柏乐口腔", kind="business")
    folded = offers.open(said._replace(partner_id=again.id, opened_on="2025-04-01")).now
    ledger.membership.merge(again, dentist)
    for day in (None, MAY):
        assert offers.find("洗牙", day=day).id == cleaning.id
    with pytest.raises(FoldedAway, match=r"2025-11-20 已合并.*hep offer list --partner XF-P0001"):
        offers.edit(folded, title="洁牙")
