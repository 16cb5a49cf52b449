"""Evaluations of projects: what they found, what follows, when the next is due."""

from datetime import date

import pytest

from hepartner.ledger import Ledger, errors, steps
from hepartner.ledger.evaluations import BadEvaluation, Evaluations, NoSuchResult, Particulars, SameEvaluation
from hepartner.ledger.months import Span
from hepartner.ledger.projects import BeforeLanding, Project, Projects
from hepartner.ledger.projects import Particulars as Said

GOOD = Particulars("partly", "continue", asked=30, satisfied=27, attendance=210, cost_fen=120050)
MAY, SEPTEMBER = date(2025, 5, 6), date(2025, 9, 10)


@pytest.fixture
def projects(ledger: Ledger) -> Projects:
    return ledger.book(Projects)


@pytest.fixture
def evaluations(ledger: Ledger) -> Evaluations:
    return ledger.book(Evaluations)


@pytest.fixture
def teeth(ledger: Ledger, projects: Projects) -> Project:
    """Teeth are looked after in 幸福里社区 since March, evaluated every six months."""
    said = Said(ledger.areas.find("XF").id, "补牙义诊", "2025-03-01", "社区广场", evaluate_every=6)
    return projects.land(said).now


def evaluated(ledger: Ledger, month: str) -> int:
    return sum(ledger.counts.additive("projects.evaluated", Span.month(month)).values())


def test_an_evaluation_is_kept_counted_and_sets_the_next_day(
    ledger: Ledger, evaluations: Evaluations, teeth: Project
) -> None:
    done = evaluations.evaluate(teeth, GOOD, day=SEPTEMBER, note="老人说方便")
    assert done.now.project.next_evaluation_on == "2026-03-10"
    (one,) = evaluations.listing(project=teeth)
    assert (one.asked, one.satisfied, one.attendance, one.cost_fen) == (30, 27, 210, 120050)
    assert (one.result, one.need_met, one.note, one.new_projects) == ("continue", "partly", "老人说方便", "")
    assert [evaluated(ledger, month) for month in ("2025-08", "2025-09")] == [0, 1]
    ledger.history.undo(done.voucher)
    assert evaluations.listing() == []
    assert ledger.book(Projects).get(teeth.id) == teeth


def test_projects_whose_evaluation_is_due_are_listed_until_they_are_evaluated(
    ledger: Ledger, projects: Projects, evaluations: Evaluations, teeth: Project
) -> None:
    """Due on 1 September: not overdue on that day, overdue on the next."""
    assert projects.overdue(day=date(2025, 9, 1)) == []
    assert projects.overdue(day=date(2025, 9, 2)) == [teeth]
    assert projects.overdue(under=ledger.areas.find("HP")) == []
    evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    assert projects.overdue() == []


def test_one_entered_late_leaves_the_next_day_and_one_that_names_it_sets_it(
    evaluations: Evaluations, teeth: Project
) -> None:
    evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    late = evaluations.evaluate(teeth, GOOD, day=MAY).now.project
    assert late.next_evaluation_on == "2026-03-10"
    told = evaluations.evaluate(
        teeth, GOOD, day=SEPTEMBER, next_on=date(2025, 12, 1), note="复评"
    ).now.project
    assert told.next_evaluation_on == "2025-12-01"


def test_a_day_that_was_told_and_is_over_is_no_more_due_once_the_project_is_evaluated(
    ledger: Ledger, projects: Projects, evaluations: Evaluations
) -> None:
    said = Said(ledger.areas.find("XF").id, "修鞋", "2025-03-01", next_evaluation_on="2025-09-01")
    once = projects.land(said).now
    evaluations.evaluate(once, GOOD, day=MAY)
    assert projects.get(once.id).next_evaluation_on == "2025-09-01"
    assert evaluations.evaluate(once, GOOD, day=SEPTEMBER).now.project.next_evaluation_on is None
    assert projects.overdue() == []


def test_the_next_evaluation_is_not_this_one_or_an_earlier_one(
    evaluations: Evaluations, teeth: Project
) -> None:
    for day in (SEPTEMBER, date(2025, 1, 1)):
        with pytest.raises(BadEvaluation, match=f"下次评估 {day} 要晚于落地和已有的评估（2025-09-10）"):
            evaluations.evaluate(teeth, GOOD, day=SEPTEMBER, next_on=day)
    evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    with pytest.raises(BadEvaluation, match="下次评估 2025-06-01 要晚于"):
        evaluations.evaluate(teeth, GOOD, day=MAY, next_on=date(2025, 6, 1))


def test_what_is_not_under_way_does_not_go_on(
    projects: Projects, evaluations: Evaluations, teeth: Project
) -> None:
    projects.step(teeth, "finished", day=MAY)
    with pytest.raises(BadEvaluation, match="2025-05-06 已结项，结论不能是继续"):
        evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    assert (
        evaluations.evaluate(teeth, GOOD._replace(result="new"), day=SEPTEMBER).now.project.status
        == "finished"
    )
    evaluations.evaluate(teeth, GOOD, day=MAY)


@pytest.mark.parametrize(
    ("result", "told"), [("adjust", ("active", "adjusted")), ("stop", ("stopped", "stopped"))]
)
def test_a_project_is_adjusted_or_stopped_with_its_evaluation(
    ledger: Ledger, evaluations: Evaluations, teeth: Project, result: str, told: tuple[str, str]
) -> None:
    projects = ledger.book(Projects)
    done = evaluations.evaluate(teeth, GOOD._replace(result=result), day=MAY)
    assert (done.now.project.status, projects.steps(teeth)[-1].event) == told
    ledger.history.undo(done.voucher)
    assert projects.get(teeth.id) == teeth


def test_a_project_that_stopped_is_not_stopped_again(
    projects: Projects, evaluations: Evaluations, teeth: Project
) -> None:
    projects.step(teeth, "stopped", day=MAY)
    with pytest.raises(steps.WrongStep, match="现在是“已停办”，不能记“停办”"):
        evaluations.evaluate(teeth, GOOD._replace(result="stop"))
    assert evaluations.listing() == []


def test_a_new_project_is_made_from_an_evaluation_and_each_names_the_other(
    ledger: Ledger, projects: Projects, evaluations: Evaluations, teeth: Project
) -> None:
    new = GOOD._replace(result="new", need_met="no")
    done = evaluations.evaluate(teeth, new, day=SEPTEMBER, new_title="社区口腔门诊")
    made = done.now.new
    assert made is not None
    assert (made.code, made.evaluated_code, made.evaluated, made.place) == (
        "XF-X0002", "XF-X0001", "补牙义诊", "社区广场",
    )  # fmt: skip
    assert evaluations.listing(result="new")[0].new_projects == "XF-X0002"
    asking = evaluations.asking_for_new(teeth).id
    other = projects.land(Said(teeth.community_id, "校园护牙", "2025-10-01", evaluation_id=asking)).now
    assert other.evaluated_code == "XF-X0001"
    assert evaluations.listing()[0].new_projects == "XF-X0002、XF-X0003"
    kept = ledger.history.undo(done.voucher).kept
    assert any("要用到它" in str(one) for one in kept)
    assert evaluations.listing()[0].new_projects == "XF-X0003"


def test_only_an_evaluation_that_asks_for_it_leads_to_a_new_project(
    evaluations: Evaluations, teeth: Project
) -> None:
    evaluations.evaluate(teeth, GOOD)
    with pytest.raises(NoSuchResult, match="没有结论为“新立项目”的评估"):
        evaluations.asking_for_new(teeth)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"satisfied": 31}, "满意 31 人、问了 30 人不对"),
        ({"asked": -1, "satisfied": -1}, "满意 -1 人"),
        ({"attendance": -1}, "到场人次 -1 不合理"),
        ({"cost_fen": -1}, "费用不合理"),
        ({"need_met": "maybe"}, "需求满足写其中之一：满足、部分满足、没有满足"),
        ({}, "结论就应是“新立项目”"),
    ],
)
def test_what_an_evaluation_can_not_find(
    evaluations: Evaluations, teeth: Project, wrong: dict[str, object], why: str
) -> None:
    with pytest.raises(BadEvaluation, match=why):
        evaluations.evaluate(teeth, GOOD._replace(**wrong), new_title="口腔门诊")


def test_a_project_is_evaluated_after_it_landed_and_not_in_the_future(
    evaluations: Evaluations, teeth: Project
) -> None:
    with pytest.raises(BeforeLanding):
        evaluations.evaluate(teeth, GOOD, day=date(2025, 2, 1))
    with pytest.raises(errors.NotYet):
        evaluations.evaluate(teeth, GOOD, day=date(2025, 12, 1))


def test_the_same_evaluation_is_not_recorded_twice_unless_its_note_says_that_it_is_another(
    evaluations: Evaluations, teeth: Project
) -> None:
    done = evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    with pytest.raises(SameEvaluation, match=f"2025-09-.*已经记过（凭证 V{done.voucher}）"):
        evaluations.evaluate(teeth, GOOD, day=SEPTEMBER)
    evaluations.evaluate(teeth, GOOD, day=SEPTEMBER, note="另一组")
    evaluations.evaluate(teeth, GOOD._replace(asked=GOOD.asked + 1), day=SEPTEMBER)
    evaluations.evaluate(teeth, GOOD, day=MAY)
    assert len(evaluations.listing(project=teeth)) == 4
