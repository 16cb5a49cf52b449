"""Residents' needs: raised, met, dropped, opened again, ranked by how many need them."""

from dataclasses import replace
from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.months import Span
from hepartner.ledger.needs import BadNeed, Need, Needs, NothingToChange, Particulars, SameNeed, Unmet


@pytest.fixture
def needs(ledger: Ledger) -> Needs:
    return ledger.book(Needs)


@pytest.fixture
def teeth(ledger: Ledger, needs: Needs) -> Need:
    """Forty elders of 幸福里社区 need their teeth looked after, since March."""
    return needs.collect(said(ledger, "老人补牙", heads=40)).now


def said(
    ledger: Ledger,
    title: str,
    *,
    category: str = "medical",
    heads: int = 1,
    code: str = "XF",
    day: str = "2025-03-05",
) -> Particulars:
    return Particulars(ledger.areas.find(code).id, category, title, heads, day)


def unmet(ledger: Ledger, month: str) -> int:
    return sum(ledger.counts.additive("needs.open", Span.month(month)).values())


def test_a_need_has_a_code_and_is_found_by_it_or_by_part_of_its_title(needs: Needs, teeth: Need) -> None:
    assert (teeth.code, teeth.heads, teeth.raised_on, teeth.until) == ("XF-Q0001", 40, "2025-03-05", None)
    for text in ("xf-q0001", "老人补牙", "补牙"):
        assert needs.find(text) == teeth
    with pytest.raises(errors.NotFound, match="没有找到需求“托育”"):
        needs.find("托育")
    with pytest.raises(errors.NotFound):
        needs.find("%")


def test_open_needs_are_counted_at_the_end_of_a_month(ledger: Ledger, needs: Needs, teeth: Need) -> None:
    met = needs.step(teeth, "met", day=date(2025, 5, 6), note="每月义诊").now
    assert (met.status, met.until) == ("met", "2025-05-06")
    needs.step(met, "reopened", day=date(2025, 7, 1))
    needs.step(met, "dropped", day=date(2025, 7, 31))
    months = ("2025-02", "2025-03", "2025-05", "2025-06", "2025-07")
    assert [unmet(ledger, month) for month in months] == [0, 1, 0, 0, 0]
    assert [(step.event, step.note) for step in needs.steps(teeth)] == [
        ("raised", ""), ("met", "每月义诊"), ("reopened", ""), ("dropped", ""),
    ]  # fmt: skip
    steps_before = needs.steps(teeth)
    needs.edit(teeth, heads=55)
    assert [replace(step, heads=40) for step in needs.steps(teeth)] == steps_before


def test_a_step_that_does_not_follow_is_refused(needs: Needs, teeth: Need) -> None:
    with pytest.raises(steps.WrongStep, match="现在是“待满足”，不能记“重开”；可以满足、撤下"):
        needs.step(teeth, "reopened")
    with pytest.raises(steps.BeforeLastStep, match="上一步在 2025-03-05"):
        needs.step(teeth, "met", day=date(2025, 3, 1))
    with pytest.raises(errors.NotYet):
        needs.step(teeth, "met", day=date(2025, 12, 1))


def test_an_open_need_stands_once_in_a_community(ledger: Ledger, needs: Needs, teeth: Need) -> None:
    with pytest.raises(SameNeed, match=r"从 2025-03-05 起已有需求“老人补牙”（XF-Q0001，40 人）"):
        needs.collect(said(ledger, " 老人 补牙"))
    needs.collect(said(ledger, "老人补牙", code="HP"))
    needs.step(teeth, "met")
    again = needs.collect(said(ledger, "老人补牙")).now
    with pytest.raises(SameNeed):
        needs.step(teeth, "reopened")
    with pytest.raises(SameNeed):
        needs.edit(needs.collect(said(ledger, "补牙")).now, title="老人补牙")
    assert again.code == "XF-Q0002"


@pytest.mark.parametrize(
    ("title", "wrong", "why"),
    [
        (" \u200b", {}, "需求是空的"),
        ("补牙", {"category": "teeth"}, "类别“teeth”不对，可用：医疗、养老"),
        ("补牙", {"heads": 0}, "需求人数 0 不合理"),
    ],
)
def test_what_can_not_be_needed(
    ledger: Ledger, needs: Needs, title: str, wrong: dict[str, object], why: str
) -> None:
    with pytest.raises(BadNeed, match=why):
        needs.collect(said(ledger, title)._replace(**wrong))
    assert ledger.database.value("SELECT count(*) FROM need") == 0


def test_an_edit_of_the_heads_counts_anew_and_can_be_undone(
    ledger: Ledger, needs: Needs, teeth: Need
) -> None:
    edited = needs.edit(teeth, heads=55, category="elderly", title="补牙")
    assert (edited.now.heads, edited.now.category, edited.now.title) == (55, "elderly", "补牙")
    assert needs.ranking()[0] == Unmet("驿马街道", 1, "elderly", 1, 55)
    assert unmet(ledger, "2025-03") == 1
    with pytest.raises(NothingToChange):
        needs.edit(teeth, heads=55)
    ledger.history.undo(edited.voucher)
    assert needs.get(teeth.id) == teeth


def test_unmet_needs_are_ranked_by_heads_in_each_subdistrict(
    ledger: Ledger, needs: Needs, teeth: Need
) -> None:
    """Two communities are added up; what is met or came later does not count."""
    other = ledger.areas.add("subdistrict", "海角街道", parent=ledger.areas.find("HC"), code="HJ").area
    ledger.areas.add("community", "海堤社区", parent=other, code="HD", since=date(2022, 1, 1))
    for row in (
        said(ledger, "牙科义诊", heads=30, code="HP"),
        said(ledger, "长者食堂", category="meals", heads=60),
        said(ledger, "理发", category="other", heads=90, code="HD"),
        said(ledger, "托管", category="childcare", heads=99, day="2025-06-01"),
    ):
        needs.collect(row)
    assert needs.ranking(through="2025-05") == [
        Unmet("驿马街道", 1, "medical", 2, 70), Unmet("驿马街道", 2, "meals", 1, 60),
        Unmet("海角街道", 1, "other", 1, 90),
    ]  # fmt: skip
    needs.step(teeth, "met")
    ranked = [(one.place, one.category) for one in needs.ranking(under=ledger.areas.find("YM"))]
    assert ranked == [(1, "childcare"), (2, "meals"), (3, "medical")]
    assert [one.heads for one in needs.ranking(under=ledger.areas.find("HP"))] == [30]


def test_undoing_a_need_withdraws_it_unless_it_went_on(ledger: Ledger, needs: Needs, teeth: Need) -> None:
    raised = ledger.history.log(action="need")[0].voucher
    met = needs.step(teeth, "met")
    with pytest.raises(errors.Refused, match="已有后续步骤"):
        ledger.history.undo(raised)
    ledger.history.undo(met.voucher)
    ledger.history.undo(raised)
    assert needs.listing() == []
    assert unmet(ledger, "2025-11") == 0
