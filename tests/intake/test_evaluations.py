"""Lists of evaluations of projects into the ledger."""

from datetime import date

import pytest

from hepartner.intake.report import Report
from hepartner.ledger import Ledger
from hepartner.ledger.evaluations import Evaluations
from hepartner.ledger.projects import Particulars, Project, Projects

from .builders import xlsx
from .conftest import Imported

HEADER = (
    "日期",
    "社区",
    "项目名称",
    "结论",
    "需求满足",
    "问了",
    "满意",
    "到场人次",
    "费用（元）",
    "下次评估",
    "说明",
)
GOOD = (
    "2025-05-06",
    "幸福里社区",
    "补牙义诊",
    "继续",
    "部分满足",
    "30人",
    "27",
    "210",
    "1,200.50",
    "",
    "老人说方便",
)


@pytest.fixture(autouse=True)
def teeth(ledger: Ledger) -> Project:
    said = Particulars(ledger.areas.find("XF").id, "补牙义诊", "2025-03-01", evaluate_every=6)
    return ledger.book(Projects).land(said).now


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected


def with_(row: tuple[str, ...], **changed: str) -> tuple[str, ...]:
    fields = (
        "day",
        "community",
        "project",
        "result",
        "need_met",
        "asked",
        "satisfied",
        "heads",
        "cost",
        "next",
        "note",
    )
    return tuple(changed.get(name, cell) for name, cell in zip(fields, row, strict=True))


def test_a_list_adds_evaluations_with_what_follows_and_the_same_again_adds_none(
    ledger: Ledger, imported: Imported, teeth: Project
) -> None:
    later = with_(GOOD, day="2025-09-10", result="调整", satisfied="", cost="", next="2025-12-01", note="")
    content = xlsx(HEADER, later, GOOD)
    report = imported("评估.xlsx", content, kind="evaluations")
    assert (counts(report), report.problems) == ((2, 0, 0, 0), ())
    adjusted, first = ledger.book(Evaluations).listing(project=teeth)
    assert (first.asked, first.satisfied, first.attendance, first.cost_fen, first.note) == (
        30, 27, 210, 120050, "老人说方便",
    )  # fmt: skip
    assert (first.result, first.need_met, adjusted.result) == ("continue", "partly", "adjust")
    assert ledger.book(Projects).get(teeth.id).next_evaluation_on == "2025-12-01"
    again = imported("评估.xlsx", content, kind="evaluations")
    assert (counts(again), again.voucher) == ((0, 0, 2, 0), None)
    assert report.voucher
    ledger.history.undo(report.voucher)
    assert ledger.book(Evaluations).listing() == []
    assert ledger.book(Projects).get(teeth.id) == teeth
    assert counts(imported("评估.xlsx", content, kind="evaluations")) == (2, 0, 0, 0)


def test_a_project_is_stopped_by_its_list_and_its_old_name_is_known(
    ledger: Ledger, imported: Imported, teeth: Project
) -> None:
    stop = with_(GOOD, day="2025-09-10", result="停办")
    assert counts(imported("评估.xlsx", xlsx(HEADER, GOOD, stop), kind="evaluations")) == (2, 0, 0, 0)
    assert ledger.book(Projects).get(teeth.id).status == "stopped"
    ledger.book(Projects).edit(ledger.book(Projects).get(teeth.id), title="口腔义诊")
    assert counts(imported("评估.xlsx", xlsx(HEADER, GOOD, stop), kind="evaluations")) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"community": "天边社区"}, "社区", "台账里没有这个社区"),
        ({"project": "没有的"}, "项目名称", "幸福里社区没有这个项目"),
        ({"result": "再看看"}, "结论", "结论看不懂"),
        ({"need_met": ""}, "需求满足", "是空的"),
        ({"satisfied": "31"}, "满意", "满意 31 人、问了 30 人不对"),
        ({"cost": "免费"}, "费用", "看不懂费用"),
        ({"day": "2025-02-01"}, "项目名称", "2025-03-01 才落地"),
        ({"day": "2026-02-01"}, "日期", "还没有到"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    ledger: Ledger, imported: Imported, changed: dict[str, str], column: str, reason: str
) -> None:
    report = imported("评估.xlsx", xlsx(HEADER, GOOD, with_(GOOD, **changed)), kind="evaluations")
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert problem.remedy
    assert (problem.row, counts(report), report.voucher) == (3, (1, 0, 0, 1), None)
    assert ledger.book(Evaluations).listing() == []


def test_a_step_that_the_project_can_not_take_leaves_the_other_rows(
    ledger: Ledger, imported: Imported, teeth: Project
) -> None:
    ledger.book(Projects).step(teeth, "adjusted", day=date(2025, 8, 1))
    early = with_(GOOD, day="2025-06-01", result="停办")
    report = imported("评估.xlsx", xlsx(HEADER, early, GOOD), kind="evaluations", skip_bad=True)
    assert (counts(report), [problem.row for problem in report.problems]) == ((1, 0, 0, 1), [2])
    assert "上一步在 2025-08-01" in report.problems[0].reason
    assert [one.happened_on for one in ledger.book(Evaluations).listing()] == ["2025-05-06"]
    assert ledger.custody.verify().findings == ()
