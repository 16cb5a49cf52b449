"""Lists of needs, projects and their sessions into the ledger."""

import pytest

from hepartner.ledger import Ledger
from hepartner.ledger.joining import Joining
from hepartner.ledger.meetings import Meetings, Particulars
from hepartner.ledger.needs import Needs
from hepartner.ledger.needs import Particulars as Wanted
from hepartner.ledger.projects import Projects
from hepartner.ledger.sessions import Sessions
from tests.ledger.conftest import enrol

from .builders import xlsx
from .conftest import Imported

NEEDS = ("社区", "需求", "类别", "需求人数", "提出日期", "满足日期", "备注")
TEETH = ("幸福里社区", "老人补牙", "医疗", "40人", "2025-03-01", "", "")
PROJECTS = ("社区", "项目名称", "参与单位", "地点", "出自需求", "评估间隔", "落地日期", "备注")
CLINIC = ("幸福里社区", "补牙义诊", "柏乐口腔、义工队", "社区广场", "老人补牙", "6", "2025-03-05", "")
SESSIONS = ("日期", "社区", "项目名称", "服务人次", "时长", "在场单位")
SERVED = ("2025-04-05", "幸福里社区", "补牙义诊", "35人次", "2", "柏乐口腔")

Row = tuple[str, ...]


@pytest.fixture(autouse=True)
def partners(ledger: Ledger) -> None:
    enrol(ledger, "柏乐口腔", kind="business")
    enrol(ledger, "义工队", kind="group")


def changed(row: Row, place: int, text: str) -> Row:
    return (*row[:place], text, *row[place + 1 :])


# Needs


def test_a_list_adds_needs_and_the_same_again_changes_nothing(ledger: Ledger, imported: Imported) -> None:
    report = imported("需求.xlsx", xlsx(NEEDS, TEETH, TEETH), kind="needs")
    assert (report.added, report.unchanged) == (1, 1)
    (need,) = ledger.book(Needs).listing()
    assert (need.code, need.category, need.heads) == ("XF-Q0001", "medical", 40)
    again = imported("需求.xlsx", xlsx(NEEDS, TEETH), kind="needs")
    assert (again.added, again.changed, again.unchanged, again.voucher) == (0, 0, 1, None)


def test_a_list_changes_heads_and_tells_what_was_met(ledger: Ledger, imported: Imported) -> None:
    imported("需求.xlsx", xlsx(NEEDS, TEETH), kind="needs")
    met = changed(changed(TEETH, 3, "55"), 5, "2025-05-06")
    report = imported("需求.xlsx", xlsx(NEEDS, met), kind="needs")
    assert (report.changed, report.changes) == (
        1,
        (
            "幸福里社区的需求“老人补牙”（XF-Q0001）：人数、类别或备注有改动",
            "幸福里社区的需求“老人补牙”（XF-Q0001）：2025-05-06 已满足",
        ),
    )
    (need,) = ledger.book(Needs).listing()
    assert (need.heads, need.status, need.until) == (55, "met", "2025-05-06")
    assert imported("需求.xlsx", xlsx(NEEDS, met), kind="needs").unchanged == 1


def test_a_need_met_before_the_open_one_was_raised_is_another(ledger: Ledger, imported: Imported) -> None:
    imported("需求.xlsx", xlsx(NEEDS, TEETH), kind="needs")
    earlier = changed(changed(TEETH, 4, "2024-03-01"), 5, "2024-05-06")
    assert imported("需求.xlsx", xlsx(NEEDS, earlier), kind="needs").added == 1
    needs = ledger.book(Needs)
    assert [(one.raised_on, one.status) for one in needs.listing()] == [
        ("2025-03-01", "open"), ("2024-03-01", "met"),
    ]  # fmt: skip
    assert imported("需求.xlsx", xlsx(NEEDS, earlier, TEETH), kind="needs").unchanged == 2


def test_a_need_opened_again_is_not_met_by_an_old_list(ledger: Ledger, imported: Imported) -> None:
    met = changed(TEETH, 5, "2025-05-06")
    imported("需求.xlsx", xlsx(NEEDS, met), kind="needs")
    needs = ledger.book(Needs)
    needs.step(needs.find("补牙"), "reopened")
    assert imported("需求.xlsx", xlsx(NEEDS, met), kind="needs").unchanged == 1
    assert needs.find("补牙").status == "open"


# Projects


def test_a_list_adds_projects_with_partners_and_need(ledger: Ledger, imported: Imported) -> None:
    imported("需求.xlsx", xlsx(NEEDS, TEETH), kind="needs")
    assert imported("项目.xlsx", xlsx(PROJECTS, CLINIC, CLINIC), kind="projects").added == 1
    (project,) = ledger.book(Projects).listing()
    assert (project.need_code, project.evaluate_every, project.next_evaluation_on) == (
        "XF-Q0001",
        6,
        "2025-09-05",
    )
    assert len(ledger.book(Joining).partners(project)) == 2
    assert imported("项目.xlsx", xlsx(PROJECTS, CLINIC), kind="projects").unchanged == 1


def test_a_list_says_from_which_meeting_a_project_came(ledger: Ledger, imported: Imported) -> None:
    meetings, community = ledger.book(Meetings), ledger.areas.find("XF").id
    ledger.book(Needs).collect(Wanted(community, "medical", "补牙", 9, "2024-12-01"))
    for day in ("2025-01-10", "2025-03-01", "2025-04-10"):
        meetings.hold(Particulars(community, day, "对接会"))
    head, first = (*PROJECTS, "出自会议"), changed((*CLINIC, "对接会"), 4, "")
    assert imported("项目.xlsx", xlsx(head, first), kind="projects").added == 1
    (project,) = ledger.book(Projects).listing()
    assert (project.meeting_code, project.meeting_on) == ("XF-M0002", "2025-03-01")
    assert imported("项目.xlsx", xlsx(head, first), kind="projects").unchanged == 1
    assert imported("项目.xlsx", xlsx(head, changed(first, 8, "")), kind="projects").unchanged == 1
    assert imported("项目.xlsx", xlsx(head, changed(first, 8, "M0001")), kind="projects").changed == 1
    late = imported("项目.xlsx", xlsx(head, changed(first, 8, "M0003")), kind="projects")
    assert [one.reason for one in late.problems] == [
        "与出处对不上：项目 2025-03-05 落地，早于它出自的会议（2025-04-10）"
    ]
    new = changed(changed(changed(first, 1, "义诊"), 6, "2025-01-01"), 8, "对接会")
    early = imported("项目.xlsx", xlsx(head, new), kind="projects")
    assert [one.column for one in early.problems] == ["I 列“出自会议”"]
    elsewhere = changed(changed(changed(first, 0, "和平社区"), 4, "XF-Q0001"), 8, "")
    foreign = imported("项目.xlsx", xlsx(head, elsewhere), kind="projects")
    assert [(one.column, one.reason) for one in foreign.problems] == [
        ("E 列“出自需求”", "与出处对不上：它出自的需求是幸福里社区的，不是项目所在社区的")
    ]
    unknown = imported("项目.xlsx", xlsx(head, changed(new, 8, "没有的会")), kind="projects")
    assert [one.reason for one in unknown.problems] == ["幸福里社区没有登记这次会议"]


def test_a_list_changes_what_it_says_and_names_more_partners(ledger: Ledger, imported: Imported) -> None:
    first = changed(changed(CLINIC, 2, "柏乐口腔"), 4, "")
    imported("项目.xlsx", xlsx(PROJECTS, first), kind="projects")
    more = changed(changed(first, 2, "义工队"), 5, "3")
    report = imported("项目.xlsx", xlsx(PROJECTS, more), kind="projects")
    assert (report.changed, report.changes) == (1, ("幸福里社区的项目“补牙义诊”（XF-X0001）：有改动",))
    (project,) = ledger.book(Projects).listing()
    assert project.next_evaluation_on == "2025-06-05"
    assert len(ledger.book(Joining).partners(project)) == 2
    assert imported("项目.xlsx", xlsx(PROJECTS, changed(first, 5, "")), kind="projects").unchanged == 1


# Sessions


def test_equal_sessions_that_are_accepted_are_counted_by_occurrence(
    ledger: Ledger, imported: Imported
) -> None:
    imported("项目.xlsx", xlsx(PROJECTS, changed(CLINIC, 4, "")), kind="projects")
    twice = imported("服务.xlsx", xlsx(SESSIONS, SERVED, SERVED), kind="sessions", repeats="accept")
    assert twice.added == 2
    three = xlsx(SESSIONS, SERVED, SERVED, SERVED)
    assert imported("服务.xlsx", three, kind="sessions").rejected == 1
    again = imported("服务.xlsx", three, kind="sessions", repeats="accept")
    assert (again.added, again.unchanged) == (1, 2)
    (project,) = ledger.book(Projects).listing()
    assert (project.sessions, project.served) == (3, 105)
    one = ledger.book(Sessions).listing(project)[0]
    assert (one.minutes, one.partners) == (120, "柏乐口腔")
    ledger.history.undo(again.voucher)
    assert imported("服务.xlsx", three, kind="sessions", repeats="accept").added == 1


# What does not fit


@pytest.mark.parametrize(
    ("kind", "row", "column", "reason"),
    [
        ("needs", changed(TEETH, 0, "天边社区"), "社区", "台账里没有这个社区"),
        ("needs", changed(TEETH, 2, "牙科"), "类别", "类别看不懂"),
        ("needs", changed(TEETH, 3, "0"), "需求人数", "超出范围"),
        ("needs", changed(TEETH, 5, "2025-02-01"), "满足日期", "满足日期早于提出日期 2025-03-01"),
        ("projects", changed(CLINIC, 0, "天边社区"), "社区", "台账里没有这个社区"),
        ("projects", changed(CLINIC, 2, "没有的店"), "参与单位", "没有"),
        ("projects", CLINIC, "出自需求", "幸福里社区没有登记这项需求"),
        ("projects", changed(changed(CLINIC, 4, ""), 6, "2023-03-05"), "参与单位", "2024-01-01 才加入"),
        ("sessions", changed(SERVED, 1, "天边社区"), "社区", "台账里没有这个社区"),
        ("sessions", changed(SERVED, 2, "上门理发"), "项目名称", "幸福里社区没有这个项目"),
        ("sessions", changed(SERVED, 0, "2025-01-01"), "项目名称", "（XF-X0001） 2025-03-05 才落地"),
        ("sessions", changed(SERVED, 5, "没有的店"), "在场单位", "没有"),
    ],
)
def test_what_does_not_fit_is_a_problem_of_its_row(
    imported: Imported, kind: str, row: Row, column: str, reason: str
) -> None:
    if kind == "sessions":
        imported("项目.xlsx", xlsx(PROJECTS, changed(CLINIC, 4, "")), kind="projects")
    header = {"needs": NEEDS, "projects": PROJECTS, "sessions": SESSIONS}[kind]
    report = imported("表.xlsx", xlsx(header, row), kind=kind)
    (problem,) = report.problems
    assert column in problem.column
    assert reason in problem.reason
    assert (problem.row, report.voucher) == (2, None)


@pytest.mark.parametrize(
    ("kind", "header", "row"), [("needs", NEEDS, TEETH), ("projects", PROJECTS, changed(CLINIC, 4, ""))]
)
def test_two_rows_of_one_thing_that_differ_are_a_problem(
    imported: Imported, kind: str, header: Row, row: Row
) -> None:
    for _ in range(2):
        report = imported("表.xlsx", xlsx(header, row, changed(row, len(row) - 1, "另说")), kind=kind)
        (problem,) = report.problems
        assert (problem.row, problem.reason) == (3, "前面一行说的是同一项，内容不同")
        imported("表.xlsx", xlsx(header, row), kind=kind)


# The same list again after the ledger went on


def test_an_old_list_knows_what_was_renamed_and_brings_back_nobody_who_parted(
    ledger: Ledger, imported: Imported
) -> None:
    imported("需求.xlsx", xlsx(NEEDS, TEETH), kind="needs")
    imported("项目.xlsx", xlsx(PROJECTS, CLINIC), kind="projects")
    imported("服务.xlsx", xlsx(SESSIONS, SERVED), kind="sessions")
    needs, projects = ledger.book(Needs), ledger.book(Projects)
    project = projects.find("补牙义诊")
    needs.edit(needs.find("老人补牙"), title="老年人口腔")
    projects.edit(project, title="口腔门诊")
    ledger.book(Joining).part(project, ledger.partners.find("义工队"))
    ledger.membership.leave(ledger.partners.find("柏乐口腔"))
    for kind, header, row in (
        ("needs", NEEDS, TEETH),
        ("projects", PROJECTS, CLINIC),
        ("sessions", SESSIONS, SERVED),
    ):
        report = imported("表.xlsx", xlsx(header, row), kind=kind)
        assert (report.unchanged, report.voucher, report.problems) == (1, None, ())
    assert [one.name for one in ledger.book(Joining).partners(project)] == ["柏乐口腔"]
